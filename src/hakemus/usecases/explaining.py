"""How each figure came about: its terms, its rule and its rounding, as lines of a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hakemus.domain.findings import Finding, Reference, Severity, TraceLine
from hakemus.domain.messages import Message, Shown, Texts, msg
from hakemus.domain.money import ZERO, Money
from hakemus.rules import exits, shares
from hakemus.rules.limits import ShareLimit, leading_limit, share_limits
from hakemus.usecases.checking import Check
from hakemus.usecases.explaining_parts import payer_lines, year_lines
from hakemus.usecases.explaining_rows import Lines, group_lines, row_lines

FIGURES = ("costs", "grant", "own", "other", "share", "distance", "gap", "years", "payers")
ROW, GROUP = "row=", "group="
"""Before the address of a cost row, and before the id of a category (none: the rows without one)."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure's name, the lines of its sum, what else there is to say, and where to change it."""

    title: Message
    lines: tuple[TraceLine, ...]
    notes: tuple[Message, ...] = ()
    reference: Reference | None = None
    path: str = ""


def explain(check: Check, figure: str) -> Explanation:
    """The explanation of one of `FIGURES`, of a cost row (`row=budget.lines[a]`) or a category (`group=travel`)."""
    if figure.startswith(ROW):
        return _of_lines(row_lines(check, figure.removeprefix(ROW)))
    if figure.startswith(GROUP):
        return _of_lines(group_lines(check, figure.removeprefix(GROUP)))
    match figure:
        case "years":
            return _of_lines(year_lines(check))
        case "payers":
            return _of_lines(payer_lines(check))
        case "costs":
            return _costs(check)
        case "own":
            return _own(check)
        case "other":
            return _other(check)
        case "share":
            return _share(check)
        case "gap":
            return _gap(check)
        case _:
            return _highest(check)


def _of_lines(made: Lines) -> Explanation:
    return Explanation(made.title, made.lines, made.notes, made.reference, made.path)


def _costs(check: Check) -> Explanation:
    totals = check.totals
    title = msg("Costs")
    if not totals.itemised:
        lines = (
            TraceLine(msg("Income of the project"), totals.income),
            TraceLine(msg("Other funding"), totals.other),
            TraceLine(msg("Own funding"), totals.own),
            TraceLine(msg("Grant applied for"), totals.grant),
            TraceLine(msg("Costs"), totals.costs, result=True),
        )
        note = msg("The costs are not itemised: the total is the sum of the sources of funding.")
        return Explanation(title, lines, (note,), path="budget.lines")
    lines_by_category = tuple(_categories(check))
    counted = Money(sum(sums.counted.cents for sums in check.figures.by_category.values()))
    result = [TraceLine(msg("Costs"), totals.costs, result=True)]
    if totals.excluded:
        result = [
            TraceLine(msg("Counted in all"), counted, result=True),
            TraceLine(msg("Costs that the call does not accept"), -totals.excluded),
            *result,
        ]
    notes = [msg("Each row counts without VAT where its payer gets VAT back, and with it where VAT stays as a cost.")]
    return Explanation(title, (*lines_by_category, *result), tuple(notes), path="budget.lines")


def _categories(check: Check) -> Iterator[TraceLine]:
    sums = check.figures.by_category
    for category in check.call.categories:
        if category.id in sums:
            yield TraceLine(msg("{name}", name=Texts(category.label)), sums[category.id].counted)
    if "" in sums:
        yield TraceLine(msg("No category"), sums[""].counted)


def _own(check: Check) -> Explanation:
    totals = check.totals
    lines = [
        TraceLine(_named(row.description, msg("Own funding")), row.amount)
        for row in check.draft.application.funding.own
        if row.amount is not None
    ]
    if totals.own_not_counted:
        lines.append(TraceLine(msg("Not counted in this call"), -totals.own_not_counted))
    lines.append(TraceLine(msg("Own funding"), totals.own, result=True))
    own = check.call.own
    return Explanation(
        msg("Own funding"), tuple(lines), reference=check.call.reference(own.reference), path="funding.own"
    )


def _other(check: Check) -> Explanation:
    funding = check.draft.application.funding
    lines = []
    for row in funding.other:
        if row.amount is None:
            continue
        name = _named(row.source, msg("Other funding"))
        if row.status == "refused":
            lines.append(TraceLine(msg("{name} (refused, not counted)", name=name), None))
        else:
            lines.append(TraceLine(name, row.amount))
    lines += [
        TraceLine(_named(row.description, msg("Income of the project")), row.amount)
        for row in funding.income
        if row.amount is not None
    ]
    totals = check.totals
    lines.append(TraceLine(msg("Other funding and income"), totals.other + totals.income, result=True))
    notes: tuple[Message, ...] = ()
    if totals.other != totals.other_confirmed:
        notes = (msg("{sum} of it is confirmed.", sum=totals.other_confirmed),)
    return Explanation(msg("Other funding and income"), tuple(lines), notes, path="funding.other")


