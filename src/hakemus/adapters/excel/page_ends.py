"""Where the printed pages of a sheet end, and where one has to begin earlier, so that no heading is the last row of a
page. Sheets are printed as wide as a page: Excel then takes page breaks for advice, LibreOffice follows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from hakemus.adapters.excel.plan import USUAL_ROW, Sheet

MARGIN_SIDE, MARGIN_TOP = 0.6, 0.75
"""Inches, on either side, above and below."""
_A4 = (595.3, 841.9)
"""Points."""
_INCH = 72.0
_DIGIT, _BESIDE = 7, 5
"""Pixels of a digit of the usual type, and of the air of a column."""
_PIXEL = 0.75
"""Points."""
_USUAL_COLUMN = 64
"""Pixels of a column whose width nobody has set."""
_WIDER = 1.06
"""Columns are so much wider in LibreOffice, measured with the substitute of the usual type."""


def breaks(sheet: Sheet) -> list[int]:
    """The rows that have to begin a page because the heading in them, or a chain of such, would end the one before.

    None for a sheet that is printed smaller to fit its width: how much smaller is each program's own reckoning.
    """
    return list(_breaks(sheet)) if sheet.leads and _is_as_wide(sheet) else []


def _breaks(sheet: Sheet) -> Iterator[int]:
    room = _A4[0 if sheet.landscape else 1] - 2 * MARGIN_TOP * _INCH
    repeated = sheet.repeated
    again = sum(_height(sheet, row) for row in range(repeated[0], repeated[1] + 1)) if repeated else 0.0
    first, used = 0, 0.0
    for row in range(sheet.last_row + 1):
        height = _height(sheet, row)
        if used + height <= room:
            used += height
            continue
        begin = row
        while begin - 1 > first and begin - 1 in sheet.leads:
            begin -= 1
        if begin < row:
            yield begin
        first = begin
        used = again + sum(_height(sheet, at) for at in range(begin, row + 1))


def _height(sheet: Sheet, row: int) -> float:
    """Points of a row in the file, where heights are whole pixels."""
    return int(sheet.heights.get(row, USUAL_ROW) / _PIXEL + 0.5) * _PIXEL


def _is_as_wide(sheet: Sheet) -> bool:
    """Whether the sheet fits the width of a page as it is."""
    last = sheet.last_col - (sheet.hidden_column == sheet.last_col)
    width = sum(_width(sheet, col) for col in range(last + 1))
    return width * _WIDER <= _A4[1 if sheet.landscape else 0] - 2 * MARGIN_SIDE * _INCH


def _width(sheet: Sheet, col: int) -> float:
    width = sheet.fixed.get(col)
    return (_USUAL_COLUMN if width is None else int(width * _DIGIT + 0.5) + _BESIDE) * _PIXEL
