"""The answers of the step Review: a card for each step of the application, made anew where an answer is another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from hakemus.i18n.field_names import STEP_NAMES
from hakemus.report.cell_words import cell_text
from hakemus.report.model import Cell, Copy, EmptyCell, Field, Row, RowKind, Section, Table
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import px, sp
from hakemus.ui.widgets.badges import Badge, glyph
from hakemus.ui.widgets.boxes import card, clear_box, column, line, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import LEFT, TOP, label
from hakemus.usecases.wizard import StepState, states

MANY = 40
"""Rows of a table from which on they stand in one text: as many labels would keep the window waiting."""
MOST = 100
"""Rows of a table that are read here; the others are counted, and stand in their step and on the paper."""


class Answers(QWidget):
    """Says what `refresh` finds once the page is in sight: nobody waits for it to get to the step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._desk = desk
        self._stacked = False
        self._shown: dict[str, tuple[tuple[Section, StepState | None, bool], QFrame]] = {}
        self._box = column(gap=16)
        self.setLayout(self._box)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fill)

    def refresh(self, *, stacked: bool) -> None:
        """Show the answers as they stand; `stacked`: each under its question."""
        self._stacked = stacked
        self._soon.start()

    def _fill(self) -> None:
        desk = self._desk
        report = desk.outputs.report(desk.document(), Copy.DRAFT, desk.words.language)
        by_step = {state.step: state for state in states(desk.session.check)}
        wanted = {section.key: (section, by_step.get(section.key), self._stacked) for section in report.sections}
        kept = {key: held for key, held in self._shown.items() if wanted.get(key) == held[0]}
        for key, (_content, gone) in self._shown.items():
            if key not in kept:
                self._box.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        self._shown = {}
        for at, (key, content) in enumerate(wanted.items()):
            made = kept[key][1] if key in kept else self._card(*content[:2])
            self._shown[key] = (content, made)
            if key not in kept:
                self._box.insertWidget(at, made)

    def _card(self, section: Section, state: StepState | None) -> QFrame:
        desk = self._desk
        title = desk.t(STEP_NAMES.get(section.key, section.key))
        change = button(
            desk.t("Show") if desk.read_only else desk.t("Change"),
            "eye" if desk.read_only else "edit",
            "quiet",
            name=desk.t("Show: {step}", step=title) if desk.read_only else desk.t("Change: {step}", step=title),
            does=lambda: desk.wishes.go.emit(f"step:{section.key}"),
        )
        badge = (Badge(state.state.value, desk.say(state.words)),) if state is not None else ()
        head = Flow(label(title, "h2"), *badge, None, change)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(16))
        grid.setVerticalSpacing(sp(5))
        names = px(200)
        if not self._stacked:
            grid.setColumnMinimumWidth(0, names)
        grid.setColumnStretch(1, 1)
        at = 0
        for block in section.blocks:
            for words, answer in self._lines(section.key, block):
                if at:
                    grid.addWidget(line(), 2 * at - 1, 0, 1, 2)
                question = label(words, "body2", wrap=True, align=TOP | LEFT)
                if self._stacked:
                    grid.addLayout(column(question, answer, gap=1), 2 * at, 0, 1, 2)
                else:
                    question.setFixedWidth(names)
                    grid.addWidget(question, 2 * at, 0, TOP)
                    grid.addWidget(answer, 2 * at, 1)
                at += 1
        return card(head, clear_box(grid), gap=6, margins=(20, 9, 14, 13))

    def _lines(self, step: str, block: object) -> list[tuple[str, QWidget]]:
        if isinstance(block, Field):
            return [(block.label.text, self._answer(block.cell))]
        if isinstance(block, Table):
            return [(block.title.text, self._table(step, block))]
        return []

    def _answer(self, cell: Cell) -> QWidget:
        if isinstance(cell, EmptyCell):
            return clear_box(
                row(glyph("empty", "warn", 18), label(self._desk.t("Not filled in"), "strong", "warn"), None, gap=6)
            )
        return label(cell_text(cell, self._desk.call.currency), wrap=True)

    def _table(self, step: str, table: Table) -> QWidget:
        shown = [label(text, role, wrap=True) for role, text in self._texts(step, table)]
        if not shown:
            return label(table.empty or self._desk.t("Not filled in"), "body2", wrap=True)
        return clear_box(column(*shown, gap=3))

    def _texts(self, step: str, table: Table) -> Iterator[tuple[str, str]]:
        """Role and words of each label that a table's rows are read in."""
        many = sum(item.kind is RowKind.LINE for item in table.rows) >= MANY
        left = MOST
        for is_line, items in groupby(table.rows, lambda item: item.kind is RowKind.LINE):
            texts = [text for text in map(self._text, items) if text]
            if not is_line or not many:
                yield from (("body" if is_line else "strong", text) for text in texts)
                continue
            here, rest = texts[:left], len(texts[left:])
            left -= len(here)
            if here:
                yield "body", "\n".join(f"\N{EN DASH} {text}" for text in here)
            if rest:
                yield (
                    "body2",
                    self._desk.nt(
                        "{count} more row in the step {step}",
                        "{count} more rows in the step {step}",
                        rest,
                        step=self._desk.t(STEP_NAMES.get(step, step)),
                    ),
                )

    def _text(self, item: Row) -> str:
        words = (cell_text(cell, self._desk.call.currency) for cell in item.cells)
        return " · ".join(part for part in words if part)
