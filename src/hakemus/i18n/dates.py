"""Dates as people type them and as they are written, one way in all languages. Knows no today."""

from __future__ import annotations

import datetime
import re

from hakemus.domain.findings import msg
from hakemus.i18n.refused import Refused

EARLIEST, LATEST = 1000, 2999

_SPACE = "[ \t\u00a0\u2007\u2009\u202f]*"
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}}){_SPACE}([./]){_SPACE}([0-9]{{1,2}}){_SPACE}\2{_SPACE}([0-9]{{2}}|[0-9]{{4}})", re.ASCII
)
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_NO_YEAR = re.compile(rf"[0-9]{{1,2}}{_SPACE}[./]{_SPACE}[0-9]{{1,2}}{_SPACE}[./]?", re.ASCII)


def parse_date(text: str) -> datetime.date | Refused:
    """A typed day: `2.5.2016`, `2.5.16` (this century), `2/5/2016` (the day first, as in Finland), `2016-05-02`."""
    bare = text.strip()
    if found := _DAY_FIRST.fullmatch(bare):
        day, _, month, year = found.groups()
        return _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    if found := _YEAR_FIRST.fullmatch(bare):
        year, month, day = found.groups()
        return _day(int(year), int(month), int(day))
    if _NO_YEAR.fullmatch(bare):
        return Refused(msg("The year is missing. Write the date as day.month.year, such as 2.5.2027."))
    return Refused(msg("This is not a date. Write it as day.month.year, such as 2.5.2027."))


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


def _day(year: int, month: int, day: int) -> datetime.date | Refused:
    if not EARLIEST <= year <= LATEST:
        return Refused(msg("The year must be between {earliest} and {latest}.", earliest=EARLIEST, latest=LATEST))
    if not 1 <= month <= 12:
        return Refused(msg("There are only twelve months. Write the day first, such as 2.5.2027."))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return Refused(msg("There is no such day in that month."))
