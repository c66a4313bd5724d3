"""The sheet of signature and mandates: ticked by key, undone in place, leading to what answers a point."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import CONTROL, Key, Person, in_dialog, plain
from PySide6.QtWidgets import QPushButton

from hakemus.ui.dialogs.signing import SigningDialog

Act = Callable[[SigningDialog], None]


@pytest.fixture
def acted(person: Person, monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Open the sheet as the menu does, and act in it until it closes."""

    return in_dialog(person, monkeypatch, SigningDialog, "signing")


def test_space_ticks_and_the_submit_page_says_so(person: Person, acted: Callable[[Act], None]) -> None:
    person.start("en").new().step("submit")
    before = person.session.draft
    page = person.wizard.page("submit")
    assert plain(page._signing.text()).startswith("0 of 7 seen to. Next, by 29.10.2018: The decision on own funding")

    def act(dialog: SigningDialog) -> None:
        dialog.boxes["read"].control.setFocus()
        person.key(Key.Key_Space)
        assert plain(dialog._sum.text()).startswith("1 of 7 seen to.")
        assert dialog.boxes["read"].control.hasFocus()
        person.key(Key.Key_Z, CONTROL)
        assert dialog.boxes["read"].text() == "false"
        person.key(Key.Key_Space)

    acted(act)
    assert plain(page._signing.text()).startswith("1 of 7 seen to.")
    assert person.session.undo()
    assert person.session.draft == before


def test_a_point_that_the_application_answers_leads_there(person: Person, acted: Callable[[Act], None]) -> None:
    person.start("en").new().step("submit")

    def act(dialog: SigningDialog) -> None:
        go = [one for one in dialog.findChildren(QPushButton) if one.text() == "Go there"]
        assert "own funding" in go[0].accessibleName()
        go[0].click()

    acted(act)
    assert person.wizard.step == "funding"


def test_looking_alone_changes_nothing(person: Person, acted: Callable[[Act], None]) -> None:
    person.start().example()
    before = person.session.draft

    def act(dialog: SigningDialog) -> None:
        for box in dialog.boxes.values():
            person.wheel(box.control)
        for _ in range(12):
            person.key(Key.Key_Tab)

    acted(act)
    assert person.session.draft is before
