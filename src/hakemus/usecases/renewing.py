"""A new application from an old one: who applies, with whom, and the texts stay, and are marked until touched. Pure.

Sums, dates, decisions, files and promises are those of the old application alone. The old document is not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.call import Call
from hakemus.domain.draft import Document, Draft, any_value, draft_path
from hakemus.domain.fields import Kind
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.paths import get_value, row_path, with_value
from hakemus.i18n.field_names import pattern_of
from hakemus.usecases import drafts, typed
from hakemus.usecases.calls import call_of

OLD = "old application"
"""The kind of the source that tells what came from where."""
_CLEARED_KINDS = (Kind.MONEY, Kind.PERCENT, Kind.QUANTITY, Kind.DATE, Kind.YEAR, Kind.COUNT)
_CLEARED = (
    "partners[].commitment",
    "partners[].attachment",
    "team[].confirmed",
    "goals[].indicators[].baseline",
    "budget.lines[].supplier",
    "funding.own[].evidence",
    "funding.other[].status",
    "attachments",
    "declarations",
)
"""Decisions, promises, measured figures and files."""


def renewed(old: Document, definition: Mapping[str, Any], document_id: str, draw: Draw) -> Document:
    """A new document under a call, with what of the old one can hold for another year."""
    made = drafts.new_document(definition, document_id, old.draft.language)
    call = call_of(made.draft)
    kept = _kept(old.draft.application, "", call)
    application = Application.model_validate(kept)
    carried = {path: text for path, text in _texts(application) if text.strip()}
    title = old.draft.application.project.title or ""
    source = {"id": new_id(set(), draw), "kind": OLD, "title": title, "carried": FrozenDict(carried)}
    draft = Draft(call=made.draft.call, language=made.draft.language, application=application, sources=(source,))
    return Document(id=made.id, draft=draft)


def _kept(tree: Any, path: str, call: Call) -> dict[str, Any]:
    """The values of a part of the application that may stay, in the form from which it is made anew."""
    kept: dict[str, Any] = {}
    for name, info in type(tree).model_fields.items():
        value = getattr(tree, name)
        here = f"{path}.{name}" if path else name
        kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), Kind.TEXT)
        if not any_value(value) or kind in _CLEARED_KINDS or pattern_of(here) in _CLEARED:
            continue
        if kind is Kind.PART:
            kept[name] = _kept(value, here, call)
        elif kind is Kind.ROWS:
            kept[name] = [_kept(row, row_path(here, row.id), call) for row in value]
        elif kind is Kind.MAP:
            kept[name] = {key: text for key, text in value.items() if call.question(key) is not None}
        elif not (name == "category" and value not in call.category_ids):
            kept[name] = value
    return kept


def _texts(application: Application) -> Iterable[tuple[str, str]]:
    """Every text that a person would have to read again, with its address."""
    stack: list[tuple[Any, str]] = [(application, "")]
    while stack:
        tree, path = stack.pop()
        for name, info in type(tree).model_fields.items():
            value = getattr(tree, name)
            here = f"{path}.{name}" if path else name
            kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), Kind.TEXT)
            if kind is Kind.PART:
                stack.append((value, here))
            elif kind is Kind.ROWS:
                stack += [(row, row_path(here, row.id)) for row in value]
            elif kind is Kind.MAP:
                yield from ((row_path(here, key), text) for key, text in value.items() if isinstance(text, str))
            elif kind in (Kind.TEXT, Kind.TEXTS, Kind.WORD):
                yield here, typed.shown(value)


def _carried(draft: Draft) -> Mapping[str, Any]:
    for source in draft.sources:
        if source.kind == OLD:
            found = (source.__pydantic_extra__ or {}).get("carried")
            return found if isinstance(found, Mapping) else {}
    return {}


def is_carried(draft: Draft, path: str) -> bool:
    """Whether a field still says what the old application said."""
    known = _carried(draft).get(path) if draft.sources else None
    return isinstance(known, str) and path not in draft.pending and typed.shown(_value(draft, path)) == known


def carried(draft: Draft) -> tuple[str, ...]:
    """The fields that still say what the old application said."""
    return tuple(path for path in _carried(draft) if is_carried(draft, path))


def _value(draft: Draft, path: str) -> Any:
    return get_value(draft, draft_path(path))


def accepted(draft: Draft, still: Callable[[str], bool] = lambda _path: False) -> Draft:
    """The draft without the marks, or with those only that `still` says yes to: their fields hold as they are."""
    rows = []
    for source in draft.sources:
        if source.kind == OLD:
            left = {path: text for path, text in _carried(draft).items() if still(path)}
            rows.append(type(source)(**{**source.stored(), "carried": left}))
        else:
            rows.append(source)
    return with_value(draft, "sources", tuple(rows))
