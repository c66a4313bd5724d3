"""A typed cell of the report as the words that stand on paper and screen: the only place where a value is formatted."""

from __future__ import annotations

from hakemus.i18n.amounts import format_decimal, format_money, format_percent, format_shown
from hakemus.i18n.dates import format_date, format_period
from hakemus.report.model import (
    Cell,
    DateCell,
    EmptyCell,
    FlagCell,
    MoneyCell,
    NumberCell,
    PendingCell,
    ShownCell,
    TextCell,
)


def cell_text(cell: Cell, currency: str) -> str:
    """The cell's words; sums carry the sign `currency` unless it is empty (a column may name it in its head)."""
    match cell:
        case TextCell() | FlagCell() | EmptyCell() | PendingCell():
            return cell.text
        case MoneyCell():
            return format_money(cell.amount, currency, symbol=bool(currency))
        case NumberCell():
            return format_percent(cell.number) if cell.percent else format_decimal(cell.number)
        case ShownCell():
            return format_shown(cell.text)
        case DateCell():
            return format_date(cell.day)
        case _:
            return format_period(cell.starts, cell.ends)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, EmptyCell) and not cell.text
