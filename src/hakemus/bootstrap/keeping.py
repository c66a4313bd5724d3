"""What is kept of drafts on this computer, for the window: stores of the disk joined with documents."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hakemus.adapters.storage import container, durable, json_form, migrations, names, processes, reading, salvage, sync
from hakemus.adapters.storage.failures import removal_failure
from hakemus.adapters.storage.limits import MINOR
from hakemus.adapters.storage.lock import OpenLock
from hakemus.adapters.storage.remembered import Remembered as Store
from hakemus.domain.messages import msg
from hakemus.usecases import calls, drafts, rescuing
from hakemus.usecases.errors import UserError
from hakemus.usecases.files import OpenFile
from hakemus.usecases.keeping import Holder, KeptRecovery, KeptVersion, Remembered

if TYPE_CHECKING:
    from hakemus.adapters.storage.recovery import Recovery
    from hakemus.adapters.storage.remembered import RememberedDraft
    from hakemus.adapters.storage.versions import Version
    from hakemus.bootstrap.core import Core
    from hakemus.domain.draft import Document
    from hakemus.domain.messages import Message
    from hakemus.usecases.start_cards import RecentDraft


class Mark:
    """The lock beside one open file. One that this very process left is its own."""

    def __init__(self, core: Core, path: str) -> None:
        target = durable.resolve(Path(path))
        self._lock = OpenLock(target, core.clock.now, synchronised=sync.is_synchronised(target.parent))
        self._zone = core.clock.now().tzinfo

    def take(self, who: str, *, anyway: bool = False) -> Holder | None:
        _, holder = self._lock.look()
        own = holder is not None and (holder.computer_tag, holder.process) == (processes.computer_tag(), os.getpid())
        taken, holder = self._lock.take(who, anyway=anyway or own)
        if taken or holder is None:
            return None
        return Holder(holder.who, holder.computer, holder.since.astimezone(self._zone))

    def beat(self) -> None:
        self._lock.beat()

    def release(self) -> None:
        self._lock.release()


class LocalKeeping:
    """The state folder and the neighbours of drafts."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._store = Store(core.state, core.clock.now)
        self._place = str(core.state)
        self._versions: dict[str, Version] = {}

    def versions(self, document_id: str, path: str) -> list[KeptVersion]:
        return [self._version(item) for item in self._store.versions.entries(document_id, durable.resolve(Path(path)))]

    def versions_at(self, path: str) -> list[KeptVersion]:
        place = durable.resolve(Path(path))
        return [self._version(item) for item in self._store.versions.all() if item.path == place]

    def _version(self, item: Version) -> KeptVersion:
        self._versions[item.name] = item
        at = item.kept_at.astimezone(self._core.clock.now().tzinfo)
        return KeptVersion(item.name, item.draft_id, str(item.path), at, item.size, item.title, item.revision, item.by)

    def open_version(self, version: KeptVersion) -> OpenFile:
        data = self._store.versions.read(self._versions[version.key])
        if data is None:
            raise UserError(
                msg(
                    "This version cannot be read any more: it, or an attachment of it, is gone. Choose another version."
                )
            )
        parts = container.unpack(data)
        migrated = migrations.migrate(parts.document)
        newer = migrated.came_from[1] > MINOR
        document, notes = drafts.from_plain(migrated.document, drafts.repeated_draw(), newer)
        return OpenFile(
            document, attachments=parts.attachments, extra_members=parts.extra_members, notes=notes, newer_minor=newer
        )

    def mark(self, path: str) -> Mark:
        return Mark(self._core, path)

    def name_problem(self, path: str) -> Message | None:
        return names.name_problem(Path(path).name)

    def conflict_copies(self, path: str) -> list[str]:
        return [str(found) for found in sync.conflict_copies(Path(path), processes.computer())]

    def other_copies(self, path: str) -> list[tuple[str, bool]]:
        near = [found for found in sync.doubtful_copies(Path(path)) if str(found) not in self.conflict_copies(path)]
        own = _content_of(Path(path)) if near else None
        if own is None:
            return []
        others = ((str(found), _content_of(found)) for found in near)
        return [(name, other[1] != own[1]) for name, other in others if other is not None and other[0] == own[0]]

    def rescue(self, path: str) -> tuple[OpenFile, bool] | None:
        """What can be shown of a damaged file; never bound to its path."""
        try:
            found = salvage.rescue(reading.read_whole(Path(path)))
            if found is None:
                return None
            core = self._core
            document, notes = rescuing.readable(
                found.document,
                lambda call_id: self._definition(call_id or self._call_before(path)),
                core.chance.document_id,
                core.chance.draw,
            )
        except UserError:
            return None
        return OpenFile(document, attachments=found.attachments, notes=notes), found.complete and not notes

    def _call_before(self, path: str) -> str:
        """The call that the file was for when it was last saved here, where this computer has it; else empty."""
        for version in self.versions_at(path):
            try:
                call = self.open_version(version).document.draft.call.id
            except UserError:
                continue
            return call if call in self._core.calls.ids() else ""
        return ""

    def _definition(self, call_id: str) -> dict[str, Any]:
        library = self._core.calls
        return calls.definition_of(library, call_id or library.ids()[0])

    def document_bytes(self, document: Document) -> bytes:
        return json_form.dump(drafts.to_plain(document))

    def parse_document(self, data: bytes) -> Document:
        try:
            plain = json_form.parse(data)
        except json_form.Unreadable as unreadable:
            raise UserError(unreadable.message) from None
        migrated = migrations.migrate(plain)
        return drafts.from_plain(migrated.document, drafts.repeated_draw(), migrated.came_from[1] > MINOR)[0]

    def remembered(self) -> list[Remembered]:
        self._drafts = {item.draft_id: item for item in self._store.drafts()}
        zone = self._core.clock.now().tzinfo
        return [
            Remembered(
                item.draft_id,
                item.title,
                str(item.path) if item.path is not None else None,
                item.latest.astimezone(zone),
                item.size,
                tuple(self._recovery(entry) for entry in item.recoveries),
                tuple(self._version(entry) for entry in item.versions),
            )
            for item in self._drafts.values()
        ]

    def _recovery(self, item: Recovery) -> KeptRecovery:
        return KeptRecovery(
            item.slot,
            item.draft_id,
            item.title,
            str(item.path) if item.path is not None else None,
            item.written_at.astimezone(self._core.clock.now().tzinfo),
            item.size,
            item.in_use,
        )

    def forget(self, draft: Remembered) -> None:
        self._guarded(lambda: self._store.forget(self._drafts[draft.document_id]))

    def listed(self) -> list[RecentDraft]:
        kept = {os.path.normcase(place) for item in self._store.drafts() for place in _places(item)}
        return [entry for entry in self._store.recent.entries() if os.path.normcase(entry.path) not in kept]

    def forget_listed(self, path: str) -> None:
        self._store.recent.forget(path)
        self._store.tidy()

    def tidy(self) -> None:
        """Let go of what nothing refers to any more: the files of copies that a save has made needless."""
        self._store.tidy()

    def forget_version(self, version: KeptVersion) -> None:
        self._guarded(lambda: self._store.versions.forget([self._versions[version.key]]))
        self._store.tidy()

    def forget_recovery(self, recovery: KeptRecovery) -> None:
        self._guarded(lambda: self._store.recovery.forget(recovery.slot))
        self._store.tidy()

    def _guarded(self, act: Any) -> None:
        try:
            act()
        except OSError as error:
            raise removal_failure(error, self._place) from error


def _places(draft: RememberedDraft) -> list[str]:
    """Where a draft lies or lay, as the list of recent ones has it: forgetting it takes it off the list."""
    found = [*(entry.path for entry in draft.recoveries), *(entry.path for entry in draft.versions)]
    return [str(path) for path in found if path is not None]


def _content_of(path: Path) -> tuple[str, bytes] | None:
    """Id and document of a draft; None for what is no sound one."""
    try:
        parts = container.unpack(reading.read_whole(path))
    except UserError:
        return None
    return str(parts.document.get("id")), parts.document_bytes
