"""Opens every file of a folder as the program does, rescue included, in 200 MB more than it started with.

    python tests/faults/hostile_opener.py FOLDER [refuse]

prints a JSON object: for each file its end, and the least processor seconds of three tries; with `refuse` without the
rescue. The system itself holds the limit of memory (Linux; elsewhere it is not held), so nothing has to be told apart
from the interpreter's own.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

from hakemus.adapters.storage import salvage
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.usecases.errors import UserError

MOST_BYTES = 200_000_000


def limit_memory() -> None:
    if sys.platform != "linux":
        return
    import resource

    status = Path("/proc/self/status").read_text(encoding="ascii")
    size = re.search(r"^VmSize:\s+(\d+) kB$", status, re.MULTILINE)
    assert size is not None
    resource.setrlimit(resource.RLIMIT_AS, (int(size[1]) * 1024 + MOST_BYTES,) * 2)


def end_of(path: Path, *, rescue: bool) -> str:
    store = DraftFiles()
    try:
        store.load(str(path))
    except UserError as refused:
        if rescue:
            store.rescue(str(path))
        reasons = [problem.message.key for problem in refused.problems]
        return type(refused).__name__ if reasons else "without a reason"
    except BaseException as error:
        return f"fell: {type(error).__name__}: {error}"
    return "opened"


def measured(path: Path, *, rescue: bool) -> tuple[str, float]:
    """How it ended, and the least of three times: the machine has other work too."""
    best, end = float("inf"), ""
    for _ in range(3):
        started = time.process_time()
        end = end_of(path, rescue=rescue)
        best = min(best, time.process_time() - started)
    return end, best


if __name__ == "__main__":
    salvage.rescue(b"{}")
    limit_memory()
    paths = [Path(sys.argv[1]) / name for name in sorted(os.listdir(sys.argv[1]))]
    rescue = "refuse" not in sys.argv[2:]
    print(json.dumps({path.name: measured(path, rescue=rescue) for path in paths}))
