"""Addresses that a call writes: those of rows mean the fields of every row, and what is no address means nothing."""

from __future__ import annotations

import pytest
from rule_calls import by_rule, judge, make_call

from hakemus.domain.application import Application
from hakemus.rules.addresses import expand, is_address

TREE = {
    "goals": [
        {"id": "g1", "text": "a", "indicators": [{"id": "i1", "name": "b"}, {"id": "i2", "name": "c"}]},
        {"id": "g2", "text": None},
    ],
    "activities": [{"id": "a1", "goals": ["g1"]}],
    "later": [{"id": "l1", "text": "of a newer program"}],
}


def meant(address: str) -> list[tuple[str, object]]:
    return [*expand(Application.model_validate(TREE), address)]


def test_a_field_of_every_row() -> None:
    assert meant("goals[].text") == [("goals[g1].text", "a"), ("goals[g2].text", None)]
    assert meant("goals[].indicators[].name") == [
        ("goals[g1].indicators[i1].name", "b"),
        ("goals[g1].indicators[i2].name", "c"),
    ]
    assert is_address("goals")
    assert not is_address("goals[]")
    assert not is_address("goals[].indicators[]")
    assert is_address("goals[].indicators[].name")


@pytest.mark.parametrize(
    "address",
    [
        "ent.json[]\ufffd\ufffdproject.title",
        "goals[]",
        "goals[].",
        "goals[].te xt",
        "goals[].indicators[]",
        "[].text",
        "project[].title",
        "project.title[].x",
        "activities[].goals[].text",
        "later[].text",
        "answers[a[b]]",
        " ",
    ],
)
def test_what_is_no_address_of_a_field_means_none(address: str) -> None:
    """A damaged file may hold a call whose addresses are anything; the draft in it is judged all the same."""
    assert meant(address) == []


def test_a_draft_is_judged_under_a_call_with_such_an_address() -> None:
    tree = {**TREE, "project": {"title": "Longer than that"}}
    addresses = ("ent.json[]\ufffdproject.title", "project.title")
    call = make_call(fields=[{"path": address, "limit": 5} for address in addresses])
    found = by_rule(judge(tree, call), "length")
    assert [finding.paths for finding in found] == [("project.title",)]
