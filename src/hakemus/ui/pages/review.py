"""The step Review: the whole application to read once more, blanks named, findings by level, each with its way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from hakemus.domain.findings import Finding, Severity
from hakemus.domain.steps import STEPS
from hakemus.i18n.marking import N_
from hakemus.ui.binding.finding_buttons import entries_of
from hakemus.ui.binding.review_answers import Answers
from hakemus.ui.look.style import look
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.badges import Banner, Progress, glyph
from hakemus.ui.widgets.boxes import Item, card, column, refill, row, show_if
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.flow import Aside
from hakemus.ui.widgets.labels import Label, label
from hakemus.usecases.renewing import carried
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
        self._answers = Answers(self.desk)
        self._fresh = False
        self._stacked = False
        self._old = Banner("note", " ", "", " ", lambda: self.desk.wishes.command.emit("accept_old"))
        self._follow_old()
        parts: list[Item] = [card(ready, margins=(20, 12, 16, 12)), self._old]
        if self.desk.call.criteria:
            weigh = button(t("Selection criteria…"), "review", does=lambda: self.desk.wishes.command.emit("criteria"))
            parts.append(row(weigh, None))
        return (*parts, self._findings, self._answers, *question_card(self))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._rebuild()

    def changed(self, change: Change) -> None:
        self._fresh = False
        if self.isVisible():
            self._follow_old()

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
        self._follow_old()
        found, waiting = check.findings, desk.session.pending()
        parts: list[Item] = []
        if found or waiting:
            parts.append(label(desk.nt("{count} finding", "{count} findings", len(found) + len(waiting)), "h2"))
        parts += entries_of(desk, beside=True)
        refill(self._findings, parts)
        self._answers.refresh(stacked=self._stacked)

    def _follow_old(self) -> None:
        """Whether anything still says what the old application said: nothing else would tell before it is printed."""
        desk = self.desk
        count = 0 if desk.read_only else len(carried(desk.session.draft))
        if count:
            title = desk.nt(
                "{count} field is still as in the old application",
                "{count} fields are still as in the old application",
                count,
            )
            text = desk.t(
                "Check that they hold this time too. A mark goes when its field is changed, or all at once here."
            )
            self._old.set("note", title, text, desk.t("All is checked"))
        show_if(self._old, bool(count))

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
