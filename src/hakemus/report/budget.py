"""The section of costs: rows of lines and people under their categories. Sums are given, not made."""

from __future__ import annotations

from typing import Any

from hakemus.domain.application import Line, Person
from hakemus.domain.draft import any_value, person_category
from hakemus.domain.fields import word
from hakemus.domain.figures import RowFigures, Sums
from hakemus.domain.money import ZERO, total
from hakemus.i18n.amounts import format_decimal, format_money, format_percent
from hakemus.i18n.marking import N_
from hakemus.report.model import (
    HIDDEN,
    Align,
    Cell,
    Column,
    EmptyCell,
    Field,
    MoneyCell,
    PendingCell,
    Prose,
    Row,
    RowKind,
    Table,
    TextCell,
)
from hakemus.report.plan import blank_rows
from hakemus.report.source import Source

NO_CATEGORY = ""
LINE_CELLS = ("description", "quantity", "unit", "unit_price", "amount")
OWN_COLUMNS = ("category", "year", "payer", "vat_percent", "account")
"""What a workbook knows of a cost line in columns of its own, by field."""


def budget(source: Source) -> list[Any]:
    """Cost rows under the call's categories, with the sums of each and of all."""
    table = cost_table(source)
    blocks: list[Any] = [table]
    totals = source.figures.totals
    if source.blank:
        return blocks
    if not totals.itemised:
        note = source.t("The costs are not itemised: the total is the sum of the sources of funding.")
        blocks = [Prose(note)]
        if table.rows:
            blocks.append(table)
        blocks.append(Field(source.label(N_("Total costs")), MoneyCell(totals.costs), "budget"))
    if totals.excluded:
        blocks.append(Field(source.label(N_("Costs that the call does not accept")), MoneyCell(totals.excluded)))
    return blocks


def show_accepted(source: Source) -> bool:
    every = [*source.figures.lines.values(), *source.figures.people.values()]
    return any(row.planned is not None and row.accepted != row.planned for row in every)


def cost_table(source: Source, *, columns: bool = False) -> Table:
    """The cost rows under their categories. `columns`: what else is known of a row has columns, and is no note."""
    currency = source.call.currency
    accepted = not source.blank and show_accepted(source)
    sign = format_money(ZERO, currency).split("\u00a0")[-1]
    heads = [
        Column("description", source.name("budget.lines[].description"), weight=40),
        Column("quantity", source.name("budget.lines[].quantity"), Align.RIGHT, 11),
        Column("unit", source.name("budget.lines[].unit"), weight=11),
        Column("unit_price", source.label(N_("Unit price")), Align.RIGHT, 15),
        Column("planned", source.label(N_("Sum")), Align.RIGHT, 16),
    ]
    if accepted:
        heads.append(Column("accepted", source.label(N_("Accepted")), Align.RIGHT, 16))
    rows: list[Row] = []
    data = source.draft.application.budget
    names = [item.id for item in source.call.categories]
    for category in () if source.blank else (*names, NO_CATEGORY):
        people = [row for row in data.people if _category(source, person_category(row.category)) == category]
        lines = [row for row in data.lines if _category(source, row.category) == category]
        if not people and not lines:
            continue
        secret = any(
            source.kept_back(f"budget.{table}[{row.id}]")
            for table, held in (("people", people), ("lines", lines))
            for row in held
        )
        rows.append(_group(source, category, accepted, secret=secret))
        rows += [_person(source, row, accepted, category, columns=columns) for row in people]
        rows += [_line(source, row, accepted, category, columns=columns) for row in lines]
    if source.blank:
        for item in source.call.categories:
            label = source.both(source.call_label(item.label))
            empties = tuple(EmptyCell() for _ in heads[1:])
            rows.append(Row((TextCell(label, strong=True), *empties), RowKind.GROUP, group=item.id))
            rows += blank_rows(len(heads), 2)
    elif rows and source.figures.totals.itemised:
        every = [*source.figures.lines.values(), *source.figures.people.values()]
        planned = total(row.planned or ZERO for row in every)
        sums = (MoneyCell(planned), MoneyCell(source.figures.totals.costs)) if accepted else (MoneyCell(planned),)
        rows.append(
            Row(
                (TextCell(source.t("Costs in all"), strong=True), EmptyCell(), EmptyCell(), EmptyCell(), *sums),
                RowKind.TOTAL,
            )
        )
    # where there are sums, each says its currency itself
    notes = [source.t("Sums are in {currency}.", currency=sign) if source.blank else _vat_note(source)]
    return Table(
        "budget",
        source.label(N_("Budget")),
        tuple(heads),
        tuple(rows),
        empty=source.t("No cost rows yet"),
        notes=tuple(note for note in notes if note),
    )


def _vat_note(source: Source) -> str:
    position = word(source.draft.application.applicant.vat)
    if position == "recovers":
        return source.t("The applicant gets VAT back: costs are counted without it.")
    if position == "bears":
        return source.t("VAT stays as a cost for the applicant: costs are counted with it.")
    return ""


