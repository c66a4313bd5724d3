"""A term that would make a rule unreadable is not applied: the rule goes on with the call's own value."""

from __future__ import annotations

import datetime

import pytest

from hakemus.domain.draft import CallReference, Draft, Term
from hakemus.domain.frozen import freeze
from hakemus.usecases.calls import call_of, draft_with_terms, term_addresses, validated, with_terms
from hakemus.usecases.checking import check
from hakemus.usecases.errors import UserError

CALL = {
    "id": "a-call",
    "edition": "1",
    "funder": "f",
    "funder_name": {"fi": "R"},
    "title": {"fi": "H"},
    "rules": [{"id": "grant-share", "kind": "grant-share", "percent": "80"}],
}


@pytest.mark.parametrize(
    ("value", "percent", "overridden"),
    [("75", "75", ("rules.grant-share.percent",)), ("abc", "80", ()), ("0", "80", ()), ("100.5", "80", ())],
)
def test_only_a_readable_term_counts(value, percent, overridden):
    call = with_terms(CALL, [Term(at="rules.grant-share.percent", value=value)])
    assert call.rule("grant-share").parameters["percent"] == percent
    assert call.overridden == overridden


DRAFT = Draft(call=CallReference(id="a-call", definition=freeze(CALL)), terms=(Term(at="unit", value="1.00"),))


def test_values_of_rules_and_of_the_call_can_be_set_and_others_stay():
    changed = draft_with_terms(DRAFT, [("grant-share.percent", "75"), ("window.closes", "2026-11-30")])
    call = call_of(changed)
    assert (call.overridden, call.window.closes, str(call.unit)) == (
        ("unit", "rules.grant-share.percent", "window.closes"),
        "2026-11-30",
        "1.00",
    )
    assert call.rule("grant-share").parameters["percent"] == "75"


@pytest.mark.parametrize("name", ["grant-share.per_cent", "own-share.percent", "window.zone", "rules.x.y", "title.fi"])
def test_an_address_that_the_call_does_not_have_is_refused_with_those_that_it_has(name):
    with pytest.raises(UserError) as refused:
        draft_with_terms(DRAFT, [(name, "75")])
    assert refused.value.message.values["known"].startswith("grant-share.percent, grant-share.base, unit, window.opens")


@pytest.mark.parametrize(
    ("name", "value"),
    [("grant-share.percent", "75,5"), ("grant-share.percent", "0"), ("grant-share.base", "all"), ("unit", "euro"),
     ("window.closes", "30.11.2026"), ("report.due_months", "soon"), ("unit", "0.00"), ("unit", "-1.00"),
     ("grant.largest", "-0.01"), ("grant.smallest", "-1.00"), ("pay_cap.amount", "-1.00"),
     ("report.return_limit", "-1.00")],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_refused(name, value):
    with pytest.raises(UserError) as refused:
        draft_with_terms(DRAFT, [(name, value)])
    assert refused.value.message.values == {"value": value, "at": name}


@pytest.mark.parametrize(("value", "waits"), [("75", False), ("seventy", True), ("0", True)])
def test_a_term_that_cannot_be_applied_confirms_nothing(value, waits):
    asking = freeze(CALL | {"confirm": ["rules.grant-share.percent"]})
    term = Term(at="rules.grant-share.percent", value=value)
    draft = Draft(call=CallReference(id="a-call", definition=asking), terms=(term,))
    found = [item for item in check(draft, call_of(draft), datetime.date(2026, 11, 1)).findings if item.rule == "terms"]
    assert bool(found) is waits


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        ("rules.grant-share.percent", "75", False),
        ("rules.grant-share.percent", "seventy", True),
        ("rules.gone.percent", "75", True),
    ],
)
def test_a_value_of_ones_own_that_is_not_in_force_is_told(at, value, told):
    draft = Draft(call=CallReference(id="a-call", definition=freeze(CALL)), terms=(Term(at=at, value=value),))
    judged = check(draft, call_of(draft), datetime.date(2026, 11, 1))
    found = [item for item in judged.findings if item.rule == "unused-terms"]
    assert [(item.severity.value, item.paths) for item in found] == ([("warning", (f"terms[{at}]",))] if told else [])


def test_of_a_value_that_is_set_twice_the_last_one_holds_and_stands_once():
    call = call_of(draft_with_terms(DRAFT, [("grant-share.percent", "75"), ("grant-share.percent", "70")]))
    assert call.rule("grant-share").parameters["percent"] == "70"
    assert call.overridden == ("unit", "rules.grant-share.percent")


def test_nought_is_a_limit_like_any_other():
    call = call_of(draft_with_terms(DRAFT, [("grant.largest", "0.00"), ("pay_cap.amount", "0.00")]))
    assert (str(call.grant.largest), str(call.pay_cap.amount)) == ("0.00", "0.00")


def test_every_address_that_is_named_leads_to_a_value_of_the_call():
    call = validated(CALL)
    from hakemus.usecases.call_addresses import is_call_address

    assert all(is_call_address(call, at) for at in term_addresses(call))
