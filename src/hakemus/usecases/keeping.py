"""What is kept of drafts beside their files: earlier versions, recoveries, marks of who has one open. Knows no disk."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hakemus.domain.draft import Document
    from hakemus.domain.messages import Message
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.start_cards import RecentDraft


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """What a file held before a save. `key` names it in the store; `size` is the whole file's, in bytes.

    `by` is the name that whoever saved it on this computer had typed; empty where none is known.
    """

    key: str
    document_id: str
    path: str
    kept_at: datetime.datetime
    size: int
    title: str
    revision: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class KeptRecovery:
    """What was being written in one window. `in_use`: that window is open."""

    slot: str
    document_id: str
    title: str
    path: str | None
    written: datetime.datetime
    size: int
    in_use: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that this computer remembers of one draft; `size` in bytes."""

    document_id: str
    title: str
    path: str | None
    latest: datetime.datetime
    size: int
    recoveries: tuple[KeptRecovery, ...]
    versions: tuple[KeptVersion, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open: the name they typed ("" for none), on which computer, since when."""

    who: str
    computer: str
    since: datetime.datetime


class OpenMark(Protocol):
    """The courtesy beside a file that says who has it open; where none can be written there is none. Never fails."""

    def take(self, who: str, *, anyway: bool = False) -> Holder | None:
        """Put it there; who holds the file already, else None."""
        ...

    def beat(self) -> None: ...

    def release(self) -> None: ...


class Keeping(Protocol):
    """The store of what is kept. Raises `UserError`s only."""

    def versions(self, document_id: str, path: str) -> Sequence[KeptVersion]:
        """Earlier versions of a draft at a place, the newest first."""
        ...

    def versions_at(self, path: str) -> Sequence[KeptVersion]:
        """Earlier versions of whatever lay at a place, the newest first: what lies there now may be unreadable."""
        ...

    def open_version(self, version: KeptVersion) -> OpenFile:
        """An earlier version as a document without a place."""
        ...

    def mark(self, path: str) -> OpenMark: ...

    def name_problem(self, path: str) -> Message | None:
        """Why some computer, or a synchronising program, would not take the name of a file; None where all do."""
        ...

    def conflict_copies(self, path: str) -> Sequence[str]:
        """Files beside a draft that a synchronising program seems to have made of a conflict."""
        ...

    def other_copies(self, path: str) -> Sequence[tuple[str, bool]]:
        """Files beside a draft that hold the same application, under a name as of a conflict; whether it differs."""
        ...

    def rescue(self, path: str) -> tuple[OpenFile, bool] | None:
        """What can be read of a damaged file, as a document without a place, and whether it is all; else None."""
        ...

    def document_bytes(self, document: Document) -> bytes:
        """The document as its file would hold it."""
        ...

    def parse_document(self, data: bytes) -> Document:
        """The document of such bytes. Raises `UserError`."""
        ...

    def remembered(self) -> Sequence[Remembered]:
        """Every draft of which something is kept, the latest first."""
        ...

    def forget(self, draft: Remembered) -> None:
        """All that is kept of a draft; its file stays."""
        ...

    def listed(self) -> Sequence[RecentDraft]:
        """Applications in the start page's list of which nothing else is kept."""
        ...

    def forget_listed(self, path: str) -> None:
        """Take an application off that list; its file stays."""
        ...

    def forget_version(self, version: KeptVersion) -> None: ...

    def forget_recovery(self, recovery: KeptRecovery) -> None: ...
