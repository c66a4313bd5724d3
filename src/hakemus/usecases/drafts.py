"""Making drafts, and the way between a draft and the plain data of its file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any
from zlib import crc32

from pydantic import ValidationError

from hakemus import __version__
from hakemus.domain.application import Application
from hakemus.domain.draft import CallReference, Document, Draft, draft_path
from hakemus.domain.fields import Kind
from hakemus.domain.frozen import freeze, thaw
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import FieldName, msg
from hakemus.domain.paths import BadPath, get_value, row_class, with_value
from hakemus.domain.text import REPLACEMENT, clean, is_clean
from hakemus.i18n.refused import Refused
from hakemus.usecases import typed
from hakemus.usecases.errors import Damaged, NotOurs, Problem, UserError
from hakemus.usecases.problems import from_validation, sentence

FORMAT_NAME = "hakemus"
FORMAT_MAJOR = 1
FORMAT_MINOR = 0

_DRAFT_KEYS = (
    "call",
    "language",
    "application",
    "pending",
    "terms",
    "acknowledged",
    "comments",
    "secrets",
    "decision",
    "report",
    "sources",
    "submission",
)
_STAMP = {"name": FORMAT_NAME, "major": FORMAT_MAJOR, "written_by": __version__}
_ALWAYS_WRITTEN: dict[str, Any] = {"terms": [], "pending": {}, "acknowledged": [], "comments": [], "snapshots": []}


def new_document(
    call_definition: Mapping[str, Any], document_id: str, language: str = "fi", application: Application | None = None
) -> Document:
    """An empty draft for a call, or one that starts from an application."""
    reference = CallReference(
        id=call_definition["id"], edition=call_definition["edition"], definition=freeze(call_definition)
    )
    draft = Draft(call=reference, language=language, application=application or Application())
    return Document(id=document_id, draft=draft)


def to_plain(document: Document) -> dict[str, Any]:
    """The plain data of document.json."""
    draft = document.draft.stored()
    plain: dict[str, Any] = {
        **_ALWAYS_WRITTEN,
        **thaw(document.unknown),
        **{key: value for key, value in draft.items() if value not in ({}, None)},
        "format": {"minor": FORMAT_MINOR, **thaw(document.unknown.get("format", {})), **_STAMP},
        "id": document.id,
        "revision": document.revision,
        "language": document.draft.language,
        "application": draft.get("application", {}),
        "pending": dict(document.draft.pending),
    }
    if document.snapshots:
        plain["snapshots"] = [snapshot.stored() for snapshot in document.snapshots]
    return plain


def from_plain(plain: Mapping[str, Any], draw: Draw, newer_minor: bool = False) -> tuple[Document, tuple[Problem, ...]]:
    """The document of a file's plain data, with notes on what had to be cleaned. `Damaged` with every fault."""
    if not isinstance(plain.get("format"), Mapping) or plain["format"].get("name") != FORMAT_NAME:
        raise NotOurs(msg("This file is not an application made with this program."))
    minor = plain["format"].get("minor")
    newer_minor = newer_minor or (isinstance(minor, int) and minor > FORMAT_MINOR)
    cleaned, notes = cleaned_tree(plain)
    cleaned = _with_ids(Draft, cleaned, draw)
    known = {key: cleaned[key] for key in _DRAFT_KEYS if cleaned.get(key) is not None}
    unknown = {
        key: value
        for key, value in cleaned.items()
        if key not in (*_DRAFT_KEYS, "format", "id", "revision", "snapshots") and value is not None
    }
    # what a newer minor version added is only sound under its own number
    ours = set(_STAMP) if newer_minor else {*_STAMP, "minor"}
    beside = {key: value for key, value in cleaned["format"].items() if key not in ours and value is not None}
    if beside:
        unknown["format"] = beside
    whole = {
        "id": cleaned.get("id"),
        "revision": cleaned.get("revision", 0),
        "draft": known,
        "snapshots": cleaned.get("snapshots"),
        "unknown": unknown,
    }
    try:
        document = Document.model_validate(whole, context={"newer_minor": newer_minor})
    except ValidationError as error:
        problems = [
            Problem(problem.path.removeprefix("draft."), problem.message) for problem in from_validation(error, whole)
        ]
        problems += form_problems(Draft, known, strict=False)
        message = msg("The file is damaged: it holds values that cannot be understood.")
        raise Damaged(message, _once(problems)) from None
    draft, given_way = _without_older_values(document.draft)
    return with_value(document, "draft", draft) if given_way else document, (*notes, *given_way)


