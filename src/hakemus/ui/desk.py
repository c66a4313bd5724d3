"""What a page may use: the session's bridge, the program's words, and the wishes it can tell the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from hakemus.domain.call import Call
from hakemus.domain.draft import Document
from hakemus.domain.findings import Exit, Finding, Severity
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import Money
from hakemus.i18n.catalog import Catalog
from hakemus.report.model import Copy, Report
from hakemus.ui.bridge import Bridge
from hakemus.usecases import rendering
from hakemus.usecases.attachment_faults import AttachmentFault
from hakemus.usecases.banks import Bank
from hakemus.usecases.library_profile import Profile
from hakemus.usecases.presets import IndicatorPreset
from hakemus.usecases.session import Session


class Wishes(QObject):
    """What pages and panels ask of the window, without knowing it."""

    go = Signal(str)
    """Open the step of an address, or a step itself (`step:budget`), and focus the field."""
    focused = Signal(str)
    """The field at this address has focus: help follows."""
    command = Signal(str)
    """A command of the menus: `save`, `export_pdf`, `terms`, …"""
    status = Signal(str)


class Pages(Protocol):
    """A paper that can be looked at page by page."""

    count: int

    def image(self, index: int, width: int) -> tuple[int, int, bytes]:
        """Width, height and RGBA bytes of a page at about a width in pixels."""
        ...

    def found(self, index: int, words: str) -> Sequence[tuple[float, float, float, float]]:
        """Where words stand on a page: left, top, width and height as parts of the page's width and height."""
        ...


def _nothing(*_asked: object) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the window can make of an application: its tree, its paper."""

    report: Callable[[Document, Copy, str], Report]
    pdf: Callable[[Document, Copy, str, str], bytes]
    open_pages: Callable[[bytes], Pages]
    lacking: Callable[[Document, Copy, str, str], Sequence[str]] = _nothing
    """The characters that a paper cannot show."""
    faults: Callable[[Document], Sequence[AttachmentFault]] = _nothing
    """What is wrong with the attachments as files."""


def no_suggestions(_path: str, _language: str) -> Sequence[str]:
    return ()


def no_presets(_language: str) -> Sequence[IndicatorPreset]:
    return ()


def no_bank(_account: str | None) -> Bank | None:
    return None


@dataclass(frozen=True)
class Desk:
    """One open application in one window."""

    bridge: Bridge
    words: Catalog
    outputs: Outputs
    suggestions: Callable[[str, str], Sequence[str]] = no_suggestions
    """What official lists suggest for a field, in a language."""
    presets: Callable[[str], Sequence[IndicatorPreset]] = no_presets
    """Indicators that libraries often use, in a language."""
    profiles: Callable[[], Sequence[Profile]] = _nothing
    """The libraries whose data this computer keeps."""
    bank_of: Callable[[str | None], Bank | None] = no_bank
    """The bank that an account number names by itself."""
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def session(self) -> Session:
        return self.bridge.session

    @property
    def read_only(self) -> bool:
        """Whether the application is shown to be read: then nothing that would change it is offered."""
        return self.session.read_only

    def document(self) -> Document:
        """The document as it stands, with what is not yet saved."""
        held = self.session.document
        return Document(
            id=held.id, revision=held.revision, draft=self.session.draft, snapshots=held.snapshots, unknown=held.unknown
        )

    @property
    def call(self) -> Call:
        return self.session.call

    def t(self, msgid: str, /, **values: object) -> str:
        """A sentence in the program's language."""
        return self.words.text(msgid, **values)

    def nt(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        return self.words.plural(singular, plural, count, **values)

    def say(self, message: Message) -> str:
        """A message in the program's language, with the call's own names."""
        return rendering.message(message, self.words, self.call)

    def field_name(self, path: str) -> str:
        return rendering.field_name(path, self.words, self.call)

    def level(self, severity: Severity) -> str:
        """A severity as a word: Error, Warning, Note."""
        return {
            Severity.ERROR: self.t("Error"),
            Severity.WARNING: self.t("Warning"),
            Severity.NOTE: self.t("Note"),
        }[severity]

    def use_exit(self, way: Exit) -> None:
        """One way out as one undoable step; where costs have to move, it leads to the budget."""
        self.session.apply(way.changes, msg("applying: {way}", way=way.label))
        if "costs" not in way.needs:
            self.wishes.status.emit(self.t("Done: {way}. Undo takes it back.", way=self.say(way.label)))
            return
        delta = Money.reckoned(way.needs["costs"])
        size = Money(abs(delta.cents))
        self.wishes.status.emit(
            self.t("The costs must still rise by {sum}. Choose the rows in the budget.", sum=size)
            if delta.cents > 0
            else self.t("The costs must still fall by {sum}. Choose the rows in the budget.", sum=size)
        )
        self.wishes.go.emit("budget.lines")

    def where(self, finding: Finding) -> str:
        """`Funding › Grant applied for`: the place of a finding in words."""
        return place(self, finding.paths[0]) if finding.paths else ""


def place(desk: Desk, path: str) -> str:
    """A field's place in words: step and name."""
    from hakemus.i18n.field_names import STEP_NAMES

    step = desk.call.step_of(path)
    name = desk.field_name(path)
    title = desk.t(STEP_NAMES[step])
    return title if name == title else f"{title} › {name}"
