"""Synchronised folders are recognised, and so are the copies that their programs make of a conflict."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from hakemus.adapters.storage.sync import conflict_copies, doubtful_copies, is_synchronised


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - Esimerkkilän kaupunki", "Dropbox", "Dropbox (Personal)", "Nextcloud", "ownCloud",
     "Google Drive", "GoogleDrive-kirjasto@esimerkki.fi", "My Drive", "iCloud Drive", "Mobile Documents", "Syncthing"],
)  # fmt: skip
def test_a_folder_of_a_synchronising_program_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    assert is_synchronised(tmp_path / name / "avustukset", {})


@pytest.mark.parametrize("name", ["Avustukset", "OneDriveless", "Omat tiedostot", "drive"])
def test_other_folders_are_not(tmp_path: Path, name: str) -> None:
    assert not is_synchronised(tmp_path / name, {"OneDrive": ""})


@pytest.mark.parametrize("marker", [".dropbox", ".stfolder", ".owncloudsync.log"])
def test_or_by_what_the_program_keeps_there(tmp_path: Path, marker: str) -> None:
    (tmp_path / marker).touch()
    assert is_synchronised(tmp_path / "a" / "b", {})


def test_or_by_what_the_system_says(tmp_path: Path) -> None:
    assert is_synchronised(tmp_path / "x" / "y", {"OneDriveCommercial": str(tmp_path / "x")})
    assert not is_synchronised(tmp_path / "z", {"OneDriveCommercial": str(tmp_path / "x")})


def test_conflict_copies_are_noticed_and_nothing_else(tmp_path: Path) -> None:
    copies = [
        "haku (TISKI-2's conflicted copy 2026-11-20).hakemus",
        "haku (conflicted copy 2026-11-20 120000).hakemus",
        "haku (Ristiriitainen kopio 2026-11-20).hakemus",
        "haku (1.2.2026 konflikt).hakemus",
        "haku_conflict-20261120-120000.hakemus",
        "haku.sync-conflict-20261120-120000-ABCDEF7.hakemus",
        "haku (SFConflict maija@example.org 2026-11-20-14-32-10).hakemus",
        "haku (Maija Meri (Kuopio)'s conflicted copy 2026-11-20).hakemus",
        "haku [conflicted].hakemus",
        "haku-DESKTOP-4F7K2.hakemus",
        "haku-LAPTOP-ABC1234-2.hakemus",
        "haku-tiski2.hakemus",
    ]
    others = [
        "haku.hakemus", "haku (1).hakemus", "haku-2.hakemus", "haku conflict.hakemus", "haku2.hakemus", "haku.pdf",
        "muu (conflicted copy).hakemus", "haku (conflicted copy).pdf", "hak.hakemus", " (conflicted copy).hakemus",
    ]  # fmt: skip
    for name in (*copies, *others):
        (tmp_path / name).touch()
    found = conflict_copies(tmp_path / "haku.hakemus", "TISKI2")
    assert [path.name for path in found] == sorted(copies)
    assert conflict_copies(tmp_path / "none" / "haku.hakemus", "") == []
    (tmp_path / "haku-.hakemus").touch()
    nameless = [path.name for path in conflict_copies(tmp_path / "haku.hakemus", "")]
    assert not {"haku-tiski2.hakemus", "haku-.hakemus"} & set(nameless)


def test_doubtful_copies_are_told_apart_from_certain_ones(tmp_path: Path) -> None:
    doubtful = [
        "haku (1).hakemus",
        "haku_conf(1).hakemus",
        "haku_conf(213).hakemus",
        "haku 2.hakemus",
        "haku-KOTI.hakemus",
        "haku-TISKI2.hakemus",
    ]
    others = [
        "haku.hakemus",
        "haku-2.hakemus",
        "haku-DESKTOP-4F7K2.hakemus",
        "haku-tiski2.hakemus",
        "haku (1).pdf",
        "haku_conf().hakemus",
        "haku_conf(1234).hakemus",
        "haku conf(1).hakemus",
        "muu (1).hakemus",
    ]
    for name in (*doubtful, *others):
        (tmp_path / name).touch()
    found = doubtful_copies(tmp_path / "haku.hakemus")
    assert [path.name for path in found] == sorted(doubtful)
    assert doubtful_copies(tmp_path / "none" / "haku.hakemus") == []


def test_a_copy_is_known_however_its_computer_writes_the_letters(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Kesähaku")
    (tmp_path / f"{decomposed} (conflicted copy 2026-11-20).hakemus").touch()
    (tmp_path / f"{decomposed} (1).hakemus").touch()
    path = tmp_path / f"{unicodedata.normalize('NFC', decomposed)}.hakemus"
    assert len(conflict_copies(path, "")) == 1
    assert len(doubtful_copies(path)) == 1
    assert all(found.exists() for found in (*conflict_copies(path, ""), *doubtful_copies(path)))
