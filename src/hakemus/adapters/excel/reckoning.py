"""Turns the sums of a placed table into formulas: products of lines, sums of groups and totals, shares of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hakemus.adapters.excel import formulas
from hakemus.adapters.excel.contents import shown_value
from hakemus.adapters.excel.plan import Sheet, address, planned
from hakemus.domain.money import Money
from hakemus.report.model import EmptyCell, MoneyCell, NumberCell, Row, RowKind, ShownCell, Table, TextCell

_PRICES = frozenset({"unit_price", "monthly_pay"})
_TAIL = re.compile(r"[A-Za-z_]+\Z")


def tail(key: str) -> str:
    """The field's own name at the end of a column's key: `budget.lines[].unit_price` -> `unit_price`."""
    found = _TAIL.search(key)
    return found.group() if found else key


def reckon(sheet: Sheet, table: Table, columns: Sequence[int], rows: Sequence[int]) -> None:
    """Gives the sums and shares of a table their formulas; `columns` and `rows` say where its cells stand."""
    tails = [tail(column.key) for column in table.columns]
    first = {name: at for at, name in reversed(list(enumerate(tails)))}
    reckoner = _Reckoner(sheet, table, columns, tails, first)
    reckoner.sums(rows)
    reckoner.shares(rows)


@dataclass(frozen=True, slots=True)
class _Reckoner:
    sheet: Sheet
    table: Table
    columns: Sequence[int]
    tails: Sequence[str]
    first: Mapping[str, int]
    """The first column of each name in `tails`."""

    def sums(self, rows: Sequence[int]) -> None:
        shapes = {tuple(map(type, item.cells)) for item in self.table.rows}
        for at in sorted({at for shape in shapes for at, kind in enumerate(shape) if kind is MoneyCell}):
            col = self.columns[at]
            for index, item in enumerate(self.table.rows):
                cell = item.cells[at] if at < len(item.cells) else None
                if not isinstance(cell, MoneyCell):
                    continue
                if item.kind is RowKind.LINE:
                    formula = self._line_formula(rows[index], at, item, cell.amount)
                else:
                    formula = self._sum_formula(rows, at, index, cell.amount)
                content, style, _ = self.sheet.cells[rows[index], col]
                if formula and isinstance(content, Money):
                    self.sheet.cells[rows[index], col] = planned((content, style, formula))

    def shares(self, rows: Sequence[int]) -> None:
        """Makes the shown percentages formulas: the sum of their row as part of the table's total."""
        wholes = [
            (address(rows[index], self.columns[at], fixed=True), cell.amount)
            for index, item in enumerate(self.table.rows)
            if item.kind is RowKind.TOTAL
            for at, cell in enumerate(item.cells)
            if isinstance(cell, MoneyCell)
        ]
        for index, item in enumerate(self.table.rows):
            if not any(type(cell) is ShownCell for cell in item.cells):
                continue
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
                    formula = next(filter(None, tries), "")
                    self.sheet.cells[place] = self.sheet.cells[place]._replace(formula=formula)

    def _line_formula(self, row: int, at: int, item: Row, amount: Money) -> str:
        """The product of quantity and price, or what stands in the nearest sum before it, with or without VAT."""
        if self.tails[at] in _PRICES:
            return ""
        for before in range(at - 1, -1, -1):
            found = item.cells[before]
            if isinstance(found, MoneyCell) and self.tails[before] not in _PRICES:
                sum_before = (row, self.columns[before]), found.amount
                vat = self._number(row, item, "vat_percent")
                return formulas.counted(amount, sum_before, vat, plain=vat is not None and self._is_plain(item))
        if self.table.key == "people":
            return self._person_formula(row, item, amount)
        quantity, price = self._number(row, item, "quantity"), self._number(row, item, "unit_price")
        if quantity is None or price is None:
            return ""
        return formulas.product(amount, quantity, (price[0], Money(int(price[1] * 100))))

    def _person_formula(self, row: int, item: Row, amount: Money) -> str:
        months, pay = self._number(row, item, "months"), self._number(row, item, "monthly_pay")
        percents = [self._percent(row, item, name) for name in ("time_percent", "holiday_percent", "side_cost_percent")]
        if months is None or pay is None or None in percents:
            return ""
        time, holiday, side = (found for found in percents if found is not None)
        money = Money(int(pay[1] * 100))
        return formulas.person(amount, formulas.Pay(months, (pay[0], money), time, holiday, side))

    def _is_plain(self, item: Row) -> bool:
        """Whether the VAT of a row is written as the number of its percents."""
        cells = zip(self.tails, item.cells, strict=False)
        return not any(name == "vat_percent" and isinstance(cell, NumberCell) and cell.percent for name, cell in cells)

    def _percent(self, row: int, item: Row, name: str) -> tuple[formulas.Place, Decimal | None] | None:
        """Where a percentage stands and what it is (None for an empty cell); None where a text stands there."""
        for at, cell in enumerate(item.cells):
            if self.tails[at] == name and isinstance(cell, NumberCell | EmptyCell):
                return (row, self.columns[at]), cell.number if isinstance(cell, NumberCell) else None
        return None

    def _number(self, row: int, item: Row, name: str) -> tuple[formulas.Place, Decimal] | None:
        at = self.first.get(name, len(item.cells))
        cell = item.cells[at] if at < len(item.cells) else None
        if isinstance(cell, NumberCell):
            return (row, self.columns[at]), cell.number
        if isinstance(cell, MoneyCell):
            return (row, self.columns[at]), Decimal(cell.amount.cents).scaleb(-2)
        return None

    def _sum_formula(self, rows: Sequence[int], at: int, index: int, amount: Money) -> str:
        item = self.table.rows[index]
        if item.kind is RowKind.TOTAL and self.table.key == "funding":
            placed = [(row, self.columns[at]) for row in rows[:index]]
            found = formulas.addition_but(amount, money_rows(self.table, placed, self.table.rows[:index]))
            if found:
                return found
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


def money_rows(
    table: Table, places: Iterable[formulas.Place], rows: Iterable[Row]
) -> list[tuple[formulas.Sum, formulas.Place, str, bool]]:
    """Rows of the table of funding, whose sums stand at `places`, as `formulas.addition_but` asks for them: one
    without a share is shown and not counted, and the words of its kind say why.
    """
    keys = [column.key for column in table.columns]
    of, kind = keys.index("amount"), keys.index("kind")
    found = []
    for (row, col), item in zip(places, rows, strict=True):
        cell, words = item.cells[of], item.cells[kind]
        if isinstance(cell, MoneyCell):
            counts = any(isinstance(each, ShownCell) for each in item.cells)
            said = words.text if isinstance(words, TextCell) else ""
            found.append((((row, col), cell.amount), (row, col + kind - of), said, counts))
    return found


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
