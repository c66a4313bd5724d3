"""What a text must be before a workbook may hold it: no character that breaks a part, none longer than a cell can be,
nothing that a spreadsheet could take for a formula, a name of a sheet or a code of a footer.
"""

from __future__ import annotations

import re

from hakemus.domain.text import clean

LONGEST_CELL = 32_767
"""UTF-16 units, the limit of the format."""
_LOOK_BACK = 400
_RISKY = re.compile(r"[=+\-@'#.,(\d\s]")
_RISKY_WORDS = frozenset({"true", "false", "tosi", "epätosi", "sant", "falskt"})
_ESCAPE = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")
_SHARED_ESCAPE = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_BREAKS = re.compile("[ \t\n\x85\u2028\u2029]+")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_NAME = 31
_RESERVED_NAMES = frozenset({"history"})


def units(text: str) -> int:
    """The length as a spreadsheet counts it (UTF-16 units)."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(raw: str) -> tuple[str, ...]:
    """The text as one cell or, where it is too long for one, several that join to it exactly; never none."""
    # A printable text holds nothing that would have to be replaced.
    text = raw if raw.isprintable() else clean(raw).text
    if len(text) * 2 <= LONGEST_CELL or units(text) <= LONGEST_CELL:
        return (text,)
    found: list[str] = []
    while units(text) > LONGEST_CELL:
        cut = _cut(text)
        found.append(text[:cut])
        text = text[cut:]
    return (*found, text)


def is_long(raw: str) -> bool:
    """Whether the text takes more than one cell."""
    return len(raw) * 2 > LONGEST_CELL and len(pieces(raw)) > 1


def _cut(text: str) -> int:
    """Where to break: after the last white space near the limit, so that no word is torn without need."""
    most = len(text[:LONGEST_CELL].encode("utf-16-le", "replace")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore"))
    for at in range(most, most - _LOOK_BACK, -1):
        if text[at - 1].isspace():
            return at
    return most


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would read the text as something else once somebody edits the cell."""
    return bool(_RISKY.match(text)) or (len(text) < 10 and text.lower() in _RISKY_WORDS)


def needs_runs(text: str) -> bool:
    """Whether XlsxWriter would write another text than this, unless it is written in parts.

    It takes `<r>...</r>` for ready-made XML, and of two escapes that share an underscore it escapes only the first.
    """
    if "_x" not in text and not text.startswith("<r>"):
        return False
    return (text.startswith("<r>") and text.endswith("</r>")) or bool(_SHARED_ESCAPE.search(text))


def runs(text: str) -> tuple[str, ...]:
    """Such a text in at least two parts, none of which holds an escape."""
    first, rest = text[:2], text[2:]
    return (first, *(part for part in _ESCAPE.split(rest) if part))


def one_line(raw: str, longest: int = 240) -> str:
    """A text for a heading: in one line, shortened with an ellipsis."""
    text = raw.strip(" ")
    if "  " in text or not text.isprintable():
        text = _BREAKS.sub(" ", clean(raw).text).strip(" ")
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def sheet_name(words: str, taken: set[str]) -> str:
    """A name a sheet may have, unlike those in `taken` (compared without case); adds it there."""
    name = _NOT_IN_NAMES.sub(" ", clean(words).text).strip().strip("'").strip()
    if not name or name.casefold() in _RESERVED_NAMES:
        name = f"{name} 1".strip()
    name = _shortened(name, _LONGEST_NAME)
    number = 1
    unique = name
    while unique.casefold() in taken:
        number += 1
        tail = f" {number}"
        unique = _shortened(name, _LONGEST_NAME - len(tail)) + tail
    taken.add(unique.casefold())
    return unique


def _shortened(name: str, longest: int) -> str:
    while units(name) > longest:
        name = name[:-1]
    return name.rstrip(" '")


def reference(name: str) -> str:
    """The sheet's name as it stands in a formula, before the exclamation mark."""
    return "'" + name.replace("'", "''") + "'"


def quoted(words: str) -> str:
    """Words of the form (never of the user) as a constant in a formula."""
    return '"' + words.replace('"', '""') + '"'


def footer(words: str, longest: int = 80) -> str:
    """Words for a header or footer, where `&` begins a code."""
    return one_line(words, longest).replace("&", "&&")
