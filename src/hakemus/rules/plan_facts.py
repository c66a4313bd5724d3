"""What rules of goals, activities, partners, attachments and texts need to know, gathered from the plan's tables."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hakemus.domain.application import Application, Goal, Indicator, Line, Person
from hakemus.domain.draft import any_value
from hakemus.domain.fields import word
from hakemus.rules.cost_facts import CostRows, at_row
from hakemus.rules.faults import Fault, Faults
from hakemus.rules.foreign_names import foreign_names

LONG_PARAGRAPH = 80
"""Characters from which a paragraph that stands twice is no chance."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Faults of the plan, by what is wrong."""

    goals_without_indicator: Faults = ()
    without_baseline: Faults = ()
    without_number: Faults = ()
    measured_late: Faults = ()
    only_done: Faults = ()
    """Goals and indicators in the very words of an activity: they say what is done, not what comes of it."""
    reversed_dates: Faults = ()
    attachment_kinds: frozenset[str] = frozenset()
    """Kinds of the attachments that stand as attached or sent elsewhere."""
    partners: int = 0
    partners_with_letter: int = 0
    uncommitted: Faults = ()
    activities_without_goal: Faults = ()
    goals_without_activity: Faults = ()
    costs_without_activity: Faults = ()
    activities_without_cost: Faults = ()
    dangling: Faults = ()
    """References to rows that do not exist."""
    texts: Faults = ()
    """Every prose text that is filled."""
    repeated: Faults = ()
    foreign: Faults = ()
    """Texts with the name of another institution like the applicant."""


def plan_of(application: Application, rows: CostRows) -> PlanFacts:
    """What the tables beside budget and funding say; `rows` is the pass over the cost rows."""
    activity_ids = {row.id for row in application.activities}
    linked_goals = {goal for row in application.activities for goal in row.goals}
    texts = tuple(_texts(application))
    letters = {row.id for row in application.attachments if word(row.state) != "later"}
    indicators = [(goal.id, row) for goal in application.goals for row in goal.indicators if any_value(row.name)]
    return PlanFacts(
        goals_without_indicator=tuple(
            Fault(f"goals[{goal.id}].indicators") for goal in application.goals if _lacks_indicator(goal)
        ),
        without_baseline=tuple(_at(goal, row, "baseline") for goal, row in indicators if not any_value(row.baseline)),
        without_number=tuple(
            _at(goal, row, "target") for goal, row in indicators if not _DIGIT.search(row.target or "")
        ),
        measured_late=tuple(_measured_late(indicators, application.project.ends_on)),
        only_done=tuple(_only_done(application, indicators)),
        reversed_dates=(*_reversed(application), *rows.reversed_dates),
        attachment_kinds=frozenset(row.kind for row in application.attachments if row.kind and row.id in letters),
        partners=len(application.partners),
        partners_with_letter=sum(row.attachment in letters for row in application.partners if row.attachment),
        uncommitted=tuple(
            Fault(f"partners[{row.id}].commitment", stated)
            for row in application.partners
            if (stated := word(row.commitment)) in ("planned", "asked")
        ),
        activities_without_goal=tuple(
            Fault(f"activities[{row.id}].goals") for row in application.activities if linked_goals and not row.goals
        ),
        goals_without_activity=tuple(
            Fault(f"goals[{row.id}]") for row in application.goals if linked_goals and row.id not in linked_goals
        ),
        costs_without_activity=tuple(
            Fault(f"{at_row(row)}.activity") for row in (rows.without_activity if rows.activities else ())
        ),
        activities_without_cost=tuple(
            Fault(f"activities[{row.id}]")
            for row in application.activities
            if rows.activities and not row.milestone and row.id not in rows.activities
        ),
        dangling=(*_dangling(application), *rows.unknown_payers, *_unknown_activities(application, rows, activity_ids)),
        texts=texts,
        repeated=tuple(_repeated(texts)),
        foreign=tuple(foreign_names(application.applicant.library, _taking_part(application), texts)),
    )


def _at(goal: str, row: Indicator, name: str) -> Fault:
    return Fault(f"goals[{goal}].indicators[{row.id}].{name}", str(getattr(row, name) or ""))


