"""Damaged and newer files, and what this computer remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from keeping import edit, notice, notices, saved, within, words_in
from person import Person, saving_to
from PySide6.QtWidgets import QDialog

from hakemus.adapters.storage import container, json_form
from hakemus.adapters.storage.state import Content
from hakemus.domain.application import Applicant
from hakemus.usecases.library_profile import Profile


def broken(path: Path) -> bytes:
    """The file with the end of its frame torn off."""
    data = path.read_bytes()[:-40]
    path.write_bytes(data)
    return data


def test_a_damaged_file_is_shown_read_only_and_saved_under_a_new_name(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    data = broken(path)
    person.controller.open_path(str(path))
    assert person.session.read_only
    assert person.controller.opened.path is None
    assert person.at("project.title") == "One"
    told = notice(person, "a.hakemus is damaged")
    person.answers = ["ok"]
    person.click(person.button("What is wrong…", told))
    assert person.asked[-1][0] == "What is wrong in a.hakemus"
    assert person.asked[-1][3]
    with saving_to(monkeypatch, tmp_path / "rescued"):
        person.click(person.button("Save under a new name…", told))
    assert path.read_bytes() == data
    assert not person.session.read_only
    assert person.at("project.title") == "One"
    assert person.controller.opened.path == str(tmp_path / "rescued.hakemus")


def test_where_a_damaged_file_has_lost_its_call_the_one_in_its_place_is_told(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    call = person.session.draft.call
    person.controller.command("close")
    whole = path.read_bytes()
    at = whole.index(b'"definition"')
    path.write_bytes(whole[:at] + b"#" * 200 + whole[at + 200 :])
    person.controller.open_path(str(path))
    assert person.session.draft.call == call
    told = notice(person, "a.hakemus is damaged").accessibleName()
    assert "The call inside the file could not be read." in told
    assert call.definition["title"]["en"] in told
    path.write_bytes(whole[: at + 200])
    person.controller.open_path(str(path))
    told = notice(person, "a.hakemus is damaged").accessibleName()
    assert "Which call the application is for could not be read." in told
    assert person.session.draft.call.definition["title"]["en"] in told


def test_where_a_part_of_the_call_was_lost_the_one_of_this_computer_is_compared(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    person.controller.open_path(str(path))
    assert "may have lost a part" not in notice(person, "a.hakemus is damaged").accessibleName()
    at = whole.index(b'"unit"', whole.index(b'"definition"'))
    path.write_bytes(whole[:at] + b"#" + whole[at + 1 :])
    person.controller.open_path(str(path))
    assert "unit" not in person.session.draft.call.definition
    assert "may have lost a part" in notice(person, "a.hakemus is damaged").accessibleName()
    assert person.session.read_only


def test_the_last_version_is_offered_in_place_of_a_damaged_file(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    assert person.controller.save()
    person.controller.command("close")
    data = broken(path)
    person.controller.open_path(str(path))
    assert person.at("project.title") == "Two"
    person.click(person.button("Show the last version", notice(person, "a.hakemus is damaged")))
    assert person.session.read_only
    assert person.controller.opened.path is None
    assert person.at("project.title") == "One"
    told = notice(person, "Shown here is what the file held before")
    person.answers = ["ok"]
    person.click(person.button("What is wrong…", told))
    assert person.asked[-1][3]
    person.click(person.button("What could be read", told))
    assert person.at("project.title") == "Two"
    person.click(person.button("Show the last version", notice(person, "a.hakemus is damaged")))
    with saving_to(monkeypatch, tmp_path / "back"):
        person.click(person.button("Save under a new name…", notice(person, "a.hakemus is damaged")))
    assert path.read_bytes() == data
    assert person.controller.opened.path == str(tmp_path / "back.hakemus")
    assert person.at("project.title") == "One"


def test_of_a_file_of_which_nothing_can_be_read_the_last_version_is_shown(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    assert person.controller.save()
    person.controller.command("close")
    path.write_bytes(bytes(3_000))
    person.controller.open_path(str(path))
    assert person.session.read_only
    assert person.at("project.title") == "One"
    assert notice(person, "a.hakemus is damaged")
    person.controller.command("close")
    for version in (tmp_path / "state" / "versions").glob("*/*.version"):
        version.write_bytes(version.read_bytes()[:-20])
    person.answers = ["ok"]
    person.controller.open_path(str(path))
    assert person.window.on_start
    assert path.read_bytes() == bytes(3_000)


def test_unsaved_work_of_a_damaged_file_is_told_of_beside_it(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.gone()
    data = broken(path)
    person.start("en")
    person.controller.open_path(str(path))
    assert person.at("project.title") == "One"
    person.click(person.button("Open the unsaved work", notice(person, "Unsaved work of this application")))
    assert person.at("project.title") == "Two"
    assert person.session.dirty
    assert not person.session.read_only
    assert path.read_bytes() == data


def test_the_new_name_can_be_thought_better_of(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    broken(path)
    person.controller.open_path(str(path))
    with saving_to(monkeypatch, ""):
        person.controller.command("save")
    assert person.session.read_only


def test_a_damaged_file_without_its_call_gets_the_one_that_it_was_last_saved_with_here(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    assert person.controller.save()
    call = person.session.draft.call.id
    person.controller.command("close")
    assert person.started is not None
    assert person.started.core.calls.ids()[0] != call
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b'"call"')])
    person.controller.open_path(str(path))
    assert person.session.read_only
    assert person.at("project.title") == "Two"
    assert person.session.draft.call.id == call
    assert notice(person, "a.hakemus is damaged")


def test_wrong_values_wait_as_text_beside_their_fields(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    plain = json_form.parse(container.unpack(path.read_bytes()).document_bytes)
    plain["application"]["funding"]["grant"] = "a thousand"
    plain["application"]["project"]["starts_on"] = 7
    path.write_bytes(container.pack(json_form.dump(plain), {}))
    person.controller.open_path(str(path))
    assert person.session.read_only
    assert (person.at("funding.grant"), person.at("project.starts_on")) == ("a thousand", "7")
    assert person.at("project.title") == "One"


def test_a_newer_file_is_refused_with_both_versions_named(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    plain = json_form.parse(container.unpack(path.read_bytes()).document_bytes)
    plain["format"]["major"] = 9
    path.write_bytes(container.pack(json_form.dump(plain), {}))
    data = path.read_bytes()
    person.answers = ["ok"]
    person.controller.open_path(str(path))
    assert person.asked[-1][0] == "The file was not opened"
    assert "9.0" in person.asked[-1][1]
    assert "1.0" in person.asked[-1][1]
    assert person.window.on_start
    assert path.read_bytes() == data


def test_a_file_with_nothing_to_rescue_leaves_the_window_as_it_was(person: Person, tmp_path: Path) -> None:
    person.start("en").new()
    before = person.session
    (tmp_path / "a.hakemus").write_bytes(b"nothing of ours")
    person.answers = ["ok"]
    person.controller.open_path(str(tmp_path / "a.hakemus"))
    assert person.session is before


def remembering(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three kept generations and an unsaved copy."""
    saved(person, path, monkeypatch)
    for title in ("Two", "Three", "Four"):
        edit(person, project__title=title)
        person.controller.save()
    edit(person, project__title="Five")
    person.controller.keep_recovery()
    person.again(language="en")


