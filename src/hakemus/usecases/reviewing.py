"""The review report of a draft: its findings, sums, marks and sources put into words of one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hakemus.domain.call import Call, Cited
from hakemus.domain.draft import Acknowledgement, Document
from hakemus.domain.findings import Exit, Finding, Reference, Severity, TraceLine
from hakemus.domain.messages import Message, Shown, msg
from hakemus.domain.money import ZERO, Money
from hakemus.domain.paths import BadPath, get_value, row_of
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.i18n.marking import N_
from hakemus.report.model import Cell, DateCell, EmptyCell, MoneyCell, Report, ShownCell, TextCell
from hakemus.report.review import (
    Entry,
    Line,
    OldMark,
    OwnTerm,
    Review,
    RuleSource,
    SourcePaper,
    Sum,
    Waiting,
    Weighed,
    build_review,
    build_sums,
)
from hakemus.usecases import call_terms, rendering
from hakemus.usecases.calls import validated
from hakemus.usecases.checking import Check
from hakemus.usecases.criteria import MOST, coverage, coverage_words
from hakemus.usecases.explaining import FIGURES, Explanation, explain, of_finding
from hakemus.usecases.session import pending_of

RULE_NAMES = {
    "grant-share": msg("Highest share of the grant"),
    "own-share": msg("Least share of own funding"),
    "deficit": msg("The grant at most what is uncovered"),
    "balance": msg("Costs and funding are equal"),
    "grant-limit": msg("Smallest and largest grant"),
    "required": msg("Fields that must be filled"),
    "length": msg("Longest texts"),
    "use-period": msg("Use period"),
    "window": msg("Window of the call"),
    "category": msg("Cost categories"),
    "explanation": msg("Costs that need an explanation"),
    "cost-words": msg("Costs that are not accepted"),
    "pay-cap": msg("Highest pay of one person in a year"),
    "own-kinds": msg("Kinds of own funding"),
    "own-evidence": msg("Evidence of own funding"),
    "indicator": msg("An indicator for every goal"),
    "letter-of-intent": msg("Letters of intent of a joint project"),
    "tender": msg("Threshold of a tender"),
    "attachment": msg("Mandatory attachments"),
    "declaration": msg("Mandatory declarations"),
}

MOST_PLACES = 12
NAME_LENGTH = 50


@dataclass(frozen=True, slots=True)
class FileState:
    """The file that a draft came from: its hash (None: never saved), and whether the draft has changed since."""

    seen: str | None = None
    changed: bool = False


def review_report(document: Document, judged: Check, state: FileState, paper: Report, catalog: Catalog) -> Report:
    """The review report; `paper` is the application's own report in the same language, whose heading it has."""
    words = _Words(judged, catalog)
    return build_review(paper, words.review(document, state), catalog)


def explanation_report(judged: Check, explained: Explanation | Finding, paper: Report, catalog: Catalog) -> Report:
    """One explained figure or finding, to be printed; `paper` gives the heading."""
    words = _Words(judged, catalog)
    if isinstance(explained, Finding):
        made = replace(words.sum(of_finding(explained)), notes=words.beside(explained))
    else:
        made = words.sum(explained)
    return build_sums(paper, (made,), catalog)


def entries_of(judged: Check, catalog: Catalog) -> tuple[Entry, ...]:
    """The findings of a judgement in words of one language."""
    return _Words(judged, catalog).entries()


def waiting_of(judged: Check, catalog: Catalog) -> tuple[Waiting, ...]:
    """The typed texts that are no values, in words of one language."""
    return _Words(judged, catalog).waiting()


