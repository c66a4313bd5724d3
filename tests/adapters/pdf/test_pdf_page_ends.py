"""Where pages end: what is read together stands together, and nothing looks forgotten at a page's top or foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pdf_reports as reports
import pypdfium2
import pytest
from pdf_tree import TaggedPdf, plain

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.flow import Strip, paginate
from hakemus.adapters.pdf.fonts import font_book
from hakemus.adapters.pdf.key_card import render_key_card
from hakemus.adapters.pdf.signature import add_signature
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import Typesetter
from hakemus.report.model import Block, Checks, Label, Prose, Report, Section, TextCell
from hakemus.usecases.key_card import KeyCard, KeyGroup

LENGTHS = range(24, 46)


@dataclass(eq=False)
class Part(Strip):
    height: float
    gap: float = 0.0
    keep: bool = False
    parts: bool = False

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        raise NotImplementedError


def filled(lines: int, *blocks: Block) -> Report:
    """A report whose last section begins after so many lines."""
    before = (reports.text_field("Kuvaus", "\n".join(f"rivi {at}" for at in range(lines)), long=True),)
    parts = (Section("a", 1, Label("Alku"), before), Section("b", 2, Label("Loppu"), blocks))
    return reports.report(parts=parts, mark="", mark_sentence="")


def pages_of(tagged: TaggedPdf, role: str, words: str) -> list[int]:
    return [node.pieces[0][0] for node in tagged.root.all(role) if words in plain(node.text)]


def test_what_parts_is_left_out_where_nothing_is_above_it() -> None:
    rule, other, text = Part(1, keep=True, parts=True), Part(1, keep=True, parts=True), Part(60)
    pages = paginate([rule, text, other, Part(50), other], 100)
    assert [len(page) for page in pages] == [1, 2]
    assert [each.strip.parts for page in pages for each in page] == [False, False, True]
    assert pages[1][0].offset == 0


def test_fields_that_belong_together_stand_on_one_page(rendered: Callable[[Report], bytes]) -> None:
    figures = [replace(reports.text_field(f"Luku {at}", "7 200,00"), with_next=at < 2) for at in range(3)]
    seen = set()
    for lines in LENGTHS:
        tagged = TaggedPdf(rendered(filled(lines, reports.text_field("Toinen", "vastaus"), *figures)))
        pages = pages_of(tagged, "Lbl", "Luku")
        assert len(pages) == 3
        assert len(set(pages)) == 1, lines
        seen.add((pages_of(tagged, "Lbl", "Toinen")[0], pages[0]))
    assert (0, 1) in seen, "no page ended between them and the field before"


def test_the_first_row_of_a_table_does_not_stand_alone_on_a_page(rendered: Callable[[Report], bytes]) -> None:
    table = reports.budget(5)
    lines_alone = replace(table, rows=table.rows[1:-1])
    for lines in LENGTHS:
        root = TaggedPdf(rendered(filled(lines, lines_alone))).root
        pages = [row.all("TH")[0].pieces[0][0] for row in root.all("TBody")[0].all("TR")]
        assert pages.count(pages[0]) >= 2, lines


def test_a_tall_first_row_does_not_draw_the_table_to_the_next_page(rendered: Callable[[Report], bytes]) -> None:
    table = reports.budget(3)
    tall = [replace(row, cells=(TextCell("rivi\n" * 25), *row.cells[1:])) for row in table.rows[1:-1]]
    root = TaggedPdf(rendered(filled(3, replace(table, rows=tuple(tall))))).root
    pages = [row.all("TH")[0].pieces[0][0] for row in root.all("TBody")[0].all("TR")]
    assert pages == [0, 1, 1]


def test_the_note_under_a_table_stands_on_the_page_of_its_last_rows(rendered: Callable[[Report], bytes]) -> None:
    table = replace(reports.budget(8), notes=("Summat ilman veroa.",))
    turned = set()
    for lines in range(16, 36):
        tagged = TaggedPdf(rendered(filled(lines, table)))
        last, total = [row.all("TH")[0].pieces[0][0] for row in tagged.root.all("TBody")[0].all("TR")][-2:]
        assert pages_of(tagged, "P", "Summat ilman veroa.") == [last] == [total], lines
        turned.add(last)
    assert turned == {0, 1}


def test_a_table_without_a_title_goes_on_under_its_sections(rendered: Callable[[Report], bytes]) -> None:
    table = replace(reports.budget(90), title=Label(""))
    tagged = TaggedPdf(rendered(filled(3, table)))
    heads = [plain(text) for _, kind, text in tagged.artifacts if kind == "/Pagination" and "(jatkuu)" in text]
    assert heads
    assert all(head.startswith("Loppu (jatkuu)") for head in heads)


def test_what_is_signed_stands_on_the_page_of_the_signature(rendered: Callable[[Report], bytes]) -> None:
    checks = Checks(((True, "Tiedot ovat oikein."), (False, "Muuta ei ole haettu.")), "Kyllä", "Ei")
    turned = 0
    for lines in LENGTHS:
        blocks = (checks, Prose("Vakuutan tiedot oikeiksi."), reports.signature())
        tagged = TaggedPdf(rendered(filled(lines, *blocks)))
        signed = tagged.root.all("Figure")[0].pieces[0][0]
        assert pages_of(tagged, "LBody", "Tiedot ovat oikein.") == [signed], lines
        assert pages_of(tagged, "H2", "Loppu") == [signed]
        turned += pages_of(tagged, "H2", "Alku") != [signed]
    assert turned


def test_many_declarations_do_not_drag_each_other_along(fonts: Path) -> None:
    composer = Composer(Typesetter(font_book(fonts)))
    composer.checks(Checks(tuple((True, f"Vakuutus {at}.") for at in range(9)), "Kyllä", "Ei"))
    composer.prose(Prose("Vakuutan tiedot oikeiksi."))
    add_signature(composer, reports.signature())
    assert [strip.keep for strip in composer.strips] == [False] * 9 + [True, False]


@pytest.mark.parametrize("after_field", [True, False])
def test_a_paragraph_under_answers_keeps_its_distance(fonts: Path, after_field: bool) -> None:
    composer = Composer(Typesetter(font_book(fonts)))
    if after_field:
        composer.field(reports.text_field("Nimi", "vastaus"))
    composer.prose(Prose("Teksti."))
    assert composer.strips[-1].gap == (styles.BLOCK_GAP if after_field else 6.0)


def key_card(fonts: Path, first: int, second: int) -> TaggedPdf:
    groups = tuple(
        KeyGroup(title, tuple((f"Tee {title} {at}", f"Ctrl+{at}") for at in range(count)))
        for title, count in (("Tiedosto", first), ("Muokkaa", second))
    )
    card = KeyCard("Näppäimet", "fi", "hakemus 0.1.0", groups)
    tagged = TaggedPdf(render_key_card(card, made_on=date(2026, 11, 22), program="hakemus", fonts=fonts))
    assert len(tagged.pdf.pages) == 1
    return tagged


def said_again(tagged: TaggedPdf) -> list[str]:
    return [plain(text) for _, kind, text in tagged.artifacts if kind == "/Pagination"]


def test_keys_that_go_on_in_the_next_column_stand_under_their_title(fonts: Path) -> None:
    tagged = key_card(fonts, 40, 30)
    assert said_again(tagged) == ["Muokkaa"]
    assert [plain(node.text) for node in tagged.root.all("H2")] == ["Tiedosto", "Muokkaa"]


def test_a_last_key_does_not_stand_alone_in_the_next_column(fonts: Path) -> None:
    fits = next(count for count in range(1, 40) if said_again(key_card(fonts, 40, count)))
    tops = [content for content in columns(key_card(fonts, 40, fits))[1] if content.startswith("Tee")]
    assert tops == [f"Tee Muokkaa {fits - 2}", f"Tee Muokkaa {fits - 1}"]


def columns(tagged: TaggedPdf) -> tuple[list[str], list[str]]:
    """What stands in the left and in the right column of the one page, from the top."""
    target = BytesIO()
    tagged.pdf.save(target)
    page = pypdfium2.PdfDocument(target.getvalue())[0].get_textpage()
    found: tuple[list[str], list[str]] = ([], [])
    for at in range(page.count_rects()):
        box = page.get_rect(at)
        found[box[0] > styles.PAGE_WIDTH / 2].append(page.get_text_bounded(*box))
    return found
