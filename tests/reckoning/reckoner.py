"""A second calculator, written from the contract's formulas alone: JSON in, totals, findings about money and exits out.

It shares no line with the program and is slow on purpose: fractions everywhere, rows walked again for every sum.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

SEVEN = ("personnel", "services", "materials", "equipment", "rents", "travel", "other")
Way = tuple[Fraction, Fraction, Fraction]
"""Grant, own funding and costs after a way out."""
NET = {"total_costs": (0, 0), "costs_less_income": (1, 0), "costs_less_income_and_other": (1, 1)}
"""Whether a base is net of income, and net of other funding."""


def exact(text: str | None, missing: int = 0) -> Fraction:
    """A stored number: money in euros, a percentage, a quantity."""
    return Fraction(missing) if text is None else Fraction(text)


def half_up(value: Fraction) -> Fraction:
    """To the cent, a half away from zero."""
    cents = math.floor(abs(value) * 100 + Fraction(1, 2))
    return Fraction(cents if value >= 0 else -cents, 100)


def down(value: Fraction, unit: Fraction) -> Fraction:
    return math.floor(value / unit) * unit


def up(value: Fraction, unit: Fraction) -> Fraction:
    return math.ceil(value / unit) * unit


def money(value: Fraction) -> str:
    cents = value * 100
    assert cents.denominator == 1, value
    whole, rest = divmod(abs(cents.numerator), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"


@dataclass(frozen=True)
class Rule:
    """A share rule of a call."""

    id: str
    kind: str
    severity: str
    base: str
    percent: Fraction | None = None
    least: Fraction | None = None


@dataclass(frozen=True)
class Terms:
    """What a call says about money."""

    unit: Fraction = Fraction(1, 100)
    base: str = "total_costs"
    shares: tuple[Rule, ...] = ()
    deficit: str | None = "error"
    balance: str | None = "error"
    smallest: Fraction | None = None
    largest: Fraction | None = None
    own_kinds: tuple[str, ...] = ("appropriation",)
    pay_cap: Fraction | None = None
    categories: tuple[str, ...] = SEVEN
    excluded: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()


@dataclass
class Row:
    path: str
    category: str | None
    planned: Fraction | None
    counted: Fraction
    accepted: Fraction
    payer: str
    year: str


# ---- section 4: what a row counts


def planned_of_line(line: dict[str, Any]) -> Fraction | None:
    if line.get("amount") is not None:
        return exact(line["amount"])
    if line.get("quantity") is not None and line.get("unit_price") is not None:
        return half_up(exact(line["quantity"]) * exact(line["unit_price"]))
    return None


def planned_of_person(person: dict[str, Any]) -> Fraction | None:
    if person.get("months") is None or person.get("monthly_pay") is None:
        return None
    pay = exact(person["monthly_pay"]) * exact(person["months"]) * exact(person.get("time_percent"), 100) / 100
    holiday = pay * exact(person.get("holiday_percent")) / 100
    side = (pay + holiday) * exact(person.get("side_cost_percent")) / 100
    return half_up(pay + holiday + side)


def rows_of(application: dict[str, Any], terms: Terms) -> list[Row]:
    budget = application.get("budget", {})
    partners = {row["id"]: row.get("vat") for row in application.get("partners", [])}
    own_vat = application.get("applicant", {}).get("vat")
    found = []
    for line in budget.get("lines", []):
        planned = planned_of_line(line)
        counted = planned or Fraction(0)
        if planned is not None and line.get("vat_percent") is not None:
            position = partners.get(line["payer"]) if line.get("payer") else own_vat
            factor = 1 + exact(line["vat_percent"]) / 100
            included = line.get("vat_included") is True
            if factor > 0 and position == "recovers" and included:
                counted = half_up(planned / factor)
            elif factor > 0 and position == "bears" and not included:
                counted = half_up(planned * factor)
        category = line.get("category")
        year = line.get("year") or (line["starts_on"][:4] if line.get("starts_on") else "")
        accepted = Fraction(0) if category in terms.excluded else counted
        payer = line.get("payer") if line.get("payer") in partners else ""
        found.append(Row(f"budget.lines[{line['id']}]", category, planned, counted, accepted, payer or "", str(year)))
    for person in budget.get("people", []):
        planned = planned_of_person(person)
        counted = planned or Fraction(0)
        category = person.get("category") if (person.get("category") or "").strip() else "personnel"
        accepted = counted
        if category in terms.excluded:
            accepted = Fraction(0)
        elif terms.pay_cap is not None and planned is not None:
            part = exact(person["months"]) / 12 * exact(person.get("time_percent"), 100) / 100
            accepted = min(counted, max(Fraction(0), half_up(terms.pay_cap * part)))
        payer = person.get("payer") if person.get("payer") in partners else ""
        year = str(person.get("year") or "")
        found.append(Row(f"budget.people[{person['id']}]", category, planned, counted, accepted, payer or "", year))
    return found


def groups(application: dict[str, Any], terms: Terms) -> dict[str, dict[str, tuple[str, str, str]]]:
    """Planned, counted and accepted sums by category, payer and year."""
    known = terms.categories or SEVEN
    found: dict[str, dict[str, list[Fraction]]] = {"category": {}, "payer": {}, "year": {}}
    for row in rows_of(application, terms):
        if row.planned is None:
            continue
        keys = {"category": row.category if row.category in known else "", "payer": row.payer, "year": row.year}
        for name, key in keys.items():
            sums = found[name].setdefault(key or "", [Fraction(0)] * 3)
            for at, amount in enumerate((row.planned, row.counted, row.accepted)):
                sums[at] += amount
    return {
        name: {key: (money(sums[0]), money(sums[1]), money(sums[2])) for key, sums in part.items()}
        for name, part in found.items()
    }


# ---- section 5: totals


@dataclass(frozen=True)
class Sums:
    costs: Fraction
    itemised: bool
    excluded: Fraction
    income: Fraction
    other: Fraction
    confirmed: Fraction
    own: Fraction
    not_counted: Fraction
    grant: Fraction

    @property
    def uncovered(self) -> Fraction:
        return self.costs - self.income - self.other

    def base(self, kind: str) -> Fraction:
        of_income, of_other = NET[kind]
        return max(Fraction(0), self.costs - of_income * self.income - of_other * self.other)


def sums_of(application: dict[str, Any], terms: Terms) -> Sums:
    rows = rows_of(application, terms)
    funding = application.get("funding", {})
    kinds = {"appropriation", *terms.own_kinds}
    income = sum((exact(row.get("amount")) for row in funding.get("income", [])), Fraction(0))
    grant = exact(funding.get("grant"))
    own = not_counted = other = confirmed = Fraction(0)
    for row in funding.get("own", []):
        if (row.get("kind") or "appropriation") in kinds:
            own += exact(row.get("amount"))
        else:
            not_counted += exact(row.get("amount"))
    for row in funding.get("other", []):
        if row.get("status") == "refused":
            continue
        if row.get("kind") == "partner" and "partner" in kinds:
            own += exact(row.get("amount"))
            continue
        other += exact(row.get("amount"))
        if row.get("status") == "confirmed":
            confirmed += exact(row.get("amount"))
    itemised = any(row.planned is not None and row.planned > 0 for row in rows)
    accepted = sum((row.accepted for row in rows), Fraction(0))
    counted = sum((row.counted for row in rows), Fraction(0))
    costs = accepted if itemised else income + other + own + grant
    return Sums(costs, itemised, counted - accepted, income, other, confirmed, own, not_counted, grant)


def highest(rule: Rule, sums: Sums, terms: Terms) -> Fraction:
    """The highest grant that a share rule allows."""
    base = sums.base(rule.base)
    if rule.kind == "grant-share":
        return down(base * rule.percent / 100, terms.unit)
    return sums.uncovered - least_own(rule, sums, terms)


def least_own(rule: Rule, sums: Sums, terms: Terms) -> Fraction:
    return rule.least if rule.percent is None else up(sums.base(rule.base) * rule.percent / 100, terms.unit)


def cap_of(sums: Sums, terms: Terms) -> Fraction | None:
    limits = [highest(rule, sums, terms) for rule in terms.shares if rule.severity == "error"]
    limits += [sums.uncovered] if terms.deficit == "error" else []
    limits += [terms.largest] if terms.largest is not None else []
    return max(Fraction(0), min(limits)) if limits else None


def keeps(rule: Rule, sums: Sums, terms: Terms) -> bool:
    if rule.kind == "grant-share":
        return sums.grant * 100 <= rule.percent * sums.base(rule.base)
    return sums.own >= least_own(rule, sums, terms)


def leading(terms: Terms) -> Rule | None:
    return next((rule for rule in terms.shares if rule.severity != "note"), None)


def shown(sums: Sums, terms: Terms) -> str | None:
    """Section 6: two decimals, half up, moved where it would flatter."""
    rule = leading(terms)
    base = sums.base(rule.base if rule else terms.base)
    if base == 0:
        return None
    share = sums.grant * 100 / base
    rounded = half_up(share)
    if rule is None or rule.percent is None:
        return money(rounded)
    limit = rule.percent if rule.kind == "grant-share" else 100 - rule.percent
    digit = Fraction(1, 100)
    over = share > limit
    if rule.kind == "own-share" and not over and not keeps(rule, sums, terms):
        # The own share is short although the grant is within: it shows in the grant only where the two make the base.
        over = sums.own + sums.grant == base
    if over and rounded <= limit:
        rounded = down(limit, digit) + digit
    if not over and rounded > limit and share <= limit:
        rounded = down(limit, digit)
    return money(rounded)


def totals_of(application: dict[str, Any], terms: Terms) -> dict[str, str | None]:
    sums = sums_of(application, terms)
    rule = leading(terms)
    kind = rule.base if rule else terms.base
    cap = cap_of(sums, terms)
    return {
        "costs": money(sums.costs),
        "costs_from": "rows" if sums.itemised else "sources",
        "excluded": money(sums.excluded),
        "income": money(sums.income),
        "other": money(sums.other),
        "other_confirmed": money(sums.confirmed),
        "own": money(sums.own),
        "own_not_counted": money(sums.not_counted),
        "grant": money(sums.grant),
        "base": money(sums.base(kind)),
        "base_kind": kind,
        "share_percent": shown(sums, terms),
        "cap": None if cap is None else money(cap),
        "over_cap": money(max(Fraction(0), sums.grant - cap)) if cap is not None else "0.00",
        "gap": money(sums.uncovered - sums.own - sums.grant),
    }


# ---- the rules about money, and section 7: ways out


def broken(application: dict[str, Any], terms: Terms) -> dict[str, tuple[str, str]]:
    """The rules about money that an application breaks, with severity and first path."""
    sums = sums_of(application, terms)
    found = {}
    speaks = sums.itemised or (sums.grant > 0 and (sums.own > 0 or sums.other > 0 or sums.income > 0))
    for rule in terms.shares:
        if speaks and not keeps(rule, sums, terms):
            found[rule.id] = (rule.severity, "funding.grant")
    if terms.deficit and sums.grant > sums.uncovered:
        found["deficit"] = (terms.deficit, "funding.grant")
    if terms.balance and sums.uncovered != sums.own + sums.grant:
        found["balance"] = (terms.balance, "funding")
    if terms.largest is not None and sums.grant > terms.largest:
        found["grant-limit"] = ("error", "funding.grant")
    if terms.smallest is not None and 0 < sums.grant < terms.smallest:
        found["grant-limit"] = ("error", "funding.grant")
    return found


def ways(rule_id: str, application: dict[str, Any], terms: Terms) -> dict[str, Way]:
    """The ways out of a broken rule, as the contract's formulas give them, in their order."""
    sums = sums_of(application, terms)
    share = next((rule for rule in terms.shares if rule.id == rule_id), None)
    if share is not None:
        kind = grant_share_ways if share.kind == "grant-share" else own_share_ways
        return dict(kind(share, sums, terms))
    if rule_id == "deficit":
        lowered = down(sums.uncovered, terms.unit)
        return {"grant": (lowered, sums.own, sums.costs)} if lowered > 0 else {}
    return dict(balance_ways(sums, terms)) if rule_id == "balance" else {}


