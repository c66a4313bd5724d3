"""What an importer hands over: the parts of a draft in stored form, and an account of where every line went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Placed:
    """One label of the paper, the address its text went to, and the text as it stood there."""

    label: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """A paper taken apart. `application`, `decision`, `report` and `source` have the form that a file holds.

    `source` is the entry for `sources[]`: the whole paper, and under `stated_total` the total that it states.
    """

    application: dict[str, Any]
    decision: dict[str, Any]
    report: dict[str, Any]
    source: dict[str, Any]
    language: str
    """The language of most of the paper's labels, `fi` or `sv`."""
    record_year: int | None = None
    """The year that the register gives the project."""
    placed: tuple[Placed, ...] = ()
    unplaced: tuple[str, ...] = field(default=())
    """Lines that fit nowhere; they stand in `source` too."""

    @property
    def call_year(self) -> int | None:
        """The year in which the call's window opened: the one before the project's."""
        return self.record_year - 1 if self.record_year else None
