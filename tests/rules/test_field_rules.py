"""Required fields, lengths, days, identifiers, and what the application as a whole must have."""

from __future__ import annotations

import datetime

import pytest
from rule_calls import AVI, TODAY, by_rule, judge, make_call, make_draft, named, only

from hakemus.domain.findings import Severity
from hakemus.domain.messages import FieldName
from hakemus.rules.engine import evaluate
from hakemus.rules.fields import length_of

SOME_COSTS = {"lines": [{"id": "c", "category": "services", "amount": "1.00"}]}


def rule(kind, **parameters):
    return {"id": kind, "kind": kind, **parameters}


def paths(findings, name):
    return [finding.paths[0] for finding in by_rule(findings, name)]


# required


def test_each_missing_field_is_a_finding_of_its_own():
    call = make_call(
        rules=[
            rule(
                "required",
                fields=[
                    "project.title",
                    "goals",
                    "goals[].text",
                    "goals[].indicators[].target",
                    "answers.q1",
                    "budget.lines",
                ],
            )
        ]
    )
    tree = {"project": {"title": "  "}, "goals": [{"id": "g", "text": "x", "indicators": [{"id": "i"}]}, {"id": "h"}]}
    findings = judge(tree, call)
    assert sorted(paths(findings, "required")) == [
        "answers[q1]",
        "budget.lines",
        "goals[g].indicators[i].target",
        "goals[h].text",
        "project.title",
    ]
    title = next(finding for finding in findings if finding.paths == ("project.title",))
    assert title.message.values["field"] == FieldName("project.title")
    full = {
        "project": {"title": "T"},
        "goals": [{"id": "g", "text": "x", "indicators": [{"id": "i", "target": "5"}]}],
        "answers": {"q1": "y"},
        "budget": {"people": [{"id": "p", "months": "1", "monthly_pay": "1.00"}]},
    }
    assert paths(judge(full, call), "required") == []
    assert paths(judge({"budget": SOME_COSTS, "answers": {"q1": "y"}}, call), "required") == ["project.title", "goals"]


def test_costs_are_asked_for_under_every_call_until_itemised():
    assert paths(judge({}, AVI), "required") == ["budget.lines"]
    assert paths(judge({"budget": {"lines": [{"id": "c", "category": "other"}]}}, AVI), "required") == ["budget.lines"]
    assert paths(judge({"budget": SOME_COSTS}, AVI), "required") == []


def test_mandatory_questions_are_required_on_their_step():
    question = {"id": "why", "label": named("Why?"), "mandatory": True, "step": "goals"}
    call = make_call(questions=[question, {"id": "how", "label": named("How?")}])
    assert paths(judge({"budget": SOME_COSTS}, call), "required") == ["answers[why]"]
    assert paths(judge({"budget": SOME_COSTS, "answers": {"why": "so"}}, call), "required") == []


def test_a_field_with_pending_text_is_not_called_missing():
    call = make_call(rules=[rule("required", fields=["project.starts_on"])])
    draft = make_draft({"budget": SOME_COSTS}, pending={"project.starts_on": "soon"})
    assert not by_rule(evaluate(draft, call, TODAY), "required")


def test_an_id_that_cannot_stand_in_an_address_does_no_harm():
    call = make_call(
        questions=[{"id": "a]b", "label": named("q"), "mandatory": True, "limit": 2}],
        declarations=[{"id": "a]b", "text": named("d")}],
    )
    findings = judge({"budget": SOME_COSTS}, call)
    assert paths(findings, "required") == []
    assert paths(findings, "declaration") == ["declarations[a]b]"]


# length


@pytest.mark.parametrize(
    ("text", "counting", "length"),
    [
        ("äö€", "characters", 3),
        ("äö€", "bytes", 7),
        ("a😀", "utf16", 3),
        ("a😀", "characters", 2),
        ("a\nb", "bytes", 3),
    ],
)
def test_how_portals_count(text, counting, length):
    assert length_of(text, counting) == length


