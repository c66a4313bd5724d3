"""Real faults under a save: one sentence in the person's language, a copy elsewhere at hand, and nothing lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keeping import edit, hold, notice, notices, saved, words_in
from person import CONTROL, Key, Person, plain, saving_to, settle

from hakemus.adapters.storage import durable, failures


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 300 kB of its own, where this computer lets one be mounted."""
    place = tmp_path / "stick"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=300k", "tmpfs", place], check=False)
    if not made or made.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def unsaved(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> bytes:
    """An application that was saved and then changed, in a language; what its file holds."""
    saved(person, path, monkeypatch)
    if language != "en":
        person.controller.command(f"language:{language}")
        settle()
    edit(person, project__title="Two")
    return path.read_bytes()


def refused(person: Person, act: Callable[[], object], path: Path, sentence: str) -> None:
    """Save with Ctrl+S where it cannot be done: told with what, where and what to do, and nothing is lost by it."""
    person.answers = ["ok"]
    act()
    title, text, keys, _ = person.asked[-1]
    assert title == person.t("The application was not saved")
    assert plain(text) == plain(person.t(sentence, path=str(path)))
    assert str(path) in text
    assert keys == ("elsewhere", "ok")
    assert person.session.dirty
    assert person.window.isWindowModified()
    assert person.t("Unsaved changes") in words_in(person.wizard.rail)
    (copy,) = (person.folder / "state" / "recovery").glob("*.recovery")
    assert b'"Two"' in copy.read_bytes()


def save(person: Person) -> Callable[[], object]:
    return lambda: person.key(Key.Key_S, CONTROL)


FULL = (
    "There is no room to save {path}: the disk, or the space given to you on it, is full. "
    "Make room, or save a copy elsewhere."
)
READ_ONLY = "You may not write to {path}: the file or its folder is read-only. Save a copy elsewhere."
GONE = (
    "The folder of {path} cannot be reached: it, its disk or its network drive is gone. "
    "Put it back, or save a copy elsewhere."
)
HELD = "Another program has {path} open. Close it there and save again, or save a copy elsewhere."
LONG = "The path {path} is too long. Use a shorter name, or a folder nearer the top."


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_stick_that_is_full(
    person: Person, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    path = small_disk / "a.hakemus"
    before = unsaved(person, path, monkeypatch, language)
    filler = small_disk / "films"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    refused(person, save(person), path, FULL)
    assert path.read_bytes() == before
    assert sorted(item.name for item in small_disk.iterdir() if item.suffix != ".lock") == ["a.hakemus", "films"]
    person.answers = ["elsewhere"]
    with saving_to(monkeypatch, tmp_path / "b.hakemus"):
        save(person)()
    assert not person.session.dirty
    assert b'"Two"' in (tmp_path / "b.hakemus").read_bytes()
    assert path.read_bytes() == before


def test_a_limit_on_what_one_may_write(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "a.hakemus"
    before = unsaved(person, path, monkeypatch, "fi")
    person.controller.keep_recovery()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        refused(person, save(person), path, FULL)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    save(person)()
    assert not person.session.dirty
    assert notices(person) == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_medium_that_became_read_only(
    person: Person, small_disk: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    path = small_disk / "a.hakemus"
    before = unsaved(person, path, monkeypatch, language)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    refused(person, save(person), path, READ_ONLY)
    assert path.read_bytes() == before


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_stick_that_was_pulled_and_is_put_back(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    (tmp_path / "stick").mkdir()
    path = tmp_path / "stick" / "a.hakemus"
    before = unsaved(person, path, monkeypatch, language)
    (tmp_path / "stick").rename(tmp_path / "pocket")
    refused(person, save(person), path, GONE)
    (tmp_path / "pocket").rename(tmp_path / "stick")
    assert path.read_bytes() == before
    save(person)()
    assert not person.session.dirty
    assert b'"Two"' in path.read_bytes()


class WindowsError(OSError):
    """What `os.replace` raises on Windows while another program has the file."""

    def __init__(self, number: int) -> None:
        super().__init__(13, "held")
        self.winerror = number


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("number", [5, 32, 33])
def test_another_program_that_holds_the_file(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, number: int
) -> None:
    path = tmp_path / "a.hakemus"
    before = unsaved(person, path, monkeypatch, language)
    real, now = os.replace, [0.0]

    def replace(one: object, other: object) -> None:
        if other == path:
            raise WindowsError(number)
        real(one, other)  # type: ignore[arg-type]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    assert person.started is not None
    timing = durable.Timing(monotonic=lambda: now[0], sleep=sleep)
    monkeypatch.setattr(person.started.core.files.store, "_timing", timing)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        refused(person, save(person), path, HELD)
    assert 0 < now[0] <= 3
    assert path.read_bytes() == before
    save(person)()
    assert not person.session.dirty


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_name_that_is_too_long(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    unsaved(person, tmp_path / "a.hakemus", monkeypatch, language)
    path = tmp_path / f"{'ä' * 200}.hakemus"  # 200 characters, 400 bytes
    with saving_to(monkeypatch, path):
        refused(person, lambda: person.controller.command("save_as"), path, LONG)


@pytest.mark.parametrize(
    "name", ["CON.hakemus", "lpt1.hakemus", "a:b.hakemus", "why?.hakemus", 'a".hakemus', "~$a.hakemus", " a.hakemus"]
)
def test_a_name_that_windows_or_onedrive_refuses_is_told_of_before_saving(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    unsaved(person, tmp_path / "a.hakemus", monkeypatch, "sv")
    names = iter([str(tmp_path / name), str(tmp_path / "good.hakemus")])
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_a, **_k: (next(names), ""))
    person.answers = ["another"]
    person.controller.command("save_as")
    title, text, keys, _ = person.asked[-1]
    assert title == person.t("The name does not do on every computer")
    assert str(tmp_path / name) in text
    assert keys == ("another", "keep")
    assert not (tmp_path / name).exists()
    assert (tmp_path / "good.hakemus").exists()
    assert not person.session.dirty


def test_on_windows_itself_such_a_name_is_one_whole_sentence(tmp_path: Path) -> None:
    with pytest.raises(failures.BadName) as caught:
        durable.write(tmp_path / "CON.hakemus", b"", windows=True)
    assert caught.value.message.values["path"] == str(tmp_path / "CON.hakemus")
    assert "Save under another name." in caught.value.message.key


def test_a_name_that_only_some_computers_refuse_may_be_kept(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsaved(person, tmp_path / "a.hakemus", monkeypatch, "en")
    person.answers = ["keep"]
    with saving_to(monkeypatch, tmp_path / "why?.hakemus"):
        person.controller.command("save_as")
    assert (tmp_path / "why?.hakemus").exists()


def test_a_name_without_its_ending_does_not_replace_unasked(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsaved(person, tmp_path / "a.hakemus", monkeypatch, "en")
    other = tmp_path / "b.hakemus"
    other.write_bytes(b"somebody's")
    person.answers = ["no"]
    with saving_to(monkeypatch, tmp_path / "b"):
        person.controller.command("save_as")
    assert other.read_bytes() == b"somebody's"
    assert person.session.dirty
    paper = tmp_path / "c.pdf"
    paper.write_bytes(b"somebody's")
    person.answers = ["no"]
    with saving_to(monkeypatch, tmp_path / "c"):
        person.controller.command("export_pdf")
    assert paper.read_bytes() == b"somebody's"
    person.answers = ["replace"]
    with saving_to(monkeypatch, tmp_path / "b"):
        person.controller.command("save_as")
    assert b'"Two"' in other.read_bytes()


def test_a_file_that_was_deleted_is_saved_elsewhere_or_where_it_was(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    unsaved(person, path, monkeypatch, "en")
    path.unlink()
    person.answers = [""]
    save(person)()
    assert person.asked[-1][0] == "The file is no longer where it was"
    assert person.asked[-1][2] == ("copy", "again")
    assert person.session.dirty
    person.answers = ["again"]
    save(person)()
    assert b'"Two"' in path.read_bytes()
    assert not person.session.dirty
    edit(person, project__title="Three")
    path.rename(tmp_path / "renamed.hakemus")
    person.answers = ["copy"]
    with saving_to(monkeypatch, tmp_path / "mine.hakemus"):
        save(person)()
    assert b'"Two"' in (tmp_path / "renamed.hakemus").read_bytes()
    assert b'"Three"' in (tmp_path / "mine.hakemus").read_bytes()


def test_what_comes_to_lie_there_while_one_is_asked_is_not_replaced(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    before = unsaved(person, path, monkeypatch, "en")
    path.unlink()
    real = person.answer

    def answer(question: object) -> int:
        if not path.exists():
            path.write_bytes(before.replace(b"One", b"0ne"))
        return real(question)  # type: ignore[arg-type]

    monkeypatch.setattr(person, "answer", answer)
    person.answers = ["again", "cancel"]
    save(person)()
    assert b'"0ne"' in path.read_bytes()
    assert person.session.dirty


def test_a_recovery_that_cannot_be_written_is_said_until_it_can(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    for folder in ("recovery", "content"):
        shutil.rmtree(state / folder, ignore_errors=True)
        (state / folder).write_bytes(b"a file where the folder was")
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    told = notice(person, "The recovery copy could not be written")
    assert "Save often" in told.accessibleName()
    person.controller.keep_recovery()
    assert len(notices(person)) == 1
    (state / "recovery").unlink()
    (state / "content").unlink()
    edit(person, project__title="Three")
    person.controller.keep_recovery()
    assert notices(person) == []
    (state / "recovery").rename(state / "away")
    (state / "recovery").write_bytes(b"")
    edit(person, project__title="Four")
    person.controller.keep_recovery()
    person.click(person.button("Save", notice(person, "The recovery copy could not be written")))
    assert not person.session.dirty
    assert notices(person) == []


def test_what_is_only_read_never_replaces_the_file_it_came_from(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    saved(person, path, monkeypatch)
    before = path.read_bytes()
    person.controller.command("close")
    hold(person, path)
    person.answers = ["read"]
    person.controller.open_path(str(path))
    names = iter([str(path), ""])
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_a, **_k: (next(names), ""))
    person.answers = ["another"]
    assert not person.controller.save()
    assert person.asked[-1][0] == "Choose another name"
    assert path.read_bytes() == before


def test_a_damaged_file_is_never_replaced_by_what_was_read_of_it(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    saved(person, path, monkeypatch)
    person.controller.command("close")
    path.write_bytes(path.read_bytes()[:-40])
    before = path.read_bytes()
    person.controller.open_path(str(path))
    names = iter([str(path), str(tmp_path / "rescued.hakemus")])
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_a, **_k: (next(names), ""))
    person.answers = ["another"]
    person.click(person.button("Save under a new name…", notice(person, "is damaged")))
    assert path.read_bytes() == before
    assert person.controller.opened.path == str(tmp_path / "rescued.hakemus")
    assert not person.session.read_only


def test_what_is_only_read_is_saved_elsewhere_as_carefully_as_anything(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    saved(person, path, monkeypatch)
    person.controller.command("close")
    path.write_bytes(path.read_bytes()[:-40])
    person.controller.open_path(str(path))
    names = iter([str(tmp_path / "gone" / "b.hakemus"), str(tmp_path / "b.hakemus")])
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_a, **_k: (next(names), ""))
    person.answers = ["elsewhere"]
    assert person.controller.save()
    assert person.asked[-1][2] == ("elsewhere", "ok")
    assert (tmp_path / "b.hakemus").exists()
