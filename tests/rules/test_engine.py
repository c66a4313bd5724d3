"""The engine: order, overriding, unknown kinds, terms, acknowledgement, and time that grows in a line."""

from __future__ import annotations

import dataclasses
import datetime
import sys

import pytest
from rule_calls import AVI, OPH, TODAY, application_of, by_rule, grant_share, judge, make_call, make_draft, named, only

from hakemus.domain.application import Application
from hakemus.domain.findings import Severity
from hakemus.domain.money import Money
from hakemus.domain.steps import step_rank
from hakemus.rules.engine import evaluate
from hakemus.rules.facts import gather
from hakemus.rules.limits import CallKey, ShareLimit, share_limits
from hakemus.rules.registry import KINDS, REGISTRY, prepared, problems_of

UNTIDY = {
    "applicant": {"business_id": "x", "email": "y"},
    "project": {"starts_on": "2019-02-02", "ends_on": "2019-02-01", "joint": True},
    "goals": [{"id": "g"}],
    "budget": {"lines": [{"id": "a", "amount": "-1.00"}, {"id": "b", "amount": "5000.00", "category": "moon"}]},
    "funding": {"grant": "7500.00", "own": [{"id": "o", "amount": "1.00", "kind": "work"}]},
    "answers": {},
}


def test_findings_are_ordered_by_severity_step_and_path():
    call = make_call(
        rules=[grant_share(80), {"id": "indicator", "kind": "indicator"}],
        window={"closes": "2018-01-01"},
        questions=[{"id": "q", "label": named("q"), "mandatory": True, "step": "applicant"}],
    )
    findings = judge(UNTIDY, call)
    keys = [(f.severity.rank, step_rank(call.step_of(f.paths[0])), f.paths[0]) for f in findings]
    assert keys == sorted(keys)
    assert len({finding.rule for finding in findings}) > 8
    assert findings[0].paths == ("answers[q]",)


def test_evaluation_is_a_pure_function():
    draft = make_draft(UNTIDY)
    facts = gather(draft.application, OPH)
    assert evaluate(draft, OPH, TODAY) == evaluate(draft, OPH, TODAY, facts)


def test_a_call_replaces_a_rule_that_holds_for_every_call():
    call = make_call(
        rules=[
            {"id": "dates", "kind": "dates", "severity": "note", "message": named("Look at the days")},
            {"id": "my-category", "kind": "category", "severity": "warning"},
        ]
    )
    findings = judge(UNTIDY, call)
    dates = only(findings, "dates")
    assert (dates.severity, dates.message.own["en"]) == (Severity.NOTE, "Look at the days")
    assert not by_rule(findings, "category")
    assert {item.severity for item in by_rule(findings, "my-category")} == {Severity.WARNING}


