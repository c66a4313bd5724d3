"""Tells what became of the mutants: figures by module, kept with their day, and those that live with the reason."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from campaign import figures

HERE = Path(__file__).resolve().parent
REASONS = HERE / "survivors.toml"
KEPT = HERE / "figures.json"
DOCUMENT = figures.ROOT / "docs" / "mutation-testing.md"
START, END = "<!-- mutants: written by dev.py campaign mutants -->", "<!-- mutants: end -->"
KILLED, SURVIVED, TIMED_OUT, NO_TEST = "killed", "survived", "timed out", "no test"
ALIVE = (SURVIVED, NO_TEST)
Key = tuple[str, str]
"""A mutant by its module and its own key, which says the function and the changed lines."""


def last_verdicts(results: Path) -> dict[Key, dict[str, Any]]:
    """The last that was said of each mutant."""
    found: dict[Key, dict[str, Any]] = {}
    if results.exists():
        for line in results.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["module"], row["key"]] = row
    return found


def judged(there: Iterable[Key], last: Mapping[Key, Mapping[str, Any]]) -> dict[Key, str]:
    """The verdicts of the mutants of all modules of which every mutant has been tried."""
    keys = list(there)
    untried = {module for module, key in keys if (module, key) not in last}
    return {key: last[key]["verdict"] for key in keys if key[0] not in untried}


def reasons(path: Path) -> dict[Key, str]:
    """Why mutants may live: for each module a list of tables of `because` and `are`, the keys of mutants."""
    plain = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        (f"hakemus.{module}", key): row["because"]
        for module, rows in plain.items()
        for row in rows
        for key in row["are"]
    }


def unexplained(verdicts: Mapping[Key, str], explained: Mapping[Key, str]) -> list[str]:
    """Mutants that live without a reason."""
    return [
        f"{verdict}: {key[0]}: {key[1]}"
        for key, verdict in verdicts.items()
        if verdict in ALIVE and key not in explained
    ]


def out_of_date(verdicts: Mapping[Key, str], explained: Mapping[Key, str]) -> list[str]:
    """Reasons for mutants that there are no more, or that are killed."""
    modules = {module for module, _ in verdicts}
    return [
        f"explained, but {verdicts.get(key, 'not there')}: {key[0]}: {key[1]}"
        for key in explained
        if key[0] in modules and verdicts.get(key) not in ALIVE
    ]


def keep(verdicts: Mapping[Key, str], explained: Mapping[Key, str]) -> None:
    """Keep the figures of the modules that were tried whole; the others stay as they were."""
    whole: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for module in sorted({key[0] for key in verdicts}):
        own = {key: verdict for key, verdict in verdicts.items() if key[0] == module}
        counted = {verdict: list(own.values()).count(verdict) for verdict in (KILLED, TIMED_OUT, SURVIVED, NO_TEST)}
        counted["explained"] = sum(key in explained for key, verdict in own.items() if verdict in ALIVE)
        found = {**counted, "keys": _keys(key for _, key in own)}
        before = whole.get(module, {})
        if {name: before.get(name) for name in found} != found:
            whole[module] = {**found, "day": figures.today(), "machine": figures.machine()}
    KEPT.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def mark_changed(there: Iterable[Key]) -> None:
    """Mark modules whose figures are those of another text: the mutants of now are not those that were tried."""
    whole: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    now: dict[str, list[str]] = {}
    for module, key in there:
        now.setdefault(module, []).append(key)
    for module, row in whole.items():
        row.pop("changed", None)
        keys = now.get(module, [])
        if sum(_columns(row)[:3]) != len(keys) or row.get("keys", _keys(keys)) != _keys(keys):
            row["changed"] = True
    KEPT.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _keys(keys: Iterable[str]) -> str:
    """All mutants of a module as one short text, to tell whether they are still the same ones."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:16]


def write() -> None:
    """Make the tables of the document anew."""
    document = DOCUMENT.read_text(encoding="utf-8")
    before, rest = document.split(START)
    after = rest.split(END)[1]
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    text = f"{before}{START}\n\n{table(kept)}\n\n{survivors(REASONS)}\n\n{END}{after}"
    DOCUMENT.write_text(text, encoding="utf-8")


def table(kept: Mapping[str, Mapping[str, Any]]) -> str:
    """Figures by module. A mutant that outlives its time was noticed: it counts as killed."""
    machines = sorted({row["machine"] for row in kept.values()})
    lines = ["| module | mutants | killed | timed out | alive | explained | killed, % | day | machine |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|---|--:|")
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for module, row in sorted(kept.items()):
        name = module.removeprefix("hakemus.")
        groups.setdefault(name.rpartition(".")[0], []).append(row)
        mark = ", changed since" if row.get("changed") else ""
        lines.append(f"| `{name}`{mark} | {_counted([row])} | {row['day']} | {machines.index(row['machine']) + 1} |")
    for name, rows in groups.items():
        lines.append(f"| **{name}** | {_counted(rows)} | | |")
    return "\n".join([*lines, "", *(f"{at}. {name}" for at, name in enumerate(machines, 1))])


def _counted(rows: Iterable[Mapping[str, Any]]) -> str:
    counted = [sum(column) for column in zip(*(_columns(row) for row in rows), strict=True)]
    killed, timed_out, alive, explained = counted
    total = killed + timed_out + alive
    share = f"{100 * (total - alive) / total:.1f}" if total else "-"
    return f"{total} | {killed} | {timed_out} | {alive} | {explained} | {share}"


def _columns(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return row[KILLED], row[TIMED_OUT], row[SURVIVED] + row[NO_TEST], row["explained"]


def survivors(path: Path) -> str:
    """Those that live, by module and reason."""
    lines = []
    for module, rows in sorted(tomllib.loads(path.read_text(encoding="utf-8")).items()):
        lines += [f"### {module}", ""]
        for row in rows:
            lines += [f"{row['because']}", "", *(f"- `{key}`" for key in row["are"]), ""]
    return "\n".join(lines).rstrip("\n")
