"""Days in order, inside the use period, and the call's window. `today` comes from outside; only the window asks it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from hakemus.domain.call import Call, moment_of
from hakemus.domain.findings import Finding
from hakemus.domain.messages import msg
from hakemus.rules.kinds import Case

LAST_MONTH, LAST_DAY = 12, 31


def use_period_of(call: Call) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of the use period as far as the call fixes them.

    `end_of_next_calendar_year`: the end of the calendar year after the granting year, which is the year after that in
    which the window opens (instructions of the library development grants, 2011-2018).
    """
    period = call.use_period
    ends = period.ends
    if ends is None and period.rule and call.window.opens:
        ends = datetime.date(moment_of(call.window.opens).year + 2, LAST_MONTH, LAST_DAY)
    return period.starts, ends


def order(case: Case) -> Iterator[Finding]:
    yield from case.of_faults(case.facts.plan.reversed_dates, msg("The end is before the start."))


def use_period(case: Case) -> Iterator[Finding]:
    first, last = use_period_of(case.call)
    starts_on, ends_on = case.value("project.starts_on"), case.value("project.ends_on")
    outside = []
    for path, day in (("project.starts_on", starts_on), ("project.ends_on", ends_on)):
        if day is not None and ((first is not None and day < first) or (last is not None and day > last)):
            outside.append(path)
    if not outside:
        return
    if first is not None and last is not None:
        message = msg("The project is outside the use period {first}–{last}.", first=first, last=last)
    elif last is not None:
        message = msg("The project is outside the use period, which ends on {last}.", last=last)
    else:
        message = msg("The project is outside the use period, which begins on {first}.", first=first)
    yield case.finding(outside, message, cited=case.call.use_period.reference)


def window(case: Case) -> Iterator[Finding]:
    """The call is open on the day; a submitted application is judged by its own day."""
    limits = case.call.window
    day = case.value("submission.submitted_on") or case.today
    opens = moment_of(limits.opens).date() if limits.opens else None
    closes = moment_of(limits.closes).date() if limits.closes else None
    if limits.always_open:
        return
    if closes is not None and day > closes:
        message = msg("The call closed on {closes}.", closes=closes)
    elif opens is not None and day < opens:
        message = msg("The call opens on {opens}.", opens=opens)
    else:
        return
    yield case.finding(("submission.submitted_on",), message, cited=limits.reference)


def line_time(case: Case) -> Iterator[Finding]:
    """Days of cost lines outside the project's, and people with more months of pay than the project has."""
    yield from case.of_faults(case.facts.off_time, msg("A cost falls outside the time of the project."))
    faults = case.facts.off_months
    if faults:
        paths = (*(fault.path for fault in faults), "project.starts_on", "project.ends_on")
        yield case.finding(paths, msg("A person has more months than the project lasts."))
