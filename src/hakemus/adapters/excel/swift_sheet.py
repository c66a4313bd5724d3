"""A sheet of XlsxWriter that takes its cells in bulk: what the library checks anew for each cell (kind of value,
bounds, functions of later versions in formulas) holds for every cell of a plan, and costs more than the writing itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from xlsxwriter.worksheet import Worksheet

from hakemus.adapters.excel.plan import Planned, Style, column_letters
from hakemus.adapters.excel.text import LONGEST_CELL, needs_runs, runs, units
from hakemus.domain.money import Money

_BY_COLUMN = itemgetter(0)
_SURELY_FITS = LONGEST_CELL // 2
"""A text of so many letters fits a cell whatever they are."""


class SwiftSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """Cells that came by `place` are written by `_write_rows`; all else of a sheet is the library's own."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: dict[int, list[tuple[int, str]]] = {}
        """By row the cells as they stand in the file, each with its column."""

    def place(self, cells: Mapping[tuple[int, int], Planned], look_of: Callable[[Style], Any]) -> None:
        """Put planned cells, after `measure`. `ValueError` for a text that no cell can hold."""
        rows = self._placed
        letters = [column_letters(col) for col in range(1 + (self.dim_colmax or 0))]
        looks: dict[Style, str] = {}
        number_of = self.str_table._get_shared_string_index
        for (row, col), (content, style, formula) in cells.items():
            look = looks.get(style)
            if look is None:
                look = looks[style] = f'" s="{look_of(style)._get_xf_index()}"'
            kind = type(content)
            if formula:
                written = self._formula(formula, content)
            elif kind is str:
                if not content:
                    written = "/>"
                elif len(content) <= _SURELY_FITS and not needs_runs(content):  # type: ignore[arg-type]
                    written = f' t="s"><v>{number_of(content)}</v></c>'
                else:
                    written = f' t="s"><v>{self._text(row, col, str(content), look_of(style))}</v></c>'
            elif content is None:
                written = "/>"
            elif kind is Money:
                written = f"><v>{content}</v></c>"
            elif isinstance(content, datetime.date):
                written = f"><v>{self._convert_date_time(content):.16G}</v></c>"
            else:
                written = f"><v>{content:.16G}</v></c>"
            cell = col, f'<c r="{letters[col]}{row + 1}{look}{written}'
            if row in rows:
                rows[row].append(cell)
            else:
                rows[row] = [cell]

    def _text(self, row: int, col: int, text: str, look: Any) -> int:
        """The number of a text in the table of texts, where it may be too long or needs to be written in parts."""
        if units(text) > LONGEST_CELL:
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
            kind, stored = ' t="str"', self._escape_data(value)
        elif isinstance(value, datetime.date):
            stored = f"{self._convert_date_time(value):.16G}"
        elif isinstance(value, Decimal):
            stored = f"{value:f}"
        return f"{kind}><f>{self._escape_data(formula[1:])}</f><v>{stored}</v></c>"

    def join(self, area: tuple[int, int, int, int], look: Any) -> None:
        """Merge cells; the first keeps its content."""
        self.merge_range(*area, "", look)
        row_first, col_first, row_last, col_last = area
        index = look._get_xf_index()
        for row in range(row_first, row_last + 1):
            there = self._placed.setdefault(row, [])
            taken = {col for col, _ in there}
            for col in range(col_first, col_last + 1):
                self.table[row].pop(col, None)
                if col not in taken:
                    there.append((col, f'<c r="{column_letters(col)}{row + 1}" s="{index}"/>'))

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """A condition or the name of a list, as the file wants it: none of ours has a function of later versions."""
        del expand_future_functions
        return formula.removeprefix("=")

    def measure(self, last_row: int, last_col: int) -> None:
        """Tell the library how far the cells reach."""
        self._check_dimensions(0, 0)
        self._check_dimensions(last_row, last_col)

    def _write_rows(self) -> None:
        for row in sorted({*self._placed, *self.row_info}):
            cells = self._placed.get(row)
            if not cells:
                self._write_empty_row(row, None, self.row_info[row])
                continue
            self._write_row(row, None, self.row_info.get(row))
            cells.sort(key=_BY_COLUMN)
            self.fh.write("".join([written for _, written in cells]))
            self._xml_end_tag("row")
