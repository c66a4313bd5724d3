"""The window lives through broken pages, other languages, sizes and themes, and lets go of what it closes."""

from __future__ import annotations

import gc
import weakref

import pytest
from person import CONTROL, Key, Person, settle
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from hakemus.domain.steps import STEPS
from hakemus.ui.pages.budget import BudgetPage
from hakemus.ui.shell.broken_page import BrokenPage
from hakemus.ui.widgets.labels import Label


def test_a_broken_page_says_so_and_the_window_lives(
    person: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_page: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(BudgetPage, "build", broken)
    person.start().new()
    person.controller.command("step:budget")
    settle()
    page = person.wizard.page("budget")
    assert isinstance(page, BrokenPage)
    assert page.isVisible()
    texts = [made.text() for made in page.findChildren(Label)]
    assert person.t("This page cannot be shown") in texts
    assert "planted" in caplog.text
    caplog.clear()
    person.step("funding")
    person.fill("funding.grant", "100")
    assert person.at("funding.grant") == "100,00"
    person.controller.command("next_finding")
    person.controller.command("step:review")
    settle()


def test_nothing_flashes_as_a_window_of_its_own(person: Person) -> None:
    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    person.start()
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        person.example()
        for step in STEPS:
            person.step(step)
        for at in range(len(person.session.check.findings)):
            person.wizard.findings.show(at)
        person.step("goals")
        person.session.insert_row("goals")
        person.session.undo()
        settle()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert watch.seen == []


def test_language_and_size_keep_session_history_and_step(person: Person) -> None:
    person.start("fi").new().step("project")
    person.fill("project.title", "One")
    session, draft = person.session, person.session.draft
    person.controller.command("language:sv")
    settle()
    assert person.session is session
    assert person.session.draft is draft
    assert person.wizard.step == "project"
    assert person.words.language == "sv"
    assert set(person.wizard._made) == {"project"}  # no other page is made for it
    assert person.window.action("save").text() == person.t("Save")
    assert person.bound("project.title").widget.text() == "One"
    person.controller.command("larger")
    settle()
    assert person.wizard.step == "project"
    person.controller.command("theme:dark")
    settle()
    assert person.bound("project.title").widget.text() == "One"
    person.undo()
    assert session.value("project.title") is None
    assert person.window.action("redo").isEnabled()
    person.redo()
    assert person.bound("project.title").widget.text() == "One"
    person.controller.command("normal_size")
    person.controller.show_start()
    assert person.t("A new application from a call") in [
        made.text() for made in person.window.start.findChildren(Label)
    ]


def test_half_typed_text_survives_a_change_of_language(person: Person) -> None:
    person.start("fi").new().step("funding")
    control = person.bound("funding.grant").widget.control
    control.setFocus()
    person.type("12x")
    person.controller.command("language:en")
    settle()
    assert person.bound("funding.grant").widget.text() == "12x"
    assert person.session.pending()


def test_a_read_only_session_changes_nothing_and_keeps_no_typed_text(person: Person) -> None:
    person.start().example()
    person.session.read_only = True
    person.controller.rebuilt("fi")
    before = person.session.draft
    for step in STEPS:
        page = person.step(step)
        for bound in list(page.fields.values()):
            widget = bound.widget
            shown = widget.text() if hasattr(widget, "text") else None
            control = widget.control
            if not control.isVisible() or not control.isEnabled():
                continue
            control.setFocus()
            if isinstance(control, QLineEdit | QPlainTextEdit):
                person.type("7")
            elif isinstance(control, QComboBox):
                control.showPopup()
                assert QApplication.activePopupWidget() is None
                person.key(Key.Key_Down)
                person.type("7")
            else:
                person.click(control)
            if shown is not None:
                assert widget.text() == shown, bound.path
        for table in list(page.tables):
            table.widget.setFocus()
            for key in (Key.Key_Insert, Key.Key_F2):
                person.key(key)
            if isinstance(QApplication.focusWidget(), QLineEdit):
                person.type("7")
                person.key(Key.Key_Return)
            person.key(Key.Key_Delete, CONTROL)
            person.key(Key.Key_D, CONTROL)
    assert person.session.draft is before


def test_thirty_openings_leave_nothing_behind(person: Person) -> None:
    person.start()
    gone = []
    sizes = []
    for at in range(30):
        person.new()
        if at % 15 == 0:
            for step in STEPS[:-1]:
                person.step(step)
        gone.append(weakref.ref(person.wizard))
        person.controller.show_start()
        settle()
        if at in (10, 20, 29):
            gc.collect()
            settle()
            sizes.append(len(person.window.findChildren(QObject)) + len(QApplication.topLevelWidgets()))
    gc.collect()
    assert [ref for ref in gone if ref() is not None] == []
    assert sizes[2] <= sizes[0] + 5


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_two_commands_share_a_key_or_a_letter(person: Person, language: str) -> None:
    person.start(language).new()
    keys: dict[str, str] = {}
    for action in person.window.findChildren(QAction):
        for key in action.shortcuts():
            assert key.toString() not in keys, f"{key.toString()}: {action.text()} and {keys[key.toString()]}"
            keys[key.toString()] = action.text()
    titles = [action.text() for action in person.window.menuBar().actions()]
    letters = [title[title.index("&") + 1].casefold() for title in titles if "&" in title]
    assert len(letters) == len(titles) == len(set(letters))


def test_closing_a_clean_window_asks_nothing(person: Person) -> None:
    person.start().example()
    person.window.close()
    assert not person.window.isVisible()
    assert person.asked == []
