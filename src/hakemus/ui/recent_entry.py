"""What the start page will say of a draft, taken down when it is saved."""

from __future__ import annotations

import datetime

from hakemus.domain.findings import Severity
from hakemus.domain.steps import STEPS
from hakemus.ui.desk import Desk
from hakemus.usecases.start_cards import RecentDraft
from hakemus.usecases.wizard import done_count, states

MOST_FOUND = 2
MOST_LETTERS = 200


def recent_entry(desk: Desk, path: str, now: datetime.datetime, at: str = "") -> RecentDraft:
    """The entry of a draft that has just been saved; `at` is the field or step that is open."""
    check, call = desk.session.check, desk.call
    found = states(check)
    return RecentDraft(
        path=path,
        title=desk.session.value("project.title") or "",
        library=desk.session.value("applicant.library") or desk.session.value("applicant.organisation") or "",
        call_title=dict(call.short_title or call.title),
        closes=call.window.closes,
        zone=call.window.zone,
        steps_done=done_count(found),
        steps=len(STEPS),
        errors=sum(item.severity is Severity.ERROR for item in check.findings),
        saved_at=now.isoformat(timespec="seconds"),
        states=tuple(item.state.value for item in found),
        warnings=sum(item.severity is Severity.WARNING for item in check.open_findings),
        missing=sum(item.missing for item in found),
        at=at,
        found=_heaviest(desk),
        found_in=desk.words.language,
    )


def _heaviest(desk: Desk) -> tuple[str, ...]:
    """The first findings in words; blanks are told by their number, and notes can wait."""
    heavy = [
        item
        for item in desk.session.check.open_findings
        if item.severity is not Severity.NOTE and item.kind != "required"
    ]
    said = (desk.say(item.message) for item in heavy[:MOST_FOUND])
    return tuple(words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…" for words in said)
