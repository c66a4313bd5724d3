"""Tables of the report as rows of strips: widths that keep words whole, head repeated on every page as an artifact,
scope on every header cell, a rule above each sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.flow import Strip
from hakemus.adapters.pdf.fonts import Weight
from hakemus.adapters.pdf.strips import Cell, LineStrip, RowLook, RowStrip, Setting, StackStrip
from hakemus.adapters.pdf.structure import Element, column_span, header_scope
from hakemus.adapters.pdf.typesetting import Align, TextStyle, Typesetter
from hakemus.report import model
from hakemus.report.cell_words import cell_text, is_blank

_CELL_PADDING = 4.0
_ROOM_TO_WRITE = 13.0
_ROOM_TO_WRITE_BESIDE = 7.0
_KEPT_WHOLE = 6
"""A table of at most so many rows stands on one page of a blank form: who fills it in by hand sees all of it."""
_TALL_ROW = 72.0
"""Points of a row of five lines or so."""
# A column may ask for this much of the width for the sake of its longest word.
_GREEDIEST = 0.45
_SIZES = (styles.TABLE, TextStyle(8.5, 11), TextStyle(7.5, 10))

_LOOKS = {
    model.RowKind.LINE: RowLook(rule_below=(0.5, styles.LINE)),
    model.RowKind.GROUP: RowLook(ground=styles.SUNKEN, rule_below=(0.5, styles.LINE)),
    model.RowKind.SUM: RowLook(rule_above=(0.75, styles.INK), rule_below=(0.5, styles.LINE)),
    model.RowKind.TOTAL: RowLook(padding=4.0, rule_above=(1.5, styles.INK), rule_below=(0.5, styles.INK)),
}
_HEAD_LOOK = RowLook(padding=4.0, ground=styles.SUNKEN, rule_below=(0.75, styles.EDGE))
_WEIGHTS = {
    model.RowKind.LINE: Weight.REGULAR,
    model.RowKind.GROUP: Weight.SEMIBOLD,
    model.RowKind.SUM: Weight.SEMIBOLD,
    model.RowKind.TOTAL: Weight.BOLD,
}


def add_table(composer: Composer, table: model.Table) -> None:
    """The table with its caption, or the sentence said instead of rows, and the notes under it."""
    if table.rows:
        _TableMaker(composer, table).make()
    else:
        if table.title.text and not composer.just_said(table.title.text):
            composer.subheading(table.title, bookmark=False)
        if table.empty:
            composer.prose(model.Prose(table.empty))
    composer.notes(table.notes)


@dataclass(frozen=True)
class _Grid:
    """Left edge and width of each column's text."""

    style: TextStyle
    edges: tuple[float, ...]
    widths: tuple[float, ...]

    def span(self, first: int, last: int) -> float:
        return self.edges[last] + self.widths[last] - self.edges[first]


