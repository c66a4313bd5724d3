"""Lines and pages: nothing is lost, nothing runs out of its column, nothing is torn apart that belongs together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdf_reports as reports
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_tree import TaggedPdf, bare, plain

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.flow import Strip, paginate
from hakemus.adapters.pdf.fonts import Weight, font_book, printable
from hakemus.adapters.pdf.pages import page_count, page_size, page_text, render_page
from hakemus.adapters.pdf.render import PdfRenderer
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import TextStyle, Typesetter
from hakemus.adapters.pdf.workarounds import unicode_map
from hakemus.report.model import Copy, EmptyCell, Label, Report, Row, RowKind, Section, TextCell
from hakemus.usecases.errors import UserError

STYLE = TextStyle(10, 14)
TEXTS = st.text(
    st.one_of(st.sampled_from("aäöyčŋ -/\n\u00ad\u200b\u00a0.,x1"), st.characters(codec="utf-16")), max_size=300
)


@dataclass(eq=False)
class Block(Strip):
    height: float
    gap: float = 0.0
    keep: bool = False
    head: Strip | None = None
    pieces: int = 1
    whole: bool = False

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        raise NotImplementedError

    def split(self, room: float) -> tuple[Strip, Strip] | None:
        if room < 20 or self.whole:
            return None
        return Block(room), Block(self.height - room, pieces=self.pieces)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, width=st.integers(40, 400))
def test_breaking_loses_nothing_and_stays_in_the_column(setter: Typesetter, text: str, width: int) -> None:
    lines = setter.lines(text, STYLE, width)
    assert bare("".join(line.text for line in lines)) == bare(printable(text))
    assert max(line.width for line in lines) <= width + 0.01


def test_words_stay_whole_where_they_fit(setter: Typesetter) -> None:
    lines = setter.lines("kirjaston äänikirjat torille", STYLE, 60)
    assert [line.text for line in lines] == ["kirjaston ", "äänikirjat ", "torille"]


def test_a_word_too_long_is_parted_at_a_syllable_with_a_soft_hyphen(setter: Typesetter) -> None:
    lines = setter.lines("lainaustoiminnan", STYLE, 45)
    assert [line.text for line in lines] == ["lainaustoi\u00ad", "minnan"]


def test_sums_are_not_parted(setter: Typesetter) -> None:
    lines = setter.lines("yhteensä 13\u00a0232,69\u00a0€", STYLE, 60)
    assert [line.text for line in lines] == ["yhteensä ", "13\u00a0232,69\u00a0€"]


def test_a_soft_hyphen_shows_only_at_the_end_of_a_line(setter: Typesetter) -> None:
    assert [line.text for line in setter.lines("kirjas\u00adto", STYLE, 400)] == ["kirjasto"]
    assert [line.text for line in setter.lines("kirjas\u00adtoauto", STYLE, 35)] == ["kirjas\u00ad", "toauto"]


def test_line_ends_of_the_text_stay(setter: Typesetter) -> None:
    assert [line.text for line in setter.lines("a\r\nb\n\nc", STYLE, 400)] == ["a ", "b ", " ", "c"]


def test_northern_sami_is_in_the_family_itself(setter: Typesetter) -> None:
    for weight in Weight:
        runs = setter.book.runs("Áá Čč Đđ Ŋŋ Šš Ŧŧ Žž 12\u00a0345,60\u00a0€ – − • “” ’ × ≤ →", weight)
        assert [run.font for run in runs] == [weight.value]


def test_figures_are_of_one_width(setter: Typesetter) -> None:
    for weight in Weight:
        assert len({setter.book.width(figure, weight, 10) for figure in "0123456789"}) == 1


def test_missing_characters_are_named_once_in_order(setter: Typesetter) -> None:
    assert setter.book.missing_characters("漢 a 字 漢 č \u2011 \u200d\ufe0f ☐\n") == ("漢", "字")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
        ("\ud800\udfff", "\ufffd\ufffd"),
        ("\ufffe\U0001ffff\ufdd0", "\ufffd\ufffd\ufffd"),
        ("\ue000\U000f0000", "\ufffd\ufffd"),
        ("a\r\nb\rc\u2028d\x85e\tf", "a\nb\nc\nd\ne f"),
        ("\ufeffx", "\u2060x"),
        ("\U0001f600 漢 č", "\U0001f600 漢 č"),
    ],
)
def test_what_no_document_may_hold_becomes_a_mark(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_unicode_map_is_legal() -> None:
    lines = unicode_map([0, 0x20, 0x1F600, *range(0x100, 0x200)]).splitlines()
    sizes = [int(line.split()[0]) for line in lines if line.endswith("beginbfchar")]
    assert sizes == [100, 100, 58]
    assert "<00> <0000>" not in lines
    assert "<02> <D83DDE00>" in lines


blocks = st.builds(Block, st.integers(5, 90), st.integers(0, 20), st.booleans(), whole=st.just(value=True))


@settings(max_examples=200, deadline=None)
@given(strips=st.lists(blocks, max_size=60))
def test_every_strip_is_placed_once_and_in_order(strips: list[Block]) -> None:
    pages = paginate(strips, 100)
    assert [each.strip for page in pages for each in page] == strips
    for page in pages:
        for before, after in pairwise(page):
            assert after.offset >= before.offset + before.strip.height
        assert all(each.offset + each.strip.height <= 100.02 for each in page)
        assert not page or page[0].offset == 0


def test_what_must_stand_with_its_neighbour_moves_with_it() -> None:
    text, heading, first = Block(70), Block(20, keep=True), Block(30)
    pages = paginate([text, heading, first], 100)
    assert [[each.strip for each in page] for page in pages] == [[text], [heading, first]]


def test_what_must_stand_together_but_cannot_still_comes_out() -> None:
    strips = [Block(60, keep=True) for _ in range(4)]
    assert [len(page) for page in paginate(strips, 100)] == [1, 1, 1, 1]


def test_a_strip_taller_than_a_page_is_split() -> None:
    pages = paginate([Block(50), Block(220)], 100)
    assert [sum(each.strip.height for each in page) for page in pages] == [100, 100, 70]


def test_a_heading_is_not_left_alone_before_what_nearly_fills_a_page() -> None:
    pages = paginate([Block(10, keep=True), Block(10, keep=True), Block(90), Block(5)], 100)
    assert [[each.strip.height for each in page] for page in pages] == [[10, 10, 80], [10, 5]]
    pages = paginate([Block(10), Block(10, keep=True), Block(90)], 100)
    assert [[each.strip.height for each in page] for page in pages] == [[10], [10, 90]]


def test_head_is_repeated_on_following_pages_only() -> None:
    head = Block(10)
    rows: list[Strip] = [Block(40, head=head) for _ in range(5)]
    pages = paginate([Block(15), *rows], 100)
    assert [each.strip is head for page in pages for each in page] == [False] * 3 + [True, False, False] * 1 + [
        True,
        False,
    ]


def test_no_strip_gives_one_page() -> None:
    assert paginate([], 100) == [[]]


def test_heading_never_ends_a_page(rendered: Callable[[Report], bytes]) -> None:
    for lines in range(26, 40):
        blocks = (reports.text_field("Nimi", "\n".join(f"rivi {at}" for at in range(lines))),)
        parts = (
            Section("a", 1, Label("Alku"), blocks),
            Section("b", 2, Label("Loppu"), (reports.text_field("K", "v"),)),
        )
        tagged = TaggedPdf(rendered(reports.report(parts=parts)))
        heading = next(node for node in tagged.root.all("H2") if "Loppu" in node.text)
        label = next(node for node in tagged.root.all("Lbl") if plain(node.text) == "K")
        assert heading.pieces[0][0] == label.pieces[0][0]


def test_rows_are_not_cut_by_a_page_unless_taller_than_it(rendered: Callable[[Report], bytes]) -> None:
    table = reports.budget(40)
    cell = TextCell("Kolme\nriviä\nsolussa")
    rows = tuple(replace(row, cells=(cell, *row.cells[1:])) for row in table.rows)
    parts = (Section("b", 1, Label("Talous"), (replace(table, rows=rows),)),)
    root = TaggedPdf(rendered(reports.report(parts=parts))).root
    for row in root.all("TBody")[0].all("TR"):
        assert len({page for node in row.walk() for page, _ in node.pieces}) == 1


@pytest.mark.parametrize("lines", range(36, 46))
def test_the_last_row_of_a_table_does_not_stand_alone_on_a_page(
    rendered: Callable[[Report], bytes], lines: int
) -> None:
    table = reports.budget(lines)
    parts = (Section("b", 1, Label("Talous"), (replace(table, rows=table.rows[1:-1]),)),)
    root = TaggedPdf(rendered(reports.report(parts=parts))).root
    pages = [row.all("TH")[0].pieces[0][0] for row in root.all("TBody")[0].all("TR")]
    assert pages.count(pages[-1]) >= 2


def test_rows_to_fill_in_stay_with_their_heading(rendered: Callable[[Report], bytes]) -> None:
    head = Row((TextCell("Ryhmä", strong=True), EmptyCell(), EmptyCell(), EmptyCell()), RowKind.GROUP)
    empty = Row((TextCell("rivi"), EmptyCell(), EmptyCell(), EmptyCell()))
    table = replace(reports.budget(1), rows=(head, empty, empty) * 12)
    parts = (Section("b", 1, Label("Talous"), (table,)),)
    root = TaggedPdf(rendered(reports.report(parts=parts, copy=Copy.BLANK, mark="", mark_sentence=""))).root
    pages = [row.all("TH")[0].pieces[0][0] for row in root.all("TBody")[0].all("TR")]
    assert len(set(pages)) > 1
    assert all(len(set(pages[at : at + 3])) == 1 for at in range(0, len(pages), 3))


def test_a_table_that_goes_on_says_under_which_heading(rendered: Callable[[Report], bytes]) -> None:
    head = Row((TextCell("Palvelut", strong=True), EmptyCell(), EmptyCell(), EmptyCell()), RowKind.GROUP)
    other = replace(head, cells=(TextCell("Matkat", strong=True), *head.cells[1:]))
    table = reports.budget(150)
    lines, total = table.rows[1:-1], table.rows[-1]
    table = replace(table, title=Label("Kulut"), rows=(head, *lines[:60], other, *lines[60:], total))
    tagged = TaggedPdf(rendered(reports.report(parts=(Section("b", 1, Label("Talous"), (table,)),))))
    heads = [plain(text) for _, kind, text in tagged.artifacts if kind == "/Pagination" and "(jatkuu)" in text]
    rows = tagged.root.all("TBody")[0].all("TR")
    starts: dict[int, str] = {}
    group = ""
    for row in rows:
        name = plain(row.all("TH")[0].text)
        page = row.all("TH")[0].pieces[0][0]
        starts.setdefault(page, "" if name in ("Palvelut", "Matkat") else group)
        group = name if name in ("Palvelut", "Matkat") else group
    wanted = [f"Kulut (jatkuu) · {starts[page]}".removesuffix(" · ") for page in sorted(starts)[1:]]
    assert heads == wanted
    assert {text.rpartition(" ")[2] for text in heads} >= {"Palvelut", "Matkat"}


@pytest.mark.parametrize("width", [60, 90, 400])
def test_what_was_kept_back_stands_on_a_bar_from_its_first_letter_to_its_last(fonts: Path, width: int) -> None:
    book = font_book(fonts)
    mark = "[salassa pidettävä: 621/1999 24 § 1 mom. 20 k.]"
    text = f"Alku {mark} ja\n[muuta] {mark}{mark} loppu."
    lines = Typesetter(book, ["", "[muu]", mark]).lines(text, STYLE, width)
    assert [replace(line, bars=()) for line in lines] == Typesetter(book).lines(text, STYLE, width)
    covered = ""
    for line in lines:
        edges = [0.0]
        for letter in line.text:
            edges.append(edges[-1] + book.width(letter, STYLE.weight, STYLE.size))
        for left, wide in line.bars:
            inside = [at for at, x in enumerate(edges[:-1]) if left - 0.01 <= x < left + wide - 0.01]
            covered += line.text[inside[0] : inside[-1] + 1]
            assert edges[inside[-1] + 1] == pytest.approx(left + wide)
    assert covered.replace(" ", "").replace("\u00ad", "") == (mark * 3).replace(" ", "")


def test_the_words_on_paper_are_black(rendered: Callable[[Report], bytes]) -> None:
    """A laser printer dots whatever is not black: thin letters come out ragged."""
    parts = (Section("a", 1, Label("Hanke"), (reports.text_field("Nimi", "vastaus"), reports.budget(3))),)
    pdf = pikepdf.open(BytesIO(rendered(reports.report(parts=parts, mark="", mark_sentence=""))))
    inks: dict[str, int] = {}
    ink = ""
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(operator) == "rg":
            ink = " ".join(f"{float(part):.2f}" for part in operands)
        elif str(operator) == "Tj":
            inks[ink] = inks.get(ink, 0) + 1
    assert inks["0.00 0.00 0.00"] > sum(inks.values()) / 2
    brightest = max(max(float(part) for part in ink.split()) for ink in inks)
    assert brightest < 0.5


def test_a_cell_taller_than_a_page_goes_on(rendered: Callable[[Report], bytes]) -> None:
    text = " ".join(f"sana{at}" for at in range(3000))
    table = reports.budget(1)
    row = replace(table.rows[1], cells=(TextCell(text), *table.rows[1].cells[1:]))
    parts = (Section("b", 1, Label("Talous"), (replace(table, rows=(row,)),)),)
    tagged = TaggedPdf(rendered(reports.report(parts=parts)))
    assert len(tagged.pdf.pages) > 3
    cell = tagged.root.all("TBody")[0].all("TH")[0]
    assert plain(cell.text) == text


def test_everything_stands_inside_the_margins(rendered: Callable[[Report], bytes]) -> None:
    pdf = rendered(reports.report(parts=reports.sections(lines=60, bars=40)))
    for index in range(page_count(pdf)):
        width, height, data = render_page(pdf, index, 36)
        edge = int((styles.MARGIN_LEFT - 4) * 36 / 72)
        rows = [data[at * width * 4 : (at + 1) * width * 4] for at in range(height)]
        assert all(set(row[: edge * 4]) == {255} and set(row[-edge * 4 :]) == {255} for row in rows)


def test_preview_gives_the_pages_as_they_are(rendered: Callable[[Report], bytes]) -> None:
    pdf = rendered(reports.report())
    assert page_count(pdf) == 3
    assert page_size(pdf, 0) == pytest.approx((595.28, 841.89), abs=0.01)
    width, height, data = render_page(pdf, 0, 96)
    assert (width, height) == (794, 1123)
    assert len(data) == width * height * 4
    assert data[:4] == b"\xff\xff\xff\xff"
    accent = bytes((0x0F, 0x5A, 0x6B, 0xFF))
    assert accent in {data[at : at + 4] for at in range(0, len(data), 4)}
    assert "Esimerkkilän kirjasto" in page_text(pdf, 0)
    assert "Sivu 1/3" in page_text(pdf, 0)


def test_preview_of_something_else_is_refused(rendered: Callable[[Report], bytes]) -> None:
    with pytest.raises(ValueError, match="not a readable PDF"):
        page_count(b"not a pdf")
    with pytest.raises(ValueError, match="no page 3"):
        page_text(rendered(reports.report()), 3)


def test_every_value_can_be_found_in_the_pages(rendered: Callable[[Report], bytes]) -> None:
    pdf = rendered(reports.report())
    text = plain(" ".join(page_text(pdf, at) for at in range(page_count(pdf))).replace("\ufffe", ""))
    for value in (
        "1234567-1",
        "Ei täytetty",
        "7 500 e?",
        "Ei luettavissa rahamääräksi",
        "1.2.2027–31.12.2027",
        "12 345,67",
        "9 000,00",
        "123,45",
        "12,5",
        "83,33 %",
        "1.12.2027",
        "Enimmäisosuus 80 %: 7 200,00 €",
        "yli 300,00 €",
        "Ei kumppaneita.",
        "Kyllä",
        "Hankkeelle ei ole haettu muuta avustusta.",
        "3 kk × 2 500,00 €/kk × 80 %",
        "15.1.2028",
    ):
        assert value in text, value


def test_fonts_are_read_once(fonts: Path, setter: Typesetter) -> None:
    assert font_book(fonts) is setter.book


@pytest.mark.parametrize("content", [None, b"not a font"])
def test_missing_fonts_are_said_in_one_sentence(content: bytes | None, tmp_path: Path) -> None:
    for name in ("SourceSansPro-Regular", "DejaVuSans"):
        if content is not None:
            (tmp_path / f"{name}.ttf").write_bytes(content)
    with pytest.raises(UserError) as said:
        PdfRenderer(tmp_path, "hakemus")(reports.report(), date(2026, 11, 22))
    assert said.value.message.values["folder"] == str(tmp_path)


def test_what_cannot_be_drawn_is_found_wherever_it_stands(fonts: Path) -> None:
    table = replace(reports.budget(2), notes=("漢",))
    parts = (Section("b", 1, Label("Talous"), (reports.text_field("Nimi", "字 č"), table)),)
    assert PdfRenderer(fonts, "hakemus").missing_characters(reports.report("仮", parts)) == ("仮", "字", "漢")
