"""Bars of the timeline moved and resized by pointer: dragging is one more way beside the table's cells and its keys.

A press and a small movement change nothing; the platform says from where on a movement is a drag. Escape, or the loss
of focus, takes a drag back. The table says by how many days, once, when the button is let go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from hakemus.ui.look.style import px
from hakemus.ui.tables.editing import EditsCells
from hakemus.ui.tables.rows import Row
from hakemus.ui.widgets import gantt

Shown = Callable[[str, int, int], gantt.Bar | None]
_CURSORS = {
    "start": Qt.CursorShape.SizeHorCursor,
    "end": Qt.CursorShape.SizeHorCursor,
    "whole": Qt.CursorShape.SizeAllCursor,
}


@dataclass(slots=True)
class _Drag:
    """A bar under a pressed button."""

    row_id: str
    part: str
    pressed: QPoint
    on: bool = False
    """Whether the pointer has gone far enough."""
    days: tuple[int, int] = (0, 0)
    """By how many days beginning and end have moved."""
    bar: gantt.Bar | None = None
    """The bar with the days of this moment."""


class DragsBars(EditsCells):
    """The part of a table whose bars can be taken by pointer."""

    bar_moved = Signal(str, int, int)
    """row, days by which its beginning moves, days by which its end does."""
    bar_shown: Shown | None = None
    """The bar of a row with its ends moved by so many days, in the words of the page, or None where the calendar has no
    such days; without it nothing is dragged."""
    _drag: _Drag | None = None

    def bar_of(self, row: Row) -> gantt.Bar | None:
        """What is drawn for a row: while it is dragged, the bar with the days of this moment."""
        drag = self._drag
        return drag.bar if drag is not None and drag.on and drag.row_id == row.id else row.bar

    def _cell_of_bar(self, index: QModelIndex) -> QRectF:
        return QRectF(self.visualRect(index))

    def _part_at(self, at: QPoint) -> tuple[str, str]:
        """The row whose bar lies under a point, and which part of it: `start`, `end`, `whole`; empty for none."""
        index = self.indexAt(at)
        if not index.isValid() or self.axis is None or self.rows.read_only or self.bar_shown is None:
            return "", ""
        if not self.rows.columns[index.column()].gantt or not self.rows.is_data(index.row()):
            return "", ""
        row = self.rows.row_at(index.row())
        bar = row.bar
        if bar is None:
            return "", ""
        cell = self._cell_of_bar(index)
        left, right = gantt.ends_of(bar, cell, self.axis)
        grip = px(6)
        if abs(at.y() - cell.center().y()) > px(12) or not left - grip <= at.x() <= right + grip:
            return "", ""
        inside = min(grip, (right - left) / 3)
        if bar.milestone or bar.start is None or bar.end is None or bar.end < bar.start:
            return row.id, "whole"
        if at.x() < left + inside:
            return row.id, "start"
        return row.id, "end" if at.x() > right - inside else "whole"

    # -- pointer --------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        at = event.position().toPoint()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        row_id, part = self._part_at(at) if event.button() == Qt.MouseButton.LeftButton and plain else ("", "")
        super().mousePressEvent(event)
        if part:
            self._drag = _Drag(row_id, part, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        drag = self._drag
        if drag is None:
            if self.bar_shown is not None and not event.buttons():
                self._point(self._part_at(at)[1])
            super().mouseMoveEvent(event)
            return
        # Qt would select the rows that the pointer passes.
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._let_go()
            return
        if not drag.on and (at - drag.pressed).manhattanLength() < QApplication.startDragDistance():
            return
        drag.on = True
        self._pull(drag, at.x() - drag.pressed.x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        super().mouseReleaseEvent(event)
        self._let_go()
        if drag is not None and drag.on and any(drag.days) and self.rows.place(drag.row_id) >= 0:
            self.bar_moved.emit(drag.row_id, *drag.days)

    def _pull(self, drag: _Drag, pixels: int) -> None:
        """Show the bar so many pixels further, on whole days; an end never comes before its beginning."""
        row = self.rows.place(drag.row_id)
        column = next(at for at, column in enumerate(self.rows.columns) if column.gantt)
        bar = self.rows.row_at(row).bar if row >= 0 else None
        if self.axis is None or self.bar_shown is None or bar is None:
            self._let_go()
            return
        cell = self._cell_of_bar(self.rows.index(row, column))
        days = round(pixels * (self.axis.end - self.axis.start).days / max(1.0, cell.width()))
        if drag.part != "whole":
            assert bar.start is not None
            assert bar.end is not None
            length = (bar.end - bar.start).days
            days = min(days, length) if drag.part == "start" else max(days, -length)
        moved = (days if drag.part != "end" else 0, days if drag.part != "start" else 0)
        shown = self.bar_shown(drag.row_id, *moved)
        if shown is not None:
            drag.days, drag.bar = moved, shown
        self.viewport().update()

    def _let_go(self) -> None:
        self._drag = None
        self._point("")
        self.viewport().update()

    def _point(self, part: str) -> None:
        if part:
            self.viewport().setCursor(_CURSORS[part])
        else:
            self.viewport().unsetCursor()

    # -- taking it back --------------------

    def event(self, event: QEvent) -> bool:
        if self._drag is not None and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # the window's own Escape stands back
            if event.type() == QEvent.Type.KeyPress:
                self._let_go()
            return True
        return bool(super().event(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._let_go()
        super().focusOutEvent(event)
