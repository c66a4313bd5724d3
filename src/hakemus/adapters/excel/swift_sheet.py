"""A sheet of XlsxWriter that takes its cells in bulk: what the library checks anew for each cell (kind of value,
bounds, functions of later versions in formulas) holds for every cell of a plan, and costs more than the writing itself.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from hakemus.adapters.excel.plan import Planned, column_letters
from hakemus.adapters.excel.text import LONGEST_CELL, needs_runs, runs, units
from hakemus.domain.money import Money


class SwiftSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """Cells that came by `place` are written by `_write_rows`; all else of a sheet is the library's own."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: dict[int, dict[int, tuple[Any, str]]] = {}

    def place(self, row: int, col: int, cell: Planned, look: Any) -> None:
        """Put a planned cell. `ValueError` for a text that no cell can hold."""
        content, formula = cell.content, cell.formula
        if formula:
            written = self._formula(formula, content)
        elif content is None or content == "":
            written = "/>"
        elif isinstance(content, str):
            written = f' t="s"><v>{self._text(row, col, content, look)}</v></c>'
        elif isinstance(content, datetime.date):
            written = f"><v>{self._convert_date_time(content):.16G}</v></c>"
        else:
            written = f"><v>{content}</v></c>" if isinstance(content, Money) else f"><v>{content:.16G}</v></c>"
        self._placed.setdefault(row, {})[col] = look, written

    def _text(self, row: int, col: int, text: str, look: Any) -> int:
        """The number of a text in the table of texts."""
        if len(text) * 2 > LONGEST_CELL and units(text) > LONGEST_CELL:
            raise ValueError(f"the text in row {row + 1}, column {col + 1} is too long for a cell")
        if needs_runs(text):
            fragments: list[object] = [part for run in runs(text) for part in (look, run)]
            if self.write_rich_string(row, col, *fragments, look):
                raise ValueError(f"the spreadsheet library refused the cell in row {row + 1}, column {col + 1}")
            return int(self.table[row].pop(col).string)
        return int(self.str_table._get_shared_string_index(text))

    def _formula(self, formula: str, value: object) -> str:
        kind, stored = "", str(value)
        if isinstance(value, str):
            kind = ' t="str"'
        elif isinstance(value, datetime.date):
            stored = f"{self._convert_date_time(value):.16G}"
        elif isinstance(value, Decimal):
            stored = f"{value:f}"
        return f"{kind}><f>{self._escape_data(formula[1:])}</f><v>{self._escape_data(stored)}</v></c>"

    def join(self, area: tuple[int, int, int, int], look: Any) -> None:
        """Merge cells; the first keeps its content."""
        self.merge_range(*area, "", look)
        row_first, col_first, row_last, col_last = area
        for row in range(row_first, row_last + 1):
            for col in range(col_first, col_last + 1):
                self.table[row].pop(col, None)
                self._placed.setdefault(row, {}).setdefault(col, (look, "/>"))

    def measure(self, last_row: int, last_col: int) -> None:
        """Tell the library how far the cells reach."""
        self._check_dimensions(0, 0)
        self._check_dimensions(last_row, last_col)

    def _write_rows(self) -> None:
        letters = [column_letters(col) for col in range((self.dim_colmax or 0) + 1)]
        for row in sorted({*self._placed, *self.row_info}):
            cells = self._placed.get(row)
            if not cells:
                self._write_empty_row(row, None, self.row_info[row])
                continue
            self._write_row(row, None, self.row_info.get(row))
            number = row + 1
            self.fh.write(
                "".join(
                    f'<c r="{letters[col]}{number}" s="{look._get_xf_index()}"{written}'
                    for col, (look, written) in sorted(cells.items())
                )
            )
            self._xml_end_tag("row")
