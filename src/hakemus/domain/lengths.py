"""How long the call lets a text be, and how the funder's portal counts it."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.call import Call
from hakemus.domain.paths import parse


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be written, and the way of counting: `characters`, `utf16` or `bytes`."""

    most: int
    counting: str = "characters"


def limit_of(call: Call, path: str) -> Limit | None:
    """The limit of a field: of the call's question, of its guide to the field, or of its rule of lengths."""
    if path.startswith("answers["):
        question = call.question(path[len("answers[") : -1])
        return Limit(question.limit, question.counting) if question and question.limit else None
    pattern = ".".join(f"{piece.name}[]" if piece.key is not None else piece.name for piece in parse(path))
    guide = call.guide(path) or call.guide(pattern)
    if guide and guide.limit:
        return Limit(guide.limit, guide.counting)
    for rule in call.rules:
        if rule.kind == "length":
            limits = rule.parameters.get("limits", {})
            most = limits.get(path) or limits.get(pattern)
            if most:
                return Limit(int(most), str(rule.parameters.get("counting", "characters")))
    return None