def test_a_kind_that_is_not_known_is_kept_not_run_and_said():
    call = make_call(rules=[{"id": "new", "kind": "moon-phase", "severity": "error", "phase": "full"}])
    assert problems_of(call.rules[0]) == ()
    finding = only(judge(UNTIDY, call), "new")
    assert (finding.kind, finding.severity, finding.paths) == ("moon-phase", Severity.WARNING, ("terms",))


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        ({"kind": "grant-share"}, "percent", "missing"),
        ({"kind": "grant-share", "percent": "a"}, "percent", "number"),
        ({"kind": "grant-share", "percent": 0}, "", "percent_range"),
        ({"kind": "grant-share", "percent": 101}, "", "percent_range"),
        ({"kind": "grant-share", "percent": 80, "base": "moon"}, "base", "literal_error"),
        ({"kind": "grant-share", "percent": 80, "per_cent": 8}, "per_cent", "extra_forbidden"),
        ({"kind": "own-share"}, "", "percent_or_least"),
        ({"kind": "own-share", "percent": 20, "least": "1.00"}, "", "percent_or_least"),
        ({"kind": "own-share", "percent": 100}, "", "percent_range"),
        ({"kind": "own-share", "least": 1}, "least", "money"),
        ({"kind": "deficit", "percent": 1}, "percent", "extra_forbidden"),
        ({"kind": "required", "fields": ["project.titel"]}, "fields", "address"),
        ({"kind": "required", "fields": ["budget.lines[a].amount"]}, "fields", "address"),
        ({"kind": "required", "fields": ["answers[q"]}, "fields", "address"),
        ({"kind": "required", "fields": ["projekti.title"]}, "fields", "address"),
        ({"kind": "required", "fields": ["project.title.x"]}, "fields", "address"),
        ({"kind": "required", "fields": ["project title"]}, "fields", "address"),
        ({"kind": "length", "limits": {"project.titel": 3}}, "limits", "address"),
        ({"kind": "length", "limits": {"project.title": True}}, "limits", "limit"),
        ({"kind": "length", "limits": {"project.title": 0}}, "limits", "limit"),
        ({"kind": "length", "limits": ["project.title"]}, "limits", "mapping"),
        ({"kind": "length", "counting": "words"}, "counting", "literal_error"),
        ({"kind": "identifier", "fields": ["phone"]}, "fields", "word"),
        ({"kind": "tender"}, "threshold", "missing"),
        ({"kind": "tender", "threshold": "0.00"}, "threshold", "money"),
        ({"kind": "leftover", "words": "xxx"}, "words", "list"),
        ({"kind": "letter-of-intent", "attachment": 3}, "attachment", "string_type"),
    ],
)
def test_wrong_parameters_are_told_by_path(rule, path, code):
    call = make_call(rules=[{"id": "r", **rule}])
    (problem,) = problems_of(call.rules[0])
    assert (problem.path, problem.code) == (path, code)
    assert only(judge(UNTIDY, call), "r").paths == ("terms",)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ({"kind": "required", "fields": ["project.titel"]}, {"address": "project.titel"}),
        ({"kind": "length", "limits": {"project.titel": 3}}, {"address": "project.titel"}),
        ({"kind": "length", "limits": {"project.title": 0}}, {"address": "project.title"}),
        ({"kind": "identifier", "fields": ["x"]}, {"words": "business_id, isil, postal_code, email, iban, bic"}),
        ({"kind": "tender"}, {}),
    ],
)
def test_what_is_wrong_with_a_parameter_is_named(rule, values):
    (problem,) = problems_of(make_call(rules=[{"id": "r", **rule}]).rules[0])
    assert problem.values == values


def test_a_parameter_inside_another_is_told_by_its_path():
    (problem,) = problems_of(make_call(rules=[{"id": "r", "kind": "identifier", "fields": ["isil", 3]}]).rules[0])
    assert problem.path in ("fields", "fields.1")


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "grant-share", "percent": "0.5"},
        {"kind": "grant-share", "percent": 1},
        {"kind": "grant-share", "percent": 100},
        {"kind": "own-share", "percent": "0.5"},
        {"kind": "own-share", "percent": "99.5"},
        {"kind": "tender", "threshold": "0.01"},
        {"kind": "required", "fields": ["declarations[a]", "answers.q", "goals[].indicators[].target"]},
        {"kind": "length", "limits": {"project.title": 1}},
    ],
)
def test_parameters_at_their_very_edge_are_taken(rule):
    assert problems_of(make_call(rules=[{"id": "r", **rule}]).rules[0]) == ()
    assert problems_of(make_call(rules=[{"id": "r", "kind": "own-share", "percent": 0}]).rules[0]) != ()


def test_a_call_is_open_on_its_first_and_its_last_day():
    call = make_call(window={"opens": "2018-11-01T08:00", "closes": "2018-11-15T16:15"})
    for day, found in ((31, True), (1, False), (15, False), (16, True)):
        month = 10 if day == 31 else 11
        assert bool(by_rule(judge({}, call, datetime.date(2018, month, day)), "window")) is found


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [("2018-11-15", "2020-02-01", 16), ("2019-03-03", "2019-03-03", 1), ("2019-01-31", "2019-02-01", 2)],
)
def test_nobody_works_for_more_months_than_the_project_touches(starts_on, ends_on, months):
    for count, found in ((months, False), (months + 1, True)):
        people = [{"id": "p", "months": str(count), "monthly_pay": "1.00"}]
        tree = {"project": {"starts_on": starts_on, "ends_on": ends_on}, "budget": {"people": people}}
        assert bool(by_rule(judge(tree, AVI), "line-time")) is found


