"""The signature prepared ahead: what the application says by itself, what is ticked, and by which day to begin."""

from __future__ import annotations

import datetime
from typing import Any

from fakes.ports import Chance, document
from hakemus.domain.draft import Draft
from hakemus.report.model import Copy
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.papers import inside
from hakemus.usecases.signing import Signing, signing, with_tick

NOW = datetime.datetime(2018, 11, 10, 9, tzinfo=datetime.UTC)
CLOSES = datetime.date(2018, 12, 3)


TODAY = NOW.date()


def seen(draft: Draft, day: datetime.date = TODAY) -> Signing:
    return signing(check(draft, call_of(draft), day), day)


def draft_of(data: dict[str, Any]) -> Draft:
    return document(data).draft


def done(draft: Draft) -> list[str]:
    return [point.id for point in seen(draft).points if point.done]


def test_what_takes_longest_comes_first_with_its_day() -> None:
    found = seen(draft_of({}))
    assert found.closes == CLOSES
    assert [point.days for point in found.points] == sorted((point.days for point in found.points), reverse=True)
    assert all(point.by == CLOSES - datetime.timedelta(days=point.days) for point in found.points)
    assert [point.id for point in found.points if point.late] == ["money", "signatory"]
    assert (found.done, found.next) == (0, found.points[0])


def test_the_day_itself_is_not_late() -> None:
    at = {point.id: point for point in seen(draft_of({}), CLOSES - datetime.timedelta(days=14)).points}
    assert not at["mandate"].late
    assert {point.id: point for point in seen(draft_of({}), CLOSES).points}["mandate"].late


def test_the_application_answers_by_itself_what_it_knows() -> None:
    people = [
        {"id": "a", "role": "signatory", "name": "  "},
        {"id": "b", "role": "deputy", "name": "Varahenkilö"},
        {"id": "c", "role": "signatory", "name": "Johtaja"},
    ]
    own = [{"id": "o", "amount": "5.00", "evidence": "Lautakunta 12.11., 45 §"}, {"id": "p", "evidence": "x"}]
    assert done(draft_of({"applicant": {"contacts": people[:2]}})) == ["deputy"]
    assert done(draft_of({"applicant": {"contacts": people}, "funding": {"own": own}})) == [
        "money",
        "signatory",
        "deputy",
    ]
    assert done(draft_of({"funding": {"own": [*own, {"id": "q", "amount": "1.00"}]}})) == []
    assert done(draft_of({"funding": {"own": own[1:]}})) == []


def test_a_tick_is_kept_in_the_draft_and_taken_back() -> None:
    draft = with_tick(draft_of({}), "read", "Aila", NOW, Chance().draw, on=True)
    (comment,) = draft.comments
    assert (comment.path, comment.by, comment.on, comment.done) == ("signing[read]", "Aila", "2018-11-10", True)
    again = with_tick(draft, "read", "", NOW, Chance().draw, on=True)
    assert len(again.comments) == 1
    both = with_tick(again, "there", "", NOW, Chance().draw, on=True)
    assert done(both) == ["read", "there"]
    assert len({item.id for item in both.comments}) == 2
    assert done(with_tick(both, "read", "", NOW, Chance().draw, on=False)) == ["there"]


def test_a_comment_that_is_not_done_ticks_nothing() -> None:
    plain = {**drafts.to_plain(document()), "comments": [{"id": "c", "path": "signing[read]", "text": "Kuka?"}]}
    assert done(drafts.from_plain(plain, Chance().draw)[0].draft) == []


def test_no_paper_carries_a_tick() -> None:
    plain = {**drafts.to_plain(document()), "comments": [{"id": "c", "path": "signing[read]", "done": True}]}
    made = drafts.from_plain(plain, Chance().draw)[0]
    assert done(made.draft) == ["read"]
    assert b"signing" not in inside(made, Copy.SUBMISSION)


def test_a_call_that_is_always_open_has_no_days() -> None:
    draft = document({}, "kulturfonden-bibban").draft
    found = seen(draft)
    assert found.closes is None
    assert {(point.by, point.late) for point in found.points} == {(None, False)}
