"""Undo and redo as a row of immutable drafts with names; bounded, the oldest steps merged. Knows no field."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.draft import Draft
from hakemus.domain.messages import Message

MOST_BYTES = 64 * 1024 * 1024
LEAST_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable step: the draft before it, its name, and where it happened."""

    before: Draft
    after: Draft
    label: Message
    paths: tuple[str, ...]
    weight: int


class History:
    """The steps done and undone. Edits of one path become one step until it is sealed."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open: str | None = None
        self._weight = 0

    def record(
        self,
        before: Draft,
        after: Draft,
        label: Message,
        paths: tuple[str, ...],
        weight: int,
        coalesce: str | None = None,
    ) -> None:
        """Keep a step. With `coalesce` it joins the step before it, if that was of the same field and not sealed."""
        self._undone.clear()
        if coalesce is not None and coalesce == self._open and self._done:
            last = self._done.pop()
            self._weight -= last.weight
            before, weight = last.before, max(weight, last.weight)
            if before == after:
                # typing that ends where it began leaves no step behind
                self._open = None
                return
        self._done.append(Step(before, after, label, paths, weight))
        self._weight += weight
        self._open = coalesce
        self._merge_oldest()

    def _merge_oldest(self) -> None:
        while self._weight > MOST_BYTES and len(self._done) > LEAST_STEPS:
            first, second = self._done[0], self._done[1]
            self._weight -= first.weight
            self._done[0:2] = [Step(first.before, second.after, second.label, second.paths, second.weight)]

    def seal(self) -> None:
        """The next edit begins a new step."""
        self._open = None

    def undo(self) -> Step | None:
        self._open = None
        if not self._done:
            return None
        step = self._done.pop()
        self._weight -= step.weight
        self._undone.append(step)
        return step

    def redo(self) -> Step | None:
        self._open = None
        if not self._undone:
            return None
        step = self._undone.pop()
        self._weight += step.weight
        self._done.append(step)
        return step

    @property
    def undo_label(self) -> Message | None:
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> Message | None:
        return self._undone[-1].label if self._undone else None

    def __len__(self) -> int:
        return len(self._done)
