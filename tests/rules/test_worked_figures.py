"""The worked figures of the field, as tables: a real application, three bases, rounding, sums after the decision."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rule_calls import AVI, OPH, application_of, by_rule, grant_share, judge, make_call, only, own_share

from hakemus.domain.findings import Severity
from hakemus.domain.money import ZERO, Money
from hakemus.rules.afterwards import interest, moved, needs_change_application, outcome, plan_difference
from hakemus.rules.facts import gather


def money(text: str) -> Money:
    return Money.parse(text)


def ways(finding):
    return {
        way.id: (str(way.figures["grant"]), str(way.figures["own"]), str(way.figures["costs"])) for way in finding.exits
    }


KUOPIO_WAYS = {
    "costs": ("7200.00", "1800.00", "9000.00"),
    "own": ("6000.00", "1500.00", "7500.00"),
    "grant": ("7500.00", "1875.00", "9375.00"),
}


def test_a_grant_over_its_share_of_the_sources():
    application = application_of(grant="7500.00", own="1500.00")
    totals = gather(application, AVI).totals
    assert (totals.costs, totals.costs_from) == (money("9000.00"), "sources")
    assert (totals.share_percent, totals.over_cap, totals.cap) == ("83.33", money("300.00"), money("7200.00"))
    finding = only(judge(application, AVI), "grant-share")
    assert finding.paths[0] == "funding.grant"
    assert finding.values["asked"] == "7500.00"
    assert finding.values["limit"] == "7200.00"
    assert finding.values["over"] == "300.00"
    assert ways(finding) == KUOPIO_WAYS
    said = finding.message.values
    assert (said["share"].text, said["percent"].text, said["over"]) == ("83.33", "80", money("300.00"))
    assert [dict(way.needs) for way in finding.exits] == [{}, {}, {}]
    assert [dict(way.changes) for way in finding.exits] == [
        {"funding.grant": "7200.00", "funding.own[o1].amount": "1800.00"},
        {"funding.grant": "6000.00"},
        {"funding.own[o1].amount": "1875.00"},
    ]


def test_the_same_itemised_names_what_the_budget_would_need():
    finding = only(judge(application_of("7500.00", "1500.00", "9000.00"), AVI), "grant-share")
    assert ways(finding) == KUOPIO_WAYS
    assert [dict(way.needs) for way in finding.exits] == [{}, {"costs": "-1500.00"}, {"costs": "+375.00"}]
    assert dict(finding.exits[1].changes) == {"funding.grant": "6000.00"}


def test_the_trace_is_a_ledger():
    finding = only(judge(application_of("7500.00", "1500.00", "9000.00"), AVI), "grant-share")
    assert [
        (line.label.key, getattr(line.amount, "text", None) or str(line.amount), line.result) for line in finding.trace
    ] == [
        ("Costs", "9000.00", False),
        ("× highest share", "80", False),
        ("Grant at most", "7200.00", True),
        ("Grant asked", "7500.00", False),
        ("Too much", "300.00", True),
    ]


def lines(finding):
    return [
        (line.label.key, getattr(line.amount, "text", None) or str(line.amount), line.result) for line in finding.trace
    ]


def test_the_trace_of_own_funding():
    finding = only(judge(application_of("6500.00", "1500.00", "10000.00", "500.00", "1500.00"), OPH), "own-share")
    assert lines(finding) == [
        ("Costs", "10000.00", False),
        ("− income", "500.00", False),
        ("− other funding", "1500.00", False),
        ("Base of the share", "8000.00", True),
        ("× least own share", "20", False),
        ("Own funding at least, rounded up to {unit}", "1600.00", True),
        ("Own funding", "1500.00", False),
        ("Missing", "100.00", True),
    ]
    assert (finding.values["asked"], finding.values["limit"], finding.values["missing"]) == (
        "1500.00",
        "1600.00",
        "100.00",
    )
    in_cents = make_call(rules=[own_share(20)])
    assert lines(only(judge(application_of("8000.01", "1999.99", "10000.00"), in_cents), "own-share"))[2] == (
        "Own funding at least",
        "2000.00",
        True,
    )
    call = make_call(rules=[own_share(None, least="500.00")])
    assert lines(only(judge(application_of("6500.00", "100.00"), call), "own-share")) == [
        ("Own funding at least", "500.00", False),
        ("Own funding", "100.00", False),
        ("Missing", "400.00", True),
    ]


def test_the_trace_of_a_deficit():
    finding = only(judge(application_of("9000.00", None, "10000.00", "500.00", "1500.00"), AVI), "deficit")
    assert lines(finding) == [
        ("Costs", "10000.00", False),
        ("− income", "500.00", False),
        ("− other funding", "1500.00", False),
        ("Left uncovered", "8000.00", True),
        ("Grant asked", "9000.00", False),
        ("Too much", "1000.00", True),
    ]
    assert (finding.values["asked"], finding.values["limit"], finding.values["over"]) == (
        "9000.00",
        "8000.00",
        "1000.00",
    )


@pytest.mark.parametrize(("grant", "own", "broken"), [("7200.00", "1800.00", False), ("7200.01", "1799.99", True)])
def test_the_edge_of_the_share(grant, own, broken):
    for costs in (None, "9000.00"):
        findings = judge(application_of(grant, own, costs), AVI)
        assert bool(by_rule(findings, "grant-share")) == broken
        assert not by_rule(findings, "balance")


@pytest.mark.parametrize(
    ("base", "rule", "highest"),
    [
        ("costs_less_income_and_other", own_share(20), "6400.00"),
        ("costs_less_income", own_share(20), "6100.00"),
        ("total_costs", grant_share(80), "8000.00"),
        ("costs_less_income", grant_share(80), "7600.00"),
    ],
)
def test_the_base_of_the_percentage(base, rule, highest):
    call = make_call(rules=[rule], share={"base": base})
    application = application_of(grant="9000.00", costs="10000.00", income="500.00", other="1500.00")
    assert gather(application, call).totals.cap == money(highest)
    assert by_rule(judge(application_of(highest, None, "10000.00", "500.00", "1500.00"), call), "deficit") == []


def test_what_is_uncovered_caps_a_share_of_total_costs():
    call = make_call(rules=[grant_share(90)])
    assert gather(application_of("1.00", None, "10000.00", "500.00", "1500.00"), call).totals.cap == money("8000.00")


@pytest.mark.parametrize(
    ("percent", "costs", "least"), [(20, "10001.00", "2001.00"), (7, "100.00", "7.00"), (20, "10000.00", "2000.00")]
)
def test_own_share_is_rounded_up_to_whole_euros_and_never_twice(percent, costs, least):
    call = make_call(rules=[own_share(percent)], share={"base": "costs_less_income_and_other"}, unit="1.00")
    finding = only(judge(application_of(money(costs).down_to(Money(100)).__str__(), "0.01", costs), call), "own-share")
    assert finding.values["limit"] == least
    highest = money(costs) - money(least)
    assert gather(application_of("1.00", None, costs), call).totals.cap == highest
    assert judge(application_of(str(highest), least, costs), call) == ()


def test_the_written_guide_is_a_note():
    application = application_of("6400.00", "1600.00", "10000.00", "500.00", "1500.00")
    (note,) = judge(application, OPH)
    assert (note.rule, note.kind, note.severity) == ("own-share-guide", "own-share", Severity.NOTE)
    assert (note.values["limit"], note.values["missing"]) == ("1900.00", "300.00")
    assert judge(application_of("6100.00", "1900.00", "10000.00", "500.00", "1500.00"), OPH) == ()


@pytest.mark.parametrize(("own", "shown"), [("1999.60", "19.99"), ("1900.00", "19.00"), ("1999.99", "19.99")])
def test_shown_percentages_do_not_flatter(own, shown):
    call = make_call(rules=[own_share(20)])
    grant = str(money("10000.00") - money(own))
    finding = only(judge(application_of(grant, own, "10000.00"), call), "own-share")
    assert finding.message.values["share"].text == shown


def test_the_grant_beside_too_little_own_funding_is_shown_over_its_part():
    call = make_call(rules=[own_share(20)])
    assert gather(application_of("8000.40", "1999.60", "10000.00"), call).totals.share_percent == "80.01"
    assert gather(application_of("8000.00", "2000.00", "10000.00"), call).totals.share_percent == "80.00"
    assert gather(application_of("5000.00", "1000.00", "10000.00"), call).totals.share_percent == "50.00"
    assert gather(application_of("8000.00", "1000.00", "10000.00"), call).totals.share_percent == "80.00"
    assert gather(application_of("8500.00", "2000.00", "10000.00"), call).totals.share_percent == "85.00"
    euros = make_call(rules=[own_share(20)], unit="1.00")
    assert gather(application_of("81.50", "20.50", "102.00"), euros).totals.share_percent == "80.01"
    assert gather(application_of("81.00", "21.00", "102.00"), euros).totals.share_percent == "79.41"
    assert gather(application_of("81.50", "20.49", "102.00"), euros).totals.share_percent == "79.90"
    thirds = make_call(rules=[own_share("33.333333")], unit="1.00")
    assert gather(application_of("2654.00", "284.00", "3981.00"), thirds).totals.share_percent == "66.66"
    assert gather(application_of("2654.00", "1327.00", "3981.00"), thirds).totals.share_percent == "66.66"
    assert gather(application_of("7000.00", "1645.00", "8645.00"), AVI).totals.share_percent == "80.97"


def test_kuopio_as_realised():
    found = outcome(money("7000.00"), money("8645.00"), money("1633.00"), Decimal(80), return_limit=money("10.00"))
    assert (found.cap, found.over, found.to_return, found.gap) == (
        money("6916.00"),
        money("84.00"),
        money("84.00"),
        money("12.00"),
    )
    spared = outcome(money("7000.00"), money("8645.00"), money("1633.00"), Decimal(80), return_limit=money("100.00"))
    assert (spared.over, spared.to_return) == (money("84.00"), ZERO)


def test_a_grant_of_exactly_the_limit_over_is_spared():
    assert outcome(money("900.00"), money("1000.00"), ZERO, Decimal(80), return_limit=money("100.00")).to_return == ZERO
    assert outcome(
        money("900.01"), money("1000.00"), ZERO, Decimal(80), return_limit=money("100.00")
    ).to_return == money("100.01")


def test_the_deficit_caps_a_realised_grant_too():
    found = outcome(
        money("7000.00"), money("10000.00"), ZERO, Decimal(80), income=money("500.00"), other=money("3000.00")
    )
    assert (found.cap, found.over) == (money("6500.00"), money("500.00"))
    assert outcome(money("100.00"), ZERO, ZERO, Decimal(80), income=money("5.00")).cap == ZERO


@pytest.mark.parametrize(
    ("amount", "percent", "days", "expected"),
    [("84.00", "7.5", 100, "1.73"), ("84.00", "7.5", 0, "0.00"), ("100.00", "10", 365, "10.00")],
)
def test_interest(amount, percent, days, expected):
    assert interest(money(amount), Decimal(percent), days) == money(expected)


def test_a_changed_plan_must_add_up_to_the_grant():
    assert plan_difference(money("7000.00"), [money("4000.00"), money("2999.00")]) == money("-1.00")
    assert plan_difference(money("7000.00"), [money("4000.00"), money("3000.00")]) == ZERO


def test_what_realised_sources_leave_unexplained():
    found = outcome(money("100.00"), money("1000.00"), money("200.00"), Decimal(80), money("30.00"), money("40.00"))
    assert found.gap == money("630.00")


def test_moves_between_cost_types():
    assert moved({"a": money("1.00")}, {"b": money("2.00")}) == money("2.00")
    assert not needs_change_application({"a": money("100.00")}, {"a": money("100.00"), "b": ZERO})
    before = {"services": money("600.00"), "travel": money("400.00")}
    at_the_edge = {"services": money("700.00"), "travel": money("300.00")}
    assert moved(before, at_the_edge) == money("100.00")
    assert not needs_change_application(before, at_the_edge)
    assert needs_change_application(before, {"services": money("700.01"), "travel": money("299.99")})
    assert needs_change_application(
        before, {"services": money("600.00"), "travel": money("399.00"), "rents": money("1.00")}
    )
