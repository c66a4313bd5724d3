"""Reads a TOML file as plain data: exact decimals and dates as text, faults by file and line, a line for each address.

It knows TOML and nothing of calls.
"""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

LARGEST_FILE = 4_000_000
_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")


class UnreadableToml(UserError):
    """A file that is no TOML, or cannot be read at all; the sentence names file and line."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file says, and the line on which each table and key stands, by location."""

    path: Path
    plain: dict[str, Any]
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line_of(self, location: tuple[str | int, ...]) -> int | None:
        """The line of a location or of the nearest table around it."""
        for end in range(len(location), 0, -1):
            if location[:end] in self.lines:
                return self.lines[location[:end]]
        return None


def read_toml(path: Path) -> TomlFile:
    """The file as plain data. Raises `UnreadableToml` with file, line and what to do."""
    if os.path.exists(path) and not os.path.isfile(path):  # a pipe would be waited for, a device never ends
        raise UnreadableToml(msg("{path} is a folder or a device, not a file.", path=str(path)))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableToml(
            msg("{file} cannot be read: {reason}.", file=str(path), reason=error.strerror or type(error).__name__)
        ) from None
    if len(data) > LARGEST_FILE:
        raise UnreadableToml(msg("{file} is too large for a call file.", file=str(path)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _unreadable(path, line, "it is not UTF-8 text") from None
    try:
        plain = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        raise _unreadable(path, line, _LINE.sub("", str(error))) from None
    except RecursionError:
        raise _unreadable(path, 1, "it is nested too deeply") from None
    return TomlFile(path, as_plain(plain), key_lines(text))


def _unreadable(path: Path, line: int, reason: str) -> UnreadableToml:
    message = msg("{file}, line {line}: this is not valid TOML ({reason}).", file=str(path), line=line, reason=reason)
    return UnreadableToml(message)


def as_plain(value: Any) -> Any:
    """TOML's values as JSON has them: decimals, dates and times become text; nothing is rounded."""
    if isinstance(value, dict):
        return {key: as_plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes") if value.tzinfo is None else value.isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each table and of each key at its beginning; keys inside inline tables have their table's line."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = _table(header[2].replace('"', ""), header[1] == "[[", counts)
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            lines.setdefault((*table, *(part.strip() for part in key[1].split("."))), number)
    return lines


def _table(name: str, is_list: bool, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """The location a header opens: `[[rules]]` for the third time is `("rules", 2)`."""
    at: tuple[str | int, ...] = ()
    parts = name.split(".")
    for part in parts[:-1]:
        at = (*at, part)
        if at in counts:
            at = (*at, counts[at])
    at = (*at, parts[-1])
    if is_list:
        counts[at] = counts.get(at, -1) + 1
        at = (*at, counts[at])
    return at