def test_a_text_too_long_says_by_how_much():
    call = make_call(rules=[rule("length", limits={"project.title": 3, "goals[].text": 2})])
    tree = {"project": {"title": "abcd"}, "goals": [{"id": "g", "text": "abcd"}, {"id": "h", "text": "ab"}]}
    findings = by_rule(judge(tree, call), "length")
    assert [(item.paths, item.message.count) for item in findings] == [(("project.title",), 1), (("goals[g].text",), 2)]
    assert not by_rule(judge({"project": {"title": "abc"}}, call), "length")
    assert not by_rule(judge({}, call), "length")


def test_limits_of_guides_and_questions_hold_and_the_rule_comes_first():
    call = make_call(
        rules=[rule("length", limits={"project.need": 2}, counting="bytes")],
        fields=[{"path": "project.title", "limit": 3, "counting": "utf16"}, {"path": "project.need", "limit": 99}],
        questions=[{"id": "q", "label": named("q"), "limit": 4}],
    )
    tree = {"project": {"title": "a😀b", "need": "ää"}, "answers": {"q": "ääää"}}
    assert paths(judge(tree, call), "length") == ["project.need", "project.title"]
    without_rule = make_call(fields=[{"path": "project.title", "limit": 3}])
    assert paths(judge({"project": {"title": "abcd"}}, without_rule), "length") == ["project.title"]


# days


def test_ends_before_starts():
    tree = {
        "project": {"starts_on": "2019-02-02", "ends_on": "2019-02-01"},
        "activities": [
            {"id": "a", "starts_on": "2019-02-02", "ends_on": "2019-02-02"},
            {"id": "b", "starts_on": "2019-02-03", "ends_on": "2019-02-02"},
            {"id": "c", "ends_on": "2019-02-02"},
        ],
        "budget": {
            "lines": [{"id": "l", "category": "other", "starts_on": "2019-03-03", "ends_on": "2019-03-02"}],
        },
    }
    finding = only(judge(tree, AVI), "dates")
    assert finding.severity is Severity.ERROR
    assert finding.paths == (
        "project.ends_on",
        "project.starts_on",
        "activities[b].ends_on",
        "activities[b].starts_on",
        "budget.lines[l].ends_on",
        "budget.lines[l].starts_on",
    )


@pytest.mark.parametrize(
    ("period", "project", "expected"),
    [
        ({"starts": "2019-01-01", "ends": "2020-12-31"}, ("2019-01-01", "2020-12-31"), []),
        ({"starts": "2019-01-01", "ends": "2020-12-31"}, ("2018-12-31", "2021-01-01"), ["starts_on", "ends_on"]),
        ({"ends": "2020-12-31"}, ("2018-12-31", "2021-01-01"), ["ends_on"]),
        ({"starts": "2019-01-01"}, ("2018-12-31", "2021-01-01"), ["starts_on"]),
        ({"rule": "end_of_next_calendar_year"}, ("2016-05-02", "2020-12-31"), []),
        ({"rule": "end_of_next_calendar_year"}, ("2016-05-02", "2021-01-01"), ["ends_on"]),
        ({"starts": "2019-01-01", "ends": "2020-12-31"}, (None, None), []),
        ({}, ("2016-05-02", "2021-01-01"), []),
    ],
)
def test_the_use_period(period, project, expected):
    call = make_call(use_period=period, window={"opens": "2018-10-29", "closes": "2018-12-03T16:15"})
    findings = by_rule(judge({"project": {"starts_on": project[0], "ends_on": project[1]}}, call), "use-period")
    assert [path for finding in findings for path in finding.paths] == [f"project.{name}" for name in expected]
    assert all(finding.severity is Severity.WARNING for finding in findings)


