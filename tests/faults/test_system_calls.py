"""Every call to the system that a save makes fails once, in every way: the old file or the new one, never a third."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import durable, failures
from hakemus.adapters.storage.drafts import DraftFiles

CALLS = ("open", "write", "fsync", "close", "replace", "unlink", "stat", "symlink", "fchmod", "fchown")
ERRORS = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS)
FORMAT = {"name": "hakemus", "major": 1, "minor": 0}
BEFORE = {"format": FORMAT, "id": "d", "revision": 1}
AFTER = {"format": FORMAT, "id": "d", "revision": 2, "text": "x" * 1_100_000}


class FaultLayer:
    """Lets the nth call of one system function fail, and counts the calls. `os.close` closes before it fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = dict.fromkeys(CALLS, 0)
        self._fault: tuple[str, int, int] | None = None
        for name in CALLS:
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def fail(self, name: str, nth: int, number: int) -> None:
        self.calls = dict.fromkeys(CALLS, 0)
        self._fault = (name, nth, number)

    def heal(self) -> None:
        self._fault = None

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            self.calls[name] += 1
            if self._fault is not None and (name, self.calls[name]) == self._fault[:2]:
                if name == "close":
                    real(*arguments, **more)
                raise OSError(self._fault[2], os.strerror(self._fault[2]), str(arguments[0]))
            return real(*arguments, **more)

        return call


@pytest.fixture
def layer() -> Iterator[FaultLayer]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield FaultLayer(monkeypatch)


def _calls_of_a_save(folder: Path) -> dict[str, int]:
    path = str(folder / "counted.hakemus")
    with pytest.MonkeyPatch.context() as monkeypatch:
        seen = DraftFiles().save(path, BEFORE, {}, {}, None)
        layer = FaultLayer(monkeypatch)
        DraftFiles().save(path, AFTER, {}, {}, seen)
    return layer.calls


def _failure(files: DraftFiles, path: Path, seen: str) -> failures.SaveFailure | None:
    """What a save raises."""
    try:
        files.save(str(path), AFTER, {}, {}, seen)
    except failures.SaveFailure as failure:
        return failure
    return None


@pytest.mark.skipif(not shutil.which("strace"), reason="strace lets calls fail; the layer above stands in for it")
def test_the_system_itself_fails_or_ends_the_process_at_any_call(tmp_path: Path, figure: Callable[..., None]) -> None:
    every = 1 if os.environ.get("HAKEMUS_CAMPAIGN") else 13
    script = Path(__file__).with_name("injecting_saver.py")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(every)],
        capture_output=True, text=True, timeout=3_600, check=False,
    )  # fmt: skip
    if "strace may not watch" in run.stderr:
        pytest.skip("strace may not watch processes here")
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["wrong"] == []
    assert {"openat", "write", "fsync", "close", "rename", "unlink", "read"} <= found["calls"].keys()
    assert min(found["cases"] * every / 200, found["told"], found["killed"]) >= 1
    if every == 1:  # each of these is made for the file itself, beside what is made for the earlier versions
        assert min(found["told_by"][name] for name in ("openat", "write", "fsync", "rename", "close", "read")) >= 5
    calls = sum(found["calls"].values())
    figure(
        "system-calls",
        f"{found['cases'] - found['killed']} cases over the {calls} calls of a save, by strace: {found['told']} told, "
        f"{found['saved']} saved all the same, 0 with another file than the old or the new one",
    )
    figure("stops", f"{found['killed']} processes ended: old file or new one, the next start sweeps all that was left")


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("name", CALLS)
def test_a_failing_call_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, layer: FaultLayer, monkeypatch: pytest.MonkeyPatch, name: str, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(durable, "_LINKS", False)
    count = _calls_of_a_save(tmp_path)[name]
    assert (count > 0) is (links or name != "symlink"), "the save makes this call no longer"
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.hakemus"
    files = DraftFiles()
    told = 0
    for nth in range(1, count + 1):
        for number in ERRORS:
            layer.heal()
            path.unlink(missing_ok=True)
            seen = files.save(str(path), BEFORE, {}, {}, None)
            old = path.read_bytes()
            layer.fail(name, nth, number)
            failure = _failure(files, path, seen)
            layer.heal()
            if failure is not None:
                told += 1
                now = path.read_bytes()
                assert (now == old) is (failure.replaced is None), (nth, number)
                assert failure.replaced in (None, hashlib.sha256(now).hexdigest())
                files.save(str(path), AFTER, {}, {}, seen)
            assert files.load(str(path)).plain == AFTER, (nth, number)
            left = [entry for entry in os.listdir(folder) if entry != path.name]
            if name == "unlink":
                for entry in left:
                    (folder / entry).unlink()
            else:
                assert left == [], (nth, number)
    if name not in ("unlink", "symlink", "fchmod", "fchown"):  # these are done without
        assert told >= len(ERRORS)


