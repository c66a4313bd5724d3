"""The bundle's first shown window beside that of the program from its environment; aim: at most 1.2 times.

Both are told from outside, by the accessibility bus of a virtual screen, which adds the same to both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.measuring import Row

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9


def measure() -> list[Row]:
    """Medians of processes started in turns, each with the same state folder; nothing where there is no bundle."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "walk")]
    from accessibility_client import VirtualDesktop, lacking
    from bundling import build

    program = build.program() / "hakemus"
    if lacking() or not program.exists():
        return [("no bundle, or no virtual screen", 0.0, "python3 dev.py bundle --folder")]
    commands = {"installed": [sys.executable, "-m", "hakemus"], "bundle": [str(program)]}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    with VirtualDesktop() as desktop, tempfile.TemporaryDirectory(prefix="hakemus-bench-") as state:
        environ = {**os.environ, **desktop.environment, "HAKEMUS_STATE": state, "PYTHONPATH": str(ROOT / "src")}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(ROUNDS + 1):
            for name, command in commands.items():
                seconds = _once(desktop, command, environ)
                if turn:  # the first of each warms the disk's cache and the icons'
                    taken[name].append(seconds)
    installed, bundle = median(taken["installed"]), median(taken["bundle"])
    return [
        ("the window of the installed program", installed, f"{ROUNDS} starts"),
        ("the window of the bundle", bundle, f"{bundle / installed:.2f} times the installed program's; aim 1.2"),
    ]


def _once(desktop: object, command: list[str], environ: dict[str, str]) -> float:
    from accessibility_client import Client, VirtualDesktop

    assert isinstance(desktop, VirtualDesktop)
    with Client(desktop) as client:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            program = client.program("hakemus")
            client.until(lambda: [one for one in program.children if "showing" in one.states], "the window")
            return time.perf_counter() - begun
        finally:
            process.kill()
            process.wait()
            client.until(lambda: not client.programs("hakemus"), "the end of the program")
