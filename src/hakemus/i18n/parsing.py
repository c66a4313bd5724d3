"""One door from typed text to a value and back, by the name of a field's kind. Knows no field.

Kinds are named by their plain values, so that nothing here loads the tree of the application.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal

from hakemus.domain.money import Money
from hakemus.i18n.amounts import (
    format_money,
    parse_count,
    parse_money,
    parse_percent,
    parse_quantity,
    parse_year,
    typed_decimal,
)
from hakemus.i18n.dates import format_date, parse_date
from hakemus.i18n.refused import Refused

Value = Money | Decimal | datetime.date | int | str

_PARSERS: Mapping[str, Callable[[str], Value | Refused]] = {
    "percent": parse_percent,
    "quantity": parse_quantity,
    "date": parse_date,
    "year": parse_year,
    "count": parse_count,
}


def parse(kind: str, text: str, currency: str = "EUR") -> Value | Refused | None:
    """Typed text of a field as a value: None where nothing stands, `Refused` where it is no such value.

    `kind` is a `Kind`'s value; kinds that are not counted or dated keep the text as it was typed.
    """
    if kind == "money":
        return parse_money(text, currency) if text.strip() else None
    if kind in _PARSERS:
        return _PARSERS[kind](text) if text.strip() else None
    return text or None


def typed(value: Value | None) -> str:
    """The text with which a field is edited; `parse` of it gives the value back."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return format_money(value, symbol=False)
    if isinstance(value, Decimal):
        return typed_decimal(value)
    if isinstance(value, datetime.date):
        return format_date(value)
    return str(value)
