"""Unsaved work whose copy was torn: what is left of it comes back, and what it lost its file still has."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from test_other_versions import core_of, draft_of, titled

from hakemus.bootstrap.recovering import LocalRecoveries
from hakemus.domain.draft import Document
from hakemus.domain.paths import with_value
from hakemus.usecases import calls, drafts
from hakemus.usecases.errors import NewerVersion, UserError
from hakemus.usecases.files import OpenFile


def copy_in(folder: Path, opened: OpenFile, document: Document) -> tuple[LocalRecoveries, Path]:
    recoveries = LocalRecoveries(core_of(folder))
    recoveries.keep("slot", opened, document)
    recoveries._copies.end()
    return recoveries, folder / "state" / "recovery" / "slot.recovery"


def notes_of(opened: OpenFile) -> list[str]:
    return [note.message.key for note in opened.notes]


def test_a_copy_cut_anywhere_behind_the_title_brings_the_title_back(tmp_path: Path) -> None:
    core = core_of(tmp_path)
    definition = calls.definition_of(core.calls, core.calls.ids()[-1])
    document = drafts.new_document(definition, "d1")
    document = with_value(document, "draft.application.project.title", "Otsikko")
    recoveries, record = copy_in(tmp_path, OpenFile(document), document)
    whole = record.read_bytes()
    first = whole.rindex(b'"Otsikko"') + 10
    for end in range(first, len(whole) - 1, (len(whole) - first) // 40):
        record.write_bytes(whole[:end])
        found = recoveries.open("slot")
        assert found.document.draft.application.project.title == "Otsikko", end
        assert found.document.id == "d1", end
        assert "The recovery copy is damaged. Look over what could be read of it before you save." in notes_of(found)
    record.write_bytes(whole)
    assert notes_of(recoveries.open("slot")) == []


def test_what_a_torn_copy_lost_comes_from_its_file(tmp_path: Path) -> None:
    core = core_of(tmp_path)
    path = draft_of(
        tmp_path, lambda plain: plain.update(zz_newer={"kept": True}, snapshots=[{"id": "s1", "label": "A"}])
    )
    opened = core.files.open(str(path))
    recoveries, record = copy_in(tmp_path, opened, titled(opened, "Ei tallennettu"))
    whole = record.read_bytes()
    record.write_bytes(whole[: whole.index(b'"definition"') + 300])
    found = recoveries.open("slot")
    assert found.document.draft.application.project.title == "Ei tallennettu"
    assert found.document.draft.call == opened.document.draft.call
    assert found.document.draft.comments == opened.document.draft.comments
    assert found.document.snapshots == opened.document.snapshots
    assert found.document.unknown["zz_newer"] == {"kept": True}
    assert (found.document.id, found.path, found.seen) == (opened.document.id, str(path), opened.seen)
    assert dict(found.attachments) == dict(opened.attachments)
    assert "the rest is from the file" in notes_of(found)[0]
    path.unlink()
    alone = recoveries.open("slot")
    assert "the rest is from the file" not in notes_of(alone)[0]
    assert alone.notes[1].path == "call", "the call of this computer is in its place, and that is said"
    assert alone.document.draft.application.project.title == "Ei tallennettu"
    assert alone.document.id == opened.document.id


def test_a_value_that_no_field_takes_waits_as_text(tmp_path: Path) -> None:
    core = core_of(tmp_path)
    opened = core.files.open(str(draft_of(tmp_path)))
    recoveries, record = copy_in(tmp_path, opened, titled(opened, "Uusi"))
    record.write_bytes(record.read_bytes().replace(b'"title": "Uusi"', b'"title": 123456'))
    found = recoveries.open("slot")
    assert found.document.draft.pending["project.title"] == "123456"
    assert "A text is needed here." in notes_of(found)


def test_files_that_a_copy_had_and_that_are_gone_are_named(tmp_path: Path) -> None:
    core = core_of(tmp_path)
    opened = core.files.open(str(draft_of(tmp_path)))
    recoveries, _ = copy_in(tmp_path, opened, titled(opened, "Uusi"))
    assert notes_of(recoveries.open("slot")) == []
    for kept in (tmp_path / "state" / "content").glob("*/*"):
        kept.write_bytes(b"other")
    (note,) = recoveries.open("slot").notes
    assert note.message.key == "Attachments of the unsaved work are gone: {names}. Attach them again before you save."
    assert note.message.values["names"]


def test_a_copy_of_which_nothing_is_left_is_refused_and_stays(tmp_path: Path) -> None:
    core = core_of(tmp_path)
    opened = core.files.open(str(draft_of(tmp_path)))
    recoveries, record = copy_in(tmp_path, opened, titled(opened, "Uusi"))
    record.write_bytes(b"")
    with pytest.raises(UserError) as refusal:
        recoveries.open("slot")
    assert not isinstance(refusal.value, NewerVersion)
    assert record.exists()


def test_a_file_beside_a_torn_copy_that_is_of_a_newer_minor_keeps_its_parts(tmp_path: Path) -> None:
    core = core_of(tmp_path)
    path = draft_of(tmp_path, lambda plain: plain["format"].update(minor=7))
    opened = core.files.open(str(path))
    extra = {"weather/today": b"sunny"}
    digest = hashlib.sha256(b"letter").hexdigest()
    opened = OpenFile(opened.document, opened.path, opened.seen, {**opened.attachments, digest: b"letter"}, extra)
    core.files.save(
        OpenFile(opened.document, None, None, opened.attachments, extra), opened.document, str(path), agreed=True
    )
    recoveries, record = copy_in(tmp_path, opened, titled(opened, "Uusi"))
    whole = record.read_bytes()
    record.write_bytes(b"{torn}" + whole[whole.index(b"\n") :])
    assert recoveries.open("slot").document.draft.application.project.title == "Uusi"
    record.write_bytes(whole[: whole.index(b'"definition"') + 300])
    found = recoveries.open("slot")
    assert found.newer_minor
    assert found.extra_members == extra
    assert found.attachments[digest] == b"letter"
