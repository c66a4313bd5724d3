"""What a paper may carry inside, and the way back from a paper to a draft."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hakemus.domain.draft import Document
from hakemus.domain.findings import msg
from hakemus.domain.ids import Draw
from hakemus.report.model import Copy
from hakemus.usecases import drafts
from hakemus.usecases.errors import NotOurs, Problem

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
    return json.dumps(kept, sort_keys=True, indent=1, ensure_ascii=False).encode("utf-8", "replace")


def document_from_paper(
    carried: Mapping[str, Any], definition_of: Callable[[str], dict[str, Any]], draw: Draw
) -> tuple[Document, tuple[Problem, ...]]:
    """The draft that a paper was made from; its call's definition comes from this computer."""
    call = carried.get("call")
    if not isinstance(call, Mapping) or not isinstance(call.get("id"), str):
        raise NotOurs(msg("This paper was not made with this program."))
    definition = definition_of(call["id"])
    return drafts.from_plain({**carried, "call": {**call, "definition": definition}}, draw)
