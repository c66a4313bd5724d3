"""Saving that fails, files that changed, windows that died: a clear sentence, nothing lost, nothing overwritten."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from person import CONTROL, Key, Person, opening, plain, saving_to, settle
from PySide6.QtWidgets import QApplication

from hakemus.adapters.storage import durable
from hakemus.ui.widgets.notice import Notice


def saved(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    person.start().new().step("project")
    person.fill("project.title", "One")
    with saving_to(monkeypatch, path):
        assert person.controller.save()
    return path


def failing(number: int):  # type: ignore[no-untyped-def]
    def write(*_args: object, **_kept: object) -> None:
        raise OSError(number, os.strerror(number))

    return write


def offers(person: Person) -> list[str]:
    return [item.title for item in person.controller._services.recoveries().offered()]


def choose_offer(person: Person, words: str) -> None:
    """Press a button of the first offer on the start page."""
    settle()
    person.click(person.button(person.t(words), person.window.start.findChild(Notice)))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EIO])
def test_a_save_that_fails_says_why_and_loses_nothing(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    old = path.read_bytes()
    person.fill("project.title", "Two")
    person.answers = ["ok"]
    with monkeypatch.context() as patch:
        patch.setattr(durable, "_write_temporary", failing(number))
        person.key(Key.Key_S, CONTROL)
        title, text, keys, _ = person.asked[-1]
        assert title == person.t("The application was not saved")
        assert str(path) in text
        assert "elsewhere" in keys
        sentence = {
            errno.EACCES: "You may not write to {path}: the file or its folder is read-only. Save a copy elsewhere.",
            errno.ENOSPC: "There is no room to save {path}: the disk, or the space given to you on it, is full. "
            "Make room, or save a copy elsewhere.",
        }.get(number)
        if sentence:
            assert plain(text) == plain(person.t(sentence, path=str(path)))
    assert path.read_bytes() == old
    assert person.session.dirty
    assert person.window.isWindowModified()
    assert [item.name for item in tmp_path.iterdir() if item.is_file() and item.suffix != ".lock"] == ["a.hakemus"]
    person.key(Key.Key_S, CONTROL)
    assert not person.session.dirty
    assert path.read_bytes() != old


def test_a_failed_save_leads_to_a_copy_elsewhere(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.fill("project.title", "Two")
    real, tries = durable._write_temporary, []

    def once(*args, **kept):  # type: ignore[no-untyped-def]
        if args[0].parent == tmp_path:  # not the versions that are kept elsewhere
            tries.append(1)
        if len(tries) == 1:
            tries.append(1)
            raise OSError(errno.ENOSPC, "full")
        return real(*args, **kept)

    monkeypatch.setattr(durable, "_write_temporary", once)
    person.answers = ["elsewhere"]
    with saving_to(monkeypatch, tmp_path / "b.hakemus"):
        person.key(Key.Key_S, CONTROL)
    assert (tmp_path / "b.hakemus").exists()
    assert not person.session.dirty


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.fill("project.title", "Two")
    path.write_bytes(path.read_bytes() + b"")
    other = path.read_bytes().replace(b"One", b"0ne")
    path.write_bytes(other)
    person.answers = ["cancel"]
    person.key(Key.Key_S, CONTROL)
    assert person.asked[-1][0] == person.t("The file has changed while it was open here")
    assert path.read_bytes() == other
    assert person.session.dirty
    person.answers = ["copy"]
    with saving_to(monkeypatch, tmp_path / "mine"):
        person.key(Key.Key_S, CONTROL)
    assert path.read_bytes() == other
    assert not person.session.dirty
    assert "mine" in person.said or (tmp_path / "mine.hakemus").exists()


def test_replacing_a_changed_file_is_a_choice(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.fill("project.title", "Two")
    path.write_bytes(b"something else")
    person.answers = ["replace"]
    person.key(Key.Key_S, CONTROL)
    assert not person.session.dirty
    person.controller.show_start()
    person.controller.open_path(str(path))
    assert person.at("project.title") == "Two"


def test_what_was_being_written_is_offered_after_a_crash(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    old = path.read_bytes()
    person.fill("project.title", "Two")
    person.step("funding")
    control = person.bound("funding.grant").widget.control
    control.setFocus()
    person.type("12,5x")
    person.controller.keep_recovery()
    person.gone()
    person.start(offers=True)
    assert "Two" in person.window.start.findChild(Notice).accessibleName()
    choose_offer(person, "Open")
    assert person.at("project.title") == "Two"
    assert person.at("funding.grant") == "12,5x"
    assert person.session.dirty
    assert person.window.isWindowModified()
    assert path.read_bytes() == old
    assert person.controller.save()
    assert path.read_bytes() != old
    assert offers(person) == []
    person.gone()
    person.start(offers=True)
    assert person.window.on_start


def test_a_crash_before_the_first_save_loses_nothing(person: Person) -> None:
    person.start().new().step("project")
    person.fill("project.title", "Never saved")
    person.controller.keep_recovery()
    person.gone()
    person.start(offers=True)
    choose_offer(person, "Leave it for now")
    assert person.window.on_start
    assert person.window.start.findChild(Notice) is None
    person.gone()
    person.start(offers=True)
    choose_offer(person, "Open")
    assert person.at("project.title") == "Never saved"


def test_the_recovery_timer_runs_while_there_is_something_to_lose(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    timer = person.controller._recovery
    assert not timer.isActive()
    person.fill("project.title", "Two")
    assert timer.isActive()
    assert timer.interval() <= 5000
    person.type("x")  # further keys do not push it away
    left = timer.remainingTime()
    person.fill("project.title", "Three")
    assert timer.remainingTime() <= left
    person.controller.save()
    assert not timer.isActive()


def test_closing_asks_once_and_every_answer_is_kept(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.fill("project.title", "Two")
    person.answers = [""]
    person.key(Key.Key_W, CONTROL)
    assert not person.window.on_start
    person.answers = ["save"]
    person.key(Key.Key_W, CONTROL)
    assert person.window.on_start
    person.controller.open_path(str(path))
    assert person.at("project.title") == "Two"
    person.step("project")
    person.fill("project.title", "Three")
    person.controller.keep_recovery()
    person.answers = ["drop"]
    person.key(Key.Key_W, CONTROL)
    assert person.window.on_start
    assert offers(person) == []
    person.controller.open_path(str(path))
    assert person.at("project.title") == "Two"


def test_a_cancelled_file_dialog_saves_nothing_and_keeps_the_window(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start().new().step("project")
    person.fill("project.title", "One")
    person.answers = ["save"]
    with saving_to(monkeypatch, ""):
        person.key(Key.Key_W, CONTROL)
    assert not person.window.on_start
    assert person.session.dirty


def test_a_field_in_focus_is_saved_and_keeps_focus_and_cursor(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    control = person.bound("project.title").widget.control
    control.setFocus()
    person.key(Key.Key_End)
    person.type("ab")
    person.key(Key.Key_Left)
    person.key(Key.Key_S, CONTROL)
    assert QApplication.focusWidget() is control
    person.type("c")
    assert control.text() == "Oneacb"
    assert person.session.dirty
    person.undo()
    assert control.text() == "Oneab"
    assert not person.session.dirty


def test_a_cell_in_the_middle_of_typing_is_saved(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.step("partners")
    person.add_row("partners")
    person.type("Village")
    person.key(Key.Key_S, CONTROL)
    assert not person.session.dirty
    person.again()
    person.controller.open_path(str(tmp_path / "a.hakemus"))
    assert person.session.value("partners")[0].name == "Village"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"not ours at all", b"\x89PNG"])
def test_a_file_that_is_not_ours_is_one_clear_sentence(person: Person, tmp_path: Path, content: bytes) -> None:
    person.start().example()
    path = tmp_path / "x.hakemus"
    path.write_bytes(content)
    before = person.session.draft
    person.answers = ["ok"]
    person.controller.open_path(str(path))
    _, text, _, _ = person.asked[-1]
    assert text
    assert "Traceback" not in text
    assert person.session.draft is before
    assert path.read_bytes() == content


def test_a_recent_draft_that_is_gone_leaves_the_list(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.show_start()
    assert person.window.start.first is not None
    path.unlink()
    person.answers = ["ok"]
    person.click(person.window.start.first)
    assert person.window.on_start
    assert person.window.start.first is None


def test_an_export_that_fails_says_so(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start().example()
    person.answers = ["ok"]
    with monkeypatch.context() as patch, saving_to(monkeypatch, tmp_path / "a.pdf"):
        patch.setattr(durable, "_write_temporary", failing(errno.EACCES))
        person.key(Key.Key_E, CONTROL)
    assert person.asked[-1][0] == person.t("That did not succeed")
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_is_attached_saved_and_there_again(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    letter = tmp_path / "aiesopimus ä.pdf"
    letter.write_bytes(b"%PDF-1.4 letter")
    person.step("attachments")
    with opening(monkeypatch, letter):
        person.click(person.button(person.t("Attach a file…"), person.page))
    settle()
    assert person.session.value("attachments")[0].filename == letter.name
    person.undo()
    assert not person.session.value("attachments")
    person.redo()
    assert person.controller.save()
    person.again()
    person.controller.open_path(str(path))
    assert list(person.controller._opened.attachments.values()) == [b"%PDF-1.4 letter"]


def test_saving_as_a_new_application_gives_another_identity(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    first = person.session.document.id
    old = path.read_bytes()
    with saving_to(monkeypatch, tmp_path / "b.hakemus"):
        person.controller.command("copy_as_new")
    assert person.session.document.id != first
    assert path.read_bytes() == old
    assert (tmp_path / "b.hakemus").exists()
