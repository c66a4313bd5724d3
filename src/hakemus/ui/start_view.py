"""What the start page shows, as plain values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from hakemus.usecases.start_cards import CallCard, RecentDraft


@dataclass(frozen=True, slots=True)
class ExampleCard:
    """An example as the start page shows it."""

    name: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """Unsaved work as it is offered. `compare`: there is a file to compare it with."""

    slot: str
    title: str
    words: str
    compare: bool


@dataclass(frozen=True, slots=True)
class StartView:
    """What the start page shows, already read from its small indexes."""

    recent: tuple[RecentDraft, ...]
    calls: tuple[CallCard, ...]
    examples: tuple[ExampleCard, ...]
    now: datetime.datetime
    offers: tuple[OfferCard, ...] = ()
    libraries: tuple[tuple[str, str], ...] = ()
    """Id and name of the libraries whose data are kept: a new application begins with those of one of them."""
