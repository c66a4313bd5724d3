"""Runs mutants: one pytest process collects and maps the tests once, then a forked child tries each mutant.

A child has the tests at hand, so that a mutant costs the time of the tests that run its line and no more; they run
from the quickest to the slowest, those that killed a neighbour first, until one fails.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
import pytest

from campaign.mutants.making import Mutant, compiled
from campaign.mutants.telling import KILLED, NO_TEST, SURVIVED, TIMED_OUT

SURVIVES, FAILS = 0, 1
SCRATCH = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())
"""Saves flush to the disk; in memory that costs nothing."""
OUT_OF_TIME = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)
MEMORY = 3 << 30  # a mutant that fills lists for ever ends here, not with the machine


@dataclass(slots=True)
class Tried:
    """What became of a mutant."""

    mutant: Mutant
    verdict: str
    killer: str = ""
    seconds: float = 0.0

    def as_json(self) -> str:
        """One line of the results' file."""
        return json.dumps(
            {
                "module": self.mutant.module,
                "key": self.mutant.key,
                "line": self.mutant.lines.start,
                "verdict": self.verdict,
                "killer": self.killer,
                "seconds": round(self.seconds, 2),
            },
            ensure_ascii=False,
        )


@dataclass
class Mutation:
    """The pytest plugin. `budget`: seconds of tests a mutant may have to live through; what outlives them survived."""

    mutants: Sequence[Mutant]
    files: dict[str, Path]
    results: Path
    budget: float = 30.0
    workers: int = 2
    unchanged: bool = False
    """Try everything but the change itself: then every mutant must live, or a test fails by being tried this way."""
    tried: list[Tried] = field(default_factory=list)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Few examples, always the same ones, and no search for the smallest: that a test fails is enough."""
        from hypothesis import Phase, settings  # not before pytest has prepared it

        settings.register_profile(
            "mutation",
            deadline=None,
            derandomize=True,
            database=None,
            max_examples=30,
            phases=[Phase.explicit, Phase.generate],
        )
        settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Map the tests, all of which must pass, then try every mutant."""
        mapped = _Mapped(session, list(self.files.values()))
        if session.testsfailed:
            raise session.Interrupted("a test fails without any mutant")
        functions = _functions_by_file(set(self.files.values()))
        queue = list(self.mutants)
        running: dict[int, _Child] = {}
        killers: dict[tuple[str, str], list[str]] = {}
        with self.results.open("a", encoding="utf-8") as written:
            while queue or running:
                while queue and len(running) < self.workers:
                    mutant = queue.pop(0)
                    tests = mapped.tests_for(self.files[mutant.module], mutant)
                    tests = _ordered(tests, killers.get((mutant.module, mutant.function), []), mapped, self.budget)
                    targets = _targets(functions, self.files[mutant.module], mutant)
                    if not tests or not targets:
                        self._note(Tried(mutant, NO_TEST), written)
                        continue
                    child = _Child(mutant, tests, [] if self.unchanged else targets, session, mapped)
                    running[child.pipe] = child
                for child in _ended(running, 1.0):
                    del running[child.pipe]
                    tried = child.result()
                    self._note(tried, written)
                    if tried.killer:
                        _first(killers.setdefault((child.mutant.module, child.mutant.function), []), tried.killer)
        return True

    def _note(self, tried: Tried, written: Any) -> None:
        self.tried.append(tried)
        written.write(tried.as_json() + "\n")
        written.flush()
        if len(self.tried) % 50 == 0 or tried.verdict != KILLED:
            done = f"{len(self.tried)}/{len(self.mutants)}"
            note = "" if tried.verdict == KILLED else f" {tried.verdict}: {tried.mutant.module} {tried.mutant.key}"
            os.write(2, f"{done}{note}\n".encode())


class _Mapped:
    """Which test runs which line, and how long it takes."""

    def __init__(self, session: pytest.Session, files: list[Path]) -> None:
        self.items = {item.nodeid: item for item in session.items}
        self.seconds: dict[str, float] = {}
        cover = coverage.Coverage(data_file=None, config_file=False, include=[str(path) for path in files])
        cover.start()
        for index, item in enumerate(session.items):
            following = session.items[index + 1] if index + 1 < len(session.items) else None
            _clear_caches()
            cover.switch_context(item.nodeid)
            began = time.perf_counter()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.perf_counter() - began
        cover.stop()
        data = cover.get_data()
        self.contexts = {path: data.contexts_by_lineno(str(path)) for path in files}

    def tests_for(self, path: Path, mutant: Mutant) -> set[str]:
        """The tests that run the changed statement, or, of a parameter's default, the function."""
        by_line = self.contexts[path]
        for lines in (mutant.lines, mutant.span):
            found = {test for line in lines for test in by_line.get(line, ()) if test}
            if found:
                return found
        return set()