def _without_older_values(draft: Draft) -> tuple[Draft, tuple[Problem, ...]]:
    """A draft in which no value stands where a text waits that cannot be read: no sum may rest on an older one.

    The program itself never writes both; the notes say what stood there, so that nothing goes unseen.
    """
    notes = []
    for path, text in draft.pending.items():
        at = draft_path(path)
        try:
            value = get_value(draft, at)
            if value is None or not isinstance(typed.read(path, text), Refused):
                continue
            draft = with_value(draft, at, None)
        except BadPath:
            continue
        older = msg(
            "{field}: a typed text waits to be read, so the value {value} was left out.",
            field=FieldName(path),
            value=typed.shown(value),
        )
        notes.append(Problem(at, older))
    return draft, tuple(notes)


def application_from_data(data: Any, draw: Draw) -> tuple[Application, tuple[Problem, ...]]:
    """The application of outside data, judged strictly: unknown keys and wrong values refused, all at once.

    Returns notes on characters that had to be replaced. Rows without an id get one.
    """
    if not isinstance(data, Mapping):
        raise UserError(msg("The data is not an application: an object with named values is needed."))
    cleaned, notes = cleaned_tree(data)
    problems = list(form_problems(Application, cleaned))
    application = Application()
    try:
        application = Application.model_validate(_with_ids(Application, cleaned, draw))
    except ValidationError as error:
        problems += from_validation(error, cleaned)
    if problems:
        raise UserError(msg("The data has values that cannot be used."), _once(problems))
    return application, notes


def cleaned_tree(data: Any) -> tuple[Any, tuple[Problem, ...]]:
    """Data in which every text may stand in any document, and where characters had to be replaced."""
    if _all_clean(data):
        return data, ()
    notes: list[Problem] = []

    def walk(node: Any, path: str) -> Any:
        if isinstance(node, str):
            found = clean(node)
            if found.replaced:
                notes.append(Problem(path, msg("Characters that no document may hold were replaced.")))
            return found.text
        if isinstance(node, Mapping):
            # a map's entries have addresses like rows: `answers[q1]`
            entries = path.rpartition(".")[2] in _MAPS
            kept: dict[str, Any] = {}
            for key, item in node.items():
                name = clean(str(key))
                here = f"{path}[{name.text}]" if entries else f"{path}.{name.text}" if path else name.text
                if name.replaced:
                    notes.append(Problem(here, msg("Characters that no document may hold were replaced.")))
                fresh = name.text
                while fresh in kept or (fresh != key and fresh in node):  # keys that differed must not become one
                    fresh += REPLACEMENT
                kept[fresh] = walk(item, here)
            return kept
        if isinstance(node, (list, tuple)):
            return [walk(item, f"{path}[{_row_name(item, at)}]") for at, item in enumerate(node)]
        return node

    return walk(data, ""), tuple(notes)


_MAPS = ("answers", "declarations", "indicators", "pending")


def _row_name(item: Any, at: int) -> str:
    name = item.get("id") if isinstance(item, (dict, Mapping)) else None
    return name if isinstance(name, str) else str(at + 1)


def _all_clean(data: Any) -> bool:
    """Whether no text of some data needs a change: what is true of nearly all data is found out quickly."""
    texts: list[str] = []
    left = [data]
    while left:
        node = left.pop()
        if isinstance(node, str):
            texts.append(node)
        elif isinstance(node, dict):
            texts += node
            left += node.values()
        elif isinstance(node, (list, tuple)):
            left += node
    return is_clean("".join(texts))


@lru_cache(maxsize=128)
def _shape(tree: Any) -> Mapping[str, tuple[Kind, Any]]:
    """The kind of each field of a tree and, of parts and tables, the class inside."""
    shape: dict[str, tuple[Kind, Any]] = {}
    for name, info in tree.model_fields.items():
        kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), Kind.TEXT)
        inner = info.annotation if kind is Kind.PART else row_class(tree, name) if kind is Kind.ROWS else None
        shape[name] = (kind, inner)
    return shape


@lru_cache(maxsize=128)
def _nested(tree: Any) -> Mapping[str, tuple[Kind, Any]]:
    """The fields of a tree that hold parts, tables or maps: most rows have none, and need no second look."""
    return {name: found for name, found in _shape(tree).items() if found[0] in _JUDGED}


def repeated_draw() -> Draw:
    """Chance that falls the same way each time, for the rows that a file leaves without ids.

    A file that is opened again, and what was kept of it meanwhile, then call one row by one name; else a comparison
    would find every such row removed and another one added.
    """
    turn = count()
    return lambda below: crc32(b"%d" % next(turn)) % below


