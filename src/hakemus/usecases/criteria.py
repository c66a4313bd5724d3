"""The call's selection criteria beside the fields that answer them, and what the applicants think of their answers.

An estimate is a comment at the criterion's place (`criteria[novelty]`): the grade, then a reason. Comments stay in the
draft; no paper and no file that leaves it has them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from hakemus.domain.application import Application
from hakemus.domain.call import Criterion
from hakemus.domain.draft import Comment, Draft, any_value
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.paths import with_value
from hakemus.i18n.catalog import Catalog
from hakemus.rules.addresses import expand
from hakemus.usecases.checking import Check

GRADES = (0, 1, 2, 3)
"""From not answered to fully answered; the scale is this program's own, not a funder's."""
MOST = GRADES[-1]


@dataclass(frozen=True, slots=True)
class Answering:
    """A field that answers a criterion: `count` is its words, or a table's rows, 0 for nothing."""

    path: str
    count: int
    is_table: bool

    @property
    def filled(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """A criterion, what answers it, and the own estimate; None where nobody has judged."""

    criterion: Criterion
    answers: tuple[Answering, ...]
    grade: int | None = None
    reason: str = ""

    @property
    def filled(self) -> int:
        return sum(answer.filled for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All criteria of the call."""

    criteria: tuple[JudgedCriterion, ...]

    @property
    def points(self) -> int:
        return sum(item.grade or 0 for item in self.criteria)

    @property
    def most(self) -> int:
        return MOST * len(self.criteria)

    @property
    def unjudged(self) -> int:
        return sum(item.grade is None for item in self.criteria)

    @property
    def weakest(self) -> tuple[JudgedCriterion, ...]:
        """Those at the lowest grade below the highest, where the work is worth most."""
        grades = [item.grade for item in self.criteria if item.grade is not None and item.grade < MOST]
        return tuple(item for item in self.criteria if grades and item.grade == min(grades))


def coverage(check: Check) -> Coverage:
    """How the draft answers the criteria of its call."""
    draft = check.draft
    return Coverage(tuple(_judged(draft, item) for item in check.call.criteria))


def coverage_words(now: Coverage, catalog: Catalog) -> str:
    """The whole in a sentence or three."""
    fields = sum(len(item.answers) for item in now.criteria)
    filled = sum(item.filled for item in now.criteria)
    said = [catalog.text("{filled} of {fields} answering fields are filled in.", filled=filled, fields=fields)]
    if now.unjudged < len(now.criteria):
        said.append(catalog.text("Own estimate {points} of {most}.", points=now.points, most=now.most))
    if now.unjudged:
        said.append(
            catalog.plural("{count} criterion is not judged yet.", "{count} criteria are not judged yet.", now.unjudged)
        )
    return " ".join(said)


def with_estimate(
    draft: Draft,
    criterion: str,
    grade: int | None,
    reason: str,
    by: str,
    now: datetime.datetime,
    draw: Draw,
) -> Draft:
    """The draft with this person's estimate in the place of the one before; None and no reason take it away."""
    path = _path(criterion)
    others = tuple(item for item in draft.comments if item.path != path)
    if grade is None and not reason.strip():
        return with_value(draft, "comments", others)
    text = " ".join(part for part in ("" if grade is None else str(grade), reason.strip()) if part)
    made = Comment(
        id=new_id({item.id for item in draft.comments}, draw),
        path=path,
        text=text,
        by=by or None,
        on=now.date().isoformat(),
    )
    return with_value(draft, "comments", (*others, made))


def _path(criterion: str) -> str:
    return f"criteria[{criterion}]"


def _judged(draft: Draft, item: Criterion) -> JudgedCriterion:
    grade, reason = _estimate(draft.comments, _path(item.id))
    answers = tuple(_answering(draft.application, address) for address in item.fields)
    return JudgedCriterion(item, answers, grade, reason)


def _answering(application: Application, address: str) -> Answering:
    found = [value for _path, value in expand(application, address)]
    rows = found[0] if len(found) == 1 and isinstance(found[0], tuple) else None
    if rows is not None:
        return Answering(address, len(rows), is_table=True)
    return Answering(address, sum(len(str(value).split()) for value in found if any_value(value)), is_table=False)


def _estimate(comments: Sequence[Comment], path: str) -> tuple[int | None, str]:
    """The grade and the reason of the last comment there."""
    text = next((item.text or "" for item in reversed(comments) if item.path == path), "")
    first, _, rest = text.partition(" ")
    if first in {str(grade) for grade in GRADES}:
        return int(first), rest
    return None, text
