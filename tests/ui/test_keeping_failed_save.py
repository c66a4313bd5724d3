"""After a save that failed: another place is looked for where there is one, and nothing is said that is not so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from keeping import edit, notice, saved, words_in
from person import Person, plain, saving_to, settle
from PySide6.QtWidgets import QFileDialog

from hakemus.ui.commands import places
from hakemus.ui.dialogs.asking import Question


class Asked:
    """Answers the dialog of the system that asks where to save; where each began."""

    def __init__(self, *answers: Path | str) -> None:
        self.answers, self.starts = list(answers), []

    def __call__(self, _parent: object, _title: str, start: str, *_more: object) -> tuple[str, str]:
        self.starts.append(start)
        return str(self.answers.pop(0)), ""


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(places.QStandardPaths, "writableLocation", lambda _which: str(folder))
    return folder


def pulled(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An application on a stick that is pulled after it was changed."""
    stick = tmp_path / "stick"
    stick.mkdir()
    path = saved(person, stick / "a.hakemus", monkeypatch)
    edit(person, project__title="Kept: all of it")
    shutil.rmtree(stick)
    return path


def test_another_place_is_looked_for_among_the_persons_own_files_again_and_again(
    person: Person, tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled(person, tmp_path, monkeypatch)
    asked = Asked(tmp_path / "nowhere" / "b.hakemus", documents / "c.hakemus")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    person.answers = ["elsewhere", "elsewhere"]
    assert person.controller.save()
    assert asked.starts == [str(documents / "Kept all of it.hakemus")] * 2
    assert person.controller.opened.path == str(documents / "c.hakemus")
    edit(person, project__title="Three")
    assert person.controller.save()
    assert b'"Three"' in (documents / "c.hakemus").read_bytes()


def test_save_as_begins_beside_the_file_as_before(
    person: Person, tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    asked = Asked("")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    person.controller.command("save_as")
    assert asked.starts == [str(path)]


def test_a_first_save_begins_among_the_persons_own_files(
    person: Person, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start("fi").new()
    edit(person, project__title="Kirjasto kylille")
    asked = Asked("")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    assert not person.controller.save()
    assert asked.starts == [str(documents / "Kirjasto kylille.hakemus")]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_was_said_of_the_save_before_does_not_stay_and_the_way_back_names_the_application(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    pulled(person, tmp_path, monkeypatch)
    person.controller.command(f"language:{language}")
    settle()
    shown: list[str] = []

    def close(question: Question) -> int:
        shown.extend(made[1] for made in question.heard[3])  # type: ignore[attr-defined]
        return 0

    monkeypatch.setattr(Question, "exec", close)
    assert not person.controller.save()
    assert shown == [person.t("Save a copy elsewhere…"), person.t("Back to the application")]
    assert person.said == plain(person.t("The application was not saved"))
    assert person.t("Unsaved changes") in words_in(person.wizard.rail)


def test_what_was_rescued_is_told_as_saved(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    path.write_bytes(path.read_bytes()[:-30])
    person.controller.open_path(str(path))
    assert notice(person, "a.hakemus is damaged: read only")
    with saving_to(monkeypatch, tmp_path / "b.hakemus"):
        assert person.controller.save()
    assert not person.session.read_only
    assert person.said.startswith("Saved ")
    assert person.said.endswith(str(tmp_path / "b.hakemus"))
    assert "Saved " in words_in(person.wizard.rail)


def test_a_fault_of_a_file_that_is_in_no_field_stands_without_a_colon(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "a.hakemus"
    path.write_bytes(b"")
    person.start("en")
    person.answers = ["ok"]
    person.controller.open_path(str(path))
    assert person.asked[-1][0] == "The file was not opened"
    (fault,) = person.asked[-1][3]
    assert fault.startswith("The end of the file is missing")
