"""Sums of money, percentages and numbers as they are written, one way in all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from hakemus.domain.money import Money

NBSP = "\u00a0"
MINUS = "\u2212"

_CROWNS = ("kr", "kr.")
_SIGNS = {"EUR": ("\u20ac",), "NOK": _CROWNS, "SEK": _CROWNS, "DKK": _CROWNS, "ISK": _CROWNS}


def currency_signs(currency: str) -> tuple[str, ...]:
    """The ways in which a currency is written; none for one that only its code names."""
    return _SIGNS.get(currency, ())


def currency_sign(currency: str) -> str:
    """How a currency is written behind a sum: its sign, or its code where it has none."""
    return (*currency_signs(currency), currency)[0]


def format_money(amount: Money, currency: str = "EUR", *, symbol: bool = True) -> str:
    """`13 232,69 €`: no-break spaces, decimal comma, a real minus."""
    whole, cents = divmod(abs(amount.cents), 100)
    figure = f"{MINUS if amount.cents < 0 else ''}{grouped(str(whole))},{cents:02d}"
    return f"{figure}{NBSP}{currency_sign(currency)}" if symbol else figure


def format_money_short(amount: Money, currency: str = "EUR") -> str:
    """For the meter alone: `9 000 €` where there are no cents."""
    figure = format_money(amount, symbol=False).removesuffix(",00")
    return f"{figure}{NBSP}{currency_sign(currency)}"


def format_decimal(number: Decimal) -> str:
    """`1 234,5`: every decimal that was given, none that was not."""
    whole, _, decimals = format(abs(number), "f").partition(".")
    sign = MINUS if number < 0 else ""
    return f"{sign}{grouped(whole)}{',' + decimals if decimals else ''}"


def format_percent(percent: Decimal) -> str:
    """`80 %`."""
    return f"{format_decimal(percent)}{NBSP}%"


def format_shown(text: str) -> str:
    """A percentage that was rounded for showing (`83.33`) as it is read: `83,33 %`."""
    from decimal import Decimal  # no first paint shows a share

    return format_percent(Decimal(text))


def format_count(count: int) -> str:
    """Whole numbers; grouped from five digits on, so that a year stays a year."""
    digits = str(abs(count))
    return f"{MINUS if count < 0 else ''}{grouped(digits) if len(digits) > 4 else digits}"


def typed_decimal(number: Decimal) -> str:
    """The text of a number for a field that is edited: always read back as the same number.

    Three decimals get a fourth, a zero: with three they would read as a group of thousands.
    """
    shown = format_decimal(number)
    return shown + "0" if len(shown.partition(",")[2]) == 3 else shown


def grouped(digits: str) -> str:
    """`13 232`: digits in groups of three."""
    return f"{int(digits):,}".replace(",", NBSP)
