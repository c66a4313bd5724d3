"""What can still be read of a damaged file: the document as far as it goes, and the attachments that are whole.

Never writes anything and never claims to be right: what it finds is shown read-only and saved under a new name.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from hakemus.adapters.storage import json_form
from hakemus.adapters.storage.container import without_missing
from hakemus.adapters.storage.limits import MAX_DEPTH, MAX_DOCUMENT, MAX_FILE, MAX_INTEGER_DIGITS, MAX_MEMBER
from hakemus.adapters.storage.zip_layout import CENTRAL_SIGNATURE, LOCAL, LOCAL_SIGNATURE

_FREE_VALUES = 10_000
_BYTES_A_VALUE = 8
"""A rescue reads so many values of any file, and one more for each so many of its bytes: a few kilobytes that unpack
to millions of values would hold it up for minutes. A line of the canonical form is longer than that."""
_MOST_VALUES = 500_000
"""Of no file more: a few seconds of the processor. The largest budgets of the tests have a tenth of it."""
_FREE_BYTES = 2_000_000
_PACKED_AT_MOST = 16
"""So many bytes may come out of any file where somebody compressed it, and so many more for each of its own."""

_HEX = re.compile(rb"attachments/([0-9a-f]{64})")
_STRING = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"')
_SCALAR = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
_SPACE = re.compile(r"[ \t\r\n]*")
_SPACES = frozenset(" \t\r\n")
_LINE = re.compile(r"[^\n]+")
_LAST_LINE = re.compile(r"[^\n]*+\s*+\Z")
_PLAIN = re.compile(r'"[^"\\]*"')
_DECODER = json.JSONDecoder(strict=False)
_KEY = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"): ')


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was found. `complete` says that the document's text was read to its end without a fault."""

    document: dict[str, Any]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    complete: bool = False
    lost: tuple[str, ...] = ()
    """Names of attachments that were not found whole; their rows say `later` now."""


def rescue(data: bytes) -> Rescued | None:
    """The document of a damaged file as far as it can be read, with the attachments that are whole; else None."""
    if len(data) > MAX_FILE:
        return None
    most = _most_values(data)
    for raw in _documents(data):
        found = _rescued(raw, most)
        if found is not None:
            attachments = dict(_whole_attachments(data))
            document, lost = without_missing(found.document, attachments)
            return Rescued(document, attachments, found.complete, lost)
    return None


def rescue_text(raw: bytes) -> Rescued | None:
    """The document that starts with these bytes as far as it can be read; else None."""
    return _rescued(raw, _most_values(raw))


def _rescued(raw: bytes, most: int) -> Rescued | None:
    sound = _sound(raw, most)
    if sound:
        return Rescued(sound, {}, complete=True)
    document, complete = _readable(raw.decode("utf-8", "replace"), most)
    return Rescued(document, {}, complete) if document else None


def _sound(raw: bytes, most: int) -> dict[str, Any] | None:
    """The document where nothing is wrong with its own text, read a hundred times as fast as what is broken."""
    if b"null" in raw or sum(map(raw.count, (b",", b"[", b"{"))) > most:
        return None
    try:
        return json_form.parse(raw)
    except json_form.Unreadable:
        return None


def _most_values(data: bytes) -> int:
    return min(_FREE_VALUES + len(data) // _BYTES_A_VALUE, _MOST_VALUES)


def _most_bytes(data: bytes) -> int:
    return _FREE_BYTES + len(data) * _PACKED_AT_MOST


def _documents(data: bytes) -> Iterator[bytes]:
    """The stretches of bytes that may be the document's text, the likeliest first."""
    name = b"document.json"
    at = data.find(name)
    if at >= LOCAL.size:
        yield _member(data, at, len(name), MAX_DOCUMENT)
    for start in dict.fromkeys((data.find(b"{", max(at, 0)), data.find(b"{"))):
        if start >= 0:
            yield data[start : _next_header(data, start, MAX_DOCUMENT)]


def _next_header(data: bytes, start: int, limit: int) -> int:
    """Where the next header starts behind `start`, or the end of the file or of what may belong together."""
    end = min(len(data), start + limit)
    marks = (data.find(mark, start, end) for mark in (LOCAL_SIGNATURE, CENTRAL_SIGNATURE))
    return min((mark for mark in marks if mark >= 0), default=end)


def _member(data: bytes, name_at: int, name_size: int, limit: int) -> bytes:
    """The content of the member whose name stands at `name_at`, unpacked where somebody compressed it."""
    header = LOCAL.unpack_from(data, name_at - LOCAL.size)
    if header[0] != LOCAL_SIGNATURE:
        start = name_at + name_size
        return data[start : _next_header(data, start, limit)]
    start = name_at + name_size + header[10]
    if header[3] == zlib.DEFLATED:
        most = min(limit, _most_bytes(data))
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[start : start + limit], most)
        except zlib.error:
            return b""
    end = start + header[7]
    if 0 < header[7] <= limit and data[end : end + 4] in (LOCAL_SIGNATURE, CENTRAL_SIGNATURE):
        return data[start:end]
    return data[start : _next_header(data, start, limit)]


