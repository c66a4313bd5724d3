"""Gives damaged and spliced drafts to the reader and to the rescue, for as long as it is told to.

    python tests/faults/fuzz_reader.py SECONDS [SEED]

prints how many inputs there were and how many opened all the same; any error but the one of damage ends it.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from pathlib import Path

from hakemus.adapters.storage import container, json_form, salvage
from hakemus.adapters.storage.failures import DamagedFile, NewerFile

PIECES = (
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff" * 4, bytes(4), b'"', b"{", b"[", b"\\", b",", b"\n", b"1e999",
    b"document.json", b"attachments/", b"\xed\xa0\x80", b"\xef\xbb\xbf",
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


def fuzz(seconds: float, seed: int) -> tuple[int, int]:
    """Inputs tried, and inputs that opened."""
    chance = random.Random(seed)
    whole = (Path(__file__).parents[1] / "corpus" / "v1.0.hakemus").read_bytes()
    small = container.pack(json_form.dump({"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "x"}), {})
    tried = opened = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = damaged(whole if chance.random() < 0.2 else small, chance)
        with contextlib.suppress(DamagedFile, NewerFile):
            container.unpack(data)
            opened += 1
        found = salvage.rescue(data)
        if found is not None:
            json_form.parse(json_form.dump(found.document))
        tried += 1
    return tried, opened


if __name__ == "__main__":
    tried, opened = fuzz(float(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1)
    print(f"{tried} inputs, {opened} opened")
