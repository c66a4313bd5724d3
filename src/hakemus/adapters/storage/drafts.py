"""The store of drafts: the door through which use cases read and write files. Works on plain data, not on drafts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hakemus.adapters.storage import (
    container,
    durable,
    json_form,
    migrations,
    names,
    reading,
    salvage,
    state,
    sweeping,
)
from hakemus.adapters.storage.failures import (
    NotThere,
    SaveFailure,
    save_failure,
    too_little_memory_to_read,
    too_little_memory_to_save,
)
from hakemus.adapters.storage.limits import MAJOR, MINOR
from hakemus.adapters.storage.versions import EarlierVersions
from hakemus.domain.messages import Message, msg
from hakemus.usecases.errors import UserError, internal
from hakemus.usecases.ports import StoredDocument


class DraftFiles:
    """Drafts as files. With `versions`, what a save replaces is kept as an earlier version first."""

    def __init__(self, versions: EarlierVersions | None = None, timing: durable.Timing | None = None) -> None:
        self._versions = versions
        self._timing = timing or durable.Timing()
        self.notes: tuple[Message, ...] = ()
        """What the last `load` or `save` has to say beside its result."""
        self._minor_of: dict[str, int] = {}
        """Minor versions higher than ours, by document: what is kept of them is only sound under that number."""
        self._took_place: dict[tuple[Path, str | None], str] = {}
        """Content that did replace a file although its save failed at the very last step."""

    def load(self, path: str) -> StoredDocument:
        """Read a file and carry an old one forward in memory; sweep what killed processes left beside it.

        Raises `DamagedFile`, `NewerFile`, `CannotRead`. What can be read of a damaged file is for `rescue` to find:
        who only wants to know that it is damaged does not wait for it.
        """
        try:
            data = reading.read_whole(Path(path))
            parts = container.unpack(data)
        except MemoryError:
            raise too_little_memory_to_read(names.shown(Path(path))) from None
        migrated = migrations.migrate(parts.document)
        self.notes = parts.notes
        sweeping.sweep(durable.resolve(Path(path)).parent, self._timing.wall())
        if migrated.came_from > (MAJOR, MINOR):
            self._minor_of[str(migrated.document.get("id"))] = migrated.came_from[1]
        return StoredDocument(
            path=path,
            plain=migrated.document,
            seen=state.digest_of(data),
            attachments=parts.attachments,
            extra_members=parts.extra_members,
            newer_minor=migrated.came_from > (MAJOR, MINOR),
            migrated_from=migrated.came_from[0] if migrated.changed else None,
        )

    def save(
        self,
        path: str,
        plain: Mapping[str, Any],
        attachments: Mapping[str, bytes],
        extra_members: Mapping[str, bytes],
        seen: str | None,
    ) -> str:
        """Make the bytes, load them back, write durably; the hash of the new file.

        `seen` is the hash of what may be replaced: from `load`, from a save before, or from `seen_now` after the
        user agreed to replace what lies there. None: nothing may lie there. Raises `NotWritten` in all its kinds;
        then the file is as it was, except where the failure's `replaced` says otherwise.
        """
        try:
            data = self._bytes(plain, attachments, extra_members)
        except MemoryError:
            raise too_little_memory_to_save(names.shown(Path(path))) from None
        digest = state.digest_of(data)
        target = durable.resolve(Path(path))
        self.notes = self._keep_previous(target, seen, str(plain["id"]), digest)
        expected = durable.Expected(seen, self._took_place.get((target, seen)))
        try:
            written = durable.write(target, data, expected=expected, digest=digest, timing=self._timing)
        except SaveFailure as failure:
            if failure.replaced is not None:
                self._took_place[target, seen] = failure.replaced
            raise
        if written.cut_hard_links:
            self.notes += (
                msg(
                    "{path} had other names (hard links): they still lead to the text before. Open it by this name.",
                    path=path,
                ),
            )
        return written.sha256

    def _bytes(
        self, plain: Mapping[str, Any], attachments: Mapping[str, bytes], extra_members: Mapping[str, bytes]
    ) -> bytes:
        """The file's bytes, proved to be readable: what could not be opened again must never be written."""
        document = dict(plain)
        minor = self._minor_of.get(str(plain.get("id")), MINOR + 1 if extra_members else MINOR)
        if minor > (container.version_of(document) or (MAJOR, minor))[1]:
            document["format"] = {**document["format"], "minor": minor}
        raw = json_form.dump(document)
        data = container.pack(raw, attachments, extra_members)
        try:
            again = container.unpack(data)
        except UserError as failure:
            raise internal(", ".join(problem.message.key for problem in failure.problems) or str(failure)) from failure
        if again.document_bytes != raw or again.attachments != attachments or again.extra_members != extra_members:
            raise internal("what was packed reads back differently")
        return data

    def _keep_previous(self, target: Path, seen: str | None, draft_id: str, then: str) -> tuple[Message, ...]:
        """Put what lies at the target among the earlier versions; failing to is told, but does not stop the save."""
        if self._versions is None or seen is None:
            return ()
        try:
            previous = reading.read_whole(target)
            if state.digest_of(previous) == seen:
                self._versions.keep(target, previous, draft_id=draft_id, then=then)
        except NotThere:
            return ()
        except (UserError, OSError):
            return (
                msg(
                    "What the file held before could not be kept among the earlier versions of this computer. Make "
                    "room on its disk, or keep a copy of the file elsewhere."
                ),
            )
        return ()

    def keep_original(self, path: str) -> None:
        """Keep a file for good before it is first saved in a newer format. Raises `UserError`."""
        if self._versions is not None:
            target = durable.resolve(Path(path))
            self._versions.keep(target, reading.read_whole(target), pinned=True)

    def exists(self, path: str) -> bool:
        """Whether anything lies at the path, a dangling link included."""
        return os.path.lexists(path)

    def seen_now(self, path: str) -> str | None:
        """The hash of what lies at the path now, None for nothing; to be had before asking whether to replace it."""
        return durable.content_now(Path(path))

    def rescue(self, path: str) -> salvage.Rescued | None:
        """What can be read of a damaged file. Raises `CannotRead`."""
        try:
            return salvage.rescue(reading.read_whole(Path(path)))
        except MemoryError:
            raise too_little_memory_to_read(names.shown(Path(path))) from None


