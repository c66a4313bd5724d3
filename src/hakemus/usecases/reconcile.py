"""A budget that somebody made in a workbook of their own, held against the application: what agrees, what differs, what
is missing on either side, to the cent. Knows no file: a reader hands over tables of values.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hakemus.domain.draft import Draft, person_category
from hakemus.domain.messages import Message
from hakemus.domain.money import ZERO, Money, half_up, total
from hakemus.i18n.refused import Refused
from hakemus.rules.facts import gather
from hakemus.usecases.calls import call_of
from hakemus.usecases.cell_values import Value, value_of

_MONEY = "budget.lines[x].amount"
_QUANTITY = "budget.lines[x].quantity"


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """A sheet as it was read. Rows and columns count from zero."""

    name: str
    rows: tuple[tuple[Value, ...], ...]


ReadForeign = Callable[[bytes, str], tuple[ForeignTable, ...]]
"""Bytes and the file's name into its sheets; `UserError` where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a budget stands in a sheet: the first row behind the heads, and the columns."""

    first: int
    description: int
    amount: int | None = None
    quantity: int | None = None
    unit_price: int | None = None
    category: int | None = None


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """A row of their budget. `row` is its number on the sheet; `is_total`: the sum of the rows before it."""

    row: int
    description: str
    category: str
    amount: Money
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A row whose sum cannot be read, and why."""

    row: int
    reason: Message


@dataclass(frozen=True, slots=True)
class OurLine:
    """A cost row of the application with its planned sum."""

    path: str
    description: str
    category: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows that speak of the same cost; None where one side has none."""

    ours: OurLine | None
    theirs: ForeignLine | None

    @property
    def difference(self) -> Money:
        """Theirs less ours."""
        return (self.theirs.amount if self.theirs else ZERO) - (self.ours.amount if self.ours else ZERO)


@dataclass(frozen=True, slots=True)
class CategorySums:
    """One category of the call on both sides; an empty id is what has none."""

    category: str
    ours: Money
    theirs: Money


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every row of both sides stands in exactly one pair, so the differences add up to that of the totals."""

    agreed: tuple[Pair, ...]
    differing: tuple[Pair, ...]
    only_ours: tuple[Pair, ...]
    only_theirs: tuple[Pair, ...]
    categories: tuple[CategorySums, ...]
    ours: Money
    theirs: Money

    @property
    def agrees(self) -> bool:
        """Whether every line of one side stands on the other with the same sum."""
        return not (self.differing or self.only_ours or self.only_theirs)


def guessed(table: ForeignTable) -> Columns | None:
    """Where the budget probably stands: the column with most words, and of those full of sums the most telling."""
    width = max((len(row) for row in table.rows), default=0)
    words = [0] * width
    sums: list[list[Money]] = [[] for _ in range(width)]
    for row in table.rows:
        for at, value in enumerate(row):
            words[at] += isinstance(value, str) and not _is_sum(value)
            if _is_sum(value) and isinstance(found := _money(value), Money):
                sums[at].append(found)
    if not width or not max(words) or not any(sums):
        return None
    most = max(map(len, sums))
    amount = max((at for at in range(width) if len(sums[at]) * 5 >= most * 3), key=lambda at: (*_telling(sums[at]), at))
    description = max((at for at in range(width) if at != amount), key=lambda at: (words[at], -at), default=0)
    first = next(at for at, row in enumerate(table.rows) if amount < len(row) and _is_sum(row[amount]))
    return Columns(first, description, amount)


def _telling(sums: Sequence[Money]) -> tuple[bool, int]:
    """How much like a column of sums these are: not like account numbers, and large."""
    codes = all(not found.cents % 100 for found in sums) and len({len(str(found)) for found in sums}) == 1
    is_code = codes and len(sums) > 1 and len(str(sums[0])) >= len("100.00")
    return not is_code, sum(abs(found.cents) for found in sums)


def _is_sum(value: Value) -> bool:
    if isinstance(value, str):
        return bool(value.strip()) and any(sign.isdigit() for sign in value) and isinstance(_money(value), Money)
    return isinstance(value, Decimal)


def _money(value: Value, currency: str = "EUR") -> Money | Refused | None:
    found: Money | Refused | None = value_of(_MONEY, value, currency)
    return found


def lines_of(
    table: ForeignTable, columns: Columns, currency: str = "EUR"
) -> tuple[tuple[ForeignLine, ...], tuple[Unread, ...]]:
    """Their rows with sums, and those that could not be read. A heading without a sum is none of either."""
    lines: list[ForeignLine] = []
    unread: list[Unread] = []
    run = ZERO
    for at in range(columns.first, len(table.rows)):
        row = table.rows[at]
        amount = _amount(row, columns, currency)
        if isinstance(amount, Refused):
            unread.append(Unread(at + 1, amount.reason))
            continue
        if amount is None:
            continue
        since = [line for line in lines if not line.is_total]
        whole = len(since) > 1 and amount == total(line.amount for line in since)
        is_total = bool(amount) and (whole or (run == amount and len(since) > 1 and not lines[-1].is_total))
        words = _words(row, columns.description)
        lines.append(ForeignLine(at + 1, words, _words(row, columns.category), amount, is_total))
        run = ZERO if is_total else run + amount
    return tuple(lines), tuple(unread)


def _amount(row: Sequence[Value], columns: Columns, currency: str) -> Money | Refused | None:
    found = _money(_cell(row, columns.amount), currency)
    if found is not None or columns.quantity is None or columns.unit_price is None:
        return found
    quantity = value_of(_QUANTITY, _cell(row, columns.quantity))
    price = _money(_cell(row, columns.unit_price), currency)
    if isinstance(quantity, Refused):
        return quantity
    if isinstance(price, Refused) or price is None or quantity is None:
        return price if isinstance(price, Refused) else None
    return half_up(Fraction(quantity) * price.cents)


def _cell(row: Sequence[Value], at: int | None) -> Value:
    value = row[at] if at is not None and at < len(row) else None
    return None if isinstance(value, str) and not value.strip() else value


def _words(row: Sequence[Value], at: int | None) -> str:
    value = _cell(row, at)
    if isinstance(value, datetime.date):
        return f"{value.day}.{value.month}.{value.year}"
    return "" if value is None else " ".join(str(value).split())


def our_lines(draft: Draft) -> tuple[OurLine, ...]:
    """The application's cost rows that have a sum."""
    budget, figures = draft.application.budget, gather(draft.application, call_of(draft)).figures
    found = []
    for line in budget.lines:
        planned = figures.lines[line.id].planned
        if planned is not None:
            found.append(OurLine(f"budget.lines[{line.id}]", line.description or "", line.category or "", planned))
    for person in budget.people:
        planned = figures.people[person.id].planned
        if planned is not None:
            name = f"budget.people[{person.id}]"
            found.append(OurLine(name, person.title or "", person_category(person.category), planned))
    return tuple(found)


