"""A workbook that came back: what somebody changed in it, offered line by line, and taken over as one step.

Knows no file: an adapter hands over the rows as they were found and as they left.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from hakemus.domain.draft import Document, Draft, any_value, draft_path
from hakemus.domain.fields import Kind
from hakemus.domain.findings import Message, msg
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.money import ZERO, Money, half_up
from hakemus.domain.paths import class_at, get_value, parse, row_class, row_path, table_of, with_value, within
from hakemus.domain.steps import step_rank
from hakemus.domain.text import clean
from hakemus.i18n.refused import Refused
from hakemus.usecases import typed
from hakemus.usecases.calls import call_of
from hakemus.usecases.comparing import Difference, How, SumDifference, sums_of
from hakemus.usecases.errors import UserError

Value = str | Decimal | datetime.date | bool | None
"""What a cell holds: a text, a number, a day, a truth value, or nothing."""

LINES = "budget.lines"
_LEAST_FACTORS = ("quantity", "unit_price")


@dataclass(frozen=True, slots=True)
class ReturnedCell:
    """A cell as it came back. `changed`: it differs from `was`, which left; `at` is its name (`D7`)."""

    value: Value
    changed: bool
    at: str
    was: Value = None
    was_known: bool = True
    """False where what left is known only so far that it can be told from another (a long text)."""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of a sheet. `id` is its address in the application, or empty for a row that somebody wrote."""

    id: str
    table: str
    sheet: str
    row: int
    """The row's number on the sheet."""
    cells: Mapping[str, ReturnedCell]
    group: str | None = None
    """The category whose heading the row stands under; None where that says nothing."""
    regrouped: bool = False
    """It left under another heading."""
    after: str = ""
    """The row of the application that it stands behind."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that cannot be taken over, and why."""

    sheet: str
    cell: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """What a returned workbook says. `gone`: addresses of rows that left with it and did not come back."""

    document_id: str
    revision: int
    call_id: str
    edition: str
    language: str
    rows: tuple[ReturnedRow, ...] = ()
    gone: tuple[str, ...] = ()
    problems: tuple[Trouble, ...] = ()
    notes: tuple[Message, ...] = ()


