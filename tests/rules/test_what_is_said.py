"""All that rules say of an untidy application and of sums at odds, word for word: sentence, places, sums, ways out.

What is expected stands in `what_is_said.txt`, to be read as a person would read it. The marks at the end of a finding
are what an acknowledgement in somebody's file speaks of: they may never change, or what was read comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rule_calls import CATEGORIES, application_of, grant_share, judge, make_call, named, own_share

from hakemus.domain.call import Call, Hint, RuleSpec
from hakemus.domain.findings import Finding, Severity
from hakemus.domain.messages import Shown
from hakemus.i18n.catalog import Catalog
from hakemus.rules.facts import gather
from hakemus.rules.registry import KINDS

EXPECTED = Path(__file__).with_name("what_is_said.txt")
CATALOG = Catalog("en")
LONG = "This paragraph is long enough to be no chance when it stands in two places of one and the same plan."


def cited(paragraph: str, status: str = "source") -> dict[str, str]:
    return {"source": "law", "paragraph": paragraph, "status": status}


STRICT = make_call(
    sources=[{"id": "law", "title": "The decree", "url": "https://example.org", "year": "2018", "read": "2018-10-30"}],
    unit="1.00",
    window={"opens": "2018-10-29", "closes": "2018-11-14T16:15", "reference": cited("1 §")},
    use_period={"starts": "2019-01-01", "ends": "2020-12-31", "reference": cited("2 §", "inferred")},
    share={"base": "costs_less_income", "reference": cited("3 §")},
    grant={"smallest": "1000.00", "largest": "5000.00", "reference": cited("4 §")},
    own={"kinds": ["appropriation", "work"], "evidence": named("A decision is needed."), "reference": cited("5 §")},
    pay_cap={"amount": "24000.00", "reference": cited("6 §")},
    categories=[
        {
            "id": name,
            "label": named(name.title()),
            "excluded": name in ("equipment", "rents"),
            "explanation": name in ("other", "travel"),
            "reference": cited(f"7 § {name}"),
        }
        for name in CATEGORIES
    ],
    hints=[
        {"id": "food", "words": ["coffee", "*dinner"], "text": named("No treats."), "reference": cited("8 §", "own")},
        {"id": "cars", "words": ["car"], "text": named("No cars.")},
    ],
    questions=[
        {"id": "q1", "label": named("Why?"), "mandatory": True, "limit": 5},
        {"id": "q2", "label": named("How?"), "mandatory": True, "limit": 4, "counting": "bytes"},
        {"id": "q3", "label": named("When?"), "limit": 4, "counting": "utf16"},
    ],
    fields=[{"path": "project.title", "limit": 3}, {"path": "project.theme", "limit": 100}],
    eligibility=[
        {"id": "e1", "question": named("Is it a library?"), "sentence": named("Libraries only."),
         "reference": cited("9 §")},
        {"id": "e2", "question": named("Building?"), "wanted": False, "sentence": named("No buildings.")},
        {"id": "e3", "question": named("Public?"), "sentence": named("Public ones only.")},
    ],
    attachments=[
        {"id": "plan", "title": named("Plan"), "reference": cited("10 §")},
        {"id": "budget", "title": named("Budget")},
        {"id": "letter", "title": named("Letter"), "when": "joint"},
        {"id": "extra", "title": named("Extra"), "mandatory": False},
        {"id": "rules", "title": named("Rules"), "when": "association"},
    ],
    declarations=[
        {"id": "true", "text": named("All is true."), "reference": cited("11 §")},
        {"id": "free", "text": named("Free."), "mandatory": False},
        {"id": "open", "text": named("Open.")},
    ],
    confirm=["grant.largest", "window.closes"],
    rules=[
        grant_share(50, reference=cited("12 §")),
        own_share(30),
        own_share(20, id="own-in-note", severity="note", base="costs_less_income_and_other"),
        {"id": "indicator", "kind": "indicator"},
        {"id": "required", "kind": "required",
         "fields": ["project.title", "project.need", "applicant.email", "goals[].strategy", "partners[].email"]},
        {"id": "length", "kind": "length", "limits": {"goals[].text": 2, "answers.q1": 6}, "counting": "utf16"},
        {"id": "tender", "kind": "tender", "threshold": "500.00"},
        {"id": "stars", "kind": "stars", "reference": cited("13 §")},
        {"id": "leftover", "kind": "leftover", "message": named("Tidy up.")},
    ],
)  # fmt: skip

UNTIDY: dict[str, Any] = {
    "applicant": {"library": "Oulu City Library", "business_id": "1234567-8", "email": "nobody", "isil": "x",
                  "postal_code": "1", "iban": "FI00", "bic": "1", "contacts": [{"id": "k", "email": "a@"}]},
    "project": {"title": "Books", "summary": f"TODO\n{LONG}", "need": " ",
                "description": f"{LONG}\nRovaniemi City Library", "starts_on": "2018-12-31",
                "ends_on": "2018-12-30", "joint": True},
    "goals": [
        {"id": "g1", "text": "Read more.", "strategy": "s", "indicators": [
            {"id": "i1", "name": "Loans", "target": "many", "measured_on": "2019-01-01"},
            {"id": "i2", "name": "read  MORE", "baseline": "1", "target": "2"},
            {"id": "i3", "name": " ", "target": "x"}]},
        {"id": "g2", "text": "Write"},
    ],
    "activities": [
        {"id": "a1", "title": "Read more", "goals": ["g1", "gone"], "starts_on": "2019-02-02", "ends_on": "2019-02-01"},
        {"id": "a2", "title": "Write"},
        {"id": "a3", "title": "Start", "milestone": True, "goals": ["g1"]},
    ],
    "partners": [
        {"id": "p1", "name": "School", "commitment": "asked", "attachment": "gone", "vat": "bears"},
        {"id": "p2", "name": "Club", "commitment": "signed", "attachment": "t1"},
        {"id": "p3", "name": "Church", "commitment": "planned", "attachment": "t2", "email": "c@example.org"},
    ],
    "attachments": [
        {"id": "t1", "kind": "budget", "state": "attached"},
        {"id": "t2", "kind": "plan", "state": "later"},
    ],
    "budget": {
        "lines": [
            {"id": "l1", "category": "services", "description": "Coffee and gala-dinner", "amount": "1000.50",
             "activity": "a1", "supplier": " Firm  Ltd", "year": 2019},
            {"id": "l2", "category": "materials", "description": "Cartons", "quantity": "3", "unit_price": "10.00",
             "amount": "40.00", "vat_percent": "24", "supplier": "firm ltd", "starts_on": "2018-12-01",
             "ends_on": "2018-11-01"},
            {"id": "l3", "category": "equipment", "amount": "700.00", "payer": "p1", "vat_percent": "10",
             "activity": "nothing"},
            {"id": "l4", "category": "other", "amount": "5.00", "payer": "nobody"},
            {"id": "l5", "category": "moon", "amount": "-7.00", "starts_on": "2019-03-03"},
            {"id": "l6", "category": " ", "quantity": "-1", "unit_price": "-2.25", "vat_percent": "-1"},
            {"id": "l7", "category": "travel", "amount": "0.00"},
            {"id": "l8", "category": "services", "quantity": "2", "unit_price": "3.50", "amount": "8.00"},
            {"id": "l9", "category": "rents", "amount": "10.00", "vat_percent": "10", "vat_included": True,
             "payer": "p1"},
        ],
        "people": [
            {"id": "h1", "title": "Dinner host", "months": "12", "monthly_pay": "3000.00", "time_percent": "50",
             "side_cost_percent": "40", "holiday_percent": "5", "activity": "a1", "year": 2020},
            {"id": "h2", "months": "12", "monthly_pay": "2500.00", "category": "equipment"},
            {"id": "h3", "months": "-1", "monthly_pay": "-1.00", "time_percent": "-1", "side_cost_percent": "-1",
             "holiday_percent": "-1", "category": "other"},
            {"id": "h4", "months": "1", "monthly_pay": "10.00", "category": "travel", "title": " "},
        ],
    },
    "funding": {
        "grant": "20000.50",
        "own": [
            {"id": "o1", "kind": "work", "amount": "300.00", "partner": "gone"},
            {"id": "o2", "amount": "200.00", "evidence": "1 §"},
            {"id": "o3", "kind": "in_kind", "amount": "100.25"},
            {"id": "o4", "amount": "-3.00"},
            {"id": "o5", "kind": "partner", "amount": "50.00"},
        ],
        "other": [
            {"id": "x1", "amount": "60.00", "status": "confirmed", "same_costs": True},
            {"id": "x2", "amount": "70.00", "status": "refused", "same_costs": True},
            {"id": "x3", "amount": "80.00", "status": "applied", "kind": "partner", "partner": "p1"},
            {"id": "x4", "amount": "-9.50", "partner": "gone"},
        ],
        "income": [{"id": "n1", "amount": "30.00"}, {"id": "n2", "amount": "-0.75"}],
    },
    "answers": {"q1": "seven..", "q3": "📚📚📚", "eligibility.e1": "no", "eligibility.e2": "yes",
                "eligibility.e3": "yes"},
    "declarations": {"open": False},
}  # fmt: skip


MILD = make_call(
    window={"opens": "2018-12-01", "closes": "2018-12-24"},
    use_period={"rule": "end_of_next_calendar_year"},
    unit="0.10",
    categories=[],
    attachments=[{"id": "letter", "title": named("Letter"), "when": "joint"}],
    rules=[{"id": "letter", "kind": "letter-of-intent"}, {"id": "stated", "kind": "imported-total"}],
)


NAMED = {rule.kind for rule in STRICT.rules}
QUIET = STRICT.model_copy(
    update={
        "rules": (
            *(rule.model_copy(update={"severity": Severity.NOTE, "reference": None}) for rule in STRICT.rules),
            *(
                RuleSpec(id=kind.name, kind=kind.name, severity="note")
                for kind in KINDS
                if kind.base and kind.name not in NAMED
            ),
        ),
        "own": STRICT.own.model_copy(update={"kinds": ("partner",)}),
        "hints": (Hint(id="h", words=("*dinner", "*", "X"), text=named("No.")),),
        "overridden": ("share.base", "pay_cap.amount", "window.closes"),
    }
)
"""Everything is a note: what each finding has seen is told, and nothing caps the grant."""

SMALL: dict[str, Any] = {
    "applicant": {"business_id": "12", "isil": "ä", "library": "Oulu library", "organisation": "Town of Oulu"},
    "project": {"summary": f"At Oulu library. The Vaasa library and {'y ' * 35}z\n{'p' * 80}", "need": "p" * 80,
                "description": f"{'y ' * 35}z", "evaluation": f"{'q ' * 39}q", "continuation": f"{'q ' * 39}q",
                "starts_on": "2019-01-01", "ends_on": "2019-12-31"},
    "goals": [{"id": "g1", "text": "BoX"}, {"id": "g2"},
              {"id": "g3", "text": "Ö", "indicators": [{"id": "i", "name": "Loans", "measured_on": "2019-12-31"}]}],
    "activities": [{"id": "a1", "title": "Bo", "starts_on": "2019-02-02", "ends_on": "2019-02-02"}, {"id": "a2"}],
    "partners": [{"id": "p1", "name": "Ä", "vat": "recovers"}, {"id": "p2", "commitment": "promised"}],
    "budget": {
        "lines": [
            {"id": "l1", "category": "services", "quantity": "-1", "unit_price": "5.00", "description": "winner X"},
            {"id": "l2", "category": "services", "quantity": "2", "unit_price": "-5.00", "description": "X"},
            {"id": "l3", "category": "services", "quantity": "0", "unit_price": "3.00", "vat_percent": "0"},
            {"id": "l4", "category": "other", "amount": "0.01", "vat_percent": "0.5", "vat_included": True},
            {"id": "l5", "category": "materials", "amount": "100.00", "starts_on": "2019-01-01",
             "ends_on": "2019-01-01", "supplier": "A", "payer": "p1", "vat_percent": "10"},
            {"id": "l6", "category": "materials", "amount": "400.00", "starts_on": "2019-12-31",
             "ends_on": "2019-12-30", "supplier": "a"},
            {"id": "l7", "category": "materials", "amount": "1.00", "starts_on": "2020-01-01",
             "ends_on": "2018-12-31"},
            {"id": "l8", "category": "rents", "amount": "10.00", "vat_percent": "25", "payer": "p1"},
            {"id": "l9", "category": "services", "amount": "5.00", "vat_percent": "-100", "vat_included": True},
        ],
        "people": [
            {"id": "h1", "months": "12", "monthly_pay": "3000.00", "time_percent": "0", "payer": "p1"},
            {"id": "h2", "months": "12", "monthly_pay": "3000.00", "time_percent": "0.5", "payer": "p1"},
            {"id": "h3", "months": "12", "monthly_pay": "3000.00"},
            {"id": "h4", "months": "12", "monthly_pay": "4000.00", "year": 2021},
            {"id": "h5", "months": "12.5", "monthly_pay": "1.00", "category": "services"},
        ],
    },
    "funding": {
        "grant": "0.00",
        "own": [
            {"id": "o1", "amount": "0.01"},
            {"id": "o2", "amount": "0.00"},
            {"id": "o3", "kind": "work", "amount": "2.00", "hours": "3", "rate": "1.00"},
            {"id": "o4", "kind": "work", "amount": "9.00", "hours": "2", "rate": "4.00"},
        ],
        "other": [
            {"id": "x1", "amount": "7.00", "kind": "partner"},
            {"id": "x2", "amount": "9.00", "status": "confirmed"},
            {"id": "x3", "amount": "0.00", "same_costs": True},
        ],
        "income": [{"id": "n1", "amount": "0.50"}],
    },
}  # fmt: skip

GUIDE = make_call().model_copy(update={"rules": make_call(rules=[grant_share(80, severity="warning")]).rules[:1]})
"""A call with nothing but a recommended share."""


BARE = make_call().model_copy(update={"rules": make_call(rules=[{"id": "indicator", "kind": "indicator"}]).rules[:1]})
"""A call that says nothing of money."""


def cents(*rules: dict[str, Any], **parts: Any) -> Call:
    return make_call(rules=list(rules), **parts)


CASES: dict[str, tuple[Any, Call]] = {
    "An untidy application under a strict call": (UNTIDY, STRICT),
    "The same application under a mild call": (UNTIDY, MILD),
    "A late project under a mild call": (
        {"project": {"starts_on": "2020-12-31", "ends_on": "2021-01-01"}, "funding": {"grant": "0.15"}}, MILD
    ),
    "A project too early": (
        {"project": {"starts_on": "2018-12-31", "ends_on": "2019-01-01"}},
        make_call(use_period={"starts": "2019-01-01"}, unit="100.00"),
    ),
    "Whole Norwegian crowns": (
        application_of("150.00", "50.50", "200.50"), make_call(currency="NOK", unit="1.00")
    ),
    "The same application where everything is a note": (UNTIDY, QUIET),
    "Small things where everything is a note": (SMALL, QUIET),
    "Small things under a strict call": (SMALL, STRICT),
    "A grant over a recommended share": (application_of("8000.01", "1999.99", "10000.00"), GUIDE),
    "A grant over its share, at the largest, that may be just so small": (
        application_of("9000.00", "1000.00", "10000.00"),
        cents(grant_share(80), grant={"smallest": "8000.00", "largest": "9000.00"}),
    ),
    "Over its share with too much money": (
        application_of("900.00", "500.00", "1000.00", "100.00", "150.00"), cents(grant_share(80))
    ),
    "A sum of own funding that leaves nothing to ask for": (
        application_of("10.00", "90.00", "100.00"), cents(own_share(None, least="100.00"))
    ),
    "Other money that leaves nothing to ask for": (application_of("10.00", None, "100.00", None, "100.00"), cents()),
    "A grant beside own funding below zero": (application_of("100.00", "-50.00"), cents()),
    "No grant yet": (application_of(None, "1.00", None, "100.00"), cents(own_share(20), grant_share(80))),
    "Money lacks up to the cap": (application_of("700.00", "200.00", "1000.00"), cents(grant_share(80))),
    "Own funding lacks by rounding alone": (
        application_of("8000.50", "2000.50", "10001.00"), cents(own_share(20), unit="1.00")
    ),
    "Half a per cent": (application_of("1.00", "199.00", "200.00"), cents(grant_share("0.5"))),
    "A tenth of a per cent": (application_of("0.21", "199.79", "200.00"), cents(grant_share("0.1"))),
    "A small grant under a strict call": ({"funding": {"grant": "1.00"}}, STRICT),
    "An empty application where everything is a note": ({}, QUIET),
    "A grant under a call that says nothing of money": (application_of("8000.00", "100.00", "9000.00"), BARE),
    "Over its share by what is too much": (application_of("900.00", "200.00", "1000.00"), cents(grant_share(80))),
    "Own funding that carries no grant": (
        application_of("500.00", "100.00", "1000.00", "400.00"), cents(own_share(20))
    ),
    "An empty application under a strict call": ({}, STRICT),
    "A grant over its share of the costs": (application_of("8000.01", "1999.99", "10000.00"), cents(grant_share(80))),
    "The same without rows": (application_of("8000.01", "1999.99"), cents(grant_share(80))),
    "A grant over its share of the costs less income, in whole euros": (
        application_of("7000.00", "2000.00", "10000.00", "500.50", "499.50"),
        cents(grant_share(70, base="costs_less_income"), unit="1.00"),
    ),
    "A grant over its share of what other money leaves": (
        application_of("7000.00", "2000.00", "10000.00", "500.00", "500.00"),
        cents(grant_share("66.6", base="costs_less_income_and_other"), unit="10.00"),
    ),
    "A grant over its share, and over the largest grant": (
        application_of("9000.00", "1000.00", "10000.00"),
        cents(grant_share(80), grant={"smallest": "8500.00", "largest": "8900.00"}),
    ),
    "A grant below the smallest": (
        application_of("100.00", "9900.00", "10000.00"), cents(grant={"smallest": "100.01"})
    ),
    "A grant that is a share of nothing": (
        application_of("100.00", "-200.00", None, "50.00", "50.00"), cents(grant_share(80))
    ),
    "A grant beside income alone": (application_of("100.00", None, None, "10.00"), cents(grant_share(80))),
    "A grant beside other money alone": (application_of("100.00", None, None, None, "10.00"), cents(grant_share(80))),
    "A grant alone": (application_of("100.00"), cents(grant_share(80), own_share(20))),
    "The whole as a grant": (application_of("10000.01", None, "10000.00"), cents(grant_share(100))),
    "Too little own funding": (application_of("8000.01", "1999.99", "10000.00"), cents(own_share(20))),
    "The same without rows, in whole euros": (
        application_of("8000.50", "1999.50", None, "10.00", "20.00"),
        cents(own_share(20, base="costs_less_income_and_other"), unit="1.00"),
    ),
    "Too little own funding of the costs less income": (
        application_of("8000.00", "1000.00", "10000.00", "500.00", "500.00"),
        cents(own_share("12.5", base="costs_less_income"), unit="1.00"),
    ),
    "Own funding below a sum": (application_of("900.00", "100.00", "1000.00"), cents(own_share(None, least="250.00"))),
    "No own funding at all": (application_of("1000.00", None, "1000.00"), cents(own_share(20))),
    "Money lacks": (application_of("800.00", "100.00", "1000.00", "20.00", "30.00"), cents(grant_share(80))),
    "Too much money": (application_of("800.00", "300.00", "1000.00", "20.00", "30.00"), cents()),
    "Too much money without own funding": (application_of("1200.00", None, "1000.00"), cents()),
    "More money than costs before any grant": (application_of("10.00", None, "1000.00", "600.00", "500.00"), cents()),
}  # fmt: skip


def said(finding: Finding) -> Iterator[str]:
    def words(message: Any) -> str:
        return CATALOG.render(message)

    def shown(amount: Any) -> str:
        return amount.text + " %" if isinstance(amount, Shown) else str(amount)

    yield f"* {finding.severity.value} {finding.rule} ({finding.kind}): {words(finding.message)}"
    yield f"  at {', '.join(finding.paths)}"
    if finding.values:
        yield "  " + ", ".join(f"{name} {value}" for name, value in finding.values.items())
    for line in finding.trace:
        assert isinstance(line.result, bool)
        yield f"  {'=' if line.result else ' '} {words(line.label)}: {shown(line.amount)}"
    for way in finding.exits:
        yield f"  > {way.id}: {words(way.label)}"
        yield from (f"    {at} = {new}" for at, new in way.changes.items())
        if way.figures:
            yield "    " + ", ".join(f"{name} {value}" for name, value in way.figures.items())
        yield from (f"    needs {name} {value}" for name, value in way.needs.items())
    if finding.reference:
        there = finding.reference
        yield f"  {there.paragraph} {there.title} {there.year} ({there.status}, read {there.read})"
    if finding.terms:
        yield f"  by own terms {', '.join(finding.terms)}"
    if finding.seen:
        yield f"  {finding.seen[:12]}"


def told(name: str) -> str:
    application, call = CASES[name]
    facts = gather(application if not isinstance(application, dict) else _tree(application), call)
    totals = facts.totals
    lines = [f"== {name}", ""]
    lines += [f"{field} {getattr(totals, field)}" for field in type(totals).__slots__]
    for name, row in (*facts.figures.lines.items(), *facts.figures.people.items()):
        lines.append(f"{name}: {row.planned} {row.counted} {row.accepted}, {row.net} {row.gross}")
    for group in ("by_category", "by_payer", "by_year"):
        for key, sums in getattr(facts.figures, group).items():
            lines.append(f"{group} {key or '-'}: {sums.planned} {sums.counted} {sums.accepted}")
    lines.append("")
    for finding in judge(application, call):
        lines += said(finding)
    return "\n".join(lines).rstrip("\n") + "\n"


def _tree(plain: dict[str, Any]) -> Any:
    from hakemus.domain.application import Application

    return Application.model_validate(plain)


def sections() -> dict[str, str]:
    parts = EXPECTED.read_text(encoding="utf-8").split("== ")[1:]
    return {part.split("\n", 1)[0]: f"== {part}" for part in parts}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_is_what_was_read_and_found_right(name: str) -> None:
    assert told(name) == sections()[name].rstrip("\n") + "\n"


def test_nothing_is_expected_of_a_case_that_is_gone() -> None:
    assert list(sections()) == list(CASES)
