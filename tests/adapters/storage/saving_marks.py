"""Marks and processes that the tests of saving meet: of the dead, the living, and other computers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from hakemus.adapters.storage import durable, names, processes


def dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def make_mark(target: Path, process: int, computer: str | None = None, age: float = 0.0) -> Path:
    """The mark of a save by some process, so many seconds old."""
    mark = names.saving_mark(target)
    durable._make_mark(
        mark, f".hakemus-{names.tag(target.name)}-{processes.computer_tag(computer)}-{process}-0123abcd.tmp".encode()
    )
    moment = time.time() - age
    os.utime(mark, (moment, moment), follow_symlinks=False)
    assert mark.is_symlink() or not mark.stat().st_mode & 0o111, "a mark is nothing to run"
    return mark
