"""The call files of this computer: those that ship and those of the user's own folder, resolved into whole definitions.

It gives plain data only; whether a definition makes sense is judged by the use cases.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hakemus.adapters.resources.inheritance import merged, merged_carried, with_statuses
from hakemus.adapters.resources.toml_plain import TomlFile, read_toml
from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

CALL_FILE = "call.toml"
FUNDER_FILE = "funder.toml"
CASES_FILE = "cases.toml"
FRAGMENTS = "fragments"
TEMPLATE = "template"
_STEP = re.compile(r"([^.\[\]]+)(?:\[((?:[^\[\]]|\[[^\]]*\])+)\])?\.?")


class WrongCallFile(UserError):
    """A call file that cannot be put together: what it builds on is missing, or builds on itself."""


@dataclass(frozen=True, slots=True)
class CallFile:
    """One call file as a whole definition, with the lines of its own part."""

    path: Path
    plain: dict[str, Any]
    source: TomlFile

    def line_of(self, address: str) -> int | None:
        """The line that an address speaks of (`rules[grant-share].percent`); None where it came from another file."""
        return self.source.line_of(_location(self.source.plain, address))


class CallFiles:
    """The calls known on this computer. `own` is the user's folder (`*.toml` in it are calls); it may be missing.

    A user's call of a shipped call's id stands in its place.
    """

    def __init__(self, root: Path, own: Path | None = None) -> None:
        self._root = root / "calls"
        self._own = own
        self._paths: dict[str, Path] | None = None
        self._resolved: dict[Path, CallFile] = {}

    def ids(self) -> Sequence[str]:
        """The ids of the known calls, shipped ones first, each group in alphabetical order."""
        return tuple(self._known())

    def paths(self) -> Mapping[str, Path]:
        return dict(self._known())

    def plain(self, call_id: str) -> dict[str, Any] | None:
        """The whole definition of a known call, or None. Raises `UserError` where its file cannot be read."""
        path = self._known().get(call_id)
        return None if path is None else self.read(path).plain

    def read(self, path: Path) -> CallFile:
        """Any call file as a whole definition: what it builds on merged in, the funder's name added."""
        path = Path(os.path.realpath(path))  # `resolve` falls over a link in a circle
        if path not in self._resolved:
            self._resolved[path] = self._resolve(read_toml(path))
        return self._resolved[path]

    def cases(self, call: Path) -> list[dict[str, Any]] | None:
        """The worked examples beside a call file, those that they build on first; None where there are none.

        A file's `terms` hold for each of its cases, and of those it builds on, that sets none itself.
        """
        path = call.parent / CASES_FILE
        if not path.is_file():
            return None
        plain = read_toml(path).plain
        cases = [*self._shared_cases(path, plain.get("extends")), *_rows(plain)]
        terms = plain.get("terms")
        return [{"terms": terms, **case} for case in cases] if terms else cases

    def _shared_cases(self, path: Path, name: Any) -> list[dict[str, Any]]:
        if name is None:
            return []
        shared = self._root / FRAGMENTS / f"{name}.{CASES_FILE}"
        if not isinstance(name, str) or Path(name).name != name or not shared.is_file():
            raise WrongCallFile(
                msg("{file} builds on {name}, which is not known.", file=str(path), name=str(name)),
            )
        return _rows(read_toml(shared).plain)

    def own_files(self) -> tuple[Path, ...]:
        """The call files in the user's own folder, also those that cannot be read."""
        if self._own is None or not self._own.is_dir():
            return ()
        return tuple(sorted(path for path in self._own.rglob("*.toml") if path.name != CASES_FILE))

    def _known(self) -> dict[str, Path]:
        if self._paths is None:
            shipped = {path.parent.name: path for path in sorted(self._root.glob(f"*/*/{CALL_FILE}"))}
            own = {}
            for path in self.own_files():
                name = _own_id(path)
                if name:
                    own[name] = path
            self._paths = {**shipped, **own}
        return self._paths

    def _resolve(self, file: TomlFile) -> CallFile:
        _carried(file.plain, file)
        plain = with_statuses(self._whole(file, ()), file.plain)
        return CallFile(file.path, self._with_funder(plain), file)

    def _whole(self, file: TomlFile, below: tuple[Path, ...]) -> dict[str, Any]:
        parent = file.plain.get("extends")
        if parent is None:
            return file.plain
        if file.path in below:
            raise WrongCallFile(msg("The files build on each other in a circle: {file}.", file=str(file.path)))
        base = self._parent(file, parent)
        under = self._whole(base, (*below, file.path))
        result = merged(under, {key: value for key, value in file.plain.items() if key != "carried"})
        result["carried"] = merged_carried(_carried(under, base), _carried(file.plain, file))
        return result

    def _parent(self, file: TomlFile, name: Any) -> TomlFile:
        candidates = []
        if isinstance(name, str) and name and "/" not in name and "\\" not in name and name not in (".", ".."):
            candidates = [self._root / FRAGMENTS / f"{name}.toml", self._known().get(name)]
        for path in candidates:
            if path is not None and path.is_file() and path.resolve() != file.path:
                return read_toml(path.resolve())
        parts = sorted(path.stem for path in (self._root / FRAGMENTS).glob("*.toml") if "." not in path.stem)
        known = ", ".join([*parts, *self._known()])
        raise WrongCallFile(
            msg(
                "{file} builds on {name}, which is not known. Known are: {known}.",
                file=str(file.path),
                name=str(name),
                known=known,
            ),
        )

    def _with_funder(self, plain: dict[str, Any]) -> dict[str, Any]:
        funder = plain.get("funder")
        if "funder_name" in plain or not isinstance(funder, str) or not funder.isidentifier():
            return plain
        path = self._root / funder / FUNDER_FILE
        if not path.is_file():
            return plain
        name = funder_name(read_toml(path).plain, _day_of(plain))
        return {**plain, "funder_name": name} if name else plain


