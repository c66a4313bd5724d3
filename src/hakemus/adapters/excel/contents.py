"""The cells of a report as values and looks of a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from hakemus.adapters.excel.plan import (
    DATE_FORMAT,
    MONEY_FORMAT,
    WARN,
    Content,
    Style,
    figure,
    second,
    strong,
    styled,
)
from hakemus.report import model

_MOST_DIGITS = 9
"""Digits of a number that a cell shows whole without a format of its own."""
_SHOWN = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)


def contents(cell: model.Cell, style: Style) -> tuple[tuple[Content, Style], ...]:
    """A cell of the report as values with looks; a period gives two."""
    if isinstance(cell, model.PeriodCell):
        look = figure(style, DATE_FORMAT)
        return (cell.starts, look), (cell.ends, look)
    return (content_of(cell, style),)


def content_of(cell: model.Cell, style: Style) -> tuple[Content, Style]:
    """A cell of the report that is one value, with its look; of a period its first day."""
    return _VALUES[type(cell)](cell, style)


def text_of(cell: model.Cell) -> str:
    return cell.text if isinstance(cell, model.TextCell | model.PendingCell | model.EmptyCell | model.FlagCell) else ""


def _empty(cell: model.EmptyCell, style: Style) -> tuple[Content, Style]:
    return cell.text or None, second(style)


def _text(cell: model.TextCell, style: Style) -> tuple[Content, Style]:
    return cell.text, strong(style) if cell.strong else style


def _money(cell: model.MoneyCell, style: Style) -> tuple[Content, Style]:
    return cell.amount, figure(style, MONEY_FORMAT)


def _day(cell: model.DateCell, style: Style) -> tuple[Content, Style]:
    return cell.day, figure(style, DATE_FORMAT)


def _first_day(cell: model.PeriodCell, style: Style) -> tuple[Content, Style]:
    return cell.starts, figure(style, DATE_FORMAT)


def _pending(cell: model.PendingCell, style: Style) -> tuple[Content, Style]:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text, styled(style, colour=WARN)


def _flag(cell: model.FlagCell, style: Style) -> tuple[Content, Style]:
    return cell.text, style


def _number(cell: model.NumberCell, style: Style) -> tuple[Content, Style]:
    number = cell.number
    if cell.percent:
        return number.scaleb(-2), figure(style, percent_format(_decimals(number)))
    if len(str(number)) <= _MOST_DIGITS or len(number.as_tuple().digits) <= _MOST_DIGITS:
        return number, figure(style, "General")
    decimals = _decimals(number)
    return number, figure(style, "0" + ("." + "0" * decimals if decimals else ""))


def _shown(cell: model.ShownCell, style: Style) -> tuple[Content, Style]:
    text = cell.text
    if not _SHOWN.fullmatch(text):
        return text, figure(style, style.number)
    return shown_value(text), figure(style, percent_format(2))


_VALUES: Mapping[type, Callable[[Any, Style], tuple[Content, Style]]] = {
    model.EmptyCell: _empty,
    model.TextCell: _text,
    model.MoneyCell: _money,
    model.NumberCell: _number,
    model.ShownCell: _shown,
    model.DateCell: _day,
    model.PeriodCell: _first_day,
    model.PendingCell: _pending,
    model.FlagCell: _flag,
}
"""By the kind of cell: a workbook of many rows asks for each of its cells, and a row of questions takes longer."""


def shown_value(text: str) -> Decimal | None:
    """`83.33` as the number a percent format shows so; nothing where it is no such figure."""
    try:
        return Decimal(text).scaleb(-2) if _SHOWN.fullmatch(text) else None
    except InvalidOperation:
        return None


def money_format(sign: str) -> str:
    """Sums with the currency's sign, for places without a head that names it."""
    sign = sign.replace('"', "")
    return f'{MONEY_FORMAT} "{sign}"' if sign else MONEY_FORMAT


def percent_format(decimals: int) -> str:
    """A percentage with a space before its sign."""
    return "0" + ("." + "0" * decimals if decimals else "") + " %"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
