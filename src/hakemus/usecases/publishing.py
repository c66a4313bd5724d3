"""A document for everybody's eyes: personal data are taken out of the values themselves, so that no renderer, metadata
or search can bring them back. Knows no paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from hakemus.domain.draft import Document, Draft, draft_path
from hakemus.domain.fields import Kind, Tree
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.paths import get_value, row_path, with_value

PERSONAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("applicant.contacts", ("name", "phone", "email")),
    ("partners", ("contact", "email")),
    ("team", ("name",)),
)
"""Tables of people, and their columns that say who somebody is or how to reach them."""

_ADDRESS = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w+")
_LEAST_DIGITS = 6
_NO_PROSE = ("category", "sha256", "media_type", "goals")
"""Texts by which rows are told or joined."""

Node = TypeVar("Node", bound=Tree)


def without_personal_data(document: Document, mark: str, marks: Collection[str] = ()) -> Document:
    """The document with `mark` in place of people's names, phone numbers and e-mail addresses.

    Whole fields of contacts, partners and team go; in every other text go the same names (of two words or more) and
    numbers as they are written there, and every e-mail address but the organisation's own. A name that a text
    inflects cannot be known for one: whoever publishes the copy has to read it. `marks` are others that stand there
    already, each with a ground of its own: they stay.
    """
    draft, words = document.draft, set[str]()
    for path, text in personal_data(draft, marks):
        words.add(text)
        draft = with_value(draft, draft_path(path), mark)
    pattern = pattern_of(words)
    own = (draft.application.applicant.email or "").strip().casefold()

    def changed(text: str) -> str:
        text = pattern.sub(lambda _found: mark, text)
        return _ADDRESS.sub(
            lambda found: found[0] if own not in ("", *words) and found[0].casefold().rstrip(".") == own else mark, text
        )

    return Document(
        id=document.id, revision=document.revision, draft=texts_changed(draft, changed), unknown=document.unknown
    )


def personal_data(draft: Draft, marks: Collection[str] = ()) -> list[tuple[str, str]]:
    """Addresses of the fields of people that are filled in, and what stands there, in small letters."""
    found = []
    for table, columns in PERSONAL:
        for row in get_value(draft, draft_path(table)):
            for column in columns:
                text = (getattr(row, column) or "").strip()
                if text and text not in marks:
                    found.append((f"{row_path(table, row.id)}.{column}", text.casefold()))
    return found


def telling(words: str) -> bool:
    """Whether a value can be looked for in other texts: one word may be a title, a short number anything."""
    return len(words.split()) > 1 or "@" in words or sum(char.isdigit() for char in words) >= _LEAST_DIGITS


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds the words that tell, longest first, whatever spaces or ends of lines stand inside them."""
    known = sorted((each for each in words if telling(each)), key=lambda each: (-len(each), each))
    if not known:
        return re.compile(r"(?!)")
    each = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in known)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


def texts_changed(draft: Draft, change: Callable[[str], str]) -> Draft:
    """The draft with every text of the application, and every text that is no value yet, as `change` gives it."""
    draft = with_value(draft, "application", _changed(draft.application, change))
    return with_value(draft, "pending", FrozenDict({path: change(text) for path, text in draft.pending.items()}))


def _changed(node: Node, change: Callable[[str], str]) -> Node:
    values: dict[str, Any] = {}
    for name, info in type(node).model_fields.items():
        value = node.__dict__.get(name)
        kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), None)
        if value is None or name in _NO_PROSE:
            continue
        if kind is Kind.TEXT:
            values[name] = change(value)
        elif kind is Kind.PART:
            values[name] = _changed(value, change)
        elif kind is Kind.ROWS:
            values[name] = tuple(_changed(row, change) for row in value)
        elif kind is Kind.TEXTS:
            values[name] = tuple(change(text) for text in value)
        elif kind is Kind.MAP:
            values[name] = {key: change(item) if isinstance(item, str) else item for key, item in value.items()}
    kept = {**node.__dict__, **(node.__pydantic_extra__ or {}), **values}
    return type(node)(**{key: item for key, item in kept.items() if item is not None})
