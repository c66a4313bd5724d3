"""The draft: the frozen whole that a session edits, and the document that a file holds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, StrictBool, StrictInt, StrictStr

from hakemus.domain.application import Application
from hakemus.domain.decision import Decision, Report
from hakemus.domain.fields import Date, Id, Kind, Strings, Text, TextMap, Tree, row_list
from hakemus.domain.frozen import FrozenDict, freeze

Frozen = Annotated[FrozenDict, BeforeValidator(freeze)]
"""An object of a file as it stands there, in a form that cannot be changed."""


class CallReference(Tree):
    """Which call, in which edition, and the whole of its definition, so that the file opens anywhere."""

    id: StrictStr
    edition: StrictStr = ""
    definition: Frozen = FrozenDict()


class Term(Tree):
    """A value of the call that the user has set otherwise, from the call notice in hand."""

    at: StrictStr
    value: StrictStr
    note: Text = None
    on: Date = None


class Acknowledgement(Tree):
    """A warning or note marked as read; `seen` is the hash of what was read."""

    rule: StrictStr
    paths: Strings = ()
    reason: Text = None
    by: Text = None
    on: Date = None
    seen: Text = None


class Comment(Tree):
    id: Id
    path: Text = None
    text: Text = None
    by: Text = None
    on: Text = None
    done: StrictBool | None = None


class Secret(Tree):
    """What no public copy shows: a field or a row, or where `passage` stands, that passage of a field's text.

    `ground` is a paragraph of the act on openness as `24.1.20`, or the user's own words.
    """

    id: Id
    path: StrictStr
    passage: Text = None
    ground: Text = None
    note: Text = None
    on: Date = None


class Source(Tree):
    """A paper that an application was made from, whole as it was read."""

    id: Id
    kind: Text = None
    title: Text = None
    text: Text = None
    unplaced: Strings = ()


class Submission(Tree):
    register_number: Text = None
    submitted_on: Date = None
    note: Text = None
    receipt: Text = None


class Snapshot(Tree):
    """A kept state of the document: `document` and `pdf` name members of the file by hash."""

    id: Id
    label: Text = None
    kind: Text = None
    taken_at: Text = None
    revision: StrictInt | None = None
    document: Text = None
    pdf: Text = None


class Draft(Tree):
    """All that the user has said; history, dirty, recovery and undo are about this."""

    call: CallReference
    language: StrictStr = "fi"
    application: Annotated[Application, Kind.PART] = Application()
    pending: TextMap = FrozenDict()
    terms: Annotated[tuple[Term, ...], row_list[0], Kind.ROWS] = ()
    acknowledged: Annotated[tuple[Acknowledgement, ...], row_list[0], Kind.ROWS] = ()
    comments: Annotated[tuple[Comment, ...], *row_list] = ()
    secrets: Annotated[tuple[Secret, ...], *row_list] = ()
    decision: Annotated[Decision, Kind.PART] = Decision()
    report: Annotated[Report, Kind.PART] = Report()
    sources: Annotated[tuple[Source, ...], *row_list] = ()
    submission: Annotated[Submission, Kind.PART] = Submission()


class Document(Tree):
    """A draft with what belongs to its file: identity, revision, kept states, unknown parts."""

    id: StrictStr
    revision: StrictInt = 0
    draft: Draft
    snapshots: Annotated[tuple[Snapshot, ...], *row_list] = ()
    unknown: Frozen = FrozenDict()
    """Top-level keys of a newer minor version, kept through every save."""


OWN_PARTS = ("decision", "report", "submission")
"""First names of addresses that lie beside the application in the draft."""


def draft_path(path: str) -> str:
    """An address as it is from the draft's root: application fields get their prefix."""
    head = path.split(".", 1)[0].split("[", 1)[0]
    return path if head in OWN_PARTS else f"application.{path}"


def any_value(value: Any) -> bool:
    """Whether something stands in a field: a blank text counts as nothing."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ((), {})


def person_category(named: str | None) -> str:
    """The cost category of a person's pay: `personnel` where none is named."""
    return named if named is not None and any_value(named) else "personnel"
