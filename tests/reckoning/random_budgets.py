"""Random calls and applications in their stored form: ordinary budgets, whole euros, and what else a form can hold."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from reckoner import NET, SEVEN, Rule, Terms, money

PERCENTS = ("1", "7", "20", "33.333333", "40", "50", "60", "66.67", "75", "80", "82.5", "90", "99", "0.5", "100")
VATS = (None, "0", "10", "13.5", "14", "24", "25.5", "255.555555", "0.000001")
CLOSED = {
    "own": ("appropriation", "work", "in_kind", "partner"),
    "other": ("eu", "public", "private", "partner"),
    "status": ("planned", "applied", "confirmed", "refused"),
}


def random_terms(chance: random.Random) -> Terms:
    bases = list(NET)
    shares = []
    draw = chance.random()
    severity = chance.choice(("error", "error", "error", "warning"))
    if draw < 0.45:
        percent = Fraction(chance.choice(PERCENTS))
        shares.append(Rule("grant-share", "grant-share", severity, chance.choice(bases), percent))
    elif draw < 0.85:
        percent = min(Fraction(99), Fraction(chance.choice(PERCENTS)))
        shares.append(Rule("own-share", "own-share", severity, chance.choice(bases), percent))
    elif draw < 0.93:
        least = Fraction(chance.randrange(1, 200_000), 100)
        shares.append(Rule("own-share", "own-share", severity, "total_costs", None, least))
    if shares and chance.random() < 0.3:
        shares.append(Rule("own-share-guide", "own-share", "note", chance.choice(bases), Fraction(20)))
    smallest = largest = None
    if chance.random() < 0.25:
        largest = Fraction(chance.randrange(500, 9000))
    if chance.random() < 0.25:
        smallest = Fraction(chance.randrange(1, 500))
    categories = tuple(chance.sample(SEVEN, chance.choice((4, 7, 7)))) if chance.random() < 0.9 else ()
    excluded = tuple(name for name in categories if chance.random() < 0.2)
    return Terms(
        unit=Fraction(chance.choice(("0.01", "0.01", "1.00", "1.00", "100.00"))),
        base=shares[0].base if shares else chance.choice(bases),
        shares=tuple(shares),
        deficit=chance.choice(("error", "error", "error", "warning", None)),
        balance=chance.choice(("error", "error", "warning")),
        smallest=smallest,
        largest=largest,
        own_kinds=("appropriation", *(kind for kind in CLOSED["own"][1:] if chance.random() < 0.5)),
        pay_cap=Fraction(chance.choice((80000, 60000, 3333))) if chance.random() < 0.5 else None,
        categories=categories,
        excluded=excluded,
    )


def call_file(name: str, terms: Terms) -> str:
    """The terms as a call file."""
    source = 'reference = { source = "notice" }'

    def text(words: str) -> str:
        return f'{{ fi = "{words}" }}'

    lines = [
        f'schema = 1\nid = "{name}"\nedition = "2027-01-01"\nlanguages = ["fi"]\nfunder = "chance"',
        f'funder_name = {text("Sattuma")}\ncurrency = "EUR"\nunit = "{money(terms.unit)}"\ntitle = {text("Arvottu")}',
        f'[share]\nbase = "{terms.base}"\n{source}',
        f"[own]\nkinds = {list(terms.own_kinds)}\n{source}".replace("'", '"'),
    ]
    if terms.smallest is not None or terms.largest is not None:
        limits = {"smallest": terms.smallest, "largest": terms.largest}
        given = "\n".join(f'{key} = "{money(value)}"' for key, value in limits.items() if value is not None)
        lines.append(f"[grant]\n{given}\n{source}")
    if terms.pay_cap is not None:
        lines.append(f'[pay_cap]\namount = "{money(terms.pay_cap)}"\n{source}')
    for category in terms.categories:
        left_out = "excluded = true\n" if category in terms.excluded else ""
        lines.append(f'[[categories]]\nid = "{category}"\nlabel = {text(category)}\n{left_out}{source}')
    for rule in terms.shares:
        figure = f'percent = "{float_free(rule.percent)}"' if rule.percent is not None else ""
        figure = figure or f'least = "{money(rule.least or Fraction(0))}"'
        head = f'[[rules]]\nid = "{rule.id}"\nkind = "{rule.kind}"\nseverity = "{rule.severity}"'
        lines.append(f'{head}\nbase = "{rule.base}"\n{figure}\n{source}')
    for kind, severity in (("deficit", terms.deficit), ("balance", terms.balance)):
        if severity:
            lines.append(f'[[rules]]\nid = "{kind}"\nkind = "{kind}"\nseverity = "{severity}"\n{source}')
    lines.append('[[sources]]\nid = "notice"\ntitle = "Ilmoitus"\nread = "2027-01-01"')
    return "\n\n".join(lines) + "\n"


def float_free(percent: Fraction | None) -> str:
    whole, millionths = divmod(int((percent or Fraction(0)) * 1_000_000), 1_000_000)
    return f"{whole}.{millionths:06d}".rstrip("0").rstrip(".")


class Budgets:
    """Random applications. `wild` ones hold negative sums, odd words and the largest figures a form can hold."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def sum(self, top: int, whole: bool, wild: bool) -> str | None:
        chance = self.chance
        draw = chance.random()
        if draw < 0.12:
            return None
        if draw < 0.18:
            return chance.choice(("0.00", "0.01", "1.00", "99.99", "100.00"))
        if wild and draw < 0.3:
            return chance.choice(("-0.01", "-1.00", "-250.37", "-9999.00", "999999999999.99", "-999999999999.99"))
        cents = chance.randrange(1, top * 100)
        return money(Fraction(cents - cents % 100 if whole else cents, 100))

    def number(self, *common: str | None, wild: bool) -> str | None:
        if wild and self.chance.random() < 0.15:
            return self.chance.choice(("0", "-1", "0.000001", "999999999.999999", "0.333333", "-0.5", "007"))
        return self.chance.choice(common)

    def line(self, at: int, whole: bool, wild: bool) -> dict[str, Any]:
        chance = self.chance
        row: dict[str, Any] = {
            "id": f"l{at}",
            "category": chance.choice((*SEVEN, *SEVEN, None, "nonsense", "")) if chance.random() < 0.4 else "services",
            "description": chance.choice(("Kuljettaja", None)),
        }
        draw = chance.random()
        if draw < 0.6:
            row["quantity"] = self.number("1", "2", "3.5", "12", "0.25", "0.333333", None, wild=wild)
            row["unit_price"] = self.sum(2_000, whole, wild)
        if draw > 0.5:
            row["amount"] = self.sum(6_000, whole, wild)
        if chance.random() < 0.35:
            row["vat_percent"] = self.number(*VATS, wild=wild)
            row["vat_included"] = chance.choice((True, False, None))
        row["payer"] = chance.choice((None, None, None, "p0", "p1", "p2", "gone"))
        row["year"] = chance.choice((None, None, 2026, 2027))
        row["starts_on"] = chance.choice((None, None, "2027-05-02"))
        return row

    def person(self, at: int, whole: bool, wild: bool) -> dict[str, Any]:
        chance = self.chance
        return {
            "id": f"h{at}",
            "months": self.number("1", "6", "12", "3.5", "0.75", None, wild=wild),
            "time_percent": self.number("100", "50", "37.5", None, "33.333333", wild=wild),
            "monthly_pay": self.sum(9_000, whole, wild),
            "side_cost_percent": self.number("22.5", "21.37", None, "30", wild=wild),
            "holiday_percent": self.number("5", "4.17", None, "0", wild=wild),
            "category": chance.choice((None, None, "personnel", "services", "nonsense", " ")),
            "payer": chance.choice((None, None, "p0", "p1", "gone")),
            "year": chance.choice((None, 2027)),
        }

    def application(self) -> dict[str, Any]:
        chance = self.chance
        whole, wild = chance.random() < 0.5, chance.random() < 0.15
        lines = 0 if chance.random() < 0.3 else chance.randrange(1, 5)
        people = 0 if chance.random() < 0.6 else chance.randrange(1, 3)
        own = [
            {"id": f"o{at}", "kind": chance.choice((None, *CLOSED["own"])), "amount": self.sum(4_000, whole, wild)}
            for at in range(chance.choice((0, 1, 1, 2, 3)))
        ]
        other = [
            {
                "id": f"x{at}",
                "kind": chance.choice((None, *CLOSED["other"])),
                "status": chance.choice((None, *CLOSED["status"])),
                "amount": self.sum(2_500, whole, wild),
            }
            for at in range(chance.choice((0, 0, 1, 2)))
        ]
        income = [{"id": f"i{at}", "amount": self.sum(1_500, whole, wild)} for at in range(chance.choice((0, 0, 1, 2)))]
        found = {
            "applicant": {"vat": chance.choice(("recovers", "bears", None))},
            "partners": [{"id": f"p{at}", "vat": chance.choice(("recovers", "bears", None))} for at in range(2)],
            "budget": {
                "lines": [self.line(at, whole, wild) for at in range(lines)],
                "people": [self.person(at, whole, wild) for at in range(people)],
            },
            "funding": {"grant": self.sum(12_000, whole, wild), "own": own, "other": other, "income": income},
        }
        if chance.random() < 0.35:
            self.near_balance(found, whole)
        return found

    def near_balance(self, found: dict[str, Any], whole: bool) -> None:
        """One line, one own row and a grant that stand at a round share of it, or a cent or a euro beside."""
        chance = self.chance
        costs = chance.randrange(1, 20_000) * 100 + (0 if whole else chance.randrange(100))
        grant = costs * chance.choice((20, 40, 50, 60, 75, 80, 80, 80, 90, 100)) // 100 + chance.choice(
            (-100, -1, 0, 0, 1, 100)
        )
        own = costs - grant + chance.choice((0, 0, 0, 1, -1))
        found["budget"] = {"lines": [{"id": "l0", "category": "services", "amount": money(Fraction(costs, 100))}]}
        found["funding"] |= {
            "grant": money(Fraction(grant, 100)),
            "own": [{"id": "o0", "amount": money(Fraction(own, 100))}],
        }
        if chance.random() < 0.6:
            found["funding"] |= {"other": [], "income": []}
