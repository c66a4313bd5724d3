"""What somebody changed in a workbook that came back, offered line by line against the application as it stands."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hakemus.domain.draft import Document, Draft, any_value, draft_path, person_category
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import ZERO, Money, half_up
from hakemus.domain.paths import get_value, parse, row_path, table_of
from hakemus.domain.steps import step_rank
from hakemus.i18n.refused import Refused
from hakemus.usecases.calls import call_of
from hakemus.usecases.cell_values import value_of
from hakemus.usecases.comparing import Difference, How
from hakemus.usecases.errors import UserError
from hakemus.usecases.line_sums import FACTORS, LINES, has_both, line_sum, one_sum, plain_row, row_sum
from hakemus.usecases.returned import Offer, Returned, ReturnedCell, ReturnedRow, ReturnedWorkbook, Trouble
from hakemus.usecases.taking_over import row_class_of


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


PEOPLE = "budget.people"


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
                money = row_sum(name, old)
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
        if row.regrouped and row.group is not None and old is not None and "category" not in found:
            self._regrouped(row, old)

    def _field(self, row: ReturnedRow, name: str, value: Any, old: Any) -> None:
        path = f"{row.id}.{name}" if name else row.id
        now = get_value(self._draft, draft_path(path))
        if name == "category" and row.table == PEOPLE:
            now = person_category(now)
        waiting = self._draft.pending.get(path)
        if waiting is None and (now == value or (not any_value(now) and not any_value(value))):
            return
        shown = now
        if name == "amount" and row.table == LINES and now is None:
            shown = line_sum(plain_row(old))
        money = None
        if isinstance(shown, Money) or isinstance(value, Money):
            money = (value or ZERO) - (shown or ZERO)
        if row.table == LINES and name in FACTORS:
            before = plain_row(old)
            after = {**before, name: value}
            sums = line_sum(before), line_sum({**after, "amount": None} if has_both(after) else after)
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
        factors = [found.get(name, getattr(old, name, None)) for name in FACTORS]
        value = self._read(row, f"{row.id}.amount", cell)
        if isinstance(value, Refused):
            return
        if factors[0] is not None and factors[1] is not None:
            product = half_up(Fraction(factors[0]) * factors[1].cents)
            if value is None or value == product:
                own = getattr(old, "amount", None) is not None or f"{row.id}.amount" in self._draft.pending
                if not own or any(name in found for name in FACTORS):
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
                values.setdefault("category", row.group)
            values = one_sum(values)
        taken = self._drawn.setdefault(row.table, set())
        taken |= {item.id for item in get_value(self._draft, draft_path(row.table)) or ()}
        name = new_id(taken, self._draw)
        taken.add(name)
        made = row_class_of(row.table)(id=name, **values)
        path = row_path(row.table, name)
        difference = Difference(path, draft_path(path), How.ROW_ADDED, None, made, row_sum(path, made))
        self._offer(difference, row.sheet, f"A{row.row}", values=values, after=row.after)
