"""A table of rows to type into, for the keyboard first.

It shows what its source says and tells what the user does.

It knows no session: a keystroke is `cell_typed`, the end of an edit `cell_edited`, and so on; the page turns row and
column into a path. While a cell is edited, redraws pass it by, except when its value changes from elsewhere (undo).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from hakemus.ui.look.style import px
from hakemus.ui.look.tokens import HEIGHT
from hakemus.ui.tables import tsv
from hakemus.ui.tables.bar_drag import DragsBars
from hakemus.ui.tables.delegate import CellDelegate
from hakemus.ui.tables.header import Header
from hakemus.ui.tables.keys import bar_move_of, command_of
from hakemus.ui.tables.model import RowModel
from hakemus.ui.tables.rows import Column, ListSource, Row, RowSource, TableWords
from hakemus.ui.widgets import gantt
from hakemus.ui.widgets.page_area import area_around
from hakemus.ui.widgets.text_boxes import Entry, popup


class RowTable(DragsBars):
    """See the module. `row_id` is empty where there is no row."""

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
        self.axis = None
        self._refreshing = False
        self.more: Sequence[Entry] = ()
        self._marked: frozenset[tuple[str, str]] = frozenset()
        self._editing = None
        self._shown = list(range(len(columns)))
        self._fitted = False
        self._fitting = False
        self._own_widths = {}
        self._measured = ((), {})
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
        self._fitting = True
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, px(column.width))
        self._fitting = False
        head.sectionResized.connect(lambda at, _before, width: self._drawn_to(at, width))
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
        self.setMouseTracking(any(column.gantt for column in self.rows.columns))

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
        self._fit_rows()
        if self._fitted:
            self._fit_height()

    def set_choices(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """Other values, (stored, shown), to choose from in a column."""
        self.rows.set_choices(key, choices)

    def set_axis(self, axis: gantt.Axis | None) -> None:
        """The axis of the timeline column."""
        had, has = (one is not None and one.shows_today for one in (self.axis, axis))
        self.axis = axis
        if had != has:
            self._set_heights(0, self.rows.rowCount() - 1)
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def set_read_only(self, on: bool) -> None:
        """Rows that can be read and copied but not changed."""
        self.rows.read_only = on

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

    def focus_cell(self, row_id: str, key: str = "", *, edit: bool = False) -> bool:
        """Take focus, make a cell current, scroll to it and, if asked, open it for typing."""
        if not self.set_current(row_id, key):
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scrollTo(self.currentIndex())
        self._lead_page()
        if edit and self.rows.editable(self.currentIndex()):
            self.edit(self.currentIndex())
        return True

    def _lead_page(self) -> None:
        """The page goes along with the cursor. Not under a pressed button, which would come up over another row."""
        area = area_around(self)
        if area is not None and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            QTimer.singleShot(0, self, lambda: area.follow_cursor(self))  # a new row has its place by then

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

    def _first_editable(self, row: int) -> int:
        for column in range(len(self.rows.columns)):
            if not self.isColumnHidden(column) and self.rows.editable(self.rows.index(row, column)):
                return column
        return self.first_shown()

    # -- keys ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (command_of(event) not in ("", "enter") or self._bar_move(event) is not None)
        ):
            event.accept()  # the window's shortcuts stand back
            return True
        return bool(super().event(event))

    def _bar_move(self, event: QKeyEvent) -> tuple[int, int] | None:
        """What a key does to the bar under the cursor; None elsewhere."""
        index = self.currentIndex()
        on_bar = index.isValid() and self.rows.columns[index.column()].gantt and self.rows.is_data(index.row())
        return bar_move_of(event) if on_bar and not self.rows.read_only else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moved = self._bar_move(event)
        if moved is not None:
            event.accept()
            self.bar_moved.emit(self.current_row(), *moved)
            return
        command = command_of(event)
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
            self._lead_page()
            self.cell_focused.emit(*self.current())

    def _clicked(self, index: QModelIndex) -> None:
        if self.rows.key_at(index.row()).kind == "add" and not self.rows.read_only:
            self.row_added.emit(self._last_data_before(index.row()))

    def _double_clicked(self, index: QModelIndex) -> None:
        key = self.rows.key_at(index.row())
        if key.kind == "group" or (self.rows.is_data(index.row()) and not self.rows.editable(index)):
            self.activated_row.emit(key.id)
