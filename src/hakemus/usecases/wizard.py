"""The steps of an application and their state, computed from draft and check; knows no window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft, any_value, draft_path
from hakemus.domain.findings import Finding, Severity
from hakemus.domain.messages import Message, msg, nmsg
from hakemus.domain.paths import get_value
from hakemus.domain.steps import STEPS, step_of
from hakemus.usecases.checking import Check

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "applicant": ("applicant.organisation", "applicant.library", "applicant.business_id", "applicant.contacts"),
    "project": ("project.title", "project.summary", "project.description", "project.need"),
    "goals": ("goals",),
    "partners": ("partners", "team", "project.cooperation", "project.joint"),
    "timeline": ("project.starts_on", "project.ends_on", "activities"),
    "budget": ("budget.lines", "budget.people"),
    "funding": ("funding.grant", "funding.own", "funding.other", "funding.income"),
    "attachments": ("attachments",),
    "submit": ("declarations", "submission.submitted_on"),
}
"""Fields that tell whether a step has been begun."""


class State(Enum):
    EMPTY = "empty"
    HALF = "half"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class StepState:
    """The state of a step in a word and in figures."""

    step: str
    state: State
    words: Message
    missing: int
    errors: int
    warnings: int


def states(check: Check) -> tuple[StepState, ...]:
    """The state of every step, in order."""
    by_step: dict[str, list[Finding]] = {step: [] for step in STEPS}
    for finding in check.open_findings:
        by_step[_step_of_finding(finding, check.call)].append(finding)
    waiting: dict[str, int] = {}
    for path in check.draft.pending:
        step = check.call.step_of(path)
        waiting[step] = waiting.get(step, 0) + 1
    return tuple(_state(step, by_step[step], waiting.get(step, 0), check) for step in STEPS)


def _step_of_finding(finding: Finding, call: Call) -> str:
    return call.step_of(finding.paths[0]) if finding.paths else "review"


def begun(draft: Draft, step: str, call: Call) -> bool:
    """Whether something of a step has been filled in."""
    if any(any_value(get_value(draft, draft_path(path))) for path in _FIELDS.get(step, ())):
        return True
    return any(
        call.step_of(f"answers[{key}]") == step and text.strip()
        for key, text in draft.application.answers.items()
        if call.question(key)
    )


def _state(step: str, findings: list[Finding], waiting: int, check: Check) -> StepState:
    if step == "review":
        return _review_state(check)
    missing = [item for item in findings if item.kind == "required"]
    errors = (
        sum(item.severity is Severity.ERROR for item in findings)
        - sum(item.severity is Severity.ERROR for item in missing)
        + waiting
    )
    warnings = sum(item.severity is Severity.WARNING for item in findings)
    started = begun(check.draft, step, check.call)
    if errors:
        state, words = State.ERROR, nmsg("{count} error", "{count} errors", errors)
    elif not started and step == "attachments" and not _attachments_needed(check):
        state, words = State.DONE, msg("None required")
    elif not started:
        state, words = State.EMPTY, msg("Not started")
    elif missing:
        state, words = State.HALF, nmsg("Under way, {count} missing", "Under way, {count} missing", len(missing))
    elif warnings:
        state, words = State.WARNING, nmsg("{count} warning", "{count} warnings", warnings)
    else:
        state, words = State.DONE, msg("Ready")
    return StepState(step, state, words, len(missing), errors, warnings)


def _attachments_needed(check: Check) -> bool:
    """Whether the call wants an attachment from this application."""
    joint = bool(check.draft.application.project.joint)
    wanted = ("always", "joint") if joint else ("always",)
    return any(item.mandatory and item.when in wanted for item in check.call.attachments)


def _review_state(check: Check) -> StepState:
    errors = sum(item.severity is Severity.ERROR for item in check.findings) + len(check.draft.pending)
    if check.ready:
        return StepState("review", State.DONE, msg("Ready to submit"), 0, 0, 0)
    return StepState("review", State.HALF, msg("Not yet ready"), 0, errors, 0)


def done_count(all_states: tuple[StepState, ...]) -> int:
    return sum(item.state in (State.DONE, State.WARNING) for item in all_states)


def where(path: str, call: Call) -> str:
    """The step to open for an address."""
    return call.step_of(path) if path else step_of("terms")
