"""Every sum of an application and every row with a fault, gathered in one pass. The only place that walks rows.

Rules get `Facts`, never rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from hakemus.domain.application import Application
from hakemus.domain.call import Call
from hakemus.domain.figures import Figures, Totals
from hakemus.domain.findings import Severity
from hakemus.domain.money import ZERO, Money
from hakemus.rules import percentages
from hakemus.rules.cost_facts import CostRows
from hakemus.rules.faults import Faults
from hakemus.rules.funding_facts import FundingRows
from hakemus.rules.limits import ShareLimit, base_of, leading_limit, share_limits, unit_of
from hakemus.rules.plan_facts import PlanFacts, plan_of

__all__ = ["Facts", "gather"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What one pass over an application found under a call."""

    figures: Figures = field(default_factory=Figures)
    negative: Faults = ()
    differing: Faults = ()
    uncategorised: Faults = ()
    unknown_category: Faults = ()
    excluded: Faults = ()
    unexplained: Faults = ()
    off_unit: Faults = ()
    off_time: Faults = ()
    off_months: Faults = ()
    vat_unknown: Faults = ()
    over_pay_cap: Faults = ()
    pay_excess: Money = ZERO
    own_not_counted: Faults = ()
    own_without_evidence: Faults = ()
    work_differs: Faults = ()
    """Own rows whose amount is not hours x rate."""
    paid_twice: Faults = ()
    """Other funding that says it covers the same costs."""
    by_supplier: Mapping[str, tuple[Money, tuple[str, ...]]] = field(default_factory=dict)
    """Net sums bought of each supplier, and the addresses of their rows."""
    hinted: Mapping[str, Faults] = field(default_factory=dict)
    first_appropriation: tuple[str, Money] | None = None
    own_rows: tuple[tuple[str, Money], ...] = ()
    """Own rows that the call counts: appropriations first, each kind in table order."""
    own_ids: tuple[str, ...] = ()
    plan: PlanFacts = field(default_factory=PlanFacts)

    @property
    def totals(self) -> Totals:
        return self.figures.totals


def gather(application: Application, call: Call) -> Facts:
    """One pass over an application: every sum and every faulty row, under a call (with the user's terms applied)."""
    rows, funding = CostRows(application, call), FundingRows(application, call)
    figures = Figures(
        _totals(rows, funding, call),
        rows.lines,
        rows.people,
        rows.groups.by(0),
        rows.groups.by(1),
        rows.groups.by(2),
    )
    return Facts(
        figures=figures,
        negative=(*rows.negative, *funding.negative),
        differing=tuple(rows.differing),
        uncategorised=tuple(rows.uncategorised),
        unknown_category=tuple(rows.unknown_category),
        excluded=tuple(rows.excluded),
        unexplained=tuple(rows.unexplained),
        off_unit=(*rows.off_unit, *funding.off_unit),
        off_time=tuple(rows.off_time),
        off_months=tuple(rows.off_months),
        vat_unknown=tuple(rows.vat_unknown),
        over_pay_cap=tuple(rows.over_pay_cap),
        pay_excess=Money(rows.excess),
        own_not_counted=tuple(funding.not_counted),
        own_without_evidence=tuple(funding.without_evidence),
        work_differs=tuple(funding.work_differs),
        paid_twice=tuple(funding.paid_twice),
        by_supplier={name: (Money(found[0][0]), tuple(found[1])) for name, found in rows.suppliers.items()},
        hinted={name: tuple(found) for name, found in rows.hinted.items()},
        first_appropriation=funding.appropriations[0] if funding.appropriations else None,
        own_rows=(*funding.appropriations, *funding.other_kinds),
        own_ids=funding.own_ids,
        plan=plan_of(application, rows),
    )


def _totals(rows: CostRows, funding: FundingRows, call: Call) -> Totals:
    own, other, income, grant = Money(funding.own), Money(funding.other), Money(funding.income), funding.grant
    costs = Money(rows.accepted) if rows.itemised else income + other + own + grant
    uncovered = costs - income - other
    leading = leading_limit(call)
    base_kind = leading.base_kind if leading else call.share.base
    base = base_of(base_kind, costs, income, other)
    cap = _cap(call, costs, income, other)
    return Totals(
        costs=costs,
        costs_from="rows" if rows.itemised else "sources",
        excluded=Money(rows.counted - rows.accepted),
        income=income,
        other=other,
        other_confirmed=Money(funding.confirmed),
        own=own,
        own_not_counted=Money(funding.own_rest),
        grant=grant,
        base=base,
        base_kind=base_kind,
        share_percent=_share_percent(leading, call, grant, own, base),
        cap=cap,
        over_cap=ZERO if cap is None else max(ZERO, grant - cap),
        gap=uncovered - own - grant,
        uncovered=uncovered,
    )


def _cap(call: Call, costs: Money, income: Money, other: Money) -> Money | None:
    uncovered = costs - income - other
    unit = unit_of(call)
    allowed = [
        limit.highest_grant(base_of(limit.base_kind, costs, income, other), uncovered, unit)
        for limit in share_limits(call)
        if limit.severity is Severity.ERROR
    ]
    if any(rule.kind == "deficit" and rule.severity in (None, Severity.ERROR) for rule in call.rules):
        allowed.append(uncovered)
    if call.grant.largest is not None:
        allowed.append(call.grant.largest)
    return max(ZERO, min(allowed)) if allowed else None


def _share_percent(limit: ShareLimit | None, call: Call, grant: Money, own: Money, base: Money) -> str | None:
    """Grant in per cent of the base, so that it never tells another story than the call's share rule."""
    if not base:
        return None
    exact = Fraction(grant.cents * 100, base.cents)
    if limit is None or limit.percent is None:
        return percentages.plain(exact)
    percent = Fraction(limit.percent)
    if limit.kind == "grant-share":
        return percentages.at_most(exact, percent, broken=exact > percent)
    complement = 100 - percent
    # Where the two do not make the base, own funding lacks because money does: the grant's part is judged by itself.
    lacks = own + grant == base and own < limit.least_own(base, unit_of(call))
    return percentages.at_most(exact, complement, broken=lacks or exact > complement)
