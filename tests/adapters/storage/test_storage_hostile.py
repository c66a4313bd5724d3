"""Files made to do harm: each is refused by the one error of damage, quickly and without swelling the memory."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.storage import container, json_form, limits, salvage, zip_layout
from hakemus.adapters.storage.failures import DamagedFile

FORMAT = {"format": {"name": "hakemus", "major": 1, "minor": 0, "written_by": "0.1.0"}, "id": "x"}
SOUND = json_form.dump(FORMAT)
MEDIA = limits.MEDIA_TYPE


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED, first: bytes = MEDIA) -> bytes:
    """A ZIP as the standard library makes it, with our first member."""
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of duplicate names and writes them
        with zipfile.ZipFile(target, "w") as out:
            out.writestr("mimetype", first)
            for name, data in members:
                out.writestr(name, data, compress_type=method)
    return target.getvalue()


def _patched(data: bytes, *changes: tuple[int, bytes]) -> bytes:
    patched = bytearray(data)
    for at, new in changes:
        patched[at : at + len(new)] = new
    return bytes(patched)


def _document(raw: bytes) -> bytes:
    return zip_layout.write([("mimetype", MEDIA), ("document.json", raw)])


def _with(name: str, data: bytes = b"x") -> bytes:
    return _zip(("document.json", SOUND), (name, data))


PLAIN = _document(SOUND)
LOCAL_2 = PLAIN.index(b"PK\x03\x04", 4)
CENTRAL = PLAIN.index(b"PK\x01\x02")
CENTRAL_2 = PLAIN.index(b"PK\x01\x02", CENTRAL + 4)
END = PLAIN.index(b"PK\x05\x06")


def _flags(value: int) -> bytes:
    raw = struct.pack("<H", value)
    return _patched(PLAIN, (LOCAL_2 + 6, raw), (CENTRAL_2 + 8, raw))


def _sizes(packed: int, size: int) -> bytes:
    raw = struct.pack("<LL", packed, size)
    return _patched(PLAIN, (LOCAL_2 + 18, raw), (CENTRAL_2 + 20, raw))


def _overlapping() -> bytes:
    """Two directory entries that share the bytes of one member, the way of the newer ZIP bombs."""
    entry = PLAIN[CENTRAL_2:END]
    data = PLAIN[:END] + entry * 50
    size = len(data) - CENTRAL
    return data + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 52, 52, size, CENTRAL, 0)


def _many(count: int) -> bytes:
    return zip_layout.write([("mimetype", MEDIA), ("document.json", SOUND), *((f"m{n}", b"") for n in range(count))])


def _hidden() -> bytes:
    """Bytes between two members that the directory does not know."""
    hidden = b"hidden bytes"  # as long as what a streaming program may put there
    moved = struct.unpack_from("<L", PLAIN, CENTRAL_2 + 42)[0] + len(hidden)
    start = struct.pack("<L", CENTRAL + len(hidden))
    data = _patched(PLAIN, (CENTRAL_2 + 42, struct.pack("<L", moved)), (END + 16, start))
    return data[:LOCAL_2] + hidden + data[LOCAL_2:]


def _last_header() -> bytes:
    """A first member that claims all bytes but five, and a second one in those five."""
    size = struct.pack("<LL", *[len(PLAIN) - 5 - 38] * 2)
    return _patched(PLAIN, (18, size), (CENTRAL + 20, size), (CENTRAL_2 + 42, struct.pack("<L", len(PLAIN) - 5)))


def _dense() -> bytes:
    return b'{"a":[' + b"[]," * 60_000 + b"[]]}"


def _bomb(text: bytes) -> bytes:
    """A document of a few kilobytes that unpacks to megabytes."""
    return _zip(("document.json", text), method=zipfile.ZIP_DEFLATED)


def _claims() -> bytes:
    """Headers of thousands of attachments, each of which claims all bytes behind it."""
    count, size, header = 3_000, 1_000_000, 106
    headers = []
    for n in range(count):
        left = size - header * (n + 1)
        headers.append(struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, left, left, 76, 0))
        headers.append(b"attachments/%064x" % n)
    return b"".join(headers).ljust(size, b"x") + b"PK\x01\x02"


def _other_zip(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(name, "<x/>")
    return target.getvalue()


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as out:
        out.addfile(tarfile.TarInfo("document.json"))
    return target.getvalue()


def _kept_state(raw: bytes, rows: int = 1) -> bytes:
    """A file whose kept states are these bytes, and that lists an attachment which it does not hold."""
    states = [{"id": f"s{n}", "document": hashlib.sha256(raw).hexdigest()} for n in range(rows)]
    missing = {"id": "m", "pdf": "0" * 64}
    document = json_form.dump({**FORMAT, "snapshots": [*states, missing]})
    blobs = [(f"attachments/{hashlib.sha256(one).hexdigest()}", one) for one in (raw, b"nobody's")]
    return zip_layout.write([("mimetype", MEDIA), ("document.json", document), *blobs])


def _one_for_all() -> bytes:
    """Thousands of kept states that name one document, which must not be read thousands of times."""
    return _kept_state(json_form.dump({**FORMAT, "a": [[] for _ in range(10_000)]}), 3_000)


_DIGEST = hashlib.sha256(b"x").hexdigest()

FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "one byte": lambda: b"P",
    "zeros": lambda: bytes(5_000),
    "text": lambda: b"Hei vain",
    "the bare document": lambda: SOUND,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a tar": _tar,
    "xz": lambda: lzma.compress(SOUND),
    "gzip": lambda: zlib.compress(SOUND, wbits=31),
    "an empty zip": lambda: _other_zip("x")[-22:-14] + bytes(14),
    "an end record alone": lambda: b"PK\x05\x06" + bytes(18),
    "a spreadsheet": lambda: _other_zip("xl/workbook.xml"),
    "an office document": lambda: _zip(("content.xml", b"<x/>"), first=b"application/vnd.oasis.opendocument.text"),
    "a zip of another type with our names": lambda: _zip(("document.json", SOUND), first=b"application/zip"),
    "mimetype not first": lambda: zip_layout.write([("document.json", SOUND), ("mimetype", MEDIA)]),
    "mimetype missing": lambda: zip_layout.write([("document.json", SOUND)]),
    "document missing": lambda: zip_layout.write([("mimetype", MEDIA)]),
    "compressed": lambda: _zip(("document.json", SOUND), method=zipfile.ZIP_DEFLATED),
    "compressed by bzip2": lambda: _zip(("document.json", SOUND), method=zipfile.ZIP_BZIP2),
    "a zip bomb": lambda: _zip(("document.json", SOUND), ("bomb", bytes(50_000_000)), method=zipfile.ZIP_DEFLATED),
    "overlapping members": _overlapping,
    "encrypted": lambda: _flags(0x0001),
    "strongly encrypted": lambda: _flags(0x0041),
    "an encrypted directory": lambda: _flags(0x2000),
    "patch data": lambda: _flags(0x0020),
    "wrong checksum": lambda: _patched(PLAIN, (CENTRAL_2 + 16, b"\0\0\0\0"), (LOCAL_2 + 14, b"\0\0\0\0")),
    "changed content": lambda: PLAIN.replace(b'"major": 1', b'"major": 2', 1),
    "sizes that lie": lambda: _sizes(4, len(SOUND)),
    "an unpacked size that lies": lambda: _sizes(len(SOUND), 4),
    "a header that starts at the very end": _last_header,
    "a size beyond the end": lambda: _sizes(10_000, 10_000),
    "four gigabytes": lambda: _sizes(0xFFFFFFFF, 0xFFFFFFFF),
    "a document over the limit": lambda: _sizes(limits.MAX_DOCUMENT + 1, limits.MAX_DOCUMENT + 1),
    "a member over the limit": lambda: _with("a" * 13).replace(
        struct.pack("<LL", 1, 1), struct.pack("<LL", 100_000_001, 100_000_001)
    ),
    "zip64": lambda: _patched(PLAIN, (END + 8, b"\xff\xff\xff\xff"), (END + 16, b"\xff\xff\xff\xff")),
    "too many members": lambda: _many(999),
    "a count that lies": lambda: _patched(PLAIN, (END + 8, b"\x05\0\x05\0")),
    "fewer members than there are": lambda: _patched(PLAIN, (END + 8, b"\x01\0\x01\0")),
    "several disks": lambda: _patched(PLAIN, (END + 4, b"\x01\0")),
    "directory elsewhere": lambda: _patched(PLAIN, (END + 16, b"\x07\0\0\0")),
    "a header beyond the end": lambda: _patched(PLAIN, (CENTRAL_2 + 42, b"\xff\xff\xff\x7f")),
    "a name that contradicts": lambda: _patched(PLAIN, (LOCAL_2 + 30, b"d0cument")),
    "a directory entry too long": lambda: _patched(PLAIN, (CENTRAL_2 + 30, b"\xff\xff")),
    "hidden bytes": _hidden,
    "bytes hidden in the directory": lambda: (
        PLAIN[:END] + b"hidden" + _patched(PLAIN[END:], (12, struct.pack("<L", END - CENTRAL + 6)))
    ),
    "bytes before": lambda: b"MZ" + PLAIN,
    "bytes behind": lambda: PLAIN + bytes(512),
    "twice over": lambda: PLAIN + PLAIN,
    "two documents": lambda: _zip(("document.json", SOUND), ("document.json", b"{}")),
    "two mimetypes": lambda: _zip(("mimetype", MEDIA), ("document.json", SOUND)),
    "traversal": lambda: _with("../../etc/passwd"),
    "traversal in attachments": lambda: _with("attachments/../../x"),
    "an absolute name": lambda: _with("/etc/passwd"),
    "a drive": lambda: _with("C:\\x"),
    "a folder": lambda: _with("attachments/", b""),
    "an empty name": lambda: zip_layout.write([("mimetype", MEDIA), ("document.json", SOUND), ("", b"")]),
    "a name with NUL": lambda: _with("axb").replace(b"axb", b"a\0b"),
    "a name with bidi tricks": lambda: _with("x\u202efdp.exe"),
    "a name like ours": lambda: _with("Document.json"),
    "a hash in capitals": lambda: _with(f"attachments/{_DIGEST.upper()}"),
    "an attachment with another's hash": lambda: _with(f"attachments/{_DIGEST}", b"y"),
    "an attachment of a wrong name": lambda: _with("attachments/aie.pdf"),
    "a very long name": lambda: _with("n" * 60_000),
    "duplicate keys": lambda: _document(SOUND.replace(b'"id": "x"', b'"id": "x", "id": "y"')),
    "deep nesting": lambda: _document(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "deep lists": lambda: _document(b"[" * 1_000_000),
    "sixty-five levels": lambda: _document(json.dumps({**FORMAT, "a": json.loads("[" * 64 + "]" * 64)}).encode()),
    "a number of 10 000 digits": lambda: _document(SOUND.replace(b'"major": 1', b'"major": ' + b"1" * 10_000)),
    "NaN": lambda: _document(SOUND.replace(b'"x"', b"NaN")),
    "infinity": lambda: _document(SOUND.replace(b'"x"', b"-Infinity")),
    "a float without end": lambda: _document(SOUND.replace(b'"x"', b"1e400")),
    "UTF-16": lambda: _document(SOUND.decode().encode("utf-16")),
    "UTF-32": lambda: _document(SOUND.decode().encode("utf-32-le")),
    "a byte order mark": lambda: _document(b"\xef\xbb\xbf" + SOUND),
    "Latin-1": lambda: _document('{"a": "ä"}'.encode("latin-1")),
    "NULs": lambda: _document(bytes(5_000)),
    "NUL in a text": lambda: _document(SOUND.replace(b'"x"', b'"x\0"')),
    "an empty document": lambda: _document(b""),
    "half a document": lambda: _document(SOUND[: len(SOUND) // 2]),
    "an empty object": lambda: _document(b"{}"),
    "a list for a document": lambda: _document(b"[]"),
    "no format": lambda: _document(b'{"id": "x"}'),
    "another format": lambda: _document(SOUND.replace(b'"hakemus"', b'"other"')),
    "a dense document": lambda: _document(_dense()),
    "an unpacking list": lambda: _bomb(b'{"a":[' + b"[]," * 10_000_000),
    "an unpacking object": lambda: _bomb(b"{" + b'"a":1,' * 4_000_000),
    "unpacking lines": lambda: _bomb(b"{\n" + b' "a": [\n' * 3_000_000),
    "unpacking line ends": lambda: _bomb(b"{" + b"\n" * 30_000_000),
    "an unpacking text": lambda: _bomb(b'{"a": "' + b"x" * 30_000_000),
    "unpacking escapes": lambda: _bomb(b'{"a": "' + b'\\"' * 15_000_000),
    "unpacking depth": lambda: _bomb(b"[" * 30_000_000),
    "attachments that unpack": lambda: _zip(
        ("document.json", SOUND), *((f"attachments/{n:064x}", bytes(30_000_000)) for n in range(3)),
        method=zipfile.ZIP_DEFLATED,
    ),
    "attachments that claim each other": _claims,
    "names without end": lambda: (b"PK\x03\x04" + bytes(26) + b"attachments/" + b"0" * 64) * 3_000,
    "strings that do not end": lambda: _document(b"{\n" + b' "aaaa\n' * 10_000),
    "escapes that do not end": lambda: _document(b'{"a": ' + b'"\\' * 100_000),
    "kept states that all are one great document": _one_for_all,
    "thousands of attachments that are not there": lambda: _document(
        json_form.dump({**FORMAT, "application": {"attachments": [{"sha256": f"{n:064x}"} for n in range(4_000)]}})
    ),
    "keys that come to be one": lambda: _document(b'{"format": {"name": "hakemus"}, "\\ud800": 1, "\\udfff": 2}'),
    "versions that are truths": lambda: _document(
        SOUND.replace(b'"major": 1', b'"major": true').replace(b'"minor": 0', b'"minor": false')
    ),
    "a version with a point": lambda: _document(SOUND.replace(b'"major": 1', b'"major": 1.0')),
    "a number of a million decimals": lambda: _document(
        SOUND.replace(b'"x"', b"0." + b"1" * 1_000_000).replace(b'"hakemus"', b'"x"')
    ),
    "a hash with a line end": lambda: _document(
        json_form.dump({**FORMAT, "application": {"attachments": [{"id": "a", "sha256": _DIGEST + "\n"}]}})
    ),
    "hundreds of attachments with other hashes": lambda: zip_layout.write(
        [("mimetype", MEDIA), ("document.json", SOUND)] + [(f"attachments/{n:064x}", bytes(2_000)) for n in range(900)]
    ),
    "a kept state that is deep": lambda: _kept_state(b"[" * 1_000_000),
    "a kept state that is no JSON": lambda: _kept_state(bytes(1_000_000)),
    "lone surrogates everywhere": lambda: _document(b'{"a": [' + b'"\\ud800",' * 2_000 + b'"x"]}'),
    "an end record in the comment": lambda: PLAIN[:-2] + b"\x16\0" + PLAIN[END:],
    "an attachment that is not there": lambda: _document(
        json_form.dump({**FORMAT, "application": {"attachments": [{"id": "a", "sha256": "0" * 64}, 3]}})
    ),
}  # fmt: skip


def _opened(*words: str | Path) -> dict[str, tuple[str, float]]:
    """How the opening of each file in a folder ended, and how long it took."""
    run = subprocess.run(
        [sys.executable, str(OPENER), *map(str, words)], capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, tuple[str, float]] = json.loads(run.stdout)
    return found


OPENER = Path(__file__).parents[2] / "faults" / "hostile_opener.py"
MOST_SECONDS = 0.2
GREAT = 235_000 if os.environ.get("HAKEMUS_CAMPAIGN") else 40_000
"""Rows of a draft that comes near the limit of its text."""


def test_each_is_refused_with_reasons_quickly_and_in_little_memory(tmp_path: Path, figure: Callable[..., None]) -> None:
    assert len(FILES) >= 60
    for name, make in FILES.items():
        (tmp_path / name).write_bytes(make())
    found = _opened(tmp_path)
    assert {name: end for name, (end, _) in found.items() if end != "DamagedFile"} == {}
    assert {name: seconds for name, (_, seconds) in found.items() if seconds > MOST_SECONDS} == {}
    assert set(os.listdir(tmp_path)) == set(FILES), "something was written"
    slowest = max(seconds for _, seconds in found.values())
    figure(
        "hostile",
        f"{len(FILES)} kinds, each refused with its reasons, in a process that may take 200 MB more than at its start; "
        f"the slowest {slowest * 1_000:.0f} ms of processor time, rescue included",
    )


DENSE = {
    "lists": b"[],", "objects": b"{},", "texts": b'"ab",', "numbers": b"1.5,", "one in another": b'[{"":[0,"\\""]}],',
    "marks in texts": b'"[,","[",{",":2},',
}  # fmt: skip
"""What a document can be filled with that takes ten to thirty times its bytes in memory."""


def test_a_dense_document_is_refused_before_it_takes_memory(tmp_path: Path, figure: Callable[..., None]) -> None:
    size = 31_900_000 if os.environ.get("HAKEMUS_CAMPAIGN") else 8_000_000
    found: dict[str, tuple[str, float]] = {}
    for name, part in DENSE.items():
        (tmp_path / name).mkdir()
        raw = json.dumps(FORMAT).encode()[:-1] + b', "a": [' + part * (size // len(part)) + b"0]}"
        (tmp_path / name / name).write_bytes(_document(raw))
        found |= _opened(tmp_path / name, "refuse")
    assert {end for end, _ in found.values()} == {"DamagedFile"}
    slowest = max(seconds for _, seconds in found.values())
    assert slowest < MOST_SECONDS
    figure(
        "dense",
        f"{len(DENSE)} kinds of {size / 1e6:.0f} MB: refused in 200 MB of memory; "
        f"the slowest {slowest * 1_000:.0f} ms of processor time",
    )


def test_a_great_draft_that_was_damaged_is_refused_at_once(tmp_path: Path, figure: Callable[..., None]) -> None:
    rows = [{"id": f"r{n}", "description": "Näyttely ja työpaja" * 2, "unit_price": "12.50"} for n in range(GREAT)]
    raw = json_form.dump({**FORMAT, "application": {"budget": {"lines": rows}}})
    sound = _document(raw)
    flipped = _patched(sound, (len(sound) // 2, bytes([sound[len(sound) // 2] ^ 1])))
    files = {"cut": sound[:-1_000], "flipped": flipped, "written wrong": _document(raw[:-40] + b"?" + raw[-39:])}
    found: dict[str, tuple[str, float]] = {}
    for name, data in files.items():  # each by a process of its own: near its limit a second one would cost more
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(data)
        found |= _opened(tmp_path / name, "refuse")
    assert {end for end, _ in found.values()} == {"DamagedFile"}
    assert max(found["cut"][1], found["flipped"][1]) < MOST_SECONDS
    taken = ", ".join(f"{name} {seconds * 1_000:.0f} ms" for name, (_, seconds) in found.items())
    figure("great", f"{len(raw) / 1e6:.0f} MB of text: refused in 200 MB of memory; {taken} of processor time")


@pytest.mark.parametrize("name", FILES)
def test_what_is_rescued_of_each_can_be_written(name: str) -> None:
    found = salvage.rescue(FILES[name]())
    if found is not None:
        written = json_form.dump(found.document)
        again = json_form.parse(written)
        assert json_form.dump(again) == written
        assert again == found.document or "surrogates" in name or "come to be one" in name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty", "cut off"), ("compressed", "compressed"), ("encrypted", "encrypted"), ("patch data", "of a kind"),
        ("wrong checksum", "checksum"), ("an unpacked size that lies", "contradict each other"),
        ("overlapping members", "overlaps"), ("hidden bytes", "hidden before"), ("bytes behind", "behind the end"),
        ("bytes before", "not where the file says"), ("directory elsewhere", "not where the file says"),
        ("several disks", "divided"), ("too many members", "more than"), ("a count that lies", "directory"),
        ("a name that contradicts", "contradicts the directory"), ("two documents", "there twice"),
        ("traversal", "does not belong"), ("an attachment with another's hash", "hash is wrong"),
        ("mimetype missing", "does not say"), ("document missing", "missing"), ("no format", "which format"),
    ],
)  # fmt: skip
def test_the_reason_is_told(name: str, words: str) -> None:
    with pytest.raises(DamagedFile) as caught:
        container.unpack(FILES[name]())
    assert any(words in reason.key for reason in caught.value.reasons)


@pytest.mark.parametrize(
    ("limit", "words"),
    [("MAX_TOTAL", "together"), ("MAX_DOCUMENT", "document.json is over"), ("MAX_MEMBER", "{name} is over")],
)
def test_a_file_over_a_limit_is_refused(limit: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _small()
    monkeypatch.setattr(zip_layout, limit, 30)
    with pytest.raises(DamagedFile) as caught:
        container.unpack(data)
    assert words in caught.value.reasons[0].key


def _small() -> bytes:
    raw = json_form.dump({**FORMAT, "application": {"project": {"title": "Ääni", "need": "n" * 1_500}}})
    return container.pack(raw, {_DIGEST: b"x"})


def _damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    for at in range(len(data)):
        yield f"cut at {at}", data[:at]
    for at in range(len(data)):
        for bit in range(8):
            yield f"bit {bit} of byte {at}", _patched(data, (at, bytes([data[at] ^ 1 << bit])))


def test_every_cut_and_every_flipped_bit_is_noticed_or_harmless() -> None:
    data = _small()
    whole = container.unpack(data)
    harmless = 0
    for name, damaged in _damaged(data):
        try:
            parts = container.unpack(damaged)
        except DamagedFile:
            continue
        harmless += 1
        content: tuple[Any, ...] = (parts.document, parts.attachments, parts.extra_members)
        assert content == (whole.document, whole.attachments, whole.extra_members), name
    assert len(data) >= 2_000
    assert 0 < harmless < 8 * 200, "only dates, versions and rights in the headers may change unnoticed"


def test_every_file_that_was_cut_gives_back_what_was_whole() -> None:
    data = _small()
    start, end = data.index(b'{\n "application"'), data.index(b'"id": "x"')
    for at in range(start + 80, len(data)):
        found = salvage.rescue(data[:at])
        assert found is not None, at
        need = found.document["application"]["project"]["need"]
        assert need
        assert not need.strip("n")
        if at > end + 9:
            assert found.document["id"] == "x"
