"""What if: another draft is judged, the one in hand stays the very same."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from fakes.ports import Chance, Clock, catalog, document
from hakemus.domain.findings import Severity
from hakemus.i18n.refused import Refused
from hakemus.usecases import drafts, rendering
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check
from hakemus.usecases.session import Session
from hakemus.usecases.whatif import if_granted, if_refused, outcome, use_grant

DAY = datetime.date(2018, 11, 15)
DATA: dict[str, Any] = {
    "budget": {"lines": [{"id": "a", "category": "services", "description": "x", "amount": "10000.00"}]},
    "funding": {
        "grant": "6000.00",
        "own": [{"id": "o", "kind": "appropriation", "amount": "2000.00"}],
        "other": [
            {"id": "s", "source": "Säätiö", "status": "applied", "amount": "2000.00"},
            {"id": "r", "source": "Muu", "status": "refused", "amount": "500.00"},
            {"id": "e", "source": "Tyhjä"},
        ],
    },
}


def judged(data: dict[str, Any] | None = None, call: str = "avi-kirjastot-2018", **parts: Any) -> Check:
    draft = document(DATA if data is None else data, call, **parts).draft
    return check(draft, call_of(draft), DAY)


def said(made: Check | None) -> list[str]:
    assert made is not None
    return [rendering.message(item, catalog(), made.call).replace("\u00a0", " ") for item in outcome(made)]


def test_a_refusal_leaves_a_gap_and_changes_nothing() -> None:
    before = judged()
    draft = before.draft
    tried = if_refused(before, "funding.other[s]")
    assert said(tried) == ["share of the grant 60,00 %", "highest grant 8 000,00 €", "2 000,00 € not yet funded"]
    assert before.draft is draft
    assert str(before.totals.gap) == "0.00"


def test_where_the_base_is_net_of_other_money_a_refusal_raises_share_and_cap() -> None:
    before = judged(call="oph-erityisavustus-2026")
    assert str(before.totals.base) == "8000.00"
    tried = if_refused(before, "funding.other[s]")
    assert tried is not None
    assert (str(tried.totals.base), str(tried.totals.cap)) == ("10000.00", "8000.00")
    assert tried.totals.share_percent != before.totals.share_percent


@pytest.mark.parametrize("row", ["funding.other[r]", "funding.other[e]", "funding.other[gone]"])
def test_what_is_refused_already_or_has_no_sum_has_no_what_if(row: str) -> None:
    assert if_refused(judged(), row) is None


def test_another_grant_is_judged_with_its_ways_out() -> None:
    tried = if_granted(judged(), "8 500")
    assert isinstance(tried, Check)
    assert said(tried) == [
        "share of the grant 85,00 %",
        "highest grant 8 000,00 €",
        "the grant 500,00 € above it",
        "2 500,00 € more money than costs",
    ]
    broken = {item.kind for item in tried.findings if item.severity is Severity.ERROR}
    assert {"grant-share", "balance"} <= broken


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_is_nothing_tried(text: str) -> None:
    assert if_granted(judged(), text) is None


@pytest.mark.parametrize("text", ["abc", "1.234", "80 %"])
def test_what_is_no_sum_is_told(text: str) -> None:
    assert isinstance(if_granted(judged(), text), Refused)


def test_a_text_that_waits_in_the_grant_is_replaced_in_the_trial() -> None:
    data = {**DATA, "funding": {**DATA["funding"], "grant": None}}
    before = judged(data, pending={"funding.grant": "1.234", "project.starts_on": "soon"})
    tried = if_granted(before, "6000")
    assert isinstance(tried, Check)
    assert dict(tried.draft.pending) == {"project.starts_on": "soon"}
    assert "costs and funding agree" in said(tried)


@pytest.mark.parametrize("exit_id", [None, "costs", "grant"])
def test_using_a_grant_is_one_step_that_cures_what_it_says(exit_id: str | None) -> None:
    made = document(DATA)
    session = Session(made, Chance().draw, Clock(DAY))
    tried = if_granted(session.check, "8 500")
    assert isinstance(tried, Check)
    share = next(item for item in tried.findings if item.kind == "grant-share")
    way = next((item for item in share.exits if item.id == exit_id), None)
    assert (way is None) == (exit_id is None)
    step = use_grant(tried, way)
    session.apply(step.changes, step.label)
    expected = way.figures["grant"] if way else tried.totals.grant
    assert session.check.totals.grant == expected
    if way is not None and not way.needs:
        assert "grant-share" not in {item.kind for item in session.check.findings}
    assert session.steps_done == 1
    session.undo()
    assert session.draft == made.draft


def test_a_draft_without_costs_or_limits_says_what_it_can() -> None:
    bare = judged({"funding": {"other": [{"id": "s", "amount": "10.00"}]}})
    assert said(if_refused(bare, "funding.other[s]")) == ["highest grant 0,00 €", "costs and funding agree"]


def test_a_call_that_limits_nothing_has_no_highest_grant_to_name() -> None:
    made = drafts.to_plain(document(DATA))
    made["call"] = {**made["call"], "definition": {**made["call"]["definition"], "rules": []}}
    draft = drafts.from_plain(made, Chance().draw)[0].draft
    tried = if_granted(check(draft, call_of(draft), DAY), "9 000")
    assert isinstance(tried, Check)
    assert said(tried) == ["share of the grant 90,00 %", "3 000,00 € more money than costs"]
