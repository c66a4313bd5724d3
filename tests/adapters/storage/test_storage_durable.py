"""Replacing a file: what a person finds at the path afterwards, whatever lay there and whatever went wrong."""

from __future__ import annotations

import errno
import hashlib
import math
import os
import shutil
import stat
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from saving_marks import dead_process, make_mark

from hakemus.adapters.storage import durable, failures, names, sweeping
from hakemus.adapters.storage.durable import NEW_FILE, Expected, Timing, write

OLD = b"the old content"
NEW = b"the new content, which is longer than the old one" * 100
Ours = Callable[[Path], list[str]]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "hakemus.hakemus"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


class Waits:
    """Waiting without waiting: the clock goes on by what is slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.timing = Timing(monotonic=lambda: sum(self.slept), sleep=self.slept.append)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that we may not write into, with a file in it. Root may write everywhere, so root becomes nobody."""
    folder = Path(tempfile.mkdtemp())
    (folder / "hakemus.hakemus").write_bytes(OLD)
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


# What lies at the path


def test_a_new_file(tmp_path: Path, ours: Ours) -> None:
    written = write(tmp_path / "a.hakemus", NEW, expected=NEW_FILE)
    assert (tmp_path / "a.hakemus").read_bytes() == NEW
    assert written == durable.Written(tmp_path / "a.hakemus", _hash(NEW))
    assert ours(tmp_path) == []


def test_an_old_file_is_replaced_and_keeps_its_rights(target: Path, ours: Ours) -> None:
    target.chmod(0o640)
    assert write(target, NEW, expected=Expected(_hash(OLD))).sha256 == _hash(NEW)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert ours(target.parent) == []


def test_an_empty_file_and_a_big_one(target: Path) -> None:
    write(target, b"")
    assert target.read_bytes() == b""
    big = bytes(range(256)) * 20_000
    write(target, big)
    assert target.read_bytes() == big


@pytest.mark.parametrize(("umask", "mode"), [(0o027, 0o640), (0, 0o666)])
def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "a", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_a_file_of_its_owner_alone_is_never_open_to_others(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    target.chmod(0o600)
    monkeypatch.setattr(os, "fchmod", refuse)
    write(target, NEW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "fchown"), reason="owners and groups of POSIX systems")
def test_a_file_that_a_group_shares_stays_the_groups_whoever_saves_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []

    def as_a_colleague(_descriptor: int, owner: int, group: int) -> None:
        given.append((owner, group))
        if owner != -1:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    before = target.stat()
    monkeypatch.setattr(os, "fchown", as_a_colleague)
    write(target, NEW)
    assert given == [(before.st_uid, before.st_gid), (-1, before.st_gid)]
    given.clear()
    monkeypatch.setattr(os, "fchown", lambda _descriptor, *to: given.append(to))
    write(target, OLD)
    assert given == [(before.st_uid, before.st_gid)]  # who may give the owner has given the group with it


def test_where_neither_owner_nor_group_can_be_given_the_save_goes_on(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: int) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "fchown", refused)
    write(target, NEW)
    assert target.read_bytes() == NEW


def test_a_link_stays_and_its_file_is_written(target: Path, tmp_path: Path, ours: Ours) -> None:
    link = tmp_path / "link.hakemus"
    link.symlink_to("middle")
    (tmp_path / "middle").symlink_to("folder/hakemus.hakemus")
    assert write(link, NEW, expected=Expected(_hash(OLD))).path == target
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert ours(tmp_path) == ours(target.parent) == []


def test_a_link_among_the_folders_stays_in_the_path(target: Path, tmp_path: Path) -> None:
    (tmp_path / "drive").symlink_to("folder")
    assert write(tmp_path / "drive" / "a", NEW).path == tmp_path / "drive" / "a"


def test_a_dangling_link_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("later")
    write(link, NEW, expected=NEW_FILE)
    assert link.is_symlink()
    assert (tmp_path / "later").read_bytes() == NEW


def test_a_link_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("nowhere/later")
    with pytest.raises(failures.Vanished):
        write(link, NEW)


