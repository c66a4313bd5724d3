"""The rail of steps at the left: name, state in a shape and in words, always reachable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hakemus.ui.look import icons
from hakemus.ui.look.style import color, font, hue, px
from hakemus.ui.look.tokens import HEIGHT
from hakemus.ui.widgets.badges import STATE, Glyph
from hakemus.ui.widgets.boxes import clear_box, column, line, row, show_if
from hakemus.ui.widgets.labels import Label

Index = QModelIndex | QPersistentModelIndex
NARROW = 178
WIDE = 232


@dataclass(frozen=True, slots=True)
class RailItem:
    """A step as it is shown: `spoken` is the whole sentence for assistive tools."""

    step: str
    name: str
    short: str
    state: str
    words: str
    spoken: str


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: tuple[RailItem, ...] = ()

    def set(self, items: Sequence[RailItem]) -> None:
        new = tuple(items)
        if len(new) != len(self.items):
            self.beginResetModel()
            self.items = new
            self.endResetModel()
            return
        for at, (before, after) in enumerate(zip(self.items, new, strict=True)):
            if before != after:
                self.items = (*self.items[:at], after, *self.items[at + 1 :])
                self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.name}: {item.words}"
        return None


class _Delegate(QStyledItemDelegate):
    """Two lines: the name, and the state in words; the state's icon in front."""

    def __init__(self, rail: Rail) -> None:
        super().__init__(rail)
        self._rail = rail

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        tight = self._rail.narrow or self._rail.low
        return QSize(px(60), px(41 if tight else HEIGHT["step"]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self._rail.model.items[index.row()]
        icon, tone = STATE[item.state]
        tight = self._rail.narrow or self._rail.low
        state = option.state
        here = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = self._rail.view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(px(8), 1, -px(8), -1)
        if here or over:
            painter.setPen(QPen(color("line"), 1) if here else Qt.PenStyle.NoPen)
            painter.setBrush(color("surface" if here else "sunken"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if here and focused:
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        elif here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + px(9), 4, box.height() - px(18)), 2, 2)
        side, inset = px(20), px(8 if self._rail.narrow else 13)
        icons.paint(painter, icon, hue(tone), QRectF(box.left() + inset, box.center().y() - side / 2, side, side))
        air = px(2 if tight else 4)
        before, after = (px(7), px(2)) if self._rail.narrow else (px(10), px(4))
        text = box.adjusted(inset + side + before, air, -after, -air)
        painter.setFont(font("label" if self._rail.narrow else "body", 600 if here else 400))
        painter.setPen(color("ink"))
        metrics = painter.fontMetrics()
        # Judged by the letters of the open step, so that a step keeps its name when it is opened.
        open_step = QFontMetrics(font("label" if self._rail.narrow else "body", 600))
        name = item.name if open_step.horizontalAdvance(item.name) <= text.width() else item.short
        if here and metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(text.width())) != name:
            painter.setFont(font("label" if self._rail.narrow else "body"))  # rather lighter than cut
            metrics = painter.fontMetrics()
        half = text.height() / 2
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        width = int(text.width())
        painter.drawText(
            QRectF(text.left(), text.top(), text.width(), half), int(left), metrics.elidedText(name, elide, width)
        )
        painter.setFont(font("small"))
        painter.setPen(color(tone))
        words = painter.fontMetrics().elidedText(item.words, elide, width)
        painter.drawText(QRectF(text.left(), text.top() + half, text.width(), half), int(left), words)
        painter.restore()


class _View(QListView):
    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()


class Rail(QFrame):
    """Title, call and saved state above, steps below. `chosen(step)` when a step is chosen."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.narrow = self.low = False
        self.view = _View()
        self.view.setObjectName("steps")
        self.view.setAccessibleName(name)
        self.model = _Model(self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self._title = Label("", "strong", wrap=True)
        self._call = Label("", "small", wrap=True)
        self._saved_glyph = Glyph("done", "ok", 16)
        self._saved = Label("", "small", wrap=True)
        saved = row(self._saved_glyph, gap=5)
        saved.addWidget(self._saved, 1)
        self._about = clear_box(column(self._title, self._call, 2, saved, gap=3, margins=(20, 16, 14, 12)))
        self._rule = line()
        box = column(self._about, self._rule, 8, gap=0)
        box.addWidget(self.view, 1)
        self.setLayout(box)
        self._quiet = False

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(self.model.items[current.row()].step)

    def set_items(self, items: Sequence[RailItem]) -> None:
        self.model.set(items)

    def set_current(self, step: str) -> None:
        """Show which step is open; says nothing."""
        at = next((place for place, item in enumerate(self.model.items) if item.step == step), -1)
        if at >= 0:
            self._quiet = True
            self.view.setCurrentIndex(self.model.index(at))
            self._quiet = False

    def set_about(self, title: str, call: str) -> None:
        self._title.set_text(title)
        self._call.set_text(call)

    def set_saved(self, words: str, state: str) -> None:
        """`state`: done or half."""
        icon, tone = STATE[state]
        self._saved_glyph.set(icon, tone)
        self._saved.set_tone(tone)
        self._saved.set_text(words)

    def set_room(self, *, narrow: bool, low: bool) -> None:
        """Tighter on narrow and on low windows."""
        self.narrow, self.low = narrow, low
        self.setFixedWidth(px(NARROW if narrow else WIDE))
        show_if(self._about, not narrow)
        show_if(self._rule, not narrow)
        self.view.setSpacing(0)
        self.view.doItemsLayout()
        self.view.viewport().update()
