"""The keyboard card as one tagged A4 page in two columns, to lie beside the keyboard."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.flow import Placed, Strip, paginate
from hakemus.adapters.pdf.fonts import Weight, font_book
from hakemus.adapters.pdf.own_papers import OwnPaper
from hakemus.adapters.pdf.render import setting
from hakemus.adapters.pdf.strips import BlockStrip, LineStrip, RuleStrip, Setting
from hakemus.adapters.pdf.structure import list_numbering
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import TextStyle, Typesetter
from hakemus.usecases.key_card import KeyCard, KeyGroup

_GUTTER = 22.0
_COLUMN = (styles.WIDTH - _GUTTER) / 2
_KEYS = 84.0
"""Room for the keys before what they do, in points."""
_ROW = TextStyle(8.25, 10.25)
_KEY = TextStyle(8.25, 10.25, Weight.SEMIBOLD)
_HEAD_HEIGHT = 56.0
"""What the card's title takes of the page, in points."""


def render_key_card(card: KeyCard, *, made_on: date, program: str, fonts: Path) -> bytes:
    """The PDF's bytes: one page for as many keys as two columns hold; the same card and day give the same bytes."""
    with setting():
        return _render(card, made_on, program, fonts)


def _render(card: KeyCard, made_on: date, program: str, fonts: Path) -> bytes:
    setter = Typesetter(font_book(fonts))
    composer = Composer(setter)
    head = _head(composer, card)
    for group in card.groups:
        _add(composer, group)
    columns = paginate(composer.strips, styles.TEXT_HEIGHT - _HEAD_HEIGHT)
    pages = [columns[at : at + 2] for at in range(0, len(columns), 2)]
    target = BytesIO()
    own = OwnPaper(card.title, card.version_words, card.language, "{page} / {pages}", made_on, program)
    canvas, furniture = own.canvas(target, composer.root), own.furniture()
    for number, both in enumerate(pages, start=1):
        furniture.draw(canvas, setter, number, len(pages))
        if number == 1:
            _draw(canvas, head, 0.0, styles.TEXT_TOP)
        for at, placed in enumerate(both):
            _draw(canvas, placed, at * (_COLUMN + _GUTTER), styles.TEXT_TOP - _HEAD_HEIGHT)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: TaggedCanvas, placed: list[Placed], left: float, top: float) -> None:
    for each in placed:
        each.strip.draw(canvas, styles.MARGIN_LEFT + left, top - each.offset)


def _head(composer: Composer, card: KeyCard) -> list[Placed]:
    strips: list[Strip] = []
    for role, text, style in (("P", "hakemus", styles.OVERLINE), ("H1", card.title, styles.TITLE)):
        element = composer.root.add(role)
        line = composer.setter.one_line(text, style, styles.WIDTH)
        strips.append(LineStrip(element, line, style, gap=6.0 if strips else 0.0))
        if role == "P":
            strips.append(RuleStrip(styles.WIDTH, 1.5, styles.ACCENT, gap=4.0))
    return paginate(strips, styles.TEXT_HEIGHT)[0]


def _add(composer: Composer, group: KeyGroup) -> None:
    composer.section = composer.root.add("Sect")
    title = composer.section.add("H2")
    line = composer.setter.one_line(group.title, styles.SUBHEAD, _COLUMN)
    composer.add([LineStrip(title, line, styles.SUBHEAD, gap=9.0, keep=True, bookmark=(0, group.title))])
    whole = composer.section.add("L", list_numbering("None"))
    strips: list[Strip] = []
    for what, keys in group.keys:
        item = whole.add("LI")
        key = composer.setting(item.add("Lbl"), keys, _KEY, _KEYS - 6.0)
        words = composer.setting(item.add("LBody"), what, _ROW, _COLUMN - _KEYS)
        strips.append(
            BlockStrip([(0.0, [key]), (_KEYS, [words])], _COLUMN, padding=0.6, gap=1.0, rule=(0.4, styles.LINE))
        )
    # A group that goes on in the next column stands under its title there too; said once, it is not read aloud twice.
    again = BlockStrip([(0.0, [Setting(None, (line,), styles.SUBHEAD)])], _COLUMN)
    for strip in strips[1:]:
        strip.head = again
    if len(strips) > 2:
        strips[-2].keep = True  # a last key by itself in the next column looks forgotten
    composer.add(strips)
