"""The workbook as somebody opens it: what stands in the package, read without the libraries that made it."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import xlsxwriter
from workbook_cases import (
    CALLS,
    DAY,
    LANGUAGES,
    LONG_TEXTS,
    MAIN,
    document,
    example,
    hostile_texts,
    invented,
    parts,
    report_of,
    sheet_of,
    sheets,
)
from xlsxwriter.worksheet import Worksheet

from hakemus.adapters.excel.reader import verify
from hakemus.adapters.excel.text import LONGEST_CELL, pieces, units
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.text import clean
from hakemus.report.model import Copy, MoneyCell, Report, Row, RowKind, Table, TextCell

VOLATILE = re.compile(r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|OFFSET|INDIRECT|CELL|INFO|TEXT|DATEVALUE|VALUE)\(")


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return render_xlsx(report_of(document(example())), DAY)


def with_texts(report: Report, *texts: str) -> Report:
    """The same report with the texts, in turn, as first words of its lines, as its text answers and headings."""
    data, turn = dataclasses.replace, itertools.cycle(texts)

    def row(item: Row) -> Row:
        first = item.cells[0]
        cells = (data(first, text=next(turn)), *item.cells[1:]) if isinstance(first, TextCell) else item.cells
        return data(item, cells=cells, note=next(turn) if item.note else "")

    workbook = report.workbook
    assert workbook is not None
    workbook = data(workbook, costs=data(workbook.costs, rows=tuple(map(row, workbook.costs.rows))))
    sections = []
    for section in report.sections:
        blocks = []
        for block in section.blocks:
            if isinstance(block, Table):
                block = data(block, rows=tuple(map(row, block.rows)))
            elif hasattr(block, "cell") and isinstance(block.cell, TextCell):
                block = data(block, cell=TextCell(next(turn)))
            blocks.append(block)
        sections.append(data(section, blocks=tuple(blocks)))
    return data(
        report,
        sections=tuple(sections),
        workbook=workbook,
        heading=data(report.heading, title=next(turn), applicant=next(turn)),
    )


def formulas(data: bytes) -> set[tuple[str, str, str]]:
    return {
        (sheet.name, place, cell.formula)
        for sheet in sheets(data)
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    }


def texts(data: bytes) -> set[str]:
    return {cell.stored for sheet in sheets(data) for cell in sheet.cells.values() if cell.kind == "s"}


def test_every_part_is_well_formed_and_declared(shipped: bytes) -> None:
    members = parts(shipped)
    types = ElementTree.fromstring(members["[Content_Types].xml"])
    declared = {entry.get("PartName", "").lstrip("/") for entry in types if entry.get("PartName")}
    endings = {entry.get("Extension") for entry in types if entry.get("Extension")}
    assert declared <= set(members)
    for name, data in members.items():
        ElementTree.fromstring(data)
        assert name in declared or name.rsplit(".", 1)[-1] in endings, name
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in data
    assert not [name for name in members if "vba" in name or "external" in name.lower() or "connection" in name]


def test_the_same_report_gives_the_same_bytes(shipped: bytes) -> None:
    assert render_xlsx(report_of(document(example())), DAY) == shipped


def test_the_properties_name_the_program_and_the_day_alone(shipped: bytes) -> None:
    core = parts(shipped)["docProps/core.xml"].decode()
    assert "<dc:creator>hakemus</dc:creator>" in core
    assert "<cp:lastModifiedBy>hakemus</cp:lastModifiedBy>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", core)) == {"2018-12-03T00:00:00Z"}


def test_the_sheets_a_person_gets(shipped: bytes) -> None:
    names = [sheet.name for sheet in sheets(shipped)]
    words = report_of(document(example())).words
    keys = ("instructions", "summary", "budget", "people", "funding", "timeline", "findings")
    assert names[: len(keys)] == [words[f"sheet.{key}"] for key in keys]
    assert len({name.casefold() for name in names}) == len(names)


def test_a_summary_that_is_too_long_for_a_page_goes_on_over_more() -> None:
    made = example()
    line = made["budget"]["lines"][0]
    made["budget"]["lines"] = [dict(line, id=f"k{at}", account=f"A{at}") for at in range(40)]
    report = report_of(document(made))
    setup = sheet_of(render_xlsx(report, DAY), report, "summary").xml.find(f"{MAIN}pageSetup")
    assert setup is not None
    assert setup.get("fitToHeight") == "0"


def test_each_sheet_opens_at_its_corner_and_prints_on_a4_as_wide_as_a_page(shipped: bytes) -> None:
    defined = ElementTree.fromstring(parts(shipped)["xl/workbook.xml"])
    titles = [item for item in defined.iter(f"{MAIN}definedName") if item.get("name") == "_xlnm.Print_Titles"]
    assert len(titles) == sum(1 for _ in sheets(shipped)) - 3  # the summary, instructions and marks have none
    for sheet in list(sheets(shipped))[:-1]:  # the last is for the program and has no pages
        setup, footer = sheet.xml.find(f"{MAIN}pageSetup"), sheet.xml.find(f"{MAIN}headerFooter/{MAIN}oddFooter")
        assert setup is not None
        assert setup.get("paperSize") == "9"
        pages = "1" if sheet.name == report_of(document(example())).words["sheet.summary"] else "0"
        assert setup.get("fitToHeight", "1") == pages, "the checks stand on the page of the sums"
        assert footer is not None
        assert "&P" in (footer.text or "")
        selected = [item.get("activeCell", "A1") for item in sheet.xml.iter(f"{MAIN}selection") if not item.get("pane")]
        assert set(selected) <= {"A1"}


def test_sums_are_formulas_that_carry_their_value(shipped: bytes) -> None:
    report = report_of(document(example()))
    budget = sheet_of(shipped, report, "budget")
    table = report.table("budget")
    assert table is not None
    stored = {cell.formula: cell.stored for cell in budget.cells.values() if cell.formula}
    assert sum(formula.startswith("ROUND(") for formula in stored) == 6
    groups = [row for row in table.rows if row.kind is RowKind.GROUP]
    assert sum(formula.startswith("SUM(") for formula in stored) == len(groups) + 1
    total = table.rows[-1].cells[4]
    assert isinstance(total, MoneyCell)
    assert str(total.amount) in stored.values()


def test_every_formula_has_a_value_and_asks_neither_clock_nor_locale(shipped: bytes) -> None:
    for sheet in sheets(shipped):
        for cell in sheet.cells.values():
            if cell.formula is not None:
                assert cell.stored != ""
                assert not VOLATILE.search(cell.formula)
        for condition in sheet.xml.iter(f"{MAIN}formula"):
            assert not VOLATILE.search(condition.text or "")


def test_each_look_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook has many cells and few looks, and the library takes longer over a look than over twenty cells."""
    asked: list[dict[str, object]] = []
    make = xlsxwriter.Workbook.add_format
    monkeypatch.setattr(xlsxwriter.Workbook, "add_format", lambda self, how: (asked.append(how), make(self, how))[1])
    data = render_xlsx(report_of(document(example())), DAY)
    styles = ElementTree.fromstring(parts(data)["xl/styles.xml"])
    looks = len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf")) + len(styles.findall(f"{MAIN}dxfs/{MAIN}dxf"))
    own = [how for how in asked if "font_name" not in how]
    assert len(own) <= looks + 3  # two looks may differ in what nobody sees, as the colour of no rule


