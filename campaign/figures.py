"""The figures of campaigns: kept with day and machine, and written into docs/reliability.md between two marks.

A test reports what it counted (`figure` in tests/conftest.py); only what was reported in a campaign ever stands there.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "campaign" / "figures.json"
FUZZED = ROOT / "campaign" / "fuzzed.jsonl"
DOCUMENT = ROOT / "docs" / "reliability.md"
START, END = "<!-- campaign: written by dev.py campaign -->", "<!-- campaign: end -->"
REPORTS = "HAKEMUS_FIGURES"
"""Names the file to which tests report while a campaign runs."""

ROWS: Mapping[str, str] = {
    "kills": "Killed while saving, 2 to 30 ms after an acknowledged save",
    "full-disk": "Full disk, a real one of 512 kB",
    "system-calls": "Each system call of a save failing, each time it is made, in five ways",
    "stops": "The process gone at each system call of a save",
    "rivals": "Processes that write one draft at the same time",
    "cuts": "A draft of 2 kB cut at every byte, and every bit of it flipped",
    "hostile": "Files made to do harm",
    "great": "Drafts near the limit of their text, damaged",
    "dense": "Documents filled with the smallest values there are",
    "fuzzed": "Inputs of the coverage-led fuzzer, in all campaigns together",
    "damaged": "Damaged drafts made on the spot",
    "rescued": "Damaged texts rescued",
    "round-trip": "Whole documents saved and opened again, unknown fields and members included",
    "packed": "Documents of any shape packed and read again",
    "totals": "Totals of 0.01 to 20 000.00 under a share of 80 %",
    "breaches": "Random breaches of the rules about money",
    "calculators": "Random applications judged by the program and by a second calculator",
    "machine": "Runs of edit, undo, redo, seal, save, crash, recover, second window, external edit",
    "leaks": "Memory and handles after opening, editing, saving and closing again and again",
    "verapdf": "Papers of the examples and of generated applications judged by veraPDF",
    "papers": "Papers of generated applications, in three languages",
    "reckoned": "Workbooks of generated applications reckoned anew by LibreOffice, in three languages",
    "returned": "Workbooks that were changed in LibreOffice and read back",
    "hostile-texts": "A thousand texts that have gone wrong somewhere, in every field of text of a workbook",
    "network": "Connections that the whole suite tried to make",
    "save-cost": "A save of a 200 kB draft: what the disk does, beside a bare write, flush and rename",
    "save-growth": "Making, packing and checking a draft, by its size",
    "save-freeze": "A draft with 20 MB of attachments saved on another thread, as the window does",
    "judging": "One evaluation of 2 000 budget lines under 200 rules",
    "judging-growth": "One evaluation, by the number of budget lines",
    "judging-data": "Applications judged by `hakemus check --data` in one process",
}
"""What each figure is about, in the order of the table."""


class Figure(NamedTuple):
    """What was measured, when and where."""

    text: str
    day: str
    machine: str


def machine() -> str:
    """This machine in a few words, without its name."""
    processor = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    return f"{os.cpu_count()} x {processor}, {platform.system()}, Python {platform.python_version()}"


def today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def kept() -> dict[str, Figure]:
    """What campaigns have measured so far."""
    return {key: Figure(**values) for key, values in json.loads(KEPT.read_text(encoding="utf-8")).items()}


def keep(reported: Mapping[str, str]) -> None:
    """Keep what was measured now; what was not measured again stays as it was."""
    whole = {**kept(), **{key: Figure(text, today(), machine()) for key, text in reported.items()}}
    plain = {key: whole[key]._asdict() for key in ROWS if key in whole}
    KEPT.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def reported(lines: Iterable[str]) -> dict[str, str]:
    """The figures of a file of reports, each line one; the parts of one key are joined in the order of their names.

    The counts of one part are summed, and stand in the places of its sentence.
    """
    parts: dict[str, dict[str, str]] = {}
    sums: dict[tuple[str, str], Counter[str]] = {}
    for line in lines:
        one = json.loads(line)
        parts.setdefault(one["key"], {})[one["part"]] = one["text"]
        sums.setdefault((one["key"], one["part"]), Counter()).update(one.get("counts", {}))
    return {
        key: "; ".join(_filled(texts[part], sums[key, part]) for part in sorted(texts)) for key, texts in parts.items()
    }


def _filled(text: str, counts: Mapping[str, int]) -> str:
    return text.format_map({name: _grouped(number) for name, number in counts.items()}) if counts else text


def fuzzed(lines: Iterable[str]) -> str:
    """The sum of all fuzzing, from its record of one line a run."""
    runs = [json.loads(line) for line in lines if line.strip()]
    inputs, hours = sum(run["inputs"] for run in runs), sum(run["core_hours"] for run in runs)
    found = sum(run["found"] for run in runs)
    days = len({run["day"] for run in runs})
    ended = f"{found} of {len(runs)} runs ended with a finding" if found else f"none of {len(runs)} runs found anything"
    return f"{_grouped(inputs)} inputs in {hours:.2f} core-hours on {days} day{'' if days == 1 else 's'}; {ended}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def block(figures: Mapping[str, Figure]) -> str:
    """The table for the document: what, figure, day and machine."""
    machines = sorted({one.machine for one in figures.values()})
    lines = [START, "", "| what | figure | day | machine |", "|---|---|---|---|"]
    for key, what in ROWS.items():
        if key in figures:
            one = figures[key]
            lines.append(f"| {what} | {one.text} | {one.day} | {machines.index(one.machine) + 1} |")
    lines += ["", *(f"{at}. {name}" for at, name in enumerate(machines, 1)), "", END]
    return "\n".join(lines)


def written(document: str, figures: Mapping[str, Figure]) -> str:
    """The document with its block made anew."""
    return with_block(document, block(figures))


def with_block(document: str, block: str) -> str:
    """The document with the block, marks and all, in the place of the one that begins and ends with the same marks.

    Raises ValueError where a mark is missing.
    """
    lines = block.splitlines()
    start, end = lines[0], lines[-1]
    before, _, rest = document.partition(start)
    _, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"the marks {start} and {end} are missing")
    return before + block + after


def write() -> None:
    """Take the fuzzer's record in and make the block of docs/reliability.md anew."""
    if FUZZED.is_file():
        text = fuzzed(FUZZED.read_text(encoding="utf-8").splitlines())
        if "fuzzed" not in kept() or kept()["fuzzed"].text != text:
            keep({"fuzzed": text})
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8"), kept()), encoding="utf-8")
