"""Attached files: opened as a copy that nobody can change, saved elsewhere, and refused with words."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest
from keeping import edit, hold, notice, saved, within
from person import Key, Person, opening, saving_to, settle
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from hakemus.adapters.storage import container, json_form
from hakemus.ui.dialogs.versions import VersionsDialog


def attached(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    """An application with a file attached, at the step Attachments with the cursor in the file's row."""
    saved(person, path, monkeypatch)
    source = path.with_name(name)
    source.write_bytes(data)
    person.step("attachments")
    with opening(monkeypatch, source):
        person.click(person.button("Attach a file…", person.page))
    settle()


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the computer's own programs were given."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    given: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: (given.append(Path(url.toLocalFile())), True)[1])
    return given


def test_a_copy_is_opened_that_cannot_be_changed_and_does_not_stay(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[Path]
) -> None:
    attached(person, tmp_path / "a.hakemus", monkeypatch, "letter.exe", b"%PDF-1.4 letter")
    person.click(person.button("Open a read-only copy of the file", person.page))
    (file,) = shown
    assert file.name == "letter.exe.pdf"
    assert file.read_bytes() == b"%PDF-1.4 letter"
    assert not file.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert file.parent.stat().st_mode & 0o077 == 0
    file.chmod(0o600)
    file.write_bytes(b"changed by the viewer")
    row = person.session.value("attachments")[0]
    assert person.controller.opened.attachments[row.sha256] == b"%PDF-1.4 letter"
    viewing = person.controller.services.show_outside.__self__  # type: ignore[attr-defined]
    viewing.forget()
    assert not file.parent.exists()


def test_the_name_in_the_list_is_opened_with_enter_also_where_it_is_only_read(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[Path]
) -> None:
    path = tmp_path / "a.hakemus"
    attached(person, path, monkeypatch, "letter.pdf", b"%PDF-1.4 letter")
    assert person.controller.save()
    person.controller.command("close")
    hold(person, path)
    person.answers = ["read"]
    person.controller.open_path(str(path))
    person.step("attachments")
    row = person.session.value("attachments")[0]
    person.table("attachments").widget.focus_cell(f"attachments[{row.id}]", "title")
    person.key(Key.Key_Return)
    assert [file.name for file in shown] == ["letter.pdf"]


def test_what_a_computer_might_run_is_saved_and_never_opened(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[Path]
) -> None:
    attached(person, tmp_path / "a.hakemus", monkeypatch, "letter.pdf", b"MZ\x90\x00\xff\xfe")
    person.answers = ["save"]
    with saving_to(monkeypatch, tmp_path / "copy.pdf"):
        person.click(person.button("Open a read-only copy of the file", person.page))
    assert person.asked[-1][0] == "letter.pdf is not opened from here"
    assert shown == []
    assert (tmp_path / "copy.pdf").read_bytes() == b"MZ\x90\x00\xff\xfe"
    with saving_to(monkeypatch, tmp_path / "again.pdf"):
        person.click(person.button("Save a copy of the file…", person.page))
    assert (tmp_path / "again.pdf").exists()


