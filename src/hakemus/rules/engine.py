"""Judges a draft under a call: a pure function of draft, call and day. Makes no text and knows no rule by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft
from hakemus.domain.findings import Finding
from hakemus.domain.steps import step_rank
from hakemus.rules.facts import Facts, gather
from hakemus.rules.kinds import Case
from hakemus.rules.registry import prepared


def evaluate(draft: Draft, call: Call, today: datetime.date, facts: Facts | None = None) -> tuple[Finding, ...]:
    """All findings, ordered by severity, step and address. A rule that is kept gives none.

    `call` has the user's own terms applied already; `facts` may be given where they are at hand.
    """
    known = facts or gather(draft.application, call)
    found: list[Finding] = []
    for item in prepared(call):
        found += item.kind.check(Case(draft, call, known, today, item.rule, item.kind, item.parameters))
    return ordered(found, call)


def ordered(findings: Iterable[Finding], call: Call) -> tuple[Finding, ...]:
    """Findings by severity, step and address; rules of one address stay in the call's order."""
    return tuple(
        sorted(
            findings,
            key=lambda finding: (finding.severity.rank, step_rank(call.step_of(finding.paths[0])), finding.paths[0]),
        )
    )
