"""The keyboard card: what it says, whoever shows or prints it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together; each with what it does, then the key as it is named to people."""

    title: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeyCard:
    """All keys of the window; `language` is that of all its words."""

    title: str
    language: str
    version_words: str
    groups: tuple[KeyGroup, ...]