def test_a_link_in_a_circle(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("link")
    with pytest.raises(failures.NotAFile) as caught:
        write(link, NEW)
    assert caught.value.errno == errno.ELOOP
    assert link.is_symlink()
    assert "Save under another name" in caught.value.message.key
    assert caught.value.message.values == {"path": str(link)}


def test_other_names_of_a_file_are_told_about(target: Path) -> None:
    other = target.with_name("other")
    os.link(target, other)
    assert write(target, NEW).cut_hard_links
    assert (target.read_bytes(), other.read_bytes()) == (NEW, OLD)


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, kind: str, ours: Ours) -> None:
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/null")
    mode = path.stat().st_mode
    with pytest.raises(failures.NotAFile) as caught:
        write(path, NEW)
    assert caught.value.message.values == {"path": str(path)}
    assert path.stat().st_mode == mode
    assert ours(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["x" * 255, "ä" * 127, unicodedata.normalize("NFC", "Äitienpäivä"), unicodedata.normalize("NFD", "Äitienpäivä"),
     "čđŋšŧž 📚 – luonnos (1).hakemus", " x ", "-rf", "%s{0}", "a\nb",
     b"\xff\xfe.hakemus".decode("utf-8", "surrogateescape")],
)  # fmt: skip
def test_any_name_that_the_system_takes(tmp_path: Path, name: str, ours: Ours) -> None:
    write(tmp_path / name, OLD, expected=NEW_FILE)
    write(tmp_path / name, NEW, expected=Expected(_hash(OLD)))
    assert os.listdir(tmp_path) == [name]
    assert (tmp_path / name).read_bytes() == NEW


def test_names_that_the_system_does_not_take(tmp_path: Path) -> None:
    with pytest.raises(failures.PathTooLong):
        write(tmp_path / ("x" * 256), NEW)
    for bad in ("a\0b", "a\ud800b"):
        with pytest.raises(failures.BadName) as caught:
            write(tmp_path / bad, NEW)
        assert caught.value.message.values["path"].endswith(("a�b", "a?b"))
    assert os.listdir(tmp_path) == []


def test_a_path_of_over_260_characters(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["kansio" * 10] * 6)
    deep.mkdir(parents=True)
    write(deep / "a.hakemus", NEW)
    assert (deep / "a.hakemus").read_bytes() == NEW


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write(Path("a.hakemus"), NEW).path == tmp_path / "a.hakemus"


# What must not be overwritten


def test_a_file_that_somebody_changed_is_left_alone(target: Path, ours: Ours) -> None:
    target.write_bytes(b"theirs")
    with pytest.raises(failures.ChangedMeanwhile) as caught:
        write(target, NEW, expected=Expected(_hash(OLD)))
    assert caught.value.theirs == _hash(b"theirs")
    assert caught.value.message.values["path"] == str(target)
    assert target.read_bytes() == b"theirs"
    assert ours(target.parent) == []


def test_a_file_that_came_to_be_meanwhile_is_left_alone(target: Path) -> None:
    with pytest.raises(failures.ChangedMeanwhile):
        write(target, NEW, expected=NEW_FILE)
    assert target.read_bytes() == OLD


def test_a_file_that_already_holds_what_is_to_be_written_is_no_conflict(target: Path) -> None:
    target.write_bytes(NEW)
    assert write(target, NEW, expected=Expected(_hash(OLD))).sha256 == _hash(NEW)


def test_a_file_that_was_deleted_or_renamed_is_told_about(target: Path) -> None:
    target.rename(target.with_name("moved"))
    with pytest.raises(failures.Gone) as caught:
        write(target, NEW, expected=Expected(_hash(OLD)))
    assert caught.value.message.values["path"] == str(target)
    assert not target.exists()
    assert target.with_name("moved").read_bytes() == OLD


def test_a_folder_that_vanished(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(target.parent)
    shutil.rmtree(target.parent)
    for path in (target, target / "deeper"):
        with pytest.raises(failures.Vanished) as caught:
            write(path, NEW, expected=Expected(_hash(OLD)))
        assert caught.value.message.values["path"] == str(path)
    relative = Path("k" * 250)
    with pytest.raises(failures.Vanished) as caught:
        write(relative, NEW)
    assert caught.value.message.values["path"] == str(relative)
    target.parent.write_bytes(b"a file where the folder was")
    with pytest.raises(failures.Vanished):
        write(target, NEW)


@pytest.mark.skipif(os.name == "nt", reason="folders have no such rights there")
def test_a_read_only_folder(locked_folder: Path, ours: Ours) -> None:
    with pytest.raises(failures.ReadOnly) as caught:
        write(locked_folder / "new", NEW)
    assert caught.value.errno == errno.EACCES
    with pytest.raises(failures.ReadOnly):
        write(locked_folder / "hakemus.hakemus", NEW)
    assert (locked_folder / "hakemus.hakemus").read_bytes() == OLD
    assert os.listdir(locked_folder) == ["hakemus.hakemus"]


def test_a_read_only_file_in_a_folder_that_is_not(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK))  # root would be let in
    with pytest.raises(failures.ReadOnly):
        write(target, NEW)
    assert target.read_bytes() == OLD


