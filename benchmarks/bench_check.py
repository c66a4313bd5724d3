"""Objects judged in a second by `check --data` in one process; evaluations of up to 20 000 lines and 200 rules."""

from __future__ import annotations

import contextlib
import copy
import datetime
import io
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import Row, application, medians, seconds

OBJECTS = 2_000
OBJECT_LINES = (5, 50)
GROWTH = (200, 2_000, 20_000)
MOST_LINES, MOST_RULES = 2_000, 200
TODAY = datetime.date(2018, 11, 15)


class Judged(NamedTuple):
    """Medians of one evaluation, in seconds of the processor and of the clock on the wall."""

    lines: int
    rules: int
    facts: float
    whole: float
    clock: float


def measure() -> list[Row]:
    """Seconds of the processor, so that other work on the machine counts as little as it can."""
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        core = _core(Path(folder))
        rows: list[Row] = []
        for lines in OBJECT_LINES:
            taken, clock = _objects(core, Path(folder), lines)
            remark = f"{OBJECTS / taken:.0f} a second; {OBJECTS / clock:.0f} by the clock"
            rows.append((f"check --data, {OBJECTS} objects of {lines} lines", taken, remark))
        for size, wanted in ((20, 0), *((size, 0) for size in GROWTH), (MOST_LINES, MOST_RULES)):
            one = _judged(core, size, wanted)
            name = f"evaluate {one.lines} lines under {one.rules} rules"
            remark = (
                f"of which one pass over the rows {one.facts * 1000:.1f} ms; {one.clock * 1000:.1f} ms by the clock"
            )
            rows.append((name, one.whole, remark))
        return rows


def figures() -> dict[str, str]:
    """The same as sentences for the campaign."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        core = _core(Path(folder))
        most, grown = _judged(core, MOST_LINES, MOST_RULES), [_judged(core, size) for size in GROWTH]
        objects = [(lines, *_objects(core, Path(folder), lines)) for lines in OBJECT_LINES]
    load = f"load average {os.getloadavg()[0]:.1f}, of other work"
    found["judging"] = (
        f"{most.whole * 1_000:.1f} ms of the processor at the median, one pass over the rows {most.facts * 1_000:.1f} "
        f"ms of it; {most.clock * 1_000:.1f} ms by the clock ({load})"
    )
    found["judging-growth"] = (
        ", ".join(
            f"{one.lines} lines {one.whole * 1_000:.1f} ms ({one.whole / one.lines * 1e6:.1f} µs a line)"
            for one in grown
        )
        + f" of the processor, under {grown[0].rules} rules ({load})"
    )
    found["judging-data"] = (
        ", ".join(
            f"{OBJECTS} objects of {lines} lines: {OBJECTS / taken:.0f} a second of the processor, "
            f"{OBJECTS / clock:.0f} by the clock"
            for lines, taken, clock in objects
        )
        + f" ({load})"
    )
    return found


def _core(folder: Path) -> Any:
    from hakemus.bootstrap.core import Core

    return Core(TODAY, folder / "state")


def _objects(core: Any, folder: Path, lines: int) -> tuple[float, float]:
    """Seconds for all objects, of the processor and by the clock; each object has another grant."""
    from hakemus.bootstrap.checks import Judge

    file = folder / f"{lines}.jsonl"
    one = application(lines)
    with file.open("w", encoding="utf-8") as out:
        for at in range(OBJECTS):
            one["funding"]["grant"] = f"{5000 + at}.00"
            out.write(json.dumps(one) + "\n")

    def run() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            Judge(core, "fi", [], as_json=True).data("avi-kirjastot-2018", file)

    began = time.perf_counter()
    taken = seconds(run, time.process_time)
    return taken, time.perf_counter() - began


def _judged(core: Any, size: int, wanted: int = 0) -> Judged:
    from hakemus.rules.engine import evaluate
    from hakemus.rules.facts import gather

    draft, call = _draft(core, size, wanted)

    def whole() -> object:
        return evaluate(draft, call, TODAY)

    facts, judged = medians(lambda: gather(draft.application, call), whole, rounds=15, clock=time.process_time)
    (clock,) = medians(whole, rounds=15)
    return Judged(size, len(call.rules), facts, judged, clock)


def _draft(core: Any, size: int, wanted: int) -> tuple[Any, Any]:
    """A draft and its call; the call's rules stand there again under other names until there are as many as wanted."""
    from hakemus.usecases import calls, drafts

    definition = copy.deepcopy(calls.definition_of(core.calls, "avi-kirjastot-2018"))
    rules = definition["rules"]
    original = list(rules)
    while len(rules) < wanted:
        for rule in original[: wanted - len(rules)]:
            rules.append({**rule, "id": f"{rule['id']}-{len(rules)}"})
    plain, _ = drafts.application_from_data(application(size), core.chance.draw)
    document = drafts.new_document(definition, core.chance.document_id(), "fi", plain)
    return document.draft, calls.call_of(document.draft)
