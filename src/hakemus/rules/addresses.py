"""Addresses as calls write them: one field, a table, or a field of every row (`goals[].text`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.paths import BadPath, class_at, get_value, normal

__all__ = ["column", "expand", "is_address", "normal"]

_ROW = re.compile(r"\[[^\]]*\]\.")


def is_address(address: str) -> bool:
    """Whether an address leads to a field of an application; a row (`goals[]`) is none, a table is."""
    path = normal(address)
    if path.startswith(("answers[", "declarations[")):
        return path.endswith("]")
    try:
        class_at(Application, path.replace("[]", "[x]"))
    except (BadPath, KeyError):
        return False
    return "[" not in path.replace("[].", "")


def expand(application: Application, address: str) -> Iterator[tuple[str, Any]]:
    """Every field that an address of a call means, with its value; a table without rows gives none of its fields.

    What is no address (an answer whose question has brackets in its id) means no field.
    """
    path = normal(address)
    try:
        if "[]" in path:
            yield from _of_rows(application, "", path)
        else:
            yield path, get_value(application, path)
    except BadPath:
        return


def column(path: str) -> str:
    """The address that fields of all rows share: `goals[g7].text` and `goals[k2].text` are `goals[].text`.

    An entry of a map is no row: `answers[q1]` stays as it is.
    """
    return _ROW.sub("[].", path)


def _of_rows(node: Any, at: str, path: str) -> Iterator[tuple[str, Any]]:
    table, _, rest = path.partition("[].")
    rows = get_value(node, table)
    for row in rows if isinstance(rows, tuple) else ():
        name = getattr(row, "id", None)
        if name is None:
            continue  # a text, or a row of a newer program's table: nothing here knows its fields
        here = f"{at}{table}[{name}]"
        if "[]." in rest:
            yield from _of_rows(row, f"{here}.", rest)
        else:
            yield f"{here}.{rest}", get_value(row, rest)
