"""Runs the worked examples that stand beside a call: small applications with the sums and findings they must have.

A call's author writes them as data; they prove the call's figures without a line of Python.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictBool, StrictStr, ValidationError

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft
from hakemus.domain.findings import Finding
from hakemus.domain.frozen import freeze
from hakemus.domain.messages import Message, msg
from hakemus.domain.paths import BadPath, with_value
from hakemus.usecases.call_files import judge
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check, totals_json
from hakemus.usecases.errors import Problem
from hakemus.usecases.problems import from_validation

_LONGEST = 100_000
TODAY = "today"
"""In place of an address in a step over the edge: another day."""


class _Shape(BaseModel):
    """A part of a case; what it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Keep(_Shape):
    rule: StrictStr
    edges: list[dict[str, Any]] = []


class _Wanted(_Shape):
    rule: StrictStr
    kind: StrictStr | None = None
    severity: StrictStr | None = None
    paths: list[StrictStr] | None = None
    values: dict[str, StrictStr] | None = None
    status: StrictStr | None = None
    exits: dict[str, dict[str, StrictStr]] | None = None


class _CaseShape(_Shape):
    name: StrictStr = ""
    note: StrictStr = ""
    today: StrictStr = ""
    application: dict[str, Any] = {}
    terms: dict[str, Any] = {}
    totals: dict[str, StrictStr] = {}
    ready: StrictBool = False
    breaks: list[StrictStr] = []
    keeps: list[_Keep] = []
    findings: list[_Wanted] = []


