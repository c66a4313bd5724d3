"""The same application under another call: what comes of it there, and a copy for it. Nothing is deleted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from hakemus.domain.draft import CallReference, Document, Draft
from hakemus.domain.findings import Severity, TraceLine
from hakemus.domain.frozen import freeze
from hakemus.domain.messages import Message, Shown, msg, nmsg
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check
from hakemus.usecases.files import OpenFile, listed_members


def under_call(draft: Draft, definition: Mapping[str, Any]) -> Draft:
    """An application with its waiting texts under another call.

    The old call's own terms, marks and decision stay behind: they speak of another funder.
    """
    reference = CallReference(id=definition["id"], edition=definition["edition"], definition=freeze(definition))
    return Draft(call=reference, language=draft.language, application=draft.application, pending=draft.pending)


def tried(judged: Check, definition: Mapping[str, Any], today: datetime.date) -> Check:
    """The judgement of the same application under another call."""
    draft = under_call(judged.draft, definition)
    return check(draft, call_of(draft), today)


def copy_for(opened: OpenFile, definition: Mapping[str, Any], document_id: str) -> OpenFile:
    """A new application with its own identity under another call. Its attachments come along; the file stays."""
    document = Document(id=document_id, draft=under_call(opened.document.draft, definition))
    listed = listed_members(document)
    return OpenFile(document, attachments={name: data for name, data in opened.attachments.items() if name in listed})


def sums(there: Check) -> tuple[TraceLine, ...]:
    """What the application comes to under a call."""
    totals = there.totals
    lines = [TraceLine(msg("Costs"), totals.costs), TraceLine(msg("Base of the percentage"), totals.base)]
    if totals.share_percent is not None:
        lines.append(TraceLine(msg("Share of the grant"), Shown(totals.share_percent)))
    if totals.cap is not None:
        lines.append(TraceLine(msg("Highest grant under the rules of the call"), totals.cap))
    if totals.over_cap:
        lines.append(TraceLine(msg("Above the highest grant"), totals.over_cap))
    return tuple(lines)


def stays_behind(judged: Check, there: Check) -> tuple[Message, ...]:
    """What does not fit the other call and is kept all the same, and how many errors wait there."""
    said = []
    rows = sum(
        len(item.paths)
        for item in there.findings
        if item.kind == "category" and item.message.key.startswith("A cost has a category that")
    )
    if rows:
        said.append(
            nmsg(
                "{count} cost has a type that the other call does not know: it stays, choose it another.",
                "{count} costs have a type that the other call does not know: they stay, choose them another.",
                rows,
            )
        )
    asked = {question.id for question in there.call.questions}
    answers = sum(
        1
        for key, text in judged.draft.application.answers.items()
        if text.strip() and key not in asked and not key.startswith("eligibility.")
    )
    if answers:
        said.append(
            nmsg(
                "{count} answer is to a question that the other call does not ask: it stays.",
                "{count} answers are to questions that the other call does not ask: they stay.",
                answers,
            )
        )
    if judged.call.currency != there.call.currency:
        words = msg(
            "The other call counts in {currency}: sums stay as they are, nothing is converted.",
            currency=there.call.currency,
        )
        said.append(words)
    errors = sum(item.severity is Severity.ERROR for item in there.findings)
    said.append(nmsg("{count} error there", "{count} errors there", errors))
    return tuple(said)