def funder_name(funder: Mapping[str, Any], day: str) -> dict[str, str]:
    """The name that a funder bore on a day (`2018-10-29`; empty: the latest), by language."""
    names = [item for item in funder.get("names") or () if isinstance(item, Mapping)]
    fitting = [item for item in names if item.get("from", "") <= (day or "9999") <= item.get("until", "9999-12-31")]
    chosen = (fitting or names or [{}])[-1]
    return {key: value for key, value in chosen.items() if key not in ("from", "until")}


def _day_of(plain: Mapping[str, Any]) -> str:
    window = plain.get("window")
    day = window.get("closes") or window.get("opens") if isinstance(window, Mapping) else None
    return str(day or plain.get("edition") or "")[:10]


def _carried(plain: Mapping[str, Any], file: TomlFile) -> Mapping[str, Any]:
    """The table of statuses by source, or nothing. Raises `WrongCallFile` where it has another form."""
    carried = plain.get("carried", {})
    if not isinstance(carried, Mapping) or not all(
        isinstance(sources, list) and all(isinstance(item, str) for item in sources) for sources in carried.values()
    ):
        raise WrongCallFile(msg("{file}: [carried] needs lists of sources by status.", file=str(file.path)))
    return carried


def _location(plain: Any, address: str) -> tuple[str | int, ...]:
    """An address as a location in a file: entries by id, by path, or by number from 1; as far as it leads."""
    location: tuple[str | int, ...] = ()
    node = plain
    for found in _STEP.finditer(address):
        name, key = found[1], found[2]
        if not isinstance(node, dict) or name not in node:
            break
        location, node = (*location, name), node[name]
        if key is not None:
            at = _entry_at(node, key)
            if at is None:
                break
            location, node = (*location, at), node[at]
    return location


def _entry_at(entries: Any, key: str) -> int | None:
    if not isinstance(entries, list):
        return None
    for at, item in enumerate(entries):
        if isinstance(item, dict) and key in (item.get("id"), item.get("path")):
            return at
    return int(key) - 1 if key.isdecimal() and 0 < int(key) <= len(entries) else None


def _rows(plain: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for row in plain.get("cases") or () if isinstance(row, dict)]


def _own_id(path: Path) -> str | None:
    """The id that a user's file gives itself, where it can be read."""
    try:
        name = read_toml(path).plain.get("id")
    except UserError:
        return None
    return name if isinstance(name, str) else None
