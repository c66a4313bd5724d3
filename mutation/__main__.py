"""Try mutants: `python -m mutation`, or only some modules: `python -m mutation storage rules.shares domain.money`.

Results lie in out/mutation/; a survivor that is explained in mutation/survivors.toml is no surprise, any other one
ends the command with 1. `--again` tries only what did not die the last time; `--sample N` every N-th mutant.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pytest

from mutation.making import Mutant, mutants_of
from mutation.running import SCRATCH, Mutation
from mutation.telling import KILLED, last_verdicts, reasons, table, unexplained

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
EXPLAINED = ROOT / "mutation" / "survivors.toml"
RESULTS = ROOT / "out" / "mutation"
GROUPS = {
    "storage": ("hakemus/adapters/storage/*.py",),
    "rules": ("hakemus/rules/*.py", "hakemus/domain/money.py"),
}
TESTS = {
    "storage": ("tests/adapters/storage", "tests/corpus", "tests/faults/test_system_calls.py"),
    "rules": ("tests/domain", "tests/rules", "tests/calls", "tests/usecases", "tests/report"),
}


def main(words: list[str]) -> int:
    """Try the mutants of both groups, or of the modules that are named; 1 where an unexplained one lives."""
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="parts of module names; none is all")
    parser.add_argument("--again", action="store_true", help="only what did not die the last time")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every N-th mutant")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--budget", type=float, default=30.0, help="seconds of tests for one mutant")
    parser.add_argument("--tests", action="append", metavar="PATH", help="these tests alone")
    wanted = parser.parse_args(words)
    RESULTS.mkdir(parents=True, exist_ok=True)
    code = 0
    verdicts = {}
    for group, patterns in GROUPS.items():
        files = {_module(path): path for pattern in patterns for path in sorted(SOURCE.glob(pattern))}
        there = [one for name, path in files.items() for one in mutants_of(path, name)]
        files = {name: path for name, path in files.items() if _is_wanted(name, wanted.modules)}
        mutants = [one for one in there if one.module in files][:: wanted.sample]
        results = RESULTS / f"{group}.jsonl"
        if wanted.again:
            mutants = _not_dead(mutants, results)
        if mutants:
            plugin = Mutation(mutants, files, results, wanted.budget, wanted.workers)
            options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
            options.append(f"--basetemp={SCRATCH / f'hakemus-mutation-{os.getpid()}'}")
            code = pytest.main([*options, *(wanted.tests or TESTS[group])], plugins=[plugin]) or code
        last = last_verdicts(results)
        verdicts |= {key: last[key] for key in ((one.module, one.key) for one in there) if key in last}
    explained = reasons(EXPLAINED)
    print(table(verdicts, explained))
    alive = unexplained(verdicts, explained)
    print("\n".join(alive))
    return int(code) or int(bool(alive))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts)


def _is_wanted(name: str, parts: list[str]) -> bool:
    return not parts or any(part in name for part in parts)


def _not_dead(mutants: list[Mutant], results: Path) -> list[Mutant]:
    last = last_verdicts(results)
    return [one for one in mutants if last.get((one.module, one.key), {}).get("verdict") != KILLED]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
