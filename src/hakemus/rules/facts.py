"""Every sum of an application and every row with a fault, gathered in one pass. The only place that walks rows.

Rules get `Facts`, never rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hakemus.domain.application import Application, Goal, Line, Person
from hakemus.domain.call import Call
from hakemus.domain.draft import any_value
from hakemus.domain.fields import word
from hakemus.domain.figures import Figures, RowFigures, Sums, Totals
from hakemus.domain.findings import Severity
from hakemus.domain.money import ZERO, Money
from hakemus.rules import percentages
from hakemus.rules.hints import HintFinder, finder_of
from hakemus.rules.limits import ShareLimit, base_of, leading_limit, share_limits
from hakemus.rules.rows import line_product, pay_limit, person_cost, taxed

STANDARD_CATEGORIES = frozenset({"personnel", "services", "materials", "equipment", "rents", "travel", "other"})
_NOTHING = RowFigures()
_UNTAXED = Decimal(0)


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that a rule speaks of: its address, and its value in stored form."""

    path: str
    value: str = ""


Faults = tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What rules of goals, activities, partners and attachments need to know."""

    goals_without_indicator: Faults = ()
    reversed_dates: Faults = ()
    attachment_kinds: frozenset[str] = frozenset()
    """Kinds of the attachments that stand as attached or sent elsewhere."""
    partners: int = 0
    partners_with_letter: int = 0
    dangling: Faults = ()


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
    vat_unknown: Faults = ()
    over_pay_cap: Faults = ()
    pay_excess: Money = ZERO
    excluded_rows: Money = ZERO
    own_not_counted: Faults = ()
    hinted: Mapping[str, Faults] = field(default_factory=dict)
    first_appropriation: tuple[str, Money] | None = None
    own_rows: tuple[tuple[str, Money], ...] = ()
    """Own rows that the call counts: appropriations first, each kind in table order."""
    own_ids: tuple[str, ...] = ()
    all_own: Money = ZERO
    links: LinkFacts = field(default_factory=LinkFacts)

    @property
    def totals(self) -> Totals:
        return self.figures.totals


class _Group:
    """Sums by some key while they grow, in cents."""

    __slots__ = ("sums",)

    def __init__(self) -> None:
        self.sums: dict[str, list[int]] = {}

    def add(self, key: str, row: RowFigures) -> None:
        sums = self.sums.get(key)
        if sums is None:
            sums = self.sums[key] = [0, 0, 0]
        if row.planned is not None:
            sums[0] += row.planned.cents
            sums[1] += row.counted.cents
            sums[2] += row.accepted.cents

    def frozen(self) -> dict[str, Sums]:
        return {key: Sums(Money(sums[0]), Money(sums[1]), Money(sums[2])) for key, sums in self.sums.items()}


class _CostRows:
    """The pass over cost lines and people."""

    def __init__(self, application: Application, call: Call) -> None:
        self.known = call.category_ids or STANDARD_CATEGORIES
        self.excluded_ids = frozenset(item.id for item in call.categories if item.excluded)
        self.explained_ids = frozenset(item.id for item in call.categories if item.explanation)
        self.cap = call.pay_cap.amount
        self.unit = call.unit.cents if call.unit else 1
        self.positions: dict[str, str | None] = {row.id: word(row.vat) for row in application.partners}
        self.applicant_position = word(application.applicant.vat)
        self.starts_on, self.ends_on = application.project.starts_on, application.project.ends_on
        self.finder: HintFinder | None = finder_of(call)
        self.categories, self.payers, self.years = _Group(), _Group(), _Group()
        self.counted = self.accepted = self.excess = self.excluded_sum = 0
        self.itemised = False
        self.lines: dict[str, RowFigures] = {}
        self.people: dict[str, RowFigures] = {}
        self.negative: list[Fault] = []
        self.differing: list[Fault] = []
        self.uncategorised: list[Fault] = []
        self.unknown_category: list[Fault] = []
        self.excluded: list[Fault] = []
        self.unexplained: list[Fault] = []
        self.off_unit: list[Fault] = []
        self.off_time: list[Fault] = []
        self.vat_unknown: list[Fault] = []
        self.over_pay_cap: list[Fault] = []
        self.hinted: dict[str, list[Fault]] = {}
        for line in application.budget.lines:
            self.line(line)
        for person in application.budget.people:
            self.person(person)

    def position(self, payer: str | None) -> str | None:
        return self.positions.get(payer) if payer else self.applicant_position

    def line(self, line: Line) -> None:
        at = f"budget.lines[{line.id}]"
        product = line_product(line)
        amount = line.amount
        planned = product if amount is None else amount.cents
        figures = _NOTHING
        if planned is not None:
            if line.vat_percent is None:
                whole = Money(planned)
                figures = RowFigures(whole, whole, whole, whole)
            else:
                position = self.position(line.payer)
                figures = taxed(planned, line.vat_percent, bool(line.vat_included), position)
                if position is None and line.vat_percent != _UNTAXED:
                    self.vat_unknown.append(Fault(f"{at}.vat_percent", str(line.vat_percent)))
            if amount is not None and product is not None and product != planned:
                self.differing.append(Fault(f"{at}.amount", f"{amount} {Money(product)}"))
            if planned % self.unit:
                self.off_unit.append(Fault(f"{at}.{'unit_price' if amount is None else 'amount'}", str(Money(planned))))
        category = self.category(at, line.category, figures)
        if category in self.explained_ids and figures.accepted.cents > 0 and not any_value(line.description):
            self.unexplained.append(Fault(f"{at}.description"))
        self.signs(at, (("quantity", line.quantity), ("vat_percent", line.vat_percent)))
        self.sums_below_zero(at, (("unit_price", line.unit_price), ("amount", amount)))
        if line.starts_on is not None or line.ends_on is not None:
            self.times(at, line.starts_on, line.ends_on)
        self.hints(f"{at}.description", line.description)
        year = line.year or (line.starts_on.year if line.starts_on else None)
        self.lines[line.id] = self.add(figures, category, line.payer, year)

    def person(self, person: Person) -> None:
        at = f"budget.people[{person.id}]"
        planned = person_cost(person)
        figures = _NOTHING
        if planned is not None:
            whole = Money(planned)
            figures = RowFigures(whole, whole, whole, whole)
        category = self.category(at, person.category or "personnel", figures)
        if self.cap is not None and planned is not None and category not in self.excluded_ids:
            limit = pay_limit(person, self.cap)
            if planned > limit:
                self.over_pay_cap.append(Fault(f"{at}.monthly_pay", str(Money(planned - limit))))
                self.excess += planned - limit
                figures = RowFigures(figures.planned, figures.counted, Money(limit), figures.net)
        if category in self.explained_ids and figures.accepted.cents > 0 and not any_value(person.title):
            self.unexplained.append(Fault(f"{at}.title"))
        percents = (
            ("months", person.months),
            ("time_percent", person.time_percent),
            ("side_cost_percent", person.side_cost_percent),
            ("holiday_percent", person.holiday_percent),
        )
        self.signs(at, percents)
        self.sums_below_zero(at, (("monthly_pay", person.monthly_pay),))
        self.hints(f"{at}.title", person.title)
        self.people[person.id] = self.add(figures, category, person.payer, person.year)

    def category(self, at: str, named: str | None, figures: RowFigures) -> str:
        """The category that a row's sums go to: `""` where it names none, or one that the call does not know."""
        if named is None or not named.strip():
            self.uncategorised.append(Fault(f"{at}.category"))
            return ""
        if named not in self.known:
            self.unknown_category.append(Fault(f"{at}.category", named))
            return ""
        if named in self.excluded_ids:
            self.excluded.append(Fault(f"{at}.category", named))
            self.excluded_sum += figures.counted.cents
        return named

    def signs(self, at: str, numbers: Iterable[tuple[str, Decimal | None]]) -> None:
        for name, number in numbers:
            if number is not None and number < 0:
                self.negative.append(Fault(f"{at}.{name}", str(number)))

    def sums_below_zero(self, at: str, sums: Iterable[tuple[str, Money | None]]) -> None:
        for name, amount in sums:
            if amount is not None and amount.cents < 0:
                self.negative.append(Fault(f"{at}.{name}", str(amount)))

    def times(self, at: str, starts_on: datetime.date | None, ends_on: datetime.date | None) -> None:
        for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
            if day is not None and (
                (self.starts_on is not None and day < self.starts_on)
                or (self.ends_on is not None and day > self.ends_on)
            ):
                self.off_time.append(Fault(f"{at}.{name}", day.isoformat()))

    def hints(self, path: str, text: str | None) -> None:
        if text and self.finder is not None:
            for hint in self.finder.hits(text):
                self.hinted.setdefault(hint, []).append(Fault(path, text))

    def add(self, figures: RowFigures, category: str, payer: str | None, year: int | None) -> RowFigures:
        if category in self.excluded_ids:
            figures = RowFigures(figures.planned, figures.counted, ZERO, figures.net, figures.vat)
        if figures.planned is not None:
            self.itemised = self.itemised or figures.planned.cents > 0
            self.counted += figures.counted.cents
            self.accepted += figures.accepted.cents
        self.categories.add(category, figures)
        self.payers.add(payer if payer in self.positions else "", figures)
        self.years.add(str(year) if year else "", figures)
        return figures


