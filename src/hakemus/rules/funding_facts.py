"""The pass over own funding, other funding and income: sums by what the call counts, and rows with a fault."""

from __future__ import annotations

from hakemus.domain.application import Application, Own
from hakemus.domain.call import Call
from hakemus.domain.draft import any_value
from hakemus.domain.fields import word
from hakemus.domain.money import ZERO, Money
from hakemus.rules.faults import Fault
from hakemus.rules.limits import unit_of
from hakemus.rules.rows import MILLION, half_up_ratio, micro


class FundingRows:
    """The pass over own funding, other funding and income."""

    def __init__(self, application: Application, call: Call) -> None:
        funding = application.funding
        self.unit = unit_of(call).cents
        self.kinds = frozenset(call.own.kinds) | {"appropriation"}
        self.grant = funding.grant or ZERO
        self.own = self.own_rest = self.other = self.confirmed = self.income = 0
        self.negative: list[Fault] = []
        self.off_unit: list[Fault] = []
        self.not_counted: list[Fault] = []
        self.without_evidence: list[Fault] = []
        self.paid_twice: list[Fault] = []
        self.work_differs: list[Fault] = []
        """Own rows whose amount is not hours x rate; the value is what it would be."""
        self.appropriations: list[tuple[str, Money]] = []
        self.other_kinds: list[tuple[str, Money]] = []
        self.own_ids = tuple(row.id for row in funding.own)
        self.typed("funding.grant", funding.grant)
        for own in funding.own:
            self.own_row(own)
        for other in funding.other:
            cents = self.typed(f"funding.other[{other.id}].amount", other.amount)
            status = word(other.status)
            if status == "refused":
                continue
            if other.same_costs:
                self.paid_twice.append(Fault(f"funding.other[{other.id}].same_costs", str(Money(cents))))
            if word(other.kind) == "partner" and "partner" in self.kinds:
                self.own += cents
                continue
            self.other += cents
            self.confirmed += cents if status == "confirmed" else 0
        for income in funding.income:
            self.income += self.typed(f"funding.income[{income.id}].amount", income.amount)

    def own_row(self, own: Own) -> None:
        path = f"funding.own[{own.id}].amount"
        kind = word(own.kind) or "appropriation"
        if own.hours is not None and own.rate is not None:
            work = half_up_ratio(micro(own.hours) * own.rate.cents, MILLION)
            if own.amount is None or own.amount.cents != work:
                self.work_differs.append(Fault(path, str(Money(work))))
        cents = self.typed(path, own.amount)
        if cents > 0 and not any_value(own.evidence):
            self.without_evidence.append(Fault(f"funding.own[{own.id}].evidence"))
        if kind in self.kinds:
            self.own += cents
            rows = self.appropriations if kind == "appropriation" else self.other_kinds
            rows.append((path, Money(cents)))
        else:
            self.own_rest += cents
            self.not_counted.append(Fault(f"funding.own[{own.id}].kind", f"{kind} {Money(cents)}"))

    def typed(self, path: str, amount: Money | None) -> int:
        if amount is None:
            return 0
        if amount.cents < 0:
            self.negative.append(Fault(path, str(amount)))
        if amount.cents % self.unit:
            self.off_unit.append(Fault(path, str(amount)))
        return amount.cents
