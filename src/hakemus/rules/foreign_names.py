"""Names of other institutions of the applicant's own kind that stand in the texts: left from an application copied.

What such a name looks like is read from the applicant's own name, so that no language is known here: where the
applicant is "Sampleton town library", any other capitalised word before the same last word is another's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hakemus.rules.faults import Fault, Faults

SHORTEST = 6
"""A last word with fewer letters says too little of what it names."""
_ENDS = ".!?:;\n•–—"
_QUIET = " \t\"'”»(“«"


def foreign_names(library: str | None, taking_part: Iterable[str | None], texts: Faults) -> Iterator[Fault]:
    """A fault for each text with a name like the `library`'s that none of those `taking_part` bears."""
    own = library.split() if library else []
    if len(own) < 2:
        return
    last = own[-1]
    if len(last) < SHORTEST or not last.isalpha() or not last.islower():
        return
    pattern = re.compile(rf"(?<![\w-])([\w-]+)\s+{re.escape(last)}")
    known = "\n".join(" ".join(name.split()).casefold() for name in (library, *taking_part) if name)
    for text in texts:
        if last in text.value:
            name = next(_others(pattern, last, text.value, known), None)
            if name is not None:
                yield Fault(text.path, name)


def _others(pattern: re.Pattern[str], last: str, text: str, known: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        before = text[: found.start()].rstrip(_QUIET)
        begins = not before or before[-1] in _ENDS
        # A word that begins a sentence has a capital whatever it is.
        if found[1][0].isupper() and not begins and f"{found[1]} {last}".casefold() not in known:
            yield f"{found[1]} {last}"
