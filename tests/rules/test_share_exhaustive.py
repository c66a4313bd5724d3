"""The share rules against plain integers: totals from 0.01 to 20 000.00, and the authority's whole-euro form."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from rule_calls import application_of, grant_share, judge, make_call, own_share

from hakemus.domain.findings import Severity
from hakemus.domain.money import Money
from hakemus.rules.exits import Asked
from hakemus.rules.facts import gather
from hakemus.rules.limits import ShareLimit
from hakemus.rules.shares import grant_is_within, own_is_enough

LAST = 2_000_000
FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
EURO = Money(100)


def check_totals(first: int, last: int, step: int, percent: int = 80) -> int:
    """Whether the highest grant of every total is the integers' own, is kept, and a cent more is not."""
    limit = ShareLimit("grant-share", "grant-share", Severity.ERROR, "total_costs", Decimal(percent))
    highest_grant, allows, cent = limit.highest_grant, limit.allows, Money(1)
    for cents in range(first, last + 1, step):
        total = Money(cents)
        grant = highest_grant(total, total, cent)
        assert grant.cents == cents * percent // 100
        assert allows(grant, total)
        assert not allows(grant + cent, total)
    return len(range(first, last + 1, step))


def check_own(first: int, last: int, step: int, percent: int = 20) -> int:
    """Whether the least own funding of every total is the integers' own, is enough, and a cent less is not."""
    limit = ShareLimit("own-share", "own-share", Severity.ERROR, "total_costs", Decimal(percent))
    for cents in range(first, last + 1, step):
        least = -(-cents * percent // 100)
        sums = Asked(Money(cents - least), Money(least), Money(cents))
        assert limit.least_own(sums.costs, Money(1)).cents == least
        assert own_is_enough(sums, limit)
        assert not own_is_enough(Asked(sums.grant, Money(least - 1), sums.costs), limit)
        assert grant_is_within(sums, SHARE)
        assert not grant_is_within(Asked(Money(sums.grant.cents + 1), sums.own, sums.costs), SHARE)
    return len(range(first, last + 1, step))


SHARE = ShareLimit("grant-share", "grant-share", Severity.ERROR, "total_costs", Decimal(80))


QUARTER = LAST // 4


@pytest.mark.parametrize("part", range(4))
def test_two_million_totals_are_judged_as_whole_numbers_say(part, figure):
    """Every total of 0.01 to 20 000.00, in four parts: the highest grant is kept, and a cent more is not."""
    assert check_totals(part * QUARTER + 1, (part + 1) * QUARTER, 1) == QUARTER
    figure("totals", "{totals}: the highest grant is kept, a cent more is broken", "grant", totals=QUARTER)


@pytest.mark.parametrize("part", range(4))
def test_two_million_totals_want_the_least_own_funding_that_whole_numbers_say(part, figure):
    """The other side of the same limit: what a total wants of its own is what the highest grant leaves of it."""
    least_own = ShareLimit("own-share", "own-share", Severity.ERROR, "total_costs", Decimal(20)).least_own
    cent = Money(1)
    for cents in range(part * QUARTER + 1, (part + 1) * QUARTER + 1):
        assert least_own(Money(cents), cent).cents == cents - cents * 80 // 100
    figure("totals", "{totals}: the least own funding is what the highest grant leaves", "own", totals=QUARTER)


def test_own_funding_of_a_sample_of_totals():
    assert check_own(1, 3_000, 1) == 3_000
    assert check_own(3_001, LAST, 1 if FULL else 199) > 10_000


@pytest.mark.parametrize("percent", [5, 10, 12, 15, 20, 25, 30, 33, 40, 50])
def test_four_thousand_budgets_have_the_least_own_share_of_the_form(percent):
    """percent of (costs - income - other funding), rounded up to the euro, without a false step where it is whole."""
    chance = random.Random(percent)
    call = make_call(rules=[own_share(percent)], share={"base": "costs_less_income_and_other"}, unit="1.00")
    limit = ShareLimit("own-share", "own-share", Severity.ERROR, "costs_less_income_and_other", Decimal(percent))
    for number in range(4000):
        costs = chance.randrange(1, 60_000)
        income, other = chance.randrange(costs + 1) // 4, chance.randrange(costs + 1) // 4
        base = costs - income - other
        least = -(-base * percent // 100)
        if number < 100:
            application = application_of("1.00", None, f"{costs}.00", f"{income}.00", f"{other}.00")
            assert gather(application, call).totals.cap == Money((base - least) * 100)
        sums = Asked(Money(0), Money(least * 100), Money(costs * 100), Money(income * 100), Money(other * 100), EURO)
        assert own_is_enough(sums, limit)
        if least:
            assert not own_is_enough(
                Asked(Money(0), Money(least * 100 - 1), sums.costs, sums.income, sums.other, EURO), limit
            )


def test_percentages_with_decimals_are_exact():
    call = make_call(rules=[grant_share("66.666667")])
    assert gather(application_of("1.00", None, "3.00"), call).totals.cap == Money(200)
    assert judge(application_of("2.00", "1.00", "3.00"), call) == ()
    limit = ShareLimit("x", "grant-share", Severity.ERROR, "total_costs", Decimal("33.333333"))
    assert grant_is_within(Asked(Money(33_333_333), Money(0), Money(100_000_000)), limit)
    assert not grant_is_within(Asked(Money(33_333_334), Money(0), Money(100_000_000)), limit)
    assert Fraction(Decimal("33.333333")) * 3 < 100