def test_a_limit_of_one_is_a_limit():
    call = make_call(rules=[rule("length", limits={"project.title": 1})])
    assert paths(judge({"project": {"title": "ab"}}, call), "length") == ["project.title"]
    assert paths(judge({"project": {"title": "a"}}, call), "length") == []


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ({"starts": "2019-01-01", "ends": "2019-12-31"}, {"first", "last"}),
        ({"ends": "2019-12-31"}, {"last"}),
        ({"starts": "2021-01-01"}, {"first"}),
    ],
)
def test_the_use_period_is_said_as_far_as_it_is_known(period, names):
    finding = only(judge({"project": {"ends_on": "2020-05-05"}}, make_call(use_period=period)), "use-period")
    assert set(finding.message.values) == names
    assert all(f"{{{name}}}" in finding.message.key for name in names)


def test_a_use_period_by_rule_needs_a_window():
    call = make_call(use_period={"rule": "end_of_next_calendar_year"})
    assert not by_rule(judge({"project": {"ends_on": "2999-01-01"}}, call), "use-period")


@pytest.mark.parametrize(
    ("today", "message"),
    [
        ("2018-10-28", "The call opens on {opens}."),
        ("2018-10-29", None),
        ("2018-12-03", None),
        ("2018-12-04", "The call closed on {closes}."),
    ],
)
def test_the_window(today, message):
    window = {"opens": "2018-10-29", "closes": "2018-12-03T16:15"}
    findings = by_rule(judge({}, make_call(window=window), datetime.date.fromisoformat(today)), "window")
    assert [finding.message.key for finding in findings] == ([message] if message else [])
    assert all(finding.severity is Severity.WARNING for finding in findings)
    assert not by_rule(judge({}, make_call(window=window | {"always_open": True}), datetime.date(2030, 1, 1)), "window")
    assert not by_rule(judge({}, AVI, datetime.date(2030, 1, 1)), "window")


def test_a_submitted_application_is_judged_by_its_own_day():
    call = make_call(window={"opens": "2018-10-29", "closes": "2018-12-03T16:15"})
    late = datetime.date(2020, 1, 1)
    in_time = make_draft({}, submission={"submitted_on": "2018-12-03"})
    assert not by_rule(evaluate(in_time, call, late), "window")
    too_late = make_draft({}, submission={"submitted_on": "2018-12-04"})
    assert by_rule(evaluate(too_late, call, TODAY), "window")


# identifiers


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"applicant": {"business_id": "019152-8"}}, "applicant.business_id"),
        ({"applicant": {"business_id": "0171450-8"}}, "applicant.business_id"),
        ({"applicant": {"business_id": "0171403-1"}}, "applicant.business_id"),
        ({"applicant": {"business_id": "abc"}}, "applicant.business_id"),
        ({"applicant": {"isil": "Kuopio"}}, "applicant.isil"),
        ({"applicant": {"postal_code": "7010"}}, "applicant.postal_code"),
        ({"applicant": {"email": "a@b"}}, "applicant.email"),
        ({"applicant": {"contacts": [{"id": "k", "email": "a b@c.fi"}]}}, "applicant.contacts[k].email"),
        ({"partners": [{"id": "p", "email": "@x.fi"}]}, "partners[p].email"),
        ({"applicant": {"iban": "FI2112345600000786"}}, "applicant.iban"),
        ({"applicant": {"bic": "NDEAFI"}}, "applicant.bic"),
    ],
)
def test_odd_identifiers(tree, path):
    finding = only(judge(tree, AVI), "identifier")
    assert (finding.paths, finding.severity) == ((path,), Severity.WARNING)
    assert not by_rule(judge(tree, make_call(rules=[rule("identifier", fields=[])])), "identifier")


def test_the_same_fault_in_many_rows_is_one_finding():
    tree = {
        "applicant": {
            "email": "x",
            "contacts": [{"id": "a", "email": "y"}, {"id": "b", "email": "a@b.fi"}, {"id": "c", "email": "z"}],
        },
        "partners": [{"id": "p", "email": "w"}],
    }
    assert [finding.paths for finding in by_rule(judge(tree, AVI), "identifier")] == [
        ("applicant.contacts[a].email", "applicant.contacts[c].email"),
        ("applicant.email",),
        ("partners[p].email",),
    ]
    changed = {**tree, "applicant": {"contacts": [{"id": "a", "email": "y"}, {"id": "c", "email": "other"}]}}
    assert (
        only(
            judge({**tree, "applicant": {"contacts": tree["applicant"]["contacts"]}, "partners": []}, AVI), "identifier"
        ).seen
        != only(judge({**changed, "partners": []}, AVI), "identifier").seen
    )


