"""Keeps what the benchmarks measured, and makes the table of docs/speed.md of it."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row
from campaign.figures import machine, with_block

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "benchmarks" / "figures.json"
DOCUMENT = ROOT / "docs" / "speed.md"
START = "<!-- bench: written by dev.py bench --write -->"
END = "<!-- bench: end -->"


def load() -> float:
    """What else the machine has to do: runnable processes over the last minute; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def keep(name: str, about: str, rows: Iterable[Row], load_before: float) -> None:
    """Put one benchmark's rows in the place of what it measured before."""
    whole = kept()
    whole[name] = {
        "about": about,
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "load": round(load_before, 1),
        "rows": [[what, round(seconds * 1000, 2), remark] for what, seconds, remark in rows],
    }
    plain = dict(sorted(whole.items()))
    KEPT.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def kept() -> dict[str, Any]:
    """Everything measured so far, by benchmark."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.is_file() else {}


def block(whole: dict[str, Any]) -> str:
    """A table for each benchmark, with its day, machine and load."""
    machines = sorted({one["machine"] for one in whole.values()})
    lines = [START]
    for name, one in whole.items():
        where = machines.index(one["machine"]) + 1
        lines += ["", f"### {name}", "", one["about"]]
        lines += ["", f"{one['day']}, machine {where}, load {one['load']} when it began.", ""]
        lines += ["| what | ms | remark |", "|---|--:|---|"]
        lines += [f"| {what} | {taken:.1f} | {remark} |" for what, taken, remark in one["rows"]]
    lines += ["", *(f"{at}. {text}" for at, text in enumerate(machines, 1)), "", END]
    return "\n".join(lines)


def written(document: str, whole: dict[str, Any]) -> str:
    """The document with its block made anew."""
    return with_block(document, block(whole))


def write() -> None:
    """Make the block of docs/speed.md anew."""
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8"), kept()), encoding="utf-8")
