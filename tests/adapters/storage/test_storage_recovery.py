"""Recovery copies: what was being written is there after a crash, and goes only when it is no longer needed."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import json_form, presence, recovery, state
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.adapters.storage.recovery import RecoveryCopies
from hakemus.adapters.storage.state import Content
from hakemus.usecases.errors import NotWritten


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recovery"


@pytest.fixture
def copies(root: Path, content: Content, clock: Any) -> RecoveryCopies:
    return RecoveryCopies(root, content, clock)


def _write(copies: RecoveryCopies, slot: str, document: dict[str, Any], **more: Any) -> None:
    known: dict[str, Any] = {"draft_id": document["id"], "path": Path("/kansio/a.hakemus"), "title": "Lukupiha"}
    copies.write(slot, document=json_form.dump(document), **{**known, **more})


def test_what_was_written_comes_back(
    copies: RecoveryCopies, document: dict[str, Any], letter: tuple[str, bytes], clock: Any, root: Path
) -> None:
    _write(
        copies,
        "w1",
        document,
        base="abc",
        place="funding.grant",
        attachments={letter[0]: letter[1]},
        extra_members={"new/x": b"y"},
    )
    (entry,) = copies.entries()
    assert (entry.slot, entry.draft_id, entry.title, entry.base) == ("w1", document["id"], "Lukupiha", "abc")
    assert entry.place == "funding.grant"
    assert entry.path == Path("/kansio/a.hakemus")
    assert entry.written_at == clock.moment
    assert entry.size > 500
    found = copies.load("w1")
    assert found == recovery.Recovered(document, {letter[0]: letter[1]}, {"new/x": b"y"})
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_a_draft_that_was_never_saved_has_one_too(copies: RecoveryCopies, document: dict[str, Any]) -> None:
    _write(copies, "w1", document, path=None)
    assert copies.entries()[0].path is None


def test_an_attachment_is_written_once(
    copies: RecoveryCopies, document: dict[str, Any], letter: tuple[str, bytes], tmp_path: Path
) -> None:
    _write(copies, "w1", document, attachments={letter[0]: letter[1]})
    (kept,) = (tmp_path / "state" / "content").glob("*/*")
    before = kept.stat().st_ino
    _write(copies, "w1", document, attachments={letter[0]: letter[1]})
    assert kept.stat().st_ino == before
    kept.write_bytes(b"cut")
    _write(copies, "w1", document, attachments={letter[0]: letter[1]})
    assert kept.read_bytes() == letter[1]
    assert letter[0] in copies.references()


def test_an_attachment_that_nothing_lists_comes_back_too(copies: RecoveryCopies, document: dict[str, Any]) -> None:
    document["application"] = {}
    stray = hashlib.sha256(b"stray").hexdigest()
    _write(copies, "w1", document, attachments={stray: b"stray"})
    found = copies.load("w1")
    assert found is not None
    assert found.attachments == {stray: b"stray"}
    assert [entry.place for entry in copies.entries()] == [""]


def test_a_copy_without_a_header_is_offered_all_the_same(copies: RecoveryCopies, root: Path) -> None:
    root.mkdir(parents=True)
    (root / "w1.recovery").write_bytes(b"")
    assert copies.offered() == [recovery.Recovery("w1", "", None, "", state.BEGINNING, "", 0, in_use=False)]
    copies.write("w2", draft_id="d", path=None, document=b"{}")
    (entry,) = (entry for entry in copies.entries() if entry.slot == "w2")
    assert (entry.title, entry.base) == ("", "")
    (root / "w3.recovery").write_bytes(b"{}\n")
    (entry,) = (entry for entry in copies.offered() if entry.slot == "w3")
    assert (entry.draft_id, entry.title, entry.base, entry.place, entry.in_use) == ("", "", "", "", False)


def test_where_no_copy_can_be_kept_the_folder_is_named(tmp_path: Path, content: Content, clock: Any) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(NotWritten) as caught:
        RecoveryCopies(tmp_path / "state", content, clock).write("w", draft_id="d", path=None, document=b"{}")
    assert caught.value.message.values["path"] == str(tmp_path / "state")


def test_a_sign_of_life_is_locked_and_its_owners_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    sign = presence.Presence(root)
    sign.end()
    token = sign.token()
    assert sign.token() == token
    (path,) = root.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open() as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "not yours")

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        sign.end()
        patch.setattr(Path, "unlink", refuse)
        sign.sweep(path.stat().st_mtime + 90_000)
    assert path.exists()
    sign.sweep(path.stat().st_mtime + 90_000)
    assert not path.exists()
    assert sign.token() != token
    sign.end()
    assert list(root.iterdir()) == []


def test_only_copies_whose_window_is_gone_are_offered(copies: RecoveryCopies, document: dict[str, Any]) -> None:
    _write(copies, "mine", document)
    assert copies.entries()[0].in_use
    assert copies.offered() == []


def test_after_a_crash_every_copy_is_offered_the_newest_first(
    root: Path, content: Content, document: dict[str, Any], tmp_path: Path, clock: Any
) -> None:
    program = f"""
