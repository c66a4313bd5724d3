"""The terms of the call in one place, each with its source; what the call notice states otherwise is set here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from hakemus.domain.call import Cited, Condition, moment_of
from hakemus.i18n import amounts
from hakemus.i18n.catalog import fill
from hakemus.i18n.dates import format_date, format_period
from hakemus.i18n.field_names import words_of
from hakemus.i18n.refused import Refused
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.look.style import px, sp
from hakemus.ui.widgets.badges import Banner
from hakemus.ui.widgets.boxes import Page, card, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field
from hakemus.ui.widgets.field import Kind as FieldKind
from hakemus.ui.widgets.labels import LEFT, TOP, label
from hakemus.usecases import call_terms
from hakemus.usecases.calls import value_at
from hakemus.usecases.installed_call import InstalledCall
from hakemus.usecases.rendering import source_text


class TermsDialog(QDialog):
    """Everything that the program knows of the call, and the few values that can be set otherwise with a note."""

    blank_asked = Signal()
    """A form of this call to be filled in by hand is wanted."""

    def __init__(
        self, parent: QWidget | None, desk: Desk, *, before: bool = False, installed: InstalledCall | None = None
    ) -> None:
        """`before`: looked at before there is a draft; then the call's questions stand here too, and nothing is set.

        `installed`: what the call's file on this computer says otherwise than the draft.
        """
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(desk.t("Terms of the call"))
        self._own: dict[str, tuple[Field, Field]] = {}
        call, language = desk.call, desk.words.language
        parts: list[QWidget] = [
            label(call.text(call.title, language), "h2", wrap=True),
            label(call.text(call.funder_name, language), "body2", wrap=True),
        ]
        if call.notice:
            parts.append(Banner("note", desk.t("Check against the call notice"), call.text(call.notice, language)))
        parts += [self._facts(), self._excluded(), self._questions() if before else self._own_terms()]
        if installed:
            parts.append(self._compared(installed))
        inner = Page(column(*parts, None, gap=14, margins=(24, 20, 24, 20)))
        below = foot(None, *self._answers(before=before))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 760, 640)

    def _answers(self, *, before: bool) -> tuple[QWidget, ...]:
        t = self._desk.t
        if self._desk.read_only and not before:
            return (button(t("Close"), "", "primary", does=self.reject),)
        if before:
            blank = button(t("Save a blank form…"), "pdf", does=self.blank_asked.emit)
            begin = button(t("Begin an application"), "", "primary", does=self.accept)
            return answers(begin, button(t("Close"), does=self.reject), blank)
        words, does = t("Use these values"), self._use
        return answers(button(words, "", "primary", does=does), button(t("Close"), does=self.reject))

    def _grid(self, rows: list[tuple[str, str, str]]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(16))
        grid.setVerticalSpacing(sp(5))
        grid.setColumnMinimumWidth(0, px(190))
        grid.setColumnStretch(1, 1)
        for at, (name, value, source) in enumerate(rows):
            if at:
                grid.addWidget(line(), 2 * at - 1, 0, 1, 2)
            grid.addWidget(label(name, "body2", wrap=True, align=TOP | LEFT), 2 * at, 0, TOP)
            words = column(label(value, wrap=True), gap=0)
            if source:
                words.addWidget(label(source, "small", wrap=True))
            grid.addLayout(words, 2 * at, 1)
        return clear_box(grid)

    def _source(self, cited: Cited | None) -> str:
        reference = self._desk.call.reference(cited, self._desk.words.language)
        return self._desk.t("Source: {source}", source=source_text(reference, self._desk.words)) if reference else ""

    def _facts(self) -> QWidget:
        desk, call = self._desk, self._desk.call
        t, language = desk.t, desk.words.language
        rows: list[tuple[str, str, str]] = []
        window = call.window
        if window.always_open:
            rows.append((t("Applications are taken"), t("all the year"), self._source(window.reference)))
        elif window.opens or window.closes:
            rows.append(
                (
                    t("Applications are taken"),
                    f"{_moment(desk, window.opens)}–{_moment(desk, window.closes)}",
                    self._source(window.reference),
                )
            )
        use = call.use_period
        if use.starts or use.ends or use.text:
            period = format_period(use.starts, use.ends) if use.starts or use.ends else ""
            if use.ends and not use.starts:
                period = t("The grant can be used until {date}.", date=use.ends)
            rows.append(
                (
                    t("Use period of the grant"),
                    "\n".join(part for part in (period, call.text(use.text, language)) if part),
                    self._source(use.reference),
                )
            )
        for rule in call.rules:
            if rule.kind in ("grant-share", "own-share") and rule.parameters.get("percent") is not None:
                percent = amounts.format_percent(_decimal(rule.parameters["percent"]))
                name = (
                    t("Highest share of the grant") if rule.kind == "grant-share" else t("Least share of own funding")
                )
                rows.append(
                    (
                        name,
                        f"{percent}, {_base(desk, str(rule.parameters.get('base') or call.share.base))}",
                        self._source(rule.reference),
                    )
                )
        for name, amount in ((t("Smallest grant"), call.grant.smallest), (t("Largest grant"), call.grant.largest)):
            if amount is not None:
                rows.append((name, amounts.format_money(amount, call.currency), self._source(call.grant.reference)))
        rows.append(
            (
                t("Sums are given"),
                t("in whole units of the currency")
                if call.unit is not None and call.unit.cents >= 100
                else t("in cents"),
                "",
            )
        )
        if call.pay_cap.amount is not None:
            rows.append(
                (
                    t("Highest pay of one person in a year"),
                    amounts.format_money(call.pay_cap.amount, call.currency),
                    self._source(call.pay_cap.reference),
                )
            )
        kinds = words_of("funding.own[].kind")
        counted = dict.fromkeys(("appropriation", *call.own.kinds))
        rows.append(
            (
                t("Counts as own funding"),
                _listed([t(kinds[kind]) for kind in counted if kind in kinds]),
                self._source(call.own.reference),
            )
        )
        if call.own.evidence:
            rows.append((t("Own funding"), call.text(call.own.evidence, language), self._source(call.own.reference)))
        if call.who:
            rows.append((t("Who may apply"), call.text(call.who, language), ""))
        if call.decision:
            rows.append((t("Decisions"), call.text(call.decision, language), ""))
        rows += self._report()
        rows += self._listed()
        return card(label(t("What the call says"), "h2", wrap=True), self._grid(rows))

    def _report(self) -> list[tuple[str, str, str]]:
        """What the funder asks for afterwards, as far as it is known."""
        desk, report = self._desk, self._desk.call.report
        said = []
        if report.due_months is not None:
            said.append(
                desk.nt(
                    "{count} month after the use period at the latest",
                    "{count} months after the use period at the latest",
                    report.due_months,
                )
            )
        if report.return_limit is not None:
            limit = amounts.format_money(report.return_limit, desk.call.currency)
            said.append(desk.t("sums up to {limit} need not be returned", limit=limit))
        return [(desk.t("Report"), "; ".join(said), self._source(report.reference))] if said else []

    def _listed(self) -> list[tuple[str, str, str]]:
        """What the call lists: attachments, criteria, conditions."""
        call, t, language = self._desk.call, self._desk.t, self._desk.words.language
        rows: list[tuple[str, str, str]] = []
        for item in call.attachments:
            rows.append((t("Attachment"), call.text(item.title, language), self._source(item.reference)))
        for number, criterion in enumerate(call.criteria, 1):
            rows.append(
                (
                    t("Criterion {number}", number=number),
                    call.text(criterion.text, language),
                    self._source(criterion.reference),
                )
            )
        for condition in call.conditions:
            rows.append((t("Condition"), self._condition(condition), self._source(condition.reference)))
        return rows

    def _condition(self, condition: Condition) -> str:
        """Its text with its sum of money in place."""
        text = self._desk.call.text(condition.text, self._desk.words.language)
        amount = condition.amount
        return fill(text, {"amount": amounts.format_money(amount, self._desk.call.currency)}) if amount else text

    def _excluded(self) -> QWidget:
        desk, call = self._desk, self._desk.call
        language = desk.words.language
        rows = [
            (call.text(item.label, language), desk.t("not accepted"), self._source(item.reference))
            for item in call.categories
            if item.excluded
        ]
        rows += [
            (", ".join(item.words[:4]), call.text(item.text, language), self._source(item.reference))
            for item in call.hints
        ]
        made = card(label(desk.t("Costs that are not accepted"), "h2", wrap=True), self._grid(rows))
        made.setVisible(bool(rows))
        return made

    def _questions(self) -> QWidget:
        """What the call asks before starting, each with the sentence that decides."""
        desk, call = self._desk, self._desk.call
        language = desk.words.language
        rows = [
            (call.text(item.question, language), call.text(item.sentence, language), self._source(item.reference))
            for item in call.eligibility
        ]
        made = card(label(desk.t("Can we apply?"), "h2", wrap=True), self._grid(rows))
        made.setVisible(bool(rows))
        return made

    def _own_terms(self) -> QWidget:
        """Percentages of share rules and every value that the call asks to be checked."""
        desk, call = self._desk, self._desk.call
        terms = desk.session.draft.terms
        # a value that is not in force is shown as well: nowhere else could it be put right or taken away
        lost = {term.at: term.value for term in terms if term.at not in call.overridden}
        places = tuple(dict.fromkeys((*call_terms.places(call), *lost)))
        notes = {term.at: term.note or "" for term in terms}
        parts: list[QWidget] = [
            label(
                desk.t(
                    "If the call notice in hand says otherwise, write its value here and say where it stands. "
                    "The finding and the paper tell that the value is yours."
                ),
                "body2",
                wrap=True,
            )
        ]
        for at in places:
            options = tuple((stored, desk.say(name)) for stored, name in call_terms.choices(at))
            kind = FieldKind.CHOICE if options else FieldKind.LINE
            value = Field(desk.say(call_terms.name(at)), kind, options=options, width=200)
            value.set_text(lost.get(at) or call_terms.shown(call, at))
            note = Field(desk.t("Where it stands"), optional=desk.t("optional"))
            note.set_text(notes.get(at, ""))
            self._own[at] = (value, note)
            for field in (value, note):
                field.set_read_only(desk.read_only)
            both = row(gap=20)
            both.addWidget(value, 0, TOP)
            both.addWidget(note, 1, TOP)
            parts.append(clear_box(both))
        made = card(label(desk.t("Values of your own"), "h2", wrap=True), *parts)
        made.setVisible(bool(places))
        return made

    def _compared(self, installed: InstalledCall) -> QWidget:
        """The call's file on this computer beside the one inside the draft, value by value."""
        desk = self._desk
        first, *values = installed.notes()
        rows = [(desk.say(call_terms.name(_dotted(item.path))), desk.say(item.message), "") for item in values]
        return card(
            label(desk.t("The call on this computer"), "h2", wrap=True),
            label(desk.say(first.message), "body2", wrap=True),
            self._grid(rows),
        )

    def _use(self) -> None:
        """Take the values over; one that cannot be read stays, with the reason beside it."""
        desk, call = self._desk, self._desk.call
        taken = {}
        for at, (value, note) in self._own.items():
            text = call_terms.read(call, at, value.text())
            if isinstance(text, Refused):
                value.set_message("error", desk.say(text.reason))
                return
            taken[at] = (text, note.text())
        own = {term.at for term in desk.session.draft.terms}
        for at, (text, note_text) in taken.items():
            if text != value_at(call, at) or at in own or (at in call.confirm and text):
                desk.session.set_term(at, text, note_text)
        desk.bridge.judge_now()
        self.accept()


def _decimal(value: object) -> Decimal:
    return Decimal(str(value))


def _listed(names: Sequence[str]) -> str:
    """Names as one line of words: only the first begins with a capital."""
    return ", ".join(name if at == 0 else name[:1].lower() + name[1:] for at, name in enumerate(names))


def _moment(desk: Desk, text: str | None) -> str:
    if not text:
        return ""
    moment = moment_of(text)
    return format_date(moment) if len(text) == 10 else desk.words.moment(moment)


def _base(desk: Desk, base: str) -> str:
    return {
        "total_costs": desk.t("of the total costs"),
        "costs_less_income": desk.t("of the costs less income"),
        "costs_less_income_and_other": desk.t("of the costs less income and other funding"),
    }.get(base, base)


def _dotted(path: str) -> str:
    """`rules[grant-share].percent` of a comparison as terms have it: `rules.grant-share.percent`."""
    return path.removeprefix("call.").replace("[", ".").replace("]", "")
