"""What differs between two drafts, said field by field, and taken back one by one until nothing differs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from fakes.ports import Chance, Clock, definition
from hakemus.domain.draft import Draft
from hakemus.domain.money import Money
from hakemus.domain.paths import with_value
from hakemus.usecases import drafts
from hakemus.usecases.comparing import How, Typed, brought_back, compare, sums_of
from hakemus.usecases.session import Session
from strategies import applications

LINES = [
    {"id": "a", "description": "Shelves", "quantity": "2", "unit_price": "100.00", "category": "equipment"},
    {"id": "b", "description": "Travel", "amount": "50.00", "category": "travel"},
    {"id": "c", "description": "Books", "amount": "70.00", "category": "materials"},
]
BASE: dict[str, Any] = {
    "project": {"title": "Reading", "summary": "Old"},
    "budget": {"lines": LINES, "people": [{"id": "p", "title": "Clerk", "months": "1", "monthly_pay": "2000.00"}]},
    "funding": {"grant": "200.00", "own": [{"id": "o", "amount": "120.00"}]},
    "answers": {"q": "yes"},
    "goals": [{"id": "g", "text": "More readers", "indicators": [{"id": "i", "name": "Loans"}]}],
}


def draft_of(data: dict[str, Any]) -> Draft:
    application, _ = drafts.application_from_data(data, Chance().draw)
    return drafts.new_document(definition(), "x", "fi", application).draft


def edited(draft: Draft, **texts: str) -> Draft:
    """The draft after somebody typed."""
    session = Session(drafts.new_document(definition(), "x"), Chance().draw, Clock())
    session.replace(draft, None)  # type: ignore[arg-type]
    for path, text in texts.items():
        session.edit(path.replace("__", "."), text)
    return session.draft


def all_back(now: Draft, before: Draft) -> Draft:
    for _ in range(500):
        found = compare(before, now).differences
        if not found:
            return now
        now = brought_back(now, before, found[-1])
    raise AssertionError([item.path for item in compare(before, now).differences])


def test_equal_drafts_do_not_differ() -> None:
    found = compare(draft_of(BASE), draft_of(BASE))
    assert not found
    assert found.words.key == "no differences"
    assert all(item.money == Money(0) for item in found.sums)


def test_fields_come_in_the_order_of_the_form_with_what_stood_and_stands() -> None:
    old = draft_of(BASE)
    new = edited(old, funding__grant="250", project__title="Writing", project__need="Much", project__summary="")
    found = compare(old, new)
    assert [(item.path, item.how, item.old, item.new) for item in found.differences] == [
        ("project.title", How.CHANGED, "Reading", "Writing"),
        ("project.summary", How.REMOVED, "Old", None),
        ("project.need", How.ADDED, None, "Much"),
        ("funding.grant", How.CHANGED, Money(20000), Money(25000)),
    ]
    assert [item.step for item in found.differences] == ["project", "project", "project", "funding"]
    assert found.differences[-1].money == Money(5000)
    assert found.words.count == 4
    assert not found.differences[0].is_row


def test_totals_stand_beside_each_other() -> None:
    old = draft_of(BASE)
    new = edited(old, **{"budget__lines[b]__amount": "60", "funding__own[o]__amount": "100"})
    sums = {item.name: (item.old, item.new, item.money) for item in compare(old, new).sums}
    assert sums["Costs"] == (Money(232000), Money(233000), Money(1000))
    assert sums["Own funding"] == (Money(12000), Money(10000), Money(-2000))
    assert sums["Grant applied for"][2] == Money(0)
    assert sums_of(old, new) == compare(old, new).sums


def test_rows_that_come_and_go_tell_their_sum() -> None:
    old = draft_of(BASE)
    new = with_value(with_value(old, "application.budget.lines[a]", None), "application.budget.people[p]", None)
    new = with_value(new, "application.funding.own[n].amount", Money(900))
    new = with_value(new, "application.goals[h].text", "Another")
    found = {item.path: item for item in compare(old, new).differences}
    assert found["budget.lines[a]"].how is How.ROW_REMOVED
    assert found["budget.lines[a]"].money == Money(-20000)
    assert found["budget.people[p]"].money == Money(-200000)
    assert (found["funding.own[n]"].how, found["funding.own[n]"].money) == (How.ROW_ADDED, Money(900))
    assert found["goals[h]"].money is None
    assert all(item.is_row for item in found.values())
    assert all_back(new, old).application == old.application


def test_the_fewest_rows_count_as_moved() -> None:
    old = draft_of(BASE)
    new = draft_of({**BASE, "budget": {**BASE["budget"], "lines": [LINES[2], LINES[0], LINES[1]]}})
    (moved,) = compare(old, new).differences
    assert (moved.path, moved.how) == ("budget.lines[c]", How.ROW_MOVED)
    assert brought_back(new, old, moved) == old


def test_a_moved_row_can_differ_in_itself_too() -> None:
    old = draft_of(BASE)
    lines = [{**LINES[1], "description": "Trains"}, LINES[0], LINES[2]]
    new = draft_of({**BASE, "budget": {**BASE["budget"], "lines": lines}})
    hows = {(item.path, item.how) for item in compare(old, new).differences}
    assert ("budget.lines[b].description", How.CHANGED) in hows
    assert len(hows) == 2
    assert all_back(new, old) == old


def test_text_that_is_no_value_yet_differs_and_comes_back() -> None:
    old = edited(draft_of(BASE), funding__grant="two hundred", **{"budget__lines[b]__amount": "1x"})
    new = edited(draft_of(BASE), funding__grant="300")
    found = {item.path: item for item in compare(old, new).differences}
    assert found["funding.grant"].old == Typed("two hundred")
    assert found["funding.grant"].money == Money(30000)
    assert found["budget.lines[b].amount"].old == Typed("1x")
    assert all_back(new, old) == old
    assert all_back(old, new) == new


def test_a_row_comes_back_with_what_waited_in_it() -> None:
    old = edited(draft_of(BASE), funding__grant="much", **{"budget__lines[b]__amount": "1x"})
    session = Session(drafts.new_document(definition(), "x"), Chance().draw, Clock())
    session.replace(old, None)  # type: ignore[arg-type]
    session.remove_rows(["budget.lines[b]"])
    (gone,) = compare(old, session.draft).differences
    back = brought_back(session.draft, old, gone)
    assert back == old
    assert brought_back(old, session.draft, compare(session.draft, old).differences[0]) == session.draft


def test_what_lies_beside_the_application_differs_too() -> None:
    old = draft_of(BASE)
    new = with_value(with_value(old, "language", "sv"), "decision.granted", Money(100))
    new = with_value(new, "terms", ({"at": "unit", "value": "1"},))
    new = with_value(new, "pending", {"nowhere.known": "text", "submission.submitted_on": "soon"})
    new = with_value(new, "call.edition", "2019-01-01")
    paths = {item.path for item in compare(old, new).differences}
    assert paths == {
        "call", "language", "terms", "decision.granted", "nowhere.known", "submission.submitted_on",
    }  # fmt: skip
    assert all_back(new, old) == old
    assert all_back(old, new) == new


@pytest.mark.parametrize("part", ["project", "goals"])
def test_what_only_a_newer_program_knows_differs_and_comes_back(part: str) -> None:
    plain = drafts.to_plain(drafts.new_document(definition(), "x"))
    plain["application"] = {"project": {"title": "A"}, "goals": [{"id": "g", "text": "B"}]}
    old, _ = drafts.from_plain(plain, Chance().draw)
    newer = {"project": {"title": "A"}, "goals": [{"id": "g", "text": "B"}]}
    (newer["project"] if part == "project" else newer["goals"][0])["mood"] = "glad"  # type: ignore[index]
    new, _ = drafts.from_plain({**plain, "application": newer}, Chance().draw)
    (found,) = compare(old.draft, new.draft).differences
    assert found.path.endswith(".mood")
    assert all_back(new.draft, old.draft) == old.draft
    assert all_back(old.draft, new.draft) == new.draft


@settings(max_examples=12, deadline=None)
@given(applications, applications)
def test_taking_back_one_by_one_leads_to_the_earlier_draft(first: dict[str, Any], second: dict[str, Any]) -> None:
    old, new = draft_of(first), draft_of(second)
    assert all_back(new, old).application == old.application
