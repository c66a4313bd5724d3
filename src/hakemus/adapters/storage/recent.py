"""The drafts that were open lately, as the start page shows them: one small JSON file, read before the first paint.

Loads nothing heavy, and a damaged list is an empty one: the drafts themselves are elsewhere.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from hakemus.adapters.storage import small_json
from hakemus.usecases.errors import NotWritten
from hakemus.usecases.start_cards import RecentDraft

KEPT = 30


class RecentDrafts:
    """The list at `path`, the latest first; a draft stands in it once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[RecentDraft]:
        """The drafts; whatever cannot be understood is left out."""
        rows = small_json.read(self._path)
        found = [_entry(row) for row in rows] if isinstance(rows, list) else []
        return [entry for entry in found if entry is not None][:KEPT]

    def note(self, entry: RecentDraft) -> None:
        """Put a draft at the top. A list that cannot be written is no reason to trouble anybody."""
        with contextlib.suppress(NotWritten):
            self._write([entry, *self._without(entry.path)][:KEPT])

    def forget(self, path: str) -> None:
        """Take a draft off the list. Raises `NotWritten`."""
        self._write(self._without(path))

    def forget_all(self) -> None:
        """Empty the list. Raises `NotWritten`."""
        self._write([])

    def _without(self, path: str) -> list[RecentDraft]:
        same = os.path.normcase(path)
        return [entry for entry in self.entries() if os.path.normcase(entry.path) != same]

    def _write(self, entries: list[RecentDraft]) -> None:
        small_json.write(self._path, [asdict(entry) for entry in entries])


_MOST_STATES = 20
_MOST_FOUND = 10
_STATES = ("empty", "half", "done", "warning", "error")
_TEXTS = ("path", "title", "library", "zone", "saved_at")
_NUMBERS = ("steps_done", "steps", "errors")
_NAMES = {field.name for field in fields(RecentDraft)}


def _entry(row: Any) -> RecentDraft | None:
    if not isinstance(row, dict):
        return None
    known = {name: value for name, value in row.items() if name in _NAMES}
    titles, closes = known.get("call_title"), known.get("closes")
    sound = (
        all(isinstance(known.get(name), str) for name in _TEXTS)
        and all(type(known.get(name)) is int for name in _NUMBERS)
        and isinstance(titles, dict)
        and all(isinstance(text, str) for text in titles.values())
        and (closes is None or isinstance(closes, str))
    )
    if not sound:
        return None
    states, found = known.pop("states", None), known.pop("found", None)
    for name, kind in (("warnings", int), ("missing", int), ("at", str), ("found_in", str)):
        if type(known.get(name)) is not kind:
            known.pop(name, None)
    if isinstance(states, list) and len(states) <= _MOST_STATES and all(state in _STATES for state in states):
        known["states"] = tuple(states)
    if isinstance(found, list) and len(found) <= _MOST_FOUND and all(isinstance(words, str) for words in found):
        known["found"] = tuple(found)
    return RecentDraft(**{"closes": None, **known})