def test_a_limit_names_its_rule():
    assert [limit.rule for limit in share_limits(OPH)] == ["own-share", "own-share-guide"]


def test_every_kind_runs_on_an_empty_and_an_untidy_draft():
    needed = {"grant-share": {"percent": 80}, "own-share": {"percent": 20}, "tender": {"threshold": "1.00"}}
    for kind in KINDS:
        rule = {"id": "r", "kind": kind.name, **needed.get(kind.name, {})}
        call = make_call(rules=[rule])
        assert problems_of(call.rules[0]) == ()
        assert "r" in {item.rule.id for item in prepared(call)}
        judge({}, call)
        judge(UNTIDY, call)
    assert set(REGISTRY) == {kind.name for kind in KINDS}


def test_terms_that_took_part_are_named():
    call = make_call(
        rules=[grant_share(75)], overridden=["rules.grant-share.percent", "window.closes", "rules.balance.x"]
    )
    findings = judge(application_of("7000.00", "2000.00", "9000.00"), call)
    assert only(findings, "grant-share").terms == ("rules.grant-share.percent",)
    assert not only(
        judge(application_of("7000.00", "2000.00", "9000.00"), make_call(rules=[grant_share(75)])), "grant-share"
    ).terms
    late = make_call(window={"closes": "2018-01-01"}, overridden=["window.closes"])
    assert only(judge({}, late), "window").terms == ("window.closes",)


def seen(tree, call=None, rule="identifier"):
    return only(judge(tree, call or AVI), rule).seen


def test_what_was_seen_changes_with_values_and_parameters():
    first = seen({"applicant": {"isil": "Kuopio"}})
    assert len(first) == 64
    assert first == seen({"applicant": {"isil": "Kuopio"}, "project": {"title": "x"}})
    assert first != seen({"applicant": {"isil": "Kuopio2"}})
    narrowed = make_call(rules=[{"id": "identifier", "kind": "identifier", "fields": ["isil"]}])
    assert first != seen({"applicant": {"isil": "Kuopio"}}, narrowed)
    application = application_of("7500.00", "1500.00", "9000.00")
    warning = make_call(rules=[grant_share(80, severity="warning")])
    stricter = make_call(rules=[grant_share(75, severity="warning")])
    assert seen(application, warning, "grant-share") != seen(application, stricter, "grant-share")
    more = application_of("7500.00", "1500.00", "9001.00")
    assert seen(application, warning, "grant-share") != seen(more, warning, "grant-share")
    assert seen(application, AVI, "grant-share") == ""


def test_a_warning_about_funding_has_seen_all_of_it():
    call = make_call(
        rules=[{"id": "money", "kind": "balance", "severity": "warning"}, {"id": "day", "kind": "use-period"}],
        use_period={"starts": "2019-01-01"},
    )
    application = application_of("7000.00", "1500.00", "9000.00")
    assert seen(application, call, "money") == seen(application, call, "money")
    assert len(seen({"project": {"starts_on": "2018-01-01"}}, call, "day")) == 64


def test_a_reference_is_joined_with_its_source():
    call = make_call(
        rules=[grant_share(80, reference={"source": "s", "paragraph": "4 §", "status": "inferred"})],
        sources=[
            {"id": "s", "title": "Decision", "url": "https://esimerkki.fi/", "year": "2018", "read": "2026-11-20"}
        ],
    )
    reference = only(judge(application_of("7500.00", "1500.00"), call), "grant-share").reference
    assert (reference.title, reference.paragraph, reference.status, reference.read) == (
        "Decision",
        "4 §",
        "inferred",
        "2026-11-20",
    )


