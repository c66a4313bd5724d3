"""Composes the program without a window: files, calls, catalogues, outputs. What is heavy is made when asked for."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from hakemus import __version__
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hakemus.adapters.resources.calls import CallFiles
    from hakemus.adapters.resources.index import CallIndex
    from hakemus.adapters.storage.recent import RecentDrafts
    from hakemus.i18n.catalog import Catalog
    from hakemus.report.model import Report
    from hakemus.usecases.attachment_faults import PaperLook
    from hakemus.usecases.exporting import Exporter
    from hakemus.usecases.files import Files, OpenFile
    from hakemus.usecases.imported import ImportedRecord
    from hakemus.usecases.package import Appendix, Packager
    from hakemus.usecases.reconcile import ForeignTable
    from hakemus.usecases.returned import ReturnedWorkbook

LANGUAGES = ("fi", "sv", "en")
LARGEST_PAGE = 2_000_000
"""Of a register page as text, in bytes: a page has a few thousand; something else would be read for minutes."""


class SystemClock:
    """The computer's clock; `HAKEMUS_TODAY` (YYYY-MM-DD) sets its day, for pictures and tests."""

    def __init__(self, today: datetime.date | None = None) -> None:
        given = os.environ.get("HAKEMUS_TODAY", "")
        self._today = today or (_day(given) if given else None)

    def today(self) -> datetime.date:
        return self._today or datetime.datetime.now().astimezone().date()

    def now(self) -> datetime.datetime:
        now = datetime.datetime.now().astimezone()
        return datetime.datetime.combine(self._today, now.timetz()) if self._today else now


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UserError(msg("HAKEMUS_TODAY is no day: {text}. A day is written YYYY-MM-DD.", text=text)) from None


class SystemChance:
    """Ids from the system's own source of chance."""

    def draw(self, below: int) -> int:
        import secrets  # with its hashes it costs a tenth of the first paint, which needs no id

        return secrets.randbelow(below)

    def document_id(self) -> str:
        import uuid

        return str(uuid.uuid4())


