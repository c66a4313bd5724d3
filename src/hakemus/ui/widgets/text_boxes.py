"""The native boxes of text with their dangerous habits taken away.

None has an undo of its own (the session undoes), the wheel changes nothing, pasted line breaks become spaces in a
line, and no-break spaces survive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from hakemus.domain.pasting import pasted
from hakemus.ui.look.style import color
from hakemus.ui.widgets.leaving import Leaves

NO_LIMIT = 0x7FFFFFFF
_FOREIGN = re.compile("[\x1e\x1f\u00ad\u200b\ufeff\ufffc\uf000-\uf0ff]")
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""Word processors end a line inside a paragraph with U+000B, and a page with U+000C."""


def one_line(text: str) -> str:
    """Line breaks as spaces."""
    return _LINE_BREAK.sub(" ", text)


def _bare(text: str) -> str:
    """One line without what only a word processor's fonts can show; cells of a sheet stand beside each other."""
    text = one_line(text).replace("\t", " ")
    return pasted(text) if _FOREIGN.search(text) else text


def _text_of(page: str) -> str:
    """The text of a page of marked-up text; entries of lists keep their marks."""
    document = QTextDocument()
    document.setHtml(page)
    lines = []
    block = document.begin()
    while block.isValid():
        inside = block.textList()
        mark = ""
        if inside is not None:
            style = inside.format().style()
            numbered = style.value <= QTextListFormat.Style.ListDecimal.value
            mark = f"{inside.itemText(block)} " if numbered else "- "
        lines.append(mark + block.text())
        block = block.next()
    return "\n".join(lines)


def units_before(text: str, at: int) -> int:
    """Where a character stands as Qt counts: in units of UTF-16."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def is_undo(event: QEvent) -> bool:
    """Whether a key (or its announcement as a shortcut) asks for undo or redo."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


def _is_for_the_window(event: QEvent) -> bool:
    """Whether a key that a box of text would keep belongs to the window.

    X11's boxes go to the end of the line with Ctrl+E, as End does; the window saves the PDF with it.
    """
    ends = QKeySequence.StandardKey.MoveToEndOfLine
    return is_undo(event) or (isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_E and event.matches(ends))


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


class _Typed(Leaves):
    """What fields of text share: undo is the session's, from the keyboard and from the menu alike."""

    more: Sequence[Entry]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_for_the_window(event):
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
        self._tail: int | None = None
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
        fixed = _bare(text)
        if fixed != text:
            before = _bare(text[: self.cursorPosition()])
            self.setText(fixed)
            self.setCursorPosition(len(before))
        self.typed.emit(fixed)

    def set_tail(self, at: int | None) -> None:
        """Underline what is too much, from a place in Qt's units on."""
        if at != self._tail:
            self._tail = at
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._tail is None:
            return
        # Which pixels the tail takes is asked of the places under them: the text may be scrolled sideways.
        box = self.contentsRect().adjusted(2, 0, -2, 0)
        begins = next((x for x in range(box.left(), box.right()) if self._place_at(x) >= self._tail), None)
        last = self._place_at(box.right())
        if begins is None or last <= self._tail:
            return
        ends = next((x for x in range(box.right(), begins, -1) if self._place_at(x) < last), box.right())
        painter = QPainter(self)
        painter.setPen(QPen(color("warn"), 2, Qt.PenStyle.DotLine))
        bottom = box.center().y() + self.fontMetrics().ascent() // 2 + 3
        painter.drawLine(begins, bottom, max(ends, begins + 4), bottom)

    def _place_at(self, x: int) -> int:
        return self.cursorPositionAt(QPoint(x, self.height() // 2))

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
        self._tail: int | None = None
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

    def set_tail(self, at: int | None) -> None:
        """Ground and underline for what is too much, from a place in Qt's units on."""
        self._tail = at
        self._mark_tail()

    def _mark_tail(self) -> None:
        marks = []
        last = self.document().characterCount() - 1
        if self._tail is not None and self._tail < last:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._tail)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setBackground(color("warn_soft"))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(color("warn"))
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self.setExtraSelections(marks)

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
        return ceil(lines * self._line_height()) + around + 1

    def _line_height(self) -> float:
        """Pixels from a line to the next as the text is laid out, which is more than its font says."""
        first = self.document().firstBlock()
        held = self.blockBoundingRect(first).height()
        if not first.next().isValid():
            held -= self.document().documentMargin()  # stands below the last line
        return held / max(1, first.lineCount())

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
            self._mark_tail()  # in the colours of another theme

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
        if source.hasText() or source.hasHtml():
            self.textCursor().insertText(pasted(source.text() if source.hasText() else _text_of(source.html())))
            self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()  # all is in sight: the page scrolls
            return
        super().wheelEvent(event)
