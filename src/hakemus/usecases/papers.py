"""What a paper may carry inside, and the way back from a paper to a draft."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from hakemus.domain.canonical_json import dump
from hakemus.domain.draft import Document
from hakemus.domain.ids import Draw
from hakemus.domain.messages import msg
from hakemus.domain.paths import with_value
from hakemus.report.model import Copy
from hakemus.usecases import drafts
from hakemus.usecases.attachment_faults import name_of
from hakemus.usecases.errors import NewerVersion, NotOurs, Problem

CARRYING = (Copy.DRAFT, Copy.SUBMISSION, Copy.APPLICANT, Copy.ARCHIVE)
"""Copies that hold the application: the applicant's own and the funder's. Others read the pages and get no more."""
_CARRIED = ("format", "id", "revision", "language", "terms", "application")


def inside(document: Document, copy: Copy) -> bytes:
    """The application, its call's name and the user's own terms; never comments, reasons, pending text or sources."""
    if copy not in CARRYING:
        return b""
    plain = drafts.to_plain(document)
    kept: dict[str, Any] = {key: plain[key] for key in _CARRIED}
    kept["call"] = {"id": document.draft.call.id, "edition": document.draft.call.edition}
    return dump(kept)


def without_files(document: Document, held: Collection[str]) -> tuple[Document, tuple[str, ...]]:
    """The document of which only the attachments in `held` (by SHA-256) are there: the rows of all others say that they
    follow later. With the names of those, for a file must not list what it does not hold.
    """
    rows, absent = [], []
    for row in document.draft.application.attachments:
        if row.sha256 is None or row.sha256 in held or row.state in ("later", "elsewhere"):
            rows.append(row)
            continue
        absent.append(name_of(row))
        kept = {key: value for key, value in row.stored().items() if key != "sha256"}
        rows.append(type(row)(**{**kept, "state": "later"}))
    if not absent:
        return document, ()
    draft = with_value(document.draft, "application.attachments", tuple(rows))
    return with_value(document, "draft", draft), tuple(absent)


def document_from_paper(
    carried: Mapping[str, Any], definition_of: Callable[[str], dict[str, Any]], draw: Draw
) -> tuple[Document, tuple[Problem, ...]]:
    """The draft that a paper was made from; its call's definition comes from this computer.

    Of what lies in the paper only that is taken which a paper carries: anybody can put a file into a PDF.
    """
    call = carried.get("call")
    if not isinstance(call, Mapping) or not isinstance(call.get("id"), str):
        raise NotOurs(msg("This paper was not made with this program."))
    form = carried.get("format")
    major = form.get("major") if isinstance(form, Mapping) else None
    if isinstance(major, int) and major > drafts.FORMAT_MAJOR:
        raise NewerVersion(
            msg("This paper was made with a newer version of the program. Update the program to open it.")
        )
    plain = {key: carried[key] for key in _CARRIED if key in carried}
    reference = {key: call[key] for key in ("id", "edition") if key in call}
    return drafts.from_plain({**plain, "call": {**reference, "definition": definition_of(call["id"])}}, draw)
