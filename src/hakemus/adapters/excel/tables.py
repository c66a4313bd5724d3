"""Lays a table of the report into a sheet: heads, groups, lines, totals with their formulas, notes, hidden row ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from hakemus.adapters.excel.contents import content_of, contents, text_of
from hakemus.adapters.excel.plan import (
    INK,
    INK_SECOND,
    SUNKEN,
    Content,
    Sheet,
    Style,
    claimed,
    longest_line,
    longest_word,
    styled,
    width_of,
    wrapped,
)
from hakemus.adapters.excel.reckoning import reckon, tail
from hakemus.adapters.excel.text import is_long, one_line, pieces
from hakemus.domain.money import Money
from hakemus.report.model import (
    Align,
    EmptyCell,
    FlagCell,
    Label,
    MoneyCell,
    PendingCell,
    PeriodCell,
    Row,
    RowKind,
    Table,
    TextCell,
)

HEAD = Style(bold=True, ground=SUNKEN, bottom=1, rule=INK, wrap=True)
LINE_STYLE = Style(bottom=7)
GROUP = Style(bold=True, ground=SUNKEN, bottom=7)
SUM = Style(bold=True, top=1, rule=INK)
TOTAL = Style(bold=True, top=2, rule=INK)
SMALL = Style(colour=INK_SECOND, size=10)
TITLE = Style(bold=True, size=16)

_CENTS = attrgetter("cents")
_WORDED = (TextCell, PendingCell, EmptyCell, FlagCell)
_SURELY_SHORT = 10_000
_KIND_STYLES = {RowKind.LINE: LINE_STYLE, RowKind.GROUP: GROUP, RowKind.SUM: SUM, RowKind.TOTAL: TOTAL}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table came to stand. `columns` are the sheet's column of each column of the table."""

    table: Table
    head_row: int
    first_row: int
    next_row: int
    columns: tuple[int, ...]
    periods: frozenset[int]
    rows: tuple[int, ...]
    body_end: int = 0
    """The row behind the last one, before the notes."""
    id_col: int | None = None
    """The sheet's column of the row ids."""

    def tail_column(self, *tails: str) -> int | None:
        """The sheet's column whose field's name is the first of `tails` that the table has."""
        for wanted in tails:
            for at, column in enumerate(self.table.columns):
                if tail(column.key) == wanted:
                    return self.columns[at]
        return None


def words_of(label: Label) -> str:
    """A label in the document's language and, where two are asked for, the second below it."""
    return f"{label.text}\n{label.second}" if label.second else label.text


def place_table(sheet: Sheet, table: Table, row: int, words: Mapping[str, str], id_col: int = 0) -> Placed:
    """Writes heads, rows and notes from `row` on. `id_col`: where the ids stand at the least, for tables that share a
    sheet and so its hidden column.
    """
    return _TablePlacer(sheet, table, words, id_col).place(row)


def width_of_table(table: Table) -> int:
    """The columns of a sheet that a table takes, without that of the ids."""
    return _TablePlacer(Sheet(""), table, {}, 0).width


