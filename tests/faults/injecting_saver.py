"""Lets the system itself fail one call of a save, or end the process at it, by strace; looks at what is left.

    python tests/faults/injecting_saver.py FOLDER EVERY

tries every EVERYth case and prints one JSON object: calls that a save makes, cases tried, how many were saved, told
and killed, and what was wrong. A case is a system call, which time it is made, and an error or the end.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hakemus.adapters.storage import failures
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.adapters.storage.state import Content, digest_of
from hakemus.adapters.storage.versions import EarlierVersions

CALLS = (
    "openat", "read", "write", "fsync", "close", "rename", "unlink", "unlinkat", "mkdir", "symlink", "readlink",
    "newfstatat", "fstat", "lseek", "access", "faccessat2", "fchmod", "fchown", "chmod", "getdents64", "ioctl",
)  # fmt: skip
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS")
END = "KILL"
SAVED, TOLD, TOLD_REPLACED, BROKE = 10, 11, 12, 13
FORMAT = {"name": "hakemus", "major": 1, "minor": 0}
BEFORE = {"format": FORMAT, "id": "d", "revision": 1}
AFTER = {"format": FORMAT, "id": "d", "revision": 2, "text": "x" * 1_100_000}


def store(folder: Path) -> DraftFiles:
    state = folder / "state"
    versions = EarlierVersions(
        state / "versions", Content(state / "content"), lambda: datetime(2026, 11, 20, tzinfo=UTC)
    )
    return DraftFiles(versions)


def _save_when_watched(folder: Path, path: str, seen: str) -> None:
    """The life of the child: it waits until it is watched, saves, and says by its exit code how that ended."""
    code = BROKE
    try:
        files = store(folder)
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1 & (1 << 64) - 1), 0, 0, 0)  # whoever may watch, may
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            files.save(path, AFTER, {}, {}, seen)
            code = SAVED
        except failures.SaveFailure as failure:
            code = TOLD if failure.replaced is None else TOLD_REPLACED
    finally:
        os._exit(code)


def watched_save(folder: Path, path: str, seen: str, injection: str | None, log: Path) -> int:
    """The exit code of a child that saves under strace; minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        _save_when_watched(folder, path, seen)
    os.waitpid(child, os.WUNTRACED)
    command = ["strace", "-qq", "-o", str(log), "-e", "trace=" + ",".join(f"?{name}" for name in CALLS)]
    with subprocess.Popen(
        [*command, *(["-e", f"inject={injection}"] if injection else []), "-p", str(child)], stderr=subprocess.DEVNULL
    ) as strace:
        while not _is_traced(child):
            if strace.poll() is not None:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                raise SystemExit("strace may not watch processes here")
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)


def _is_traced(process: int) -> bool:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return re.search(r"^TracerPid:\t0$", status, re.MULTILINE) is None


def _begin(folder: Path, path: Path) -> tuple[str, bytes]:
    """The same beginning for each save, so that it makes the same calls: one file, and nothing remembered of it."""
    shutil.rmtree(folder / "state", ignore_errors=True)
    path.unlink(missing_ok=True)
    seen = store(folder).save(str(path), BEFORE, {}, {}, None)
    return seen, path.read_bytes()


def calls_of_a_save(folder: Path, path: Path) -> tuple[Counter[str], bytes]:
    """How often a save makes each call, and what it writes."""
    seen, _ = _begin(folder, path)
    assert watched_save(folder, str(path), seen, None, folder / "log") == SAVED
    lines = (folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
    return Counter(line.split("(")[0] for line in lines if "(" in line and line[0].isalpha()), path.read_bytes()


def judge(folder: Path, path: Path, old: bytes, new: bytes, end: int, injection: str) -> str | None:
    """What is wrong after a save that ended so; None where all is well. Leaves the folder clean."""
    now = path.read_bytes()
    allowed = {SAVED: (new,), TOLD: (old,), TOLD_REPLACED: (new,), -signal.SIGKILL: (old, new)}.get(end)
    if allowed is None:
        return f"{injection}: ended with {end}"
    if now not in allowed:
        return (
            f"{injection}: ended with {end}, and the file is {'old' if now == old else 'new' if now == new else 'torn'}"
        )
    stored = store(folder).load(str(path))
    left = [name for name in os.listdir(path.parent) if name != path.name]
    if left:
        return f"{injection}: left {left}"
    store(folder).save(str(path), {**AFTER, "revision": 3}, {}, {}, stored.seen)
    return None


def campaign(folder: Path, every: int) -> dict[str, object]:
    place = folder / "place"
    place.mkdir()
    path = place / "a.hakemus"
    counted, new = calls_of_a_save(folder, path)
    cases = [
        f"{name}:error={how}:when={nth}" if how != END else f"{name}:signal=KILL:when={nth}"
        for name, count in sorted(counted.items())
        for nth in range(1, count + 1)
        for how in (*ERRORS, END)
    ]
    ends: Counter[int] = Counter()
    told: Counter[str] = Counter()
    wrong = []
    for injection in cases[::every]:
        seen, old = _begin(folder, path)
        assert seen == digest_of(old)
        end = watched_save(folder, str(path), seen, injection, folder / "log")
        ends[end] += 1
        told[injection.split(":")[0]] += end in (TOLD, TOLD_REPLACED)
        found = judge(folder, path, old, new, end, injection)
        if found is not None:
            wrong.append(found)
            for name in os.listdir(place):
                (place / name).unlink()
    return {
        "calls": counted,
        "cases": sum(ends.values()),
        "saved": ends[SAVED],
        "told": told.total(),
        "told_by": told,
        "killed": ends[-signal.SIGKILL],
        "wrong": wrong,
    }


if __name__ == "__main__":
    print(json.dumps(campaign(Path(sys.argv[1]), int(sys.argv[2]))))