def _whole_attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Attachments whose bytes still hash to their name, wherever they lie."""
    seen: set[str] = set()
    read = 0
    for found in _HEX.finditer(data):
        digest = found[1].decode("ascii")
        at = found.start()
        if digest in seen or at < LOCAL.size or data[at - LOCAL.size : at - LOCAL.size + 4] != LOCAL_SIGNATURE:
            continue
        content = _member(data, at, len(found[0]), MAX_MEMBER)
        read += len(content)
        if read > _most_bytes(data):  # members that claim each other's bytes could be hashed for hours
            return
        if hashlib.sha256(content).hexdigest() == digest:
            seen.add(digest)
            yield digest, content


def _readable(text: str, most: int) -> tuple[dict[str, Any], bool]:
    """The object at the start of the text: whole if it can be, else by lines, else its longest readable start."""
    reader = _Reader(text, most)
    document = reader.document()
    if reader.whole:
        return document, not reader.lost
    if reader.is_at_last_line():
        return document, False
    by_lines = _by_lines(text, most)
    return (by_lines if _weight(by_lines) > _weight(document) else document), False


def _weight(value: Any) -> int:
    """How much a document holds, to tell the better of two rescues."""
    return len(json.dumps(value, ensure_ascii=False))


class _Reader:
    """Reads JSON from the start and, where it ends or breaks, closes what is open and keeps what was read.

    A text that is cut in its middle is kept as far as it goes: half a description is worth having.
    """

    def __init__(self, text: str, most: int = 1) -> None:
        self._text = text
        self._at = 0
        self._left = most
        self.whole = True
        self.lost = False

    def document(self) -> dict[str, Any]:
        value = self._value(0)
        return value if isinstance(value, dict) else {}

    def is_at_last_line(self) -> bool:
        """Whether nothing but the line that broke is left: the file was cut, and no other line has anything to give."""
        return _LAST_LINE.match(self._text, self._at) is not None

    def scalar(self) -> Any:
        """The text, number or word at the start; None where there is none."""
        return self._value(MAX_DEPTH)

    def _value(self, depth: int) -> Any:
        opening = self._peek()
        self._left -= 1
        if self._left < 0:
            self._broken()
            return None
        if opening == "{" and depth < MAX_DEPTH:
            return self._object(depth + 1)
        if opening == "[" and depth < MAX_DEPTH:
            return self._array(depth + 1)
        if opening == '"':
            return self._string()
        found = _SCALAR.match(self._text, self._at)
        if found is None:
            self._broken()
            return None
        self._at = found.end()
        value = _scalar(found[0])
        self.lost = self.lost or (value is None and found[0] != "null")
        return value

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self._at += 1
        if self._taken("}"):
            return found
        while self.whole:
            self._peek()
            key = self._string()
            if not self.whole or key is None or not self._taken(":"):
                self._broken()
                break
            value = self._value(depth)
            self.lost = self.lost or key in found
            if value is not None:
                found.setdefault(key, value)
            if not self.whole or self._taken("}"):
                break
            if not self._taken(","):
                self._broken()
        return found

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        self._at += 1
        if self._taken("]"):
            return found
        while self.whole:
            value = self._value(depth)
            if value is not None:
                found.append(value)
            if not self.whole or self._taken("]"):
                break
            if not self._taken(","):
                self._broken()
        return found

    def _string(self) -> Any:
        found = _STRING.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
            text = _text(found[0])
            self.lost = self.lost or text is None
            return text
        self._broken()
        line = _LINE.match(self._text, self._at)
        return (line and _text(line[0] + '"')) or None

    def _peek(self) -> str:
        sign = self._text[self._at : self._at + 1]
        if sign in _SPACES:
            space = _SPACE.match(self._text, self._at)
            assert space is not None  # no space is space too
            self._at = space.end()
            sign = self._text[self._at : self._at + 1]
        return sign

    def _taken(self, mark: str) -> bool:
        if self._peek() != mark:
            return False
        self._at += 1
        return True

    def _broken(self) -> None:
        self.whole = False


def _scalar(text: str) -> Any:
    if text.lstrip("-").isdigit():
        return int(text) if len(text.lstrip("-")) <= MAX_INTEGER_DIGITS else None
    if text in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[text]
    return json_form.number(text)


def _text(literal: str) -> Any:
    """The text of a string literal; one that was cut inside an escape loses the escape."""
    if _PLAIN.fullmatch(literal):
        return literal[1:-1]  # as the decoder would, a hundred thousand times in a large draft
    for end in range(len(literal) - 1, max(0, len(literal) - 8), -1):
        try:
            return _DECODER.decode(literal[:end] + '"')
        except json.JSONDecodeError:
            continue
    return None


def _by_lines(text: str, most: int) -> dict[str, Any]:
    """The document read line by line: in the canonical form every line tells its own depth by its indent.

    So a broken line costs that line and what it opened, never what stands behind it.
    """
    root: dict[str, Any] = {}
    open_at: list[Any] = [root]
    for found in islice(_LINE.finditer(text), most):
        line = found[0]
        depth = len(line) - len(line.lstrip(" "))
        key = _KEY.match(line, depth)
        rest = line[key.end() if key else depth :].rstrip()
        if not 0 < depth <= min(len(open_at), MAX_DEPTH):
            continue
        del open_at[depth:]  # a line that closes something comes to nothing, and ends what stood open at its depth
        value: Any = {} if rest == "{" else [] if rest == "[" else _Reader(rest).scalar()
        _place(open_at[depth - 1], key[1] if key else None, value)
        open_at.append(value)
    pruned: dict[str, Any] = _pruned(root)
    return pruned


def _place(parent: Any, key_text: str | None, value: Any) -> None:
    if value is None:
        return
    if isinstance(parent, dict) and key_text is not None:
        parent.setdefault(_text(key_text), value)
    elif isinstance(parent, list) and key_text is None:
        parent.append(value)


def _pruned(value: Any) -> Any:
    """Without the empty containers that stood around broken lines."""
    if isinstance(value, dict):
        kept = {key: _pruned(item) for key, item in value.items() if isinstance(key, str)}
        return {key: item for key, item in kept.items() if item not in ({}, [])}
    if isinstance(value, list):
        return [item for item in map(_pruned, value) if item not in ({}, [])]
    return value
