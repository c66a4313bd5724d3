"""Calls in use: the definition inside a draft made into a `Call`, with the user's own terms laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft, Term
from hakemus.domain.frozen import FrozenDict, thaw
from hakemus.domain.messages import msg
from hakemus.domain.paths import with_value
from hakemus.rules.registry import REGISTRY, problems_of
from hakemus.usecases.call_addresses import value_addresses
from hakemus.usecases.call_files import judge, judge_form
from hakemus.usecases.call_links import limit_problems
from hakemus.usecases.errors import Damaged, UnknownCall, UserError
from hakemus.usecases.ports import CallLibrary


def definition_of(library: CallLibrary, call_id: str) -> dict[str, Any]:
    """The whole definition of a known call; `UnknownCall` names the known ones.

    A file with faults is refused with all of them: no draft is begun under a call that says something else than meant.
    """
    plain = library.plain(call_id)
    if plain is None:
        raise UnknownCall(
            msg('There is no call "{id}". The known calls are: {known}.', id=call_id, known=", ".join(library.ids()))
        )
    _, problems = judge(plain)
    if problems:
        raise UserError(
            msg('The file of the call "{id}" has faults. Put them right, or choose another call.', id=call_id),
            tuple(problems),
        )
    return plain


def validated(definition: Mapping[str, Any]) -> Call:
    """The call of a definition inside a draft; `Damaged` with every fault by address that it cannot be judged by."""
    call, problems = judge_form(thaw(definition), embedded=True)
    if call is None or problems:
        raise Damaged(msg("The call's definition cannot be understood."), tuple(problems))
    return call


class _Key:
    """A definition and terms by identity of content, cheap to compare for the many calls of one session."""

    __slots__ = ("definition", "terms")

    def __init__(self, definition: FrozenDict, terms: tuple[Term, ...]) -> None:
        self.definition, self.terms = definition, terms

    def __hash__(self) -> int:
        return hash((id(self.definition), tuple((term.at, term.value) for term in self.terms)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key)
            and self.definition is other.definition
            and [(t.at, t.value) for t in self.terms] == [(t.at, t.value) for t in other.terms]
        )


@lru_cache(maxsize=64)
def _call(key: _Key) -> Call:
    return with_terms(key.definition, key.terms)


def call_of(draft: Draft) -> Call:
    """The call that a draft is judged by: its own definition under the user's terms."""
    return _call(_Key(draft.call.definition, draft.terms))


def with_terms(definition: Mapping[str, Any], terms: Iterable[Term]) -> Call:
    """The call with the user's own values; a term that cannot be applied is left out and not counted as applied."""
    call = validated(definition)
    for term in terms:
        changed = _with_term(thaw(definition), term)
        if changed is None:
            continue
        try:
            judged = Call.model_validate(changed)
        except ValidationError:
            continue
        if any(problems_of(rule) for rule in judged.rules if term.at.startswith(f"rules.{rule.id}.")):
            # A rule whose parameters cannot be read would not be run at all.
            continue
        if any(problem.path == term.at for problem in limit_problems(judged)):
            continue
        definition = changed
        applied = dict.fromkeys((*call.overridden, term.at))
        call = Call.model_validate({**changed, "overridden": list(applied)})
    return call


def _with_term(plain: dict[str, Any], term: Term) -> dict[str, Any] | None:
    parts = term.at.split(".")
    if parts[0] == "rules" and len(parts) == 3:
        rule = next((item for item in plain.get("rules", ()) if item.get("id") == parts[1]), None)
        if rule is None:
            return None
        rule[parts[2]] = term.value
        return plain
    node: Any = plain
    for part in parts[:-1]:
        node = node.setdefault(part, {})
        if not isinstance(node, dict):
            return None
    if isinstance(node.get(parts[-1]), (dict, list)):
        return None
    node[parts[-1]] = term.value
    return plain


def term_addresses(call: Call) -> tuple[str, ...]:
    """Every address at which a single value of the call may be set otherwise, rules first."""
    found = []
    for rule in call.rules:
        kind = REGISTRY.get(rule.kind)
        for name, parameter in kind.parameters.model_fields.items() if kind else ():
            stated = rule.parameters.get(name, parameter.default)
            if not isinstance(stated, (tuple, list, Mapping)):
                found.append(f"rules.{rule.id}.{name}")
    return (*found, *value_addresses())


def draft_with_terms(draft: Draft, values: Iterable[tuple[str, str]]) -> Draft:
    """The draft under further terms, each `RULE.PARAMETER` or an address of the call, and its value in stored form.

    `UserError` where the call has no such value (with those that it has), or where the value cannot be read.
    """
    known = term_addresses(call_of(draft))
    terms = []
    for name, value in values:
        at = name if name in known else f"rules.{name}"
        if at not in known:
            message = msg(
                'The call "{id}" has no value "{name}" to set. It has: {known}.',
                id=draft.call.id,
                name=name,
                known=", ".join(item.removeprefix("rules.") for item in known),
            )
            raise UserError(message)
        terms.append(Term(at=at, value=value))
    own = {term.at for term in terms}
    changed = with_value(draft, "terms", (*(term for term in draft.terms if term.at not in own), *terms))
    applied = call_of(changed).overridden
    for term in terms:
        if term.at not in applied:
            message = msg(
                'The value "{value}" cannot stand at {at}. Numbers and sums have a decimal point, days are YYYY-MM-DD.',
                value=term.value,
                at=term.at.removeprefix("rules."),
            )
            raise UserError(message)
    return changed


def value_at(call: Call, at: str) -> str | None:
    """The value in force at an address of `terms`, as text."""
    parts = at.split(".")
    if parts[0] == "rules" and len(parts) == 3:
        rule = call.rule(parts[1])
        found: Any = rule.parameters.get(parts[2]) if rule else None
    else:
        found = call
        for part in parts:
            found = getattr(found, part, None)
    return None if found is None else str(found)


def summary(call: Call, language: str) -> dict[str, Any]:
    """What `hakemus calls --json` says of a call."""
    rule = next((item for item in call.rules if item.kind in ("grant-share", "own-share")), None)
    percent = rule.parameters.get("percent") if rule else None
    return {
        "id": call.id,
        "edition": call.edition,
        "funder": call.text(call.funder_name, language),
        "title": call.text(call.title, language),
        "currency": call.currency,
        "unit": str(call.unit),
        "window": {
            "opens": call.window.opens,
            "closes": call.window.closes,
            "zone": call.window.zone,
            "cutoffs": list(call.window.cutoffs),
        },
        "share": {
            "rule": rule.id if rule else None,
            "percent": None if percent is None else str(percent),
            "base": call.share.base,
        },
    }
