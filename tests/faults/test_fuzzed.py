"""Drafts from a fuzzer's hands: what it learnt, what it once broke, and thousands that are made on the spot.

Inputs are changed by the seed alone, so that a failure comes again; the campaign goes on from other seeds.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import mutations
import opening
import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
LEARNT = sorted((CORPUS / "fuzz").iterdir())
FOUND = sorted((CORPUS / "found").iterdir())
INPUTS = 5_000


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_once_broke_the_opening_breaks_it_no_more(path: Path) -> None:
    assert opening.opened_or_refused(path.read_bytes()) in ("opened", "refused", "rescued")
    assert opening.seconds_of(path.read_bytes()) < opening.MOST_SECONDS


def test_what_the_fuzzer_learnt_opens_or_is_refused_quickly() -> None:
    assert LEARNT
    ends = Counter(opening.opened_or_refused(path.read_bytes()) for path in LEARNT)
    assert set(ends) == {"opened", "refused", "rescued"}
    slow = {path.name for path in LEARNT if opening.seconds_of(path.read_bytes()) > opening.MOST_SECONDS}
    assert not slow


@pytest.mark.parametrize("part", range(5))
def test_thousands_of_damaged_drafts_open_or_are_refused(part: int) -> None:
    chance = random.Random(part)
    seeds = [path.read_bytes() for path in LEARNT if path.stat().st_size < 6_000]
    ends: Counter[str] = Counter()
    for _ in range(INPUTS // 5):
        seed = chance.choice(seeds)
        data = mutations.damaged(seed, chance) if chance.random() < 0.2 else mutations.reshaped(seed, chance)
        ends[opening.opened_or_refused(data)] += 1
    assert min(ends["opened"], ends["refused"], ends["rescued"]) > 10, ends
