"""The state folder of this computer: contents kept once by hash, and records of a header line and a document.

Recovery copies and earlier versions stand on it; it knows neither.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hakemus.adapters.storage import durable, plain_files

_HASH = re.compile(rb"[0-9a-f]{64}")
HEADER_LIMIT = 1_000_000
_TEMPORARY_GRACE_SECONDS = 3600.0
"""What is no content is being written, or was when its process was killed: it is older than this then."""
_NAME = re.compile(r"([0-9a-f]{64})(\.aside)?\Z")
_ASIDE = ".aside"


class Content:
    """Bytes kept once, named by their SHA-256.

    Who keeps bytes and then writes a record that refers to them makes sure of them behind the record (`still`), for
    another process may tidy up in between: it puts aside what nothing refers to, looks again, and only then removes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes, digest: str | None = None) -> str:
        """Keep the bytes and give their hash; `digest` saves the hashing where it is known."""
        digest = digest or hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        try:
            if path.stat().st_size == len(data):
                return digest
        except FileNotFoundError:
            make_private(path.parent)
        durable.write(path, data)
        return digest

    def still(self, contents: Mapping[str, bytes]) -> None:
        """Keep these bytes, by their hashes, where they are no longer kept: their record stands now."""
        for digest, data in contents.items():
            self.put(data, digest)

    def get(self, digest: str) -> bytes | None:
        """The bytes of that hash; None where they are gone, no longer what they were, or where it is no hash."""
        if not _HASH.fullmatch(digest.encode("utf-8", "replace")):
            return None
        try:
            data = _whole(self._path(digest))
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def keep_only(self, wanted: Callable[[], Collection[str]], now: float) -> int:
        """Remove what nothing refers to; tells how many contents. `wanted` is asked before and after putting them
        aside, and what it raises is passed on, nothing removed. `now` in seconds since 1970.
        """
        keep = wanted()
        aside: list[tuple[Path, Path]] = []
        for path in self._root.glob("??/*"):
            found = _NAME.match(path.name)
            with contextlib.suppress(OSError):
                if found is None:
                    if now - path.stat().st_mtime > _TEMPORARY_GRACE_SECONDS:
                        path.unlink()
                elif found[2]:
                    aside.append((path.with_name(found[1]), path))
                elif path.name not in keep:
                    gone = path.with_name(path.name + _ASIDE)
                    path.rename(gone)
                    aside.append((path, gone))
        try:
            keep = wanted() if aside else keep
        except OSError:
            keep = {path.name for path, _ in aside}
            raise
        finally:
            removed = sum(_settled(path, gone, wanted=path.name in keep) for path, gone in aside)
        return removed

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest


def _settled(path: Path, gone: Path, *, wanted: bool) -> bool:
    """Put back what was put aside, or remove it; whether it is removed."""
    with contextlib.suppress(OSError):
        if wanted:
            gone.replace(path)
        else:
            gone.unlink()
            return True
    return False


@dataclass(frozen=True, slots=True)
class Record:
    """A record's header and where it lies."""

    path: Path
    header: Mapping[str, Any]
    size: int


def make_private(folder: Path) -> None:
    """Create a folder that only its owner may look into: drafts hold people's names and pay."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_record(path: Path, header: Mapping[str, Any], document: bytes) -> None:
    """Write a record durably: the header as one line, then the document as it stands."""
    line = json.dumps({**header, "document_sha256": hashlib.sha256(document).hexdigest()})
    make_private(path.parent)
    durable.write(path, line.encode() + b"\n" + document)


def read_header(path: Path) -> Record | None:
    """The header alone, quickly; None for what is no record."""
    try:
        with plain_files.opened(path) as file:
            line = file.readline(HEADER_LIMIT)
        header = json.loads(line)
        size = path.stat().st_size
    except (OSError, ValueError, RecursionError):
        return None
    return Record(path, header, size) if isinstance(header, dict) else None


def read_document(path: Path) -> tuple[bytes, bool]:
    """The document of a record and whether it is whole; a missing one is empty and not whole."""
    try:
        line, _, document = _whole(path).partition(b"\n")
        header = json.loads(line)
        expected = header.get("document_sha256") if isinstance(header, dict) else None
    except OSError:
        return b"", False
    except (ValueError, RecursionError):
        return document, False
    return document, hashlib.sha256(document).hexdigest() == expected


def _whole(path: Path) -> bytes:
    with plain_files.opened(path) as file:
        return file.read()


def mentioned(records: Iterable[Path]) -> set[str]:
    """Every hash that stands anywhere in the records: too many rather than one too few."""
    return {found.decode("ascii") for path in records for found in _HASH.findall(_whole(path))}


def key(draft_id: str, path: Path) -> str:
    """What the state folder files a draft under: its id and where it lies."""
    place = os.path.normcase(str(path.absolute()))
    return hashlib.sha256(f"{draft_id}\0{place}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def digest_of(data: bytes) -> str:
    """SHA-256 as it is written everywhere here."""
    return hashlib.sha256(data).hexdigest()


BEGINNING = datetime(1000, 1, 1, tzinfo=UTC)
_END = datetime(3000, 1, 1, tzinfo=UTC)


def when(text: object) -> datetime:
    """A time as a header holds it; the beginning of all years that are dates where it cannot be read, or is none of
    them: at the ends of the calendar no time can be told in another zone.
    """
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return BEGINNING
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return known if BEGINNING <= known < _END else BEGINNING


def text(value: object) -> str:
    """A text of a header; an empty one where it is none."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """The texts of a header's list; nothing where it is none."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def text_map(value: object) -> dict[str, str]:
    """The texts of a header's object; nothing where it is none."""
    return {name: item for name, item in value.items() if isinstance(item, str)} if isinstance(value, dict) else {}


def whole(value: object) -> int:
    """A whole number of a header; zero where it is none."""
    return value if type(value) is int else 0
