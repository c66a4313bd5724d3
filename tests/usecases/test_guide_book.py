"""The guide as one document: each kind of Markdown that it is written in, and nothing lost on the way to paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hakemus.adapters.resources.guide import picture_folder, read_guide
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.steps import STEPS
from hakemus.usecases.guide import LANGUAGES, GuidePage
from hakemus.usecases.guide_book import Grid, Items, Paragraph, Picture, Subhead, book_of

ROOT = resources_root()
TEXT = """# Otsikko

Kappale, jossa on **sana**, *korostus*, `koodi` ja [linkki](toinen.md#kohta)
kahdella rivillä; 2*3*4 ja [ei mihinkään](puuttuu.md).

## Väliotsikko
Heti alla.

- yksi
  jatkuu
- kaksi

1. ensin
2. sitten

| a | b |
|---|---|
| 1 | **2** |

![Mitä kuvassa on](06-budget.png)
"""


def book(*pages: GuidePage):  # type: ignore[no-untyped-def]
    return book_of(pages, "fi", "versio", "{page}/{pages}", lambda number: f"osa {number}")


def test_each_part_of_a_page_comes_through() -> None:
    made = book(GuidePage("eka", TEXT), GuidePage("toinen", "# Toinen"))
    assert made.title == "Otsikko"
    assert [chapter.number for chapter in made.chapters] == [1, 2]
    assert made.parts() == [
        Paragraph(
            "Kappale, jossa on ”sana”, korostus, koodi ja linkki (osa 2) kahdella rivillä; 2*3*4 ja ei mihinkään."
        ),
        Subhead("Väliotsikko"),
        Paragraph("Heti alla."),
        Items(("yksi jatkuu", "kaksi")),
        Items(("ensin", "sitten"), numbered=True),
        Grid(("a", "b"), (("1", "”2”"),)),
        Picture("06-budget.png", "Mitä kuvassa on"),
    ]


def test_a_guide_without_pages_is_an_empty_book() -> None:
    assert book().title == ""
    assert book().parts() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_guide_is_lost_on_the_way(language: str) -> None:
    pages = read_guide(ROOT, language)
    made = book_of(pages, language, "", "", str)
    told = " ".join([*(chapter.title for chapter in made.chapters), *map(_words, made.parts())])
    wanted = set(re.findall(r"\w+", re.sub(r"\]\([^)]*\)|```", " ", " ".join(page.text for page in pages))))
    assert wanted <= set(re.findall(r"\w+", told))


def _words(part: object) -> str:
    match part:
        case Subhead(text) | Paragraph(text):
            return text
        case Items(texts):
            return " ".join(texts)
        case Grid(head, rows):
            return " ".join([*head, *(cell for row in rows for cell in row)])
        case Picture(_name, alt):
            return alt
    raise AssertionError(part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_one_that_the_tour_makes(language: str) -> None:
    """The tour writes `00-start_…` and one file for each step; the pictures that ship are those, with fewer colours."""
    from PIL import Image

    made = {"00-start", *(f"{number:02d}-{step}" for number, step in enumerate(STEPS, 1))}
    whole = book_of(read_guide(ROOT, language), language, "", "", str)
    named = [part for part in whole.parts() if isinstance(part, Picture)]
    every = {f"{name}{theme}{size}.png" for name in made for theme in ("", "-dark") for size in ("", "-wide")}
    assert {part.name for part in named} == every
    folder = picture_folder(ROOT, language)
    for part in named:
        assert len(part.alt) > 20
        with Image.open(folder / part.name) as image:
            assert image.size == ((1920, 1080) if "-wide" in part.name else (1280, 800))
    assert {path.name for path in folder.iterdir()} == {part.name for part in named}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_of_the_guide_conforms_and_is_the_same_each_time(tmp_path: Path, language: str) -> None:
    import page as validation
    import pikepdf

    from hakemus.bootstrap.core import Core
    from hakemus.bootstrap.guide import guide_pdf

    core = Core(state=tmp_path)
    made = guide_pdf(core, language)
    assert made == guide_pdf(core, language)
    target = tmp_path / "guide.pdf"
    target.write_bytes(made)
    for profile in ("ua1", "3a"):
        assert validation.validate_pdf_bytes(made, profile=profile).is_compliant
    with pikepdf.open(target) as paper:
        assert str(paper.Root.Lang) == f"{language}-FI"
        with paper.open_outline() as outline:
            assert len(outline.root) == len(read_guide(ROOT, language))
