"""What is marked as secret is nowhere in a public copy: not in its text, its tags, its bytes, nor in the workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pytest
from pdf_tree import TaggedPdf, bare

from fakes.ports import Chance, Clock, document
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Document
from hakemus.report.model import Copy
from hakemus.usecases.session import Session

WORD = "Zqx"
"""Every secret text begins with it, so that a part of one would be seen too."""


def tokens() -> Iterator[str]:
    number = 100
    while True:
        number += 1
        yield f"{WORD}{number} kaapelitie{number}"


def application() -> dict[str, Any]:
    new = tokens().__next__
    line = {"category": "services", "description": new(), "supplier": new(), "account": new(), "unit": new()}
    return {
        "applicant": {
            "organisation": "Kaupunki", "street": new(), "iban": new(), "phone": new(),
            "contacts": [{"id": "c1", "role": "signatory", "name": new(), "title": new(), "phone": new(),
                          "email": new()}],
        },
        "project": {
            "title": new(), "summary": f"Alku. {new()} Loppu.", "need": f"{new()}\n\n{new()}",
            "keywords": [new(), new()], "starts_on": "2019-03-07", "ends_on": "2019-11-28", "cooperation": new(),
            "cost_centre": new(),
        },
        "goals": [{"id": "g1", "text": new(), "strategy": new(),
                   "indicators": [{"id": "i1", "name": new(), "baseline": new(), "target": new(), "source": new()}]}],
        "activities": [{"id": "a1", "title": new(), "description": new(), "responsible": new(), "result": new(),
                        "starts_on": "2019-04-17", "ends_on": "2019-05-19"}],
        "partners": [{"id": "p1", "name": new(), "kind": new(), "role": new(), "contact": new(), "email": new(),
                      "commitment": "promised", "committed_on": "2018-10-13"}],
        "team": [{"id": "t1", "name": new(), "organisation": new(), "role": new()}],
        "budget": {
            "lines": [{"id": "l1", **line, "quantity": "7", "unit_price": "1313.13", "payer": "p1", "activity": "a1"},
                      {"id": "l2", "category": "travel", "description": "Julkinen", "amount": "500.00", "payer": "p1",
                       "activity": "a1"}],
            "people": [{"id": "w1", "title": new(), "months": "3.7", "monthly_pay": "2929.29", "time_percent": "61"}],
        },
        "funding": {
            "grant": "9000.00",
            "own": [{"id": "o1", "kind": "work", "description": new(), "amount": "4141.41", "evidence": new(),
                     "hours": "77", "rate": "53.53"}],
            "other": [{"id": "x1", "source": new(), "kind": "private", "status": "applied", "amount": "3737.37",
                       "decided_on": "2018-12-14"}],
            "income": [{"id": "n1", "description": new(), "amount": "2323.23"}],
        },
        "answers": {"unasked": new()},
        "attachments": [{"id": "b1", "title": new(), "filename": new(), "kind": new(), "state": "later"}],
    }  # fmt: skip


WHOLE = (
    "applicant.street", "applicant.iban", "applicant.phone", "applicant.contacts[c1]", "project", "goals[g1]",
    "activities[a1]", "partners[p1]", "team[t1]", "budget.lines[l1]", "budget.people[w1]", "funding.own[o1]",
    "funding.other[x1]", "funding.income[n1]", "answers[unasked]", "attachments[b1]",
)  # fmt: skip
FIELDS = (
    "applicant", "project", "goals[g1].text", "goals[g1].strategy", "goals[g1].indicators",
    *(f"activities[a1].{name}" for name in ("title", "description", "responsible", "result", "starts_on", "ends_on")),
    *(f"partners[p1].{name}" for name in ("name", "kind", "role", "contact", "email", "commitment", "committed_on")),
    *(f"team[t1].{name}" for name in ("name", "organisation", "role")),
    *(f"budget.lines[l1].{name}" for name in ("description", "supplier", "account", "unit", "quantity", "unit_price")),
    *(f"budget.people[w1].{name}" for name in ("title", "months", "monthly_pay", "time_percent")),
    *(f"funding.own[o1].{name}" for name in ("description", "amount", "evidence", "hours", "rate")),
    *(f"funding.other[x1].{name}" for name in ("source", "amount", "decided_on")),
    *(f"funding.income[n1].{name}" for name in ("description", "amount")),
    "answers", "attachments",
)  # fmt: skip
FIGURES = (
    "1 313,13", "9 191,91", "2 929,29", "4 141,41", "3 737,37", "2 323,23", "53,53", "3,7", "61 %", "7.3.2019",
    "28.11.2019", "17.4.2019", "19.5.2019", "13.10.2018", "14.12.2018",
)  # fmt: skip


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Core:
    monkeypatch.setenv("HAKEMUS_TODAY", "2018-11-15")
    return Core(state=tmp_path)


def held(paths: tuple[str, ...]) -> Document:
    session = Session(document(application()), Chance().draw, Clock())
    for path in paths:
        session.mark_secret(path, "24.1.20")
    return Document(id=session.document.id, draft=session.draft)


def everything(pdf: bytes) -> str:
    """All that a PDF holds: what its pages show and say, every string of its objects, its streams as text."""
    tagged = TaggedPdf(pdf)
    parts = [tagged.root.text, *(text for _, _, text in tagged.artifacts), *tagged.loose]
    parts += [value for node in tagged.root.walk() for value in node.keys.values()]
    for thing in tagged.pdf.objects:
        parts += list(strings(thing))
        if isinstance(thing, pikepdf.Stream):
            raw = thing.read_bytes()
            parts += [raw.decode("latin-1"), raw.decode("utf-8", "replace"), raw.decode("utf-16-be", "replace")]
    # the place of the table of objects at the end is a number that may end like any figure
    return "\n".join(parts) + re.sub(rb"startxref\s+\d+\s+%%EOF", b"", pdf).decode("latin-1")


def strings(thing: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)) and depth < 3:
        for each in thing.values() if not isinstance(thing, pikepdf.Array) else thing:
            yield from strings(each, depth + 1)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u00ad", ""))


def test_people_that_are_marked_have_the_ground_of_their_mark(core: Core) -> None:
    root = TaggedPdf(core.exporter.pdf_bytes(held(("applicant.contacts", "partners", "team")), Copy.PUBLIC, "fi")).root
    assert "[poistettu, 621/1999]" not in root.text
    assert root.text.replace("\u00a0", " ").count("20 k.]") >= 3


@pytest.mark.parametrize("paths", [WHOLE, FIELDS], ids=["rows", "fields"])
@pytest.mark.parametrize("languages", [("fi", "sv"), ("sv", ""), ("en", "fi")])
def test_nothing_secret_is_anywhere_in_a_public_copy(
    core: Core, paths: tuple[str, ...], languages: tuple[str, str]
) -> None:
    secret = held(paths)
    draft = plain(everything(core.exporter.pdf_bytes(secret, Copy.DRAFT, *languages)))
    for figure in FIGURES:
        assert figure in draft, f"{figure} would not be missed"
    assert draft.count(WORD) > 40
    pdf = core.exporter.pdf_bytes(secret, Copy.PUBLIC, *languages)
    found = plain(everything(pdf))
    assert WORD.casefold() not in found.casefold()
    assert "kaapelitie" not in found.casefold()
    assert [figure for figure in FIGURES if figure in found] == []
    assert "621/1999" in found
    assert "Julkinen" in found
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.attachments) == 0
    for profile in ("ua1", "3a"):
        assert [str(fault) for fault in validation.validate_pdf_bytes(pdf, profile=profile).failures] == []


@pytest.mark.parametrize("paths", [WHOLE, FIELDS], ids=["rows", "fields"])
def test_nothing_secret_is_in_the_workbook_of_a_public_copy(core: Core, paths: tuple[str, ...]) -> None:
    book = zipfile.ZipFile(io.BytesIO(core.exporter.xlsx_bytes(held(paths), Copy.PUBLIC)))
    whole = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    assert WORD.casefold() not in whole.casefold()
    for figure in ("1313.13", "9191.91", "2929.29", "4141.41", "3737.37", "2323.23", "43557", "43797"):
        assert figure not in whole, figure


def test_the_ground_stands_where_the_secret_was(core: Core) -> None:
    summary = application()["project"]["summary"]
    passage = summary.removeprefix("Alku. ").removesuffix(" Loppu.")
    session = Session(document(application()), Chance().draw, Clock())
    session.mark_secret("project.summary", "24.1.31", passage=passage)
    session.mark_secret("partners[p1].name", "24.1.25")
    session.mark_secret("budget.lines[l1].unit_price", "24.1.17")
    public = Document(id="d", draft=session.draft)
    root = TaggedPdf(core.exporter.pdf_bytes(public, Copy.PUBLIC, "fi")).root
    text = bare(root.text)
    assert bare("Alku. [salassa pidettävä: 621/1999 24 § 1 mom. 31 k.] Loppu.") in text
    row = next(
        bare(row.text)
        for row in root.all("TR")
        if bare("[salassa pidettävä: 621/1999 24 § 1 mom. 17 k.]") in bare(row.text)
    )
    assert row.count("[…]") == 4, "quantity, unit, price and sum"
    assert text.count(bare("[salassa pidettävä: 621/1999 24 § 1 mom. 25 k.]")) == 3, "the partner, and twice as payer"
    assert text.count(bare("[poistettu, 621/1999]")) == 7, "what is personal without a mark keeps its own ground"
    for ground in ("31 kohta: salainen puhelinnumero", "25 kohta: henkilön sosiaalihuolto", "17 kohta: julkisyhteisön"):
        assert bare(f"24 § 1 mom. {ground}") in text


def test_a_secret_grant_and_a_secret_role_are_not_told_by_what_stands_beside_them(core: Core) -> None:
    secret = held(("funding.grant", "applicant.contacts[c1].role"))
    root = TaggedPdf(core.exporter.pdf_bytes(secret, Copy.PUBLIC, "fi")).root
    text = root.text.replace("\u00a0", " ")
    assert "9 000,00" not in text
    assert "55,20" not in text, "its share"
    assert "2 898,69" not in text, "what is funded above the costs"
    assert not [figure for figure in root.all("Figure") if "Rahoitus" in figure.keys["/Alt"]]
    assert "Allekirjoittaja" not in text
    assert text.count("20 k.]") == 2


def test_a_bar_lies_under_each_mark_and_nowhere_else(core: Core) -> None:
    def bars(copy: Copy) -> int:
        pages = pikepdf.open(io.BytesIO(core.exporter.pdf_bytes(held(("project.summary",)), copy, "fi"))).pages
        return sum(str(operator) in ("B", "B*") for page in pages for _, operator in pikepdf.parse_content_stream(page))

    root = TaggedPdf(core.exporter.pdf_bytes(held(("project.summary",)), Copy.PUBLIC, "fi")).root
    marks = root.text.count("[poistettu,") + root.text.count("[salassa")
    assert marks <= bars(Copy.PUBLIC) <= 2 * marks, "a mark may go on in a second line"
    assert bars(Copy.DRAFT) == 0


def test_other_copies_show_all_of_it(core: Core) -> None:
    secret = held(WHOLE)
    for copy in (Copy.DRAFT, Copy.BOARD, Copy.ARCHIVE):
        assert WORD in TaggedPdf(core.exporter.pdf_bytes(secret, copy)).root.text
