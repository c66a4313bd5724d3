"""Files that somebody sends: what is no plain workbook is refused in one sentence, in little time and memory."""

from __future__ import annotations

import contextlib
import io
import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from workbook_cases import DAY, document, example, parts, report_of

from hakemus.adapters.excel.back import read_returned
from hakemus.adapters.excel.foreign import MOST_SHEETS, read_foreign
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.usecases.errors import UserError
from hakemus.usecases.offering import offered
from hakemus.usecases.reconcile import ForeignTable
from hakemus.usecases.taking_over import applied

BEARABLE = 8.0
"""Seconds of the processor; all of these take well under one."""
ROW = '<row><c s="1"/></row>'
BUDGET = "xl/worksheets/sheet3.xml"
"""Behind the instructions and the summary."""
SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.fixture(scope="module")
def sent() -> bytes:
    return render_xlsx(report_of(document(example())), DAY)


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return target.getvalue()


def with_member(sent: bytes, name: str, data: bytes) -> bytes:
    return packed({**parts(sent), name: data})


def empty_rows(count: int) -> bytes:
    return f"{SHEET_HEAD}<sheetData>{ROW * count}</sheetData></worksheet>".encode()


def broken_marks(sent: bytes) -> bytes:
    members = parts(sent)
    members["xl/sharedStrings.xml"] = members["xl/sharedStrings.xml"].replace(b'{"key"', b'{"key')
    return packed(members)


def encrypted_flag(sent: bytes) -> bytes:
    data = bytearray(sent)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


MAIN_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHARED = "xl/sharedStrings.xml"
LAUGHS = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(8))
LAUGHTER = f'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]><sst {MAIN_SPACE}><si><t>&i;</t></si></sst>'


def texts_elsewhere(sent: bytes, name: str, before: str = "") -> bytes:
    """The table of texts, with far too many of them, under another name."""
    many = f"{before}<sst {MAIN_SPACE}>{'<si><t>a</t></si>' * 600_000}</sst>".encode()
    members = {path: data.replace(b"sharedStrings.xml", name.encode()) for path, data in parts(sent).items()}
    return packed({**members, f"xl/{name}": many})


def many_looks(sent: bytes) -> bytes:
    looks = parts(sent)["xl/styles.xml"]
    return with_member(
        sent, "xl/styles.xml", looks.replace(b"</cellXfs>", b'<xf numFmtId="0"/>' * 300_000 + b"</cellXfs>")
    )


def many_sheets(sent: bytes) -> bytes:
    listed = "".join(f'<sheet name="a{at}" sheetId="{at + 100}" r:id="rId1"/>' for at in range(20_000))
    book = parts(sent)["xl/workbook.xml"]
    return with_member(sent, "xl/workbook.xml", book.replace(b"<sheets>", b"<sheets>" + listed.encode()))


def nested_marks(sent: bytes) -> bytes:
    return packed({**parts(sent), SHARED: parts(sent)[SHARED].replace(b'{"key"', b"[" * 20_000 + b'{"key"', 1)})


