"""A safe save: beside a bare write, flush and rename of the same bytes in one run; by size; and from the window."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import Row, application, medians, seconds

PULSE = 0.002
"""How often the window's thread is asked to do something while a save runs, in seconds."""


def measure() -> list[Row]:
    """Medians in turns; each save changes the content."""
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        place = Path(folder)
        return [*_disk(place), *_growth(), *_freeze(place)]


def figures() -> dict[str, str]:
    """The same as sentences for the campaign."""
    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        place = Path(folder)
        runs = [_disk(Path(tempfile.mkdtemp(dir=place))) for _ in range(3)]
        growth, freeze = _growth(), _freeze(place)
    best = sorted(runs, key=lambda rows: rows[1][1] / rows[0][1])
    ratios = ", ".join(f"{rows[1][1] / rows[0][1]:.2f}" for rows in best)
    bare, durably, whole = (best[1][at][1] * 1_000 for at in range(3))
    found = {}
    found["save-cost"] = (
        f"{durably:.2f} ms against {bare:.2f} ms: three runs gave {ratios} times (load average "
        f"{os.getloadavg()[0]:.1f}); the whole save, with making and checking the content, {whole:.1f} ms"
    )
    load = f" (load average {os.getloadavg()[0]:.0f}, of other work)"
    grown = ", ".join(f"{what} {taken * 1_000:.0f} ms ({remark})" for what, taken, remark in growth)
    found["save-growth"] = grown + load
    stood = "; ".join(f"{what} {taken * 1_000:.0f} ms ({remark})" for what, taken, remark in freeze)
    found["save-freeze"] = stood + load
    return found


def _plain(lines: int) -> dict[str, Any]:
    from hakemus.bootstrap.core import Core
    from hakemus.usecases import calls, drafts

    core = Core()
    definition = calls.definition_of(core.calls, "avi-kirjastot-2018")
    made = drafts.application_from_data(application(lines), core.chance.draw)[0]
    return drafts.to_plain(drafts.new_document(definition, "bench", "fi", made))


def _disk(place: Path) -> list[Row]:
    """What the disk does in a save of 200 kB, and the whole of such a save."""
    from hakemus.adapters.storage import durable
    from hakemus.adapters.storage.drafts import DraftFiles

    plain = _plain(700)
    store = Saving(DraftFiles(), place / "a.hakemus", plain)
    store()
    raw = store.path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    target, expected = place / "b.hakemus", durable.Expected(digest)
    target.write_bytes(raw)
    bare, durably, whole = medians(
        lambda: _bare(place / "c", raw),
        lambda: durable.write(target, raw, expected=expected, digest=digest),
        store,
        rounds=61,
    )
    return [
        (f"bare write of {len(raw) // 1000} kB", bare, "write, flush file and folder, rename"),
        ("what the disk does in a save", durably, f"{durably / bare:.2f} times the bare write"),
        ("the whole save", whole, "making, packing and checking the content included"),
    ]


def _growth() -> list[Row]:
    """Making, packing, reading back: twice the rows must take about twice the time."""
    from hakemus.adapters.storage import container, json_form

    def made(plain: Mapping[str, Any]) -> None:
        container.unpack(container.pack(json_form.dump(plain), {}))

    sizes = [_plain(lines) for lines in (700, 1_400, 2_800, 5_600)]
    taken = medians(*((lambda plain=plain: made(plain)) for plain in sizes), rounds=5)
    kilobytes = [len(json_form.dump(plain)) // 1_000 for plain in sizes]
    return [
        (f"{size} kB", time_, f"{time_ / size * 1_000_000:.0f} µs a kB")
        for size, time_ in zip(kilobytes, taken, strict=True)
    ]


def _freeze(place: Path) -> list[Row]:
    """20 MB of attachments saved on another thread, as the window does: how long its own thread stood still.

    The first thread asks for its turn every two milliseconds; the longest it waited is what a person would notice.
    """
    from hakemus.adapters.storage.drafts import DraftFiles

    blobs = [os.urandom(5_000_000) for _ in range(4)]
    attachments = {hashlib.sha256(blob).hexdigest(): blob for blob in blobs}
    rows = [{"id": f"f{at}", "sha256": name, "state": "attached"} for at, name in enumerate(attachments)]
    plain = _plain(700)
    plain["application"] = {**plain["application"], "attachments": rows}
    saving = Saving(DraftFiles(), place / "big.hakemus", plain, attachments)
    saving()
    longest, whole = [], []
    for _ in range(5):
        worst, taken = _longest_wait(saving)
        longest.append(worst)
        whole.append(taken)
    return [
        ("save of 20 MB on another thread", median(whole), "as long as it takes"),
        (
            "the longest the window stood still",
            max(longest),
            f"the worst of five; median {median(longest) * 1_000:.0f}",
        ),
    ]


def _longest_wait(act: Callable[[], object]) -> tuple[float, float]:
    """The longest gap between two turns of this thread while another one acts, and how long that acted."""
    taken: list[float] = []
    worker = threading.Thread(target=lambda: taken.append(seconds(act)))
    worker.start()
    worst, last = 0.0, time.perf_counter()
    while worker.is_alive():
        time.sleep(PULSE)
        now = time.perf_counter()
        worst, last = max(worst, now - last - PULSE), now
    return worst, taken[0]


class Saving:
    """Saves the same document with another revision each time, over what it saved before."""

    def __init__(
        self, store: Any, path: Path, plain: Mapping[str, Any], attachments: Mapping[str, bytes] | None = None
    ) -> None:
        self.store, self.path, self.plain, self.attachments = store, path, dict(plain), attachments or {}
        self.seen: str | None = None

    def __call__(self) -> None:
        self.plain["revision"] = int(self.plain["revision"]) + 1
        self.seen = self.store.save(str(self.path), self.plain, self.attachments, {}, self.seen)


def _bare(path: Path, data: bytes) -> None:
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, path)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