class ReadReturned(Protocol):
    """A reader of returned workbooks; `UserError` where the file is none, or one that is not safe to read."""

    def __call__(self, data: bytes) -> ReturnedWorkbook: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """One change of the workbook, to be taken or left. `money` is what it does to the row's sum."""

    difference: Difference
    sheet: str
    cell: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """The values of a new row."""
    after: str = ""
    conflict: bool = False
    """The application has another value than the one that left: somebody changed it here too."""

    @property
    def path(self) -> str:
        return self.difference.path

    @property
    def money(self) -> Money | None:
        return self.difference.money


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook offers to a draft."""

    offers: tuple[Offer, ...]
    problems: tuple[Trouble, ...] = ()
    notes: tuple[Message, ...] = ()


def offered(document: Document, workbook: ReturnedWorkbook, draw: Draw) -> Returned:
    """Compare a workbook with the document as it stands now; `UserError` where it was made from another one."""
    if workbook.document_id != document.id:
        raise UserError(
            msg(
                "This workbook was made from another application (draft {theirs}). The one that is open is {ours}.",
                theirs=workbook.document_id[:8] or "?",
                ours=document.id[:8],
            )
        )
    notes = []
    if workbook.revision < document.revision:
        notes.append(
            msg(
                "The workbook was made from revision {old}; the application is at revision {new}. Changes that meet "
                "something changed here meanwhile are marked.",
                old=str(workbook.revision),
                new=str(document.revision),
            )
        )
    elif workbook.revision > document.revision:
        notes.append(
            msg(
                "The workbook was made from revision {old}, a later one than that of the open application ({new}).",
                old=str(workbook.revision),
                new=str(document.revision),
            )
        )
    found = _Comparing(document.draft, draw).all(workbook)
    return Returned(found.offers, (*workbook.problems, *found.problems), (*notes, *workbook.notes))


class _Comparing:
    def __init__(self, draft: Draft, draw: Draw) -> None:
        self._draft, self._draw = draft, draw
        self._call = call_of(draft)
        self._offers: list[Offer] = []
        self._problems: list[Trouble] = []
        self._rows: dict[str, dict[str, Any]] = {}
        self._drawn: dict[str, set[str]] = {}

    def all(self, workbook: ReturnedWorkbook) -> Returned:
        for row in workbook.rows:
            if not row.id:
                self._new(row)
            elif row.id.endswith("]") and self._row(row.id) is None:
                self._lost(row)
            else:
                self._known(row)
        for name in workbook.gone:
            old = self._row(name)
            if old is not None:
                money = _row_sum(name, old)
                gone = Difference(name, draft_path(name), How.ROW_REMOVED, old, None, None if money is None else -money)
                self._offer(gone, "", "")
        self._offers.sort(key=lambda item: step_rank(item.difference.step))
        return Returned(tuple(self._offers), tuple(self._problems))

    def _row(self, name: str) -> Any:
        table = table_of(name)
        if table not in self._rows:
            self._rows[table] = {row.id: row for row in get_value(self._draft, draft_path(table)) or ()}
        return self._rows[table].get(parse(name)[-1].key or "")

    def _offer(self, difference: Difference, sheet: str, cell: str, **more: Any) -> None:
        step = self._call.step_of(difference.path)
        made = Difference(
            difference.path, difference.at, difference.how, difference.old, difference.new, difference.money, step
        )
        self._offers.append(Offer(made, sheet, cell, **more))

    def _trouble(self, row: ReturnedRow, cell: ReturnedCell, reason: Message) -> None:
        self._problems.append(Trouble(row.sheet, cell.at, reason))

    def _lost(self, row: ReturnedRow) -> None:
        """A row that the application no longer has: what was written into it goes nowhere, and that is said."""
        for cell in row.cells.values():
            if cell.changed:
                self._trouble(row, cell, msg("The row is no longer in the application."))

    def _read(self, row: ReturnedRow, path: str, cell: ReturnedCell) -> Any:
        """The cell's value for a field, or `Refused`; what cannot be read is listed."""
        found = value_of(path, cell.value, self._call.currency)
        if isinstance(found, Refused):
            self._trouble(row, cell, found.reason)
        return found

    def _known(self, row: ReturnedRow) -> None:
        old = self._row(row.id) if row.id.endswith("]") else None
        found: dict[str, Any] = {}
        for name, cell in row.cells.items():
            path = f"{row.id}.{name}" if name else row.id
            if not cell.changed or (name == "amount" and row.table == LINES):
                continue
            value = self._read(row, path, cell)
            if not isinstance(value, Refused):
                found[name] = value
        if row.table == LINES:
            self._typed_sum(row, old, found)
        for name, value in found.items():
            self._field(row, name, value, old)
        if row.regrouped and row.group is not None and old is not None:
            self._regrouped(row, old)

    def _field(self, row: ReturnedRow, name: str, value: Any, old: Any) -> None:
        path = f"{row.id}.{name}" if name else row.id
        now = get_value(self._draft, draft_path(path))
        waiting = self._draft.pending.get(path)
        if waiting is None and (now == value or (not any_value(now) and not any_value(value))):
            return
        shown = now
        if name == "amount" and row.table == LINES and now is None:
            shown = _line_sum(_plain(old))
        money = None
        if isinstance(shown, Money) or isinstance(value, Money):
            money = (value or ZERO) - (shown or ZERO)
        if row.table == LINES and name in _LEAST_FACTORS:
            before = _plain(old)
            after = {**before, name: value}
            sums = _line_sum(before), _line_sum({**after, "amount": None} if _both(after) else after)
            money = (sums[1] or ZERO) - (sums[0] or ZERO)
        how = How.ADDED if not any_value(now) else How.REMOVED if not any_value(value) else How.CHANGED
        cell = row.cells[name]
        difference = Difference(path, draft_path(path), how, shown, value, money)
        self._offer(difference, row.sheet, cell.at, conflict=self._conflicts(path, cell, shown))

    def _conflicts(self, path: str, cell: ReturnedCell, now: Any) -> bool:
        """Whether the field has changed here since the workbook left."""
        if not cell.was_known:
            return False
        waiting = self._draft.pending.get(path)
        if waiting is not None:
            return not (isinstance(cell.was, str) and cell.was.startswith(waiting))
        was = value_of(path, cell.was, self._call.currency)
        # An empty sum leaves as zero.
        return was != now and any(any_value(side) and side != ZERO for side in (was, now))

    def _typed_sum(self, row: ReturnedRow, old: Any, found: dict[str, Any]) -> None:
        """A sum typed over its formula counts; one that is what quantity and price give says nothing new."""
        cell = row.cells.get("amount")
        if cell is None or not cell.changed:
            return
        factors = [found.get(name, getattr(old, name, None)) for name in _LEAST_FACTORS]
        value = self._read(row, f"{row.id}.amount", cell)
        if isinstance(value, Refused):
            return
        if factors[0] is not None and factors[1] is not None:
            product = half_up(Fraction(factors[0]) * factors[1].cents)
            if value is None or value == product:
                own = getattr(old, "amount", None) is not None or f"{row.id}.amount" in self._draft.pending
                if not own or any(name in found for name in _LEAST_FACTORS):
                    return
                # The row had a sum beside both factors: mended or wiped away, theirs is what remains.
                value = product
        found["amount"] = value

    def _regrouped(self, row: ReturnedRow, old: Any) -> None:
        path = f"{row.id}.category"
        now = old.category
        value = row.group or None
        if now == value:
            return
        how = How.ADDED if not now else How.REMOVED if not value else How.CHANGED
        self._offer(Difference(path, draft_path(path), how, now, value), row.sheet, f"A{row.row}")

    def _new(self, row: ReturnedRow) -> None:
        values: dict[str, Any] = {}
        for name, cell in row.cells.items():
            value = self._read(row, f"{row_path(row.table, 'x')}.{name}", cell)
            if not isinstance(value, Refused) and any_value(value):
                values[name] = value
        if not values:
            return
        if row.table == LINES:
            if row.group:
                values["category"] = row.group
            values = _one_sum(values)
        taken = self._drawn.setdefault(row.table, set())
        taken |= {item.id for item in get_value(self._draft, draft_path(row.table)) or ()}
        name = new_id(taken, self._draw)
        taken.add(name)
        made = _row_class(row.table)(id=name, **values)
        path = row_path(row.table, name)
        difference = Difference(path, draft_path(path), How.ROW_ADDED, None, made, _row_sum(path, made))
        self._offer(difference, row.sheet, f"A{row.row}", values=values, after=row.after)


