"""The heads of a table's columns."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from hakemus.ui.look.style import color, font
from hakemus.ui.tables.fitting import FitsColumns
from hakemus.ui.widgets import gantt


class Header(QHeaderView):
    """Heads that stand over their cells: a style sheet knows only one padding for all."""

    def __init__(self, table: FitsColumns) -> None:
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
