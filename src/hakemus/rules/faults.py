"""A field with a fault, as the pass over the rows hands it to the rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that a rule speaks of: its address, and its value in stored form."""

    path: str
    value: str = ""


Faults = tuple[Fault, ...]
