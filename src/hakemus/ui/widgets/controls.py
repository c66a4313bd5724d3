"""The native controls of fields and cells with their dangerous habits taken away.

None has an undo of its own (the session undoes), the wheel changes nothing, pasted line breaks become spaces in a
line, and no-break spaces survive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStyledItemDelegate,
    QWidget,
)

from hakemus.ui.look.style import set_property

NO_LIMIT = 0x7FFFFFFF
_LINE_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")


def one_line(text: str) -> str:
    """Line breaks as spaces."""
    return _LINE_BREAK.sub(" ", text)


def units_before(text: str, at: int) -> int:
    """Where a character stands as Qt counts: in units of UTF-16."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def is_undo(event: QEvent) -> bool:
    """Whether a key (or its announcement as a shortcut) asks for undo or redo."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


def _without_undo(menu: QMenu) -> QMenu:
    keys = {
        key.toString(QKeySequence.SequenceFormat.NativeText)
        for which in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        for key in QKeySequence.keyBindings(which)
    }
    for action in menu.actions():
        if action.text().partition("\t")[2] in keys:
            menu.removeAction(action)
    left = menu.actions()
    if left and left[0].isSeparator():
        menu.removeAction(left[0])
    return menu


Entry = tuple[str, Callable[[], object]]
"""Words of a menu's entry, and what it does."""


def popup(menu: QMenu, more: Sequence[Entry], at: QPoint) -> None:
    """Show a context menu with further entries at its end; it goes when it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if more and menu.actions():
        menu.addSeparator()
    for words, does in more:
        menu.addAction(words).triggered.connect(lambda _checked=False, does=does: does())
    menu.popup(at)


if TYPE_CHECKING:
    _Part = QWidget
else:
    _Part = object


class _Leaves(_Part):
    """Says when focus goes to another control; a list that pops up over the control is part of it."""

    left: Signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class _Typed(_Leaves):
    """What fields of text share: undo is the session's, from the keyboard and from the menu alike."""

    more: Sequence[Entry]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()  # type: ignore[attr-defined]
        popup(_without_undo(menu), self.more, event.globalPos())


class Line(_Typed, QLineEdit):
    """One line of text. `typed` is each change by the user, `left` the loss of focus to another control."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.more = ()
        self.setMaxLength(NO_LIMIT)  # a limit never cuts text
        self._setting = False
        # not textEdited: dictation and other assistive tools set the whole text, which only this signal tells
        self.textChanged.connect(self._changed)

    def setText(self, text: str | None) -> None:
        """Replace the text without a `typed`."""
        self._setting = True
        try:
            super().setText(text)
        finally:
            self._setting = False

    def _changed(self, text: str) -> None:
        if self._setting:
            return
        fixed = one_line(text)
        if fixed != text:
            before = one_line(text[: self.cursorPosition()])
            self.setText(fixed)
            self.setCursorPosition(len(before))
        self.typed.emit(fixed)

    def select_words(self, start: int, end: int) -> None:
        """Select from one place to another, in Qt's units."""
        self.setSelection(start, end - start)


class Text(_Typed, QPlainTextEdit):
    """Several lines of text that grow with their content, from `least` to `most` lines; Tab leaves."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, least: int = 3, most: int = 14) -> None:
        super().__init__(parent)
        self.more = ()
        self._least, self._most = least, most
        self._setting = False
        self._last = ""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def text(self) -> str:
        """The text as typed: `toPlainText` would turn no-break spaces into spaces."""
        return self.document().toRawText().replace("\u2029", "\n")

    def set_text(self, text: str) -> None:
        """Replace the text without a `typed`; the cursor keeps its place as far as there is text."""
        at = self.textCursor().position()
        self._setting = True
        try:
            self.setPlainText(text)
        finally:
            self._setting = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, max(0, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)

    def select_words(self, start: int, end: int) -> None:
        """Select from one place to another, in Qt's units, and scroll there."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _changed(self) -> None:
        text = self.text()
        # Qt also calls it a change when only fonts or layout did.
        if text != self._last:
            self._last = text
            if not self._setting:
                self.typed.emit(text)

    def _height(self, lines: float) -> int:
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        return round(lines * self.fontMetrics().lineSpacing()) + around + 1

    def _grow(self) -> None:
        lines = self.document().size().height()
        wanted = self._height(min(self._most, max(self._least, lines)))
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)
        few = lines <= self._most
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if few else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._least))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator) and not self.isReadOnly():
            # Shift+Enter would make U+2028, which no form expects.
            self.textCursor().insertBlock()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            text = re.sub("\r\n|[\r\u2028\u2029]", "\n", source.text())
            self.textCursor().insertText(text)
            self.ensureCursorVisible()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()  # all is in sight: the page scrolls
            return
        super().wheelEvent(event)


class Combo(_Leaves, QComboBox):
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
