"""A workbook comes back: its changes are seen line by line, taken or left, and taken as one step."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from keeping import within, words_in
from openpyxl import load_workbook
from person import Person, settle
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog

from hakemus.ui.dialogs.returned import ReturnedDialog

PRICE, SUM = 4, 5


@pytest.fixture
def workbook(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example's workbook with two prices changed, one of them unreadable, and a row without an id."""
    person.start("en").example()
    desk = person.wizard.desk
    book = load_workbook(io.BytesIO(person.controller.services.exporter().xlsx_bytes(desk.document(), language="en")))
    sheet = book["Budget"]
    rows = [row for row in sheet.iter_rows() if str(row[-1].value).startswith("budget.lines[")]
    rows[0][PRICE - 1].value = "1 000,00"
    rows[1][PRICE - 1].value = "a lot"
    at = rows[2][0].row + 1
    sheet.insert_rows(at)
    sheet.cell(at, 1).value = "Insurance"
    sheet.cell(at, SUM).value = 55.5
    path = tmp_path / "returned.xlsx"
    book.save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more, **_named: (str(path), ""))
    return path


def test_changes_are_seen_line_by_line_and_taken_as_one_step(person: Person, workbook: Path) -> None:
    before = person.session.draft
    steps = person.session.steps_done

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ReturnedDialog)
        assert dialog.windowTitle() == "Returned workbook: returned.xlsx"
        said = words_in(dialog)
        assert "2 changes in the workbook" in said
        assert "2 changes chosen" in said
        assert "Budget, D" in said  # the cell that could not be read
        assert "+55,50 €" in said
        boxes = dialog.findChildren(QCheckBox)
        assert [box.isChecked() for box in boxes] == [True, True]
        assert all(box.accessibleName() for box in boxes)
        person.click(person.button("Choose none", dialog))
        assert not person.button("Take the chosen changes", dialog).isEnabled()
        added = next(box for box in boxes if "Insurance" in box.accessibleName())
        added.click()
        settle()
        assert "1 change chosen" in words_in(dialog)
        person.click(person.button("Take the chosen changes", dialog))

    within(act, lambda: person.controller.command("read_returned"))
    lines = person.session.draft.application.budget.lines
    assert [
        line.description for line in lines if line.id not in {row.id for row in before.application.budget.lines}
    ] == ["Insurance"]
    assert person.session.steps_done == steps + 1
    person.session.undo()
    assert person.session.draft == before


def test_leaving_the_dialog_changes_nothing(person: Person, workbook: Path) -> None:
    before = person.session.draft
    within(lambda dialog: None, lambda: person.controller.command("read_returned"))
    assert person.session.draft is before


def test_a_file_that_is_none_is_told_in_one_sentence(person: Person, workbook: Path) -> None:
    workbook.write_bytes(b"PK nonsense")
    person.answers = ["ok"]
    person.controller.command("read_returned")
    assert "not a whole Excel workbook" in person.asked[-1][1]
