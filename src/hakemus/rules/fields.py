"""Fields that a call wants filled, and texts that its form has no room for. A limit never cuts a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import field_validator

from hakemus.domain.asking import hidden_answers
from hakemus.domain.call import Call
from hakemus.domain.draft import any_value
from hakemus.domain.fields import Strings, fault
from hakemus.domain.findings import Finding
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import FieldName, msg, nmsg
from hakemus.rules.addresses import expand, is_address, normal
from hakemus.rules.kinds import Case
from hakemus.rules.limits import Parameters

COST_LINES = "budget.lines"
Counting = Literal["characters", "utf16", "bytes"]


class RequiredParameters(Parameters):
    fields: Strings = ()

    @field_validator("fields", mode="after")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            if not is_address(address):
                raise fault("address", address=address)
        return value


class LengthParameters(Parameters):
    limits: FrozenDict = FrozenDict()
    counting: Counting = "characters"

    @field_validator("limits", mode="before")
    @classmethod
    def _numbers(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise fault("mapping")
        for address, limit in value.items():
            if not is_address(str(address)):
                raise fault("address", address=str(address))
            if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
                raise fault("limit", address=str(address))
        return FrozenDict(value)


def length_of(text: str, counting: str) -> int:
    """The length of a text as a funder's portal counts it: a line break is one character."""
    if counting == "utf16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    if counting == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text)


def limits_of(call: Call, rule_limits: Mapping[str, int], counting: str) -> dict[str, tuple[int, str]]:
    """Limit and way of counting by address: those of guides and questions, then those of the rule, which hold."""
    found: dict[str, tuple[int, str]] = {
        guide.path: (guide.limit, guide.counting) for guide in call.fields if guide.limit
    }
    found |= {
        f"answers[{question.id}]": (question.limit, question.counting) for question in call.questions if question.limit
    }
    found |= {normal(address): (limit, counting) for address, limit in rule_limits.items()}
    return found


def required(case: Case) -> Iterator[Finding]:
    """One finding a field. A table is missing while it has no row, the cost lines while no cost is above zero.

    What stands as pending text is told as such, not as missing; a question that is not asked now wants no answer.
    """
    hidden = hidden_answers(case.call, case.draft.application)
    mandatory = (f"answers[{question.id}]" for question in case.call.questions if question.mandatory)
    questions = tuple(path for path in mandatory if path not in hidden)
    asked = dict.fromkeys((*(normal(address) for address in case.parameters.fields), *questions))
    asked.pop(COST_LINES, None)
    if not case.facts.totals.itemised:
        yield case.finding((COST_LINES,), msg("The costs are not itemised: add cost lines or people."), seen=("",))
    for address in asked:
        for path, value in expand(case.draft.application, address):
            if not any_value(value) and path not in case.draft.pending and path not in hidden:
                yield case.finding((path,), msg("Missing: {field}", field=FieldName(path)), seen=("",))


def length(case: Case) -> Iterator[Finding]:
    parameters, hidden = case.parameters, hidden_answers(case.call, case.draft.application)
    for address, (limit, counting) in limits_of(case.call, parameters.limits, parameters.counting).items():
        for path, value in expand(case.draft.application, address):
            if isinstance(value, str) and len(value) * 4 > limit and path not in hidden:
                over = length_of(value, counting) - limit
                if over > 0:
                    message = nmsg(
                        "{field}: {count} character too many, the limit is {limit}.",
                        "{field}: {count} characters too many, the limit is {limit}.",
                        over,
                        field=FieldName(path),
                        limit=limit,
                    )
                    yield case.finding((path,), message, seen=(value,))