def grant_share_ways(rule: Rule, sums: Sums, terms: Terms) -> Iterator[tuple[str, Way]]:
    G, S, D, p, u = sums.grant, sums.own, sums.uncovered, rule.percent, terms.unit
    income, other, least = sums.income, sums.other, terms.smallest or 0
    of_income, of_other = NET[rule.base]
    cap = min(item for item in (cap_of(sums, terms), highest(rule, sums, terms)) if item is not None)
    if cap > 0 and cap >= least:
        yield "costs", (cap, max(S, D - cap), sums.costs)
    if p < 100:
        grant = down(p * (S + (1 - of_income) * income + (1 - of_other) * other) / (100 - p), u)
        costs = grant + S + income + other
        if grant > 0 and grant >= least and costs < sums.costs:
            yield "own", (grant, S, costs)
    if terms.largest is None or terms.largest >= G:
        costs = max(up(100 * G / p, u) + of_income * income + of_other * other, G + S + income + other)
        yield "grant", (G, costs - income - other - G, costs)


def own_share_ways(rule: Rule, sums: Sums, terms: Terms) -> Iterator[tuple[str, Way]]:
    G, S, D, q, u = sums.grant, sums.own, sums.uncovered, rule.percent, terms.unit
    L = least_own(rule, sums, terms)
    if min(G, D - L) > 0:
        yield "costs", (min(G, D - L), L, sums.costs)
    if q is None:
        return
    of_income, of_other = NET[rule.base]
    taken = of_income * sums.income + of_other * sums.other
    beside = sums.income + sums.other
    costs = down(100 * S / q, u) + taken
    if S > 0 and costs - beside - S > 0 and costs < sums.costs:
        yield "own", (costs - beside - S, S, costs)
    costs = up((100 * (beside + G) - q * taken) / (100 - q), u)
    yield "grant", (G, costs - beside - G, costs)


