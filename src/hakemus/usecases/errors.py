"""What a person is told when something cannot be done: one sentence as data, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.messages import Message, msg


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was read, at its address."""

    path: str
    message: Message


class UserError(Exception):
    """Something that a person should be told: what happened, where, what to do. Nothing is lost by it."""

    def __init__(self, message: Message, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message.key)
        self.message = message
        self.problems = problems


class NotOurs(UserError):
    """The file is not one that this program makes."""


class Damaged(UserError):
    """The file is one of ours and broken."""


class NewerVersion(UserError):
    """The file was written by a newer program whose files this one cannot read."""


class NotWritten(UserError):
    """A file could not be written; what stood there before is whole."""


class ChangedMeanwhile(NotWritten):
    """The file on disk is not the one that was opened; nothing was overwritten."""


class NoLongerThere(ChangedMeanwhile):
    """The file that was opened has been deleted, moved or renamed; nothing lies in its place."""


class UnknownCall(UserError):
    """No call of that id is known."""


class NotReady(UserError):
    """A submission copy was asked of a draft that has errors or unreadable values."""


def internal(detail: str) -> UserError:
    """A fault of the program itself, said as one."""
    return UserError(msg("The program made a mistake ({detail}). Nothing was written.", detail=detail))
