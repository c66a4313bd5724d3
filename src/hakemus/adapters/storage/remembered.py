"""What this computer remembers of drafts, as one list that a person can look through and have forgotten.

Staff computers are shared: everything kept here beside the drafts themselves can be found and removed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from hakemus.adapters.storage.recent import RecentDrafts
from hakemus.adapters.storage.recovery import Recovery, RecoveryCopies
from hakemus.adapters.storage.state import Content
from hakemus.adapters.storage.sweeping import sweep
from hakemus.adapters.storage.versions import EarlierVersions, Version
from hakemus.usecases.errors import NotWritten

_FOLDERS = ("*", "versions/*", "content/*")
"""All that lie in the state folder, so far down as this program writes."""


@dataclass(frozen=True, slots=True)
class RememberedDraft:
    """All that is kept of one draft; `size` in bytes, without attachments, which several may share."""

    draft_id: str
    title: str
    path: Path | None
    latest: datetime
    size: int
    recoveries: tuple[Recovery, ...]
    versions: tuple[Version, ...]


class Remembered:
    """The state folder as a whole: its stores, and what to do with them together. `now` is the clock."""

    def __init__(self, root: Path, now: Callable[[], datetime]) -> None:
        self._root = root
        self._now = now
        self.content = Content(root / "content")
        self.recovery = RecoveryCopies(root / "recovery", self.content, now)
        self.versions = EarlierVersions(root / "versions", self.content, now)
        self.recent = RecentDrafts(root / "recent.json")

    def drafts(self) -> list[RememberedDraft]:
        """Every draft of which something is kept, the latest first."""
        recoveries, versions = self.recovery.entries(), self.versions.all()
        ids = dict.fromkeys([*(entry.draft_id for entry in recoveries), *(entry.draft_id for entry in versions)])
        found = [
            _draft(
                draft_id,
                tuple(entry for entry in recoveries if entry.draft_id == draft_id),
                tuple(entry for entry in versions if entry.draft_id == draft_id),
            )
            for draft_id in ids
        ]
        return sorted(found, key=lambda draft: draft.latest, reverse=True)

    def forget(self, draft: RememberedDraft) -> None:
        """Remove all that is kept of a draft, the entry among the recent ones included; its file stays.

        The copy of a window that is open is kept: it is written again in seconds anyway. Raises `OSError` or
        `NotWritten` for the first thing that could not be removed, when all the others are gone.
        """
        removals: list[Callable[[], None]] = [
            partial(self.recovery.forget, entry.slot) for entry in draft.recoveries if not entry.in_use
        ]
        removals += [partial(self.versions.forget, [version]) for version in draft.versions]
        places = [entry.path for entry in draft.recoveries] + [entry.path for entry in draft.versions]
        removals += [
            partial(self.recent.forget, path) for path in {str(place) for place in places if place is not None}
        ]
        left: list[OSError | NotWritten] = []
        for remove in removals:
            try:
                remove()
            except (OSError, NotWritten) as error:
                left.append(error)
        self.tidy()
        if left:
            raise left[0]

    def tidy(self) -> int:
        """Remove attachments that nothing refers to any more; tells how many. To be called when there is time.

        What processes that were killed had half written goes too: it holds whole drafts, and stands in no list. Where
        a record cannot be read no attachment is removed: it may refer to anything.
        """
        now = self._now().timestamp()
        self.recovery.sweep()
        for folder in (self._root, *chain.from_iterable(map(self._root.glob, _FOLDERS))):
            sweep(folder, now)
        try:
            return self.content.keep_only(self._wanted, now)
        except OSError:
            return 0

    def _wanted(self) -> set[str]:
        return self.recovery.references() | self.versions.references()


def _draft(draft_id: str, recoveries: tuple[Recovery, ...], versions: tuple[Version, ...]) -> RememberedDraft:
    moments = [(entry.written_at, entry.title, entry.path) for entry in recoveries]
    moments += [(entry.kept_at, entry.title, entry.path) for entry in versions]
    latest = max(moments, key=lambda moment: moment[0])
    return RememberedDraft(
        draft_id=draft_id,
        title=latest[1],
        path=latest[2],
        latest=latest[0],
        size=sum(entry.size for entry in recoveries) + sum(entry.size for entry in versions),
        recoveries=recoveries,
        versions=versions,
    )
