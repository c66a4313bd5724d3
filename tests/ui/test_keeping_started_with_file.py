"""The program is started with a file, as a double click does: unsaved work of that file is told of above it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from keeping import edit, notice, notices, saved
from person import TODAY, Person, settle
from PySide6.QtCore import QDeadlineTimer, QObject
from PySide6.QtWidgets import QApplication

from hakemus.adapters.storage.state import Content
from hakemus.bootstrap import window as program


def start_with(person: Person, argument: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The very start of the program with an argument, up to where it waits for the person."""
    person.gone()
    made: list[program.WindowApp] = []

    class Kept(program.WindowApp):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            made.append(self)

        def make(self):  # type: ignore[no-untyped-def]
            person.window = super().make()
            return person.window

        def control(self):  # type: ignore[no-untyped-def]
            person.controller = super().control()
            return person.controller

    def until_it_waits(*_: object) -> int:
        enough = QDeadlineTimer(30_000)
        while person.window.wizard is None and not enough.hasExpired():
            settle()
        settle()
        return 0

    runtime = person.folder / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HAKEMUS_STATE", str(person.folder / "state"))
    monkeypatch.setenv("HAKEMUS_TODAY", TODAY.isoformat())
    monkeypatch.setattr(program, "WindowApp", Kept)
    monkeypatch.setattr(program, "AtHome", lambda window, _controller: QObject(window))
    monkeypatch.setattr(program, "keep_log", lambda _core: None)
    monkeypatch.setattr(QApplication, "exec", until_it_waits)
    assert program.open_window([argument]) == 0
    person.started = made[0]


def test_what_nothing_refers_to_any_more_goes_when_the_program_ends(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.gone()
    content = Content(tmp_path / "state" / "content")
    digest = content.put(b"a letter that only a copy had that is saved by now")
    start_with(person, str(path), monkeypatch)
    assert content.get(digest) is None


def spelled(path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> str:
    match how:
        case "in full":
            return str(path)
        case "from its folder":
            monkeypatch.chdir(path.parent)
            return path.name
        case "from beside":
            beside = path.parent / "beside"
            beside.mkdir()
            monkeypatch.chdir(beside)
            return os.path.join("..", path.name)
        case _:
            link = path.parent / "link"
            link.symlink_to(path.parent, target_is_directory=True)
            return str(link / path.name)


@pytest.mark.parametrize("how", ["in full", "from its folder", "from beside", "by a link"])
def test_unsaved_work_of_the_file_is_told_of_however_the_file_was_named(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    path = saved(person, folder / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    before = path.read_bytes()
    start_with(person, spelled(path, how, monkeypatch), monkeypatch)
    assert person.at("project.title") == "One"
    assert Path(person.controller.opened.path).is_absolute()
    (told,) = notices(person)
    assert "Unsaved work of this application was found" in told.accessibleName()
    person.click(person.button("Open the unsaved work", told))
    assert person.at("project.title") == "Two"
    assert person.session.dirty
    assert path.read_bytes() == before


def test_unsaved_work_of_another_draft_waits_on_the_start_page(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    person.new()
    edit(person, project__title="Never saved")
    person.controller.keep_recovery()
    start_with(person, str(path), monkeypatch)
    assert notices(person) == []
    person.controller.command("start")
    assert notice(person, "Never saved")
