"""The complete ways out of a broken money rule, as pure functions on sums.

Each way says what grant, own funding and costs would be. Where costs are itemised and would have to move, only the
user can choose the rows: the way names the sum as a need. A way is offered only if it cures: without a need by its
changes alone, with a need once the need is met. Cost rows, income and other funding are never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from hakemus.domain.call import Call
from hakemus.domain.findings import Exit
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import Message
from hakemus.domain.money import MONEY_FORM, ZERO, Money, ceil_cents, floor_cents
from hakemus.rules.facts import Facts
from hakemus.rules.limits import CENT, ShareLimit, base_of, unit_of

Kept = Callable[["Asked"], bool]
"""Whether a rule holds for sums."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The sums that a rule judges, and the frame that the call sets: unit, smallest and largest grant, cap."""

    grant: Money
    own: Money
    costs: Money
    income: Money = ZERO
    other: Money = ZERO
    unit: Money = CENT
    smallest: Money | None = None
    largest: Money | None = None
    cap: Money | None = None
    itemised: bool = False

    @property
    def uncovered(self) -> Money:
        return self.costs - self.income - self.other

    def base(self, kind: str) -> Money:
        return base_of(kind, self.costs, self.income, self.other)

    def is_large_enough(self, grant: Money) -> bool:
        return grant > ZERO and (self.smallest is None or grant >= self.smallest)


@dataclass(frozen=True, slots=True)
class Way:
    """Grant, own funding and costs after a way out."""

    id: str
    grant: Money
    own: Money
    costs: Money


def asked_of(facts: Facts, call: Call) -> Asked:
    totals = facts.totals
    return Asked(
        grant=totals.grant,
        own=totals.own,
        costs=totals.costs,
        income=totals.income,
        other=totals.other,
        unit=unit_of(call),
        smallest=call.grant.smallest,
        largest=call.grant.largest,
        cap=totals.cap,
        itemised=totals.itemised,
    )


def cures(asked: Asked, way: Way, kept: Kept) -> bool:
    """Whether the rule holds after a way, its need met. Costs from sources follow from the sources."""
    costs = way.costs if asked.itemised else asked.income + asked.other + way.own + way.grant
    return kept(replace(asked, grant=way.grant, own=way.own, costs=costs))


def _parts(base_kind: str) -> tuple[int, int]:
    """Whether the base is net of income, and of other funding."""
    return int(base_kind != "total_costs"), int(base_kind == "costs_less_income_and_other")


def grant_share_ways(asked: Asked, limit: ShareLimit) -> Iterator[Way]:
    """Costs kept; own funding kept; grant kept."""
    p = Fraction(limit.percent or 0)
    net_of_income, net_of_other = _parts(limit.base_kind)
    income, other, grant, own = asked.income, asked.other, asked.grant, asked.own
    cap = limit.highest_grant(asked.base(limit.base_kind), asked.uncovered, asked.unit)
    cap = cap if asked.cap is None else min(cap, asked.cap)
    if asked.is_large_enough(cap):
        yield Way("costs", cap, max(own, asked.uncovered - cap), asked.costs)
    if p < 100:
        beside = own.cents + (1 - net_of_income) * income.cents + (1 - net_of_other) * other.cents
        lower = floor_cents(p * beside / (100 - p), asked.unit)
        costs = lower + own + income + other
        if asked.is_large_enough(lower) and costs < asked.costs:
            yield Way("own", lower, own, costs)
    if asked.largest is None or grant <= asked.largest:
        wanted = ceil_cents(Fraction(100 * grant.cents) / p, asked.unit)
        wanted = wanted + Money(net_of_income * income.cents + net_of_other * other.cents)
        costs = max(wanted, grant + own + income + other)
        yield Way("grant", grant, costs - income - other - grant, costs)


