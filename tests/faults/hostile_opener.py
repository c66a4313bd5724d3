"""Opens every file of a folder as the program does, rescue included, in 200 MB more than it started with.

    python tests/faults/hostile_opener.py FOLDER

prints a JSON object: for each file its end, and the least processor seconds of three tries. The system itself holds
the limit of memory (Linux; elsewhere it is not held), so nothing has to be told apart from the interpreter's own.
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


def end_of(path: Path) -> str:
    try:
        DraftFiles().load(str(path))
    except UserError as refused:
        reasons = [problem.message.key for problem in refused.problems]
        return type(refused).__name__ if reasons else "without a reason"
    except BaseException as error:
        return f"fell: {type(error).__name__}: {error}"
    return "opened"


def seconds_of(path: Path) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        end_of(path)
        best = min(best, time.process_time() - started)
    return best


if __name__ == "__main__":
    salvage.rescue(b"{}")
    limit_memory()
    folder = Path(sys.argv[1])
    print(json.dumps({name: [end_of(folder / name), seconds_of(folder / name)] for name in sorted(os.listdir(folder))}))
