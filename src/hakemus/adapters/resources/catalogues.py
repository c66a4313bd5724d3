"""Reads translators' catalogues as plain dictionaries: compiled ones, or their sources where a checkout's are newer.

It reads text by itself, so that a checkout runs before anything is compiled.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from hakemus.adapters.resources.locator import CHECKOUT
from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

Messages = dict[str, str | tuple[str, ...]]
"""An English sentence and its translation, or, for a sentence with a plural, the forms of its translation."""

DOMAIN = "hakemus"
_MAGIC = 0x950412DE
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def languages(root: Path) -> tuple[str, ...]:
    """The languages that have a catalogue."""
    found = {path.parent.parent.name for path in (root / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o")}
    return tuple(sorted(found))


def read_messages(root: Path, language: str) -> Messages:
    """The catalogue of a language; empty where there is none (the sentences are English then).

    Raises `UserError` where the file is broken.
    """
    folder = root / "locale" / language / "LC_MESSAGES"
    compiled, source = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    try:
        if compiled.is_file() and not _is_stale(root, compiled, source):
            return messages_of_mo(compiled.read_bytes())
        if source.is_file():
            return messages_of_po(source.read_text(encoding="utf-8"))
    except (OSError, ValueError, struct.error, IndexError):
        raise UserError(
            msg(
                "The texts of the language {language} in {folder} cannot be read. Install hakemus again.",
                language=language,
                folder=str(folder),
            )
        ) from None
    return {}


def _is_stale(root: Path, compiled: Path, source: Path) -> bool:
    """Only a checkout has sources that move on; the times of installed files say nothing."""
    return root.name == CHECKOUT and source.is_file() and source.stat().st_mtime_ns > compiled.stat().st_mtime_ns


def messages_of_mo(data: bytes) -> Messages:
    """The messages of a compiled catalogue. `ValueError` where it is none."""
    little = struct.unpack_from("<I", data)[0] == _MAGIC
    if not little and struct.unpack_from(">I", data)[0] != _MAGIC:
        raise ValueError("not a compiled catalogue")
    order = "<" if little else ">"
    count, originals, translations = struct.unpack_from(f"{order}3I", data, 8)
    messages: Messages = {}
    for original, translated in zip(
        _texts_at(data, order, count, originals), _texts_at(data, order, count, translations), strict=True
    ):
        if "\0" in original:
            messages[original.partition("\0")[0]] = tuple(translated.split("\0"))
        elif original:
            messages[original] = translated
    return messages


def _texts_at(data: bytes, order: str, count: int, at: int) -> list[str]:
    """The texts of a table of lengths and places. Every start of the window waits for all of them."""
    table = struct.unpack_from(f"{order}{2 * count}I", data, at)
    spans = list(zip(table[1::2], table[::2], strict=True))
    if any(offset + length > len(data) for offset, length in spans):
        raise ValueError("a text lies outside the catalogue")
    return [data[offset : offset + length].decode() for offset, length in spans]


def messages_of_po(text: str) -> Messages:
    """The messages of a catalogue's source; fuzzy and empty ones are left out, as the compiler leaves them out."""
    messages: Messages = {}
    for entry, fuzzy in _entries(text):
        if fuzzy or not entry.get("msgid"):
            continue
        forms = [value for key, value in sorted(entry.items()) if key.startswith("msgstr")]
        originals = [entry["msgid"], entry["msgid_plural"]] if "msgid_plural" in entry else [entry["msgid"]]
        if "msgctxt" in entry:
            originals[0] = f"{entry['msgctxt']}\x04{originals[0]}"
        if any(forms):
            _add(messages, originals, forms)
    return messages


def _add(messages: Messages, originals: list[str], forms: list[str]) -> None:
    messages[originals[0]] = tuple(forms) if len(originals) > 1 else forms[0]


def _unquoted(literal: str) -> str:
    """A quoted text of a catalogue's source: `"a\\nb"` with its escapes."""
    if len(literal) < 2 or literal[0] != '"' or literal[-1] != '"':
        raise ValueError("a text without quotation marks")
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), literal[1:-1])


def _entries(text: str) -> Iterator[tuple[dict[str, str], bool]]:
    """The fields of each entry, and whether it is fuzzy; a comment or `msgid` after a `msgstr` begins the next."""
    entry: dict[str, str] = {}
    fuzzy, key = False, ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("#"):
            if any(name.startswith("msgstr") for name in entry):
                yield entry, fuzzy
                entry, fuzzy = {}, False
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.startswith('"'):
            entry[key] = entry.get(key, "") + _unquoted(line)
        elif line.startswith("msg"):
            key, _, value = line.partition(" ")
            if key in ("msgctxt", "msgid") and any(name.startswith("msgstr") for name in entry):
                yield entry, fuzzy
                entry, fuzzy = {}, False
            entry[key] = _unquoted(value.strip())
    if entry:
        yield entry, fuzzy
