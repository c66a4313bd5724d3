"""The section of funding: where the money comes from, each source's share, the bar, and the grant against its limit.
Sums are given, not made.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hakemus.domain.draft import any_value
from hakemus.domain.fields import word
from hakemus.domain.money import ZERO, Money, split, total
from hakemus.i18n.amounts import format_decimal, format_money, format_shown
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
    Row,
    RowKind,
    ShownCell,
    Table,
    TextCell,
)
from hakemus.report.source import Source, filled


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
    figures: list[Field] = []
    if totals.share_percent is not None and totals.grant:
        note = source.t("of {base}", base=format_money(totals.base, currency))
        figures.append(
            Field(source.label(N_("Share of the grant")), ShownCell(totals.share_percent), "funding.grant", note)
        )
    if totals.cap is not None and totals.grant:
        figures.append(Field(source.label(N_("Highest grant under the rules of the call")), MoneyCell(totals.cap)))
    if totals.over_cap:
        figures.append(Field(source.label(N_("Above the highest grant by")), MoneyCell(totals.over_cap)))
    if totals.gap:
        name = N_("Not yet funded") if totals.gap.cents > 0 else N_("More funding than costs")
        figures.append(Field(source.label(name), MoneyCell(Money(abs(totals.gap.cents)))))
    if totals.own_not_counted:
        figures.append(
            Field(source.label(N_("Own funding that the call does not count")), MoneyCell(totals.own_not_counted))
        )
    figures += filled(source, ("project.cost_centre",))
    # Each is read against the one before it (a limit and what is over it, for example), and the last is left alone.
    return [*blocks, *(replace(figure, with_next=True) for figure in figures[:-1]), *figures[-1:]]


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
            source.row_name("partners", own.partner, "name"),
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
            source.row_name("partners", item.partner, "name"),
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
        marks = [mark, secret if path == "funding.grant" else source.ground_within(path)]
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
        grant = Money.reckoned(totals.share_percent)
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