def reconcile(ours: Sequence[OurLine], theirs: Sequence[ForeignLine], mapping: Mapping[str, str]) -> Reconciliation:
    """Pair the rows: same words and sum, then same words, then the same sum where only one row has it.

    `mapping`: their cost type to a category of the call; a type that is not in it counts as none.
    """
    left, right = list(ours), [line for line in theirs if not line.is_total]
    pairs: list[Pair] = []
    for same in (_words_and_sum, _words_alone, _sum_alone):
        pairs += _paired(left, right, same)
    agreed = tuple(pair for pair in pairs if not pair.difference)
    differing = tuple(pair for pair in pairs if pair.difference)
    return Reconciliation(
        agreed,
        differing,
        tuple(Pair(line, None) for line in left),
        tuple(Pair(None, line) for line in right),
        _categories(ours, [line for line in theirs if not line.is_total], mapping),
        total(line.amount for line in ours),
        total(line.amount for line in theirs if not line.is_total),
    )


Key = Callable[[str, Money], object]


def _words_and_sum(words: str, amount: Money) -> object:
    return (_bare(words), amount) if _bare(words) else None


def _words_alone(words: str, amount: Money) -> object:
    del amount
    return _bare(words) or None


def _sum_alone(words: str, amount: Money) -> object:
    del words
    return amount if amount else None


def _bare(words: str) -> str:
    return " ".join(words.casefold().split())


def _paired(left: list[OurLine], right: list[ForeignLine], key: Key) -> list[Pair]:
    """Takes out of both lists the rows that one key joins, and only where it joins one with one."""
    mine: dict[object, list[OurLine]] = {}
    yours: dict[object, list[ForeignLine]] = {}
    for line in left:
        mine.setdefault(key(line.description, line.amount), []).append(line)
    for row in right:
        yours.setdefault(key(row.description, row.amount), []).append(row)
    pairs = []
    for name, lines in mine.items():
        rows = yours.get(name, [])
        # Twice the same words and sum on both sides are the same two costs.
        if name is not None and rows and (len(lines) == len(rows) == 1 or (key is _words_and_sum)):
            pairs += [Pair(line, row) for line, row in zip(lines, rows, strict=False)]
    taken = {id(pair.ours) for pair in pairs} | {id(pair.theirs) for pair in pairs}
    left[:] = [line for line in left if id(line) not in taken]
    right[:] = [row for row in right if id(row) not in taken]
    return pairs


def _categories(
    ours: Sequence[OurLine], theirs: Sequence[ForeignLine], mapping: Mapping[str, str]
) -> tuple[CategorySums, ...]:
    names = dict.fromkeys((*(line.category for line in ours), *(mapping.get(line.category, "") for line in theirs)))
    return tuple(
        CategorySums(
            name,
            total(line.amount for line in ours if line.category == name),
            total(line.amount for line in theirs if mapping.get(line.category, "") == name),
        )
        for name in names
    )
