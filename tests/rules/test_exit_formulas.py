"""The ways out against the formulas of the contract, written down a second time in plain fractions.

u is the unit, G and S grant and own funding as asked, p and q percentages, bI and bO whether the base is net of income
and of other funding.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import ceil, floor

import pytest
from rule_calls import application_of, by_rule, grant_share, judge, make_call, own_share

from hakemus.domain.call import BASES
from hakemus.domain.money import Money

PERCENTS = ("5", "20", "37.5", "50", "66.67", "80", "90", "100")


def down(amount, unit):
    return floor(Fraction(amount) / unit) * unit


def up(amount, unit):
    return ceil(Fraction(amount) / unit) * unit


def grant_share_formulas(p, bi, bo, unit, g, s, costs, income, other, smallest, largest):
    d, base = costs - income - other, max(0, costs - bi * income - bo * other)
    ways = {}
    cap = max(0, min([down(p * base / 100, unit), d] + ([largest] if largest else [])))
    if cap > 0 and cap >= smallest:
        ways["costs"] = (cap, max(s, d - cap), costs)
    if p < 100:
        grant = down(p * (s + (1 - bi) * income + (1 - bo) * other) / (100 - p), unit)
        if grant > 0 and grant >= smallest and grant + s + income + other < costs:
            ways["own"] = (grant, s, grant + s + income + other)
    if not largest or g <= largest:
        total = max(up(100 * g / p, unit) + bi * income + bo * other, g + s + income + other)
        ways["grant"] = (g, total - income - other - g, total)
    return ways


def own_share_formulas(q, bi, bo, unit, g, s, costs, income, other):
    d, base = costs - income - other, max(0, costs - bi * income - bo * other)
    least = up(q * base / 100, unit)
    ways = {}
    if min(g, d - least) > 0:
        ways["costs"] = (min(g, d - least), least, costs)
    total = down(100 * s / q, unit) + bi * income + bo * other
    if s > 0 and total - income - other - s > 0 and total < costs:
        ways["own"] = (total - income - other - s, s, total)
    total = up((100 * (income + other + g) - q * (bi * income + bo * other)) / (100 - q), unit)
    ways["grant"] = (g, total - income - other - g, total)
    return ways


def sums(chance, unit, itemised):
    def some(top):
        return chance.choice((0, 0, chance.randrange(1, top))) * unit

    g, s, income, other = chance.randrange(1, 9000) * unit, some(4000), some(1500), some(2500)
    costs = chance.randrange(1, 15_000) * unit if itemised else g + s + income + other
    return g, s, costs, income, other


@pytest.mark.parametrize("itemised", [True, False])
@pytest.mark.parametrize("unit", [1, 100])
@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("kind", ["grant-share", "own-share"])
def test_ways_are_those_of_the_formulas(kind, base, unit, itemised):
    chance = random.Random(f"{kind} {base} {unit} {itemised}")
    bi, bo = int(base != "total_costs"), int(base == "costs_less_income_and_other")
    tried = 0
    for _ in range(120):
        percent = chance.choice(PERCENTS if kind == "grant-share" else PERCENTS[:-1])
        limits = {} if kind == "own-share" else chance.choice(({}, {"largest": "3000.00"}, {"smallest": "900.00"}))
        rule = grant_share(percent) if kind == "grant-share" else own_share(percent)
        call = make_call(rules=[rule], share={"base": base}, unit=str(Money(unit)), grant=limits)
        g, s, costs, income, other = sums(chance, unit, itemised)
        application = application_of(
            *(str(Money(amount)) if amount else None for amount in (g, s, costs if itemised else 0, income, other))
        )
        for finding in by_rule(judge(application, call), kind):
            tried += 1
            frame = (Fraction(percent), bi, bo, unit, g, s, costs, income, other)
            if kind == "grant-share":
                smallest, largest = (90_000 if "smallest" in limits else 0), (300_000 if "largest" in limits else 0)
                expected = grant_share_formulas(*frame, smallest, largest)
            else:
                expected = own_share_formulas(*frame)
            found = {
                way.id: tuple(way.figures[name].cents for name in ("grant", "own", "costs")) for way in finding.exits
            }
            assert found == expected, frame
            for way in finding.exits:
                moved = expected[way.id][2] - costs
                need = f"{'+' if moved > 0 else ''}{Money(moved)}"
                assert dict(way.needs) == ({"costs": need} if itemised and moved else {})
    assert tried > 20


def test_a_grant_of_nothing_balances_too():
    call = make_call()
    (finding,) = by_rule(judge(application_of("100.00", "1000.00", "1000.00"), call), "balance")
    assert [(way.id, str(way.figures["grant"])) for way in finding.exits] == [("own", "100.00"), ("grant", "0.00")]
    (finding,) = by_rule(judge(application_of("1000.00", "100.00", "1000.00"), call), "balance")
    assert [(way.id, str(way.figures["own"])) for way in finding.exits] == [("own", "0.00"), ("grant", "100.00")]


def test_funding_together_is_the_sum_of_all_sources():
    (finding,) = by_rule(judge(application_of("1.00", "2.00", "100.00", "4.00", "8.00"), make_call()), "balance")
    assert (finding.values["funding"], finding.values["gap"]) == ("15.00", "85.00")
    assert [str(line.amount) for line in finding.trace] == ["1.00", "2.00", "8.00", "4.00", "15.00", "100.00", "85.00"]
