"""A paper taken apart becomes a draft: under which call, and what goes where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hakemus.domain.draft import Document
from hakemus.domain.messages import msg
from hakemus.usecases import drafts
from hakemus.usecases.errors import Problem, UserError
from hakemus.usecases.imported import ImportedRecord
from hakemus.usecases.ports import CallLibrary, Chance

REGISTER_CALLS = "avi-kirjastot-"
"""The register's own calls; the year in a call's id is the year in which its window opens."""


def call_for(record: ImportedRecord, calls: CallLibrary) -> str:
    """The call of a record: the register's call whose window opened the year before the record's year.

    `UserError` names the known calls where none fits.
    """
    preferred = [name for name in calls.ids() if name == f"{REGISTER_CALLS}{record.call_year}"]
    if not record.record_year:
        known = ", ".join(calls.ids())
        raise UserError(
            msg("The page does not say which year it is of. Name a call with --call: {known}.", known=known)
        )
    if not preferred:
        raise UserError(
            msg(
                "No call is known whose window opened in the year before {year}. Name one with --call: {known}.",
                year=str(record.record_year),
                known=", ".join(calls.ids()),
            )
        )
    return preferred[0]


def document_of(
    record: ImportedRecord, definition: Mapping[str, Any], chance: Chance
) -> tuple[Document, tuple[Problem, ...]]:
    """The draft of a record under a call, with notes on what had to be cleaned."""
    plain = {
        "format": {"name": drafts.FORMAT_NAME, "major": drafts.FORMAT_MAJOR, "minor": drafts.FORMAT_MINOR},
        "id": chance.document_id(),
        "revision": 0,
        "language": record.language,
        "call": {"id": definition["id"], "edition": definition["edition"], "definition": dict(definition)},
        "application": record.application,
        "decision": record.decision or None,
        "report": record.report or None,
        "sources": [record.source],
    }
    return drafts.from_plain(plain, chance.draw)


def placed_lines(record: ImportedRecord) -> Sequence[tuple[str, str, str]]:
    """What was placed: label, address, text."""
    return [(item.label, item.path, item.text) for item in record.placed]
