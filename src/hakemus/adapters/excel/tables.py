"""Lays a table of the report into a sheet: heads, groups, lines, totals with their formulas, notes, hidden row ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from hakemus.adapters.excel import formulas
from hakemus.adapters.excel.plan import (
    DATE_FORMAT,
    INK,
    INK_SECOND,
    MONEY_FORMAT,
    SUNKEN,
    WARN,
    Claim,
    Content,
    Sheet,
    Style,
    address,
    longest_line,
    longest_word,
    width_of,
)
from hakemus.adapters.excel.text import one_line, pieces
from hakemus.domain.money import Money
from hakemus.report.model import (
    Align,
    Cell,
    DateCell,
    EmptyCell,
    FlagCell,
    Label,
    MoneyCell,
    NumberCell,
    PendingCell,
    PeriodCell,
    Row,
    RowKind,
    ShownCell,
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

_KIND_STYLES = {RowKind.LINE: LINE_STYLE, RowKind.GROUP: GROUP, RowKind.SUM: SUM, RowKind.TOTAL: TOTAL}
_TAIL = re.compile(r"[A-Za-z_]+\Z")
_SHOWN = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)


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

    def tail_column(self, *tails: str) -> int | None:
        """The sheet's column whose field's name is the first of `tails` that the table has."""
        for wanted in tails:
            for at, column in enumerate(self.table.columns):
                if tail(column.key) == wanted:
                    return self.columns[at]
        return None


def tail(key: str) -> str:
    """The field's own name at the end of a column's key: `budget.lines[].unit_price` -> `unit_price`."""
    found = _TAIL.search(key)
    return found.group() if found else key


def words_of(label: Label) -> str:
    """A label in the document's language and, where two are asked for, the second below it."""
    return f"{label.text}\n{label.second}" if label.second else label.text


def place_table(sheet: Sheet, table: Table, row: int, words: Mapping[str, str], *, with_ids: bool = True) -> Placed:
    """Writes heads, rows and notes from `row` on."""
    return _TablePlacer(sheet, table, words, with_ids).place(row)


