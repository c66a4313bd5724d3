"""What rows count and what totals come to: lines, people, VAT by payer, categories, pay cap, kinds of funding."""

from __future__ import annotations

import pytest
from rule_calls import AVI, CATEGORIES, application_of, grant_share, make_call, named, own_share

from hakemus.domain.application import Application
from hakemus.domain.figures import RowFigures, Sums
from hakemus.domain.money import ZERO, Money
from hakemus.rules.facts import gather


def money(text: str) -> Money:
    return Money.parse(text)


def facts_of(lines=(), people=(), funding=None, call=AVI, **parts):
    tree = {"budget": {"lines": list(lines), "people": list(people)}, "funding": funding or {}, **parts}
    return gather(Application.model_validate(tree), call)


def line(**fields):
    return {"id": "a", "category": "services", **fields}


@pytest.mark.parametrize(
    ("fields", "planned"),
    [
        ({"amount": "12.34"}, "12.34"),
        ({"quantity": "3", "unit_price": "4.10"}, "12.30"),
        ({"quantity": "0.5", "unit_price": "0.01"}, "0.01"),
        ({"quantity": "1.5", "unit_price": "0.03"}, "0.05"),
        ({"quantity": "-0.5", "unit_price": "0.01"}, "-0.01"),
        ({"quantity": "999999999.999999", "unit_price": "0.01"}, "10000000.00"),
        ({"quantity": "3", "unit_price": "4.00", "amount": "10.00"}, "10.00"),
        ({"quantity": "0", "unit_price": "4.00"}, "0.00"),
        ({"quantity": "3"}, None),
        ({"unit_price": "3.00"}, None),
        ({}, None),
    ],
)
def test_what_a_line_plans(fields, planned):
    found = facts_of([line(**fields)]).figures.lines["a"]
    assert found.planned == (None if planned is None else money(planned))


@pytest.mark.parametrize(
    ("fields", "planned"),
    [
        ({"months": "6", "monthly_pay": "3000.00"}, "18000.00"),
        ({"months": "6", "monthly_pay": "3000.00", "time_percent": "50"}, "9000.00"),
        ({"months": "1", "monthly_pay": "3000.00", "side_cost_percent": "21.5"}, "3645.00"),
        ({"months": "1", "monthly_pay": "3000.00", "holiday_percent": "12", "side_cost_percent": "20"}, "4032.00"),
        ({"months": "1.5", "monthly_pay": "0.01", "time_percent": "100"}, "0.02"),
        ({"months": "12", "monthly_pay": "99999999.99"}, "1199999999.88"),
        ({"months": "6"}, None),
        ({"monthly_pay": "3000.00"}, None),
    ],
)
def test_what_a_person_costs(fields, planned):
    found = facts_of(people=[{"id": "p", **fields}]).figures.people["p"]
    assert found.planned == (None if planned is None else money(planned))


@pytest.mark.parametrize(
    ("position", "included", "counted", "net", "gross"),
    [
        ("recovers", False, "100.01", "100.01", "124.01"),
        ("recovers", True, "80.65", "80.65", "100.01"),
        ("bears", False, "124.01", "100.01", "124.01"),
        ("bears", True, "100.01", "80.65", "100.01"),
        (None, False, "100.01", "100.01", "124.01"),
        (None, True, "100.01", "80.65", "100.01"),
    ],
)
def test_vat_by_the_applicants_position(position, included, counted, net, gross):
    fields = line(amount="100.01", vat_percent="24", vat_included=included)
    facts = facts_of([fields], applicant={"vat": position})
    figures = facts.figures.lines["a"]
    assert figures == RowFigures(money("100.01"), money(counted), money(counted), money(net), money(gross))
    assert figures.vat == money(gross) - money(net)
    assert facts.totals.costs == money(counted)
    assert bool(facts.vat_unknown) == (position is None)