def failures(call: Call, definition: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """What the cases say and the call does not: all of it, by the case's number and name."""
    frozen = freeze(definition)
    return tuple(problem for number, case in enumerate(cases, 1) for problem in _of_case(call, frozen, case, number))


def judge_with_cases(
    plain: Mapping[str, Any], cases: Sequence[Mapping[str, Any]] | None
) -> tuple[Call | None, list[Problem]]:
    """A call file with its worked examples: its own faults, or, where it has none, the cases that it does not keep."""
    call, problems = judge(plain)
    if call is not None and not problems and cases:
        problems = list(failures(call, plain, cases))
    return call, problems


def untried(call: Call, cases: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The call's rules that no case breaks, and those that no case keeps at the edge."""
    broken: set[str] = set()
    edged: set[str] = set()
    for case in cases:
        broken |= set(case.get("breaks", ())) | {item.get("rule", "") for item in case.get("findings", ())}
        edged |= {keep.get("rule", "") for keep in case.get("keeps", ()) if keep.get("edges")}
    rules = [rule.id for rule in call.rules]
    return tuple(rule for rule in rules if rule not in broken), tuple(rule for rule in rules if rule not in edged)


def _of_case(call: Call, definition: Mapping[str, Any], case: Mapping[str, Any], number: int) -> Iterator[Problem]:
    where = f"cases[{number}]"
    try:
        _CaseShape.model_validate(case)
        draft = _draft(call, definition, case)
        today = datetime.date.fromisoformat(str(case.get("today", "2026-01-01")))
    except ValidationError as error:
        yield from (Problem(f"{where}.{p.path}", p.message) for p in from_validation(error, {}))
        return
    except (ValueError, BadPath) as error:
        yield Problem(where, msg("This case cannot be understood: {reason}.", reason=str(error)))
        return
    for message in _differences(draft, call_of(draft), today, case):
        name = str(case.get("name", ""))
        yield Problem(where, msg("{name}: {difference}", name=name, difference=message))


def _draft(call: Call, definition: Mapping[str, Any], case: Mapping[str, Any]) -> Draft:
    terms = [{"at": at, "value": str(value)} for at, value in case.get("terms", {}).items()]
    return Draft.model_validate(
        {
            "call": {"id": call.id, "edition": call.edition, "definition": definition},
            "terms": terms,
            "application": _with_lengths(case.get("application", {})),
        }
    )


def _with_lengths(value: Any) -> Any:
    """`{characters = 200}` in place of a text is a text of that length."""
    if isinstance(value, Mapping):
        if set(value) == {"characters"} and isinstance(value["characters"], int):
            return "x" * min(value["characters"], _LONGEST)
        return {key: _with_lengths(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_lengths(item) for item in value]
    return value


def _differences(draft: Draft, call: Call, today: datetime.date, case: Mapping[str, Any]) -> Iterator[Message]:
    judged = check(draft, call, today)
    totals = totals_json(judged.totals)
    for key, value in case.get("totals", {}).items():
        wanted = None if value == "" else value
        if totals.get(key) != wanted:
            yield msg("{key} is {found}, not {wanted}.", key=key, found=str(totals.get(key)), wanted=str(wanted))
    if "ready" in case and judged.ready is not case["ready"]:
        yield msg("ready is {found}, not {wanted}.", found=str(judged.ready), wanted=str(case["ready"]))
    found = judged.findings
    rules = {finding.rule for finding in found}
    for rule in case.get("breaks", ()):
        if rule not in rules:
            yield msg("{rule} gives no finding.", rule=rule)
    for keep in case.get("keeps", ()):
        yield from _not_kept(draft, call, today, keep, rules)
    for wanted in case.get("findings", ()):
        yield from _finding_differences(wanted, [finding for finding in found if finding.rule == wanted.get("rule")])


def _not_kept(
    draft: Draft, call: Call, today: datetime.date, keep: Mapping[str, Any], rules: set[str]
) -> Iterator[Message]:
    """A rule that must be kept here, and be broken by each step over the edge."""
    rule = str(keep.get("rule", ""))
    if rule in rules:
        yield msg("{rule} gives a finding, and should not.", rule=rule)
    for edge in keep.get("edges", ()):
        step = ", ".join(f"{path} = {value}" for path, value in edge.items())
        try:
            moved, day = _moved(draft, today, edge)
        except (ValueError, BadPath) as error:
            reason = _reason(error)
            yield msg("{rule}: the step {step} cannot be taken: {reason}", rule=rule, step=step, reason=reason)
            continue
        if rule not in {finding.rule for finding in check(moved, call, day).findings}:
            yield msg("{rule} is not broken by {step}.", rule=rule, step=step)


def _moved(draft: Draft, today: datetime.date, edge: Mapping[str, Any]) -> tuple[Draft, datetime.date]:
    """The draft a step further, and the day. Raises `BadPath` or `ValueError` where the step leads nowhere."""
    application = draft.application
    for path, value in edge.items():
        if path == TODAY:
            today = datetime.date.fromisoformat(str(value))
            continue
        application = with_value(application, path, None if value == "" else _with_lengths(value))
    return type(draft)(**{**dict(draft), "application": application}), today


def _reason(error: Exception) -> Message:
    if isinstance(error, ValidationError):
        return from_validation(error, {})[0].message
    if isinstance(error, BadPath):
        return msg("This address leads to no field of an application.")
    return msg('A day is a text such as "2026-05-02".')


def _finding_differences(wanted: Mapping[str, Any], found: list[Finding]) -> Iterator[Message]:
    """A finding is met if it has all that the case says of it; its exits are compared by id, and whole."""
    if not found:
        yield msg("{rule} gives no finding.", rule=str(wanted.get("rule")))
        return
    best = min((list(_unlike(wanted, finding)) for finding in found), key=len)
    for key, value in best:
        yield msg(
            "{rule}: {key} is {found}, not {wanted}.",
            rule=str(wanted.get("rule")),
            key=key,
            found=value,
            wanted=str(wanted.get(key)),
        )


def _unlike(wanted: Mapping[str, Any], finding: Finding) -> Iterator[tuple[str, str]]:
    have: dict[str, Any] = {
        "rule": finding.rule,
        "kind": finding.kind,
        "severity": finding.severity.value,
        "paths": list(finding.paths),
        "values": {key: value for key, value in finding.values.items() if key in wanted.get("values", {})},
        "status": finding.reference.status if finding.reference else "",
        "exits": {
            way.id: {**dict(way.changes), **({"needs": way.needs["costs"]} if way.needs else {})}
            for way in finding.exits
        },
    }
    for key, value in wanted.items():
        if have.get(key) != value:
            yield key, str(have.get(key))
