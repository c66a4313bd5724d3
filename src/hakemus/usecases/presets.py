"""Indicators that libraries often use, as rows to begin with. The texts come from outside, in the draft's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

GROUP = "{group}"
"""Stands in the name of a preset that is offered for each target group of the project."""


@dataclass(frozen=True, slots=True)
class IndicatorPreset:
    """An indicator's name, unit and usual source, in one language."""

    name: str
    unit: str
    source: str
    per_group: bool = False

    def values(self) -> dict[str, str]:
        """What a new row of `goals[].indicators` starts with."""
        return {"name": self.name, "unit": self.unit, "source": self.source}


def offered(presets: Sequence[IndicatorPreset], groups: Sequence[str]) -> tuple[IndicatorPreset, ...]:
    """What a goal is offered: those for everybody, then one for each target group that has a name."""
    named = tuple(" ".join(group.split()) for group in groups if group.strip())
    return (
        *(one for one in presets if not one.per_group),
        *(
            replace(one, name=one.name.replace(GROUP, group), per_group=False)
            for one in presets
            if one.per_group
            for group in dict.fromkeys(named)
        ),
    )
