"""The kinds of strip a report is made of: a line, a labelled answer, a table row, a figure, a rule. Each draws itself
as content of its structure element, and its lines and grounds as artifacts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import HexColor

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.flow import Strip
from hakemus.adapters.pdf.structure import Element, block_box
from hakemus.adapters.pdf.tagged_canvas import Artifact, TaggedCanvas
from hakemus.adapters.pdf.typesetting import Align, Line, TextStyle


@dataclass(frozen=True)
class Setting:
    """Lines of one style; without `element` they are not content (a repeated head)."""

    element: Element | None
    lines: tuple[Line, ...]
    style: TextStyle
    above: float = 0.0
    """Space between this and the setting before it."""

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.style.leading

    def parted(self, room: float) -> tuple[Setting, Setting]:
        """What fits into `room`, and the rest."""
        count = max(0, int((room - self.above + 0.01) // self.style.leading))
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])


@dataclass(eq=False)
class LineStrip(Strip):
    """One line of a paragraph; `bookmark` is the outline's (level, title) that leads here."""

    element: Element
    line: Line
    style: TextStyle
    indent: float = 0.0
    gap: float = 0.0
    keep: bool = False
    bookmark: tuple[int, str] | None = None

    @property
    def height(self) -> float:  # type: ignore[override]
        return self.style.leading

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        if self.bookmark is not None:
            level, title = self.bookmark
            canvas.bookmark(title, level, top + self.style.leading)
        draw_bars(canvas, self.line, self.style, left + self.indent, top)
        canvas.content(self.element)
        draw_line(canvas, self.line, self.style, left + self.indent, top)


def paragraph_strips(
    element: Element, lines: Sequence[Line], style: TextStyle, *, indent: float = 0.0, gap: float = 0.0
) -> list[LineStrip]:
    """Line strips of a paragraph that leaves at least two lines on either side of a page's end."""
    last = len(lines) - 1
    return [
        LineStrip(element, line, style, indent, gap if at == 0 else 0.0, at < last and at in (0, last - 1))
        for at, line in enumerate(lines)
    ]


@dataclass(eq=False)
class RuleStrip(Strip):
    """A line across the column: decoration."""

    width: float
    thickness: float
    colour: str
    gap: float = 0.0
    keep: bool = True
    parts: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]
        return self.thickness

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        with canvas.artifact(Artifact.LAYOUT):
            draw_rule(canvas, left, top - self.thickness / 2, self.width, self.thickness, self.colour)