def _with_ids(tree: Any, data: Any, draw: Draw) -> Any:
    """The same data with an id in each row that lacks one."""
    inside = _nested(tree)
    if not inside or not isinstance(data, (dict, Mapping)):
        return data
    changed = dict(data)
    for name, (kind, inner) in inside.items():
        if name not in changed:
            continue
        if kind is Kind.PART:
            changed[name] = _with_ids(inner, changed[name], draw)
        elif kind is Kind.ROWS and isinstance(changed[name], list) and "id" in _shape(inner):
            rows = changed[name]
            taken = {
                item["id"] for item in rows if isinstance(item, (dict, Mapping)) and isinstance(item.get("id"), str)
            }
            changed[name] = [_row_with_id(inner, item, taken, draw) for item in rows]
    return changed


def _row_with_id(row: Any, item: Any, taken: set[str], draw: Draw) -> Any:
    if not isinstance(item, (dict, Mapping)):
        return item
    if item.get("id") is None:
        name = new_id(taken, draw)
        taken.add(name)
        item = {**item, "id": name}
    return _with_ids(row, item, draw)


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    told = {(problem.path, repr(problem.message)): problem for problem in problems}
    return tuple(told.values())


def form_problems(tree: Any, data: Any, path: str = "", *, strict: bool = True) -> Iterator[Problem]:
    """What the tree's own validation leaves unsaid, since it keeps unknown keys and stops at the first of a kind:
    ids that stand twice, wrong entries of maps, and, where `strict`, keys that the tree does not know.
    """
    if not isinstance(data, (dict, Mapping)):
        return
    shape = _shape(tree)
    if not _nested(tree) and shape.keys() >= data.keys():
        return
    for key, item in data.items():
        kind, inner = shape.get(key, (None, None))
        if kind not in _JUDGED:
            continue
        here = f"{path}.{key}" if path else str(key)
        if kind is None:
            if strict:
                yield Problem(here, sentence("unknown_key", {}))
        elif kind is Kind.PART:
            yield from form_problems(inner, item, here, strict=strict)
        elif kind is Kind.MAP:
            yield from _entry_problems(key, item, here)
        elif isinstance(item, list):
            yield from (Problem(here, sentence("twice", {"id": name})) for name in _twice(item))
            for at, row in enumerate(item):
                yield from form_problems(inner, row, f"{here}[{_row_name(row, at)}]", strict=strict)


_JUDGED = (None, Kind.PART, Kind.MAP, Kind.ROWS)


def _entry_problems(name: str, entries: Any, path: str) -> Iterator[Problem]:
    if isinstance(entries, Mapping):
        of, code = (bool, "entry_flag") if name == "declarations" else (str, "entry_text")
        for key, value in entries.items():
            if value is not None and type(value) is not of:
                yield Problem(f"{path}[{key}]", sentence(code, {}))


def _twice(rows: list[Any]) -> list[str]:
    names = Counter(row["id"] for row in rows if isinstance(row, (dict, Mapping)) and isinstance(row.get("id"), str))
    return [name for name, count in names.items() if count > 1]


_FILE_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+')
"""What some system takes in no name, and marks that turn the direction of writing: they hide what a file is."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?\Z", re.IGNORECASE)
_MOST_OF_A_NAME = 80
_MOST_BYTES_OF_A_NAME = 200
"""Disks take 255 bytes; an ending, and what a package or a copy adds, need some."""


def file_name(title: str | None, fallback: str) -> str:
    """A title as a file's name that Windows, OneDrive and sticks accept; without an ending."""
    name = _FILE_NAME.sub(" ", title or "").strip(" .")
    name = re.sub(r"\s+", " ", name)[:_MOST_OF_A_NAME]
    shown = name.encode("utf-8", "ignore")[:_MOST_BYTES_OF_A_NAME].decode("utf-8", "ignore").strip(" .~$")
    return fallback if not shown or _RESERVED.match(shown) else shown


def without_files(application: Application) -> None:
    """Refuse data whose attachments name files by hash: data carries no files, and such a draft would be damaged."""
    problems = tuple(
        Problem(
            f"attachments[{row.id}].sha256",
            msg("The file of this attachment is not in the data. Leave sha256 out, and attach the file in the window."),
        )
        for row in application.attachments
        if row.sha256 is not None
    )
    if problems:
        raise UserError(msg("The data has values that cannot be used."), problems)
