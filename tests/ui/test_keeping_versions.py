"""Earlier versions: listed, compared, looked at read-only, brought back as one step; named and submitted states."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from keeping import edit, notice, notices, saved, within, words_in
from person import Key, Person, saving_to, settle
from PySide6.QtWidgets import QAbstractButton, QDialog

from hakemus.adapters.storage import container, json_form
from hakemus.bootstrap.core import SystemClock
from hakemus.domain.steps import STEPS
from hakemus.ui.dialogs.one_text import TextQuestion
from hakemus.ui.dialogs.versions import VersionsDialog


def two_saves(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    saved(person, path, monkeypatch)
    edit(person, project__title="Two", funding__grant="2500", project__need="Books")
    assert person.controller.save()
    return path


def in_versions(person: Person, act) -> None:  # type: ignore[no-untyped-def]
    def counted(dialog: QDialog) -> None:
        assert isinstance(dialog, VersionsDialog)
        while dialog._counting.isActive():
            settle()
        act(dialog)

    within(counted, lambda: person.controller.command("versions"))


def test_a_kept_generation_tells_how_it_differs_and_one_field_comes_back(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    before = path.read_bytes()

    def compare(dialog: QDialog) -> None:
        said = words_in(dialog)
        assert "differs in 3 fields" in said
        assert "costs 1 000,00 €, now 2 500,00 €" in said

        def take(shown: QDialog) -> None:
            assert "−1 500,00" not in words_in(shown)
            assert "+1 500,00 €" in words_in(shown)
            person.click(person.button("Bring this back: Name of the project", shown))
            assert "2 fields differ" in words_in(shown)

        within(take, lambda: person.click(person.button("Compare…", dialog)))

    in_versions(person, compare)
    assert person.at("project.title") == "One"
    assert person.at("project.need") == "Books"
    assert person.session.dirty
    assert path.read_bytes() == before
    person.session.undo()
    assert person.at("project.title") == "Two"
    assert not person.session.dirty


def test_a_version_is_looked_at_read_only_and_brought_back_as_one_step(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__summary="not saved yet")
    live = person.session
    in_versions(person, lambda dialog: person.click(person.button("Open", dialog)))
    assert person.at("project.title") == "One"
    assert person.session.read_only
    person.step("project")
    field = person.bound("project.title").widget
    person.session.edit("project.title", "Three")
    assert field.text() == "One"
    person.click(person.button("Back to the present", notice(person, "This is the version of")))
    assert person.session is live
    assert person.at("project.summary") == "not saved yet"
    assert person.wizard.step == "project"
    in_versions(person, lambda dialog: person.click(person.button("Open", dialog)))
    person.click(person.button("Bring it back", notice(person, "This is the version of")))
    assert person.session is live
    assert (person.at("project.title"), person.at("project.need"), person.at("project.summary")) == ("One", "", "")
    live.undo()
    assert person.at("project.summary") == "not saved yet"
    assert notices(person) == []


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The clock stands in one minute, at the second that stands last here."""
    at = [2]
    noon = datetime.datetime(2018, 11, 15, 12, 30, tzinfo=datetime.UTC).astimezone()
    monkeypatch.setattr(SystemClock, "now", lambda _clock: noon.replace(second=at[-1]))
    return at


def test_versions_of_one_minute_are_told_apart_and_each_opens_as_itself(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: list[int]
) -> None:
    two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    for second, title in ((7, "Three"), (7, "Four")):
        seconds.append(second)
        edit(person, project__title=title)
        assert person.controller.save()

    def look(dialog: QDialog) -> None:
        said = words_in(dialog)
        assert all(f".30.{end} |" in said for end in ("02", "07 (1)", "07 (2)")), said
        first = next(made for made in dialog._entries if dialog.title(made).endswith("(1)"))  # type: ignore[attr-defined]
        person.click(person.button("Open read-only: " + dialog.title(first), dialog))  # type: ignore[attr-defined]

    in_versions(person, look)
    assert person.at("project.title") == "Two"
    told = notice(person, "This is the version of")
    assert "07 (1)" in told.accessibleName().replace("\u00a0", " ")


def test_what_is_remembered_of_one_minute_is_told_apart(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: list[int]
) -> None:
    two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    seconds.append(7)
    edit(person, project__title="Three")
    assert person.controller.save()

    def look(dialog: QDialog) -> None:
        said = words_in(dialog)
        assert ".30.02 |" in said
        assert ".30.07 |" in said

    within(look, lambda: person.controller.command("remembered"))