# Windows


def _windows(number: int) -> OSError:
    error = PermissionError(errno.EACCES, "Access is denied")
    error.winerror = number  # type: ignore[attr-defined]
    return error


def _holding(monkeypatch: pytest.MonkeyPatch, number: int, times: float) -> list[int]:
    """Let the first `times` replaces fail as Windows does while another program holds the file."""
    real, calls = os.replace, [0]

    def replace(source: Any, target: Any) -> None:
        calls[0] += 1
        if calls[0] <= times:
            raise _windows(number)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    return calls


@pytest.mark.parametrize("number", [5, 32, 33])
@pytest.mark.parametrize("times", range(1, 7))
def test_a_program_that_holds_the_file_for_a_moment_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits, number: int, times: int
) -> None:
    calls = _holding(monkeypatch, number, times)
    write(target, NEW, timing=waits.timing)
    assert target.read_bytes() == NEW
    assert calls == [times + 1]
    assert waits.slept == [0.05, 0.1, 0.2, 0.4, 0.4, 0.4][:times], "soon at first, then more seldom"


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_program_that_holds_the_file_for_ever_is_told_about_within_three_seconds(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits, number: int, ours: Ours
) -> None:
    _holding(monkeypatch, number, float("inf"))
    with pytest.raises(failures.LockedByOther) as caught:
        write(target, NEW, timing=waits.timing)
    assert (caught.value.message.values["path"], caught.value.errno) == (str(target), errno.EACCES)
    assert 2 < sum(waits.slept) < 3
    assert target.read_bytes() == OLD
    assert ours(target.parent) == []


@pytest.mark.parametrize("number", [3, 19, 112, 1224])
def test_other_errors_of_windows_are_not_tried_again(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits, number: int
) -> None:
    calls = _holding(monkeypatch, number, float("inf"))
    with pytest.raises(failures.SaveFailure):
        write(target, NEW, timing=waits.timing)
    assert (calls, waits.slept) == ([1], [])


def test_names_that_windows_refuses_are_refused_there_before_writing(tmp_path: Path) -> None:
    for name in ("CON", "a:b", "x.", "com1.hakemus", "nul .hakemus"):
        with pytest.raises(failures.BadName) as caught:
            write(tmp_path / name, NEW, windows=True)
        assert caught.value.message.values["path"] == str(tmp_path / name)
    assert os.listdir(tmp_path) == []
    write(tmp_path / "a:b", NEW, windows=False)


def test_windows_says_not_found_where_it_means_too_long(tmp_path: Path) -> None:
    with pytest.raises(failures.PathTooLong):
        write(tmp_path / ("k" * 120) / ("k" * 120) / "a.hakemus", NEW, windows=True)
    with pytest.raises(failures.Vanished):
        write(tmp_path / "k" / "a.hakemus", NEW, windows=True)
    nowhere = tmp_path / "k"
    room = 248 - len(str(nowhere)) - 1
    with pytest.raises(failures.PathTooLong):
        write(nowhere / ("a" * room), NEW, windows=True)
    with pytest.raises(failures.Vanished):
        write(nowhere / ("a" * (room - 1)), NEW, windows=True)


# Two savers


def test_a_save_of_another_living_process_is_waited_for_and_then_told_about(
    target: Path, waits: Waits, marks: None
) -> None:
    mark = make_mark(target, os.getppid())
    with pytest.raises(failures.LockedByOther) as caught:
        write(target, NEW, timing=waits.timing)
    assert (caught.value.message.values["path"], caught.value.errno) == (str(target), errno.EEXIST)
    assert 2 < sum(waits.slept) < 3
    assert target.read_bytes() == OLD
    assert os.path.lexists(mark)


def test_two_savers_in_one_process_exclude_each_other(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits, marks: None
) -> None:
    refused: list[failures.SaveFailure] = []

    def compare(*_: Any) -> None:
        monkeypatch.undo()
        with pytest.raises(failures.LockedByOther) as caught:
            write(target, b"of another thread", timing=waits.timing)
        refused.append(caught.value)

    monkeypatch.setattr(durable, "_compare", compare)
    write(target, NEW, expected=Expected(_hash(OLD)))
    assert len(refused) == 1
    assert target.read_bytes() == NEW


