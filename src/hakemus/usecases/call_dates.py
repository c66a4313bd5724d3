"""The days of a call: in order, inside each other, in a zone that exists, and of the year that its id says."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from hakemus.domain.call import Call, moment_of
from hakemus.domain.messages import msg
from hakemus.usecases.errors import Problem
from hakemus.usecases.zones import is_known

_YEAR_IN_ID = re.compile(r"-(\d{4})$")


def date_problems(call: Call) -> Iterator[Problem]:
    """What is wrong with the days of a call."""
    yield from _window_problems(call)
    use = call.use_period
    if use.starts and use.ends and use.starts > use.ends:
        yield Problem("use_period", msg("The use period ends before it starts."))
    if call.window.closes and use.ends and moment_of(call.window.closes).date() > use.ends:
        yield Problem("use_period.ends", msg("The use period ends before the window closes."))


def _window_problems(call: Call) -> Iterator[Problem]:
    window = call.window
    if not is_known(window.zone):
        yield Problem(
            "window.zone",
            msg(
                'There is no time zone "{zone}"; a zone is a text such as "Europe/Helsinki".',
                zone=window.zone,
            ),
        )
    opens, closes = window.opens, window.closes
    if opens and closes and moment_of(opens) > moment_of(closes):
        yield Problem("window", msg("The window closes before it opens."))
    if window.always_open and (opens or closes):
        yield Problem("window.always_open", msg("A call that is always open has no opening and no closing day."))
    for number, day in enumerate(window.cutoffs):
        cutoff = _day(day)
        if cutoff is None:
            yield Problem(f"window.cutoffs[{number + 1}]", msg('A date is a text such as "{date}".', date="2026-05-02"))
        elif (opens and cutoff < moment_of(opens).date()) or (closes and cutoff > moment_of(closes).date()):
            yield Problem(f"window.cutoffs[{number + 1}]", msg("The cut-off day lies outside the window."))
    said = _YEAR_IN_ID.search(call.id)
    if said and opens and not opens.startswith(said[1]):
        yield Problem(
            "id", msg("The year in a call's id is the year in which its window opens, {year}.", year=opens[:4])
        )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
