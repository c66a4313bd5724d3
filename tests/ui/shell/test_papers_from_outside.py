"""Papers that come back, go out in a folder, or are shown by another program."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from keeping import notice, words_in
from person import Person, opening, saving_to, settle
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from hakemus.adapters.pdf.pages import page_text
from hakemus.adapters.storage import container
from hakemus.ui.commands.exporting import Exporting
from hakemus.ui.dialogs.terms import TermsDialog


def paper(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with an attachment, saved as a PDF."""
    person.start("en").example()
    letter = path.parent / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 letter")
    person.step("attachments")
    with opening(monkeypatch, letter):
        person.controller.command("attach")
    with saving_to(monkeypatch, path):
        person.controller.command("export_pdf")
    person.answers = ["drop"]
    person.controller.command("close")
    return path


def test_a_paper_is_shown_read_only_and_saved_as_a_draft(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = paper(person, tmp_path / "paper.pdf", monkeypatch)
    before = file.read_bytes()
    person.controller.open_path(str(file))
    assert person.session.read_only
    assert not person.window.action("attach").isEnabled()
    told = notice(person, "paper.pdf is a paper: read only")
    assert "The attachments are not inside the paper: letter.pdf." in words_in(told)
    with saving_to(monkeypatch, tmp_path / "again.hakemus"):
        person.click(person.button("Save as a draft…", told))
    settle()
    assert not person.session.read_only
    assert person.controller.opened.path == str(tmp_path / "again.hakemus")
    assert file.read_bytes() == before
    plain = json.loads(container.unpack((tmp_path / "again.hakemus").read_bytes()).document_bytes)
    (row,) = plain["application"]["attachments"]
    assert (row["filename"], row["state"]) == ("letter.pdf", "later")
    assert "sha256" not in row


def test_a_copy_as_new_of_a_paper_can_be_saved_too(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_file = paper(person, tmp_path / "paper.pdf", monkeypatch)
    person.controller.open_path(str(person_file))
    with saving_to(monkeypatch, tmp_path / "new.hakemus"):
        person.controller.command("copy_as_new")
    assert (tmp_path / "new.hakemus").exists()


def test_a_pdf_of_somebody_else_is_one_sentence(person: Person, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4 nothing of ours")
    person.start("en")
    person.answers = ["ok"]
    person.controller.open_path(str(tmp_path / "other.pdf"))
    assert person.asked[-1][1] == f"{tmp_path / 'other.pdf'} does not carry an application made with this program."


def test_the_package_goes_into_a_new_folder(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path))
    person.controller.command("export_folder")
    (made,) = (entry for entry in tmp_path.iterdir() if entry.is_dir() and entry.name != "state")
    names = {entry.name for entry in made.iterdir()}
    assert {"Cover sheet.pdf", "SHA256SUMS.txt"} < names or {"Saate.pdf", "SHA256SUMS.txt"} < names
    for line in (made / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest
    assert person.said.startswith("Written:")
    person.answers = ["ok"]
    person.controller.command("export_folder")
    assert "There is already something called" in person.asked[-1][1]


def test_a_blank_form_is_had_before_anything_is_begun(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start("sv")
    seen: list[str] = []

    def act(dialog: TermsDialog) -> int:
        dialog.show()
        with saving_to(monkeypatch, ""):
            person.click(person.button("Spara en tom blankett…", dialog))
        with saving_to(monkeypatch, tmp_path / "form"):
            person.click(person.button("Spara en tom blankett…", dialog))
        dialog.hide()
        seen.append("done")
        return 0

    monkeypatch.setattr(TermsDialog, "exec", act)
    person.window.start.terms_asked.emit("avi-kirjastot-2018")
    assert seen == ["done"]
    text = " ".join(page_text((tmp_path / "form.pdf").read_bytes(), 0).split())
    assert "Ansökningsblankett" in text
    assert "Obligatorisk." in text
    assert person.window.on_start


def test_no_folder_chosen_makes_none(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    before = set(tmp_path.iterdir())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    person.controller.command("export_folder")
    assert set(tmp_path.iterdir()) == before


def test_the_paper_is_shown_by_the_computers_own_program(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "hakemus-view-old"
    left.mkdir()
    import os

    os.utime(left, (0, 0))
    person.start("en").example()
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: (shown.append(url.toLocalFile()), True)[1])
    person.controller.command("view_pdf")
    (file,) = shown
    assert Path(file).read_bytes().startswith(b"%PDF")
    assert Path(file).name.endswith(".pdf")
    assert Path(file).parent.stat().st_mode & 0o077 == 0
    assert not left.exists(), "what a run that was killed left behind"
    viewing = person.controller.services.show_outside.__self__  # type: ignore[attr-defined]
    viewing.forget()
    assert not Path(file).exists()


def test_where_nothing_shows_a_pdf_it_is_said(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    person.start("en").example()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    person.answers = ["ok"]
    person.controller.command("view_pdf")
    assert "No program on this computer opens PDF files" in person.asked[-1][1]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    person.answers = ["ok"]
    person.controller.command("view_pdf")
    assert "could not be put aside" in person.asked[-1][1]


def test_the_name_of_a_public_copy_does_not_tell_a_secret_title(person: Person) -> None:
    person.start("en").example()
    person.session.edit("project.title", "Salaista")
    exporting = next(part for part in person.controller._parts if isinstance(part, Exporting))
    assert exporting._name() == "Salaista"
    person.session.mark_secret("project.title", "24.1.20")
    assert exporting._name() == "Salaista"
    page = person.step("submit")
    page._copy.setCurrentIndex(page._copy.findData("public"))  # type: ignore[attr-defined]
    assert exporting._name() == "Application"
    page.finish()  # type: ignore[attr-defined]
