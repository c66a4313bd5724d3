"""Drafts from a fuzzer's hands: what it learnt, what it once broke, and thousands that are made on the spot.

Inputs are changed by the seed alone, so that a failure comes again; the campaign goes on from other seeds.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import mutations
import opening
import pytest

from hakemus.adapters.storage import container, json_form
from hakemus.usecases import drafts

CORPUS = Path(__file__).parents[1] / "corpus"
LEARNT = sorted((CORPUS / "fuzz").iterdir())
FOUND = sorted((CORPUS / "found").iterdir())
FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
PARTS = 20 if FULL else 5
INPUTS = 1_000


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


@cache
def _seeds() -> tuple[list[bytes], list[bytes]]:
    """Small inputs that the fuzzer learnt, and those that open: they are few, and damage seldom leaves one open."""
    seeds = [path.read_bytes() for path in LEARNT if path.stat().st_size < 6_000]
    return seeds, [data for data in seeds if opening.opened_or_refused(data) == "opened"]


@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_damaged_drafts_open_or_are_refused(part: int, figure: Callable[..., None]) -> None:
    chance = random.Random(part)
    seeds, sound = _seeds()
    ends: Counter[str] = Counter()
    for _ in range(INPUTS):
        seed = chance.choice(sound if chance.random() < 0.2 else seeds)
        data = mutations.damaged(seed, chance) if chance.random() < 0.2 else mutations.reshaped(seed, chance)
        ends[opening.opened_or_refused(data)] += 1
    assert min(ends["opened"], ends["refused"], ends["rescued"]) > 0, ends
    figure(
        "damaged",
        f"{PARTS} times {INPUTS}: each opened and came back equal, or was refused; what was rescued was saved",
    )


def _draft() -> bytes:
    """A draft of two kilobytes, call and application in it."""
    plain = drafts.to_plain(drafts.new_document(opening.CALL, "d", "fi"))
    plain["application"] = {"project": {"title": "Lukupiha", "need": "Kirjastoauto kulkee. " * 30}}
    data = container.pack(json_form.dump(plain), {})
    assert 2_000 <= len(data) < 2_200
    return data


def test_a_draft_cut_or_changed_anywhere_opens_as_it_was_or_is_refused(figure: Callable[..., None]) -> None:
    data = _draft()
    every, bits = (1, range(8)) if FULL else (9, range(1))
    ends: Counter[str] = Counter()
    for at in range(0, len(data), every):
        ends["cut, " + opening.opened_or_refused(data[:at])] += 1
        for bit in bits:
            changed = data[at] ^ 1 << (bit if FULL else at % 8)
            ends["flipped, " + opening.opened_or_refused(data[:at] + bytes([changed]) + data[at + 1 :])] += 1
    assert not ends["cut, opened"]
    assert ends["cut, rescued"] > ends["cut, refused"]
    assert ends["flipped, rescued"] > ends["flipped, opened"] > 0, "dates and rights in the headers may change"
    cuts = ends["cut, rescued"] + ends["cut, refused"]
    figure(
        "cuts",
        f"{len(data)} bytes: {cuts} cuts, all refused, {ends['cut, rescued']} rescued; {sum(ends.values()) - cuts} "
        f"flipped bits, refused but for {ends['flipped, opened']} in dates and rights of the headers",
    )
