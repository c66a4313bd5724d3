"""Try mutants: `campaign mutants` all of them, `campaign mutants storage.durable domain.money` those of some modules.

What became of each lies in out/mutants/. A survivor that campaign/mutants/survivors.toml explains is expected; any
other one is told and ends the command with 1. docs/mutation-testing.md gets the figures of modules tried whole.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from campaign.mutants import telling
from campaign.mutants.making import Mutant, mutants_of
from campaign.mutants.running import SCRATCH, Mutation

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
RESULTS = ROOT / "out" / "mutants"
GROUPS = {
    "storage": ("hakemus/adapters/storage/*.py",),
    "rules": ("hakemus/rules/*.py", "hakemus/domain/money.py"),
}
TESTS = {
    "storage": ("tests/adapters/storage", "tests/corpus", "tests/faults/test_system_calls.py"),
    "rules": ("tests/domain", "tests/rules", "tests/calls"),
}
"""The tests that are to notice a mutant of a group; what only tests of windows or papers would notice lives."""


def main(words: Sequence[str]) -> int:
    """Try the mutants of each group in a process of its own, then tell and write what became of them."""
    parser = argparse.ArgumentParser(prog="campaign mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", help="parts of module names; none is all")
    parser.add_argument("--again", action="store_true", help="only what did not die the last time")
    parser.add_argument("--unexplained", action="store_true", help="of these, only what has no reason yet")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every N-th mutant")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4))
    parser.add_argument("--budget", type=float, default=20.0, help="seconds of tests for one mutant")
    parser.add_argument("--unchanged", action="store_true", help="change nothing: every mutant must live")
    parser.add_argument("--tests", action="append", metavar="ARGUMENT", help="pytest's arguments, for other tests")
    parser.add_argument("--group", choices=GROUPS, help=argparse.SUPPRESS)
    wanted = parser.parse_args(words)
    RESULTS.mkdir(parents=True, exist_ok=True)
    if wanted.group:
        return _try(wanted.group, wanted)
    for group in GROUPS:
        run = [sys.executable, "-m", "campaign.mutants", "--group", group, *words]
        code = subprocess.run(run, cwd=ROOT, check=False).returncode
        if code:
            return code
    return _tell()


def _try(group: str, wanted: argparse.Namespace) -> int:
    files = {name: path for name, path in _files(group).items() if _is_wanted(name, wanted.modules)}
    mutants = [one for name, path in files.items() for one in mutants_of(path, name)][:: wanted.sample]
    results = RESULTS / ("unchanged.jsonl" if wanted.unchanged else f"{group}.jsonl")
    if wanted.again or wanted.unexplained:
        mutants = _not_dead(mutants, results)
    if wanted.unexplained:
        settled = telling.reasons(telling.REASONS).keys() & telling.last_verdicts(results).keys()
        mutants = [one for one in mutants if (one.module, one.key) not in settled]
    if not mutants:
        return 0
    plugin = Mutation(mutants, files, results, wanted.budget, wanted.workers, wanted.unchanged)
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options.append(f"--basetemp={SCRATCH / f'hakemus-mutants-{os.getpid()}'}")
    return int(pytest.main([*options, *(wanted.tests or TESTS[group])], plugins=[plugin]))


def _tell() -> int:
    """Judge all mutants that there are now by what was last said of them."""
    there = [one for group in GROUPS for name, path in _files(group).items() for one in mutants_of(path, name)]
    last = {key: row for group in GROUPS for key, row in telling.last_verdicts(RESULTS / f"{group}.jsonl").items()}
    judged = telling.judged([(one.module, one.key) for one in there], last)
    reasons = telling.reasons(telling.REASONS)
    telling.keep(judged, reasons)
    telling.mark_changed((one.module, one.key) for one in there)
    telling.write()
    strange = [*telling.unexplained(judged, reasons), *telling.out_of_date(judged, reasons)]
    print("\n".join(strange or ["every mutant that was tried is killed or explained"]))
    return int(bool(strange))


def _files(group: str) -> dict[str, Path]:
    found = [path for pattern in GROUPS[group] for path in sorted(SOURCE.glob(pattern))]
    return {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in found}


def _is_wanted(name: str, parts: Sequence[str]) -> bool:
    return not parts or any(part in name for part in parts)


def _not_dead(mutants: Sequence[Mutant], results: Path) -> list[Mutant]:
    last = telling.last_verdicts(results)
    return [one for one in mutants if last.get((one.module, one.key), {}).get("verdict") != telling.KILLED]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
