"""Sums of money, percentages and numbers: typed text to values, and values to text, one way in all languages.

Nothing is guessed: a text with two readings is refused, and its writer is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hakemus.domain.findings import Message, msg
from hakemus.domain.money import Money
from hakemus.i18n.refused import Refused

NBSP = "\u00a0"
MINUS = "\u2212"
MONEY_DIGITS = 12
NUMBER_DIGITS = 9
NUMBER_DECIMALS = 6

_SPACES = " \t\u00a0\u2007\u2008\u2009\u200a\u202f"
_NUMBER = re.compile(rf"[0-9]+(?:[{_SPACES},.][0-9]+)*", re.ASCII)
_SPACES_ONLY = frozenset(_SPACES)
_SEPARATOR = re.compile(rf"[{_SPACES},.]")
_CROWNS = ("kr", "kr.")
_SIGNS = {"EUR": ("\u20ac",), "NOK": _CROWNS, "SEK": _CROWNS, "DKK": _CROWNS, "ISK": _CROWNS}
_WORDS = {"EUR": ("euro", "euros")}


@dataclass(frozen=True, slots=True)
class _Figures:
    """A number taken apart: whole digits and decimals as typed, grouping gone."""

    negative: bool
    whole: str
    decimals: str


def currency_sign(currency: str) -> str:
    """How a currency is written behind a sum: its sign, or its code where it has none."""
    return _SIGNS.get(currency, (currency,))[0]


def parse_money(text: str, currency: str = "EUR") -> Money | Refused:
    """A typed sum. Groups of three may be parted by spaces or marks; the last mark, with one or two digits
    behind it, is the decimal mark. The currency's sign or code may stand before or behind.
    """
    body = _without_sign_of(text, currency)
    if "%" in body:
        return Refused(msg("A sum of money is asked for here, not a percentage."))
    found = _figures(body, 2)
    if isinstance(found, Refused):
        return found
    if len(found.decimals) > 2:
        return Refused(msg("A sum has at most two decimals: write it in euros and cents, such as 1 234,50."))
    if len(found.whole) > MONEY_DIGITS:
        return Refused(msg("The sum is too large: at most {count} digits before the decimals.", count=MONEY_DIGITS))
    cents = int(found.whole + found.decimals.ljust(2, "0"))
    return Money(-cents if found.negative else cents)


def parse_quantity(text: str) -> Decimal | Refused:
    """A typed quantity or number of months: at most nine digits and six decimals."""
    found = _figures(text.strip(), NUMBER_DECIMALS)
    if isinstance(found, Refused):
        return found
    if len(found.decimals) > NUMBER_DECIMALS:
        return Refused(msg("At most {count} decimals can be kept.", count=NUMBER_DECIMALS))
    if len(found.whole) > NUMBER_DIGITS:
        return Refused(msg("The number is too large: at most {count} digits before the decimals.", count=NUMBER_DIGITS))
    decimals = "." + found.decimals if found.decimals else ""
    return Decimal(f"{'-' if found.negative else ''}{found.whole}{decimals}")


def parse_percent(text: str) -> Decimal | Refused:
    """A typed percentage, with or without its sign."""
    return parse_quantity(text.strip().removesuffix("%"))


def parse_count(text: str) -> int | Refused:
    """A typed whole number, not negative."""
    found = parse_quantity(text)
    if isinstance(found, Refused):
        return found
    if found != int(found) or found < 0:
        return Refused(msg("A whole number is asked for here, such as 12."))
    return int(found)


def parse_year(text: str) -> int | Refused:
    """A typed year in four digits, 1000 to 2999."""
    bare = text.strip()
    if not re.fullmatch(r"[12][0-9]{3}", bare, re.ASCII):
        return Refused(msg("Write the year in four digits, such as 2027."))
    return int(bare)


def format_money(amount: Money, currency: str = "EUR", *, symbol: bool = True) -> str:
    """`13 232,69 €`: no-break spaces, decimal comma, a real minus."""
    whole, cents = divmod(abs(amount.cents), 100)
    figure = f"{MINUS if amount.cents < 0 else ''}{_grouped(str(whole))},{cents:02d}"
    return f"{figure}{NBSP}{currency_sign(currency)}" if symbol else figure


def format_money_short(amount: Money, currency: str = "EUR") -> str:
    """For the meter alone: `9 000 €` where there are no cents."""
    figure = format_money(amount, symbol=False).removesuffix(",00")
    return f"{figure}{NBSP}{currency_sign(currency)}"


def format_decimal(number: Decimal) -> str:
    """`1 234,5`: every decimal that was given, none that was not."""
    whole, _, decimals = format(abs(number), "f").partition(".")
    sign = MINUS if number < 0 else ""
    return f"{sign}{_grouped(whole)}{',' + decimals if decimals else ''}"


def format_percent(percent: Decimal) -> str:
    """`80 %`."""
    return f"{format_decimal(percent)}{NBSP}%"


def format_shown(text: str) -> str:
    """A percentage that was rounded for showing (`83.33`) as it is read: `83,33 %`."""
    return format_percent(Decimal(text))


def format_count(count: int) -> str:
    """Whole numbers; grouped from five digits on, so that a year stays a year."""
    digits = str(abs(count))
    return f"{MINUS if count < 0 else ''}{_grouped(digits) if len(digits) > 4 else digits}"


def typed_decimal(number: Decimal) -> str:
    """The text of a number for a field that is edited: always read back as the same number.

    Three decimals get a fourth, a zero: with three they would read as a group of thousands.
    """
    shown = format_decimal(number)
    return shown + "0" if len(shown.partition(",")[2]) == 3 else shown


def _without_sign_of(text: str, currency: str) -> str:
    """The text without the currency's sign or code at either end."""
    body = text.strip()
    minus = ""
    if body[:1] in ("-", MINUS):
        minus, body = "-", body[1:].strip()
    for word in sorted((*_SIGNS.get(currency, ()), *_WORDS.get(currency, ()), currency), key=len, reverse=True):
        if body.casefold().startswith(word.casefold()):
            body = body[len(word) :].strip()
            break
        if body.casefold().endswith(word.casefold()):
            body = body[: -len(word)].strip()
            break
    return minus + body


