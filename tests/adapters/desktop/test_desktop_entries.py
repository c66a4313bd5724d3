"""Entries on the desktop of each system: written for one user, found by the system, gone without a trace."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hakemus.adapters.desktop import freedesktop, windows
from hakemus.adapters.resources.locator import resources_root

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DRAWINGS = resources_root() / "desktop"


def test_entries_are_written_and_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freedesktop, "_run", lambda command: None)
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\n")
    written = freedesktop.install(tmp_path, ["/opt/my programs/hake%mus", "-x"], DRAWINGS)
    assert all(path.is_file() for path in written)
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(tmp_path / "applications" / "hakemus.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["Exec"] == '"/opt/my programs/hake%%mus" -x %f'
    assert entry["Desktop Entry"]["MimeType"] == f"{freedesktop.MIME};"
    assert sorted(freedesktop.remove(tmp_path)) == sorted(written)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [other]


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not here")
def test_the_entry_is_valid(tmp_path: Path) -> None:
    freedesktop.install(tmp_path, ["/opt/hakemus/hakemus"], DRAWINGS)
    tool = ["desktop-file-validate", str(tmp_path / "applications" / "hakemus.desktop")]
    assert subprocess.run(tool, capture_output=True, text=True, check=False).stdout == ""


def test_the_type_is_told_by_name_and_by_content(tmp_path: Path) -> None:
    freedesktop.install(tmp_path, ["hakemus"], DRAWINGS)
    root = ET.parse(tmp_path / "mime" / "packages" / "hakemus.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = root.find(f"{space}mime-type")
    assert kind is not None
    assert kind.get("type") == freedesktop.MIME
    globs = kind.find(f"{space}glob")
    assert globs is not None
    assert globs.get("pattern") == "*.hakemus"
    inner = kind.find(f"{space}magic/{space}match/{space}match")
    assert inner is not None
    draft = (Path(__file__).parents[2] / "corpus" / "v1.0.hakemus").read_bytes()
    at = int(str(inner.get("offset")))
    assert draft[at : at + len(freedesktop.MIME)].decode() == inner.get("value")


def test_a_recent_draft_stands_once_and_the_other_entries_stay(tmp_path: Path) -> None:
    listed = tmp_path / "recently-used.xbel"
    first, second = tmp_path / "Ääkköset & muut.hakemus", tmp_path / "b.hakemus"
    for draft in (first, second, first):
        freedesktop.note_recent(tmp_path, draft, "/opt/hakemus/hakemus", NOW)
    root = ET.parse(listed).getroot()
    assert [mark.get("href") for mark in root.findall("bookmark")] == [second.as_uri(), first.as_uri()]
    listed.write_text("no list", encoding="utf-8")
    freedesktop.note_recent(tmp_path, first, "hakemus", NOW)
    assert listed.read_text(encoding="utf-8") == "no list"


def test_the_data_folder_is_the_users() -> None:
    assert freedesktop.data_home({"XDG_DATA_HOME": "/d"}.get) == Path("/d")
    assert freedesktop.data_home({}.get) == Path.home() / ".local" / "share"


class Hive:
    """A registry in memory."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}

    def set(self, key: str, name: str, value: str) -> None:
        self.values[key, name] = value

    def get(self, key: str, name: str) -> str | None:
        return self.values.get((key, name))

    def delete_value(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)

    def delete_tree(self, key: str) -> None:
        self.values = {at: value for at, value in self.values.items() if not f"{at[0]}\\".startswith(f"{key}\\")}


def test_entries_of_windows_go_as_they_came() -> None:
    hive = Hive()
    windows.install(hive, Path("C:/h/hakemus-window.exe"), Path("C:/h/hakemus-window.exe"), "Hakemus-luonnos")
    opening = hive.values[rf"{windows.CLASSES}\{windows.TYPE}\shell\open\command", ""]
    assert opening.endswith('hakemus-window.exe" "%1"')
    assert all(key.startswith(windows.CLASSES) for key, _ in hive.values)
    windows.remove(hive)
    assert hive.values == {}


def test_another_program_that_took_the_extension_keeps_it() -> None:
    hive = Hive()
    windows.install(hive, Path("h.exe"), Path("h.exe"), "d")
    hive.set(rf"{windows.CLASSES}\.hakemus", "", "Other.Program")
    hive.set(rf"{windows.CLASSES}\.hakemus", "Content Type", "application/other")
    windows.remove(hive)
    assert set(hive.values.values()) == {"Other.Program", "application/other"}


def test_the_installer_writes_the_same_entries() -> None:
    recipe = (Path(__file__).parents[3] / "bundling" / "windows" / "hakemus.iss").read_text(encoding="utf-8")
    for key, _name, _value in windows.entries(Path("p"), Path("i"), "w"):
        assert f'Subkey: "{key}"' in recipe
