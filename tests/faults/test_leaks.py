"""Opening, saving and closing again and again leaves no open file, thread, temporary file or memory behind."""

from __future__ import annotations

import gc
import os
import threading
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from fakes.ports import Chance, Clock, document
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.adapters.storage.lock import OpenLock
from hakemus.adapters.storage.remembered import Remembered
from hakemus.usecases.files import Files, OpenFile
from hakemus.usecases.session import Session

ROUNDS = 200 if os.environ.get("HAKEMUS_CAMPAIGN") else 40


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0


def _grown(once: Callable[[int], None], start: int) -> int:
    """By how many bytes the memory grows in all rounds: twice the half in which it grows less.

    What leaks leaks in both. A long list of somebody else's in this process that has to move because it grew counts
    as if all of it were new, but only once.
    """
    halves = []
    for first in (start, start + ROUNDS // 2):
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for number in range(first, first + ROUNDS // 2):
            once(number)
        gc.collect()
        halves.append(tracemalloc.get_traced_memory()[0] - before)
    return 2 * min(halves)


def _most_of_it() -> str:
    """The lines that made most of what is there."""
    return "\n".join(map(str, tracemalloc.take_snapshot().statistics("lineno")[:8]))


def test_nothing_is_left_behind(tmp_path: Path, figure: Callable[..., None]) -> None:
    def now() -> datetime:
        return datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    remembered = Remembered(tmp_path / "state", now)
    files = DraftFiles(remembered.versions)
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.hakemus"
    plain = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "x", "revision": 0, "text": "x" * 50_000}
    files.save(str(path), plain, {}, {}, None)

    def once(number: int) -> None:
        lock = OpenLock(path, now)
        lock.take("A")
        stored = files.load(str(path))
        files.save(str(path), {**stored.plain, "revision": number}, {}, {}, stored.seen)
        lock.release()

    for number in range(1, 25):
        once(number)
    gc.collect()
    handles, threads = _open_files(), threading.active_count()
    tracemalloc.start()
    try:
        grown, where = _grown(once, 25), _most_of_it()
    finally:
        tracemalloc.stop()
    assert _open_files() <= handles  # fewer, where an earlier test's file is let go meanwhile
    assert threading.active_count() <= threads
    assert grown < 1_000_000, where
    assert os.listdir(folder) == ["a.hakemus"]
    assert len(remembered.versions.all()) == 20
    figure(
        "leaks",
        f"{ROUNDS} times the file alone: {grown / 1e6:.2f} MB grown; 0 handles, 0 threads, 0 temporary files more",
        "a",
    )


def test_nothing_is_left_of_drafts_that_were_opened_edited_and_closed(
    tmp_path: Path, figure: Callable[..., None]
) -> None:
    """The whole of an editing: call, rules, findings and undo with it. Calls in use are held in caches of 64."""
    remembered = Remembered(tmp_path / "state", lambda: datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    chance = Chance()
    files = Files(DraftFiles(remembered.versions), chance)
    path = str(tmp_path / "a.hakemus")
    made = document({"project": {"title": "A"}, "budget": {"lines": [{"id": "a", "amount": "5.00"}]}})
    files.save(OpenFile(made), made, path)

    def once(number: int) -> None:
        opened = files.open(path)
        session = Session(opened.document, chance.draw, Clock())
        session.edit("project.title", f"Draft {number}")
        session.edit("budget.lines[a].amount", f"{number},50")
        assert session.check.findings
        session.undo()
        files.save(opened, opened.document.model_copy(update={"draft": session.draft}))

    for number in range(70):
        once(number)
    gc.collect()
    handles, threads = _open_files(), threading.active_count()
    tracemalloc.start()
    try:
        for number in range(70, 140):
            once(number)
        grown, where = _grown(once, 140), _most_of_it()
    finally:
        tracemalloc.stop()
    assert _open_files() <= handles  # fewer, where an earlier test's file is let go meanwhile
    assert threading.active_count() <= threads
    assert grown < 5_000_000, where
    assert sorted(os.listdir(tmp_path)) == ["a.hakemus", "state"]
    figure("leaks", f"{ROUNDS} times opened, edited, saved and closed: {grown / 1e6:.2f} MB grown", "b")
