"""Moving about in the real window: from step to step, and through a long budget; aim: 50 ms for a step.

Processor time, so that what else the machine does is not in it; offscreen, so that what a screen adds is not either.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.bench_edit import STEPS, Window
from benchmarks.measuring import Row, seconds

SIZES = (200, 2000)
ROUNDS = 5
FIRST = ("project", "goals", "partners", "timeline", "funding", "attachments")
"""Steps that the window has not opened when it comes with its budget; Review has rows of its own."""
TURNS = 60
"""Turns of the wheel from the first row of the budget to the last."""


def measure() -> list[Row]:
    """Steps that nobody has opened, once they are made ahead; medians over steps that were; turns of the wheel."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
            window = Window(Path(folder), size)
            rows.append(_first(window, size))
            window.visit(STEPS)
            rows += [*_steps(window, size), *_review(window, size), _scrolled(window, size)]
            window.close()
    return rows


def _first(window: Window, size: int) -> Row:
    from hakemus.ui.shell import steps_ahead

    wizard = window.window.wizard
    steps_ahead.IDLE_MS = steps_ahead.BETWEEN_MS = 0  # what nobody does here need not be waited for
    wizard._ahead.wait()
    while wizard._unmade():
        window.app.processEvents()
    taken = {step: _done(window, lambda step=step: window.controller.command(f"step:{step}")) for step in FIRST}
    slowest = max(taken, key=lambda step: taken[step])
    return f"{size} lines: to the slowest step that was never opened", taken[slowest], slowest


def _review(window: Window, size: int) -> list[Row]:
    """To Review after a change: it is in sight before its answers are made anew."""
    session, sight, whole = window.window.wizard.desk.session, [], []
    for at in range(ROUNDS):
        window.visit(("project",))
        session.edit("project.title", f"Another name {at}")
        session.seal()
        window.settle()
        started = time.process_time()
        window.controller.command("step:review")
        window.window.repaint()
        sight.append(time.process_time() - started)
        window.app.processEvents()
        whole.append(time.process_time() - started)
    return [
        (f"{size} lines: to Review after a change", median(sight), ""),
        (f"{size} lines: the same, its answers read anew", median(whole), "they follow when it is in sight"),
    ]


def _steps(window: Window, size: int) -> list[Row]:
    taken: dict[str, list[float]] = {step: [] for step in STEPS}
    for _ in range(ROUNDS):
        for step in STEPS:
            taken[step].append(_done(window, lambda step=step: window.controller.command(f"step:{step}")))
    medians = {step: median(times) for step, times in taken.items()}
    slowest = max(medians, key=lambda step: medians[step])
    return [
        (f"{size} lines: to another step", median(medians.values()), ""),
        (f"{size} lines: to the slowest step", medians[slowest], slowest),
    ]


def _scrolled(window: Window, size: int) -> Row:
    window.visit(("budget",))
    page = window.window.wizard.page("budget")
    bars = [page.tables[0].widget.verticalScrollBar(), page.area.verticalScrollBar()]
    bar = max(bars, key=lambda one: int(one.maximum()))
    step = max(1, bar.maximum() // TURNS)
    taken = [_done(window, lambda: bar.setValue(bar.value() + step)) for _ in range(TURNS)]
    return f"{size} lines: a turn of the wheel", median(taken), f"at most {max(taken) * 1000:.0f} ms"


def _done(window: Window, act: Callable[[], object]) -> float:
    """Seconds of an act with everything that is drawn anew for it."""

    def whole() -> None:
        act()
        window.app.processEvents()

    return seconds(whole, time.process_time)
