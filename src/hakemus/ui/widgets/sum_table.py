"""Arithmetic as a small ledger: words left, figures right, a rule above each result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import clear, line
from hakemus.ui.widgets.labels import RIGHT, TOP, Label, label


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line of arithmetic; a `total` has a rule above it. Without a figure the words take the whole line."""

    words: str
    figure: str = ""
    total: bool = False
    tone: str = ""


class SumTable(QWidget):
    """A ledger that can be set again; an equal one disturbs nothing."""

    def __init__(self, rows: Sequence[SumRow] = (), width: int = 0) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(sp(3))
        self._grid.setHorizontalSpacing(sp(24))
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        self._least = width
        self._rows: tuple[SumRow, ...] = ()
        self._shown: tuple[list[Label], list[Label]] = ([], [])
        self.set(rows)

    def set(self, rows: Sequence[SumRow]) -> None:
        """Show other lines."""
        new = tuple(rows)
        if new == self._rows:
            return
        self._rows = new
        clear(self._grid)
        self._shown = ([], [])
        at = 0
        for each in new:
            if each.total and at:
                self._grid.addWidget(line(), at, 0, 1, 2)
                at += 1
            role = "strong" if each.total else "body"
            if each.figure:
                words = label(each.words, role, each.tone, wrap=len(each.words) > 26 or look().scale.factor > LARGE)
                figure = label(each.figure, role, each.tone, align=RIGHT)
                for column, made in enumerate((words, figure)):
                    self._grid.addWidget(made, at, column, TOP)
                    self._shown[column].append(made)
            else:
                self._grid.addWidget(label(each.words, role, each.tone, wrap=True), at, 0, 1, 2)
            at += 1
        if self._least:
            self.setMinimumWidth(max(px(self._least), self._needed()))

    def _needed(self) -> int:
        """What words on one line and figures take beside each other. A minimum that is set hides it from the layout."""
        widest = [0, 0]
        for column, labels in enumerate(self._shown):
            for made in labels:
                if not made.wordWrap():
                    made.ensurePolished()  # before that it has no font of its own
                    widest[column] = max(widest[column], made.sizeHint().width())
        return sum(widest) + self._grid.horizontalSpacing()