def _figures(text: str, decimals_kept: int) -> _Figures | Refused:
    """Digits and marks by the one rule of all typed numbers."""
    negative = text[:1] in ("-", MINUS) and text != ""
    body = (text[1:] if negative else text).strip()
    if not _NUMBER.fullmatch(body):
        return Refused(msg("This is not a number. Write it in digits, such as 1 234,50."))
    groups = _SEPARATOR.split(body)
    separators = _SEPARATOR.findall(body)
    decimals = ""
    if separators and separators[-1] in ",." and (len(groups[-1]) != 3 or (len(groups) == 2 and groups[0] == "0")):
        decimals = groups.pop()
    elif len(separators) == 1 and separators[0] in ",.":
        return Refused(_which(body, groups, decimals_kept))
    elif not _SPACES_ONLY.issuperset(separators) and len(set(separators)) > 1:
        return Refused(_ungrouped())
    if len(groups) > 1 and not _are_thousands(groups):
        return Refused(_ungrouped())
    return _Figures(negative, "".join(groups).lstrip("0") or "0", decimals)


def _which(body: str, groups: list[str], decimals_kept: int) -> Message:
    """The question where one mark has exactly three digits behind it."""
    whole, behind = groups
    return msg(
        "{text} can be read in two ways. Write {whole} or {decimal}.",
        text=body,
        whole=_grouped(whole + behind),
        decimal=f"{_grouped(whole)},{behind[:decimals_kept]}{'0' if decimals_kept > 3 else ''}",
    )


def _ungrouped() -> Message:
    return msg("The digits are not in groups of three. Write the number without spaces or dots, such as 1234,50.")


def _are_thousands(groups: list[str]) -> bool:
    first, *rest = groups
    return len(first) <= 3 and not first.startswith("0") and all(len(group) == 3 for group in rest)


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", NBSP)
