"""What people type: sums of money, percentages, numbers and dates as values, one way in all languages.

Nothing is guessed: a text with two readings is refused, and its writer is asked. Knows no today.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from hakemus.domain.messages import Message, msg
from hakemus.domain.money import Money
from hakemus.i18n.amounts import MINUS, currency_signs, grouped
from hakemus.i18n.refused import Refused

MONEY_DIGITS = 12
NUMBER_DIGITS = 9
NUMBER_DECIMALS = 6

_SPACES = " \t\u00a0\u2007\u2008\u2009\u200a\u202f"
_NUMBER = re.compile(rf"[0-9]+(?:[{_SPACES},.][0-9]+)*", re.ASCII)
_SPACES_ONLY = frozenset(_SPACES)
_SEPARATOR = re.compile(rf"[{_SPACES},.]")
_WORDS = {"EUR": ("euro", "euros")}

EARLIEST, LATEST = 1000, 2999

_GAP = "[ \t\u00a0\u2007\u2009\u202f]*"
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}}){_GAP}([./]){_GAP}([0-9]{{1,2}}){_GAP}\2{_GAP}([0-9]{{2}}|[0-9]{{4}})", re.ASCII
)
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_NO_YEAR = re.compile(rf"[0-9]{{1,2}}{_GAP}[./]{_GAP}[0-9]{{1,2}}{_GAP}[./]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Figures:
    """A number taken apart: whole digits and decimals as typed, grouping gone."""

    negative: bool
    whole: str
    decimals: str


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


def parse_date(text: str) -> datetime.date | Refused:
    """A typed day: `2.5.2016`, `2.5.16` (this century), `2/5/2016` (the day first, as in Finland), `2016-05-02`."""
    bare = text.strip()
    if found := _DAY_FIRST.fullmatch(bare):
        day, _, month, year = found.groups()
        return _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    if found := _YEAR_FIRST.fullmatch(bare):
        year, month, day = found.groups()
        return _day(int(year), int(month), int(day))
    if _NO_YEAR.fullmatch(bare):
        return Refused(msg("The year is missing. Write the date as day.month.year, such as 2.5.2027."))
    return Refused(msg("This is not a date. Write it as day.month.year, such as 2.5.2027."))


def _without_sign_of(text: str, currency: str) -> str:
    """The text without the currency's sign or code at either end."""
    body = text.strip()
    minus = ""
    if body[:1] in ("-", MINUS):
        minus, body = "-", body[1:].strip()
    for word in sorted((*currency_signs(currency), *_WORDS.get(currency, ()), currency), key=len, reverse=True):
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
        whole=grouped(whole + behind),
        decimal=f"{grouped(whole)},{behind[:decimals_kept]}{'0' if decimals_kept > 3 else ''}",
    )


def _ungrouped() -> Message:
    return msg("The digits are not in groups of three. Write the number without spaces or dots, such as 1234,50.")


def _are_thousands(groups: list[str]) -> bool:
    first, *rest = groups
    return len(first) <= 3 and not first.startswith("0") and all(len(group) == 3 for group in rest)


def _day(year: int, month: int, day: int) -> datetime.date | Refused:
    if not EARLIEST <= year <= LATEST:
        return Refused(msg("The year must be between {earliest} and {latest}.", earliest=EARLIEST, latest=LATEST))
    if not 1 <= month <= 12:
        return Refused(msg("There are only twelve months. Write the day first, such as 2.5.2027."))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return Refused(msg("There is no such day in that month."))
