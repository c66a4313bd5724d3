"""Values of a call that a person may set otherwise from the call notice in hand: which, how they are shown and read."""

from __future__ import annotations

import datetime
import re

from hakemus.domain.call import Call, moment_of
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import ZERO, Money, parse_decimal
from hakemus.i18n.amounts import format_money, typed_decimal
from hakemus.i18n.dates import format_date, format_time
from hakemus.i18n.parsing import parse_date, parse_money, parse_percent
from hakemus.i18n.refused import Refused
from hakemus.usecases.calls import value_at

_SHARES = ("grant-share", "own-share")
_DATES = ("use_period.starts", "use_period.ends")
_MOMENTS = ("window.opens", "window.closes")
_SUMS = ("unit", "grant.smallest", "grant.largest", "pay_cap.amount", "report.return_limit")
_CLOCK = re.compile(r"^(?P<day>\S+)(?:\s+\D*(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2}))?$")
_UNITS = (("0.01", msg("in cents")), ("1.00", msg("in whole units of the currency")))
_BASE_NAMES = (
    ("total_costs", msg("of the total costs")),
    ("costs_less_income", msg("of the costs less income")),
    ("costs_less_income_and_other", msg("of the costs less income and other funding")),
)

_NAMES = {
    "edition": msg("Edition of the call"),
    "rules.grant-share.percent": msg("Highest share of the grant, %"),
    "rules.own-share.percent": msg("Least share of own funding, %"),
    "rules.own-share-guide.percent": msg("Least share of own funding by the guide, %"),
    "window.opens": msg("Applications are taken from"),
    "window.closes": msg("Applications are taken until"),
    "use_period.starts": msg("Use period begins"),
    "use_period.ends": msg("Use period ends"),
    "unit": msg("Unit of sums"),
    "share.base": msg("What the share is counted from"),
}


def places(call: Call) -> tuple[str, ...]:
    """Addresses worth asking for: percentages of share rules, what the call wants checked, days it does not know."""
    found = [
        f"rules.{rule.id}.percent"
        for rule in call.rules
        if rule.kind in _SHARES and rule.parameters.get("percent") is not None
    ]
    found += call.confirm
    if not call.window.always_open and not call.window.closes:
        found.append("window.closes")
    if not call.use_period.ends and not call.use_period.rule:
        found += _DATES
    return tuple(dict.fromkeys(found))


def choices(at: str) -> tuple[tuple[str, Message], ...]:
    """The values to choose among at an address, with their names; none where a value is typed."""
    if at == "unit":
        return _UNITS
    if at == "share.base" or at.endswith(".base"):
        return _BASE_NAMES
    return ()


def name(at: str) -> Message:
    """What the value at an address is called; the address itself where it has no name."""
    return _NAMES.get(at) or msg("{name}", name=at)


def shown(call: Call, at: str) -> str:
    """The value in force as a person would type it; of a choice, its stored form; nothing where there is none."""
    value = value_at(call, at)
    if value is None or choices(at):
        return value or ""
    if at.endswith(".percent"):
        return typed_decimal(parse_decimal(value))
    if at in _SUMS or at.endswith((".least", ".threshold")):
        return format_money(Money.parse(value), call.currency, symbol=False)
    if at in _DATES:
        return format_date(datetime.date.fromisoformat(value))
    if at in _MOMENTS:
        moment = moment_of(value)
        return format_date(moment) + (f" {format_time(moment)}" if len(value) > len("2026-11-30") else "")
    return value


def read(call: Call, at: str, text: str) -> str | Refused | None:
    """A typed value in its stored form, None for an empty text, or the reason why it is no value of this kind."""
    bare = text.strip()
    if not bare:
        return None
    names = [name for name, _ in choices(at)]
    if names:
        return bare if bare in names else Refused(msg("Choose one of the values."))
    if at.endswith(".percent"):
        return _percent(bare)
    if at in _SUMS or at.endswith((".least", ".threshold")):
        amount = parse_money(bare, call.currency)
        if isinstance(amount, Refused):
            return amount
        return Refused(msg("A limit is never below zero.")) if amount < ZERO else str(amount)
    if at in _DATES:
        day = parse_date(bare)
        return day if isinstance(day, Refused) else day.isoformat()
    if at in _MOMENTS:
        return _moment(bare)
    return bare


def _percent(text: str) -> str | Refused:
    percent = parse_percent(text)
    if isinstance(percent, Refused):
        return percent
    if not 0 < percent <= 100:
        return Refused(msg("A percentage lies above 0 and at most at 100."))
    return format(percent, "f")


def _moment(text: str) -> str | Refused:
    """`8.11.2026 16.15`, `8.11.2026 klo 16:15`, or a bare day, which is taken whole."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return Refused(msg("Write the day and the time, such as 30.11.2027 16.15."))
    day = parse_date(found["day"])
    if isinstance(day, Refused):
        return day
    if found["hour"] is None:
        return day.isoformat()
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 23 or minute > 59:
        return Refused(msg("Write the day and the time, such as 30.11.2027 16.15."))
    return f"{day.isoformat()}T{hour:02}:{minute:02}"
