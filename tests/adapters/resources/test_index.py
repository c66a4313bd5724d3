"""The index of calls: quick, right, and never believed when the files have changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.index import CACHED, SHIPPED, CallIndex, entries_of, entry_of, write_index
from hakemus.adapters.resources.locator import resources_root
from hakemus.usecases.calls import summary, validated


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy = tmp_path / "resources"
    shutil.copytree(resources_root() / "calls", copy / "calls")
    return copy


def test_an_index_is_made_once_and_read_then(root: Path, tmp_path: Path) -> None:
    index = CallIndex(root, cache=tmp_path / "cache")
    assert index.read() is None
    made = index.refresh()
    assert index.read() == made
    assert {entry["id"] for entry in made} == set(CallFiles(root).ids())
    assert [card.id for card in index.cards()] == [entry["id"] for entry in made]


def test_an_index_of_changed_files_is_not_used(root: Path, tmp_path: Path) -> None:
    index = CallIndex(root, cache=tmp_path / "cache")
    index.refresh()
    path = root / "calls" / "fragments" / "avi-e-form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('percent = "80"', 'percent = "70"'), encoding="utf-8")
    assert index.read() is None
    entry = next(entry for entry in index.entries() if entry["id"] == "avi-kirjastot-2018")
    assert entry["share"] == {"rule": "grant-share", "percent": "70", "base": "total_costs"}


def test_the_mark_names_each_file_by_its_place_and_in_one_order(root: Path) -> None:
    mark = CallIndex(root).mark()
    assert mark == sorted(mark)
    path = root / "calls" / "fragments" / "avi-e-form.toml"
    data = path.read_bytes()
    assert f"fragments/avi-e-form.toml {len(data)} {zlib.crc32(data):08x}" in mark
    path.write_bytes(data.replace(b"80", b"08", 1))
    assert CallIndex(root).mark() != mark


def test_ones_own_calls_are_in_it(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    index = CallIndex(root, own, tmp_path / "cache")
    index.refresh()
    shutil.copy(Path(__file__).parents[2] / "calls" / "whole.toml", own / "saatio.toml")
    (own / "broken.toml").write_text("id = ", encoding="utf-8")
    assert index.read() is None
    assert "oma-saatio-2027" in {entry["id"] for entry in index.entries()}


def test_the_wheels_index_is_used_without_a_cache(root: Path) -> None:
    index = CallIndex(root)
    write_index(root / SHIPPED, index.mark(), entries_of(CallFiles(root)))
    assert index.read() == index.entries()


@pytest.mark.parametrize("content", ["", "[]", '{"mark": 1}', '{"calls": []}', "[" * 100_000])
def test_a_broken_index_is_as_if_it_were_not_there(root: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / CACHED).write_text(content, encoding="utf-8")
    index = CallIndex(root, cache=tmp_path)
    assert index.read() is None
    assert index.entries()


def test_a_folder_that_cannot_be_written_is_no_obstacle(root: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert CallIndex(root, cache=blocked / "cache").entries()


def test_it_says_the_same_as_the_list_of_calls() -> None:
    files = CallFiles(resources_root())
    for call_id in files.ids():
        plain = files.plain(call_id) or {}
        listed, entry = summary(validated(plain), "fi"), entry_of(plain)
        for key in ("id", "edition", "currency", "unit", "share"):
            assert entry[key] == listed[key]
        assert {key: entry["window"][key] for key in listed["window"]} == listed["window"]
        assert entry["title"]["fi"] == listed["title"]


def test_reading_it_loads_neither_toml_nor_validation(tmp_path: Path) -> None:
    CallIndex(resources_root(), cache=tmp_path).refresh()
    code = (
        "import sys, json, pathlib\n"
        "from hakemus.adapters.resources.index import CallIndex\n"
        "from hakemus.adapters.resources.locator import resources_root\n"
        f"assert CallIndex(resources_root(), cache=pathlib.Path({str(tmp_path)!r})).cards()\n"
        "print(json.dumps([name for name in ('tomllib', 'pydantic') if name in sys.modules]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_a_senseless_call_of_ones_own_does_not_hide_the_others(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.toml").write_text(
        'id = "a"\nedition = 5\ntitle = "x"\nrules = [1, {kind = "grant-share", id = "g"}]\nshare = 1\n'
        '[window]\nopens = "soon"\ncloses = 7\ncutoffs = "x"\n',
        encoding="utf-8",
    )
    (own / "b.toml").write_text('id = "b"\nrules = 5\nwindow = "x"\nextends = "nothing"\n', encoding="utf-8")
    index = CallIndex(root, own)
    assert len(index.entries()) == len(CallFiles(root).ids()) + 1
    card = next(card for card in index.cards() if card.id == "a")
    assert (card.opens, card.closes, card.title) == (None, None, {})


def test_a_half_written_index_is_swept_away(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", fails)
    assert CallIndex(root, cache=tmp_path).refresh()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
