"""Judging a draft: totals at once, findings when asked for, and the exact form that the command line prints."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hakemus.domain.call import Call
from hakemus.domain.draft import Acknowledgement, Draft
from hakemus.domain.figures import Figures, Totals
from hakemus.domain.findings import Finding, Severity
from hakemus.rules.engine import evaluate
from hakemus.rules.facts import Facts, gather
from hakemus.usecases import rendering

if TYPE_CHECKING:
    from hakemus.i18n.catalog import Catalog
    from hakemus.usecases.session import Pending


class Check:
    """One judgement of one draft on one day. Facts are one pass over the rows; findings come when first asked for."""

    def __init__(self, draft: Draft, call: Call, today: datetime.date) -> None:
        self.draft, self.call, self.today = draft, call, today

    @cached_property
    def facts(self) -> Facts:
        return gather(self.draft.application, self.call)

    @property
    def figures(self) -> Figures:
        return self.facts.figures

    @property
    def totals(self) -> Totals:
        return self.facts.totals

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return evaluate(self.draft, self.call, self.today, self.facts)

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that are not marked as read."""
        return tuple(finding for finding in self.findings if self.acknowledgement(finding) is None)

    def acknowledgement(self, finding: Finding) -> Acknowledgement | None:
        """The mark as read that still speaks of this finding; errors cannot be marked."""
        if finding.severity is Severity.ERROR:
            return None
        return next(
            (
                item
                for item in self.draft.acknowledged
                if item.rule == finding.rule and item.paths == finding.paths and item.seen == finding.seen
            ),
            None,
        )

    @cached_property
    def ready(self) -> bool:
        """No error, nothing waiting to be read as a value, no term waiting to be checked."""
        return not self.draft.pending and not any(item.severity is Severity.ERROR for item in self.findings)


def check(draft: Draft, call: Call, today: datetime.date) -> Check:
    return Check(draft, call, today)


def totals_json(totals: Totals) -> dict[str, Any]:
    """The sums of a check as the command line prints them."""

    def text(value: object) -> str | None:
        return None if value is None else str(value)

    return {
        "costs": text(totals.costs),
        "costs_from": totals.costs_from,
        "excluded": text(totals.excluded),
        "income": text(totals.income),
        "other": text(totals.other),
        "other_confirmed": text(totals.other_confirmed),
        "own": text(totals.own),
        "own_not_counted": text(totals.own_not_counted),
        "grant": text(totals.grant),
        "base": text(totals.base),
        "base_kind": totals.base_kind,
        "share_percent": totals.share_percent,
        "cap": text(totals.cap),
        "over_cap": text(totals.over_cap),
        "gap": text(totals.gap),
    }


def finding_json(
    finding: Finding, catalog: Catalog, call: Call, acknowledged: Acknowledgement | None
) -> dict[str, Any]:
    """One finding as the command line prints it."""
    plain: dict[str, Any] = {
        "rule": finding.rule,
        "kind": finding.kind,
        "severity": finding.severity.value,
        "paths": list(finding.paths),
        "message": rendering.message(finding.message, catalog, call),
        "values": dict(finding.values),
        "trace": [rendering.trace_line(line, catalog, call) for line in finding.trace],
        "exits": [
            {
                "id": way.id,
                "label": rendering.message(way.label, catalog, call),
                "changes": dict(way.changes),
                **({"needs": dict(way.needs)} if way.needs else {}),
            }
            for way in finding.exits
        ],
        "reference": rendering.reference_json(finding.reference),
    }
    if finding.terms:
        plain["terms"] = list(finding.terms)
    if acknowledged is not None:
        plain["acknowledged"] = acknowledged.stored()
    return plain


def check_json(judged: Check, catalog: Catalog, pending: Iterable[Pending], head: Mapping[str, Any]) -> dict[str, Any]:
    """The whole judgement of one draft, with `head` (file, line) in front."""
    return {
        **head,
        "call": judged.draft.call.id,
        "edition": judged.draft.call.edition,
        "ready": judged.ready,
        "pending": [
            {"path": item.path, "text": item.text, "reason": rendering.message(item.reason, catalog, judged.call)}
            for item in pending
        ],
        "totals": totals_json(judged.totals),
        "findings": [
            finding_json(finding, catalog, judged.call, judged.acknowledgement(finding)) for finding in judged.findings
        ],
    }
