"""Typed text into the value of a field and back: which parser belongs to which kind of field."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hakemus.domain.draft import Draft, draft_path
from hakemus.domain.fields import Kind, OneOf
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.domain.paths import BadPath, field_marks, parse
from hakemus.i18n import amounts, dates, parsing
from hakemus.i18n.refused import Refused

_PARSERS: dict[Kind, Callable[[str], Any]] = {
    Kind.PERCENT: parsing.parse_percent,
    Kind.QUANTITY: parsing.parse_quantity,
    Kind.COUNT: parsing.parse_count,
    Kind.YEAR: parsing.parse_year,
    Kind.DATE: parsing.parse_date,
}


def kind_of(path: str) -> Kind:
    """How the field at an address is typed; `BadPath` where there is none."""
    marks = field_marks(Draft, draft_path(path))
    kind = next((mark for mark in marks if isinstance(mark, Kind)), Kind.TEXT)
    if kind is Kind.MAP and parse(path)[-1].key is not None:
        return Kind.FLAG if path.startswith("declarations[") else Kind.TEXT
    return kind


def closed_words_of(path: str) -> tuple[str, ...]:
    """The words that a field of closed words takes."""
    found = next((mark for mark in field_marks(Draft, draft_path(path)) if isinstance(mark, OneOf)), None)
    return found.words if found else ()


def read(path: str, text: str, currency: str = "EUR") -> Any:
    """The value of a typed text (None for a blank one), or `Refused` with the reason."""
    kind = kind_of(path)
    if kind is Kind.TEXT or kind is Kind.ID:
        return text or None
    if not text.strip():
        return None
    if kind is Kind.MONEY:
        return parsing.parse_money(text, currency)
    if kind is Kind.FLAG:
        return (
            {"true": True, "false": False}.get(text) if text in ("true", "false") else Refused(msg("Choose yes or no."))
        )
    if kind is Kind.WORD:
        return text if text in closed_words_of(path) else Refused(msg("Choose one of the words in the list."))
    if kind is Kind.TEXTS:
        return tuple(part for part in (piece.strip() for piece in text.split("\n")) if part)
    if kind in _PARSERS:
        return _PARSERS[kind](text)
    raise BadPath(path)


def shown(value: Any) -> str:
    """The text of a value in the field where it is edited: read back, it gives the same value."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return amounts.format_money(value, symbol=False)
    if isinstance(value, Decimal):
        return amounts.typed_decimal(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return dates.format_date(value)
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)
