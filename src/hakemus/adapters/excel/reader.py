"""Reads a workbook back and compares it with the report it was made from. Reads stored values, as a preview would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from hakemus.adapters.excel.book import lay_out
from hakemus.adapters.excel.plan import LARGEST_EXACT_CENTS, Claim, Sheet, address
from hakemus.adapters.excel.values import stored
from hakemus.domain.money import Money
from hakemus.report.model import Report
from hakemus.usecases.cell_values import Value


@dataclass(frozen=True, slots=True)
class Amounts:
    """The stored values of a workbook by sheet and cell; numbers are exact decimals of what is stored."""

    sheets: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def money(self, sheet: str, cell: str) -> Money | None:
        """The sum in a cell; None where no number stands there, or one that is no sum in cents."""
        value = self.sheets.get(sheet, {}).get(cell)
        if not isinstance(value, Decimal):
            return None
        cents = value * 100
        return Money(int(cents)) if cents == cents.to_integral_value() else None


def read_amounts(xlsx: bytes) -> Amounts:
    """Every stored value of every sheet. `ValueError` where the bytes are no workbook."""
    try:
        book = load_workbook(io.BytesIO(xlsx), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ValueError("not a workbook") from error
    sheets: dict[str, dict[str, Value]] = {}
    for sheet in book.worksheets:
        values = sheets.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    values[address(cell.row - 1, cell.column - 1)] = stored(cell.value)
    book.close()
    return Amounts(sheets)


def verify(report: Report, xlsx: bytes) -> list[str]:
    """Differences between the report and a workbook made from it, one a sentence part; empty where every sum agrees.

    >>> verify(report, render_xlsx(report, day))  # doctest: +SKIP
    []
    """
    try:
        found = read_amounts(xlsx)
    except ValueError:
        found = Amounts()
    book = lay_out(report)
    differences = [f"{sheet.name}: {_shown(None)}" for sheet in book.sheets if sheet.name not in found.sheets]
    for sheet in book.sheets:
        if sheet.name in found.sheets:
            differences += _differences(sheet, found)
    return differences


def _differences(sheet: Sheet, found: Amounts) -> list[str]:
    differences = []
    for claim in sheet.claims:
        cell = address(claim.row, claim.col)
        seen = found.sheets[sheet.name].get(cell)
        if not _agrees(claim, seen):
            name = f" ({claim.words})" if claim.words else ""
            differences.append(f"{sheet.name}!{cell}{name}: {_shown(seen)} / {claim.amount}")
    if sheet.hidden_column is not None:
        ids = {claim.row: claim.address for claim in sheet.claims if claim.address and claim.kind != "summary"}
        for row, wanted in sorted(ids.items()):
            cell = address(row, sheet.hidden_column)
            seen = found.sheets[sheet.name].get(cell)
            if seen != wanted:
                differences.append(f"{sheet.name}!{cell}: {_shown(seen)} / {wanted}")
    return differences


def _agrees(claim: Claim, seen: Value) -> bool:
    if abs(claim.amount.cents) >= LARGEST_EXACT_CENTS:
        return seen == str(claim.amount)
    return isinstance(seen, Decimal) and seen * 100 == claim.amount.cents


def _shown(value: Value) -> str:
    return "-" if value is None else str(value)