def _category(source: Source, name: str | None) -> str:
    return name if name in source.call.category_ids and name is not None else NO_CATEGORY


def _group(source: Source, category: str, accepted: bool, *, secret: bool) -> Row:
    found = source.call.category(category)
    label = source.call.text(found.label, source.catalog.language) if found else source.t("No category")
    sums = source.figures.by_category.get(category, Sums())
    cells: tuple[Cell, ...] = (
        TextCell(label, strong=True),
        EmptyCell(),
        EmptyCell(),
        EmptyCell(),
        HIDDEN if secret else MoneyCell(sums.planned),
    )
    both = (*cells, HIDDEN if secret else MoneyCell(sums.accepted)) if accepted else cells
    return Row(both, RowKind.GROUP, group=category)


def sums_of(figures: RowFigures, accepted: bool) -> tuple[Cell, ...]:
    planned: Cell = EmptyCell() if figures.planned is None else MoneyCell(figures.planned)
    return (planned, MoneyCell(figures.accepted)) if accepted else (planned,)


def _line(source: Source, line: Line, accepted: bool, group: str, *, columns: bool) -> Row:
    at = f"budget.lines[{line.id}]"
    cells = tuple(source.cell(f"{at}.{key}") for key in ("description", "quantity", "unit", "unit_price"))
    secret = source.kept_back(at)
    figures = source.figures.lines.get(line.id, RowFigures())
    sums = _hidden(sums_of(figures, accepted), secret)
    cells = (cells[0], *_hidden(cells[1:], secret))
    if f"{at}.amount" in source.draft.pending:
        sums = (source.cell(f"{at}.amount"), *sums[1:])
    vat = ""
    if line.vat_percent is not None:
        percent = format_percent(line.vat_percent)
        vat = (
            source.t("incl. VAT {percent}", percent=percent)
            if line.vat_included
            else source.t("plus VAT {percent}", percent=percent)
        )
    elsewhere = [
        line.category or "" if group == NO_CATEGORY else "",
        vat,
        str(line.year) if line.year is not None else "",
        source.row_name("partners", line.payer, "name"),
        source.t("Account {account}", account=line.account) if any_value(line.account) else "",
    ]
    notes = [
        *(["" if not line.vat_included else vat] if columns else elsewhere),
        source.row_name("activities", line.activity, "title"),
        line.supplier or "",
        _days(source, at),
        source.ground_within(at),
    ]
    pending = source.waiting(at, *LINE_CELLS, *(OWN_COLUMNS if columns else ()))
    return Row(
        (*cells, *sums), id=at, group=group, note=" · ".join(part for part in (*notes, *pending) if any_value(part))
    )


def _hidden(cells: tuple[Cell, ...], secret: str) -> tuple[Cell, ...]:
    """The figures of a row, none of them where one is secret: each could be reckoned from the others."""
    return tuple(cell if isinstance(cell, EmptyCell) else HIDDEN for cell in cells) if secret else cells


def _days(source: Source, at: str) -> str:
    from hakemus.i18n.dates import format_period

    starts, ends = source.value(f"{at}.starts_on"), source.value(f"{at}.ends_on")
    return format_period(starts, ends) if starts or ends else ""


def _person(source: Source, person: Person, accepted: bool, group: str, *, columns: bool) -> Row:
    at = f"budget.people[{person.id}]"
    parts = [
        source.t("{months} month" if person.months == 1 else "{months} months", months=format_decimal(person.months))
        if person.months is not None
        else "",
        format_percent(person.time_percent) if person.time_percent is not None else "",
        source.t("{pay} a month", pay=format_money(person.monthly_pay, source.call.currency))
        if person.monthly_pay is not None
        else "",
    ]
    sides = [
        person.category or "" if group == NO_CATEGORY else "",
        source.t("side costs {percent}", percent=format_percent(person.side_cost_percent))
        if person.side_cost_percent is not None
        else "",
        source.t("holiday pay {percent}", percent=format_percent(person.holiday_percent))
        if person.holiday_percent is not None
        else "",
        str(person.year) if person.year is not None else "",
        source.row_name("partners", person.payer, "name"),
        source.row_name("activities", person.activity, "title"),
    ]
    secret = source.kept_back(at)
    # where they have columns of their own, only what they were spent on is left to say
    sums = "" if secret or columns else " × ".join(part for part in parts if part)
    sides = [*([] if secret else sides[-1:] if columns else sides), source.ground_within(at)]
    note = " · ".join(part for part in (sums, *sides, *source.waiting(at, "title")) if any_value(part))
    months: Cell = source.cell(f"{at}.months")
    if isinstance(months, PendingCell):
        months = EmptyCell()
    cells: tuple[Cell, ...] = (
        source.cell(f"{at}.title"),
        months,
        TextCell(source.t("month")) if person.months is not None else EmptyCell(),
        EmptyCell(),
    )
    cells = (*cells, *sums_of(source.figures.people.get(person.id, RowFigures()), accepted))
    return Row((cells[0], *_hidden(cells[1:], secret)), id=at, group=group, note=note)
