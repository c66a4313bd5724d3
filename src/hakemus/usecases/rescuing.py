"""A document out of what could be read of a damaged file: every wrong value is taken out and kept as text beside it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

from hakemus.domain.draft import Document
from hakemus.domain.findings import msg
from hakemus.domain.ids import Draw
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.errors import Damaged, Problem, UserError

_PIECE = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")
_MOST_ROUNDS = 50


def readable(
    plain: Mapping[str, Any],
    definition_of: Callable[[str], Mapping[str, Any]],
    document_id: Callable[[], str],
    draw: Draw,
) -> tuple[Document, tuple[Problem, ...]]:
    """A document of whatever stands in `plain`, and what was wrong in it.

    A call whose definition is broken is taken from this computer (`definition_of` its id, "" for any). Texts and
    numbers that no field takes wait as typed text. Raises `Damaged` where nothing can be made of it.
    """
    rest: dict[str, Any] = copy.deepcopy(dict(plain))
    rest["format"] = {"name": drafts.FORMAT_NAME, "major": drafts.FORMAT_MAJOR, "minor": drafts.FORMAT_MINOR}
    if not isinstance(rest.get("id"), str):
        rest["id"] = document_id()
    for key, kind in (("application", dict), ("pending", dict)):
        if not isinstance(rest.get(key), kind):
            rest[key] = {}
    call = rest.get("call")
    if not isinstance(call, dict) or not isinstance(call.get("definition"), dict):
        rest["call"] = _call(call, definition_of)
    elif not isinstance(call.get("id"), str):
        rest["call"] = {**call, "id": str(call["definition"].get("id") or "")}
    found: list[Problem] = []
    for _ in range(_MOST_ROUNDS):
        try:
            document, notes = drafts.from_plain(rest, draw)
        except Damaged as damage:
            found += damage.problems
            taken = [_taken_out(rest, problem.path) for problem in damage.problems]
            if not any(taken):
                break
            continue
        return _with_sound_call(document, rest, definition_of, draw), (*found, *notes)
    raise Damaged(msg("Nothing of the file can be shown."), tuple(found))


def _call(call: Any, definition_of: Callable[[str], Mapping[str, Any]]) -> dict[str, Any]:
    name = call.get("id") if isinstance(call, dict) else None
    try:
        definition = definition_of(name if isinstance(name, str) else "")
    except UserError:
        definition = definition_of("")
    return {"id": definition["id"], "edition": definition["edition"], "definition": dict(definition)}


def _with_sound_call(
    document: Document, rest: dict[str, Any], definition_of: Callable[[str], Mapping[str, Any]], draw: Draw
) -> Document:
    """The document, its call taken from this computer where the file's own cannot be used."""
    try:
        call_of(document.draft)
    except UserError:
        return drafts.from_plain({**rest, "terms": [], "call": _call(rest["call"], definition_of)}, draw)[0]
    return document


def _taken_out(plain: dict[str, Any], path: str) -> bool:
    """Take the value at an address out, or what holds it; a plain value waits as text from then on."""
    pieces = [name or f"[{key}]" for name, key in _PIECE.findall(path)]
    while pieces:
        holder: Any = plain
        for piece in pieces[:-1]:
            holder = _child(holder, piece)
        value = _child(holder, pieces[-1])
        if value is not None:
            _remove(holder, pieces[-1])
            field = path.removeprefix("application.")
            if field != path and isinstance(value, (str, int, float)) and not isinstance(value, bool):
                plain["pending"] = {**plain["pending"], field: str(value)}
            return True
        pieces.pop()
    return False


def _child(node: Any, piece: str) -> Any:
    if isinstance(node, dict):
        return node.get(piece[1:-1] if piece.startswith("[") else piece)
    at = _row(node, piece)
    return None if at is None else node[at]


def _remove(node: Any, piece: str) -> None:
    if isinstance(node, dict):
        del node[piece[1:-1] if piece.startswith("[") else piece]
    else:
        del node[_row(node, piece)]


def _row(node: Any, piece: str) -> int | None:
    """The last row of that id (of two equal ones the second goes), else the one of that number."""
    if not isinstance(node, list):
        return None
    key = piece[1:-1]
    named = [at for at, row in enumerate(node) if isinstance(row, dict) and row.get("id") == key]
    if named:
        return named[-1]
    return int(key) - 1 if key.isdecimal() and 0 < int(key) <= len(node) else None
