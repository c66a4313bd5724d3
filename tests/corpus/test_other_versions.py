"""The program taken up and down over the same drafts and the same state folder: nothing is lost, and it says so.

"Older" and "newer" stand here for what another version of the program leaves behind: keys that this one does not
know, forms that it does not read, files that it has never heard of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import container, json_form
from hakemus.adapters.storage.limits import MAJOR, MINOR
from hakemus.adapters.storage.settings import SettingsFile
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.keeping import LocalKeeping
from hakemus.bootstrap.recovering import LocalRecoveries
from hakemus.domain.draft import Document
from hakemus.domain.paths import with_value
from hakemus.usecases.errors import NewerVersion
from hakemus.usecases.files import OpenFile

CORPUS = Path(__file__).parent
Change = Callable[[dict[str, Any]], None]


def core_of(folder: Path) -> Core:
    return Core(state=folder / "state")


def draft_of(folder: Path, change: Change = lambda _plain: None) -> Path:
    """A draft as another version of the program has left it."""
    stored = json.loads((CORPUS / "v1.0.json").read_bytes())
    change(stored)
    parts = container.unpack((CORPUS / "v1.0.hakemus").read_bytes())
    path = folder / "draft.hakemus"
    path.write_bytes(container.pack(json_form.dump(stored), parts.attachments))
    return path


def plain_of(path: Path) -> dict[str, Any]:
    return dict(container.unpack(path.read_bytes()).document)


def titled(opened: OpenFile, title: str) -> Document:
    draft = with_value(opened.document.draft, "application.project.title", title)
    return replace_draft(opened.document, draft)


def replace_draft(document: Document, draft: Any) -> Document:
    return Document(**{name: getattr(document, name) for name in type(document).model_fields} | {"draft": draft})


def newer_minor(plain: dict[str, Any]) -> None:
    plain["format"]["minor"] = MINOR + 7
    plain["weather"] = {"sunny": True}
    plain["application"]["project"]["mood"] = "glad"
    plain["application"]["budget"]["lines"][0]["carbon"] = "12.5"


def newer_major(plain: dict[str, Any]) -> None:
    plain["format"]["major"] = MAJOR + 1


def test_a_draft_goes_up_down_and_up_again_with_all_that_the_newer_program_wrote(tmp_path: Path) -> None:
    path = draft_of(tmp_path, newer_minor)
    before = plain_of(path)
    core = core_of(tmp_path)
    opened = core.files.open(str(path))
    assert opened.newer_minor
    core.files.save(opened, titled(opened, "Another title"))
    after = plain_of(path)
    assert after["application"]["project"]["title"] == "Another title"
    assert after["weather"] == {"sunny": True}
    assert after["application"]["project"]["mood"] == "glad"
    assert after["application"]["budget"]["lines"][0]["carbon"] == "12.5"
    assert after["format"]["minor"] == MINOR + 7
    changed = {"revision", "application", "format"}
    assert {key: value for key, value in after.items() if key not in changed} == {
        key: value for key, value in before.items() if key not in changed
    }


def test_what_was_there_before_the_older_program_saved_is_among_the_earlier_versions(tmp_path: Path) -> None:
    path = draft_of(tmp_path, newer_minor)
    before = plain_of(path)
    core = core_of(tmp_path)
    opened = core.files.open(str(path))
    core.files.save(opened, titled(opened, "Another title"))
    keeping = LocalKeeping(core_of(tmp_path))
    [kept] = keeping.versions(opened.document.id, str(path))
    version = keeping.open_version(kept)
    assert version.newer_minor
    assert version.document.draft.application.project.title == before["application"]["project"]["title"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_draft_of_a_form_that_is_too_new_is_refused_in_words_and_left_alone(tmp_path: Path, language: str) -> None:
    path = draft_of(tmp_path, newer_major)
    data = path.read_bytes()
    core = core_of(tmp_path)
    with pytest.raises(NewerVersion) as refusal:
        core.files.open(str(path))
    words = core.catalog(language).render(refusal.value.message)
    assert f"{MAJOR + 1}.0" in words
    assert f"{MAJOR}.{MINOR}" in words
    assert path.read_bytes() == data


@pytest.mark.parametrize("minor", [MINOR, MINOR + 7])
def test_what_somebody_put_beside_the_version_is_kept(tmp_path: Path, minor: int) -> None:
    beside = {"checked": ["by hand", {"sum": "1.10"}], "minor": minor}
    path = draft_of(tmp_path, lambda plain: plain["format"].update(beside))
    core = core_of(tmp_path)
    opened = core.files.open(str(path))
    core.files.save(opened, titled(opened, "Uusi"))
    kept = plain_of(path)["format"]
    assert {name: kept[name] for name in beside} == beside
    assert kept["major"] == MAJOR


def recovery_by(folder: Path, change: Change) -> Path:
    """A recovery copy in the state folder, as another version of the program has left it."""
    core = core_of(folder)
    opened = core.files.open(str(draft_of(folder)))
    recoveries = LocalRecoveries(core)
    recoveries.keep("slot", opened, titled(opened, "Not saved"))
    recoveries._copies.end()
    [record] = (folder / "state" / "recovery").glob("slot*")
    header, _, document = record.read_bytes().partition(b"\n")
    plain = json.loads(document)
    change(plain)
    told = {**json.loads(header), "feeling": "fine"}
    told.pop("document_sha256")
    from hakemus.adapters.storage import state

    state.write_record(record, told, json_form.dump(plain))
    return record


def test_unsaved_work_of_a_newer_program_opens_with_all_that_it_holds(tmp_path: Path) -> None:
    recovery_by(tmp_path, newer_minor)
    recoveries = LocalRecoveries(core_of(tmp_path))
    assert [offer.title for offer in recoveries.offered()] == ["Not saved"]
    opened = recoveries.open("slot")
    assert opened.newer_minor
    core = core_of(tmp_path)
    core.files.save(replace(opened, unsaved=True), opened.document, str(tmp_path / "again.hakemus"))
    again = plain_of(tmp_path / "again.hakemus")
    assert again["weather"] == {"sunny": True}
    assert again["application"]["project"]["title"] == "Not saved"


def test_unsaved_work_of_a_form_that_is_too_new_waits_for_the_newer_program(tmp_path: Path) -> None:
    record = recovery_by(tmp_path, newer_major)
    data = record.read_bytes()
    recoveries = LocalRecoveries(core_of(tmp_path))
    assert len(recoveries.offered()) == 1
    with pytest.raises(NewerVersion):
        recoveries.open("slot")
    assert record.read_bytes() == data


def test_a_state_folder_of_a_newer_program_is_used_and_nothing_in_it_is_lost(tmp_path: Path) -> None:
    state = tmp_path / "state"
    (state / "new-things").mkdir(parents=True)
    (state / "new-things" / "a.json").write_text("{}", encoding="utf-8")
    settings = {"language": "sv", "theme": "sepia", "text_size": 125, "panel_folded": False, "name": ""}
    settings["voice"] = "loud"
    (state / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    file = SettingsFile(state / "settings.json")
    assert (file.read().language, file.read().theme) == ("sv", "system")
    file.write(replace(file.read(), text_size=150))
    assert json.loads((state / "settings.json").read_bytes()) == {**settings, "text_size": 150}
    core = core_of(tmp_path)
    path = draft_of(tmp_path)
    opened = core.files.open(str(path))
    core.files.save(opened, titled(opened, "Another title"))
    assert core.recent.entries() == []
    assert (state / "new-things" / "a.json").read_text(encoding="utf-8") == "{}"


def test_a_state_folder_of_an_older_program_is_taken_over(tmp_path: Path) -> None:
    """Fewer settings, and recent drafts that say less than today's."""
    state = tmp_path / "state"
    state.mkdir()
    (state / "settings.json").write_text('{"language": "sv"}', encoding="utf-8")
    (state / "recent.json").write_text('[{"path": "a.hakemus"}, 3]', encoding="utf-8")
    core = core_of(tmp_path)
    assert SettingsFile(state / "settings.json").read().language == "sv"
    assert core.recent.entries() == []
