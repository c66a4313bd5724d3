"""Kept states in the file: what stood, under a name or with its paper, for good."""

from __future__ import annotations

import pytest

from fakes.ports import Chance, Clock, definition
from hakemus.adapters.storage import json_form
from hakemus.domain.draft import Document
from hakemus.usecases import drafts, snapshots
from hakemus.usecases.errors import UserError
from hakemus.usecases.files import OpenFile


def parse(data: bytes) -> Document:
    return drafts.from_plain(json_form.parse(data), Chance().draw)[0]


def keep(opened: OpenFile, label: str = "A", pdf: bytes = b"") -> OpenFile:
    data = json_form.dump(drafts.to_plain(opened.document))
    file, kept = snapshots.taken(opened, opened.document, data, label, Clock().now(), Chance().draw, pdf)
    return OpenFile(kept, attachments=file.attachments)


def new() -> OpenFile:
    return OpenFile(drafts.new_document(definition(), "x"))


def test_a_named_state_gives_its_document_again() -> None:
    first = new()
    opened = keep(first)
    (kept,) = opened.document.snapshots
    assert (kept.kind, kept.label, kept.revision) == ("named", "A", 0)
    assert snapshots.document_of(opened, kept, parse) == first.document
    assert snapshots.paper_of(opened, kept) is None
    assert snapshots.moment_of(kept) == Clock().now()
    assert snapshots.last_submitted(opened.document) is None


def test_a_submitted_state_keeps_its_paper_and_the_last_one_counts() -> None:
    opened = keep(keep(keep(new(), "", b"%PDF 1"), "B"), "C", b"%PDF 2")
    first, _, last = opened.document.snapshots
    assert len({item.id for item in opened.document.snapshots}) == 3
    assert first.label is None
    assert snapshots.last_submitted(opened.document) == last
    assert snapshots.paper_of(opened, first) == b"%PDF 1"
    assert snapshots.paper_of(opened, last) == b"%PDF 2"


def test_a_state_whose_member_is_gone_says_so() -> None:
    opened = keep(new())
    (kept,) = opened.document.snapshots
    with pytest.raises(UserError):
        snapshots.document_of(new(), kept, parse)
    assert snapshots.moment_of(kept.model_copy(update={"taken_at": "once"})) is None


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "0001-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-12:00"]
)
def test_a_moment_that_no_calendar_can_show_is_none(text: str | None) -> None:
    (kept,) = keep(new()).document.snapshots
    assert snapshots.moment_of(kept.model_copy(update={"taken_at": text})) is None
