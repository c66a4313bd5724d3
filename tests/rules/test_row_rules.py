"""What is said of rows of money, of own funding, of imported totals and of terms that wait."""

from __future__ import annotations

import pytest
from rule_calls import AVI, CATEGORIES, TODAY, application_of, by_rule, judge, make_call, make_draft, named, only

from hakemus.domain.findings import Severity
from hakemus.domain.money import Money
from hakemus.domain.paths import with_value
from hakemus.rules.engine import evaluate


def rows(*lines, **parts):
    return {"budget": {"lines": list(lines)}, **parts}


def categories(**marks):
    return [{"id": name, "label": named(name), **marks.get(name, {})} for name in CATEGORIES]


def test_categories_missing_unknown_and_excluded():
    call = make_call(
        categories=categories(equipment={"excluded": True, "reference": {"source": "s"}}),
        sources=[{"id": "s", "title": "The instructions"}],
    )
    tree = rows(
        {"id": "a", "amount": "1.00"},
        {"id": "b", "category": "moon", "amount": "1.00"},
        {"id": "c", "category": "equipment", "amount": "2.50"},
        {"id": "d", "category": "services", "amount": "1.00"},
        {"id": "e", "category": "", "amount": "1.00"},
    )
    findings = by_rule(judge(tree, call), "category")
    assert [(item.paths, item.severity) for item in findings] == [
        (("budget.lines[a].category", "budget.lines[e].category"), Severity.ERROR),
        (("budget.lines[b].category",), Severity.ERROR),
        (("budget.lines[c].category",), Severity.ERROR),
    ]
    assert findings[2].values["excluded"] == "2.50"
    empty = only(judge(rows({"id": "c", "category": "equipment"}), call), "category")
    assert empty.values["excluded"] == "0.00"
    assert findings[2].reference.title == "The instructions"
    assert not by_rule(judge(tree, make_call(categories=[])), "category")


def test_an_explanation_is_needed_where_there_is_a_sum():
    call = make_call(categories=categories(services={"explanation": True}, personnel={"explanation": True}))
    tree = {
        "budget": {
            "lines": [
                {"id": "a", "category": "services", "amount": "1.00"},
                {"id": "b", "category": "services", "amount": "1.00", "description": "printing"},
                {"id": "c", "category": "services", "amount": "0.00"},
                {"id": "d", "category": "other", "amount": "1.00"},
                {"id": "e", "category": "services"},
            ],
            "people": [
                {"id": "p", "months": "1", "monthly_pay": "1.00"},
                {"id": "q", "months": "1", "monthly_pay": "1.00", "title": "guide"},
            ],
        }
    }
    assert only(judge(tree, call), "explanation").paths == ("budget.lines[a].description", "budget.people[p].title")


@pytest.mark.parametrize(("unit", "count"), [("0.01", 0), ("1.00", 5), ("100.00", 7)])
def test_sums_that_are_no_multiples_of_the_unit(unit, count):
    tree = {
        "budget": {
            "lines": [
                {"id": "a", "category": "other", "amount": "100.50"},
                {"id": "b", "category": "other", "quantity": "3", "unit_price": "0.50"},
                {"id": "c", "category": "other", "quantity": "2", "unit_price": "0.50"},
            ]
        },
        "funding": {
            "grant": "10.01",
            "own": [{"id": "o", "amount": "1.10"}],
            "other": [{"id": "o", "amount": "0.99"}],
            "income": [{"id": "o", "amount": "5.00"}],
        },
    }
    found = [path for item in by_rule(judge(tree, make_call(unit=unit)), "unit") for path in item.paths]
    assert len(found) == count
    if unit == "1.00":
        assert found == [
            "budget.lines[a].amount",
            "budget.lines[b].unit_price",
            "funding.grant",
            "funding.own[o].amount",
            "funding.other[o].amount",
        ]


def test_the_unit_is_said_in_the_words_of_the_currency():
    def said(**parts):
        return only(judge(application_of("0.50"), make_call(**parts)), "unit").message.key

    assert said(unit="1.00") == "The call takes whole euros only."
    assert said(unit="1.00", currency="NOK") == "The call takes whole sums only, without decimals."
    assert said(unit="100.00") == "The call takes sums in multiples of {unit} only."


