"""A funder's call in one dated edition, as data: window, categories, rules with parameters, questions, texts, sources.

Python knows the kinds of rule; numbers, dates, texts and their sources come from the call's file.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)

from hakemus.domain.fields import Date, MoneyValue, Percent, Strings, fault
from hakemus.domain.findings import Reference, Severity
from hakemus.domain.frozen import FrozenDict, freeze
from hakemus.domain.money import Money, parse_decimal
from hakemus.domain.steps import step_of

SCHEMA = 1
LANGUAGES = ("fi", "sv", "en")
BASES = ("total_costs", "costs_less_income", "costs_less_income_and_other")
SHARE_RULES = ("grant-share", "own-share")


def _texts(value: Any) -> FrozenDict:
    if isinstance(value, str):
        raise fault("texts")
    if not isinstance(value, Mapping) or not value:
        raise fault("texts")
    for language, text in value.items():
        if not isinstance(text, str) or not (len(language) == 2 and language.isalpha() and language.islower()):
            raise fault("texts")
    return FrozenDict(value)


def _number(value: Any) -> Decimal:
    """A percentage of a call: whole numbers and decimals of TOML, or their stored text."""
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise fault("number")
    try:
        return parse_decimal(format(value, "f") if isinstance(value, Decimal) else str(value))
    except ValueError:
        raise fault("number") from None


_MOMENT = re.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")


def _moment(value: Any) -> str | None:
    """`2018-10-29` or `2018-12-03T16:15`: local time in the window's zone."""
    if value is None:
        return None
    try:
        # the library reads weeks, offsets and days without marks too
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise ValueError
        datetime.datetime.fromisoformat(value)
    except ValueError:
        raise fault("moment") from None
    return value


LocalText = Annotated[FrozenDict, PlainValidator(_texts), PlainSerializer(dict)]
"""One text in its languages."""
Number = Annotated[Decimal, PlainValidator(_number), PlainSerializer(lambda value: format(value, "f"))]
Moment = Annotated[str | None, PlainValidator(_moment)]


def moment_of(text: str) -> datetime.datetime:
    """A moment as local time; a bare date means its first minute."""
    return datetime.datetime.fromisoformat(text)


class Part(BaseModel):
    """A frozen part of a call file; keys that it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Cited(Part):
    """Which source, where in it, and how sure: `source`, `inferred`, `own` or `analogy`."""

    source: StrictStr = ""
    paragraph: StrictStr = ""
    status: Literal["source", "inferred", "own", "analogy"] = "source"
    quotation: LocalText | None = None


class SourceEntry(Part):
    id: StrictStr
    title: StrictStr
    url: StrictStr = ""
    year: StrictStr = ""
    read: Date = None


class Window(Part):
    """When applications are taken. `cutoffs` are days on which what has come is handled together."""

    opens: Moment = None
    closes: Moment = None
    zone: StrictStr = "Europe/Helsinki"
    cutoffs: Strings = ()
    always_open: StrictBool = False
    reference: Cited | None = None


class UsePeriod(Part):
    """The time within which costs must arise: fixed days, or the end of the year after the granting year."""

    starts: Date = None
    ends: Date = None
    rule: Literal["", "end_of_next_calendar_year"] = ""
    text: LocalText | None = None
    reference: Cited | None = None


class Share(Part):
    """What the share rules are counted from."""

    base: Literal["total_costs", "costs_less_income", "costs_less_income_and_other"] = "total_costs"
    binds_realised: StrictBool = True
    reference: Cited | None = None


class GrantLimits(Part):
    smallest: MoneyValue = None
    largest: MoneyValue = None
    reference: Cited | None = None


class OwnFunding(Part):
    """Kinds of own funding that the call counts, beside the appropriation that every call counts."""

    kinds: Strings = ("appropriation",)
    evidence: LocalText | None = None
    reference: Cited | None = None


class PayCap(Part):
    """The most that one person's pay with side costs may cost in a year."""

    amount: MoneyValue = None
    reference: Cited | None = None


class Category(Part):
    id: StrictStr
    label: LocalText
    help: LocalText | None = None
    explanation: StrictBool = False
    excluded: StrictBool = False
    reference: Cited | None = None


class Hint(Part):
    """Words in a cost line that hint at a cost the call does not accept."""

    id: StrictStr
    words: Strings
    text: LocalText
    reference: Cited | None = None


class Choice(Part):
    id: StrictStr
    label: LocalText


class When(Part):
    """On what a question hangs: a field of the application (or `answers.<id>`) with one of these answers, or any.

    `words` say it to people where a list of the answers would not.
    """

    field: StrictStr
    answers: Strings = ()
    words: LocalText | None = None


class Question(Part):
    """A question of the call's own. `counting` is how the funder's portal counts its limit."""

    id: StrictStr
    label: LocalText
    help: LocalText | None = None
    example: LocalText | None = None
    kind: Literal["text", "line", "choice", "yes_no"] = "text"
    choices: tuple[Choice, ...] = ()
    limit: int | None = None
    counting: Literal["characters", "utf16", "bytes"] = "characters"
    mandatory: StrictBool = False
    step: StrictStr = "project"
    when: When | None = None
    reference: Cited | None = None


class FieldGuide(Part):
    """What the call says of a field of the application: its own label, help, example, counting limit."""

    path: StrictStr
    label: LocalText | None = None
    help: LocalText | None = None
    example: LocalText | None = None
    mistake: LocalText | None = None
    limit: int | None = None
    counting: Literal["characters", "utf16", "bytes"] = "characters"
    reference: Cited | None = None


