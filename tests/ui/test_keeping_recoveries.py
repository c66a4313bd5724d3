"""Unsaved work is offered where a person meets it: on the start page, and above the file that it belongs to."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from keeping import edit, notice, notices, saved, within, words_in
from person import Person

from hakemus.adapters.storage import state


def crashed_twice(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(person, path, monkeypatch)
    for slot, grant in (("first", "2000"), ("second", "30 00x")):
        person.controller._slot = slot
        edit(person, project__title=slot.title(), funding__grant=grant)
        person.controller.keep_recovery()
        person.gone()
        person.start("en")
        if slot == "first":
            person.controller.open_path(str(path))
            assert notice(person, "Unsaved work of this application")


def test_two_recoveries_of_one_draft_are_both_offered_with_what_differs(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    crashed_twice(person, path, monkeypatch)
    old = path.read_bytes()
    person.controller.offer_recoveries()
    assert len(notices(person)) == 2
    assert "differs in 2 fields" in notice(person, "First").accessibleName()

    def look(dialog: object) -> None:
        said = words_in(dialog)  # type: ignore[arg-type]
        assert "30 00x (not yet a value)" in said
        assert "2 fields differ" in said
        person.click(person.button("Open the unsaved work", dialog))  # type: ignore[arg-type]

    second = notice(person, "Second")
    within(look, lambda: person.click(person.button("Compare…", second)))
    assert person.at("project.title") == "Second"
    assert person.at("funding.grant") == "30 00x"
    assert person.session.dirty
    assert path.read_bytes() == old
    assert person.controller.save()
    person.controller.command("start")
    assert len(notices(person)) == 1
    assert notice(person, "First")


def test_what_is_left_for_now_is_offered_again_another_day(person: Person) -> None:
    person.start("en").new()
    edit(person, project__title="Never saved")
    person.controller.keep_recovery()
    person.again(language="en", offers=True)
    offer = notice(person, "never saved")
    assert "has no file yet" in offer.accessibleName()
    assert "over the file" not in offer.accessibleName()
    assert not [made for made in offer.buttons if made.text() == "Compare…"]
    person.click(person.button("Leave it for now", offer))
    assert notices(person) == []
    person.again(language="en", offers=True)
    assert notice(person, "Never saved")


def test_unsaved_work_is_told_of_above_its_file_and_can_be_brought_back(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.again(language="en")
    person.controller.open_path(str(path))
    assert person.at("project.title") == "One"
    told = notice(person, "Unsaved work of this application")
    within(
        lambda dialog: person.click(person.button("Bring all back", dialog)),
        lambda: person.click(person.button("Compare…", told)),
    )
    assert person.at("project.title") == "Two"
    assert person.session.dirty
    person.session.undo()
    assert person.at("project.title") == "One"
    person.click(person.button("Close the message", notice(person, "Unsaved work")))
    assert notices(person) == []


def test_a_recovery_whose_file_cannot_be_read_is_offered_all_the_same(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.gone()
    path.write_bytes(b"ruined")
    person.start("en", offers=True)
    offer = notice(person, "its file cannot be read")
    person.answers = ["ok"]
    person.click(person.button("Compare…", offer))
    person.click(person.button("Open", notice(person, "Two")))
    assert person.at("project.title") == "Two"


def test_a_recovery_stays_until_another_copy_of_it_is_written(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start("en").new()
    person.controller._slot = "first"
    edit(person, project__title="Never saved")
    person.controller.keep_recovery()
    person.again(language="en", offers=True)
    kept = tmp_path / "state" / "recovery" / "first.recovery"
    before = kept.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(state, "write_record", full)
        person.click(person.button("Open", notice(person, "never saved")))
    assert person.at("project.title") == "Never saved"
    assert notice(person, "The recovery copy could not be written")
    assert kept.read_bytes() == before
    person.controller.keep_recovery()
    person.again(language="en", offers=True)
    assert notice(person, "Never saved")


def test_a_torn_recovery_brings_back_what_is_left_and_says_so(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller._slot = "first"
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.gone()
    kept = tmp_path / "state" / "recovery" / "first.recovery"
    whole = kept.read_bytes()
    kept.write_bytes(whole[: whole.index(b'"definition"') + 200])
    person.start("en", offers=True)
    offer = notice(person, "Two")
    assert "differs in 1 field" in offer.accessibleName()
    person.click(person.button("Open", offer))
    assert person.at("project.title") == "Two"
    assert person.at("funding.grant") == "1\u00a0000,00"
    told = notice(person, "What there is to know of the unsaved work").accessibleName()
    assert "The recovery copy is damaged" in told
    assert "the rest is from the file" in told


def test_values_of_a_torn_recovery_that_no_field_takes_are_told_with_their_fields(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller._slot = "first"
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.gone()
    kept = tmp_path / "state" / "recovery" / "first.recovery"
    kept.write_bytes(kept.read_bytes().replace(b'"title": "Two"', b'"title": 12').replace(b'"1000.00"', b'"1000"'))
    person.start("en", offers=True)
    person.click(person.button("Open", notice(person, "Unsaved")))
    told = notice(person, "What there is to know of the unsaved work").accessibleName()
    assert "Project name: A text is needed here." in told
    assert "Grant applied for: " in told
    assert person.at("project.title") == "12"


def test_a_torn_copy_is_told_before_it_is_opened_and_after(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    for slot in ("whole", "torn"):
        person.controller._slot = slot
        edit(person, project__title=slot.title())
        person.controller.keep_recovery()
        person.again(language="en")
        person.controller.open_path(str(path))
    person.gone()
    copy = tmp_path / "state" / "recovery" / "torn.recovery"
    copy.write_bytes(copy.read_bytes()[:-200])
    person.start("en", offers=True)
    assert "Part of it may be lost." in notice(person, "Torn").accessibleName()
    assert "may be lost" not in notice(person, "Whole").accessibleName()
    person.click(person.button("Open", notice(person, "Torn")))
    assert person.at("project.title") == "Torn"
    assert notice(person, "The recovery copy is damaged")


def test_a_recovery_whose_file_is_gone_says_where_it_lay_and_offers_no_comparison(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.gone()
    path.unlink()
    person.start("en", offers=True)
    offer = notice(person, "Its file is not to be found now")
    assert str(path) in offer.accessibleName()
    assert "over the file" not in offer.accessibleName()
    assert [made.text() for made in offer.buttons] == ["Open", "Leave it for now"]
    person.click(person.button("Open", offer))
    assert person.at("project.title") == "Two"
    person.answers = ["again"]
    assert person.controller.save()
    assert b'"Two"' in path.read_bytes()


@pytest.mark.parametrize("error", [PermissionError, OSError])
def test_a_recovery_whose_file_may_not_be_looked_at_is_not_said_to_be_without_one(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError]
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.gone()
    path.write_bytes(b"ruined")
    real = Path.stat

    def stat(self: Path, **more: bool) -> object:
        if self == path:
            raise error(errno.EACCES, "no", str(path))
        return real(self, **more)

    monkeypatch.setattr(Path, "stat", stat)
    person.start("en", offers=True)
    assert notice(person, "its file cannot be read")


def test_seconds_tell_apart_only_what_has_one_title(person: Person) -> None:
    person.start("en").new()
    for slot, title in (("first", "Reading hour"), ("second", "Library bus"), ("third", "Library bus")):
        person.controller._slot = slot
        edit(person, project__title=title)
        assert person.controller.keep_recovery()
    person.again(language="en", offers=True)
    alone = notice(person, "Reading hour").accessibleName()
    first, second = (made.accessibleName() for made in notices(person) if "Library bus" in made.accessibleName())
    moment = alone.split("Written ")[1].split(",")[0]
    assert moment.count(".") + moment.count(":") < first.split("Written ")[1].split(",")[0].count(".") + first.split(
        "Written "
    )[1].split(",")[0].count(":")
    assert first != second


def test_unsaved_work_opens_where_it_was_written(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.step("goals")
    assert person.controller.save()
    person.step("budget")
    edit(person, project__title="Three")
    person.controller.keep_recovery()
    person.again(language="en", offers=True)
    person.click(person.button("Open", notice(person, "Three")))
    assert person.at("project.title") == "Three"
    assert person.wizard.step == "budget"


def test_unsaved_work_of_the_file_in_sight_opens_where_it_was_written(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.step("goals")
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.again(language="en")
    person.controller.open_path(str(path))
    person.click(person.button("Open the unsaved work", notice(person, "Unsaved work of this application")))
    assert person.at("project.title") == "Two"
    assert person.wizard.step == "goals"


def test_unsaved_work_without_a_file_opens_where_it_was_written_too(person: Person) -> None:
    person.start("en").new().step("goals")
    edit(person, project__title="Never saved")
    person.controller.keep_recovery()
    person.again(language="en", offers=True)
    person.click(person.button("Open", notice(person, "Never saved")))
    assert person.wizard.step == "goals"


def test_unsaved_work_of_which_nobody_knows_where_it_was_written_opens_at_the_first_step(person: Person) -> None:
    person.start("en").new().step("goals")
    edit(person, project__title="Never saved")
    person.controller.keep_recovery()
    (copy,) = (person.folder / "state" / "recovery").glob("*.recovery")
    copy.write_bytes(copy.read_bytes().replace(b'"place": "', b'"was": "', 1))
    person.again(language="en", offers=True)
    person.click(person.button("Open", notice(person, "Never saved")))
    assert person.wizard.step == "applicant"
