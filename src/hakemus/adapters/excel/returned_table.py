"""Reads one table of a workbook that came back: its rows by their ids, cells beside what left in them, new rows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hakemus.adapters.excel.plan import address
from hakemus.adapters.excel.trail import (
    GROUP_MARK,
    TOTAL_MARK,
    WATCHED,
    hashed,
    kind_of_row,
    remembered,
    unescaped,
)
from hakemus.adapters.excel.values import Grid
from hakemus.domain.messages import Message, msg
from hakemus.domain.paths import BadPath
from hakemus.domain.text import clean
from hakemus.usecases.cell_values import Value
from hakemus.usecases.line_sums import LINES
from hakemus.usecases.returned import ReturnedCell, ReturnedRow, Trouble

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
_ENOUGH_HEADS = 0.6
_PRODUCT = re.compile(r"=ROUND\(\$?[A-Z]+\$?\d+\*\$?[A-Z]+\$?\d+,2\)")

Choices = Mapping[str, Mapping[str, str]]
"""What the words of a list stand for in the application, by the list's key and the words without their case."""


@dataclass(slots=True)
class Table:
    """A table as it left. `order` holds its marks: rows, headings, total."""

    sheet: str
    key: str
    head: int
    id_col: int
    heads: Mapping[int, str]
    fields: Mapping[str, Mapping[int, str]]
    order: list[str] = field(default_factory=list)
    about: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    rows: list[ReturnedRow] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Trouble] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


