"""The grant against its percentage of the base, and own funding against its percentage or its least sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hakemus.domain.findings import Finding, TraceLine
from hakemus.domain.messages import Message, Shown, msg
from hakemus.domain.money import ZERO, Money
from hakemus.rules import exits, percentages
from hakemus.rules.exits import Asked, Way
from hakemus.rules.kinds import Case, money_values
from hakemus.rules.limits import ShareLimit, share_limit

READS = ("share.", "unit", "own.", "grant.", "categories", "pay_cap")


def grant_is_within(sums: Asked, limit: ShareLimit) -> bool:
    """grant x 100 <= percent x base, exact."""
    return limit.allows(sums.grant, sums.base(limit.base_kind))


def own_is_enough(sums: Asked, limit: ShareLimit) -> bool:
    """own >= percent of the base, rounded up to the unit of the call; or own >= the least sum."""
    return sums.own >= limit.least_own(sums.base(limit.base_kind), sums.unit)


def _speaks(case: Case) -> bool:
    """Without itemised costs a share says something only once the grant stands beside another source."""
    totals = case.facts.totals
    if totals.itemised:
        return True
    return totals.grant > ZERO and (totals.own > ZERO or totals.other > ZERO or totals.income > ZERO)


def grant_share(case: Case) -> Iterator[Finding]:
    limit = share_limit(case.call, case.rule)
    asked = exits.asked_of(case.facts, case.call)
    if limit is None or not _speaks(case) or grant_is_within(asked, limit):
        return
    base = asked.base(limit.base_kind)
    highest = limit.highest_grant(base, asked.uncovered, asked.unit)
    over = asked.grant - highest
    percent = limit.percent or Fraction(0)
    allowed = Shown(format(percent, "f"))
    if base:
        exact = Fraction(asked.grant.cents * 100, base.cents)
        share = Shown(percentages.at_most(exact, Fraction(percent), broken=True))
        message = msg(
            "The grant is {over} above its highest share: {share} is asked, at most {percent} is allowed.",
            over=over,
            share=share,
            percent=allowed,
        )
    else:
        message = msg(
            "The grant is {over} above its highest share: there are no costs that it could be a part of.", over=over
        )
    trace = (
        *base_trace(asked, limit.base_kind),
        TraceLine(msg("× highest share"), allowed),
        TraceLine(rounded_down(asked.unit), highest, result=True),
        TraceLine(msg("Grant asked"), asked.grant),
        TraceLine(msg("Too much"), over, result=True),
    )
    yield case.finding(
        ("funding.grant", *_own_paths(case), *_cost_paths(case)),
        message,
        values=money_values(asked=asked.grant, limit=highest, over=over, base=base, own=asked.own, costs=asked.costs),
        trace=trace,
        exits=exits.as_exits(
            exits.grant_share_ways(asked, limit),
            asked,
            case.facts,
            lambda sums: grant_is_within(sums, limit),
            grant_share_label,
        ),
        cited=case.call.share.reference,
    )


def own_share(case: Case) -> Iterator[Finding]:
    limit = share_limit(case.call, case.rule)
    asked = exits.asked_of(case.facts, case.call)
    if limit is None or not _speaks(case) or own_is_enough(asked, limit):
        return
    base = asked.base(limit.base_kind)
    least = limit.least_own(base, asked.unit)
    missing = least - asked.own
    if limit.percent is None or not base:
        message = msg(
            "Own funding is too small: at least {limit} is expected, {own} is given.", limit=least, own=asked.own
        )
        trace: tuple[TraceLine, ...] = (TraceLine(msg("Own funding at least"), least),)
    else:
        wanted = Shown(format(limit.percent, "f"))
        message = _own_message(asked, base, missing, limit, wanted)
        trace = (
            *base_trace(asked, limit.base_kind),
            TraceLine(msg("× least own share"), wanted),
            TraceLine(rounded_up(asked.unit), least, result=True),
        )
    trace += (
        TraceLine(msg("Own funding"), asked.own),
        TraceLine(msg("Missing"), missing, result=True),
    )
    yield case.finding(
        ("funding.grant", *_own_paths(case), *_cost_paths(case)),
        message,
        values=money_values(
            asked=asked.own, limit=least, over=missing, missing=missing, base=base, grant=asked.grant, costs=asked.costs
        ),
        trace=trace,
        exits=exits.as_exits(
            exits.own_share_ways(asked, limit),
            asked,
            case.facts,
            lambda sums: own_is_enough(sums, limit),
            own_share_label,
        ),
        cited=case.call.share.reference,
    )


def _own_message(asked: Asked, base: Money, missing: Money, limit: ShareLimit, wanted: Shown) -> Message:
    exact = Fraction(asked.own.cents * 100, base.cents)
    share = Shown(percentages.at_least(exact, Fraction(limit.percent or 0), broken=True))
    return msg(
        "Own funding is {missing} short of its least share: {share} is given, at least {percent} is needed.",
        missing=missing,
        share=share,
        percent=wanted,
    )


def base_trace(asked: Asked, base_kind: str) -> tuple[TraceLine, ...]:
    """How the base of a percentage comes from the costs."""
    lines = [TraceLine(msg("Costs"), asked.costs)]
    if base_kind != "total_costs":
        lines.append(TraceLine(msg("− income"), asked.income))
    if base_kind == "costs_less_income_and_other":
        lines.append(TraceLine(msg("− other funding"), asked.other))
    if len(lines) > 1:
        lines.append(TraceLine(msg("Base of the share"), asked.base(base_kind), result=True))
    return tuple(lines)


def rounded_down(unit: Money) -> Message:
    """The name of a highest grant, with what it is rounded to where that is more than a cent."""
    if unit.cents == 1:
        return msg("Grant at most")
    return msg("Grant at most, rounded down to {unit}", unit=unit)


def rounded_up(unit: Money) -> Message:
    """The name of a least own funding, with what it is rounded to where that is more than a cent."""
    if unit.cents == 1:
        return msg("Own funding at least")
    return msg("Own funding at least, rounded up to {unit}", unit=unit)


def _own_paths(case: Case) -> tuple[str, ...]:
    first = case.facts.first_appropriation
    return (first[0],) if first else ("funding.own",)


def _cost_paths(case: Case) -> tuple[str, ...]:
    return ("budget.lines",) if case.facts.totals.itemised else ()


def grant_share_label(way: Way) -> Message:
    if way.id == "costs":
        return msg("Lower the grant")
    if way.id == "own":
        return msg("Cut costs")
    return msg("Add own funding")


def own_share_label(way: Way) -> Message:
    if way.id == "costs":
        return msg("Raise own funding, keep the costs")
    if way.id == "own":
        return msg("Cut costs")
    return msg("Raise own funding, keep the grant")