def test_an_amount_that_differs_offers_both_ways_out():
    tree = make_draft(
        rows(
            {"id": "a", "category": "other", "quantity": "3", "unit_price": "4.00", "amount": "10.00"},
            {"id": "b", "category": "other", "quantity": "3", "unit_price": "4.00", "amount": "12.00"},
        )
    )
    finding = only(evaluate(tree, AVI, TODAY), "line-amount")
    assert (finding.paths, finding.severity) == (("budget.lines[a].amount",), Severity.ERROR)
    assert (finding.values["asked"], finding.values["computed"]) == ("10.00", "12.00")
    assert [(way.id, dict(way.changes)) for way in finding.exits] == [
        ("product", {"budget.lines[a].amount": None}),
        ("amount", {"budget.lines[a].unit_price": None}),
    ]
    for way in finding.exits:
        application = tree.application
        for path, value in way.changes.items():
            application = with_value(application, path, value)
        assert not by_rule(judge(application, AVI), "line-amount")


def test_what_is_below_zero():
    tree = {
        "budget": {
            "lines": [
                {"id": "a", "category": "other", "amount": "-1.00"},
                {"id": "b", "category": "other", "quantity": "-1", "unit_price": "-1.00", "vat_percent": "-1"},
            ],
            "people": [
                {
                    "id": "p",
                    "months": "-1",
                    "monthly_pay": "-1.00",
                    "time_percent": "-1",
                    "side_cost_percent": "-1",
                    "holiday_percent": "-1",
                }
            ],
        },
        "funding": {
            "grant": "-1.00",
            "own": [{"id": "o", "amount": "-1.00"}],
            "other": [{"id": "o", "amount": "-1.00", "status": "refused"}],
            "income": [{"id": "o", "amount": "-1.00"}],
        },
    }
    finding = only(judge(tree, AVI), "negative")
    assert finding.severity is Severity.ERROR
    assert finding.paths == (
        "budget.lines[a].amount",
        "budget.lines[b].quantity",
        "budget.lines[b].unit_price",
        "budget.lines[b].vat_percent",
        "budget.people[p].monthly_pay",
        "budget.people[p].months",
        "budget.people[p].time_percent",
        "budget.people[p].side_cost_percent",
        "budget.people[p].holiday_percent",
        "funding.grant",
        "funding.own[o].amount",
        "funding.other[o].amount",
        "funding.income[o].amount",
    )


def test_vat_of_an_unknown_position_is_a_warning():
    finding = only(judge(rows({"id": "a", "category": "other", "amount": "1.00", "vat_percent": "24"}), AVI), "vat")
    assert (finding.paths, finding.severity) == (("budget.lines[a].vat_percent",), Severity.WARNING)


def test_pay_above_the_cap_is_a_note():
    call = make_call(pay_cap={"amount": "80000.00", "reference": {"source": "x"}})
    people = [{"id": "p", "months": "12", "monthly_pay": "7000.00"}, {"id": "q", "months": "1", "monthly_pay": "1.00"}]
    finding = only(judge({"budget": {"people": people}}, call), "pay-cap")
    assert (finding.paths, finding.severity) == (("budget.people[p].monthly_pay",), Severity.NOTE)
    assert dict(finding.values) == {"excluded": "4000.00", "limit": "80000.00"}
    at_the_edge = [{"id": "p", "months": "12", "monthly_pay": "1000.00"}]
    assert not by_rule(judge({"budget": {"people": at_the_edge}}, make_call(pay_cap={"amount": "12000.00"})), "pay-cap")
    excluded = make_call(pay_cap={"amount": "1.00"}, categories=categories(personnel={"excluded": True}))
    assert not by_rule(judge({"budget": {"people": people}}, excluded), "pay-cap")


def test_words_that_hint_at_costs_not_accepted():
    call = make_call(
        hints=[
            {"id": "gifts", "words": ["lahjakort", "*viini"], "text": named("No gifts")},
            {"id": "books", "words": ["kirjahankin"], "text": named("No books")},
        ]
    )
    tree = {
        "budget": {
            "lines": [
                {"id": "a", "category": "other", "description": "Lahjakortteja voittajille"},
                {"id": "b", "category": "other", "description": "punaviiniä ja kirjahankintoja"},
                {"id": "c", "category": "other", "description": "etulahjakortti"},
            ],
            "people": [{"id": "p", "title": "viinimestari"}],
        }
    }
    gifts, books = by_rule(judge(tree, call), "cost-words")
    assert gifts.paths == ("budget.lines[a].description", "budget.lines[b].description", "budget.people[p].title")
    assert books.paths == ("budget.lines[b].description",)
    assert gifts.message.values["reason"].by_language["en"] == "No gifts"
    assert by_rule(judge(tree, call), "cost-words") == [gifts, books]


