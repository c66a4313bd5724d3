"""What the benchmarks share: medians of things done in turns, and applications of any size."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

Row = tuple[str, float, str]
"""What was measured, its seconds, a remark."""


def seconds(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    act()
    return clock() - start


def medians(
    *acts: Callable[[], object], rounds: int = 9, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """The median seconds of each act, done in turns, so that a busy moment of the machine meets all of them.

    Each is done once before, unmeasured. `time.process_time` as the clock counts what the processor does for this
    process alone: on a machine that others use, it is the time of a machine that nobody else uses.
    """
    for act in acts:
        act()
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for at, act in enumerate(acts):
            taken[at].append(seconds(act, clock))
    return [median(times) for times in taken]


def application(lines: int) -> dict[str, Any]:
    """An application with so many budget lines, all else filled in and in order."""
    categories = ("services", "materials", "equipment", "travel")
    rows = [
        {
            "id": f"k{at}",
            "category": categories[at % 4],
            "description": f"Cost number {at} with a description of the usual length",
            "quantity": "2.5",
            "unit": "pcs",
            "unit_price": f"{100 + at % 900}.{at % 100:02d}",
        }
        for at in range(lines)
    ]
    return {
        "applicant": {"organisation": "Esimerkkilän kaupunki", "library": "Esimerkkilän kirjasto"},
        "project": {"title": "Many lines", "starts_on": "2019-01-01", "ends_on": "2020-06-30"},
        "goals": [{"id": "g1", "text": "A goal", "indicators": [{"id": "i1", "name": "Visits", "target": "100"}]}],
        "budget": {"lines": rows},
        "funding": {"grant": "9000.00", "own": [{"id": "o1", "kind": "appropriation", "amount": "3000.00"}]},
    }
