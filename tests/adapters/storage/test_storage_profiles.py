"""The libraries' own data between runs: kept whole, a damaged file has none, and failure is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakemus.adapters.storage.profiles import ProfileFile
from hakemus.domain.application import Applicant
from hakemus.usecases.errors import NotWritten
from hakemus.usecases.library_profile import Profile

KEPT = (
    Profile("p1", Applicant(library="Järvikirjasto", phone="1", contacts=({"id": "c", "name": "Å"},)), ("Lukeminen",)),
    Profile("p2", Applicant(organisation=" Mäen kunta ")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "libraries.json"


def test_what_is_kept_is_there_at_the_next_start(path: Path) -> None:
    assert ProfileFile(path).read() == ()
    ProfileFile(path).write(KEPT)
    assert ProfileFile(path).read() == KEPT
    assert ProfileFile(path).names() == (("p1", "Järvikirjasto"), ("p2", "Mäen kunta"))
    ProfileFile(path).write(())
    assert ProfileFile(path).read() == ProfileFile(path).names() == ()


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"3", b"[" * 100_000, b'[1, {"name": "x"}, {"id": 3}]'])
def test_a_damaged_file_has_none(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert ProfileFile(path).read() == ProfileFile(path).names() == ()


def test_what_cannot_be_understood_is_left_out(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        '[{"id": "a", "applicant": {"library": 3}}, {"id": "b", "applicant": 7}, '
        '{"id": "c", "applicant": {"library": "", "organisation": "X"}, "strategies": ["y", 3]},'
        ' {"id": "d", "strategies": 3}]'
    )
    assert ProfileFile(path).read() == (
        Profile("c", Applicant(library="", organisation="X"), ("y",)),
        Profile("d"),
    )
    assert ProfileFile(path).names() == (("a", ""), ("b", ""), ("c", "X"), ("d", ""))


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(NotWritten):
        ProfileFile(tmp_path / "state" / "libraries.json").write(KEPT)