class _Words:
    """One judgement in one language."""

    def __init__(self, judged: Check, catalog: Catalog) -> None:
        self.judged, self.call, self.catalog = judged, judged.call, catalog
        self.t = catalog.with_names(lambda path: rendering.field_name(path, catalog, judged.call), judged.call.currency)

    def say(self, message: Message) -> str:
        return rendering.message(message, self.catalog, self.call)

    def review(self, document: Document, state: FileState) -> Review:
        return Review(
            facts=tuple(self.facts(document, state)),
            totals=tuple(self.totals()),
            entries=self.entries(),
            waiting=self.waiting(),
            terms=tuple(self.terms()),
            old_marks=tuple(self.old_marks()),
            rules=tuple(self.rules()),
            papers=tuple(SourcePaper(item.title, item.year, item.read, item.url) for item in self.call.sources),
            sums=tuple(self.sum(explain(self.judged, figure)) for figure in FIGURES if figure != "grant"),
            criteria=tuple(self.criteria()),
            coverage=coverage_words(coverage(self.judged), self.catalog),
        )

    def criteria(self) -> Iterator[Weighed]:
        """What the call weighs, and what the applicants think of their answers."""
        for item in coverage(self.judged).criteria:
            names = (
                self.catalog.text("{field}: not filled in", field=name) if not answer.filled else name
                for answer in item.answers
                for name in (rendering.field_name(answer.path, self.catalog, self.call),)
            )
            grade = "" if item.grade is None else f"{item.grade} / {MOST}"
            text = self.call.text(item.criterion.text, self.catalog.language)
            yield Weighed(text, "; ".join(names), grade, item.reason)

    def sum(self, explained: Explanation) -> Sum:
        """A figure with its arithmetic; `grant` is explained by the highest grant."""
        reference = explained.reference
        return Sum(
            title=self.say(explained.title),
            lines=tuple(self.line(line) for line in explained.lines),
            notes=tuple(self.say(note) for note in explained.notes),
            source=self.source(reference) if reference else "",
            quotation=reference.quotation if reference else "",
        )

    def beside(self, finding: Finding) -> tuple[str, ...]:
        """What a finding says beside its sum: where it is, the ways out, the mark as read."""
        t, mark = self.catalog.text, self.judged.acknowledgement(finding)
        said = [f"{t('Where')}: {self.places(finding.paths)}"]
        said += [f"{t('A way to put it right')}: {self.way(way)}" for way in finding.exits]
        said += [f"{t('Marked as read')}: {self.mark(mark)}"] if mark else []
        return tuple(said)

    # -- what it is about --------------------

    def facts(self, document: Document, state: FileState) -> Iterator[Line]:
        t, judged, call = self.catalog.text, self.judged, self.call
        yield Line(t("Judged on"), DateCell(judged.today))
        ready = t("Ready to be submitted") if judged.ready else t("Not yet ready to be submitted")
        yield Line(t("State"), TextCell(ready, strong=True))
        yield Line(t("Findings"), TextCell(self.counts()))
        yield Line(t("Call"), TextCell(f"{call.text(call.title, self.catalog.language)} ({call.id})"))
        yield Line(t("Edition of the call"), TextCell(judged.draft.call.edition or call.edition))
        yield Line(t("Draft"), TextCell(t("{id}, revision {revision}", id=document.id, revision=document.revision)))
        if state.seen is None:
            yield Line(t("File"), TextCell(t("Not yet saved")))
            return
        yield Line(t("File, SHA-256"), TextCell(f"{state.seen[:32]}\n{state.seen[32:]}"))
        if state.changed:
            yield Line(t("File"), TextCell(t("The draft has changes that are not in the file.")))

    def counts(self) -> str:
        found = self.judged.findings
        plural = self.catalog.plural
        errors = sum(item.severity is Severity.ERROR for item in found)
        warnings = sum(item.severity is Severity.WARNING for item in found)
        notes = len(found) - errors - warnings
        marked = len(found) - len(self.judged.open_findings)
        parts = [
            plural("{count} error", "{count} errors", errors),
            plural("{count} warning", "{count} warnings", warnings),
            plural("{count} note", "{count} notes", notes),
        ]
        if marked:
            parts.append(plural("{count} marked as read", "{count} marked as read", marked))
        return ", ".join(parts)

    def totals(self) -> Iterator[Line]:
        t, totals = self.catalog.text, self.judged.totals
        yield Line(t("Costs") if totals.itemised else t("Costs (not itemised)"), MoneyCell(totals.costs))
        if totals.excluded:
            yield Line(t("Left out as not accepted"), MoneyCell(totals.excluded))
        yield Line(t("Income of the project"), MoneyCell(totals.income))
        yield Line(t("Other funding"), MoneyCell(totals.other))
        yield Line(t("Of it confirmed"), MoneyCell(totals.other_confirmed))
        yield Line(t("Own funding"), MoneyCell(totals.own))
        if totals.own_not_counted:
            yield Line(t("Own funding that the call does not count"), MoneyCell(totals.own_not_counted))
        yield Line(t("Grant applied for"), MoneyCell(totals.grant), result=True)
        yield Line(t("Base of the percentage"), MoneyCell(totals.base))
        if totals.share_percent is not None:
            yield Line(t("Share of the grant"), ShownCell(totals.share_percent))
        if totals.cap is not None:
            yield Line(t("Highest grant under the rules of the call"), MoneyCell(totals.cap))
            if totals.over_cap:
                yield Line(t("Above the highest grant"), MoneyCell(totals.over_cap), result=True)
        if totals.gap < ZERO:
            yield Line(t("More money than costs"), MoneyCell(Money(-totals.gap.cents)), result=True)
        else:
            yield Line(t("Not yet funded"), MoneyCell(totals.gap), result=True)

    # -- findings --------------------

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self.entry(finding) for finding in self.judged.findings)

    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(
            Waiting(self.place(item.path), item.text, self.say(item.reason))
            for item in pending_of(self.judged.draft, self.call.currency)
        )

    def place(self, path: str) -> str:
        """Step and field in words."""
        step = self.catalog.text(STEP_NAMES[self.call.step_of(path)])
        name = rendering.field_name(path, self.catalog, self.call)
        row = self.row_name(path)
        said = step if name == step else f"{step} › {name}"
        return f"{said} ({row})" if row else said

    def places(self, paths: Sequence[str]) -> str:
        """Where a finding is, each place once, the first ones by name."""
        named = [self.place(path) for path in paths[:MOST_PLACES]]
        rest = len(paths) - MOST_PLACES
        if rest > 0:
            named.append(self.catalog.plural("{count} more", "{count} more", rest))
        return ", ".join(dict.fromkeys(named))

    def row_name(self, path: str) -> str:
        """What the row of an address is called by its own words, shortened."""
        try:
            row = get_value(self.judged.draft.application, row_of(path) or "")
        except BadPath:
            return ""  # a place of the call, or one that a file names and this program does not have
        words = (getattr(row, key, None) for key in ("title", "name", "description", "text", "source"))
        name = " ".join(next((word for word in words if isinstance(word, str) and word.strip()), "").split())
        return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"

    def entry(self, finding: Finding) -> Entry:
        reference = finding.reference
        mark = self.judged.acknowledgement(finding)
        return Entry(
            level=finding.severity.value,
            sentence=self.say(finding.message),
            place=self.places(finding.paths),
            lines=tuple(self.line(line) for line in finding.trace),
            ways=tuple(self.way(way) for way in finding.exits),
            source=self.source(reference) if reference else "",
            quotation=reference.quotation if reference else "",
            mark=self.mark(mark) if mark else "",
        )

    def line(self, line: TraceLine) -> Line:
        cell: Cell = EmptyCell()
        if isinstance(line.amount, Money):
            cell = MoneyCell(line.amount)
        elif isinstance(line.amount, Shown):
            cell = ShownCell(line.amount.text)
        return Line(self.say(line.label), cell, line.result)

    def way(self, way: Exit) -> str:
        names = {"grant": N_("grant {sum}"), "own": N_("own funding {sum}"), "costs": N_("costs {sum}")}
        figures = [
            self.t.text(names[key], sum=way.figures[key]) for key in ("grant", "own", "costs") if key in way.figures
        ]
        label = self.say(way.label)
        return f"{label}: {', '.join(figures)}" if figures else label

    def mark(self, mark: Acknowledgement) -> str:
        reason = mark.reason or self.catalog.text("no reason given")
        known = [part for part in (mark.by, format_date(mark.on) if mark.on else "") if part]
        return f"{reason} ({', '.join(known)})" if known else reason

    def old_marks(self) -> Iterator[OldMark]:
        standing = {id(mark) for item in self.judged.findings if (mark := self.judged.acknowledgement(item))}
        for mark in self.judged.draft.acknowledged:
            if id(mark) not in standing:
                yield OldMark(self.places(mark.paths) or mark.rule, mark.reason or "", mark.on)

    # -- terms and sources --------------------

    def terms(self) -> Iterator[OwnTerm]:
        stated = validated(self.judged.draft.call.definition)
        for term in self.judged.draft.terms:
            name = self.say(call_terms.name(term.at))
            own = self.term_value(self.call, term.at) if term.at in self.call.overridden else term.value
            yield OwnTerm(name, self.term_value(stated, term.at), own, term.note or "", term.on)

    def term_value(self, call: Call, at: str) -> str:
        text = call_terms.shown(call, at)
        chosen = dict(call_terms.choices(at)).get(text)
        if chosen is not None:
            return self.say(chosen)
        return f"{text} %" if text and at.endswith(".percent") else text

    def source(self, reference: Reference) -> str:
        return rendering.source_text(reference, self.catalog)

    def status(self, reference: Reference) -> str:
        return self.catalog.text(_STATUS.get(reference.status, "{status}"), status=reference.status)

    def rules(self) -> Iterator[RuleSource]:
        for name, cited in _citations(self.call):
            reference = self.call.reference(cited)
            if reference is not None:
                parts = [part for part in (reference.title, reference.paragraph, reference.year) if part]
                yield RuleSource(self.say(name), ", ".join(parts), self.status(reference))


_STATUS = {
    "source": msg("stated in the source").key,
    "inferred": msg("inferred, not stated in the source").key,
    "own": msg("general knowledge, check before use").key,
    "analogy": msg("a rule of another authority, used as a model").key,
}


def _citations(call: Call) -> Iterator[tuple[Message, Cited | None]]:
    """The rules of a call and its other parts that say where they come from."""
    for rule in call.rules:
        yield RULE_NAMES.get(rule.kind, msg("{name}", name=rule.id)), rule.reference
    yield msg("Window of the call"), call.window.reference
    yield msg("Use period"), call.use_period.reference
    yield msg("What the share is counted from"), call.share.reference
    yield msg("Smallest and largest grant"), call.grant.reference
    yield msg("Own funding"), call.own.reference
    yield msg("Highest pay of one person in a year"), call.pay_cap.reference
    yield msg("What the final report asks for"), call.report.reference
