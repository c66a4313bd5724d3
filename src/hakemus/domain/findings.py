"""What a check has to say: messages as data, findings with their address, sum and ways out. Text is made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from hakemus.domain.frozen import FrozenDict
from hakemus.domain.money import Money


class Severity(Enum):
    """Error: stands in the way of the ready version. Warning: worth mending. Note: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return _RANK[self]


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


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


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of the sum behind a finding: words, figure, and whether it is a result (rule above it)."""

    label: Message
    amount: Money | Shown | None = None
    result: bool = False


@dataclass(frozen=True, slots=True)
class Exit:
    """One complete way out. `changes` are application paths with stored-form values, None to empty
    a field; `needs` what only the user can do."""

    id: str
    label: Message
    changes: Mapping[str, str | None]
    needs: Mapping[str, str] = field(default_factory=FrozenDict)
    figures: Mapping[str, Money] = field(default_factory=FrozenDict)
    """Grant, own and costs after the way out, for comparing the ways side by side."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a rule comes from. `status`: source, inferred, own or analogy."""

    source: str = ""
    title: str = ""
    paragraph: str = ""
    url: str = ""
    year: str = ""
    read: str = ""
    status: str = "own"
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has found. `paths[0]` is where to jump."""

    rule: str
    kind: str
    severity: Severity
    paths: tuple[str, ...]
    message: Message
    values: Mapping[str, str] = field(default_factory=FrozenDict)
    trace: tuple[TraceLine, ...] = ()
    exits: tuple[Exit, ...] = ()
    reference: Reference | None = None
    terms: tuple[str, ...] = ()
    """Addresses of the user's own terms that took part."""
    seen: str = ""
    """Hash of the values at the paths and of the rule's parameters: what an acknowledgement speaks of."""
