"""Settings: kept between runs, and a damaged file is no reason to stop."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from hakemus.adapters.storage.settings import SettingsFile
from hakemus.usecases.settings import TEXT_SIZES, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "settings.json"


def test_what_is_set_is_there_at_the_next_start(path: Path) -> None:
    assert SettingsFile(path).read() == Settings()
    chosen = replace(
        Settings(), language="sv", theme="dark", text_size=TEXT_SIZES[-1], panel_folded=True, name="Johtaja Ä"
    )
    SettingsFile(path).write(chosen)
    assert SettingsFile(path).read() == chosen


def test_a_name_is_kept_as_far_as_it_is_shown(path: Path) -> None:
    SettingsFile(path).write(replace(Settings(), name="n" * 150))
    assert SettingsFile(path).read().name == "n" * 100


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"3", b"[" * 100_000])
def test_a_damaged_file_is_the_defaults(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert SettingsFile(path).read() == Settings()
    SettingsFile(path).write(Settings())
    assert SettingsFile(path).read() == Settings()


def test_a_value_that_is_not_known_is_the_default_and_the_others_hold(path: Path) -> None:
    path.parent.mkdir()
    for name in asdict(Settings()):
        told = {**asdict(Settings()), "panel_folded": True, name: ["x"]}
        path.write_text(json.dumps(told))
        expected = replace(Settings(), panel_folded=name != "panel_folded")
        assert SettingsFile(path).read() == expected, name


def test_settings_that_cannot_be_written_hold_for_the_run(path: Path) -> None:
    path.parent.write_bytes(b"not a folder")
    SettingsFile(path).write(Settings())
    assert SettingsFile(path).read() == Settings()


def test_what_a_newer_program_has_set_comes_through_an_older_one(path: Path) -> None:
    path.parent.mkdir()
    newer = {**asdict(Settings()), "theme": "sepia", "language": "se", "spelling": {"on": True}}
    path.write_text(json.dumps(newer))
    settings = SettingsFile(path)
    settings.write(replace(settings.read(), text_size=TEXT_SIZES[0]))
    assert json.loads(path.read_bytes()) == {**newer, "text_size": TEXT_SIZES[0]}
    settings.write(replace(settings.read(), theme="dark"))
    assert json.loads(path.read_bytes())["theme"] == "dark"
    assert json.loads(path.read_bytes())["language"] == "se"
