"""Kept states inside the file: a named version, and what was submitted with its very paper. Frozen once taken."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hakemus.domain.draft import Document, Snapshot
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import msg
from hakemus.i18n.parsing import EARLIEST, LATEST
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from hakemus.usecases.files import OpenFile

NAMED = "named"
SUBMITTED = "submitted"


def taken(
    opened: OpenFile,
    document: Document,
    data: bytes,
    label: str,
    moment: datetime.datetime,
    draw: Draw,
    pdf: bytes = b"",
) -> tuple[OpenFile, Document]:
    """The file and the document with one kept state more. `data` is the document as its file would hold it.

    With a `pdf` the state counts as submitted. Nothing is written: the file holds it with the next save.
    """
    members = {_digest(item): item for item in (data, pdf) if item}
    snapshot = Snapshot(
        id=new_id({item.id for item in document.snapshots}, draw),
        label=label or None,
        kind=SUBMITTED if pdf else NAMED,
        taken_at=moment.isoformat(timespec="seconds"),
        revision=document.revision,
        document=_digest(data),
        pdf=_digest(pdf) if pdf else None,
    )
    kept = Document(
        id=document.id,
        revision=document.revision,
        draft=document.draft,
        snapshots=(*document.snapshots, snapshot),
        unknown=document.unknown,
    )
    return replace(opened, attachments={**opened.attachments, **members}), kept


def document_of(opened: OpenFile, snapshot: Snapshot, parse: Callable[[bytes], Document]) -> Document:
    """The document of a kept state. Raises `UserError` where the file does not hold it."""
    data = opened.attachments.get(snapshot.document or "")
    if data is None:
        raise UserError(msg("This version is not in the file any more. Choose another version."))
    return parse(data)


def paper_of(opened: OpenFile, snapshot: Snapshot) -> bytes | None:
    """The PDF that was submitted, byte for byte; None where the state has none."""
    return opened.attachments.get(snapshot.pdf or "")


def last_submitted(document: Document) -> Snapshot | None:
    """The latest state that was marked as submitted."""
    return next((item for item in reversed(document.snapshots) if item.kind == SUBMITTED), None)


def moment_of(snapshot: Snapshot) -> datetime.datetime | None:
    """When a state was taken; None where the file does not say it readably, or says a year that no date may have."""
    try:
        moment = datetime.datetime.fromisoformat(snapshot.taken_at or "")
    except ValueError:
        return None
    return moment if EARLIEST < moment.year < LATEST else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
