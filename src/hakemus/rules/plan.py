"""Whether goals, activities and costs hang together, indicators can be measured, and partners have promised."""

from __future__ import annotations

from collections.abc import Iterator

from hakemus.domain.findings import Finding
from hakemus.domain.messages import msg
from hakemus.rules.kinds import Case


def links(case: Case) -> Iterator[Finding]:
    """References to rows that are gone, and orphans: these only once the applicant has begun to link rows."""
    plan = case.facts.plan
    yield from case.of_faults(plan.dangling, msg("This refers to a row that does not exist."))
    yield from case.of_faults(plan.goals_without_activity, msg("No activity serves this goal."))
    yield from case.of_faults(plan.activities_without_goal, msg("This activity serves no goal."))
    yield from case.of_faults(plan.activities_without_cost, msg("This activity has no money."))
    yield from case.of_faults(plan.costs_without_activity, msg("This cost belongs to no activity."))


def indicator_quality(case: Case) -> Iterator[Finding]:
    """An indicator tells a change only with a number to begin with, a number to reach, and a day within the project."""
    plan = case.facts.plan
    yield from case.of_faults(plan.without_baseline, msg("The indicator has no baseline to compare with."))
    yield from case.of_faults(plan.without_number, msg("The target of the indicator has no number."))
    yield from case.of_faults(plan.only_done, msg("This names an activity, not what comes of it."))
    yield from case.of_faults(plan.measured_late, msg("The indicator is measured after the project has ended."))


def commitment(case: Case) -> Iterator[Finding]:
    yield from case.of_faults(case.facts.plan.uncommitted, msg("The partner has not promised to take part yet."))
