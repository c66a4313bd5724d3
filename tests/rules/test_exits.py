"""Every way out does what it promises; which ways exist; where a raised or lowered own share goes."""

from __future__ import annotations

import os

import pytest
from exit_property import assert_exits_hold, campaign
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_calls import AVI, OPH, application_of, grant_share, judge, make_call, only, own_share

from hakemus.domain.application import Application
from hakemus.domain.money import Money

sums = st.one_of(st.none(), st.integers(0, 2_000_000).map(lambda cents: str(Money(cents))))


@pytest.mark.parametrize("part", range(4))
def test_random_breaches_are_cured(part, figure):
    breaches = 25_000 if os.environ.get("HAKEMUS_CAMPAIGN") else 400
    broken, tried = campaign(breaches, seed=20181029 + part)
    assert broken >= breaches
    assert tried > breaches
    figure("breaches", "{broken} broken rules, {tried} ways out that do as they say", broken=broken, tried=tried)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(sums, sums, sums, sums, sums, st.sampled_from((AVI, OPH)))
def test_ways_hold_for_any_sums(grant, own, costs, income, other, call):
    assert_exits_hold(application_of(grant, own, costs, income, other), call)


def application_with_own(*rows, grant="7500.00", costs=None):
    lines = [{"id": "c1", "category": "services", "amount": costs}] if costs else []
    return Application.model_validate({"funding": {"grant": grant, "own": list(rows)}, "budget": {"lines": lines}})


def changes(application, call, rule, way):
    found = {item.id: item for item in only(judge(application, call), rule).exits}
    return dict(found[way].changes) if way in found else None


def test_raised_own_funding_goes_to_the_first_appropriation():
    rows = (
        {"id": "w", "kind": "work", "amount": "500.00"},
        {"id": "a", "amount": "600.00"},
        {"id": "b", "kind": "appropriation", "amount": "400.00"},
    )
    call = make_call(rules=[grant_share(80)], own={"kinds": ["work"]})
    assert changes(application_with_own(*rows), call, "grant-share", "grant") == {"funding.own[a].amount": "975.00"}


def test_without_an_appropriation_a_row_is_made_whose_id_is_free():
    rows = ({"id": "own1", "kind": "work", "amount": "1500.00"},)
    call = make_call(rules=[grant_share(80)], own={"kinds": ["work"]})
    assert changes(application_with_own(*rows), call, "grant-share", "grant") == {"funding.own[own2].amount": "375.00"}


def test_lowered_own_funding_is_taken_row_by_row_and_never_below_zero():
    rows = (
        {"id": "w", "kind": "work", "amount": "700.00"},
        {"id": "z"},
        {"id": "a", "amount": "100.00"},
        {"id": "b", "amount": "400.00"},
    )
    call = make_call(own={"kinds": ["work"]})
    application = application_with_own(*rows, grant="1000.00", costs="1400.00")
    assert changes(application, call, "balance", "own") == {
        "funding.own[a].amount": "0.00",
        "funding.own[b].amount": "0.00",
        "funding.own[w].amount": "400.00",
    }


def test_own_funding_that_is_partners_money_cannot_be_lowered():
    call = make_call(own={"kinds": ["partner"]})
    application = Application.model_validate(
        {
            "funding": {"grant": "1000.00", "other": [{"id": "p", "kind": "partner", "amount": "500.00"}]},
            "budget": {"lines": [{"id": "c1", "category": "other", "amount": "1200.00"}]},
        }
    )
    assert changes(application, call, "balance", "own") is None
    assert changes(application, call, "balance", "grant") == {"funding.grant": "700.00"}


def way_ids(application, call, rule):
    return [way.id for way in only(judge(application, call), rule).exits]


def test_a_grant_is_never_lowered_below_the_smallest():
    call = make_call(rules=[grant_share(80)], grant={"smallest": "7000.00"})
    assert way_ids(application_of("7500.00", "1500.00"), call, "grant-share") == ["costs", "grant"]
    call = make_call(rules=[grant_share(80)], grant={"smallest": "7300.00"})
    assert way_ids(application_of("7500.00", "1500.00"), call, "grant-share") == ["grant"]


def test_a_grant_above_the_largest_is_not_kept():
    call = make_call(rules=[grant_share(80)], grant={"largest": "7000.00"})
    finding = only(judge(application_of("7500.00", "1500.00"), call), "grant-share")
    assert [way.id for way in finding.exits] == ["costs", "own"]
    assert dict(finding.exits[0].changes)["funding.grant"] == "7000.00"
    assert [
        dict(way.changes) for way in only(judge(application_of("7500.00", "1500.00"), call), "grant-limit").exits
    ] == [{"funding.grant": "7000.00"}]


def test_all_of_the_costs_as_a_share_has_no_way_that_keeps_own_funding():
    call = make_call(rules=[grant_share(100)])
    application = application_of("9001.00", "1.00", "9000.00")
    assert way_ids(application, call, "grant-share") == ["costs", "grant"]


