"""The edges that use cases need: what files, clocks, chance, printers and outputs must be able to do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from hakemus.domain.messages import Message
    from hakemus.i18n.catalog import Catalog
    from hakemus.report.model import Report


class Clock(Protocol):
    """Where today and now come from."""

    def today(self) -> datetime.date: ...

    def now(self) -> datetime.datetime:
        """The present moment with its zone."""
        ...


class Chance(Protocol):
    """Where ids come from."""

    def draw(self, below: int) -> int: ...

    def document_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A file as it was read. `seen` is the hash of its bytes; a save compares it with what stands there then."""

    path: str
    plain: dict[str, Any]
    seen: str
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    extra_members: Mapping[str, bytes] = field(default_factory=dict)
    newer_minor: bool = False
    migrated_from: int | None = None


class DraftStore(Protocol):
    """Durable files of drafts. Raises `UserError`s only."""

    notes: tuple[Message, ...]
    """What the last save has to say beside its result: that the content before could not be kept, for one."""

    def load(self, path: str) -> StoredDocument: ...

    def save(
        self,
        path: str,
        plain: Mapping[str, Any],
        attachments: Mapping[str, bytes],
        extra_members: Mapping[str, bytes],
        seen: str | None,
    ) -> str:
        """Write, verify, replace; the new hash. `seen` None: nothing may stand there that was not agreed to."""
        ...

    def exists(self, path: str) -> bool: ...

    def keep_original(self, path: str) -> None:
        """Keep what a file holds among its earlier versions for good."""
        ...

    def seen_now(self, path: str) -> str | None:
        """The hash of what stands there now, None for nothing: what a person agrees to replace."""
        ...


class FileWriter(Protocol):
    """Durable writing of exports."""

    def write(self, path: str, data: bytes) -> None: ...

    def write_folder(self, path: str, files: Mapping[str, bytes]) -> None:
        """A new folder of files, whole or not at all."""
        ...


class CallLibrary(Protocol):
    """The call files that this computer has, as plain data."""

    def ids(self) -> Sequence[str]: ...

    def plain(self, call_id: str) -> dict[str, Any] | None:
        """The whole definition of a call, resolved, or None."""
        ...


RenderReport = Callable[["Report", datetime.date], bytes]
"""A renderer of the report tree: the same report and day give the same bytes."""

RenderPaper = Callable[["Report", datetime.date, bytes], bytes]
"""A renderer of paper, which carries the application inside where bytes of it are given."""

CatalogOf = Callable[[str], "Catalog"]
"""The catalogue of a language."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is printed and under which name it stands in the queue."""

    title: str
    pdf: bytes


class Printer(Protocol):
    def print(self, job: PrintJob) -> bool:
        """Ask the person and print the very pages; False when they changed their mind."""
        ...
