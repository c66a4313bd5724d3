"""Sentences as data, and the values in them that are not plain ones. Text in a language is made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hakemus.domain.frozen import FrozenDict


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet in any language: an English source sentence with `{name}` places, and the values.

    Values are `Money`, `Shown` percentages, `Decimal`, dates, whole numbers, texts, `Label`s or messages;
    `plural` and `count` choose the form where a number decides it. `own` holds a call's own texts by
    language, which stand in place of `key`.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=FrozenDict)
    plural: str = ""
    count: int | None = None
    own: Mapping[str, str] | None = None


def msg(key: str, /, **values: Any) -> Message:
    """A message; `key` is an English sentence and is what the catalogues are extracted from."""
    return Message(key, FrozenDict(values))


def nmsg(singular: str, plural: str, count: int, /, **values: Any) -> Message:
    """A message whose form hangs on a number, itself available as `{count}`."""
    return Message(singular, FrozenDict(values | {"count": count}), plural, count)


@dataclass(frozen=True, slots=True)
class Texts:
    """One text of a call in its languages, as a value inside a message."""

    by_language: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A percentage as it may be shown: two decimals, already rounded so that it does not flatter."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldName:
    """The name of the field at a path, to be said in the reader's language."""

    path: str
