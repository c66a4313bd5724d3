"""The page of the file format names what a file holds: somebody writes readers and writers by it alone."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.domain.draft import Draft, Snapshot
from hakemus.domain.fields import Kind
from hakemus.domain.paths import row_class
from hakemus.usecases import drafts

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text("utf-8")


def _names(tree: Any) -> Iterator[str]:
    for name, info in tree.model_fields.items():
        yield name
        kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), Kind.TEXT)
        if name != "application" and kind is Kind.PART:
            yield from _names(info.annotation)
        elif kind is Kind.ROWS:
            yield from _names(row_class(tree, name))


def test_every_field_beside_those_of_the_schema_is_named() -> None:
    named = {*_names(Draft), *_names(Snapshot)}
    assert {"granted", "training_events", "unplaced", "passage", "taken_at"} <= named
    assert {name for name in named if f"`{name}`" not in PAGE and f"`{name}[]`" not in PAGE} == set()


ROWS: dict[str, Any] = {
    "terms": [{"at": "unit", "value": "1.00", "note": "n", "on": "2026-11-20"}],
    "acknowledged": [{"rule": "balance", "paths": ["funding"], "reason": "r", "by": "X", "on": "2026-01-01",
                      "seen": "0" * 64}],
    "comments": [{"id": "k1", "path": "project.title", "text": "t", "by": "X", "on": "2026", "done": False}],
    "secrets": [{"id": "q1", "path": "project.title", "passage": "a", "ground": "24.1.20", "on": "2026-01-01"}],
    "decision": {"granted": "-1.00", "percent": "80", "base": "b", "decided_on": "2019-01-02", "text": "ok"},
    "report": {"realised": {"costs": "1.00"}, "lines": [{"id": "r1", "category": "c", "amount": "0.10"}],
               "statistics": {"training_events": 1}, "indicators": {"i1": "5"}, "follow_up": "f"},
    "submission": {"register_number": "1", "submitted_on": "2018-11-30", "receipt": "a1"},
    "sources": [{"id": "s1", "kind": "register", "title": "t", "text": "x", "unplaced": ["a"]}],
    "snapshots": [{"id": "n1", "label": "l", "kind": "named", "taken_at": "2018-11-30T12:00:00+02:00", "revision": 1}],
}  # fmt: skip


def _written_by_the_page(document: dict[str, Any]) -> bytes:
    """A file as the page's section on the frame says it, with the standard library alone."""
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False).encode()
    file, directory = io.BytesIO(), b""
    for name, data in ((b"mimetype", b"application/vnd.hakemus+zip"), (b"document.json", text)):
        common = struct.pack("<5H3L2H", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0)
        tail = struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, file.tell())
        directory += b"PK\x01\x02" + struct.pack("<H", 0x0314) + common + tail + name
        file.write(b"PK\x03\x04" + common + name + data)
    at = file.tell()
    return file.getvalue() + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), at, 0)


@pytest.mark.parametrize("rows", [{}, ROWS])
def test_what_is_written_by_the_page_alone_opens_and_is_written_again_as_it_was(
    tmp_path: Path, rows: dict[str, Any]
) -> None:
    least = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "d1", "call": {"id": "c"}}
    (tmp_path / "a.hakemus").write_bytes(_written_by_the_page({**least, **rows}))
    stored = DraftFiles().load(str(tmp_path / "a.hakemus"))
    document, notes = drafts.from_plain(stored.plain, lambda below: 0)
    assert notes == ()
    plain = drafts.to_plain(document)
    assert {key: plain[key] for key in rows} == rows
    DraftFiles().save(str(tmp_path / "b.hakemus"), plain, {}, {}, None)
    assert (tmp_path / "b.hakemus").read_bytes() == _written_by_the_page(plain)
