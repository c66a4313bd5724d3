"""The printed pages of a workbook: no heading is the last row of a page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from office import SOFFICE, needs_office, profile
from workbook_cases import DAY, MAIN, document, example, report_of, sheet_of

from hakemus.adapters.excel.book import lay_out
from hakemus.adapters.excel.page_ends import breaks
from hakemus.adapters.excel.plan import Sheet, Style
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.report.model import Report

PAGE = 841.9 * 210 / 297 - 108
"""Points between the margins of a lying page."""
LENGTHS = range(0, 2_400, 200)


def with_text(length: int) -> Report:
    made = example()
    made["project"]["continuation"] = ("kirjasto " * 400)[:length]
    return report_of(document(made))


def texts_of(report: Report) -> Sheet:
    name = report.words["sheet.texts"]
    return next(sheet for sheet in lay_out(report).sheets if sheet.name == name)


def printed(xml: Any) -> list[list[int]]:
    """The rows of each page by the heights that stand in the file; those after the first repeat the head."""
    begins = {int(item.get("id")) + 1 for item in xml.iter(f"{MAIN}brk")}
    usual = float(xml.find(f"{MAIN}sheetFormatPr").get("defaultRowHeight"))
    heights = {int(row.get("r")): float(row.get("ht", usual)) for row in xml.iter(f"{MAIN}row")}
    pages: list[list[int]] = [[]]
    used = 0.0
    for row in range(1, max(heights) + 1):
        height = heights.get(row, usual)
        if used + height > PAGE or row in begins:
            pages.append([])
            used = heights[4]
        pages[-1].append(row)
        used += height
    return pages


def test_no_section_heading_ends_a_page_of_the_texts() -> None:
    moved = 0
    for length in LENGTHS:
        report = with_text(length)
        found = sheet_of(render_xlsx(report, DAY), report, "texts")
        heads = {
            int(place[1:])
            for place, cell in found.cells.items()
            if place[0] == "A" and place not in ("A1", "A2") and cell.stored[:1].isdigit()
        }
        assert len(heads) >= 5
        pages = printed(found.xml)
        assert len(pages) >= 3
        assert not heads & {page[-1] for page in pages}, length
        moved += bool(texts_of(report).breaks)
    assert moved >= 2


def test_headings_go_to_the_next_page_together_and_only_where_they_would_end_one() -> None:
    sheet = Sheet("x", landscape=True, repeated=(0, 0), leads={20, 23, 24})
    sheet.fixed[0] = 90.0
    for row in range(45):
        sheet.put(row, 0, "x", Style())
    assert breaks(sheet) == [23]
    sheet.heights[5] = 37.5
    assert breaks(sheet) == [23], "one row less to a page, and the heading before is still its last"
    sheet.leads = {3, 20}
    assert breaks(sheet) == []
    sheet.leads = set(range(45))
    assert breaks(sheet)[0] == 1, "a chain without end leaves the first row where it is"


def test_a_sheet_printed_smaller_keeps_the_pages_of_the_program_that_prints_it() -> None:
    sheet = Sheet("x", landscape=True, leads=set(range(20, 30)))
    sheet.fixed[0] = 150.0
    for row in range(60):
        sheet.put(row, 0, "x", Style())
    assert breaks(sheet) == []


def test_what_stands_beside_a_long_text_is_level_with_its_first_line() -> None:
    made = example()
    made["budget"]["lines"][0]["description"] = "Kirjasto hankkii " * 40
    made["budget"]["lines"][1]["description"] = "Lyhyt"
    report = report_of(document(made))
    sheet = next(sheet for sheet in lay_out(report).sheets if sheet.name == report.words["sheet.budget"])
    rows = {cell.content: row for (row, _), cell in sheet.cells.items() if isinstance(cell.content, str)}
    long, short = rows[made["budget"]["lines"][0]["description"]], rows["Lyhyt"]
    assert {cell.style.upper for (row, _), cell in sheet.cells.items() if row == long} == {True}
    assert {cell.style.upper for (row, _), cell in sheet.cells.items() if row == short} == {False}


def has_the_type() -> bool:
    """Whether text is set as wide as in the usual type: in a wider one sheets are printed smaller."""
    if shutil.which("fc-match") is None:
        return False
    said = subprocess.run(["fc-match", "Calibri"], capture_output=True, text=True, check=False).stdout
    return "Carlito" in said or "Calibri" in said


@needs_office
@pytest.mark.skipif(
    not has_the_type(),
    reason="neither Calibri nor Carlito (fonts-crosextra-carlito) is installed: printed pages were NOT looked at",
)
def test_the_office_program_prints_those_pages(tmp_path: Path) -> None:
    lengths = [length for length in LENGTHS if texts_of(with_text(length)).breaks][:3]
    assert lengths
    for length in lengths:
        (tmp_path / f"b{length}.xlsx").write_bytes(render_xlsx(with_text(length), DAY))
    command = [str(SOFFICE), f"-env:UserInstallation={profile(tmp_path).as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(tmp_path), *(str(tmp_path / f"b{length}.xlsx") for length in lengths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for length in lengths:
        report = with_text(length)
        titles = tuple(f"{section.number} {section.title.text}" for section in report.sections)
        pdf = pypdfium2.PdfDocument(tmp_path / f"b{length}.pdf")
        seen = [rows_of(pdf[at]) for at in range(len(pdf))]
        texts = [rows for rows in seen if any(report.words["question"] in row for row in rows)]
        assert len(texts) >= 3
        # the last row of a page is its foot
        assert not [rows for rows in texts if rows[-2].startswith(titles)], length


def rows_of(page: Any) -> list[str]:
    """The rows of text of a printed page from its top, however the file orders them."""
    text = page.get_textpage()
    rows: dict[int, list[tuple[float, str]]] = {}
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        rows.setdefault(round(-bottom / 6), []).append((left, text.get_text_bounded(left, bottom, right, top)))
    return [" ".join(words for _, words in sorted(rows[key])) for key in sorted(rows)]
