"""What is signed or filled in by hand stands in both languages, each told apart for who listens."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import page as validation
import pikepdf
import pypdfium2
import pytest
from pdf_reports import heading, signature
from pdf_tree import TaggedPdf

from hakemus.report.model import Checks, Copy, Label, Prose, Report, Section

REPORT = Report(
    Copy.BLANK,
    "fi",
    "sv",
    replace(heading("Hakemuslomake / Ansökningsblankett"), form=Label("Hakemus", "Ansökan")),
    (
        Section(
            "submit",
            1,
            Label("Vakuutukset", "Försäkringar"),
            (
                Checks(((False, "Tiedot ovat oikein."),), "Kyllä", "Ei", ("Uppgifterna är riktiga.",)),
                Prose("Vakuutan tiedot oikeiksi.", second="Jag försäkrar att uppgifterna är riktiga."),
            ),
        ),
    ),
)


def test_declarations_and_the_promise_stand_in_both_languages(rendered: Callable[[Report], bytes]) -> None:
    data = rendered(REPORT)
    with pypdfium2.PdfDocument(data) as paper:
        text = paper[0].get_textpage().get_text_range()
    assert text.index("Tiedot ovat oikein.") < text.index("Uppgifterna är riktiga.") < text.index("Vakuutan")
    assert "Jag försäkrar" in text
    with pikepdf.open(io.BytesIO(data)) as paper:
        spoken = [
            str(thing.Lang) for thing in paper.objects if isinstance(thing, pikepdf.Dictionary) and "/Lang" in thing
        ]
    assert spoken.count("sv-FI") == 3  # section, declaration, promise


@pytest.mark.parametrize("lines", range(28, 40))
def test_the_promise_in_both_languages_stands_over_the_signature(
    rendered: Callable[[Report], bytes], lines: int
) -> None:
    section = REPORT.sections[0]
    filler = tuple(Prose(f"rivi {at}") for at in range(lines))
    (promise,) = [block for block in section.blocks if isinstance(block, Prose)]
    blocks = (*filler, promise, signature())
    tagged = TaggedPdf(rendered(replace(REPORT, sections=(replace(section, blocks=blocks),))))
    pages = {
        node.pieces[0][0]
        for node in tagged.root.walk()
        if node.pieces and ("vakuutan" in node.text.lower() or "försäkrar" in node.text or "Allekirjoitus" in node.text)
    }
    assert len(pages) == 1


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_blank_form_in_two_languages_conforms(rendered: Callable[[Report], bytes], profile: str) -> None:
    verdict = validation.validate_pdf_bytes(rendered(REPORT), profile=profile)
    assert [str(failure) for failure in verdict.failures] == []
