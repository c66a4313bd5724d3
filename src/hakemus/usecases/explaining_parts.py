"""The costs parted another way: by calendar year and quarter, and by who pays and brings the money."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from hakemus.domain.application import Line, Person
from hakemus.domain.draft import any_value
from hakemus.domain.fields import word
from hakemus.domain.findings import TraceLine
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import ZERO, Money, split, total
from hakemus.usecases.checking import Check
from hakemus.usecases.explaining_rows import Lines

QUARTERS = (1, 2, 3, 4)
NOT_ITEMISED = msg("The costs are not itemised: the total is the sum of the sources of funding.")
Slot = tuple[int, int]
"""A year and a quarter; quarter 0 where only the year is known, year 0 where nothing is."""


def year_lines(check: Check) -> Lines:
    """Accepted costs by calendar year and, where rows have days, by quarter: the days of a row share its sum."""
    title = msg("Costs by year and quarter")
    if not check.totals.itemised:
        return Lines(title, (), (NOT_ITEMISED,))
    slots: dict[Slot, Money] = {}
    for row, accepted in _rows(check):
        for slot, part in _parted(row, accepted):
            slots[slot] = slots.get(slot, ZERO) + part
    lines: list[TraceLine] = []
    for year in sorted({year for year, _ in slots if year}):
        mine = {quarter: amount for (at, quarter), amount in sorted(slots.items()) if at == year}
        if set(mine) != {0}:
            for quarter, amount in mine.items():
                name = msg("{year}, quarter {quarter}", year=str(year), quarter=quarter)
                lines.append(TraceLine(name if quarter else msg("{year}, no days given", year=str(year)), amount))
        lines.append(TraceLine(msg("{name}", name=str(year)), total(mine.values()), result=True))
    if (0, 0) in slots:
        lines.append(TraceLine(msg("No year"), slots[0, 0]))
    lines.append(TraceLine(msg("Costs"), total(slots.values()), result=True))
    note = msg("A row with days is shared between the quarters by the number of its days, to the cent.")
    return Lines(title, tuple(lines), (note,))


def _rows(check: Check) -> Iterator[tuple[Line | Person, Money]]:
    budget, figures = check.draft.application.budget, check.figures
    for line in budget.lines:
        yield line, figures.lines[line.id].accepted
    for person in budget.people:
        yield person, figures.people[person.id].accepted


def _parted(row: Line | Person, amount: Money) -> Iterator[tuple[Slot, Money]]:
    if not amount:
        return
    first = row.starts_on if isinstance(row, Line) else None
    last = row.ends_on if isinstance(row, Line) else None
    if row.year:
        yield (row.year, _quarter(first) if first is not None and first.year == row.year else 0), amount
    elif first is None:
        yield (0, 0), amount
    elif last is None or last <= first:
        yield (first.year, _quarter(first)), amount
    else:
        days = dict(_days_of(first, last))
        yield from zip(days, split(amount, list(days.values())), strict=True)


def _quarter(day: datetime.date) -> int:
    return (day.month - 1) // 3 + 1


def _days_of(first: datetime.date, last: datetime.date) -> Iterator[tuple[Slot, int]]:
    """The quarters that a time touches, with how many of its days lie in each."""
    begins = first
    while begins <= last:
        quarter = _quarter(begins)
        year, month = (begins.year + 1, 1) if quarter == len(QUARTERS) else (begins.year, quarter * 3 + 1)
        ends = min(last, datetime.date(year, month, 1) - datetime.timedelta(days=1))
        yield (begins.year, quarter), (ends - begins).days + 1
        begins = ends + datetime.timedelta(days=1)


def payer_lines(check: Check) -> Lines:
    """For the applicant and each partner: the costs it pays, the money it brings, and what that leaves.

    The grant and what hangs on no partner are the applicant's.
    """
    application, totals = check.draft.application, check.totals
    title = msg("Costs and money by payer")
    if not totals.itemised:
        return Lines(title, (), (NOT_ITEMISED,))
    names = {row.id: row.name or "" for row in application.partners}
    costs = {payer: sums.accepted for payer, sums in check.figures.by_payer.items()}
    brought = _brought(check, names)
    lines: list[TraceLine] = []
    for payer in ("", *names):
        paid, own = costs.get(payer, ZERO), brought.get(payer, ZERO)
        if payer and not paid and not own:
            continue
        name = _name(names[payer]) if payer else msg("The applicant")
        lines.append(TraceLine(msg("{name}: costs that it pays", name=name), paid))
        if not payer:
            lines.append(TraceLine(msg("{name}: grant applied for", name=name), totals.grant))
            own = own - totals.grant
        lines.append(TraceLine(msg("{name}: money that it brings", name=name), own))
        left = paid - brought.get(payer, ZERO)
        lines.append(TraceLine(msg("{name}: left", name=name), left, result=True))
    lines.append(TraceLine(msg("Costs less all funding"), totals.gap, result=True))
    note = msg(
        "What one leaves uncovered, the grant and the others' money cover: it is passed on by written agreement."
    )
    return Lines(title, tuple(lines), (note,), path="partners")


def _brought(check: Check, names: dict[str, str]) -> dict[str, Money]:
    """Own and other funding and income by the partner that they are tied to."""
    funding, kinds = check.draft.application.funding, {"appropriation", *check.call.own.kinds}
    found = {"": funding.grant or ZERO}
    rows = [(row.partner, row.amount) for row in funding.own if (word(row.kind) or "appropriation") in kinds]
    rows += [(row.partner, row.amount) for row in funding.other if word(row.status) != "refused"]
    rows += [(None, row.amount) for row in funding.income]
    for partner, amount in rows:
        key = partner if partner in names else ""
        found[key or ""] = found.get(key or "", ZERO) + (amount or ZERO)
    return found


def _name(name: str) -> Message:
    return msg("{name}", name=name.strip()) if any_value(name) else msg("Unnamed")
