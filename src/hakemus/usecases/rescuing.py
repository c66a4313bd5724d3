"""A document out of what could be read of a damaged file: every wrong value is taken out and kept as text beside it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

from hakemus.domain.draft import Document
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import Texts, msg
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.errors import Damaged, Problem, UserError
from hakemus.usecases.problems import sentence

_PIECE = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")
_MOST_ROUNDS = 50


def readable(
    plain: Mapping[str, Any],
    definition_of: Callable[[str], Mapping[str, Any]],
    document_id: Callable[[], str],
    draw: Draw,
) -> tuple[Document, tuple[Problem, ...]]:
    """A document of whatever stands in `plain`, and what was wrong in it.

    A call whose definition is broken is taken from this computer (`definition_of` its id, "" for any), which is told
    first, at the path `call`. Texts and numbers that no field takes wait as typed text. Raises `Damaged` where nothing
    can be made of it.
    """
    rest: dict[str, Any] = copy.deepcopy(dict(plain))
    rest["format"] = {"name": drafts.FORMAT_NAME, "major": drafts.FORMAT_MAJOR, "minor": drafts.FORMAT_MINOR}
    if not isinstance(rest.get("id"), str):
        rest["id"] = document_id()
    for key, kind in (("application", dict), ("pending", dict)):
        if not isinstance(rest.get(key), kind):
            rest[key] = {}
    call = rest.get("call")
    found: list[Problem] = []
    if not isinstance(call, dict) or not isinstance(call.get("definition"), dict):
        found.append(_with_call_of_here(rest, definition_of))
    elif not isinstance(call.get("id"), str):
        rest["call"] = {**call, "id": str(call["definition"].get("id") or "")}
    for _ in range(_MOST_ROUNDS):
        try:
            document, notes = drafts.from_plain(rest, draw)
        except Damaged as damage:
            twice = [problem for problem in damage.problems if problem.message.key == _TWICE]
            parted = [problem for problem in twice if _ids_parted(rest, problem.path, draw)]
            if parted:
                found += parted
                continue
            found += damage.problems
            rows = _Rows()
            taken = [_taken_out(rest, problem.path, rows) for problem in damage.problems]
            rows.close_up()
            if not any(taken):
                break
            continue
        try:
            call_of(document.draft)
        except UserError:
            found.insert(0, _with_call_of_here(rest, definition_of))
            document = drafts.from_plain(rest, draw)[0]
        return document, (*found, *notes)
    raise Damaged(msg("Nothing of the file can be shown."), tuple(found))


CALL = "call"
"""The path of what is said of the call."""


def _with_call_of_here(rest: dict[str, Any], definition_of: Callable[[str], Mapping[str, Any]]) -> Problem:
    """Put a call of this computer in the place of one that cannot be read, and say so: sums and rules are its own.

    Own values of terms stay where it is the same call; of another one they would mean something else.
    """
    call = rest.get("call")
    name = call.get("id") if isinstance(call, dict) else None
    try:
        definition = definition_of(name if isinstance(name, str) else "")
    except UserError:
        definition = definition_of("")
    rest["call"] = {"id": definition["id"], "edition": definition["edition"], "definition": dict(definition)}
    if definition["id"] == name:
        said = msg(
            "The call inside the file could not be read. The one of this computer is in its place ({call}): look over "
            "the terms of the call before you go on.",
            call=Texts(definition["title"]),
        )
    else:
        rest["terms"] = []
        said = msg(
            "Which call the application is for could not be read. A call of this computer is in its place ({call}), "
            "without own values of terms: if it is another call, copy the application with “For another call…”.",
            call=Texts(definition["title"]),
        )
    return Problem(CALL, said)


_TWICE = sentence("twice", {}).key


def _ids_parted(plain: dict[str, Any], path: str, draw: Draw) -> bool:
    """Give the later ones of rows with one id ids of their own: nothing of a table is lost for the sake of its ids."""
    rows = _Rows()
    node: Any = plain
    for name, key in _PIECE.findall(path):
        node = rows.child(node, name or f"[{key}]")
    if not isinstance(node, list):
        return False
    named = [row for row in node if isinstance(row, dict) and isinstance(row.get("id"), str)]
    taken = {row["id"] for row in named}
    seen: set[str] = set()
    parted = False
    for row in named:
        if row["id"] in seen:
            row["id"] = new_id(taken, draw)
            taken.add(row["id"])
            parted = True
        seen.add(row["id"])
    return parted


def _taken_out(plain: dict[str, Any], path: str, rows: _Rows) -> bool:
    """Take the value at an address out, or what holds it; a plain value waits as text from then on."""
    pieces = [name or f"[{key}]" for name, key in _PIECE.findall(path)]
    while pieces:
        holder: Any = plain
        for piece in pieces[:-1]:
            holder = rows.child(holder, piece)
        value = rows.child(holder, pieces[-1])
        if value is _GONE or holder is _GONE:
            return True
        if value is not None:
            rows.remove(holder, pieces[-1])
            field = path.removeprefix("application.")
            if field != path and isinstance(value, (str, int, float)) and not isinstance(value, bool):
                plain.setdefault("pending", {})[field] = str(value)
            return True
        pieces.pop()
    return False


_GONE = object()
"""Stands where a row was until all that was told of its list is looked at: the rows behind it keep their numbers."""
_MOST_DIGITS = 9


class _Rows:
    """Finds what addresses name, each list gone through once however much is told of it."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[list[Any], dict[str, list[int]]]] = {}

    def child(self, node: Any, piece: str) -> Any:
        """What lies at a piece of an address; None for nothing, `_GONE` for what was taken out, or lay in it."""
        if isinstance(node, dict):
            return node.get(piece[1:-1] if piece.startswith("[") else piece)
        if not isinstance(node, list):
            return node if node is _GONE else None
        at = self._at(node, piece)
        return None if at is None else node[at]

    def remove(self, node: Any, piece: str) -> None:
        if isinstance(node, dict):
            del node[piece[1:-1] if piece.startswith("[") else piece]
            return
        at = self._at(node, piece)
        assert at is not None
        node[at] = _GONE
        named = self._positions(node).get(piece[1:-1])
        if named:
            named.pop()

    def close_up(self) -> None:
        """Let the rows behind those that were taken out follow up."""
        for node, _ in self._found.values():
            node[:] = [row for row in node if row is not _GONE]

    def _at(self, node: list[Any], piece: str) -> int | None:
        """The last row of that id (of two equal ones the second goes), else the one of that number."""
        key = piece[1:-1]
        named = self._positions(node).get(key)
        if named:
            return named[-1]
        return int(key) - 1 if key.isdecimal() and len(key) <= _MOST_DIGITS and 0 < int(key) <= len(node) else None

    def _positions(self, node: list[Any]) -> dict[str, list[int]]:
        if id(node) not in self._found:
            positions: dict[str, list[int]] = {}
            for at, row in enumerate(node):
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    positions.setdefault(row["id"], []).append(at)
            self._found[id(node)] = node, positions
        return self._found[id(node)][1]
