"""Files that somebody sends: what is no plain workbook is refused in one sentence, in little time and memory."""

from __future__ import annotations

import contextlib
import io
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
from hakemus.usecases.reconcile import ForeignTable

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


@pytest.mark.parametrize("name", ["bomb", "entities", "many members", "truncated"])
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
