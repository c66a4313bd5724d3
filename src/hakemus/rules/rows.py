"""What one cost row comes to: exact arithmetic on integers, rounded half up once per step that the contract names."""

from __future__ import annotations

from decimal import Decimal

from hakemus.domain.application import Line, Person
from hakemus.domain.figures import RowFigures
from hakemus.domain.money import Money

MILLION = 1_000_000
_FULL = 100 * MILLION


def micro(value: Decimal | None, missing: int = 0) -> int:
    """A decimal number as whole millionths; every stored form has at most six decimals."""
    return missing if value is None else int(value.scaleb(6))


def half_up_ratio(numerator: int, denominator: int) -> int:
    """A ratio rounded half up, away from zero at a half; the denominator is positive."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def line_product(line: Line) -> int | None:
    """Quantity x unit price in cents, or None where one is missing."""
    quantity, price = line.quantity, line.unit_price
    if quantity is None or price is None:
        return None
    return half_up_ratio(int(quantity.scaleb(6)) * price.cents, MILLION)


def person_cost(person: Person) -> int | None:
    """Pay, holiday pay and side costs for the months, in cents; None without months or monthly pay."""
    if person.months is None or person.monthly_pay is None:
        return None
    pay = person.monthly_pay.cents * micro(person.months) * micro(person.time_percent, _FULL)
    with_holiday = pay * (_FULL + micro(person.holiday_percent))
    with_side_costs = with_holiday * (_FULL + micro(person.side_cost_percent))
    return half_up_ratio(with_side_costs, MILLION * _FULL * _FULL * _FULL)


def pay_limit(person: Person, yearly_cap: Money) -> int:
    """The part of a yearly cap that falls to a person's months and working time, in cents."""
    share = micro(person.months) * micro(person.time_percent, _FULL)
    return max(0, half_up_ratio(yearly_cap.cents * share, MILLION * _FULL * 12))


def taxed(planned: int, percent: Decimal, included: bool, position: str | None) -> RowFigures:
    """A planned sum with VAT: net for who recovers it, gross for who bears it, as typed where that is not known.

    At -100 % and below there is no net sum behind a gross one: it stands as typed, and the percentage is a finding.
    """
    typed, rate = Money(planned), int(percent.scaleb(6))
    if _FULL + rate <= 0:
        return RowFigures(typed, typed, typed, typed, typed)
    if included:
        gross, net = typed, Money(half_up_ratio(planned * _FULL, _FULL + rate))
    else:
        gross, net = Money(half_up_ratio(planned * (_FULL + rate), _FULL)), typed
    counted = net if position == "recovers" else gross if position == "bears" else typed
    return RowFigures(typed, counted, counted, net, gross)
