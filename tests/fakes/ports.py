"""Fakes of the edges of use cases: a clock that stands, chance that counts, a store in memory, the shipped calls."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.catalogues import read_messages
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.draft import Document
from hakemus.domain.messages import Message, msg
from hakemus.i18n.catalog import Catalog
from hakemus.usecases import drafts
from hakemus.usecases.calls import definition_of
from hakemus.usecases.errors import ChangedMeanwhile, NotOurs
from hakemus.usecases.ports import StoredDocument

CALL = "avi-kirjastot-2018"
DOCUMENT_ID = "3f2a9c1e-0000-4000-8000-000000000000"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, day: datetime.date = datetime.date(2018, 11, 15)) -> None:
        self.day = day

    def today(self) -> datetime.date:
        return self.day

    def now(self) -> datetime.datetime:
        return datetime.datetime.combine(self.day, datetime.time(12), ZoneInfo("Europe/Helsinki"))


class Chance:
    """Ids in a row that repeats itself, so that clashes of ids are met."""

    def __init__(self) -> None:
        self._next = 0
        self._documents = 0

    def draw(self, below: int) -> int:
        self._next += 1
        return (self._next * 7 + self._next // 11) % below

    def document_id(self) -> str:
        self._documents += 1
        return f"00000000-0000-4000-8000-{self._documents:012d}"


class Store:
    """Files in memory, with the comparison of hashes that the real store makes."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, dict[str, bytes], dict[str, bytes]]] = {}
        self.writes = 0
        self.originals: list[bytes] = []
        self.notes: tuple[Message, ...] = ()

    def _seen(self, path: str) -> str | None:
        return hashlib.sha256(self.files[path][0]).hexdigest() if path in self.files else None

    def load(self, path: str) -> StoredDocument:
        if path not in self.files:
            raise NotOurs(msg("There is no file {path}.", path=path))
        raw, attachments, extra = self.files[path]
        plain = json.loads(raw)
        return StoredDocument(
            path, plain, self._seen(path) or "", attachments, extra, plain["format"]["minor"] > drafts.FORMAT_MINOR
        )

    def save(
        self,
        path: str,
        plain: Mapping[str, Any],
        attachments: Mapping[str, bytes],
        extra_members: Mapping[str, bytes],
        seen: str | None,
    ) -> str:
        if self._seen(path) != seen:
            raise ChangedMeanwhile(msg("{path} has changed.", path=path))
        raw = json.dumps(plain, sort_keys=True).encode()
        self.files[path] = (raw, dict(attachments), dict(extra_members))
        self.writes += 1
        return self._seen(path) or ""

    def exists(self, path: str) -> bool:
        return path in self.files

    def seen_now(self, path: str) -> str | None:
        return self._seen(path)

    def keep_original(self, path: str) -> None:
        self.originals.append(self.files[path][0])


class Calls:
    """A library of calls by id."""

    def __init__(self, plain: Mapping[str, dict[str, Any]]) -> None:
        self._plain = plain

    def ids(self) -> Sequence[str]:
        return sorted(self._plain)

    def plain(self, call_id: str) -> dict[str, Any] | None:
        return self._plain.get(call_id)


@cache
def definition(call: str = CALL) -> dict[str, Any]:
    """A shipped call's definition."""
    return definition_of(CallFiles(resources_root()), call)


@cache
def catalog(language: str = "en") -> Catalog:
    return Catalog(language, {} if language == "en" else read_messages(resources_root(), language))


def document(data: Mapping[str, Any] | None = None, call: str = CALL, **parts: Any) -> Document:
    """A document of application data under a shipped call; `parts` are those of the draft beside the application."""
    application, _ = drafts.application_from_data(data or {}, Chance().draw)
    language = parts.pop("language", "fi")
    made = drafts.new_document(definition(call), DOCUMENT_ID, language, application)
    if not parts:
        return made
    plain = {**drafts.to_plain(made), **parts}
    return drafts.from_plain(plain, Chance().draw)[0]
