"""What the start page shows of calls and of drafts: small values that cost nothing to read before the first paint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallCard:
    """What the start page shows of a call, without its definition."""

    id: str
    edition: str
    title: Mapping[str, str]
    funder_name: Mapping[str, str]
    opens: str | None
    closes: str | None
    zone: str
    always_open: bool
    currency: str
    unit: str


@dataclass(frozen=True, slots=True)
class RecentDraft:
    """What the start page shows of a draft that was open lately."""

    path: str
    title: str
    library: str
    call_title: Mapping[str, str]
    closes: str | None
    zone: str
    steps_done: int
    steps: int
    errors: int
    saved_at: str
    states: tuple[str, ...] = ()
    """The state of each step in its order, by the names of `usecases.wizard.State`; empty in an older list."""
    warnings: int = 0
    missing: int = 0
    at: str = ""
    """The field or step that was open last."""
    found: tuple[str, ...] = ()
    """The heaviest findings in words, in the language `found_in`; of another language only numbers are told."""
    found_in: str = ""
