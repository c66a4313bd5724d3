"""A text that is too long, shortened by hand: counted as it is typed, taken as one step, or left as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import Key, Person, plain, settle
from PySide6.QtWidgets import QDialog

from hakemus.ui.dialogs.asking import Question
from hakemus.ui.dialogs.shorten import ShortenDialog

Act = Callable[[ShortenDialog], bool]
LONG = "Lyhyt. " + "Tämä virke on paljon pidempi kuin muut 😀 ja siitä voi ottaa pois. " * 40 + "Loppu."


@pytest.fixture
def acted(person: Person, monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Open the sheet over the text in focus, act in it, and take the text or not."""

    def make(act: Act) -> None:
        def run(dialog: QDialog) -> int:
            assert isinstance(dialog, ShortenDialog)
            dialog.show()
            dialog.activateWindow()
            settle()
            return int(act(dialog))

        monkeypatch.setattr(QDialog, "exec", run)
        person.controller.command("shorten")
        settle()

    return make


def too_long(person: Person) -> str:
    person.start("en").new("oph-erityisavustus-2026").step("project")
    path = "project.summary"
    assert person.bound(path).limit is not None
    person.session.edit(path, LONG)
    person.session.seal()
    person.wizard.go(path)
    settle()
    return path


def test_the_longest_sentence_comes_first_and_is_selected(person: Person, acted: Callable[[Act], None]) -> None:
    too_long(person)

    def act(dialog: ShortenDialog) -> bool:
        assert "characters too many" in plain(dialog._count.text())
        dialog._list.setFocus()
        person.key(Key.Key_Down)
        person.key(Key.Key_Up)
        assert dialog._editor.textCursor().selectedText().startswith("Tämä virke")
        assert dialog._editor.textCursor().selectedText().endswith("pois.")
        assert "characters: Tämä virke" in plain(dialog._list.currentItem().text())
        person.key(Key.Key_Return)
        assert dialog._editor.hasFocus()
        person.key(Key.Key_Delete)
        assert dialog.text.count("Tämä virke") == 39
        return False

    acted(act)


def test_the_text_is_taken_as_one_step(person: Person, acted: Callable[[Act], None]) -> None:
    path = too_long(person)
    steps = person.session.steps_done

    def act(dialog: ShortenDialog) -> bool:
        dialog._editor.selectAll()
        person.type("Lyhyt. Loppu.")
        assert "too many" not in dialog._count.text()
        assert dialog._list.count() == 2
        return True

    acted(act)
    assert person.session.value(path) == "Lyhyt. Loppu."
    assert person.session.steps_done == steps + 1
    assert person.window.focusWidget() is person.bound(path).widget.control
    person.controller.command("undo")
    assert person.session.value(path) == LONG


def test_left_as_it_was_nothing_has_changed(person: Person, acted: Callable[[Act], None]) -> None:
    too_long(person)
    before = person.session.draft

    def act(dialog: ShortenDialog) -> bool:
        person.type("poistettu")
        return False

    acted(act)
    assert person.session.draft is before


def test_without_a_text_that_has_a_limit_it_says_so(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").new().step("applicant")
    said: list[str] = []
    monkeypatch.setattr(Question, "exec", lambda question: said.append(question.windowTitle()) or 0)
    person.wizard.go("applicant.library")
    person.controller.command("shorten")
    assert len(said) == 1
