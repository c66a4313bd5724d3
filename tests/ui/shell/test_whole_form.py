"""Steps, the whole form on one page, and the paper are views of one model; the field in focus goes along."""

from __future__ import annotations

import pytest
from person import SHIFT, Key, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from hakemus.ui.shell.whole_form import FORM_STEPS
from hakemus.ui.tables.row_table import RowTable


def address(widget: QWidget | None) -> str:
    node = widget
    while node is not None:
        if isinstance(node, RowTable):
            return ".".join(node.current())
        if node.property("address"):
            return str(node.property("address"))
        node = node.parentWidget()
    return ""


def in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect().height() > 10


def test_the_field_in_focus_goes_along_into_each_view(person: Person) -> None:
    person.start().example()
    person.step("project")
    person.bound("project.need").widget.control.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        person.key(Key.Key_F9)
        assert address(QApplication.focusWidget()) == "project.need"
        assert in_sight(QApplication.focusWidget())
        assert person.wizard.step == "project"
    assert person.wizard.form is None
    person.key(Key.Key_F9)
    person.key(Key.Key_F9, SHIFT)
    assert person.wizard.step == "submit"
    person.key(Key.Key_F9, SHIFT)
    assert address(QApplication.focusWidget()) == "project.need"
    assert person.wizard.form is not None


def test_a_cell_in_focus_goes_along_too(person: Person) -> None:
    person.start().example()
    line = person.session.value("budget.lines")[1].id
    person.wizard.go(f"budget.lines[{line}].quantity")
    person.key(Key.Key_F9)
    assert address(QApplication.focusWidget()) == f"budget.lines[{line}].quantity"
    assert in_sight(QApplication.focusWidget())
    assert person.wizard.rail.view.currentIndex().row() == 5


def test_what_is_typed_in_one_view_stands_in_the_other(person: Person) -> None:
    person.start().new()
    person.key(Key.Key_F9)
    person.wizard.go("project.title")
    person.type("Kirjavat")
    person.wizard.go("funding.grant")
    person.type("12x")
    assert person.session.value("project.title") == "Kirjavat"
    person.key(Key.Key_F9)
    assert person.bound("funding.grant").widget.text() == "12x"
    assert person.bound("funding.grant").widget._message_text
    person.step("project")
    assert person.bound("project.title").widget.text() == "Kirjavat"
    person.session.edit("project.title", "Uusi nimi")
    person.key(Key.Key_F9)
    assert person.bound("project.title").widget.text() == "Uusi nimi"


def test_sections_are_made_as_they_come_near(person: Person) -> None:
    person.start().example()
    person.key(Key.Key_F9)
    form = person.wizard.form
    assert form is not None
    assert [page.step for page in form.pages()] == ["applicant", "project"]
    person.step("budget")
    assert person.wizard.step == "budget"
    made = {page.step for page in form.pages()}
    assert {"timeline", "budget", "funding"} <= made
    assert "goals" not in made
    top = form.page("budget").mapTo(form.area.viewport(), form.page("budget").rect().topLeft()).y()
    assert abs(top) < 30
    # what is made above does not move what is in sight
    form.page("goals")
    settle()
    moved = form.page("budget").mapTo(form.area.viewport(), form.page("budget").rect().topLeft()).y()
    assert abs(moved - top) < 30


def test_tab_walks_from_section_to_section(person: Person) -> None:
    person.start().new()
    person.key(Key.Key_F9)
    person.wizard.go("applicant.library")
    seen: list[str] = []
    for _ in range(200):
        person.key(Key.Key_Tab)
        step = person.wizard.form.step_of(QApplication.focusWidget())
        if step:
            assert person.wizard.step == step
            if step not in seen:
                seen.append(step)
        if step == "attachments":
            break
    assert seen == list(FORM_STEPS)


def test_findings_undo_and_steps_work_as_ever(person: Person) -> None:
    person.start().example()
    person.key(Key.Key_F9)
    person.key(Key.Key_F8)
    assert person.wizard.form is not None
    first = person.session.check.findings[0]
    assert person.wizard.step == person.wizard.desk.call.step_of(first.paths[0])
    person.wizard.go("project.title")
    person.type("x")
    person.step("applicant")
    person.undo()
    assert address(QApplication.focusWidget()) == "project.title"
    person.step("review")
    assert person.wizard.step == "review"
    person.controller.command("previous_step")
    assert person.wizard.step == "attachments"
    assert person.wizard._stack.currentWidget() is person.wizard.form


@pytest.mark.parametrize("width", [800, 1366])
def test_no_step_is_wider_than_the_page(person: Person, width: int) -> None:
    person.start("sv").example("lasande-byar")
    person.window.resize(width, 768)
    person.key(Key.Key_F9)
    for step in FORM_STEPS:
        person.step(step)
    settle()
    assert person.wizard.form.area.horizontalScrollBar().maximum() == 0


def test_another_language_keeps_the_view(person: Person) -> None:
    person.start().example()
    person.key(Key.Key_F9)
    person.wizard.go("funding.grant")
    person.controller.command("language:sv")
    settle()
    assert person.wizard.form is not None
    assert person.wizard.step == "funding"