class _TableMaker:
    def __init__(self, composer: Composer, table: model.Table) -> None:
        self.composer, self.table = composer, table
        self.element = composer.section.add("Table")
        named = composer.currency
        self.currencies = ["" if named in column.label.text else named for column in table.columns]
        self.aligns = [Align.RIGHT if c.align is model.Align.RIGHT else Align.LEFT for c in table.columns]
        self.grid = _grid(composer.setter, table, self.currencies)

    def make(self) -> None:
        strips: list[Strip] = [*self._caption()]
        head_row = self.element.add("THead").add("TR")
        head = self._head(head_row)
        head.gap, head.keep = (4.0 if strips else 8.0), True
        body = self.element.add("TBody")
        rows = [self._row(body.add("TR"), row) for row in self.table.rows]
        heads: dict[str, Strip] = {}
        group = ""
        for left, (strip, row, following) in enumerate(
            zip(rows, self.table.rows, [*self.table.rows[1:], None], strict=True), start=1 - len(rows)
        ):
            if row.kind is not model.RowKind.LINE:
                group = ""  # a sum or another heading says itself where it belongs
            if group not in heads:
                heads[group] = self._repeated_head(group)
            strip.head = heads[group]
            if row.kind is model.RowKind.GROUP:
                group = cell_text(row.cells[0], "")
            result = following is not None and following.kind in (model.RowKind.SUM, model.RowKind.TOTAL)
            whole = self.composer.blank and (len(rows) <= _KEPT_WHOLE or _same_group(row, following))
            # a first or last row by itself on a page looks forgotten, if it is not tall
            alone = left in (1 - len(rows), -1) and len(rows) > 2 and strip.height < _TALL_ROW
            noted = following is None and bool(self.table.notes)
            strip.keep = noted or (
                following is not None and (result or whole or alone or row.kind is model.RowKind.GROUP)
            )
        self.composer.add([*strips, head, *rows])

    def _caption(self) -> list[LineStrip]:
        title = self.table.title
        if not title.text or self.composer.just_said(title.text):
            return []
        element = self.element.add("Caption")
        strips = [
            LineStrip(setting.element, line, setting.style, keep=True)
            for setting in self.composer.labelled(element, title, styles.SUBHEAD, styles.WIDTH)
            for line in setting.lines
            if setting.element is not None
        ]
        strips[0].gap = styles.BLOCK_GAP + 2
        return strips

    def _repeated_head(self, group: str) -> Strip:
        head = self._head(None)
        title = self.composer.continuation(self.table.title.text or self.composer.title, group)
        return StackStrip((title, head)) if title is not None else head

    def _head(self, row: Element | None) -> RowStrip:
        cells = []
        for at, column in enumerate(self.table.columns):
            width = self.grid.widths[at]
            element = row.add("TH", header_scope("Column")) if row is not None else Element("TH")
            settings = self.composer.labelled(element, column.label, styles.TABLE_HEAD, width)
            if row is None:
                settings = [replace(setting, element=None) for setting in settings]
            cells.append(Cell(tuple(settings), self.aligns[at], self.grid.edges[at], width))
        return RowStrip(tuple(cells), styles.WIDTH, _HEAD_LOOK)

    def _row(self, element: Element, row: model.Row) -> RowStrip:
        style = replace(self.grid.style, weight=_WEIGHTS[row.kind])
        cells: list[Cell] = []
        at = 0
        while at < len(row.cells):
            last = _last_spanned(row, at)
            cells.append(self._cell(element, row, at, last, style))
            at = last + 1
        note = self._note(element, row, cells)
        look = _LOOKS[row.kind]
        if self.composer.blank and row.kind is not model.RowKind.GROUP and any(is_blank(cell) for cell in row.cells):
            named = not is_blank(row.cells[0])
            look = replace(look, padding=_ROOM_TO_WRITE_BESIDE if named else _ROOM_TO_WRITE)
        return RowStrip(tuple(cells), styles.WIDTH, look, note=note)

    def _note(self, row_element: Element, row: model.Row, cells: list[Cell]) -> Cell | None:
        """Small words of the row, content of its first cell: across the whole row, or added to the first cell where
        a taller one stands beside it and the note would come to stand far from what it belongs to.
        """
        owner = next((child for child in row_element.children if isinstance(child, Element)), None)
        if not row.note or owner is None:
            return None
        if any(cell.height > cells[0].height for cell in cells):
            setting = self._small(owner, row.note, styles.SMALL, cells[0].width)
            cells[0] = replace(cells[0], settings=(*cells[0].settings, setting))
            return None
        width = styles.WIDTH - 2 * _CELL_PADDING
        return Cell((self._small(owner, row.note, styles.SMALL, width),), Align.LEFT, _CELL_PADDING, width)

    def _cell(self, parent: Element, row: model.Row, at: int, last: int, style: TextStyle) -> Cell:
        content, columns = row.cells[at], last - at + 1
        width = self.grid.span(at, last)
        text = cell_text(content, self.currencies[at])
        if at == 0 and text:
            element = parent.add("TH", header_scope("Row", columns=columns))
        else:
            element = parent.add("TD", *([column_span(columns)] if columns > 1 else []))
        settings: list[Setting] = []
        if text:
            settings.append(self.composer.setting(element, text, _cell_style(content, style), width))
        if isinstance(content, model.PendingCell) and content.note:
            settings.append(self._small(element, content.note, styles.MARKED, width))
        align = self.aligns[at] if columns == 1 else Align.LEFT
        return Cell(tuple(settings), align, self.grid.edges[at], width)

    def _small(self, element: Element, text: str, style: TextStyle, width: float) -> Setting:
        return self.composer.setting(element.add("P"), text, replace(style, size=8.0, leading=10.5), width)


