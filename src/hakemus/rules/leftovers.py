"""What was left in the texts while writing: placeholders, paragraphs that stand twice, another library's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hakemus.domain.fields import Strings
from hakemus.domain.findings import Finding, msg
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
    for fault in plan.texts:
        found = pattern.search(fault.value)
        if found:
            yield case.finding((fault.path,), msg('"{word}" was left in the text.', word=found[0]), seen=(fault.value,))
    yield from case.of_faults(plan.repeated, msg("The same paragraph stands elsewhere too."))
    for fault in plan.foreign:
        message = msg('"{name}" is neither the applicant nor a partner. Was the text copied?', name=fault.value)
        yield case.finding((fault.path,), message, seen=(fault.value,))