def test_closing_while_looking_asks_about_the_present(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Three")
    in_versions(person, lambda dialog: person.click(person.button("Open", dialog)))
    person.answers = ["save"]
    person.controller.command("close")
    assert person.window.on_start
    person.controller.open_path(str(path))
    assert person.at("project.title") == "Three"


def test_every_button_of_a_read_only_window_leaves_the_draft_as_it_is(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    in_versions(person, lambda dialog: person.click(person.button("Open", dialog)))
    version = person.session.draft
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    for step in STEPS[:7]:
        page = person.step(step)
        for made in page.findChildren(QAbstractButton):
            words = made.text() + made.accessibleName()
            if made.isVisible() and made.isEnabled() and "…" not in words and "Answer" not in words:
                made.click()
                settle()
    assert person.session.draft is version


def test_a_named_version_lies_in_the_file_and_is_there_tomorrow(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)

    def name(dialog: QDialog) -> None:
        assert isinstance(dialog, TextQuestion)
        dialog.field.set_text("Before the meeting")
        dialog.accept()

    within(name, lambda: person.controller.command("name_version"))
    assert not person.session.dirty
    person.session.undo()
    assert len(person.session.document.snapshots) == 1
    person.session.redo()
    edit(person, project__title="Two")
    person.controller.save()
    person.again(language="en")
    person.controller.open_path(str(path))

    def look(dialog: QDialog) -> None:
        assert "Before the meeting" in words_in(dialog)
        assert "differs in 1 field" in words_in(dialog)

    in_versions(person, look)
    (kept,) = person.session.document.snapshots
    assert (kept.kind, kept.label, kept.pdf) == ("named", "Before the meeting", None)


def test_what_was_submitted_is_frozen_and_printed_again_byte_for_byte(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.answers = ["mark"]
    person.controller.command("mark_submitted")
    assert "still has errors" in person.asked[-1][1]
    assert notice(person, "Submitted 15.11.2018")
    (kept,) = person.session.document.snapshots
    pdf = person.controller.opened.attachments[kept.pdf]
    assert pdf.startswith(b"%PDF")
    assert person.at("submission.submitted_on") == "15.11.2018"
    edit(person, project__title="Later")
    assert person.controller.save()
    person.again(language="en")
    person.controller.open_path(str(path))
    assert notice(person, "Submitted 15.11.2018")
    with saving_to(monkeypatch, tmp_path / "again"):
        in_versions(person, lambda dialog: person.click(person.button("Save PDF…", dialog)))
    assert (tmp_path / "again.pdf").read_bytes() == pdf
    in_versions(person, lambda dialog: person.click(person.button("Open read-only: " + title_of(dialog), dialog)))
    assert person.at("project.title") == "One"
    assert person.session.read_only


def test_what_was_submitted_stays_the_same_whatever_language_the_program_has_later(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.answers = ["mark"]
    person.controller.command("mark_submitted")
    (kept,) = person.session.document.snapshots
    pdf = person.controller.opened.attachments[kept.pdf]
    for language in ("fi", "sv"):
        person.again(language=language)
        person.controller.open_path(str(path))
        words = person.window.words.text
        printed: list[bytes] = []
        printer = type(person.controller.services.printer)
        monkeypatch.setattr(printer, "print", lambda _self, job, to=printed: to.append(job.pdf))
        in_versions(person, lambda dialog, t=words: person.click(person.button(t("Print…"), dialog)))
        with saving_to(monkeypatch, tmp_path / language):
            in_versions(person, lambda dialog, t=words: person.click(person.button(t("Save PDF…"), dialog)))
        assert printed == [pdf]
        assert (tmp_path / f"{language}.pdf").read_bytes() == pdf
        assert person.session.document.snapshots == (kept,)


def title_of(dialog: VersionsDialog) -> str:
    return next(dialog.title(entry) for entry in dialog._entries if entry.paper)


def test_a_kept_state_from_the_ends_of_time_is_listed_without_a_time(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.answers = ["mark"]
    person.controller.command("mark_submitted")
    person.controller.command("close")
    parts = container.unpack(path.read_bytes())
    state = parts.document["snapshots"][0]
    odd = [
        {**state, "id": f"s{at}", "taken_at": text, "label": None} for at, text in enumerate(("0001-01-01", "9" * 99))
    ]
    raw = json_form.dump({**parts.document, "snapshots": [state, *odd]})
    path.write_bytes(container.pack(raw, parts.attachments))
    person.controller.open_path(str(path))

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, VersionsDialog)
        assert [dialog.title(entry) for entry in dialog._entries][-2:] == ["– (2)", "– (1)"]

    in_versions(person, look)


def test_marking_as_submitted_can_be_thought_better_of(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    before = path.read_bytes()
    person.answers = [""]
    person.controller.command("mark_submitted")
    within(lambda dialog: dialog.reject(), lambda: person.controller.command("name_version"))
    assert path.read_bytes() == before
    assert not person.session.document.snapshots


def test_there_may_be_no_earlier_version(person: Person) -> None:
    person.start("en").new()
    in_versions(person, lambda dialog: None)


def test_a_version_says_who_saved_it_here_and_no_file_does(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    settings = person.controller.services.settings
    settings.write(replace(settings.read(), name="Aino Esimerkki"))
    for title in ("Two", "Three"):
        edit(person, project__title=title)
        assert person.controller.save()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, VersionsDialog)
        assert [entry.by for entry in dialog._entries] == ["Aino Esimerkki", ""]
        assert words_in(dialog).count("saved by Aino Esimerkki") == 1

    in_versions(person, look)
    person.answers = ["mark"]
    person.controller.command("mark_submitted")
    assert b"Aino" not in path.read_bytes()
    assert b"Aino" not in person.controller.services.keeping().document_bytes(person.session.document)


def test_a_copy_as_new_of_an_earlier_version_loses_nothing_of_the_present(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_saves(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__summary="not saved yet")
    in_versions(person, lambda dialog: person.click(person.button("Open", dialog)))
    assert person.at("project.title") == "One"
    person.answers = ["save"]
    with saving_to(monkeypatch, tmp_path / "copy.hakemus"):
        person.controller.command("copy_as_new")
    assert person.controller.opened.path == str(tmp_path / "copy.hakemus")
    assert person.at("project.title") == "One"
    assert b"not saved yet" in (tmp_path / "a.hakemus").read_bytes()


def test_a_named_version_has_a_name(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)

    def nameless(dialog) -> None:  # type: ignore[no-untyped-def]
        keep = person.button("Keep the version", dialog)
        assert not keep.isEnabled()
        dialog.field.control.setFocus()
        person.type("  ")
        assert not keep.isEnabled()
        person.key(Key.Key_Return)
        assert dialog.isVisible()
        person.type("For the board")
        assert keep.isEnabled()
        person.key(Key.Key_Return)
        assert not dialog.isVisible()

    within(nameless, lambda: person.controller.command("name_version"))
    (kept,) = person.session.document.snapshots
    assert kept.label == "For the board"
