"""The shapes of a workbook that came back: its rows as they were found and as they left, and what they offer.

Knows no file: an adapter hands over the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from hakemus.domain.messages import Message
from hakemus.domain.money import Money
from hakemus.usecases.cell_values import Value
from hakemus.usecases.comparing import Difference


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
