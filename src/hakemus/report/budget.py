"""The sections of money: cost rows under their categories, and where the money comes from. Sums are given, not made."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hakemus.domain.application import Line, Person
from hakemus.domain.draft import any_value, person_category
from hakemus.domain.fields import word
from hakemus.domain.figures import RowFigures, Sums
from hakemus.domain.money import ZERO, Money, split, total
from hakemus.i18n.amounts import format_decimal, format_money, format_percent, format_shown
from hakemus.i18n.field_names import words_of
from hakemus.i18n.marking import N_
from hakemus.report.model import (
    HIDDEN,
    Align,
    BarPart,
    Cell,
    Column,
    EmptyCell,
    Field,
    FundingBar,
    MoneyCell,
    PendingCell,
    Prose,
    Row,
    RowKind,
    ShownCell,
    Table,
    TextCell,
)
from hakemus.report.plan import blank_rows
from hakemus.report.source import Source, filled

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
    notes = [source.t("Sums are in {currency}.", currency=sign)]
    if not source.blank:
        notes.append(_vat_note(source))
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
        _name_of(source, "partners", line.payer, "name"),
        source.t("Account {account}", account=line.account) if any_value(line.account) else "",
    ]
    notes = [
        *(["" if not line.vat_included else vat] if columns else elsewhere),
        _name_of(source, "activities", line.activity, "title"),
        line.supplier or "",
        _days(source, at),
        _secret_words(source, at),
    ]
    pending = source.waiting(at, *LINE_CELLS, *(OWN_COLUMNS if columns else ()))
    return Row(
        (*cells, *sums), id=at, group=group, note=" · ".join(part for part in (*notes, *pending) if any_value(part))
    )


def _hidden(cells: tuple[Cell, ...], secret: str) -> tuple[Cell, ...]:
    """The figures of a row, none of them where one is secret: each could be reckoned from the others."""
    return tuple(cell if isinstance(cell, EmptyCell) else HIDDEN for cell in cells) if secret else cells


def _secret_words(source: Source, at: str) -> str:
    """The ground of what is hidden in a row; a row that is secret as a whole has it in place of its name."""
    return "" if at in source.withheld else source.kept_back(at)


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
        _name_of(source, "partners", person.payer, "name"),
        _name_of(source, "activities", person.activity, "title"),
    ]
    secret = source.kept_back(at)
    # where they have columns of their own, only what they were spent on is left to say
    sums = "" if secret or columns else " × ".join(part for part in parts if part)
    sides = [*([] if secret else sides[-1:] if columns else sides), _secret_words(source, at)]
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


def _name_of(source: Source, table: str, name: str | None, field: str) -> str:
    if name is None:
        return ""
    row = next((item for item in getattr(source.draft.application, table) if item.id == name), None)
    return "" if row is None else (getattr(row, field) or "")


def funding(source: Source) -> list[Any]:
    """Every source of money, its share, the bar, and the share of the grant against its limit."""
    totals = source.figures.totals
    currency = source.call.currency
    table = funding_table(source)
    blocks: list[Any] = [table]
    if source.blank:
        return [*filled(source, ("funding.grant",)), *blocks, *filled(source, ("project.cost_centre",))]
    bar = _bar(source)
    if bar and not source.kept_back("funding"):
        blocks.append(bar)
    if source.kept_back("funding.grant"):
        return [*blocks, *filled(source, ("project.cost_centre",))]
    if totals.share_percent is not None and totals.grant:
        note = source.t("of {base}", base=format_money(totals.base, currency))
        blocks.append(
            Field(source.label(N_("Share of the grant")), ShownCell(totals.share_percent), "funding.grant", note)
        )
    if totals.cap is not None and totals.grant:
        blocks.append(Field(source.label(N_("Highest grant under the rules of the call")), MoneyCell(totals.cap)))
    if totals.over_cap:
        blocks.append(Field(source.label(N_("Above the highest grant by")), MoneyCell(totals.over_cap)))
    if totals.gap:
        name = N_("Not yet funded") if totals.gap.cents > 0 else N_("More funding than costs")
        blocks.append(Field(source.label(name), MoneyCell(Money(abs(totals.gap.cents)))))
    if totals.own_not_counted:
        blocks.append(
            Field(source.label(N_("Own funding that the call does not count")), MoneyCell(totals.own_not_counted))
        )
    blocks += filled(source, ("project.cost_centre",))
    return blocks


def funding_table(source: Source) -> Table:
    data = source.draft.application.funding
    heads = (
        Column("source", source.label(N_("Source of funding")), weight=40),
        Column("kind", source.label(N_("Kind and state")), weight=28),
        Column("amount", source.label(N_("Sum")), Align.RIGHT, 18),
        Column("share", source.label(N_("Share %")), Align.RIGHT, 12),
    )
    if source.blank:
        names = (N_("Grant applied for"), N_("Own funding"), N_("Other funding"), N_("Income of the project"))
        rows = [
            Row((TextCell(source.both(source.label(name))), EmptyCell(), EmptyCell(), EmptyCell())) for name in names
        ]
        rows.append(
            Row(
                (
                    TextCell(source.both(source.label(N_("Funding in all"))), strong=True),
                    EmptyCell(),
                    EmptyCell(),
                    EmptyCell(),
                ),
                RowKind.TOTAL,
            )
        )
        return Table("funding", source.label(N_("Funding")), heads, tuple(rows))
    entries: list[tuple[str, Cell, Cell, Money, str]] = [
        ("funding.grant", TextCell(source.t("Grant applied for"), strong=True), EmptyCell(), data.grant or ZERO, ""),
    ]
    for own in data.own:
        kind = word(own.kind) or "appropriation"
        extra = [
            own.evidence or "",
            _name_of(source, "partners", own.partner, "name"),
            str(own.year) if own.year is not None else "",
            _work(source, own.hours, own.rate),
        ]
        text = own.description if any_value(own.description) else source.t("Own funding")
        entries.append(
            (
                f"funding.own[{own.id}]",
                TextCell(text or ""),
                TextCell(source.t(words_of("funding.own[].kind")[kind])),
                own.amount or ZERO,
                " · ".join(part for part in extra if any_value(part)),
            )
        )
    for item in data.other:
        state = word(item.status)
        kind = word(item.kind) or ""
        words = [
            source.t(words_of("funding.other[].kind")[kind]) if kind else source.t("Other funding"),
            source.t(words_of("funding.other[].status")[state]) if state else "",
        ]
        text = item.source if any_value(item.source) else source.t("Other funding")
        extra = [
            _name_of(source, "partners", item.partner, "name"),
            source.t("for the same costs") if item.same_costs else "",
            source.t("decided on {date}", date=item.decided_on) if item.decided_on else "",
        ]
        entries.append(
            (
                f"funding.other[{item.id}]",
                TextCell(text or ""),
                TextCell(", ".join(part for part in words if part)),
                item.amount or ZERO,
                " · ".join(part for part in extra if any_value(part)),
            )
        )
    for row in data.income:
        text = row.description if any_value(row.description) else source.t("Income of the project")
        entries.append(
            (
                f"funding.income[{row.id}]",
                TextCell(text or ""),
                TextCell(source.t("Income of the project")),
                row.amount or ZERO,
                "",
            )
        )
    return Table("funding", source.label(N_("Funding")), heads, _funding_rows(source, entries))


def _work(source: Source, hours: Decimal | None, rate: Money | None) -> str:
    """Own work as far as it is known: hours, their price, or both."""
    parts = [
        source.t("{hours} h", hours=format_decimal(hours)) if hours is not None else "",
        source.t("{rate} an hour", rate=format_money(rate, source.call.currency)) if rate is not None else "",
    ]
    return " × ".join(part for part in parts if part)


def _funding_rows(source: Source, entries: list[tuple[str, Cell, Cell, Money, str]]) -> tuple[Row, ...]:
    left_out = _left_out(source)
    counted = [ZERO if path in left_out else amount for path, _, _, amount, _ in entries]
    shares = _shares(source, counted)
    rows = []
    for (path, name, kind, amount, note), share in zip(entries, shares, strict=True):
        field = path if path == "funding.grant" else f"{path}.amount"
        waiting = source.draft.pending.get(field)
        figure: Cell = source.cell(field) if waiting is not None else MoneyCell(amount)
        secret = source.kept_back(path)
        figure = HIDDEN if secret else figure
        mark = left_out.get(path, "")
        marks = [mark, secret if path == "funding.grant" else _secret_words(source, path)]
        note = " · ".join(part for part in (note, *marks, *source.waiting(path, "amount")) if part)
        rows.append(Row((name, kind, figure, EmptyCell() if mark else share), id=path, note=note))
    totals = source.figures.totals
    # a secret sum is among the total and not among the rows
    whole = totals.grant + totals.own + totals.other + totals.income if source.kept_back("funding") else total(counted)
    rows.append(
        Row(
            (
                TextCell(source.t("Funding in all"), strong=True),
                EmptyCell(),
                MoneyCell(whole),
                ShownCell("100.00") if whole.cents > 0 else EmptyCell(),
            ),
            RowKind.TOTAL,
        )
    )
    return tuple(rows)


def _left_out(source: Source) -> dict[str, str]:
    """The rows of money that stand beside the sums, and why."""
    funding, kinds = source.draft.application.funding, {"appropriation", *source.call.own.kinds}
    refused = {f"funding.other[{row.id}]" for row in funding.other if word(row.status) == "refused"}
    other_kind = {f"funding.own[{row.id}]" for row in funding.own if (word(row.kind) or "appropriation") not in kinds}
    return {
        **dict.fromkeys(refused, source.t("refused, not counted")),
        **dict.fromkeys(other_kind, source.t("not counted in this call")),
    }


def _shares(source: Source, counted: list[Money]) -> list[Cell]:
    """Shares in hundredths of a percent that add up to 100; the grant's is the one that the rule is judged by."""
    whole = total(counted)
    if source.kept_back("funding"):
        return [EmptyCell() for _ in counted]
    if whole.cents <= 0 or any(amount.cents < 0 for amount in counted):
        return [EmptyCell() for _ in counted]
    totals = source.figures.totals
    parts = list(split(Money(10_000), [amount.cents for amount in counted]))
    if totals.share_percent is not None and totals.base == whole and totals.base == totals.costs:
        grant = Money.parse(totals.share_percent)
        parts = [grant, *split(Money(10_000) - grant, [amount.cents for amount in counted[1:]])]
    return [ShownCell(str(part)) for part in parts]


