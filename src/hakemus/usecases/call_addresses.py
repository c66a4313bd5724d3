"""Places in a call's definition: addresses for people, entries by name, the model that stands at a place."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from typing import Any

from hakemus.domain.call import Call, Part

NOT_IN_FILES = ("overridden",)
"""What the program notes in a call by itself."""


def address_of(location: Sequence[int | str], data: Any) -> str:
    """A place in a definition as an address: `rules[grant-share].percent`, `fields[project.title].help.sv`."""
    path = ""
    node = data
    for part in location:
        if isinstance(part, int):
            node = node[part] if isinstance(node, (list, tuple)) and part < len(node) else None
            path += f"[{name_of(node) or part + 1}]"
        else:
            path += f".{part}" if path else str(part)
            node = node.get(part) if isinstance(node, Mapping) else None
    return path


def name_of(entry: Any) -> str | None:
    if not isinstance(entry, Mapping):
        return None
    return next((entry[key] for key in ("id", "path") if isinstance(entry.get(key), str) and entry[key]), None)


def entries_of(plain: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = plain.get(name)
    return [item if isinstance(item, Mapping) else {} for item in entries] if isinstance(entries, (list, tuple)) else []


def keys_at(location: Sequence[int | str]) -> list[str]:
    """The keys that a part of a call knows."""
    model: Any = Call
    for part in location:
        if isinstance(part, str):
            field = model.model_fields.get(part) if model else None
            model = part_class(field.annotation) if field else None
    fields = model.model_fields if model else {}
    names = [field.alias or name for name, field in fields.items()]
    return [name for name in names if name not in NOT_IN_FILES]


def part_class(annotation: Any) -> Any:
    """The part of a call that a field holds, or None."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for item in typing.get_args(annotation) if (found := part_class(item))), None)


def value_addresses(model: Any = Call, prefix: str = "") -> tuple[str, ...]:
    """Addresses of the single figures, days and choices of a call, outside its rules, lists and texts."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        part = part_class(field.annotation)
        if typing.get_origin(field.annotation) is tuple or name in (*_NO_TERMS, "reference"):
            continue
        if part is not None:
            found += value_addresses(part, f"{prefix}{name}.")
        elif (prefix or name == "unit") and not _holds_many(field):
            found.append(f"{prefix}{name}")
    return tuple(found)


_NO_TERMS = ("zone", "text", "evidence", "always_open", "binds_realised", *NOT_IN_FILES)


def _holds_many(field: Any) -> bool:
    return isinstance(field.default, (tuple, Mapping))


def is_call_address(call: Call, at: str) -> bool:
    """Whether an address of `confirm` or of a term leads to a value of the call."""
    parts = at.split(".")
    if parts[0] == "rules":
        return len(parts) == 3 and call.rule(parts[1]) is not None
    model: Any = Call
    for part in parts:
        if model is None or part not in model.model_fields:
            return False
        model = part_class(model.model_fields[part].annotation)
    return True
