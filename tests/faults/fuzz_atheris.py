"""Fuzzes the opening of files, led by coverage, with atheris (Linux; named by requirements/campaign.in).

    python tests/faults/fuzz_atheris.py run FOLDER SECONDS [RECORD]   fuzz; FOLDER keeps what was learnt and found
    python tests/faults/fuzz_atheris.py keep FOLDER                   add to tests/corpus/fuzz/ what shows new faults

`run` starts from tests/corpus/fuzz/ and from FOLDER, adds inputs that reach new code to FOLDER, and appends one line
of JSON to RECORD: the day, the machine, the hours of processor time, the inputs tried, what was found. An input that
ends in anything but the promise of `opening.py`, or takes long, is written to FOLDER/found and ends the run.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus" / "fuzz"
MOST_LENGTH = 24_000
SLOWER = 4
"""How much slower code runs that counts its branches."""
MOST_CLOCK = 300
"""Seconds of the clock after which an input counts as one without an end. What is slow is told by the processor's time:
on a busy machine a fuzzer that gives way to everything else may wait ten seconds for its turn."""
_TRIED = re.compile(r"^Done (\d+) runs|^#(\d+)\t", re.MULTILINE)


def child(arguments: list[str]) -> None:
    """libFuzzer itself; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["hakemus"]):
        import mutations
        import opening

    def one(data: bytes) -> None:
        started = time.process_time()
        opening.opened_or_refused(data)
        enough = opening.MOST_SECONDS * SLOWER
        if time.process_time() - started > enough and opening.seconds_of(data, enough) > enough:
            raise TimeoutError("slow")

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.25:
            return bytes(atheris.Mutate(data, most))
        changed = mutations.reshaped(data, chance, lambda raw: bytes(atheris.Mutate(raw, most)))
        return changed if len(changed) <= most else data[:most]

    atheris.Setup([sys.argv[0], *arguments], one, custom_mutator=mutated)
    atheris.Fuzz()


def _libfuzzer(arguments: list[str]) -> tuple[int, str]:
    """Run a child; its exit code, and what it said."""
    command = [sys.executable, str(Path(__file__).resolve()), "child", *arguments]
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        code = subprocess.run(command, stderr=said, stdout=said, check=False).returncode
        said.seek(0)
        return code, said.read()


def run(folder: Path, seconds: int, record: Path | None) -> int:
    """Fuzz for a time of the clock; 1 where something was found."""
    learnt, found = folder / "learnt", folder / "found"
    for part in (learnt, found):
        part.mkdir(parents=True, exist_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code, said = _libfuzzer(
        [f"-max_total_time={seconds}", f"-max_len={MOST_LENGTH}", f"-timeout={MOST_CLOCK}", "-rss_limit_mb=1000",
         "-malloc_limit_mb=200", f"-artifact_prefix={found}/", "-len_control=20", str(learnt), str(CORPUS)]
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    tried = max((int(done or at) for done, at in _TRIED.findall(said)), default=0)
    line = {
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "core_hours": round(spent / 3_600, 3),
        "inputs": tried,
        "corpus": len(list(learnt.iterdir())) + len(list(CORPUS.iterdir())),
        "found": int(code != 0),
    }
    print(json.dumps(line), flush=True)
    if record is not None and tried:
        with open(record, "a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
    if code:
        print(said[-6_000:], file=sys.stderr)
    return int(code != 0)


def machine() -> str:
    """The machine in a few words, without its name."""
    processor = platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    return f"{os.cpu_count()} x {processor}, {platform.system()}, Python {platform.python_version()}"


def keep(folder: Path) -> int:
    """Add to the corpus of the repository what is told something that nothing in it is told yet, the shortest first.

    libFuzzer's own merge keeps thousands of inputs that differ in a count of branches; what differs for a person is
    few. Nothing is ever taken away.
    """
    import opening

    told = {word for path in CORPUS.iterdir() for word in opening.told(path.read_bytes())}
    added = 0
    for path in sorted((folder / "learnt").iterdir(), key=lambda path: (path.stat().st_size, path.name)):
        data = path.read_bytes()
        new = opening.told(data) - told
        if new:
            told |= new
            added += 1
            (CORPUS / hashlib.sha1(data).hexdigest()).write_bytes(data)
    print(f"{added} added, {len(list(CORPUS.iterdir()))} in all")
    return 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["child", *rest]:
            child(rest)
        case ["run", folder, seconds, *record]:
            sys.exit(run(Path(folder), int(seconds), Path(record[0]) if record else None))
        case ["keep", folder]:
            sys.exit(keep(Path(folder)))
        case _:
            sys.exit(__doc__)
