"""How a table of rows takes its place: columns that are shown, the one that stretches, and the height of its rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from hakemus.ui.look.style import px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, HEIGHT
from hakemus.ui.tables.model import RowModel
from hakemus.ui.tables.rows import Row
from hakemus.ui.widgets import gantt

_LEAST_STRETCH = 150
_HEIGHTS = {"person": "row2", "detail": "row2", "periods": "periods", "total": "total"}


class FitsColumns(QTableView):
    """The part of a table that knows its own geometry; delegate and head ask it too."""

    rows: RowModel
    axis: gantt.Axis | None
    _shown: list[int]
    _fitted: bool
    _fitting: bool

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

    def content_height(self) -> int:
        """Pixels that all rows and the head take."""
        inside = self.verticalHeader().length() + self.horizontalHeader().height()
        return inside + (1 if self.property("shape") == "inset" else 2)

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
