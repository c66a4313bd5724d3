"""Where resources are found, the lists that are offered, the examples that ship, the catalogues' two forms."""

from __future__ import annotations

import datetime
import io
import os
import struct
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.catalogues import languages, messages_of_mo, messages_of_po, read_messages
from hakemus.adapters.resources.codes import LANGUAGES, find, read_codes, read_indicators
from hakemus.adapters.resources.examples import example_names, read_example
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.application import Application
from hakemus.domain.draft import Draft
from hakemus.domain.findings import Severity
from hakemus.domain.frozen import freeze
from hakemus.domain.identifiers import business_id_fault
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check, totals_json
from hakemus.usecases.errors import UserError

ROOT = resources_root()


def test_a_checkout_has_its_resources_at_its_root() -> None:
    assert Path(__file__).parents[3] / "resources" == ROOT


def test_an_installed_package_has_them_beside_its_code(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "hakemus"
    (package / "_resources" / "calls").mkdir(parents=True)
    assert resources_root(package) == package / "_resources"


def test_an_installation_without_them_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        resources_root(tmp_path / "hakemus")


def test_the_lists_name_their_edition_and_are_whole() -> None:
    codes = read_codes(ROOT)
    assert codes.editions["municipalities"] == "2026"
    assert len(codes.municipalities) == 308
    assert len(codes.themes) == 11
    assert len(codes.areas) == 7
    assert len(codes.target_groups) == 17
    for group in (codes.themes, codes.areas, codes.target_groups):
        for language in ("fi", "sv", "en"):
            texts = [code.text(language) for code in group]
            assert all(texts)
            assert len(set(texts)) == len(texts)


def test_a_municipality_is_found_in_either_language() -> None:
    codes = read_codes(ROOT)
    found = codes.municipality(" MUSTASAARI ")
    assert found is not None
    assert found.name("sv") == "Korsholm"
    assert found.region_name("fi") == "Pohjanmaa"
    assert codes.municipality("korsholm") == found
    assert codes.municipality("Järvikallio") is None
    assert "Österbotten" in codes.regions("sv")


def test_a_choice_is_found_by_its_text_in_any_language() -> None:
    themes = read_codes(ROOT).themes
    assert find(themes, " läsfrämjande") == find(themes, "reading") == themes[0]
    assert find(themes, "Jokin muu") is None


@pytest.mark.parametrize("name", example_names(ROOT))
def test_an_example_is_whole_and_fictitious(name: str) -> None:
    example = read_example(ROOT, name)
    application = Application(**example.application)
    assert application.stored() == example.application
    assert example.call in CallFiles(ROOT).ids()
    assert business_id_fault(application.applicant.business_id or "") is None
    assert read_codes(ROOT).municipality(application.applicant.municipality or "") is None
    assert example.title == application.project.title
    text = str(example.application)
    assert text.count("@") == text.count("@esimerkki.fi") + text.count("@exempel.fi")


def judged(name: str) -> Check:
    example = read_example(ROOT, name)
    definition = CallFiles(ROOT).plain(example.call) or {}
    draft = Draft.model_validate(
        {
            "call": {"id": example.call, "edition": "", "definition": freeze(definition)},
            "application": example.application,
        }
    )
    return check(draft, call_of(draft), datetime.date(2018, 11, 25))


def test_the_pop_up_library_asks_three_hundred_euros_too_much() -> None:
    found = judged("pop-up-kirjasto")
    assert [finding.rule for finding in found.findings if finding.severity is Severity.ERROR] == ["grant-share"]
    totals = totals_json(found.totals)
    assert (totals["costs"], totals["grant"], totals["own"]) == ("9000.00", "7500.00", "1500.00")
    assert (totals["share_percent"], totals["over_cap"], totals["gap"]) == ("83.33", "300.00", "0.00")


def test_the_reading_villages_are_ready_with_nothing_to_say() -> None:
    found = judged("lasande-byar")
    assert found.ready
    assert [finding.rule for finding in found.findings] == []


def test_an_unknown_example_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError) as caught:
        read_example(ROOT, "../calls")
    assert "pop-up-kirjasto" in caught.value.message.values["known"]