def test_hint_words_are_forgotten_in_good_time(monkeypatch):
    monkeypatch.setattr("hakemus.rules.hints._REMEMBERED", 3)
    call = make_call(hints=[{"id": "g", "words": ["kort", "*", ""], "text": named("x")}])
    lines = [{"id": f"l{at}", "category": "other", "description": f"kortti {at % 5}"} for at in range(20)]
    assert len(only(judge(rows(*lines), call), "cost-words").paths) == 20


def test_costs_outside_the_time_of_the_project():
    lines = (
        {"id": "a", "category": "other", "starts_on": "2019-01-01", "ends_on": "2019-12-31"},
        {"id": "b", "category": "other", "starts_on": "2018-12-31", "ends_on": "2020-01-01"},
        {"id": "c", "category": "other", "ends_on": "2020-01-01"},
    )
    project = {"starts_on": "2019-01-01", "ends_on": "2019-12-31"}
    finding = only(judge(rows(*lines, project=project), AVI), "line-time")
    assert finding.paths == ("budget.lines[b].starts_on", "budget.lines[b].ends_on", "budget.lines[c].ends_on")
    assert not by_rule(judge(rows(*lines), AVI), "line-time")


def test_own_funding_of_a_kind_that_does_not_count():
    tree = {"funding": {"own": [{"id": "a", "amount": "5.00"}, {"id": "b", "kind": "in_kind", "amount": "7.00"}]}}
    finding = only(judge(tree, AVI), "own-kinds")
    assert (finding.paths, finding.severity, finding.values["asked"]) == (
        ("funding.own[b].kind",),
        Severity.NOTE,
        "7.00",
    )


def test_limits_of_the_grant():
    call = make_call(grant={"smallest": "300.00", "largest": "3000.00"})
    for grant, key in (
        ("299.99", "The grant is below the call's smallest grant, {limit}."),
        ("3000.01", "The grant is {over} above the call's largest grant, {limit}."),
    ):
        assert only(judge(application_of(grant), call), "grant-limit").message.key == key
    for grant in (None, "0.00", "300.00", "3000.00"):
        assert not by_rule(judge(application_of(grant), call), "grant-limit")


def test_each_imported_page_is_held_against_its_sources():
    application = application_of("7000.00", "1500.00", income="300.00", other="200.00")
    own = application.funding.own[0].model_copy(update={"id": "o2", "kind": "in_kind"})
    funding = application.funding.model_copy(update={"own": (*application.funding.own, own)})
    draft = make_draft(
        application.model_copy(update={"funding": funding}),
        sources=[
            {"id": "s1", "kind": "register", "stated_total": "10500.00"},
            {"id": "s2", "kind": "register", "stated_total": "9000.00"},
        ],
    )
    finding = only(evaluate(draft, AVI, TODAY), "imported-total")
    assert finding.message.key.startswith("The imported page states a total of {stated}")
    assert finding.message.values == {"stated": Money.parse("9000.00"), "sum": Money.parse("10500.00")}
    assert finding.values == {"asked": "9000.00", "limit": "10500.00"}
    assert [(line.label.key, str(line.amount)) for line in finding.trace] == [
        ("Total on the imported page", "9000.00"),
        ("Funding together", "10500.00"),
    ]
    other = draft.model_copy(update={"sources": (draft.sources[0], draft.sources[1].model_copy(update={"id": "s3"}))})
    assert only(evaluate(other, AVI, TODAY), "imported-total").seen != finding.seen


def test_twenty_wrong_amounts_are_shown_of_any_number():
    lines = [
        {"id": f"r{at}", "category": "services", "quantity": "2", "unit_price": "1.00", "amount": "3.00"}
        for at in range(25)
    ]
    finding = only(judge({"budget": {"lines": lines}}, AVI), "line-amount")
    assert (len(finding.paths), len(finding.trace)) == (25, 40)


def imported(total, kind="register", **sums):
    source = {"id": "s", "kind": kind, "stated_total": total}
    return by_rule(evaluate(make_draft(application_of(**sums), sources=[source]), AVI, TODAY), "imported-total")


@pytest.mark.parametrize(
    ("total", "kind", "found"),
    [
        ("0.00", "register", True),
        ("9000.00", "register", False),
        ("9000.01", "register", True),
        ("0.00", "report", False),
        ("nonsense", "register", False),
        (None, "register", False),
    ],
)
def test_the_total_of_an_imported_page(total, kind, found):
    findings = imported(total, kind, grant="7500.00", own="1000.00", income="200.00", other="300.00")
    assert bool(findings) == found
    for finding in findings:
        assert (finding.paths, finding.severity) == (("budget.lines",), Severity.WARNING)
        assert finding.values["limit"] == "9000.00"


