"""The matrix of goals, activities and costs, and what hangs on nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from fakes.ports import catalog, document
from hakemus.domain.application import Goal
from hakemus.domain.money import Money
from hakemus.usecases import rendering
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.links import Matrix, linked, matrix

DATA: dict[str, Any] = {
    "goals": [{"id": "g1", "text": "Uusia\nlukijoita"}, {"id": "g2", "text": "Avoin talo"}],
    "activities": [
        {"id": "a1", "title": "Kiertue", "goals": ["g1", "gone"], "starts_on": "2018-05-01", "ends_on": "2018-05-10"},
        {"id": "a2", "title": "Kurssi", "goals": ["gone"], "starts_on": "2018-05-10", "ends_on": "2018-05-01"},
        {"id": "a3", "title": "Avajaiset", "goals": ["g1"], "milestone": True, "starts_on": "2018-05-01"},
    ],
    "budget": {
        "lines": [
            {"id": "l1", "category": "services", "description": "Auto", "amount": "100.00", "activity": "a1"},
            {"id": "l2", "category": "services", "description": "Muu", "amount": "7.50", "activity": "nowhere"},
            {"id": "l3", "category": "services", "description": "Kesken"},
        ],
        "people": [{"id": "p1", "title": "Ohjaaja", "months": "1", "monthly_pay": "10.00", "activity": "a1"}],
    },
}


def made(data: dict[str, Any]) -> Matrix:
    draft = document(data).draft
    return matrix(check(draft, call_of(draft), datetime.date(2018, 11, 15)))


def test_rows_say_goals_costs_and_days() -> None:
    found = made(DATA)
    assert [(goal.number, goal.text) for goal in found.goals] == [(1, "Uusia lukijoita"), (2, "Avoin talo")]
    assert [(row.title, sorted(row.goals), row.cost, row.days) for row in found.rows] == [
        ("Kiertue", ["g1", "gone"], Money.parse("110.00"), 10),
        ("Kurssi", ["gone"], None, None),
        ("Avajaiset", ["g1"], None, None),
    ]
    assert found.without_activity == Money.parse("7.50")


def test_what_hangs_loose_is_named_where_it_is() -> None:
    found = [(item.path, item.name, rendering.message(item.message, catalog())) for item in made(DATA).orphans]
    assert found == [
        ("goals[g2]", "Avoin talo", "No activity serves this goal."),
        ("activities[a2].goals", "Kurssi", "This activity serves no goal."),
        ("activities[a2]", "Kurssi", "This activity has no money."),
        ("budget.lines[l2].activity", "Muu", "This cost belongs to no activity."),
    ]


def test_an_empty_draft_has_an_empty_matrix() -> None:
    assert made({}) == Matrix((), (), (), Money(0))


@pytest.mark.parametrize(
    ("chosen", "goal", "on", "after"),
    [
        ((), "b", True, ("b",)),
        (("b",), "a", True, ("a", "b")),
        (("a", "b"), "a", False, ("b",)),
        (("b",), "b", True, ("b",)),
        (("gone", "b"), "a", True, ("a", "b", "gone")),
        (("a",), "b", False, ("a",)),
    ],
)
def test_a_tick_keeps_the_order_of_the_goals(
    chosen: tuple[str, ...], goal: str, on: bool, after: tuple[str, ...]
) -> None:
    assert linked((Goal(id="a"), Goal(id="b")), chosen, goal, on=on) == after