LONG = "A long sentence that the writer breaks into several lines. " * 4
LONG_FI = "Pitkä virke, joka katkotaan riveille. " * 4
SOURCE = BabelCatalog(locale="fi")
SOURCE.add("Open", "Avaa")
SOURCE.add(("{count} error", "{count} errors"), ("{count} virhe", "{count} virhettä"))
SOURCE.add('Say "{x}"\nand \\ more', 'Sano ”{x}”\nja "\\" lisää\t.')
SOURCE.add("Unsure", "Epävarma", flags=["fuzzy"])
SOURCE.add("Not yet", "")
SOURCE.add("May", "toukokuu", context="month")
SOURCE.add(
    "A long sentence that the writer breaks into several lines. " * 4, "Pitkä virke, joka katkotaan riveille. " * 4
)
WANTED = {
    "Open": "Avaa",
    "{count} error": ("{count} virhe", "{count} virhettä"),
    'Say "{x}"\nand \\ more': 'Sano ”{x}”\nja "\\" lisää\t.',
    "month\x04May": "toukokuu",
    LONG: LONG_FI,
}


def written(writer: object) -> bytes:
    stream = io.BytesIO()
    writer(stream, SOURCE)  # type: ignore[operator]
    return stream.getvalue()


def test_both_forms_of_a_catalogue_say_the_same() -> None:
    assert messages_of_po(written(write_po).decode()) == WANTED
    assert messages_of_mo(written(write_mo)) == WANTED
    assert messages_of_po("") == {}


def test_a_checkout_reads_the_source_where_nothing_is_compiled_or_it_is_newer(tmp_path: Path) -> None:
    root = tmp_path / "resources"
    folder = root / "locale" / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    assert read_messages(root, "fi") == {}
    (folder / "hakemus.po").write_bytes(written(write_po))
    assert read_messages(root, "fi") == WANTED
    (folder / "hakemus.mo").write_bytes(written(write_mo))
    assert read_messages(root, "fi") == WANTED
    po = folder / "hakemus.po"
    po.write_text(po.read_text(encoding="utf-8").replace("Avaa", "Aukaise"), encoding="utf-8")
    os.utime(folder / "hakemus.mo", ns=(1, 1))
    assert read_messages(root, "fi")["Open"] == "Aukaise"
    assert languages(root) == ("fi",)
    assert read_messages(root, "sv") == {}


def test_installed_texts_are_the_compiled_ones_whatever_their_time(tmp_path: Path) -> None:
    root = tmp_path / "_resources"
    folder = root / "locale" / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hakemus.mo").write_bytes(written(write_mo))
    (folder / "hakemus.po").write_text('msgid "Open"\nmsgstr "x"\n', encoding="utf-8")
    assert read_messages(root, "fi") == WANTED


@pytest.mark.parametrize("text", ["msgid Open\n", 'msgid "Open"\nmsgstr "Avaa\n'])
def test_a_broken_source_of_a_catalogue_is_told(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "locale" / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hakemus.po").write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_messages(tmp_path, "fi")


OUTSIDE = struct.pack("<7I", 0x950412DE, 0, 1, 28, 36, 0, 0) + struct.pack("<4I", 100, 28, 1, 28)


@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b"\xde\x12\x04\x95" + b"\xff" * 24, OUTSIDE], ids=len)
def test_a_broken_catalogue_is_told(tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "locale" / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hakemus.mo").write_bytes(data)
    with pytest.raises(UserError):
        read_messages(tmp_path, "fi")


def test_indicators_have_name_unit_and_source_in_every_language() -> None:
    found = read_indicators(ROOT)
    assert [one.id for one in found] == [
        "events",
        "participants",
        "first-time-users",
        "loans",
        "trainings",
        "satisfaction",
        "reach",
    ]
    assert [one.id for one in found if one.per] == ["reach"]
    for one in found:
        assert all(("{group}" in text) is bool(one.per) for text in one.name.values())
        for texts in (one.name, one.unit, one.source):
            assert set(texts) == set(LANGUAGES)
            assert all(text.strip() for text in texts.values())
