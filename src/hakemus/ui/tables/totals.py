"""The strip of sums under a table: fixed, in line with the columns, of real labels that assistive tools
can read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from hakemus.ui.look.style import px
from hakemus.ui.look.tokens import HEIGHT
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.widgets.labels import LEFT, MIDDLE, RIGHT, Label


class TotalsStrip(QFrame):
    """A heading at the left and a figure under each column that has one. `clicked()`: somebody wants to know more."""

    clicked = Signal()

    def __init__(self, table: RowTable) -> None:
        super().__init__()
        self.setObjectName("totals")
        if table.property("shape") == "inset":
            self.setProperty("inset", "true")
        self._table = table
        self._title = Label("", "strong", wrap=True, align=LEFT | MIDDLE)
        self._title.setParent(self)
        self._figures: dict[str, Label] = {}
        self.setFixedHeight(px(HEIGHT["total"]))
        table.horizontalHeader().sectionResized.connect(lambda *_: self._place())
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self._place())
        table.verticalScrollBar().rangeChanged.connect(lambda *_: self._place())

    def set(self, title: str, figures: Mapping[str, str], tones: Mapping[str, str] | None = None) -> None:
        """The heading, and the figures by column key."""
        self._title.set_text(title)
        for key in list(self._figures):
            if key not in figures:
                self._figures.pop(key).deleteLater()
        for key, text in figures.items():
            if key not in self._figures:
                figure = Label("", "strong", align=RIGHT | MIDDLE)
                figure.setParent(self)
                figure.show()
                self._figures[key] = figure
            self._figures[key].set_text(text)
            self._figures[key].set_tone((tones or {}).get(key, ""))
        self._place()

    def text(self, key: str) -> str:
        """The figure in sight under a column."""
        return self._figures[key].text() if key in self._figures else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _place(self) -> None:
        table = self._table
        origin = table.viewport().x()
        edge = self.width()
        height = self.height() - 2
        first = table.first_shown()
        for key, figure in self._figures.items():
            at = table.rows.column_of(key)
            figure.setVisible(at >= 0 and not table.isColumnHidden(at))
            right = origin + table.columnViewportPosition(at) + table.columnWidth(at) - table.pads(at)[1]
            width = figure.sizeHint().width()
            figure.setGeometry(right - width, 2, width, height)
            if figure.isVisibleTo(self):
                edge = min(edge, right - width)
        left = origin + table.columnViewportPosition(first) + table.pads(first)[0]
        width = max(0, edge - left - px(8))
        self._title.setGeometry(left, 2, width, height)
        need = max(px(HEIGHT["total"]), self._title.heightForWidth(width) + 6)
        if need != self.height():  # a long heading beside few columns goes on in a second line
            self.setFixedHeight(need)
            table.heights_changed.emit()


class TableBox(QWidget):
    """A table with its sums under it, as one frame. The table scrolls; the sums stay in sight."""

    def __init__(self, table: RowTable) -> None:
        super().__init__()
        self.table = table
        self.totals = TotalsStrip(table)
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(table, 1)
        box.addWidget(self.totals)
        self.setLayout(box)
        self.setFocusProxy(table)
        table.setMinimumHeight(px(300))
        table.rows.rowsInserted.connect(lambda *_: self._limit())
        table.horizontalScrollBar().rangeChanged.connect(lambda *_: self._limit())
        table.rows.rowsRemoved.connect(lambda *_: self._limit())
        table.heights_changed.connect(self._limit)
        self._limit()

    def _limit(self) -> None:
        # A table with few rows must not leave a hole above its sums.
        height = max(px(110), self.table.full_height())
        self.table.setMaximumHeight(height)
        self.table.setMinimumHeight(min(px(300), height))
        self.setMaximumHeight(height + self.totals.height())