def _keeping_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no mark be taken away."""
    real = os.unlink

    def unlink(path: Any, **more: Any) -> None:
        if str(path).endswith("-saving.tmp"):
            raise _windows(32)
        real(path, **more)

    monkeypatch.setattr(os, "unlink", unlink)


def test_a_mark_that_could_not_be_taken_away_does_not_hinder_the_next_save(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits, ours: Ours, marks: None
) -> None:
    with monkeypatch.context() as patch:
        _keeping_marks(patch)
        write(target, NEW, timing=waits.timing)
    assert ours(target.parent) == [names.saving_mark(target).name]
    write(target, OLD, timing=waits.timing)
    assert (target.read_bytes(), waits.slept) == (OLD, [])


def test_a_mark_that_could_not_be_finished_does_not_hinder_the_next_save(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits
) -> None:
    monkeypatch.setattr(durable, "_LINKS", False)
    real = durable._write_all

    def write_all(descriptor: int, data: bytes, *, flush: bool) -> None:
        real(descriptor, data, flush=flush)
        if not flush:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        _keeping_marks(patch)
        patch.setattr(durable, "_write_all", write_all)
        with pytest.raises(failures.DiskFull):
            write(target, NEW, timing=waits.timing)
    assert target.read_bytes() == OLD
    write(target, NEW, timing=waits.timing)
    assert (target.read_bytes(), waits.slept) == (NEW, [])


def test_the_first_of_two_errors_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.close

    def close(descriptor: int) -> None:
        real(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def refuse(*_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", refuse)
    monkeypatch.setattr(os, "close", close)
    with pytest.raises(failures.DiskFull):
        write(target, NEW)


def test_a_mark_that_another_saver_takes_away_first(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits
) -> None:
    make_mark(target, dead_process())
    real = os.unlink

    def unlink(path: Any, **more: Any) -> None:
        real(path, **more)
        monkeypatch.undo()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(os, "unlink", unlink)
    write(target, NEW, timing=waits.timing)
    assert target.read_bytes() == NEW


def test_a_mark_of_odd_bytes_is_one_of_an_unknown_owner(target: Path, waits: Waits) -> None:
    mark = names.saving_mark(target)
    mark.write_bytes(b"\xff\xfe")
    assert sweeping.sweep(target.parent, time.time()) == 0
    with pytest.raises(failures.LockedByOther):
        write(target, NEW, timing=waits.timing)
    os.utime(mark, (time.time() - 125, time.time() - 125))
    write(target, NEW, timing=waits.timing)
    assert target.read_bytes() == NEW


def test_a_save_that_ends_in_time_lets_the_next_one_in(target: Path, marks: None) -> None:
    mark = make_mark(target, os.getppid())
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            mark.unlink()

    write(target, NEW, timing=Timing(lambda: sum(slept), sleep))
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    ("whose", "age", "taken"),
    [("dead", 0, True), ("ours", 0, True), ("alive", 119, False), ("alive", 125, True),
     ("elsewhere", 0, False), ("elsewhere", 119, False), ("elsewhere", 125, True),
     ("elsewhere", -110, False), ("elsewhere", -150, True)],
)  # fmt: skip
def test_a_mark_of_a_dead_or_silent_process_holds_nobody_up(
    target: Path, waits: Waits, whose: str, age: float, taken: bool, ours: Ours, marks: None
) -> None:
    process = {"dead": dead_process(), "ours": os.getpid(), "alive": os.getppid(), "elsewhere": 1}[whose]
    make_mark(target, process, "other" if whose == "elsewhere" else None, age)
    if taken:
        write(target, NEW, timing=waits.timing)
        assert ours(target.parent) == []
    else:
        with pytest.raises(failures.LockedByOther):
            write(target, NEW, timing=waits.timing)


def test_a_mark_that_takes_the_place_of_one_that_went_is_not_taken_for_it(
    target: Path, waits: Waits, marks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = make_mark(target, 1, "other", 125)
    modified, went = durable._modified, iter([math.inf])

    def went_and_another_came(path: Path) -> float:
        os.utime(mark, follow_symlinks=False)
        return next(went, modified(path))

    monkeypatch.setattr(durable, "_modified", went_and_another_came)
    with pytest.raises(failures.LockedByOther):
        write(target, NEW, timing=waits.timing)
    assert os.path.lexists(mark)


@pytest.mark.skipif(os.name == "nt", reason="pipes in folders are POSIX")
def test_a_pipe_in_the_place_of_a_mark_is_waited_for_and_then_taken_away(
    target: Path, waits: Waits, ours: Ours
) -> None:
    mark = names.saving_mark(target)
    os.mkfifo(mark)
    with pytest.raises(failures.LockedByOther):
        write(target, NEW, timing=waits.timing)
    os.utime(mark, (time.time() - 6, time.time() - 6))
    write(target, NEW, timing=waits.timing)
    assert (target.read_bytes(), ours(target.parent)) == (NEW, [])


def test_a_folder_in_the_place_of_a_mark_is_told_of(target: Path, waits: Waits) -> None:
    mark = names.saving_mark(target)
    mark.mkdir()
    with pytest.raises(failures.SaveFailure):
        write(target, NEW, timing=waits.timing)
    os.utime(mark, (time.time() - 600, time.time() - 600))
    with pytest.raises(failures.SaveFailure):
        write(target, NEW, timing=waits.timing)
    assert target.read_bytes() == OLD
    assert mark.is_dir()


def test_a_mark_that_stayed_empty_holds_nobody_up(target: Path, waits: Waits) -> None:
    mark = names.saving_mark(target)
    mark.touch()
    with pytest.raises(failures.LockedByOther):
        write(target, NEW, timing=waits.timing)
    os.utime(mark, (time.time() - 6, time.time() - 6))
    write(target, NEW, timing=waits.timing)


def test_a_saver_whose_mark_was_taken_gives_way(target: Path, monkeypatch: pytest.MonkeyPatch, ours: Ours) -> None:
    def compare(path: Path, *_: Any) -> None:
        names.saving_mark(path).unlink()
        names.saving_mark(path).write_text("another")

    monkeypatch.setattr(durable, "_compare", compare)
    with pytest.raises(failures.LockedByOther) as caught:
        write(target, NEW, expected=Expected(_hash(OLD)))
    assert caught.value.message.values["path"] == str(target)
    assert target.read_bytes() == OLD
    assert ours(target.parent) == [names.saving_mark(target).name]
    monkeypatch.setattr(durable, "_compare", lambda path, *_: names.saving_mark(path).unlink())
    names.saving_mark(target).unlink()
    with pytest.raises(failures.LockedByOther):
        write(target, NEW, expected=Expected(_hash(OLD)))


@pytest.mark.parametrize("leaves", [b"", None])
def test_a_mark_that_goes_while_it_is_looked_at(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits, leaves: bytes | None
) -> None:
    mark = make_mark(target, 1, "other", 500)
    real = durable.mark_content

    def gone(path: Path) -> bytes | None:
        monkeypatch.setattr(durable, "mark_content", real)
        path.unlink()
        return leaves

    monkeypatch.setattr(durable, "mark_content", gone)
    write(target, NEW, timing=waits.timing)
    assert target.read_bytes() == NEW
    assert not mark.exists()


def test_a_mark_about_to_be_deleted_on_windows_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits
) -> None:
    monkeypatch.setattr(durable, "_LINKS", False)
    real, left = os.open, [2]

    def refuse(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith("-saving.tmp") and left[0]:
            left[0] -= 1
            raise _windows(5)
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    write(target, NEW, timing=waits.timing)
    assert len(waits.slept) == 2


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, failures.DiskFull), (errno.EDQUOT, failures.DiskFull), (errno.EFBIG, failures.DiskFull),
        (errno.EACCES, failures.ReadOnly), (errno.EPERM, failures.ReadOnly), (errno.EROFS, failures.ReadOnly),
        (errno.ENOENT, failures.Vanished), (errno.ENODEV, failures.Vanished), (errno.ESTALE, failures.Vanished),
        (errno.EHOSTDOWN, failures.Vanished), (errno.EBUSY, failures.LockedByOther),
        (errno.ENAMETOOLONG, failures.PathTooLong), (errno.EINVAL, failures.BadName), (errno.EILSEQ, failures.BadName),
        (errno.EIO, failures.Other), (None, failures.Other),
    ],
)  # fmt: skip
def test_every_error_of_the_system_has_its_sentence(number: int | None, kind: type[failures.SaveFailure]) -> None:
    error = OSError(number, os.strerror(number)) if number is not None else OSError()
    failure = failures.save_failure(error, "/a/b")
    assert type(failure) is kind
    assert failure.errno == number
    assert failure.message.values["path"] == "/a/b"


@pytest.mark.parametrize(
    ("number", "kind"),
    [(112, failures.DiskFull), (39, failures.DiskFull), (19, failures.ReadOnly), (53, failures.Vanished),
     (21, failures.Vanished), (32, failures.LockedByOther), (123, failures.BadName), (206, failures.PathTooLong),
     (1117, failures.Other)],
)  # fmt: skip
def test_every_error_of_windows_has_its_sentence(number: int, kind: type[failures.SaveFailure]) -> None:
    assert type(failures.save_failure(_windows(number), "C:\\a")) is kind


@pytest.mark.parametrize("number", [87, 225, 395, 1392, 4390])
def test_an_error_of_windows_that_no_errno_stands_for_says_nothing_of_the_name(number: int) -> None:
    error = OSError(errno.EINVAL, "The file or directory is corrupted")
    assert type(failures.save_failure(error, "C:\\a")) is failures.BadName
    error.winerror = number  # type: ignore[attr-defined]
    assert type(failures.save_failure(error, "C:\\a")) is failures.Other
    assert failures.save_failure(error, "C:\\a").message.values["fault"] == "The file or directory is corrupted"


@pytest.mark.parametrize("number", [121, 1006, 1112, 1203, 1222, 1231, 1232, 1236, 2250])
def test_a_stick_or_a_network_drive_that_is_gone_is_said_on_windows(number: int) -> None:
    assert type(failures.save_failure(_windows(number), "E:\\a")) is failures.Vanished
    assert type(failures.read_failure(_windows(number), "E:\\a")) is failures.NotThere


@pytest.mark.parametrize(
    ("error", "fault"),
    [(OSError(errno.EIO, "Input/output error"), "Input/output error"), (OSError("odd"), "odd"), (OSError(), "OSError")],
)
def test_a_fault_without_a_sentence_of_its_own_says_what_the_system_says(error: OSError, fault: str) -> None:
    for failure in (failures.save_failure(error, "/a"), failures.read_failure(error, "/a")):
        assert failure.message.values == {"path": "/a", "fault": fault}


@pytest.mark.parametrize(
    ("number", "kind", "words", "deed"),
    [
        (errno.ENOENT, failures.NotThere, "There is no file {path}", "Look for it in another place"),
        (errno.ENAMETOOLONG, failures.NotThere, "The path {path} is too long", "Choose the file where it lies now"),
        (errno.EACCES, failures.CannotRead, "You may not read {path}", "Ask its owner"),
        (errno.ELOOP, failures.CannotRead, "{path} leads through links", "Open the file by its own name"),
        (errno.EBUSY, failures.CannotRead, "Another program has {path} open", "Close it there and try again"),
        (errno.EIO, failures.CannotRead, "{path} could not be read", "Try again, or copy the file to another disk"),
    ],
)
def test_what_keeps_a_file_from_being_read_is_told_and_what_to_do(
    number: int, kind: type[failures.CannotRead], words: str, deed: str
) -> None:
    failure = failures.read_failure(OSError(number, "x"), "/a")
    assert type(failure) is kind
    assert failure.errno == number
    assert failure.message.key.startswith(words)
    assert f". {deed}" in failure.message.key or f": {deed}" in failure.message.key


def test_what_cannot_be_removed_is_told_with_its_place_and_what_to_do() -> None:
    held = failures.removal_failure(OSError(errno.EBUSY, "busy", "/state/a"), "/state")
    assert held.message.values == {"path": "/state/a"}
    assert "Close it there and try again" in held.message.key
    odd = failures.removal_failure(OSError(errno.EIO, "Input/output error"), "/state")
    assert odd.message.values == {"path": "/state", "fault": "Input/output error"}
    for error, fault in ((OSError("of its own"), "of its own"), (OSError(), "OSError")):
        assert failures.removal_failure(error, "/state").message.values["fault"] == fault
    assert "delete it as a file" in odd.message.key


def test_a_draft_has_one_place_whatever_folder_it_is_named_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to("here/a")
    (tmp_path / "way").symlink_to("there", target_is_directory=True)
    monkeypatch.chdir(tmp_path / "here")
    place = Path(os.path.realpath(tmp_path))
    assert durable.place_of(Path("a")) == Path.cwd() / "a"
    assert durable.place_of(Path("../there/a")) == place / "there" / "a"
    assert durable.place_of(Path("../link")) == place / "link"
    assert durable.place_of(Path("../way/../a")) == place / "a"
    assert durable.place_of(tmp_path / "way" / "a") == tmp_path / "way" / "a"