def own_share_ways(asked: Asked, limit: ShareLimit) -> Iterator[Way]:
    """Costs kept; own funding kept; grant kept. A least sum has the first alone."""
    least = limit.least_own(asked.base(limit.base_kind), asked.unit)
    grant = min(asked.grant, asked.uncovered - least)
    if grant > ZERO:
        yield Way("costs", grant, least, asked.costs)
    if limit.percent is None:
        return
    q = Fraction(limit.percent)
    net_of_income, net_of_other = _parts(limit.base_kind)
    income, other, own = asked.income, asked.other, asked.own
    taken = net_of_income * income.cents + net_of_other * other.cents

    def keeping_own(whole: Money) -> Way:
        costs = floor_cents(Fraction(100 * whole.cents) / q, asked.unit) + Money(taken)
        return Way("own", costs - income - other - own, own, costs)

    def exists(way: Way) -> bool:
        return own > ZERO and way.grant > ZERO and way.costs < asked.costs

    way = keeping_own(own)
    if exists(way) and not cures(asked, way, _own_kept(limit)):
        way = keeping_own(own.down_to(asked.unit))
    if exists(way):
        yield way
    beside = income + other + asked.grant
    costs = ceil_cents((100 * Fraction(beside.cents) - q * taken) / (100 - q), asked.unit)
    way = Way("grant", asked.grant, costs - beside, costs)
    if not cures(asked, way, _own_kept(limit)):
        # Where sums are no multiples of the unit, own funding itself goes up to the unit.
        raised = way.own.up_to(asked.unit)
        way = Way("grant", asked.grant, raised, beside + raised)
    yield way


def _own_kept(limit: ShareLimit) -> Kept:
    return lambda sums: sums.own >= limit.least_own(sums.base(limit.base_kind), sums.unit)


def deficit_ways(asked: Asked) -> Iterator[Way]:
    """The grant down to what is uncovered."""
    grant = asked.uncovered.down_to(asked.unit)
    if grant > ZERO:
        yield Way("grant", grant, asked.own, asked.costs)


def balance_ways(asked: Asked) -> Iterator[Way]:
    """Own funding or grant by the gap; where money lacks, also the costs."""
    gap = asked.uncovered - asked.own - asked.grant
    own, grant = asked.own + gap, asked.grant + gap
    lacking = gap > ZERO
    if lacking or own >= ZERO:
        yield Way("own", asked.grant, own, asked.costs)
    if (lacking and (asked.cap is None or grant <= asked.cap)) or (not lacking and grant >= ZERO):
        yield Way("grant", grant, asked.own, asked.costs)
    if lacking:
        yield Way("costs", asked.grant, asked.own, asked.costs - gap)


def as_exits(
    ways: Iterator[Way], asked: Asked, facts: Facts, kept: Kept, labels: Callable[[Way], Message]
) -> tuple[Exit, ...]:
    """The ways that cure, as changes of fields and needs."""
    found = []
    for way in ways:
        changes = own_changes(facts, way.own - asked.own)
        if changes is None or not cures(asked, way, kept):
            continue
        if way.grant != asked.grant:
            changes = {"funding.grant": str(way.grant), **changes}
        if not all(MONEY_FORM.fullmatch(amount) for amount in changes.values()):
            continue  # so tiny a percentage that no field could hold the sum
        moved = way.costs - asked.costs
        needs = {}
        if asked.itemised and moved:
            needs["costs"] = f"{'+' if moved > ZERO else ''}{moved}"
        costs = way.costs if asked.itemised else asked.income + asked.other + way.own + way.grant
        figures = FrozenDict({"grant": way.grant, "own": way.own, "costs": costs})
        found.append(Exit(way.id, labels(way), FrozenDict(changes), FrozenDict(needs), figures))
    return tuple(found)


def own_changes(facts: Facts, by: Money) -> dict[str, str] | None:
    """Which own rows change: a rise goes to the first appropriation row, else to a new row.

    A fall is taken from the appropriation rows in their order, then from the others that the call counts, none below
    zero. None where it cannot be taken.
    """
    if by > ZERO:
        if facts.first_appropriation is None:
            return {f"funding.own[{_new_own_id(facts)}].amount": str(by)}
        path, amount = facts.first_appropriation
        return {path: str(amount + by)}
    changes: dict[str, str] = {}
    left = -by
    for path, amount in facts.own_rows:
        taken = min(left, max(amount, ZERO))
        if taken:
            changes[path] = str(amount - taken)
            left = left - taken
    return None if left else changes


def _new_own_id(facts: Facts) -> str:
    number = 1
    while f"own{number}" in facts.own_ids:
        number += 1
    return f"own{number}"
