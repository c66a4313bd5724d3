"""Why: a figure of the meter or a finding, with its sum, its source, its ways out, and a place to mark it as read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from hakemus.domain.findings import Finding, Reference, Severity
from hakemus.ui.binding.findings import finding_view
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.widgets.boxes import Page, card, column, line, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.finding_card import FindingCard
from hakemus.ui.widgets.labels import label
from hakemus.ui.widgets.sum_table import SumRow, SumTable
from hakemus.usecases import rendering
from hakemus.usecases.explaining import Explanation


def source_parts(desk: Desk, reference: Reference | None) -> list[QWidget]:
    """Where a rule comes from, with its own words where the call file quotes them."""
    if reference is None:
        return []
    words = desk.t("Source: {source}", source=rendering.source_text(reference, desk.words))
    parts: list[QWidget] = [label(words, "small", wrap=True)]
    if reference.quotation:
        parts.append(label(f"”{reference.quotation}”", wrap=True))
    if reference.url:
        parts.append(label(reference.url, "small", wrap=True))
    return parts


class FigureDialog(QDialog):
    """How a figure was computed. Accepted: go to where it is changed. `print_asked()`: on paper, as it stands here."""

    print_asked = Signal()

    def __init__(self, parent: QWidget | None, desk: Desk, explanation: Explanation) -> None:
        super().__init__(parent)
        title = desk.say(explanation.title)
        self.setWindowTitle(title)
        rows = [
            SumRow(desk.say(item.label), rendering.figure_text(item.amount, desk.call.currency), item.result)
            for item in explanation.lines
        ]
        parts: list[QWidget] = [label(title, "h2", wrap=True), card(SumTable(rows))]
        parts += [label(desk.say(note), "body2", wrap=True) for note in explanation.notes]
        parts += source_parts(desk, explanation.reference)
        close = button(desk.t("Close"), "", "primary", does=self.reject)
        below = foot(
            button(desk.t("Print…"), "print", "quiet", does=self.print_asked.emit),
            None,
            *answers(button(desk.t("Go to the field"), does=self.accept), close),
        )
        inner = Page(column(*parts, None, gap=12, margins=(24, 20, 24, 16)))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 520, 640)
        close.setFocus()


class FindingDialog(QDialog):
    """A finding whole. `used(exit id)`; `marked(reason)` when marked as read; `unmarked()` when that is undone;
    `print_asked()`: on paper, as it stands here.
    """

    used = Signal(str)
    marked = Signal(str)
    unmarked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None, desk: Desk, finding: Finding) -> None:
        super().__init__(parent)
        self.setWindowTitle(desk.level(finding.severity))
        shown = FindingCard(finding_view(desk, finding), stack_below=600)
        shown.used.connect(self._use)
        shown.source_asked.connect(lambda: desk.wishes.command.emit("terms"))
        shown.action_asked.connect(lambda: desk.wishes.command.emit("terms"))
        parts: list[QWidget] = [shown, label(desk.where(finding), "body2", wrap=True)]
        parts += source_parts(desk, finding.reference)
        self._reason: Field | None = None
        buttons = []
        standing = desk.session.check.acknowledgement(finding)
        if standing is not None:
            words = desk.t("Marked as read: {reason}", reason=standing.reason or desk.t("no reason given"))
            parts.append(label(words, "strong", wrap=True))
            if not desk.read_only:
                buttons.append(button(desk.t("Take the mark back"), does=self._unmark))
        elif finding.severity is not Severity.ERROR and not desk.read_only:
            self._reason = Field(
                desk.t("Read, because"),
                Kind.TEXT,
                hint=desk.t(
                    "The reason is kept with the draft. The finding comes back when what it speaks of changes."
                ),
                rows=2,
            )
            parts.append(self._reason)
            buttons.append(button(desk.t("Mark as read"), does=self._mark))
        close = button(desk.t("Close"), "", "primary", does=self.reject)
        ends = answers(buttons[0], close) if buttons else (close,)
        below = foot(button(desk.t("Print…"), "print", "quiet", does=self.print_asked.emit), None, *ends)
        inner = Page(column(*parts, None, gap=12, margins=(24, 20, 24, 16)))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 780, 680)
        if self._reason is None:
            close.setFocus()

    def _use(self, name: str) -> None:
        self.used.emit(name)
        self.accept()

    def _mark(self) -> None:
        assert self._reason is not None
        self.marked.emit(self._reason.text().strip())
        self.accept()

    def _unmark(self) -> None:
        self.unmarked.emit()
        self.accept()
