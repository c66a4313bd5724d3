"""The meter's figures from a check: costs, sources, share against its limit, and the time that is left."""

from __future__ import annotations

from decimal import Decimal

from hakemus.domain.call import Call
from hakemus.domain.money import Money
from hakemus.i18n import amounts
from hakemus.ui.desk import Desk
from hakemus.ui.widgets.meter import MeterCell, MeterShare, MeterView
from hakemus.usecases.deadline import Deadline, deadline_of
from hakemus.usecases.zones import local


def meter_view(desk: Desk) -> MeterView:
    """Everything the meter shows."""
    totals = desk.session.check.totals
    currency = desk.call.currency
    t = desk.t

    def money(amount: Money) -> str:
        return amounts.format_money_short(amount, currency)

    figures = (
        ("costs", MeterCell(t("Costs"), money(totals.costs), t("Costs"))),
        ("grant", MeterCell(t("Grant applied for"), money(totals.grant), t("Grant"))),
        ("own", MeterCell(t("Own funding"), money(totals.own), t("Own"))),
        ("other", MeterCell(t("Other funding"), money(totals.other + totals.income), t("Other"))),
    )
    return MeterView(figures, _share(desk), _distance(desk), _time(desk))


def _limit_percent(call: Call) -> tuple[Decimal | None, bool]:
    """The percentage of the share rule, and whether it is one of own funding."""
    for rule in call.rules:
        if rule.kind in ("grant-share", "own-share") and rule.parameters.get("percent") is not None:
            return Decimal(str(rule.parameters["percent"])), rule.kind == "own-share"
    return None, False


def _share(desk: Desk) -> MeterShare | None:
    totals = desk.session.check.totals
    if totals.share_percent is None:
        return None
    percent, own = _limit_percent(desk.call)
    cap = None if percent is None else 100 - percent if own else percent
    words = desk.t("Share of the grant")
    short = desk.t("Share")
    if cap is not None:
        words = desk.t("Share of the grant, at most {percent}", percent=amounts.format_percent(cap))
        short = desk.t("Share, at most {percent}", percent=amounts.format_percent(cap))
    ratio = float(Decimal(totals.share_percent) / 100)  # drawing only
    return MeterShare(
        words,
        amounts.format_shown(totals.share_percent),
        short,
        ratio,
        None if cap is None else float(cap / 100),
        desk.t("Share"),
    )


def _distance(desk: Desk) -> MeterCell | None:
    totals = desk.session.check.totals
    currency = desk.call.currency
    if totals.cap is None or not totals.grant:
        return None
    if totals.over_cap:
        words = amounts.format_money_short(totals.over_cap, currency)
        return MeterCell(desk.t("Above the highest grant"), words, desk.t("Too much"), "error")
    left = amounts.format_money_short(totals.cap - totals.grant, currency)
    return MeterCell(desk.t("Below the highest grant"), left, desk.t("Below"), "done")


def _time(desk: Desk) -> MeterCell | None:
    call = desk.call
    if call.window.always_open:
        return MeterCell(desk.t("The call is always open"), desk.t("no closing day"), icon="clock")
    now = local(desk.session.now(), call.window.zone)
    found: Deadline | None = deadline_of(call, now)
    if found is None:
        return None
    when = desk.words.moment(found.closes, year=found.closes.year != now.year)
    if found.over:
        return MeterCell(desk.t("The call closed"), when, desk.t("Closed"), icon="clock")
    if found.days >= 2:
        left = desk.nt("{count} day left", "{count} days left", found.days)
    elif found.hours:
        left = desk.nt("{count} hour left", "{count} hours left", found.hours)
    else:
        left = desk.t("less than an hour left")
    return MeterCell(desk.t("Closes {moment}", moment=when), left, when, icon="clock")
