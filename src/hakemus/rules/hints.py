"""Finds a call's words that hint at costs it does not accept. Remembers what it found: descriptions seldom change."""

from __future__ import annotations

import re
from functools import lru_cache

from hakemus.domain.call import Call

_REMEMBERED = 20_000


class HintFinder:
    """The hint words of one call: each is met where a word of the text begins with it, with a leading `*` anywhere."""

    def __init__(self, hints: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self._patterns = [(name, _pattern(words)) for name, words in hints]
        self._any = _pattern(tuple(word for _, words in hints for word in words))
        self._found: dict[str, tuple[str, ...]] = {}

    def hits(self, text: str) -> tuple[str, ...]:
        """The ids of the hints whose words stand in a text."""
        found = self._found.get(text)
        if found is None:
            found = ()
            if self._any.search(text):
                found = tuple(name for name, pattern in self._patterns if pattern.search(text))
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[text] = found
        return found


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [
        re.escape(word[1:]) if word.startswith("*") else rf"\b{re.escape(word)}" for word in words if word.strip("*")
    ]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=32)
def _finder(hints: tuple[tuple[str, tuple[str, ...]], ...]) -> HintFinder:
    return HintFinder(hints)


def finder_of(call: Call) -> HintFinder | None:
    """The finder of a call's hints, or None where it has none."""
    hints = tuple((hint.id, hint.words) for hint in call.hints)
    return _finder(hints) if hints else None
