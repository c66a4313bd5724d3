"""What the share rules of a call limit: percentages, least sums and bases, read once for sums, rules and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from hakemus.domain.call import Call, Number
from hakemus.domain.fields import MoneyValue, fault
from hakemus.domain.findings import Severity
from hakemus.domain.money import ZERO, Money

CENT = Money(1)
Base = Literal["total_costs", "costs_less_income", "costs_less_income_and_other"]


class Parameters(BaseModel):
    """Parameters of a kind of rule; one that the kind does not take is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class GrantShareParameters(Parameters):
    percent: Number
    base: Base | None = None

    @model_validator(mode="after")
    def _within(self) -> GrantShareParameters:
        if not 0 < self.percent <= 100:
            raise fault("percent_range")
        return self


class OwnShareParameters(Parameters):
    percent: Number | None = None
    least: MoneyValue = None
    base: Base | None = None

    @model_validator(mode="after")
    def _one_of(self) -> OwnShareParameters:
        if (self.percent is None) == (self.least is None):
            raise fault("percent_or_least")
        if self.percent is not None and not 0 < self.percent < 100:
            raise fault("percent_range")
        return self


@lru_cache(maxsize=1024)
def ratio(percent: Decimal | None) -> tuple[int, int]:
    """A percentage as a part of one, in whole numbers; none is the whole."""
    exact = Fraction(1) if percent is None else Fraction(percent) / 100
    return exact.numerator, exact.denominator


@dataclass(frozen=True, slots=True)
class ShareLimit:
    """One share rule of a call, with its numbers."""

    rule: str
    kind: str
    severity: Severity
    base_kind: str
    percent: Decimal | None = None
    least: Money | None = None

    def allows(self, grant: Money, base: Money) -> bool:
        """grant <= percent of the base, exact."""
        numerator, denominator = ratio(self.percent)
        return grant.cents * denominator <= base.cents * numerator

    def least_own(self, base: Money, unit: Money) -> Money:
        """The least own funding that an own-share rule wants of a base."""
        if self.percent is None:
            return self.least or ZERO
        numerator, denominator = ratio(self.percent)
        return Money(-(-base.cents * numerator // (denominator * unit.cents)) * unit.cents)

    def highest_grant(self, base: Money, uncovered: Money, unit: Money) -> Money:
        """The highest grant that this rule allows."""
        if self.kind == "grant-share":
            numerator, denominator = ratio(self.percent)
            return Money(base.cents * numerator // (denominator * unit.cents) * unit.cents)
        return uncovered - self.least_own(base, unit)


_MODELS: Mapping[str, type[GrantShareParameters] | type[OwnShareParameters]] = {
    "grant-share": GrantShareParameters,
    "own-share": OwnShareParameters,
}


def share_limit(call: Call, rule: Any) -> ShareLimit | None:
    """A rule of a call as a limit; None where it is no share rule or its parameters are wrong."""
    model = _MODELS.get(rule.kind)
    if model is None:
        return None
    try:
        read = model.model_validate(dict(rule.parameters))
    except ValidationError:
        return None
    return ShareLimit(
        rule.id,
        rule.kind,
        rule.severity or Severity.ERROR,
        read.base or call.share.base,
        read.percent,
        getattr(read, "least", None),
    )


class CallKey:
    """A call as a key by identity: to hash a whole call would cost more than to read its rules."""

    __slots__ = ("call",)

    def __init__(self, call: Call) -> None:
        self.call = call

    def __hash__(self) -> int:
        return id(self.call)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CallKey) and other.call is self.call


@lru_cache(maxsize=64)
def _limits_of(key: CallKey) -> tuple[ShareLimit, ...]:
    return tuple(found for rule in key.call.rules if (found := share_limit(key.call, rule)))


def share_limits(call: Call) -> tuple[ShareLimit, ...]:
    """The share rules of a call in its order."""
    return _limits_of(CallKey(call))


def leading_limit(call: Call) -> ShareLimit | None:
    """The share rule that sums and percentages are shown against: the first that is no note."""
    found = share_limits(call)
    return next((limit for limit in found if limit.severity is not Severity.NOTE), None)


def unit_of(call: Call) -> Money:
    """What the call counts in; a cent where its file says nothing sensible."""
    return call.unit if call.unit is not None and call.unit > ZERO else CENT


def base_of(kind: str, costs: Money, income: Money, other: Money) -> Money:
    """The base of a percentage; never below zero."""
    base = costs
    if kind != "total_costs":
        base = base - income
    if kind == "costs_less_income_and_other":
        base = base - other
    return max(base, ZERO)