def test_cells_are_written_without_the_librarys_checks_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """They hold for every cell of a plan, and take longer than the writing."""
    taken: list[object] = []
    for name in ("_write_string", "_write_number", "_write_datetime", "_write_formula", "_write_cell"):
        monkeypatch.setattr(Worksheet, name, lambda *found: taken.append(found))
    data = render_xlsx(report_of(document(example())), DAY)
    assert len(texts(data)) > 100
    merged = sum(len(sheet.xml.findall(f"{MAIN}mergeCells/{MAIN}mergeCell")) for sheet in sheets(data))
    assert len(taken) <= merged  # the library puts an empty text into the first cell of those


def test_days_are_dates(shipped: bytes) -> None:
    timeline = sheet_of(shipped, report_of(document(example())), "timeline")
    serial = (datetime.date(2019, 5, 2) - datetime.date(1899, 12, 30)).days
    days = [cell for cell in timeline.cells.values() if cell.kind == "n" and cell.stored == str(serial)]
    assert days
    styles = ElementTree.fromstring(parts(shipped)["xl/styles.xml"])
    shapes = {item.get("numFmtId"): item.get("formatCode") for item in styles.iter(f"{MAIN}numFmt")}
    looks = list(styles.find(f"{MAIN}cellXfs") or ())
    assert {shapes[looks[cell.style].get("numFmtId")] for cell in days} == {"d.m.yyyy"}


def test_row_ids_stand_in_a_hidden_column(shipped: bytes) -> None:
    budget = sheet_of(shipped, report_of(document(example())), "budget")
    ids = {place: cell.stored for place, cell in budget.cells.items() if cell.stored.startswith("budget.lines[")}
    assert len(ids) == 6
    column = {re.sub(r"\d", "", place) for place in ids}
    assert len(column) == 1
    number = ord(column.pop()) - 64
    hidden = [item for item in budget.xml.iter(f"{MAIN}col") if item.get("hidden") == "1"]
    assert [(item.get("min"), item.get("max")) for item in hidden] == [(str(number), str(number))]