class TableReader:
    """Reads one table from the values of its sheet."""

    def __init__(
        self, table: Table, grid: Grid, formula: Callable[[str, int, int], str], found: Found, choices: Choices
    ) -> None:
        self._table, self._grid, self._formula, self._found, self._choices = table, grid, formula, found, choices
        self._known = set(table.order)
        self._moved = self._columns()

    def read(self) -> None:
        marks = self._marks_now()
        met = {mark for _, mark in marks}
        rows = [mark for mark in self._table.order if mark != TOTAL_MARK and not mark.startswith(GROUP_MARK)]
        lines = [mark for mark in rows if "v" in self._table.about[mark]]
        if lines and not met & set(lines) and not self._head_found:
            self._found.notes.append(
                msg("No row of the sheet {sheet} could be recognised. They are kept.", sheet=self._table.sheet)
            )
            return
        self._found.gone += [mark for mark in lines if mark not in met and mark.endswith("]") and self._owns(mark)]
        self._body(dict(marks))

    def _owns(self, mark: str) -> bool:
        """Whether the row lives in this table, and does not only show here what another sheet holds."""
        return set(self._table.fields.get(kind_of_row(mark), {}).values()) != {WATCHED}

    def _columns(self) -> dict[int, int]:
        """Where each column stands now: by its head, else where it stood."""
        self._head_found = False
        heads = {col: text for col, text in self._table.heads.items() if text}
        self._head_row = self._table.head
        for at in sorted(self._grid, key=lambda row: abs(row - self._table.head)):
            texts: dict[str, list[int]] = {}
            for col, value in sorted(self._grid[at].items()):
                if isinstance(value, str):
                    texts.setdefault(bare(value)[:80], []).append(col)
            hits = {}
            for col, text in heads.items():
                places = texts.get(bare(text))
                if places:
                    hits[col] = places.pop(0)
            if heads and len(hits) >= _ENOUGH_HEADS * len(heads):
                self._head_found, self._head_row = True, at
                id_places = texts.get("id", ())
                found = {col: hits.get(col, col) for col in self._table.heads}
                if id_places:
                    found[self._table.id_col] = id_places[-1]
                return found
        return {}

    def _at(self, col: int) -> int:
        return self._moved.get(col, col)

    def _marks_now(self) -> list[tuple[int, str]]:
        """The rows that bear an id of this table, each id once: a copied row is a new one."""
        col = self._at(self._table.id_col)
        met: set[str] = set()
        marks = []
        for at in sorted(self._grid):
            value = self._grid[at].get(col)
            if isinstance(value, str) and value in self._known and value not in met:
                met.add(value)
                marks.append((at, value))
        return marks

    def _body(self, marks: Mapping[int, str]) -> None:
        trusted = self._groups_hold(marks)
        group: str | None = None
        after, skip = "", 0
        first = min(marks, default=self._head_row + 1)
        start = self._head_row + 1 if self._head_found else first
        last = max(marks, default=self._head_row)
        ended = marks.get(last) == TOTAL_MARK
        at = start - 1
        while at < max(self._grid, default=0):
            at += 1
            mark = marks.get(at)
            if mark is None:
                if skip:
                    skip -= 1
                elif not self._new(at, group if trusted else None, after, below=ended and at > last) and at > last:
                    break
                continue
            about = self._table.about[mark]
            skip = int(about.get("c", 0))
            if mark.startswith(GROUP_MARK):
                group = mark[len(GROUP_MARK) :]
            elif mark != TOTAL_MARK:
                after = mark
                self._known_row(at, mark, about, group if trusted else None)

    def _groups_hold(self, marks: Mapping[int, str]) -> bool:
        """Whether headings still stand where they say something of the rows below them.

        A sort across the headings leaves them anywhere: then rows keep the category they had.
        """
        order = {mark: at for at, mark in enumerate(self._table.order)}
        now = [marks[at] for at in sorted(marks)]
        heads = [order[mark] for mark in now if mark.startswith(GROUP_MARK)]
        if self._table.key != "budget" or not heads:
            return False
        first = next(at for at, mark in enumerate(now) if mark.startswith(GROUP_MARK))
        whole = TOTAL_MARK not in now or now[-1] == TOTAL_MARK
        if heads == sorted(heads) and first == 0 and whole:
            return True
        self._found.notes.append(
            msg(
                "The rows of the sheet {sheet} were sorted across their headings: categories are kept.",
                sheet=self._table.sheet,
            )
        )
        return False

    def _known_row(self, at: int, mark: str, about: Mapping[str, Any], group: str | None) -> None:
        kind = kind_of_row(mark)
        was = about.get("v")
        if was is None:
            return
        cells = {}
        for col, name in self._table.fields.get(kind, {}).items():
            if str(col) in was:
                cell = self._cell(at, self._at(col), was[str(col)], name)
                if cell is not None and name != WATCHED:
                    cells[name] = cell
                elif cell is not None and cell.changed:
                    self._trouble(cell.at, msg("This sum is reckoned from the pay. Change the pay instead."))
        regrouped = kind.startswith("budget.") and group is not None and group != about.get("g", "")
        self._found.rows.append(ReturnedRow(mark, kind, self._table.sheet, at + 1, cells, group, regrouped))

    def _cell(self, at: int, col: int, was: str | None, name: str) -> ReturnedCell | None:
        value = self._grid.get(at, {}).get(col)
        place = address(at, col)
        value, changed = _compared(value, was)
        formula = self._formula(self._table.sheet, at, col) if changed else ""
        if (name == "amount" and _PRODUCT.fullmatch(formula)) or (name == WATCHED and formula):
            # Our own formulas follow quantity, price and pay, which are read themselves.
            return None
        if changed and isinstance(value, str) and value in _ERRORS:
            self._trouble(place, msg("A formula here gives the error {error}.", error=value))
            return None
        if value is None and formula:
            self._trouble(
                place,
                msg("A formula here has no stored value. Open and save the workbook in a spreadsheet program."),
            )
            return None
        before, known = _before(was)
        if name in self._choices and self._table.key in ("budget", "people"):
            chosen = self._choice(name, value)
            if chosen is None and changed:
                self._trouble(place, msg("The list of this cell does not have {words}.", words=str(value)))
                return None
            return ReturnedCell(chosen or None, changed, place, self._choice(name, before) or before or None, known)
        return ReturnedCell(value, changed, place, before, known)

    def _choice(self, key: str, value: Value) -> str | None:
        """What words of a list stand for; empty for an empty cell, None where the list does not have them."""
        words = bare(str(value)).casefold() if value is not None else ""
        return self._choices[key].get(words) if words else ""

    def _new(self, at: int, group: str | None, after: str, *, below: bool) -> bool:
        """A row without an id: taken as new where something stands in its cells. False for an empty one."""
        table = self._table_of_new(after)
        fields = self._table.fields.get(table, {}) or next(iter(self._table.fields.values()), {})
        values = {name: self._grid.get(at, {}).get(self._at(col)) for col, name in fields.items()}
        said = [value for value in values.values() if value not in (None, "")]
        if below and not any(isinstance(value, Decimal) for value in said):
            # Words below the total are notes.
            return bool(said)
        cells = {}
        for col, name in fields.items():
            cell = self._cell(at, self._at(col), None, name)
            if cell is not None and name:
                cells[name] = cell
        if not said or not table:
            return bool(said)
        self._found.rows.append(ReturnedRow("", table, self._table.sheet, at + 1, cells, group, after=after))
        return True

    def _table_of_new(self, after: str) -> str:
        """The application's table that a new row belongs to: that of the row before it."""
        if self._table.key == "budget":
            return LINES
        if self._table.key == "people":
            return "budget.people"
        if self._table.key == "funding":
            return "funding.own" if after in ("", "funding.grant") else kind_of_row(after)
        if not after:
            return next((kind for kind in self._table.fields if "goals" not in kind), "")
        try:
            kind = kind_of_row(after)
        except BadPath:
            return ""
        return f"{after}.indicators" if kind == "goals" else kind

    def _trouble(self, cell: str, reason: Message) -> None:
        self._found.problems.append(Trouble(self._table.sheet, cell, reason))


def _compared(value: Value, was: str | None) -> tuple[Value, bool]:
    """The value as it is meant, and whether it differs from what left."""
    if isinstance(value, str):
        value = clean(unescaped(value)).text
    return value, not _same(value, was)


def _same(value: Value, was: str | None) -> bool:
    if value is None or value == "":
        return was is None
    if was is None or isinstance(value, bool):
        return False
    if isinstance(value, Decimal):
        return was.startswith("n") and abs(Decimal(was[1:]) - value) < Decimal("0.0000001")
    if isinstance(value, str):
        return was == (hashed(value) if was.startswith("h") else f"t{value}") or (
            was.startswith("t") and clean(unescaped(was[1:])).text == value
        )
    return remembered(value) == was


def _before(was: str | None) -> tuple[Value, bool]:
    if was is None:
        return None, True
    form, text = was[0], was[1:]
    if form == "n":
        return Decimal(text), True
    if form == "d":
        return datetime.date.fromisoformat(text), True
    return (text, True) if form == "t" else (None, False)


def bare(text: str) -> str:
    return " ".join(unescaped(text).split())
