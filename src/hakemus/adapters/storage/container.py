"""A draft's file as its parts: the document, the attachments by hash, and what a newer program added.

Knows the container and its limits, not the meaning of the document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hakemus.adapters.storage import json_form, zip_layout
from hakemus.adapters.storage.failures import DamagedFile, NewerFile, TooBig
from hakemus.adapters.storage.limits import (
    FORMAT_NAME,
    MAJOR,
    MAX_DOCUMENT,
    MAX_FILE,
    MAX_MEMBER,
    MAX_MEMBERS,
    MAX_NAME,
    MAX_PARTS,
    MAX_TOTAL,
    MEDIA_TYPE,
    MINOR,
)
from hakemus.domain.messages import Message, msg

MIMETYPE = "mimetype"
DOCUMENT = "document.json"
ATTACHMENTS = "attachments/"
_ATTACHMENT = re.compile(r"attachments/([0-9a-f]{64})\Z")
_EXTRA = re.compile(rf"[A-Za-z0-9._/-]{{1,{MAX_NAME}}}\Z")


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of a sound file. `notes` says what is odd but kept."""

    document: dict[str, Any]
    document_bytes: bytes
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    extra_members: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def pack(document: bytes, attachments: Mapping[str, bytes], extra_members: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of a file with these parts; the same parts give the same bytes.

    Raises `TooBig` where no reader would take the file, `ValueError` for a name that no member may have.
    """
    members = [(MIMETYPE, MEDIA_TYPE), (DOCUMENT, document)]
    for digest in sorted(attachments):
        if not _ATTACHMENT.match(ATTACHMENTS + digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        members.append((ATTACHMENTS + digest, attachments[digest]))
    for name in sorted(extra_members or {}):
        if not is_extra_name(name):
            raise ValueError(f"not a name of a member: {name!r}")
        members.append((name, (extra_members or {})[name]))
    _within_limits(members)
    return zip_layout.write(members)


def _within_limits(members: list[tuple[str, bytes]]) -> None:
    if len(members) > MAX_MEMBERS:
        raise TooBig(msg("The draft has too many attachments: at most {limit}.", limit=MAX_MEMBERS - 2))
    if len(members[1][1]) > MAX_DOCUMENT:
        raise TooBig(msg("The texts of the draft are over {limit} MB.", limit=MAX_DOCUMENT // 1_000_000))
    if json_form.has_too_many_parts(members[1][1]):
        raise TooBig(msg("The draft has too many rows: over {limit} values and lists.", limit=MAX_PARTS))
    if any(len(data) > MAX_MEMBER for _, data in members):
        raise TooBig(msg("An attachment is over {limit} MB.", limit=MAX_MEMBER // 1_000_000))
    if sum(len(data) for _, data in members) > MAX_TOTAL:
        raise TooBig(msg("The draft and its attachments are over {limit} MB.", limit=MAX_TOTAL // 1_000_000))


def unpack(data: bytes) -> Container:
    """The parts of a file. Raises `DamagedFile` with every fault found, or `NewerFile`."""
    if len(data) > MAX_FILE:
        raise DamagedFile([msg("The file is over {limit} MB.", limit=MAX_TOTAL // 1_000_000)])
    try:
        members, reasons = zip_layout.read(data)
    except zip_layout.BrokenFrame as broken:
        raise DamagedFile([broken.message]) from None
    bytes_of = {member.name: data[member.start : member.start + member.size] for member in members}
    if not members or members[0].name != MIMETYPE or bytes_of[MIMETYPE] != MEDIA_TYPE:
        reasons.insert(0, msg("The file does not say that it is a draft of this program (its member mimetype)."))
    undamaged = all(member.sound for member in members if member.name == DOCUMENT)
    document = _document(bytes_of, reasons) if undamaged else {}
    version = _version(document, reasons)
    # where the document does not say its version, a member may be one of a newer one
    attachments, extra = _other_members(bytes_of, reasons, newer=not document or version > (MAJOR, MINOR))
    notes = _judge_attachments(document, attachments, reasons)
    if reasons:
        raise DamagedFile(reasons)
    return Container(document, bytes_of[DOCUMENT], attachments, extra, notes)


def _document(bytes_of: Mapping[str, bytes], reasons: list[Message]) -> dict[str, Any]:
    if DOCUMENT not in bytes_of:
        reasons.append(msg("The member document.json is missing."))
        return {}
    try:
        return json_form.parse(bytes_of[DOCUMENT])
    except json_form.Unreadable as unreadable:
        reasons.append(unreadable.message)
        return {}


def version_of(document: Mapping[str, Any]) -> tuple[int, int] | None:
    """The format's version as the document states it; None where it states none."""
    stated = document.get("format")
    if not isinstance(stated, dict) or stated.get("name") != FORMAT_NAME:
        return None
    major, minor = stated.get("major"), stated.get("minor")
    if type(major) is not int or type(minor) is not int or major < 1 or minor < 0:
        return None
    return major, minor


def _version(document: Mapping[str, Any], reasons: list[Message]) -> tuple[int, int]:
    """The stated version. A newer major stops everything else: its rules are not ours to judge by.

    Nothing is believed of a document whose checksum is wrong, and it is not even parsed: the checksum says enough, and
    a great one is refused in a tenth of the time.
    """
    version = version_of(document)
    if version is None:
        if document or not reasons:
            reasons.append(msg("document.json does not say which format it is in."))
        return MAJOR, MINOR
    if version[0] > MAJOR:
        raise NewerFile(version, (MAJOR, MINOR))
    return version


def is_extra_name(name: str) -> bool:
    """Whether a member that this program does not know may have this name."""
    if name in (MIMETYPE, DOCUMENT) or name.startswith(ATTACHMENTS) or not _EXTRA.match(name):
        return False
    return all(part not in ("", ".", "..") for part in name.split("/"))


def _other_members(
    bytes_of: Mapping[str, bytes], reasons: list[Message], *, newer: bool
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    attachments: dict[str, bytes] = {}
    extra: dict[str, bytes] = {}
    for name, data in bytes_of.items():
        if name in (MIMETYPE, DOCUMENT):
            continue
        attachment = _ATTACHMENT.match(name)
        if attachment is not None:
            if hashlib.sha256(data).hexdigest() != attachment[1]:
                reasons.append(msg("The attachment {name} has been changed: its hash is wrong.", name=name))
            attachments[attachment[1]] = data
        elif newer and is_extra_name(name):
            extra[name] = data
        else:
            reasons.append(msg("The file has a member that does not belong to it: {name}.", name=name[:MAX_NAME]))
    return attachments, extra


def listed_hashes(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every hash that the document says lies in the file, with the name a person knows it by."""
    application = document.get("application")
    rows = application.get("attachments") if isinstance(application, dict) else None
    for row in _rows(rows):
        digest = row.get("sha256")
        if isinstance(digest, str) and row.get("state") in (None, "attached"):
            yield digest, str(row.get("filename") or row.get("title") or digest)
    for row in _rows(document.get("snapshots")):
        for part in ("document", "pdf"):
            digest = row.get(part)
            if isinstance(digest, str):
                yield digest, str(row.get("label") or digest)


def without_missing(
    document: Mapping[str, Any], attachments: Mapping[str, bytes]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A document of which attachments were lost, made sound: their rows say `later`. With the names of the lost ones.

    For what was rescued alone; a file in which an attachment is missing is damaged.
    """
    lost: list[str] = []
    changed = dict(document)
    application = changed.get("application")
    if isinstance(application, dict) and isinstance(application.get("attachments"), list):
        rows = [_mended(row, ("sha256",), attachments, lost) for row in application["attachments"]]
        changed["application"] = {**application, "attachments": rows}
    if isinstance(changed.get("snapshots"), list):
        changed["snapshots"] = [_mended(row, ("document", "pdf"), attachments, lost) for row in changed["snapshots"]]
    return changed, tuple(lost)


def _mended(row: Any, keys: tuple[str, ...], attachments: Mapping[str, bytes], lost: list[str]) -> Any:
    if not isinstance(row, dict):
        return row
    missing = [key for key in keys if isinstance(row.get(key), str) and row[key] not in attachments]
    if not missing or row.get("state") in ("later", "elsewhere"):
        return row
    lost.append(str(row.get("filename") or row.get("title") or row.get("label") or row[missing[0]]))
    kept = {key: value for key, value in row.items() if key not in missing}
    return {**kept, "state": "later"} if keys == ("sha256",) else kept


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _judge_attachments(
    document: Mapping[str, Any], attachments: Mapping[str, bytes], reasons: list[Message]
) -> tuple[Message, ...]:
    listed = dict(listed_hashes(document))
    for digest, label in listed.items():
        if digest not in attachments:
            reasons.append(msg("The attachment {name} is listed, but it is not in the file.", name=label))
    unlisted = attachments.keys() - listed.keys()
    if unlisted:
        unlisted -= _listed_by_snapshots(document, attachments)
    return tuple(
        msg("An attachment that nothing refers to is kept in the file: {name}.", name=digest)
        for digest in sorted(unlisted)
    )


def _listed_by_snapshots(document: Mapping[str, Any], attachments: Mapping[str, bytes]) -> set[str]:
    """What kept states of the document refer to: it may have left the document since."""
    found: set[str] = set()
    states = {str(row.get("document")) for row in _rows(document.get("snapshots"))}
    for kept in (attachments[name] for name in sorted(states & attachments.keys())):
        try:
            found.update(digest for digest, _ in listed_hashes(json_form.parse(kept)))
        except json_form.Unreadable:
            continue
    return found
