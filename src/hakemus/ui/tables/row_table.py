"""A table of rows to type into, for the keyboard first.

It shows what its source says and tells what the user does.

It knows no session: a keystroke is `cell_typed`, the end of an edit `cell_edited`, and so on; the page turns row and
column into a path. While a cell is edited, redraws pass it by, except when its value changes from elsewhere (undo).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from hakemus.ui.look.style import color, font, px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, HEIGHT
from hakemus.ui.tables import tsv
from hakemus.ui.tables.delegate import CellDelegate, put, value
from hakemus.ui.tables.model import Index, RowModel
from hakemus.ui.tables.rows import Column, ListSource, Row, RowSource, TableWords
from hakemus.ui.widgets import gantt
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.text_boxes import Entry, popup

_KEYS = QKeySequence.StandardKey
_LEAST_STRETCH = 150
_HEIGHTS = {"person": "row2", "detail": "row2", "periods": "periods", "total": "total"}


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


class RowTable(QTableView):
    """See the module. `row_id` is empty where there is no row."""

    cell_typed = Signal(str, str, str)
    """row, column, text: at each keystroke."""
    cell_edited = Signal(str, str, str)
    """row, column, text: at the end of an edit in which something was typed; after Escape the text from
    before."""
    cell_focused = Signal(str, str)
    row_added = Signal(str)
    """The row after which a new one is wanted; empty: at the end."""
    row_removed = Signal(list)
    row_moved = Signal(str, int)
    row_duplicated = Signal(str)
    pasted = Signal(str, str, list)
    """row (empty: none), column where it starts, rows of texts."""
    activated_row = Signal(str)
    """Enter or double click on a cell that cannot be typed into."""

    def __init__(
        self, columns: Sequence[Column], words: TableWords, *, shape: str = "", parent: QWidget | None = None
    ) -> None:
        """`shape`: `inset` in a card, `open` above a totals strip, empty for a frame of its own."""
        super().__init__(parent)
        self.rows = RowModel(columns, words, self)
        self.axis: gantt.Axis | None = None
        self._refreshing = False
        self.more: Sequence[Entry] = ()
        self._marked: frozenset[tuple[str, str]] = frozenset()
        self._editing: _Editing | None = None
        self._shown = list(range(len(columns)))
        self._fitted = False
        self._fitting = False
        self.setProperty("shape", shape)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(words.name)
        self._set_up_head()
        self._set_up_behaviour()
        self.rows.rowsInserted.connect(lambda _parent, first, last: self._set_heights(first, last))
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.horizontalScrollBar().rangeChanged.connect(lambda *_: self._fit_height() if self._fitted else None)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)

    def _set_up_head(self) -> None:
        head = Header(self)
        self.setHorizontalHeader(head)
        has_gantt = any(column.gantt for column in self.rows.columns)
        head.setFixedHeight(px(HEIGHT["gantt_head" if has_gantt else "head"]))
        head.setMinimumSectionSize(px(40))
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, px(column.width))
        head.sectionResized.connect(lambda *_: self._fit_columns())
        side = self.verticalHeader()
        side.hide()
        side.setMinimumSectionSize(px(20))
        side.setDefaultSectionSize(px(HEIGHT["row"]))
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_behaviour(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves; arrows move inside
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)

    # -- what the page says --------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show rows that are made already; only what differs is drawn again."""
        self.set_source(ListSource(tuple(rows)))

    def set_source(self, source: RowSource) -> None:
        """Show rows of a source, which is asked again by `refresh`."""
        self._refresh_by(lambda: self.rows.set_source(source))

    def refresh(self) -> None:
        """Ask the source again. Current cell and selection stay on their rows, also when these moved."""
        self._refresh_by(self.rows.refresh)

    def _refresh_by(self, act: object) -> None:
        assert callable(act)
        before, place = self.current(), self.currentIndex().row()
        self._refreshing = True
        try:
            act()
            if before[0] and self.current() != before:
                self.set_current(before[0] if self.rows.place(before[0]) >= 0 else self._near(place), before[1])
        finally:
            self._refreshing = False
        if self._editing is not None and not self._editing.index.isValid():
            self._editing = None  # its row is gone, and Qt has taken the editor away
        if self.hasFocus() and self.current() != before:
            self.cell_focused.emit(*self.current())
        self._follow_edit()
        if self._fitted:
            self._fit_height()

    def set_choices(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """Other values, (stored, shown), to choose from in a column."""
        self.rows.set_choices(key, choices)

    def set_axis(self, axis: gantt.Axis | None) -> None:
        """The axis of the timeline column."""
        self.axis = axis
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def set_read_only(self, on: bool) -> None:
        """Rows that can be read and copied but not changed."""
        self.rows.read_only = on

    def set_hidden(self, keys: Iterable[str]) -> None:
        """Hide these columns and show all others."""
        hidden = set(keys)
        for at, column in enumerate(self.rows.columns):
            self.setColumnHidden(at, column.key in hidden)
        self._shown = [at for at, column in enumerate(self.rows.columns) if column.key not in hidden] or [0]
        self._fit_columns()

    def set_fitted(self, on: bool = True) -> None:
        """As high as its rows, without scroll bars of its own: for a table in a page that scrolls."""
        self._fitted = on
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if on else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        if on:
            self._fit_height()

    def set_marked(self, cells: Iterable[tuple[str, str]]) -> None:
        """Mark cells (row, column; an empty column is the whole row) that a finding concerns, until the
        next edit."""
        self._marked = frozenset(cells)
        self.viewport().update()

    def is_marked(self, row_id: str, key: str) -> bool:
        """Whether a finding marked this cell."""
        return bool(self._marked) and ((row_id, key) in self._marked or (row_id, "") in self._marked)

    def current(self) -> tuple[str, str]:
        """Row and column of the current cell; empty when there is none."""
        index = self.currentIndex()
        if not index.isValid():
            return "", ""
        return self.rows.key_at(index.row()).id, self.rows.columns[index.column()].key

    def current_row(self) -> str:
        """The current row if it is the user's own, else empty."""
        index = self.currentIndex()
        return self.rows.key_at(index.row()).id if index.isValid() and self.rows.is_data(index.row()) else ""

    def selected_rows(self) -> list[str]:
        """The user's own rows that are selected, in order."""
        return self.rows.data_ids({index.row() for index in self.selectionModel().selectedRows()})

    def set_current(self, row_id: str, key: str = "") -> bool:
        """Make a cell current, without taking focus; False where there is no such row."""
        row = self.rows.place(row_id)
        if row < 0:
            return False
        column = self.rows.column_of(key) if key else self._first_editable(row)
        self._make_current(self.rows.index(row, max(0, column)))
        return True

    def _make_current(self, index: QModelIndex) -> None:
        # Qt's own way asks which keys are held: with Ctrl of a command still down, the selection would stay behind.
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def focus_cell(self, row_id: str, key: str = "", *, edit: bool = False) -> bool:
        """Take focus, make a cell current, scroll to it and, if asked, open it for typing."""
        if not self.set_current(row_id, key):
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scrollTo(self.currentIndex())
        if edit and self.rows.editable(self.currentIndex()):
            self.edit(self.currentIndex())
        return True

    def content_height(self) -> int:
        """Pixels that all rows and the head take."""
        inside = self.verticalHeader().length() + self.horizontalHeader().height()
        return inside + (1 if self.property("shape") == "inset" else 2)

    # -- geometry, asked by delegate and head --------------------------------------------------------------

    def first_shown(self) -> int:
        """The first column in sight."""
        return self._shown[0]

    def pads(self, column: int) -> tuple[int, int]:
        """Left and right air of a cell; in an inset table the outer edges follow the card's margin."""
        outer = sp(CARD_MARGIN) if self.property("shape") == "inset" else px(12)
        return (
            outer if column == self.first_shown() else px(10),
            outer if column == self._shown[-1] else px(10),
        )

    def run_of(self, row: Row, column: int) -> tuple[int, int]:
        """Which columns a heading's text at or before a column runs over."""
        shown = self._shown
        if row.kind == "add":
            return shown[0], shown[-1]
        starts = [at for at in shown if at == shown[0] or row.cell(self.rows.columns[at].key).text]
        first = max(at for at in starts if at <= column) if column >= shown[0] else shown[0]
        later = [at for at in starts if at > first]
        last = max(at for at in shown if at < later[0]) if later else shown[-1]
        # A figure right of its heading stands in its own column, so that sums line up with their rows.
        return (first, first) if first != shown[0] else (first, last)

    def _fit_columns(self) -> None:
        """One column takes what the others leave, but never so little that it cannot be read."""
        if self._fitting:
            return
        stretch = next((at for at, column in enumerate(self.rows.columns) if column.stretch), -1)
        if stretch < 0 or self.isColumnHidden(stretch):
            return
        others = sum(
            self.columnWidth(at)
            for at in range(len(self.rows.columns))
            if at != stretch and not self.isColumnHidden(at)
        )
        least = px(max(_LEAST_STRETCH, self.rows.columns[stretch].width))
        self._fitting = True
        try:
            self.setColumnWidth(stretch, max(least, self.viewport().width() - others))
        finally:
            self._fitting = False

    def _set_heights(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            name = _HEIGHTS.get(self.rows.key_at(row).kind)
            if name:
                self.setRowHeight(row, px(HEIGHT[name]))

    def full_height(self) -> int:
        """Pixels of everything, with the bar below where the columns are too wide."""
        bar = self.horizontalScrollBar()
        return self.content_height() + (bar.sizeHint().height() if bar.maximum() > 0 else 0)

    def _fit_height(self) -> None:
        height = self.full_height()
        if (self.minimumHeight(), self.maximumHeight()) != (height, height):
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        if self._fitted:
            self._fit_height()
        elif self.hasFocus() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # a table that became lower keeps its cursor in sight

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_columns()

    @property
    def in_use(self) -> bool:
        """Whether the user is in this table; only then is its selected row shown."""
        return self.hasFocus() or self._editing is not None

    # -- editing -------------------------------------------------------------------------------------------

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

    def _first_editable(self, row: int) -> int:
        for column in range(len(self.rows.columns)):
            if not self.isColumnHidden(column) and self.rows.editable(self.rows.index(row, column)):
                return column
        return self.first_shown()

    # -- keys ----------------------------------------------------------------------------------------------

    def _command(self, event: QKeyEvent) -> str:
        """What a key asks of the table; empty for Qt's own business."""
        if event.matches(_KEYS.Copy):
            return "copy"
        if event.matches(_KEYS.Paste):
            return "paste"
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        plain = Qt.KeyboardModifier.NoModifier
        keys = Qt.Key
        return {
            (keys.Key_Return, plain): "enter",
            (keys.Key_Enter, plain): "enter",
            (keys.Key_Insert, plain): "add",
            (keys.Key_D, control): "duplicate",
            (keys.Key_Delete, plain): "delete",
            (keys.Key_Delete, control): "remove",
            (keys.Key_Backspace, control): "remove",
            (keys.Key_Up, alt): "rise",
            (keys.Key_Down, alt): "sink",
        }.get((Qt.Key(event.key()), modifiers), "")

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._command(event) not in ("", "enter")
        ):
            event.accept()  # the window's shortcuts stand back
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if not command:
            if event.key() == Qt.Key.Key_Space and self._kind_at_cursor() == "add":
                self._add()
                return
            super().keyPressEvent(event)
            return
        event.accept()
        self.do(command)

    def do(self, command: str) -> None:
        """Carry out `add`, `duplicate`, `remove`, `rise`, `sink`, `copy`, `paste`, `delete`, `enter` at
        the cursor."""
        row_id = self.current_row()
        if self.rows.read_only and command not in ("copy", "enter"):
            return
        if command == "enter":
            self._enter()
        elif command == "add":
            self._add()
        elif command == "copy":
            self.copy()
        elif command == "paste":
            self.paste()
        elif command in ("delete", "remove"):
            self._delete(whole_rows=command == "remove")
        elif row_id and command == "duplicate":
            self.row_duplicated.emit(row_id)
        elif row_id and command in ("rise", "sink"):
            self.row_moved.emit(row_id, -1 if command == "rise" else 1)

    def _kind_at_cursor(self) -> str:
        index = self.currentIndex()
        return self.rows.key_at(index.row()).kind if index.isValid() else ""

    def _enter(self) -> None:
        index = self.currentIndex()
        if self._kind_at_cursor() == "add":
            self._add()
        elif index.isValid() and self.rows.editable(index):
            self.edit(index)
        elif index.isValid():
            self.activated_row.emit(self.rows.key_at(index.row()).id)

    def _add(self) -> None:
        if self.rows.read_only:
            return
        index = self.currentIndex()
        self.row_added.emit(self.current_row() or (self._last_data_before(index.row()) if index.isValid() else ""))

    def _near(self, place: int) -> str:
        """The row that takes the place of one that went: what follows it, else what stands before."""
        count = self.rows.rowCount()
        order = [*range(place, count), *range(min(place, count) - 1, -1, -1)]
        return next((self.rows.key_at(at).id for at in order if self.rows.is_data(at)), "")

    def _last_data_before(self, row: int) -> str:
        return next((self.rows.key_at(at).id for at in range(row - 1, -1, -1) if self.rows.is_data(at)), "")

    def _delete(self, *, whole_rows: bool) -> None:
        chosen = self.selected_rows()
        index = self.currentIndex()
        if whole_rows or len(chosen) > 1:
            if chosen or self.current_row():
                self.row_removed.emit(chosen or [self.current_row()])
        elif self.rows.editable(index) and self.rows.cell(index).editing:
            row_id, key = self.current()
            self.set_marked(())
            self.cell_edited.emit(row_id, key, "")

    def copy(self) -> None:
        """Selected rows to the clipboard, as spreadsheets take them: all columns in sight, as shown."""
        shown = [c for at, c in enumerate(self.rows.columns) if not self.isColumnHidden(at) and not c.gantt]
        chosen = self.selected_rows() or ([self.current_row()] if self.current_row() else [])
        lines = [self.rows.row_at(self.rows.place(row_id)) for row_id in chosen]
        if lines:
            QGuiApplication.clipboard().setText(
                tsv.dump([[row.cell(column.key).text for column in shown] for row in lines])
            )

    def paste(self) -> None:
        """Rows from the clipboard, from the current cell on; the page decides what they become."""
        text = QGuiApplication.clipboard().text()
        if text:
            self.pasted.emit(self.current_row(), self.current()[1], tsv.parse(text))

    # -- focus and mouse -----------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or of the current one where the keyboard asks."""
        index = self.indexAt(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.currentIndex()
        if not self.more or not index.isValid() or not self.rows.is_data(index.row()):
            return
        self._make_current(index)
        at = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        popup(QMenu(self), self.more, at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.rows.rowCount():
            row = next((at for at in range(self.rows.rowCount()) if self.rows.is_data(at)), self.rows.rowCount() - 1)
            self.selectionModel().setCurrentIndex(
                self.rows.index(row, self._first_editable(row)),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.cell_focused.emit(*self.current())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()  # headings draw their cursor over several cells
        if current.isValid() and self.hasFocus() and not self._refreshing:
            self.cell_focused.emit(*self.current())

    def _clicked(self, index: QModelIndex) -> None:
        if self.rows.key_at(index.row()).kind == "add" and not self.rows.read_only:
            self.row_added.emit(self._last_data_before(index.row()))

    def _double_clicked(self, index: QModelIndex) -> None:
        key = self.rows.key_at(index.row())
        if key.kind == "group" or (self.rows.is_data(index.row()) and not self.rows.editable(index)):
            self.activated_row.emit(key.id)


class Header(QHeaderView):
    """Heads that stand over their cells: a style sheet knows only one padding for all."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        box = QRectF(rect)  # type: ignore[call-overload]
        table = self._table
        column = table.rows.columns[section]
        painter.save()
        if column.gantt and table.axis is not None:
            gantt.draw_head(painter, box, table.axis)
        else:
            painter.fillRect(box, color("sunken"))
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), color("line"))
            painter.setFont(font("small", 600))
            painter.setPen(color("ink2"))
            left, right = table.pads(section)
            inner = box.adjusted(left, 0, -right, 0)
            text = painter.fontMetrics().elidedText(column.head, Qt.TextElideMode.ElideRight, int(inner.width()) + 2)
            painter.drawText(inner, int(table.rows.alignment(section)), text)
        painter.restore()
