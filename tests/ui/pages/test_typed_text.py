"""What is typed stays as typed: text that is no value waits beside its field, is reported, saved and opened again."""

from __future__ import annotations

from pathlib import Path

import pytest
from person import CONTROL, Key, Person, saving_to, settle
from PySide6.QtWidgets import QApplication, QLineEdit

from hakemus.ui.widgets.buttons import CardButton


def test_half_typed_money_is_never_an_older_value(person: Person) -> None:
    person.start().new().step("funding")
    person.fill("funding.grant", "7500")
    assert person.session.value("funding.grant").cents == 750_000
    control = person.bound("funding.grant").widget.control
    control.setFocus()
    person.key(Key.Key_End)
    person.type("x")
    assert person.session.value("funding.grant") is None
    assert person.session.check.totals.grant.cents == 0
    assert control.text().endswith("x")
    person.key(Key.Key_Backspace)
    assert person.session.value("funding.grant").cents == 750_000


@pytest.mark.parametrize(
    ("step", "path", "text"),
    [("funding", "funding.grant", "1 234,5x"), ("timeline", "project.starts_on", "32.13.2020")],
)
def test_text_that_is_no_value_stays_and_is_reported(
    person: Person, step: str, path: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start().new().step(step)
    person.fill(path, text)
    field = person.bound(path).widget
    assert field.text() == text
    assert person.session.value(path) is None
    reason = person.wizard.desk.say(person.session.pending_reason(path))
    assert field.control.property("level") == "error"
    assert reason in field.control.accessibleDescription()

    person.controller.command("findings")
    settle()
    said = [made.accessibleName() for made in person.wizard.panel.findChildren(CardButton) if made.isVisible()]
    assert any(text in name and reason in name for name in said)
    assert not person.session.check.ready

    with saving_to(monkeypatch, tmp_path / "a"):
        assert person.controller.save()
    person.again()
    person.controller.open_path(str(tmp_path / "a.hakemus"))
    person.step(step)
    assert person.bound(path).widget.text() == text
    assert person.session.value(path) is None
    assert not person.session.dirty
    person.fill(path, "")
    assert not person.session.pending()


@pytest.mark.parametrize("column", ["starts_on", "ends_on"])
def test_a_cell_keeps_text_that_is_no_date(person: Person, column: str) -> None:
    person.start().new().step("timeline")
    row = person.add_row("activities")
    person.put("activities", row, column, "32.13.2020")
    assert person.at(f"{row}.{column}") == "32.13.2020"
    widget = person.table("activities").widget
    cell = widget.rows.cell(widget.rows.index(widget.rows.place(row), widget.rows.column_of(column)))
    assert (cell.text, cell.mark) == ("32.13.2020", "error")
    widget.focus_cell(row, column)
    person.key(Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "32.13.2020"
    person.key(Key.Key_Escape)


def test_a_budget_sum_that_is_no_number_stays_in_its_cell(person: Person) -> None:
    person.start().new().step("budget")
    row = person.add_row("budget.lines")
    person.type("Bags")
    person.key(Key.Key_Return)
    person.put("budget.lines", row, "sum", "1 234,5x")
    assert person.at(f"{row}.amount") == "1 234,5x"
    person.put("budget.lines", row, "sum", "1 234,5")
    assert person.session.value(f"{row}.amount").cents == 123_450
    assert not person.session.pending()


def test_undo_in_a_field_with_focus(person: Person) -> None:
    person.start().new().step("project")
    person.fill("project.title", "One")
    control = person.bound("project.title").widget.control
    control.setFocus()
    person.key(Key.Key_End)
    person.type(" two")
    assert person.at("project.title") == "One two"
    person.undo()
    assert (person.at("project.title"), control.text()) == ("One", "One")
    assert control.hasFocus()
    person.undo()
    assert (person.at("project.title"), control.text()) == ("", "")
    person.redo()
    person.redo()
    assert control.text() == "One two"


def test_undo_over_steps_leads_to_what_it_changes(person: Person) -> None:
    person.start().new().step("project")
    person.fill("project.title", "One")
    person.step("funding")
    person.fill("funding.grant", "100")
    person.step("applicant")
    person.undo()
    assert person.wizard.step == "funding"
    assert person.at("funding.grant") == ""
    person.undo()
    assert person.wizard.step == "project"
    assert not person.session.dirty
    assert not person.window.action("undo").isEnabled()
    assert person.window.action("redo").isEnabled()


def test_a_text_of_many_lines_and_signs_stays_as_typed(person: Person) -> None:
    person.start().new().step("project")
    control = person.bound("project.summary").widget.control
    control.setFocus()
    text = "=1+1 <b>&amp; čđŋšŧž \u00a0 😀\n  second  "
    for sign in text:
        person.type(sign)
    assert person.session.value("project.summary") == text
    person.key(Key.Key_Tab)
    assert not control.hasFocus()
    assert person.session.value("project.summary") == text


def test_money_is_written_out_when_its_field_is_left(person: Person) -> None:
    person.start().new().step("funding")
    control = person.bound("funding.grant").widget.control
    control.setFocus()
    person.type("1234,5")
    assert control.text() == "1234,5"  # not rewritten under the fingers
    person.key(Key.Key_Tab)
    assert control.text().replace("\u00a0", " ") in ("1 234,50", "1234,50")


def test_a_long_text_is_counted_and_kept(person: Person) -> None:
    person.start().new("oph-erityisavustus-2026").step("project")
    limited = [bound for bound in person.page.fields.values() if bound.limit is not None]
    assert limited, "the call limits no field of this step"
    bound = limited[0]
    bound.widget.control.setFocus()
    person.key(Key.Key_A, CONTROL)
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("a" * (bound.limit.most + 5))
    person.key(Key.Key_V, CONTROL)
    assert len(person.session.value(bound.path)) == bound.limit.most + 5
