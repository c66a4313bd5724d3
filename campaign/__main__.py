"""Run the full figures and write them into docs/reliability.md.

    python3 dev.py campaign                    everything: all tests at full size, what saving costs, an hour of fuzzing
    python3 dev.py campaign tests [ARGUMENTS]  only tests at full size, with pytest's arguments: tests tests/faults
    python3 dev.py campaign network            the whole suite once at its usual size, for its one row: no connection
    python3 dev.py campaign saving             only what saving costs
    python3 dev.py campaign judging            only how long judging takes
    python3 dev.py campaign fuzz [SECONDS]     only fuzzing, for so long (Linux)
    python3 dev.py campaign mutants [MODULES]  only mutation testing, of all modules or some (docs/mutation-testing.md)
    python3 dev.py campaign write              only the document, from what was measured before

Figures that were not measured again stay, with their day and machine. Nothing is written when a step fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from campaign import figures

FUZZER = figures.ROOT / "tests" / "faults" / "fuzz_atheris.py"
FOUND = figures.ROOT / "out" / "fuzzed"
"""Where inputs that broke a promise are kept until they have a test."""
HOUR = 3_600
FUZZ_CHUNK = 600


def tests(arguments: Sequence[str]) -> int:
    """pytest with the full sizes; what the tests report is kept if all of them pass."""
    code, found = _pytest(arguments, {"HAKEMUS_CAMPAIGN": "1"})
    if found:
        figures.keep(found)
    return code


def network(arguments: Sequence[str]) -> int:
    """The whole suite as it always runs; of what it reports only that nothing connected: the rest is a sample."""
    code, found = _pytest(arguments, {})
    if "network" in found:
        figures.keep({"network": found["network"]})
    return code


def _pytest(arguments: Sequence[str], more: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """The exit code of pytest, and what the tests reported where all of them passed."""
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports.jsonl"
        environ = {**os.environ, **more, figures.REPORTS: str(reports)}
        workers = [] if "-n" in arguments or (os.cpu_count() or 1) < 2 else ["-n", str(min(os.cpu_count() or 1, 4))]
        code = subprocess.run(
            [sys.executable, "-m", "pytest", *workers, *arguments], cwd=figures.ROOT, env=environ, check=False
        ).returncode
        if code or not reports.is_file():
            return code, {}
        return code, figures.reported(reports.read_text(encoding="utf-8").splitlines())


def saving(_arguments: Sequence[str]) -> int:
    from benchmarks import bench_save

    figures.keep(bench_save.figures())
    return 0


def judging(_arguments: Sequence[str]) -> int:
    from benchmarks import bench_check

    figures.keep(bench_check.figures())
    return 0


def fuzz(arguments: Sequence[str]) -> int:
    """The fuzzer in parts, so that little of the record is lost where it is stopped; what covers more is kept."""
    left = int(arguments[0]) if arguments else HOUR
    with tempfile.TemporaryDirectory() as folder:
        while left > 0:
            seconds = min(left, FUZZ_CHUNK)
            run = ["run", folder, str(seconds), str(figures.FUZZED)]
            code = subprocess.run([sys.executable, str(FUZZER), *run], cwd=figures.ROOT, check=False).returncode
            if code:
                shutil.copytree(Path(folder) / "found", FOUND, dirs_exist_ok=True)
                print(f"what was found lies in {FOUND}", file=sys.stderr)
                return code
            left -= seconds
        return subprocess.run([sys.executable, str(FUZZER), "keep", folder], cwd=figures.ROOT, check=False).returncode


def write(_arguments: Sequence[str]) -> int:
    figures.write()
    return 0


def mutants(arguments: Sequence[str]) -> int:
    """Small faults put into the program one at a time; its figures have a document of their own."""
    run = [sys.executable, "-m", "campaign.mutants", *arguments]
    return subprocess.run(run, cwd=figures.ROOT, check=False).returncode


STEPS = {
    "tests": tests,
    "network": network,
    "saving": saving,
    "judging": judging,
    "fuzz": fuzz,
    "write": write,
    "mutants": mutants,
}
ON_LINUX = {"fuzz", "mutants"}
"""Steps whose tools are there, or whose ways are, on Linux alone."""
WITHIN = {"network"}
"""Steps that are a part of another one, which is run where everything is."""


def main(words: Sequence[str]) -> int:
    """The exit code of the first step that fails, 2 for a word that is no step."""
    if words and words[0] not in STEPS:
        print(__doc__, file=sys.stderr)
        return 2
    everything = [name for name in STEPS if name not in WITHIN and (name not in ON_LINUX or sys.platform == "linux")]
    for name in dict.fromkeys([words[0], "write"]) if words else everything:
        code = STEPS[name](words[1:] if words else ())
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