_FOLDER_MODE = 0o777
_OWN_FOLDER_MODE = 0o700


def _umask() -> int:
    """What this process takes away from the rights of what it makes; the system tells it only when it is set."""
    now = os.umask(0o077)
    os.umask(now)
    return now


class ExportFiles:
    """Durable writing of exports: no comparison, for what lies there was chosen to be replaced."""

    def __init__(self, timing: durable.Timing | None = None) -> None:
        self._timing = timing or durable.Timing()

    def write(self, path: str, data: bytes) -> None:
        """Replace a file. Raises `NotWritten` in all its kinds; then what lay there is whole."""
        target = durable.resolve(Path(path))
        self._sweep(target)
        durable.write(target, data, timing=self._timing)

    def write_folder(self, path: str, files: Mapping[str, bytes]) -> None:
        """A new folder with files in it: whole, or not there at all. `UserError` where something has that name."""
        target = Path(path)
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise UserError(msg("There is already something called {path}. Choose another name.", path=path))
        self._sweep(target)
        making = names.temporary(target)
        try:
            making.mkdir(_OWN_FOLDER_MODE)
        except OSError as error:
            raise save_failure(error, path) from None
        try:
            for name, data in files.items():
                durable.write(making / name, data, timing=self._timing)
            making.chmod(_FOLDER_MODE & ~_umask())
            if target.exists():
                target.rmdir()
            making.rename(target)
        except OSError as error:
            raise save_failure(error, path) from None
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def _sweep(self, target: Path) -> None:
        """Exports go where no draft may ever be opened: what a killed export left there goes with the next one."""
        sweeping.sweep(target.parent, self._timing.wall())
