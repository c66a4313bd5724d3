"""Real processes: killed while saving, and two that save the same draft."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hakemus.adapters.storage import processes
from hakemus.adapters.storage.drafts import DraftFiles, ExportFiles

HERE = Path(__file__).parent
FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
"""The full figures of docs/reliability.md instead of the bounded sample."""
KILLS = 1_000 if FULL else 100
RIVALS, ADDS = "abc", 200 if FULL else 15

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks and kills as POSIX systems do")


def test_a_process_killed_while_saving_leaves_the_last_acknowledged_save_or_the_next(
    tmp_path: Path, figure: Callable[..., None]
) -> None:
    run = subprocess.run(
        [sys.executable, str(HERE / "kill_saver.py"), str(tmp_path), str(KILLS)],
        capture_output=True, text=True, timeout=3_600, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["kills"] == KILLS
    assert found["saves"] > KILLS
    assert (found["unreadable"], found["older"], found["left"]) == (0, 0, 0)
    assert found["swept"], "no save was met in its midst"
    figure(
        "kills",
        f"{KILLS} kills amid {found['saves']} acknowledged saves: 0 unreadable, 0 older than the last acknowledged "
        f"one; {found['swept']} temporary files swept by the next opening, 0 left",
    )


def test_of_two_who_save_the_same_draft_neither_overwrites_the_other(
    tmp_path: Path, figure: Callable[..., None]
) -> None:
    path = tmp_path / "shared.hakemus"
    plain = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "r", "lines": []}
    DraftFiles().save(str(path), plain, {}, {}, None)
    rivals = [
        subprocess.Popen(
            [sys.executable, str(HERE / "rival_saver.py"), str(path), name, str(ADDS)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in RIVALS
    ]  # fmt: skip
    for rival in rivals:
        _, said = rival.communicate(timeout=120)
        assert rival.returncode == 0, said
    lines = DraftFiles().load(str(path)).plain["lines"]
    for name in RIVALS:
        assert [line for line in lines if line[0] == name] == [f"{name}{number}" for number in range(ADDS)]
    assert os.listdir(tmp_path) == ["shared.hakemus"]
    figure("rivals", f"{len(RIVALS)} that add {ADDS} lines each: {len(lines)} of {len(RIVALS) * ADDS} lines there")


class _UpToHere(dict[str, bytes]):
    """Files of a folder of which only so many are given; then it is told, and nothing comes any more."""

    def __init__(self, files: dict[str, bytes], count: int, told: int) -> None:
        super().__init__(files)
        self._count, self._told = count, told

    def items(self) -> Iterator[tuple[str, bytes]]:  # type: ignore[override]
        yield from list(super().items())[: self._count]
        os.write(self._told, b"x")
        signal.pause()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_export_of_a_folder_that_is_killed_leaves_none_and_the_next_takes_the_rest_away(
    tmp_path: Path, count: int
) -> None:
    files = {f"{number}.pdf": bytes([number]) * 50_000 for number in range(3)}
    target = tmp_path / "package"
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            ExportFiles().write_folder(str(target), _UpToHere(files, count, told))
        finally:
            os._exit(1)
    os.close(told)
    assert os.read(heard, 1) == b"x"
    os.close(heard)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not target.exists()
    (left,) = tmp_path.iterdir()
    assert len(list(left.iterdir())) == count
    ExportFiles().write_folder(str(target), files)
    assert os.listdir(tmp_path) == ["package"]
    assert {entry.name: entry.read_bytes() for entry in target.iterdir()} == files


def test_what_a_killed_export_left_goes_with_the_next_export_beside_it(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    left = tmp_path / f".hakemus-{'0' * 12}-{processes.computer_tag()}-{child}-00000000.tmp"
    left.write_bytes(b"half a paper")
    ExportFiles().write(str(tmp_path / "a.pdf"), b"whole")
    assert os.listdir(tmp_path) == ["a.pdf"]
