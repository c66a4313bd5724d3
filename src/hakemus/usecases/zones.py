"""The present moment where a funder's clock hangs."""

from __future__ import annotations

import datetime
from functools import lru_cache


def local(now: datetime.datetime, zone: str) -> datetime.datetime:
    """A moment as the local time of a zone, without its zone; as it is where no such zone is known."""
    there = _zone(zone)
    return (now.astimezone(there) if there is not None and now.tzinfo is not None else now).replace(tzinfo=None)


def is_known(zone: str) -> bool:
    """Whether there is a zone of that name."""
    return _zone(zone) is not None


@lru_cache(maxsize=64)
def _zone(name: str) -> datetime.tzinfo | None:
    import zoneinfo  # reads a file for each zone; who asks for none does not wait for it

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
