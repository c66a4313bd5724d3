"""Recovery copies for the window: documents in and out of the local store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hakemus.adapters.storage import json_form, migrations
from hakemus.adapters.storage.container import version_of
from hakemus.adapters.storage.failures import save_failure
from hakemus.adapters.storage.limits import MAJOR, MINOR
from hakemus.adapters.storage.recovery import RecoveryCopies
from hakemus.adapters.storage.state import Content
from hakemus.domain.messages import msg
from hakemus.ui.services import Offered
from hakemus.usecases import calls, drafts, rescuing
from hakemus.usecases.errors import Damaged, NotOurs, Problem, UserError
from hakemus.usecases.files import OpenFile, held_attachments

if TYPE_CHECKING:
    from hakemus.adapters.storage.recovery import Recovered, Recovery
    from hakemus.bootstrap.core import Core
    from hakemus.domain.draft import Document
    from hakemus.usecases.ports import StoredDocument


class LocalRecoveries:
    """Copies in the state folder of this computer."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._copies = RecoveryCopies(core.state / "recovery", Content(core.state / "content"), core.clock.now)

    def keep(self, slot: str, opened: OpenFile, document: Document, place: str = "") -> None:
        """Write what stands now, and the field or step that is open."""
        plain = drafts.to_plain(document)
        try:
            self._copies.write(
                slot,
                draft_id=document.id,
                path=Path(opened.path) if opened.path else None,
                document=json_form.dump(plain),
                title=document.draft.application.project.title or "",
                base=opened.seen or "",
                place=place,
                attachments=held_attachments(opened, document),
                extra_members=opened.extra_members,
            )
        except OSError as error:
            raise save_failure(error, str(self._core.state)) from error

    def offered(self) -> list[Offered]:
        return [
            Offered(
                item.slot,
                item.title,
                str(item.path) if item.path else None,
                item.written_at.astimezone(self._core.clock.now().tzinfo),
                item.place,
            )
            for item in self._copies.offered()
        ]

    def open(self, slot: str) -> OpenFile:
        """The copy laid over its file, as unsaved changes; of a damaged one what can be read, which its notes say."""
        found = self._copies.load(slot)
        entry = next((item for item in self._copies.entries() if item.slot == slot), None)
        unreadable = msg("The recovery copy cannot be read. If the application has been saved, open its file.")
        if found is None or entry is None:
            raise UserError(unreadable)
        plain, newer = found.document, False
        version = version_of(plain)
        if version is not None:  # a torn copy may have lost where it says so
            plain = migrations.migrate(plain).document
            newer = version > (MAJOR, MINOR)
        attachments, extra_members = found.attachments, found.extra_members
        base: StoredDocument | None = None
        try:
            if not found.whole and entry.path is not None:
                raise Damaged(unreadable)  # what it lost its file may still have
            document, notes = drafts.from_plain(plain, drafts.repeated_draw(), newer)
        except (Damaged, NotOurs):
            base = self._file_of(entry)
            if base is not None:
                attachments = {**base.attachments, **attachments}
                extra_members = {**base.extra_members, **extra_members}
                newer = newer or base.newer_minor
            document, notes = self._rescued(plain, entry, base)
        return OpenFile(
            document,
            str(entry.path) if entry.path else None,
            entry.base or None,
            attachments,
            extra_members,
            (*_told(found, with_file=base is not None), *notes),
            newer,
        )

    def _file_of(self, entry: Recovery) -> StoredDocument | None:
        """The file that a copy was written over, as far as it can be read."""
        if entry.path is None:
            return None
        try:
            return self._core.files.store.load(str(entry.path))
        except UserError:
            return None

    def _rescued(
        self, torn: Mapping[str, Any], entry: Recovery, base: StoredDocument | None
    ) -> tuple[Document, tuple[Problem, ...]]:
        """A document of what is left of a copy. Its file gives the parts that are lost, and the call, which is not
        written in the window: half a call would be taken for another one.
        """
        under: Mapping[str, Any] = base.plain if base is not None else {}
        plain = {**under, **torn}
        if "call" in under:
            plain["call"] = under["call"]
        if entry.draft_id:
            plain["id"] = entry.draft_id
        library = self._core.calls
        return rescuing.readable(
            plain,
            lambda call_id: calls.definition_of(library, call_id or library.ids()[0]),
            self._core.chance.document_id,
            self._core.chance.draw,
        )

    def supersede(self, slot: str) -> None:
        self._copies.supersede(slot)

    def forget(self, slot: str) -> None:
        self._copies.forget(slot)


def _told(found: Recovered, *, with_file: bool) -> tuple[Problem, ...]:
    """What there is to know of a copy that came back in part."""
    told = []
    if not found.whole and with_file:
        told.append(
            msg(
                "The recovery copy is damaged: what could be read of it is shown here, and the rest is from the file. "
                "Look it over before you save."
            )
        )
    elif not found.whole:
        told.append(msg("The recovery copy is damaged. Look over what could be read of it before you save."))
    if found.missing:
        told.append(
            msg(
                "Attachments of the unsaved work are gone: {names}. Attach them again before you save.",
                names=", ".join(found.missing),
            )
        )
    return tuple(Problem("", message) for message in told)
