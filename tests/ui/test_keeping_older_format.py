"""A file of an older format opens in the window and says so, and the original is kept for good.

There is but one format yet: the program of these tests becomes one of the next when it is told to.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from keeping import edit, notice, notices, saved, within
from person import Person
from PySide6.QtWidgets import QDialog

from hakemus.adapters.storage import container, migrations, versions
from hakemus.adapters.storage import drafts as store
from hakemus.bootstrap import recovering
from hakemus.ui.dialogs.versions import VersionsDialog
from hakemus.usecases import drafts

TOLD = "The file was made by an older version of the program"


def carried(plain: dict[str, Any]) -> dict[str, Any]:
    """The way to the next format, which adds a motto."""
    return {**plain, "motto": "Lukemisen ilo"}


@pytest.fixture
def update(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the program one of the next format."""

    def next_format() -> None:
        for module in (container, migrations, store, recovering, versions):
            monkeypatch.setattr(module, "MAJOR", 2)
        monkeypatch.setattr(drafts, "FORMAT_MAJOR", 2)
        monkeypatch.setitem(drafts._STAMP, "major", 2)
        now = inspect.signature(migrations.migrate).parameters
        assert (now["steps"].default, now["target"].default) == ({}, 1)
        monkeypatch.setattr(migrations.migrate, "__defaults__", ({1: carried}, 2, now["minor"].default))

    return next_format


def form_of(data: bytes) -> tuple[int, Any]:
    document = container.unpack(data).document
    return document["format"]["major"], document.get("motto")


def kept(person: Person) -> list[tuple[bytes | None, bool]]:
    """What this computer keeps of the open file, the newest first, and whether it is for good."""
    store = person.controller.services.keeping()._store.versions
    return [(store.read(entry), entry.pinned) for entry in store.all()]


def test_an_older_file_opens_with_a_notice_and_is_kept_for_good_when_it_is_saved(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: Callable[[], None]
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    original = path.read_bytes()
    assert form_of(original) == (1, None)
    update()
    person.again(language="en")
    person.controller.open_path(str(path))
    told = notice(person, TOLD)
    assert "stays among the versions" in told.accessibleName().replace("\u00a0", " ")
    assert not person.session.dirty
    assert not person.session.read_only
    assert person.controller.save()
    assert path.read_bytes() == original, "nothing was changed, so nothing is written"
    edit(person, project__title="Two")
    assert person.controller.save()
    assert form_of(path.read_bytes()) == (2, "Lukemisen ilo")
    assert kept(person) == [(original, True)]

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, VersionsDialog)
        assert len(dialog._entries) == 1
        person.click(person.button("Open", dialog))

    within(look, lambda: person.click(person.button("Earlier versions…", notice(person, TOLD))))
    assert person.at("project.title") == "One"
    assert person.session.read_only
    person.click(person.button("Back to the present", notice(person, "This is the version of")))
    person.click(person.button("Close the message", notice(person, TOLD)))
    assert notices(person) == []
    person.again(language="en")
    person.controller.open_path(str(path))
    assert notices(person) == []
    assert person.at("project.title") == "Two"


def test_an_older_file_stays_for_good_also_where_unsaved_work_is_saved_over_it(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: Callable[[], None]
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    original = path.read_bytes()
    update()
    person.again(language="en")
    person.controller.open_path(str(path))
    edit(person, project__title="Two")
    person.controller.keep_recovery()
    person.again(language="en", offers=True)
    person.click(person.button("Open", notice(person, "Two")))
    assert person.controller.save()
    assert form_of(path.read_bytes()) == (2, "Lukemisen ilo")
    assert kept(person) == [(original, True)]


def test_a_file_of_the_next_format_is_refused_with_both_versions_and_stays(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.controller.command("close")
    newer = container.pack(container.unpack(path.read_bytes()).document_bytes.replace(b'"major": 1', b'"major": 2'), {})
    path.write_bytes(newer)
    person.answers = ["ok"]
    person.controller.open_path(str(path))
    assert person.window.on_start
    said = " ".join(person.asked[-1][:2])
    assert "2.0" in said
    assert "1.0" in said
    assert person.asked[-1][0] == "The file was not opened"
    assert path.read_bytes() == newer
