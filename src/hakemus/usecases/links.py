"""Goals, activities and money as one matrix: which activity serves which goal, what it costs, and what hangs loose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakemus.domain.application import Activity, Goal
from hakemus.domain.draft import any_value
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import ZERO, Money
from hakemus.usecases.checking import Check


@dataclass(frozen=True, slots=True)
class GoalColumn:
    """A goal: its id, its number as the goals stand, its text."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity: the goals it serves, what its rows count in the budget (None: no row), how many days it lasts."""

    id: str
    title: str
    goals: frozenset[str]
    cost: Money | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Orphan:
    """What hangs on nothing: where, which, and what is missing."""

    path: str
    name: str
    message: Message


@dataclass(frozen=True, slots=True)
class Matrix:
    goals: tuple[GoalColumn, ...]
    rows: tuple[ActivityRow, ...]
    orphans: tuple[Orphan, ...]
    without_activity: Money
    """What the cost rows that belong to no activity count together."""


def matrix(check: Check) -> Matrix:
    """The links of a draft as they stand."""
    application = check.draft.application
    goals = tuple(GoalColumn(row.id, at, _clean(row.text)) for at, row in enumerate(application.goals, 1))
    sums, loose, loose_rows = _costs(check)
    rows = tuple(
        ActivityRow(row.id, _clean(row.title), frozenset(row.goals), sums.get(row.id), _days(row))
        for row in application.activities
    )
    orphans = (*_goal_orphans(goals, rows), *_activity_orphans(check, goals, sums), *loose_rows)
    return Matrix(goals, rows, orphans, loose)


def linked(goals: Sequence[Goal], chosen: Sequence[str], goal: str, *, on: bool) -> tuple[str, ...]:
    """The goals of an activity after one tick, in the order in which the goals stand; unknown ids stay, last."""
    order = {row.id: at for at, row in enumerate(goals)}
    kept = [name for name in chosen if name != goal]
    if on:
        kept.append(goal)
    return tuple(sorted(kept, key=lambda name: order.get(name, len(order))))


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())


def _days(row: Activity) -> int | None:
    if row.starts_on is None or row.ends_on is None or row.ends_on < row.starts_on:
        return None
    return (row.ends_on - row.starts_on).days + 1


def _costs(check: Check) -> tuple[dict[str, Money], Money, tuple[Orphan, ...]]:
    """Counted sums by activity, the sum of rows without one, and those rows."""
    budget, figures = check.draft.application.budget, check.figures
    known = {row.id for row in check.draft.application.activities}
    sums: dict[str, Money] = {}
    loose = ZERO
    orphans = []
    rows = [("lines", line.id, line.activity, line.description, figures.lines) for line in budget.lines]
    rows += [("people", person.id, person.activity, person.title, figures.people) for person in budget.people]
    for table, name, activity, text, found in rows:
        row = found[name]
        if activity in known and activity is not None:
            sums[activity] = sums.get(activity, ZERO) + row.counted
        elif row.planned is not None:
            loose += row.counted
            path = f"budget.{table}[{name}].activity"
            orphans.append(Orphan(path, _clean(text), msg("This cost belongs to no activity.")))
    return sums, loose, tuple(orphans)


def _goal_orphans(goals: tuple[GoalColumn, ...], rows: tuple[ActivityRow, ...]) -> list[Orphan]:
    served = {goal for row in rows for goal in row.goals}
    return [
        Orphan(f"goals[{goal.id}]", goal.text, msg("No activity serves this goal."))
        for goal in goals
        if goal.id not in served
    ]


def _activity_orphans(check: Check, goals: tuple[GoalColumn, ...], sums: dict[str, Money]) -> list[Orphan]:
    known = {goal.id for goal in goals}
    found = []
    for row in check.draft.application.activities:
        at, name = f"activities[{row.id}]", _clean(row.title)
        if not known & set(row.goals):
            found.append(Orphan(f"{at}.goals", name, msg("This activity serves no goal.")))
        if row.id not in sums and not row.milestone and any_value(row.title):
            found.append(Orphan(at, name, msg("This activity has no money.")))
    return found