def test_without_itemised_costs_a_share_waits_for_a_second_source():
    assert not by_rule(judge(application_of("7500.00"), AVI), "grant-share")
    assert by_rule(judge(application_of("7500.00", None, None, "1.00"), AVI), "grant-share")
    assert by_rule(judge(application_of("7500.00", None, None, None, "1.00"), AVI), "grant-share")
    assert not by_rule(judge(application_of(None, "1500.00"), OPH), "own-share")
    assert by_rule(judge(application_of("7500.00", None, "9000.00"), AVI), "grant-share")


def test_no_costs_that_a_grant_could_be_a_part_of():
    call = make_call(rules=[grant_share(80)], share={"base": "costs_less_income"})
    finding = only(judge(application_of("100.00", None, "1000.00", "1000.00"), call), "grant-share")
    assert finding.message.key.startswith("The grant is {over} above its highest share: there are no costs")
    assert finding.exits
    least = make_call(
        rules=[{"id": "own-share", "kind": "own-share", "percent": 20}], share={"base": "costs_less_income"}
    )
    below = only(judge(application_of("100.00", "-1.00", "1000.00", "1000.00"), least), "own-share")
    assert below.message.key.startswith("Own funding is too small")


@pytest.mark.parametrize("base", ["total_costs", "costs_less_income", "costs_less_income_and_other"])
def test_the_trace_says_what_the_base_is(base):
    call = make_call(rules=[grant_share(10)], share={"base": base}, unit="1.00")
    trace = only(judge(application_of("900.00", None, "1000.00", "100.00", "50.00"), call), "grant-share").trace
    labels = [line.label.key for line in trace]
    assert ("− income" in labels) == (base != "total_costs")
    assert ("− other funding" in labels) == (base == "costs_less_income_and_other")
    assert ("Base of the share" in labels) == (base != "total_costs")
    assert "Grant at most, rounded down to {unit}" in labels


def test_two_thousand_rows_take_about_ten_times_two_hundred():
    def rows(count):
        lines = [
            {"id": f"r{at}", "category": "services", "quantity": "3", "unit_price": "33.35", "vat_percent": "24"}
            for at in range(count)
        ]
        return make_draft({"budget": {"lines": lines}, "applicant": {"vat": "recovers"}})

    def steps(draft):
        """Calls of functions, which no other work on the machine changes."""
        count = 0

        def one(_frame, event, _argument):
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(one)
        try:
            evaluate(draft, AVI, TODAY)
        finally:
            sys.setprofile(before)
        return count

    few, many = rows(200), rows(2000)
    evaluate(few, AVI, TODAY)
    assert 5 * steps(few) < steps(many) < 12 * steps(few)


def test_two_thousand_faulty_rows_are_one_finding_of_each_rule():
    lines = [{"id": f"r{at}", "amount": "-1.00"} for at in range(2000)]
    findings = judge(Application.model_validate({"budget": {"lines": lines}}), AVI, datetime.date(2018, 11, 1))
    assert len(only(findings, "negative").paths) == len(only(findings, "category").paths) == 2000


def test_findings_cannot_be_changed():
    finding = judge({}, AVI)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.rule = "x"


@pytest.mark.parametrize("unit", [None, "0.00", "-1.00"])
def test_a_unit_that_makes_no_sense_is_a_cent(unit):
    call = make_call(rules=[grant_share(80)], unit=unit)
    assert gather(application_of("1.00", None, "0.99"), call).totals.cap == Money(79)
    assert not by_rule(judge(application_of("1.01"), call), "unit")


def test_calls_are_told_apart_by_what_they_are_and_not_by_what_they_say():
    one, same = make_call(), make_call()
    assert one == same
    assert CallKey(one) == CallKey(one)
    assert CallKey(one) != CallKey(same)
    assert CallKey(one) != one


def test_no_percentage_is_the_whole():
    limit = ShareLimit("x", "grant-share", Severity.ERROR, "total_costs")
    assert limit.highest_grant(Money(7), Money(0), Money(1)) == Money(7)
