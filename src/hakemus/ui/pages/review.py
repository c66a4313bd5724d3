"""The step Review: the whole application to read once more, blanks named, findings by level, each with its way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from hakemus.domain.findings import Finding, Severity
from hakemus.domain.steps import STEPS
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.i18n.marking import N_
from hakemus.report.cell_words import cell_text
from hakemus.report.model import Cell, Copy, EmptyCell, Field, RowKind, Section, Table
from hakemus.ui.binding.finding_buttons import finding_entry
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.badges import Badge, Progress, glyph
from hakemus.ui.widgets.boxes import Item, card, clear_box, column, line, refill, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.flow import Aside, Flow
from hakemus.ui.widgets.labels import LEFT, TOP, Label, label
from hakemus.usecases.session import Change
from hakemus.usecases.wizard import StepState, done_count, states

_STACKED_BELOW = 560
"""Units of width under which an answer stands under its question."""


class ReviewPage(StepPage):
    step = "review"
    lead = N_("Read the application through before it is submitted. Every part can be changed from here.")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        self._title = Label("", "strong", wrap=True)
        self._words = Label("", "body2", wrap=True)
        self._progress = Progress(0, len(STEPS), "")
        self._count = Label("", "small", wrap=True)
        self._go = button(
            t("Go to the finding"),
            "right",
            "primary",
            after=True,
            does=lambda: self.desk.wishes.command.emit("next_finding"),
        )
        ready = row(gap=16, margins=(0, 0, 0, 0))
        ready.addWidget(glyph("review", "ink2", 28))
        large = look().scale.factor > LARGE
        steps: QBoxLayout = column(self._progress, gap=4) if large else row(self._progress, gap=10)
        steps.addWidget(self._count, 1)
        ready.addLayout(Aside(column(self._title, self._words, 4, steps, gap=0), self._go), 1)
        self._findings: QVBoxLayout = column(gap=8)
        self._answers: QVBoxLayout = column(gap=16)
        self._fresh = False
        self._stacked = False
        parts: list[Item] = [card(ready, margins=(20, 12, 16, 12))]
        if self.desk.call.criteria:
            weigh = button(t("Selection criteria…"), "review", does=lambda: self.desk.wishes.command.emit("criteria"))
            parts.append(row(weigh, None))
        return (*parts, self._findings, self._answers, *question_card(self))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._rebuild()

    def changed(self, change: Change) -> None:
        self._fresh = False

    def judged(self, findings: tuple[Finding, ...]) -> None:
        self._fresh = False
        if self.isVisible():
            self._rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self.width() / look().scale.factor < _STACKED_BELOW
        if stacked != self._stacked:
            self._stacked, self._fresh = stacked, False
            if self.isVisible():
                self._rebuild()

    def first_field(self) -> QWidget | None:
        return self._go if self._go.isVisibleTo(self) else None

    def _rebuild(self) -> None:
        if self._fresh:
            return
        self._fresh = True
        desk = self.desk
        check = desk.session.check
        all_states = states(check)
        self._say_ready(all_states)
        found = check.findings
        parts: list[Item] = []
        if found:
            parts.append(label(desk.nt("{count} finding", "{count} findings", len(found)), "h2"))
        parts += [finding_entry(desk, finding, at, beside=True) for at, finding in enumerate(found[:60])]
        refill(self._findings, parts)
        report = desk.outputs.report(desk.document(), Copy.DRAFT, desk.words.language)
        by_step = {state.step: state for state in all_states}
        cards = [self._card(section, by_step.get(section.key)) for section in report.sections]
        refill(self._answers, cards)

    def _say_ready(self, all_states: tuple[StepState, ...]) -> None:
        desk = self.desk
        check = desk.session.check
        errors = sum(item.severity is Severity.ERROR for item in check.findings) + len(desk.session.draft.pending)
        warnings = sum(item.severity is Severity.WARNING for item in check.open_findings)
        if check.ready:
            self._title.set_text(desk.t("Ready to be submitted"))
        else:
            self._title.set_text(desk.t("Not yet ready to be submitted"))
        parts = [
            desk.nt("{count} error", "{count} errors", errors) if errors else "",
            desk.nt("{count} warning", "{count} warnings", warnings) if warnings else "",
        ]
        said = ", ".join(part for part in parts if part)
        tail = desk.t("A draft can be printed all the same.") if not check.ready else ""
        self._words.set_text(" ".join(part for part in (f"{said}." if said else desk.t("No findings."), tail) if part))
        done = done_count(all_states)
        words = desk.t("{done} / {count} steps ready", done=done, count=len(STEPS))
        self._progress.set(done, len(STEPS), words)
        self._count.set_text(words)
        self._go.setVisible(bool(check.findings) or bool(desk.session.draft.pending))

    def _card(self, section: Section, state: StepState | None) -> QFrame:
        desk = self.desk
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
            for words, answer in self._lines(block):
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

    def _lines(self, block: object) -> list[tuple[str, QWidget]]:
        if isinstance(block, Field):
            return [(block.label.text, self._answer(block.cell))]
        if isinstance(block, Table):
            return self._table_lines(block)
        return []

    def _answer(self, cell: Cell) -> QWidget:
        if isinstance(cell, EmptyCell):
            return clear_box(
                row(glyph("empty", "warn", 18), label(self.desk.t("Not filled in"), "strong", "warn"), None, gap=6)
            )
        return label(cell_text(cell, self.desk.call.currency), wrap=True)

    def _table_lines(self, table: Table) -> list[tuple[str, QWidget]]:
        shown = []
        for item in table.rows:
            words = [cell_text(cell, self.desk.call.currency) for cell in item.cells]
            text = " · ".join(part for part in words if part)
            if text:
                shown.append(label(text, "strong" if item.kind is not RowKind.LINE else "body", wrap=True))
        if not shown:
            return [(table.title.text, label(table.empty or self.desk.t("Not filled in"), "body2", wrap=True))]
        return [(table.title.text, clear_box(column(*shown, gap=3)))]