def _named(text: str | None, otherwise: Message) -> Message:
    return msg("{name}", name=text.strip()) if text and text.strip() else otherwise


def _share(check: Check) -> Explanation:
    totals = check.totals
    lines = [TraceLine(msg("Grant applied for"), totals.grant), *_base(check)]
    if totals.share_percent is not None:
        lines.append(TraceLine(msg("Grant × 100 / base"), Shown(totals.share_percent), result=True))
    note = msg("Shown with two decimals, and never so that a broken rule looks kept; the check itself is exact.")
    return Explanation(msg("Share of the grant"), tuple(lines), (note,), _share_reference(check), "funding.grant")


def _base(check: Check) -> Iterator[TraceLine]:
    totals = check.totals
    yield TraceLine(msg("Costs"), totals.costs)
    if totals.base_kind != "total_costs":
        yield TraceLine(msg("Less income"), -totals.income)
    if totals.base_kind == "costs_less_income_and_other":
        yield TraceLine(msg("Less other funding"), -totals.other)
    yield TraceLine(msg("Base of the percentage"), totals.base, result=True)


def _gap(check: Check) -> Explanation:
    totals = check.totals
    lines = [
        TraceLine(msg("Costs"), totals.costs),
        TraceLine(msg("− income"), totals.income),
        TraceLine(msg("− other funding"), totals.other),
        TraceLine(msg("Left uncovered"), totals.uncovered, result=True),
        TraceLine(msg("− own funding"), totals.own),
        TraceLine(msg("− grant"), totals.grant),
    ]
    if totals.gap < ZERO:
        lines.append(TraceLine(msg("More money than costs"), -totals.gap, result=True))
    else:
        lines.append(TraceLine(msg("Not yet funded"), totals.gap, result=True))
    rule = next((item for item in check.call.rules if item.kind == "balance"), None)
    reference = check.call.reference(rule.reference) if rule else None
    return Explanation(msg("Costs against their funding"), tuple(lines), reference=reference, path="funding")


def _share_reference(check: Check) -> Reference | None:
    limit = leading_limit(check.call)
    rule = check.call.rule(limit.rule) if limit else None
    return check.call.reference(rule.reference) if rule else None


def _highest(check: Check) -> Explanation:
    """Every limit of the grant with its own sum; the least of them holds."""
    totals, call = check.totals, check.call
    asked = exits.asked_of(check.facts, call)
    binding = [limit for limit in share_limits(call) if limit.severity is Severity.ERROR]
    leading = leading_limit(call)
    lines: list[TraceLine] = []
    for limit in binding or ([leading] if leading else []):
        lines += _limit_lines(asked, limit)
    lines.append(TraceLine(msg("What other money leaves uncovered"), totals.uncovered))
    if call.grant.largest is not None:
        lines.append(TraceLine(msg("Largest grant of the call"), call.grant.largest))
    notes = [msg("The grant is rounded down and the own share up, to the unit of the call.")]
    if totals.cap is not None:
        notes.insert(0, msg("The least of these limits holds; the highest grant is never below zero."))
        lines.append(TraceLine(msg("Highest grant under the rules of the call"), totals.cap, result=True))
        lines.append(TraceLine(msg("Grant applied for"), totals.grant))
        if totals.over_cap:
            lines.append(TraceLine(msg("Too much"), totals.over_cap, result=True))
        else:
            lines.append(TraceLine(msg("Still within the limit"), totals.cap - totals.grant, result=True))
    return Explanation(msg("Highest grant"), tuple(lines), tuple(notes), _share_reference(check), "funding.grant")


def _limit_lines(asked: exits.Asked, limit: ShareLimit) -> Iterator[TraceLine]:
    """One share rule: its base, its percentage, and what it leaves for the grant."""
    base = asked.base(limit.base_kind)
    yield from shares.base_trace(asked, limit.base_kind)
    highest = limit.highest_grant(base, asked.uncovered, asked.unit)
    if limit.kind == "grant-share":
        yield TraceLine(msg("× highest share"), Shown(format(limit.percent or 0, "f")))
        yield TraceLine(shares.rounded_down(asked.unit), highest, result=True)
        return
    if limit.percent is not None:
        yield TraceLine(msg("× least own share"), Shown(format(limit.percent, "f")))
    least = limit.least_own(base, asked.unit)
    yield TraceLine(shares.rounded_up(asked.unit), least, result=True)
    yield TraceLine(msg("Left uncovered"), asked.uncovered)
    yield TraceLine(msg("− own funding at least"), least)
    yield TraceLine(msg("Grant at most"), highest, result=True)


def of_finding(finding: Finding) -> Explanation:
    """A finding as an explanation: its sentence, its sum and its source."""
    return Explanation(finding.message, finding.trace, reference=finding.reference, path=finding.paths[0])