def test_the_order_of_a_save_is_the_one_that_survives_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "close", "replace")}
    known: dict[int, str] = {}
    order: list[str] = []

    def opening(name: Any, flags: int, *rest: Any, **more: Any) -> int:
        descriptor = real["open"](name, flags, *rest, **more)
        known[descriptor] = "folder" if os.path.isdir(name) else "file"
        if known[descriptor] == "file" and flags & (os.O_WRONLY | os.O_RDWR):
            assert flags & os.O_EXCL
        return int(descriptor)

    def noting(call: str) -> Callable[..., Any]:
        def noted(subject: Any, *rest: Any) -> Any:
            order.append(f"{call} {known[subject] if call != 'replace' else 'file'}")
            return real[call](subject, *rest)

        return noted

    reading = durable._reads_back
    monkeypatch.setattr(durable, "_reads_back", lambda *what: order.append("read again") or reading(*what))
    comparing = durable._compare
    monkeypatch.setattr(durable, "_compare", lambda *what: order.append("compare") or comparing(*what))
    monkeypatch.setattr(os, "open", opening)
    for call in ("write", "fsync", "close", "replace"):
        monkeypatch.setattr(os, call, noting(call))
    durable.write(path, b"new", expected=durable.Expected(hashlib.sha256(b"old").hexdigest()))
    assert order == [
        "write file", "fsync file", "close file", "read again", "compare",
        "replace file", "fsync folder", "close folder",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "stored", [lambda data: bytes(len(data)), lambda data: data[:-1], lambda data: bytes(data) + b"x"]
)
def test_a_disk_that_stores_something_else_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, stored(data)) and len(data))
    with pytest.raises(failures.Other) as caught:
        durable.write(path, b"new content")
    assert caught.value.errno == errno.EIO
    assert caught.value.message.values["fault"] == "what was written reads back differently"
    assert path.read_bytes() == b"old"


def test_a_disk_that_takes_little_at_a_time_gets_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    durable.write(tmp_path / "a", b"0123456789" * 10)
    assert (tmp_path / "a").read_bytes() == b"0123456789" * 10


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    for name in ("write", "fsync", "replace"):
        with pytest.MonkeyPatch.context() as during:
            during.setattr(os, name, interrupted)
            with pytest.raises(KeyboardInterrupt):
                durable.write(path, b"new")
        assert os.listdir(tmp_path) == ["a"]
        assert path.read_bytes() == b"old"


def test_systems_that_flush_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    asked: list[int] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    written: list[int] = []
    real = os.write
    monkeypatch.setattr(os, "write", lambda to, data: written.append(to) or real(to, data))

    def refuse(descriptor: int, command: int) -> None:
        asked.append(command)
        assert descriptor == written[-1]
        raise OSError(errno.ENOTSUP, "a disk that knows no such order")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    durable.write(tmp_path / "a", b"as on macOS")
    assert asked == [51]
    monkeypatch.setitem(sys.modules, "fcntl", None)
    for name in ("fchown", "fchmod"):
        monkeypatch.delattr(os, name)
    durable.write(tmp_path / "a", b"as on Windows")
    assert (tmp_path / "a").read_bytes() == b"as on Windows"
    assert asked == [51]
