"""Shown percentages: half up, and never past a limit to the other side of the truth."""

from __future__ import annotations

import doctest
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.rules import afterwards, percentages


@pytest.mark.parametrize(
    ("exact", "limit", "broken", "shown"),
    [
        ("7500/90", "80", True, "83.33"),
        ("80", "80", False, "80.00"),
        ("80001/1000", "80", True, "80.01"),
        ("80004/1000", "80", True, "80.01"),
        ("80005/1000", "80", True, "80.01"),
        ("79999/1000", "80", False, "80.00"),
        ("666666/10000", "66.666666", False, "66.66"),
        ("66.6667", "66.666666", True, "66.67"),
        ("66.6645", "66.664", True, "66.67"),
        ("66.663", "66.664", False, "66.66"),
    ],
)
def test_at_most(exact, limit, broken, shown):
    assert percentages.at_most(Fraction(exact), Fraction(limit), broken=broken) == shown


@pytest.mark.parametrize(
    ("exact", "limit", "broken", "shown"),
    [
        ("19996/1000", "20", True, "19.99"),
        ("19.90", "20", True, "19.90"),
        ("20", "20", False, "20.00"),
        ("20.004", "20", False, "20.00"),
        ("20.004", "20.003", False, "20.01"),
        ("20.0029", "20.003", True, "20.00"),
        ("20.008", "20.009", True, "20.00"),
        ("-0.5", "20", True, "-0.50"),
    ],
)
def test_at_least(exact, limit, broken, shown):
    assert percentages.at_least(Fraction(exact), Fraction(limit), broken=broken) == shown


@given(st.fractions(0, 200), st.fractions(0, 100))
def test_a_broken_rule_never_looks_kept(exact, limit):
    most = Fraction(percentages.at_most(exact, limit, broken=exact > limit))
    assert (most > limit) == (exact > limit)
    least = Fraction(percentages.at_least(exact, limit, broken=exact < limit))
    assert (least < limit) == (exact < limit)


def test_without_a_limit():
    assert percentages.plain(Fraction(7000 * 100, 8645)) == "80.97"
    assert percentages.plain(Fraction(-1, 200)) == "-0.01"
    assert percentages.plain(Fraction(1, 200)) == "0.01"
    assert percentages.plain(Fraction(0)) == "0.00"


@pytest.mark.parametrize("module", [percentages, afterwards])
def test_examples_in_docstrings_hold(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed
