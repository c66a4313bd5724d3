"""A spreadsheet program of its own recalculates the workbooks: every value it finds is the one that was stored."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from test_excel_reader import repacked
from workbook_cases import CALLS, DAY, LANGUAGES, SeenCell, document, example, invented, parts, report_of, sheets

from hakemus.adapters.excel.workbook import render_xlsx

SOFFICE = shutil.which("soffice")
SEEDS = 4
needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: recalculation was NOT checked"
)
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def recalculated(folder: Path, books: dict[str, bytes]) -> dict[str, bytes]:
    """The workbooks as the office program saves them after reckoning every formula anew."""
    assert SOFFICE is not None
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    command = [
        SOFFICE,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    command += ["--outdir", str(out), *(str(folder / f"{name}.xlsx") for name in books)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (out / f"{name}.xlsx").read_bytes() for name in books}


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
def test_an_office_program_reckons_the_stored_values(tmp_path: Path) -> None:
    books = {
        f"{call}-{LANGUAGES[seed % 3]}-{seed}": render_xlsx(
            report_of(document(invented(seed), call), LANGUAGES[seed % 3]), DAY
        )
        for seed in range(SEEDS)
        for call in CALLS
    }
    books |= {
        f"example-{language}": render_xlsx(report_of(document(example()), language), DAY) for language in LANGUAGES
    }
    after = recalculated(tmp_path, books)
    assert {name: differences(books[name], after[name]) for name in books} == {name: [] for name in books}


@needs_office
def test_the_office_program_really_reckons(tmp_path: Path) -> None:
    members = parts(render_xlsx(report_of(document(example())), DAY))
    sheet = members["xl/worksheets/sheet2.xml"].replace(b"<v>9000.00</v>", b"<v>1.00</v>")
    wrong = repacked({**members, "xl/worksheets/sheet2.xml": sheet})
    assert wrong != repacked(members)
    assert differences(wrong, recalculated(tmp_path, {"wrong": wrong})["wrong"])