def test_a_least_sum_has_one_way():
    call = make_call(rules=[own_share(None, least="500.00")])
    finding = only(judge(application_of("7500.00", "100.00"), call), "own-share")
    assert [(way.id, dict(way.changes)) for way in finding.exits] == [
        ("costs", {"funding.grant": "7100.00", "funding.own[o1].amount": "500.00"})
    ]


def test_sums_that_are_no_multiples_of_the_unit_are_still_cured():
    finding = only(judge(application_of("8000.50", "1500.50", "9501.00"), OPH), "own-share")
    figures = {way.id: (str(way.figures["own"]), str(way.figures["costs"])) for way in finding.exits}
    assert figures == {"costs": ("1901.00", "9501.00"), "own": ("1500.50", "7500.00"), "grant": ("2001.00", "10001.50")}


def test_a_deficit_without_anything_uncovered_has_no_way():
    application = application_of("100.00", None, "1000.00", "1200.00")
    assert only(judge(application, AVI), "deficit").exits == ()
    application = application_of("1000.00", None, "1000.00", "200.00")
    assert [dict(way.changes) for way in only(judge(application, AVI), "deficit").exits] == [
        {"funding.grant": "800.00"}
    ]


def test_ways_to_balance():
    lacking = only(judge(application_of("7000.00", "1500.00", "9000.00"), AVI), "balance")
    assert [(way.id, dict(way.changes), dict(way.needs)) for way in lacking.exits] == [
        ("own", {"funding.own[o1].amount": "2000.00"}, {}),
        ("costs", {}, {"costs": "-500.00"}),
    ]
    within = only(judge(application_of("7000.00", "1900.00", "9000.00"), AVI), "balance")
    assert [way.id for way in within.exits] == ["own", "grant", "costs"]
    too_much = only(judge(application_of("7000.00", "2500.00", "9000.00"), AVI), "balance")
    assert [(way.id, dict(way.changes)) for way in too_much.exits] == [
        ("own", {"funding.own[o1].amount": "2000.00"}),
        ("grant", {"funding.grant": "6500.00"}),
    ]
    assert (too_much.values["over"], lacking.values["missing"]) == ("500.00", "500.00")
    by_own_alone = only(judge(application_of("100.00", "9500.00", "9000.00"), AVI), "balance")
    assert [way.id for way in by_own_alone.exits] == ["own"]


def test_own_shares_of_odd_sums_whose_grant_cannot_be_kept():
    """With own funding to be all but the whole, no grant of this size can be kept within a sensible budget."""
    call = make_call(rules=[own_share("99.999999")], unit="1.00")
    application = application_of("8000.50", "0.50", "8001.00")
    assert set(way_ids(application, call, "own-share")) <= {"costs", "own", "grant"}
    assert_exits_hold(application, call)


def ways_of(application, call, rule):
    return [way.id for way in only(judge(application, call), rule).exits]


def test_cutting_costs_is_no_way_where_they_would_not_fall():
    """The grant alone is too much there: what own funding carries is what the costs are already."""
    call = make_call(rules=[grant_share(80)])
    assert ways_of(application_of("5000.00", "1000.00", "5000.00"), call, "grant-share") == ["costs", "grant"]
    assert ways_of(application_of("5000.00", "999.99", "5000.00"), call, "grant-share") == ["costs", "own", "grant"]


def test_the_grant_fills_a_gap_up_to_its_very_cap():
    call = make_call(rules=[grant_share(80)])
    assert ways_of(application_of("7000.00", "2000.00", "10000.00"), call, "balance") == ["own", "grant", "costs"]
    assert ways_of(application_of("7000.00", "1999.99", "10000.00"), call, "balance") == ["own", "costs"]


def test_a_way_that_no_field_could_hold_hides_no_other():
    lines = [{"id": f"c{at}", "category": "services", "amount": "999999999999.99"} for at in range(3)]
    funding = {"grant": "1.00", "own": [{"id": "o", "amount": "1.00"}]}
    application = Application.model_validate({"budget": {"lines": lines}, "funding": funding})
    call = make_call(rules=[own_share(50)])
    assert ways_of(application, call, "own-share") == ["own", "grant"]


def test_own_funding_between_two_euros_is_no_reason_to_cut_costs_twice():
    """The formula's costs are those that there are: they would not fall, so that this way does not exist."""
    call = make_call(rules=[own_share(20)], unit="1.00")
    assert ways_of(application_of("400.00", "100.50", "502.00"), call, "own-share") == ["costs", "grant"]
    assert "own" in ways_of(application_of("400.00", "100.50", "503.00"), call, "own-share")


def test_costs_from_the_sources_follow_the_grant_down_to_its_limit():
    call = make_call(grant={"largest": "3000.00"})
    (way,) = only(judge(application_of("4000.00", "1000.00"), call), "grant-limit").exits
    assert {name: str(amount) for name, amount in way.figures.items()} == {
        "grant": "3000.00",
        "own": "1000.00",
        "costs": "4000.00",
    }
