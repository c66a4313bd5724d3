"""What a table is told: columns, rows and cells as values, and the source that makes rows when they are drawn..


Texts are ready to be shown; nothing here knows money, dates or a language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from hakemus.ui.widgets.gantt import Bar, Bracket

RowKind = Literal["line", "group", "person", "detail", "add", "total", "periods"]
Align = Literal["text", "num"]
Mark = Literal["", "missing", "error", "warning", "old"]

TWO_LINES = frozenset({"person", "detail"})
NOT_DATA = frozenset({"group", "add", "total", "periods"})
"""Rows that belong to the table, not to the user's data: never moved, copied or removed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    `width` in units; one column has `stretch`; `choices` are (stored, shown) for a list to choose from.
    """

    key: str
    head: str
    align: Align = "text"
    width: int = 100
    stretch: bool = False
    editable: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    gantt: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; `edit` is what its editor starts with (None: the same text; for a choice what is stored).

    `mark` is a triangle or octagon before the text, `editable` overrides the column's.
    """

    text: str = ""
    edit: str | None = None
    mark: Mark = ""
    editable: bool | None = None
    tip: str = ""

    @property
    def editing(self) -> str:
        """The text that an editor starts with."""
        return self.text if self.edit is None else self.edit


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    `cells` by column key; `detail` is the second line of `person` and `detail` rows; `icon` before the name.
    """

    id: str
    kind: RowKind = "line"
    cells: Mapping[str, Cell] = field(default_factory=dict)
    detail: str = ""
    icon: str = ""
    indent: bool = False
    bar: Bar | None = None
    brackets: tuple[Bracket, ...] = ()
    spoken: str = ""
    """What assistive tools read for the Gantt cell, or for a whole heading."""

    def cell(self, key: str) -> Cell:
        """The cell of a column; an absent one is empty."""
        return self.cells.get(key, _EMPTY)


_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class RowKey:
    """A row's identity and a stamp that is equal as long as the row draws the same (often the row's own
    frozen value)."""

    id: str
    kind: RowKind = "line"
    stamp: object = None


class RowSource(Protocol):
    """Where rows come from. `keys` is cheap and asked after each change, `row` only for what is drawn."""

    def keys(self) -> Sequence[RowKey]:
        """Every row in order."""
        ...

    def row(self, index: int) -> Row:
        """The row at a place."""
        ...


class ListSource:
    """Rows that are all made already."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)

    def keys(self) -> Sequence[RowKey]:
        return [RowKey(row.id, row.kind, row) for row in self._rows]

    def row(self, index: int) -> Row:
        return self._rows[index]


@dataclass(frozen=True, slots=True)
class TableWords:
    """The words of a table, in the user's language."""

    name: str
    empty: str = ""
    """Read for a cell without text."""
    mark_missing: str = ""
    mark_error: str = ""
    mark_warning: str = ""
    mark_old: str = ""
