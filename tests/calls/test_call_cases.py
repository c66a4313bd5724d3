"""The worked examples beside every shipped call, and a watch that no rule of a call goes without them."""

from __future__ import annotations

import datetime

import pytest

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.messages import Message
from hakemus.i18n.catalog import Catalog
from hakemus.usecases.call_cases import failures, judge_with_cases, untried
from hakemus.usecases.calls import validated

FILES = CallFiles(resources_root())


def cases_of(call_id: str) -> list[dict[str, object]]:
    return FILES.cases(FILES.paths()[call_id]) or []


def said(message: Message) -> str:
    return Catalog("en").render(message)


@pytest.mark.parametrize("call_id", FILES.ids())
def test_a_shipped_call_gives_the_figures_of_its_worked_examples(call_id: str) -> None:
    plain = FILES.plain(call_id)
    assert plain is not None
    call = validated(plain)
    assert [f"{p.path}: {said(p.message)}" for p in failures(call, plain, cases_of(call_id))] == []


@pytest.mark.parametrize("call_id", FILES.ids())
def test_every_rule_of_a_call_is_broken_by_a_case_and_kept_at_the_edge_by_one(call_id: str) -> None:
    plain = FILES.plain(call_id)
    assert plain is not None
    assert untried(validated(plain), cases_of(call_id)) == ((), ())


CASE = {
    "name": "costs 100, grant 80",
    "today": "2018-11-20",
    "application": {
        "budget": {"lines": [{"id": "r1", "category": "services", "amount": "100.00"}]},
        "funding": {"grant": "80.00", "own": [{"id": "o1", "amount": "20.00"}]},
    },
    "totals": {"costs": "100.00", "cap": "80.00"},
    "keeps": [{"rule": "grant-share", "edges": [{"funding.grant": "80.01"}]}],
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"totals": {"costs": "99.00"}}, "costs is 100.00, not 99.00"),
        ({"breaks": ["grant-share"]}, "grant-share gives no finding"),
        ({"keeps": [{"rule": "required"}]}, "required gives a finding, and should not"),
        ({"keeps": [{"rule": "grant-share", "edges": [{"funding.grant": "79.00"}]}]}, "is not broken by funding.grant"),
        ({"findings": [{"rule": "required", "severity": "note"}]}, "severity is error, not note"),
        ({"findings": [{"rule": "deficit"}]}, "deficit gives no finding"),
        ({"ready": True}, "ready is False, not True"),
        ({"today": "2018-13-01"}, "cannot be understood"),
        ({"application": {"funding": {"grant": "80"}}}, "funding.grant"),
        ({"surprise": 1}, "cases[1].surprise: This key is not known"),
        ({"totals": 5}, "cases[1].totals: An object"),
        ({"totals": {"costs": 100}}, "cases[1].totals.costs: A text"),
        ({"breaks": "grant-share"}, "cases[1].breaks: A list"),
        ({"keeps": [{"rule": "grant-share", "edge": []}]}, "cases[1].keeps[1].edge: This key is not known"),
        ({"keeps": [{"edges": []}]}, "cases[1].keeps[1].rule: This must be given"),
        ({"keeps": ["grant-share"]}, "cases[1].keeps[1]: An object"),
        ({"findings": [{"rule": "deficit", "severities": "error"}]}, "findings[1].severities: This key is not known"),
        ({"terms": [1]}, "cases[1].terms: An object"),
        ({"keeps": [{"rule": "window", "edges": [{"submission.submitted_on": "2019-01-01"}]}]}, "no field"),
        ({"keeps": [{"rule": "window", "edges": [{"funding.grant": "80"}]}]}, "two decimals"),
        ({"keeps": [{"rule": "window", "edges": [{"today": "3.12.2018"}]}]}, "A day is a text such as"),
        ({"keeps": [{"rule": "window", "edges": [{"today": "2018-12-03"}]}]}, "window is not broken by today"),
    ],
)
def test_a_case_that_the_call_does_not_keep_is_told(change: dict[str, object], words: str) -> None:
    plain = FILES.plain("avi-kirjastot-2018")
    assert plain is not None
    call = validated(plain)
    assert failures(call, plain, [CASE]) == ()
    told = [f"{p.path}: {said(p.message)}" for p in failures(call, plain, [{**CASE, **change}])]
    assert any(words in line for line in told), told


def test_a_step_over_the_edge_may_be_another_day() -> None:
    plain = FILES.plain("avi-kirjastot-2018")
    assert plain is not None
    days = [{"rule": "window", "edges": [{"today": "2018-12-04"}, {"today": "2018-10-28"}]}]
    assert failures(validated(plain), plain, [{**CASE, "keeps": days}]) == ()


def test_a_case_may_set_a_term_and_a_length() -> None:
    plain = FILES.plain("avi-kirjastot-2018")
    assert plain is not None
    case = {**CASE, "terms": {"rules.grant-share.percent": "75"}, "totals": {"cap": "75.00"}, "keeps": []}
    case = {**case, "breaks": ["grant-share"], "today": datetime.date(2018, 11, 20).isoformat()}
    assert failures(validated(plain), plain, [case]) == ()


def test_a_call_file_is_judged_with_its_cases_once_it_is_sound() -> None:
    plain = FILES.plain("avi-kirjastot-2018")
    assert plain is not None
    wrong = {**CASE, "totals": {"costs": "1.00"}}
    assert judge_with_cases(plain, [CASE])[1] == []
    assert judge_with_cases(plain, None)[1] == []
    assert [problem.path for problem in judge_with_cases(plain, [CASE, wrong])[1]] == ["cases[2]"]
    assert [problem.path for problem in judge_with_cases({**plain, "unit": "1"}, [wrong])[1]] == ["unit"]


@pytest.mark.parametrize("call_id", FILES.ids())
def test_a_shipped_call_asks_five_to_eight_questions_before_starting(call_id: str) -> None:
    plain = FILES.plain(call_id)
    assert plain is not None
    call = validated(plain)
    assert 5 <= len(call.eligibility) <= 8
    assert all(question.sentence and question.reference for question in call.eligibility)
