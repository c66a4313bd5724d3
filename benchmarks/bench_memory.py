"""Resident memory of the program as an application is gone through; aim: 1.5 times a bare window of Qt and 60 MB more.

The time of each row is that of the processor from the row before; what is measured stands in its remark.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Row

MORE_MB, TIMES = 60.0, 1.5
_COMMON = """
import time
def said(what):
    for _ in range(12):
        app.processEvents()
    pages = int(open("/proc/self/statm").read().split()[1])
    print(what, time.process_time(), pages * 4096 / 1e6, sep="\\t", flush=True)
"""
BARE = (
    _COMMON
    + """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("A window"))
window.resize(1366, 768)
window.show()
said("a bare window of Qt")
"""
)
OURS = (
    _COMMON
    + """
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.window import WindowApp, make_app
app = make_app()
started = WindowApp(Core(), app)
window = started.make()
window.show()
said("the start page")
controller = started.control()
window.start.example_asked.emit("pop-up-kirjasto")
said("an application open")
for step in ("project", "goals", "partners", "timeline", "budget", "funding", "attachments", "review"):
    controller.command("step:" + step)
said("nine steps visited")
controller.command("step:submit")
page = window.wizard.page("submit")
while page._pages is None:
    app.processEvents()
said("all steps visited, the paper in sight")
"""
)


def measure() -> list[Row]:
    """One process each: memory does not vary as time does. Linux only, for the system's own figure."""
    if not Path("/proc/self/statm").exists():
        return []
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        environment = {**os.environ, "HAKEMUS_STATE": folder, "HAKEMUS_TODAY": "2018-11-15"}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent / "src")
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        bare, *ours = [row for program in (BARE, OURS) for row in _rows(program, environment)]
    most = TIMES * bare[2] + MORE_MB
    return [(bare[0], bare[1], f"{bare[2]:.0f} MB")] + [
        (what, spent, f"{megabytes:.0f} MB; aim {most:.0f} MB") for what, spent, megabytes in ours
    ]


def _rows(program: str, environment: dict[str, str]) -> list[tuple[str, float, float]]:
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the window did not come: {done.stderr.strip()[-400:]}")
    rows, before = [], 0.0
    for line in done.stdout.splitlines():
        what, spent, megabytes = line.split("\t")
        rows.append((what, float(spent) - before, float(megabytes)))
        before = float(spent)
    return rows
