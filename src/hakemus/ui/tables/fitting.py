"""How a table of rows takes its place: columns that are shown, the one that stretches, and the height of its rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from hakemus.ui.look.style import font, px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, HEIGHT
from hakemus.ui.tables.model import RowModel, same
from hakemus.ui.tables.rows import TWO_LINES, Column, Row
from hakemus.ui.tables.wrapping import line_height, wrapped
from hakemus.ui.widgets import gantt

MARK_STEP = 22
"""Units that a mark takes before the words of its cell."""
_LEAST_STRETCH = 120
_LEAST_WORDS = 110
"""Units below which a column of words is not squeezed: narrower, every word would be broken."""
_MOST_WORDS = 360
"""Units that a column's words ask for at most: a longer text goes on in a second line."""
_FIGURE = "8\u00a0888\u00a0888,88"
"""A figure as wide as those of most applications, for columns that are squeezed."""
_MOST_WRAPPED = 300
"""Rows of a table beyond which they stay one line high: to measure the words of thousands would hold up typing."""
_HEIGHTS = {"person": "row2", "detail": "row2", "periods": "periods", "total": "total"}


class FitsColumns(QTableView):
    """The part of a table that knows its own geometry; delegate and head ask it too."""

    heights_changed = Signal()
    """Rows have become higher or lower."""
    columns_changed = Signal()
    """Other columns are in sight."""

    rows: RowModel
    axis: gantt.Axis | None
    _shown: list[int]
    _fitted: bool
    _fitting: bool
    _own_widths: dict[int, int]
    """Columns that somebody drew to a width."""
    _measured: tuple[object, dict[str, object]]
    """The columns' widths, and the stamps of the rows whose heights were set for them."""

    def set_hidden(self, keys: Iterable[str]) -> None:
        """Hide these columns and show all others."""
        hidden, before = set(keys), self._shown
        self._fitting = True
        for at, column in enumerate(self.rows.columns):
            self.setColumnHidden(at, column.key in hidden)
        self._fitting = False
        self._shown = [at for at, column in enumerate(self.rows.columns) if column.key not in hidden] or [0]
        self._fit_columns()
        if before != self._shown:
            self.columns_changed.emit()

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
        """One column takes what the others leave. Lists take the room that their words need, where there is some, and
        other words what the column that stretches can spare; where there is too little, columns of words give way first
        and figures last."""
        if self._fitting:
            return
        columns = self.rows.columns
        stretch = next((at for at, column in enumerate(columns) if column.stretch), -1)
        if stretch < 0 or self.isColumnHidden(stretch):
            return
        shown = [at for at in range(len(columns)) if not self.isColumnHidden(at)]
        widths = {at: self._own_widths.get(at, px(columns[at].width)) for at in shown}
        widths[stretch] = px(max(_LEAST_STRETCH, columns[stretch].width))
        spare = self.viewport().width() - sum(widths.values())
        free = [at for at in shown if at != stretch and at not in self._own_widths]
        if spare >= 0:
            spare = self._grant_wishes(widths, spare, stretch, free)
            widths[stretch] += spare
        else:
            order = [at for at in free if columns[at].align == "text"]
            order += [at for at in free if columns[at].align == "num"]
            for at in (stretch, *order):
                less = max(0, min(-spare, widths[at] - self._least(at)))
                widths[at] -= less
                spare += less
        self._fitting = True
        try:
            for at, width in widths.items():
                self.setColumnWidth(at, width)
        finally:
            self._fitting = False
        self._fit_rows()

    def _grant_wishes(self, widths: dict[int, int], spare: int, stretch: int, free: list[int]) -> int:
        """Widen columns of words to what they wish for: the one that stretches first, then lists, then the others. A
        chart takes all there is. What is left."""
        if self.rows.columns[stretch].gantt:
            return spare
        wishes = {at: max(0, self._wish(at) - widths[at]) for at in (stretch, *free)}
        if sum(wishes.values()) > spare:
            for at in free:  # figures give what they do not need
                if self.rows.columns[at].align == "num":
                    less = max(0, widths[at] - self._least(at))
                    widths[at] -= less
                    spare += less
        for at in (stretch, *sorted(free, key=lambda at: not self.rows.columns[at].choices)):
            more = max(0, min(spare, wishes[at]))
            widths[at] += more
            spare -= more
        return spare

    def _drawn_to(self, column: int, width: int) -> None:
        """Somebody drew a column to a width: it keeps it."""
        if not self._fitting:
            self._own_widths[column] = width
            self._fit_columns()

    def _wish(self, at: int) -> int:
        """Pixels that the longest words of a column need in one line; figures have what they need."""
        column = self.rows.columns[at]
        if column.align != "text" or column.gantt:
            return 0
        words, small = QFontMetrics(font("table")), QFontMetrics(font("small"))
        needs = [words.horizontalAdvance(shown) for _stored, shown in column.choices]
        if not needs and self._wraps_now():
            first = at == self.first_shown()
            for place in range(self.rows.rowCount()):
                row = self.rows.row_at(place)
                if self.rows.is_data(place):
                    cell = row.cell(column.key)
                    need = words.horizontalAdvance(cell.text) + (px(MARK_STEP) if cell.mark else 0)
                    if first:
                        need = max(need, small.horizontalAdvance(row.detail)) + self._before(row)
                    needs.append(need)
        return min(max(needs, default=0), px(_MOST_WORDS)) + sum(self.pads(at)) + 2

    def _least(self, at: int) -> int:
        """Pixels below which a column is not squeezed."""
        column: Column = self.rows.columns[at]
        head = QFontMetrics(font("small", 600)).horizontalAdvance(column.head) + sum(self.pads(at))
        if column.stretch:
            return max(head, px(_LEAST_STRETCH))
        if column.align == "text":
            return max(head, min(px(column.width), px(_LEAST_WORDS)))
        figure = QFontMetrics(font("table")).horizontalAdvance(_FIGURE) + sum(self.pads(at))
        return max(head, min(px(column.width), figure))

    def words_width(self, row: Row, at: int) -> int:
        """Pixels that a cell of a row has for its words."""
        before = self._before(row) if at == self.first_shown() else 0
        if row.cell(self.rows.columns[at].key).mark:
            before += px(MARK_STEP)
        return self.columnWidth(at) - sum(self.pads(at)) - before + 2

    @staticmethod
    def _before(row: Row) -> int:
        """Pixels before the words of a row's first cell."""
        return (px(14) if row.indent else 0) + (px(26) if row.icon else 0)

    def lines_of(self, row: Row, at: int) -> tuple[str, ...]:
        """The words of a cell as its row has room for them."""
        text = row.cell(self.rows.columns[at].key).text
        if row.kind in TWO_LINES and at != self.first_shown():
            return wrapped(text, self.words_width(row, at), 2)
        return wrapped(text, self.words_width(row, at)) if self._wraps_now() and row.kind == "line" else (text,)

    def _wraps_now(self) -> bool:
        return self.rows.rowCount() <= _MOST_WRAPPED

    def _fit_rows(self) -> None:
        """Rows as high as their words need."""
        if not self._wraps_now():
            return
        columns = self.rows.columns
        words = [at for at in self._shown if columns[at].align == "text" and not columns[at].gantt]
        widths = [(at, self.columnWidth(at)) for at in words]
        before = self._measured[1] if self._measured[0] == widths else {}
        self._measured = (widths, {})
        changed = False
        for at in range(self.rows.rowCount()):
            key = self.rows.key_at(at)
            if key.kind != "line":
                continue
            self._measured[1][key.id] = key.stamp
            if key.id in before and same(before[key.id], key.stamp):
                continue
            row = self.rows.row_at(at)
            lines = max((len(self.lines_of(row, column)) for column in words), default=1)
            height = px(HEIGHT["row"]) + (lines - 1) * line_height()
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)
                changed = True
        if changed:
            if self._fitted:
                self._fit_height()
            self.heights_changed.emit()

    def _set_heights(self, first: int, last: int) -> None:
        self._measured = ((), {})
        for row in range(first, last + 1):
            name = _HEIGHTS.get(self.rows.key_at(row).kind)
            if name == "periods" and self.axis is not None and self.axis.shows_today:
                name = "periods_today"  # its flag has a line of its own
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
