"""Short stable names of rows. Where chance comes from is the caller's business."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import count

ID_FORM = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
LENGTH = 4
LONGEST = 40
TRIES = 64

Draw = Callable[[int], int]
"""Gives a whole number from 0 up to, not including, its argument."""


def is_id(text: str) -> bool:
    """Whether a text may name a row: 1 to 40 of letters, digits, hyphen and underscore."""
    return ID_FORM.fullmatch(text) is not None


def new_id(taken: Collection[str], draw: Draw) -> str:
    """An id of four characters that no row of the list bears; longer where four are drawn in vain again and again."""
    lengths = (min(LENGTH + attempt // TRIES, LONGEST) for attempt in count())
    names = ("".join(ALPHABET[draw(len(ALPHABET))] for _ in range(length)) for length in lengths)
    return next(name for name in names if name not in taken)
