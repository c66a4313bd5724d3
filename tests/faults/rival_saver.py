"""Adds one to the revision of a draft, again and again, beside rivals that do the same; tells how often it was let.

python tests/faults/rival_saver.py FILE COUNT
"""

from __future__ import annotations

import sys

from hakemus.adapters.storage import failures
from hakemus.adapters.storage.drafts import DraftFiles


def add(path: str, name: str, count: int) -> int:
    """Load, add a line, save; where a rival was quicker, load again. Nothing may be overwritten unseen."""
    files = DraftFiles()
    refused = 0
    for number in range(count):
        while True:
            stored = files.load(path)
            try:
                lines = [*stored.plain["lines"], f"{name}{number}"]
                files.save(path, {**stored.plain, "lines": lines}, {}, {}, stored.seen)
            except (failures.ChangedMeanwhile, failures.LockedByOther):
                refused += 1
            else:
                break
    return refused


if __name__ == "__main__":
    print(add(sys.argv[1], sys.argv[2], int(sys.argv[3])))
