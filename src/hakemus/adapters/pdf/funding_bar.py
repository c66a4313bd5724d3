"""The funding as one stacked bar: parts named in and under it, the cap as a flag pole, the part over the cap hatched.
Shape and words carry the meaning; colour only helps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.drawing import box, hatched, vertical, words
from hakemus.adapters.pdf.strips import FigureStrip, draw_line
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import Line, TextStyle, Typesetter
from hakemus.report.model import BarPart, FundingBar

_BAR = 24.0
_FLAG = 16.0
_GUTTER = 1.5
_SWATCH = 8.0
_INSET = 6.0
_LEGEND_GAP = 8.0
_LEGEND_COLUMNS = 4


def add_funding_bar(composer: Composer, bar: FundingBar) -> None:
    """The figure with its alternative text; nothing where there is nothing to draw."""
    if bar.whole.cents <= 0 or not any(part.amount.cents > 0 for part in bar.parts):
        return
    element = composer.figure(bar.alt, "; ".join(f"{part.name} {part.words}" for part in bar.parts))
    painter = _Painter(composer.setter, bar)
    composer.add([FigureStrip(element, styles.WIDTH, painter.height, painter.paint, gap=styles.BLOCK_GAP)])


@dataclass(frozen=True)
class _LegendEntry:
    part: BarPart
    lines: tuple[tuple[TextStyle, Line], ...]

    @property
    def height(self) -> float:
        return sum(style.leading for style, _ in self.lines) + 4


class _Painter:
    def __init__(self, setter: Typesetter, bar: FundingBar) -> None:
        self.setter, self.bar = setter, bar
        self.parts = [part for part in bar.parts if part.amount.cents > 0]
        # Sources may come to more than the costs; the bar then is as long as the sources.
        self.scale = styles.WIDTH / max(bar.whole.cents, sum(part.amount.cents for part in self.parts))
        self.cap = None if bar.cap is None else max(0.0, bar.cap.cents * self.scale)
        columns = min(_LEGEND_COLUMNS, len(self.parts))
        self.column = styles.WIDTH / columns
        entries = [self._entry(part) for part in self.parts]
        self.rows = [entries[at : at + columns] for at in range(0, len(entries), columns)]
        legend = sum(max(entry.height for entry in row) for row in self.rows)
        self.height = (_FLAG if self.cap is not None else 0.0) + _BAR + _LEGEND_GAP + legend

    def paint(self, canvas: TaggedCanvas, left: float, bottom: float) -> None:
        bar_top = bottom + self.height - (_FLAG if self.cap is not None else 0.0)
        start = 0.0
        for part in self.parts:
            width = part.amount.cents * self.scale
            self._segment(canvas, part, left, bar_top, start, width)
            start += width
        if self.cap is not None:
            self._flag(canvas, left, bar_top, self.cap)
        self._legend(canvas, left, bar_top - _BAR - _LEGEND_GAP)

    def _segment(
        self, canvas: TaggedCanvas, part: BarPart, left: float, top: float, start: float, width: float
    ) -> None:
        shown = max(0.6, width - _GUTTER)
        _swatch(canvas, part.tone, left + start, top - _BAR, shown, _BAR)
        inner = shown
        if part.tone == "grant" and self.cap is not None and self.cap < start + shown - 0.5:
            inner = max(0.0, self.cap - start)
            hatched(canvas, left + start + inner, top - _BAR, shown - inner, _BAR, styles.ERROR)
        style = replace(styles.FIGURE_STRONG, size=9, leading=_BAR, colour=_ink(part.tone))
        inset = _INSET
        if self.cap is not None and -1 < self.cap - start < inner / 2:
            inset += max(0.0, self.cap - start)  # a name begins behind the pole, never under it
        for name in (part.name, part.name.split(" ")[0]):
            wide = self.setter.natural_width(name, style)
            crossed = self.cap is not None and start + inset - 2 < self.cap < start + inset + wide + 2
            if wide <= inner - inset - _INSET and not crossed:
                words(canvas, self.setter, name, style, left + start + inset, top)
                break

    def _flag(self, canvas: TaggedCanvas, left: float, top: float, cap: float) -> None:
        """The pole stands at the cap; its words stand to the left, those of the excess to the right."""
        x = left + min(cap, styles.WIDTH)
        if cap <= styles.WIDTH + 0.5:
            vertical(canvas, x, top - _BAR - 3, _BAR + 13, 1.5, styles.INK)
        over = replace(styles.FIGURE_STRONG, colour=styles.ERROR)
        spots = [
            (text, style)
            for text, style in ((self.bar.cap_words, styles.FIGURE_STRONG), (self.bar.over_words, over))
            if text
        ]
        wide = [self.setter.natural_width(text, style) + 6 for text, style in spots]
        beyond = left + styles.WIDTH
        if wide and wide[0] <= x - left and sum(wide[1:]) <= beyond - x:
            starts = [x - wide[0], *([x + 6] if len(spots) > 1 else [])]
        else:
            # Side by side, on the side of the pole that has more room.
            begin = x + 6 if beyond - x > x - left else max(left, x - sum(wide) - 6)
            starts = [begin, begin + (wide[0] if wide else 0.0) + 6]
        for (text, style), start in zip(spots, starts, strict=False):
            words(canvas, self.setter, text, style, start, top + _FLAG)

    def _legend(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        for row in self.rows:
            for at, entry in enumerate(row):
                x, y = left + at * self.column, top
                _swatch(canvas, entry.part.tone, x, y - 9.5, _SWATCH, _SWATCH)
                for style, line in entry.lines:
                    draw_line(canvas, line, style, x + _SWATCH + 5, y)
                    y -= style.leading
            top -= max(entry.height for entry in row)

    def _entry(self, part: BarPart) -> _LegendEntry:
        wide = self.column - _SWATCH - 13
        pairs = ((styles.FIGURE_STRONG, part.name), (styles.FIGURE, part.words))
        lines = [(style, line) for style, text in pairs if text for line in self.setter.lines(text, style, wide)]
        return _LegendEntry(part, tuple(lines))


def _swatch(canvas: TaggedCanvas, tone: str, x: float, y: float, width: float, height: float) -> None:
    if tone == "gap":
        box(canvas, x, y, width, height, styles.PAPER, styles.ERROR)
    else:
        box(canvas, x, y, width, height, styles.TONES.get(tone, (styles.SUNKEN, ""))[0])


def _ink(tone: str) -> str:
    return styles.TONES.get(tone, ("", styles.INK))[1]
