"""Opening and saving: from a path to a session and back, with every failure as one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hakemus.domain.draft import Document
from hakemus.domain.messages import msg
from hakemus.usecases import drafts
from hakemus.usecases.errors import Problem
from hakemus.usecases.ports import Chance, DraftStore, StoredDocument

MOST_REVISIONS = 10**18 - 1
"""The format's longest whole number: a file that claims so many saves is saved all the same."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A document with where it lives. `seen` is the hash of the file's bytes when it was read or written."""

    document: Document
    path: str | None = None
    seen: str | None = None
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    extra_members: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()
    newer_minor: bool = False
    from_older: bool = False
    """The file is in an older format: what it holds is kept for good before it is first written anew."""
    unsaved: bool = False
    """The document is not what the file at `path` holds (recovered, taken from a paper): a save must write it."""
    removable: frozenset[str] = frozenset()
    """Attachments, by SHA-256, that leave the file once nothing names them: rows named them while it was open here."""
    strays: frozenset[str] = frozenset()
    """Attachments that nothing named when the file was opened: kept until the person says otherwise."""


@dataclass(frozen=True, slots=True)
class Files:
    """Opening, saving and copying of drafts over a store."""

    store: DraftStore
    chance: Chance

    def open(self, path: str) -> OpenFile:
        """The document of a file. Raises `NotOurs`, `Damaged`, `NewerVersion` or another `UserError`."""
        return self.opened(self.store.load(path))

    def opened(self, stored: StoredDocument) -> OpenFile:
        document, notes = drafts.from_plain(stored.plain, drafts.repeated_draw(), stored.newer_minor)
        unlisted = set(stored.attachments) - listed_members(document)
        kept = _kept_states(document, stored.attachments) if unlisted else ""
        strays = frozenset(name for name in unlisted if name not in kept)
        if strays:
            notes = (
                *notes,
                Problem("attachments", msg("The file holds attachments that no row names; they are kept.")),
            )
        return OpenFile(
            document,
            stored.path,
            stored.seen,
            stored.attachments,
            stored.extra_members,
            notes,
            stored.newer_minor,
            from_older=stored.migrated_from is not None,
            strays=strays,
        )

    def save(self, opened: OpenFile, document: Document, path: str | None = None, *, agreed: bool = False) -> OpenFile:
        """Write a document; the file as it now is. An unchanged one at its own place writes nothing.

        `path` is another place than the file's own (Save as); `agreed`: the person has agreed to replace what
        stands there.
        """
        target = path or opened.path
        if target is None:
            raise ValueError("a place is needed for a document that was never saved")
        own = path is None or path == opened.path
        if (
            own
            and not opened.unsaved
            and opened.seen is not None
            and document.draft == opened.document.draft
            and document.snapshots == opened.document.snapshots
            and self.store.exists(target)
        ):
            return opened
        changed = (
            opened.unsaved
            or opened.seen is None
            or document.draft != opened.document.draft
            or document.snapshots != opened.document.snapshots
        )
        saved = document if not changed else _with_revision(document)
        seen = opened.seen if own else None
        if own and opened.from_older:
            self.store.keep_original(target)
        held = held_attachments(opened, saved)
        written = self.store.save(
            target,
            drafts.to_plain(saved),
            held,
            opened.extra_members,
            self.store.seen_now(target) if agreed else seen,
        )
        return replace(
            opened,
            document=saved,
            path=target,
            seen=written,
            notes=tuple(Problem("", said) for said in self.store.notes),
            unsaved=False,
            from_older=False,
            # what left the file stays at hand, for its removal can still be undone
            removable=opened.removable | (opened.attachments.keys() - held.keys()),
        )

    def is_as_seen(self, opened: OpenFile) -> bool:
        """Whether the file still holds what was read or written. Raises `UserError` where it cannot be read."""
        return opened.path is None or opened.seen is None or self.store.seen_now(opened.path) == opened.seen

    def copy_as_new(self, opened: OpenFile) -> OpenFile:
        """The same content, a newer program's parts of it too, as a new document that was never saved.

        Kept states stay behind, and what only they hold.
        """
        whole = opened.document
        document = Document(id=self.chance.document_id(), draft=whole.draft, unknown=whole.unknown)
        return OpenFile(
            document,
            attachments=held_attachments(opened, document),
            extra_members=opened.extra_members,
            newer_minor=opened.newer_minor,
        )


def with_attachments(opened: OpenFile, more: Mapping[str, bytes]) -> OpenFile:
    """The open file with attachments, by SHA-256, that rows are about to name: without a row they leave it again."""
    return replace(opened, attachments={**opened.attachments, **more}, removable=opened.removable | frozenset(more))


def without_attachments(opened: OpenFile, names: Iterable[str]) -> OpenFile:
    """The open file that lets go of attachments, by SHA-256: where nothing names them, the next save has them not."""
    return replace(opened, unsaved=True, removable=opened.removable | frozenset(names))


def held_attachments(opened: OpenFile, document: Document) -> Mapping[str, bytes]:
    """The attachments that a file of this document holds: all of the open file but what was removed.

    Removed is what the document named while it was open here and neither it nor a kept state names any more: somebody
    who takes a paper out of an application does not send it along. What was never named here is not judged, nor is
    anything of a newer program's file, which may name it in ways that this one does not know.
    """
    unlisted = opened.attachments.keys() - listed_members(document)
    if not unlisted or opened.newer_minor:
        return opened.attachments
    before, now = _mentions(opened.document, opened.attachments), _mentions(document, opened.attachments)
    removed = {name for name in unlisted if name not in now and (name in opened.removable or name in before)}
    return {name: data for name, data in opened.attachments.items() if name not in removed}


def _mentions(document: Document, attachments: Mapping[str, bytes]) -> str:
    """Text in which every hash stands that a document or a kept state of it names, by whatever key."""
    return repr(drafts.to_plain(document)) + _kept_states(document, attachments)


def listed_members(document: Document) -> set[str]:
    """Hashes of attachments that some row or kept state names."""
    named: set[Any] = {row.sha256 for row in document.draft.application.attachments}
    for snapshot in document.snapshots:
        named |= {snapshot.document, snapshot.pdf}
    return {name for name in named if name}


def _kept_states(document: Document, attachments: Mapping[str, bytes]) -> str:
    """The text of the kept states inside the file: they name attachments that have left the document since."""
    states = (attachments.get(snapshot.document or "", b"") for snapshot in document.snapshots)
    return "\n".join(state.decode("utf-8", "replace") for state in states)


def _with_revision(document: Document) -> Document:
    return Document(
        id=document.id,
        revision=min(document.revision + 1, MOST_REVISIONS),
        draft=document.draft,
        snapshots=document.snapshots,
        unknown=document.unknown,
    )
