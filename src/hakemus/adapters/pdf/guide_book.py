"""The user's guide as a tagged PDF of A4 pages, made by the same means as the form."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from reportlab.lib.utils import ImageReader

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.drawing import box
from hakemus.adapters.pdf.flow import Strip, paginate
from hakemus.adapters.pdf.fonts import font_book
from hakemus.adapters.pdf.own_papers import OwnPaper
from hakemus.adapters.pdf.render import setting
from hakemus.adapters.pdf.strips import BlockStrip, FigureStrip, LineStrip, RuleStrip
from hakemus.adapters.pdf.structure import list_numbering
from hakemus.adapters.pdf.tables import add_table
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import TextStyle, Typesetter
from hakemus.report import model
from hakemus.usecases.guide_book import Book, Grid, Items, Paragraph, Part, Picture, Subhead

_MARK = 16.0
"""Room for a list's mark, in points."""


def render_guide(book: Book, *, made_on: date, program: str, fonts: Path, pictures: Path) -> bytes:
    """The PDF's bytes; the same book, day, fonts and pictures give the same bytes.

    Pictures are looked for in `pictures`; one that is not there stands as its words.
    """
    with setting():
        return _render(book, made_on, program, fonts, pictures)


def _render(book: Book, made_on: date, program: str, fonts: Path, pictures: Path) -> bytes:
    setter = Typesetter(font_book(fonts))
    composer = Composer(setter)
    _head(composer, book.title, book.version_words)
    for chapter in book.chapters:
        composer.begin_section(chapter.number, model.Label(chapter.title))
        for part in chapter.parts:
            _add(composer, part, pictures)
    pages = paginate(composer.strips, styles.TEXT_HEIGHT)
    target = BytesIO()
    own = OwnPaper(book.title, book.version_words, book.language, book.page_words, made_on, program)
    canvas, furniture = own.canvas(target, composer.root), own.furniture()
    for number, placed in enumerate(pages, start=1):
        furniture.draw(canvas, setter, number, len(pages))
        for each in placed:
            each.strip.draw(canvas, styles.MARGIN_LEFT, styles.TEXT_TOP - each.offset)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _head(composer: Composer, title: str, version: str) -> None:
    def lines(role: str, text: str, style: TextStyle, gap: float) -> list[Strip]:
        element = composer.root.add(role)
        strips = [
            LineStrip(element, line, style, keep=True) for line in composer.setter.lines(text, style, styles.WIDTH)
        ]
        strips[0].gap = gap
        return list(strips)

    composer.add(lines("P", "hakemus", styles.OVERLINE, 0.0))
    composer.add([RuleStrip(styles.WIDTH, 1.5, styles.ACCENT, gap=6.0)])
    composer.add(lines("H1", title, styles.TITLE, 10.0))
    composer.add(lines("P", version, styles.UNDERLINE, 2.0))


def _add(composer: Composer, part: Part, pictures: Path) -> None:
    match part:
        case Subhead(text):
            composer.subheading(model.Label(text))
        case Paragraph(text):
            composer.prose(model.Prose(text))
        case Items():
            _list(composer, part)
        case Grid(head, rows):
            widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
            columns = tuple(
                model.Column(str(at), model.Label(name), weight=min(40, max(12, wide)))
                for at, (name, wide) in enumerate(zip(head, widths, strict=True))
            )
            cells = tuple(model.Row(tuple(model.TextCell(cell) for cell in row)) for row in rows)
            add_table(composer, model.Table("guide", model.Label(""), columns, cells))
        case Picture():
            _picture(composer, part, pictures)


def _list(composer: Composer, part: Items) -> None:
    whole = composer.section.add("L", list_numbering("Decimal" if part.numbered else "Disc"))
    strips: list[Strip] = []
    for at, text in enumerate(part.texts, 1):
        item = whole.add("LI")
        mark = composer.setting(item.add("Lbl"), f"{at}." if part.numbered else "\N{BULLET}", styles.BODY, _MARK)
        words = composer.setting(item.add("LBody"), text, styles.BODY, styles.MEASURE - _MARK)
        strips.append(BlockStrip([(0.0, [mark]), (_MARK, [words])], styles.WIDTH, gap=3.0 if strips else 6.0))
    composer.add(strips)


def _picture(composer: Composer, part: Picture, pictures: Path) -> None:
    try:
        image = ImageReader(str(pictures / part.name))
    except OSError:
        composer.prose(model.Prose(part.alt, small=True))
        return
    wide, high = image.getSize()
    height = styles.MEASURE * high / wide

    def paint(canvas: TaggedCanvas, left: float, bottom: float) -> None:
        box(canvas, left - 0.5, bottom - 0.5, styles.MEASURE + 1, height + 1, styles.PAPER, styles.EDGE)
        canvas.drawImage(image, left, bottom, styles.MEASURE, height)

    element = composer.figure(part.alt)
    composer.add([FigureStrip(element, styles.MEASURE, height, paint, gap=styles.BLOCK_GAP)])