def test_what_this_computer_remembers_is_listed_and_forgotten_one_by_one(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembering(person, tmp_path / "a.hakemus", monkeypatch)

    def forget(dialog: QDialog) -> None:
        said = words_in(dialog)
        assert said.count("Earlier version, ") == 3
        assert "Unsaved work, " in said
        assert str(tmp_path / "a.hakemus") in said
        trash = [made for made in buttons(dialog) if made.accessibleName().startswith("Forget: ")]
        assert len(trash) == 4
        person.click(trash[0])
        assert "Unsaved work, " not in words_in(dialog)
        trash = [made for made in buttons(dialog) if made.accessibleName().startswith("Forget: ")]
        person.click(trash[-1])
        assert words_in(dialog).count("Earlier version, ") == 2

    within(forget, lambda: person.controller.command("remembered"))
    assert (tmp_path / "a.hakemus").exists()


def buttons(dialog: QDialog) -> list:  # type: ignore[type-arg]
    from PySide6.QtWidgets import QAbstractButton

    return [made for made in dialog.findChildren(QAbstractButton) if made.isVisible()]


@pytest.mark.parametrize("words", ["Forget all of it…", "Forget everything…"])
def test_all_of_a_draft_or_of_all_drafts_is_forgotten_when_one_is_sure(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    remembering(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.offer_recoveries()
    assert notice(person, "Five")

    def forget(dialog: QDialog) -> None:
        person.answers = ["keep"]
        person.click(person.button(words, dialog))
        assert "Earlier version, " in words_in(dialog)
        person.answers = ["forget"]
        person.click(person.button(words, dialog))
        assert "Nothing is kept on this computer." in words_in(dialog)

    within(forget, lambda: person.controller.command("remembered"))
    state = tmp_path / "state"
    assert not list(state.glob("versions/*/*.version"))
    assert not list(state.glob("recovery/*.recovery"))
    assert json.loads((state / "recent.json").read_text()) == []
    assert (tmp_path / "a.hakemus").exists()
    assert notices(person) == []


def test_a_copy_of_the_open_window_cannot_be_forgotten(person: Person) -> None:
    person.start("en").new()
    edit(person, project__title="Now")
    person.controller.keep_recovery()

    def look(dialog: QDialog) -> None:
        assert "(open now)" in words_in(dialog)
        assert not [made for made in buttons(dialog) if made.accessibleName().startswith("Forget: ")]

    within(look, lambda: person.controller.command("remembered"))


def test_what_only_the_start_page_lists_is_forgotten_too(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    with saving_to(monkeypatch, tmp_path / "b.hakemus"):
        person.controller.command("save_as")
    person.controller.command("close")
    assert person.window.start.first is not None
    content = Content(tmp_path / "state" / "content")
    letter = content.put(b"a letter")

    def forget(dialog: QDialog) -> None:
        assert "Only in the list of the start page" in words_in(dialog)
        assert str(tmp_path / "a.hakemus") in words_in(dialog)
        trash = [made for made in buttons(dialog) if made.accessibleName().startswith("Forget: ")]
        assert len(trash) == 2
        person.click(trash[0])
        assert content.get(letter) is None, "a file of a copy that was saved and forgotten"
        assert len([made for made in buttons(dialog) if made.accessibleName().startswith("Forget: ")]) == 1
        person.answers = ["forget"]
        person.click(person.button("Forget everything…", dialog))
        assert "Nothing is kept on this computer." in words_in(dialog)

    within(forget, lambda: person.controller.command("remembered"))
    assert person.window.start.first is None
    assert (tmp_path / "a.hakemus").exists()


def test_libraries_and_their_people_are_listed_and_forgotten(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Applicant(library="Järvikirjasto", isil="FI-Jarvi", contacts=({"id": "c1", "name": "Aino Esimerkki"},))
    kept = (Profile("p1", lake), Profile("p2", Applicant(library="Mäkikirjasto")))
    person.start("en").new()
    person.controller.services.profiles.write(kept)
    path = tmp_path / "state" / "libraries.json"
    changed: list[bool] = []
    person.controller.desk.bridge.profiles_changed.connect(lambda: changed.append(True))

    def forget_one(dialog: QDialog) -> None:
        said = words_in(dialog)
        assert "Järvikirjasto" in said
        assert "FI-Jarvi · Aino Esimerkki" in said
        person.answers = ["keep"]
        person.click(person.button("Forget: Järvikirjasto", dialog))
        assert "Järvikirjasto" in words_in(dialog)
        person.answers = ["forget"]
        person.click(person.button("Forget: Järvikirjasto", dialog))
        assert "Järvikirjasto" not in words_in(dialog)
        assert "Mäkikirjasto" in words_in(dialog)

    within(forget_one, lambda: person.controller.command("remembered"))
    assert "Aino" not in path.read_text(encoding="utf-8")
    assert person.controller.services.profiles.read() == kept[1:]
    assert changed

    def forget_all(dialog: QDialog) -> None:
        person.answers = ["forget"]
        person.click(person.button("Forget everything…", dialog))
        assert person.asked[-1][0] == "Forget everything that this computer remembers?"
        assert "Nothing is kept on this computer." in words_in(dialog)

    within(forget_all, lambda: person.controller.command("remembered"))
    assert json.loads(path.read_text(encoding="utf-8")) == []


def test_a_file_of_which_nothing_is_left_says_where_else_to_look(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "a.hakemus"
    path.write_bytes(b"\0" * 500)
    person.start("en")
    person.answers = ["ok"]
    person.controller.open_path(str(path))
    _title, text, _answers, details = person.asked[-1]
    assert text.startswith(f"{path}: The file is damaged")
    assert "Open a copy from a backup" in text
    assert details