def test_terms_wait_until_the_user_has_checked_them():
    call = make_call(confirm=["rules.grant-share.percent", "window.closes"])
    finding = only(judge({}, call), "terms")
    assert finding.paths == ("terms[rules.grant-share.percent]", "terms[window.closes]")
    assert (finding.severity, finding.message.count) == (Severity.ERROR, 2)
    draft = make_draft({}, terms=[{"at": "window.closes", "value": "2018-12-03"}])
    assert only(evaluate(draft, call, TODAY), "terms").message.count == 2
    applied = make_call(confirm=call.confirm, overridden=["window.closes"])
    assert only(evaluate(draft, applied, TODAY), "terms").message.count == 1
    assert only(evaluate(make_draft({}), applied, TODAY), "terms").message.count == 2


def test_values_of_ones_own_that_are_not_in_force_are_told():
    call = make_call(overridden=["unit"])
    terms = [
        {"at": "unit", "value": "1.00"},
        {"at": "rules.x.y", "value": "5"},
        {"at": "window.closes", "value": "soon"},
    ]
    finding = only(evaluate(make_draft({}, terms=terms), call, TODAY), "unused-terms")
    assert finding.paths == ("terms[rules.x.y]", "terms[window.closes]")
    assert (finding.severity, finding.message.count) == (Severity.WARNING, 2)
    assert finding.message.key == (
        "{count} value of your own for the call is not in force: the call has no such term, or it cannot be read."
    )
    assert finding.message.plural == (
        "{count} values of your own for the call are not in force: the call has no such terms, or they cannot be read."
    )
    other = [*terms[:2], {"at": "window.closes", "value": "later"}]
    assert only(evaluate(make_draft({}, terms=other), call, TODAY), "unused-terms").seen != finding.seen
    assert not by_rule(evaluate(make_draft({}, terms=terms[:1]), call, TODAY), "unused-terms")


def test_a_person_with_more_months_than_the_project():
    project = {"starts_on": "2019-05-31", "ends_on": "2019-07-01"}
    people = [{"id": "a", "months": "3"}, {"id": "b", "months": "3.000001"}, {"id": "c"}]
    finding = only(judge({"project": project, "budget": {"people": people}}, AVI), "line-time")
    assert finding.paths == ("budget.people[b].months", "project.starts_on", "project.ends_on")
    assert finding.severity is Severity.WARNING
    for days in ({}, {"starts_on": "2019-05-31"}, {"starts_on": "2019-07-01", "ends_on": "2019-05-31"}):
        assert not by_rule(judge({"project": days, "budget": {"people": people}}, AVI), "line-time")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [("2019-05-31", "2019-05-31", 1), ("2018-12-01", "2020-01-31", 14), ("2019-01-01", "2020-12-31", 24)],
)
def test_a_person_may_work_in_every_month_that_the_project_touches(starts_on, ends_on, months):
    project = {"starts_on": starts_on, "ends_on": ends_on}
    people = [{"id": "a", "months": str(months)}, {"id": "b", "months": f"{months}.5"}]
    finding = only(judge({"project": project, "budget": {"people": people}}, AVI), "line-time")
    assert finding.paths == ("budget.people[b].months", "project.starts_on", "project.ends_on")
    assert finding.message.key == "A person has more months than the project lasts."


def test_own_work_is_its_hours_at_its_rate():
    work = {"hours": "33.333333", "rate": "15.00"}
    own = [
        {"id": "a", "kind": "work", **work, "amount": "500.00"},
        {"id": "b", "kind": "work", **work},
        {"id": "c", "hours": "10", "rate": "1.00", "amount": "9.99"},
        {"id": "d", "hours": "10", "amount": "9.99"},
        {"id": "e", "rate": "10.00", "amount": "9.99"},
    ]
    finding = only(judge({"funding": {"own": own}}, AVI), "own-work")
    assert (finding.severity, finding.paths) == (
        Severity.WARNING,
        ("funding.own[b].amount", "funding.own[c].amount"),
    )
    (way,) = finding.exits
    assert dict(way.changes) == {"funding.own[b].amount": "500.00", "funding.own[c].amount": "10.00"}
    assert finding.values["computed"] == "500.00"
    assert not by_rule(judge({"funding": {"own": own[:1]}}, AVI), "own-work")
    huge = [{"id": "a", "hours": "999999999", "rate": "999999999999.99"}]
    assert only(judge({"funding": {"own": huge}}, AVI), "own-work").exits == ()
    mixed = only(judge({"funding": {"own": [*huge, own[1]]}}, AVI), "own-work")
    assert (mixed.exits, mixed.values["computed"]) == ((), "500.00")
