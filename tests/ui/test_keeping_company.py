"""Somebody else at the same file: locks, files that changed meanwhile, copies that a synchronising program made."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from keeping import edit, hold, notice, notices, saved, within, words_in
from person import Person, saving_to, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog

from hakemus.adapters.storage import container, names
from hakemus.ui.dialogs.asking import Question


def held(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> Path:
    saved(person, path, monkeypatch)
    person.controller.command("close")
    lock = hold(person, path)
    person.answers = [answer]
    person.controller.open_path(str(path))
    settle()
    return lock


def test_the_lock_lies_there_while_the_file_is_open(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    lock = names.lock_name(path)
    assert lock.exists()
    with saving_to(monkeypatch, tmp_path / "b.hakemus"):
        person.controller.command("save_as")
    assert not lock.exists()
    assert names.lock_name(tmp_path / "b.hakemus").exists()
    person.controller.command("close")
    assert not names.lock_name(tmp_path / "b.hakemus").exists()
    person.controller.open_path(str(path))
    assert lock.exists()
    before = lock.stat().st_mtime_ns
    os.utime(lock, (0, 0))
    person.controller.keeper.company.beat.timeout.emit()
    assert lock.stat().st_mtime_ns >= before
    assert person.controller.keeper.company.beat.isActive()
    person.answers = []
    person.window.close()
    assert not lock.exists()


def test_who_has_it_open_is_told_and_it_is_read_by_default(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    lock = held(person, path, monkeypatch, "read")
    title, text, keys, _ = person.asked[-1]
    assert "Maija Meri" in title
    assert "KIRJASTO-3" in text
    assert keys == ("read", "copy", "anyway")
    assert person.session.read_only
    assert notice(person, "Maija Meri has this application open")
    with saving_to(monkeypatch, tmp_path / "mine"):
        person.controller.command("save")
    assert not person.session.read_only
    assert person.controller.opened.path == str(tmp_path / "mine.hakemus")
    assert lock.exists()


def test_a_copy_can_be_opened_instead(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(person, tmp_path / "a.hakemus", monkeypatch, "copy")
    assert not person.session.read_only
    assert person.session.dirty
    assert person.controller.opened.path is None
    assert person.at("project.title") == "One"


def test_it_can_be_opened_anyway(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = held(person, tmp_path / "a.hakemus", monkeypatch, "anyway")
    assert not person.session.read_only
    assert "theirs" not in lock.read_text()
    assert notices(person) == []


def test_it_need_not_be_opened_at_all(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = held(person, tmp_path / "a.hakemus", monkeypatch, "")
    assert person.window.on_start
    assert "theirs" in lock.read_text()


def test_three_answers_are_to_choose_from_and_esc_opens_nothing(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def esc(question: Question) -> int:
        question.show()
        settle()
        shown.extend(made.text() for made in question.findChildren(QAbstractButton))
        QTest.keyClick(question, Qt.Key.Key_Escape)
        assert not question.isVisible()
        return 0

    monkeypatch.setattr(Question, "exec", esc)
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    lock = hold(person, path)
    person.controller.open_path(str(path))
    settle()
    assert shown == ["Open read-only", "Open a copy", "Open anyway"]
    assert person.window.on_start
    assert "theirs" in lock.read_text()


def test_when_they_have_gone_it_can_be_edited_after_all(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = held(person, tmp_path / "a.hakemus", monkeypatch, "read")
    lock.unlink()
    person.click(person.button("Try again", notice(person, "Maija Meri")))
    assert not person.session.read_only


def test_one_tells_others_a_name_and_never_a_login(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    assert json.loads(names.lock_name(path).read_text())["who"] == ""

    def name(dialog) -> None:  # type: ignore[no-untyped-def]
        dialog.field.set_text("  Librarian ")
        dialog.accept()

    within(name, lambda: person.controller.command("name"))
    person.controller.command("close")
    person.controller.open_path(str(path))
    assert json.loads(names.lock_name(path).read_text())["who"] == "Librarian"


def changed_by_somebody(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    saved(person, path, monkeypatch)
    edit(person, project__title="Mine")
    other = path.with_name("theirs.hakemus")
    opened = person.controller._services.files().open(str(path))
    document = opened.document.model_copy(update={"draft": opened.document.draft.model_copy(update={"language": "sv"})})
    person.controller._services.files().save(opened, document, str(other))
    theirs = other.read_bytes()
    path.write_bytes(theirs)
    other.unlink()
    return theirs


def test_a_changed_file_is_replaced_only_after_it_was_seen(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    theirs = changed_by_somebody(person, path, monkeypatch)

    def look(dialog) -> None:  # type: ignore[no-untyped-def]
        assert "Language of the paper" in words_in(dialog)
        assert path.read_bytes() == theirs
        person.click(person.button("Replace the file with mine", dialog))

    person.answers = ["compare"]
    within(look, lambda: person.controller.command("save"))
    assert person.asked[-1][2] == ("copy", "compare", "cancel")
    assert not person.session.dirty
    assert b"Mine" in path.read_bytes()


def test_a_file_that_changes_again_while_it_is_looked_at_is_not_replaced(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    theirs = changed_by_somebody(person, path, monkeypatch)

    def look(dialog) -> None:  # type: ignore[no-untyped-def]
        path.write_bytes(theirs.replace(b"One", b"0ne"))
        person.click(person.button("Replace the file with mine", dialog))

    person.answers = ["compare", "cancel"]
    within(look, lambda: person.controller.command("save"))
    assert b"Mine" not in path.read_bytes()
    assert person.session.dirty


def test_their_changes_can_be_taken_over_while_comparing(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    changed_by_somebody(person, path, monkeypatch)

    def take(dialog) -> None:  # type: ignore[no-untyped-def]
        person.click(person.button("Take this: Language of the paper", dialog))
        person.click(person.button("Save mine as a copy…", dialog))

    person.answers = ["compare"]
    with saving_to(monkeypatch, tmp_path / "mine.hakemus"):
        within(take, lambda: person.controller.command("save"))
    assert (person.session.draft.language, person.at("project.title")) == ("sv", "Mine")
    assert (tmp_path / "mine.hakemus").exists()


@pytest.mark.parametrize(
    "name",
    [
        "a-DESKTOP-4F3K2A1.hakemus",
        "a (somebody's conflicted copy 2018-11-14).hakemus",
        "a (conflicted copy 2018-11-14 101010).hakemus",
        "a.sync-conflict-20181114-101010-ABCDEFG.hakemus",
    ],
)
def test_a_copy_of_a_conflict_is_noticed_and_compared(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    (tmp_path / name).write_bytes(path.read_bytes())
    edit(person, project__title="Two")
    person.controller.save()
    person.controller.command("close")
    person.controller.open_path(str(path))
    told = notice(person, name)

    def take(dialog: QDialog) -> None:
        said = words_in(dialog)
        assert "The open version" in said
        assert "| Now |" not in said
        assert not [made for made in dialog.findChildren(QAbstractButton) if "back" in made.text()]
        assert person.button("Take all", dialog).isEnabled()
        person.click(person.button("Take this: Name of the project", dialog))

    within(take, lambda: person.click(person.button("Compare…", told)))
    assert person.at("project.title") == "One"
    assert person.wizard.desk.say(person.session.undo_label) == f"taking over: {name}"
    person.window.activateWindow()  # as the system does when a dialog goes
    settle()
    person.undo()
    assert person.at("project.title") == "Two"


def test_a_copy_that_cannot_be_read_says_so(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    (tmp_path / "a-DESKTOP-4F3K2A1.hakemus").write_bytes(b"?")
    person.controller.command("close")
    person.controller.open_path(str(path))
    person.answers = ["ok"]
    person.click(person.button("Compare…", notice(person, "a copy of a conflict")))


@pytest.mark.parametrize("name", ["a (1).hakemus", "a-KIRJASTO12.hakemus", "a-TISKI-2.hakemus"])
def test_a_copy_under_a_doubtful_name_is_told_of_where_it_holds_the_same_application_otherwise(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    old = path.read_bytes()
    edit(person, project__title="Two")
    person.controller.save()
    person.controller.command("close")
    (tmp_path / "a (2).hakemus").write_bytes(path.read_bytes())  # the very same: a download, no conflict
    (tmp_path / "a (3).hakemus").write_bytes(b"?")
    (tmp_path / "a-2.hakemus").write_bytes(old)
    other = tmp_path / "b.hakemus"
    person.new()
    with saving_to(monkeypatch, other):
        person.controller.command("save_as")
    person.controller.command("close")
    other.rename(tmp_path / "a (4).hakemus")  # another application
    person.controller.open_path(str(path))
    assert notices(person) == []
    (tmp_path / name).write_bytes(old)
    edit(person, project__need="Books")
    person.controller.save()
    told = notice(person, f"another copy of this application: {name}")
    within(
        lambda dialog: person.click(person.button("Take this: Name of the project", dialog)),
        lambda: person.click(person.button("Compare…", told)),
    )
    assert person.at("project.title") == "One"
    person.controller.save()
    assert len(notices(person)) == 1


def test_many_copies_of_conflicts_do_not_fill_the_window(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    for at in range(6):
        (tmp_path / f"a (conflicted copy 2018-11-1{at} 101010).hakemus").write_bytes(path.read_bytes())
    person.controller.command("close")
    person.controller.open_path(str(path))
    assert len(notices(person)) == 4
    assert "2018-11-15" in notice(person, "3 more copies of conflicts").accessibleName()


def test_whoever_comes_back_to_the_window_is_told_that_the_file_was_changed(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    theirs = changed_by_somebody(person, path, monkeypatch)
    person.window.returned.emit()
    told = notice(person, "The file has changed while it was open here")
    assert [made.text() for made in told.buttons] == ["Compare…"]
    person.window.returned.emit()
    assert len(notices(person)) == 1
    within(
        lambda dialog: person.click(person.button("Take this: Language of the paper", dialog)),
        lambda: person.click(person.button("Compare…", told)),
    )
    assert person.session.draft.language == "sv"
    assert path.read_bytes() == theirs
    person.answers = ["copy"]
    with saving_to(monkeypatch, tmp_path / "mine.hakemus"):
        assert person.controller.save()
    assert notices(person) == []
    path.write_bytes(theirs + b"")
    person.controller.command("close")
    person.controller.open_path(str(path))
    path.write_bytes((tmp_path / "mine.hakemus").read_bytes())
    person.window.returned.emit()
    person.click(person.button("Open the file as it is now", notice(person, "The file has changed")))
    assert person.at("project.title") == "Mine"
    assert notices(person) == []
    path.unlink()
    person.window.returned.emit()
    assert notices(person) == []


@pytest.mark.parametrize("since", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+23:59", "yesterday"])
def test_a_lock_that_says_an_impossible_time_holds_nobody_up(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    lock = hold(person, path)
    told = {**json.loads(lock.read_text()), "since": since}
    moment = lock.stat().st_mtime
    lock.write_text(json.dumps(told))
    os.utime(lock, (moment, moment))
    person.answers = ["read"]
    person.controller.open_path(str(path))
    assert person.session.read_only
    assert "Maija Meri" in " ".join(person.asked[-1][:2])


def test_save_as_onto_the_open_file_by_another_way_asks_as_a_save_does(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "way").symlink_to("here", target_is_directory=True)
    path = saved(person, tmp_path / "here" / "a.hakemus", monkeypatch)
    parts = container.unpack(path.read_bytes())
    theirs = container.pack(parts.document_bytes.replace(b'"title": "One"', b'"title": "Two"'), {})
    path.write_bytes(theirs)
    edit(person, project__title="Mine")
    person.answers = ["cancel"]
    with saving_to(monkeypatch, tmp_path / "way" / "a.hakemus"):
        assert not person.controller.save(elsewhere=True)
    assert path.read_bytes() == theirs
    assert person.asked[-1][0] == "The file has changed while it was open here"


def test_save_as_onto_another_name_of_the_file_writes_that_name(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    other = tmp_path / "b.hakemus"
    os.link(path, other)
    edit(person, project__title="Mine")
    with saving_to(monkeypatch, other):
        assert person.controller.save(elsewhere=True)
    assert b"Mine" in other.read_bytes()
    assert b"Mine" not in path.read_bytes()
    assert person.controller.opened.path == str(other)
