"""Free text with a list of suggestions, none of which is taken by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QStyledItemDelegate, QWidget

from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.text_boxes import Line, one_line


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
                popup.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A list closed without a choice leaves what was typed; Qt would take what was looked at, on leaving."""
        if event.type() == QEvent.Type.Hide:
            self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        if self.line.text() != self._taken:  # a suggestion that was looked at, not taken
            with self._only_shown():
                self.setEditText(self._taken)
