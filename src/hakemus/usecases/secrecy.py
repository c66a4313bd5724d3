"""Parts that a draft marks as secret: what a public copy is made of instead, and what is told of it beforehand.

They go out of the values themselves. Where it cannot be told what a mark speaks of, more is kept back, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hakemus.domain.draft import Document, Draft, Secret, any_value, draft_path
from hakemus.domain.fields import Kind, Tree
from hakemus.domain.paths import BadPath, field_marks, get_value, parse, row_path, with_value, within
from hakemus.i18n.catalog import Catalog
from hakemus.report.grounds import mark_of
from hakemus.usecases.publishing import pattern_of, telling, texts_changed

_STAYS = ("id", "category", "status")
"""What is left of a secret row, with the kind of funding: by these its sum is put where it belongs."""
_NO_NAME = ("category", "kind")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A document without its secret parts. `places`: what stands on paper where a value was that is no text, and of
    whole rows."""

    document: Document
    places: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Removal:
    """What a mark does: its field, its passage, whether that is still there, whether figures are among it."""

    secret: Secret
    found: bool
    whole: bool
    """The passage is not in the text any more: the whole field is kept back."""
    figures: bool


def without_secrets(document: Document, words: Catalog) -> Withheld:
    """The document with a mark and its ground in the place of every secret part.

    A passage that is not found any more takes its whole field with it. What a mark covers goes out of every other
    text too, where it is long enough to be told for the same.
    """
    work = _Work(document.draft)
    for secret in document.draft.secrets:
        work.take(secret, mark_of(secret.ground, words))
    draft = work.draft
    for mark, known in work.telling.items():
        pattern = pattern_of(known)
        draft = texts_changed(draft, lambda text, pattern=pattern, mark=mark: pattern.sub(lambda _found: mark, text))  # type: ignore[misc]
    draft = with_value(draft, "secrets", ())
    whole = Document(id=document.id, revision=document.revision, draft=draft, unknown=document.unknown)
    return Withheld(whole, work.places, frozenset(mark_of(item.ground, words) for item in document.draft.secrets))


def removals(draft: Draft) -> Iterator[Removal]:
    """What each mark of a draft takes out of a public copy, in the order in which they were made."""
    for secret in draft.secrets:
        value = _value(draft, secret.path)
        pending = [path for path in draft.pending if within(path, secret.path)]
        found = any_value(value) or isinstance(value, bool) or bool(pending)
        whole = bool(found and secret.passage and not _passage(secret.passage).search(value or ""))
        yield Removal(secret, found, whole, _has_figures(value) or _is_figure(secret.path))


def covers(draft: Draft, path: str) -> tuple[Secret, ...]:
    """The marks that speak of an address, or of something that it lies in."""
    return tuple(item for item in draft.secrets if within(path, item.path))


class _Work:
    """A draft from which one mark after the other is carried out."""

    def __init__(self, draft: Draft) -> None:
        self.draft = self._whole = draft
        self.places: dict[str, str] = {}
        self.telling: dict[str, set[str]] = {}

    def take(self, secret: Secret, mark: str) -> None:
        value = _value(self._whole, secret.path)
        if isinstance(value, str) and secret.passage:
            self._know(secret.passage, mark)
            pattern = _passage(secret.passage)
            if pattern.search(value):
                left = str(_value(self.draft, secret.path) or "")
                self._set(secret.path, pattern.sub(lambda _found: mark, left))
                return
        self._withhold(secret.path, value, mark)

    def _withhold(self, path: str, value: Any, mark: str) -> None:
        waiting = {at: text for at, text in self.draft.pending.items() if not within(at, path)}
        if len(waiting) != len(self.draft.pending):
            self.draft = with_value(self.draft, "pending", waiting)
            self.places[path] = mark
        if isinstance(value, tuple) and value and isinstance(value[0], Tree):
            for row in value:
                self._withhold(row_path(path, row.id), row, mark)
        elif isinstance(value, Tree):
            self._withhold_tree(path, value, mark)
        elif isinstance(value, Mapping):
            for key, item in value.items():
                self._withhold(row_path(path, key), item, mark)
        elif isinstance(value, str) and _kind(path) in (Kind.TEXT, None):
            self._know(value, mark)
            self._set(path, mark)
        elif value is not None and value != ():
            self._know_all(value, mark)
            self.places[path] = mark
            self._set(path, None)

    def _withhold_tree(self, path: str, tree: Tree, mark: str) -> None:
        """Every field of a part; of a row all that it says, and the mark where its name was."""
        is_row = parse(path)[-1].key is not None
        if is_row:
            self.places[path] = mark
        for name, kind in _kinds(tree):
            value, at = tree.__dict__.get(name), f"{path}.{name}"
            if name in _STAYS or (name == "kind" and kind is Kind.WORD) or value in (None, ()):
                continue
            if not is_row or kind is Kind.ROWS:
                self._withhold(at, value, mark)
                continue
            self._know_all(value, mark)
            self._set(at, None)
        if is_row:
            named = next(name for name, kind in _kinds(tree) if kind is Kind.TEXT and name not in _NO_NAME)
            self._set(f"{path}.{named}", mark)

    def _know_all(self, value: Any, mark: str) -> None:
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                self._know(text, mark)

    def _know(self, text: str, mark: str) -> None:
        if telling(text):
            self.telling.setdefault(mark, set()).add(text)

    def _set(self, path: str, value: Any) -> None:
        self.draft = with_value(self.draft, draft_path(path), value)


def _value(draft: Draft, path: str) -> Any:
    try:
        return get_value(draft, draft_path(path))
    except BadPath:
        return None


def _kinds(row: Tree) -> Iterator[tuple[str, Any]]:
    for name, info in type(row).model_fields.items():
        yield name, next((mark for mark in info.metadata if isinstance(mark, Kind)), None)


def _kind(path: str) -> Kind | None:
    """The kind of a field; None for an entry of a map, and for what a newer program has put there."""
    if parse(path)[-1].key is not None:
        return None
    try:
        marks = field_marks(Draft, draft_path(path))
    except BadPath:
        return None
    return next((mark for mark in marks if isinstance(mark, Kind)), None)


_FIGURES = ("amount", "quantity", "unit_price", "months", "time_percent", "monthly_pay", "hours", "rate", "grant")


def _is_figure(path: str) -> bool:
    return path.rpartition(".")[2] in _FIGURES


def _has_figures(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(_has_figures(item) for item in value)
    return isinstance(value, Tree) and any(value.__dict__.get(name) is not None for name in _FIGURES)


def _passage(passage: str) -> re.Pattern[str]:
    """A passage is the same with another space, or over the end of a line."""
    return re.compile(r"\s+".join(re.escape(part) for part in passage.split()) or r"(?!)", re.IGNORECASE)
