"""A disk that fills up: the file is the old one or the new one, whole, and the user is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hakemus.adapters.storage import failures
from hakemus.adapters.storage.drafts import DraftFiles

FREE = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55)  # pages of 4 kB left on the disk
SIZES = (100, 4_000, 8_000, 12_000, 20_000, 40_000, 80_000, 120_000, 160_000, 200_000)
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


def test_a_full_disk_costs_nothing(small_disk: Path, figure: Callable[..., None]) -> None:
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
    assert told + saved == 100
    assert min(told, saved) > 20
    figure("full-disk", f"100 combinations of free room and size: {told} told and the old file whole, {saved} saved")


LIMITED = """
import json, resource, sys
from hakemus.adapters.storage import failures
from hakemus.adapters.storage.drafts import DraftFiles
path, (free, sizes) = sys.argv[1], json.loads(sys.argv[2])
files, plain = DraftFiles(), {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "d"}
seen = files.save(path, {**plain, "text": "x" * 100}, {}, {}, None)
for limit in free:
    for size in sizes:
        before = open(path, "rb").read()
        text = f"{limit:09}" + "x" * size
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit * 4096, resource.RLIM_INFINITY))
        try:
            seen = files.save(path, {**plain, "text": text}, {}, {}, seen)
        except failures.DiskFull as failure:
            print("told", failure.errno, open(path, "rb").read() == before)
        else:
            print("saved", len(text), files.load(path).plain["text"] == text)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file size")
def test_a_limit_on_file_size_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.hakemus"
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), json.dumps([FREE, SIZES])],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    ends = Counter(tuple(line.split()[::2]) for line in run.stdout.splitlines())
    assert ends.keys() == {("told", "True"), ("saved", "True")}
    assert sum(ends.values()) == 100
    assert min(ends.values()) > 20
    assert os.listdir(tmp_path) == ["a.hakemus"]
