"""A document for everybody's eyes: personal data are taken out of the values themselves, so that no renderer, metadata
or search can bring them back. Knows no paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hakemus.domain.draft import Document
from hakemus.usecases import drafts

_PERSONAL: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("applicant", "contacts"), ("name", "phone", "email")),
    (("partners",), ("contact", "email")),
    (("team",), ("name",)),
)
"""Tables of people, and their columns that say who somebody is or how to reach them."""

_ADDRESS = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w+")
_NO_TEXT = re.compile(r"-?[0-9][0-9.\-]*|[0-9a-f]{64}")
_LEAST_DIGITS = 6


def without_personal_data(document: Document, mark: str) -> Document:
    """The document with `mark` in place of people's names, phone numbers and e-mail addresses.

    Whole fields of contacts, partners and team go; in every other text go the same names (of two words or more) and
    numbers as they are written there, and every e-mail address but the organisation's own. A name that a text
    inflects cannot be known for one: whoever publishes the copy has to read it.
    """
    plain = drafts.to_plain(document)
    application = plain.get("application", {})
    words = _withhold(application, mark)
    own = _text(application.get("applicant"), "email").strip().casefold()
    plain["application"] = _cleared(application, _pattern(words), "" if own in words else own, mark)
    plain["pending"] = _cleared(plain.get("pending", {}), _pattern(words), "", mark)
    # A document that is open has all its ids: nothing is drawn.
    return drafts.from_plain({**plain, "snapshots": []}, lambda _below: 0)[0]


def _text(part: Any, key: str) -> str:
    value = part.get(key) if isinstance(part, Mapping) else None
    return value if isinstance(value, str) else ""


def _rows(application: Mapping[str, Any], table: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    node: Any = application
    for name in table:
        node = node.get(name, {}) if isinstance(node, Mapping) else {}
    yield from (row for row in node if isinstance(row, dict)) if isinstance(node, list) else ()


def _withhold(application: Mapping[str, Any], mark: str) -> set[str]:
    """Put the mark into the fields of people; what stood there."""
    found: set[str] = set()
    for table, columns in _PERSONAL:
        for row in _rows(application, table):
            for column in columns:
                if text := _text(row, column).strip():
                    found.add(text.casefold())
                    row[column] = mark
    return found


def _telling(word: str) -> bool:
    """Whether a value can be looked for in other texts: one word may be a title, a short number anything."""
    return len(word.split()) > 1 or "@" in word or sum(char.isdigit() for char in word) >= _LEAST_DIGITS


def _pattern(words: set[str]) -> re.Pattern[str]:
    telling = sorted((word for word in words if _telling(word)), key=lambda word: (-len(word), word))
    if not telling:
        return re.compile(r"(?!)")
    # A name is the same with another space, or over the end of a line.
    each = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in telling)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


def _cleared(value: Any, pattern: re.Pattern[str], own: str, mark: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _cleared(part, pattern, own, mark) for key, part in value.items()}
    if isinstance(value, list):
        return [_cleared(part, pattern, own, mark) for part in value]
    if not isinstance(value, str) or _NO_TEXT.fullmatch(value):
        return value
    value = pattern.sub(lambda _found: mark, value)
    return _ADDRESS.sub(lambda found: found[0] if own and found[0].casefold().rstrip(".") == own else mark, value)