def _ordered(tests: set[str], killers: list[str], mapped: _Mapped, budget: float) -> list[str]:
    """Killers of the same function first, then by time; within the budget, but at least one."""
    known = [test for test in killers if test in tests]
    rest = sorted(tests.difference(known), key=lambda test: (mapped.seconds[test], test))
    chosen: list[str] = []
    for test in known[:5] + sorted(known[5:] + rest, key=lambda test: (mapped.seconds[test], test)):
        budget -= mapped.seconds[test]
        if chosen and budget < 0:
            break
        chosen.append(test)
    return chosen


def _first(tests: list[str], test: str) -> None:
    if test in tests:
        tests.remove(test)
    tests.insert(0, test)


class _Child:
    """A forked process that runs the tests of one mutant and says through a pipe which one failed."""

    def __init__(
        self,
        mutant: Mutant,
        tests: list[str],
        targets: list[types.FunctionType],
        session: pytest.Session,
        mapped: _Mapped,
    ) -> None:
        self.mutant = mutant
        self.folder = SCRATCH / f"hakemus-mutant-{os.getpid()}-{id(self)}"
        expected = sum(mapped.seconds[test] for test in tests)
        self.began = time.monotonic()
        patience = int(30 + 10 * expected)
        self.deadline = self.began + patience
        self.killer = ""
        self.pipe, write_end = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(write_end)
            return
        code = SURVIVES
        try:
            os.setsid()
            _silence()
            signal.alarm(patience)  # ends it also where nobody is left to wait for it
            seconds = int(10 + 4 * expected)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = self._run([mapped.items[test] for test in tests], targets, session, write_end)
        except BaseException:
            code = FAILS
        finally:
            os._exit(code)

    def _run(
        self, items: list[pytest.Item], targets: list[types.FunctionType], session: pytest.Session, write_end: int
    ) -> int:
        _apply(self.mutant, targets)
        _clear_caches()
        folders = getattr(session.config, "_tmp_path_factory", None)
        if folders is not None:
            self.folder.mkdir(parents=True)
            folders._basetemp = self.folder
        session.testsfailed = 0
        session.shouldfail = session.shouldstop = False
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os.write(write_end, item.nodeid.encode())
                return FAILS
        return SURVIVES

    def is_over(self) -> bool:
        return time.monotonic() > self.deadline

    def result(self) -> Tried:
        """Wait for the end, clean up, and judge."""
        said = b""
        if self.is_over():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        else:
            while part := os.read(self.pipe, 4096):
                said += part
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)
        seconds = time.monotonic() - self.began
        code = os.waitstatus_to_exitcode(status)
        verdict = SURVIVED if code == SURVIVES else TIMED_OUT if -code in OUT_OF_TIME else KILLED
        return Tried(self.mutant, verdict, said.decode(errors="replace"), seconds)


def _silence() -> None:
    """What a child's tests print is not for the one who waits for the verdicts."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for place in (1, 2):
        os.dup2(nowhere, place)
    os.close(nowhere)


def _ended(running: dict[int, _Child], seconds: float) -> Iterator[_Child]:
    """Children whose pipe has been closed by their end, and those whose time is over."""
    ready, _, _ = select.select(list(running), [], [], seconds) if running else ([], [], [])
    late = [pipe for pipe, child in running.items() if child.is_over()]
    for pipe in {*ready, *late}:
        yield running[pipe]


def _functions_by_file(files: set[Path]) -> dict[str, list[types.FunctionType]]:
    wanted = {str(path): [] for path in files}  # type: dict[str, list[types.FunctionType]]
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename in wanted:
            wanted[one.__code__.co_filename].append(one)
    return wanted


def _targets(functions: dict[str, list[types.FunctionType]], path: Path, mutant: Mutant) -> list[types.FunctionType]:
    return [
        one
        for one in functions[str(path)]
        if one.__code__.co_qualname == mutant.function and one.__code__.co_firstlineno in mutant.span
    ]


def _apply(mutant: Mutant, targets: list[types.FunctionType]) -> None:
    module = sys.modules[mutant.module]
    changed = compiled(mutant, vars(module), str(module.__file__))
    for target in targets:
        target.__code__ = changed.__code__
        target.__defaults__ = changed.__defaults__
        target.__kwdefaults__ = changed.__kwdefaults__


def _clear_caches() -> None:
    """What the program has remembered was remembered of the unchanged program, or hides who runs what."""
    for one in _caches():
        one.cache_clear()


@functools.cache
def _caches() -> list[Any]:
    kind = type(functools.lru_cache(int))
    return [one for one in gc.get_objects() if isinstance(one, kind) and one.__module__.startswith("hakemus")]
