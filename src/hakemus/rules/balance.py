"""The grant against what is uncovered, the call's limits of the grant, and costs against their funding."""

from __future__ import annotations

from collections.abc import Iterator

from hakemus.domain.findings import Exit, Finding, TraceLine
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import Message, Texts, msg
from hakemus.domain.money import MONEY_FORM, ZERO, Money
from hakemus.rules import exits
from hakemus.rules.exits import Asked, Way
from hakemus.rules.kinds import Case, money_values


def _is_uncovered(sums: Asked) -> bool:
    return sums.grant <= sums.uncovered


def _is_balanced(sums: Asked) -> bool:
    return sums.uncovered == sums.own + sums.grant


def deficit(case: Case) -> Iterator[Finding]:
    """A grant covers at most what other money leaves uncovered."""
    asked = exits.asked_of(case.facts, case.call)
    if _is_uncovered(asked):
        return
    over = asked.grant - asked.uncovered
    trace = (
        TraceLine(msg("Costs"), asked.costs),
        TraceLine(msg("− income"), asked.income),
        TraceLine(msg("− other funding"), asked.other),
        TraceLine(msg("Left uncovered"), asked.uncovered, result=True),
        TraceLine(msg("Grant asked"), asked.grant),
        TraceLine(msg("Too much"), over, result=True),
    )
    yield case.finding(
        ("funding.grant",),
        msg("The grant is {over} more than other money leaves uncovered.", over=over),
        values=money_values(
            asked=asked.grant,
            limit=asked.uncovered,
            over=over,
            costs=asked.costs,
            income=asked.income,
            other=asked.other,
        ),
        trace=trace,
        exits=exits.as_exits(
            exits.deficit_ways(asked), asked, case.facts, _is_uncovered, lambda _: msg("Lower the grant")
        ),
    )


def balance(case: Case) -> Iterator[Finding]:
    """Costs and their funding are equal."""
    asked = exits.asked_of(case.facts, case.call)
    if _is_balanced(asked):
        return
    funding = asked.income + asked.other + asked.own + asked.grant
    gap = asked.costs - funding
    lacking = gap > ZERO
    if lacking:
        message = msg("{gap} of the costs has no funding yet.", gap=gap)
        last = TraceLine(msg("Not yet funded"), gap, result=True)
    else:
        message = msg("There is {gap} more money than costs.", gap=-gap)
        last = TraceLine(msg("More than the costs"), -gap, result=True)
    trace = (
        TraceLine(msg("Grant asked"), asked.grant),
        TraceLine(msg("+ own funding"), asked.own),
        TraceLine(msg("+ other funding"), asked.other),
        TraceLine(msg("+ income"), asked.income),
        TraceLine(msg("Funding together"), funding, result=True),
        TraceLine(msg("Costs"), asked.costs),
        last,
    )
    figures = money_values(
        costs=asked.costs,
        funding=funding,
        gap=gap,
        grant=asked.grant,
        own=asked.own,
        other=asked.other,
        income=asked.income,
        missing=gap if lacking else None,
        over=None if lacking else -gap,
    )
    yield case.finding(
        ("funding",),
        message,
        values=figures,
        trace=trace,
        exits=exits.as_exits(
            exits.balance_ways(asked), asked, case.facts, _is_balanced, lambda way: balance_label(way, lacking)
        ),
    )


def balance_label(way: Way, lacking: bool) -> Message:
    if way.id == "own":
        return msg("Add own funding") if lacking else msg("Lower own funding")
    if way.id == "grant":
        return msg("Raise the grant") if lacking else msg("Lower the grant")
    return msg("Cut costs")


def grant_limit(case: Case) -> Iterator[Finding]:
    """The smallest and the largest grant of the call."""
    limits, asked = case.call.grant, exits.asked_of(case.facts, case.call)
    grant = asked.grant
    if limits.largest is not None and grant > limits.largest:
        largest = limits.largest
        way = Way("grant", largest, asked.own, asked.costs)
        yield case.finding(
            ("funding.grant",),
            msg("The grant is {over} above the call's largest grant, {limit}.", over=grant - largest, limit=largest),
            values=money_values(asked=grant, limit=largest, over=grant - largest),
            exits=exits.as_exits(
                iter((way,)), asked, case.facts, lambda sums: sums.grant <= largest, lambda _: msg("Lower the grant")
            ),
            cited=limits.reference,
        )
    if limits.smallest is not None and ZERO < grant < limits.smallest:
        yield case.finding(
            ("funding.grant",),
            msg("The grant is below the call's smallest grant, {limit}.", limit=limits.smallest),
            values=money_values(asked=grant, limit=limits.smallest, missing=limits.smallest - grant),
            cited=limits.reference,
        )


def own_kinds(case: Case) -> Iterator[Finding]:
    """Own funding of a kind that the call does not count stands beside the sums."""
    totals = case.facts.totals
    yield from case.of_faults(
        case.facts.own_not_counted,
        msg("{amount} of own funding is of a kind that this call does not count.", amount=totals.own_not_counted),
        values=money_values(asked=totals.own_not_counted),
        cited=case.call.own.reference,
    )


def own_evidence(case: Case) -> Iterator[Finding]:
    """Where the call wants own funding proved: rows with money and no evidence."""
    wanted = case.call.own.evidence
    if wanted:
        yield from case.of_faults(
            case.facts.own_without_evidence,
            msg("Own funding has no evidence. {reason}", reason=Texts(wanted)),
            cited=case.call.own.reference,
        )


def own_work(case: Case) -> Iterator[Finding]:
    """Own work whose hours and rate give another sum than its amount says."""
    faults = case.facts.work_differs
    if not faults:
        return
    sums = [(fault.path, fault.value) for fault in faults]
    storable = {path: value for path, value in sums if MONEY_FORM.fullmatch(value)}
    way = Exit("product", msg("Use hours × rate"), FrozenDict(storable))
    yield case.finding(
        (path for path, _ in sums),
        msg("The amount of own work differs from its hours × rate."),
        values=money_values(computed=Money.parse(next(iter(storable.values())))) if storable else None,
        trace=tuple(TraceLine(msg("Hours × rate"), Money.parse(value)) for value in storable.values())[:40],
        exits=(way,) if len(storable) == len(sums) else (),
        seen=(value for _, value in sums),
    )


def same_costs(case: Case) -> Iterator[Finding]:
    yield from case.of_faults(
        case.facts.paid_twice, msg("This funding pays for the same costs: no cost is paid twice.")
    )
