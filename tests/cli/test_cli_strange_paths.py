"""Paths that are no files, files far too big, names of any letters: one sentence each, at once, and nothing made."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_shell import CALL, Shell

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX systems")

READERS = {
    "show": ["show", "IT"],
    "show --json": ["show", "IT", "--json"],
    "check": ["check", "IT"],
    "check --data": ["check", "--call", CALL, "--data", "IT"],
    "new --data": ["new", "out.hakemus", "--call", CALL, "--data", "IT"],
    "export": ["export", "IT", "--pdf", "out.pdf"],
    "import": ["import", "IT", "out.hakemus"],
    "import-workbook": ["import-workbook", "IT", "out.hakemus"],
    "check-call": ["check-call", "IT"],
}
WRITERS = {
    "new": ["new", "IT", "--call", CALL],
    "new --force": ["new", "IT", "--call", CALL, "--force"],
    "export --pdf": ["export", "a.hakemus", "--pdf", "IT"],
    "export --xlsx": ["export", "a.hakemus", "--xlsx", "IT"],
}
LONG = "x" * 300


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """A command that waits for a pipe, or reads a device to no end, fails its test instead of stopping the suite."""

    def late(*_: object) -> None:
        raise TimeoutError("the command does not end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _made(folder: Path, kind: str) -> str:
    path = folder / "it.hakemus"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "circle":
            path.symlink_to(path)
        case "dangling link":
            path.symlink_to(folder / "gone" / "far")
        case "below a file":
            path.write_bytes(b"x")
            return str(path / "x")
        case "far too big":
            with open(path, "wb") as file:
                file.truncate(3_000_000_000)
        case "device":
            return "/dev/zero"
        case "long name":
            return LONG
        case "no name":
            return ""
    return str(path)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "circle", "dangling link", "below a file", "missing",
                                  "far too big", "long name"])  # fmt: skip
@pytest.mark.parametrize("command", READERS)
def test_what_cannot_be_read_is_said(shell: Shell, tmp_path: Path, command: str, kind: str) -> None:
    name = _made(tmp_path, kind)
    there = set(os.listdir(tmp_path))
    answer = shell(*(name if word == "IT" else word for word in READERS[command]))
    assert answer.code in ((1, 2) if command == "check-call" else (2,))
    assert answer.err.strip()
    assert "Error" not in answer.err
    assert set(os.listdir(tmp_path)) - {"state"} == there - {"state"}


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "circle", "dangling link", "below a file", "long name",
                                  "no name"])  # fmt: skip
@pytest.mark.parametrize("command", WRITERS)
def test_what_cannot_be_written_is_said(shell: Shell, tmp_path: Path, command: str, kind: str) -> None:
    assert shell("new", "a.hakemus", "--call", CALL).code == 0
    name = _made(tmp_path, kind)
    there = set(os.listdir(tmp_path))
    answer = shell(*(name if word == "IT" else word for word in WRITERS[command]))
    assert answer.code == 2
    assert answer.err.strip()
    assert "Error" not in answer.err
    assert set(os.listdir(tmp_path)) - {"state"} == there - {"state"}


NAMES = ("Ääkköset ž đ", "A\u0308", "\u00c4", "📚", "a b'\"c", "x" * 247, "-")


@pytest.mark.parametrize("name", [f"{name}.hakemus" for name in NAMES])
def test_a_name_of_any_letters_works_throughout(shell: Shell, tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    assert shell("new", path, "--call", CALL).code == 0
    assert shell("show", path, "--json").code == 0
    assert shell("check", path).code == 1
    assert shell("export", path, "--xlsx", str(tmp_path / "a.xlsx")).code == 0
    assert name in os.listdir(tmp_path)


def test_a_path_of_over_260_characters_works_throughout(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["kansio" * 8] * 6)
    folder.mkdir(parents=True)
    path = str(folder / "a.hakemus")
    assert len(path) > 260
    assert shell("new", path, "--call", CALL).code == 0
    assert shell("check", path).code == 1
    assert shell("export", path, "--pdf", str(folder / "a.pdf")).code == 0
    assert sorted(os.listdir(folder)) == ["a.hakemus", "a.pdf"]
