"""Where the keyboard is after a step, a row or an application came, and where Tab takes it from there."""

from __future__ import annotations

import pytest
from person import CONTROL, Key, Person, settle
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget

from hakemus.ui.widgets.buttons import CardButton
from hakemus.ui.widgets.finding_card import FindingCard
from hakemus.ui.widgets.reading_order import stops


def now() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def parts(person: Person) -> list[str]:
    """The parts of the window in the order in which Tab comes through them."""
    wizard = person.wizard
    named = {"steps": wizard.rail, "page": person.page, "foot": wizard._foot, "panel": wizard.panel}
    inside = [next(name for name, part in named.items() if part.isAncestorOf(stop)) for stop in stops(wizard)]
    return list(dict.fromkeys(inside))


def test_a_new_application_begins_at_its_first_field(person: Person) -> None:
    person.start().new()
    assert now() is person.bound("applicant.organisation").widget.control


@pytest.mark.parametrize(
    ("key", "path"), [(Key.Key_2, "project.title"), (Key.Key_5, "project.starts_on"), (Key.Key_7, "funding.grant")]
)
def test_a_step_opened_by_its_key_begins_at_its_first_field(person: Person, key: Key, path: str) -> None:
    person.start().new()
    next(stops(person.wizard.rail)).setFocus()
    person.key(key, CONTROL)
    assert now() is person.bound(path).widget.control


def test_a_step_that_begins_with_a_table_begins_there(person: Person) -> None:
    """The box below the partners would be out of sight behind many of them."""
    person.start().example()
    for step in ("partners", "budget", "partners"):
        person.controller.command(f"step:{step}")
        settle()
        person.wizard.focus_first()
        assert now() is person.page.tables[0].widget


def test_a_step_without_fields_begins_at_what_it_has(person: Person) -> None:
    person.start().new()
    next(stops(person.wizard.rail)).setFocus()
    person.key(Key.Key_3, CONTROL)
    assert now() is person.button(person.t("Add a goal"))


def test_tab_goes_through_the_window_as_it_is_read(person: Person) -> None:
    person.start().example()
    for step in ("applicant", "goals", "budget"):
        person.step(step)
        assert parts(person) == ["steps", "page", "foot", "panel"]


def test_the_fields_of_a_row_come_behind_its_table(person: Person) -> None:
    person.start().example()
    table = person.table("applicant.contacts").widget
    table.setFocus()
    settle()  # the fields of a row are made in the next turn
    person.key(Key.Key_Tab)
    row = f"applicant.contacts[{person.session.value('applicant.contacts')[0].id}]"
    assert now() is person.bound(f"{row}.name").widget.control
    person.key(Key.Key_Backtab)
    assert now() is table


def test_a_row_that_was_added_is_followed_by_what_stands_below(person: Person) -> None:
    person.start().new()
    row = person.add_row("applicant.contacts")
    person.key(Key.Key_Escape)
    person.key(Key.Key_Tab)
    assert now() is person.bound(f"{row}.name").widget.control


def test_what_went_away_gives_the_keyboard_to_what_follows(person: Person) -> None:
    """A way out is used by its button, which is gone then."""
    person.start().example()
    person.step("funding")
    card = next(made for made in person.page.findChildren(FindingCard) if not made.isHidden())
    card.exits.buttons()[0].setFocus()
    person.key(Key.Key_Space)
    assert person.page.isAncestorOf(now())
    assert now().isVisible()


def test_the_start_page_is_read_from_what_is_open_to_what_can_be_begun(person: Person) -> None:
    person.start()
    start = person.window.start
    names = (person.t("Open a file…"), person.t("Libraries…"))
    call = next(made for made in start._call_list.findChildren(CardButton))
    wanted = [person.button(names[0], start), person.button(names[1], start), start.findChild(QLineEdit), call]
    assert [stop for stop in stops(start) if stop in wanted] == wanted


def test_the_help_of_the_first_field_stands_there_when_a_step_opens(person: Person) -> None:
    person.start("fi").example()
    person.window.resize(1366, 768)
    settle()
    for step, path in (("project", "project.title"), ("goals", "goals[tav1].text"), ("project", "project.title")):
        person.step(step)
        assert QApplication.focusWidget() is person.bound(path).widget.control
        assert person.wizard.panel._path == path


def test_a_command_that_takes_what_is_typed_leaves_focus_where_it_was(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", ""))
    person.start().example().step("project")
    field = person.bound("project.title").widget.control
    field.setFocus()
    field.setCursorPosition(3)
    for command in ("find", "export_pdf", "library_keep", "criteria"):
        person.controller.command(command)
        settle()
        assert QApplication.focusWidget() is field, command
        assert field.cursorPosition() == 3
    table = person.step("goals").tables[0]
    table.widget.focus_cell(f"{table.path}[{table.rows()[0].id}]", "name", edit=True)
    settle()
    person.controller.command("find")
    settle()
    assert QApplication.focusWidget() is table.widget
