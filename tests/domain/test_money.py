"""Money is exact: its form, its roundings, and parts that always add up to the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.domain.money import (
    LARGEST_CENTS,
    ZERO,
    Money,
    ceil_cents,
    floor_cents,
    half_up,
    parse_decimal,
    percent_of,
    split,
    total,
)

cents = st.integers(-LARGEST_CENTS, LARGEST_CENTS)
EURO = Money(100)


@given(cents)
def test_the_stored_form_comes_back(amount):
    assert Money.parse(str(Money(amount))) == Money(amount)
    assert repr(Money(amount)) == f"Money('{Money(amount)}')"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.0",
        "1.000",
        "01.00",
        "1,00",
        " 1.00",
        "1.00\n",
        "+1.00",
        "1 000.00",
        "٣.00",
        "1e3.00",
        "9999999999999.00",
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError, match="not a sum"):
        Money.parse(text)


@pytest.mark.parametrize("text", ["", "1.", ".5", "1,5", "1e3", "NaN", "1234567890", "1.1234567", "+1", " 1"])
def test_other_numbers_are_refused(text):
    with pytest.raises(ValueError, match="not a decimal"):
        parse_decimal(text)


def test_numbers_are_exact():
    assert parse_decimal("-12.340000") == Decimal("-12.34")


@given(cents, cents)
def test_sums(a, b):
    assert Money(a) + Money(b) - Money(b) == Money(a)
    assert -Money(a) + Money(a) == ZERO
    assert total([Money(a), Money(b)]) == Money(a + b)
    assert bool(Money(a)) == (a != 0)
    assert (Money(a) < Money(b)) == (a < b)


@given(cents, st.sampled_from((Money(1), EURO, Money(500))))
def test_units(amount, unit):
    down, up = Money(amount).down_to(unit), Money(amount).up_to(unit)
    assert down <= Money(amount) <= up
    assert down.is_multiple_of(unit)
    assert up.is_multiple_of(unit)
    assert (up == down) == Money(amount).is_multiple_of(unit)
    assert up.cents - down.cents in (0, unit.cents)
    exact = Fraction(amount)
    assert (floor_cents(exact, unit), ceil_cents(exact, unit)) == (down, up)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("1/2", 1), ("-1/2", -1), ("3/2", 2), ("-3/2", -2), ("49/100", 0), ("-49/100", 0), ("7", 7), ("0", 0)],
)
def test_half_up_is_away_from_zero(exact, rounded):
    assert half_up(Fraction(exact)) == Money(rounded)


def test_fractions_of_a_unit():
    assert floor_cents(Fraction(801, 4), EURO) == Money(200)
    assert ceil_cents(Fraction(801, 4), EURO) == Money(300)
    assert ceil_cents(Fraction(200), EURO) == Money(200)
    assert ceil_cents(Fraction(-801, 4), EURO) == Money(-200)


@pytest.mark.parametrize(
    ("base", "percent", "exact"),
    [("10.01", "80", Fraction(4004, 5)), ("1.00", "33.333333", Fraction(33333333, 1000000))],
)
def test_percentages_are_exact(base, percent, exact):
    assert percent_of(Money.parse(base), Decimal(percent)) == exact


@given(cents, st.lists(st.integers(0, 1000), max_size=12))
def test_parts_add_up(amount, weights):
    parts = split(Money(amount), weights)
    assert len(parts) == len(weights)
    if weights:
        assert total(parts) == Money(amount)


def test_parts_go_to_the_largest_remainder_and_ties_to_the_earlier():
    assert split(Money(100), (1, 1, 1)) == (Money(34), Money(33), Money(33))
    assert split(Money(101), (1, 1, 1)) == (Money(34), Money(34), Money(33))
    assert split(Money(10), (1, 2)) == (Money(3), Money(7))
    assert split(Money(1), (0, 0)) == (Money(1), ZERO)
    assert split(Money(1), ()) == ()


def test_what_is_no_number_says_so() -> None:
    with pytest.raises(ValueError, match=r"^not a sum of money with two decimals$"):
        Money.parse("1")
    with pytest.raises(ValueError, match=r"^not a decimal number$"):
        parse_decimal("1,5")
