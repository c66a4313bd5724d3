"""Reads a workbook that came back: which rows it has now, and which of their cells differ from what left. Follows row
ids, so that sorting, inserting and deleting do no harm. Judges nothing by the application as it stands.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from openpyxl import load_workbook

from hakemus.adapters.excel.package import check_package
from hakemus.adapters.excel.returned_table import Choices, Found, Table, TableReader, bare
from hakemus.adapters.excel.trail import FORMS, SHEET
from hakemus.adapters.excel.values import Grid, grid_of, quietly
from hakemus.domain.messages import msg
from hakemus.usecases.errors import NewerVersion, NotOurs
from hakemus.usecases.returned import ReturnedWorkbook

MOST_MARKS = 60_000


def read_returned(data: bytes) -> ReturnedWorkbook:
    """The rows of a returned workbook. `UserError` where it is none of ours, or not safe to read."""
    check_package(data)
    try:
        return _Reader(data).read()
    except (
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
        RecursionError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
    ) as error:
        # SyntaxError is what the XML parser's own error derives from.
        raise NotOurs(
            msg("The workbook cannot be read: a part of it is broken. Ask for it again, saved as an Excel workbook.")
        ) from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._formulas: dict[str, Grid] = {}

    def read(self) -> ReturnedWorkbook:
        book = self._open(values=True)
        try:
            names = {sheet.title: sheet for sheet in book.worksheets}
            if SHEET not in names:
                raise NotOurs(
                    msg(
                        "The workbook does not say which application it was made from: it was not made by this "
                        "program, or its hidden sheet is gone."
                    )
                )
            facts, tables, choices = _marks(names[SHEET])
            found = Found()
            grids: dict[str, Grid] = {}
            for table in tables:
                sheet = names.get(table.sheet)
                if sheet is None:
                    found.notes.append(msg("The sheet {sheet} is gone. Its rows are kept.", sheet=table.sheet))
                    continue
                if table.sheet not in grids:
                    grids[table.sheet] = grid_of(sheet)
                TableReader(table, grids[table.sheet], self._formula, found, choices).read()
        finally:
            book.close()
        return ReturnedWorkbook(
            facts.get("document", ""),
            int(facts.get("revision", "0")),
            facts.get("call", ""),
            facts.get("edition", ""),
            facts.get("language", ""),
            tuple(found.rows),
            tuple(found.gone),
            tuple(found.problems),
            tuple(found.notes),
        )

    def _open(self, *, values: bool) -> Any:
        with quietly():
            return load_workbook(io.BytesIO(self._data), read_only=True, data_only=values, keep_links=False)

    def _formula(self, sheet: str, row: int, col: int) -> str:
        """The formula in a cell, or nothing."""
        if sheet not in self._formulas:
            book = self._open(values=False)
            self._formulas[sheet] = grid_of(book[sheet])
            book.close()
        found = self._formulas[sheet].get(row, {}).get(col)
        return found if isinstance(found, str) and found.startswith("=") else ""


def _marks(sheet: Any) -> tuple[dict[str, str], list[Table], Choices]:
    """What the sheet for the program says: facts, the tables with what stood in their rows, the lists."""
    facts: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    tables: list[Table] = []
    for row in sheet.iter_rows(max_row=MOST_MARKS, max_col=3, values_only=True):
        first, second, third = (*(str(cell) if cell is not None else "" for cell in row), "", "", "")[:3]
        if first == "table":
            tables.append(_table(second, json.loads(third)))
        elif first == "row" and tables:
            tables[-1].order.append(second)
            tables[-1].about[second] = json.loads(third)
        elif first == "choice":
            label, name = json.loads(third)
            choices.setdefault(second, {})[bare(str(label)).casefold()] = str(name)
        elif first:
            facts.setdefault(first, second)
    if facts.get("hakemus") not in FORMS:
        raise NewerVersion(msg("The workbook was made by a newer program, which this one cannot read back."))
    return facts, tables, choices


def _table(sheet: str, plain: Mapping[str, Any]) -> Table:
    fields = {kind: {int(col): str(name) for col, name in of.items()} for kind, of in plain["fields"].items()}
    heads = {int(col): str(text) for col, text in plain["heads"].items()}
    return Table(sheet, str(plain["key"]), int(plain["head"]), int(plain["id"]), heads, fields)
