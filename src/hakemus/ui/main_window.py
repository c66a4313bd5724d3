"""The window: menus, start page, and the open application. Imports nothing that the first paint does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.actions import MENUS, SEPARATOR, Command
from hakemus.ui.start import StartPage
from hakemus.ui.start_view import StartView
from hakemus.ui.widgets.reading_order import move_focus

if TYPE_CHECKING:
    from hakemus.ui.shell.wizard_view import WizardView

THEMES = ("system", "light", "dark", "contrast")
LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


class Controller(Protocol):
    """Carries the commands out; lives in the composition root."""

    def command(self, name: str) -> None: ...

    def may_close(self) -> bool:
        """Ask about unsaved changes; False keeps the window."""
        ...


class MainWindow(QMainWindow):
    """Start page and wizard in one window. It says what was asked; the controller does it."""

    asked = Signal(str)
    returned = Signal()
    """Somebody comes back to this window from another."""

    def __init__(self, words: Catalog, start: StartView) -> None:
        super().__init__()
        self.words = words
        self.controller: Controller | None = None
        self.wizard: WizardView | None = None
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._chosen: dict[str, str] = {}
        self._empty: list[tuple[QMenu, tuple[Command, ...]]] = []
        # The start page is made in a stack that has its place already: each new parent dresses all of it anew.
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.start = StartPage(words, start, self._stack)
        self._stack.addWidget(self.start)
        self._build_menus()
        self.resize(1366, 768)
        self.setMinimumSize(640, 480)
        self.show_start()

    # -- menus --------------------

    def _build_menus(self) -> None:
        """The titles; what stands under them is made when it is first needed, and the first paint does not need it."""
        for title, commands in MENUS:
            menu = self.menuBar().addMenu(self.words.text(title))
            menu.aboutToShow.connect(self.fill_menus)
            self._empty.append((menu, commands))

    def fill_menus(self) -> None:
        """Make what stands under the titles of the menus, where that has not been done."""
        empty, self._empty = self._empty, []
        for menu, commands in empty:
            self._fill(menu, commands)
        if empty:
            for name, value in self._chosen.items():
                self.set_choice(name, value)
            self._enable(open_draft=self.wizard is not None)

    def _fill(self, menu: QMenu, commands: tuple[Command, ...]) -> None:
        t = self.words.text
        for item in commands:
            if item is SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._action(item))
        if commands[0].name == "panel":
            menu.addSeparator()
            self._choices(
                menu,
                t("Appearance"),
                "theme",
                (
                    ("system", t("As the system")),
                    ("light", t("Light")),
                    ("dark", t("Dark")),
                    ("contrast", t("High contrast")),
                ),
            )
            self._choices(menu, t("Language of the program"), "language", tuple(LANGUAGE_NAMES.items()))
        if commands[0].name == "next_step":
            self._step_actions(menu)

    def _action(self, item: Command) -> QAction:
        made = QAction(self.words.text(item.words), self)
        if item.keys:
            keys = [QKeySequence(item.keys)]
            if item.name == "redo":
                keys.append(QKeySequence("Ctrl+Shift+Z"))
            if item.name == "larger":
                keys.append(QKeySequence("Ctrl+="))
            made.setShortcuts(keys)
        made.triggered.connect(lambda _checked=False: self.asked.emit(item.name))
        made.setProperty("draft", item.draft)
        self._actions[item.name] = made
        return made

    def _choices(self, menu: QMenu, title: str, name: str, options: tuple[tuple[str, str], ...]) -> None:
        inner = menu.addMenu(title)
        group = QActionGroup(self)
        for stored, shown in options:
            made = QAction(shown, self)
            made.setCheckable(True)
            made.setData(stored)
            made.triggered.connect(lambda _checked=False, stored=stored: self.asked.emit(f"{name}:{stored}"))
            group.addAction(made)
            inner.addAction(made)
        self._groups[name] = group

    def _step_actions(self, menu: QMenu) -> None:
        for at, (step, name) in enumerate(STEP_NAMES.items(), 1):
            made = QAction(self.words.text(name), self)
            made.setShortcut(QKeySequence(f"Ctrl+{at % 10}"))
            made.setProperty("draft", True)  # noqa: FBT003
            made.triggered.connect(lambda _checked=False, step=step: self.asked.emit(f"step:{step}"))
            self._actions[f"step:{step}"] = made
            menu.addAction(made)

    def set_choice(self, name: str, value: str) -> None:
        """Which theme or language is ticked."""
        self._chosen[name] = value
        if self._empty:
            return
        for made in self._groups[name].actions():
            made.setChecked(made.data() == value)

    def action(self, name: str) -> QAction:
        """A command of the menus, which are filled by then."""
        self.fill_menus()
        return self._actions[name]

    def set_undo(self, undo: str, redo: str) -> None:
        """What can be undone and redone, in words; empty for nothing."""
        t = self.words.text
        self.fill_menus()
        for name, words, plain, full in (
            ("undo", undo, t("Undo"), t("Undo: {step}", step=undo)),
            ("redo", redo, t("Redo"), t("Redo: {step}", step=redo)),
        ):
            self._actions[name].setText((full if words else plain).replace("&", "&&"))
            self._actions[name].setEnabled(bool(words) and self.wizard is not None)

    def rebuild(self, words: Catalog, start: StartView) -> None:
        """Menus and start page in other words or sizes."""
        self.words = words
        self.menuBar().clear()
        for made in self._actions.values():
            made.deleteLater()
        self._actions, self._groups, self._empty = {}, {}, []
        self._build_menus()
        gone = self.start
        self.start = StartPage(words, start, self._stack)
        self._stack.addWidget(self.start)
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(gone)
        gone.deleteLater()

    # -- what is shown --------------------

    def show_start(self) -> None:
        """The start page; commands for an open application are out of use."""
        self._stack.setCurrentWidget(self.start)
        self._enable(open_draft=False)
        self.setWindowTitle(self.words.text("Hakemus"))
        self.setWindowModified(False)

    def show_wizard(self, wizard: WizardView) -> None:
        """Another open application in place of the one before."""
        self.drop_wizard()
        self.wizard = wizard
        self._stack.addWidget(wizard)
        self._stack.setCurrentWidget(wizard)
        self._enable(open_draft=True)

    def drop_wizard(self) -> None:
        """Let the open application go."""
        if self.wizard is not None:
            gone, self.wizard = self.wizard, None
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _enable(self, *, open_draft: bool) -> None:
        for made in self._actions.values():
            if made.property("draft"):
                made.setEnabled(open_draft)

    @property
    def on_start(self) -> bool:
        return self._stack.currentWidget() is self.start

    def say(self, text: str) -> None:
        """One quiet sentence at the foot of the open application."""
        if self.wizard is not None:
            self.wizard.say(text)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_focus(self, forward=forward)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.returned.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.controller is not None and not self.controller.may_close():
            event.ignore()
            return
        super().closeEvent(event)
