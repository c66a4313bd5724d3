"""A text cut into its sentences, so that a person sees where its length lies. Nothing is ever cut by the program."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hakemus.usecases.lengths import length_of

_ENDS = re.compile(r"[.!?…]+[\"”’»)]*(?=\s+[\"”’«(]*[A-ZÅÄÖ0-9])|\n+|\Z")
_SHORT_FORM = re.compile(
    r"(?:^|[\s(])(?:esim|mm|ks|ts|ns|n|noin|ym|yms|jne|eli|vrt|klo|nro|puh|t\.ex|bl\.a|s\.k|ca|kl|nr|dvs|osv|e\.g|i\.e|"
    r"\d{1,2}(?:\.\d{1,2})?)\.$",
    re.IGNORECASE,
)
"""Abbreviations and ordinals whose point ends no sentence, in the three languages of the texts."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """From one place of the text to another, and its length as the funder's portal counts it."""

    start: int
    end: int
    length: int


def sentences(text: str, counting: str = "characters") -> tuple[Sentence, ...]:
    """The sentences in their order; blank lines are none."""
    found: list[Sentence] = []
    start = 0
    for end in _ENDS.finditer(text):
        if end[0].startswith(".") and _SHORT_FORM.search(text[start : end.end()]):
            continue
        piece = text[start : end.end()]
        bare = piece.strip()
        if bare:
            begins = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(begins, begins + len(bare), length_of(bare, counting)))
        start = end.end()
    return tuple(found)
