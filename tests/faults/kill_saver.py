"""Kills a saving process again and again and looks at what is left; run by the suite in small and by hand in full.

    python tests/faults/kill_saver.py FOLDER COUNT [SEED]

prints one JSON object: kills, saves that were acknowledged, files that could not be read, files older than the last
acknowledged save, and temporary files left after the sweep of the next start.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import traceback
from pathlib import Path

from hakemus.adapters.storage.drafts import DraftFiles


def save_for_ever(path: str, acknowledge: int, seen: str, revision: int) -> None:
    """Save one revision after the other; each is acknowledged only when the save has returned."""
    files = DraftFiles()
    plain = dict(files.load(path).plain)
    while True:
        revision += 1
        seen = files.save(path, {**plain, "revision": revision}, {}, {}, seen)
        os.write(acknowledge, f"{revision}\n".encode())


def kill_once(path: str, chance: random.Random) -> tuple[int, int]:
    """Let a process save, kill it in the midst; the last revision that it acknowledged, and how many it did."""
    stored = DraftFiles().load(path)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            save_for_ever(path, write, stored.seen, stored.plain["revision"])
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(write)
    select.select([read], [], [], 10)  # until the first save is through
    select.select([], [], [], chance.uniform(0.002, 0.030))  # to spin would take the processor from the saver
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("the saving process ended by itself")
    with open(read, "rb") as pipe:
        acknowledged = pipe.read().split()
    return int(acknowledged[-1]), len(acknowledged)


def campaign(folder: Path, count: int, seed: int) -> dict[str, int]:
    """`count` kills, and what was found after each."""
    chance = random.Random(seed)
    path = str(folder / "killed.hakemus")
    plain = {
        "format": {"name": "hakemus", "major": 1, "minor": 0},
        "id": "k",
        "revision": 0,
        "application": {"project": {"description": "Kirjastoauto kulkee. " * 2_000}},
    }
    DraftFiles().save(path, plain, {}, {}, None)
    found = {"kills": 0, "saves": 0, "unreadable": 0, "older": 0, "left": 0, "swept": 0}
    for _ in range(count):
        acknowledged, saves = kill_once(path, chance)
        found["kills"] += 1
        found["saves"] += saves
        found["swept"] += len(os.listdir(folder)) - 1  # opening sweeps them
        try:
            revision = DraftFiles().load(path).plain["revision"]
        except Exception:
            found["unreadable"] += 1
            raise
        found["older"] += revision < acknowledged
        found["left"] += len(os.listdir(folder)) - 1
    return found


if __name__ == "__main__":
    print(json.dumps(campaign(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 1)))
