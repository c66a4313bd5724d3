"""The promise of every way out, as functions that tests and the long campaign share.

Applied, a way without needs leaves no finding of its rule; one with needs does so once the need is met by the budget.
Neither touches cost rows, income, other funding or texts.
"""

from __future__ import annotations

import random

from rule_calls import TODAY, application_of, grant_share, make_call, make_draft, own_share

from hakemus.domain.application import Application
from hakemus.domain.call import BASES, Call
from hakemus.domain.findings import Exit
from hakemus.domain.money import Money
from hakemus.domain.paths import get_value, with_value
from hakemus.rules.engine import evaluate
from hakemus.rules.facts import gather

MONEY_RULES = ("grant-share", "own-share", "deficit", "balance", "grant-limit")
PERCENTS = ("1", "7", "20", "33.333333", "40", "50", "66.67", "75", "80", "82.5", "90", "99")


def after(application: Application, way: Exit) -> Application:
    """The application with a way's changes applied and its need met in the first cost row."""
    for path, value in way.changes.items():
        assert path == "funding.grant" or path.startswith("funding.own["), path
        application = with_value(application, path, value)
    need = way.needs.get("costs")
    if need:
        row = get_value(application, "budget.lines[c1].amount")
        application = with_value(application, "budget.lines[c1].amount", row + Money.parse(need.removeprefix("+")))
    return application


def assert_exits_hold(application: Application, call: Call) -> tuple[int, int]:
    """Tries every way out of every money finding; gives the numbers of findings and of ways."""
    broken = tried = 0
    itemised = gather(application, call).totals.itemised
    for finding in evaluate(make_draft(application), call, TODAY):
        if finding.rule not in MONEY_RULES:
            continue
        broken += 1
        for way in finding.exits:
            tried += 1
            assert itemised or not way.needs, (finding.rule, way)
            cured = after(application, way)
            left = [other for other in evaluate(make_draft(cured), call, TODAY) if other.rule == finding.rule]
            assert not left, (application.stored(), call.rules, call.unit, finding.rule, way, left)
            assert cured.funding.income == application.funding.income
            assert cured.funding.other == application.funding.other
            totals = gather(cured, call).totals
            assert totals.grant == way.figures["grant"], (application.stored(), way)
            assert totals.own == way.figures["own"], (application.stored(), way)
            assert totals.costs == way.figures["costs"], (application.stored(), way)
    return broken, tried


def random_call(chance: random.Random) -> Call:
    rule = chance.choice((grant_share, own_share))(chance.choice(PERCENTS))
    limits: dict[str, str] = {}
    if chance.random() < 0.2:
        limits["largest"] = f"{chance.randrange(500, 9000)}.00"
    if chance.random() < 0.2:
        limits["smallest"] = f"{chance.randrange(1, 900)}.00"
    return make_call(
        rules=[rule], share={"base": chance.choice(BASES)}, unit=chance.choice(("0.01", "1.00", "1.00")), grant=limits
    )


def random_sum(chance: random.Random, top: int, whole: bool) -> str | None:
    if chance.random() < 0.25:
        return None
    cents = chance.randrange(top * 100)
    return str(Money(cents - cents % 100 if whole else cents))


def random_application(chance: random.Random, whole: bool) -> Application:
    costs = None if chance.random() < 0.35 else str(Money(chance.randrange(1, 15_000) * 100 + (0 if whole else 37)))
    return application_of(
        random_sum(chance, 12_000, whole),
        random_sum(chance, 4_000, whole),
        costs,
        random_sum(chance, 1_500, whole),
        random_sum(chance, 2_500, whole),
    )


def campaign(breaches: int, seed: int) -> tuple[int, int]:
    """Random applications under random calls until so many rules were broken; gives the breaches and the ways tried."""
    chance = random.Random(seed)
    calls = [random_call(chance) for _ in range(60)]
    broken = tried = 0
    while broken < breaches:
        application = random_application(chance, whole=chance.random() < 0.6)
        more, ways = assert_exits_hold(application, chance.choice(calls))
        broken, tried = broken + more, tried + ways
    return broken, tried