class _TablePlacer:
    def __init__(self, sheet: Sheet, table: Table, words: Mapping[str, str], with_ids: bool) -> None:
        self.sheet, self.table, self.words, self.with_ids = sheet, table, words, with_ids
        self.periods = frozenset(
            at
            for at in range(len(table.columns))
            if any(isinstance(row.cells[at], PeriodCell) for row in table.rows if at < len(row.cells))
        )
        columns, col = [], 0
        for at in range(len(table.columns)):
            columns.append(col)
            col += 2 if at in self.periods else 1
        self.columns = tuple(columns)
        self.has_notes = any(row.note for row in table.rows) or any(
            len(pieces(text)) > 1 for row in table.rows for text in map(_text_of, row.cells) if text
        )
        self.note_col = col
        self.width = col + self.has_notes

    def place(self, row: int) -> Placed:
        head_row = row
        self._heads(row)
        row += 1
        placed_rows: list[int] = []
        for item in self.table.rows:
            placed_rows.append(row)
            row = self._row(row, item)
        if not self.table.rows and self.table.empty:
            self._note(row, self.table.empty)
            row += 1
        self._formulas(placed_rows)
        self._shares(placed_rows)
        row += bool(self.table.notes)
        for note in self.table.notes:
            self._note(row, note)
            row += 1
        return Placed(self.table, head_row, head_row + 1, row, self.columns, self.periods, tuple(placed_rows))

    def _note(self, row: int, text: str) -> None:
        for at, piece in enumerate(pieces(text)):
            self.sheet.put(row, at, piece, SMALL)

    def _heads(self, row: int) -> None:
        for at, column in enumerate(self.table.columns):
            label, col = words_of(column.label), self.columns[at]
            cells = [item.cells[at] for item in self.table.rows if at < len(item.cells)]
            money = any(isinstance(cell, MoneyCell) for cell in cells)
            sign = self.words["currency"]
            if money and sign and sign not in label:
                label = f"{label}, {sign}"
            right = column.align is Align.RIGHT or money
            style = replace(HEAD, right=right, indent=at > 0 and not right)
            if at in self.periods:
                for offset, key in enumerate(("starts", "ends")):
                    self._head(row, col + offset, self.words[key], replace(style, right=True))
            else:
                self._head(row, col, label, style)
        if self.has_notes:
            self._head(row, self.note_col, self.words["note"], replace(HEAD, indent=True))
        if self.with_ids and any(item.id for item in self.table.rows):
            self.sheet.put(row, self.width, "id", HEAD)
            self.sheet.hidden_column = max(self.width, self.sheet.hidden_column or 0)

    def _head(self, row: int, col: int, label: str, style: Style) -> None:
        label = one_line(label, 400) if "\n" not in label else label
        self.sheet.put(row, col, pieces(label)[0], style)
        self.sheet.measure(col, need=min(longest_word(label), 24) * 1.1, want=min(longest_line(label) * 1.1, 18))

    def _row(self, row: int, item: Row) -> int:
        style = _KIND_STYLES[item.kind]
        carried: list[tuple[int, tuple[str, ...]]] = []
        for at, cell in enumerate(item.cells[: len(self.columns)]):
            col = self.columns[at]
            right = self.table.columns[at].align is Align.RIGHT
            plain = replace(style, right=right, indent=at > 0 and not right)
            for offset, (content, look) in enumerate(contents(cell, plain)):
                if isinstance(content, str):
                    content, *more = pieces(content)
                    if more:
                        carried.append((col + offset, tuple(more)))
                self._put(row, col + offset, content, look, item.kind)
            if isinstance(cell, MoneyCell):
                self.sheet.claims.append(self._claim(row, col, at, item, cell.amount))
        if item.kind is RowKind.GROUP and not any(isinstance(cell, MoneyCell) for cell in item.cells):
            self._banner(row, item)
        self.sheet.paint(row, range(self.width), style)
        if self.has_notes:
            over = carried or len(pieces(item.note)) > 1
            said = self.words["carried"] if over else ""
            note, *more = pieces("\n".join(part for part in (said, item.note) if part))
            if more:
                carried.append((self.note_col, tuple(more)))
            look = replace(style, colour=INK_SECOND, size=10, bold=False, wrap=True, indent=True)
            self.sheet.put(row, self.note_col, note or None, look)
            self.sheet.measure(self.note_col, need=min(longest_word(note), 16), want=longest_line(note) * 0.9)
        if self.with_ids and item.id:
            self.sheet.put(row, self.width, one_line(item.id, 200), SMALL)
        return self._carry(row + 1, carried, style)

    def _put(self, row: int, col: int, content: Content, style: Style, kind: RowKind) -> None:
        if isinstance(content, str):
            # A group's or total's words may run on over the empty cells beside them; a line's stay in their column.
            if kind is RowKind.LINE:
                style = replace(style, wrap=True)
                self.sheet.measure(col, need=min(longest_word(content), 16), want=longest_line(content))
            elif style.right:
                self.sheet.measure(col, need=longest_line(content) * 1.1)
        elif content is not None:
            self.sheet.measure(col, need=width_of(content) * (1.12 if style.bold else 1))
        self.sheet.put(row, col, content, style)

    def _banner(self, row: int, item: Row) -> None:
        """The words of a group without sums stand across the table."""
        first = self.sheet.cells.get((row, 0))
        if first and isinstance(first.content, str) and self.note_col > 1 and not any(map(_text_of, item.cells[1:])):
            self.sheet.cells[row, 0] = replace(first, style=replace(first.style, wrap=True))
            self.sheet.banners.append((row, 0, self.note_col - 1))

    def _carry(self, row: int, carried: Sequence[tuple[int, tuple[str, ...]]], style: Style) -> int:
        for col, more in carried:
            for offset, piece in enumerate(more):
                self.sheet.put(row + offset, col, piece, replace(style, wrap=True))
        return row + max((len(more) for _, more in carried), default=0)

    def _claim(self, row: int, col: int, at: int, item: Row, amount: Money) -> Claim:
        first = _text_of(item.cells[0]) if item.cells else ""
        return Claim(
            self.table.key, one_line(first, 80), item.id, item.kind.value, self.table.columns[at].key, row, col, amount
        )

    def _formulas(self, rows: Sequence[int]) -> None:
        for at, _ in enumerate(self.table.columns):
            col = self.columns[at]
            for index, item in enumerate(self.table.rows):
                cell = item.cells[at] if at < len(item.cells) else None
                if not isinstance(cell, MoneyCell):
                    continue
                if item.kind is RowKind.LINE:
                    formula = self._line_formula(rows[index], at, item, cell.amount)
                else:
                    formula = self._sum_formula(rows, at, index, cell.amount)
                planned = self.sheet.cells[rows[index], col]
                if formula and isinstance(planned.content, Money):
                    self.sheet.cells[rows[index], col] = replace(planned, formula=formula)

    def _shares(self, rows: Sequence[int]) -> None:
        """Makes the shown percentages formulas: the sum of their row as part of the table's total."""
        wholes = [
            (address(rows[index], self.columns[at], fixed=True), cell.amount)
            for index, item in enumerate(self.table.rows)
            if item.kind is RowKind.TOTAL
            for at, cell in enumerate(item.cells)
            if isinstance(cell, MoneyCell)
        ]
        for index, item in enumerate(self.table.rows):
            own = [
                (address(rows[index], self.columns[at]), cell.amount)
                for at, cell in enumerate(item.cells)
                if isinstance(cell, MoneyCell)
            ]
            for at, cell in enumerate(item.cells):
                shown = shown_value(cell.text) if isinstance(cell, ShownCell) else None
                if shown is not None:
                    tries = (formulas.share(shown.scaleb(2), part, whole) for part in own for whole in wholes)
                    place = (rows[index], self.columns[at])
                    self.sheet.cells[place] = replace(self.sheet.cells[place], formula=next(filter(None, tries), ""))

    def _line_formula(self, row: int, at: int, item: Row, amount: Money) -> str:
        """The product of quantity and price, or what stands in the nearest sum before it, with or without VAT."""
        if tail(self.table.columns[at].key) == "unit_price":
            return ""
        quantity, price = self._number(row, item, "quantity"), self._number(row, item, "unit_price")
        earlier = [
            ((row, self.columns[before]), found.amount)
            for before, found in enumerate(item.cells[:at])
            if isinstance(found, MoneyCell) and tail(self.table.columns[before].key) != "unit_price"
        ]
        if earlier:
            return formulas.counted(amount, earlier[-1], self._number(row, item, "vat_percent"))
        if quantity is None or price is None:
            return ""
        return formulas.product(amount, quantity, (price[0], Money(int(price[1] * 100))))

    def _number(self, row: int, item: Row, name: str) -> tuple[formulas.Place, Decimal] | None:
        for at, column in enumerate(self.table.columns[: len(item.cells)]):
            cell = item.cells[at]
            if tail(column.key) == name:
                if isinstance(cell, NumberCell):
                    return (row, self.columns[at]), cell.number
                if isinstance(cell, MoneyCell):
                    return (row, self.columns[at]), Decimal(str(cell.amount))
        return None

    def _sum_formula(self, rows: Sequence[int], at: int, index: int, amount: Money) -> str:
        item = self.table.rows[index]
        for chosen in _terms(self.table.rows, index, item):
            terms = []
            for other in chosen:
                cell = self.table.rows[other].cells[at] if at < len(self.table.rows[other].cells) else None
                if isinstance(cell, MoneyCell):
                    terms.append(((rows[other], self.columns[at]), cell.amount))
            found = formulas.addition(amount, terms)
            if found:
                return found
        return ""


