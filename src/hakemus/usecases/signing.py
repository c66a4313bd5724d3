"""Who signs and who may send: what has to be seen to before the last day, each with the day by which to begin.

Some of it the application says by itself; the rest is ticked. A tick is a comment (`signing[right]`) that is done:
comments stay in the draft. The numbers of days are this program's own and say so where they are shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from hakemus.domain.application import Application
from hakemus.domain.call import moment_of
from hakemus.domain.draft import Comment, Draft, any_value
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import Message, msg
from hakemus.domain.paths import with_value
from hakemus.usecases.checking import Check


@dataclass(frozen=True, slots=True)
class _Asked:
    """One point: its words, how many days before the closing it wants, and what in the application answers it."""

    id: str
    words: Message
    days: int
    told: Callable[[Application], bool] | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class SigningPoint:
    """One point as it stands. `path` leads to what answers it; without one it is ticked. `by`: begin at the latest."""

    id: str
    words: Message
    done: bool
    days: int
    path: str = ""
    by: datetime.date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """All points, those that want most time first, and the day on which the call closes."""

    points: tuple[SigningPoint, ...]
    closes: datetime.date | None

    @property
    def done(self) -> int:
        return sum(point.done for point in self.points)

    @property
    def next(self) -> SigningPoint | None:
        """What is to be seen to first."""
        return next((point for point in self.points if not point.done), None)


def _named(role: str) -> Callable[[Application], bool]:
    def told(application: Application) -> bool:
        return any(person.role == role and any_value(person.name) for person in application.applicant.contacts)

    return told


def _money_decided(application: Application) -> bool:
    own = [row for row in application.funding.own if row.amount is not None]
    return bool(own) and all(any_value(row.evidence) for row in own)


_POINTS = (
    _Asked(
        "money",
        msg("The decision on own funding is made, or its body and date are known."),
        35,
        _money_decided,
        "funding.own",
    ),
    _Asked("signatory", msg("It is agreed who signs."), 28, _named("signatory"), "applicant.contacts"),
    _Asked("right", msg("Whoever signs has the right to sign for the applicant."), 21),
    _Asked("deputy", msg("A deputy knows of the application."), 21, _named("deputy"), "applicant.contacts"),
    _Asked("mandate", msg("Whoever sends it can log in to the funder's service and has the mandate it asks for."), 14),
    _Asked("read", msg("Somebody who has not written it has read it through."), 7),
    _Asked("there", msg("Whoever signs, or the deputy, is at work on the last days."), 3),
)


def signing(check: Check, today: datetime.date) -> Signing:
    """How far the signature is prepared."""
    draft = check.draft
    window = check.call.window
    closes = moment_of(window.closes).date() if window.closes and not window.always_open else None
    ticked = {item.path for item in draft.comments if item.done}
    return Signing(tuple(_point(asked, draft, ticked, closes, today) for asked in _POINTS), closes)


def with_tick(draft: Draft, point: str, by: str, now: datetime.datetime, draw: Draw, *, on: bool) -> Draft:
    """The draft with a point ticked, or no longer."""
    path = _path(point)
    others = tuple(item for item in draft.comments if item.path != path)
    if not on:
        return with_value(draft, "comments", others)
    name = new_id({item.id for item in draft.comments}, draw)
    made = Comment(id=name, path=path, by=by or None, on=now.date().isoformat(), done=True)
    return with_value(draft, "comments", (*others, made))


def _path(point: str) -> str:
    return f"signing[{point}]"


def _point(
    asked: _Asked, draft: Draft, ticked: set[str | None], closes: datetime.date | None, today: datetime.date
) -> SigningPoint:
    done = asked.told(draft.application) if asked.told is not None else _path(asked.id) in ticked
    by = closes - datetime.timedelta(days=asked.days) if closes is not None else None
    late = not done and by is not None and by < today
    return SigningPoint(asked.id, asked.words, done, asked.days, asked.path, by, late)
