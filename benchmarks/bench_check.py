"""Objects judged in a second by `check --data` in one process; one evaluation of 2 000 lines under 200 rules."""

from __future__ import annotations

import contextlib
import copy
import datetime
import io
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, application, medians, seconds

OBJECTS = 300
TODAY = datetime.date(2018, 11, 15)


def measure() -> list[Row]:
    """Seconds for all objects, with how many that is in a second; medians of evaluations."""
    from hakemus.bootstrap.core import Core
    from hakemus.rules.engine import evaluate
    from hakemus.rules.facts import gather

    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        core = Core(TODAY, Path(folder) / "state")
        for lines in (5, 50):
            taken = _objects(core, Path(folder), lines)
            rows.append((f"check --data, {OBJECTS} objects of {lines} lines", taken, f"{OBJECTS / taken:.0f} a second"))
        for size, wanted in ((20, 0), (200, 0), (2000, 0), (2000, 200)):
            draft, call = _draft(core, size, wanted)
            facts, whole = medians(
                lambda draft=draft, call=call: gather(draft.application, call),
                lambda draft=draft, call=call: evaluate(draft, call, TODAY),
                rounds=7,
            )
            name = f"evaluate {size} lines under {len(call.rules)} rules"
            rows.append((name, whole, f"of which one pass over the rows {facts * 1000:.1f} ms"))
    return rows


def _objects(core: Any, folder: Path, lines: int) -> float:
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

    run()
    return seconds(run)


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
