"""What a workbook shows beside the form: cost rows with a column for everything that can be changed in them, people
with what their cost is made of, each partner's own rows, and the costs by payer, year and account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from hakemus.domain.draft import any_value, person_category
from hakemus.domain.figures import RowFigures
from hakemus.domain.money import Money, total
from hakemus.i18n.marking import N_
from hakemus.report import budget, funding
from hakemus.report.model import (
    Align,
    Cell,
    Choice,
    Column,
    EmptyCell,
    Label,
    MoneyCell,
    NumberCell,
    Row,
    RowKind,
    Share,
    SumsBy,
    Table,
    TextCell,
    Workbook,
)
from hakemus.report.source import Source

LONGEST_CHOICE = 80


def workbook(source: Source) -> Workbook:
    """The parts of a workbook, from the same draft and figures as the form."""
    made = _Parts(source)
    return Workbook(
        made.costs(),
        made.people(),
        tuple(made.payers()),
        tuple(made.sums()) if source.figures.totals.itemised else (),
        {"category": made.categories, "payer": made.partners, "year": made.years},
        itemised=source.figures.totals.itemised,
    )


@dataclass(frozen=True)
class _Parts:
    source: Source

    # -- lists to choose from --------------------

    @cached_property
    def categories(self) -> tuple[Choice, ...]:
        call, language = self.source.call, self.source.catalog.language
        return _unlike((item.id, call.text(item.label, language)) for item in call.categories)

    @cached_property
    def partners(self) -> tuple[Choice, ...]:
        t = self.source.t
        named = (
            (partner.id, partner.name if any_value(partner.name) else t("Partner"))
            for partner in self.source.draft.application.partners
        )
        return _unlike((("", t("Applicant")), *((name, words or "") for name, words in named)))

    @cached_property
    def years(self) -> tuple[Choice, ...]:
        application = self.source.draft.application
        data, project = application.budget, application.project
        found = {row.year for row in data.lines} | {row.year for row in data.people}
        days = [day.year for day in (project.starts_on, project.ends_on) if day is not None]
        if days and max(days) - min(days) < 30:
            found |= set(range(min(days), max(days) + 1))
        return tuple(Choice(str(year), str(year)) for year in sorted(year for year in found if year is not None))

    def _words(self, choices: Iterable[Choice], name: str) -> str:
        return next((item.label for item in choices if item.id == name), _short(name))

    # -- tables --------------------

    def costs(self) -> Table:
        """The cost rows of the form, with columns of their own for what else is known of them."""
        source = self.source
        table = budget.cost_table(source, columns=True)
        heads = {
            "category": (Align.LEFT, 18),
            "year": (Align.RIGHT, 8),
            "payer": (Align.LEFT, 16),
            "vat_percent": (Align.RIGHT, 9),
            "account": (Align.LEFT, 10),
        }
        columns = tuple(
            Column(key, source.name(f"budget.lines[].{key}"), align, weight) for key, (align, weight) in heads.items()
        )
        rows = tuple(replace(row, cells=(*row.cells, *self._own(row))) for row in table.rows)
        return replace(table, columns=(*table.columns, *columns), rows=rows)

    def _own(self, row: Row) -> tuple[Cell, ...]:
        if not row.id.startswith("budget.lines["):
            return tuple(EmptyCell() for _ in budget.OWN_COLUMNS)
        return tuple(self._choice_cell(row.id, key) for key in budget.OWN_COLUMNS)

    def _choice_cell(self, at: str, key: str) -> Cell:
        """A cell of a row: the words of what was chosen, else what the form shows of it."""
        source = self.source
        name = source.value(f"{at}.{key}")
        if key == "category" and at.startswith("budget.people"):
            name = person_category(name)
        if f"{at}.{key}" in source.draft.pending:
            return source.cell(f"{at}.{key}")
        if key == "payer":
            return TextCell(self._words(self.partners, name or ""))
        if key == "category" and any_value(name):
            return TextCell(self._words(self.categories, name))
        if key == "vat_percent" and isinstance(name, Decimal):
            return NumberCell(name)
        return source.cell(f"{at}.{key}")

    def people(self) -> Table | None:
        """Every person with what the cost is made of; None where there is none."""
        source = self.source
        people = source.draft.application.budget.people
        if not people:
            return None
        keys = ("title", "months", "time_percent", "monthly_pay", "holiday_percent", "side_cost_percent")
        accepted = budget.show_accepted(source)
        columns = [
            Column(key, source.name(f"budget.people[].{key}"), Align.RIGHT if at else Align.LEFT, 12 if at else 36)
            for at, key in enumerate(keys)
        ]
        columns.append(Column("planned", source.label(N_("Sum")), Align.RIGHT, 16))
        if accepted:
            columns.append(Column("accepted", source.label(N_("Accepted")), Align.RIGHT, 16))
        columns += [
            Column(key, source.name(f"budget.people[].{key}"), Align.RIGHT if key == "year" else Align.LEFT, weight)
            for key, weight in (("category", 18), ("year", 8), ("payer", 16))
        ]
        rows = []
        for person in people:
            at = f"budget.people[{person.id}]"
            cells = [_plain(source.cell(f"{at}.{key}")) for key in keys]
            cells += budget.sums_of(source.figures.people.get(person.id, RowFigures()), accepted)
            cells += [self._choice_cell(at, key) for key in ("category", "year", "payer")]
            waiting = source.waiting(at, *keys, "category", "year", "payer")
            rows.append(Row(tuple(cells), id=at, note=" · ".join(waiting)))
        return Table("people", source.label(N_("People")), tuple(columns), tuple(rows))

    # -- sums --------------------

    def _rows(self) -> list[tuple[str, Any, Money]]:
        """Address, row and accepted sum of every cost row."""
        data, figures = self.source.draft.application.budget, self.source.figures
        none = RowFigures()
        lines = ((f"budget.lines[{row.id}]", row, figures.lines.get(row.id, none).accepted) for row in data.lines)
        people = ((f"budget.people[{row.id}]", row, figures.people.get(row.id, none).accepted) for row in data.people)
        return [*lines, *people]

    def sums(self) -> Iterable[SumsBy]:
        """The costs by payer, by year and by account, where that says more than their whole does."""
        t = self.source.t
        if len(self.partners) > 1:
            yield self._by("payer", t("By payer"), "", lambda row: self._words(self.partners, row.payer or ""))
        yield self._by("year", t("By year"), t("No year"), lambda row: row.year)
        yield self._by("account", t("By account"), t("No account"), _account)

    def _by(self, key: str, title: str, nothing: str, of: Callable[[Any], str | int | None]) -> SumsBy:
        found: dict[str | int | None, list[Money]] = {}
        for _, row, amount in self._rows():
            found.setdefault(of(row), []).append(amount)
        order = sorted(found, key=lambda value: (value is None, str(value).casefold()))
        shares = [Share(nothing if value is None else str(value), value, total(found[value])) for value in order]
        if key != "payer":
            return SumsBy(key, title, tuple(shares) if any(share.value is not None for share in shares) else ())
        first = self.partners[0].label
        return SumsBy(key, title, tuple(sorted(shares, key=lambda share: share.value != first)))

    # -- partners --------------------

    def payers(self) -> Iterable[tuple[Table, ...]]:
        """For each partner that pays or gives something, its cost rows and its money."""
        costs, money = self.costs(), funding.funding_table(self.source)
        data = self.source.draft.application
        paid: dict[str, set[str]] = {}
        for at, row, _ in self._rows():
            paid.setdefault(row.payer or "", set()).add(at)
        given: dict[str, set[str]] = {}
        for table, rows in (("own", data.funding.own), ("other", data.funding.other)):
            for item in rows:
                given.setdefault(item.partner or "", set()).add(f"funding.{table}[{item.id}]")
        for choice in self.partners[1:]:
            tables = [
                self._part_of(table, choice, rows, key)
                for table, rows, key in ((costs, paid.get(choice.id), "costs"), (money, given.get(choice.id), "money"))
                if rows
            ]
            if tables:
                yield tuple(tables)

    def _part_of(self, table: Table, choice: Choice, ids: set[str], key: str) -> Table:
        """Those rows of a table, with their own total."""
        left_out = {"share"} if key == "money" else {"payer"}
        kept = [at for at, column in enumerate(table.columns) if column.key not in left_out]
        rows = [
            Row(tuple(row.cells[at] for at in kept), id=row.id, note=row.note) for row in table.rows if row.id in ids
        ]
        columns = tuple(table.columns[at] for at in kept)
        sums: list[Cell] = [TextCell(self.source.t("In all"), strong=True)]
        for at, column in enumerate(columns[1:], 1):
            figures = [cell.amount for row in rows if isinstance(cell := row.cells[at], MoneyCell)]
            counts = column.key in ("planned", "accepted", "amount")
            sums.append(MoneyCell(total(figures)) if counts else EmptyCell())
        title = Label(choice.label) if key == "costs" else table.title
        return Table(f"payer.{key}", title, columns, (*rows, Row(tuple(sums), RowKind.TOTAL)))


def _account(row: Any) -> str | None:
    account = getattr(row, "account", None)
    return account if any_value(account) else None


def _plain(cell: Cell) -> Cell:
    """A percentage as the number that is typed, so that `50` typed over it means the same."""
    return NumberCell(cell.number) if isinstance(cell, NumberCell) else cell


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_CHOICE else f"{words[: LONGEST_CHOICE - 1]}…"


def _unlike(named: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Choices whose words differ, also for a program that takes large and small letters for the same."""
    taken: set[str] = set()
    found = []
    for name, words in named:
        label, number = _short(words), 1
        while label.casefold() in taken:
            number += 1
            label = f"{_short(words)} ({number})"
        taken.add(label.casefold())
        found.append(Choice(name, label))
    return tuple(found)
