"""The sheet of links: ticked by key and mouse, undone in place, read by assistive tools, leading to what is loose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import CONTROL, Key, Person, plain, settle
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from hakemus.ui.dialogs.links import LinksDialog


@pytest.fixture
def opened(person: Person) -> Callable[[], LinksDialog]:
    """The dialog over the example, not modal, so that a person can act in it."""

    def make() -> LinksDialog:
        person.start("en").example()
        dialog = LinksDialog(person.window, person.wizard.desk)
        dialog.go_asked.connect(person.wizard.go)
        dialog.show()
        dialog.activateWindow()
        dialog.table.setFocus()
        settle()
        return dialog

    return make


def state(dialog: LinksDialog, row: int, column: int) -> bool:
    item = dialog.table.item(row, column)
    assert item is not None
    return item.checkState() is Qt.CheckState.Checked


def test_space_ticks_and_undo_takes_it_back(person: Person, opened: Callable[[], LinksDialog]) -> None:
    dialog = opened()
    path = f"activities[{person.session.value('activities')[0].id}].goals"
    before, was = person.session.value(path), state(dialog, 0, 1)
    dialog.table.setCurrentCell(0, 0)
    person.key(Key.Key_Right)
    person.key(Key.Key_Space)
    assert state(dialog, 0, 1) is not was
    assert person.session.value(path) != before
    person.key(Key.Key_Z, CONTROL)
    assert person.session.value(path) == before
    assert state(dialog, 0, 1) is was
    assert (dialog.table.currentRow(), dialog.table.currentColumn()) == (0, 1)


def test_looking_changes_nothing_and_tab_leaves_the_table(person: Person, opened: Callable[[], LinksDialog]) -> None:
    dialog = opened()
    before = person.session.draft
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Up, Key.Key_Left, Key.Key_Tab):
        person.key(key)
    person.wheel(dialog.table)
    assert not dialog.table.hasFocus()
    assert person.session.draft is before


def test_every_tick_is_a_sentence_for_assistive_tools(person: Person, opened: Callable[[], LinksDialog]) -> None:
    dialog = opened()
    assert dialog.table.accessibleName() == "Activities and the goals they serve"
    goals = len(person.session.value("goals"))
    item = dialog.table.item(0, 1)
    assert item is not None
    said = item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "serve" in said
    assert "goal 1: " in said
    heads = [dialog.table.horizontalHeaderItem(at).text() for at in range(dialog.table.columnCount())]  # type: ignore[union-attr]
    assert heads == ["Activity", *(f"Goal {number}" for number in range(1, goals + 1)), "Costs €", "Days"]


def test_what_hangs_loose_is_named_and_leads_there(person: Person, opened: Callable[[], LinksDialog]) -> None:
    dialog = opened()
    name = person.session.insert_row("goals", {"text": "Nobody serves me"})
    settle()
    assert any("Nobody serves me: No activity serves this goal." in plain(one.text()) for one in labels(dialog))
    person.click(person.button("Go to: Nobody serves me", dialog))
    assert person.wizard.step == "goals"
    assert not dialog.isVisible()
    assert name in {goal.id for goal in person.session.value("goals")}


def labels(dialog: LinksDialog) -> list[QLabel]:
    return [one for one in dialog.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize("step", ["goals", "timeline", "budget"])
def test_the_sheet_opens_from_its_pages(person: Person, step: str) -> None:
    person.start("en").example()
    person.step(step)
    seen = []

    def close() -> None:
        dialog = next(iter(person.window.findChildren(LinksDialog)))
        seen.append(dialog.isVisible())
        dialog.accept()

    QTimer.singleShot(0, person.window, close)
    person.click(person.button("Links…"))
    assert seen == [True]


def test_the_sheet_opens_by_its_key(person: Person) -> None:
    person.start("en").example()
    seen = []
    QTimer.singleShot(
        200, person.window, lambda: seen.extend(person.window.findChildren(LinksDialog)) or seen[0].accept()
    )
    person.key(Key.Key_L, CONTROL)
    assert len(seen) == 1
