"""The ways out of a finding as a table to compare: a changed figure is strong and says by how much,
others are quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import clear, column, line
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import LEFT, MIDDLE, RIGHT, label
from hakemus.ui.widgets.tab_order import come_in_place


@dataclass(frozen=True, slots=True)
class ExitFigure:
    """A sum after the way out, and its difference; without a difference it stays the same."""

    figure: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class ExitRow:
    """One way out.

    `use` is the word of its button, empty where nothing may change; `use_name` its whole sentence; `need` what only
    the user can do.
    """

    id: str
    words: str
    figures: tuple[ExitFigure, ...]
    use: str
    use_name: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class ExitsView:
    """Heads are the title and one head for each figure; `same` is said under an unchanged figure."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[ExitRow, ...]
    same: str


class ExitsTable(QWidget):
    """`used(id)` when a way out is chosen. The ways are equals: none is primary."""

    used = Signal(str)

    def __init__(self, view: ExitsView | None = None) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._grid = QGridLayout()
        # Room for the focus ring of the buttons at the right.
        self._grid.setContentsMargins(0, 0, 5, 0)
        self._grid.setHorizontalSpacing(sp(12))
        self._grid.setVerticalSpacing(sp(6))
        self.setLayout(self._grid)
        self._view: ExitsView | None = None
        self._buttons: list[QWidget] = []
        if view is not None:
            self.set(view)

    def set(self, view: ExitsView) -> None:
        """Show other ways out; equal ones keep their buttons and focus."""
        if view == self._view:
            return
        self._view = view
        clear(self._grid)
        self._buttons = []
        last = len(view.heads) + 1
        for old in range(self._grid.columnCount()):
            self._grid.setColumnStretch(old, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(label(view.title, "label", wrap=True), 0, 0)
        large = look().scale.factor > LARGE
        for at, head in enumerate(view.heads):
            self._grid.addWidget(label(head, "small", wrap=large, align=RIGHT | MIDDLE), 0, at + 1)
        for n, each in enumerate(view.rows):
            self._grid.addWidget(line(), 5 * n + 1, 0, 1, last + 1)
            self._add(5 * n + 2, each, view.same, last)
        come_in_place(self)

    def _add(self, at: int, each: ExitRow, same: str, last: int) -> None:
        large = look().scale.factor > LARGE  # then there is no room beside the figures
        self._grid.addWidget(label(each.words, "label", wrap=True), at, 0, 1, last + 1 if large else 1, MIDDLE)
        if each.need:
            self._grid.addWidget(label(each.need, "small", wrap=True), at + 3, 0, 1, last + 1)
        self._grid.setColumnMinimumWidth(0, 0 if large else px(120))
        for n, figure in enumerate(each.figures):
            strong = "strong" if figure.change else "body2"
            cell = column(
                label(figure.figure, strong, align=RIGHT),
                label(figure.change or same, "small", "ink2", align=RIGHT),
                gap=0,
            )
            self._grid.addLayout(cell, at + large, n + 1, MIDDLE)
        if not each.use:
            return
        use = button(each.use, "", "small", name=each.use_name or f"{each.use}: {each.words}")
        use.clicked.connect(lambda _checked=False, which=each.id: self.used.emit(which))
        self._buttons.append(use)
        if large:
            self._grid.addWidget(use, at + 2, 0, 1, last + 1, LEFT | MIDDLE)
        else:
            self._grid.addWidget(use, at, last, LEFT | MIDDLE)

    def buttons(self) -> Sequence[QWidget]:
        """The buttons in order."""
        return tuple(self._buttons)
