"""A question that hangs on another answer: asked or not, judged or not, printed or not; its answer is kept."""

from __future__ import annotations

import pytest
from rule_calls import TODAY, judge, make_call, named

from hakemus.domain.application import Application
from hakemus.domain.asking import hidden_answers
from hakemus.domain.draft import CallReference, Draft
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.conditions import condition_words
from hakemus.rules.engine import evaluate

QUESTIONS = [
    {"id": "kids", "label": named("Children?"), "kind": "yes_no"},
    {
        "id": "ages",
        "label": named("Ages?"),
        "kind": "choice",
        "choices": [{"id": "small", "label": named("Under 7")}, {"id": "big", "label": named("Over 7")}],
        "when": {"field": "answers.kids", "answers": ["yes"]},
        "mandatory": True,
    },
    {
        "id": "daycare",
        "label": named("Daycare?"),
        "mandatory": True,
        "limit": 3,
        "when": {"field": "answers[ages]", "answers": ["small"]},
    },
    {"id": "lead", "label": named("Who leads?"), "when": {"field": "project.joint", "answers": ["yes"]}},
    {"id": "alone", "label": named("Why alone?"), "when": {"field": "project.joint", "answers": ["no"]}},
    {"id": "why", "label": named("Why this theme?"), "when": {"field": "project.theme"}},
    {"id": "group", "label": named("Which?"), "when": {"field": "project.target_groups", "answers": ["Other"]}},
]
CALL = make_call(questions=QUESTIONS)


def hidden(**application: object) -> set[str]:
    return {path[len("answers[") : -1] for path in hidden_answers(CALL, Application.model_validate(application))}


def missing(**application: object) -> set[str]:
    found = judge(Application.model_validate(application), CALL)
    return {item.paths[0] for item in found if item.kind == "required"} - {"budget.lines"}


@pytest.mark.parametrize(
    ("application", "away"),
    [
        ({}, {"ages", "daycare", "lead", "alone", "why", "group"}),
        ({"answers": {"kids": "yes"}}, {"daycare", "lead", "alone", "why", "group"}),
        ({"answers": {"kids": "yes", "ages": "small"}}, {"lead", "alone", "why", "group"}),
        ({"answers": {"kids": "no", "ages": "small"}}, {"ages", "daycare", "lead", "alone", "why", "group"}),
        ({"project": {"joint": True}}, {"ages", "daycare", "alone", "why", "group"}),
        ({"project": {"joint": False}}, {"ages", "daycare", "lead", "why", "group"}),
        ({"project": {"theme": " "}}, {"ages", "daycare", "lead", "alone", "why", "group"}),
        ({"project": {"theme": "x"}}, {"ages", "daycare", "lead", "alone", "group"}),
        ({"project": {"target_groups": ["Kids", "Other"]}}, {"ages", "daycare", "lead", "alone", "why"}),
    ],
)
def test_a_question_is_asked_after_its_answer_alone(application: dict[str, object], away: set[str]) -> None:
    assert hidden(**application) == away


def test_what_is_not_asked_is_neither_missing_nor_too_long() -> None:
    assert missing() == set()
    assert missing(answers={"kids": "yes"}) == {"answers[ages]"}
    assert missing(answers={"kids": "yes", "ages": "small"}) == {"answers[daycare]"}
    long = {"kids": "yes", "ages": "small", "daycare": "much too long"}
    assert [item.kind for item in judge({"answers": long}, CALL) if item.kind == "length"] == ["length"]
    assert not [item for item in judge({"answers": {**long, "kids": "no"}}, CALL) if item.kind == "length"]


def test_a_field_that_a_rule_wants_is_not_wanted_while_it_is_not_asked() -> None:
    call = make_call(
        questions=QUESTIONS,
        rules=[{"id": "required", "kind": "required", "fields": ["answers.daycare", "answers.why"]}],
    )
    draft = Draft(call=CallReference(id="test-call"), application=Application())
    assert {item.paths[0] for item in evaluate(draft, call, TODAY) if item.kind == "required"} == {"budget.lines"}


@pytest.mark.parametrize(
    "when",
    [{"field": name} for name in ("answers.b", "answers.a", "nothing.at.all", "answers.gone", "][")],
)
def test_conditions_that_lead_nowhere_ask_nothing(when: dict[str, object]) -> None:
    questions = [
        {"id": "a", "label": named("A"), "when": when},
        {"id": "b", "label": named("B"), "when": {"field": "answers.a"}},
    ]
    call = make_call(questions=questions)
    application = Application.model_validate({"answers": {"a": "x", "b": "y"}})
    assert hidden_answers(call, application) == {"answers[a]", "answers[b]"}


def test_the_condition_is_said_in_words() -> None:
    catalog = Catalog("en")
    words = {item.id: condition_words(CALL, item, catalog).replace("\u00a0", " ") for item in CALL.questions}
    assert words == {
        "kids": "",
        "ages": "Asked only where Children? is: Yes",
        "daycare": "Asked only where Ages? is: Under 7",
        "lead": "Asked only where Joint project is: Yes",
        "alone": "Asked only where Joint project is: No",
        "why": "Asked only where this is filled in: Theme",
        "group": "Asked only where Target groups is: Other",
    }
    said = make_call(questions=[{**QUESTIONS[5], "when": {"field": "project.theme", "words": named("With a theme.")}}])
    assert condition_words(said, said.questions[0], catalog) == "With a theme."
    own = make_call(questions=QUESTIONS, fields=[{"path": "project.theme", "label": named("Focus")}])
    assert condition_words(own, own.questions[5], catalog) == "Asked only where this is filled in: Focus"