def _terms(rows: Sequence[Row], index: int, item: Row) -> list[list[int]]:
    """Sets of rows that a sum may add up, the most telling first."""
    lines = [at for at, row in enumerate(rows) if row.kind is RowKind.LINE]
    groups = [at for at, row in enumerate(rows) if row.kind is RowKind.GROUP]
    if item.kind is RowKind.GROUP or (item.kind is RowKind.SUM and item.group):
        same = [at for at in lines if rows[at].group == item.group]
        if item.kind is RowKind.GROUP and not item.group:
            end = next((at for at in range(index + 1, len(rows)) if rows[at].kind is not RowKind.LINE), len(rows))
            same = list(range(index + 1, end))
        return [same]
    before = range(index)
    last = max((at for at in before if rows[at].kind in (RowKind.SUM, RowKind.TOTAL)), default=-1)
    shared = [at for at in lines if any(isinstance(cell, ShownCell) for cell in rows[at].cells)]
    known = {rows[at].group for at in groups}
    loose = [at for at in lines if rows[at].group not in known] if groups else []
    return [
        sorted([at for at in groups + loose if last < at < index]),
        [at for at in lines if last < at < index],
        sorted([at for at in groups + loose if at < index]),
        [at for at in before if rows[at].kind is RowKind.SUM],
        [at for at in lines if at < index],
        [at for at in before if rows[at].kind in (RowKind.SUM, RowKind.TOTAL)],
        # A line without a share, such as refused funding, is shown and not counted.
        shared,
    ]