CASES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda sent: b"",
    "words": lambda sent: b"Budjetti;1 000,00\n" * 100,
    "truncated": lambda sent: sent[: len(sent) // 2],
    "a byte wrong": lambda sent: sent[:2000] + bytes([sent[2000] ^ 255]) + sent[2001:],
    "old or locked": lambda sent: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
    "locked": lambda sent: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "locked member": encrypted_flag,
    "macros": lambda sent: with_member(sent, "xl/vbaProject.bin", b"\0"),
    "links": lambda sent: with_member(sent, "xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "dde": lambda sent: with_member(
        sent, "xl/externalLinks/externalLink1.xml", b"<externalLink><ddeLink/></externalLink>"
    ),
    "connections": lambda sent: with_member(sent, "xl/connections.xml", b"<connections/>"),
    "bomb": lambda sent: with_member(sent, "xl/media/x.xml", b" " * 70_000_000),
    "a million empty rows": lambda sent: with_member(sent, BUDGET, empty_rows(1_048_576)),
    "many members": lambda sent: packed({**parts(sent), **{f"x{at}": b"" for at in range(2_100)}}),
    "entities": lambda sent: with_member(
        sent, "xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    ),
    "broken marks": broken_marks,
    "too many texts": lambda sent: texts_elsewhere(sent, "sharedStrings.xml"),
    "texts under another name": lambda sent: texts_elsewhere(sent, "theme.xml"),
    "texts under another ending": lambda sent: texts_elsewhere(sent, "media.png"),
    "texts that say they are a sheet": lambda sent: texts_elsewhere(sent, "worksheets/s.xml", "<!--<worksheet>-->"),
    "looks without end": many_looks,
    "one sheet twenty thousand times": many_sheets,
    "entities in wide letters": lambda sent: with_member(sent, SHARED, LAUGHTER.encode("utf-16")),
    "entities in wide letters without a sign": lambda sent: with_member(sent, SHARED, LAUGHTER.encode("utf-16-be")),
    "entities behind a long remark": lambda sent: with_member(sent, SHARED, f"<!--{'x' * 9_000}-->{LAUGHTER}".encode()),
    "marks nested deeply": nested_marks,
    "a number of a hundred thousand digits": lambda sent: with_member(
        sent, BUDGET, parts(sent)[BUDGET].replace(b"<v>", b"<v>" + b"9" * 100_000, 1)
    ),
    "a row beyond all rows": lambda sent: with_member(
        sent,
        BUDGET,
        f'{SHEET_HEAD}<sheetData><row r="{"9" * 20}"><c r="ZZZZZZZ9"/></row></sheetData></worksheet>'.encode(),
    ),
    "another program's": lambda sent: packed({**parts(sent), "xl/workbook.xml": b"<workbook/>"}),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_sentence(sent: bytes, name: str) -> None:
    data = CASES[name](sent)
    before = time.process_time()
    with pytest.raises(UserError) as told:
        read_returned(data)
    assert time.process_time() - before < BEARABLE
    assert told.value.message.key.endswith(".")


LIES: dict[str, Callable[[bytes], bytes]] = {
    "fields that are none": lambda marks: marks.replace(b'"description"', b'"__class__"').replace(
        b'"unit', b'"../unit'
    ),
    "rows of another table": lambda marks: marks.replace(b"budget.lines[", b"applicant.contacts["),
    "rows of no table": lambda marks: marks.replace(b"budget.lines[", b"__dict__["),
    "columns that are none": lambda marks: re.sub(rb'"id":\d+', b'"id":-7', marks),
    "a head far away": lambda marks: re.sub(rb'"head":\d+', b'"head":1000000000', marks),
    "rows that take all others": lambda marks: marks.replace(b'{"v":', b'{"c":1000000000000,"v":'),
    "values of another kind": lambda marks: re.sub(rb'"n[0-9.]+"', b'"d2018-01-01"', marks),
}
"""What the sheet for the program may be made to say."""


@pytest.mark.parametrize("name", LIES)
def test_marks_that_lie_change_no_more_than_cells_can(sent: bytes, name: str) -> None:
    marks = parts(sent)[SHARED]
    assert LIES[name](marks) != marks
    data = packed({**parts(sent), SHARED: LIES[name](marks)})
    made = document(example())
    before = time.process_time()
    with contextlib.suppress(UserError):
        back = offered(made, read_returned(data), lambda below: below // 2)
        after = applied(made.draft, back.offers)
        assert type(after) is type(made.draft)
        assert after.application.project == made.draft.application.project
        assert {item.path.partition(".")[0].partition("[")[0] for item in back.offers} <= {
            "budget", "funding", "goals", "activities", "partners", "team", "applicant",
        }  # fmt: skip
    assert time.process_time() - before < BEARABLE


def test_a_cell_at_the_far_corner_costs_nothing(sent: bytes) -> None:
    corner = (
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = with_member(sent, BUDGET, f"{SHEET_HEAD}{corner}{merged}</worksheet>".encode())
    before = time.process_time()
    assert read_returned(data).notes
    assert len(read_foreign(data, "b.xlsx")) > 1
    assert time.process_time() - before < BEARABLE


def test_a_sheet_that_lies_outside_the_workbook_is_not_looked_for(sent: bytes) -> None:
    links = parts(sent)["xl/_rels/workbook.xml.rels"]
    outside = links.replace(b'Target="worksheets/sheet3.xml"', b'Target="file:///etc/passwd" TargetMode="External"')
    assert outside != links
    data = with_member(sent, "xl/_rels/workbook.xml.rels", outside)
    tables = read_foreign(data, "b.xlsx")
    assert "root:" not in str(tables)
    assert read_returned(data).notes


def test_very_many_empty_rows_cost_little(sent: bytes) -> None:
    data = with_member(sent, BUDGET, empty_rows(200_000))
    before = time.process_time()
    back = read_returned(data)
    assert time.process_time() - before < BEARABLE
    assert back.gone == ()
    assert back.notes


def test_values_of_any_kind_do_no_harm(sent: bytes) -> None:
    members = parts(sent)
    sheet = members[BUDGET].decode()
    for old, new in (("<v>", "<v>1e999"), ("<v>", "<v>x"), ("<v>", "<v>-"), ('t="s"', 't="d"')):
        data = packed({**members, BUDGET: sheet.replace(old, new).encode()})
        with contextlib.suppress(UserError):
            assert read_returned(data).document_id


MEMORY = 120_000_000
"""Bytes beside the file itself; what a real budget of some thousand rows takes is a fifth of it."""


@pytest.mark.parametrize(
    "name",
    [
        "bomb",
        "entities",
        "many members",
        "truncated",
        "too many texts",
        "looks without end",
        "entities in wide letters",
    ],
)
def test_it_costs_little_memory(sent: bytes, name: str) -> None:
    data = CASES[name](sent)
    tracemalloc.start()
    try:
        with pytest.raises(UserError):
            read_returned(data)
        with pytest.raises(UserError):
            read_foreign(data, "b.xlsx")
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", CASES)
def test_as_a_budget_of_somebodys_own_it_is_refused_or_read_safely(sent: bytes, name: str) -> None:
    before = time.process_time()
    tables: tuple[ForeignTable, ...] = ()
    with contextlib.suppress(UserError):
        tables = read_foreign(CASES[name](sent), "b.xlsx")
    assert time.process_time() - before < BEARABLE
    assert all(table.rows for table in tables)


def test_a_hundred_sheets_of_merged_cells_are_read_as_far_as_a_budget_goes() -> None:
    book = Workbook()
    for at in range(99):
        sheet = book.create_sheet(f"S{at}")
        sheet.append(("Auto", 10))
        sheet.merge_cells("A1:A9")
        sheet.merge_cells("B1:D9")
    target = io.BytesIO()
    book.save(target)
    tables = read_foreign(target.getvalue(), "b.xlsx")
    assert 0 < len(tables) <= MOST_SHEETS
    assert {table.rows for table in tables} == {(("Auto", 10),)}
    with pytest.raises(UserError):
        read_returned(target.getvalue())
