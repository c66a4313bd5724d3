"""The translators' catalogues hold every sentence of the source, whole, in Finnish and Swedish."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extract_catalogues", ROOT / "extract_catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tool = _tool()


@pytest.fixture(scope="module")
def template() -> Catalog:
    return tool.extract(ROOT)


@pytest.mark.parametrize("language", tool.LANGUAGES)
def test_no_sentence_is_missing_unsure_or_left_over(template: Catalog, language: str) -> None:
    catalogue = tool.read_catalogue(tool.catalogue_path(ROOT, language), language)
    assert not list(tool.faults(template, catalogue))


@pytest.mark.parametrize("language", tool.LANGUAGES)
def test_figures_and_units_do_not_part_at_a_line_end(language: str) -> None:
    loose = re.compile(r"(?:\}|[0-9]) (?:%|€|h\b|Mt\b|MB\b)")
    for message in tool.read_catalogue(tool.catalogue_path(ROOT, language), language):
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        assert not any(loose.search(form) for form in forms), message.id


def test_english_sentences_have_the_places_of_their_plural(template: Catalog) -> None:
    for message in template:
        if isinstance(message.id, (tuple, list)):
            singular, plural = (set(re.findall(r"\{(\w+)\}", form)) for form in message.id)
            assert singular | {"count"} == plural | {"count"}, message.id


def _found(source: str) -> list[tuple[str, ...]]:
    return sorted(tool.sentences(ast.parse(source)))


def test_sentences_are_found_where_they_are_marked() -> None:
    assert _found('msg("One"); N_("Two"); catalog.text("Three " "parts"); self.t("A" if x else "B")') == [
        ("A",),
        ("B",),
        ("One",),
        ("Three parts",),
        ("Two",),
    ]
    assert _found('nmsg("{count} row", "{count} rows", n); c.plural("a", "b", 2)') == [
        ("a", "b"),
        ("{count} row", "{count} rows"),
    ]
    assert _found('text(name); other("x"); msg(f"{x}"); plural(a, b, 1); t(); N_("")') == []


def _catalogue(*entries: tuple[str | tuple[str, str], str | tuple[str, ...], bool]) -> Catalog:
    made = Catalog(locale="fi")
    for key, string, fuzzy in entries:
        made.add(key, string, flags=["fuzzy"] if fuzzy else [])
    return made


def test_every_kind_of_fault_is_told() -> None:
    wanted = _catalogue(
        ("A", "", False), ("{x} B", "", False), ("C", "", False), (("{n} d", "{n} ds"), ("", ""), False)
    )
    given = _catalogue(
        ("A", "a", True),
        ("{x} B", "{y} b ", False),
        (("{n} d", "{n} ds"), ("{n} p", ""), False),
        ("Z", "z", False),
    )
    assert sorted(tool.faults(wanted, given)) == [
        "missing: C",
        "missing: {n} d",
        "other places than in English: {x} B",
        "said nowhere: Z",
        "spaces at an end: {x} B",
        "unsure: A",
    ]


def test_updating_keeps_translations_and_drops_what_nobody_says(tmp_path: Path) -> None:
    source = tmp_path / "src" / "pages.py"
    source.parent.mkdir()
    source.write_text('msg("One"); nmsg("{count} row", "{count} rows", n); msg("Gone")', encoding="utf-8")
    tool.update(tmp_path)
    path = tool.catalogue_path(tmp_path, "fi")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"One"\nmsgstr ""', '"One"\nmsgstr "Yksi"'), encoding="utf-8"
    )
    source.write_text('msg("One"); msg("New"); msg("{count} row")', encoding="utf-8")
    tool.update(tmp_path)
    kept = tool.read_catalogue(path, "fi")
    assert {message.id: message.string for message in kept if message.id} == {
        "One": "Yksi",
        "New": "",
        "{count} row": "",
    }
    assert len(tool.check(tmp_path)) == 5
