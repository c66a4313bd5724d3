"""How long a text may be, and how the funder's portal counts it."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.call import Call
from hakemus.i18n.field_names import pattern_of


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be written, and the way of counting: `characters`, `utf16` or `bytes`."""

    most: int
    counting: str = "characters"


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


def limit_of(call: Call, path: str) -> Limit | None:
    """The limit of a field: of the call's question, of its guide to the field, or of its rule of lengths."""
    if path.startswith("answers["):
        question = call.question(path[len("answers[") : -1])
        return Limit(question.limit, question.counting) if question and question.limit else None
    guide = call.guide(path) or call.guide(pattern_of(path))
    if guide and guide.limit:
        return Limit(guide.limit, guide.counting)
    for rule in call.rules:
        if rule.kind == "length":
            limits = rule.parameters.get("limits", {})
            most = limits.get(path) or limits.get(pattern_of(path))
            if most:
                return Limit(int(most), str(rule.parameters.get("counting", "characters")))
    return None
