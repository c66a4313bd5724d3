"""`hakemus import-workbook`: lists what was changed, and takes it over whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli_shell import SOUND, Shell
from openpyxl import load_workbook


@pytest.fixture
def returned(shell: Shell) -> tuple[Any, Path, Any]:
    """A draft, its workbook, and a way to change the cell right of a text."""
    draft = shell.draft({**SOUND, "budget": {"lines": [{"id": "k1", "description": "Auto", "amount": "100.00"}]}})
    path = shell.folder / "b.xlsx"
    assert shell("export", draft, "--xlsx", "b.xlsx").code == 0

    def put(value: object) -> None:
        book = load_workbook(path)
        for sheet in book.worksheets[:-1]:
            for row in sheet.iter_rows():
                if row[-1].value == "budget.lines[k1]":
                    row[4].value = value
        book.save(path)

    return draft, path, put


def test_the_changes_are_listed_and_nothing_is_written(shell: Shell, returned: tuple[Any, Path, Any]) -> None:
    draft, path, put = returned
    put("1 250,50")
    before = Path(draft).read_bytes()
    for more in ((), ("--dry-run",)):
        answer = shell("import-workbook", path, draft, *more)
        assert (answer.code, answer.out) == (0, "budget.lines[k1].amount: 100.00 -> 1250.50\n")
    assert Path(draft).read_bytes() == before


def test_all_changes_are_taken_over(shell: Shell, returned: tuple[Any, Path, Any]) -> None:
    draft, path, put = returned
    put("1 250,50")
    assert shell("import-workbook", path, draft, "--apply").code == 0
    assert '"1250.50"' in shell("show", draft, "--json").out
    again = shell("import-workbook", path, draft, "--apply")
    assert (again.code, again.out) == (0, "")


def test_one_cell_that_cannot_be_read_leaves_the_draft_as_it_is(shell: Shell, returned: tuple[Any, Path, Any]) -> None:
    draft, path, put = returned
    put("much")
    before = Path(draft).read_bytes()
    answer = shell("import-workbook", path, draft, "--apply", "--lang", "en")
    assert answer.code == 2
    assert "Nothing was written" in answer.err
    assert "!E" in answer.err
    assert Path(draft).read_bytes() == before


def test_what_is_no_workbook_is_one_sentence(shell: Shell, returned: tuple[Any, Path, Any]) -> None:
    draft, path, _ = returned
    path.write_bytes(b"nothing")
    answer = shell("import-workbook", path, draft, "--lang", "en")
    assert answer.code == 2
    assert answer.err.count("\n") == 1
