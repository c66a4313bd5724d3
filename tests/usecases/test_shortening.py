"""A text's sentences: each once, in order, nothing of the text lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.usecases.lengths import length_of
from hakemus.usecases.shortening import sentences


def cut(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("  \n \n", []),
        ("Yksi. Kaksi! Kolme? Neljä…", ["Yksi.", "Kaksi!", "Kolme?", "Neljä…"]),
        ("Otsikko\n\nKappale jatkuu\nseuraavalla rivillä", ["Otsikko", "Kappale jatkuu", "seuraavalla rivillä"]),
        ("Alkaa 2.5.2018 ja päättyy 3. Toukokuuta. Sitten.", ["Alkaa 2.5.2018 ja päättyy 3. Toukokuuta.", "Sitten."]),
        ("Palveluja, esim. Kirjaauto ja mm. Pop up. Muuta.", ["Palveluja, esim. Kirjaauto ja mm. Pop up.", "Muuta."]),
        ("Hän sanoi: ”Tule!” Ja tuli.", ["Hän sanoi: ”Tule!”", "Ja tuli."]),
        ("Det är t.ex. Böcker. (Och mer.) Slut", ["Det är t.ex. Böcker.", "(Och mer.)", "Slut"]),
        ("ei isoa. alkukirjainta", ["ei isoa. alkukirjainta"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, found: list[str]) -> None:
    assert cut(text) == found


def test_lengths_are_those_of_the_portal() -> None:
    assert [one.length for one in sentences("Ää 😀. B.", "characters")] == [5, 2]
    assert [one.length for one in sentences("Ää 😀. B.", "utf16")] == [6, 2]
    assert [one.length for one in sentences("Ää 😀. B.", "bytes")] == [10, 2]


@given(st.text(alphabet="aA1 .!?\n”():…ä", max_size=60))
def test_whatever_the_text_nothing_falls_between(text: str) -> None:
    found = sentences(text)
    at = 0
    for one in found:
        assert one.start >= at
        assert not text[at : one.start].strip()
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.length == length_of(text[one.start : one.end], "characters")
        at = one.end
    assert not text[at:].strip()
