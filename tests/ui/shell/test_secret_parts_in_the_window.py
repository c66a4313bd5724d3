"""Marking what is secret: from a field, from selected words, from a row of a table; told on the page of papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from person import CONTROL, SHIFT, Key, Person, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QWidget

from hakemus.ui.desk import place as place_in_words
from hakemus.ui.dialogs.secrets import MarkDialog, SecretsDialog
from hakemus.ui.pages.submit import SubmitPage
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.labels import Label

GROUND = "24.1.20"


@contextmanager
def dialog(monkeypatch: pytest.MonkeyPatch, kind: type[Any], does: Callable[[Any], int]) -> Iterator[None]:
    """The next dialogs of a kind are handled by `does`, which gives what `exec` gives."""
    with monkeypatch.context() as patch:
        patch.setattr(kind, "exec", does)
        yield


def taking(ground: str = GROUND, what: str = "0", note: str = "") -> Callable[[MarkDialog], int]:
    def act(made: MarkDialog) -> int:
        assert not made.take.isEnabled(), "a mark without a ground would say nothing"
        made.what.set_text(what)
        made.ground.set_text(ground)
        made.note.set_text(note)
        made.ground.edited.emit(ground)
        assert made.take.isEnabled()
        return 1

    return act


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(Label) if each.isVisibleTo(widget))


def test_selected_words_of_a_text_are_marked_by_key_and_undone(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    person.step("project")
    field = person.bound("project.summary").widget
    control = field.control
    assert isinstance(control, QPlainTextEdit)
    control.setFocus()
    person.key(Key.Key_Home, CONTROL)
    for _ in range(3):
        person.key(Key.Key_Right, CONTROL | SHIFT)
    selected = control.textCursor().selectedText().strip()
    offered: list[tuple[str, str, str]] = []

    def act(made: MarkDialog) -> int:
        offered.extend(made._extents)
        return taking(note="see the contract")(made)

    with dialog(monkeypatch, MarkDialog, act):
        person.key(Key.Key_M, CONTROL | SHIFT)
    assert [path for path, _, _ in offered] == ["project.summary"] * 2
    (mark,) = person.session.draft.secrets
    assert (mark.path, mark.passage, mark.ground, mark.note) == (
        "project.summary", selected, GROUND, "see the contract",
    )  # fmt: skip
    assert "partly secret" in words(field)
    assert "partly secret" in control.accessibleDescription()
    person.undo()
    assert person.session.draft.secrets == ()
    assert "secret" not in words(field)


def test_a_field_has_the_command_in_its_menu(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    person.step("applicant")
    field = person.bound("applicant.iban").widget
    field.control.setFocus()
    ask_menu(field.control)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(each for each in menu.actions() if each.text() == person.t("Mark as secret…"))
    with dialog(monkeypatch, MarkDialog, taking()):
        entry.trigger()
        menu.close()
    settle()
    (mark,) = person.session.draft.secrets
    assert (mark.path, mark.passage) == ("applicant.iban", None)
    assert "secret" in words(field).split("\n")


def ask_menu(widget: QWidget) -> None:
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QApplication.sendEvent(
        widget, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, widget.mapToGlobal(middle))
    )


def test_a_row_of_a_table_is_marked_whole(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    person.step("budget")
    table = person.table("budget.lines").widget
    row = f"budget.lines[{person.session.draft.application.budget.lines[0].id}]"
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.set_current(row, "description")
    ask_menu(table)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with dialog(monkeypatch, MarkDialog, taking("24.1.17", what="1")):
        menu.actions()[-1].trigger()
        menu.close()
    settle()
    (mark,) = person.session.draft.secrets
    assert (mark.path, mark.ground) == (row, "24.1.17")


def test_without_a_field_in_focus_the_command_says_what_to_do(person: Person) -> None:
    person.start("en").example()
    person.step("review")
    person.wizard.rail.setFocus()
    person.answers.append("ok")
    person.controller.command("mark_secret")
    assert person.asked[-1][0] == "Nothing is chosen"
    assert person.session.draft.secrets == ()


def test_another_ground_in_words_goes_before_the_paragraph(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    person.step("applicant")
    person.bound("applicant.iban").widget.control.setFocus()

    def act(made: MarkDialog) -> int:
        made.other.set_text(" sopimus ")
        made.other.edited.emit("sopimus")
        assert made.take.isEnabled()
        return 1

    with dialog(monkeypatch, MarkDialog, act):
        person.controller.command("mark_secret")
    assert [mark.ground for mark in person.session.draft.secrets] == ["sopimus"]
    with dialog(monkeypatch, MarkDialog, lambda _made: 0):
        person.controller.command("mark_secret")
    assert len(person.session.draft.secrets) == 1


def test_the_list_shows_takes_back_and_leads_to_the_field(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    person.session.mark_secret("project.summary", GROUND, passage="Järvikallion", note="why")
    person.session.mark_secret("project.need", GROUND, passage="no such words")
    person.session.mark_secret("team[gone]", GROUND)
    person.session.mark_secret("no address", GROUND)
    seen: list[str] = []

    def place(path: str) -> str:
        return place_in_words(person.wizard.desk, path)

    def look(made: SecretsDialog) -> int:
        made.show()
        seen.append(words(made))
        person.click(person.button(f"Not secret: {place('project.need')}: ”no such words”", made))
        seen.append(words(made))
        person.click(person.button(f"Show {place('project.summary')}: ”Järvikallion”", made))
        return 1

    with dialog(monkeypatch, SecretsDialog, look):
        person.controller.command("secrets")
    assert "section 24, subsection 1, paragraph 20" in seen[0]
    assert "These words have been changed: the whole field is removed." in seen[0]
    assert "Nothing stands there any more." in seen[0]
    assert "why" in seen[0]
    assert "no such words" not in seen[1]
    settle()
    assert person.window.focusWidget() is person.bound("project.summary").widget.control
    assert len(person.session.draft.secrets) == 3


def test_an_empty_list_says_so(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    seen: list[str] = []
    with dialog(monkeypatch, SecretsDialog, lambda made: (made.show(), seen.append(words(made)), made.hide(), 0)[-1]):
        person.controller.command("secrets")
    assert "Nothing is marked as secret." in seen[0]


def test_the_page_of_papers_says_what_a_public_copy_loses(person: Person) -> None:
    person.start("en").example()
    line = person.session.draft.application.budget.lines[0].id
    person.session.mark_secret(f"budget.lines[{line}].unit_price", GROUND)
    page = person.step("submit")
    assert isinstance(page, SubmitPage)
    page.finish()
    assert "Removed from this copy" not in words(page)
    combo = next(box for box in page.findChildren(Combo) if box.accessibleName() == "Copy")
    combo.setCurrentIndex(combo.findData("public"))
    combo.activated.emit(combo.currentIndex())
    page.finish()
    said = words(page)
    assert "Removed from this copy" in said
    assert "business secret of a company or a person" in said
    assert "look whether a secret sum can be reckoned" in said
    assert "names, numbers and addresses of people" in said


def test_where_nothing_can_be_changed_nothing_is_marked(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    person.start("en").example()
    person.session.mark_secret("project.summary", GROUND)
    person.session.read_only = True
    person.step("project")
    person.controller.command("mark_secret")
    seen: list[str] = []

    def look(made: SecretsDialog) -> int:
        made.show()
        seen.extend(each.text() for each in made.findChildren(type(person.button("Close", made))))
        made.hide()
        return 0

    with dialog(monkeypatch, SecretsDialog, look):
        person.controller.command("secrets")
    assert "Not secret" not in seen
    assert len(person.session.draft.secrets) == 1
