"""The store of drafts: what is saved opens again, what is not ours to replace stays, what was there is remembered."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import (
    container,
    durable,
    failures,
    json_form,
    migrations,
    processes,
    reading,
    salvage,
    state,
)
from hakemus.adapters.storage.drafts import DraftFiles, ExportFiles
from hakemus.adapters.storage.versions import EarlierVersions
from hakemus.domain.messages import Message, msg
from hakemus.usecases import errors
from hakemus.usecases.errors import UserError


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "hakemus.hakemus")


@pytest.fixture
def versions(tmp_path: Path, content: state.Content, clock: Any) -> EarlierVersions:
    return EarlierVersions(tmp_path / "state" / "versions", content, clock)


@pytest.fixture
def files(versions: EarlierVersions) -> DraftFiles:
    return DraftFiles(versions)


@pytest.fixture
def plain(document: dict[str, Any]) -> dict[str, Any]:
    document["application"].pop("attachments")
    return document


def test_opening_sweeps_what_a_killed_process_left_beside_the_file(
    files: DraftFiles, path: str, plain: dict[str, Any], tmp_path: Path
) -> None:
    files.save(path, plain, {}, {}, None)
    left = tmp_path / f".hakemus-{'0' * 12}-{'f' * 8}-1-{'0' * 8}.tmp"
    left.touch()
    files.load(path)
    assert left.exists(), "it is young and another computer's"
    tomorrow = durable.Timing(wall=lambda: left.stat().st_mtime + 90_000)
    DraftFiles(timing=tomorrow).load(path)
    assert not left.exists()


def test_what_is_saved_opens_again(
    files: DraftFiles, path: str, document: dict[str, Any], letter: tuple[str, bytes]
) -> None:
    attachments = {letter[0]: letter[1]}
    seen = files.save(path, document, attachments, {}, None)
    stored = files.load(path)
    assert stored.path == path
    assert stored.plain == document
    assert stored.attachments == attachments
    assert stored.seen == seen == files.seen_now(path)
    assert (stored.newer_minor, stored.migrated_from, files.notes) == (False, None, ())
    assert files.exists(path)
    assert files.save(path, stored.plain, stored.attachments, stored.extra_members, stored.seen) == seen


def test_a_newer_minor_version_stays_one_through_saves(files: DraftFiles, path: str, plain: dict[str, Any]) -> None:
    theirs = {**plain, "format": {"name": "hakemus", "major": 1, "minor": 7}, "new": {"deep": [1]}}
    Path(path).write_bytes(container.pack(json_form.dump(theirs), {}, {"new/part": b"x"}))
    stored = files.load(path)
    assert stored.newer_minor
    ours = {**stored.plain, "format": plain["format"], "revision": 5}
    files.save(path, ours, {}, stored.extra_members, stored.seen)
    again = files.load(path)
    assert again.newer_minor
    assert again.plain["format"] == {**plain["format"], "minor": 7}
    assert again.extra_members == {"new/part": b"x"}
    elsewhere = DraftFiles()
    elsewhere.save(path + "2", ours, {}, stored.extra_members, None)
    again = elsewhere.load(path + "2")
    assert again.extra_members == {"new/part": b"x"}
    assert again.plain["format"]["minor"] == 1, "the least that may hold what this program does not know"


def test_an_older_copy_that_is_opened_meanwhile_does_not_hinder_saving_the_newer(
    files: DraftFiles, path: str, plain: dict[str, Any]
) -> None:
    assert files.notes == ()
    theirs = {**plain, "format": {"name": "hakemus", "major": 1, "minor": 7}}
    Path(path).write_bytes(container.pack(json_form.dump(theirs), {}, {"new/part": b"x"}))
    stored = files.load(path)
    DraftFiles().save(path + "2", plain, {}, {}, None)
    files.load(path + "2")
    files.save(path, plain, {}, stored.extra_members, stored.seen)
    assert files.load(path).extra_members == {"new/part": b"x"}


def test_a_save_over_what_somebody_else_wrote_is_refused(
    files: DraftFiles, versions: EarlierVersions, path: str, plain: dict[str, Any]
) -> None:
    seen = files.save(path, plain, {}, {}, None)
    other = DraftFiles().save(path, {**plain, "revision": 9}, {}, {}, seen)
    with pytest.raises(errors.ChangedMeanwhile):
        files.save(path, {**plain, "revision": 5}, {}, {}, seen)
    assert files.seen_now(path) == other
    assert versions.all() == [], "nothing was replaced"
    files.save(path, {**plain, "revision": 10}, {}, {}, files.seen_now(path))
    assert files.load(path).plain["revision"] == 10


def test_saving_under_another_name_does_not_replace_what_nobody_agreed_to(
    files: DraftFiles, versions: EarlierVersions, path: str, plain: dict[str, Any]
) -> None:
    Path(path).write_bytes(b"a letter")
    with pytest.raises(errors.ChangedMeanwhile):
        files.save(path, plain, {}, {}, None)
    assert Path(path).read_bytes() == b"a letter"
    files.save(path, plain, {}, {}, files.seen_now(path))
    assert files.load(path).plain == plain
    (replaced,) = versions.entries(plain["id"])
    assert versions.read(replaced) == b"a letter", "what says of itself no draft is kept with the one that replaced it"


def test_what_a_save_replaces_is_remembered(
    files: DraftFiles, versions: EarlierVersions, path: str, plain: dict[str, Any]
) -> None:
    before = Path(path)
    seen = files.save(path, plain, {}, {}, None)
    data = before.read_bytes()
    files.save(path, {**plain, "revision": 5}, {}, {}, seen)
    (version,) = versions.entries(plain["id"])
    assert version.revision == 4
    assert versions.read(version) == data
    before.unlink()
    with pytest.raises(failures.Gone):
        files.save(path, plain, {}, {}, seen)
    assert not before.exists()


def test_a_state_folder_that_fails_does_not_stop_a_save(
    files: DraftFiles, path: str, plain: dict[str, Any], tmp_path: Path
) -> None:
    seen = files.save(path, plain, {}, {}, None)
    (tmp_path / "state").write_bytes(b"not a folder")
    new = files.save(path, {**plain, "revision": 5}, {}, {}, seen)
    assert files.seen_now(path) == new
    (note,) = files.notes
    assert note.key.startswith("What the file held before could not be kept")


def test_other_names_of_the_file_are_told_about(
    files: DraftFiles, path: str, plain: dict[str, Any], tmp_path: Path
) -> None:
    seen = files.save(path, plain, {}, {}, None)
    os.link(path, path + "2")
    files.save(path, {**plain, "revision": 5}, {}, {}, seen)
    assert [note.values["path"] for note in files.notes] == [path]
    os.link(path, path + "3")
    (tmp_path / "state").rename(tmp_path / "gone")
    (tmp_path / "state").write_bytes(b"not a folder")
    files.save(path, {**plain, "revision": 6}, {}, {}, files.seen_now(path))
    assert len(files.notes) == 2


def test_a_folder_that_cannot_be_made_durable_is_a_failure_that_the_next_save_gets_over(
    files: DraftFiles, path: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = files.save(path, plain, {}, {}, None)
    real, real_open = os.fsync, os.open
    folders: set[int] = set()

    def opening(name: Any, flags: int, *rest: Any, **more: Any) -> int:
        descriptor = real_open(name, flags, *rest, **more)
        (folders.add if os.path.isdir(name) else folders.discard)(descriptor)
        return descriptor

    def failing(descriptor: int) -> None:
        if descriptor in folders:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(os, "fsync", failing)
    files = DraftFiles()
    with pytest.raises(failures.Other) as caught:
        files.save(path, {**plain, "revision": 5}, {}, {}, seen)
    assert caught.value.replaced == files.seen_now(path)
    assert caught.value.message.values["path"] == path
    monkeypatch.undo()
    files.save(path, {**plain, "revision": 6}, {}, {}, seen)
    assert files.load(path).plain["revision"] == 6


def test_what_could_not_be_opened_again_is_not_written(
    files: DraftFiles, path: str, plain: dict[str, Any], letter: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = {"attachments": [{"id": "a", "sha256": letter[0]}]}
    wrong_hash = "The attachment {name} has been changed: its hash is wrong."
    not_there = "The attachment {name} is listed, but it is not in the file."
    newer = "The file was written by a newer version of the program (file format {theirs}; this program reads up to "
    for document, attachments, why in (
        ({**plain, "format": None}, {}, "document.json does not say which format it is in."),
        ({**plain, "application": listed}, {"0" * 64: b"not what the hash says"}, f"{wrong_hash}, {not_there}"),
        ({**plain, "format": {**plain["format"], "major": 2}}, {}, newer + "{ours}). Update the program to open it."),
    ):
        with pytest.raises(UserError, match="made a mistake") as caught:
            files.save(path, document, attachments, {}, None)
        assert caught.value.message.values["detail"] == why
    pack = container.pack
    for packed in (
        lambda raw, *_: _other_document(raw),
        lambda raw, *_: pack(raw, {letter[0]: letter[1]}, {}),
        lambda raw, *_: pack(raw.replace(b'"minor": 0', b'"minor": 1'), {}, {"new": b""}),
    ):
        monkeypatch.setattr(container, "pack", packed)
        with pytest.raises(UserError, match="made a mistake") as caught:
            files.save(path, plain, {}, {}, None)
        assert caught.value.message.values["detail"] == "what was packed reads back differently"
    assert not files.exists(path)


def _other_document(raw: bytes) -> bytes:
    return container.zip_layout.write([("mimetype", container.MEDIA_TYPE), ("document.json", raw + b"\n")])


def test_a_damaged_file_is_refused_and_then_rescued_if_anybody_asks(
    files: DraftFiles, path: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(path, plain, {}, {}, None)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[:-30])
    with monkeypatch.context() as patch:
        patch.setattr(salvage, "rescue", lambda _: pytest.fail("a refusal waits for no rescue"))
        with pytest.raises(errors.Damaged):
            files.load(path)
    rescued = files.rescue(path)
    assert rescued is not None
    assert rescued.document == plain
    Path(path).write_bytes(b"nothing")
    assert files.rescue(path) is None


def test_too_little_memory_is_told_and_nothing_is_written(
    files: DraftFiles, path: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    files.save(path, plain, {}, {}, None)
    seen = files.seen_now(path)
    read = msg(
        "This computer has too little memory free to open {path}. Close other programs and try again.", path=path
    )
    written = msg(
        "This computer has too little memory free to save {path}. Nothing was written. Close other programs and "
        "save again.",
        path=path,
    )
    for module, name, deed, said in (
        (container, "unpack", lambda: files.load(path), read),
        (reading, "read_whole", lambda: files.load(path), read),
        (salvage, "rescue", lambda: files.rescue(path), read),
        (json_form, "dump", lambda: files.save(path, plain, {}, {}, seen), written),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, greedy)
            with pytest.raises(errors.UserError) as caught:
                deed()
        assert caught.value.message == said
        assert isinstance(caught.value, errors.NotWritten if said is written else failures.CannotRead)
    assert files.seen_now(path) == seen


def test_a_newer_file_is_refused_and_untouched(files: DraftFiles, path: str) -> None:
    data = container.pack(json_form.dump({"format": {"name": "hakemus", "major": 2, "minor": 0}}), {})
    Path(path).write_bytes(data)
    with pytest.raises(errors.NewerVersion):
        files.load(path)
    assert Path(path).read_bytes() == data


def test_an_older_file_is_carried_forward_in_memory_and_its_original_kept_for_good(
    files: DraftFiles, versions: EarlierVersions, path: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(path, plain, {}, {}, None)
    data = Path(path).read_bytes()
    files.keep_original(path)
    (version,) = versions.all()
    assert version.pinned
    assert versions.read(version) == data
    old = migrations.Migrated(plain, (0, 9))
    monkeypatch.setattr(migrations, "migrate", lambda _: old)
    assert files.load(path).migrated_from == 0
    assert Path(path).read_bytes() == data
    DraftFiles().keep_original(path)


@pytest.mark.parametrize("kind", ["nothing", "no folder", "folder", "pipe", "NUL", "long", "no letter"])
def test_what_cannot_be_read_is_one_sentence(files: DraftFiles, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    odd = {"NUL": tmp_path / "a\0b", "no letter": tmp_path / "a\ud800b"}
    path = {"no folder": path / "y", "long": tmp_path / ("x" * 256), **odd}.get(kind, path)
    with pytest.raises(failures.CannotRead) as caught:
        files.load(str(path))
    assert isinstance(caught.value.message, Message)
    assert isinstance(caught.value, failures.NotThere) is (kind in ("nothing", "no folder", "long", *odd))
    assert caught.value.message.values["path"] == str(path).replace("\0", "�").replace("\ud800", "?")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EBUSY])
def test_a_disk_that_refuses_to_be_read_is_one_sentence(
    files: DraftFiles, path: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(path).write_bytes(b"x")

    def refuse(*_: Any, **__: Any) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(failures.CannotRead) as caught:
        files.load(path)
    assert caught.value.errno == number
    with pytest.raises(failures.SaveFailure) as refused:
        files.seen_now(path)
    assert refused.value.errno == number


def test_a_file_too_big_to_be_a_draft_is_not_read(files: DraftFiles, path: str) -> None:
    with open(path, "wb") as file:
        file.truncate(502_000_000)
    with pytest.raises(errors.Damaged) as caught:
        files.load(path)
    assert str(caught.value.problems[0].message.values["limit"]) == "500"


def test_a_file_of_the_greatest_size_is_read(
    files: DraftFiles, path: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(path, plain, {}, {}, None)
    for limit in (reading, container):
        monkeypatch.setattr(limit, "MAX_FILE", Path(path).stat().st_size)
    assert files.load(path).plain == plain
    monkeypatch.setattr(reading, "MAX_FILE", Path(path).stat().st_size - 1)
    with pytest.raises(errors.Damaged):
        files.load(path)


def test_nothing_lies_where_nothing_lies(files: DraftFiles, path: str) -> None:
    assert files.seen_now(path) is None
    assert not files.exists(path)
    os.symlink("nowhere", path)
    assert files.exists(path)
    assert files.seen_now(path) is None


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o755), (0o077, 0o700)])
def test_a_folder_is_made_beside_and_has_the_rights_that_the_user_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int, mode: int
) -> None:
    real, places = durable.write, []

    def write(path: Path, data: bytes, **more: Any) -> durable.Written:
        places.append(path.parent.name)
        return real(path, data, **more)

    monkeypatch.setattr(durable, "write", write)
    before = os.umask(umask)
    try:
        ExportFiles().write_folder(str(tmp_path / "made"), {"a": b"x"})
    finally:
        os.umask(before)
    assert (tmp_path / "made").stat().st_mode & 0o777 == mode
    (place,) = places
    assert place.startswith(".hakemus-")
    assert place.endswith(".tmp")


def test_what_holds_a_file_on_windows_is_waited_for_by_the_given_clock(
    path: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    timing = durable.Timing(monotonic=lambda: sum(slept), sleep=slept.append)
    real = os.replace

    def held(source: Any, target: Any) -> None:
        if len(slept) % 2 == 0:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        real(source, target)
        slept.append(0.0)

    monkeypatch.setattr(os, "replace", held)
    seen = DraftFiles(timing=timing).save(path, plain, {}, {}, None)
    ExportFiles(timing).write(path, b"an export")
    ExportFiles(timing).write_folder(path + "-folder", {"a": b"x"})
    assert slept == [0.05, 0.0] * 3
    assert DraftFiles().seen_now(path) != seen


def test_an_export_replaces_what_lies_there(tmp_path: Path) -> None:
    target = tmp_path / "lomake.pdf"
    target.write_bytes(b"old")
    ExportFiles().write(str(target), b"new")
    assert target.read_bytes() == b"new"
    with pytest.raises(errors.NotWritten):
        ExportFiles(durable.Timing()).write(str(tmp_path), b"new")


def test_a_save_tells_the_versions_who_saved_what(
    tmp_path: Path, path: str, plain: dict[str, Any], content: state.Content, clock: Any
) -> None:
    versions = EarlierVersions(tmp_path / "state" / "versions", content, clock, lambda: "Aino")
    files, seen = DraftFiles(versions), None
    for revision in range(3):
        seen = files.save(path, {**plain, "revision": revision}, {}, {}, seen)
        clock.go_on(minutes=1)
    assert [(version.revision, version.by) for version in versions.all()] == [(1, "Aino"), (0, "")]


def test_an_export_sweeps_its_folder_by_the_clock_of_saving(tmp_path: Path) -> None:
    left = tmp_path / f".hakemus-{'0' * 12}-{processes.computer_tag('other')}-1-00000000.tmp"
    at = 1_000_000.0
    for later, swept in ((3_600.0, False), (90_000.0, True)):
        left.touch()
        os.utime(left, (at, at))
        ExportFiles(durable.Timing(wall=lambda later=later: at + later)).write(str(tmp_path / "a.pdf"), b"x")
        assert left.exists() is not swept


def test_a_folder_of_files_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.txt": b"a", "ä b.txt": b"b"}
    target = tmp_path / "package"
    ExportFiles().write_folder(str(target), files)
    assert {entry.name: entry.read_bytes() for entry in target.iterdir()} == files
    with pytest.raises(UserError, match="already"):
        ExportFiles().write_folder(str(target), files)
    empty = tmp_path / "empty"
    empty.mkdir()
    ExportFiles().write_folder(str(empty), files)
    assert len(list(empty.iterdir())) == 2
    with pytest.raises(failures.SaveFailure):
        ExportFiles().write_folder(str(tmp_path / "no" / "where"), files)

    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(failures.SaveFailure):
        ExportFiles().write_folder(str(tmp_path / "other"), files)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["empty", "package"]


def test_what_is_agreed_to_be_replaced_and_cannot_be_is_told_as_a_save_is(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    files = DraftFiles()
    for name, kind in (("folder", failures.NotAFile), ("pipe", failures.NotAFile), ("loop", failures.NotAFile)):
        with pytest.raises(kind) as caught:
            files.seen_now(str(tmp_path / name))
        assert str(tmp_path / name) in str(caught.value.message.values["path"])
    assert files.seen_now(str(tmp_path / "none" / "a.hakemus")) is None


def test_a_file_that_is_too_big_to_be_a_draft_is_replaced_where_that_is_agreed(
    files: DraftFiles, tmp_path: Path, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.hakemus"
    path.write_bytes(b"film" * 20_000)
    seen = files.seen_now(str(path))
    monkeypatch.setattr(reading, "MAX_FILE", 50_000)
    files.save(str(path), plain, {}, {}, seen)
    (note,) = files.notes
    assert note.key.startswith("What the file held before could not be kept")
    monkeypatch.undo()
    assert files.load(str(path)).plain["id"] == plain["id"]
