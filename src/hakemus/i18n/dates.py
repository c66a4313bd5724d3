"""Dates as they are written, one way in all languages. Knows no today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

def format_date(day: datetime.date) -> str:
    """`2.5.2016`."""
    return f"{day.day}.{day.month}.{day.year}"


def format_day(day: datetime.date) -> str:
    """`30.10.`, where the year is plain."""
    return f"{day.day}.{day.month}."


def format_time(moment: datetime.time | datetime.datetime, *, seconds: bool = False) -> str:
    """`16.15`, or `16.15.07` where a minute is not close enough."""
    return f"{moment.hour}.{moment.minute:02d}" + (f".{moment.second:02d}" if seconds else "")


def format_period(start: datetime.date | None, end: datetime.date | None) -> str:
    """`2.5.2016\u201331.12.2017`; an open end stays open, one day stands alone, nothing is nothing."""
    if start == end:
        return format_date(start) if start else ""
    return f"{format_date(start) if start else ''}\u2013{format_date(end) if end else ''}"