def _same_group(row: model.Row, following: model.Row | None) -> bool:
    """Whether both are rows to be filled in under one heading."""
    lines = (model.RowKind.LINE, model.RowKind.LINE)
    return following is not None and (row.kind, following.kind) == lines


def _last_spanned(row: model.Row, at: int) -> int:
    """The words of a group, sum or total run on over the blank cells beside them."""
    last = at
    if at == 0 and row.kind is not model.RowKind.LINE:
        while last + 1 < len(row.cells) and is_blank(row.cells[last + 1]):
            last += 1
    return last


def _cell_style(content: model.Cell, style: TextStyle) -> TextStyle:
    match content:
        case model.TextCell(strong=True) if style.weight is Weight.REGULAR:
            return replace(style, weight=Weight.SEMIBOLD)
        case model.EmptyCell():
            return replace(style, colour=styles.INK2)
        case model.PendingCell():
            return replace(style, weight=Weight.SEMIBOLD, colour=styles.WARN)
        case _:
            return style


def _grid(setter: Typesetter, table: model.Table, currencies: Sequence[str]) -> _Grid:
    """Column widths by weight, widened where a word would be cut; smaller type where that is not enough."""
    gutters = [_gutter(before, after) for before, after in pairwise(table.columns)] + [0.0]
    room = styles.WIDTH - 2 * _CELL_PADDING * len(table.columns) - sum(gutters)
    weights = [max(1, column.weight) for column in table.columns]
    wanted = [room * weight / sum(weights) for weight in weights]
    for style in _SIZES:
        least = [
            min(_least(setter, table, at, style, currencies[at]), room * _GREEDIEST) for at in range(len(table.columns))
        ]
        if sum(least) <= room:
            break
    widths = _fitted(wanted, least, room)
    edges, x = [], 0.0
    for width, gutter in zip(widths, gutters, strict=True):
        edges.append(x + _CELL_PADDING)
        x += width + 2 * _CELL_PADDING + gutter
    return _Grid(style, tuple(edges), tuple(widths))


def _gutter(before: model.Column, after: model.Column) -> float:
    """More air where figures set to the right meet words set to the left."""
    return 8.0 if before.align is model.Align.RIGHT and after.align is model.Align.LEFT else 0.0


def _least(setter: Typesetter, table: model.Table, at: int, style: TextStyle, currency: str) -> float:
    """The width that keeps every word of the column whole."""
    label = table.columns[at].label
    words = [setter.longest_word(label.text, styles.TABLE_HEAD), setter.longest_word(label.second, styles.SMALL)]
    for row in table.rows:
        if at < len(row.cells) and _last_spanned(row, 0) < max(at, 1):
            weighted = replace(style, weight=_WEIGHTS[row.kind])
            words.append(setter.longest_word(cell_text(row.cells[at], currency), weighted))
    return max(words) + 0.1


def _fitted(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths that add up to `room`: at least `least` where there is room for it, the rest shared as wanted."""
    if sum(least) >= room:
        return [room * value / sum(least) for value in least]
    fixed: set[int] = set()
    while True:
        free = [at for at in range(len(wanted)) if at not in fixed]
        left = room - sum(least[at] for at in fixed)
        share = sum(wanted[at] for at in free)
        short = {at for at in free if left * wanted[at] / share < least[at]}
        if not short:
            return [least[at] if at in fixed else left * wanted[at] / share for at in range(len(wanted))]
        fixed |= short
