"""Every paper is PDF/UA-1 and PDF/A-3a at once, whatever stands in it, and its tree says what its pages show."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import page as validation
import pdf_reports as reports
import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pdf_tree import Node, TaggedPdf, bare, plain
from reportlab.pdfbase.pdfdoc import PDFDocument

from hakemus.adapters.pdf.metadata import EmbeddedFile
from hakemus.adapters.pdf.render import render_pdf
from hakemus.adapters.pdf.workarounds import plain as plain_stream
from hakemus.report.model import (
    Checks,
    Copy,
    EmptyCell,
    Field,
    Gap,
    Label,
    PendingCell,
    Prose,
    Report,
    Row,
    Section,
    TextCell,
)

SAMI = "Ázzat Čáhci Đuoddar Ŋuorra Šállu Ŧuktu Žiella čđŋšŧž"
HOSTILE = (
    '=1+1 <b>lihava & </para> <img src="/etc/passwd"/> \\( ) \x00\x07 \ufffe\uffff \udc80 '
    "\U0001f600\U0001f469\U0001f3fd\u200d\U0001f680 \u6f22\u5b57 \ue000 \ufeff \u202eabc\u202c "
    "x\u0301 \u2011 \u2028 \u00ad"
)
LONG = "Tavallinen lause kirjaston arjesta, joka jatkuu ja jatkuu yhä uuden sivun alkuun. " * 490


def everything_hostile() -> Report:
    blocks = (
        reports.text_field(HOSTILE, HOSTILE, second=HOSTILE, note=HOSTILE),
        reports.text_field("Pitkä", LONG),
        reports.text_field("Ilman välejä", "äÖx" * 3000),
        reports.text_field("Leveä", LONG[:9000], long=True),
    )
    table = reports.budget(120)
    cell = TextCell(f"{HOSTILE} {LONG[:12000]}")
    tall = replace(table, rows=(replace(table.rows[1], cells=(cell, *table.rows[1].cells[1:])), *table.rows))
    sections = (
        Section("a", 1, Label(HOSTILE, HOSTILE), blocks),
        Section("b", 2, Label("Talous"), (tall, reports.gantt(90), reports.funding_bar())),
    )
    heading = replace(reports.heading(HOSTILE * 3), applicant=HOSTILE, subject=HOSTILE)
    return reports.report(parts=sections, heading=heading, second_language="sv")


def many_sections() -> Report:
    return reports.report(parts=reports.sections() * 6)


PAPERS: dict[str, Callable[[], Report]] = {
    "ordinary": reports.report,
    "empty": lambda: reports.report("", (), mark="", mark_sentence=""),
    "submission": lambda: reports.report(copy=Copy.SUBMISSION, mark="", mark_sentence=""),
    "blank": lambda: reports.report(copy=Copy.BLANK, mark="", mark_sentence=""),
    "swedish": lambda: reports.report(SAMI, language="sv", second_language="fi"),
    "hostile": everything_hostile,
    "long": many_sections,
}


@pytest.fixture(scope="module", params=PAPERS)
def paper(request: pytest.FixtureRequest, rendered: Callable[[Report], bytes]) -> bytes:
    return rendered(PAPERS[request.param]())


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_validates(paper: bytes, profile: str) -> None:
    verdict = validation.validate_pdf_bytes(paper, profile=profile)
    assert [str(failure) for failure in verdict.failures] == []
    assert verdict.is_compliant


def test_parent_tree_names_the_element_of_each_content(paper: bytes) -> None:
    """Validators do not notice a ParentTree in the wrong order, or one MCID given twice."""
    tagged = TaggedPdf(paper)
    rows, claimed = tagged.parent_tree(), tagged.elements()
    assert tagged.repeated == []
    assert set(claimed) == set(tagged.contents)
    for number, page in enumerate(tagged.pdf.pages):
        row = rows[int(page.StructParents)]
        assert [element.objgen for element in row] == [claimed[(number, mcid)] for mcid in range(len(row))]
        assert len(row) == sum(key[0] == number for key in tagged.contents)


def test_nothing_drawn_is_neither_content_nor_artifact(paper: bytes) -> None:
    assert TaggedPdf(paper).loose == []


def test_rows_are_regular_and_heads_have_scope(paper: bytes) -> None:
    for table in TaggedPdf(paper).root.all("Table"):
        widths = {sum(int(cell.attributes.get("/ColSpan", "1")) for cell in row.children) for row in table.all("TR")}
        assert len(widths) == 1
        assert all(cell.attributes["/Scope"] in ("/Column", "/Row") for cell in table.all("TH"))
        head = table.all("THead")[0]
        assert {cell.attributes["/Scope"] for cell in head.all("TH")} == {"/Column"}


def test_figures_say_in_words_what_they_show(paper: bytes) -> None:
    for figure in TaggedPdf(paper).root.all("Figure"):
        assert figure.keys["/Alt"].strip()
        assert "/BBox" in figure.attributes


def test_headings_do_not_skip_a_level(paper: bytes) -> None:
    levels = [int(node.role[1]) for node in TaggedPdf(paper).root.walk() if node.role[0] == "H"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_only_embedded_fonts(paper: bytes) -> None:
    for page in TaggedPdf(paper).pdf.pages:
        for font in page.Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor
            assert str(font.BaseFont).partition("+")[2].split("-")[0] in ("SourceSansPro", "DejaVuSans")


def test_nothing_of_this_machine_or_its_user_is_inside(
    fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [str(fonts), str(tmp_path), "kone-k17", "lainaaja99"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("socket.gethostname", lambda: "kone-k17")
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "lainaaja99")
    data = render_pdf(reports.report(), made_on=date(2026, 11, 22), program="hakemus", fonts=fonts)
    with TaggedPdf(data).pdf as pdf:
        inside = [data, *(each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream))]
    assert [word for word in told if any(word.encode() in part for part in inside)] == []


def test_same_report_same_bytes(rendered: Callable[[Report], bytes]) -> None:
    first = rendered(reports.report())
    rendered(everything_hostile())
    assert rendered(reports.report()) == first


def test_day_is_the_only_date(fonts: Path) -> None:
    data = render_pdf(reports.report(), made_on=date(2031, 5, 4), program="hakemus 9", fonts=fonts)
    with TaggedPdf(data).pdf as pdf:
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20310504000000Z"
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert packet.count("2031-05-04T00:00:00Z") == 2
        assert str(pdf.docinfo.Producer) == str(pdf.docinfo.Creator) == "hakemus 9"


def test_a_soft_hyphen_is_no_mark_in_what_a_pdf_says_of_itself(rendered: Callable[[Report], bytes]) -> None:
    bar = replace(reports.funding_bar(), alt="ra\u00adhoitus")
    sections = (Section("a", 1, Label("Ta\u00adlous"), (bar,)),)
    tagged = TaggedPdf(rendered(reports.report("kir\u00adjasto", sections)))
    assert [figure.keys["/Alt"] for figure in tagged.root.all("Figure")] == ["rahoitus"]
    assert str(tagged.pdf.docinfo.Title).endswith(": kirjasto")
    with tagged.pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["1 Talous"]


def test_no_words_of_a_title_end_the_description_early(rendered: Callable[[Report], bytes]) -> None:
    data = rendered(reports.report("1 0 endstream endobj %%EOF"))
    assert validation.validate_pdf_bytes(data, profile="3a").is_compliant
    pdf = TaggedPdf(data).pdf
    packet = pdf.Root.Metadata.read_raw_bytes()
    assert b"endstream" not in packet
    assert b"endobj" not in packet
    assert str(pdf.docinfo.Title).endswith("1 0 endstream endobj %%EOF")


def test_description_is_the_heading(rendered: Callable[[Report], bytes]) -> None:
    pdf = TaggedPdf(rendered(reports.report("A & B <c>", language="sv"))).pdf
    assert str(pdf.docinfo.Title) == "Valtionavustushakemus: A & B <c>"
    assert str(pdf.docinfo.Author) == "Esimerkkilän kaupunki, Esimerkkilän kirjasto"
    assert str(pdf.Root.Lang) == "sv-FI"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_files_are_carried_unchanged(fonts: Path) -> None:
    content = b'{"title": "\xc3\xa4\xc3\xa4ni"}\n' * 100
    file = EmbeddedFile("hakemus.json", "application/json", content, "Hakemuksen tiedot")
    data = render_pdf(reports.report(), made_on=date(2026, 11, 22), program="hakemus", fonts=fonts, files=(file,))
    assert validation.validate_pdf_bytes(data, profile="3a").is_compliant
    assert validation.validate_pdf_bytes(data, profile="ua1").is_compliant
    with TaggedPdf(data).pdf as pdf:
        assert pdf.attachments["hakemus.json"].get_file().read_bytes() == content
        assert str(pdf.Root.AF[0].AFRelationship) == "/Source"


def test_streams_end_as_the_standard_asks(paper: bytes) -> None:
    assert paper.count(b"\r\nendstream") == paper.count(b"endstream")


@pytest.mark.parametrize("data", [b"text\n", b"text\r", b"text", b"\x00\n", b"endstream\n", b""])
def test_an_end_of_line_of_the_data_is_not_taken_for_that_of_the_stream(data: bytes) -> None:
    written = plain_stream(data).format(PDFDocument())
    assert written.endswith(b"stream\n" + data + b"\r\nendstream\n")
    assert b"/Length %d" % len(data) in written


def test_pages_are_compressed(paper: bytes) -> None:
    with TaggedPdf(paper).pdf as pdf:
        raw = pdf.pages[0].Contents.read_raw_bytes()
        assert zlib.decompress(raw) == pdf.pages[0].Contents.read_bytes()


def answers(root: Node) -> list[str]:
    return [plain(item.text) for item in root.all("LBody")]


@pytest.mark.parametrize(
    "text", [SAMI, "<b>x</b> & </para>", "=1+1", LONG[:40000], "yksi\nkaksi kaksi\nkolme", "äÖx" * 3000]
)
def test_an_answer_is_read_as_it_was_written(text: str, rendered: Callable[[Report], bytes]) -> None:
    sections = (Section("a", 1, Label("Hakija"), (Field(Label("Kysymys"), TextCell(text)),)),)
    root = TaggedPdf(rendered(reports.report(parts=sections))).root
    (answer,) = root.all("LBody")
    assert bare(answer.text) == bare(text)
    if "äÖx" not in text:
        assert plain(answer.text) == plain(text)


def test_characters_no_font_has_are_drawn_as_a_mark_and_read_as_themselves(rendered: Callable[[Report], bytes]) -> None:
    sections = (
        Section("a", 1, Label("Hakija"), (Field(Label("Kysymys"), TextCell("\u6f22 \U0001f680 \ue000 \x01")),)),
    )
    (answer,) = TaggedPdf(rendered(reports.report(parts=sections))).root.all("LBody")
    assert plain(answer.text) == "\u6f22 \U0001f680 \ufffd \ufffd"


def test_column_heads_are_read_once_however_many_pages(rendered: Callable[[Report], bytes]) -> None:
    sections = (Section("b", 1, Label("Talous"), (reports.budget(150),)),)
    tagged = TaggedPdf(rendered(reports.report(parts=sections)))
    assert len(tagged.pdf.pages) >= 4
    heads = [plain(cell.text) for cell in tagged.root.all("THead")[0].all("TH")]
    assert heads == ["Kulu", "Määrä", "Yksikköhinta, €", "Yhteensä, €"]
    assert len(tagged.root.all("THead")) == 1
    again = [text for _, kind, text in tagged.artifacts if kind == "/Pagination" and "Yksikköhinta" in text]
    assert len(again) == len(tagged.pdf.pages) - 1


def test_second_language_is_named_to_a_reader(rendered: Callable[[Report], bytes]) -> None:
    sections = (Section("a", 1, Label("Hakija", "Sökande"), (reports.text_field("Nimi", "x", second="Namn"),)),)
    root = TaggedPdf(rendered(reports.report(parts=sections, second_language="sv"))).root
    spans = [(plain(span.text), span.keys["/Lang"]) for span in root.all("Span")]
    assert spans == [("Sökande", "sv-FI"), ("Namn", "sv-FI")]


def test_draft_is_marked_for_eye_and_ear(rendered: Callable[[Report], bytes]) -> None:
    tagged = TaggedPdf(rendered(reports.report()))
    marks = [page for page, kind, text in tagged.artifacts if kind == "/Watermark" and text == "LUONNOS"]
    assert marks == list(range(len(tagged.pdf.pages)))
    assert "Tämä on luonnos" in tagged.root.text
    assert "LUONNOS" not in tagged.root.text


def test_submission_is_not_marked(rendered: Callable[[Report], bytes]) -> None:
    tagged = TaggedPdf(rendered(reports.report(copy=Copy.SUBMISSION, mark="", mark_sentence="")))
    assert not [kind for _, kind, _ in tagged.artifacts if kind == "/Watermark"]


def test_bookmarks_lead_to_sections_in_order(rendered: Callable[[Report], bytes]) -> None:
    with TaggedPdf(rendered(reports.report())).pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [
            "1 Hakija",
            "2 Hanke",
            "3 Tavoitteet",
            "4 Aikataulu",
            "5 Talousarvio ja rahoitus",
            "6 Vakuutukset ja allekirjoitus",
        ]
        assert [entry.title for entry in outline.root[0].children] == ["Yhteyshenkilö"]


def test_no_bookmarks_where_none_are_wanted(rendered: Callable[[Report], bytes]) -> None:
    with TaggedPdf(rendered(reports.report(bookmarks=False))).pdf.open_outline() as outline:
        assert list(outline.root) == []


def test_blank_form_has_boxes_to_tick_and_room_to_write(rendered: Callable[[Report], bytes]) -> None:
    question = Field(Label("Kuvaus"), EmptyCell(), help="Enintään 500 merkkiä.", long=True)
    checks = Checks(((False, "Tiedot ovat oikein."),), "Kyllä", "Ei")
    sections = (Section("a", 1, Label("Hanke"), (question, checks)),)
    root = TaggedPdf(rendered(reports.report(parts=sections, copy=Copy.BLANK, mark="", mark_sentence=""))).root
    assert [plain(label.text) for label in root.all("Lbl")] == ["Kuvaus", "\u2610"]
    assert [plain(body.text) for body in root.all("LBody")] == ["Enintään 500 merkkiä.", "Tiedot ovat oikein."]


def test_what_can_be_chosen_is_there_to_tick(rendered: Callable[[Report], bytes]) -> None:
    question = Field(Label("Vero"), EmptyCell(), help="Kumpi?", choices=("Saa takaisin", "Jää kuluksi"))
    sections = (Section("a", 1, Label("Hanke"), (question,)),)
    tagged = TaggedPdf(rendered(reports.report(parts=sections, copy=Copy.BLANK, mark="", mark_sentence="")))
    (body,) = tagged.root.all("LBody")
    assert plain(body.text).split("\u2610") == ["Kumpi?", " Saa takaisin", " Jää kuluksi"]
    assert [role for role in (node.role for node in body.walk()) if role == "P"] == ["P"] * 3


def test_help_is_for_the_blank_form_only(rendered: Callable[[Report], bytes]) -> None:
    question = Field(Label("Kuvaus"), TextCell("vastaus"), help="Enintään 500 merkkiä.")
    sections = (Section("a", 1, Label("Hanke"), (question,)),)
    assert "Enintään" not in TaggedPdf(rendered(reports.report(parts=sections))).root.text


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(exclude_categories=()), max_size=80))
@example(text="")
@example(text=" \n\n ")
def test_any_text_is_conforming_wherever_it_stands(text: str, fonts: Path) -> None:
    cell = TextCell(text)
    table = replace(reports.goals(), title=Label(text), rows=(Row((cell,) * 5, note=text),))
    label = Label(text or "x", text)
    block = Field(label, PendingCell(text, text), note=text, help=text)
    sections = (
        Section("a", 1, label, (block, table, Prose(text), Gap(label), replace(reports.funding_bar(), alt=text))),
    )
    paper = reports.report(text, sections, heading=reports.heading(text), second_language="sv", mark_sentence=text)
    data = render_pdf(paper, made_on=date(2026, 11, 22), program="hakemus", fonts=fonts)
    for profile in ("ua1", "3a"):
        assert [str(fault) for fault in validation.validate_pdf_bytes(data, profile=profile).failures] == []


def test_signature_area_is_there_for_every_reader(rendered: Callable[[Report], bytes]) -> None:
    root = TaggedPdf(rendered(reports.report())).root
    assert "Tila allekirjoitukselle" in [figure.keys["/Alt"] for figure in root.all("Figure")]
    assert "Kirjastotoimenjohtaja Aino Esimerkki" in plain(root.text)


def test_submission_can_be_signed_digitally(rendered: Callable[[Report], bytes]) -> None:
    tagged = TaggedPdf(rendered(reports.report(copy=Copy.SUBMISSION, mark="", mark_sentence="")))
    (form,) = tagged.root.all("Form")
    (field,) = form.objects
    assert (str(field.FT), str(field.T), "/V" in field) == ("/Sig", "signature", False)
    assert str(field.TU) == form.keys["/Alt"] == "Tila allekirjoitukselle"
    assert [each.objgen for each in tagged.pdf.Root.AcroForm.Fields] == [field.objgen]
    (owner,) = tagged.parent_tree()[int(field.StructParent)]
    assert str(owner.S) == "/Form"
    assert field.objgen in [each.objgen for page in tagged.pdf.pages for each in page.get("/Annots", [])]


@pytest.mark.parametrize("changes", [{}, {"copy": Copy.BLANK, "mark": ""}])
def test_drafts_and_blank_forms_have_no_field_to_sign(
    changes: dict[str, object], rendered: Callable[[Report], bytes]
) -> None:
    tagged = TaggedPdf(rendered(reports.report(**changes)))
    assert tagged.root.all("Form") == []
    assert "/AcroForm" not in tagged.pdf.Root


def test_labels_stand_before_their_answers(rendered: Callable[[Report], bytes]) -> None:
    root = TaggedPdf(rendered(reports.report())).root
    pairs = {plain(item.children[0].text): plain(item.children[1].text) for item in root.all("LI")}
    assert pairs["Y-tunnus"] == "1234567-1"
    assert pairs["Tilinumero (IBAN)"] == "Ei täytetty"
    assert pairs["Avustus"] == "7 500 e?Ei luettavissa rahamääräksi"
    assert [item.children[0].role for item in root.all("LI")] == ["Lbl"] * len(root.all("LI"))
