"""The native lists and boxes to tick with their dangerous habits taken away: nothing is chosen by hovering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QStyledItemDelegate, QWidget

from hakemus.ui.look.style import set_property
from hakemus.ui.widgets.text_boxes import Leaves, Line, one_line


class Combo(Leaves, QComboBox):
    """A list to choose from.

    The wheel scrolls the page, for a value must never change by hovering and turning.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = False
        self.setItemDelegate(QStyledItemDelegate(self))  # popup rows ignore the style sheet without one
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def set_read_only(self, on: bool) -> None:
        """A choice that is shown, reached by Tab and copied, but not changed."""
        self._read_only = on
        set_property(self, "readOnly", "true" if on else "false")

    def showPopup(self) -> None:
        if not self._read_only:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._read_only:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.currentText())
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Check(QCheckBox):
    """A box to tick. `typed` gives "true" or "false" as the user ticks it."""

    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._read_only = False
        self.setProperty("bare", "true")  # its words are a label of their own, for a check box cannot wrap them
        self.clicked.connect(self._clicked)

    def _clicked(self, on: bool) -> None:
        if not self._read_only:
            self.typed.emit("true" if on else "false")

    def set_read_only(self, on: bool) -> None:
        """A tick that is shown and reached by Tab but not changed."""
        self._read_only = on
        set_property(self, "readOnly", "true" if on else "false")

    def nextCheckState(self) -> None:
        if not self._read_only:
            super().nextCheckState()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def text_value(self) -> str:
        return "true" if self.isChecked() else "false"


class Suggest(Combo):
    """Free text with suggestions: what is not in the list is never refused, and only an accepted one is
    taken."""

    typed = Signal(str)

    def __init__(self, suggestions: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.line = Line(self)
        self.setLineEdit(self.line)
        self._taken = ""
        self._showing = False
        self.set_suggestions(suggestions)
        completer = self.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            popup = completer.popup()
            if popup is not None:
                popup.setObjectName("popup")
                popup.setItemDelegate(QStyledItemDelegate(popup))
        self.line.typed.connect(self._heard)
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self._leave)
        self.textActivated.connect(self._take)

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.line.setReadOnly(on)

    def set_suggestions(self, suggestions: tuple[str, ...]) -> None:
        """Another list; the text stays."""
        text = self.line.text()
        self.blockSignals(True)  # noqa: FBT003
        with self._only_shown():
            self.clear()
            self.addItems(list(suggestions))
            self.setCurrentIndex(-1)
            self.setEditText(text)
        self.blockSignals(False)  # noqa: FBT003

    def text(self) -> str:
        """The text that was typed or accepted."""
        return self._taken

    def set_text(self, text: str) -> None:
        """Show a text without a `typed`."""
        self._taken = text
        if self.line.text() != text:
            at = self.line.cursorPosition()
            with self._only_shown():
                self.setEditText(text)
            self.line.setCursorPosition(min(at, len(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            with self._only_shown():  # walking through the list takes nothing yet
                super().keyPressEvent(event)
            return
        super().keyPressEvent(event)

    @contextmanager
    def _only_shown(self) -> Iterator[None]:
        self._showing = True
        try:
            yield
        finally:
            self._showing = False

    def _heard(self, text: str) -> None:
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if not self._showing and not (popup is not None and popup.isVisible()):
            self._take(text)

    def _edited(self, text: str) -> None:
        self._take(one_line(text))

    def _take(self, text: str) -> None:
        if text != self._taken:
            self._taken = text
            self.typed.emit(text)

    def _leave(self) -> None:
        if self.line.text() != self._taken:  # a suggestion that was looked at, not taken
            with self._only_shown():
                self.setEditText(self._taken)