from datetime import UTC, datetime
from pathlib import Path
from hakemus.adapters.storage.recovery import RecoveryCopies
from hakemus.adapters.storage.state import Content
import os, signal
root, content = Path({str(root)!r}), Content(Path({str(tmp_path / "c")!r}))
for hour, slot in ((9, "w1"), (11, "w3"), (10, "w2")):
    copies = RecoveryCopies(root, content, lambda: datetime(2026, 11, 20, hour, tzinfo=UTC))
    copies.write(slot, draft_id="d", path=None, document=b'{{"a": "' + slot.encode() + b'"}}')
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    copies = RecoveryCopies(root, content, clock)
    assert [entry.slot for entry in copies.offered()] == ["w3", "w2", "w1"]
    assert [copies.load(entry.slot).document["a"] for entry in copies.offered()] == ["w3", "w2", "w1"]  # type: ignore[union-attr]
    copies.supersede("w3")
    copies.forget("w1")
    assert [entry.slot for entry in copies.entries()] == ["w2"]
    copies.supersede("w3")
    copies.forget("w1")


def test_a_copy_that_cannot_be_removed_stays_and_troubles_nobody(
    copies: RecoveryCopies, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(copies, "w1", document)

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "unlink", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    copies.supersede("w1")
    assert len(copies.entries()) == 1


def test_a_write_that_fails_leaves_the_copy_before(
    copies: RecoveryCopies, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(copies, "w1", document)

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(recovery.state.durable.failures.DiskFull):
        _write(copies, "w1", {**document, "revision": 99})
    monkeypatch.undo()
    found = copies.load("w1")
    assert found is not None
    assert found.document["revision"] == 4


def test_a_damaged_copy_gives_what_it_has(
    copies: RecoveryCopies, document: dict[str, Any], root: Path, letter: tuple[str, bytes], tmp_path: Path
) -> None:
    _write(copies, "w1", document, attachments={letter[0]: letter[1]}, extra_members={"x": b"member"})
    path = root / "w1.recovery"
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b'"format"')])
    for kept in (tmp_path / "state" / "content").glob("*/*"):
        kept.write_bytes(b"other")
    found = copies.load("w1")
    assert found is not None
    assert not found.whole
    assert found.document["application"]["project"] == document["application"]["project"]
    assert found.missing == ("aie.pdf", "x")
    path.write_bytes(b"{broken header" + whole[whole.index(b"\n") :])
    assert copies.entries()[0].slot == "w1"
    found = copies.load("w1")
    assert found is not None
    assert found.document["application"]["goals"] == document["application"]["goals"]
    assert not found.whole
    path.write_bytes(b"[]" + whole[whole.index(b"\n") :])
    assert not copies.load("w1").whole  # type: ignore[union-attr]
    path.write_bytes(b"")
    assert copies.load("w1") is None
    assert copies.load("w9") is None
    assert copies.references() == set()
    assert not copies.entries()[0].in_use


def test_a_header_may_hold_anything(copies: RecoveryCopies, root: Path) -> None:
    root.mkdir(parents=True)
    (root / "w1.recovery").write_bytes(
        b'{"path": 3, "at": "2026-11-20T10:00:00", "process": "x", "attachments": 3, "members": [], "title": null}'
        b'\n{"a":1}'
    )
    (root / "not a slot!.recovery").write_bytes(b"{}\n")
    (entry,) = copies.entries()
    assert entry.path is None
    assert entry.written_at.isoformat() == "2026-11-20T10:00:00+00:00"
    found = copies.load("w1")
    assert found is not None
    assert found.document == {"a": 1}