def _bar(source: Source) -> FundingBar | None:
    totals = source.figures.totals
    currency = source.call.currency
    sums = [
        (source.t("Grant"), totals.grant, "grant"),
        (source.t("Own funding"), totals.own, "own"),
        (source.t("Other funding"), totals.other, "other"),
        (source.t("Income"), totals.income, "income"),
    ]
    parts = [(name, amount, tone) for name, amount, tone in sums if amount.cents > 0]
    if totals.gap.cents > 0:
        parts.append((source.t("Not yet funded"), totals.gap, "gap"))
    whole = total(amount for _, amount, _ in parts)
    if not whole:
        return None
    cap_words = over_words = ""
    if totals.cap is not None:
        cap_words = source.t("Highest grant {sum}", sum=format_money(totals.cap, currency))
        if totals.over_cap:
            over_words = source.t("{sum} above", sum=format_money(totals.over_cap, currency))
    made = tuple(BarPart(name, amount, format_money(amount, currency), tone) for name, amount, tone in parts)
    figures = "; ".join(f"{part.name} {part.words}" for part in made)
    share = (
        source.t("Share of the grant {share}.", share=format_shown(totals.share_percent))
        if totals.share_percent
        else ""
    )
    alt = " ".join(
        part
        for part in (
            source.t("Funding: {figures}.", figures=figures),
            share,
            f"{cap_words}." if cap_words else "",
            f"{over_words}." if over_words else "",
        )
        if part
    )
    return FundingBar(made, whole, totals.cap, cap_words, over_words, alt)