def value_of(path: str, value: Value, currency: str = "EUR") -> Any:
    """What a cell says to a field: numbers and days as they are, texts by the parsers of typed text."""
    kind = typed.kind_of(path)
    if kind is Kind.TEXT:
        return _words(value)
    if value is None:
        return None
    if isinstance(value, str):
        return typed.read(path, clean(value).text.strip(), currency)
    if isinstance(value, datetime.date):
        return value if kind is Kind.DATE else Refused(msg("A date stands here where a number is asked for."))
    if isinstance(value, bool):
        return Refused(msg("Yes or no stands here where a number is asked for."))
    return _number(kind, value)


def _words(value: Value) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime.date):
        return f"{value.day}.{value.month}.{value.year}"
    return clean(format(value, "f") if isinstance(value, Decimal) else str(value)).text or None


def _number(kind: Kind, value: Decimal) -> Any:
    if kind is Kind.DATE:
        return Refused(msg("A number stands here where a date is asked for."))
    if abs(value) >= (10**12 if kind is Kind.MONEY else 10**9):
        return Refused(msg("The number is too large."))
    # What a spreadsheet reckons in binary is off by less than a millionth; more digits than that were typed.
    rounded = round(value, 6)
    if kind is Kind.MONEY:
        cents = round(value * 100, 4)
        if cents != cents.to_integral_value():
            return Refused(msg("The sum has parts of a cent."))
        return Money(int(cents))
    if kind in (Kind.YEAR, Kind.COUNT):
        return int(rounded) if rounded == int(rounded) else Refused(msg("This is not a whole number."))
    return Decimal(format(rounded.normalize(), "f"))


def _plain(row: Any) -> dict[str, Any]:
    return dict(row.__dict__) if row is not None else {}


def _both(line: Mapping[str, Any]) -> bool:
    return line.get("quantity") is not None and line.get("unit_price") is not None


def _line_sum(line: Mapping[str, Any]) -> Money | None:
    """A line's planned sum."""
    amount: Money | None = line.get("amount")
    if amount is not None or not _both(line):
        return amount
    return half_up(Fraction(line["quantity"]) * line["unit_price"].cents)


