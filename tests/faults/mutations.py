"""Drafts made wrong on purpose, from a seed: in their bytes, in their members, in the values of their document.

Flipped bytes hardly ever get past the checksums; so most mutations take a file apart, change what is inside, and
close it again with checksums that are right. Knows no fuzzer: the suite and the campaign both draw from it.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from hakemus.adapters.storage import zip_layout
from hakemus.adapters.storage.limits import MEDIA_TYPE
from hakemus.domain.call import Call
from hakemus.domain.draft import Document

Members = list[tuple[str, bytes]]
Change = Callable[[bytes], bytes]

PIECES = (
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff" * 4, bytes(4), b'"', b"{", b"[", b"\\", b",", b"\n", b"1e999",
    b"document.json", b"attachments/", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\\ud800", b"\\u0000", b"-", b"1" * 19,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2018, 10**18 - 1, -(10**17), 0.5, -0.0, 1e300, 5e-324, "", " ", "x", "\n", "0", "1",
    "-1", "7200.00", "-0.00", "0.00", "00.00", "999999999999.99", "1234567890123.00", "1e3", "80", "33.333333", "0.0",
    "-0", "100", "999999999.999999", "1,5", "2018-02-29", "2020-02-29", "0999-12-31", "2999-12-31", "9999-12-31",
    "2018-11-20T12:00:00+02:00", "fi", "sv", "en", "zz", "services", "personnel", "EUR", "0.01", "1.00", "a" * 40,
    "a" * 41, "a" * 5_000, "ä", "e\u0301", "\ufeff", "\u202e", "\x00", "\x1b", "\ud800", "\uffff", "😀", "]", "a]b[c",
    "budget.lines[a1].amount", "answers[q1]", "funding.grant", "..", "a..b", "[", "rules.grant-share.percent",
    "attached", "later", "elsewhere", "0" * 64, "{amount}", "{0.__class__}", "%s", "grant-share", "Europe/Helsinki",
    "Nowhere/Never", [], {}, [[]], [None], [1], [""], {"": ""}, {"id": "a1"}, {"fi": "x"}, [{"id": "a1"}] * 2,
)  # fmt: skip


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The bytes with a few faults: flipped bits, lost and repeated stretches, foreign pieces."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = bytes(byte ^ 1 << chance.randrange(8) for byte in data[at : at + 1])
            case 1:
                del data[at : at + chance.randrange(40)]
            case 2:
                data[at:at] = chance.choice(PIECES)
            case 3:
                start = chance.randrange(len(data) + 1)
                data[at : at + chance.randrange(60)] = data[start : start + chance.randrange(60)]
            case _:
                data[at : at + 1] = chance.randbytes(1)
    return bytes(data)


def reshaped(data: bytes, chance: random.Random, change: Change | None = None) -> bytes:
    """The file with other members, or with another document inside, closed again with right checksums.

    `change` is somebody else's way to change bytes; it is used on the document's text now and then.
    """
    members = _members(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        kind = chance.random()
        at = next((at for at, (name, _) in enumerate(members) if name == "document.json"), None)
        if at is None:
            members.insert(1, ("document.json", b"{}"))
        elif kind < 0.1:
            _other_members(members, chance)
        elif kind < 0.3:
            text = members[at][1]
            members[at] = ("document.json", (change or (lambda raw: damaged(raw, chance)))(text))
        else:
            members[at] = ("document.json", _other_document(members[at][1], members, chance))
    return zip_layout.write(members)


def _members(data: bytes) -> Members:
    """The members of a file, or, where it has no frame any more, its bytes as the document of a new one."""
    try:
        found, _ = zip_layout.read(data)
    except zip_layout.BrokenFrame:
        found = []
    members = [(one.name, data[one.start : one.start + one.size]) for one in found if one.name.isascii()]
    return members or [("mimetype", MEDIA_TYPE), ("document.json", data)]


def _other_members(members: Members, chance: random.Random) -> None:
    at = chance.randrange(len(members))
    name, data = members[at]
    match chance.randrange(6):
        case 0:
            del members[at]
        case 1:
            members.append((name, data))
        case 2:
            members[at] = (chance.choice(("../x", "/x", "a/./b", "x", "attachments/x", "Mimetype", "n" * 300)), data)
        case 3:
            members[at] = (name, damaged(data, chance))
        case 4:
            members.insert(at, members.pop())
        case _:
            blob = chance.randbytes(chance.randrange(30))
            members.append((f"attachments/{hashlib.sha256(blob).hexdigest()}", blob))
    if not members:
        members.append(("mimetype", MEDIA_TYPE))


def _other_document(raw: bytes, members: Members, chance: random.Random) -> bytes:
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return damaged(raw, chance)
    for _ in range(chance.choice((1, 1, 2, 5))):
        document = _other_value(document, members, chance)
    text = json.dumps(document, sort_keys=chance.random() < 0.9, indent=chance.choice((1, 1, 1, None)),
                      ensure_ascii=chance.random() < 0.2)  # fmt: skip
    return text.encode("utf-8", "surrogatepass" if chance.random() < 0.1 else "replace")


def _other_value(document: Any, members: Members, chance: random.Random) -> Any:
    places = list(_places(document))
    if not places:
        return chance.choice((document, {}, []))
    holder, key = chance.choice(places)
    match chance.randrange(8):
        case 0:
            del holder[key]
        case 1:
            other, where = chance.choice(places)
            holder[key] = json.loads(json.dumps(other[where]))
        case 2 if isinstance(holder, list):
            holder.insert(key, json.loads(json.dumps(holder[key])))
        case 3 if isinstance(holder, dict):
            holder[chance.choice(_words())] = holder.pop(key)
        case 4 if isinstance(holder[key], str):
            text = holder[key]
            at = chance.randrange(len(text) + 1)
            holder[key] = text[:at] + str(chance.choice(VALUES)) + text[at + chance.randrange(3) :]
        case 5:
            named = [name.removeprefix("attachments/") for name, _ in members if name.startswith("attachments/")]
            holder[key] = chance.choice([*named, "0" * 64])
        case 6 if isinstance(holder[key], dict):
            holder[key][chance.choice(_words())] = _value(chance)
        case _:
            holder[key] = _value(chance)
    return document


def _value(chance: random.Random) -> Any:
    value = json.loads(json.dumps(chance.choice(VALUES)))
    for _ in range(chance.choice((0, 0, 0, 1, 2, 70))):
        value = [value] if chance.random() < 0.5 else {chance.choice(_words()): value}
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    left = [value]
    while left:
        node = left.pop()
        keys: Any = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            yield node, key
            left.append(node[key])


@cache
def _words() -> tuple[str, ...]:
    """Every key that any tree of the file or of a call knows, and some that none does."""
    found = {"", "x", "format", "major", "minor", "name", "written_by", "percent", "base", "least", "limit", "fields"}
    left: list[Any] = [Document, Call]
    seen = set()
    while left:
        tree = left.pop()
        if tree in seen or not hasattr(tree, "model_fields"):
            left += [] if tree in seen else getattr(tree, "__args__", ())
            seen.add(tree)
            continue
        seen.add(tree)
        for name, info in tree.model_fields.items():
            found.add(name)
            left.append(info.annotation)
    return tuple(sorted(found))
