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
TURNS = 60
"""Turns of the wheel from the first row of the budget to the last."""


def measure() -> list[Row]:
    """Medians over steps that were opened before, and over turns of the wheel."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
            window = Window(Path(folder), size)
            window.visit(STEPS)
            rows += [*_steps(window, size), _scrolled(window, size)]
            window.close()
    return rows


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
