"""A disk that fills up: the file is the old one or the new one, whole, and the user is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hakemus.adapters.storage import failures
from hakemus.adapters.storage.drafts import DraftFiles

FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
FREE = range(0, 60, 6) if FULL else (0, 1, 3, 8, 20, 60)  # pages of 4 kB left on the disk
SIZES = range(100, 200_100, 20_000) if FULL else (100, 5_000, 40_000, 120_000)
FORMAT = {"name": "hakemus", "major": 1, "minor": 0}


def _draft(revision: int, size: int) -> dict[str, object]:
    return {"format": FORMAT, "id": "d", "revision": revision, "text": "x" * size}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 512 kB in memory, where the suite may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root mounts a small disk; the limit on file size is tried instead")
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here; the limit on file size is tried instead")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _fill(folder: Path, leave: int) -> None:
    """Take all room but `leave` pages."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    os.truncate(filler, max(0, filler.stat().st_size - leave * 4096))


def test_a_full_disk_costs_nothing(small_disk: Path) -> None:
    path = small_disk / "a.hakemus"
    told = saved = 0
    for free in FREE:
        for size in SIZES:
            (small_disk / "filler").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            files = DraftFiles()
            seen = files.save(str(path), _draft(1, 2_000), {}, {}, None)
            old = path.read_bytes()
            _fill(small_disk, free)
            try:
                files.save(str(path), _draft(2, size), {}, {}, seen)
            except failures.DiskFull:
                told += 1
                assert path.read_bytes() == old
            else:
                saved += 1
                assert files.load(str(path)).plain == _draft(2, size)
            assert set(os.listdir(small_disk)) == {"a.hakemus", "filler"}
    assert told > 5
    assert saved > 5


LIMITED = """
import resource, sys
from hakemus.adapters.storage import failures
from hakemus.adapters.storage.drafts import DraftFiles
path, limit, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
files = DraftFiles()
stored = files.load(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    files.save(path, {**stored.plain, "text": "x" * size}, {}, {}, stored.seen)
except failures.DiskFull as failure:
    print("told", failure.errno)
else:
    print("saved")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file size")
@pytest.mark.parametrize(("limit", "size", "says"), [(4_096, 20_000, "told 27"), (65_536, 20_000, "saved")])
def test_a_limit_on_file_size_costs_nothing(tmp_path: Path, limit: int, size: int, says: str) -> None:
    path = tmp_path / "a.hakemus"
    DraftFiles().save(str(path), _draft(1, 100), {}, {}, None)
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(limit), str(size)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, says, "")
    assert len(str(DraftFiles().load(str(path)).plain["text"])) == (size if says == "saved" else 100)
    assert os.listdir(tmp_path) == ["a.hakemus"]
