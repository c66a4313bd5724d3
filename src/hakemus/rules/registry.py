"""The kinds of rule that a call may name, and the parameters each takes. A call's file says numbers; arithmetic is here.

A rule of a call is `{id, kind, severity?, reference?, message?, <parameters>}`; parameters stand beside the rule's own keys.
Where `severity` is missing the kind's own holds. Rules marked (base) hold for every call without being named; a call
that names a rule of the same id replaces them (other severity, reference, parameters).

| kind | parameters (default) | own severity | says |
|---|---|---|---|
| `grant-share` | `percent`; `base` (the call's `share.base`) | error | grant above percent of the base |
| `own-share` | `percent` **or** `least` (money); `base` (as above) | error | own funding below percent of the base, or below a sum |
| `deficit` | none | error | grant above costs - income - other funding |
| `balance` | none | error | costs and funding differ |
| `grant-limit` (base) | none: `grant.smallest`, `grant.largest` | error | grant outside the call's limits |
| `own-kinds` (base) | none: `own.kinds` | note | own funding of a kind that the call does not count |
| `pay-cap` (base) | none: `pay_cap.amount` | note | pay above the cap, which is not accepted |
| `required` (base) | `fields` (none): addresses | error | a field is missing; the call's mandatory questions are always asked |
| `length` (base) | `limits` (none): address -> number; `counting` (`characters`, `utf16`, `bytes`) | error | a text too long; also by limits of `questions` and `fields` |
| `dates` (base) | none | error | an end before its start: project, activities, cost lines |
| `use-period` (base) | none: `use_period` | warning | project outside the use period |
| `window` (base) | none: `window` | warning | the call is not open |
| `identifier` (base) | `fields` (`business_id isil email postal_code iban bic`) | warning | form or check digit wrong |
| `category` (base) | none: `categories` | error | a cost row without, with an unknown or with an excluded category |
| `explanation` (base) | none: `categories[].explanation` | error | a cost row with a sum and no description where one is needed |
| `unit` (base) | none: `unit` | error | a sum that is no multiple of the call's unit |
| `line-amount` (base) | none | error | a line whose amount differs from quantity x price |
| `negative` (base) | none | error | a negative sum, quantity or percentage |
| `vat` (base) | none | warning | a row with VAT whose payer's position is not known |
| `cost-words` (base) | none: `hints` | warning | a word that hints at a cost not accepted |
| `line-time` (base) | none | warning | a cost line's days outside the project's, a person's months more than its own |
| `indicator` | none | error | a goal without an indicator |
| `letter-of-intent` | `attachment` (`letter-of-intent`): id of the attachment | error | a joint project without it |
| `attachment` (base) | none: `attachments` marked mandatory | warning | a mandatory attachment is missing (joint ones: only where no `letter-of-intent` rule names them) |
| `declaration` (base) | none: `declarations` marked mandatory | warning | a mandatory declaration is not given |
| `own-evidence` (base) | none: `own.evidence` | note | own funding without evidence, where the call says what it wants |
| `own-work` (base) | none | warning | own work whose amount is not its hours x rate |
| `same-costs` (base) | none | warning | other funding that says it pays for the same costs |
| `links` (base) | none | note | references to rows that are gone; goals, activities, costs that hang on nothing |
| `indicator-quality` (base) | none | note | an indicator without baseline or number, in an activity's words, or measured late |
| `commitment` (base) | none | note | a partner that is only planned or asked |
| `leftover` (base) | `words` (`todo fixme tbd xxx ??? lorem ipsum`) | warning | a placeholder in a text; a paragraph that stands twice; another library's name |
| `eligibility` (base) | none: `eligibility` | warning | an answer (`yes`, `no`) that speaks against applying |
| `tender` | `threshold` (money) | note | purchases of one supplier, without VAT, at or above the sum that needs a tender |
| `terms` (base) | none: `confirm` | error | a value that waits to be checked against the call notice |
| `unused-terms` (base) | none | warning | a value of the user's own that the call has no place for, or that cannot be read |
| `imported-total` (base) | none | warning | a total stated by an imported page differs from the sum of its sources |

Addresses in `required` and `length`: `project.title`; a table (`budget.lines`: at least one row); a field of every row
(`goals[].text`, `goals[].indicators[].target`); an answer (`answers[q1]`), also `answers.q1`. `required` always asks for
`budget.lines` while no cost is above zero. A word of `hints` is met where a word of the text begins with it (so stems do
for Finnish), with a leading `*` anywhere in a word.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from hakemus.domain.call import Call, RuleSpec
from hakemus.domain.findings import Severity
from hakemus.rules import (
    balance,
    cost_rows,
    dates,
    fields,
    identifiers,
    imported,
    leftovers,
    plan,
    shares,
    terms,
    whole,
)
from hakemus.rules.kinds import RuleKind
from hakemus.rules.limits import CallKey, GrantShareParameters, OwnShareParameters, Parameters

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE

KINDS = (
    RuleKind("grant-share", shares.grant_share, parameters=GrantShareParameters, reads=shares.READS),
    RuleKind("own-share", shares.own_share, parameters=OwnShareParameters, reads=shares.READS),
    RuleKind("deficit", balance.deficit, reads=("unit", "own.")),
    RuleKind("balance", balance.balance, reads=("own.",)),
    RuleKind("grant-limit", balance.grant_limit, reads=("grant.",), base=True),
    RuleKind("own-kinds", balance.own_kinds, _NOTE, reads=("own.",), base=True),
    RuleKind("pay-cap", cost_rows.pay_cap, _NOTE, reads=("pay_cap",), base=True),
    RuleKind("required", fields.required, parameters=fields.RequiredParameters, reads=("questions",), base=True),
    RuleKind("length", fields.length, parameters=fields.LengthParameters, reads=("questions", "fields"), base=True),
    RuleKind("dates", dates.order, base=True),
    RuleKind("use-period", dates.use_period, _WARNING, reads=("use_period", "window.opens"), base=True),
    RuleKind("window", dates.window, _WARNING, reads=("window",), base=True),
    RuleKind("identifier", identifiers.identifier, _WARNING, parameters=identifiers.IdentifierParameters, base=True),
    RuleKind("category", cost_rows.category, reads=("categories",), base=True),
    RuleKind("explanation", cost_rows.explanation, reads=("categories",), base=True),
    RuleKind("unit", cost_rows.unit, reads=("unit",), base=True),
    RuleKind("line-amount", cost_rows.line_amount, base=True),
    RuleKind("negative", cost_rows.negative, base=True),
    RuleKind("vat", cost_rows.vat, _WARNING, base=True),
    RuleKind("cost-words", cost_rows.cost_words, _WARNING, reads=("hints",), base=True),
    RuleKind("line-time", dates.line_time, _WARNING, base=True),
    RuleKind("indicator", whole.indicator),
    RuleKind("letter-of-intent", whole.letter_of_intent, parameters=whole.LetterParameters),
    RuleKind("attachment", whole.attachment, _WARNING, reads=("attachments",), base=True),
    RuleKind("declaration", whole.declaration, _WARNING, reads=("declarations",), base=True),
    RuleKind("own-evidence", balance.own_evidence, _NOTE, reads=("own.",), base=True),
    RuleKind("own-work", balance.own_work, _WARNING, base=True),
    RuleKind("same-costs", balance.same_costs, _WARNING, base=True),
    RuleKind("links", plan.links, _NOTE, base=True),
    RuleKind("indicator-quality", plan.indicator_quality, _NOTE, base=True),
    RuleKind("commitment", plan.commitment, _NOTE, base=True),
    RuleKind("leftover", leftovers.leftover, _WARNING, parameters=leftovers.LeftoverParameters, base=True),
    RuleKind("eligibility", whole.eligibility, _WARNING, reads=("eligibility",), base=True),
    RuleKind("tender", cost_rows.tender, _NOTE, parameters=cost_rows.TenderParameters),
    RuleKind("terms", terms.terms, base=True),
    RuleKind("unused-terms", terms.unused, _WARNING, base=True),
    RuleKind("imported-total", imported.imported_total, _WARNING, base=True),
)
UNKNOWN = RuleKind("unknown", terms.unknown, _WARNING)
REGISTRY: Mapping[str, RuleKind] = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a rule of a call: an address below the rule (`percent`, `limits`), a code, and its values."""

    path: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def problems_of(rule: RuleSpec) -> tuple[Problem, ...]:
    """All that is wrong with a rule's parameters. A kind that this program does not know is no problem of the file."""
    kind = REGISTRY.get(rule.kind)
    if kind is None:
        return ()
    try:
        kind.parameters.model_validate(dict(rule.parameters))
    except ValidationError as found:
        return tuple(
            Problem(".".join(str(part) for part in error["loc"]), error["type"], error.get("ctx", {}))
            for error in found.errors(include_url=False, include_input=False)
        )
    return ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A rule that can be run: its kind and its parameters, read."""

    rule: RuleSpec
    kind: RuleKind
    parameters: Parameters


@lru_cache(maxsize=64)
def _prepared(key: CallKey) -> tuple[Prepared, ...]:
    named = {name for rule in key.call.rules for name in (rule.id, rule.kind)}
    own = tuple(RuleSpec(id=kind.name, kind=kind.name) for kind in KINDS if kind.base and kind.name not in named)
    found = []
    for rule in (*key.call.rules, *own):
        kind = REGISTRY.get(rule.kind)
        if kind is None or problems_of(rule):
            found.append(
                Prepared(RuleSpec(id=rule.id, kind=rule.kind, reference=rule.reference), UNKNOWN, Parameters())
            )
            continue
        found.append(Prepared(rule, kind, kind.parameters.model_validate(dict(rule.parameters))))
    return tuple(found)


def prepared(call: Call) -> tuple[Prepared, ...]:
    """The rules that hold under a call, in its order, then those that hold for every call."""
    return _prepared(CallKey(call))