def test_vat_by_the_payers_position():
    partners = [{"id": "k", "vat": "bears"}, {"id": "m"}]
    rows = [
        line(amount="100.00", vat_percent="24"),
        {**line(amount="100.00", vat_percent="24", payer="k"), "id": "b"},
        {**line(amount="100.00", vat_percent="24", payer="m"), "id": "c"},
        {**line(amount="100.00", vat_percent="24", payer="nobody"), "id": "d"},
        {**line(amount="100.00", vat_percent="0", payer="m"), "id": "e"},
    ]
    facts = facts_of(rows, partners=partners, applicant={"vat": "recovers"})
    assert [str(row.counted) for row in facts.figures.lines.values()] == [
        "100.00",
        "124.00",
        "100.00",
        "100.00",
        "100.00",
    ]
    assert [fault.path for fault in facts.vat_unknown] == [
        "budget.lines[c].vat_percent",
        "budget.lines[d].vat_percent",
    ]
    by_payer = {payer: str(sums.counted) for payer, sums in facts.figures.by_payer.items()}
    assert by_payer == {"": "200.00", "k": "124.00", "m": "200.00"}


def test_vat_of_minus_a_hundred_per_cent_has_no_net_sum():
    facts = facts_of([line(amount="5.00", vat_percent="-100", vat_included=True)], applicant={"vat": "recovers"})
    assert facts.figures.lines["a"].counted == money("5.00")
    assert [fault.path for fault in facts.negative] == ["budget.lines[a].vat_percent"]


def test_vat_a_millionth_above_minus_a_hundred_per_cent_has_a_net_sum():
    fields = line(amount="0.01", vat_percent="-99.999999", vat_included=True)
    facts = facts_of([fields], applicant={"vat": "recovers"})
    assert facts.figures.lines["a"].counted == money("1000000.00")


def test_category_sums_hold_lines_and_people_together():
    call = make_call(
        categories=[{"id": name, "label": named(name), "excluded": name == "equipment"} for name in CATEGORIES]
    )
    rows = [
        line(amount="10.00"),
        {"id": "b", "category": "equipment", "amount": "7.00"},
        {"id": "c", "category": "moon", "amount": "1.00"},
        {"id": "d", "category": " ", "amount": "2.00"},
        {"id": "e", "amount": "4.00"},
    ]
    people = [
        {"id": "p", "months": "1", "monthly_pay": "100.00"},
        {"id": "q", "months": "1", "monthly_pay": "50.00", "category": "services"},
        {"id": "r", "months": "1", "monthly_pay": "3.00", "category": "equipment"},
    ]
    facts = facts_of(rows, people, call=call)
    assert facts.figures.by_category == {
        "services": Sums(money("60.00"), money("60.00"), money("60.00")),
        "equipment": Sums(money("10.00"), money("10.00"), ZERO),
        "": Sums(money("7.00"), money("7.00"), money("7.00")),
        "personnel": Sums(money("100.00"), money("100.00"), money("100.00")),
    }
    assert (facts.totals.costs, facts.totals.excluded) == (money("167.00"), money("10.00"))
    assert [fault.path for fault in facts.uncategorised] == ["budget.lines[d].category", "budget.lines[e].category"]
    assert [fault.path for fault in facts.unknown_category] == ["budget.lines[c].category"]
    assert [fault.path for fault in facts.excluded] == ["budget.lines[b].category", "budget.people[r].category"]


@pytest.mark.parametrize(
    ("fields", "accepted"),
    [
        ({"months": "12", "monthly_pay": "7000.00"}, "80000.00"),
        ({"months": "12", "monthly_pay": "6000.00"}, "72000.00"),
        ({"months": "10", "monthly_pay": "7000.00"}, "66666.67"),
        ({"months": "12", "monthly_pay": "7000.00", "time_percent": "50"}, "40000.00"),
        ({"months": "-1", "monthly_pay": "-1.00"}, "0.00"),
    ],
)
def test_pay_above_the_cap_is_not_accepted(fields, accepted):
    facts = facts_of(people=[{"id": "p", **fields}], call=make_call(pay_cap={"amount": "80000.00"}))
    figures = facts.figures.people["p"]
    assert figures.accepted == money(accepted)
    assert facts.pay_excess == figures.counted - figures.accepted == facts.totals.excluded


def test_rows_by_year():
    rows = [
        line(amount="1.00", year=2019),
        {"id": "b", "amount": "2.00", "starts_on": "2020-02-03"},
        {"id": "c", "amount": "4.00", "starts_on": "2020-02-03", "year": 2019},
        {"id": "d", "amount": "8.00"},
    ]
    facts = facts_of(rows, [{"id": "p", "months": "1", "monthly_pay": "16.00", "year": 2020}])
    assert {year: str(sums.accepted) for year, sums in facts.figures.by_year.items()} == {
        "2019": "5.00",
        "2020": "18.00",
        "": "8.00",
    }


