"""Turns blocks of the report into strips and structure elements: headings, fields, prose, declarations. Tables, figures
and the signature have modules of their own; pages are cut elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.flow import Strip
from hakemus.adapters.pdf.fonts import one_line, printable
from hakemus.adapters.pdf.strips import BlockStrip, LineStrip, RuleStrip, Setting, paragraph_strips
from hakemus.adapters.pdf.structure import Element, list_numbering
from hakemus.adapters.pdf.typesetting import Line, TextStyle, Typesetter
from hakemus.report.cell_words import cell_text, is_blank
from hakemus.report.model import Checks, EmptyCell, Field, Label, PendingCell, Prose, TextCell

_SHORT_PARAGRAPH = 6
_TICK_BOX = "\u2610"
_BLANK_LINE = re.compile(r"\n[ ]*\n[ \n]*")
_LINES_TO_WRITE = {False: 2, True: 8}


class Composer:
    """Collects the strips of one document under one structure root.

    `currency` is the sign behind sums, `continued` the word over what goes on from the page before, `blank` leaves
    room to write where there is no answer, `signable` puts a field for a digital signature over the signature's line.
    """

    def __init__(
        self,
        setter: Typesetter,
        *,
        second_language: str = "",
        currency: str = "€",
        continued: str = "",
        blank: bool = False,
        bookmarks: bool = True,
        signable: bool = False,
    ) -> None:
        self.setter = setter
        self.second_language = second_language
        self.currency = currency
        self.continued = continued
        self.blank = blank
        self.bookmarks = bookmarks
        self.signable = signable
        self.root = Element("Document")
        self.section = self.root
        self.title = ""
        self.strips: list[Strip] = []
        self._fields: Element | None = None
        self._after_long = False
        self._said = ""
        self._last_prose = self._last_checks = 0

    def add(self, strips: Sequence[Strip]) -> None:
        """Further strips; whatever is not a field ends the list of fields before it."""
        self._fields = None
        self._said = ""
        self._after_long = False
        self._last_prose = self._last_checks = 0
        self.strips += strips

    def just_said(self, title: str) -> bool:
        """Whether the heading right above says the same already."""
        return title == self._said

    def keep_last_paragraph(self) -> None:
        """What is added next stands on the page of the prose right before it, in all its languages, and of the
        declarations before that, where each of them is short.
        """
        for count in (self._last_prose, self._last_prose + self._last_checks):
            lines = self.strips[len(self.strips) - count :]
            if len(lines) > _SHORT_PARAGRAPH:
                return
            for strip in lines:
                strip.keep = True

    def figure(self, alt: str, otherwise: str = "") -> Element:
        """A figure element of this section. No figure may go without words, so `otherwise` stands in for an empty
        alternative text.
        """
        words = one_line(alt) or one_line(otherwise)
        return self.section.add("Figure", alt=words or "\u2013")

    def setting(self, element: Element, text: str, style: TextStyle, width: float) -> Setting:
        return Setting(element, tuple(self.setter.lines(text, style, width)), style)

    def labelled(self, element: Element, label: Label, style: TextStyle, width: float) -> list[Setting]:
        """The label and, below it, the same in the second language, told apart for a screen reader."""
        settings = [self.setting(element, label.text, style, width)]
        if label.second:
            second = element.add("Span", language=self.second_language or None)
            settings.append(self.setting(second, label.second, styles.SMALL, width))
        return settings

    def continuation(self, title: str, group: str = "") -> BlockStrip | None:
        """What stands over a text or table that goes on from the page before; no content, so not read aloud twice.

        `group` is the heading inside a table under which it goes on.
        """
        if not self.continued or not title.strip():
            return None
        style = styles.CONTINUED
        line = self.setter.one_line(f"{title} {self.continued}{group and ' · '}{group}", style, styles.WIDTH)
        return BlockStrip([(0.0, [Setting(None, (line,), style)])], styles.WIDTH)

    # -- headings ---------------------------------------------------------

    def begin_section(self, number: int, title: Label) -> None:
        """A numbered section: rule, heading, bookmark."""
        self.section, self.title = self.root.add("Sect"), title.text
        words = f"{number}\u00a0\u00a0{title.text}"
        rule = RuleStrip(styles.WIDTH, 1.0, styles.ACCENT, gap=styles.SECTION_GAP)
        strips = self._heading("H2", words, title.second, styles.SECTION, bookmark=(0, f"{number} {title.text}"))
        strips[0].gap = 6.0
        self.add([rule, *strips])
        self._said = title.text

    def subheading(self, title: Label, *, bookmark: bool = True) -> None:
        mark = (1, title.text) if bookmark else None
        strips = self._heading("H3", title.text, title.second, styles.SUBHEAD, bookmark=mark)
        strips[0].gap = styles.BLOCK_GAP + 2
        self.add(strips)

    def _heading(
        self, role: str, text: str, second: str, style: TextStyle, *, bookmark: tuple[int, str] | None
    ) -> list[LineStrip]:
        element = self.section.add(role)
        strips = [LineStrip(element, line, style) for line in self.setter.lines(text, style, styles.WIDTH)]
        if second:
            other = element.add("Span", language=self.second_language or None)
            lines = self.setter.lines(second, styles.SMALL, styles.WIDTH)
            strips += [LineStrip(other, line, styles.SMALL) for line in lines]
        for strip in strips:
            strip.keep = True
        strips[0].bookmark = (bookmark[0], one_line(bookmark[1])) if bookmark and self.bookmarks else None
        return strips

    # -- prose ------------------------------------------------------------

    def prose(self, block: Prose) -> None:
        style = styles.SMALL if block.small else styles.BODY
        gap = 6.0 if self._fields is None else styles.BLOCK_GAP
        strips = self._paragraphs(self.section, block.text, style, styles.MEASURE, gap=gap)
        if block.second:
            element = self.section.add("P", language=self.second_language or None)
            strips += paragraph_strips(
                element, self.setter.lines(block.second, styles.SMALL, styles.MEASURE), styles.SMALL
            )
        declared = self._last_checks
        self.add(strips)
        self._last_prose, self._last_checks = len(strips), declared

    def notes(self, notes: Sequence[str]) -> None:
        for note in notes:
            self.add(self._paragraphs(self.section, note, styles.SMALL, styles.MEASURE, gap=3.0))

    def notice(self, text: str) -> None:
        """A sentence in a box, in the colour of warnings."""
        element = self.section.add("P")
        setting = self.setting(element, text, styles.NOTICE, styles.WIDTH - 24)
        box = BlockStrip(
            [(12.0, [setting])], styles.WIDTH, 6.0, gap=styles.BLOCK_GAP, ground=styles.WARN_SOFT, edge=styles.WARN
        )
        self.add([box])

    def _paragraphs(
        self, parent: Element, text: str, style: TextStyle, width: float, *, gap: float, indent: float = 0.0
    ) -> list[LineStrip]:
        """One P element for each part of the text between blank lines."""
        strips: list[LineStrip] = []
        for at, part in enumerate(_BLANK_LINE.split(printable(text).strip("\n"))):
            lines = self.setter.lines(part, style, width)
            above = gap if at == 0 else style.leading / 2
            strips += paragraph_strips(parent.add("P"), lines, style, indent=indent, gap=above)
        return strips

    # -- fields -----------------------------------------------------------

    def field(self, block: Field) -> None:
        """A label and its answer; neighbouring fields form one list of terms and their values."""
        if self._fields is None:
            fields = self.section.add("L", list_numbering("None"))
            after_heading = bool(self.strips) and self.strips[-1].keep
            gap = 8.0 if after_heading else styles.BLOCK_GAP + 4
        else:
            fields, gap = self._fields, styles.FIELD_PADDING + (3.5 if self._after_long else 0.0)
        item = fields.add("LI")
        rule = RuleStrip(styles.WIDTH, 0.5, styles.LINE, gap=gap, parts=True)
        above = self._long(item, block) if block.long else self._short(item, block)
        above[0].gap = styles.FIELD_PADDING
        again = self.continuation(block.label.text)
        for strip in above[1:]:
            strip.head = again
        if block.with_next:
            for strip in above:
                strip.keep = True
        self.add([rule, *above])
        self._fields, self._after_long = fields, block.long

    def _short(self, item: Element, block: Field) -> list[Strip]:
        label = self.labelled(item.add("Lbl"), block.label, styles.LABEL, styles.LABEL_WIDTH)
        body = item.add("LBody")
        answer = self._answer(body, block, styles.ANSWER_WIDTH, styles.ANSWER_X)
        # The label stands beside as many lines of the answer as it has itself, and two at least.
        tall = max(sum(setting.height for setting in label), 2 * styles.BODY.leading)
        room = self._room_to_write(body, block)
        taken = len(answer) if room else _that_fit(answer, tall)
        if len(answer) - taken == 1:
            taken += 1
        beside = [Setting(strip.element, (strip.line,), strip.style, strip.gap) for strip in answer[:taken]]
        columns = [(0.0, label), (styles.ANSWER_X, [*beside, *room] or [Setting(body, (), styles.BODY)])]
        return [BlockStrip(columns, styles.WIDTH), *answer[taken:]]

    def _long(self, item: Element, block: Field) -> list[Strip]:
        label = self.labelled(item.add("Lbl"), block.label, styles.LABEL, styles.MEASURE)
        body = item.add("LBody")
        first = BlockStrip([(0.0, label)], styles.WIDTH, keep=True)
        answer = self._answer(body, block, styles.MEASURE, 0.0)
        if answer:
            answer[0].gap = 1.0
        if room := self._room_to_write(body, block):
            for strip in answer:
                strip.keep = True
            return [first, *answer, BlockStrip([(0.0, room)], styles.WIDTH)]
        return [first, *answer]

    def _room_to_write(self, body: Element, block: Field) -> list[Setting]:
        if block.choices or not (self.blank and is_blank(block.cell)):
            return []
        return [Setting(body, (Line((), 0.0),) * _LINES_TO_WRITE[block.long], styles.BODY)]

    def _answer(self, body: Element, block: Field, width: float, indent: float) -> list[LineStrip]:
        strips: list[LineStrip] = []
        if block.help and self.blank:
            strips += self._paragraphs(body, block.help, styles.SMALL, width, gap=0.0, indent=indent)
        for choice in block.choices:
            strips += self._paragraphs(
                body, f"{_TICK_BOX}\u00a0\u00a0{choice}", styles.BODY, width, gap=2.0, indent=indent
            )
        if text := cell_text(block.cell, self.currency):
            strips += self._paragraphs(body, text, _answer_style(block), width, gap=0.0, indent=indent)
        if isinstance(block.cell, PendingCell) and block.cell.note:
            strips += self._paragraphs(body, block.cell.note, styles.MARKED, width, gap=0.0, indent=indent)
        if block.note:
            strips += self._paragraphs(body, block.note, styles.SMALL, width, gap=2.0, indent=indent)
        return strips

    # -- declarations -----------------------------------------------------

    def checks(self, block: Checks) -> None:
        """Declarations as a list whose labels are the words for yes and no."""
        listed = self.section.add("L", list_numbering("None"))
        strips: list[Strip] = []
        wide = (
            max(
                self.setter.natural_width(word, styles.STRONG)
                for word in ((_TICK_BOX,) if self.blank else (block.yes, block.no))
            )
            + 14
        )
        for at, (ticked, sentence) in enumerate(block.items):
            item = listed.add("LI")
            style = styles.STRONG if ticked else styles.MUTED
            word = _TICK_BOX if self.blank else block.yes if ticked else block.no
            mark = self.setting(item.add("Lbl"), word, style, wide)
            body = item.add("LBody")
            words = [self.setting(body, sentence, styles.BODY, styles.MEASURE - wide)]
            if at < len(block.second) and block.second[at]:
                other = body.add("Span", language=self.second_language or None)
                words.append(self.setting(other, block.second[at], styles.SMALL, styles.MEASURE - wide))
            gap = 4.0 if strips else 8.0
            strips.append(BlockStrip([(0.0, [mark]), (wide, words)], styles.WIDTH, gap=gap))
        self.add(strips)
        self._last_checks = len(strips)


def _that_fit(strips: Sequence[LineStrip], room: float) -> int:
    """How many of the first strips fit into `room`."""
    used = 0.0
    for at, strip in enumerate(strips):
        used += strip.gap + strip.height
        if used > room + 0.01:
            return at
    return len(strips)


def _answer_style(block: Field) -> TextStyle:
    match block.cell:
        case TextCell(strong=True):
            return styles.STRONG
        case PendingCell():
            return styles.NOTICE
        case EmptyCell():
            return styles.MUTED
        case _:
            return styles.BODY
