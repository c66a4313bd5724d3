"""The JSON of a draft: a strict way to read it, beside the one way to write it. Knows nothing of what it means."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any, NoReturn

from hakemus.adapters.storage.limits import MAX_DEPTH, MAX_INTEGER_DIGITS, MAX_PARTS
from hakemus.domain.canonical_json import dump as dump
from hakemus.domain.frozen import Spelled
from hakemus.domain.messages import Message, msg

_NOT_STRUCTURE = bytes(set(range(256)) - set(b'",[{'))
_AT_A_TIME = 250_000


class Unreadable(ValueError):
    """The text is not JSON as this format wants it; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


def parse(data: bytes, name: str = "document.json") -> dict[str, Any]:
    """The object that the bytes hold; `name` is what a message calls them.

    Raises `Unreadable` for what would be read differently by different readers or would cost too much:
    a byte order mark, another encoding, duplicate keys, NaN and infinities, whole numbers over 18 digits,
    nesting over 64, over a million values, anything but an object at the top.
    """
    try:
        return _parsed(data)
    except Unreadable as error:
        message = error.message
        raise Unreadable(msg(message.key, **{**message.values, "name": name})) from None


def _parsed(data: bytes) -> dict[str, Any]:
    if data[:3] == b"\xef\xbb\xbf":
        raise Unreadable(msg("{name} starts with a byte order mark."))
    if has_too_many_parts(data):
        raise Unreadable(msg("{name} has over {limit} values and lists.", limit=MAX_PARTS))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(msg("{name} is not UTF-8 text (byte {offset}).", offset=error.start)) from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_bounded_int,
            parse_float=_finite,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise Unreadable(
            msg("{name} is not JSON (line {line}, column {column}).", line=error.lineno, column=error.colno)
        ) from None
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(value, dict):
        raise Unreadable(msg("{name} does not hold an object."))
    if _deeper_than(value, MAX_DEPTH):
        raise _too_deep()
    return value


def has_too_many_parts(data: bytes) -> bool:
    """Whether JSON has more commas and opening brackets outside its texts than a document may have.

    Counted in the bytes: a document that was made dense in order to do harm is refused before it takes any memory.
    """
    if data.count(b",") + data.count(b"[") + data.count(b"{") <= MAX_PARTS:
        return False
    parts = at = inside = 0
    while at < len(data) and parts <= MAX_PARTS:
        piece = data[at : at + _AT_A_TIME]
        if (len(piece) - len(piece.rstrip(b"\\"))) % 2:
            piece = data[at : at + _AT_A_TIME + 1]  # the second half of an escape belongs to the first
        at += len(piece)
        bare = piece.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, delete=_NOT_STRUCTURE)
        stretches = bare.replace(b'""', b"").split(b'"')  # by turns outside and inside of texts
        parts += sum(map(len, stretches[inside::2]))
        inside = (inside + len(stretches) - 1) % 2
    return parts > MAX_PARTS


def _too_deep() -> Unreadable:
    return Unreadable(msg("{name} is nested deeper than {limit} levels.", limit=MAX_DEPTH))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common()[0][0]
        raise Unreadable(msg("{name} has the key {key} twice in one object.", key=_short(twice)))
    return found


def _bounded_int(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_INTEGER_DIGITS:
        raise Unreadable(msg("{name} has a whole number of more than {limit} digits.", limit=MAX_INTEGER_DIGITS))
    return int(digits)


def _finite(digits: str) -> float:
    value = number(digits)
    if value is None:
        raise Unreadable(msg("{name} has a number too great to keep: {number}.", number=_short(digits)))
    return value


def number(digits: str) -> float | None:
    """A number with a fraction or an exponent, which is written again as it stands; None beyond a double's range."""
    value = float(digits)
    if not math.isfinite(value):
        return None
    return value if repr(value) == digits else Spelled(digits)


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(msg("{name} has {number}, which is not a number of JSON.", number=name))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _deeper_than(value: Any, limit: int) -> bool:
    level: list[Any] = [value]
    for _ in range(limit):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(child for child in item.values() if isinstance(child, (dict, list)))
            else:
                inner.extend(child for child in item if isinstance(child, (dict, list)))
        if not inner:
            return False
        level = inner
    return True
