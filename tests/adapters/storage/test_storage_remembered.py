"""What this computer remembers: found by draft, forgotten on demand, and nothing more than that."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from saving_marks import dead_process

from hakemus.adapters.storage import container, json_form, names, processes
from hakemus.adapters.storage.remembered import Remembered
from hakemus.usecases.errors import NotWritten
from hakemus.usecases.start_cards import RecentDraft


@pytest.fixture
def remembered(tmp_path: Path, clock: Any) -> Remembered:
    return Remembered(tmp_path / "state", clock)


def _fill(remembered: Remembered, document: dict[str, Any], letter: tuple[str, bytes], clock: Any) -> None:
    attachments = {letter[0]: letter[1]}
    for draft_id, path in (("d1", Path("/kansio/a.hakemus")), ("d2", Path("/kansio/b.hakemus"))):
        document["id"] = draft_id
        raw = json_form.dump(document)
        remembered.versions.keep(path, container.pack(raw, attachments))
        clock.go_on(minutes=1)
        remembered.recovery.write(
            f"w-{draft_id}", draft_id=draft_id, path=path, document=raw, title="Uusin", attachments=attachments
        )
        remembered.recent.note(RecentDraft(str(path), "t", "l", {}, None, "", 1, 10, 0, "2026"))
        clock.go_on(minutes=1)


def test_all_that_is_kept_of_a_draft_is_listed_the_latest_draft_first(
    remembered: Remembered, document: dict[str, Any], letter: tuple[str, bytes], clock: Any
) -> None:
    _fill(remembered, document, letter, clock)
    second, first = remembered.drafts()
    assert (second.draft_id, first.draft_id) == ("d2", "d1")
    assert (first.title, first.path) == ("Uusin", Path("/kansio/a.hakemus"))
    assert (len(first.recoveries), len(first.versions)) == (1, 1)
    assert first.size == first.recoveries[0].size + first.versions[0].size


def test_what_killed_processes_had_half_written_is_not_kept_unlisted(
    remembered: Remembered,
    document: dict[str, Any],
    letter: tuple[str, bytes],
    clock: Any,
    tmp_path: Path,
) -> None:
    _fill(remembered, document, letter, clock)
    state = tmp_path / "state"
    version = next((state / "versions").glob("*/*.version")).parent
    content = next((state / "content").glob("??/*")).parent
    folders = [state, state / "recovery", state / "versions", version, content]
    dead = [
        folder / f".hakemus-{'0' * 12}-{processes.computer_tag()}-{dead_process()}-0123abcd.tmp" for folder in folders
    ]
    living = names.temporary(version / "x")
    for path in (*dead, living):
        path.write_bytes(b'{"half": "a draft"')
    before = {path for path in state.rglob("*") if path not in dead}
    remembered.tidy()
    assert set(state.rglob("*")) == before
    assert living in before


def test_what_other_computers_and_nobody_left_goes_when_it_is_old(
    remembered: Remembered, document: dict[str, Any], letter: tuple[str, bytes], clock: Any, tmp_path: Path
) -> None:
    _fill(remembered, document, letter, clock)
    state = tmp_path / "state"
    content = next((state / "content").glob("??/*")).parent
    left = {
        state / "recovery" / ".hakemus-000000000000-ffffffff-1-00000000.tmp": 86_390,
        state / "recovery" / ".hakemus-000000000000-ffffffff-1-00000001.tmp": 86_410,
        content / "of nobody": 3_590,
        content / "of nobody, old": 3_610,
    }
    for path, age in left.items():
        path.touch()
        os.utime(path, (clock().timestamp() - age,) * 2)
    (content / "folder").mkdir()
    os.utime(content / "folder", (0, 0))
    remembered.tidy()
    assert [path.exists() for path in left] == [True, False, True, False]
    assert (content / "folder").is_dir()


def test_forgetting_leaves_nothing_of_the_draft(
    remembered: Remembered,
    document: dict[str, Any],
    letter: tuple[str, bytes],
    clock: Any,
    tmp_path: Path,
) -> None:
    _fill(remembered, document, letter, clock)
    remembered.forget(remembered.drafts()[0])
    assert [len(draft.versions) for draft in remembered.drafts()] == [0, 1], "the open window keeps its copy"
    remembered.recovery.end()
    remembered.forget(remembered.drafts()[0])
    assert [draft.draft_id for draft in remembered.drafts()] == ["d1"]
    assert remembered.content.get(letter[0]) == letter[1], "the other draft needs it"
    remembered.forget(remembered.drafts()[0])
    assert remembered.drafts() == []
    assert remembered.recent.entries() == []
    assert [path for path in (tmp_path / "state").rglob("*") if path.is_file() and path.name != "recent.json"] == []


def test_what_cannot_be_removed_keeps_nothing_else_and_is_told(
    remembered: Remembered,
    document: dict[str, Any],
    letter: tuple[str, bytes],
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _fill(remembered, document, letter, clock)
    remembered.recovery.end()
    kept = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".recovery":
            raise PermissionError(errno.EACCES, "held", str(path))
        kept(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(PermissionError):
        remembered.forget(remembered.drafts()[0])
    assert [(len(draft.recoveries), len(draft.versions)) for draft in remembered.drafts()] == [(1, 0), (1, 1)]
    assert [entry.path for entry in remembered.recent.entries()] == ["/kansio/a.hakemus"]


def test_a_list_that_cannot_be_written_is_told_where_something_is_forgotten_and_only_there(
    remembered: Remembered, tmp_path: Path
) -> None:
    (tmp_path / "state").write_bytes(b"no folder")
    remembered.recent.note(RecentDraft("a", "t", "l", {}, None, "", 1, 10, 0, "2026"))
    with pytest.raises(NotWritten):
        remembered.recent.forget("a")


def test_forgetting_takes_the_files_of_copies_that_a_save_made_needless(
    remembered: Remembered, document: dict[str, Any], letter: tuple[str, bytes], clock: Any, tmp_path: Path
) -> None:
    _fill(remembered, document, letter, clock)
    digest = hashlib.sha256(b"only in the copy").hexdigest()
    remembered.recovery.write("w", draft_id="d3", path=None, document=b"{}", attachments={digest: b"only in the copy"})
    remembered.recovery.supersede("w")
    remembered.forget(next(draft for draft in remembered.drafts() if draft.draft_id == "d1"))
    assert remembered.content.get(digest) is None
    assert remembered.content.get(letter[0]) == letter[1]


def test_what_only_a_version_or_only_a_copy_refers_to_stays(
    remembered: Remembered, letter: tuple[str, bytes], clock: Any, tmp_path: Path
) -> None:
    other = b"another letter"
    other_hash = hashlib.sha256(other).hexdigest()
    plain = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "d1"}
    listed = {**plain, "application": {"attachments": [{"id": "a", "sha256": letter[0]}]}}
    remembered.versions.keep(Path("/a"), container.pack(json_form.dump(listed), {letter[0]: letter[1]}))
    remembered.recovery.write(
        "w", draft_id="d1", path=None, document=json_form.dump(plain), attachments={other_hash: other}
    )
    assert remembered.tidy() == 0
    assert remembered.content.get(letter[0]) == letter[1]
    assert remembered.content.get(other_hash) == other
    assert {path.name for path in (tmp_path / "state").iterdir()} == {"content", "recovery", "versions"}


def test_a_draft_is_called_as_it_was_called_last(remembered: Remembered, clock: Any) -> None:
    def write(slot: str, title: str, path: Path | None) -> None:
        remembered.recovery.write(slot, draft_id="d1", path=path, document=b"{}", title=title)

    write("a", "Z", Path("/old"))
    write("b", "Z", None)
    clock.go_on(minutes=1)
    write("c", "A", Path("/new"))
    (draft,) = remembered.drafts()
    assert (draft.title, draft.path, draft.latest) == ("A", Path("/new"), clock.moment)
    for slot in "abc":
        remembered.recovery.forget(slot)
    write("a", "Z", Path("/old"))
    write("b", "Z", None)
    assert remembered.drafts()[0].title == "Z"


def test_where_a_record_cannot_be_read_nothing_is_tidied_away(
    remembered: Remembered, document: dict[str, Any], letter: tuple[str, bytes], clock: Any, tmp_path: Path
) -> None:
    _fill(remembered, document, letter, clock)
    (tmp_path / "state" / "recovery" / "folder.recovery").mkdir()
    assert remembered.tidy() == 0
    assert remembered.content.get(letter[0]) == letter[1]
