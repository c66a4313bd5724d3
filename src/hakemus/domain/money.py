"""Sums of money as integer cents, and the few roundings that rules may use. Knows no currency and no language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MONEY_FORM = re.compile(r"-?(?:0|[1-9][0-9]{0,11})\.[0-9]{2}", re.ASCII)
DECIMAL_FORM = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?", re.ASCII)
LARGEST_CENTS = 99_999_999_999_999


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact sum in cents.

    >>> Money.parse("13232.69") + Money(31)
    Money('13233.00')
    >>> -Money(1)
    Money('-0.01')
    """

    cents: int = 0

    @classmethod
    def parse(cls, text: str) -> Money:
        """The stored form (two decimals, point, no spaces) as a value; `ValueError` for any other form."""
        if not MONEY_FORM.fullmatch(text):
            raise ValueError("not a sum of money with two decimals")
        whole, _, cents = text.removeprefix("-").partition(".")
        value = int(whole) * 100 + int(cents)
        return cls(-value if text.startswith("-") else value)

    @classmethod
    def reckoned(cls, text: str) -> Money:
        """A sum as it is written in findings: of any length, for sums of rows may be longer than what can be typed,
        and with a plus sign where it says by how much.

        >>> Money.reckoned("+22938020231697940.67").cents
        2293802023169794067
        """
        return cls(int(text.replace(".", "")))

    def __str__(self) -> str:
        whole, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{whole}.{cents:02d}"

    def __repr__(self) -> str:
        return f"Money('{self}')"

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __bool__(self) -> bool:
        return self.cents != 0

    def down_to(self, unit: Money) -> Money:
        """The nearest multiple of `unit` that is not larger."""
        return Money(self.cents // unit.cents * unit.cents)

    def up_to(self, unit: Money) -> Money:
        """The nearest multiple of `unit` that is not smaller."""
        return Money(-(-self.cents // unit.cents) * unit.cents)

    def is_multiple_of(self, unit: Money) -> bool:
        return self.cents % unit.cents == 0


ZERO = Money(0)


def total(sums: Iterable[Money]) -> Money:
    """The sum of sums; zero of none."""
    return Money(sum(item.cents for item in sums))


def parse_decimal(text: str) -> Decimal:
    """A stored percent, quantity or number of months; `ValueError` for any other form."""
    if not DECIMAL_FORM.fullmatch(text):
        raise ValueError("not a decimal number")
    return Decimal(text)


def half_up(exact: Fraction) -> Money:
    """An exact number of cents rounded half up (away from zero at a half, as in bookkeeping)."""
    doubled = abs(exact) * 2
    cents = int((doubled + 1) // 2)
    return Money(-cents if exact < 0 else cents)


def floor_cents(exact: Fraction, unit: Money) -> Money:
    """An exact number of cents rounded down to the unit of the call."""
    return Money(int(exact // unit.cents) * unit.cents)


def ceil_cents(exact: Fraction, unit: Money) -> Money:
    """An exact number of cents rounded up to the unit of the call."""
    return Money(int(-((-exact) // unit.cents)) * unit.cents)


def percent_of(base: Money, percent: Decimal) -> Fraction:
    """`percent` of `base`, exact, in cents."""
    return Fraction(base.cents) * Fraction(percent) / 100


def split(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """`amount` in parts that add up to it exactly: largest remainder, ties to the earlier part.

    Weights are whole and not negative; where all are zero, everything falls to the first part.
    """
    if not weights:
        return ()
    whole = sum(weights)
    if whole == 0:
        return (amount, *(ZERO for _ in weights[1:]))
    shares = [divmod(amount.cents * weight, whole) for weight in weights]
    left = amount.cents - sum(share for share, _ in shares)
    by_remainder = sorted(range(len(weights)), key=lambda at: (-shares[at][1], at))
    raised = set(by_remainder[:left])
    return tuple(Money(share + (at in raised)) for at, (share, _) in enumerate(shares))
