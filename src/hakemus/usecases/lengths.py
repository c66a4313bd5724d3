"""How long a text is as the funder's portal counts it."""

from __future__ import annotations

from hakemus.domain.lengths import Limit, limit_of

__all__ = ["Limit", "length_of", "limit_of", "tail_of"]


def length_of(text: str, counting: str) -> int:
    """The length of a text as a portal counts it; a line break is one character."""
    if counting == "bytes":
        return len(text.encode("utf-8", "replace"))
    if counting == "utf16":
        return len(text.encode("utf-16-le", "replace")) // 2
    return len(text)


def tail_of(text: str, limit: Limit) -> int | None:
    """From which character on a text is over its limit, as the portal counts; None where it is not."""
    if length_of(text, limit.counting) <= limit.most:
        return None
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if length_of(text[:middle], limit.counting) <= limit.most:
            low = middle
        else:
            high = middle - 1
    return low
