"""What opening does with bytes from anywhere, as one function that fuzzers share.

Whatever the bytes: they open, and then what was opened can be judged, saved and read back equal; or they are
refused by a `UserError`, and then what is rescued of them, if anything, can be saved as well. Nothing else.
"""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Mapping
from typing import Any

from hakemus.adapters.storage import container, json_form, limits, migrations, salvage
from hakemus.adapters.storage.failures import DamagedFile, NewerFile
from hakemus.domain.draft import Document
from hakemus.i18n.catalog import Catalog
from hakemus.usecases import calls, drafts, rescuing
from hakemus.usecases.checking import check, check_json
from hakemus.usecases.errors import UserError
from hakemus.usecases.session import pending_of

TODAY = datetime.date(2018, 11, 20)
MOST_SECONDS = 0.2
"""Of the processor, for refusing a broken file and rescuing what is left of it."""
MOST_BYTES = 200_000_000

_NAMES = {"fi": "Avustus", "sv": "Bidrag"}
CALL: dict[str, Any] = {
    "id": "test-call",
    "edition": "2018-10-29",
    "funder": "test",
    "funder_name": _NAMES,
    "title": _NAMES,
    "unit": "0.01",
    "categories": [{"id": "services", "label": _NAMES}, {"id": "personnel", "label": _NAMES}],
    "rules": [
        {"id": "grant-share", "kind": "grant-share", "severity": "error", "percent": 80},
        {"id": "deficit", "kind": "deficit", "severity": "error"},
        {"id": "balance", "kind": "balance", "severity": "error"},
    ],
}
"""The definition of a small call, so that a fuzzer spends its time on drafts."""


class _Chance:
    """Ids that are the same for the same bytes."""

    def __init__(self) -> None:
        self._random = random.Random(1)

    def draw(self, below: int) -> int:
        return self._random.randrange(below)

    def document_id(self) -> str:
        return f"new-{self._random.randrange(1 << 30)}"


def opened_or_refused(data: bytes) -> str:
    """`opened`, `refused` or `rescued`; any error but a `UserError`, and any broken promise, comes through."""
    try:
        parts = container.unpack(data)
        migrated = migrations.migrate(parts.document)
        newer = migrated.came_from > (limits.MAJOR, limits.MINOR)
        document, _ = drafts.from_plain(migrated.document, _Chance().draw, newer)
        _judged(document)
    except NewerFile:
        return "refused"
    except UserError as refused:
        _has_a_reason(refused)
    else:
        _saved_and_read_back(document, parts.attachments, parts.extra_members, newer=newer)
        return "opened"
    found = salvage.rescue(data)
    if found is None:
        return "refused"
    json_form.parse(json_form.dump(found.document))
    chance = _Chance()
    try:
        document, _ = rescuing.readable(found.document, lambda _: CALL, chance.document_id, chance.draw)
    except UserError:
        return "refused"
    _judged(document)
    _saved_and_read_back(document, found.attachments, {}, newer=False)
    return "rescued"


def told(data: bytes) -> set[tuple[str, ...]]:
    """What a person is told of a file: findings where it opens, else every fault with its place, rows left out."""
    try:
        document, notes = drafts.from_plain(
            migrations.migrate(container.unpack(data).document).document, _Chance().draw
        )
        judged = check(document.draft, calls.call_of(document.draft), TODAY)
    except UserError as refused:
        faults = {("fault", item.message.key, item.path.split("[")[0][:40]) for item in refused.problems}
        return {("refused", refused.message.key), *faults}
    found: set[tuple[str, ...]] = {("finding", item.rule, item.message.key) for item in judged.findings}
    return found | {("note", note.message.key) for note in notes}


def _has_a_reason(refused: UserError) -> None:
    assert str(refused), "no reason was given"
    assert not isinstance(refused, DamagedFile) or refused.reasons


def _judged(document: Document) -> None:
    """As `hakemus check` judges what it opened."""
    call = calls.call_of(document.draft)
    judged = check(document.draft, call, TODAY)
    check_json(judged, Catalog("en", {}), pending_of(document.draft, call.currency), {})


def _saved_and_read_back(
    document: Document, attachments: Mapping[str, bytes], extra_members: Mapping[str, bytes], *, newer: bool
) -> None:
    plain = drafts.to_plain(document)
    again = container.unpack(container.pack(json_form.dump(plain), attachments, extra_members))
    assert again.attachments == attachments
    assert again.extra_members == extra_members
    read, notes = drafts.from_plain(again.document, _Chance().draw, newer)
    assert not notes, "what was cleaned once is clean"
    assert _content(read) == _content(document), "a saved draft came back different"


def _content(document: Document) -> tuple[Any, ...]:
    """All of a document but which program wrote it last."""
    unknown = {key: value for key, value in document.unknown.items() if key != "format"}
    version = container.version_of(document.unknown)
    return document.id, document.revision, document.draft, document.snapshots, unknown, version


def seconds_of(data: bytes, enough: float = MOST_SECONDS) -> float:
    """Processor seconds for the whole of it: of up to three tries the best, for the machine has other work too."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        opened_or_refused(data)
        best = min(best, time.process_time() - started)
        if best < enough:
            break
    return best