class Core:
    """One run of the program. `state` is the folder of what this computer remembers."""

    def __init__(self, today: datetime.date | None = None, state: Path | None = None, chance: Any = None) -> None:
        self._today = today
        self.chance = chance or SystemChance()
        self._state = state

    @cached_property
    def clock(self) -> SystemClock:
        return SystemClock(self._today)

    @cached_property
    def resources(self) -> Path:
        return resources_root()

    @cached_property
    def state(self) -> Path:
        """Where recoveries, earlier versions, recent drafts and settings live; `HAKEMUS_STATE` moves it."""
        if self._state is not None:
            return self._state
        given = os.environ.get("HAKEMUS_STATE")
        if given:
            return Path(given)
        import platformdirs

        try:
            return Path(platformdirs.user_data_dir("hakemus", appauthor=False, roaming=False))
        except RuntimeError:  # an account without a home: nothing is remembered, which a save says, and all else works
            return Path(os.devnull, "hakemus")

    @cached_property
    def own_calls(self) -> Path:
        """The folder of call files that the user has installed."""
        return self.state / "calls"

    @cached_property
    def calls(self) -> CallFiles:
        from hakemus.adapters.resources.calls import CallFiles

        return CallFiles(self.resources, self.own_calls)

    @cached_property
    def call_index(self) -> CallIndex:
        from hakemus.adapters.resources.index import CallIndex

        return CallIndex(self.resources, self.own_calls, self.state / "cache")

    @cached_property
    def recent(self) -> RecentDrafts:
        from hakemus.adapters.storage.recent import RecentDrafts

        return RecentDrafts(self.state / "recent.json")

    def catalog(self, language: str) -> Catalog:
        """The sentences of a language; an unknown language is English."""
        return _catalog(self.resources, language)

    @cached_property
    def files(self) -> Files:
        from hakemus.adapters.storage.drafts import DraftFiles
        from hakemus.adapters.storage.settings import SettingsFile
        from hakemus.adapters.storage.state import Content
        from hakemus.adapters.storage.versions import EarlierVersions
        from hakemus.usecases.files import Files

        versions = EarlierVersions(
            self.state / "versions",
            Content(self.state / "content"),
            self.clock.now,
            lambda: SettingsFile(self.state / "settings.json").read().name,
        )
        return Files(DraftFiles(versions), self.chance)

    @cached_property
    def exporter(self) -> Exporter:
        from hakemus.adapters.storage.drafts import ExportFiles
        from hakemus.usecases.exporting import Exporter

        writer, clock = ExportFiles(), self.clock
        return Exporter(self._pdf, _xlsx, _verify, writer, self.catalog, clock, self._lacking, _verify_paper)

    @cached_property
    def packager(self) -> Packager:
        from hakemus.usecases.package import Packager

        seen: dict[tuple[int, int], PaperLook] = {}

        def look(data: bytes) -> PaperLook:
            # the hash is kept with the bytes: the same file is looked at once, and not held by this table
            key = (len(data), hash(data))
            if key not in seen:
                from hakemus.adapters.pdf.merging import look_at  # its libraries take memory that few steps need

                seen[key] = look_at(data)
            return seen[key]

        return Packager(self.exporter, self._merged, look)

    def _merged(self, report: Report, made_on: datetime.date, inside: bytes, behind: Sequence[Appendix]) -> bytes:
        from hakemus.adapters.pdf.merging import PaperMerger

        return PaperMerger(self.resources / "fonts", f"hakemus {__version__}")(report, made_on, inside, behind)

    def _pdf(self, report: Report, made_on: datetime.date, inside: bytes) -> bytes:
        from hakemus.adapters.pdf.render import PdfRenderer

        return PdfRenderer(self.resources / "fonts", f"hakemus {__version__}")(report, made_on, inside)

    def _lacking(self, report: Report) -> tuple[str, ...]:
        from hakemus.adapters.pdf.render import PdfRenderer

        return PdfRenderer(self.resources / "fonts", "hakemus").missing_characters(report)

    def open_paper(self, pdf: bytes, path: str) -> OpenFile:
        """The application inside a paper, as a draft that has no file yet. `NotOurs` where there is none."""
        from hakemus.adapters.pdf.inside import carried
        from hakemus.adapters.storage import json_form
        from hakemus.domain.messages import msg
        from hakemus.usecases import calls, papers
        from hakemus.usecases.errors import NotOurs
        from hakemus.usecases.files import OpenFile

        try:
            data = carried(pdf)
            plain = json_form.parse(data) if data is not None else None
        except ValueError:
            plain = None
        if plain is None:
            raise NotOurs(msg("{path} does not carry an application made with this program.", path=path))
        document, notes = papers.document_from_paper(
            plain, lambda name: calls.definition_of(self.calls, name), self.chance.draw
        )
        return OpenFile(document, notes=notes)

    def read_record(self, data: bytes) -> ImportedRecord:
        """A page of the old project register, from a file's bytes. `UserError` where it is no page, or far too big."""
        from hakemus.adapters.records.register_page import decode_page, read_register_page

        if len(data) > LARGEST_PAGE:
            raise UserError(msg("The file is over {limit} MB.", limit=LARGEST_PAGE // 1_000_000))
        return read_register_page(decode_page(data), self.resources)

    def read_returned(self, data: bytes) -> ReturnedWorkbook:
        """A workbook that came back."""
        from hakemus.adapters.excel.back import read_returned

        return read_returned(data)

    def read_foreign(self, data: bytes, name: str) -> tuple[ForeignTable, ...]:
        """The sheets of a budget that somebody made in a form of their own."""
        from hakemus.adapters.excel.foreign import read_foreign

        return read_foreign(data, name)


def _xlsx(report: Report, made_on: datetime.date) -> bytes:
    from hakemus.adapters.excel.workbook import render_xlsx

    return render_xlsx(report, made_on)


def _verify(report: Report, data: bytes) -> list[str]:
    from hakemus.adapters.excel.reader import verify

    return verify(report, data)


def _verify_paper(report: Report, data: bytes) -> list[str]:
    from hakemus.adapters.pdf.verifying import verify

    return verify(report, data)


@lru_cache(maxsize=8)
def _catalog(root: Path, language: str) -> Catalog:
    from hakemus.adapters.resources.catalogues import read_messages
    from hakemus.i18n.catalog import Catalog

    known = language if language in LANGUAGES else "en"
    return Catalog(known, read_messages(root, known) if known != "en" else {})


def use_utf8() -> None:
    """Results in UTF-8 whatever the console's own letters are; where an output is closed, what is said goes nowhere."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _nowhere() -> TextIO:
    """Without it the next file that is opened would take the closed output's number, and get what is said."""
    return open(os.devnull, "w", encoding="utf-8")


def drop_output() -> None:
    """Let nothing more be written to standard output, so that the end of the program does not stumble over it."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
