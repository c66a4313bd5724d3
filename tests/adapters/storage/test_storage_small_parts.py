"""The recent list, migrations, names and processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import limits, migrations, names, processes, small_json
from hakemus.adapters.storage.failures import DamagedFile, NewerFile
from hakemus.adapters.storage.recent import KEPT, RecentDrafts
from hakemus.usecases.errors import NotWritten
from hakemus.usecases.start_cards import RecentDraft

# Recent drafts


def _recent(number: int, **more: Any) -> RecentDraft:
    known: dict[str, Any] = {
        "path": f"/kansio/{number}.hakemus", "title": "Lukupiha", "library": "Esimerkkilän kirjasto",
        "call_title": {"fi": "Haku", "sv": "Utlysning"}, "closes": "2026-11-30T16:15", "zone": "Europe/Helsinki",
        "steps_done": number, "steps": 10, "errors": 0, "saved_at": "2026-11-20T12:00:00+00:00",
    }  # fmt: skip
    return RecentDraft(**{**known, **more})


@pytest.fixture
def recent(tmp_path: Path) -> RecentDrafts:
    return RecentDrafts(tmp_path / "state" / "recent.json")


def test_the_latest_comes_first_and_each_once(recent: RecentDrafts) -> None:
    assert recent.entries() == []
    for number in (1, 2, 1):
        recent.note(_recent(number))
    recent.note(_recent(3, closes=None))
    assert recent.entries() == [_recent(3, closes=None), _recent(1), _recent(2)]
    recent.forget("/kansio/1.hakemus")
    assert [entry.steps_done for entry in recent.entries()] == [3, 2]
    recent.forget_all()
    assert recent.entries() == []


def test_the_list_does_not_grow_for_ever(recent: RecentDrafts) -> None:
    for number in range(KEPT + 5):
        recent.note(_recent(number))
    assert [entry.steps_done for entry in recent.entries()] == list(range(KEPT + 4, 4, -1))


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"[", b"[" * 100_000, b"null", b'[3, {}, {"path": "x"}]'])
def test_a_damaged_list_is_an_empty_one(recent: RecentDrafts, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "recent.json").write_bytes(content)
    assert recent.entries() == []
    recent.note(_recent(1))
    assert recent.entries() == [_recent(1)]


def test_a_sound_entry_among_damaged_ones_is_kept_and_unknown_keys_are_dropped(
    recent: RecentDrafts, tmp_path: Path
) -> None:
    recent.note(_recent(1))
    path = tmp_path / "state" / "recent.json"
    text = path.read_text()
    for damage in ('"steps": "x"', '"steps": true', '"call_title": {"fi": 3}', '"closes": 3', '"call_title": []'):
        key = damage.split(":")[0]
        path.write_text(re.sub(rf"{key}: [^,}}]*(\}}|)", damage, text))
        assert recent.entries() == [], damage
    path.write_text(text.replace('"errors"', '"later": 1, "errors"'))
    assert recent.entries() == [_recent(1)]


def test_an_entry_of_an_older_program_lacks_what_came_later(recent: RecentDrafts, tmp_path: Path) -> None:
    path = tmp_path / "state" / "recent.json"
    found = ("Liikaa.",) * 10
    whole = _recent(
        1, states=("done",) * 20, warnings=2, missing=3, at="project.title", found=found, found_in="fi"
    )
    recent.note(whole)
    assert recent.entries() == [whole]
    (row,) = json.loads(path.read_text())
    later = {"states": (), "warnings": 0, "missing": 0, "at": "", "found": (), "found_in": ""}
    for name in later:
        path.write_text(json.dumps([{key: value for key, value in row.items() if key != name}]))
        assert recent.entries() == [replace(whole, **{name: later[name]})]
    path.write_text(json.dumps([{key: value for key, value in row.items() if key not in later}]))
    assert recent.entries() == [_recent(1)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("states", ["done"] * 21),
        ("states", ["done", "moon"]),
        ("states", "done"),
        ("warnings", "2"),
        ("missing", True),
        ("at", 3),
        ("found", ["x"] * 11),
        ("found", [3]),
        ("found", "x"),
        ("found_in", 3),
    ],
)
def test_what_came_later_and_is_not_understood_is_as_if_it_were_not_there(
    recent: RecentDrafts, tmp_path: Path, name: str, value: Any
) -> None:
    path = tmp_path / "state" / "recent.json"
    recent.note(_recent(1))
    (row,) = json.loads(path.read_text())
    path.write_text(json.dumps([{**row, name: value}]))
    assert recent.entries() == [_recent(1)]


def test_a_list_that_cannot_be_written_troubles_nobody(recent: RecentDrafts, tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"not a folder")
    recent.note(_recent(1))
    assert recent.entries() == []


def test_reading_the_list_loads_nothing_heavy() -> None:
    program = (
        "import sys; from pathlib import Path; from hakemus.adapters.storage.recent import RecentDrafts;"
        "RecentDrafts(Path('x')).entries(); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    heavy = ("pydantic", "tomllib", "reportlab", "openpyxl", "xlsxwriter", "PySide6", "zipfile")
    assert not [name for name in loaded if name.split(".")[0] in heavy]


# Small files of the state folder


def test_a_small_file_comes_back_and_is_its_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "state" / "small.json"
    for plain in ({"a": ["ä", 1.5, None]}, []):
        small_json.write(path, plain)
        assert small_json.read(path) == plain
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_small_file_that_has_become_a_big_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    for padding, found in ((small_json.LIMIT - 1, 7), (small_json.LIMIT, None)):
        path.write_bytes(b"7" + b" " * padding)
        assert small_json.read(path) == found


def test_where_a_small_file_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    path = tmp_path / "state" / "small.json"
    with pytest.raises(NotWritten) as caught:
        small_json.write(path, {})
    assert caught.value.message.values["path"] == str(path)


# Migrations


def _stated(major: int, minor: int = 0) -> dict[str, Any]:
    return {"format": {"name": "hakemus", "major": major, "minor": minor, "written_by": "9.9"}, "rows": [1]}


def test_every_older_major_version_has_its_way_forward_its_line_and_its_file() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    for major in range(1, limits.MAJOR + 1):
        assert f"* {major}.0, program" in (migrations.__doc__ or "")
        assert list(corpus.glob(f"v{major}.*.hakemus"))
    assert set(migrations.STEPS) == set(range(1, limits.MAJOR))


def test_a_document_is_carried_forward_step_by_step_and_the_given_one_is_untouched() -> None:
    def third(document: dict[str, Any]) -> dict[str, Any]:
        document["rows"].append(2)
        return document

    steps = {1: lambda document: {**document, "second": True}, 2: third}
    given = _stated(1, 4)
    migrated = migrations.migrate(given, steps, target=3)
    assert migrated.document["rows"] == [1, 2]
    assert migrated.document["second"]
    assert migrated.document["format"] == {"name": "hakemus", "major": 3, "minor": 0, "written_by": "9.9"}
    assert migrated.came_from == (1, 4)
    assert given == _stated(1, 4)


def test_where_there_is_no_way_the_file_is_refused() -> None:
    with pytest.raises(DamagedFile) as damaged:
        migrations.migrate(_stated(1), {}, target=2)
    assert damaged.value.reasons[0].values == {"major": 1, "target": 2}
    with pytest.raises(DamagedFile):
        migrations.migrate({})
    with pytest.raises(NewerFile) as caught:
        migrations.migrate(_stated(3, 1))
    assert (caught.value.theirs, caught.value.ours) == ((3, 1), (limits.MAJOR, limits.MINOR))


def test_a_document_of_today_is_as_it_is() -> None:
    given = _stated(1, 6)
    migrated = migrations.migrate(given)
    assert migrated.document is given
    assert not migrated.changed
    assert migrations.Migrated(given, (0, 1)).changed


# Names


@pytest.mark.parametrize(
    "name",
    ["CON", "con.hakemus", "Prn.txt", "AUX", "nul.tar.gz", "COM1", "lpt9.x", "COM²", "CONIN$", 'a"b', "a*b", "a:b",
     "a<b", "a>b", "a?b", "a/b", "a\\b",
     "a|b", "a\tb", "a\x7fb", " a", "a ", "a.", "", "~$a.docx", ".lock", "desktop.ini",
     "Thumbs.db", ".DS_Store", "a_vti_b", "ä" * 256, "📚" * 128],
)  # fmt: skip
def test_names_that_windows_or_onedrive_refuse(name: str) -> None:
    assert names.name_problem(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "a.hakemus",
        "CONSOLE",
        "com10",
        "Xylofoni.hakemusX",
        "\u00a0a\u00a0",
        "Äiti (1) – luonnos.hakemus",
        ".hidden",
        "ä" * 255,
        "a%b#c",
    ],
)
def test_names_that_every_system_takes(name: str) -> None:
    assert names.name_problem(name) is None


@pytest.mark.parametrize(("name", "shown"), [("a*b", "*"), ("a\tb", "U+0009"), ("a\x7fb", "U+007F")])
def test_a_character_that_no_name_may_have_is_shown(name: str, shown: str) -> None:
    problem = names.name_problem(name)
    assert problem is not None
    assert problem.values == {"character": shown}


def test_our_helper_files_have_short_names_that_every_system_takes(tmp_path: Path) -> None:
    target = tmp_path / ("ä" * 127)
    for helper in (names.temporary(target), names.saving_mark(target), names.lock_name(target)):
        assert len(os.fsencode(helper.name)) < 80
        assert names.name_problem(helper.name) is None
        assert helper.parent == tmp_path
    assert names.owner_of_leftover(names.temporary(target).name) == (processes.computer_tag(), os.getpid())
    assert names.owner_of_leftover(names.saving_mark(target).name) is None


def test_spellings_of_one_name_exclude_each_other(tmp_path: Path) -> None:
    spellings = {
        unicodedata.normalize(form, name) for form in ("NFC", "NFD") for name in ("Äiti.hakemus", "äiti.HAKEMUS")
    }
    assert len(spellings) == 4
    assert len({names.saving_mark(tmp_path / spelling) for spelling in spellings}) == 1


# Processes


def test_the_living_are_told_from_the_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    assert processes.is_alive(os.getpid())
    assert processes.is_alive(1)
    assert not processes.is_alive(process.pid)
    assert not processes.is_alive(0)
    assert not processes.is_alive(-1)
    assert processes.is_alive(2**70), "in doubt alive"

    def denied(*_: Any) -> None:
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(os, "kill", denied)
    assert processes.is_alive(process.pid)


def test_a_computer_without_a_name_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.node", lambda: "")
    assert processes.computer() == "?"
    assert len(processes.computer_tag()) == 8
    assert len(processes.computer_tag("a\ud800")) == 8


def test_states_and_place_are_kept_and_what_is_none_of_them_is_left_out(recent: RecentDrafts, tmp_path: Path) -> None:
    whole = _recent(1, states=("done", "half", "error"), warnings=2, missing=3, at="funding.grant")
    recent.note(whole)
    assert recent.entries() == [whole]
    plain = json.loads((tmp_path / "state" / "recent.json").read_text())
    odd = (
        {"states": ["gone"], "warnings": "x", "missing": None, "at": 3},
        {"states": ["done"] * 21, "warnings": True},
        {"states": 3},
    )
    for broken in odd:
        (tmp_path / "state" / "recent.json").write_text(json.dumps([{**plain[0], **broken}]))
        (entry,) = recent.entries()
        assert entry.states == ()
        assert entry.warnings in (0, 2)


@pytest.mark.skipif(os.name == "nt", reason="pipes in folders are POSIX")
def test_a_pipe_in_the_place_of_a_small_file_holds_nobody_up(tmp_path: Path) -> None:
    pipe = tmp_path / "recent.json"
    os.mkfifo(pipe)
    assert small_json.read(pipe) is None
    assert small_json.read(tmp_path) is None
    assert small_json.read(Path("a\0b")) is None
