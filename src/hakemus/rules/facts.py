"""Every sum of an application and every row with a fault, gathered in one pass. The only place that walks rows.

Rules get `Facts`, never rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
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


class _Groups:
    """Sums in cents by category, payer and year at once while they grow; parted by one of them at the end."""

    __slots__ = ("sums",)

    def __init__(self) -> None:
        self.sums: dict[tuple[str, str, str], list[int]] = {}

    def add(self, key: tuple[str, str, str], planned: int, counted: int, accepted: int) -> None:
        sums = self.sums.get(key)
        if sums is None:
            self.sums[key] = [planned, counted, accepted]
        else:
            sums[0] += planned
            sums[1] += counted
            sums[2] += accepted

    def by(self, part: int) -> dict[str, Sums]:
        found: dict[str, list[int]] = {}
        for key, sums in self.sums.items():
            together = found.setdefault(key[part], [0, 0, 0])
            for at, cents in enumerate(sums):
                together[at] += cents
        return {key: Sums(*(Money(cents) for cents in sums)) for key, sums in found.items()}


class _CostRows:
    """The pass over cost lines and people."""

    def __init__(self, application: Application, call: Call) -> None:
        self.known = call.category_ids or STANDARD_CATEGORIES
        self.excluded_ids = frozenset(item.id for item in call.categories if item.excluded)
        self.explained_ids = frozenset(item.id for item in call.categories if item.explanation)
        self.plain = self.known - self.excluded_ids - self.explained_ids
        """Categories that need no second look at a row."""
        self.cap = call.pay_cap.amount
        self.unit = call.unit.cents if call.unit else 1
        self.positions: dict[str, str | None] = {row.id: word(row.vat) for row in application.partners}
        self.applicant_position = word(application.applicant.vat)
        self.starts_on, self.ends_on = application.project.starts_on, application.project.ends_on
        self.finder: HintFinder | None = finder_of(call)
        self.groups = _Groups()
        self.counted = self.accepted = self.excess = 0
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

    def line(self, line: Line) -> None:
        product = line_product(line)
        amount = line.amount
        figures = _NOTHING
        if amount is not None or product is not None:
            figures = self.line_sum(line, amount, product)
        category = line.category
        if category not in self.plain:
            category = self.category(line, figures)
        quantity, price, percent = line.quantity, line.unit_price, line.vat_percent
        if (
            (quantity is not None and quantity < 0)
            or (price is not None and price.cents < 0)
            or (amount is not None and amount.cents < 0)
            or (percent is not None and percent < 0)
        ):
            self.below_zero(line, "quantity", "unit_price", "amount", "vat_percent")
        starts_on, ends_on = line.starts_on, line.ends_on
        if starts_on is not None or ends_on is not None:
            self.times(line, starts_on, ends_on)
        text = line.description
        if text and self.finder is not None:
            self.hints(self.finder, f"{_at(line)}.description", text)
        self.lines[line.id] = figures = self.after_category(figures, category)
        year = line.year or (starts_on.year if starts_on is not None else None)
        self.add(figures, category, line.payer, year)

    def line_sum(self, line: Line, amount: Money | None, product: int | None) -> RowFigures:
        if amount is not None:
            planned = amount.cents
            if product is not None and product != planned:
                self.differing.append(Fault(f"{_at(line)}.amount", f"{amount} {Money(product)}"))
        else:
            planned = product or 0
        if planned % self.unit:
            field_name = "unit_price" if amount is None else "amount"
            self.off_unit.append(Fault(f"{_at(line)}.{field_name}", str(Money(planned))))
        percent = line.vat_percent
        if percent is None:
            whole = amount or Money(planned)
            return RowFigures(whole, whole, whole, whole, whole)
        position = self.positions.get(line.payer) if line.payer else self.applicant_position
        if position is None and percent:
            self.vat_unknown.append(Fault(f"{_at(line)}.vat_percent", str(percent)))
        return taxed(planned, percent, bool(line.vat_included), position)

    def person(self, person: Person) -> None:
        planned = person_cost(person)
        figures = _NOTHING
        if planned is not None:
            whole = Money(planned)
            figures = RowFigures(whole, whole, whole, whole, whole)
        category = person.category if any_value(person.category) else "personnel"
        if category not in self.plain:
            category = self.category(person, figures, category)
        if self.cap is not None and planned is not None and category not in self.excluded_ids:
            limit = pay_limit(person, self.cap)
            if planned > limit:
                self.over_pay_cap.append(Fault(f"{_at(person)}.monthly_pay", str(Money(planned - limit))))
                self.excess += planned - limit
                figures = RowFigures(figures.planned, figures.counted, Money(limit), figures.net, figures.gross)
        self.below_zero(person, "monthly_pay", "months", "time_percent", "side_cost_percent", "holiday_percent")
        if person.title and self.finder is not None:
            self.hints(self.finder, f"{_at(person)}.title", person.title)
        self.people[person.id] = figures = self.after_category(figures, category)
        self.add(figures, category, person.payer, person.year)

    def category(self, row: Line | Person, figures: RowFigures, named: str | None = None) -> str:
        """The category that a row's sums go to: `""` where it names none, or one that the call does not know."""
        named = named or row.category
        if named is None or not named.strip():
            self.uncategorised.append(Fault(f"{_at(row)}.category"))
            return ""
        if named not in self.known:
            self.unknown_category.append(Fault(f"{_at(row)}.category", named))
            return ""
        if named in self.excluded_ids:
            self.excluded.append(Fault(f"{_at(row)}.category", named))
        elif named in self.explained_ids and figures.accepted.cents > 0:
            text = row.description if isinstance(row, Line) else row.title
            if not any_value(text):
                self.unexplained.append(Fault(f"{_at(row)}.{'description' if isinstance(row, Line) else 'title'}"))
        return named

    def below_zero(self, row: Line | Person, *names: str) -> None:
        for name in names:
            value: Money | Decimal | None = getattr(row, name)
            if value is not None and (value.cents if isinstance(value, Money) else value) < 0:
                self.negative.append(Fault(f"{_at(row)}.{name}", str(value)))

    def times(self, line: Line, starts_on: datetime.date | None, ends_on: datetime.date | None) -> None:
        first, last = self.starts_on, self.ends_on
        for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
            if day is not None and ((first is not None and day < first) or (last is not None and day > last)):
                self.off_time.append(Fault(f"{_at(line)}.{name}", day.isoformat()))

    def hints(self, finder: HintFinder, path: str, text: str) -> None:
        for hint in finder.hits(text):
            self.hinted.setdefault(hint, []).append(Fault(path, text))

    def after_category(self, figures: RowFigures, category: str | None) -> RowFigures:
        if category in self.excluded_ids:
            return RowFigures(figures.planned, figures.counted, ZERO, figures.net, figures.gross)
        return figures

    def add(self, figures: RowFigures, category: str | None, payer: str | None, year: int | None) -> None:
        planned = figures.planned
        if planned is None:
            return
        if planned.cents > 0:
            self.itemised = True
        counted, accepted = figures.counted.cents, figures.accepted.cents
        self.counted += counted
        self.accepted += accepted
        key = (category or "", payer if payer in self.positions else "", str(year) if year else "")
        self.groups.add(key, planned.cents, counted, accepted)


def _at(row: Line | Person) -> str:
    return f"budget.{'lines' if isinstance(row, Line) else 'people'}[{row.id}]"


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
        vat_unknown=tuple(rows.vat_unknown),
        over_pay_cap=tuple(rows.over_pay_cap),
        pay_excess=Money(rows.excess),
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
