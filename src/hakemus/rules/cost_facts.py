"""The pass over cost lines and people: what they come to, by category, payer and year, and which have a fault."""

from __future__ import annotations

import datetime
from decimal import Decimal

from hakemus.domain.application import Application, Line, Person
from hakemus.domain.call import Call
from hakemus.domain.draft import any_value, person_category
from hakemus.domain.fields import word
from hakemus.domain.figures import RowFigures, Sums
from hakemus.domain.money import ZERO, Money
from hakemus.rules.faults import Fault
from hakemus.rules.hints import HintFinder, finder_of
from hakemus.rules.limits import unit_of
from hakemus.rules.rows import line_product, pay_limit, person_cost, taxed

STANDARD_CATEGORIES = frozenset({"personnel", "services", "materials", "equipment", "rents", "travel", "other"})
_NOTHING = RowFigures()


class Groups:
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


class CostRows:
    """The pass over cost lines and people."""

    def __init__(self, application: Application, call: Call) -> None:
        self.known = call.category_ids or STANDARD_CATEGORIES
        self.excluded_ids = frozenset(item.id for item in call.categories if item.excluded)
        self.explained_ids = frozenset(item.id for item in call.categories if item.explanation)
        self.plain = self.known - self.excluded_ids - self.explained_ids
        """Categories that need no second look at a row."""
        self.cap = call.pay_cap.amount
        self.unit = unit_of(call).cents
        self.positions: dict[str, str | None] = {row.id: word(row.vat) for row in application.partners}
        self.applicant_position = word(application.applicant.vat)
        self.starts_on, self.ends_on = application.project.starts_on, application.project.ends_on
        self.months = _months(self.starts_on, self.ends_on)
        self.finder: HintFinder | None = finder_of(call)
        self.groups = Groups()
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
        self.off_months: list[Fault] = []
        """People with more months than the project has."""
        self.reversed_dates: list[Fault] = []
        self.vat_unknown: list[Fault] = []
        self.over_pay_cap: list[Fault] = []
        self.hinted: dict[str, list[Fault]] = {}
        self.activities: set[str] = set()
        """Ids of the activities that some cost belongs to."""
        self.without_activity: list[Line | Person] = []
        self.suppliers: dict[str, tuple[list[int], list[str]]] = {}
        self.unknown_payers: list[Fault] = []
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
            self.hints(self.finder, line, "description", text)
        self.lines[line.id] = figures = self.after_category(figures, category)
        if line.supplier:
            self.bought(line.supplier, line, figures)
        self.belongs(line, line.activity, line.payer)
        year = line.year or (starts_on.year if starts_on is not None else None)
        self.add(figures, category, line.payer, year)

    def line_sum(self, line: Line, amount: Money | None, product: int | None) -> RowFigures:
        if amount is not None:
            planned = amount.cents
            if product is not None and product != planned:
                self.differing.append(Fault(f"{at_row(line)}.amount", f"{amount} {Money(product)}"))
        else:
            planned = product or 0
        if planned % self.unit:
            field_name = "unit_price" if amount is None else "amount"
            self.off_unit.append(Fault(f"{at_row(line)}.{field_name}", str(Money(planned))))
        percent = line.vat_percent
        if percent is None:
            whole = amount or Money(planned)
            return RowFigures(whole, whole, whole, whole, whole)
        position = self.positions.get(line.payer) if line.payer else self.applicant_position
        if position is None and percent:
            self.vat_unknown.append(Fault(f"{at_row(line)}.vat_percent", str(percent)))
        return taxed(planned, percent, bool(line.vat_included), position)

    def person(self, person: Person) -> None:
        planned = person_cost(person)
        figures = _NOTHING
        if planned is not None:
            whole = Money(planned)
            figures = RowFigures(whole, whole, whole, whole, whole)
        category = person_category(person.category)
        if category not in self.plain:
            category = self.category(person, figures, category)
        if self.cap is not None and planned is not None and category not in self.excluded_ids:
            limit = pay_limit(person, self.cap)
            if planned > limit:
                self.over_pay_cap.append(Fault(f"{at_row(person)}.monthly_pay", str(figures.planned)))
                self.excess += planned - limit
                figures = RowFigures(figures.planned, figures.counted, Money(limit), figures.net, figures.gross)
        if self.months is not None and person.months is not None and person.months > self.months:
            self.off_months.append(Fault(f"{at_row(person)}.months"))
        self.below_zero(person, "monthly_pay", "months", "time_percent", "side_cost_percent", "holiday_percent")
        if person.title and self.finder is not None:
            self.hints(self.finder, person, "title", person.title)
        self.people[person.id] = figures = self.after_category(figures, category)
        self.belongs(person, person.activity, person.payer)
        self.add(figures, category, person.payer, person.year)

    def category(self, row: Line | Person, figures: RowFigures, named: str | None = None) -> str:
        """The category that a row's sums go to: `""` where it names none, or one that the call does not know."""
        named = named or row.category
        if named is None or not named.strip():
            self.uncategorised.append(Fault(f"{at_row(row)}.category"))
            return ""
        if named not in self.known:
            self.unknown_category.append(Fault(f"{at_row(row)}.category", named))
            return ""
        if named in self.excluded_ids:
            self.excluded.append(Fault(f"{at_row(row)}.category", named))
        elif named in self.explained_ids and figures.accepted.cents > 0:
            text = row.description if isinstance(row, Line) else row.title
            if not any_value(text):
                self.unexplained.append(Fault(f"{at_row(row)}.{'description' if isinstance(row, Line) else 'title'}"))
        return named

    def below_zero(self, row: Line | Person, *names: str) -> None:
        for name in names:
            value: Money | Decimal | None = getattr(row, name)
            if value is not None and (value.cents if isinstance(value, Money) else value) < 0:
                self.negative.append(Fault(f"{at_row(row)}.{name}", str(value)))

    def times(self, line: Line, starts_on: datetime.date | None, ends_on: datetime.date | None) -> None:
        first, last = self.starts_on, self.ends_on
        for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
            if day is not None and ((first is not None and day < first) or (last is not None and day > last)):
                self.off_time.append(Fault(f"{at_row(line)}.{name}", day.isoformat()))
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            at = at_row(line)
            self.reversed_dates += [
                Fault(f"{at}.ends_on", ends_on.isoformat()),
                Fault(f"{at}.starts_on", starts_on.isoformat()),
            ]

    def hints(self, finder: HintFinder, row: Line | Person, name: str, text: str) -> None:
        for hint in finder.hits(text):
            self.hinted.setdefault(hint, []).append(Fault(f"{at_row(row)}.{name}", text))

    def bought(self, supplier: str, line: Line, figures: RowFigures) -> None:
        net, paths = self.suppliers.setdefault(" ".join(supplier.split()).casefold(), ([0], []))
        net[0] += figures.net.cents
        paths.append(f"{at_row(line)}.supplier")

    def belongs(self, row: Line | Person, activity: str | None, payer: str | None) -> None:
        if activity:
            self.activities.add(activity)
        else:
            self.without_activity.append(row)
        if payer and payer not in self.positions:
            self.unknown_payers.append(Fault(f"{at_row(row)}.payer", payer))

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


def _months(first: datetime.date | None, last: datetime.date | None) -> int | None:
    """The calendar months that a project touches: more months of pay than these cannot lie inside it."""
    if first is None or last is None or last < first:
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1


def at_row(row: Line | Person) -> str:
    return f"budget.{'lines' if isinstance(row, Line) else 'people'}[{row.id}]"
