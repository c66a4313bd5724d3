"""Findings as the views of the kit: the sum as a ledger, the ways out as a table to compare."""

from __future__ import annotations

from hakemus.domain.figures import Totals
from hakemus.domain.findings import Exit, Finding, Reference
from hakemus.domain.money import Money
from hakemus.i18n import amounts
from hakemus.i18n.amounts import MINUS
from hakemus.ui.desk import Desk
from hakemus.ui.widgets.exits_table import ExitFigure, ExitRow, ExitsView
from hakemus.ui.widgets.finding_card import FindingView
from hakemus.ui.widgets.sum_table import SumRow
from hakemus.usecases import rendering

MONEY_KINDS = ("grant-share", "own-share", "deficit", "balance")
"""Kinds of rule whose findings stand with their sum and ways out on the step Funding."""


def finding_view(desk: Desk, finding: Finding, totals: Totals | None = None) -> FindingView:
    """A finding with its sum and its ways out in words; `totals` of another draft than the one at hand."""
    level = finding.severity.value
    word = desk.level(finding.severity)
    reference = finding.reference
    return FindingView(
        level=level,
        title=desk.t("{level}: {sentence}", level=word, sentence=desk.say(finding.message)),
        source=source_words(desk, reference) if reference else "",
        source_name=desk.t("Show the terms of the call"),
        source_mark=source_mark(desk, reference) if reference else "",
        ledger_title=desk.t("How it was computed") if finding.trace else "",
        ledger=ledger(desk, finding),
        action=desk.t("Change the terms…")
        if not desk.read_only and finding.kind in ("grant-share", "own-share")
        else "",
        exits=exits_view(desk, finding, totals) if finding.exits else None,
    )


def source_words(desk: Desk, reference: Reference) -> str:
    """The paragraph or the paper, in short."""
    return reference.paragraph or reference.title or desk.t("Terms of the call")


def source_mark(desk: Desk, reference: Reference) -> str:
    """How sure it is, where the source does not state it: what is inferred, a model or a view of one's own."""
    marks = {"inferred": desk.t("inferred"), "analogy": desk.t("a model"), "own": desk.t("own view")}
    return f"({marks[reference.status]})" if reference.status in marks else ""


def ledger(desk: Desk, finding: Finding) -> tuple[SumRow, ...]:
    """The lines of the sum; the last result has the finding's colour."""
    last = max((at for at, line in enumerate(finding.trace) if line.result), default=-1)
    tone = {"error": "error", "warning": "warn"}.get(finding.severity.value, "")
    return tuple(
        SumRow(
            desk.say(line.label),
            rendering.figure_text(line.amount, desk.call.currency),
            line.result,
            tone if at == last else "",
        )
        for at, line in enumerate(finding.trace)
    )


def exits_view(desk: Desk, finding: Finding, totals: Totals | None = None) -> ExitsView:
    """Grant, own funding and costs after each way out, with what changes."""
    totals = totals or desk.session.check.totals
    now = {"grant": totals.grant, "own": totals.own, "costs": totals.costs}
    rows = tuple(_row(desk, way, now) for way in finding.exits)
    return ExitsView(
        title=desk.nt("One way to put it right", "{count} ways to put it right", len(rows)),
        heads=(desk.t("Grant"), desk.t("Own funding"), desk.t("Costs")),
        rows=rows,
        same=desk.t("same"),
    )


def _row(desk: Desk, way: Exit, now: dict[str, Money]) -> ExitRow:
    words = desk.say(way.label)
    figures = tuple(_figure(desk, way.figures.get(key, now[key]), now[key]) for key in ("grant", "own", "costs"))
    need = ""
    if "costs" in way.needs:
        delta = Money.reckoned(way.needs["costs"])
        size = Money(abs(delta.cents))
        need = (
            desk.t("The costs must rise by {sum} in the budget.", sum=size)
            if delta.cents > 0
            else desk.t("The costs must fall by {sum} in the budget.", sum=size)
        )
    use = "" if desk.read_only else desk.t("Use")
    return ExitRow(way.id, words, figures, use, desk.t("Use: {way}", way=words), need)


def _figure(desk: Desk, after: Money, before: Money) -> ExitFigure:
    currency = desk.call.currency
    figure = amounts.format_money_short(after, currency)
    if after == before:
        return ExitFigure(figure)
    delta = after - before
    sign = "+" if delta.cents > 0 else MINUS
    return ExitFigure(figure, sign + amounts.format_money_short(Money(abs(delta.cents)), currency))
