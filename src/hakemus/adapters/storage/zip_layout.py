"""The ZIP frame of a draft, read and written byte by byte: stored members only. Knows nothing of what they hold.

An own reader of forty fields is safer here than a general one: it takes no compression, no encryption, no
second opinion about where a member lies, and it judges every length before it touches what it measures.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from hakemus.adapters.storage.limits import MAX_DOCUMENT, MAX_MEMBER, MAX_MEMBERS, MAX_NAME, MAX_TOTAL
from hakemus.domain.messages import Message, msg

LOCAL_SIGNATURE = b"PK\x03\x04"
CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_SUMS = struct.Struct("<3L")

_VERSION = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION
_FIRST_DAY = 0x0021  # 1 January 1980, the first date ZIP knows: the same content is the same bytes
_PLAIN_FILE = 0o100644 << 16
_UTF8_NAMES = 0x0800
_STREAMED = 0x0008
_ENCRYPTED = 0x2041


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, and where its bytes lie in the file."""

    name: str
    start: int
    size: int
    sound: bool
    """Whether the bytes have the checksum that the directory gives."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int

    @property
    def shown(self) -> str:
        """The name as a message may have it: a hostile one is long."""
        return self.name if len(self.name) <= MAX_NAME else self.name[: MAX_NAME - 1] + "…"


class BrokenFrame(Exception):
    """The frame itself cannot be followed, so that the members cannot be told apart."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


