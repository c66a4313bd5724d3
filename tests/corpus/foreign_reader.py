"""A reader of the file format written from docs/file-format.md alone, with nothing but the standard library.

It imports nothing of the program: where the two disagree about a file, the document is not complete.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import struct
import zipfile
from typing import Any

MB = 1_000_000


class NotADraft(Exception):
    """What the document calls damage."""


class TooNew(Exception):
    """A higher major version."""


def read(data: bytes) -> tuple[dict[str, Any], dict[str, bytes], dict[str, bytes]]:
    """The document, the attachments by hash, and members of a newer minor version."""
    members = _members(data)
    if next(iter(members), "") != "mimetype" or members["mimetype"] != b"application/vnd.hakemus+zip":
        raise NotADraft("mimetype")
    if "document.json" not in members:
        raise NotADraft("no document.json")
    document = _json(members["document.json"])
    stated = document.get("format")
    if not isinstance(stated, dict) or stated.get("name") != "hakemus":
        raise NotADraft("no format")
    major, minor = stated.get("major"), stated.get("minor")
    if type(major) is not int or type(minor) is not int or major < 1 or minor < 0:
        raise NotADraft("no version")
    if major > 1:
        raise TooNew
    attachments, extra = {}, {}
    for name, content in list(members.items()):
        if name in ("mimetype", "document.json"):
            continue
        if re.fullmatch(r"attachments/[0-9a-f]{64}", name):
            if hashlib.sha256(content).hexdigest() != name[12:]:
                raise NotADraft("an attachment that is another")
            attachments[name[12:]] = content
        elif minor > 0 and not name.startswith("attachments/") and _fits(name):
            extra[name] = content
        else:
            raise NotADraft(f"a name: {name}")
    for digest in _listed(document):
        if digest not in attachments:
            raise NotADraft("an attachment is missing")
    return document, attachments, extra


def _members(data: bytes) -> dict[str, bytes]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise NotADraft(str(error)) from None
    end = len(data) - 22 - len(archive.comment)
    if data[end : end + 4] != b"PK\x05\x06":
        raise NotADraft("the end record")
    disk, first, here, count, size, start, comment = struct.unpack("<4H2LH", data[end + 4 : end + 22])
    if comment != len(archive.comment):  # zipfile takes what there is of a comment that says it is longer
        raise NotADraft("the comment of the archive")
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if disk or first or here != count or count != len(infos) or start + size != end or count > 1_000:
        raise NotADraft("the directory")
    at = start
    for _ in infos:
        at += 46 + sum(struct.unpack("<3H", data[at + 28 : at + 34].ljust(6, b"\0")))
    if at != end:
        raise NotADraft("a directory that ends early or late")
    if sum(info.file_size for info in infos) > 500 * MB:
        raise NotADraft("too much")
    found: dict[str, bytes] = {}
    at, allowed = 0, (b"",)
    for info in infos:
        if info.header_offset < at or data[at : info.header_offset] not in allowed:
            raise NotADraft("a gap or an overlap")
        content, at = _content(data, info)
        allowed = _behind(info)
        if info.filename in found:
            raise NotADraft("twice")
        found[info.filename] = content
    if start < at or data[at:start] not in allowed:
        raise NotADraft("bytes before the directory")
    return found


def _behind(info: zipfile.ZipInfo) -> tuple[bytes, ...]:
    """What may stand between a member and the next: nothing, or its checksum and sizes where its flags say so."""
    sums = struct.pack("<3L", info.CRC, info.compress_size, info.file_size)
    return (b"", sums, b"PK\x07\x08" + sums) if info.flag_bits & 8 else (b"",)


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def _content(data: bytes, info: zipfile.ZipInfo) -> tuple[bytes, int]:
    """The bytes of a member and where they end, once its local header agrees with the directory."""
    most = 32 * MB if info.filename == "document.json" else 100 * MB
    if info.compress_type or info.flag_bits & ~0x0808 or info.compress_size != info.file_size or info.file_size > most:
        raise NotADraft("compressed, encrypted, or too big")
    header = data[info.header_offset : info.header_offset + 30]
    if len(header) < 30:
        raise NotADraft("a header")
    mark, _, flags, method, _, _, crc, packed, size, name, extra = struct.unpack("<4s5H3L2H", header)
    start = info.header_offset + 30 + name + extra
    agrees = (mark, flags, method) == (b"PK\x03\x04", info.flag_bits, info.compress_type)
    agrees = agrees and data[info.header_offset + 30 : info.header_offset + 30 + name] == _raw(info)
    if not flags & 8:
        agrees = agrees and (crc, packed, size) == (info.CRC, info.compress_size, info.file_size)
    content = data[start : start + info.file_size]
    if not agrees or len(content) != info.file_size or zipfile.crc32(content) != info.CRC:  # type: ignore[attr-defined]
        raise NotADraft("a header or a checksum")
    return content, start + info.file_size


def _fits(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9._/-]{1,200}", name)) and not {"", ".", ".."} & set(name.split("/"))


def _json(raw: bytes) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError("twice")
        return dict(pairs)

    def whole(digits: str) -> int:
        if len(digits.lstrip("-")) > 18:
            raise ValueError("digits")
        return int(digits)

    def real(digits: str) -> float:
        if not math.isfinite(float(digits)):
            raise ValueError("beyond a double")
        return float(digits)

    def constant(name: str) -> None:
        raise ValueError(name)

    try:
        document = json.loads(
            raw.decode("utf-8"), object_pairs_hook=unique, parse_int=whole, parse_float=real, parse_constant=constant
        )
    except (ValueError, RecursionError) as error:
        raise NotADraft(str(error)) from None
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"', b"", raw)
    if bare.count(b",") + bare.count(b"[") + bare.count(b"{") > 1_000_000:
        raise NotADraft("too dense")
    if not isinstance(document, dict) or raw.startswith(b"\xef\xbb\xbf") or _depth(document) > 64:
        raise NotADraft("no object, a mark, or too deep")
    return document


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level := [node for node in level if isinstance(node, (dict, list))]:
        depth += 1
        level = [child for node in level for child in (node.values() if isinstance(node, dict) else node)]
    return depth


def _listed(document: dict[str, Any]) -> list[str]:
    application = document.get("application")
    rows = application.get("attachments") if isinstance(application, dict) else None
    found = [row.get("sha256") for row in _rows(rows) if row.get("state") in (None, "attached")]
    found += [row.get(part) for row in _rows(document.get("snapshots")) for part in ("document", "pdf")]
    return [digest for digest in found if isinstance(digest, str)]


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
