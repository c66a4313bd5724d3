"""What there is to know of something that was read, as one text: each sentence once, with its fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hakemus.domain.messages import FieldName

if TYPE_CHECKING:
    from hakemus.i18n.catalog import Catalog
    from hakemus.usecases.errors import Problem

MOST_FIELDS = 6
"""Fields that are named for one sentence: a file with thousands of faults must not fill the window."""
_OF_NO_FIELD = ("", "call", "attachments")


def notes_text(words: Catalog, notes: Iterable[Problem]) -> str:
    """The sentences, those of one kind together. One that names its field itself stands as it is."""
    fields: dict[str, dict[str, None]] = {}
    for note in notes:
        named = fields.setdefault(words.render(note.message), {})
        if note.path not in _OF_NO_FIELD and "field" not in note.message.values:
            named[words.value(FieldName(note.path.removeprefix("application.")))] = None
    return " ".join(_sentence(words, said, list(named)) for said, named in fields.items())


def _sentence(words: Catalog, said: str, fields: list[str]) -> str:
    if not fields:
        return said
    names = ", ".join(fields[:MOST_FIELDS])
    more = len(fields) - MOST_FIELDS
    if more > 0:
        names = words.plural("{names} and {count} other field", "{names} and {count} other fields", more, names=names)
    return words.text("{fields}: {what}", fields=names, what=said)
