"""The one door through which typed, pasted and loaded text enters an application."""

from __future__ import annotations

import re
from dataclasses import dataclass

REPLACEMENT = "\ufffd"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_TO_CLEAN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that any document may hold, and where characters had to be replaced (offsets into `text`)."""

    text: str
    replaced: tuple[int, ...] = ()


def clean(raw: str) -> Cleaned:
    """Make line ends LF and replace characters that no document may hold by U+FFFD; change nothing else.

    >>> clean("a\\r\\nb").text
    'a\\nb'
    >>> clean("x\\x00y").replaced
    (1,)
    """
    text = _LINE_ENDS.sub("\n", raw)
    replaced = tuple(found.start() for found in _FORBIDDEN.finditer(text))
    return Cleaned(_FORBIDDEN.sub(REPLACEMENT, text) if replaced else text, replaced)


def is_clean(text: str) -> bool:
    """Whether `clean` would leave a text as it is; quick, for the many texts of a file."""
    return _TO_CLEAN.search(text) is None
