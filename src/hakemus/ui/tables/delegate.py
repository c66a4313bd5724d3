"""Paints every cell of a table from tokens and makes its editors.

The style is never asked for a cell's ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from hakemus.ui.look import icons
from hakemus.ui.look.style import color, font, hue, px
from hakemus.ui.tables.fitting import MARK_STEP
from hakemus.ui.tables.model import Index
from hakemus.ui.tables.rows import TWO_LINES, Cell, Row
from hakemus.ui.tables.wrapping import is_cut, line_height
from hakemus.ui.widgets import gantt
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.labels import plain_tip
from hakemus.ui.widgets.suggest import Suggest
from hakemus.ui.widgets.text_boxes import Line

if TYPE_CHECKING:
    from hakemus.ui.tables.row_table import RowTable

_VCENTER = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | _VCENTER
_MARKS = {"missing": ("warning", "warn"), "warning": ("warning", "warn"), "error": ("error", "error")}
_MARKS["old"] = ("clock", "ink2")


class CellDelegate(QStyledItemDelegate):
    """Ground, text, rule, mark and cell cursor; headings and the adding row are drawn across their cells."""

    def __init__(self, view: RowTable) -> None:
        super().__init__(view)
        self._view = view

    # -- painting ------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view = self._view.rows, self._view
        row = model.row_at(index.row())
        rect = option.rect
        state = option.state
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, row, index, selected=bool(state & QStyle.StateFlag.State_Selected))
        column = model.columns[index.column()]
        if column.gantt and view.axis is not None:
            self._timeline(painter, QRectF(rect), row)
        elif row.kind in ("group", "total", "add"):
            self._across(painter, rect, row, index.column())
        else:
            self._cell(painter, rect, row, index)
        if index.row() < model.rowCount() - 1:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        current = view.currentIndex()
        if current.row() == index.row() and view.hasFocus():
            self._cursor(painter, rect, row, index, current.column())
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, row: Row, index: Index, *, selected: bool) -> None:
        marked = self._view.is_marked(row.id, self._view.rows.columns[index.column()].key)
        heading = row.kind in ("group", "total")
        soft = selected and not heading and self._view.in_use
        painter.fillRect(rect, color("sunken" if heading else "accent_soft" if soft else "surface"))
        if marked:
            painter.fillRect(rect, color("note_soft"))
            painter.setPen(QPen(color("note"), 1))
            painter.drawRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -2.5))

    def _timeline(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        axis = self._view.axis
        assert axis is not None
        if row.kind == "periods":
            gantt.draw_periods(painter, rect, axis, row.brackets)
            return
        gantt.draw_ground(painter, rect, axis)
        bar = self._view.bar_of(row)
        if bar is not None:
            gantt.draw_row(painter, rect, axis, bar)

    def _across(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """A heading runs over the empty cells after it, without a span in the view: each cell paints
        its part."""
        view, model = self._view, self._view.rows
        first, last = view.run_of(row, column)
        whole = QRect(rect)
        whole.setLeft(view.columnViewportPosition(first))
        whole.setRight(view.columnViewportPosition(last) + view.columnWidth(last) - 1)
        left, right = view.pads(first)[0], view.pads(last)[1]
        indent = px(14) if row.kind == "add" and row.indent else 0
        box = whole.adjusted(left + indent, 0, -right, 0)
        cell = row.cell(model.columns[first].key)
        align = model.alignment(first) if row.kind != "add" and first != view.first_shown() else _LEFT
        icon = row.icon or ("plus" if row.kind == "add" else "")
        if icon and first == view.first_shown():
            tone = "accent" if row.kind == "add" else "ink2"
            box = self._icon(painter, box, icon, tone, 18, 24)
        if cell.mark:
            box = self._icon(painter, box, *_MARKS[cell.mark], 17, MARK_STEP)
        painter.setFont(font("label"))
        painter.setPen(color("accent" if row.kind == "add" else "ink"))
        text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() + 2)
        painter.drawText(box, align, text)

    def _cell(self, painter: QPainter, rect: QRect, row: Row, index: Index) -> None:
        view, column = self._view, index.column()
        cell = row.cell(view.rows.columns[column].key)
        left, right = view.pads(column)
        first = column == view.first_shown()
        box = rect.adjusted(left + (px(14) if first and row.indent else 0), 0, -right, 0)
        upper = box
        if row.kind in TWO_LINES:
            upper = box.adjusted(0, px(5), 0, -(box.height() // 2) + px(2))
        icon = row.icon or ("person" if row.kind == "person" else "")
        if first and icon:
            box = self._icon(painter, box, icon, "ink2", 18, 26, top=row.kind in TWO_LINES)
            upper.setLeft(box.left())
        if row.kind in TWO_LINES and first and row.detail:
            painter.setFont(font("small"))
            painter.setPen(color("ink2"))
            lower = box.adjusted(0, box.height() // 2 - px(2), 0, -px(5))
            painter.drawText(lower, _LEFT, _elided(painter, row.detail, lower.width()))
        lines = view.lines_of(row, column)
        self._text(painter, upper if len(lines) == 1 else box, cell, view.rows.alignment(column), lines)

    def _text(self, painter: QPainter, box: QRect, cell: Cell, align: Qt.AlignmentFlag, lines: tuple[str, ...]) -> None:
        tone = "ink"
        text = cell.text or (self._view.rows.words.mark_missing if cell.mark == "missing" else "")
        painter.setFont(font("table"))
        if cell.mark:
            icon, tone = _MARKS[cell.mark]
            if align & Qt.AlignmentFlag.AlignRight:
                # Figures keep their right edge; the mark stands before them.
                width = painter.fontMetrics().horizontalAdvance(text)
                at = max(box.left(), box.right() - width - px(MARK_STEP))
                self._icon(painter, QRect(at, box.top(), box.width(), box.height()), icon, tone, 17, MARK_STEP)
                box = box.adjusted(px(20), 0, 0, 0)
            else:
                box = self._icon(painter, box, icon, tone, 17, MARK_STEP)
        painter.setPen(color(tone))
        # Words may be two pixels wider than their box (`words_width`), and half a pixel wider than measured in whole
        # ones: the cell's own air has room for them.
        flags = align.value | Qt.TextFlag.TextDontClip.value
        if len(lines) > 1:
            top, step = box.center().y() + 1 - len(lines) * line_height() // 2, line_height()
            for at, words in enumerate(lines):
                painter.drawText(QRect(box.left(), top + at * step, box.width(), step), flags, words)
            return
        painter.drawText(box, flags, _elided(painter, text, box.width() + 3))

    @staticmethod
    def _icon(painter: QPainter, box: QRect, name: str, tone: str, size: int, step: int, *, top: bool = False) -> QRect:
        """An icon at the left of a box; what is left of the box."""
        side = px(size)
        y = box.top() + px(7) if top else box.center().y() - side / 2 + 1
        icons.paint(painter, name, hue(tone), QRectF(box.left(), y, side, side))
        return box.adjusted(px(step), 0, 0, 0)

    def _cursor(self, painter: QPainter, rect: QRect, row: Row, index: Index, current: int) -> None:
        view = self._view
        first, last = (current, current)
        if row.kind in ("group", "total", "add"):
            first, last = view.run_of(row, current)
        if not first <= index.column() <= last:
            return
        whole = QRectF(rect)
        whole.setLeft(view.columnViewportPosition(first))
        whole.setRight(view.columnViewportPosition(last) + view.columnWidth(last))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawRect(whole.adjusted(1, 1, -1, -2))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """A text that was cut is shown whole."""
        if event.type() == QEvent.Type.ToolTip and index.isValid() and not self._view.rows.cell(index).tip:
            row = self._view.rows.row_at(index.row())
            text = self._view.rows.cell(index).text
            width, most = self._view.words_width(row, index.column()), len(self._view.lines_of(row, index.column()))
            if self._view.rows.is_data(index.row()) and is_cut(text, width, most):
                QToolTip.showText(event.globalPos(), plain_tip(text), view)
                return True
        return bool(super().helpEvent(event, view, option, index))

    # -- editing -------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._view.rows.columns[index.column()]
        editor: Line | Combo
        if column.choices:
            editor = Combo(parent)
            for stored, shown in column.choices:
                editor.addItem(shown, stored)
            editor.activated.connect(lambda _at: self._view.choice_made(editor))
        elif column.suggestions:
            editor = Suggest(column.suggestions, parent)
            editor.line.setFrame(False)
            editor.typed.connect(lambda text: self._view.typed(editor, text))
        else:
            editor = Line(parent)
            editor.setAlignment(self._view.rows.alignment(index.column()))
            editor.typed.connect(lambda text: self._view.typed(editor, text))
        editor.setAccessibleName(column.head)
        self._view.editing_begins(editor, index)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # The model's redraws come here too: an editor is seeded once, or what is typed would be wiped.
        if editor.property("seeded"):
            return
        editor.setProperty("seeded", "yes")
        put(editor, self._view.rows.cell(index).editing)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, _index: Index) -> None:
        self._view.commit(editor)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = option.rect
        editor.setGeometry(rect.adjusted(0, 0, 0, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            move = self._move(watched, event)
            if move is not None:
                self._view.finish(watched, move)
                return True
        return bool(super().eventFilter(watched, event))

    @staticmethod
    def _move(editor: QWidget, event: QKeyEvent) -> str | None:
        """Where a key leads out of an editor: a way to go, or None while it stays."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            return "cancel"
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "down"
        if key == Qt.Key.Key_Tab:
            return "next"
        if key == Qt.Key.Key_Backtab:
            return "previous"
        if isinstance(editor, Line) and key == Qt.Key.Key_Up:
            return "up"
        if isinstance(editor, Line) and key == Qt.Key.Key_Down:
            return "down"
        return None


def put(editor: QWidget, text: str) -> None:
    """Show a text in an editor, without any signal of typing."""
    if isinstance(editor, Suggest):
        editor.set_text(text)
        editor.line.selectAll()
    elif isinstance(editor, Combo):
        at = editor.findData(text)
        if at < 0 and text:
            editor.addItem(text, text)
            at = editor.count() - 1
        editor.setCurrentIndex(at)
    elif isinstance(editor, Line):
        editor.setText(text)


def value(editor: QWidget) -> str:
    """The text that an editor stands on."""
    if isinstance(editor, Suggest):
        return editor.line.text()
    if isinstance(editor, Combo):
        return str(editor.currentData() or "")
    return editor.text() if isinstance(editor, Line) else ""


def _elided(painter: QPainter, text: str, width: int) -> str:
    line = text.replace("\n", " ")
    return painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
