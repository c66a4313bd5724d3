"""The total that an imported page states, against the sum of its sources. The importer keeps it as `stated_total`."""

from __future__ import annotations

from collections.abc import Iterator

from hakemus.domain.findings import Finding, TraceLine
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.rules.kinds import Case, money_values

STATED = "stated_total"


def imported_total(case: Case) -> Iterator[Finding]:
    """A stated total of 0, or one that differs from income + other funding + own funding + grant."""
    totals = case.facts.totals
    sources = totals.income + totals.other + totals.own + totals.own_not_counted + totals.grant
    for source in case.draft.sources:
        stated = _stated(source.kind, (source.model_extra or {}).get(STATED))
        if stated is None or (stated and stated == sources):
            continue
        yield case.finding(
            ("budget.lines",),
            msg(
                "The imported page states a total of {stated}, its sources add up to {sum}.", stated=stated, sum=sources
            ),
            values=money_values(asked=stated, limit=sources),
            trace=(
                TraceLine(msg("Total on the imported page"), stated),
                TraceLine(msg("Funding together"), sources),
            ),
            seen=(source.id,),
        )


def _stated(kind: str | None, text: object) -> Money | None:
    if kind != "register" or not isinstance(text, str):
        return None
    try:
        return Money.parse(text)
    except ValueError:
        return None
