"""The build hook's own work: catalogues compiled beside their sources."""

from __future__ import annotations

import gettext
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Budget"
msgstr "{text}"

#, fuzzy
msgid "Grant"
msgstr "unsure"
"""


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_catalogues", ROOT / "build_catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "resources" / "locale" / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "hakemus.po"
    path.write_text(PO.replace("{text}", "Talousarvio ä"), encoding="utf-8")
    return path


def read(source: Path) -> gettext.GNUTranslations:
    with source.with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_a_catalogue_is_compiled_beside_its_source(source: Path, tmp_path: Path) -> None:
    assert build.compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert read(source).gettext("Budget") == "Talousarvio ä"
    assert [path.name for path in source.parent.iterdir() if path.suffix not in (".po", ".mo")] == []


def test_what_a_translator_was_unsure_of_stays_english(source: Path, tmp_path: Path) -> None:
    build.compile_catalogues(tmp_path)
    assert read(source).gettext("Grant") == "Grant"


def test_only_what_changed_is_compiled_again(source: Path, tmp_path: Path) -> None:
    build.compile_catalogues(tmp_path)
    assert build.compile_catalogues(tmp_path) == []
    source.write_text(PO.replace("{text}", "Kulut"), encoding="utf-8")
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert build.compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert read(source).gettext("Budget") == "Kulut"


def test_a_broken_catalogue_is_named_and_leaves_nothing(source: Path, tmp_path: Path) -> None:
    source.write_text(PO + "\nthis is no catalogue\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"hakemus\.po"):
        build.compile_catalogues(tmp_path)
    assert [path.name for path in source.parent.iterdir()] == ["hakemus.po"]


def test_no_catalogues_is_no_error(tmp_path: Path) -> None:
    assert build.compile_catalogues(tmp_path) == []


@pytest.mark.parametrize(("version", "carried"), [("standard", ["hakemus/_resources"]), ("editable", [])])
def test_a_wheel_carries_the_resources_and_a_checkout_keeps_its_own(
    source: Path, tmp_path: Path, version: str, carried: list[str]
) -> None:
    hook = build.CatalogueBuildHook(str(tmp_path), {}, None, None, "", "wheel")
    build_data: dict[str, dict[str, str]] = {"force_include": {}}
    (tmp_path / "src").mkdir()
    hook.initialize(version, build_data)
    assert source.with_suffix(".mo").exists()
    assert list(build_data["force_include"].values()) == carried


def test_the_index_of_calls_is_made_once_and_again_when_a_call_changes(tmp_path: Path) -> None:
    folder = tmp_path / "resources" / "calls" / "funder" / "call"
    folder.mkdir(parents=True)
    assert build.index_calls(tmp_path) == [tmp_path / "resources" / "index" / "calls.json"]
    assert build.index_calls(tmp_path) == []
    (folder / "call.toml").write_text('id = "esimerkki-2026"\n', encoding="utf-8")
    assert build.index_calls(tmp_path) == [tmp_path / "resources" / "index" / "calls.json"]


def test_looking_into_the_program_leaves_the_search_path_alone(tmp_path: Path) -> None:
    before = [*sys.path]
    build.index_calls(tmp_path)
    assert sys.path == before
