"""A safe save of a draft of 200 kB, beside a bare write, flush and rename of the same bytes in the same run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, application, medians


def measure() -> list[Row]:
    """Medians of saves in turns; each save changes the content."""
    from hakemus.adapters.storage.drafts import DraftFiles
    from hakemus.bootstrap.core import Core
    from hakemus.usecases import calls, drafts

    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        core = Core(state=Path(folder) / "state")
        definition = calls.definition_of(core.calls, "avi-kirjastot-2018")
        size = 200
        while True:
            plain = drafts.application_from_data(application(size), core.chance.draw)[0]
            document = drafts.new_document(definition, core.chance.document_id(), "fi", plain)
            data = drafts.to_plain(document)
            store = Saving(DraftFiles(), Path(folder) / f"{size}.hakemus", data)
            store()
            length = store.path.stat().st_size
            if length >= 200_000:
                break
            size += 50
        kept = Saving(core.files.store, Path(folder) / "b.hakemus", data)
        raw = store.path.read_bytes()
        bare, plainly, with_versions = medians(lambda: _bare(Path(folder) / "c", raw), store, kept, rounds=21)
    return [
        (f"bare write of {length // 1000} kB", bare, "write, flush file and folder, rename"),
        ("safe save", plainly, f"{plainly / bare:.1f} times the bare write"),
        ("safe save that keeps the earlier version", with_versions, f"{with_versions / bare:.1f} times"),
    ]


class Saving:
    """Saves the same document with another revision each time, over what it saved before."""

    def __init__(self, store: Any, path: Path, plain: Mapping[str, Any]) -> None:
        self.store, self.path, self.plain = store, path, dict(plain)
        self.seen: str | None = None

    def __call__(self) -> None:
        self.plain["revision"] = int(self.plain["revision"]) + 1
        self.seen = self.store.save(str(self.path), self.plain, {}, {}, self.seen)


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
