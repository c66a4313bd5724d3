"""Judges a call's definition as its author should be told: every fault at once, by address, with what to do.

A wrong call file is refused; a broken rule is a finding. The two are never mixed.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from hakemus.domain.call import SCHEMA, Call
from hakemus.domain.messages import msg
from hakemus.rules.registry import REGISTRY
from hakemus.usecases.call_addresses import NOT_IN_FILES, address_of, keys_at
from hakemus.usecases.call_dates import date_problems
from hakemus.usecases.call_links import limit_problems, link_problems, rule_problems
from hakemus.usecases.call_wording import id_problems, reference_problems, text_problems, twice_problems
from hakemus.usecases.errors import Problem
from hakemus.usecases.problems import sentence


def judge(
    plain: Mapping[str, Any], known_kinds: Collection[str] | None = None, *, embedded: bool = False
) -> tuple[Call | None, list[Problem]]:
    """The call of a definition and everything that is wrong with it. The call is None where its form is broken.

    `known_kinds` are the kinds of rule this program can run (by default all). In an `embedded` definition, which came
    inside a draft, an unknown kind is kept and is no fault: a newer program may have written it.
    """
    call, found = judge_form(plain, known_kinds, embedded=embedded)
    if call is not None and call.schema_version != SCHEMA:
        message = msg("This program reads call files of schema {known}. Update the program.", known=SCHEMA)
        found.append(Problem("schema", message))
    found += id_problems(plain)
    found += text_problems(plain)
    found += reference_problems(plain)
    if call is not None:
        found += date_problems(call)
        found += limit_problems(call)
        found += link_problems(call)
    return call, _once(found)


def judge_form(
    plain: Mapping[str, Any], known_kinds: Collection[str] | None = None, *, embedded: bool = False
) -> tuple[Call | None, list[Problem]]:
    """The call of a definition, and the faults that keep it from being judged by: its form, its keys, its rules.

    What an author left out beside these, such as a reference or a language, changes no sum.
    """
    kinds = REGISTRY.keys() if known_kinds is None else known_kinds
    found = [_unknown_key((key,), plain) for key in NOT_IN_FILES if key in plain and not embedded]
    try:
        call: Call | None = Call.model_validate(plain)
    except ValidationError as error:
        found += [_of_fault(fault, plain) for fault in error.errors(include_url=False)]
        call = None
    found += twice_problems(plain)
    found += rule_problems(plain, kinds, embedded)
    return call, found


def _once(problems: list[Problem]) -> list[Problem]:
    seen: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.path, problem.message.key, repr(problem.message.values)), problem)
    return list(seen.values())


def _of_fault(fault: Any, plain: Mapping[str, Any]) -> Problem:
    location: tuple[int | str, ...] = fault["loc"]
    if fault["type"] == "extra_forbidden":
        return _unknown_key(location, plain)
    if location == ("currency",) and fault["type"] == "string_pattern_mismatch":
        return Problem("currency", msg('A currency is three capital letters, such as "EUR".'))
    if location == ("id",) and fault["type"] == "string_pattern_mismatch":
        return Problem("id", msg("The id of a call has small letters, digits and hyphens only, at least two of them."))
    return Problem(address_of(location, plain), sentence(fault["type"], fault.get("ctx") or {}))


def _unknown_key(location: Sequence[int | str], plain: Mapping[str, Any]) -> Problem:
    path = address_of(location, plain)
    near = difflib.get_close_matches(str(location[-1]), keys_at(location[:-1]), n=1)
    if near:
        return Problem(path, msg('This key is not known. Is "{near}" meant?', near=near[0]))
    known = ", ".join(sorted(keys_at(location[:-1])))
    return Problem(path, msg("This key is not known. Known here are: {known}.", known=known))