def test_sound_identifiers():
    tree = {
        "applicant": {
            "business_id": "0171450-7",
            "isil": "FI-Km",
            "postal_code": "70100",
            "email": "kirjasto@esimerkki.fi",
            "iban": "FI21 1234 5600 0007 85",
            "bic": "NDEAFIHH",
        }
    }
    assert not by_rule(judge(tree, AVI), "identifier")
    assert not by_rule(judge({"applicant": {"business_id": " "}}, AVI), "identifier")


# the whole


def test_a_goal_needs_an_indicator():
    tree = {
        "goals": [
            {"id": "a", "text": "x"},
            {"id": "b", "text": "y", "indicators": [{"id": "i"}]},
            {"id": "c", "text": "z", "indicators": [{"id": "i", "name": "visits"}]},
        ]
    }
    assert only(judge(tree, make_call(rules=[rule("indicator")])), "indicator").paths == (
        "goals[a].indicators",
        "goals[b].indicators",
    )
    assert not by_rule(judge(tree, AVI), "indicator")


LETTER = {"id": "l", "kind": "letter-of-intent", "state": "attached"}


@pytest.mark.parametrize(
    ("tree", "missing"),
    [
        ({"project": {"joint": True}}, True),
        ({"project": {"joint": False}}, False),
        ({}, False),
        ({"project": {"joint": True}, "attachments": [LETTER]}, False),
        ({"project": {"joint": True}, "attachments": [LETTER | {"state": "elsewhere"}]}, False),
        ({"project": {"joint": True}, "attachments": [LETTER | {"state": "later"}]}, True),
        ({"project": {"joint": True}, "attachments": [{"id": "l", "kind": "photo"}]}, True),
        (
            {
                "project": {"joint": True},
                "attachments": [{"id": "l"}],
                "partners": [{"id": "p", "attachment": "l"}, {"id": "q", "attachment": "l"}],
            },
            False,
        ),
        (
            {
                "project": {"joint": True},
                "attachments": [{"id": "l"}],
                "partners": [{"id": "p", "attachment": "l"}, {"id": "q", "attachment": "gone"}],
            },
            True,
        ),
    ],
)
def test_a_joint_project_needs_a_letter_of_intent(tree, missing):
    findings = by_rule(judge(tree, make_call(rules=[rule("letter-of-intent")])), "letter-of-intent")
    assert [finding.paths[0] for finding in findings] == (["attachments"] if missing else [])


def test_mandatory_attachments_and_declarations():
    call = make_call(
        attachments=[
            {"id": "plan", "title": named("Plan")},
            {"id": "letter", "title": named("Letter"), "when": "joint"},
            {"id": "accounts", "title": named("Accounts"), "when": "association"},
            {"id": "picture", "title": named("Picture"), "mandatory": False},
        ],
        declarations=[
            {"id": "true", "text": named("All is true")},
            {"id": "nice", "text": named("All is nice"), "mandatory": False},
        ],
    )
    findings = judge({"project": {"joint": True}}, call)
    assert [item.message.values["title"].by_language["en"] for item in by_rule(findings, "attachment")] == [
        "Plan",
        "Letter",
    ]
    assert paths(findings, "declaration") == ["declarations[true]"]
    done = {"attachments": [{"id": "a", "kind": "plan"}], "declarations": {"true": True}}
    assert not {item.rule for item in judge(done, call)} & {"attachment", "declaration"}
    with_rule = make_call(
        rules=[rule("letter-of-intent", attachment="letter")],
        attachments=[{"id": "letter", "title": named("Letter"), "when": "joint"}],
    )
    assert not by_rule(judge({"project": {"joint": True}}, with_rule), "attachment")
