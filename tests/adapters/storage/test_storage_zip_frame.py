"""The frame of a file to the byte: what another program may write, where each limit lies, and what is told."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from hakemus.adapters.storage import container, json_form, limits, zip_layout
from hakemus.adapters.storage.failures import DamagedFile

DOCUMENT = json_form.dump({"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "x"})
PLAIN = zip_layout.write([("mimetype", limits.MEDIA_TYPE), ("document.json", DOCUMENT)])
LOCAL_2 = PLAIN.index(b"PK\x03\x04", 4)
CENTRAL = PLAIN.index(b"PK\x01\x02")
CENTRAL_2 = PLAIN.index(b"PK\x01\x02", CENTRAL + 4)
END = PLAIN.index(b"PK\x05\x06")

FIRST = zip_layout.LOCAL.size + len("mimetype")
"""Where the content of the first member starts."""
LAST_BYTES = len(PLAIN) - 10
"""Where no header has room."""


def _patched(data: bytes, *changes: tuple[int, bytes]) -> bytes:
    patched = bytearray(data)
    for at, new in changes:
        patched[at : at + len(new)] = new
    return bytes(patched)


def _long(number: int) -> bytes:
    return struct.pack("<L", number)


def _moved(by: int) -> bytes:
    """So many zeros before the first member, all addresses set right."""
    data = _patched(
        PLAIN, (CENTRAL + 42, _long(by)), (CENTRAL_2 + 42, _long(LOCAL_2 + by)), (END + 16, _long(CENTRAL + by))
    )
    return bytes(by) + data


SUMS = PLAIN[CENTRAL_2 + 16 : CENTRAL_2 + 28]
"""Checksum and sizes of the last member."""
SIGNED = b"PK\x07\x08" + SUMS


def _streamed(behind: bytes, flags: bytes = b"\x08\0") -> bytes:
    """A last member with bytes behind it, as a program that cannot seek leaves them, and says so."""
    data = _patched(PLAIN, (LOCAL_2 + 6, flags), (CENTRAL_2 + 8, flags), (END + 16, _long(CENTRAL + len(behind))))
    return data[:CENTRAL] + behind + data[CENTRAL:]


def _half_an_entry() -> bytes:
    """A directory that ends with the mark of an entry and has no room for one."""
    data = _patched(PLAIN, (END + 8, b"\3\0\3\0"), (END + 12, _long(END - CENTRAL + 4)))
    return data[:END] + b"PK\x01\x02" + data[END:]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "the directory on another disk": (lambda: _patched(PLAIN, (END + 6, b"\1\0")), "divided"),
    "fewer members here than in all": (lambda: _patched(PLAIN, (END + 10, b"\3\0")), "divided"),
    "an entry without its mark": (lambda: _patched(PLAIN, (CENTRAL_2, b"PKxx")), "end of the file is damaged"),
    "half an entry": (_half_an_entry, "end of the file is damaged"),
    "much behind the end": (lambda: PLAIN + bytes(70_000), "end of the file is missing"),
    "an end record cut short": (lambda: PLAIN[: END + 10], "end of the file is missing"),
    "the end record alone": (lambda: b"PK\x05\x06" + bytes(18), "does not say that it is a draft"),
    "a hole before the first member": (lambda: _moved(12), "hidden before"),
    "too wide a hole before the directory": (lambda: _streamed(SUMS + b"x"), "hidden between"),
    "a hole that nothing speaks of": (lambda: _streamed(SUMS, b"\0\0"), "hidden between"),
    "bytes hidden where the sums belong": (lambda: _streamed(b"hidden bytes"), "hidden between"),
    "bytes hidden where the signed sums belong": (lambda: _streamed(b"HIDDEN bytes too"), "hidden between"),
    "sums of another size": (lambda: _streamed(SIGNED[:-1] + b"\1"), "hidden between"),
    "sums under another mark": (lambda: _streamed(b"PK\x07\x09" + SUMS), "hidden between"),
    "sums that ZIP64 would have": (lambda: _streamed(SIGNED + bytes(8)), "hidden between"),
    "a checksum that contradicts": (lambda: _patched(PLAIN, (LOCAL_2 + 14, b"\0\0\0\0")), "contradicts the directory"),
    "a size beyond the end": (
        lambda: _patched(PLAIN, (LOCAL_2 + 18, _long(9_999) * 2), (CENTRAL_2 + 20, _long(9_999) * 2)),
        "contradicts the directory",
    ),
    "a header in the last bytes": (
        lambda: _patched(
            PLAIN,
            *((at, _long(LAST_BYTES - FIRST) * 2) for at in (18, CENTRAL + 20)),
            (CENTRAL_2 + 42, _long(LAST_BYTES)),
        ),
        "contradicts the directory",
    ),
    "an empty name": (
        lambda: zip_layout.write([("mimetype", limits.MEDIA_TYPE), ("document.json", DOCUMENT), ("", b"")]),
        "does not belong",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_the_frame_is_told(name: str) -> None:
    make, words = REFUSED[name]
    with pytest.raises(DamagedFile) as caught:
        container.unpack(make())
    assert words in caught.value.reasons[0].key


@pytest.mark.parametrize("behind", [SUMS, SIGNED])
def test_a_program_that_cannot_seek_may_leave_its_sums_behind(behind: bytes) -> None:
    assert container.unpack(_streamed(behind)).document_bytes == DOCUMENT


def test_a_file_of_a_program_that_cannot_seek_opens() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.parts.append(bytes(data))
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as out:  # type: ignore[arg-type]
        out.writestr("mimetype", limits.MEDIA_TYPE)
        out.writestr("document.json", DOCUMENT)
    assert container.unpack(b"".join(pipe.parts)).document_bytes == DOCUMENT


def test_a_frame_that_cannot_be_followed_says_why() -> None:
    with pytest.raises(zip_layout.BrokenFrame) as caught:
        zip_layout.read(b"")
    assert str(caught.value) == caught.value.message.key


def test_fields_and_comments_of_another_program_are_passed_over() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for name, data in (("mimetype", limits.MEDIA_TYPE), ("document.json", DOCUMENT)):
            member = zipfile.ZipInfo(name)
            member.extra = b"\x99\x99\x03\x00abc"
            member.comment = b"by hand"
            out.writestr(member, data)
        out.comment = b"c" * 0xFFFF
    assert container.unpack(target.getvalue()).document_bytes == DOCUMENT


def test_a_comment_in_which_another_end_could_be_seen_is_refused() -> None:
    def with_comment(comment: bytes) -> bytes:
        return PLAIN[:-2] + struct.pack("<H", len(comment)) + comment

    sign = b"PK\x05\x06"
    assert container.unpack(with_comment(b"a" * 40 + sign + b"b" * 17)).document_bytes == DOCUMENT
    for comment in (sign + b"b" * 18, b"a" * 40 + sign + b"b" * 18, sign * 10, PLAIN[END:]):
        with pytest.raises(DamagedFile, match="damaged") as caught:
            container.unpack(with_comment(comment))
        assert "end of the file" in caught.value.reasons[0].key


def test_an_attachment_may_be_a_zip_itself() -> None:
    inner = zip_layout.write([("xl/workbook.xml", b"<x/>")])
    digest = hashlib.sha256(inner).hexdigest()
    assert container.unpack(container.pack(DOCUMENT, {digest: inner})).attachments == {digest: inner}


def test_all_members_that_may_not_be_read_are_told() -> None:
    both = _patched(PLAIN, (6, b"\1\0"), (CENTRAL + 8, b"\1\0"), (LOCAL_2 + 8, b"\x08\0"), (CENTRAL_2 + 10, b"\x08\0"))
    _, reasons = zip_layout.read(both)
    assert [(reason.key.split()[-1], reason.values["name"]) for reason in reasons] == [
        ("encrypted.", "mimetype"),
        ("compressed.", "document.json"),
    ]


@pytest.mark.parametrize(("length", "shown"), [(5, "n" * 5), (200, "n" * 200), (201, "n" * 199 + "…")])
def test_a_long_name_is_shortened_in_what_is_told(length: int, shown: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("n" * length, b"x")
    _, reasons = zip_layout.read(target.getvalue())
    assert [reason.values["name"] for reason in reasons] == [shown]


@pytest.mark.parametrize(
    ("limit", "members", "words"),
    [
        ("MAX_TOTAL", {"a": 600_000, "b": 400_000}, "together"),
        ("MAX_DOCUMENT", {"document.json": 1_000_000}, "document.json is over"),
        ("MAX_MEMBER", {"a": 1_000_000}, "The member {name} is over"),
        ("MAX_MEMBERS", {"a": 1, "b": 1}, "more than {limit} members"),
    ],
)
def test_each_limit_lies_where_it_is_said_to(
    limit: str, members: dict[str, int], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_layout, limit, 2 if limit == "MAX_MEMBERS" else 1_000_000)
    rows: list[Any] = [(name, bytes(size)) for name, size in members.items()]
    assert [member.size for member in zip_layout.read(zip_layout.write(rows))[0]] == list(members.values())
    more = [*rows, ("c", b"x")] if limit == "MAX_MEMBERS" else [(rows[0][0], rows[0][1] + b"x"), *rows[1:]]
    try:
        _, (message,) = zip_layout.read(zip_layout.write(more))
    except zip_layout.BrokenFrame as broken:
        message = broken.message
    assert words in message.key
    assert str(message.values["limit"]) == ("2" if limit == "MAX_MEMBERS" else "1")
