"""Two states of an application beside each other on paper: sums, and field by field what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hakemus.domain.draft import Draft
from hakemus.domain.money import Money
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.report.model import Align, Cell, Column, EmptyCell, Label, MoneyCell, Report, Row, Section, Table, TextCell
from hakemus.usecases.calls import call_of
from hakemus.usecases.comparing import Comparison, Difference, compare
from hakemus.usecases.difference_words import DifferenceWords


@dataclass(frozen=True, slots=True)
class State:
    """One of the two: what it is called, and its draft."""

    name: str
    draft: Draft


def comparison_report(paper: Report, old: State, new: State, catalog: Catalog) -> Report:
    """The comparison in the form of an application's `paper`, whose heading it takes over."""
    found = compare(old.draft, new.draft)
    made = _Words(old, new, found, catalog)
    sections = tuple(
        Section(key, number, Label(title), (table,)) for number, (key, title, table) in enumerate(made.parts(), 1)
    )
    form = f"{old.name} – {new.name}"
    heading = replace(
        paper.heading, form=Label(catalog.text("Comparison of versions")), copy_words="", copy_sentence=form
    )
    return replace(paper, heading=heading, sections=sections, second_language="", mark="", mark_sentence="")


@dataclass(frozen=True, slots=True)
class _Words:
    old: State
    new: State
    found: Comparison
    catalog: Catalog

    def parts(self) -> Iterator[tuple[str, str, Table]]:
        t = self.catalog.text
        sums = [Row((TextCell(t(item.name)), *_figures(item.old, item.new, item.money))) for item in self.found.sums]
        yield "sums", t("Sums"), self.table("sums", "", sums, figures=True)
        if not self.found:
            empty = self.table("differences", t("Field"), ())
            yield "differences", t("Differences"), replace(empty, empty=t("There are no differences."))
        words = DifferenceWords(self.catalog, call_of(self.new.draft), (self.new.draft, self.old.draft))
        for step, items in groupby(self.found.differences, key=lambda item: item.step):
            rows = [self.row(item, words) for item in items]
            yield step, t(STEP_NAMES.get(step, step)), self.table(step, t("Field"), rows)

    def table(self, key: str, head: str, rows: Sequence[Row], *, figures: bool = False) -> Table:
        side = Align.RIGHT if figures else Align.LEFT
        columns = (
            Column("field", Label(head), weight=30),
            Column("old", Label(self.old.name), side, 27),
            Column("new", Label(self.new.name), side, 27),
            Column("difference", Label(self.catalog.text("Difference")), Align.RIGHT, 16),
        )
        return Table(key, Label(""), columns, tuple(rows))

    def row(self, item: Difference, words: DifferenceWords) -> Row:
        old, new = words.pair(item)
        money: Cell = EmptyCell() if item.money is None else MoneyCell(item.money)
        return Row((TextCell(words.name(item)), TextCell(old), TextCell(new), money))


def _figures(old: Money, new: Money, difference: Money) -> tuple[Cell, ...]:
    return MoneyCell(old), MoneyCell(new), MoneyCell(difference)
