"""Files taken into a draft: what they are by their content, and names that are safe everywhere."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any

from hakemus.domain.findings import msg
from hakemus.usecases.errors import UserError

MOST_BYTES = 100_000_000

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
)
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
)
_BAD_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def media_type_of(data: bytes) -> str:
    """What a file is, by its first bytes and not by its name."""
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _ZIP_KINDS if mark in data[:4096]), "application/zip")
    try:
        # not final: the cut may fall inside a letter
        codecs.getincrementaldecoder("utf-8")().decode(data[:4096])
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if b"\x00" in data[:4096] else "text/plain"


def safe_name(name: str) -> str:
    """A file's name without paths, control characters, tricks of writing direction and reserved endings."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    bare = "".join(char for char in bare if unicodedata.category(char) not in ("Cf", "Cc"))
    bare = _BAD_IN_NAMES.sub("_", bare).strip(" .")
    return bare[:200] or "attachment"


def attachment_values(name: str, data: bytes, digest: str) -> dict[str, Any]:
    """The row of a file that is taken into the draft. `UserError` where it is too large."""
    if len(data) > MOST_BYTES:
        raise UserError(
            msg("{name} is larger than 100 MB and cannot be attached. Send it to the funder separately.", name=name)
        )
    safe = safe_name(name)
    return {
        "title": safe.rsplit(".", 1)[0],
        "filename": safe,
        "media_type": media_type_of(data),
        "size": len(data),
        "sha256": digest,
        "state": "attached",
    }
