"""Reads any .xlsx or .csv into tables of values, for a budget that somebody made in a form of their own."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib

from openpyxl import load_workbook

from hakemus.adapters.excel.package import check_package
from hakemus.adapters.excel.values import MOST_COLUMNS, MOST_ROWS, grid_of, quietly
from hakemus.domain.messages import msg
from hakemus.usecases.errors import NotOurs, UserError
from hakemus.usecases.reconcile import ForeignTable

MOST_SHEETS = 60
MOST_CSV = 8_000_000
_SEPARATORS = (";", "\t", ",")


def read_foreign(data: bytes, name: str) -> tuple[ForeignTable, ...]:
    """The sheets that hold anything. `UserError` where the file is neither, or not safe to read."""
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        cells = _csv_rows(data)
        return (ForeignTable(name, cells),) if any(any(row) for row in cells) else ()
    check_package(data)
    try:
        with quietly():
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        tables = []
        for sheet in book.worksheets[:MOST_SHEETS]:
            grid = grid_of(sheet) if sheet.sheet_state == "visible" else {}
            if grid:
                width = max(max(row) for row in grid.values()) + 1
                rows = tuple(tuple(grid.get(at, {}).get(col) for col in range(width)) for at in range(max(grid) + 1))
                tables.append(ForeignTable(sheet.title, rows))
        book.close()
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, RecursionError) as error:
        raise _broken() from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _broken() from error
    return tuple(tables)


def _broken() -> UserError:
    return NotOurs(
        msg("The workbook cannot be read: a part of it is broken. Ask for it again, saved as an Excel workbook.")
    )


def _csv_rows(data: bytes) -> tuple[tuple[str | None, ...], ...]:
    if len(data) > MOST_CSV:
        raise UserError(msg("The file is far larger than a budget can be. It was not read."))
    text = _decoded(data)
    head = text[:20_000]
    separator = max(_SEPARATORS, key=lambda sign: (head.count(sign), -_SEPARATORS.index(sign)))
    if ";" in head and head.count(";") * 2 >= head.count(separator):
        separator = ";"  # where the comma is the decimal mark, the semicolon parts the cells
    rows = []
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
            if at >= MOST_ROWS:
                break
            rows.append(tuple(cell.strip() or None for cell in row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise UserError(msg("The file cannot be read as a table of cells (.csv).")) from error
    return tuple(rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
