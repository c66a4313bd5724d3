"""Drafts as plain data, and the parts of a state folder, for the tests of storage."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage.state import Content

LETTER = b"%PDF-1.7 letter of intent\n" * 3
LETTER_HASH = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def letter() -> tuple[str, bytes]:
    """An attachment: its hash and its bytes."""
    return LETTER_HASH, LETTER


@pytest.fixture
def document() -> dict[str, Any]:
    """A small draft of a fictitious library, with one attachment listed."""
    return {
        "format": {"name": "hakemus", "major": 1, "minor": 0, "written_by": "0.1.0"},
        "id": "3f0c6a4e-0000-4000-8000-000000000001",
        "revision": 4,
        "language": "fi",
        "application": {
            "project": {"title": "Lukupiha – čđŋšŧž", "summary": 'Sanoo "hei"\nja \\ sitten\tlisää'},
            "goals": [{"id": "a1b2", "text": "Enemmän lukijoita"}, {"id": "c3d4", "text": "<b>&</b>"}],
            "funding": {"grant": "7200.00"},
            "attachments": [
                {"id": "k3f9", "title": "Aiesopimus", "filename": "aie.pdf", "sha256": LETTER_HASH, "state": "attached"}
            ],
        },
        "pending": {"budget.lines[k3f9].amount": "1 234,5x"},
        "acknowledged": [],
        "comments": [],
        "snapshots": [],
        "terms": [],
    }


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return Content(tmp_path / "state" / "content")


@pytest.fixture
def ours() -> Callable[[Path], list[str]]:
    """The helper files of this program that lie in a folder: after a save there must be none."""
    return lambda folder: sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(".hakemus-"))


@pytest.fixture(params=["links", "no links"])
def marks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disks with symbolic links, and those without: FAT, some network drives."""
    if request.param == "no links":
        monkeypatch.setattr(os, "symlink", lambda *_: (_ for _ in ()).throw(PermissionError(1, "no links here")))
