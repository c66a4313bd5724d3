"""Faults of form in data from outside, turned into addresses and sentences: all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from hakemus.domain.findings import Message, msg
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
    match code:
        case "money":
            return msg('A sum of money is a text with two decimals, such as "1234.50".')
        case "number":
            return msg('A number is a text such as "12.5", with at most nine digits and six decimals.')
        case "date":
            return msg('A date is a text such as "2026-05-02", in the years 1000 to 2999.')
        case "moment":
            return msg('A moment is a text such as "2026-11-30T16:15".')
        case "id":
            return msg("An id is 1 to 40 letters, digits, hyphens and underscores.")
        case "word":
            return msg("One of these words is needed: {words}.", words=str(context.get("words", "")))
        case "list" | "tuple_type":
            return msg("A list is needed here.")
        case "twice":
            return msg("The id {id} stands twice in the list.", id=str(context.get("id", "")))
        case "mapping" | "model_type" | "dict_type" | "model_attributes_type":
            return msg("An object with named values is needed here.")
        case "entry_text" | "string_type":
            return msg("A text is needed here.")
        case "entry_flag" | "bool_type":
            return msg("true or false is needed here.")
        case "int_type":
            return msg("A whole number is needed here.")
        case "missing":
            return msg("This must be given.")
        case "unknown_key" | "extra_forbidden":
            return msg("This key is not known; check its spelling.")
        case "texts":
            return msg(
                "A text in its languages is needed, such as {example}.", example='{fi = "…", sv = "…", en = "…"}'
            )
        case "literal_error":
            return msg("One of these words is needed: {words}.", words=str(context.get("expected", "")))
        case "string_pattern_mismatch":
            return msg("The text has a form that is not allowed here.")
        case _:
            return msg("This value cannot be understood ({code}).", code=code)
