"""Cells of the report as words on the screen."""

from __future__ import annotations

from hakemus.i18n import amounts, dates
from hakemus.report.model import (
    Cell,
    DateCell,
    EmptyCell,
    FlagCell,
    MoneyCell,
    NumberCell,
    PendingCell,
    PeriodCell,
    ShownCell,
    TextCell,
)


def cell_words(cell: Cell, currency: str) -> str:
    """What a cell says."""
    match cell:
        case TextCell(text=text) | FlagCell(text=text) | PendingCell(text=text) | EmptyCell(text=text):
            return text
        case MoneyCell(amount=amount):
            return amounts.format_money(amount, currency)
        case NumberCell(number=number, percent=percent):
            return amounts.format_percent(number) if percent else amounts.format_decimal(number)
        case ShownCell(text=text):
            return amounts.format_shown(text)
        case DateCell(day=day):
            return dates.format_date(day)
        case PeriodCell(starts=starts, ends=ends):
            return dates.format_period(starts, ends)
