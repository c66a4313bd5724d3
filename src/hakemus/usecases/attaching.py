"""Files taken into a draft: what they are by their content, and names that are safe everywhere."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any

from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

MOST_BYTES = 100_000_000
MOST_TOGETHER = 450_000_000
"""Bytes of all attachments of a draft: the format's 500 MB, less room for the document and what is kept of it."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
)
_ZIP_ENDINGS = ("docx", "xlsx", "pptx", "odt", "ods", "odp")
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
)
_ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "application/rtf": (".rtf",),
    "text/plain": (".txt", ".csv"),
    **{kind: (f".{ending}",) for (_, kind), ending in zip(_ZIP_KINDS, _ZIP_ENDINGS, strict=True)},
}
"""Kinds of files whose programs only show them, with the endings under which they may be opened, the first by default.

What a computer would run, and what cannot be told by its content, is not among them: it is saved, never opened.
"""
_BAD_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?\Z", re.IGNORECASE)
_MOST_OF_A_NAME = 200
"""Bytes: disks take 255 of them, of which copies and packages need some for endings and numbers of their own."""


_UNSEEN = ("Cf", "Cc", "Cs", "Zl", "Zp")
"""Unicode's classes of what is not seen in a name: marks of direction, controls, halves of pairs, line breaks."""


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
    bare = "".join(char for char in bare if unicodedata.category(char) not in _UNSEEN)
    bare = _BAD_IN_NAMES.sub("_", bare).strip(" .")
    while bare.startswith("~$"):
        bare = bare.removeprefix("~$").lstrip(" .")
    if _RESERVED.match(bare):
        bare = f"_{bare}"
    if len(bare.encode()) > _MOST_OF_A_NAME:
        stem, dot, ending = bare.rpartition(".")
        tail = dot + ending if stem and len(ending) <= 10 else ""
        bare = _cut(bare, _MOST_OF_A_NAME - len(tail.encode())).rstrip(" .") + tail
    return bare or "attachment"


def _cut(text: str, most: int) -> str:
    """The start of a text that takes at most so many bytes; no letter is halved."""
    return text.encode()[:most].decode(errors="ignore")


def name_to_open(name: str, data: bytes) -> str | None:
    """The name under which a copy may be given to the computer's own program for it; None where it may not.

    The ending follows the content, so that a program that calls itself a letter is not run.
    """
    endings = _ENDINGS.get(media_type_of(data))
    if endings is None:
        return None
    safe = safe_name(name)
    return safe if safe.lower().endswith(endings) else safe + endings[0]


def refuse_size(name: str, size: int, held: int) -> None:
    """`UserError` where a file of `size` bytes is too large beside the `held` bytes that are attached already."""
    if size > MOST_BYTES:
        raise UserError(
            msg("{name} is larger than 100 MB and cannot be attached. Send it to the funder separately.", name=name)
        )
    if held + size > MOST_TOGETHER:
        raise UserError(
            msg(
                "With {name} the attachments would be over {limit} MB together, which no draft can hold. "
                "Send it to the funder separately.",
                name=name,
                limit=MOST_TOGETHER // 1_000_000,
            )
        )


def attachment_values(name: str, data: bytes, digest: str) -> dict[str, Any]:
    """The row of a file that is taken into the draft. `UserError` where it is too large."""
    refuse_size(name, len(data), 0)
    safe = safe_name(name)
    return {
        "title": safe.rsplit(".", 1)[0],
        "filename": safe,
        "media_type": media_type_of(data),
        "size": len(data),
        "sha256": digest,
        "state": "attached",
    }
