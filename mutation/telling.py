"""Tells what became of the mutants: a table by module, and those that live, with the reason where one is written."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

KILLED, SURVIVED, TIMED_OUT, NO_TEST = "killed", "survived", "timed out", "no test"
ALIVE = (SURVIVED, NO_TEST)
Key = tuple[str, str]


def last_verdicts(results: Path) -> dict[Key, dict[str, Any]]:
    """The last that was said of each mutant, by its module and its key."""
    found: dict[Key, dict[str, Any]] = {}
    if results.exists():
        for line in results.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["module"], row["key"]] = row
    return found


def reasons(path: Path) -> dict[Key, str]:
    """Why a mutant may live: `[["module"]]` tables of `is` (its key) and `because`."""
    if not path.exists():
        return {}
    plain = tomllib.loads(path.read_text(encoding="utf-8"))
    return {(module, row["is"]): row["because"] for module, rows in plain.items() for row in rows}


def table(verdicts: Mapping[Key, Mapping[str, Any]], explained: Mapping[Key, str]) -> str:
    """Figures by module, as a table of Markdown. One that outlives its time was noticed: it counts as killed."""
    counts: dict[str, Counter[str]] = {}
    for key, row in sorted(verdicts.items()):
        counts.setdefault(key[0], Counter())[row["verdict"]] += 1
        counts[key[0]]["explained"] += key in explained and row["verdict"] in ALIVE
    lines = [
        "| module | mutants | killed | timed out | alive | of them explained | killed, % |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for module, count in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        alive = sum(count[verdict] for verdict in ALIVE)
        total = alive + count[KILLED] + count[TIMED_OUT]
        share = f"{100 * (total - alive) / total:.1f}" if total else "-"
        lines.append(
            f"| {module.removeprefix('hakemus.')} | {total} | {count[KILLED]} | {count[TIMED_OUT]} | {alive} "
            f"| {count['explained']} | {share} |"
        )
    return "\n".join(lines)


def unexplained(verdicts: Mapping[Key, Mapping[str, Any]], explained: Mapping[Key, str]) -> list[str]:
    """Mutants that live without a reason."""
    return [
        f"{module}:{row['line']} {row['verdict']}: {key}"
        for (module, key), row in verdicts.items()
        if row["verdict"] in ALIVE and (module, key) not in explained
    ]
