"""A person at the window: looks for fields by address, types, presses keys, answers dialogs. Knows no private part."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget

from hakemus.adapters.resources.locator import resources_root
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.window import WindowApp
from hakemus.ui.binding.fields import BoundField
from hakemus.ui.binding.tables import BoundTable
from hakemus.ui.dialogs.asking import Question
from hakemus.ui.look import icons, style
from hakemus.ui.pages.base import StepPage

TODAY = datetime.date(2018, 11, 15)
CALL = "avi-kirjastot-2018"
CONTROL, SHIFT, ALT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
Key = Qt.Key


_IDS = count(1)

PATIENCE_MS = 90_000
"""A dialog that nobody has answered by then never will be: the test that opened it fails, and the run goes on."""


class FixedChance:
    """Ids that are the same in every run, and never the same twice."""

    def __init__(self) -> None:
        self._draws = count(7)

    def draw(self, below: int) -> int:
        return (next(self._draws) * 7919) % below

    def document_id(self) -> str:
        return f"{next(_IDS):08d}-0000-4000-8000-000000000000"


class Person:
    """Sits at one window over one state folder; `again` is the next morning at the same computer."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.asked: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = []
        self.answers: list[str] = []
        self.started: WindowApp | None = None

    # -- the program --------------------

    def start(self, language: str = "fi", size: int = 100, theme: str = "light", *, offers: bool = False) -> Person:
        from hakemus.usecases.settings import Settings

        core = Core(TODAY, self.folder / "state", FixedChance())
        self.started = WindowApp(core, self.app)
        self.started.settings.write(Settings(language=language, text_size=size, theme=theme))
        self.window = self.started.make()
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        self.controller = self.started.control()
        settle()
        if offers:
            self.controller.offer_recoveries()
        return self

    def again(self, **wishes: object) -> Person:
        """Another process later: nothing in memory is left."""
        self.gone()
        return self.start(**wishes)  # type: ignore[arg-type]

    def gone(self) -> None:
        """The window dies without a word, as in a power cut."""
        if self.started is None:
            return
        self.controller.forget_changes()
        self.controller._services.recoveries()._copies.end()  # the lock that dies with a process
        self.window.drop_wizard()
        self.window.close()
        self.window.deleteLater()
        self.app.removeTranslator(self.started._translator)
        self.started = None
        settle()

    @property
    def words(self):  # type: ignore[no-untyped-def]
        return self.window.words

    def t(self, msgid: str, /, **values: object) -> str:
        return str(self.window.words.text(msgid, **values))

    @property
    def wizard(self):  # type: ignore[no-untyped-def]
        assert self.window.wizard is not None
        return self.window.wizard

    @property
    def session(self):  # type: ignore[no-untyped-def]
        return self.wizard.desk.session

    def new(self, call: str = CALL) -> Person:
        self.window.start.new_asked.emit(call)
        settle()
        return self

    def example(self, name: str = "pop-up-kirjasto") -> Person:
        self.window.start.example_asked.emit(name)
        settle()
        return self

    # -- looking --------------------

    def step(self, name: str) -> StepPage:
        self.controller.command(f"step:{name}")
        settle()
        return self.page

    @property
    def page(self) -> StepPage:
        made = self.wizard.page(self.wizard.step)
        assert isinstance(made, StepPage), made
        return made

    def bound(self, path: str) -> BoundField:
        return self.page.fields[path]

    def table(self, path: str) -> BoundTable:
        return next(table for table in self.page.tables if table.path == path)

    def button(self, name: str, inside: QWidget | None = None) -> QAbstractButton:
        """A button in sight by its words or its spoken name."""
        wanted = [
            made
            for made in (inside or self.window).findChildren(QAbstractButton)
            if made.isVisible() and name in (made.text().replace("&", ""), made.accessibleName())
        ]
        assert wanted, f"no button {name!r}"
        return wanted[0]

    def at(self, path: str) -> str:
        """What the application holds at an address, as text."""
        return str(self.session.text(path))

    @property
    def said(self) -> str:
        """The quiet sentence between Back and Next."""
        return plain(self.wizard._foot.message.whole)

    # -- doing --------------------

    def type(self, text: str) -> None:
        type_keys(text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        popup = QApplication.activePopupWidget()
        target = (popup.focusWidget() or popup) if popup else QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        settle()

    def undo(self) -> None:
        self.key(Key.Key_Z, CONTROL)

    def redo(self) -> None:
        self.key(Key.Key_Y, CONTROL)

    def fill(self, path: str, text: str) -> None:
        """Go to a field, put another text in its place, and leave it with Tab."""
        control = self.bound(path).widget.control
        control.setFocus(Qt.FocusReason.TabFocusReason)
        self.key(Key.Key_A, CONTROL)
        self.key(Key.Key_Delete)
        type_keys(text)
        self.key(Key.Key_Tab)

    def put(self, table: str, row: str, column: str, text: str) -> None:
        """Type into a cell and accept with Enter."""
        self.table(table).widget.focus_cell(row, column)
        self.key(Key.Key_F2)
        self.key(Key.Key_A, CONTROL)
        type_keys(text)
        self.key(Key.Key_Return)

    def add_row(self, table: str) -> str:
        """Insert in a table: a new row; its address."""
        before = {item.id for item in self.session.value(table) or ()}
        widget = self.table(table).widget
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.key(Key.Key_Insert)
        made = [item.id for item in self.session.value(table) or () if item.id not in before]
        assert len(made) == 1, f"{len(made)} rows came into {table}"
        return f"{table}[{made[0]}]"

    def choose(self, widget: QWidget, stored: str) -> None:
        """Pick an entry of a list by mouse, as it is done."""
        widget.showPopup()  # type: ignore[attr-defined]
        settle()
        at = widget.findData(stored)  # type: ignore[attr-defined]
        assert at >= 0, f"no choice {stored!r}"
        view = widget.view()  # type: ignore[attr-defined]
        box = view.visualRect(view.model().index(at, 0))
        QTest.mouseMove(view.viewport(), box.center())
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, box.center())
        settle()

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        settle()

    def wheel(self, widget: QWidget) -> None:
        """Turn the wheel over a widget, both ways."""
        middle = QPoint(widget.width() // 2, widget.height() // 2)
        for turn in (-120, 120, 240, -240):
            event = QWheelEvent(
                QPointF(middle),
                QPointF(widget.mapToGlobal(middle)),
                QPoint(0, 0),
                QPoint(0, turn),
                Qt.MouseButton.NoButton,
                PLAIN,
                Qt.ScrollPhase.NoScrollPhase,
                False,  # noqa: FBT003
            )
            QApplication.sendEvent(widget, event)

    # -- dialogs --------------------

    def answer(self, question: Question) -> int:
        """Stands in for whoever reads a question: takes it down and gives the next answer."""
        kind, title, text, answers, details = question.heard  # type: ignore[attr-defined]
        del kind
        self.asked.append((title, text, tuple(key for key, _ in answers), tuple(details)))
        assert self.answers, f"nobody expected the question: {title} / {text} / {details}"
        given = self.answers.pop(0)
        assert given == "" or given in [key for key, _ in answers], f"{given} is no answer to {title}"
        question.answer = given
        return 0


def _heard(init: Callable[..., None]) -> Callable[..., None]:
    def remembering(  # type: ignore[no-untyped-def]
        self: Question, parent, kind: str, title: str, text: str, answers, **more: object
    ) -> None:
        self.heard = (kind, title, text, tuple(answers), tuple(more.get("details", ())))  # type: ignore[attr-defined,arg-type]
        init(self, parent, kind, title, text, answers, **more)

    return remembering


def plain(text: str) -> str:
    """A text without regard to which spaces it has."""
    return " ".join(text.split())


def type_keys(text: str) -> None:
    """Type any text into what has focus: QTest.keyClicks aborts the process on what is not ASCII."""
    for sign in text:
        target = QApplication.focusWidget()
        assert target is not None, f"nothing has focus to type {text!r} into"
        if sign == "\n":
            QTest.keyClick(target, Key.Key_Return)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, PLAIN, sign))


