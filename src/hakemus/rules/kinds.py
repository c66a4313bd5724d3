"""What a kind of rule is, and what a check is given: draft, call, facts, its own parameters. No kind is named here."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hakemus.domain.call import Call, Cited, RuleSpec
from hakemus.domain.draft import Draft
from hakemus.domain.findings import Exit, Finding, Severity, TraceLine
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import Message
from hakemus.domain.money import Money
from hakemus.domain.paths import BadPath, get_value
from hakemus.rules.facts import Facts
from hakemus.rules.faults import Faults
from hakemus.rules.limits import Parameters


@dataclass(frozen=True, slots=True)
class Case:
    """One rule of a call before one draft."""

    draft: Draft
    call: Call
    facts: Facts
    today: datetime.date
    rule: RuleSpec
    kind: RuleKind
    parameters: Any

    @property
    def severity(self) -> Severity:
        return self.rule.severity or self.kind.severity

    def value(self, path: str) -> Any:
        """The value of a field of the application, or of what was submitted."""
        root = self.draft if path.startswith("submission.") else self.draft.application
        try:
            return get_value(root, path)
        except BadPath:
            return None

    def finding(
        self,
        paths: Iterable[str],
        message: Message,
        *,
        values: Mapping[str, str] | None = None,
        trace: tuple[TraceLine, ...] = (),
        exits: tuple[Exit, ...] = (),
        seen: Iterable[str] | None = None,
        cited: Cited | None = None,
    ) -> Finding:
        """A finding of this rule. `seen` are the stored values at the paths, where they are at hand already."""
        at = tuple(paths)
        figures = FrozenDict(values or {})
        if self.rule.message:
            message = replace(message, own=self.rule.message)
        return Finding(
            rule=self.rule.id,
            kind=self.rule.kind,
            severity=self.severity,
            paths=at,
            message=message,
            values=figures,
            trace=trace,
            exits=exits,
            reference=self.call.reference(self.rule.reference or cited),
            terms=self.terms(),
            seen="" if self.severity is Severity.ERROR else self.hash(at, figures, seen),
        )

    def of_faults(self, faults: Faults, message: Message, **more: Any) -> Iterator[Finding]:
        """One finding for all the fields with the same fault; none where there is no fault."""
        if faults:
            yield self.finding(
                (fault.path for fault in faults), message, seen=(fault.value for fault in faults), **more
            )

    def terms(self) -> tuple[str, ...]:
        """Addresses of the user's own terms that took part in this rule."""
        if not self.call.overridden:
            return ()
        reads = (f"rules.{self.rule.id}.", *self.kind.reads)
        return tuple(at for at in self.call.overridden if at.startswith(reads))

    def hash(self, paths: tuple[str, ...], values: Mapping[str, str], seen: Iterable[str] | None) -> str:
        """What an acknowledgement speaks of: the values at the paths, the figures, and the rule's parameters."""
        stored = list(seen) if seen is not None else [_stored(self.value(path)) for path in paths]
        content = {
            "rule": self.rule.id,
            "parameters": _stored(self.rule.parameters),
            "paths": paths,
            "stored": stored,
            "values": dict(values),
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


Check = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of arithmetic or of looking that a call may name.

    `reads` are addresses of the call, beside the rule's own parameters, whose override takes part. `base` kinds hold
    for every call without being named.
    """

    name: str
    check: Check
    severity: Severity = Severity.ERROR
    parameters: type[Parameters] = Parameters
    reads: tuple[str, ...] = ()
    base: bool = False


def _stored(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _stored(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_stored(item) for item in value]
    if hasattr(value, "stored"):
        return value.stored()
    return str(value)


def money_values(**sums: Money | None) -> dict[str, str]:
    """Figures of a finding in their stored form."""
    return {name: str(amount) for name, amount in sums.items() if amount is not None}