class Eligibility(Part):
    """A yes-or-no question before starting; another answer than `wanted` speaks against applying."""

    id: StrictStr
    question: LocalText
    wanted: StrictBool = True
    sentence: LocalText
    reference: Cited | None = None


class RequiredAttachment(Part):
    id: StrictStr
    title: LocalText
    when: Literal["always", "joint", "association"] = "always"
    mandatory: StrictBool = True
    reference: Cited | None = None


class Declaration(Part):
    id: StrictStr
    text: LocalText
    mandatory: StrictBool = True
    reference: Cited | None = None


class Criterion(Part):
    id: StrictStr
    text: LocalText
    fields: Strings = ()
    reference: Cited | None = None


class Condition(Part):
    """What an applicant should know beside the rules; `{amount}` in the text is the condition's sum of money."""

    id: StrictStr
    text: LocalText
    amount: MoneyValue = None
    reference: Cited | None = None


class ReportDemands(Part):
    """What the final report asks for; figures for the time after the decision."""

    return_limit: MoneyValue = None
    due_months: int | None = None
    interest_margin: Percent = None
    statistics: Strings = ()
    reference: Cited | None = None


def _severity(value: Any) -> Severity:
    try:
        return value if isinstance(value, Severity) else Severity(value)
    except ValueError:
        raise fault("word", words="error, warning, note") from None


class RuleSpec(Part):
    """A rule of a call: a kind that Python knows, and its parameters as data."""

    id: StrictStr
    kind: StrictStr
    severity: Annotated[
        Severity | None,
        BeforeValidator(lambda v: None if v is None else _severity(v)),
        PlainSerializer(lambda v: v and v.value),
    ] = None
    reference: Cited | None = None
    message: LocalText | None = None
    parameters: FrozenDict = FrozenDict()

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        """Keys beside the rule's own are its kind's parameters, judged by the kind."""
        if not isinstance(data, Mapping):
            return data
        known = {key: item for key, item in data.items() if key in cls.model_fields and key != "parameters"}
        own = {key: freeze(item) for key, item in data.items() if key not in cls.model_fields}
        stated = data.get("parameters") or {}
        if not isinstance(stated, Mapping):
            raise fault("mapping")
        return {**known, "parameters": FrozenDict({**stated, **own})}


class Call(Part):
    """One edition of one call."""

    schema_version: StrictInt = Field(SCHEMA, alias="schema")
    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    edition: StrictStr
    languages: Strings = LANGUAGES
    funder: StrictStr
    funder_name: LocalText
    currency: Annotated[StrictStr, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    unit: MoneyValue = Money(1)
    title: LocalText
    short_title: LocalText | None = None
    summary: LocalText | None = None
    notice: LocalText | None = None
    """Something that must be said wherever the call is chosen, such as what is carried over and unchecked."""
    register_year: int | None = None
    window: Window = Window()
    decision: LocalText | None = None
    use_period: UsePeriod = UsePeriod()
    who: LocalText | None = None
    share: Share = Share()
    grant: GrantLimits = GrantLimits()
    own: OwnFunding = OwnFunding()
    pay_cap: PayCap = PayCap()
    categories: tuple[Category, ...] = ()
    hints: tuple[Hint, ...] = ()
    questions: tuple[Question, ...] = ()
    fields: tuple[FieldGuide, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    attachments: tuple[RequiredAttachment, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    conditions: tuple[Condition, ...] = ()
    rules: tuple[RuleSpec, ...] = ()
    report: ReportDemands = ReportDemands()
    sources: tuple[SourceEntry, ...] = ()
    confirm: Strings = ()
    """Addresses of values that the user must check against the call notice before the draft is ready."""

    overridden: Strings = ()
    """Addresses of values that are the user's own; never in a file."""

    def text(self, texts: Mapping[str, str] | None, language: str) -> str:
        """A text in the asked language, else in the call's first, else in any, else nothing."""
        if not texts:
            return ""
        for choice in (language, *self.languages[:1]):
            if choice in texts:
                return texts[choice]
        return next(iter(texts.values()))

    @cached_property
    def category_ids(self) -> frozenset[str]:
        return frozenset(category.id for category in self.categories)

    def category(self, name: str | None) -> Category | None:
        return next((item for item in self.categories if item.id == name), None)

    def question(self, name: str) -> Question | None:
        return next((item for item in self.questions if item.id == name), None)

    def guide(self, path: str) -> FieldGuide | None:
        return next((item for item in self.fields if item.path == path), None)

    def rule(self, name: str) -> RuleSpec | None:
        return next((item for item in self.rules if item.id == name), None)

    def step_of(self, path: str) -> str:
        """The step a field stands on; the call places its own questions."""
        if path.startswith("answers["):
            question = self.question(path[len("answers[") : -1])
            if question:
                return question.step
        return step_of(path)

    @cached_property
    def _sources(self) -> dict[str, SourceEntry]:
        return {item.id: item for item in reversed(self.sources)}

    def source(self, name: str) -> SourceEntry | None:
        return self._sources.get(name)

    def reference(self, cited: Cited | None, language: str = "") -> Reference | None:
        """A citation joined with its source's title, address, year and the day it was read."""
        if cited is None:
            return None
        source = self.source(cited.source)
        return Reference(
            source=cited.source,
            title=source.title if source else "",
            paragraph=cited.paragraph,
            url=source.url if source else "",
            year=source.year if source else "",
            read=source.read.isoformat() if source and source.read else "",
            status=cited.status,
            quotation=self.text(cited.quotation, language),
        )