def test_a_row_without_a_file_says_so(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[Path]
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.step("attachments")
    tool = person.button("Open a read-only copy of the file", person.page)
    person.click(tool)
    assert person.said == "Choose the row of the file first."
    person.session.insert_row("attachments", {"title": "Later"})
    settle()
    person.click(tool)
    assert person.said == "No file is attached to this row."
    assert shown == []


def test_where_nothing_opens_it_that_is_said(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[Path]
) -> None:
    attached(person, tmp_path / "a.hakemus", monkeypatch, "list.csv", b"a;b\n")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    person.answers = ["ok"]
    person.click(person.button("Open a read-only copy of the file", person.page))
    assert "No program on this computer opens list.csv" in person.asked[-1][1]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    film = tmp_path / "film.mp4"
    film.touch()
    os.truncate(film, 6_000_000_000)  # a hole: it takes no room
    person.step("attachments")
    person.answers = ["ok"]
    with opening(monkeypatch, film):
        person.click(person.button("Attach a file…", person.page))
    assert "film.mp4 is larger than 100 MB" in person.asked[-1][1]
    assert not person.session.value("attachments")


LETTER = b"%PDF-1.4 letter"


def held(path: Path) -> set[bytes]:
    return set(container.unpack(path.read_bytes()).attachments.values())


def remove_rows(person: Person) -> None:
    for row in person.session.value("attachments"):
        person.session.remove_rows([f"attachments[{row.id}]"])


def test_a_removed_attachment_leaves_the_file_and_undo_brings_it_back(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    attached(person, path, monkeypatch, "letter.pdf", LETTER)
    assert person.controller.save()
    assert held(path) == {LETTER}
    remove_rows(person)
    assert person.controller.save()
    assert held(path) == set()
    person.session.undo()
    assert person.controller.save()
    assert held(path) == {LETTER}


def test_an_attachment_comes_back_with_the_version_that_had_it(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.hakemus"
    attached(person, path, monkeypatch, "letter.pdf", LETTER)
    assert person.controller.save()
    remove_rows(person)
    assert person.controller.save()
    person.controller.command("close")
    person.controller.open_path(str(path))
    assert not person.controller.opened.attachments

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, VersionsDialog)
        person.click(person.button("Open", dialog))

    within(look, lambda: person.controller.command("versions"))
    assert [row.filename for row in person.session.value("attachments")] == ["letter.pdf"]
    person.click(person.button("Bring it back", notice(person, "This is the version of")))
    assert person.controller.save()
    assert held(path) == {LETTER}


def test_an_attachment_of_a_copy_of_a_conflict_is_taken_over_with_its_file(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    parts = container.unpack(path.read_bytes())
    digest = hashlib.sha256(LETTER).hexdigest()
    row = {"id": "x", "title": "Letter", "filename": "letter.pdf", "sha256": digest, "state": "attached"}
    theirs = {**parts.document, "application": {**parts.document["application"], "attachments": [row]}}
    copy = tmp_path / "a (somebody's conflicted copy 2018-11-14).hakemus"
    copy.write_bytes(container.pack(json_form.dump(theirs), {digest: LETTER}))
    person.controller.command("close")
    person.controller.open_path(str(path))
    told = notice(person, "a copy of a conflict")
    within(
        lambda dialog: person.click(person.button("Take all", dialog)),
        lambda: person.click(person.button("Compare…", told)),
    )
    assert [item.id for item in person.session.value("attachments")] == ["x"]
    assert person.controller.save(), person.asked
    assert held(path) == {LETTER}
    person.session.undo()
    assert person.controller.save()
    assert held(path) == set()


@pytest.fixture
def with_stray(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is open and holds an attachment that no row names."""
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    parts = container.unpack(path.read_bytes())
    person.controller.command("close")
    digest = hashlib.sha256(LETTER).hexdigest()
    path.write_bytes(container.pack(parts.document_bytes, {digest: LETTER}))
    person.controller.open_path(str(path))
    return path


def test_an_attachment_without_a_row_is_shown_as_one_where_it_is_wanted(person: Person, with_stray: Path) -> None:
    told = notice(person, "What there is to know of this file")
    person.click(person.button("Show them as rows", told))
    (row,) = person.session.value("attachments")
    assert (row.filename, row.state) == ("Unnamed attachment.pdf", "attached")
    assert person.wizard.step == "attachments"
    person.click(person.button("Show them as rows", told))
    assert len(person.session.value("attachments")) == 1
    assert person.said == "There is no attachment without a row left."
    person.session.undo()
    assert person.controller.save()
    assert held(with_stray) == {LETTER}, "what was only looked at stays"


def test_several_attachments_without_rows_have_numbers(person: Person, with_stray: Path) -> None:
    parts = container.unpack(with_stray.read_bytes())
    person.controller.command("close")
    more = {hashlib.sha256(data).hexdigest(): data for data in (LETTER, b"plain text")}
    with_stray.write_bytes(container.pack(parts.document_bytes, more))
    person.controller.open_path(str(with_stray))
    person.click(person.button("Show them as rows", notice(person, "What there is to know of this file")))
    assert {row.title for row in person.session.value("attachments")} == {
        "Unnamed attachment 1",
        "Unnamed attachment 2",
    }


def test_an_attachment_without_a_row_is_taken_out_when_it_is_told_to(person: Person, with_stray: Path) -> None:
    told = notice(person, "What there is to know of this file")
    person.answers = ["", "out"]
    person.click(person.button("Take them out…", told))
    assert not person.session.dirty
    person.click(person.button("Take them out…", told))
    assert "Take 1 attachment out of the file?" in person.asked[-1][0]
    assert person.session.dirty
    assert held(with_stray) == {LETTER}
    assert person.controller.save()
    assert held(with_stray) == set()
    person.click(person.button("Take them out…", told))
    assert person.said == "There is no attachment without a row left."


def test_where_a_file_is_only_read_nothing_is_taken_out(person: Person, with_stray: Path) -> None:
    person.controller.command("close")
    hold(person, with_stray)
    person.answers = ["read"]
    person.controller.open_path(str(with_stray))
    told = notice(person, "What there is to know of this file")
    assert not [made.text() for made in told.findChildren(QAbstractButton) if "Take" in made.text()]


def test_twenty_megabytes_are_saved_while_one_types_on(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtCore import QTimer

    path = tmp_path / "a.hakemus"
    attached(person, path, monkeypatch, "photos.png", b"\x89PNG\r\n\x1a\n" + bytes(20_000_000))
    turns: list[bool] = []

    def turn() -> None:
        turns.append(person.controller.saving)
        if len(turns) == 1:
            edit(person, project__title="Typed meanwhile")

    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(turn)
    timer.start()
    assert person.controller.save()
    timer.stop()
    assert turns[0], "the window took no turn while it was being saved"
    assert person.session.dirty
    assert b"Typed meanwhile" not in path.read_bytes()
    assert person.controller.save()
    assert b"Typed meanwhile" in path.read_bytes()
    assert path.stat().st_size > 20_000_000


def drag(person: Person, *urls: QUrl) -> Qt.DropAction | None:
    """Drag from the file manager onto the page and let go; what happens to the files, None where they are refused."""
    data, page = QMimeData(), person.page
    data.setUrls(list(urls))
    if not page.acceptDrops():
        return None
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(30, 30), both, data, button, keys)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return None
    drop = QDropEvent(QPointF(30, 30), both, data, button, keys)
    QApplication.sendEvent(page, drop)
    settle()
    return drop.dropAction()


def test_files_are_dragged_onto_the_step_each_as_a_step_that_is_undone(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.step("attachments")
    permit, folder = tmp_path / "Lupa: hallitus.pdf", tmp_path / "folder"
    permit.write_bytes(b"%PDF-1.4 permit")
    (tmp_path / "b.txt").write_bytes(b"words")
    folder.mkdir()
    assert drag(person, QUrl("https://example.org/a.pdf")) is None
    person.answers = ["ok"]
    taken = drag(person, *(QUrl.fromLocalFile(str(path)) for path in (permit, folder, tmp_path / "b.txt")))
    assert taken == Qt.DropAction.CopyAction
    assert person.asked[-1][0] == "The file was not attached"
    assert "folder" in person.asked[-1][1]
    rows = person.session.value("attachments")
    assert [row.size for row in rows] == [15, 5]
    assert person.controller.opened.attachments[rows[0].sha256] == b"%PDF-1.4 permit"
    assert permit.exists()
    person.session.undo()
    assert len(person.session.value("attachments")) == 1
    person.session.undo()
    assert not person.session.value("attachments")


def test_nothing_is_dragged_into_what_is_only_read(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    hold(person, path)
    person.answers = ["read"]
    person.controller.open_path(str(path))
    person.step("attachments")
    (tmp_path / "b.txt").write_bytes(b"words")
    assert drag(person, QUrl.fromLocalFile(str(tmp_path / "b.txt"))) is None
    person.controller.command(f"attach:{tmp_path / 'b.txt'}")
    assert not person.session.value("attachments")
