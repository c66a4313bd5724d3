"""The cells of a report as values and looks of a workbook."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

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

_SHOWN = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)


def contents(cell: model.Cell, style: Style) -> list[tuple[Content, Style]]:
    """A cell of the report as values with looks; a period gives two."""
    # Without patterns of fields, and the commonest first: a workbook of many rows asks for each of its cells.
    match cell:
        case model.EmptyCell():
            return [(cell.text or None, second(style))]
        case model.TextCell():
            return [(cell.text, strong(style) if cell.strong else style)]
        case model.MoneyCell():
            return [(cell.amount, figure(style, MONEY_FORMAT))]
        case model.NumberCell():
            return [_number(cell.number, cell.percent, style)]
        case model.ShownCell():
            return [_shown(cell.text, style)]
        case model.DateCell():
            return [(cell.day, figure(style, DATE_FORMAT))]
        case model.PeriodCell():
            look = figure(style, DATE_FORMAT)
            return [(cell.starts, look), (cell.ends, look)]
        case model.PendingCell():
            return [(f"{cell.text} ({cell.note})" if cell.note else cell.text, styled(style, colour=WARN))]
        case model.FlagCell():
            return [(cell.text, style)]


def text_of(cell: model.Cell) -> str:
    return cell.text if isinstance(cell, model.TextCell | model.PendingCell | model.EmptyCell | model.FlagCell) else ""


def _number(number: Decimal, percent: bool, style: Style) -> tuple[Content, Style]:
    decimals = _decimals(number)
    if percent:
        return number.scaleb(-2), figure(style, percent_format(decimals))
    digits = len(number.as_tuple().digits)
    shape = "General" if digits <= 9 else "0" + ("." + "0" * decimals if decimals else "")
    return number, figure(style, shape)


def _shown(text: str, style: Style) -> tuple[Content, Style]:
    if not _SHOWN.fullmatch(text):
        return text, figure(style, style.number)
    return shown_value(text), figure(style, percent_format(2))


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
