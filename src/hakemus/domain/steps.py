"""The steps of an application in their order, and which step a field belongs to."""

from __future__ import annotations

STEPS = (
    "applicant",
    "project",
    "goals",
    "partners",
    "timeline",
    "budget",
    "funding",
    "attachments",
    "review",
    "submit",
)

_BY_PART = {
    "applicant": "applicant",
    "project": "project",
    "goals": "goals",
    "partners": "partners",
    "team": "partners",
    "activities": "timeline",
    "budget": "budget",
    "funding": "funding",
    "attachments": "attachments",
    "answers": "project",
    "declarations": "submit",
    "submission": "submit",
    "terms": "review",
    "decision": "review",
    "report": "review",
}
_OWN_STEP = {
    "project.starts_on": "timeline",
    "project.ends_on": "timeline",
    "project.cooperation": "partners",
    "project.joint": "partners",
    "project.cost_centre": "funding",
}


def step_of(path: str) -> str:
    """The step on which a path is edited. Answers may be placed elsewhere by the call (see `Call.step_of`)."""
    if path in _OWN_STEP:
        return _OWN_STEP[path]
    head = path.split(".", 1)[0].split("[", 1)[0]
    return _BY_PART.get(head, "review")


def step_rank(step: str) -> int:
    return STEPS.index(step) if step in STEPS else len(STEPS)
