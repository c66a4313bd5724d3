"""The guide as it ships: whole in both languages, its links lead somewhere, and its words are those on the screen."""

from __future__ import annotations

import re

import pytest

from hakemus.adapters.resources.catalogues import read_messages
from hakemus.adapters.resources.guide import read_guide
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.steps import STEPS
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.actions import MENUS
from hakemus.usecases.guide import (
    LANGUAGES,
    STEPS_PAGE,
    GuidePage,
    anchor_of,
    chapters,
    found,
    guide_language,
    place_of_step,
)

ROOT = resources_root()


def flat(text: str) -> str:
    return text.replace("&", "").replace("\N{NO-BREAK SPACE}", " ").strip(" …").casefold()


def screen_words(language: str) -> set[str]:
    words: set[str] = set()
    for shown in read_messages(ROOT, language).values():
        words |= {flat(text) for text in ((shown,) if isinstance(shown, str) else shown)}
    return words


def test_both_languages_have_the_same_pages() -> None:
    names = [[page.name for page in read_guide(ROOT, language)] for language in LANGUAGES]
    assert names[0] == names[1]
    assert names[0][0] == "index"
    assert len(names[0]) > 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_name_every_page_by_its_title(language: str) -> None:
    pages = read_guide(ROOT, language)
    named = dict(re.findall(r"^- \[(.+)\]\(([\w-]+)\.md\)$", pages[0].text, re.M))
    assert named == {page.title: page.name for page in pages[1:]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_and_headings_that_exist(language: str) -> None:
    pages = {page.name: page for page in read_guide(ROOT, language)}
    for page in pages.values():
        for name, anchor in re.findall(r"\]\(([\w-]+)\.md(?:#([^)]+))?\)", page.text):
            assert name in pages, f"{page.name} links to {name}"
            assert not anchor or anchor in {anchor_of(title) for title in chapters(pages[name])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_bold_are_those_on_the_screen(language: str) -> None:
    """What the guide shows in bold is said to stand on the screen: it has to be some sentence of the program."""
    known = screen_words(language)
    wrong = {
        f"{page.name}: {words}"
        for page in read_guide(ROOT, language)
        for words in re.findall(r"\*\*(.+?)\*\*", page.text)
        if flat(words) not in known
    }
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_has_its_chapter(language: str) -> None:
    pages = read_guide(ROOT, language)
    messages = read_messages(ROOT, language)
    steps = next(page for page in pages if page.name == STEPS_PAGE)
    assert list(chapters(steps)) == [messages[STEP_NAMES[step]] for step in STEPS]
    assert place_of_step(pages, "budget") == f"steps.md#{anchor_of(chapters(steps)[STEPS.index('budget')])}"


def test_a_page_of_the_guide_is_found_by_all_its_words() -> None:
    pages = (GuidePage("a", "# Yksi\n\nRivin summa"), GuidePage("b", "# Kaksi\n\nRivi"))
    assert [page.name for page in found(pages, "RIVI")] == ["a", "b"]
    assert [page.name for page in found(pages, "summa rivi")] == ["a"]
    assert found(pages, "ei ole") == ()
    assert found(pages, "  ") == pages
    assert pages[0].title == "Yksi"


def test_what_has_no_chapter_opens_the_first_page() -> None:
    pages = (GuidePage("index", "# Opas"), GuidePage(STEPS_PAGE, "# Vaiheet\n\n## Hakija"))
    assert place_of_step(pages, "applicant") == "steps.md#hakija"
    assert place_of_step(pages, "budget") == "index.md"
    assert place_of_step(pages, "") == "index.md"
    assert place_of_step(pages[:1], "applicant") == "index.md"
    assert place_of_step((), "applicant") == ""


def test_an_english_program_reads_the_guide_in_finnish() -> None:
    assert guide_language("sv") == "sv"
    assert guide_language("en") == "fi"


@pytest.mark.parametrize(("language", "shift"), [("fi", "Vaihto"), ("sv", "Skift")])
def test_every_command_of_the_menus_stands_with_its_key_on_the_page_of_keys(language: str, shift: str) -> None:
    text = next(page.text for page in read_guide(ROOT, language) if page.name == "keyboard")
    messages = read_messages(ROOT, language)
    written = {(key, flat(words)) for key, words in re.findall(r"^\| (.+?) \| \*\*(.+?)\*\* \|$", text, re.M)}
    wanted = {
        (item.keys.replace("Shift", shift).replace("PgDown", "PgDn"), flat(str(messages[item.words])))
        for _, menu in MENUS
        for item in menu
        if item.words
    }
    assert written == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_official_terms_are_explained_and_found(language: str) -> None:
    """What an application form takes for known: its words in three languages, the weightiest with a sentence each."""
    pages = {name: {page.name: page for page in read_guide(ROOT, name)}["words"].text for name in LANGUAGES}
    explained = re.findall(r"^- \*(.+?)\*: (.+)$", pages[language], re.MULTILINE)
    assert len(explained) == len(re.findall(r"^- \*", pages["fi"], re.MULTILINE)) >= 16
    assert [term for term, _ in explained] == sorted((term for term, _ in explained), key=_alphabet)
    assert all(words.endswith(".") for _, words in explained)
    for term, _ in explained[:3]:
        assert "words" in {page.name for page in found(read_guide(ROOT, language), term)}


def _alphabet(term: str) -> str:
    return term.replace("å", "z0").replace("ä", "z1").replace("ö", "z2")
