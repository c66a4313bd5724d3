"""Indicators from presets: offered in a menu, put into the draft in the draft's language, one step to undo."""

from __future__ import annotations

import pytest
from person import Key, Person, settle
from PySide6.QtWidgets import QApplication, QMenu


def with_goal(person: Person, language: str = "en") -> str:
    person.start(language).new()
    person.step("goals")
    name = person.session.insert_row("goals")
    settle()
    return f"goals[{name}].indicators"


def open_menu(person: Person) -> QMenu:
    person.button(person.t("Add from presets…")).setFocus()
    person.key(Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Osallistujien määrä", "osallistujaa", "laskenta paikan päällä")),
        ("sv", ("Antal deltagare", "deltagare", "räkning på plats")),
        ("en", ("Number of participants", "participants", "count on the spot")),
    ],
)
def test_a_preset_comes_in_the_language_of_the_draft(
    person: Person, language: str, words: tuple[str, str, str]
) -> None:
    path = with_goal(person)
    person.session.set_language(language)
    person.step("project")
    person.step("goals")
    steps = person.session.steps_done
    menu = open_menu(person)
    assert len(menu.actions()) == 6
    person.key(Key.Key_Down)
    person.key(Key.Key_Return)
    (row,) = person.session.value(path)
    assert (row.name, row.unit, row.source) == words
    assert person.session.steps_done == steps + 1
    assert person.table(path).widget.current() == (f"{path}[{row.id}]", "baseline")
    person.undo()
    assert not person.session.value(path)


def test_a_menu_closed_with_escape_changes_nothing(person: Person) -> None:
    with_goal(person)
    before = person.session.draft
    open_menu(person)
    person.key(Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert person.session.draft is before


def test_each_target_group_of_the_project_has_a_reach_of_its_own(person: Person) -> None:
    path = with_goal(person, "fi")
    person.session.set_value("project.target_groups", ("Nuoret", " ", "Lapsi\u00adperheet", "Nuoret"))
    settle()
    menu = open_menu(person)
    assert [entry.text() for entry in menu.actions()][6:] == ["Tavoitetut: Nuoret", "Tavoitetut: Lapsi\u00adperheet"]
    for _ in range(6):
        person.key(Key.Key_Down)
    person.key(Key.Key_Return)
    (row,) = person.session.value(path)
    assert (row.name, row.unit) == ("Tavoitetut: Nuoret", "henkilöä")
