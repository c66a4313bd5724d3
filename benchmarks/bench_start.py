"""From the start of the process to the first painted start page, beside a bare window of Qt; aim: at most 1.5 times."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.measuring import Row

ROUNDS = 9

# The moment is taken when the first paint has been handled: a posted event comes before the next timer. Only the window
# is watched: for a watch over all objects PySide sets up every class it knows, which no bare window pays for.
WATCH = """
import os, time
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
class Watch(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if not self.seen and event.type() == QEvent.Type.Paint:
            self.seen = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), int(Qt.EventPriority.HighEventPriority.value))
        return False
    def customEvent(self, event=None):
        print(time.time(), flush=True)
        os._exit(0)
"""
BARE = (
    WATCH
    + """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("A window"))
window.resize(1366, 768)
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""
)
OURS = (
    """
import gc
gc.disable()
import hakemus.bootstrap.window as program
make = program.WindowApp.make
def watched(started):
    window = make(started)
"""
    + "".join(f"    {line}\n" for line in WATCH.strip().splitlines())
    + """
    window.watch = Watch()
    window.installEventFilter(window.watch)
    return window
program.WindowApp.make = watched
from hakemus.cli import main
main([])
"""
)
_ALL_PAINTED = "window.start.in_sight.connect(window.watch.customEvent)"
WHOLE = OURS.replace("window.installEventFilter(window.watch)", _ALL_PAINTED)


def measure() -> list[Row]:
    """Medians of processes started in turns, each with compiled bytecode and a state folder of its own."""
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        environment = {**os.environ, "HAKEMUS_STATE": folder, "PYTHONPATH": _source()}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        _once(BARE, environment)
        _once(OURS, environment)
        taken: dict[str, list[float]] = {BARE: [], OURS: [], WHOLE: []}
        for _ in range(ROUNDS):
            for program, times in taken.items():
                times.append(_once(program, environment))
        bare, ours, whole = (median(taken[program]) for program in (BARE, OURS, WHOLE))
        platform = environment.get("QT_QPA_PLATFORM", "the system's own")
    return [
        ("a bare window of Qt", bare, f"platform: {platform}"),
        ("the start page, its calls to come", ours, f"{ours / bare:.2f} times the bare window; aim 1.5"),
        ("the start page with all that is in sight", whole, f"{whole / bare:.2f} times the bare window"),
    ]


def _source() -> str:
    return str(Path(__file__).resolve().parent.parent / "src")


def _once(program: str, environment: dict[str, str]) -> float:
    begun = time.time()
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"the window did not start: {done.stderr.strip()[-400:]}")
    return float(done.stdout) - begun
