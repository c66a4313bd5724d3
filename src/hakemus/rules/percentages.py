"""Percentages as they may be shown: two decimals, half up, never so that a broken rule looks kept or the reverse."""

from __future__ import annotations

from fractions import Fraction


def _text(hundredths: int) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"


def _half_up(exact: Fraction) -> int:
    doubled = int((abs(exact) * 2 + 1) // 2)
    return -doubled if exact < 0 else doubled


def at_most(exact: Fraction, limit: Fraction, *, broken: bool) -> str:
    """A percentage that must not be above a limit: `exact` and `limit` in per cent.

    >>> at_most(Fraction(80004, 1000), Fraction(80), broken=True)
    '80.01'
    >>> at_most(Fraction(80), Fraction(80), broken=False)
    '80.00'
    """
    shown = _half_up(exact * 100)
    bound = limit * 100
    if broken and shown <= bound:
        shown = bound.__floor__() + 1
    elif not broken and shown > bound:
        shown = bound.__floor__()
    return _text(shown)


def at_least(exact: Fraction, limit: Fraction, *, broken: bool) -> str:
    """A percentage that must not be below a limit.

    >>> at_least(Fraction(19996, 1000), Fraction(20), broken=True)
    '19.99'
    """
    shown = _half_up(exact * 100)
    bound = limit * 100
    if broken and shown >= bound:
        shown = bound.__ceil__() - 1
    elif not broken and shown < bound:
        shown = bound.__ceil__()
    return _text(shown)


def plain(exact: Fraction) -> str:
    """A percentage that no rule speaks of."""
    return _text(_half_up(exact * 100))
