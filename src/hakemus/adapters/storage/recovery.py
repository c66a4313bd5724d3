"""Recovery copies: what was being written, kept on this computer until the file itself holds it.

Nothing here is ever laid over a draft by itself, and nothing is deleted before it is superseded or forgotten.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hakemus.adapters.storage import container, state
from hakemus.adapters.storage.failures import save_failure
from hakemus.adapters.storage.presence import Presence
from hakemus.adapters.storage.salvage import rescue_text

_SLOT = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
_SUFFIX = ".recovery"


@dataclass(frozen=True, slots=True)
class Recovery:
    """One recovery copy as it is offered. `base` is the hash of the file it was written over, "" for none."""

    slot: str
    draft_id: str
    path: Path | None
    title: str
    written_at: datetime
    base: str
    size: int
    in_use: bool
    """Its window is still open on this computer: not to be offered."""
    place: str = ""
    """The field or step that was open, by its address."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The content of a recovery copy. `whole` is false where it had to be rescued; `missing` names lost attachments."""

    document: dict[str, Any]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    extra_members: Mapping[str, bytes] = field(default_factory=dict)
    whole: bool = True
    missing: tuple[str, ...] = ()


class RecoveryCopies:
    """The recovery copies in a state folder. A slot is one window's own place; `now` is the clock."""

    def __init__(self, root: Path, content: state.Content, now: Callable[[], datetime]) -> None:
        self._root = root
        self._content = content
        self._now = now
        self._presence = Presence(root)

    def write(
        self,
        slot: str,
        *,
        draft_id: str,
        path: Path | None,
        document: bytes,
        title: str = "",
        base: str = "",
        place: str = "",
        attachments: Mapping[str, bytes] | None = None,
        extra_members: Mapping[str, bytes] | None = None,
    ) -> None:
        """Replace the slot's copy. Attachments are written once. Raises a `SaveFailure`; the copy before stays."""
        try:
            owner = self._presence.token()
        except OSError as error:
            raise save_failure(error, str(self._root)) from error
        contents = dict(attachments or {})
        members = {name: state.digest_of(data) for name, data in (extra_members or {}).items()}
        contents |= {members[name]: data for name, data in (extra_members or {}).items()}
        self._content.still(contents)
        header = {
            "draft": draft_id,
            "path": str(path.absolute()) if path is not None else None,
            "title": title,
            "at": self._now().astimezone(UTC).isoformat(),
            "base": base,
            "place": place,
            "owner": owner,
            "attachments": sorted(attachments or {}),
            "members": members,
        }
        state.write_record(self._file(slot), header, document)
        self._content.still(contents)

    def entries(self) -> list[Recovery]:
        """All copies, the newest first."""
        found = [self._entry(path) for path in self._root.glob("*" + _SUFFIX)]
        return sorted((entry for entry in found if entry is not None), key=lambda entry: entry.written_at, reverse=True)

    def offered(self) -> list[Recovery]:
        """The copies whose window is gone without having saved."""
        return [entry for entry in self.entries() if not entry.in_use]

    def load(self, slot: str) -> Recovered | None:
        """The content of a copy; None where nothing of it can be read."""
        raw, whole = state.read_document(self._file(slot))
        rescued = rescue_text(raw)
        if rescued is None:
            return None
        record = state.read_header(self._file(slot))
        header: Mapping[str, Any] = record.header if record is not None else {}
        # a header that is damaged may have lost what the document still names
        named = {*state.texts(header.get("attachments")), *dict(container.listed_hashes(rescued.document))}
        attachments, _ = self._contents({name: name for name in sorted(named)})
        members = state.text_map(header.get("members"))
        extra, lost_members = self._contents({name: members[name] for name in members if container.is_extra_name(name)})
        lost_members += [name for name in members if not container.is_extra_name(name)]
        document, lost = container.without_missing(rescued.document, attachments)
        return Recovered(document, attachments, extra, whole and rescued.complete, (*lost, *lost_members))

    def _contents(self, wanted: Mapping[str, str]) -> tuple[dict[str, bytes], list[str]]:
        found = {name: self._content.get(digest) for name, digest in wanted.items()}
        return (
            {name: data for name, data in found.items() if data is not None},
            [name for name, data in found.items() if data is None],
        )

    def supersede(self, slot: str) -> None:
        """An acknowledged save holds what the copy held: it is no longer needed."""
        with contextlib.suppress(OSError):
            self._file(slot).unlink()

    def forget(self, slot: str) -> None:
        """The user does not want the copy kept. Raises nothing when it is gone already."""
        self._file(slot).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove signs of life of processes that are long gone."""
        self._presence.sweep(self._now().timestamp())

    def end(self) -> None:
        """The program ends in good order: copies that are still there are offered at the next start."""
        self._presence.end()

    def references(self) -> set[str]:
        """Hashes of all contents that copies may refer to. Raises `OSError` where one cannot be read."""
        return state.mentioned(self._root.glob("*" + _SUFFIX))

    def _file(self, slot: str) -> Path:
        if not _SLOT.match(slot):
            raise ValueError(f"not a slot: {slot!r}")
        return self._root / f"{slot}{_SUFFIX}"

    def _entry(self, path: Path) -> Recovery | None:
        record = state.read_header(path)
        header: Mapping[str, Any] = record.header if record is not None else {}
        slot = path.name.removesuffix(_SUFFIX)
        if not _SLOT.match(slot):
            return None
        file = header.get("path")
        return Recovery(
            slot=slot,
            draft_id=state.text(header.get("draft")),
            path=Path(file) if isinstance(file, str) and "\0" not in file else None,
            title=state.text(header.get("title")),
            written_at=state.when(header.get("at")),
            base=state.text(header.get("base")),
            size=record.size if record is not None else 0,
            in_use=self._presence.is_there(state.text(header.get("owner"))),
            place=state.text(header.get("place")),
        )
