"""Looking, turning the wheel, hovering and clicking beside change nothing: the draft is the very same value."""

from __future__ import annotations

import pytest
from person import Key, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from hakemus.domain.steps import STEPS


def test_visiting_every_step_and_every_focus_changes_nothing(person: Person) -> None:
    person.start().example()
    before = person.session.draft
    for step in STEPS:
        page = person.step(step)
        first = QApplication.focusWidget()
        for _ in range(60):
            QTest.keyClick(QApplication.focusWidget() or page, Key.Key_Tab)
            if QApplication.focusWidget() is first:
                break
    settle()
    assert person.session.draft is before
    assert not person.session.dirty


def test_wheel_hover_and_stray_clicks_change_nothing(person: Person) -> None:
    person.start().example()
    before = person.session.draft
    for step in STEPS:
        fiddle(person, step)
        assert person.session.draft is before, step


def fiddle(person: Person, step: str) -> None:
    """Turn the wheel over everything of a step, with and without focus; hover and click beside."""
    page = person.step(step)
    for widget in page.findChildren(QWidget):
        if not widget.isVisible():
            continue
        person.wheel(widget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            widget.setFocus()
            person.wheel(widget)
    for widget in [page, *person.wizard.rail.findChildren(QWidget), person.window.menuBar()]:
        QTest.mouseMove(widget)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().bottomLeft())
    QTest.mouseClick(page, Qt.MouseButton.RightButton, pos=page.rect().bottomRight())
    settle()


@pytest.mark.parametrize("step", ["applicant", "funding", "submit"])
def test_a_list_closed_without_choosing_changes_nothing(person: Person, step: str) -> None:
    person.start().example()
    page = person.step(step)
    before = person.session.draft
    for combo in page.findChildren(QComboBox):
        if not combo.isVisible():
            continue
        combo.setFocus()
        combo.showPopup()
        settle()
        person.key(Key.Key_Down)
        person.key(Key.Key_Escape)
        combo.hidePopup()
        combo.showPopup()
        QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().bottomLeft())
        combo.hidePopup()
    settle()
    assert person.session.draft is before


def test_a_suggestion_that_was_put_away_with_escape_is_not_taken_on_leaving(person: Person) -> None:
    person.start().new().step("applicant")
    control = person.bound("applicant.municipality").widget.control
    control.setFocus()
    person.type("kuo")
    settle()
    person.key(Key.Key_Down)
    assert control.line.text() == "Kuopio"
    person.key(Key.Key_Escape)
    assert control.line.text() == "kuo"
    person.key(Key.Key_Tab)
    assert person.at("applicant.municipality") == "kuo"

    control.setFocus()
    person.key(Key.Key_End)
    person.type("p")
    settle()
    person.key(Key.Key_Down)
    person.key(Key.Key_Return)
    assert person.at("applicant.municipality") == control.line.text() == "Kuopio"


def test_choosing_what_is_chosen_already_changes_nothing(person: Person) -> None:
    person.start().example().step("applicant")
    before = person.session.draft
    control = person.bound("applicant.vat").widget.control
    person.choose(control, str(control.currentData()))
    assert person.session.draft is before
    person.choose(control, "bears")
    assert person.at("applicant.vat") == "bears"
    person.undo()
    assert person.session.draft == before
    assert not person.session.dirty


def test_typing_and_taking_back_leaves_nothing_to_save(person: Person) -> None:
    person.start().example().step("project")
    control = person.bound("project.title").widget.control
    control.setFocus()
    person.key(Key.Key_End)
    person.type("x")
    assert person.window.isWindowModified()
    person.key(Key.Key_Backspace)
    assert not person.window.isWindowModified()
