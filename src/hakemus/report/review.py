"""Builds the neutral tree of a review report: what was found, how it was computed, where each rule comes from.

It gets sentences that are already words, and knows neither rules nor findings.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.marking import N_
from hakemus.report.model import (
    Align,
    Block,
    Cell,
    Column,
    DateCell,
    EmptyCell,
    Field,
    Gap,
    Label,
    Prose,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    TextCell,
)

LEVELS = (("error", N_("Errors")), ("warning", N_("Warnings")), ("note", N_("Notes")))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of arithmetic, or one total."""

    words: str
    cell: Cell
    result: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding in words. `mark` says who has marked it as read, when and why; empty where nobody has."""

    level: str
    sentence: str
    place: str
    lines: tuple[Line, ...] = ()
    ways: tuple[str, ...] = ()
    source: str = ""
    quotation: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A typed text that is no value."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A value of the call that the applicant has set: what the call says, what holds, where it stands in the notice."""

    name: str
    stated: str
    own: str
    note: str
    on: datetime.date | None


@dataclass(frozen=True, slots=True)
class OldMark:
    """A mark as read that no longer holds, for what it spoke of has changed or gone."""

    place: str
    reason: str
    on: datetime.date | None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A rule of the call, where it stands, and how sure that is, in words."""

    rule: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A selection criterion: how much of what answers it is there, the own estimate and its reason, in words."""

    criterion: str
    answered: str
    estimate: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourcePaper:
    title: str
    year: str
    read: datetime.date | None
    url: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure with the sum that it comes from, what else there is to say of it, and its source."""

    title: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All that a review report says."""

    facts: tuple[Line, ...]
    totals: tuple[Line, ...]
    entries: tuple[Entry, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    terms: tuple[OwnTerm, ...] = ()
    old_marks: tuple[OldMark, ...] = ()
    rules: tuple[RuleSource, ...] = ()
    papers: tuple[SourcePaper, ...] = field(default=())
    sums: tuple[Sum, ...] = ()
    criteria: tuple[Weighed, ...] = ()
    coverage: str = ""


def build_review(paper: Report, review: Review, catalog: Catalog) -> Report:
    """The report in the form of an application's `paper`, whose heading it takes over."""
    t = catalog.text
    parts: list[tuple[str, str, Sequence[Block]]] = [
        ("summary", t("Summary"), [_fact(line) for line in review.facts]),
        ("totals", t("Totals"), [_ledger("totals", "", review.totals, catalog)]),
    ]
    for level, title in LEVELS:
        entries = [entry for entry in review.entries if entry.level == level]
        if entries:
            blocks = [block for number, entry in enumerate(entries, 1) for block in _entry(number, entry, catalog)]
            parts.append((level, t(title), blocks))
    if not review.entries:
        parts.append(("findings", t("Findings"), [Prose(t("Nothing was found."))]))
    if review.sums:
        blocks = [
            block for number, item in enumerate(review.sums, 1) for block in sum_blocks(f"sum-{number}", item, catalog)
        ]
        parts.append(("sums", t("How the figures were computed"), blocks))
    parts += _tables(review, catalog)
    sections = tuple(Section(key, at, Label(title), tuple(blocks)) for at, (key, title, blocks) in enumerate(parts, 1))
    heading = replace(paper.heading, form=Label(t("Review report")), copy_words="", copy_sentence="")
    return replace(paper, heading=heading, sections=sections, second_language="", mark="", mark_sentence="")


def build_sums(paper: Report, sums: Sequence[Sum], catalog: Catalog) -> Report:
    """Explained figures alone, in the form of an application's `paper`, whose heading it takes over."""
    sections = tuple(
        Section(f"sum-{at}", at, Label(item.title), tuple(sum_blocks(f"sum-{at}", item, catalog, named=False)))
        for at, item in enumerate(sums, 1)
    )
    heading = replace(paper.heading, form=Label(catalog.text("Explanation")), copy_words="", copy_sentence="")
    return replace(paper, heading=heading, sections=sections, second_language="", mark="", mark_sentence="")


def sum_blocks(key: str, item: Sum, catalog: Catalog, *, named: bool = True) -> Iterator[Block]:
    """One explained figure: its ledger, its notes, where its rule stands."""
    t = catalog.text
    if item.lines:
        yield _ledger(key, item.title if named else "", item.lines, catalog)
    for note in item.notes:
        yield Prose(note, small=True)
    if item.source:
        yield Field(Label(t("Source")), TextCell(item.source))
    if item.quotation:
        yield Field(Label(t("The source says")), TextCell(item.quotation))


def _fact(line: Line) -> Field:
    return Field(Label(line.words), line.cell)


def _entry(number: int, entry: Entry, catalog: Catalog) -> Iterator[Block]:
    t = catalog.text
    yield Gap(Label(f"{number}. {entry.sentence}"))
    if entry.place:
        yield Field(Label(t("Where")), TextCell(entry.place))
    if entry.lines:
        yield _ledger(f"{entry.level}-{number}", t("How it was computed"), entry.lines, catalog)
    for way in entry.ways:
        yield Field(Label(t("A way to put it right")), TextCell(way))
    if entry.source:
        yield Field(Label(t("Source")), TextCell(entry.source))
    if entry.quotation:
        yield Field(Label(t("The source says")), TextCell(entry.quotation))
    if entry.mark:
        yield Field(Label(t("Marked as read")), TextCell(entry.mark, strong=True))


def _ledger(key: str, title: str, lines: tuple[Line, ...], catalog: Catalog) -> Table:
    columns = (
        Column("words", Label(catalog.text("Figure")), weight=60),
        Column("figure", Label(catalog.text("Value")), Align.RIGHT, 24),
    )
    rows = tuple(Row((TextCell(line.words), line.cell), RowKind.SUM if line.result else RowKind.LINE) for line in lines)
    return Table(key, Label(title), columns, rows)


def _tables(review: Review, catalog: Catalog) -> Iterator[tuple[str, str, Sequence[Block]]]:
    t = catalog.text
    heads: tuple[tuple[str, str, int], ...]
    rows: list[tuple[Cell, ...]]
    if review.criteria:
        heads = (
            ("criterion", t("Criterion"), 40),
            ("answered", t("Answered in"), 30),
            ("estimate", t("Own estimate"), 14),
            ("reason", t("Why, or what is missing"), 26),
        )
        rows = [
            (TextCell(item.criterion), TextCell(item.answered), _text(item.estimate), _text(item.reason))
            for item in review.criteria
        ]
        yield "criteria", t("Selection criteria"), [Prose(review.coverage), _table("criteria", heads, rows)]
    if review.waiting:
        heads = (("place", t("Field"), 30), ("text", t("Typed text"), 24), ("reason", t("Why it is no value"), 40))
        rows = [(TextCell(item.place), TextCell(item.text), TextCell(item.reason)) for item in review.waiting]
        yield "pending", t("Typed but not yet readable"), [_table("pending", heads, rows)]
    if review.terms:
        heads = (
            ("name", t("Value of the call"), 30),
            ("stated", t("By the call's file"), 18),
            ("own", t("Set by the applicant"), 18),
            ("note", t("Where it stands"), 30),
            ("on", t("Set on"), 14),
        )
        rows = [
            (TextCell(item.name), _text(item.stated), _text(item.own), _text(item.note), _day(item.on))
            for item in review.terms
        ]
        yield "terms", t("Values of the applicant's own"), [_table("terms", heads, rows)]
    if review.old_marks:
        heads = (("place", t("Field"), 34), ("reason", t("Reason then"), 46), ("on", t("Marked on"), 14))
        rows = [(TextCell(item.place), _text(item.reason), _day(item.on)) for item in review.old_marks]
        said = Prose(t("What these marks spoke of has changed since, or is gone."), small=True)
        yield "old-marks", t("Marks as read that no longer hold"), [said, _table("old-marks", heads, rows)]
    if review.rules:
        heads = (("rule", t("Rule"), 26), ("source", t("Where it stands"), 44), ("status", t("How sure"), 26))
        rows = [(TextCell(item.rule), _text(item.source), TextCell(item.status)) for item in review.rules]
        yield "rules", t("Rules of the call and their sources"), [_table("rules", heads, rows)]
    if review.papers:
        heads = (
            ("title", t("Source"), 44),
            ("year", t("Year"), 10),
            ("read", t("Read on"), 14),
            ("url", t("Address"), 36),
        )
        rows = [(TextCell(item.title), _text(item.year), _day(item.read), _text(item.url)) for item in review.papers]
        yield "papers", t("Papers that the rules come from"), [_table("papers", heads, rows)]


def _table(key: str, heads: Sequence[tuple[str, str, int]], rows: Sequence[tuple[Cell, ...]]) -> Table:
    columns = tuple(Column(name, Label(words), weight=weight) for name, words, weight in heads)
    return Table(key, Label(""), columns, tuple(Row(cells) for cells in rows))


def _text(text: str) -> Cell:
    return TextCell(text) if text else EmptyCell()


def _day(day: datetime.date | None) -> Cell:
    return DateCell(day) if day else EmptyCell()
