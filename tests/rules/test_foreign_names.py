"""Another library's name that was left in a copied text is found by the shape of the applicant's own."""

from __future__ import annotations

import pytest
from rule_calls import AVI, by_rule, judge

from hakemus.rules.faults import Fault
from hakemus.rules.foreign_names import foreign_names

MESSAGE = '"{name}" is neither the applicant nor a partner. Was the text copied?'
OWN = "Esimerkin kaupunginkirjasto"


def told(text: str, library: str | None = OWN, **parts: object) -> list[tuple[str, str]]:
    tree = {"applicant": {"library": library}, "project": {"need": text}, **parts}
    return [
        (item.paths[0], item.message.values["name"])
        for item in by_rule(judge(tree, AVI), "leftover")
        if item.message.key == MESSAGE
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tapahtumat järjestää Mallilan kaupunginkirjasto.",
        "Tapahtumat pidetään Mallilan kaupunginkirjastossa.",
        "Esimerkin kaupunginkirjasto ja Mallilan\nkaupunginkirjasto.",
    ],
)
def test_another_name_is_found_in_any_form(text: str) -> None:
    assert told(text) == [("project.need", "Mallilan kaupunginkirjasto")]


@pytest.mark.parametrize(
    "text",
    [
        "Tapahtumat järjestää Esimerkin kaupunginkirjasto.",
        "Mukana on ESIMERKIN kaupunginkirjasto.",
        "Oma kaupunginkirjasto on lähellä.",
        "On kesä. Jokainen kaupunginkirjasto avaa ovensa: Uusi kaupunginkirjasto syntyy.",
        "– Uusi kaupunginkirjasto\nVanha kaupunginkirjasto",
        "Siellä on pieni kaupunginkirjasto.",
        "Kaupunginkirjasto on kiinni.",
        "Mukana on Uus-kaupunginkirjasto.",
    ],
)
def test_ones_own_name_and_plain_words_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "parts",
    [
        {"partners": [{"id": "p", "name": "Mallilan  kaupunginkirjasto"}]},
        {"team": [{"id": "t", "organisation": "Mallilan kaupunginkirjasto, lastenosasto"}]},
        {"funding": {"other": [{"id": "o", "source": "mallilan kaupunginkirjasto"}]}},
    ],
)
def test_whoever_takes_part_is_no_stranger(parts: dict[str, object]) -> None:
    assert told("Työn tekee Mallilan kaupunginkirjasto.", **parts) == []


def test_other_languages_need_no_words_of_ours() -> None:
    assert told("Det ordnas av Modellby stadsbibliotek.", "Exempelby stadsbibliotek") == [
        ("project.need", "Modellby stadsbibliotek")
    ]


@pytest.mark.parametrize(
    ("library", "text", "name"),
    [
        ("Esimerkin seudun kaupunginkirjasto", "Mukana on Mallilan kaupunginkirjasto.", "Mallilan kaupunginkirjasto"),
        ("Esimerkin kirjat", "Mukana on Mallilan kirjat.", "Mallilan kirjat"),
    ],
)
def test_the_last_word_of_ones_own_name_tells_its_kind(library: str, text: str, name: str) -> None:
    assert told(text, library) == [("project.need", name)]


@pytest.mark.parametrize(
    ("library", "text"),
    [
        ("Esimerkin Kirjasto", "Mukana on Mallilan Kirjasto."),
        ("Esimerkin kirjasto-10", "Mukana on Mallilan kirjasto-10."),
        ("Esimerkin talot", "Mukana on Mallilan talot."),
    ],
)
def test_a_last_word_with_capitals_or_signs_or_few_letters_tells_nothing(library: str, text: str) -> None:
    assert told(text, library) == []


@pytest.mark.parametrize("library", [None, "", "Kirjasto", "Esimerkin Kirjasto", "Esimerkin talo", "Kirjasto 10"])
def test_a_name_that_says_too_little_finds_nothing(library: str | None) -> None:
    assert told("Mukana on Mallilan kaupunginkirjasto, Mallilan talo ja Kirjasto 20.", library) == []


def test_each_text_is_told_once_and_marked_by_its_name() -> None:
    text = "Mukana Mallilan kaupunginkirjasto ja Kaavilan kaupunginkirjasto."
    goals = [{"id": "g", "text": "Kuten Kaavilan kaupunginkirjasto"}]
    assert told(text, goals=goals) == [
        ("project.need", "Mallilan kaupunginkirjasto"),
        ("goals[g].text", "Kaavilan kaupunginkirjasto"),
    ]


@pytest.mark.parametrize(
    ("library", "text", "found"),
    [
        ("Oulun seudun kirjasto", "Mukana on Vaasan kirjasto.", True),
        ("Oulun museot", "Mukana ovat Vaasan museot.", True),
        ("Oulun musea", "Mukana ovat Vaasan musea.", False),
        ("Oulun KIRJASTO", "Mukana on Vaasan KIRJASTO.", False),
        ("Oulun kirjasto2", "Mukana on Vaasan kirjasto2.", False),
        ("kirjasto", "Mukana on Vaasan kirjasto.", False),
    ],
)
def test_what_a_library_is_called_tells_what_others_like_it_are(library: str, text: str, found: bool) -> None:
    faults = list(foreign_names(library, (), (Fault("project.need", text),)))
    assert bool(faults) is found
