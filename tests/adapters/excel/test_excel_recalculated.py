"""A spreadsheet program of its own recalculates the workbooks: every value it finds is the one that was stored."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from office import changed, needs_hands, needs_office, recalculated
from test_excel_reader import repacked
from workbook_cases import (
    CALLS,
    DAY,
    LANGUAGES,
    SeenCell,
    document,
    example,
    invented,
    parts,
    report_of,
    sheet_file,
    sheets,
)

from hakemus.adapters.excel.workbook import render_xlsx

WHOLE = 200
"""Applications that the campaign has reckoned anew, each in three languages; the suite takes twelve, each in one."""
FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
SEEDS = WHOLE if FULL else 12
TOGETHER = 20
SAID = "{books} workbooks of {applications} applications: all {formulas} formulas give the stored values, none an error"


def same(stored: SeenCell, found: SeenCell) -> bool:
    if stored.kind != "n":
        return stored.stored == found.stored
    # The program keeps binary fractions: to the hundredth of a cent they must be one.
    return found.kind == "n" and abs(Decimal(stored.stored) - Decimal(found.stored)) < Decimal("0.0001")


def differences(before: bytes, after: bytes) -> list[str]:
    found = {sheet.name: sheet.cells for sheet in sheets(after)}
    return [
        f"{sheet.name}!{place}: {cell} became {found[sheet.name].get(place)}"
        for sheet in sheets(before)
        for place, cell in sheet.cells.items()
        if cell.formula is not None
        and not ((other := found[sheet.name].get(place)) and other.formula is not None and same(cell, other))
    ]


@needs_office
@pytest.mark.parametrize("first", range(0, SEEDS, TOGETHER))
def test_an_office_program_reckons_the_stored_values(tmp_path: Path, first: int, figure: Callable[..., None]) -> None:
    books, seeds = {}, range(first, min(first + TOGETHER, SEEDS))
    for seed in seeds:
        call = CALLS[seed % 3]
        for language in LANGUAGES if FULL else (LANGUAGES[seed // 3 % 3],):
            books[f"{call}-{language}-{seed}"] = render_xlsx(report_of(document(invented(seed), call), language), DAY)
    if not first:
        for language in LANGUAGES:
            books[f"example-{language}"] = render_xlsx(report_of(document(example()), language), DAY)
    after = recalculated(tmp_path, books)
    assert {name: differences(books[name], after[name]) for name in books} == {name: [] for name in books}
    formulas = [cell for data in books.values() for cell in formula_cells(data)]
    assert {cell.kind for cell in formulas} <= {"n", "str"}, "no formula gives an error"
    figure("reckoned", SAID, applications=len(seeds), books=len(books), formulas=len(formulas))


def formula_cells(data: bytes) -> list[SeenCell]:
    return [cell for sheet in sheets(data) for cell in sheet.cells.values() if cell.formula is not None]


@needs_office
def test_the_office_program_really_reckons(tmp_path: Path) -> None:
    report = report_of(document(example()))
    data = render_xlsx(report, DAY)
    members, name = parts(data), sheet_file(data, report, "budget")
    wrong = repacked({**members, name: members[name].replace(b"<v>9000.00</v>", b"<v>1.00</v>")})
    assert wrong != repacked(members)
    assert differences(wrong, recalculated(tmp_path, {"wrong": wrong})["wrong"])


REFUSED = [
    {"id": f"m{at}", "source": name, "kind": "eu", "status": status, "amount": amount}
    for at, (name, status, amount) in enumerate(
        (("Z", "refused", "1000.00"), ("B", "planned", "20.00"), ("X", "refused", "300.00"), ("A", "confirmed", "4.00"))
    )
]


@needs_hands
@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_money_stays_out_of_the_sums_also_after_a_sort(tmp_path: Path, language: str) -> None:
    made = example()
    made["funding"]["other"] = REFUSED
    report = report_of(document(made), language)
    data = render_xlsx(report, DAY)
    funding, summary = (report.words[f"sheet.{name}"] for name in ("funding", "summary"))

    def formulas_of(xlsx: bytes) -> dict[str, tuple[str, str]]:
        found = {sheet.name: sheet.cells for sheet in sheets(xlsx)}
        return {
            f"{name}!{place}": (cell.formula, f"{float(cell.stored):.2f}")
            for name in (funding, summary)
            for place, cell in found[name].items()
            if cell.formula and ")-SUMIF(" in cell.formula
        }

    before = formulas_of(data)
    assert [value for _, value in before.values()] == ["9024.00", "24.00"]
    rows = sorted(
        int("".join(sign for sign in place if sign.isdigit()))
        for sheet in sheets(data)
        if sheet.name == funding
        for place, cell in sheet.cells.items()
        if cell.stored in ("Z", "B", "X", "A")
    )
    assert rows == list(range(rows[0], rows[0] + 4))
    sort = ("sort", funding, rows[0] - 1, rows[-1] - 1, 6, 0, True)
    back = changed(tmp_path, {"sorted": (data, [sort])})["sorted"]
    found = {sheet.name: sheet.cells for sheet in sheets(back)}[funding]
    assert [found[f"A{row}"].stored for row in rows] == ["A", "B", "X", "Z"]
    assert [value for _, value in formulas_of(back).values()] == ["9024.00", "24.00"]
