"""Copies: who gets what inside, which copy says what it is, and a public copy from which people are really gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import page as validation
import pypdfium2
import pytest

from hakemus.adapters.resources.locator import resources_root
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Document
from hakemus.report.model import Copy
from hakemus.usecases import calls, drafts
from hakemus.usecases.publishing import without_personal_data

SECRETS = ("Aino Esimerkki", "aino.esimerkki@esimerkki.fi", "040 000 0001", "Oiva Kuviteltu", "Veli Naapuri")


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Core:
    monkeypatch.setenv("HAKEMUS_TODAY", "2018-11-15")
    return Core(state=tmp_path)


@pytest.fixture
def document(core: Core) -> Document:
    example = json.loads((resources_root() / "examples" / "pop-up-kirjasto.json").read_text(encoding="utf-8"))
    application: dict[str, Any] = example["application"]
    application["applicant"]["email"] = "kirjasto@esimerkki.fi"
    application["applicant"]["contacts"] = [
        {"id": "c1", "role": "signatory", "name": SECRETS[0], "title": "johtaja", "email": SECRETS[1]},
        {"id": "c2", "role": "contact", "name": "Kirjasto", "phone": SECRETS[2]},
    ]
    application["team"] = [{"id": "t1", "name": SECRETS[3], "role": "ohjaaja"}]
    application["partners"] = [{"id": "p1", "name": "Kylä ry", "contact": SECRETS[4], "email": "veli@esimerkki.fi"}]
    application["project"]["summary"] = (
        f"Kirjasto vastaa. Lisätietoja {SECRETS[0].upper()}, oiva\nkuviteltu, {SECRETS[2]}, muu.nimi@esimerkki.fi "
        "tai kirjasto@esimerkki.fi."
    )
    definition = calls.definition_of(core.calls, "avi-kirjastot-2018")
    plain, _ = drafts.application_from_data(application, core.chance.draw)
    return drafts.new_document(definition, "0f0e0d0c-0000-4000-8000-000000000001", "fi", plain)


def text_and_files(pdf: bytes) -> tuple[str, int]:
    with pypdfium2.PdfDocument(pdf) as paper:
        text = "\n".join(page.get_textpage().get_text_range() for page in paper)
        return " ".join(text.split()), paper.count_attachments()


@pytest.mark.parametrize(
    ("copy", "carried"),
    [(c, int(c.value in {"draft", "applicant", "archive"})) for c in Copy if c is not Copy.SUBMISSION],
)
def test_only_the_applicants_own_papers_carry_the_application(
    core: Core, document: Document, copy: Copy, carried: int
) -> None:
    assert text_and_files(core.exporter.pdf_bytes(document, copy))[1] == carried


def test_a_copy_says_at_head_and_foot_which_it_is(core: Core, document: Document) -> None:
    text, _ = text_and_files(core.exporter.pdf_bytes(document, Copy.BOARD, "en"))
    pages = text.count("Made on")
    assert pages > 1
    # once under the call's name, in the head of every page but the first, in the foot of every page
    assert text.count("Board's copy") == 1 + (pages - 1) + pages
    assert "Board's copy" not in text_and_files(core.exporter.pdf_bytes(document, Copy.DRAFT, "en"))[0]


def test_nobody_is_left_on_a_public_copy(core: Core, document: Document) -> None:
    data = core.exporter.pdf_bytes(document, Copy.PUBLIC, "en")
    text, files = text_and_files(data)
    for secret in (*SECRETS, "muu.nimi"):
        assert secret.casefold() not in text.casefold()
        assert secret.encode("utf-16-be") not in data
    assert "(621/1999), section 16" in text
    assert text.count("[removed, 621/1999]") >= 10
    assert files == 0
    for profile in ("ua1", "3a"):
        assert validation.validate_pdf_bytes(data, profile=profile).is_compliant
    assert "kirjasto@esimerkki.fi" in text, "the organisation's own address is nobody's"
    assert "Kirjasto vastaa." in text, "a name of one word may be any word"


def test_the_workbook_of_a_public_copy_holds_nobody_either(core: Core, document: Document) -> None:
    import io
    import zipfile

    book = zipfile.ZipFile(io.BytesIO(core.exporter.xlsx_bytes(document, Copy.PUBLIC)))
    whole = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    for secret in SECRETS:
        assert secret.casefold() not in whole.casefold()


def test_what_is_not_a_person_is_the_same_on_a_public_copy(document: Document) -> None:
    public = without_personal_data(document, "X").draft.application
    before = document.draft.application
    assert public.budget == before.budget
    assert public.funding == before.funding
    assert public.project.title == before.project.title
    assert [person.title for person in public.applicant.contacts] == ["johtaja", None]
    assert public.project.summary is not None
    assert public.project.summary.startswith("Kirjasto vastaa. Lisätietoja X, X, X, X tai kirjasto@")


def test_characters_that_the_font_lacks_are_named_before_export(core: Core, document: Document) -> None:
    plain = drafts.to_plain(document)
    plain["application"]["project"]["title"] = "Kirjat \U0001f4da ja \u0e01"
    odd, _ = drafts.from_plain(plain, core.chance.draw)
    assert core.exporter.lacking(core.exporter.report(document)) == ()
    assert set(core.exporter.lacking(core.exporter.report(odd))) <= {"\U0001f4da", "\u0e01"}
    assert "\u0e01" in core.exporter.lacking(core.exporter.report(odd))


def test_where_nobody_is_named_nothing_is_removed(core: Core) -> None:
    definition = calls.definition_of(core.calls, "avi-kirjastot-2018")
    data = {"project": {"summary": "Kirjasto lähtee liikkeelle."}, "applicant": {"contacts": [{"id": "c1"}]}}
    application, _ = drafts.application_from_data(data, core.chance.draw)
    document = drafts.new_document(definition, "0f0e0d0c-0000-4000-8000-000000000002", "fi", application)
    assert without_personal_data(document, "X").draft == document.draft
