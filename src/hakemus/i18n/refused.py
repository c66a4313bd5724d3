"""What a parser says instead of a value. Knows no field and no language."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.messages import Message


@dataclass(frozen=True, slots=True)
class Refused:
    """A typed text that is no value; it waits beside its field until its writer mends it."""

    reason: Message
