"""What the durable writer costs beside the least that a safe save must do: write, flush file and folder, rename.

    python tests/faults/save_cost.py FOLDER [KILOBYTES] [ROUNDS]

prints medians in milliseconds and their ratio, both measured in turns in the same run.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from hakemus.adapters.storage import durable
from hakemus.adapters.storage.drafts import DraftFiles


def bare(path: Path, data: bytes) -> None:
    """The least: no comparing, no reading again, nobody kept out."""
    temporary = path.with_suffix(".tmp")
    descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o666)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    os.replace(temporary, path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def timed(action: Callable[[], object]) -> float:
    """Milliseconds that an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1_000


def measure(folder: Path, kilobytes: int, rounds: int) -> dict[str, float]:
    """Both ways in turns, and what making and checking the bytes takes before the disk is touched."""
    rows = [
        {"id": f"r{number}", "description": "Kuljetus kylille " * 5, "amount": "123.45"}
        for number in range(kilobytes * 6)
    ]
    plain = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "x", "revision": 1, "rows": rows}
    files, path = DraftFiles(), folder / "cost.hakemus"
    seen = files.save(str(path), plain, {}, {}, None)
    data = path.read_bytes()
    expected = durable.Expected(hashlib.sha256(data).hexdigest())
    least, ours, whole = [], [], []
    for _ in range(rounds):
        least.append(timed(lambda: bare(folder / "bare", data)))
        ours.append(timed(lambda: durable.write(path, data, expected=expected, digest=seen)))
        whole.append(timed(lambda: files.save(str(path), plain, {}, {}, seen)))
    return {
        "bytes": len(data),
        "bare": round(median(least), 2),
        "durable": round(median(ours), 2),
        "ratio": round(median(ours) / median(least), 2),
        "whole_save": round(median(whole), 2),
    }


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[2:]]
    print(json.dumps(measure(Path(sys.argv[1]), *(given + [200, 100][len(given) :]))))
