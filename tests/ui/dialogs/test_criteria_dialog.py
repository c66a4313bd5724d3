"""The sheet of selection criteria: judged by key and mouse, undone in place, leading to the fields that answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import CONTROL, Key, Person, in_dialog, opening, plain, saving_to, settle
from PySide6.QtWidgets import QPushButton, QWidget

from hakemus.ui.dialogs.criteria import CriteriaDialog
from hakemus.ui.widgets.labels import Label

Act = Callable[[CriteriaDialog], None]


@pytest.fixture
def acted(person: Person, monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Open the sheet as the menu does, and act in it until it closes."""

    return in_dialog(person, monkeypatch, CriteriaDialog, "criteria")


def texts(dialog: QWidget) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QPushButton))


def test_an_estimate_is_made_said_and_taken_back(person: Person, acted: Callable[[Act], None]) -> None:
    person.start("en").example()
    before = person.session.draft

    def act(dialog: CriteriaDialog) -> None:
        name = next(iter(dialog._grades))
        grade, reason = dialog._grades[name], dialog._reasons[name]
        grade.control.setFocus()
        for _ in range(3):
            person.key(Key.Key_Down)
        assert "Own estimate 2 of 15." in plain(dialog._sum.text())
        reason.control.setFocus()
        person.type("Numbers are missing")
        dialog._grades[name].control.setFocus()
        settle()
        (comment,) = person.session.draft.comments
        assert comment.text == "2 Numbers are missing"
        person.key(Key.Key_Z, CONTROL)
        assert reason.text() == ""
        assert "Own estimate 2 of 15." in plain(dialog._sum.text())

    acted(act)
    while person.session.undo():
        pass
    assert person.session.draft == before


def test_what_is_being_typed_counts_when_the_sheet_closes(person: Person, acted: Callable[[Act], None]) -> None:
    person.start("en").example()

    def act(dialog: CriteriaDialog) -> None:
        next(iter(dialog._reasons.values())).control.setFocus()
        person.type("Ask the region")

    acted(act)
    assert [item.text for item in person.session.draft.comments] == ["Ask the region"]


def test_looking_alone_changes_nothing(person: Person, acted: Callable[[Act], None]) -> None:
    person.start().example()
    before = person.session.draft

    def act(dialog: CriteriaDialog) -> None:
        for field in dialog._grades.values():
            person.wheel(field.control)
        for _ in range(12):
            person.key(Key.Key_Tab)

    acted(act)
    assert person.session.draft is before


def test_a_field_that_answers_is_one_press_away(person: Person, acted: Callable[[Act], None]) -> None:
    person.start("en").example().step("review")

    def act(dialog: CriteriaDialog) -> None:
        button = next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Need"))
        assert "words" in button.text()
        button.click()

    acted(act)
    assert person.wizard.step == "project"
    assert person.window.focusWidget() is person.bound("project.need").widget.control


def test_an_estimate_stays_in_the_draft_through_a_save(
    person: Person, acted: Callable[[Act], None], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{tmp_path}/haku.hakemus"
    person.start("sv").example("lasande-byar")

    def act(dialog: CriteriaDialog) -> None:
        next(iter(dialog._reasons.values())).control.setFocus()
        person.type("Bra så")

    acted(act)
    with saving_to(monkeypatch, path):
        assert person.controller.save()
    with opening(monkeypatch, path):
        person.controller.command("open")
    settle()
    seen = []
    acted(lambda dialog: seen.append(next(iter(dialog._reasons.values())).text()))
    assert seen == ["Bra så"]


@pytest.mark.parametrize(("call", "has"), [("avi-kirjastot-2018", True), ("kulturfonden-bibban", False)])
def test_a_call_without_criteria_says_so_and_has_no_button(
    person: Person, acted: Callable[[Act], None], call: str, has: bool
) -> None:
    person.start("en").new(call).step("review")
    assert ("Selection criteria…" in texts(person.wizard)) is has
    said = []
    acted(lambda dialog: said.extend(one.text() for one in dialog.findChildren(Label)))
    assert ("The call names no selection criteria." in said) is not has
