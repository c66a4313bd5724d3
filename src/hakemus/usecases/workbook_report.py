"""What a workbook is told beside the form: the limits of the call that it watches by itself, and the findings."""

from __future__ import annotations

from dataclasses import replace

from hakemus.domain.messages import msg
from hakemus.domain.money import ZERO
from hakemus.i18n.amounts import format_money, format_percent, format_shown
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.marking import N_
from hakemus.report.model import Column, Copy, Label, Limit, MoneyCell, Report, Row, ShownCell, Table, TextCell
from hakemus.report.review import Line, Waiting
from hakemus.rules.limits import share_limits, unit_of
from hakemus.usecases.checking import Check
from hakemus.usecases.reviewing import entries_of, waiting_of

BASES = {
    "total_costs": msg("of the total costs"),
    "costs_less_income": msg("of the costs less income"),
    "costs_less_income_and_other": msg("of the costs less income and other funding"),
}


def with_watch(report: Report, judged: Check, catalog: Catalog) -> Report:
    """The report of a workbook with the call's limits; the applicant's own draft also has the findings."""
    if report.workbook is None:
        return report
    findings = findings_table(judged, catalog) if report.copy is Copy.DRAFT else None
    return replace(report, workbook=replace(report.workbook, limits=limits_of(judged, catalog), findings=findings))


def limits_of(judged: Check, catalog: Catalog) -> tuple[Limit, ...]:
    """The limits of the call in words, with the numbers that they are reckoned from."""
    call, t = judged.call, catalog.text
    found = []
    for limit in share_limits(call):
        if limit.percent is None:
            words = t("Own funding is at least {sum}", sum=format_money(limit.least or ZERO, call.currency))
        else:
            msgid = N_("Own funding is at least {percent} {base}")
            if limit.kind == "grant-share":
                msgid = N_("The grant is at most {percent} {base}")
            words = t(msgid, percent=format_percent(limit.percent), base=catalog.render(BASES[limit.base_kind]))
        found.append(Limit(limit.kind, words, limit.percent, limit.base_kind, unit_of(call), limit.least))
    kinds = {rule.kind for rule in call.rules}
    uncovered = Limit("deficit", t("The grant is at most what is not covered otherwise"))
    found += [uncovered for kind in sorted(kinds) if kind == "deficit"]
    for kind, words, amount in (
        ("largest", N_("The grant is at most {sum}"), call.grant.largest),
        ("smallest", N_("The grant is at least {sum}"), call.grant.smallest),
    ):
        if "grant-limit" in kinds and amount is not None:
            found.append(Limit(kind, t(words, sum=format_money(amount, call.currency)), least=amount))
    return tuple(found)


def findings_table(judged: Check, catalog: Catalog) -> Table:
    """Every finding with its place, its arithmetic and its source, and typed text that is no value."""
    t = catalog.text
    heads = (
        ("level", t("Level"), 12),
        ("place", t("Where"), 30),
        ("sentence", t("Finding"), 52),
        ("lines", t("How it was computed"), 46),
        ("source", t("Source"), 40),
    )
    levels = {"error": t("Error"), "warning": t("Warning"), "note": t("Note")}
    rows = [
        Row(
            (
                TextCell(levels[entry.level], strong=entry.level == "error"),
                TextCell(entry.place),
                TextCell(entry.sentence),
                TextCell("\n".join(line_words(line, judged.call.currency) for line in entry.lines)),
                TextCell(entry.source),
            ),
            note=t("Marked as read: {mark}", mark=entry.mark) if entry.mark else "",
        )
        for entry in entries_of(judged, catalog)
    ]
    rows += [
        Row((TextCell(t("Error"), strong=True), TextCell(item.place), TextCell(_waiting(item)), *_NOTHING))
        for item in waiting_of(judged, catalog)
    ]
    columns = tuple(Column(key, Label(words), weight=weight) for key, words, weight in heads)
    return Table("findings", Label(t("Findings")), columns, tuple(rows), empty=t("Nothing was found."))


_NOTHING = (TextCell(""), TextCell(""))


def _waiting(item: Waiting) -> str:
    return f"{item.text}: {item.reason}"


def line_words(line: Line, currency: str) -> str:
    """A line of arithmetic in words."""
    if isinstance(line.cell, MoneyCell):
        return f"{line.words}: {format_money(line.cell.amount, currency)}"
    if isinstance(line.cell, ShownCell):
        return f"{line.words}: {format_shown(line.cell.text)}"
    return line.words