class _FundingRows:
    """The pass over own funding, other funding and income."""

    def __init__(self, application: Application, call: Call) -> None:
        funding = application.funding
        self.unit = call.unit.cents if call.unit else 1
        self.kinds = frozenset(call.own.kinds) | {"appropriation"}
        self.grant = funding.grant or ZERO
        self.own = self.own_rest = self.other = self.confirmed = self.income = 0
        self.negative: list[Fault] = []
        self.off_unit: list[Fault] = []
        self.not_counted: list[Fault] = []
        self.appropriations: list[tuple[str, Money]] = []
        self.other_kinds: list[tuple[str, Money]] = []
        self.own_ids = tuple(row.id for row in funding.own)
        self.typed("funding.grant", funding.grant)
        for own in funding.own:
            self.own_row(
                own.id, word(own.kind) or "appropriation", self.typed(f"funding.own[{own.id}].amount", own.amount)
            )
        for other in funding.other:
            cents = self.typed(f"funding.other[{other.id}].amount", other.amount)
            status = word(other.status)
            if status == "refused":
                continue
            if word(other.kind) == "partner" and "partner" in self.kinds:
                self.own += cents
                continue
            self.other += cents
            self.confirmed += cents if status == "confirmed" else 0
        for income in funding.income:
            self.income += self.typed(f"funding.income[{income.id}].amount", income.amount)

    def own_row(self, name: str, kind: str, cents: int) -> None:
        path = f"funding.own[{name}].amount"
        if kind in self.kinds:
            self.own += cents
            rows = self.appropriations if kind == "appropriation" else self.other_kinds
            rows.append((path, Money(cents)))
        else:
            self.own_rest += cents
            self.not_counted.append(Fault(f"funding.own[{name}].kind", f"{kind} {Money(cents)}"))

    def typed(self, path: str, amount: Money | None) -> int:
        if amount is None:
            return 0
        if amount.cents < 0:
            self.negative.append(Fault(path, str(amount)))
        if amount.cents % self.unit:
            self.off_unit.append(Fault(path, str(amount)))
        return amount.cents