def test_a_damaged_header_costs_nothing_that_the_document_names_and_what_comes_back_can_be_saved(
    copies: RecoveryCopies, document: dict[str, Any], root: Path, letter: tuple[str, bytes], tmp_path: Path
) -> None:
    _write(copies, "w1", document, attachments={letter[0]: letter[1]}, extra_members={"new/x": b"member"})
    path = root / "w1.recovery"
    header, _, text = path.read_bytes().partition(b"\n")
    told = json.loads(header)
    member = told["members"]["new/x"]
    odd = {"../x": member, "new/\0": member, "new/y": "\0" * 64, "new/x": member}
    told |= {"attachments": ["\0", "../" * 21 + "a"], "members": odd, "path": "/kansio/\0.hakemus"}
    path.write_bytes(json.dumps(told).encode() + b"\n" + text)
    assert copies.entries()[0].path is None
    found = copies.load("w1")
    assert found is not None
    assert found.attachments == {letter[0]: letter[1]}
    assert found.extra_members == {"new/x": b"member"}
    assert found.missing == ("new/y", "../x", "new/\0")
    DraftFiles().save(str(tmp_path / "a.hakemus"), found.document, found.attachments, found.extra_members, None)


def test_what_is_recovered_without_its_attachments_can_be_saved(
    copies: RecoveryCopies, document: dict[str, Any], letter: tuple[str, bytes], tmp_path: Path
) -> None:
    document["snapshots"] = [{"id": "s1", "label": "Jätetty", "pdf": letter[0]}, {"id": "s2"}, "no row"]
    document["application"]["attachments"].append({"id": "e", "sha256": "0" * 64, "state": "elsewhere"})
    _write(copies, "w1", document)
    found = copies.load("w1")
    assert found is not None
    assert found.missing == ("aie.pdf", "Jätetty")
    assert found.document["snapshots"][0] == {"id": "s1", "label": "Jätetty"}
    assert found.document["application"]["attachments"][1] == document["application"]["attachments"][1]
    DraftFiles().save(str(tmp_path / "a.hakemus"), found.document, found.attachments, found.extra_members, None)


def test_a_copy_whose_files_were_tidied_away_while_it_was_written_has_them(
    copies: RecoveryCopies,
    document: dict[str, Any],
    content: Content,
    letter: tuple[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write = recovery.state.write_record

    def tidied_before(*args: Any) -> None:
        content.keep_only(set, 0)
        write(*args)

    monkeypatch.setattr(recovery.state, "write_record", tidied_before)
    _write(copies, "w1", document, attachments={letter[0]: letter[1]}, extra_members={"x": b"member"})
    found = copies.load("w1")
    assert found is not None
    assert (found.attachments, found.extra_members) == ({letter[0]: letter[1]}, {"x": b"member"})


def test_a_number_of_a_process_that_another_one_has_now_hides_nothing(
    copies: RecoveryCopies, document: dict[str, Any], root: Path, content: Content, clock: Any
) -> None:
    _write(copies, "w1", document)
    copies.end()
    again = RecoveryCopies(root, content, clock)
    assert [entry.slot for entry in again.offered()] == ["w1"], "the same number, and not the same program"
    _write(again, "w2", document)
    assert [entry.slot for entry in again.offered()] == ["w1"]
    assert [entry.slot for entry in copies.offered()] == ["w1"]


def test_where_the_disk_knows_no_locks_the_number_of_the_process_must_do(
    copies: RecoveryCopies, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(presence, "_lock", no_locks)
    _write(copies, "w1", document)
    assert copies.offered() == []
    monkeypatch.setattr("hakemus.adapters.storage.processes.is_alive", lambda _: False)
    assert [entry.slot for entry in copies.offered()] == ["w1"]


def test_signs_of_life_are_swept_when_they_are_old_and_dead(
    copies: RecoveryCopies, document: dict[str, Any], root: Path, clock: Any
) -> None:
    _write(copies, "w1", document)
    (alive,) = root.glob("*.alive")
    dead, young = root / "00000000-1-00000000.alive", root / "00000000-1-00000001.alive"
    for path in (alive, dead, young):
        path.touch()
        os.utime(path, (clock.moment.timestamp() - 90_000, clock.moment.timestamp() - 90_000))
    os.utime(young, (clock.moment.timestamp(), clock.moment.timestamp()))
    copies.sweep()
    assert sorted(root.glob("*.alive")) == sorted([alive, young])
    copies.end()
    copies.end()
    assert list(root.glob("*.alive")) == [young]


def test_a_state_folder_that_cannot_be_written_is_a_typed_failure(
    content: Content, document: dict[str, Any], tmp_path: Path, clock: Any
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten):
        _write(RecoveryCopies(tmp_path / "file" / "recovery", content, clock), "w1", document)


def test_a_slot_is_no_path(copies: RecoveryCopies) -> None:
    for slot in ("", "../x", "a/b", "x" * 41):
        with pytest.raises(ValueError, match="not a slot"):
            copies.load(slot)
