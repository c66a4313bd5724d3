"""What was left in the texts while writing: placeholders, paragraphs that stand twice, another library's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hakemus.domain.fields import Strings
from hakemus.domain.findings import Finding
from hakemus.domain.messages import msg
from hakemus.rules.addresses import column
from hakemus.rules.faults import Fault, Faults
from hakemus.rules.kinds import Case
from hakemus.rules.limits import Parameters

PLACEHOLDERS = ("todo", "fixme", "tbd", "xxx", "???", "lorem ipsum")


class LeftoverParameters(Parameters):
    words: Strings = PLACEHOLDERS


@lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if word.strip()]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def leftover(case: Case) -> Iterator[Finding]:
    """A placeholder as a word of its own; a paragraph of some length that stands in two places; a foreign name."""
    plan = case.facts.plan
    pattern = _pattern(case.parameters.words)
    left = ((fault, found[0]) for fault in plan.texts if (found := pattern.search(fault.value)))
    for word, faults in _by_column(left):
        yield from case.of_faults(faults, msg('"{word}" was left in the text.', word=word))
    yield from case.of_faults(plan.repeated, msg("The same paragraph stands elsewhere too."))
    for name, faults in _by_column((fault, fault.value) for fault in plan.foreign):
        message = msg('"{name}" is neither the applicant nor a partner. Was the text copied?', name=name)
        yield from case.of_faults(faults, message)


def _by_column(found: Iterable[tuple[Fault, str]]) -> Iterator[tuple[str, Faults]]:
    """What was found, each with its fields: rows of one table with the same in one column stand together."""
    together: dict[tuple[str, str], list[Fault]] = {}
    for fault, what in found:
        together.setdefault((column(fault.path), what), []).append(fault)
    for (_, what), faults in together.items():
        yield what, tuple(faults)
