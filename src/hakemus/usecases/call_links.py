"""The rules of a call and what points to what in it: kinds, parameters, fields, questions, attachments, limits."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from hakemus.domain.application import OWN_KINDS
from hakemus.domain.asking import question_before
from hakemus.domain.call import Call, Question, RuleSpec, When
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import ZERO
from hakemus.domain.steps import STEPS
from hakemus.rules.addresses import is_address, normal
from hakemus.rules.registry import REGISTRY, problems_of
from hakemus.usecases.call_addresses import address_of, entries_of, is_call_address
from hakemus.usecases.errors import Problem
from hakemus.usecases.problems import sentence

_OWN_KINDS = (*OWN_KINDS, "partner")
_SHARES = ("grant-share", "own-share")


def rule_problems(plain: Mapping[str, Any], kinds: Collection[str], embedded: bool) -> Iterator[Problem]:
    """Rules of unknown kinds, and parameters that a kind does not take or cannot read."""
    for number, rule in enumerate(entries_of(plain, "rules")):
        at = address_of(("rules", number), plain)
        kind = rule.get("kind")
        if not isinstance(kind, str):
            continue
        if kind not in kinds:
            if not embedded:
                near = difflib.get_close_matches(kind, kinds, n=1) or sorted(kinds)
                yield Problem(
                    f"{at}.kind",
                    msg('There is no kind of rule "{kind}". Known: {known}.', kind=kind, known=", ".join(near)),
                )
            continue
        yield from _parameter_problems(rule, at)


def _parameter_problems(rule: Mapping[str, Any], at: str) -> Iterator[Problem]:
    try:
        spec = RuleSpec.model_validate(rule)
    except ValidationError:
        return
    for problem in problems_of(spec):
        path = f"{at}.{problem.path}" if problem.path else at
        if problem.code == "extra_forbidden":
            known = ", ".join(REGISTRY[spec.kind].parameters.model_fields)
            yield Problem(
                path,
                msg("{kind} takes no such parameter. It takes: {known}.", kind=spec.kind, known=known)
                if known
                else msg("{kind} takes no such parameter. It takes none.", kind=spec.kind),
            )
        else:
            yield Problem(path, _parameter_sentence(problem.code, dict(problem.values)))


def _parameter_sentence(code: str, values: dict[str, Any]) -> Message:
    address = str(values.get("address", ""))
    if code == "percent_range":
        return msg("A percentage lies above 0 and at most at 100; an own share lies below 100.")
    if code == "percent_or_least":
        return msg("Give either a percentage or a least sum, not both and not neither.")
    if code == "address":
        return msg('"{address}" is no field of an application.', address=address)
    if code == "limit":
        return msg('The limit of "{address}" is a whole number above 0.', address=address)
    return sentence(code, values)


def limit_problems(call: Call) -> Iterator[Problem]:
    """Sums that contradict each other, and two shares for one limit."""
    if call.unit is None or call.unit <= ZERO:
        yield Problem("unit", msg('The unit is the smallest sum the call counts in, such as "0.01" or "1.00".'))
    smallest, largest = call.grant.smallest, call.grant.largest
    for at, limit in (
        ("grant.smallest", smallest),
        ("grant.largest", largest),
        ("pay_cap.amount", call.pay_cap.amount),
        ("report.return_limit", call.report.return_limit),
    ):
        if limit is not None and limit < ZERO:
            yield Problem(at, msg("A limit is never below zero."))
    if smallest is not None and largest is not None and smallest > largest:
        yield Problem("grant", msg("The smallest grant is above the largest."))
    shares: dict[str, list[str]] = {}
    for rule in call.rules:
        if rule.kind in _SHARES and "percent" in rule.parameters and (rule.severity is None or rule.severity.rank == 0):
            base = str(rule.parameters.get("base", call.share.base))
            shares.setdefault(base, []).append(rule.id)
    for base, rules in shares.items():
        if len(rules) > 1:
            yield Problem(
                f"rules[{rules[1]}]",
                msg(
                    "{rules} say the same of {base}: a call states the share of the grant or the own share, not both.",
                    rules=", ".join(rules),
                    base=base,
                ),
            )
    if call.report.due_months is not None and call.report.due_months < 0:
        yield Problem("report.due_months", msg("A number of months is 0 or more."))


def link_problems(call: Call) -> Iterator[Problem]:
    """Addresses that lead to no field, question, attachment or value."""
    for guide in call.fields:
        if not is_address(guide.path):
            yield Problem(
                f"fields[{guide.path}].path", msg('"{address}" is no field of an application.', address=guide.path)
            )
        if guide.limit is not None and guide.limit < 1:
            yield Problem(f"fields[{guide.path}].limit", msg("A limit is a whole number above 0."))
    for criterion in call.criteria:
        for field in criterion.fields:
            if not is_address(field):
                yield Problem(
                    f"criteria[{criterion.id}].fields", msg('"{address}" is no field of an application.', address=field)
                )
    yield from _question_problems(call)
    yield from _word_problems(call)
    attachments = {item.id for item in call.attachments}
    for rule in call.rules:
        wanted = str(rule.parameters.get("attachment", "letter-of-intent"))
        if rule.kind == "letter-of-intent" and wanted not in attachments:
            yield Problem(
                f"rules[{rule.id}]", msg('The call lists no attachment "{id}": add it to attachments.', id=wanted)
            )
        yield from _answer_problems(call, rule.id, rule.parameters)
    for at in call.confirm:
        if not is_call_address(call, at):
            yield Problem("confirm", msg('"{address}" is no value of this call.', address=at))


def _word_problems(call: Call) -> Iterator[Problem]:
    for kind in call.own.kinds:
        if kind not in _OWN_KINDS:
            known = ", ".join(_OWN_KINDS)
            yield Problem(
                "own.kinds", msg('"{kind}" is no kind of own funding. Known: {known}.', kind=kind, known=known)
            )
    for hint in call.hints:
        if not any(word.strip("* ") for word in hint.words):
            yield Problem(f"hints[{hint.id}].words", msg("A hint needs at least one word to look for."))


def _question_problems(call: Call) -> Iterator[Problem]:
    for question in call.questions:
        at = f"questions[{question.id}]"
        if question.step not in STEPS:
            yield Problem(
                f"{at}.step",
                msg('There is no step "{step}". Known: {known}.', step=question.step, known=", ".join(STEPS)),
            )
        if question.kind == "choice" and len(question.choices) < 2:
            yield Problem(f"{at}.choices", msg("A question with choices needs at least two of them."))
        if question.kind != "choice" and question.choices:
            yield Problem(f"{at}.choices", msg('Only a question of the kind "choice" has choices.'))
        if question.limit is not None and question.limit < 1:
            yield Problem(f"{at}.limit", msg("A limit is a whole number above 0."))
        if question.when is not None:
            yield from _condition_problems(call, question, question.when, f"{at}.when")


def _condition_problems(call: Call, question: Question, when: When, at: str) -> Iterator[Problem]:
    """A question hangs on a field that exists, on answers that can be given, and never on itself."""
    path = normal(when.field)
    if "[]" in path or not is_address(path):
        yield Problem(f"{at}.field", msg('"{address}" is no field of an application.', address=when.field))
        return
    if not path.startswith("answers["):
        return
    name, before = path[len("answers[") : -1], question_before(call, question)
    if before is None:
        yield Problem(f"{at}.field", msg('The call has no question "{name}".', name=name))
        return
    possible = [choice.id for choice in before.choices] if before.kind == "choice" else ["yes", "no"]
    if before.kind in ("choice", "yes_no"):
        for answer in when.answers:
            if answer not in possible:
                known = ", ".join(possible)
                yield Problem(
                    f"{at}.answers",
                    msg('"{answer}" is no answer to that question. Known: {known}.', answer=answer, known=known),
                )
    seen = {question.id}
    while before is not None and before.id not in seen:
        seen.add(before.id)
        before = question_before(call, before)
    if before is not None:
        yield Problem(at, msg("Questions hang on each other in a circle: none of them would ever be asked."))


def _answer_problems(call: Call, rule: str, parameters: Mapping[str, Any]) -> Iterator[Problem]:
    """Answers that a rule speaks of must answer the call's questions. What is no list, the rule's kind tells."""
    named = (parameters.get("fields"), parameters.get("limits"))
    addresses = [address for many in named if isinstance(many, list | tuple | Mapping) for address in many]
    for address in addresses:
        path = normal(str(address))
        if path.startswith("answers["):
            name = path[len("answers[") : -1]
            if call.question(name) is None and not name.startswith("eligibility."):
                yield Problem(f"rules[{rule}]", msg('The call has no question "{name}".', name=name))
