"""Undo is bounded by what it weighs, never below a thousand steps; the oldest are merged, none is lost."""

from __future__ import annotations

import itertools

import pytest

from fakes.ports import document
from hakemus.domain.draft import Draft
from hakemus.domain.messages import msg
from hakemus.domain.paths import with_value
from hakemus.usecases import history
from hakemus.usecases.history import History


def draft(title: str) -> Draft:
    return with_value(document().draft, "application.project.title", title)


def test_the_oldest_steps_are_merged_when_all_weigh_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_BYTES", 1000)
    monkeypatch.setattr(history, "LEAST_STEPS", 3)
    kept = History()
    states = [draft(str(number)) for number in range(11)]
    for before, after in itertools.pairwise(states):
        kept.record(before, after, msg("x"), ("project.title",), 300)
    assert len(kept) == 3
    first = None
    while step := kept.undo():
        first = step
    assert first is not None
    assert first.before is states[0]
    again = states[0]
    while step := kept.redo():
        assert step.before == again
        again = step.after
    assert again is states[-1]


def test_light_steps_are_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LEAST_STEPS", 3)
    kept = History()
    for number in range(50):
        kept.record(draft(str(number)), draft(str(number + 1)), msg("x"), (), 10)
    assert len(kept) == 50


def test_the_first_thousand_are_kept_whatever_they_weigh() -> None:
    assert history.LEAST_STEPS >= 1000
    kept, one, two = History(), draft("1"), draft("2")
    for _ in range(20):
        kept.record(one, two, msg("x"), (), history.MOST_BYTES)
    assert len(kept) == 20
