"""Finding words in the whole application: every text, figure, choice and name of a field, in the form's order. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.call import Call
from hakemus.domain.draft import Draft
from hakemus.domain.fields import Kind, word
from hakemus.domain.money import Money
from hakemus.domain.paths import get_value, parse, row_of, row_path
from hakemus.domain.steps import step_rank
from hakemus.i18n import amounts
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import NAMES, pattern_of, words_of
from hakemus.usecases import rendering, typed

MOST_HITS = 500
"""More than anybody reads: whoever finds more goes on typing."""
AROUND = 36
"""Characters of a text before what was found, in its excerpt."""
_SILENT = (Kind.ID, Kind.FLAG, Kind.COUNT)
_UNSEEN = ("sha256", "media_type", "attachments[].kind", "activities[].goals")
"""Names and addresses without a field that shows their words."""
_AFTERWARDS = ("submission.register_number", "submission.submitted_on")
"""Fields beside the application that a page shows."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place. `start` and `end` are offsets into `text`; of a field that was found by its name they are alike."""

    path: str
    step: str
    name: str
    row: str
    """What the row calls itself; empty outside tables."""
    text: str
    start: int
    end: int

    @property
    def by_name(self) -> bool:
        return self.start == self.end

    @property
    def excerpt(self) -> tuple[str, str, str]:
        """The text before, what was found, and the text behind it, on one line."""
        begin = max(0, self.start - AROUND)
        before = ("…" if begin else "") + self.text[begin : self.start]
        return _flat(before), _flat(self.text[self.start : self.end]), _flat(self.text[self.end :])


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    text: str


def find(draft: Draft, call: Call, words: Catalog, sought: str) -> tuple[Hit, ...]:
    """Every place of some words, without regard to case, accents and kinds of space; texts before names of fields."""
    wanted, _ = folded(sought)
    if not wanted:
        return ()
    places = sorted(_places(draft, call, words), key=lambda place: step_rank(call.step_of(place.path)))
    hits = [hit for place in places for hit in _in_text(draft, call, words, place, wanted)]
    hits += _in_names(call, words, wanted, places)
    return tuple(hits[:MOST_HITS])


def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """A text as it is compared, and from which character of the text each of its own came.

    >>> folded("Ää  9\\u00a0000")[0]
    'aa 9000'
    """
    made: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(text):
        if sign.isspace():
            if made and made[-1] != " ":
                made.append(" ")
                origin.append(at)
            continue
        if sign == "\u00ad":
            continue
        if sign.isdigit() and len(made) > 1 and made[-1] == " " and made[-2].isdigit():
            # 9 000 and 9000 are one figure
            del made[-1], origin[-1]
        for part in unicodedata.normalize("NFKD", sign.casefold()):
            if not unicodedata.combining(part):
                made.append(part)
                origin.append(at)
    while made and made[-1] == " ":
        del made[-1], origin[-1]
    return "".join(made), tuple(origin)


def _in_text(draft: Draft, call: Call, words: Catalog, place: _Place, wanted: str) -> Iterator[Hit]:
    text, origin = folded(place.text)
    at = text.find(wanted)
    while at >= 0:
        start, end = origin[at], origin[at + len(wanted) - 1] + 1
        yield Hit(
            place.path,
            call.step_of(place.path),
            rendering.field_name(place.path, words, call),
            row_name(draft, place.path),
            place.text,
            start,
            end,
        )
        at = text.find(wanted, at + len(wanted))


def _in_names(call: Call, words: Catalog, wanted: str, places: list[_Place]) -> Iterator[Hit]:
    """Fields that are called so: those outside tables, tables, and the questions of the call."""
    held = {place.path: place.text for place in places}
    paths = [path for path in NAMES if "[]" not in path and _has_page(path)]
    paths += [f"answers[{question.id}]" for question in call.questions]
    for path in sorted(paths, key=lambda path: step_rank(call.step_of(path))):
        name = rendering.field_name(path, words, call)
        if wanted in folded(name)[0]:
            yield Hit(path, call.step_of(path), name, "", held.get(path, ""), 0, 0)


def _has_page(path: str) -> bool:
    """Whether a page shows the field or table of an address outside tables."""
    head = path.split(".", 1)[0]
    return path in _AFTERWARDS or (head in Application.model_fields and path not in ("answers", "declarations"))


def _places(draft: Draft, call: Call, words: Catalog) -> Iterator[_Place]:
    waiting = draft.pending
    for path, value, kind in _leaves(draft.application, ""):
        if path not in waiting:
            text = _shown(path, value, kind, call, words)
            if text:
                yield _Place(path, text)
    for path in _AFTERWARDS:
        yield _Place(path, typed.shown(get_value(draft, path)))
    yield from (_Place(path, text) for path, text in waiting.items() if text)


def _leaves(tree: Any, path: str) -> Iterator[tuple[str, Any, Kind]]:
    """Every value of a tree that a person can read, with its address."""
    for name, info in type(tree).model_fields.items():
        value = getattr(tree, name)
        kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), Kind.TEXT)
        here = f"{path}.{name}" if path else name
        if value is None or value == () or kind in _SILENT or name in _UNSEEN or pattern_of(here) in _UNSEEN:
            continue
        if kind is Kind.PART:
            yield from _leaves(value, here)
        elif kind is Kind.ROWS:
            for row in value:
                yield from _leaves(row, row_path(here, row.id))
        elif kind is Kind.MAP:
            yield from ((row_path(here, key), text, Kind.TEXT) for key, text in value.items() if isinstance(text, str))
        else:
            yield here, value, kind


def _shown(path: str, value: Any, kind: Kind, call: Call, words: Catalog) -> str:
    """A value as it stands on the screen."""
    if isinstance(value, Money):
        return amounts.format_money(value, symbol=False)
    if kind is Kind.WORD:
        names: Mapping[str, str] = words_of(path)
        stored = word(value) or ""
        return words.text(names[stored]) if stored in names else ""
    if path.startswith("answers["):
        return _answer(path, str(value), call, words)
    if path.startswith(("budget.lines[", "budget.people[")) and path.endswith(".category"):
        found = call.category(value)
        return call.text(found.label, words.language) if found else str(value)
    return typed.shown(value)


def _answer(path: str, value: str, call: Call, words: Catalog) -> str:
    question = call.question(path[len("answers[") : -1])
    if question is None:
        return ""
    if question.kind == "yes_no":
        return {"yes": words.text("Yes"), "no": words.text("No")}.get(value, value)
    chosen = next((choice for choice in question.choices if choice.id == value), None)
    return call.text(chosen.label, words.language) if chosen else value


def row_name(draft: Draft, path: str) -> str:
    """What the row of an address calls itself, on one line; empty outside tables and for rows without a name."""
    at = row_of(path)
    if at is None or parse(at)[-1].name in ("answers", "declarations"):
        return ""
    row = get_value(draft.application, at)
    named = (getattr(row, key, None) for key in ("title", "name", "description", "text", "source"))
    return _flat(next((text for text in named if isinstance(text, str) and text.strip()), ""))


def _flat(text: str) -> str:
    """A text on one line; spaces at its ends stay, for it may be a part of another."""
    return text.replace("\n", " ").replace("\t", " ")
