"""How long a call is still open, in the call's own local time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from hakemus.domain.call import Call, moment_of


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next closing moment, and whole days and hours to it."""

    closes: datetime.datetime
    days: int
    hours: int
    over: bool


def deadline_of(call: Call, now: datetime.datetime) -> Deadline | None:
    """The next cut-off or the closing moment; None where the call names none. `now` is in the call's zone."""
    moments = [moment_of(text) for text in (*call.window.cutoffs, call.window.closes) if text]
    moments = [_end_of_day(moment) for moment in moments]
    if not moments:
        return None
    coming = sorted(moment for moment in moments if moment >= now)
    closes = coming[0] if coming else max(moments)
    left = closes - now
    return Deadline(closes, left.days, int(left.total_seconds() // 3600), over=closes < now)


def _end_of_day(moment: datetime.datetime) -> datetime.datetime:
    """A closing day without a clock time lasts to its last minute."""
    return moment.replace(hour=23, minute=59) if moment.time() == datetime.time() else moment
