"""Addresses of fields: `budget.lines[k3f9].amount`. Reads and rebuilds frozen trees; knows no field by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")

_PIECE = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)(?:\[([^\[\]]+)\])?")


class BadPath(ValueError):
    """A text that is no address, or an address that leads nowhere in this tree."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of an address: a field's name and, for a row or a map entry, its key."""

    name: str
    key: str | None = None

    def __str__(self) -> str:
        return self.name if self.key is None else f"{self.name}[{self.key}]"


@lru_cache(maxsize=16384)
def parse(path: str) -> tuple[Piece, ...]:
    """The pieces of an address.

    >>> [str(piece) for piece in parse("budget.lines[k3f9].amount")]
    ['budget', 'lines[k3f9]', 'amount']
    """
    pieces: list[Piece] = []
    at = 0
    while True:
        found = _PIECE.match(path, at)
        if not found:
            raise BadPath(path)
        pieces.append(Piece(found[1], found[2]))
        at = found.end()
        if at == len(path):
            return tuple(pieces)
        if path[at] != ".":
            raise BadPath(path)
        at += 1


def join(*parts: str) -> str:
    return ".".join(parts)


def row_path(table: str, key: str) -> str:
    return f"{table}[{key}]"


_ANSWER = re.compile(r"(answers|declarations)\.(.+)")


def normal(address: str) -> str:
    """`answers.q1` and `answers[q1]` are one address; the latter is the stored one."""
    found = _ANSWER.fullmatch(address)
    return f"{found[1]}[{found[2]}]" if found else address


def table_of(path: str) -> str:
    """The table of a row's address: `budget.lines[a]` -> `budget.lines`."""
    pieces = parse(path)
    if pieces[-1].key is None:
        raise BadPath(path)
    return ".".join([*(str(piece) for piece in pieces[:-1]), pieces[-1].name])


def row_of(path: str) -> str | None:
    """The address of the innermost row that a path lies in, or None."""
    pieces = parse(path)
    for at in range(len(pieces), 0, -1):
        if pieces[at - 1].key is not None:
            return ".".join(str(piece) for piece in pieces[:at])
    return None


def within(path: str, ancestor: str) -> bool:
    """Whether a path is the ancestor or lies under it."""
    return path == ancestor or (path.startswith(ancestor) and path[len(ancestor)] in ".[")


def _child(node: Any, name: str) -> Any:
    if isinstance(node, Mapping):
        return node.get(name)
    found = getattr(node, "__dict__", {}).get(name)
    if found is None:
        extra = getattr(node, "__pydantic_extra__", None)
        if extra:
            return extra.get(name)
    return found


MANY_ROWS = 40
"""From here on the places of a table's rows are remembered: reading every row by its address would be quadratic."""
_places: tuple[Sequence[Any], dict[str, int]] = ((), {})
"""The last long table that was looked into. Tables are frozen, so that the same object has the same rows."""


def _row_at(rows: Sequence[Any], key: str) -> int | None:
    """The place of a row; None where there is none, or where what is listed are no rows but texts."""
    global _places
    if len(rows) < MANY_ROWS or not isinstance(rows, tuple):
        return next((at for at, row in enumerate(rows) if getattr(row, "id", None) == key), None)
    known, places = _places
    if known is not rows:
        places = {getattr(row, "id", ""): at for at, row in reversed(tuple(enumerate(rows)))}
        _places = (rows, places)
    return places.get(key)


def get_value(root: Any, path: str) -> Any:
    """The value at an address, or None where it, or anything on the way, is missing."""
    node = root
    for piece in parse(path):
        if node is None:
            return None
        node = _child(node, piece.name)
        if piece.key is not None and node is not None:
            if isinstance(node, Mapping):
                node = node.get(piece.key)
            else:
                at = _row_at(node, piece.key) if isinstance(node, (tuple, list)) else None
                node = None if at is None else node[at]
    return node


