"""The rest of a table's current row as fields under the table: nothing is hidden in a dialog, nothing clipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from hakemus.ui.binding.fields import BoundField
from hakemus.ui.binding.goal_picker import GoalPicker
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import sp
from hakemus.ui.widgets.boxes import clear, column
from hakemus.ui.widgets.field import Kind, Option
from hakemus.ui.widgets.labels import TOP, Label
from hakemus.ui.widgets.tab_order import come_in_place

Options = Callable[[], Sequence[Option]]
Bound = BoundField | GoalPicker


@dataclass(frozen=True, slots=True)
class Detail:
    """A field of the row beside the table's columns. `span` is how many of the grid's columns it takes."""

    key: str
    kind: Kind | None = None
    options: Options | None = None
    span: int = 1
    goals: bool = False
    """Boxes for the goals that the row serves, instead of a field."""


class RowDetails(QFrame):
    """Fields for the row that has the cursor. The page registers them, so that findings and jumps reach them."""

    def __init__(
        self,
        desk: Desk,
        details: Callable[[str], Sequence[Detail]],
        title: Callable[[str], str],
        register: Callable[[Bound | None, str], None],
        columns: int = 3,
        says: Callable[[str], str] | None = None,
    ) -> None:
        """`details`, `title` and `says` (what its figures come to, in words) are asked for a row's address;
        `register(None, row)` takes a row's fields away."""
        super().__init__()
        self.setObjectName("card")
        self._desk, self._details, self._title_of, self._register = desk, details, title, register
        self._columns = columns
        self._says = says
        self._row = ""
        self._wanted = ""
        self._lists: list[tuple[BoundField, Options]] = []
        self._placed: list[tuple[QWidget, int]] = []
        """Fields in order, each with the columns that it takes where there is room for all."""
        self._across = columns
        self._title = Label("", "strong", wrap=True)
        self.words = Label("", "body2", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(sp(20))
        self._grid.setVerticalSpacing(sp(10))
        self.setLayout(column(self._title, self.words, self._grid, gap=10, margins=(20, 12, 20, 16)))
        self.hide()

    @property
    def row(self) -> str:
        return self._row

    def show_row(self, row: str) -> None:
        """Follow the table's cursor; built in the next turn, so that a held arrow key stays quick."""
        if row == self._wanted or not row:
            return
        self._wanted = row
        QTimer.singleShot(0, self, self._build_wanted)

    def _build_wanted(self) -> None:
        if self._wanted != self._row:
            self.build(self._wanted)

    def build(self, row: str) -> None:
        """Fields for a row, now."""
        if self._row:
            self._register(None, self._row)
        clear(self._grid)
        self._lists, self._placed = [], []
        self._row = self._wanted = row
        if not row or self._desk.session.value(row) is None:
            self._row = ""
            self.hide()
            return
        details = self._details(row)
        if not details and not (self._says and self._says(row)):
            self.hide()
            return
        for detail in details:
            bound = self._bound(f"{row}.{detail.key}", detail)
            self._register(bound, row)
            self._placed.append((bound.widget, detail.span))
        self._across = self._room()
        self._place()
        self.follow()
        self.show()
        come_in_place(self)

    def _place(self) -> None:
        """The fields in as many columns as there is room for."""
        at, across = 0, self._across
        for widget, wished in self._placed:
            span = min(wished, across)
            if at % across + span > across:
                at += across - at % across
            self._grid.addWidget(widget, at // across, at % across, 1, span, TOP)
            at += span
        for column_at in range(self._columns):
            self._grid.setColumnStretch(column_at, 1 if column_at < across else 0)

    def _room(self) -> int:
        """How many columns the widest field leaves room for."""
        inside = self.width() - self._edges()
        gap, widest = self._grid.horizontalSpacing(), self._widest()
        return max(1, min(self._columns, (inside + gap) // max(1, widest + gap)))

    def _widest(self) -> int:
        return max((widget.minimumSizeHint().width() for widget, _span in self._placed), default=0)

    def _edges(self) -> int:
        outer = self.layout()
        assert outer is not None
        margins = outer.contentsMargins()
        return margins.left() + margins.right() + 2 * self.frameWidth()

    def minimumSizeHint(self) -> QSize:
        # The least width is that of one column, or the card could never become narrow.
        return QSize(self._widest() + self._edges(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._placed and self._room() != self._across:
            self._across = self._room()
            for widget, _span in self._placed:
                self._grid.removeWidget(widget)
            self._place()

    def _bound(self, path: str, detail: Detail) -> Bound:
        if detail.goals:
            return GoalPicker(self._desk, path, parent=self)
        options = tuple(detail.options()) if detail.options else ()
        made = BoundField(self._desk, path, kind=detail.kind, options=options, parent=self)
        if detail.options:
            self._lists.append((made, detail.options))
        return made

    def follow(self) -> None:
        """The title follows the row's own words; a row that is gone takes its fields with it."""
        if not self._row:
            return
        if self._desk.session.value(self._row) is None:
            self.build("")
        else:
            self._title.set_text(self._title_of(self._row))
            words = self._says(self._row) if self._says else ""
            self.words.set_text(words)
            self.words.setVisible(bool(words))
            for bound, options in self._lists:
                bound.set_options(options())
