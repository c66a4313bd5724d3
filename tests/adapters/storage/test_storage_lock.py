"""The advisory lock: it says who, where and since when, grows stale, and never stands in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import processes, state
from hakemus.adapters.storage.lock import Holder, LockState, OpenLock


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "a.hakemus"
    path.touch()
    return path


def _foreign(lock: OpenLock, clock: Any, *, age: timedelta = timedelta(), **told: Any) -> None:
    known = {"who": "Johtaja", "computer": "TISKI-2", "since": "2026-11-20T08:00:00+00:00", "computer_tag": "ffffffff"}
    lock.lock_path.write_text(json.dumps({**known, "process": 1, "token": "t", "heartbeat": True, **told}))
    moment = (clock.moment - age).timestamp()
    os.utime(lock.lock_path, (moment, moment))


def test_a_lock_says_who_where_and_since_when(draft: Path, clock: Any) -> None:
    ours, second = OpenLock(draft, clock), OpenLock(draft, clock)
    assert ours.look() == (LockState.FREE, None)
    assert ours.take("Kirjastonjohtaja Ä") == (True, None)
    assert ours.look()[0] is LockState.OURS
    taken, holder = second.take("Toinen")
    assert not taken
    assert holder is not None
    assert (holder.who, holder.computer, holder.since) == ("Kirjastonjohtaja Ä", processes.computer(), clock.moment)
    second.release()
    assert ours.look()[0] is LockState.OURS
    ours.release()
    assert list(draft.parent.iterdir()) == [draft]


def test_whoever_wants_to_opens_anyway(draft: Path, clock: Any) -> None:
    ours, second = OpenLock(draft, clock), OpenLock(draft, clock)
    ours.take("A")
    assert second.take("B", anyway=True) == (True, None)
    assert ours.look()[0] is LockState.HELD
    ours.beat()
    ours.release()
    assert second.look()[0] is LockState.OURS


@pytest.mark.parametrize(
    ("age", "heartbeat", "state"),
    [
        (timedelta(minutes=9), True, LockState.HELD),
        (timedelta(minutes=11), True, LockState.STALE),
        (timedelta(hours=11), False, LockState.HELD),
        (timedelta(hours=13), False, LockState.STALE),
    ],
)
def test_a_lock_of_another_computer_grows_stale(
    draft: Path, clock: Any, age: timedelta, heartbeat: bool, state: LockState
) -> None:
    lock = OpenLock(draft, clock)
    _foreign(lock, clock, age=age, heartbeat=heartbeat)
    found, holder = lock.look()
    assert found is state
    assert holder is not None
    assert holder.who == "Johtaja"
    assert holder.since == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert lock.take("Minä")[0] is (state is LockState.STALE)


def test_a_lock_of_a_dead_process_here_is_stale_at_once(draft: Path, clock: Any) -> None:
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    lock = OpenLock(draft, clock)
    _foreign(lock, clock, computer_tag=processes.computer_tag(), process=process.pid)
    assert lock.look()[0] is LockState.STALE
    assert lock.take("Minä") == (True, None)


def test_a_lock_of_a_living_process_here_is_stale_when_its_heart_has_stopped(draft: Path, clock: Any) -> None:
    lock = OpenLock(draft, clock)
    told = {"computer_tag": processes.computer_tag(), "process": os.getppid()}
    _foreign(lock, clock, age=timedelta(minutes=9), **told)
    assert lock.look()[0] is LockState.HELD
    _foreign(lock, clock, age=timedelta(minutes=11), **told)
    assert lock.look()[0] is LockState.STALE, "another process may have that number now"


def test_a_heartbeat_keeps_a_lock_fresh(draft: Path, clock: Any) -> None:
    lock = OpenLock(draft, clock)
    lock.take("A")
    os.utime(lock.lock_path, (0, 0))
    lock.beat()
    assert lock.lock_path.stat().st_mtime > 0


def test_no_heartbeat_is_written_into_a_synchronised_folder(draft: Path, clock: Any) -> None:
    lock = OpenLock(draft, clock, synchronised=True)
    lock.take("A")
    os.utime(lock.lock_path, (0, 0))
    lock.beat()
    assert lock.lock_path.stat().st_mtime == 0
    assert lock.look()[1].heartbeat is False  # type: ignore[union-attr]


def test_a_lock_of_a_program_that_was_killed_is_stale_at_once(
    draft: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    os.utime(draft, (0, 0))
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: process.pid)
        OpenLock(draft, clock).take("A")
    assert OpenLock(draft, clock).look()[0] is LockState.STALE


def test_a_lock_is_nothing_to_run(draft: Path, clock: Any) -> None:
    before = os.umask(0o022)
    try:
        lock = OpenLock(draft, clock)
        lock.take("A")
    finally:
        os.umask(before)
    assert lock.lock_path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["utime", "unlink"])
def test_a_lock_that_cannot_be_touched_troubles_nobody(
    draft: Path, clock: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lock = OpenLock(draft, clock)
    lock.take("A")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(os, name, refuse)
    lock.beat()
    lock.release()
    monkeypatch.undo()
    lock.release()
    monkeypatch.setattr(os, "unlink", refuse)
    monkeypatch.setattr(os, "write", refuse)
    assert lock.take("A") == (False, None)


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[]", b"{" * 50_000, b"null"])
def test_a_lock_that_cannot_be_read_holds_nobody_up(draft: Path, clock: Any, content: bytes) -> None:
    lock = OpenLock(draft, clock)
    lock.lock_path.write_bytes(content)
    assert lock.look() == (LockState.STALE, None)
    assert lock.take("A") == (True, None)


def test_a_lock_may_hold_anything(draft: Path, clock: Any) -> None:
    lock = OpenLock(draft, clock)
    _foreign(lock, clock, who="x" * 500, since=7, process="x", computer=None)
    holder = lock.look()[1]
    assert holder is not None
    assert len(holder.who) == 200
    assert holder.process == 0
    _foreign(lock, clock, computer="x" * 500)
    holder = lock.look()[1]
    assert holder is not None
    assert holder.computer == "x" * 200
    lock.lock_path.write_text("{}")
    assert lock.look()[1] == Holder("", "", state.BEGINNING)


def test_where_no_lock_can_be_written_there_is_none(
    tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = OpenLock(tmp_path / "nowhere" / "a", clock)
    assert nowhere.take("A") == (False, None)
    nowhere.beat()
    nowhere.release()
    lock = OpenLock(tmp_path / "a", clock)

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert lock.take("A") == (False, None)
    assert not lock.lock_path.exists()
    _foreign(lock, clock, age=timedelta(days=1))
    assert lock.take("A")[0] is False


def test_a_lock_that_goes_while_it_is_looked_at_is_stale(
    draft: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = OpenLock(draft, clock)
    _foreign(lock, clock)

    def gone(*_: Any, **__: Any) -> None:
        raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(os, "stat", gone)
    assert lock.look()[0] is LockState.STALE


@pytest.mark.skipif(os.name == "nt", reason="pipes in folders are POSIX")
def test_a_pipe_in_the_place_of_the_lock_holds_nobody_up(tmp_path: Path, clock: Any) -> None:
    path = tmp_path / "a.hakemus"
    lock = OpenLock(path, clock)
    os.mkfifo(lock.lock_path)
    assert lock.look() == (LockState.STALE, None)
    assert lock.take("Aino") == (False, None)
    lock.beat()
    lock.release()
    assert lock.lock_path.exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_link_in_the_place_of_the_lock_never_leads_to_a_file_being_written(
    draft: Path, clock: Any, tmp_path: Path, there: bool
) -> None:
    other = tmp_path / "somebody's.txt"
    if there:
        other.write_text("weeks of work")
    lock = OpenLock(draft, clock)
    lock.lock_path.symlink_to(other)
    assert lock.take("Johtaja") == (True, None)
    assert lock.look()[0] is LockState.OURS
    assert not lock.lock_path.is_symlink()
    assert (other.read_text() == "weeks of work") if there else not other.exists()


def test_a_link_that_cannot_be_taken_away_means_no_lock(
    draft: Path, clock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "somebody's.txt"
    other.write_text("weeks of work")
    lock = OpenLock(draft, clock)
    lock.lock_path.symlink_to(other)

    def refused(_path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "unlink", refused)
    assert lock.take("Johtaja") == (False, None)
    assert other.read_text() == "weeks of work"