def _rebuilt(node: T, name: str, value: Any) -> T:
    """The same node with one field set, made by its validating constructor."""
    fields = dict(node.__dict__)
    fields.update(getattr(node, "__pydantic_extra__", None) or {})
    fields[name] = value
    return type(node)(**{key: item for key, item in fields.items() if item is not None})


def _known(node: Any, name: str, path: str) -> None:
    if name not in type(node).model_fields and name not in (node.__pydantic_extra__ or {}):
        raise BadPath(path)


def with_value(root: T, path: str, value: Any) -> T:
    """The tree with a value at an address; None removes it. A row that does not exist is made at the end, but not
    for the sake of removing something in it.
    """
    return _with(root, parse(path), value, path)


def _with(node: T, pieces: tuple[Piece, ...], value: Any, path: str) -> T:
    piece, rest = pieces[0], pieces[1:]
    _known(node, piece.name, path)
    child = _child(node, piece.name)
    if piece.key is None:
        if not rest:
            return _rebuilt(node, piece.name, value)
        if child is None or isinstance(child, (tuple, str)):
            raise BadPath(path)
        return _rebuilt(node, piece.name, _with(child, rest, value, path))
    if isinstance(child, Mapping):
        if rest:
            raise BadPath(path)
        entries = {**child, piece.key: value}
        return _rebuilt(node, piece.name, {key: item for key, item in entries.items() if item is not None})
    if not isinstance(child, tuple):
        raise BadPath(path)
    at = _row_at(child, piece.key)
    if at is None and child and not hasattr(child[0], "id"):
        raise BadPath(path)
    if not rest:
        row = value
    elif at is None:
        made = _new_row(node, piece)
        row = _with(made, rest, value, path)
        if value is None:
            return node
    else:
        row = _with(child[at], rest, value, path)
    if row is None:
        rows = child if at is None else child[:at] + child[at + 1 :]
    elif at is None:
        rows = (*child, row)
    else:
        rows = (*child[:at], row, *child[at + 1 :])
    return _rebuilt(node, piece.name, rows)


def _new_row(node: Any, piece: Piece) -> Any:
    row: Any = row_class(type(node), piece.name)
    return row(id=piece.key)


def row_class(tree: Any, name: str) -> Any:
    """The class of a table's rows."""
    return _inner_class(tree.model_fields[name].annotation)


def _inner_class(annotation: Any) -> Any:
    return annotation.__args__[0] if getattr(annotation, "__args__", None) else annotation


def insert_row(root: T, table: str, row: Mapping[str, Any], at: int | None = None) -> T:
    """The tree with a new row (which carries its `id`) at a position, or at the end."""
    rows: tuple[Any, ...] = get_value(root, table) or ()
    place = len(rows) if at is None else max(0, min(at, len(rows)))
    return with_value(root, table, (*rows[:place], dict(row), *rows[place:]))


def move_row(root: T, row: str, to: int) -> T:
    """The tree with a row at another position of its table; positions outside it mean its ends."""
    table, key = table_of(row), parse(row)[-1].key
    rows: tuple[Any, ...] = get_value(root, table) or ()
    at = _row_at(rows, key or "")
    if at is None:
        raise BadPath(row)
    rest = rows[:at] + rows[at + 1 :]
    place = max(0, min(to, len(rest)))
    return with_value(root, table, (*rest[:place], rows[at], *rest[place:]))


def class_at(tree: Any, path: str) -> tuple[Any, str]:
    """The class that holds the field at an address, and the field's name (for a row: its table's)."""
    node: Any = tree
    pieces = parse(path)
    for piece in pieces[:-1]:
        if piece.name not in node.model_fields:
            raise BadPath(path)
        node = _inner_class(node.model_fields[piece.name].annotation)
        if not hasattr(node, "model_fields"):
            raise BadPath(path)
    if pieces[-1].name not in node.model_fields:
        raise BadPath(path)
    return node, pieces[-1].name


def field_marks(tree: Any, path: str) -> tuple[Any, ...]:
    """The annotations of the field at an address (its `Kind` among them)."""
    node, name = class_at(tree, path)
    return tuple(node.model_fields[name].metadata)
