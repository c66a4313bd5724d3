"""What a person has set for the program on this computer: nothing of any draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Settings:
    """`theme`: system, light, dark or contrast. `text_size` in percent. `name`: as whom to show oneself to others."""

    language: str = "fi"
    theme: str = "system"
    text_size: int = 100
    panel_folded: bool = False
    name: str = ""


class SettingsStore(Protocol):
    """Where settings are kept; what cannot be read is the default."""

    def read(self) -> Settings: ...

    def write(self, settings: Settings) -> None: ...


def next_size(now: int, by: int) -> int:
    """The next larger or smaller text size."""
    larger = [size for size in TEXT_SIZES if size > now]
    smaller = [size for size in TEXT_SIZES if size < now]
    if by > 0:
        return larger[0] if larger else now
    return smaller[-1] if smaller else now
