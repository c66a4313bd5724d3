"""Lays the activities and their bars into a sheet: dates as dates, and beside them a column for each month (or quarter,
or year, where the project is long) that a condition on the row's own dates colours, so that bars follow the dates.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from hakemus.adapters.excel.plan import ACCENT, FIRST_DAY, INK, Painted, Sheet, Style, address, column_letters
from hakemus.adapters.excel.tables import HEAD, LINE_STYLE, Placed
from hakemus.adapters.excel.text import one_line
from hakemus.report.model import DateCell, Gantt, PeriodCell, Row, TextCell

_MOST_COLUMNS = 40
_STEPS = (1, 3, 12)
_BAR_WIDTH = 2.4
_ROOM = 184
_MILESTONE = "◆"
_MARK = Style(bold=True, size=12, colour=INK, middle=True, bottom=7)


def place_bars(sheet: Sheet, placed: Placed, gantt: Gantt) -> None:
    """Adds the bars to the right of a table of activities that has been placed; nothing where it has no dates."""
    dates = _date_columns(placed)
    if dates is None or not placed.rows:
        return
    days = [day for row in placed.table.rows for day in _days(row) if day]
    sheet.room, sheet.landscape = _ROOM, True
    first_day, last_day = min([gantt.starts, *days]), max([gantt.ends, *days])
    slots, step = _slots(max(first_day, FIRST_DAY), max(last_day, FIRST_DAY))
    first = sheet.last_col + 1
    _heads(sheet, placed.head_row, first, slots, step, gantt.months)
    milestones = {(row.title, row.starts, row.ends) for row in gantt.rows if row.milestone}
    for at, row in enumerate(placed.table.rows):
        _line(sheet, placed.rows[at], row, first, slots, milestones)
    first_row, last_row = placed.rows[0], placed.rows[-1]
    starts, ends = (f"${column_letters(col)}{first_row + 1}" for col in dates)
    cell, anchor = address(first_row, first), f"${address(first_row, first)}"
    # The column's days follow from its distance to the first one, so no helper row is needed.
    months = f"{slots[0].month}+{step}*(COLUMN({cell})-COLUMN({anchor})"
    opens, closes = f"DATE({slots[0].year},{months}),1)", f"DATE({slots[0].year},{months}+1),1)"
    condition = f'=AND(ISNUMBER({starts}),ISNUMBER({ends}),{starts}<{closes},{ends}>={opens},{cell}<>"{_MILESTONE}")'
    last_col = first + len(slots) - 1
    sheet.painted.append(Painted((first_row, first), (last_row, last_col), condition, ACCENT))


def _date_columns(placed: Placed) -> tuple[int, int] | None:
    if placed.periods:
        col = placed.columns[min(placed.periods)]
        return col, col + 1
    starts, ends = placed.tail_column("starts_on", "starts"), placed.tail_column("ends_on", "ends")
    return (starts, ends) if starts is not None and ends is not None else None


def _days(row: Row) -> tuple[datetime.date | None, datetime.date | None]:
    """The row's first and last day."""
    found: list[datetime.date | None] = []
    for cell in row.cells:
        if isinstance(cell, PeriodCell):
            return cell.starts, cell.ends
        if isinstance(cell, DateCell):
            found.append(cell.day)
    return (found[0], found[-1]) if found else (None, None)


def _slots(first: datetime.date, last: datetime.date) -> tuple[list[datetime.date], int]:
    """The first days of the columns, and how many months a column holds."""
    for step in _STEPS:
        months = (last.year - first.year) * 12 + last.month - first.month
        if months // step + 2 <= _MOST_COLUMNS:
            break
    start = first.year * 12 + (first.month - 1) // step * step
    count = min((last.year * 12 + last.month - 1 - start) // step + 1, _MOST_COLUMNS * 3)
    numbers = (start + at * step for at in range(count))
    return [datetime.date(number // 12, number % 12 + 1, 1) for number in numbers if number // 12 < 3000], step


def _heads(
    sheet: Sheet, head_row: int, first: int, slots: Sequence[datetime.date], step: int, months: Sequence[str]
) -> None:
    """Months as words, and in the row above each year at its first month."""
    for at, day in enumerate(slots):
        col = first + at
        new_year = at == 0 or day.month == 1 or step == 12
        if new_year:
            sheet.put(head_row - 1, col, str(day.year), Style(bold=True, size=10))
        label = "" if step == 12 else one_line(months[day.month - 1], 12)
        sheet.put(head_row, col, label, replace(HEAD, turned=True, middle=True, bold=False, size=10, wrap=False))
        sheet.fixed[col] = _BAR_WIDTH if step < 12 else 6
    sheet.heights[head_row] = 12 + 5.6 * max((len(month) for month in months), default=3)


def _line(
    sheet: Sheet,
    at: int,
    row: Row,
    first: int,
    slots: Sequence[datetime.date],
    milestones: set[tuple[str, datetime.date, datetime.date]],
) -> None:
    starts, ends = _days(row)
    titles = {cell.text for cell in row.cells if isinstance(cell, TextCell)}
    for offset, day in enumerate(slots):
        following = slots[offset + 1] if offset + 1 < len(slots) else datetime.date.max
        here = starts is not None and day <= starts < following
        if here and any((title, starts, ends) in milestones for title in titles):
            sheet.put(at, first + offset, _MILESTONE, _MARK)
        else:
            sheet.put(at, first + offset, None, LINE_STYLE)
