"""Typing into the cells of a table: one editor at a time, which redraws pass by, except when its value changes from
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from hakemus.ui.tables.delegate import put, value
from hakemus.ui.tables.fitting import FitsColumns
from hakemus.ui.tables.model import Index
from hakemus.ui.widgets.controls import Combo


@dataclass(slots=True)
class _Editing:
    """The cell that is being edited."""

    editor: QWidget
    index: QPersistentModelIndex
    row_id: str
    key: str
    origin: str
    """The text at the start, to go back to."""
    known: str
    """The text that the source has for this cell, as far as the editor knows."""
    typed: bool = False
    answered: bool = True
    """Whether the source has been asked again since the last keystroke."""


class EditsCells(FitsColumns):
    """The part of a table that types into cells; it says each keystroke and the end of each edit."""

    cell_typed = Signal(str, str, str)
    """row, column, text: at each keystroke."""
    cell_edited = Signal(str, str, str)
    """row, column, text: at the end of an edit in which something was typed; after Escape the text from
    before."""

    _refreshing: bool
    _marked: frozenset[tuple[str, str]]
    _editing: _Editing | None

    def set_marked(self, cells: Iterable[tuple[str, str]]) -> None:
        """Mark cells until the next edit."""
        raise NotImplementedError

    def _make_current(self, index: QModelIndex) -> None:
        # Qt's own way asks which keys are held: with Ctrl of a command still down, the selection would stay behind.
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    @property
    def edited_cell(self) -> tuple[str, str] | None:
        """Row and column of the cell that is being typed into."""
        return (self._editing.row_id, self._editing.key) if self._editing else None

    def editing_begins(self, editor: QWidget, index: Index) -> None:
        """For the delegate: an editor has been made."""
        text = self.rows.cell(index).editing
        row_id, key = self.rows.key_at(index.row()).id, self.rows.columns[index.column()].key
        self._editing = _Editing(editor, QPersistentModelIndex(index), row_id, key, text, text)

    def edit(  # type: ignore[override]  # Qt has two of this name; this is the one that it calls itself
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger | None = None,
        event: QEvent | None = None,
    ) -> bool:
        if trigger is None:
            super().edit(index)
            return self._editing is not None
        chooses = index.isValid() and bool(self.rows.columns[index.column()].choices)
        typing = isinstance(event, QKeyEvent) and event.key() != Qt.Key.Key_F2
        if not chooses or not typing:
            opened = bool(super().edit(index, trigger, event))  # type: ignore[arg-type]  # a null event is meant
        else:
            # A letter opens the list at its place; it must not pick and close at once.
            every = QAbstractItemView.EditTrigger.AllEditTriggers
            opened = bool(super().edit(index, every, None))  # type: ignore[call-overload]
        if opened and chooses and self._editing is not None and isinstance(self._editing.editor, Combo):
            self._editing.editor.showPopup()
            if typing and isinstance(event, QKeyEvent):
                self._editing.editor.view().keyboardSearch(event.text())
        return opened

    def typed(self, editor: QWidget, text: str) -> None:
        """For the delegate: a keystroke in an editor."""
        now = self._editing
        if now is None or now.editor is not editor:
            return
        now.typed, now.answered = True, False
        if self._marked:
            self.set_marked(())
        self.cell_typed.emit(now.row_id, now.key, text)

    def choice_made(self, editor: QWidget) -> None:
        """For the delegate: something was picked from the list of a choice."""
        now = self._editing
        if now is not None and now.editor is editor:
            now.typed = now.typed or value(editor) != now.origin
            self.finish(editor, "stay")

    def _follow_edit(self) -> None:
        now = self._editing
        if now is None or not now.index.isValid():
            return
        text = self.rows.cell(now.index).editing
        if now.answered and text != now.known:
            # The value changed from elsewhere, as by undo: the editor must not hide it.
            put(now.editor, text)
            now.typed, now.origin = False, text
        now.answered, now.known = True, text

    def commit(self, editor: QWidget) -> None:
        """For the delegate: an editor's text is final."""
        now = self._editing
        if now is None or now.editor is not editor:
            return
        text = value(editor)
        changed = now.typed or text != now.origin
        now.typed, now.origin, now.answered = False, text, False
        if changed and not self._refreshing:  # in a refresh the row itself is going; each keystroke was said already
            self.cell_edited.emit(now.row_id, now.key, text)

    def finish(self, editor: QWidget, move: str) -> None:
        """For the delegate: leave the editor and go `down`, `up`, `next`, `previous`, `stay` or `cancel`."""
        now, delegate = self._editing, self.itemDelegate()
        if now is None or now.editor is not editor:
            return
        if move == "cancel":
            self._cancel(now)
        else:
            delegate.commitData.emit(editor)
        place = (now.row_id, now.key)
        delegate.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._go(place, move)

    def _cancel(self, now: _Editing) -> None:
        typed, origin = now.typed, now.origin
        self._editing = None
        if typed:
            self.cell_edited.emit(now.row_id, now.key, origin)

    def _go(self, place: tuple[str, str], move: str) -> None:
        row, column = self.rows.place(place[0]), self.rows.column_of(place[1])
        if row < 0:
            return
        if move in ("down", "up"):
            step = 1 if move == "down" else -1
            target = row + step
            while 0 <= target < self.rows.rowCount() and self.rows.key_at(target).kind in ("group", "total", "periods"):
                target += step
            if 0 <= target < self.rows.rowCount():
                self._make_current(self.rows.index(target, column))
        elif move in ("next", "previous"):
            index = self._neighbour(row, column, 1 if move == "next" else -1)
            if index is not None:
                self._make_current(index)
                self.edit(index)

    def _neighbour(self, row: int, column: int, step: int) -> QModelIndex | None:
        """The next cell to type into, in reading order."""
        count = len(self.rows.columns)
        at = row * count + column + step
        while 0 <= at < self.rows.rowCount() * count:
            index = self.rows.index(at // count, at % count)
            if not self.isColumnHidden(index.column()) and self.rows.editable(index):
                return index
            at += step
        return None

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self._editing is not None and self._editing.editor is editor:
            self._editing = None
        super().closeEditor(editor, hint)
