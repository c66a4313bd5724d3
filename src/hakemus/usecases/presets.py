"""Indicators that libraries often use, as rows to begin with. The texts come from outside, in the draft's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorPreset:
    """An indicator's name, unit and usual source, in one language."""

    name: str
    unit: str
    source: str

    def values(self) -> dict[str, str]:
        """What a new row of `goals[].indicators` starts with."""
        return {"name": self.name, "unit": self.unit, "source": self.source}