class _TablePlacer:
    def __init__(self, sheet: Sheet, table: Table, words: Mapping[str, str], id_col: int) -> None:
        self.sheet, self.table, self.words = sheet, table, words
        self.kinds: list[set[type]] = [set() for _ in table.columns]
        for shape in {tuple(map(type, item.cells)) for item in table.rows}:
            for found, kind in zip(self.kinds, shape, strict=False):
                found.add(kind)
        self.periods = frozenset(at for at, found in enumerate(self.kinds) if PeriodCell in found)
        columns, col = [], 0
        for at in range(len(table.columns)):
            columns.append(col)
            col += 2 if at in self.periods else 1
        self.columns = tuple(columns)
        self.has_notes = any(row.note for row in table.rows) or any(
            is_long(cell.text)
            for at, found in enumerate(self.kinds)
            if not found.isdisjoint(_WORDED)
            for row in table.rows
            for cell in row.cells[at : at + 1]
            if isinstance(cell, _WORDED) and len(cell.text) > _SURELY_SHORT
        )
        self.note_col = col
        self.looks: dict[RowKind, tuple[Style, ...]] = {}
        self.lines: dict[int, list[Content]] = {}
        """What stands in the lines, by the sheet's column."""
        self.width = col + self.has_notes
        self.id_col = max(self.width, id_col)

    @property
    def _bears_ids(self) -> bool:
        return any(item.id for item in self.table.rows)

    def place(self, row: int) -> Placed:
        head_row = row
        self._heads(row)
        self.sheet.leads.add(row)
        row += 1
        placed_rows: list[int] = []
        for item in self.table.rows:
            placed_rows.append(row)
            if item.kind is RowKind.GROUP:
                self.sheet.leads.add(row)
            elif item.kind is not RowKind.LINE:
                self.sheet.leads.add(row - 1)
            row = self._row(row, item)
        self._measure_lines()
        body_end = row
        if not self.table.rows and self.table.empty:
            self._note(row, self.table.empty)
            row += 1
        reckon(self.sheet, self.table, self.columns, placed_rows)
        row += bool(self.table.notes)
        for note in self.table.notes:
            self._note(row, note)
            row += 1
        id_col = self.id_col if self._bears_ids else None
        rows = tuple(placed_rows)
        return Placed(self.table, head_row, head_row + 1, row, self.columns, self.periods, rows, body_end, id_col)

    def _note(self, row: int, text: str) -> None:
        for at, piece in enumerate(pieces(text)):
            self.sheet.put(row, at, piece, SMALL)

    def _heads(self, row: int) -> None:
        for at, column in enumerate(self.table.columns):
            label, col = words_of(column.label), self.columns[at]
            money = MoneyCell in self.kinds[at]
            if self.kinds[at] <= {EmptyCell}:
                # A blank form needs room to write in.
                self.sheet.measure(col, want=column.weight * 1.1)
            sign = self.words["currency"]
            if money and sign and sign not in label:
                label = f"{label}, {sign}"
            right = column.align is Align.RIGHT or money
            style = styled(HEAD, right=right, indent=at > 0 and not right)
            if at in self.periods:
                for offset, key in enumerate(("starts", "ends")):
                    self._head(row, col + offset, self.words[key], styled(style, right=True))
            else:
                self._head(row, col, label, style)
        if self.has_notes:
            self._head(row, self.note_col, self.words["note"], styled(HEAD, indent=True))
        if self._bears_ids:
            self.sheet.put(row, self.id_col, "id", HEAD)
            self.sheet.hidden_column = max(self.id_col, self.sheet.hidden_column or 0)

    def _head(self, row: int, col: int, label: str, style: Style) -> None:
        label = one_line(label, 400) if "\n" not in label else label
        self.sheet.put(row, col, pieces(label)[0], style)
        self.sheet.measure(col, need=min(longest_word(label), 24) * 1.1, want=min(longest_line(label) * 1.1, 18))

    def _row(self, row: int, item: Row) -> int:
        kind = item.kind
        style = _KIND_STYLES[kind]
        carried: list[tuple[int, tuple[str, ...]]] = []
        first = ""
        put = self._line if kind is RowKind.LINE else self._put
        for at, (col, plain, cell) in enumerate(zip(self.columns, self._looks(kind), item.cells, strict=False)):
            if type(cell) is MoneyCell:
                first = first or one_line(text_of(item.cells[0]), 80)
                self._claim(row, at, item, first, cell.amount)
            if type(cell) is PeriodCell:
                for offset, (day, look) in enumerate(contents(cell, plain)):
                    put(row, col + offset, day, look)
                continue
            content, look = content_of(cell, plain)
            if type(content) is str and (len(content) > _SURELY_SHORT or not content.isprintable()):
                content, *more = pieces(content)
                if more:
                    carried.append((col, tuple(more)))
            put(row, col, content, look)
        if kind is RowKind.GROUP and not any(isinstance(cell, MoneyCell) for cell in item.cells):
            self._banner(row, item)
        if len(item.cells) < len(self.columns):
            self.sheet.paint(row, range(self.width), style)
        if self.has_notes:
            over = carried or is_long(item.note)
            said = self.words["carried"] if over else ""
            note, *more = pieces("\n".join(part for part in (said, item.note) if part))
            if more:
                carried.append((self.note_col, tuple(more)))
            look = styled(style, colour=INK_SECOND, size=10, bold=False, wrap=True, indent=True)
            self.sheet.put(row, self.note_col, note or None, look)
            self.sheet.measure(self.note_col, need=min(longest_word(note), 16), want=longest_line(note) * 0.9)
        if item.id:
            self.sheet.put(row, self.id_col, one_line(item.id, 200), SMALL)
        return self._carry(row + 1, carried, style) if carried else row + 1

    def _looks(self, kind: RowKind) -> tuple[Style, ...]:
        """The looks of a row's cells, by column."""
        if kind not in self.looks:
            style, aligns = _KIND_STYLES[kind], [column.align is Align.RIGHT for column in self.table.columns]
            self.looks[kind] = tuple(
                styled(style, right=right, indent=at > 0 and not right) for at, right in enumerate(aligns)
            )
        return self.looks[kind]

    def _line(self, row: int, col: int, content: Content, style: Style) -> None:
        """A cell of a line; its words stay in their column."""
        if content is not None:
            self.lines.setdefault(col, []).append(content)
            if type(content) is str:
                style = wrapped(style)
        self.sheet.put(row, col, content, style)

    def _put(self, row: int, col: int, content: Content, style: Style) -> None:
        """A cell of a group, sum or total, whose words may run on over the empty cells beside them."""
        if type(content) is str:
            if style.right:
                self.sheet.measure(col, need=longest_line(content) * 1.1)
        elif content is not None:
            self.sheet.measure(col, need=width_of(content) * (1.12 if style.bold else 1))
        self.sheet.put(row, col, content, style)

    def _measure_lines(self) -> None:
        """Asks for the room that the lines need, a column at a time; of sums the largest and the smallest need most."""
        for col, found in self.lines.items():
            texts = {content for content in found if type(content) is str}
            sums = [content for content in found if type(content) is Money]
            others = {content for content in found if not isinstance(content, str | Money)}
            if texts:
                need, want = max(map(longest_word, texts)), max(map(longest_line, texts))
                self.sheet.measure(col, need=min(need, 16), want=want)
            widest = [*others, *((max(sums, key=_CENTS), min(sums, key=_CENTS)) if sums else ())]
            self.sheet.measure(col, need=max(map(width_of, widest), default=0))

    def _banner(self, row: int, item: Row) -> None:
        """The words of a group without sums stand across the table."""
        first = self.sheet.cells.get((row, 0))
        if first and isinstance(first.content, str) and self.note_col > 1 and not any(map(text_of, item.cells[1:])):
            self.sheet.cells[row, 0] = first._replace(style=replace(first.style, wrap=True))
            self.sheet.banners.append((row, 0, self.note_col - 1))

    def _carry(self, row: int, carried: Sequence[tuple[int, tuple[str, ...]]], style: Style) -> int:
        for col, more in carried:
            for offset, piece in enumerate(more):
                self.sheet.put(row + offset, col, piece, styled(style, wrap=True))
        return row + max((len(more) for _, more in carried), default=0)

    def _claim(self, row: int, at: int, item: Row, words: str, amount: Money) -> None:
        key = self.table.columns[at].key
        self.sheet.claims.append(
            claimed((self.table.key, words, item.id, item.kind.value, key, row, self.columns[at], amount))
        )