@dataclass(eq=False)
class BlockStrip(Strip):
    """Settings in columns that stay together: a label beside the beginning of its answer, a boxed notice.

    `columns` are (x, settings); `ground` and `edge` colour the block's box, `rule` the line above it.
    """

    columns: Sequence[tuple[float, Sequence[Setting]]]
    width: float
    padding: float = 0.0
    gap: float = 0.0
    keep: bool = False
    ground: str | None = None
    edge: str | None = None
    rule: tuple[float, str] | None = None

    @property
    def height(self) -> float:  # type: ignore[override]
        tallest = max(sum(setting.height for setting in settings) for _, settings in self.columns)
        return tallest + 2 * self.padding

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        self._draw_decoration(canvas, left, top)
        for x, settings in self.columns:
            y = top - self.padding
            for setting in settings:
                draw_setting(canvas, setting, left + x, y)
                y -= setting.height

    def _draw_decoration(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        if not (self.ground or self.edge or self.rule):
            return
        with canvas.artifact(Artifact.LAYOUT):
            bottom = top - self.height
            if self.ground:
                canvas.setFillColor(HexColor(self.ground))
                canvas.rect(left, bottom, self.width, self.height, stroke=0, fill=1)
            if self.edge:
                canvas.setFillColor(HexColor(self.edge))
                canvas.rect(left, bottom, 3, self.height, stroke=0, fill=1)
            if self.rule:
                draw_rule(canvas, left, top, self.width, *self.rule)


@dataclass(frozen=True)
class Cell:
    """A cell's settings at `x` in a column `width` points wide."""

    settings: tuple[Setting, ...]
    align: Align
    x: float
    width: float

    @property
    def height(self) -> float:
        return sum(setting.height for setting in self.settings)

    def parted(self, room: float) -> tuple[Cell, Cell]:
        upper, lower = [], []
        for setting in self.settings:
            first, rest = setting.parted(room)
            room = 0.0 if rest.lines else room - first.height
            upper.append(first)
            lower.append(rest)
        return replace(self, settings=tuple(upper)), replace(self, settings=tuple(lower))


@dataclass(frozen=True, slots=True)
class RowLook:
    """Ground and rules of a row; a colour of None leaves it out."""

    padding: float = 3.0
    ground: str | None = None
    rule_above: tuple[float, str] | None = None
    rule_below: tuple[float, str] | None = None


@dataclass(eq=False)
class RowStrip(Strip):
    """A table row. Only a row taller than a page is split, between lines."""

    cells: tuple[Cell, ...]
    width: float
    look: RowLook
    gap: float = 0.0
    keep: bool = False
    head: Strip | None = None
    note: Cell | None = None
    """Small words across the row, under all its cells."""

    @property
    def height(self) -> float:  # type: ignore[override]
        note = self.note.height if self.note is not None else 0.0
        return self._tallest + note + 2 * self.look.padding

    @property
    def _tallest(self) -> float:
        return max((cell.height for cell in self.cells), default=0.0)

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        self._draw_decoration(canvas, left, top)
        for at, cell in enumerate(self.cells):
            self._draw_cell(canvas, cell, left, top - self.look.padding)
            if at == 0 and self.note is not None:
                self._draw_cell(canvas, self.note, left, top - self.look.padding - self._tallest)

    def _draw_cell(self, canvas: TaggedCanvas, cell: Cell, left: float, top: float) -> None:
        for setting in cell.settings:
            draw_setting(canvas, setting, left + cell.x, top, cell.align, cell.width)
            top -= setting.height

    def split(self, room: float) -> tuple[Strip, Strip] | None:
        inner = room - 2 * self.look.padding
        # Two lines at least, or the rest looks like an accident at the page's end.
        if inner < 2 * max((s.style.leading for cell in self.cells for s in cell.settings), default=0.0):
            return None
        pairs = [cell.parted(inner) for cell in self.cells]
        first_note, rest_note = None, None
        if self.note is not None:
            first_note, rest_note = self.note.parted(max(0.0, inner - self._tallest))
        upper = replace(self.look, rule_below=None)
        lower = replace(self.look, rule_above=None)
        first, rest = tuple(part for part, _ in pairs), tuple(part for _, part in pairs)
        return (
            RowStrip(first, self.width, upper, self.gap, head=self.head, note=first_note),
            RowStrip(rest, self.width, lower, keep=self.keep, head=self.head, note=rest_note),
        )

    def _draw_decoration(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        look, bottom = self.look, top - self.height
        if not (look.ground or look.rule_above or look.rule_below):
            return
        with canvas.artifact(Artifact.LAYOUT):
            if look.ground:
                canvas.setFillColor(HexColor(look.ground))
                canvas.rect(left, bottom, self.width, self.height, stroke=0, fill=1)
            # Inside the row, where the ground of its neighbour does not cover half of them.
            if look.rule_above:
                draw_rule(canvas, left, top - look.rule_above[0] / 2, self.width, *look.rule_above)
            if look.rule_below:
                draw_rule(canvas, left, bottom + look.rule_below[0] / 2, self.width, *look.rule_below)


@dataclass(eq=False)
class StackStrip(Strip):
    """Strips on top of each other that stay together."""

    strips: tuple[Strip, ...]

    @property
    def height(self) -> float:  # type: ignore[override]
        return sum(strip.height for strip in self.strips)

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        for strip in self.strips:
            strip.draw(canvas, left, top)
            top -= strip.height


@dataclass(eq=False)
class FigureStrip(Strip):
    """A drawing; its element must carry the alternative text. `paint(canvas, left, bottom)` draws it."""

    element: Element
    width: float
    height: float
    paint: Callable[[TaggedCanvas, float, float], None]
    gap: float = 0.0
    keep: bool = False

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        bottom = top - self.height
        self.element.attributes.append(block_box(left, bottom, left + self.width, top))
        canvas.content(self.element)
        self.paint(canvas, left, bottom)
        canvas.close()


def draw_rule(canvas: TaggedCanvas, x: float, y: float, width: float, thickness: float, colour: str) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(thickness)
    canvas.line(x, y, x + width, y)


def draw_setting(
    canvas: TaggedCanvas, setting: Setting, left: float, top: float, align: Align = Align.LEFT, width: float = 0.0
) -> None:
    """Draws the lines as content of their element, or as an artifact of pagination where they have none."""
    if not setting.lines:
        return
    top -= setting.above
    for line, x, y in _laid(setting, left, top, align, width):
        draw_bars(canvas, line, setting.style, x, y)
    if setting.element is None:
        with canvas.artifact(Artifact.PAGINATION):
            _draw_lines(canvas, setting, left, top, align, width)
    else:
        canvas.content(setting.element)
        _draw_lines(canvas, setting, left, top, align, width)


def _draw_lines(canvas: TaggedCanvas, setting: Setting, left: float, top: float, align: Align, width: float) -> None:
    for line, x, y in _laid(setting, left, top, align, width):
        draw_line(canvas, line, setting.style, x, y)


def _laid(setting: Setting, left: float, top: float, align: Align, width: float) -> Iterator[tuple[Line, float, float]]:
    """Each line with its left and upper edge."""
    for at, line in enumerate(setting.lines):
        yield line, left + align.value * max(0.0, width - line.width), top - at * setting.style.leading


def draw_bars(canvas: TaggedCanvas, line: Line, style: TextStyle, x: float, top: float) -> None:
    """A box under the words that say what was kept back: seen at once, in black and white too."""
    if not line.bars:
        return
    with canvas.artifact(Artifact.LAYOUT):
        canvas.setFillColor(HexColor(styles.KEPT_BACK))
        canvas.setStrokeColor(HexColor(styles.INK))
        canvas.setLineWidth(0.35)
        bottom = top - style.baseline - 0.27 * style.size
        for left, wide in line.bars:
            canvas.rect(x + left - 1.5, bottom, wide + 3.0, 1.1 * style.size, stroke=1, fill=1)


def draw_line(canvas: TaggedCanvas, line: Line, style: TextStyle, x: float, top: float) -> None:
    """One line whose upper edge is at `top`; the caller has said whose content it is."""
    if line.runs:
        canvas.draw_runs(x, top - style.baseline, line.runs, style.size, HexColor(style.colour))
