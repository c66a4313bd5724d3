"""A save runs on another thread: what is typed meanwhile stays unsaved, and whoever wants to leave waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keeping import edit, notice, notices, saved, words_in
from person import Person, settle
from PySide6.QtCore import QTimer

from hakemus.adapters.storage import durable


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[], None]], list[BaseException]]]:
    """A disk that waits until something was done in the window."""
    real, gate = durable._write_temporary, threading.Event()

    def meanwhile(deed: Callable[[], None]) -> list[BaseException]:
        failed: list[BaseException] = []

        def write(*args: object) -> None:
            assert threading.current_thread() is not threading.main_thread()
            assert gate.wait(20)
            real(*args)  # type: ignore[arg-type]

        def act() -> None:
            monkeypatch.setattr(durable, "_write_temporary", real)
            try:
                deed()
            except BaseException as error:
                failed.append(error)
            finally:
                gate.set()

        monkeypatch.setattr(durable, "_write_temporary", write)
        QTimer.singleShot(50, act)
        return failed

    yield meanwhile
    gate.set()


def test_what_is_typed_while_it_is_saved_stays_unsaved(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow
) -> None:  # type: ignore[no-untyped-def]
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")

    def type_on() -> None:
        assert "Saving…" in words_in(person.wizard.rail)
        edit(person, project__title="Three")
        assert not person.controller.save()

    failed = slow(type_on)
    assert person.controller.save()
    assert failed == []
    assert person.session.dirty
    assert person.window.isWindowModified()
    assert b'"Two"' in path.read_bytes()
    assert b'"Three"' not in path.read_bytes()
    assert "Unsaved changes" in words_in(person.wizard.rail)
    assert person.controller.save()
    assert b'"Three"' in path.read_bytes()
    assert not person.session.dirty


def test_closing_the_window_waits_for_the_save(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow
) -> None:  # type: ignore[no-untyped-def]
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two")

    def leave() -> None:
        person.window.close()
        assert person.window.isVisible()
        person.controller.command("start")
        assert not person.window.on_start

    failed = slow(leave)
    assert person.controller.save()
    settle()
    assert failed == []
    assert not person.window.isVisible()
    assert b'"Two"' in path.read_bytes()


def test_a_save_that_fails_while_one_types_leaves_everything_unsaved(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    before = path.read_bytes()
    edit(person, project__title="Two")

    def full(*_args: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "_write_temporary", full)
        person.answers = ["ok"]
        assert not person.controller.save()
    assert path.read_bytes() == before
    assert person.session.dirty
    assert not person.controller.saving
    assert "Unsaved changes" in words_in(person.wizard.rail)


def test_the_rail_says_of_each_file_what_was_saved_of_it(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    assert "Saved " in words_in(person.wizard.rail)
    person.controller.command("close")
    person.controller.open_path(str(path))
    said = words_in(person.wizard.rail)
    assert "Nothing unsaved" in said
    assert "Saved " not in said


def test_a_save_whose_content_before_could_not_be_kept_says_so_until_one_can(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    versions = tmp_path / "state" / "versions"
    assert not versions.exists()
    versions.write_bytes(b"no folder")
    edit(person, project__title="Two")
    assert person.controller.save()
    assert b"Two" in path.read_bytes()
    told = notice(person, "Saved, but note this").accessibleName()
    assert "could not be kept among the earlier versions" in told
    versions.unlink()
    edit(person, project__title="Three")
    assert person.controller.save()
    assert notices(person) == []
