"""Recovery copies for the window: documents in and out of the local store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hakemus.adapters.storage import json_form, migrations
from hakemus.adapters.storage.container import version_of
from hakemus.adapters.storage.failures import save_failure
from hakemus.adapters.storage.limits import MAJOR, MINOR
from hakemus.adapters.storage.recovery import RecoveryCopies
from hakemus.adapters.storage.state import Content
from hakemus.domain.messages import msg
from hakemus.ui.services import Offered
from hakemus.usecases import drafts
from hakemus.usecases.errors import UserError
from hakemus.usecases.files import OpenFile

if TYPE_CHECKING:
    from hakemus.bootstrap.core import Core
    from hakemus.domain.draft import Document


class LocalRecoveries:
    """Copies in the state folder of this computer."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._copies = RecoveryCopies(core.state / "recovery", Content(core.state / "content"), core.clock.now)

    def keep(self, slot: str, opened: OpenFile, document: Document) -> None:
        """Write what stands now."""
        plain = drafts.to_plain(document)
        try:
            self._copies.write(
                slot,
                draft_id=document.id,
                path=Path(opened.path) if opened.path else None,
                document=json_form.dump(plain),
                title=document.draft.application.project.title or "",
                base=opened.seen or "",
                attachments=opened.attachments,
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
            )
            for item in self._copies.offered()
        ]

    def open(self, slot: str) -> OpenFile:
        """The copy laid over its file, as unsaved changes."""
        found = self._copies.load(slot)
        entry = next((item for item in self._copies.entries() if item.slot == slot), None)
        if found is None or entry is None:
            raise UserError(msg("The recovery copy cannot be read."))
        plain, newer = found.document, False
        version = version_of(plain)
        if version is not None:  # a torn copy may have lost where it says so
            plain = migrations.migrate(plain).document
            newer = version > (MAJOR, MINOR)
        document, notes = drafts.from_plain(plain, self._core.chance.draw, newer)
        return OpenFile(
            document,
            str(entry.path) if entry.path else None,
            entry.base or None,
            found.attachments,
            found.extra_members,
            notes,
            newer,
        )

    def supersede(self, slot: str) -> None:
        self._copies.supersede(slot)

    def forget(self, slot: str) -> None:
        self._copies.forget(slot)
