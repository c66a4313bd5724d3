"""What the window's commands are carried out with. Composed elsewhere; the window knows only these shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from hakemus.i18n.catalog import Catalog
from hakemus.ui.start_view import ExampleCard
from hakemus.usecases.ports import Chance, Clock, Printer
from hakemus.usecases.settings import SettingsStore
from hakemus.usecases.start_cards import CallCard, RecentDraft

if TYPE_CHECKING:
    from hakemus.domain.draft import Document
    from hakemus.ui.desk import Pages
    from hakemus.usecases.banks import Bank
    from hakemus.usecases.exporting import Exporter
    from hakemus.usecases.files import Files, OpenFile
    from hakemus.usecases.guide import GuidePage
    from hakemus.usecases.imported import ImportedRecord
    from hakemus.usecases.keeping import Keeping
    from hakemus.usecases.key_card import KeyCard
    from hakemus.usecases.library_profile import Profiles
    from hakemus.usecases.own_budget import KnownForms
    from hakemus.usecases.package import Packager
    from hakemus.usecases.presets import IndicatorPreset
    from hakemus.usecases.reconcile import ReadForeign
    from hakemus.usecases.returned import ReadReturned


class RecentList(Protocol):
    """Drafts that were open lately."""

    def entries(self) -> list[RecentDraft]: ...

    def note(self, entry: RecentDraft) -> None: ...

    def forget(self, path: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Offered:
    """A recovery copy that may be opened: of which draft, from when, over which file, and where somebody was in it."""

    slot: str
    title: str
    path: str | None
    written: Any
    place: str


class Recoveries(Protocol):
    """Local copies of what is being written; never applied by themselves."""

    def keep(self, slot: str, opened: OpenFile, document: Document, place: str = "") -> None: ...

    def offered(self) -> Sequence[Offered]: ...

    def open(self, slot: str) -> OpenFile: ...

    def supersede(self, slot: str) -> None: ...

    def forget(self, slot: str) -> None: ...


@dataclass(frozen=True)
class Services:
    """Made by the composition root; what is heavy is behind a function."""

    clock: Clock
    chance: Chance
    settings: SettingsStore
    recent: RecentList
    catalog_of: Callable[[str], Catalog]
    call_cards: Callable[[], Sequence[CallCard]]
    examples: Callable[[], Sequence[ExampleCard]]
    files: Callable[[], Files]
    exporter: Callable[[], Exporter]
    packager: Callable[[], Packager]
    definition_of: Callable[[str], dict[str, Any]]
    read_example: Callable[[str], Document]
    read_record: Callable[[bytes], ImportedRecord]
    import_record: Callable[[ImportedRecord, str | None], Document]
    read_returned: ReadReturned
    read_foreign: ReadForeign
    budget_forms: KnownForms
    profiles: Profiles
    read_bytes: Callable[[str], bytes]
    suggestions: Callable[[str, str], Sequence[str]]
    presets: Callable[[str], Sequence[IndicatorPreset]]
    bank_of: Callable[[str | None], Bank | None]
    open_pages: Callable[[bytes], Pages]
    open_paper: Callable[[bytes, str], OpenFile]
    printer: Printer
    show_outside: Callable[[bytes, str], None]
    """Shows a file by its name in the program that the computer opens it with. `UserError` where there is none."""
    recoveries: Callable[[], Recoveries]
    keeping: Callable[[], Keeping]
    apply_look: Callable[[str, int], None]
    guide: Callable[[str], Sequence[GuidePage]]
    guide_pdf: Callable[[str], bytes]
    """The whole guide as a paper, by the language of its reader."""
    keys_pdf: Callable[[KeyCard], bytes]