def balance_ways(sums: Sums, terms: Terms) -> Iterator[tuple[str, Way]]:
    G, S = sums.grant, sums.own
    gap, cap = sums.uncovered - S - G, cap_of(sums, terms)
    if gap > 0 or S + gap >= 0:
        yield "own", (G, S + gap, sums.costs)
    if (gap > 0 and (cap is None or G + gap <= cap)) or (gap < 0 and G + gap >= 0):
        yield "grant", (G + gap, S, sums.costs)
    if gap > 0:
        yield "costs", (G, S, sums.costs - gap)


_ROW = re.compile(r"funding\.own\[([A-Za-z0-9_-]{1,40})\]\.amount")


def applied(application: dict[str, Any], changes: dict[str, str]) -> dict[str, Any]:
    """An application with the changes of a way out; an own row whose id is new comes last."""
    changed = copy.deepcopy(application)
    funding = changed.setdefault("funding", {})
    for path, value in changes.items():
        if path == "funding.grant":
            funding["grant"] = value
            continue
        found = _ROW.fullmatch(path)
        assert found, path
        rows = funding.setdefault("own", [])
        row = next((row for row in rows if row["id"] == found[1]), None)
        if row is None:
            row = {"id": found[1]}
            rows.append(row)
        row["amount"] = value
    return changed


