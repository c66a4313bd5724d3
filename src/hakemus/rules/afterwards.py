"""Sums after the decision: what is to be returned, its interest, and whether a changed plan still adds up.

Sources: instructions on the use of state grants (regional agencies 2020-2023; Finnish National Agency for Education
2018-2026). Limits and rates are data of the call or typed by the user; nothing here knows a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hakemus.domain.money import ZERO, Money, floor_cents, half_up, percent_of, total

CENT = Money(1)
DAYS_OF_A_YEAR = 365
MOVED_PERCENT = Decimal(10)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A grant against realised costs."""

    cap: Money
    """The highest grant that the realised costs carry."""
    over: Money
    """What the grant is above it."""
    to_return: Money
    """The same, or zero where it is so small that nothing is returned."""
    gap: Money
    """Realised costs less all sources: what is not explained, or, below zero, more money than costs."""


def outcome(
    granted: Money,
    costs: Money,
    own: Money,
    percent: Decimal,
    income: Money = ZERO,
    other: Money = ZERO,
    return_limit: Money = ZERO,
) -> Outcome:
    """The decision's percentage of realised costs, and what income and other funding leave uncovered; the lesser holds.

    A sum of at most `return_limit` need not be returned.
    """
    cap = max(ZERO, min(floor_cents(percent_of(costs, percent), CENT), costs - income - other))
    over = max(ZERO, granted - cap)
    return Outcome(cap, over, over if over > return_limit else ZERO, costs - income - other - own - granted)


def interest(amount: Money, percent: Decimal, days: int) -> Money:
    """Yearly interest for days: percent x sum x days / (100 x 365), half up to the cent.

    >>> interest(Money.parse("84.00"), Decimal("7.5"), 100)
    Money('1.73')
    """
    return half_up(Fraction(percent) * amount.cents * days / (100 * DAYS_OF_A_YEAR))


def plan_difference(granted: Money, plan: Iterable[Money]) -> Money:
    """A changed plan of use less the granted sum: anything but zero is refused, with this difference."""
    return total(plan) - granted


def moved(before: Mapping[str, Money], after: Mapping[str, Money]) -> Money:
    """What moves between cost types: the sum of their rises."""
    names = {*before, *after}
    return total(max(ZERO, after.get(name, ZERO) - before.get(name, ZERO)) for name in names)


def needs_change_application(
    before: Mapping[str, Money], after: Mapping[str, Money], percent: Decimal = MOVED_PERCENT
) -> bool:
    """Whether moves are over a percentage of the application's total costs, or go to a cost type it did not have."""
    new_type = any(amount > ZERO and before.get(name, ZERO) == ZERO for name, amount in after.items())
    return new_type or Fraction(moved(before, after).cents) > percent_of(total(before.values()), percent)
