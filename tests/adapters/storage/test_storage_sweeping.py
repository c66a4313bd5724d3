"""What killed processes left is swept; what belongs to the living, to other computers or to nobody known stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from saving_marks import dead_process, make_mark

from hakemus.adapters.storage import durable, names, processes, sweeping


def test_leftovers_of_dead_processes_are_swept(tmp_path: Path, marks: None) -> None:
    now = time.time()
    here, there, dead = processes.computer_tag(), processes.computer_tag("other"), dead_process()
    kinds = {
        f".hakemus-{'0' * 12}-{here}-{dead}-00000000.tmp": True,
        f".hakemus-{'1' * 12}-{here}-{os.getpid()}-00000000.tmp": False,
        f".hakemus-{'2' * 12}-{there}-{dead}-00000000.tmp": False,
        f".hakemus-{'3' * 12}-{there}-{dead}-00000001.tmp": True,  # made old below
        ".hakemus-notes.txt": False,
        ".hakemus-444444444444-open.lock": False,
        "my.tmp": False,
    }
    for name in kinds:
        (tmp_path / name).touch()
    os.utime(tmp_path / f".hakemus-{'3' * 12}-{there}-{dead}-00000001.tmp", (now - 90_000, now - 90_000))
    make_mark(tmp_path / "a", dead)
    kept = make_mark(tmp_path / "b", os.getpid())
    empty = names.saving_mark(tmp_path / "c")
    empty.touch()
    assert sweeping.sweep(tmp_path, now) == 3
    for name, swept in kinds.items():
        assert (tmp_path / name).exists() is not swept, name
    assert not os.path.lexists(names.saving_mark(tmp_path / "a"))
    assert os.path.lexists(kept)
    assert empty.exists()
    assert sweeping.sweep(tmp_path, now + 90_000) == 2
    assert not empty.exists()
    assert sweeping.sweep(tmp_path / "nowhere", now) == 0


def test_what_is_no_plain_file_of_ours_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead, tag = dead_process(), processes.computer_tag()
    now = time.time() + 90_000
    link, pipe, file = (tmp_path / f".hakemus-{n * 12}-{tag}-{dead}-00000000.tmp" for n in "012")
    (tmp_path / "mine").touch()
    link.symlink_to("mine")
    os.mkfifo(pipe)
    names.saving_mark(tmp_path / "a").mkdir()
    assert sweeping.sweep(tmp_path, now) == 0
    assert link.is_symlink()
    assert pipe.exists()
    file.touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", lambda *_: (_ for _ in ()).throw(PermissionError(1, "not yours")))
        assert sweeping.sweep(tmp_path, now) == 0
    mark = make_mark(tmp_path / "b", 1, "other")
    assert sweeping.sweep(tmp_path, time.time() + 3_600) == 1
    assert (file.exists(), os.path.lexists(mark)) == (False, True)
    assert sweeping.sweep(tmp_path, now) == 1
    assert not os.path.lexists(mark)


def test_a_mark_goes_also_where_what_it_names_is_somebodys_folder(tmp_path: Path, marks: None) -> None:
    mark = make_mark(tmp_path / "a", dead_process())
    theirs = tmp_path / os.fsdecode(durable.mark_content(mark) or b"")
    (theirs / "in").mkdir(parents=True)
    assert sweeping.sweep(tmp_path, time.time()) == 1
    assert not os.path.lexists(mark)
    assert (theirs / "in").is_dir()


def test_a_mark_that_holds_no_name_of_ours_stays_until_it_is_old(tmp_path: Path) -> None:
    mark = names.saving_mark(tmp_path / "a")
    mark.write_bytes(b"\xff\xe4 not ours")
    assert sweeping.sweep(tmp_path, time.time() + 3_600) == 0
    assert mark.exists()
    assert sweeping.sweep(tmp_path, time.time() + 90_000) == 1
    assert not mark.exists()


def a_folder(place: Path, process: int, number: int = 0) -> Path:
    """A folder as an export makes it, with two files in it."""
    made = place / f".hakemus-{number:012x}-{processes.computer_tag()}-{process}-00000000.tmp"
    made.mkdir()
    for name in ("a.pdf", "ä b.txt"):
        (made / name).write_bytes(b"x")
    return made


def test_folders_that_killed_exports_left_are_swept_with_their_files(tmp_path: Path) -> None:
    left, living = a_folder(tmp_path, dead_process()), a_folder(tmp_path, os.getpid(), 1)
    assert sweeping.sweep(tmp_path, time.time()) == 1
    assert not left.exists()
    assert len(list(living.iterdir())) == 2


@pytest.mark.parametrize("other", ["folder", "link", "link to a file", "pipe"])
def test_a_folder_that_holds_more_than_plain_files_is_somebodys(tmp_path: Path, other: str) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    left = a_folder(tmp_path, dead_process())
    match other:
        case "folder":
            (left / "in").mkdir()
        case "link":
            (left / "to").symlink_to(mine, target_is_directory=True)
        case "link to a file":
            (left / "to").symlink_to(mine / "letter.txt")
        case _:
            os.mkfifo(left / "pipe")
    assert sweeping.sweep(tmp_path, time.time()) == 0
    assert len(list(left.iterdir())) == 3
    assert (mine / "letter.txt").read_text() == "dear"


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    link = tmp_path / f".hakemus-{'0' * 12}-{processes.computer_tag()}-{dead_process()}-00000000.tmp"
    link.symlink_to(mine, target_is_directory=True)
    assert sweeping.sweep(tmp_path, time.time() + 90_000) == 0
    assert link.is_symlink()
    assert (mine / "letter.txt").read_text() == "dear"
