"""Faults of form in data from outside, turned into addresses and sentences: all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from hakemus.domain.messages import Message, msg
from hakemus.usecases.errors import Problem


def from_validation(error: ValidationError, data: Any) -> tuple[Problem, ...]:
    """The problems of a failed validation, by address; rows by their id where they have one, else by number."""
    problems = []
    for fault in error.errors(include_url=False, include_input=False):
        path = address(fault["loc"], data)
        context = fault.get("ctx") or {}
        if "key" in context and fault["type"].startswith("entry_"):
            path = f"{path}[{context['key']}]"
        problems.append(Problem(path, sentence(fault["type"], context)))
    return tuple(problems)


def address(location: Sequence[int | str], data: Any) -> str:
    """A pydantic location as an address: `("budget", "lines", 0, "year")` -> `budget.lines[k3f9].year`."""
    path = ""
    node = data
    for part in location:
        if isinstance(part, int):
            node = node[part] if isinstance(node, (list, tuple)) and part < len(node) else None
            key = node.get("id") if isinstance(node, dict) else None
            path += f"[{key if isinstance(key, str) else part + 1}]"
        else:
            path += f".{part}" if path else str(part)
            node = node.get(part) if isinstance(node, dict) else None
    return path


def sentence(code: str, context: dict[str, Any]) -> Message:
    """What is wrong with a value, and the form it should have."""
    if code in ("word", "literal_error"):
        words = str(context.get("words") or context.get("expected") or "")
        return msg("One of these words is needed: {words}.", words=words)
    if code == "twice":
        return msg("The id {id} stands twice in the list.", id=str(context.get("id", "")))
    return _SENTENCES.get(code) or msg("This value cannot be understood ({code}).", code=code)


_OBJECT = msg("An object with named values is needed here.")
_LIST = msg("A list is needed here.")
_TEXT = msg("A text is needed here.")
_FLAG = msg("true or false is needed here.")
_UNKNOWN_KEY = msg("This key is not known; check its spelling.")
_SENTENCES = {
    "money": msg('A sum of money is a text with two decimals, such as "1234.50".'),
    "number": msg('A number is a text such as "12.5", with at most nine digits and six decimals.'),
    "date": msg('A date is a text such as "2026-05-02", in the years 1000 to 2999.'),
    "moment": msg('A moment is a text such as "2026-11-30T16:15".'),
    "id": msg("An id is 1 to 40 letters, digits, hyphens and underscores."),
    "list": _LIST,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "mapping": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "entry_text": _TEXT,
    "string_type": _TEXT,
    "entry_flag": _FLAG,
    "bool_type": _FLAG,
    "int_type": msg("A whole number is needed here."),
    "missing": msg("This must be given."),
    "unknown_key": _UNKNOWN_KEY,
    "extra_forbidden": _UNKNOWN_KEY,
    "texts": msg("A text in its languages is needed, such as {example}.", example='{fi = "…", sv = "…", en = "…"}'),
    "string_pattern_mismatch": msg("The text has a form that is not allowed here."),
}