def _one_sum(line: dict[str, Any]) -> dict[str, Any]:
    """A line without a sum beside both factors: an equal one goes, a different one takes the price's place."""
    if line.get("amount") is None or not _both(line):
        return line
    product = half_up(Fraction(line["quantity"]) * line["unit_price"].cents)
    dropped = "amount" if product == line["amount"] else "unit_price"
    return {key: value for key, value in line.items() if key != dropped}


def _row_sum(path: str, row: Any) -> Money | None:
    table = table_of(path)
    if table == LINES:
        return _line_sum(_plain(row))
    amount = getattr(row, "amount", None)
    return amount if isinstance(amount, Money) else None


def _row_class(table: str) -> Any:
    tree, name = class_at(Draft, draft_path(table))
    return row_class(tree, name)


def applied(draft: Draft, chosen: Iterable[Offer]) -> Draft:
    """The draft with the chosen changes; whoever takes them over makes one step of it."""
    fields: dict[str, dict[str, Any]] = {}
    added: dict[str, list[Offer]] = {}
    removed: dict[str, set[str]] = {}
    alone: dict[str, Any] = {}
    for offer in chosen:
        path = offer.path
        if offer.difference.how is How.ROW_ADDED:
            added.setdefault(table_of(path), []).append(offer)
        elif offer.difference.how is How.ROW_REMOVED:
            removed.setdefault(table_of(path), set()).add(parse(path)[-1].key or "")
        elif "]." in path:
            row, _, name = path.rpartition(".")
            fields.setdefault(row, {})[name] = offer.difference.new
        else:
            alone[path] = offer.difference.new
    for path, value in alone.items():
        draft = with_value(draft, draft_path(path), value)
    for table in dict.fromkeys((*map(table_of, fields), *added, *removed)):
        rows = get_value(draft, draft_path(table)) or ()
        made = [_changed(table, row, fields.get(row_path(table, row.id), {})) for row in rows]
        made = [row for row in made if row.id not in removed.get(table, ())]
        draft = with_value(draft, draft_path(table), tuple(_with_added(made, rows, added.get(table, ()))))
    touched = [f"{row}.{name}" for row, names in fields.items() for name in names] + list(alone)
    gone = [row_path(table, name) for table, names in removed.items() for name in names]
    kept = {
        path: text
        for path, text in draft.pending.items()
        if path not in touched and not any(within(path, row) for row in gone)
    }
    return draft if len(kept) == len(draft.pending) else with_value(draft, "pending", kept)


def _changed(table: str, row: Any, changes: Mapping[str, Any]) -> Any:
    if not changes:
        return row
    values = {**row.__dict__, **(row.__pydantic_extra__ or {}), **changes}
    if table == LINES and values.get("amount") is not None and _both(values):
        # A typed sum takes the price's place; a new quantity or price takes that of a sum.
        if "amount" in changes:
            values = _one_sum(values)
        elif any(name in changes for name in _LEAST_FACTORS):
            values["amount"] = None
    return type(row)(**{key: value for key, value in values.items() if value is not None})


def _with_added(rows: list[Any], before: Sequence[Any], added: Sequence[Offer]) -> list[Any]:
    """New rows behind those that they stood behind in the workbook."""
    order = [row.id for row in before]
    last: dict[str, str] = {}
    for offer in added:
        new = offer.difference.new
        anchor = parse(offer.after)[-1].key or "" if offer.after.endswith("]") else ""
        behind = last.get(anchor, anchor)
        last[anchor] = new.id
        present = {row.id: at for at, row in enumerate(rows)}
        place = len(rows)
        if behind in order:
            near = reversed(order[: order.index(behind) + 1])
            place = next((present[name] + 1 for name in near if name in present), 0)
        rows.insert(place, new)
        order.insert(order.index(behind) + 1 if behind in order else len(order), new.id)
    return rows


def totals(draft: Draft, chosen: Iterable[Offer]) -> tuple[SumDifference, ...]:
    """The totals now and with the chosen changes."""
    return sums_of(draft, applied(draft, chosen))


class Editing(Protocol):
    """What takes a whole draft as one step that can be undone."""

    @property
    def draft(self) -> Draft: ...

    def replace(self, draft: Draft, label: Message) -> None: ...


def take(session: Editing, chosen: Sequence[Offer]) -> None:
    """Take the chosen changes over as one step."""
    if chosen:
        session.replace(applied(session.draft, chosen), msg("taking over a returned workbook"))
