"""A letter of intent says what the partner's rows say, nothing of other partners, and is a paper to be signed."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validation
import pypdfium2
import pytest

from fakes.ports import document
from hakemus.bootstrap.core import Core
from hakemus.usecases.errors import UserError

DAY = datetime.date(2018, 11, 15)
DATA: dict[str, Any] = {
    "applicant": {
        "organisation": "Esimerkkilän kaupunki",
        "library": "Esimerkkilän kirjasto",
        "business_id": "9990001-6",
        "contacts": [
            {"id": "f", "role": "finance", "name": "Talousihminen"},
            {"id": "r", "role": "responsible", "name": "Kirjastonhoitaja", "email": "kirjasto@esimerkki.fi"},
        ],
    },
    "project": {"title": "Kirjasto liikkuu", "summary": "Viedään kirjat kylille.", "starts_on": "2019-01-01"},
    "partners": [
        {"id": "k", "name": "Kylä  talo", "kind": "yhdistys", "role": "Tilat", "contact": "Isäntä"},
        {"id": "n", "name": "Naapurikunta"},
        {"id": "tyhja"},
    ],
    "activities": [
        {"id": "a", "title": "Avajaiset", "responsible": "kylä talo", "starts_on": "2019-05-02"},
        {"id": "b", "title": "Muu työ", "responsible": "Kirjasto"},
        {"id": "c", "title": "Ei kenenkään"},
    ],
    "budget": {
        "lines": [
            {"id": "l", "category": "services", "description": "Vuokra", "amount": "120.00", "payer": "k"},
            {"id": "m", "category": "services", "description": "Auto", "amount": "77.00"},
        ]
    },
    "funding": {
        "own": [
            {"id": "o", "kind": "partner", "amount": "40.00", "partner": "k", "description": "Talkoot"},
            {"id": "p", "kind": "appropriation", "amount": "50.00"},
            {"id": "q", "kind": "partner", "partner": "k"},
        ],
        "other": [
            {"id": "x", "source": "Kylärahasto", "amount": "30.00", "partner": "k", "status": "applied"},
            {"id": "y", "source": "Hylätty", "amount": "31.00", "partner": "k", "status": "refused"},
            {"id": "z", "source": "Säätiö", "amount": "32.00"},
        ],
    },
}


@pytest.fixture
def core(tmp_path: Path) -> Core:
    return Core(DAY, tmp_path)


def letter(core: Core, partner: str, language: str = "fi") -> str:
    data = core.exporter.letter_bytes(document(DATA), partner, language)
    for profile in ("ua1", "3a"):
        assert validation.validate_pdf_bytes(data, profile=profile).is_compliant
    with pypdfium2.PdfDocument(BytesIO(data)) as paper:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())


def test_it_says_who_what_when_and_with_which_money(core: Core) -> None:
    text = letter(core, "k")
    for words in (
        "Aiesopimus",
        "Esimerkkilän kaupunki, Esimerkkilän kirjasto",
        "9990001-6",
        "Kirjastonhoitaja, kirjasto@esimerkki.fi",
        "yhdistys",
        "Isäntä",
        "Viedään kirjat kylille.",
        "Tilat",
        "Avajaiset, 2.5.2019",
        "120,00 €",
        "Oma rahoitus, Talkoot 40,00 €",
        "Muu rahoitus, Kylärahasto 30,00 €",
        "jos avustus myönnetään",
    ):
        assert words in text
    for words in ("Naapurikunta", "Muu työ", "77,00", "50,00", "31,00", "32,00", "Talousihminen", "LUONNOS"):
        assert words not in text
    assert text.count("Nimenselvennys") == 2


def test_what_nobody_has_said_is_a_line_to_write_on(core: Core) -> None:
    text = letter(core, "tyhja", "sv")
    assert "Avsiktsförklaring" in text
    assert "……" in text
    assert "I ansökan finns varken finansiering från partnern" in text
    assert "Partnern" in text


def test_an_application_without_anything_still_makes_a_letter(core: Core) -> None:
    data = core.exporter.letter_bytes(document({"partners": [{"id": "k"}]}), "k", "en")
    assert data.startswith(b"%PDF")


def test_a_partner_that_is_gone_is_told(core: Core) -> None:
    with pytest.raises(UserError):
        core.exporter.letter_bytes(document(DATA), "zzz")