def _lacks_indicator(goal: Goal) -> bool:
    return not any(any_value(row.name) for row in goal.indicators)


def _measured_late(indicators: list[tuple[str, Indicator]], ends_on: datetime.date | None) -> Iterator[Fault]:
    for goal, row in indicators:
        if ends_on is not None and row.measured_on is not None and row.measured_on > ends_on:
            yield _at(goal, row, "measured_on")


def _only_done(application: Application, indicators: list[tuple[str, Indicator]]) -> Iterator[Fault]:
    done = {_plain(row.title) for row in application.activities} - {""}
    if not done:
        return
    yield from (Fault(f"goals[{row.id}].text", row.text or "") for row in application.goals if _plain(row.text) in done)
    yield from (_at(goal, row, "name") for goal, row in indicators if _plain(row.name) in done)


def _plain(text: str | None) -> str:
    """Words alone: letter case, spaces and the last full stop aside."""
    return " ".join((text or "").split()).rstrip(".").casefold()


def _reversed(application: Application) -> Iterator[Fault]:
    project = application.project
    spans = [("project", project.starts_on, project.ends_on)]
    spans += [(f"activities[{row.id}]", row.starts_on, row.ends_on) for row in application.activities]
    for at, starts_on, ends_on in spans:
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            yield Fault(f"{at}.ends_on", ends_on.isoformat())
            yield Fault(f"{at}.starts_on", starts_on.isoformat())


def _dangling(application: Application) -> Iterator[Fault]:
    goals = {row.id for row in application.goals}
    partners = {row.id for row in application.partners}
    attachments = {row.id for row in application.attachments}
    for activity in application.activities:
        if any(goal not in goals for goal in activity.goals):
            yield Fault(f"activities[{activity.id}].goals", ", ".join(activity.goals))
    for partner in application.partners:
        if partner.attachment and partner.attachment not in attachments:
            yield Fault(f"partners[{partner.id}].attachment", partner.attachment)
    for table, rows in (("own", application.funding.own), ("other", application.funding.other)):
        for row in rows:
            if row.partner and row.partner not in partners:
                yield Fault(f"funding.{table}[{row.id}].partner", row.partner)


def _unknown_activities(application: Application, rows: CostRows, known: set[str]) -> Iterator[Fault]:
    if rows.activities <= known:
        return
    both: tuple[Line | Person, ...] = (*application.budget.lines, *application.budget.people)
    for row in both:
        if row.activity and row.activity not in known:
            yield Fault(f"{at_row(row)}.activity", row.activity)


_PROSE = (
    "title",
    "summary",
    "need",
    "description",
    "earlier_projects",
    "evaluation",
    "dissemination",
    "continuation",
    "cooperation",
)


def _texts(application: Application) -> Iterator[Fault]:
    found: list[tuple[str, str | None]] = [(f"project.{name}", getattr(application.project, name)) for name in _PROSE]
    found += [(f"goals[{row.id}].text", row.text) for row in application.goals]
    for row in application.activities:
        at = f"activities[{row.id}]"
        found += [(f"{at}.title", row.title), (f"{at}.description", row.description), (f"{at}.result", row.result)]
    found += [(f"answers[{name}]", text) for name, text in application.answers.items()]
    return (Fault(path, text) for path, text in found if text and text.strip())


def _taking_part(application: Application) -> Iterator[str | None]:
    """Names of whoever takes part: applicant, partners, the team's organisations, other funders."""
    yield application.applicant.organisation
    yield from (row.name for row in application.partners)
    yield from (row.organisation for row in application.team)
    yield from (row.source for row in application.funding.other)


def _repeated(texts: Faults) -> Iterator[Fault]:
    """Fields with a long paragraph that stands in an earlier field, or earlier in the same."""
    seen: set[str] = set()
    for fault in texts:
        twice = False
        for paragraph in fault.value.split("\n"):
            words = " ".join(paragraph.split())
            if len(words) >= LONG_PARAGRAPH:
                twice = twice or words in seen
                seen.add(words)
        if twice:
            yield fault
