"""A small index of the known calls for the start page, which must not wait for TOML or validation.

The index is a note, not a truth: it names the files it was made from with the length and check sum of each, and an
index that names others is not used.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hakemus.usecases.start_cards import CallCard

if TYPE_CHECKING:
    from hakemus.adapters.resources.calls import CallFiles

FORM = 2
SHIPPED = "index/calls.json"
CACHED = "calls-index.json"
_MOMENT = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9])?")
_SHARES = ("grant-share", "own-share")


class CallIndex:
    """The index of the shipped calls and of the user's own. `cache` is a folder where a newer index may be kept."""

    def __init__(self, root: Path, own: Path | None = None, cache: Path | None = None) -> None:
        self._root, self._own, self._cache = root, own, cache

    def read(self) -> tuple[dict[str, Any], ...] | None:
        """The entries, if an index of the very files is at hand; None where one has to be made (`refresh`)."""
        mark = self.mark()
        for path in (self._root / SHIPPED, self._cache / CACHED if self._cache else None):
            entries = _entries(path, mark) if path else None
            if entries is not None:
                return entries
        return None

    def refresh(self) -> tuple[dict[str, Any], ...]:
        """The entries made anew from the call files, and kept where that is possible. Files that cannot be read are
        left out.
        """
        from hakemus.adapters.resources.calls import CallFiles

        mark = self.mark()
        entries = entries_of(CallFiles(self._root, self._own))
        if self._cache:
            with suppress(OSError):
                write_index(self._cache / CACHED, mark, entries)
        return tuple(entries)

    def entries(self) -> tuple[dict[str, Any], ...]:
        """The entries, made anew only where no index fits."""
        found = self.read()
        return self.refresh() if found is None else found

    def cards(self) -> tuple[CallCard, ...]:
        """What the start page shows of each call."""
        return tuple(card_of(entry) for entry in self.entries())

    def mark(self) -> list[str]:
        """Folder, name, length and check sum of every call file. No hash: no start waits for OpenSSL to be loaded."""
        marks = []
        for folder in (self._root / "calls", self._own):
            for path in _files(folder):
                with suppress(OSError), open(path, "rb") as stream:
                    data = stream.read()
                    place = os.path.relpath(path, folder).replace(os.sep, "/")
                    marks.append(f"{place} {len(data)} {zlib.crc32(data):08x}")
        return sorted(marks)  # in one order whatever separates folders here: the wheel's index is made elsewhere


def _files(folder: Path | None) -> Sequence[str]:
    """The call files of a folder and of those in it."""
    if folder is None:
        return ()
    found = []
    for inner, _folders, names in os.walk(folder):
        found += [os.path.join(inner, name) for name in names if name.endswith(".toml") and not _is_cases(name)]
    return found


def _is_cases(name: str) -> bool:
    return name.endswith("cases.toml")


def _entries(path: Path, mark: list[str]) -> tuple[dict[str, Any], ...] | None:
    """The entries of an index file that fits; anything else is as if it were not there."""
    try:
        index = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(index, dict) or index.get("form") != FORM or index.get("mark") != mark:
        return None
    calls = index.get("calls")
    return tuple(calls) if isinstance(calls, list) else None


def entries_of(calls: CallFiles) -> list[dict[str, Any]]:
    """An entry for each call that can be read: newest window first, then by id."""
    from hakemus.usecases.errors import UserError

    entries = []
    for call_id in calls.ids():
        with suppress(UserError):
            entries.append(entry_of(calls.plain(call_id) or {}))
    entries.sort(key=lambda entry: entry["id"])
    entries.sort(key=lambda entry: entry["edition"][:4], reverse=True)
    return entries


def entry_of(plain: dict[str, Any]) -> dict[str, Any]:
    """What the start page and a list of calls say of one call."""
    window, share = _table(plain.get("window")), _table(plain.get("share"))
    rules = plain.get("rules")
    tables = [_table(item) for item in rules] if isinstance(rules, list) else []
    rule: dict[str, Any] = next((item for item in tables if item.get("kind") in _SHARES), {})
    percent = rule.get("percent")
    return {
        "id": str(plain.get("id", "")),
        "edition": str(plain.get("edition", "")),
        "title": _texts(plain.get("title")),
        "short_title": _texts(plain.get("short_title")),
        "funder_name": _texts(plain.get("funder_name")),
        "notice": _texts(plain.get("notice")),
        "currency": str(plain.get("currency", "EUR")),
        "unit": str(plain.get("unit", "0.01")),
        "window": {
            "opens": _moment(window.get("opens")),
            "closes": _moment(window.get("closes")),
            "zone": str(window.get("zone", "Europe/Helsinki")),
            "cutoffs": window["cutoffs"] if isinstance(window.get("cutoffs"), list) else [],
            "always_open": window.get("always_open") is True,
        },
        "share": {
            "rule": rule.get("id"),
            "percent": None if percent is None else str(percent),
            "base": rule.get("base") or share.get("base", "total_costs"),
        },
    }


def card_of(entry: dict[str, Any]) -> CallCard:
    """An entry of the index as the start page takes it."""
    window = entry["window"]
    return CallCard(
        id=entry["id"],
        edition=entry["edition"],
        title=entry["title"],
        funder_name=entry["funder_name"],
        opens=window["opens"],
        closes=window["closes"],
        zone=window["zone"],
        always_open=window["always_open"],
        currency=entry["currency"],
        unit=entry["unit"],
    )


def _moment(value: Any) -> str | None:
    """A moment that can be read, or None."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    return value


def _table(value: Any) -> dict[str, Any]:
    """A call of one's own may have anything anywhere; the start page must not fall over it."""
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, dict) else {}


def write_index(path: Path, mark: list[str], entries: Iterable[dict[str, Any]]) -> None:
    """Write an index in one step: another process may be reading it."""
    import tempfile  # needed only where an index is made

    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"form": FORM, "mark": mark, "calls": list(entries)}, ensure_ascii=False, indent=1)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