def gather(application: Application, call: Call) -> Facts:
    """One pass over an application: every sum and every faulty row, under a call (with the user's terms applied)."""
    rows, funding = _CostRows(application, call), _FundingRows(application, call)
    figures = Figures(
        _totals(rows, funding, call),
        rows.lines,
        rows.people,
        rows.categories.frozen(),
        rows.payers.frozen(),
        rows.years.frozen(),
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
        vat_unknown=tuple(rows.vat_unknown),
        over_pay_cap=tuple(rows.over_pay_cap),
        pay_excess=Money(rows.excess),
        excluded_rows=Money(rows.excluded_sum),
        own_not_counted=tuple(funding.not_counted),
        hinted={name: tuple(found) for name, found in rows.hinted.items()},
        first_appropriation=funding.appropriations[0] if funding.appropriations else None,
        own_rows=(*funding.appropriations, *funding.other_kinds),
        own_ids=funding.own_ids,
        all_own=Money(funding.own + funding.own_rest),
        links=_links(application),
    )


def _totals(rows: _CostRows, funding: _FundingRows, call: Call) -> Totals:
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
    unit = call.unit or Money(1)
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
    broken = own < limit.least_own(base, call.unit or Money(1))
    if broken and exact <= complement and own + grant != base:
        # The own share lacks because money lacks altogether: the grant's part of the base is what it is.
        return percentages.plain(exact)
    return percentages.at_most(exact, complement, broken=broken or exact > complement)


def _links(application: Application) -> LinkFacts:
    goals = tuple(Fault(f"goals[{goal.id}].indicators") for goal in application.goals if _lacks_indicator(goal))
    reversed_dates: list[Fault] = []
    spans = [("project", application.project.starts_on, application.project.ends_on)]
    spans += [(f"activities[{row.id}]", row.starts_on, row.ends_on) for row in application.activities]
    spans += [(f"budget.lines[{row.id}]", row.starts_on, row.ends_on) for row in application.budget.lines]
    for at, starts_on, ends_on in spans:
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            reversed_dates += [
                Fault(f"{at}.ends_on", ends_on.isoformat()),
                Fault(f"{at}.starts_on", starts_on.isoformat()),
            ]
    letters = {row.id for row in application.attachments if word(row.state) != "later"}
    return LinkFacts(
        goals_without_indicator=goals,
        reversed_dates=tuple(reversed_dates),
        attachment_kinds=frozenset(
            row.kind for row in application.attachments if row.kind and word(row.state) != "later"
        ),
        partners=len(application.partners),
        partners_with_letter=sum(row.attachment in letters for row in application.partners if row.attachment),
    )


def _lacks_indicator(goal: Goal) -> bool:
    return not any(any_value(row.name) for row in goal.indicators)
