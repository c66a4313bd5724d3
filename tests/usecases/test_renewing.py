"""A new application from an old one: what may stay stays and is marked; the old one is as it was."""

from __future__ import annotations

import datetime
from typing import Any

from fakes.ports import CALL, Chance, catalog, definition, document
from hakemus.domain.draft import Draft
from hakemus.domain.paths import with_value
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.renewing import accepted, carried, is_carried, renewed
from hakemus.usecases.searching import find

DATA: dict[str, Any] = {
    "applicant": {"library": "Järvikirjasto", "vat": "recovers", "contacts": [{"id": "c1", "name": "Aino"}]},
    "project": {"title": "Vanha hanke", "summary": "Teksti", "target_groups": ["lapset"], "starts_on": "2018-01-01"},
    "goals": [
        {
            "id": "g1",
            "text": "Tavoite",
            "indicators": [{"id": "i1", "name": "Lainat", "baseline": "100", "measured_on": "2018-02-01"}],
        }
    ],
    "activities": [{"id": "a1", "title": "Kiertue", "goals": ["g1"], "starts_on": "2018-01-01", "milestone": True}],
    "partners": [{"id": "p1", "name": "Seura", "commitment": "signed", "committed_on": "2018-01-01"}],
    "team": [{"id": "t1", "name": "Aino", "confirmed": True}],
    "budget": {
        "lines": [
            {
                "id": "l1",
                "description": "Auto",
                "category": "services",
                "amount": "100.00",
                "payer": "p1",
                "year": 2018,
            },
            {"id": "l2", "description": "Muu", "category": "gone-from-the-call", "quantity": "2", "unit_price": "1.00"},
        ],
        "people": [{"id": "w1", "title": "Ohjaaja", "months": "3", "monthly_pay": "2300.00"}],
    },
    "funding": {
        "grant": "80.00",
        "own": [{"id": "o1", "kind": "appropriation", "amount": "20.00", "evidence": "Hallitus 3 §"}],
        "other": [{"id": "m1", "source": "Säätiö", "status": "confirmed", "decided_on": "2018-01-01"}],
    },
    "answers": {"no-such-question": "vastaus"},
    "attachments": [{"id": "f1", "title": "Lupa"}],
    "declarations": {"d1": True},
}


def old(**parts: Any) -> Any:
    return document(DATA, **parts)


def made() -> Draft:
    return renewed(old(), definition(CALL), "new-id", Chance().draw).draft


def test_who_and_the_texts_stay_sums_dates_and_decisions_do_not() -> None:
    stored = made().application.stored()
    assert stored == {
        "applicant": DATA["applicant"],
        "project": {"title": "Vanha hanke", "summary": "Teksti", "target_groups": ["lapset"]},
        "goals": [{"id": "g1", "text": "Tavoite", "indicators": [{"id": "i1", "name": "Lainat"}]}],
        "activities": [{"id": "a1", "title": "Kiertue", "goals": ["g1"], "milestone": True}],
        "partners": [{"id": "p1", "name": "Seura"}],
        "team": [{"id": "t1", "name": "Aino"}],
        "budget": {
            "lines": [
                {"id": "l1", "description": "Auto", "category": "services", "payer": "p1"},
                {"id": "l2", "description": "Muu"},
            ],
            "people": [{"id": "w1", "title": "Ohjaaja"}],
        },
        "funding": {"own": [{"id": "o1", "kind": "appropriation"}], "other": [{"id": "m1", "source": "Säätiö"}]},
    }


def test_the_old_document_is_as_it_was_and_nothing_beside_the_application_comes_along() -> None:
    before = old(pending={"funding.grant": "x"}, submission={"register_number": "1"}, language="sv")
    plain = drafts.to_plain(before)
    new = renewed(before, definition(CALL), "new-id", Chance().draw)
    assert drafts.to_plain(before) == plain
    assert (new.id, new.revision, new.draft.language) == ("new-id", 0, "sv")
    assert not new.draft.pending
    assert new.draft.submission.register_number is None
    assert not check(new.draft, call_of(new.draft), datetime.date(2018, 11, 15)).totals.costs


def test_answers_stay_where_the_call_asks_the_same() -> None:
    plain = {**definition(CALL), "questions": [{"id": "no-such-question", "label": {"fi": "Mitä?"}, "kind": "text"}]}
    new = renewed(old(), plain, "new-id", Chance().draw)
    assert dict(new.draft.application.answers) == {"no-such-question": "vastaus"}
    assert is_carried(new.draft, "answers[no-such-question]")


def test_what_came_along_is_marked_until_it_is_touched_also_after_saving() -> None:
    draft = made()
    assert {"project.title", "applicant.vat", "project.target_groups", "budget.lines[l1].category"} <= set(
        carried(draft)
    )
    assert "budget.lines[l1].payer" not in carried(draft)
    changed = with_value(draft, "application.project.title", "Uusi hanke")
    assert not is_carried(changed, "project.title")
    assert is_carried(changed, "project.summary")
    waiting = with_value(draft, "pending", {"project.summary": "x"})
    assert not is_carried(waiting, "project.summary")
    gone = with_value(draft, "application.partners[p1]", None)
    assert not is_carried(gone, "partners[p1].name")
    stored = document(DATA)
    again, _ = drafts.from_plain(drafts.to_plain(type(stored)(id="x", draft=draft)), Chance().draw)
    assert carried(again.draft) == carried(draft)
    assert not is_carried(old().draft, "project.title")


def test_marks_go_when_somebody_says_that_all_holds() -> None:
    draft = with_value(made(), "sources", (*made().sources, {"id": "s9", "kind": "register page"}))
    assert carried(accepted(draft)) == ()
    assert carried(accepted(draft, lambda path: path == "project.title")) == ("project.title",)
    assert accepted(draft).application == draft.application
    assert [source.kind for source in accepted(draft).sources] == ["old application", "register page"]
    odd = with_value(draft, "sources", ({"id": "s1", "kind": "register page"}, {"id": "s2", "kind": "old application"}))
    assert carried(odd) == ()
    assert not is_carried(with_value(draft, "sources", ({"id": "s1", "kind": "register page"},)), "project.title")
    assert find(draft, call_of(draft), catalog("fi"), "Vanha hanke")