def contents(cell: Cell, style: Style) -> list[tuple[Content, Style]]:
    """A cell of the report as values with looks; a period gives two."""
    match cell:
        case MoneyCell(amount):
            return [(amount, replace(style, right=True, indent=False, number=MONEY_FORMAT))]
        case NumberCell(number, percent):
            return [_number(number, percent, style)]
        case ShownCell(text):
            return [_shown(text, style)]
        case DateCell(day):
            return [(day, replace(style, right=True, indent=False, number=DATE_FORMAT))]
        case PeriodCell(starts, ends):
            look = replace(style, right=True, indent=False, number=DATE_FORMAT)
            return [(starts, look), (ends, look)]
        case EmptyCell(text):
            return [(text or None, replace(style, colour=INK_SECOND))]
        case PendingCell(text, note):
            return [(f"{text} ({note})" if note else text, replace(style, colour=WARN))]
        case FlagCell(_, text):
            return [(text, style)]
        case TextCell(text, strong):
            return [(text, replace(style, bold=style.bold or strong))]


def _text_of(cell: Cell) -> str:
    return cell.text if isinstance(cell, TextCell | PendingCell | EmptyCell | FlagCell) else ""


def _number(number: Decimal, percent: bool, style: Style) -> tuple[Content, Style]:
    decimals = _decimals(number)
    if percent:
        return number.scaleb(-2), replace(style, right=True, indent=False, number=percent_format(decimals))
    digits = len(number.as_tuple().digits)
    shape = "General" if digits <= 9 else "0" + ("." + "0" * decimals if decimals else "")
    return number, replace(style, right=True, indent=False, number=shape)


def _shown(text: str, style: Style) -> tuple[Content, Style]:
    if not _SHOWN.fullmatch(text):
        return text, replace(style, right=True, indent=False)
    return shown_value(text), replace(style, right=True, indent=False, number=percent_format(2))


def shown_value(text: str) -> Decimal | None:
    """`83.33` as the number a percent format shows so; nothing where it is no such figure."""
    try:
        return Decimal(text).scaleb(-2) if _SHOWN.fullmatch(text) else None
    except InvalidOperation:
        return None


def money_format(sign: str) -> str:
    """Sums with the currency's sign, for places without a head that names it."""
    sign = sign.replace('"', "")
    return f'{MONEY_FORMAT} "{sign}"' if sign else MONEY_FORMAT


def percent_format(decimals: int) -> str:
    """A percentage with a space before its sign."""
    return "0" + ("." + "0" * decimals if decimals else "") + " %"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
