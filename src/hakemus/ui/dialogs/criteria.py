"""The call's selection criteria, the fields that answer each of them, and how well the applicants think they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from hakemus.i18n.marking import N_
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.widgets.boxes import Page, card, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import Label, label
from hakemus.usecases.criteria import Answering, Coverage, JudgedCriterion, coverage, coverage_words
from hakemus.usecases.rendering import field_name, source_text
from hakemus.usecases.session import Change

GRADE_WORDS = (
    N_("0 – does not answer"),
    N_("1 – answers in part"),
    N_("2 – answers well"),
    N_("3 – answers fully"),
)
Judge = Callable[[str, int | None, str], None]


class CriteriaDialog(QDialog):
    """One card a criterion. `go_asked(path)` leads to a field; an estimate goes through `judge` as an undoable step."""

    go_asked = Signal(str)

    def __init__(self, parent: QWidget | None, desk: Desk, judge: Judge) -> None:
        super().__init__(parent)
        self._desk, self._judge = desk, judge
        self._grades: dict[str, Field] = {}
        self._reasons: dict[str, Field] = {}
        t = desk.t
        self.setWindowTitle(t("Selection criteria"))
        now = coverage(desk.session.check)
        self._sum = Label("", "strong", wrap=True)
        lead = t(
            "What the call weighs, and where your application answers it. The estimate is your own and stays in the "
            "draft; the scale is not the funder's."
        )
        parts: list[QWidget] = [label(t("Selection criteria"), "h2", wrap=True), label(lead, "body2", wrap=True)]
        if now.criteria:
            parts.append(self._sum)
        else:
            parts.append(label(t("The call names no selection criteria."), wrap=True))
        parts += [self._card(number, item) for number, item in enumerate(now.criteria, 1)]
        inner = Page(column(*parts, None, gap=12, margins=(24, 20, 24, 20)))
        below = foot(None, button(t("Close"), "", "primary", does=self.accept))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 780, 640)
        for key, act in (
            (QKeySequence.StandardKey.Undo, desk.session.undo),
            (QKeySequence.StandardKey.Redo, desk.session.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        desk.bridge.changed.connect(self._follow)
        self._show(now)
        if self._grades:
            next(iter(self._grades.values())).control.setFocus()

    def _card(self, number: int, item: JudgedCriterion) -> QWidget:
        desk, t, language = self._desk, self._desk.t, self._desk.words.language
        criterion = item.criterion
        text = desk.call.text(criterion.text, language)
        head = label(f"{number}. {text}", "strong", wrap=True)
        places: list[QWidget] = []
        if item.answers:
            flow = Flow(gap=4)
            flow.addWidget(label(t("Answered in"), "small"))
            for answer in item.answers:
                words = self._answer(answer)
                icon = "done" if answer.filled else "empty"
                name = t("Go to: {name}", name=words)
                flow.addWidget(button(words, icon, "quiet", name=name, does=partial(self._go, answer.path)))
            places.append(clear_box(flow))
        options = (("", t("Not judged")), *((str(grade), t(words)) for grade, words in enumerate(GRADE_WORDS)))
        grade = Field(t("Own estimate"), Kind.CHOICE, options=options, width=220)
        reason = Field(t("Why, or what is missing"), Kind.LINE, optional=t("optional"))
        for field, name in ((grade, t("Own estimate")), (reason, t("Why, or what is missing"))):
            field.control.setAccessibleName(t("{what}: {text}", what=name, text=text))
            field.set_read_only(desk.read_only)
        self._grades[criterion.id], self._reasons[criterion.id] = grade, reason
        grade.edited.connect(lambda _text: self._estimate(criterion.id))
        reason.left.connect(lambda: self._estimate(criterion.id))
        both = row(gap=16)
        both.addWidget(grade)
        both.addWidget(reason, 1)
        reference = desk.call.reference(criterion.reference, language)
        if reference is not None:
            source = t("Source: {source}", source=source_text(reference, desk.words))
            places.insert(0, label(source, "small", wrap=True))
        return card(head, *places, clear_box(both), gap=8)

    def done(self, code: int) -> None:
        """What is being typed counts when the window closes, whichever way."""
        for name in self._reasons:
            self._estimate(name)
        super().done(code)

    def _go(self, path: str) -> None:
        self.accept()
        self.go_asked.emit(path)

    def _estimate(self, name: str) -> None:
        if self._desk.read_only:
            return
        chosen, reason = self._grades[name].text(), self._reasons[name].text().strip()
        stands = next(item for item in coverage(self._desk.session.check).criteria if item.criterion.id == name)
        grade = int(chosen) if chosen else None
        if (grade, reason) != (stands.grade, stands.reason):
            self._judge(name, grade, reason)

    # -- showing --------------------

    def _follow(self, _change: Change) -> None:
        self._show(coverage(self._desk.session.check))

    def _show(self, now: Coverage) -> None:
        self._sum.set_text(coverage_words(now, self._desk.words))
        for item in now.criteria:
            name = item.criterion.id
            self._grades[name].set_text("" if item.grade is None else str(item.grade))
            self._reasons[name].set_text(item.reason)

    def _answer(self, answer: Answering) -> str:
        desk = self._desk
        name = field_name(answer.path, desk.words, desk.call)
        if not answer.filled:
            return desk.t("{field}: not filled in", field=name)
        if answer.is_table:
            return desk.nt("{field}: {count} row", "{field}: {count} rows", answer.count, field=name)
        return desk.nt("{field}: {count} word", "{field}: {count} words", answer.count, field=name)
