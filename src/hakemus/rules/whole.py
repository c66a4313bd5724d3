"""What an application as a whole must have: indicators, letters of intent, attachments, declarations."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import StrictStr

from hakemus.domain.findings import Finding
from hakemus.domain.messages import Texts, msg
from hakemus.rules.kinds import Case
from hakemus.rules.limits import Parameters


class LetterParameters(Parameters):
    attachment: StrictStr = "letter-of-intent"


def indicator(case: Case) -> Iterator[Finding]:
    yield from case.of_faults(
        case.facts.plan.goals_without_indicator, msg("A goal needs an indicator by which it is measured.")
    )


def letter_of_intent(case: Case) -> Iterator[Finding]:
    """A joint project hands in a letter of intent: as an attachment of that kind, or one with every partner."""
    plan = case.facts.plan
    if case.value("project.joint") is not True or case.parameters.attachment in plan.attachment_kinds:
        return
    if plan.partners and plan.partners_with_letter == plan.partners:
        return
    yield case.finding(
        ("attachments", "project.joint"),
        msg("A joint project needs a letter of intent with the application."),
        seen=("true",),
    )


def attachment(case: Case) -> Iterator[Finding]:
    """Mandatory attachments. Those of joint projects are asked for here only where no rule of their own does so."""
    kinds = case.facts.plan.attachment_kinds
    has_own_rule = any(rule.kind == "letter-of-intent" for rule in case.call.rules)
    joint = case.value("project.joint") is True and not has_own_rule
    for item in case.call.attachments:
        wanted = item.when == "always" or (item.when == "joint" and joint)
        if item.mandatory and wanted and item.id not in kinds:
            yield case.finding(
                ("attachments",),
                msg("An attachment is missing: {title}.", title=Texts(item.title)),
                seen=(item.id,),
                cited=item.reference,
            )


def declaration(case: Case) -> Iterator[Finding]:
    for item in case.call.declarations:
        path = f"declarations[{item.id}]"
        if item.mandatory and case.value(path) is not True:
            yield case.finding(
                (path,), msg("A declaration is not given: {text}", text=Texts(item.text)), cited=item.reference
            )


def eligibility(case: Case) -> Iterator[Finding]:
    """An answer that speaks against applying: `yes` or `no` where the call wants the other. Unanswered says nothing."""
    for item in case.call.eligibility:
        path = f"answers[eligibility.{item.id}]"
        answer = case.value(path)
        if answer == ("no" if item.wanted else "yes"):
            yield case.finding(
                (path,),
                msg("This speaks against applying: {reason}", reason=Texts(item.sentence)),
                cited=item.reference,
            )
