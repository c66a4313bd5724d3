"""What a check has to say: findings with their address, sum and ways out. Text is made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import Message, Shown
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