FUNDING = {
    "grant": "1000.00",
    "own": [
        {"id": "a", "amount": "1.00"},
        {"id": "b", "kind": "appropriation", "amount": "2.00"},
        {"id": "c", "kind": "work", "amount": "4.00"},
        {"id": "d", "kind": "in_kind", "amount": "8.00"},
        {"id": "e", "kind": "partner", "amount": "16.00"},
        {"id": "f", "kind": "work"},
    ],
    "other": [
        {"id": "a", "status": "planned", "amount": "1.00"},
        {"id": "b", "status": "applied", "amount": "2.00"},
        {"id": "c", "status": "confirmed", "amount": "4.00"},
        {"id": "d", "status": "refused", "amount": "8.00"},
        {"id": "e", "amount": "16.00"},
        {"id": "f", "kind": "partner", "status": "confirmed", "amount": "32.00"},
    ],
    "income": [{"id": "a", "amount": "1.00"}, {"id": "b", "amount": "2.00"}],
}


@pytest.mark.parametrize(
    ("kinds", "own", "not_counted", "other", "confirmed"),
    [
        ([], "3.00", "28.00", "55.00", "36.00"),
        (["appropriation"], "3.00", "28.00", "55.00", "36.00"),
        (["work"], "7.00", "24.00", "55.00", "36.00"),
        (["work", "in_kind"], "15.00", "16.00", "55.00", "36.00"),
        (["partner"], "51.00", "12.00", "23.00", "4.00"),
    ],
)
def test_kinds_of_own_funding_and_states_of_other(kinds, own, not_counted, other, confirmed):
    totals = facts_of(funding=FUNDING, call=make_call(own={"kinds": kinds})).totals
    assert (totals.own, totals.own_not_counted) == (money(own), money(not_counted))
    assert (totals.other, totals.other_confirmed, totals.income) == (money(other), money(confirmed), money("3.00"))
    assert totals.costs == totals.income + totals.other + totals.own + totals.grant


def test_costs_come_from_rows_once_one_is_above_zero():
    assert facts_of([line(amount="0.00")], funding=FUNDING).totals.costs_from == "sources"
    assert facts_of([line(amount="-5.00")], funding=FUNDING).totals.costs_from == "sources"
    totals = facts_of([line(amount="0.01"), {"id": "b", "amount": "-5.00"}], funding=FUNDING).totals
    assert (totals.costs_from, totals.costs, totals.gap) == ("rows", money("-4.99"), money("-1065.99"))
    assert (totals.base, totals.share_percent, totals.cap, totals.over_cap) == (ZERO, None, ZERO, money("1000.00"))


def test_a_call_that_limits_nothing_has_no_cap():
    call = make_call().model_copy(update={"rules": ()})
    totals = gather(application_of("7500.00", "1500.00", "9000.00"), call).totals
    assert (totals.cap, totals.over_cap, totals.share_percent) == (None, ZERO, "83.33")


@pytest.mark.parametrize(
    ("rule", "cap"),
    [
        (grant_share(80), "7200.00"),
        (grant_share(80, severity="warning"), "8500.00"),
        (own_share(20), "6700.00"),
        (own_share(20, severity="note"), "8500.00"),
        (own_share(None, least="1000.00"), "7500.00"),
        (own_share(None, least="1000.00", severity="warning"), "8500.00"),
        (grant_share(80, base="costs_less_income"), "6800.00"),
        (grant_share("abc"), "8500.00"),
    ],
)
def test_only_errors_cap_the_grant(rule, cap):
    call = make_call(rules=[rule])
    assert gather(application_of("1.00", None, "9000.00", "500.00"), call).totals.cap == money(cap)


def test_the_largest_grant_caps_it_too():
    call = make_call(rules=[grant_share(80)], grant={"largest": "3000.00"})
    assert gather(application_of("1.00", None, "9000.00"), call).totals.cap == money("3000.00")


def test_a_call_without_categories_knows_the_standard_ones():
    facts = facts_of([line(amount="1.00")], call=make_call(categories=[]))
    assert set(facts.figures.by_category) == {"services"}


def test_a_share_rule_that_is_a_note_does_not_lead():
    call = make_call(rules=[own_share(20, base="costs_less_income", severity="note")])
    totals = gather(application_of("100.00", None, "1000.00", "500.00"), call).totals
    assert (totals.base_kind, totals.base, totals.share_percent) == ("total_costs", money("1000.00"), "10.00")