def settle() -> None:
    """Let everything queued happen: layouts, timers of no length, deferred deletes."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def saving_to(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> Iterator[None]:
    """The file dialog for saving answers with a path."""
    with monkeypatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
        yield


@contextmanager
def opening(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> Iterator[None]:
    """The file dialog for opening answers with a path."""
    with monkeypatch.context() as patch:
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
        patch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(path)], ""))
        yield


MakePerson = Callable[..., Person]


def in_dialog(
    person: Person, monkeypatch: pytest.MonkeyPatch, kind: type[QDialog], command: str
) -> Callable[[Callable[[Any], None]], None]:
    """What opens a dialog by its command, as the menu does, and acts in it until it closes."""

    def make(act: Callable[[Any], None]) -> None:
        def run(dialog: QDialog) -> int:
            assert isinstance(dialog, kind)
            dialog.show()
            dialog.activateWindow()
            settle()
            act(dialog)
            dialog.accept()
            return 0

        monkeypatch.setattr(QDialog, "exec", run)
        person.controller.command(command)
        settle()

    return make


@pytest.fixture
def person(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Somebody who has not yet started the program. Unexpected questions fail the test, and so do dialogs that wait."""
    made = Person(dressed, tmp_path)
    waited: list[str] = []

    def let_go() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            waited.append(f"{type(dialog).__name__} {dialog.windowTitle()}")
            dialog.close()

    patience = QTimer()
    patience.timeout.connect(let_go)
    patience.start(PATIENCE_MS)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    monkeypatch.setattr(Question, "__init__", _heard(Question.__init__))
    monkeypatch.setattr(Question, "exec", lambda question: made.answer(question))
    QGuiApplication.clipboard().clear()
    yield made
    patience.stop()
    made.gone()
    icons.use(resources_root(), tmp_path / "state" / "cache")
    if (style.look().theme.name, style.look().scale.factor) != ("light", 1.0):
        style.apply(dressed, "light")
    assert not made.answers, f"questions that never came: {made.answers}"
    assert not waited, f"dialogs that nobody answered: {waited}"