def test_hostile_texts_stay_texts() -> None:
    plain = report_of(document(example()))
    usual = formulas(render_xlsx(with_texts(plain, "tavallinen"), DAY))
    hostile = hostile_texts()
    assert len(hostile) > 280
    for at in range(0, len(hostile), 16):
        some = hostile[at : at + 16]
        data = render_xlsx(with_texts(plain, *some), DAY)
        for sheet in sheets(data):
            for cell in sheet.cells.values():
                assert cell.kind in ("s", "n") or (cell.kind == "str" and cell.formula), cell
            assert not list(sheet.xml.iter(f"{MAIN}hyperlink"))
        assert {clean(text).text for text in some} <= texts(data)
        assert formulas(data) == usual


def test_hostile_words_of_the_form_do_no_harm() -> None:
    plain = report_of(document(example()))
    for text in ("=1+1", "[a]:*?/\\", "'", "History", "", "x" * 300, '"', "<r>a</r>", "&P", "\x00"):
        words = {key: f"{text}{key}" if text != "History" else text for key in plain.words}
        data = render_xlsx(dataclasses.replace(plain, words=words, mark=text), DAY)
        for name, part in parts(data).items():
            ElementTree.fromstring(part)
            assert name
        for sheet in sheets(data):
            assert 1 <= units(sheet.name) <= 31
            assert not set("[]:*?/\\") & set(sheet.name)
            header = sheet.xml.find(f"{MAIN}headerFooter/{MAIN}oddHeader")
            assert header is None or len(header.text or "") <= 255


@pytest.mark.parametrize("text", LONG_TEXTS, ids=("words", "one word", "emoji", "lines"))
def test_a_text_too_long_for_a_cell_goes_on_in_the_next_row_and_that_is_said(text: str) -> None:
    report = report_of(document(example()))
    data = render_xlsx(with_texts(report, text), DAY)
    for sheet, column in ((sheet_of(data, report, "budget"), "A"), (sheet_of(data, report, "texts"), "B")):
        places = sorted((int(place[1:]), place) for place in sheet.cells if re.fullmatch(rf"{column}\d+", place))
        contents = [sheet.cells[place].stored for _, place in places if sheet.cells[place].kind == "s"]
        first = contents.index(pieces(text)[0])
        count = len(pieces(text))
        assert "".join(contents[first : first + count]) == text
        assert all(units(content) <= LONGEST_CELL for content in contents)
    said = report.words["carried"]
    assert sum(said in content for content in texts(data)) >= 2
    assert verify(with_texts(report, text), data) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", CALLS)
def test_generated_applications_agree_with_their_report(call: str, language: str) -> None:
    for seed in range(5):
        report = report_of(document(invented(seed), call), language)
        data = render_xlsx(report, DAY)
        assert verify(report, data) == []
        stored = {cell.stored for sheet in sheets(data) for cell in sheet.cells.values() if cell.kind == "n"}
        for block in report.blocks():
            for row in block.rows if isinstance(block, Table) else ():
                for cell in row.cells:
                    if isinstance(cell, MoneyCell):
                        assert any(Decimal(value) == Decimal(str(cell.amount)) for value in stored if value)


@pytest.mark.parametrize("copy", list(Copy))
def test_every_copy_and_an_empty_application_can_be_written(copy: Copy) -> None:
    for data in ({}, example()):
        report = report_of(document(data), "sv", "fi", copy)
        written = render_xlsx(report, DAY)
        assert verify(report, written) == []
        if copy is Copy.BLANK:
            assert not formulas(written)


def test_text_that_waits_to_be_read_as_a_value_is_shown_as_it_stands() -> None:
    path = "budget.lines[kul1].unit_price"
    report = report_of(document(example(), pending={path: "1 234,5x"}))
    assert any("1 234,5x" in text for text in texts(render_xlsx(report, DAY)))


def test_sums_that_a_spreadsheet_cannot_hold_to_the_cent_are_written_as_text() -> None:
    data = example()
    data["budget"]["lines"] = [
        {"id": f"k{at}", "description": "Suuri", "category": "services", "amount": "999999999999.99"}
        for at in range(12)
    ]
    report = report_of(document(data))
    written = render_xlsx(report, DAY)
    assert verify(report, written) == []
    table = report.table("budget")
    assert table is not None
    total = table.rows[-1].cells[4]
    assert isinstance(total, MoneyCell)
    assert str(total.amount) in texts(written)


def test_days_before_spreadsheets_began_are_written_as_text() -> None:
    data = example()
    data["activities"][0] |= {"starts_on": "1000-01-01", "ends_on": "2999-12-31"}
    written = render_xlsx(report_of(document(data)), DAY)
    assert "1.1.1000" in texts(written)
