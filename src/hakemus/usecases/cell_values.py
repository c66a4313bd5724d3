"""What a cell of somebody's spreadsheet says to a field of the application."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hakemus.domain.fields import Kind
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.domain.text import clean
from hakemus.i18n.refused import Refused
from hakemus.usecases import typed

Value = str | Decimal | datetime.date | bool | None
"""What a cell holds: a text, a number, a day, a truth value, or nothing."""


def value_of(path: str, value: Value, currency: str = "EUR") -> Any:
    """What a cell says to a field: numbers and days as they are, texts by the parsers of typed text."""
    kind = typed.kind_of(path)
    if kind is Kind.TEXT:
        return _words(value)
    if value is None:
        return None
    if isinstance(value, str):
        return typed.read(path, clean(value).text.strip(), currency)
    if isinstance(value, datetime.date):
        return value if kind is Kind.DATE else Refused(msg("A date stands here where a number is asked for."))
    if isinstance(value, bool):
        return Refused(msg("Yes or no stands here where a number is asked for."))
    return _number(kind, value)


def _words(value: Value) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime.date):
        return f"{value.day}.{value.month}.{value.year}"
    return clean(format(value, "f") if isinstance(value, Decimal) else str(value)).text or None


def _number(kind: Kind, value: Decimal) -> Any:
    if kind is Kind.DATE:
        return Refused(msg("A number stands here where a date is asked for."))
    if abs(value) >= (10**12 if kind is Kind.MONEY else 10**9):
        return Refused(msg("The number is too large."))
    # What a spreadsheet reckons in binary is off by less than a millionth; more digits than that were typed.
    rounded = round(value, 6)
    if kind is Kind.MONEY:
        cents = round(value * 100, 4)
        if cents != cents.to_integral_value():
            return Refused(msg("The sum has parts of a cent."))
        return Money(int(cents))
    if kind in (Kind.YEAR, Kind.COUNT):
        return int(rounded) if rounded == int(rounded) else Refused(msg("This is not a whole number."))
    return Decimal(format(rounded.normalize(), "f"))
