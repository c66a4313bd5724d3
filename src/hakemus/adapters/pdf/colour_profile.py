"""The sRGB colour profile (ICC.1:2010, version 4.2) that PDF/A wants as output intent, written from the figures of
IEC 61966-2-1: the same bytes on every machine, where colour libraries put in the time of making.
"""

from __future__ import annotations

import struct

# D50 white point and the sRGB primaries adapted to it (Bradford), as s15Fixed16 numbers.
_WHITE = (0x0000F6D6, 0x00010000, 0x0000D32D)
_RED = (0x00006FA0, 0x000038F2, 0x0000038F)
_GREEN = (0x00006296, 0x0000B787, 0x000018DA)
_BLUE = (0x000024A0, 0x00000F85, 0x0000B6C4)
_ADAPTATION = (1.0478112, 0.0228866, -0.050127, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316)
# y = (a x + b) ^ g from d upwards, c x below.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def srgb_profile() -> bytes:
    """The profile's bytes, always the same."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(_fixed(value) for value in _CURVE)
    tags = [
        (b"desc", _text("sRGB IEC61966-2.1")),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", _xyz(_WHITE)),
        (b"chad", b"sf32" + bytes(4) + b"".join(_fixed(value) for value in _ADAPTATION)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += padded
    return _header(offset + len(body)) + table + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2010, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI", size, bytes(4), 0x04200000) + b"mntrRGB XYZ " + made + b"acsp"
    head += bytes(4 + 4 + 4 + 4 + 8)  # platform, flags, maker, model, attributes
    head += struct.pack(">I", 0) + struct.pack(">3I", *_WHITE)
    return head + bytes(128 - len(head))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[int, int, int]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3I", *values)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
