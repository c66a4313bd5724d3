"""What is shown to be read offers nothing that would change it, says why, and can be copied from."""

from __future__ import annotations

from pathlib import Path

import pytest
from keeping import hold, notice, words_in
from person import CONTROL, PLAIN, SHIFT, Key, Person, saving_to, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from hakemus.adapters.printing.qt_printing import QtPrinter
from hakemus.domain.steps import STEPS
from hakemus.ui.dialogs.explaining import FindingDialog
from hakemus.ui.tables.row_table import RowTable
from hakemus.usecases.session import Session

MARKS_AND_KEPT_DATA = ("accept_old", "library_fill")


@pytest.fixture
def reader(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Person, list[object]]:
    """Somebody who reads an example that another computer has open; and what was tried to be changed.

    Dialogs close as soon as they open.
    """
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QtPrinter, "print", lambda _self, _job: True)
    path = tmp_path / "a.hakemus"
    person.start("en").example()
    person.session.edit("funding.grant", "99999")  # something for the findings to say, with ways out
    person.session.seal()
    with saving_to(monkeypatch, path):
        assert person.controller.save()
    person.controller.command("close")
    hold(person, path)
    person.answers = ["read"]
    person.controller.open_path(str(path))
    settle()
    assert person.session.read_only
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([], ""))
    tried: list[object] = []
    real = Session._take

    def take(session: Session, changed: object, *rest: object, **more: object) -> None:
        if session.read_only and changed != session.draft:
            tried.append(rest)
        real(session, changed, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "_take", take)
    return person, tried


def buttons(inside: QWidget) -> list[QAbstractButton]:
    return [made for made in inside.findChildren(QAbstractButton) if made.isVisible() and made.isEnabled()]


@pytest.mark.parametrize("step", STEPS)
def test_no_button_of_a_page_tries_to_change_what_is_read(reader: tuple[Person, list[object]], step: str) -> None:
    person, tried = reader
    page = person.step(step)
    for table in page.tables:
        rows = [table.widget.rows.key_at(at).kind for at in range(table.widget.rows.rowCount())]
        assert "add" not in rows
        if table.rows():
            table.row_focused.emit(f"{table.path}[{table.rows()[0].id}]")
    settle()
    for made in buttons(page):
        if not isValid(made):  # an earlier one brought the page anew
            continue
        made.click()
        settle()
        person.step(step)
    assert tried == []


@pytest.mark.parametrize("step", STEPS)
def test_every_control_of_a_page_is_reached_and_copied_but_takes_nothing(
    reader: tuple[Person, list[object]], step: str
) -> None:
    person, tried = reader
    page = person.step(step)
    for bound in page.fields.values():
        control = bound.widget.control
        assert control.isEnabled()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        control.setFocus(Qt.FocusReason.TabFocusReason)
        before = bound.widget.text() if hasattr(bound.widget, "text") else None
        person.key(Key.Key_A, CONTROL)
        QGuiApplication.clipboard().setText("nothing")
        person.key(Key.Key_C, CONTROL)
        if isinstance(control, QLineEdit | QPlainTextEdit) and before:
            assert QGuiApplication.clipboard().text() == before
        if isinstance(control, QComboBox) and control.currentText():
            assert QGuiApplication.clipboard().text() == control.currentText()
        QGuiApplication.clipboard().setText("pasted")
        for key, modifier in (
            (Key.Key_X, PLAIN),
            (Key.Key_Delete, PLAIN),
            (Key.Key_V, CONTROL),
            (Key.Key_Return, SHIFT),
            (Key.Key_Down, PLAIN),
            (Key.Key_Space, PLAIN),
            (Key.Key_Z, CONTROL),
        ):
            person.key(key, modifier)
        if before is not None:
            assert bound.widget.text() == before
    for table in page.findChildren(RowTable):
        table.setFocus()
        for key, modifier in (
            (Key.Key_X, PLAIN),
            (Key.Key_Delete, PLAIN),
            (Key.Key_Delete, CONTROL),
            (Key.Key_Insert, PLAIN),
            (Key.Key_D, CONTROL),
            (Key.Key_V, CONTROL),
            (Key.Key_F2, PLAIN),
        ):
            person.key(key, modifier)
        assert table.edited_cell is None
    assert tried == []


def test_the_dialogs_take_nothing_either(reader: tuple[Person, list[object]], monkeypatch: pytest.MonkeyPatch) -> None:
    person, tried = reader
    seen: list[type] = []

    def press_all(dialog: QDialog) -> int:
        if type(dialog) in seen:
            return 0
        seen.append(type(dialog))
        dialog.show()
        settle()
        for made in dialog.findChildren(QLineEdit):
            assert made.isReadOnly()
        for made in buttons(dialog):
            made.click()
        dialog.close()
        return 0

    monkeypatch.setattr(QDialog, "exec", press_all)
    check = person.session.check
    assert any(finding.exits for finding in check.findings)
    commands = ["terms", "eligibility", "links", *(f"why:{at}" for at in range(len(check.findings)))]
    for command in commands:
        person.controller.command(command)
        if command.startswith("why:"):
            seen.remove(FindingDialog)
    assert len(seen) == 3
    assert tried == []


def test_the_menus_offer_nothing_that_would_change_it(reader: tuple[Person, list[object]]) -> None:
    person, _ = reader
    for name in ("undo", "redo", "attach", "name_version", "mark_submitted", "read_returned", *MARKS_AND_KEPT_DATA):
        assert not person.window.action(name).isEnabled(), name


def test_the_rail_and_a_message_say_why(reader: tuple[Person, list[object]]) -> None:
    person, _ = reader
    assert "Read only" in words_in(person.wizard.rail)
    assert "Read only. It can be saved under another name at any time." in notice(person, "Maija").accessibleName()
    assert not person.window.isWindowModified()
