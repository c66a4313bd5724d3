"""The reconciliation of somebody's own budget with the application as a paper: sums, categories, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hakemus.domain.call import Call
from hakemus.domain.money import Money
from hakemus.i18n.catalog import Catalog
from hakemus.report.model import (
    Align,
    Block,
    Cell,
    Column,
    EmptyCell,
    Field,
    Label,
    MoneyCell,
    Prose,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    TextCell,
)
from hakemus.usecases import rendering
from hakemus.usecases.reconcile import Pair, Reconciliation, Unread


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was held against the application: the file, its sheet, what came out, what could not be read."""

    file: str
    sheet: str
    found: Reconciliation
    unread: tuple[Unread, ...] = ()


def reconciliation_report(paper: Report, held: Reconciled, call: Call, catalog: Catalog) -> Report:
    """The report in the form of an application's `paper`, whose heading it takes over."""
    made = _Words(held, call, catalog)
    sections = tuple(
        Section(key, number, Label(title), tuple(blocks)) for number, (key, title, blocks) in enumerate(made.parts(), 1)
    )
    heading = replace(paper.heading, form=Label(catalog.text("Comparison of budgets")), copy_words="", copy_sentence="")
    return replace(paper, heading=heading, sections=sections, second_language="", mark="", mark_sentence="")


def category_name(name: str, call: Call, catalog: Catalog) -> str:
    """A category of the call in words."""
    found = call.category(name)
    return call.text(found.label, catalog.language) if found else name or catalog.text("No category")


@dataclass(frozen=True, slots=True)
class _Words:
    held: Reconciled
    call: Call
    catalog: Catalog

    def parts(self) -> Iterator[tuple[str, str, Sequence[Block]]]:
        t, found = self.catalog.text, self.held.found
        yield "summary", t("Summary"), list(self.summary())
        if found.categories:
            yield "categories", t("By category"), [self.categories()]
        for key, title, pairs in (
            ("differing", t("Lines that differ"), found.differing),
            ("only-theirs", t("Only in their budget"), found.only_theirs),
            ("only-ours", t("Only in the application"), found.only_ours),
            ("agreed", t("Lines that agree"), found.agreed),
        ):
            if pairs:
                yield key, title, [self.pairs(key, pairs)]
        if self.held.unread:
            yield "unread", t("Rows that could not be read"), [self.unread()]

    def summary(self) -> Iterator[Block]:
        t, found = self.catalog.text, self.held.found
        yield Field(Label(t("Their budget")), TextCell(" › ".join(dict.fromkeys((self.held.file, self.held.sheet)))))
        yield Field(Label(t("Costs in the application")), MoneyCell(found.ours))
        yield Field(Label(t("Costs in their budget")), MoneyCell(found.theirs))
        yield Field(Label(t("Difference")), MoneyCell(found.theirs - found.ours))
        if found.agrees:
            yield Prose(t("The budgets agree line by line, to the cent."))

    def table(self, key: str, words: str, rows: Sequence[Row]) -> Table:
        t = self.catalog.text
        columns = (
            Column("words", Label(words), weight=40),
            Column("ours", Label(t("In the application")), Align.RIGHT, 18),
            Column("theirs", Label(t("In their budget")), Align.RIGHT, 18),
            Column("difference", Label(t("Difference")), Align.RIGHT, 16),
        )
        return Table(key, Label(""), columns, tuple(rows))

    def categories(self) -> Table:
        found = self.held.found
        rows = [
            Row((TextCell(category_name(item.category, self.call, self.catalog)), *_figures(item.ours, item.theirs)))
            for item in found.categories
        ]
        whole = (TextCell(self.catalog.text("Costs in all"), strong=True), *_figures(found.ours, found.theirs))
        return self.table("categories", self.catalog.text("Cost category"), [*rows, Row(whole, RowKind.TOTAL)])

    def pairs(self, key: str, pairs: Sequence[Pair]) -> Table:
        return self.table(key, self.catalog.text("Cost"), [self.pair(pair) for pair in pairs])

    def pair(self, pair: Pair) -> Row:
        t, ours, theirs = self.catalog.text, pair.ours, pair.theirs
        notes = []
        if theirs is not None:
            notes.append(t("row {row}", row=str(theirs.row)))
            if theirs.category:
                notes.append(theirs.category)
            if ours is not None and _bare(ours.description) != _bare(theirs.description):
                notes.append(theirs.description)
        words = ours.description if ours is not None else theirs.description if theirs is not None else ""
        return Row(
            (
                TextCell(words or t("(no description)")),
                EmptyCell() if ours is None else MoneyCell(ours.amount),
                EmptyCell() if theirs is None else MoneyCell(theirs.amount),
                MoneyCell(pair.difference),
            ),
            note=" · ".join(notes),
        )

    def unread(self) -> Table:
        t = self.catalog.text
        columns = (Column("row", Label(t("Row")), weight=12), Column("reason", Label(t("Reason")), weight=80))
        rows = [
            Row((TextCell(str(item.row)), TextCell(rendering.message(item.reason, self.catalog, self.call))))
            for item in self.held.unread
        ]
        return Table("unread", Label(""), columns, tuple(rows))


def _figures(ours: Money, theirs: Money) -> tuple[Cell, Cell, Cell]:
    return MoneyCell(ours), MoneyCell(theirs), MoneyCell(theirs - ours)


def _bare(words: str) -> str:
    return " ".join(words.casefold().split())