def raised_row(application: dict[str, Any]) -> str | None:
    """Where a raised own share goes: the first row of an appropriation."""
    rows = application.get("funding", {}).get("own", [])
    return next((row["id"] for row in rows if (row.get("kind") or "appropriation") == "appropriation"), None)


# ---- what is odd about rows


def odd_rows(application: dict[str, Any], terms: Terms) -> dict[str, list[str]]:
    """Rules about rows of money with the paths they name, lines before people, each in table order."""
    found: dict[str, list[str]] = {}
    known = terms.categories or SEVEN
    budget = application.get("budget", {})
    partners = {row["id"]: row.get("vat") for row in application.get("partners", [])}
    own_vat = application.get("applicant", {}).get("vat")
    for line in budget.get("lines", []):
        if line.get("amount") is None or line.get("quantity") is None or line.get("unit_price") is None:
            continue
        if half_up(exact(line["quantity"]) * exact(line["unit_price"])) != exact(line["amount"]):
            found.setdefault("line-amount", []).append(f"budget.lines[{line['id']}].amount")
    for line in budget.get("lines", []):
        position = partners.get(line["payer"]) if line.get("payer") else own_vat
        taxed = line.get("vat_percent") is not None and exact(line["vat_percent"]) != 0
        if taxed and position is None and planned_of_line(line) is not None:
            found.setdefault("vat", []).append(f"budget.lines[{line['id']}].vat_percent")
    rows = rows_of(application, terms)
    for row in rows:
        kind = (
            "none"
            if not (row.category or "").strip()
            else "unknown"
            if row.category not in known
            else row.category
            if row.category in terms.excluded
            else ""
        )
        if kind:
            found.setdefault(f"category {kind}", []).append(f"{row.path}.category")
        if "people" in row.path and row.accepted < row.counted and row.category not in terms.excluded:
            found.setdefault("pay-cap", []).append(f"{row.path}.monthly_pay")
    kinds = {"appropriation", *terms.own_kinds}
    for own in application.get("funding", {}).get("own", []):
        if (own.get("kind") or "appropriation") not in kinds:
            found.setdefault("own-kinds", []).append(f"funding.own[{own['id']}].kind")
    return found
