"""A restless person: many actions by chance over the real window raise nothing, lose nothing and can be undone.

The suite makes 300; the campaign (`HAKEMUS_CAMPAIGN=1`) 10 000. `HAKEMUS_SEED` repeats a walk that failed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from person import ALT, CONTROL, PLAIN, SHIFT, Key, Person, saving_to, settle, type_keys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QMenu,
    QWidget,
)

from hakemus.domain.steps import STEPS
from hakemus.ui.binding.fields import BoundField
from hakemus.ui.dialogs.asking import Question
from hakemus.ui.pages.base import StepPage
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.widgets.notice import Notice

CAMPAIGN = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
ACTIONS = 10_000 if CAMPAIGN else 300
TEXTS = ("1 234,5", "abc", "12.13.2019", "2.5.2019", "x", "80 %", "ä\u00a0😀", "-5", "1,2,3", " ", "a\nb", "9000")
KEYS = (
    (Key.Key_Tab, PLAIN),
    (Key.Key_Backtab, SHIFT),
    (Key.Key_Return, PLAIN),
    (Key.Key_Escape, PLAIN),
    (Key.Key_Delete, PLAIN),
    (Key.Key_Backspace, PLAIN),
    (Key.Key_F2, PLAIN),
    (Key.Key_Up, PLAIN),
    (Key.Key_Down, PLAIN),
    (Key.Key_Left, PLAIN),
    (Key.Key_Right, PLAIN),
    (Key.Key_Home, CONTROL),
    (Key.Key_End, CONTROL),
    (Key.Key_A, CONTROL),
    (Key.Key_C, CONTROL),
    (Key.Key_V, CONTROL),
    (Key.Key_D, CONTROL),
    (Key.Key_Insert, PLAIN),
    (Key.Key_Delete, CONTROL),
    (Key.Key_Up, ALT),
    (Key.Key_Down, ALT),
    (Key.Key_Space, PLAIN),
    (Key.Key_F8, PLAIN),
    (Key.Key_F8, SHIFT),
    (Key.Key_F9, PLAIN),
    (Key.Key_F1, PLAIN),
    (Key.Key_PageDown, CONTROL),
    (Key.Key_PageUp, CONTROL),
)


class Restless:
    """One walk. Each action is written down before it is done, in a file too: a fall of Qt takes the process along."""

    def __init__(self, person: Person, seed: int, diary: Path) -> None:
        self.person, self.chance = person, random.Random(seed)
        self.done: list[str] = []
        self.diary = diary
        self.note(f"HAKEMUS_SEED={seed}")

    @property
    def page(self) -> StepPage | None:
        made = self.person.wizard.page(self.person.wizard.step)
        return made if isinstance(made, StepPage) else None

    def act(self) -> None:
        deeds: list[tuple[int, Callable[[], None]]] = [
            (10, self.press),
            (8, self.focus_field),
            (10, self.type),
            (6, self.focus_cell),
            (4, self.step),
            (4, self.click),
            (4, self.wheel),
            (3, lambda: self.command("undo")),
            (3, lambda: self.command("redo")),
            (2, self.paste),
            (1, lambda: self.command("find_next")),
            (1, lambda: self.command(self.chance.choice(("links", "terms", "find", "library_fill", "keys")))),
            (1, lambda: self.command(f"theme:{self.chance.choice(('light', 'dark', 'contrast'))}")),
            (1, self.resize),
            (1, self.rest),
        ]
        deed = self.chance.choices([act for _, act in deeds], [weight for weight, _ in deeds])[0]
        deed()
        settle()

    def note(self, words: str) -> None:
        self.done.append(words)
        with self.diary.open("a", encoding="utf-8") as written:
            written.write(words + "\n")

    def command(self, name: str) -> None:
        self.note(name)
        self.person.controller.command(name)

    def rest(self) -> None:
        """Nobody does anything for a while, and the next step is made ahead."""
        self.note("rest")
        self.person.wizard._ahead._one()

    def step(self) -> None:
        self.command(f"step:{self.chance.choice(STEPS)}")

    def press(self) -> None:
        key, held = self.chance.choice(KEYS)
        self.note(f"key {key.name} {held.name}")
        if isinstance(QApplication.focusWidget(), QComboBox) and key in (Key.Key_Space, Key.Key_F2):
            return  # a list that drops down waits for the mouse
        popup = QApplication.activePopupWidget()
        QTest.keyClick(popup or QApplication.focusWidget() or self.person.window, key, held)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def focus_field(self) -> None:
        page = self.page
        fields = [one for one in page.fields.values() if isinstance(one, BoundField)] if page else []
        if fields:
            one = self.chance.choice(fields)
            self.note(f"focus {one.path}")
            one.widget.control.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_cell(self) -> None:
        page = self.page
        tables = [table.widget for table in page.tables if table.widget.isVisible()] if page else []
        if tables:
            table = self.chance.choice(tables)
            row = self.chance.randrange(max(1, table.rows.rowCount()))
            if table.rows.rowCount():
                self.note(f"cell {row}")
                table.setFocus(Qt.FocusReason.TabFocusReason)
                table.set_current(table.rows.key_at(row).id)

    def type(self) -> None:
        text = self.chance.choice(TEXTS)
        target = QApplication.focusWidget()
        if target is None or isinstance(target, QComboBox):
            return
        self.note(f"type {text!r}")
        address = target.property("address") or (target.parentWidget() and target.parentWidget().property("address"))
        in_field = not isinstance(target, RowTable) and address
        type_keys(text.replace("\n", "") if not in_field else text)
        settle()
        if in_field and str(address) in (self.page.fields if self.page else {}):
            shown = self.page.fields[str(address)].widget.text()  # type: ignore[union-attr]
            held = self.person.session.text(str(address))
            if isinstance(target, QCheckBox) and not held:
                held = "false"  # a box that nobody has ticked holds nothing, and shows so
            # a sum below zero is typed with a hyphen and held with a minus
            shown, held = shown.replace("-", "\u2212"), held.replace("-", "\u2212")
            assert shown == held or not self.page.fields[str(address)].widget.control.hasFocus(), (shown, held)  # type: ignore[union-attr]

    def paste(self) -> None:
        text = self.chance.choice(("a\tb\tc\n1\t2\t3", "\uf0b7\tlista", "9 000,00", "x" * 600))
        self.note(f"paste {text[:10]!r}")
        QGuiApplication.clipboard().setText(text)
        target = QApplication.focusWidget()
        if target is not None:
            QTest.keyClick(target, Key.Key_V, CONTROL)

    def wheel(self) -> None:
        widgets = [one for one in self.person.window.findChildren(QWidget) if one.isVisible()]
        before = self.person.session.draft
        self.note("wheel")
        self.person.wheel(self.chance.choice(widgets))
        settle()
        assert self.person.session.draft is before, "the wheel changed data"

    def click(self) -> None:
        """Any button in sight, by the mouse."""
        wizard = self.person.wizard
        buttons = [one for one in wizard.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        button = self.chance.choice(buttons)
        self.note(f"click {button.text() or button.accessibleName()}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def resize(self) -> None:
        width, height = self.chance.choice(((1366, 768), (800, 600), (1920, 1080)))
        self.note(f"resize {width}")
        self.person.window.resize(width, height)


@pytest.mark.parametrize("language", ["fi", "sv"] if CAMPAIGN else ["fi"])
def test_many_actions_by_chance(person: Person, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = int(os.environ.get("HAKEMUS_SEED") or random.SystemRandom().randrange(10**9))
    monkeypatch.setattr(QDialog, "exec", lambda dialog: (dialog.show(), settle(), dialog.reject(), 0)[-1])
    monkeypatch.setattr(Question, "exec", lambda question: 0)
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: 0)
    monkeypatch.setattr(QMenu, "popup", lambda *_a, **_k: None)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([], ""))
    person.start(language).example("pop-up-kirjasto" if language == "fi" else "lasande-byar")
    walk = Restless(person, seed, tmp_path / "walk.txt")
    start = person.session.draft
    try:
        for _ in range(ACTIONS):
            walk.act()
        all_comes_back(person, start)
        with saving_to(monkeypatch, tmp_path / "walk.hakemus"):
            assert person.controller.save()
        kept = person.session.draft
        again = person.controller.services.files().open(str(tmp_path / "walk.hakemus")).document.draft
        assert again.stored() == kept.stored()
        comes_back_after_death(person, walk, language)
    except BaseException as error:
        error.add_note(f"HAKEMUS_SEED={seed}, after {len(walk.done)} actions; the last: {walk.done[-12:]}")
        raise


def all_comes_back(person: Person, start: object) -> None:
    """Undo leads back to the beginning, redo to the end; nothing between is lost."""
    person.controller.leave_field()
    end = person.session.draft
    steps = person.session.steps_done
    count = 0
    while person.session.undo():
        count += 1
    assert count == steps
    assert person.session.draft == start
    for _ in range(steps):  # the walk may have ended on an undo: what that took back lies beyond the end
        assert person.session.redo()
    assert person.session.draft == end


def comes_back_after_death(person: Person, walk: Restless, language: str) -> None:
    """Whatever was done since the last save is offered to whoever starts the program again."""
    for _ in range(20):
        walk.act()
    person.controller.leave_field()
    left, dirty = person.session.draft, person.session.dirty
    person.controller.keep_recovery()
    person.again(language=language, offers=True)
    offers = person.window.start.findChildren(Notice)
    assert len(offers) == int(dirty)
    if dirty:
        person.click(offers[0].buttons[0])
        assert person.session.draft.stored() == left.stored()