def write(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP file of stored members in the given order, without timestamps or extra fields."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data in members:
        raw_name = name.encode("ascii")
        crc = zlib.crc32(data)
        common = (_VERSION, 0, 0, 0, _FIRST_DAY, crc, len(data), len(data), len(raw_name), 0)
        parts += (LOCAL.pack(LOCAL_SIGNATURE, *common), raw_name, data)
        directory += (
            _CENTRAL.pack(CENTRAL_SIGNATURE, _MADE_BY_UNIX, *common, 0, 0, 0, _PLAIN_FILE, offset),
            raw_name,
        )
        offset += LOCAL.size + len(raw_name) + len(data)
    size = sum(map(len, directory))
    end = _END.pack(END_SIGNATURE, 0, 0, len(members), len(members), size, offset, 0)
    return b"".join((*parts, *directory, end))


def read(data: bytes) -> tuple[list[Member], list[Message]]:
    """The members in the order in which they lie, and what is wrong with single ones.

    Raises `BrokenFrame` where the directory cannot be followed.
    """
    entries = _directory(data)
    if sum(entry.size for entry in entries) > MAX_TOTAL:
        raise BrokenFrame(msg("The members are over {limit} MB together.", limit=MAX_TOTAL // 1_000_000))
    reasons: list[Message] = []
    members: list[Member] = []
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            reasons.append(msg("The member {name} is there twice.", name=entry.shown))
        seen.add(entry.name)
        fault = _unfit(entry)
        if fault is not None:
            reasons.append(fault)
            continue
        start = _content_start(data, entry)
        sound = zlib.crc32(memoryview(data)[start : start + entry.size]) == entry.crc
        if not sound:
            reasons.append(msg("The checksum of the member {name} is wrong.", name=entry.shown))
        members.append(Member(entry.name, start, entry.size, sound))
    return members, reasons


def _unfit(entry: _Entry) -> Message | None:
    """Why a member may not be read, judged by what the directory says of it."""
    if entry.flags & _ENCRYPTED:
        return msg("The member {name} is encrypted.", name=entry.shown)
    if entry.method:
        return msg("The member {name} is compressed.", name=entry.shown)
    if entry.flags & ~(_UTF8_NAMES | _STREAMED):
        return msg("The member {name} is of a kind that this format does not have.", name=entry.shown)
    if entry.packed != entry.size:
        return msg("The sizes of the member {name} contradict each other.", name=entry.shown)
    if entry.name == "document.json" and entry.size > MAX_DOCUMENT:
        return msg("document.json is over {limit} MB.", limit=MAX_DOCUMENT // 1_000_000)
    if entry.size > MAX_MEMBER:
        return msg("The member {name} is over {limit} MB.", name=entry.shown, limit=MAX_MEMBER // 1_000_000)
    return None


def _directory(data: bytes) -> list[_Entry]:
    at = _end_record(data)
    _, disk, first_disk, here, count, size, offset, _ = _END.unpack_from(data, at)
    if disk or first_disk or here != count:
        raise BrokenFrame(msg("The file is one part of a divided ZIP file."))
    if count > MAX_MEMBERS:
        raise BrokenFrame(msg("The file has more than {limit} members.", limit=MAX_MEMBERS))
    if offset + size != at:
        raise BrokenFrame(msg("The directory at the end of the file is not where the file says."))
    entries: list[_Entry] = []
    position = offset
    for _ in range(count):
        if position + _CENTRAL.size > at or data[position : position + 4] != CENTRAL_SIGNATURE:
            raise BrokenFrame(msg("The directory at the end of the file is damaged."))
        fields = _CENTRAL.unpack_from(data, position)
        name_size, extra, comment = fields[10:13]
        end = position + _CENTRAL.size + name_size + extra + comment
        if end > at:
            raise BrokenFrame(msg("The directory at the end of the file is damaged."))
        raw_name = data[position + _CENTRAL.size : position + _CENTRAL.size + name_size]
        crc, packed, unpacked = fields[7:10]
        entries.append(_Entry(_name(raw_name), fields[3], fields[4], crc, packed, unpacked, fields[16]))
        position = end
    if position != at:
        raise BrokenFrame(msg("The directory at the end of the file is damaged."))
    entries.sort(key=lambda entry: entry.header)
    _without_gaps(data, entries, offset)
    return entries


def _end_record(data: bytes) -> int:
    """Where the end record lies; a comment of the archive is allowed behind it, anything else is not."""
    tail = len(data) - _END.size
    at = data.rfind(END_SIGNATURE, max(0, tail - 0xFFFF), max(0, tail + len(END_SIGNATURE)))
    if at < 0:
        raise BrokenFrame(msg("The end of the file is missing: it is not a ZIP file, or it was cut off."))
    if at + _END.size + _END.unpack_from(data, at)[7] != len(data):
        raise BrokenFrame(msg("There are foreign bytes behind the end of the file."))
    return at


def _without_gaps(data: bytes, entries: list[_Entry], end: int) -> None:
    """Members must follow each other from the first byte to the directory: no overlap, nothing hidden between."""
    position = 0
    before: _Entry | None = None
    for entry in entries:
        if entry.header != position and not _is_descriptor(data, position, entry.header, before):
            raise BrokenFrame(
                msg("The member {name} overlaps another, or bytes lie hidden before it.", name=entry.shown)
            )
        position = _content_start(data, entry) + entry.packed
        before = entry
    if position != end and not _is_descriptor(data, position, end, before):
        raise BrokenFrame(msg("The last member and the directory overlap, or bytes lie hidden between them."))


def _is_descriptor(data: bytes, start: int, end: int, before: _Entry | None) -> bool:
    """A program that writes without seeking puts a member's checksum and sizes behind it and says so in its flags.

    They must be those of the directory: anything else in their place is hidden.
    """
    if before is None or not before.flags & _STREAMED or end - start not in (_SUMS.size, _SUMS.size + 4):
        return False
    sums = _SUMS.pack(before.crc, before.packed, before.size)
    return data[start:end] in (sums, DESCRIPTOR_SIGNATURE + sums)


def _content_start(data: bytes, entry: _Entry) -> int:
    """Where the content starts, after the local header has been found to agree with the directory."""
    damaged = msg("The header of the member {name} is damaged or contradicts the directory.", name=entry.shown)
    if entry.header + LOCAL.size > len(data):
        raise BrokenFrame(damaged)
    fields = LOCAL.unpack_from(data, entry.header)
    name_size, extra = fields[9:11]
    name_start = entry.header + LOCAL.size
    agrees = (
        fields[0] == LOCAL_SIGNATURE
        and _name(data[name_start : name_start + name_size]) == entry.name
        and (fields[2], fields[3]) == (entry.flags, entry.method)
        and (entry.flags & _STREAMED or fields[6:9] == (entry.crc, entry.packed, entry.size))
    )
    start: int = name_start + name_size + extra
    if not agrees or start + entry.packed > len(data):
        raise BrokenFrame(damaged)
    return start


def _name(raw: bytes) -> str:
    """A name that can be shown: what is not ASCII makes a name that no member may have."""
    return raw.decode("ascii", "backslashreplace")
