"""Every step and dialog of the window with content in it, one after another, so that an audit can look at each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from person import Person, settle
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog

from hakemus.domain.lengths import limit_of
from hakemus.domain.steps import STEPS
from hakemus.ui.actions import MENUS, SEPARATOR
from hakemus.ui.dialogs import foot_and_size
from hakemus.ui.dialogs.asking import Question
from hakemus.ui.dialogs.find import FindDialog
from hakemus.ui.dialogs.guide import GuideDialog
from hakemus.ui.dialogs.versions import VersionsDialog
from hakemus.usecases.library_profile import Profile

SCREEN = QSize(1366, 728)
"""The smallest screen that is promised, less the bar at its foot."""
QUIET = {"quit", "print", "close", "start", "save", "undo", "redo", "larger", "smaller", "normal_size"}
"""Commands that open nothing, or change what the audit stands on."""
THEIRS = "Kohde;Laji;Euroa\nNäyttely;4340;1000,00\nKirjat;4500;1 234,50\nArvio;4340;n. 50\n"

Look = Callable[[str], None]
LookAt = Callable[[str, QDialog], None]


def steps(person: Person, look: Look) -> None:
    """Start page, every step with a row of each table in hand, a grant over its cap, and the whole form."""
    look("start")
    person.example()
    for step in STEPS:
        page = person.step(step)
        for table in page.tables:
            if table.rows():
                table.widget.focus_cell(f"{table.path}[{table.rows()[0].id}]")
        settle()
        look(step)
    person.session.edit("funding.grant", "8 900")
    person.session.edit("project.ends_on", "ensi vuonna")
    person.session.seal()
    for step in ("project", "funding", "review"):
        person.step(step)
        look(f"{step} with errors")
    person.step("project")  # the steps Review and Submitting stand on pages of their own in both views
    person.controller.command("whole_form")
    settle()
    assert person.wizard._stack.currentWidget() is person.wizard.form
    look("the whole form")


@contextmanager
def small_screen(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Dialogs open on the smallest screen that is promised; the platform of the tests has one of its own."""
    patch.setattr(foot_and_size, "screen_size", lambda _dialog: SCREEN)
    yield


@contextmanager
def heard(
    monkeypatch: pytest.MonkeyPatch, look: LookAt, now: Callable[[], str], words: Callable[[str], str]
) -> Iterator[list[str]]:
    """Every dialog that opens is looked at and closed; the kinds that were seen."""
    seen: list[str] = []

    def exec_(dialog: QDialog, *_args: object, **_kept: object) -> int:
        dialog.show()
        dialog.activateWindow()
        settle()
        if isinstance(dialog, VersionsDialog):
            while dialog._counting.isActive():
                settle()
        if isinstance(dialog, FindDialog):
            dialog.line.setText("kirjasto")
        look(f"{now()} {type(dialog).__name__}", dialog)
        seen.append(type(dialog).__name__)
        if isinstance(dialog, VersionsDialog):
            press(dialog, "Compare…", words)
        dialog.reject()
        return 0

    with monkeypatch.context() as patch, small_screen(patch):
        patch.setattr(QDialog, "exec", exec_)
        patch.setattr(Question, "exec", exec_)
        for name in ("getOpenFileName", "getSaveFileName"):
            patch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
        patch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([], ""))
        yield seen


def press(dialog: QDialog, name: str, words: Callable[[str], str]) -> None:
    """Press the first button with these words, if there is one."""
    for made in dialog.findChildren(QAbstractButton):
        if made.isVisible() and made.text() == words(name):
            made.click()
            return


def dialogs(person: Person, monkeypatch: pytest.MonkeyPatch, folder: Path, look: LookAt) -> list[str]:
    """Every command of the menus, every finding explained, and the dialogs that need a file or a kept library."""
    now = ""
    person.example()
    with heard(monkeypatch, look, lambda: now, person.t) as seen:
        for now in [item.name for _, commands in MENUS for item in commands if item is not SEPARATOR]:
            if now not in QUIET:
                person.controller.command(now)
                settle()
        (guide,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, GuideDialog) and one.isVisible()]
        guide.activateWindow()
        settle()
        look("guide GuideDialog", guide)
        guide.close()
        now = "why"
        for at in range(len(person.session.check.findings)):
            person.controller.command(f"why:{at}")
        now = "secret"
        person.window.activateWindow()
        settle()
        person.step("project")
        person.bound("project.summary").widget.control.setFocus()
        person.controller.command("mark_secret")
        now = "profile"
        own = person.session.draft.application.applicant
        other = own.model_copy(update={"phone": "040 123 4567", "street": "Kirjastokuja 12 B 34"})
        person.controller.services.profiles.write((Profile("p1", other),))
        person.session.edit("applicant.library", "")
        person.controller.command("library_fill")
        of_files(person, monkeypatch, folder)
        now = "shorten"
        person.new("oph-erityisavustus-2026").step("project")
        path = next(path for path in person.page.fields if limit_of(person.wizard.desk.call, path))
        person.session.edit(path, "Kirjasto lähtee liikkeelle asukkaiden luo. " * 40)
        person.window.activateWindow()
        settle()
        person.bound(path).widget.control.setFocus()
        person.controller.command("shorten")
    return seen


def of_files(person: Person, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Dialogs that show what is in files: versions of an application, a workbook, a budget, an old application."""
    path = folder / "a.hakemus"
    with monkeypatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
        person.controller.save()
    person.session.edit("project.title", "Toinen nimi")
    person.session.seal()
    person.controller.save()
    person.controller.command("versions")
    person.controller.command("remembered")
    desk = person.wizard.desk
    made = person.controller.services.exporter().xlsx_bytes(desk.document(), language=person.words.language)
    book = load_workbook(io.BytesIO(made))
    for sheet in book:
        for row in sheet.iter_rows():
            if str(row[-1].value).startswith("budget.lines["):
                row[3].value = "1 000,00"
    book.save(folder / "returned.xlsx")
    (folder / "own.csv").write_bytes(THEIRS.encode("cp1252"))
    for name, command in (("returned.xlsx", "read_returned"), ("own.csv", "own_budget")):
        with monkeypatch.context() as patch:
            patch.setattr(QFileDialog, "getOpenFileName", lambda *_a, name=name, **_k: (str(folder / name), ""))
            person.controller.command(command)
            settle()
