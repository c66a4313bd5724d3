"""Two drafts field by field: what differs, in the form's order, and how one difference is taken back. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft
from hakemus.domain.fields import Kind
from hakemus.domain.figures import Figures, Totals
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import Message, nmsg
from hakemus.domain.money import ZERO, Money
from hakemus.domain.paths import get_value, insert_row, move_row, parse, table_of, with_value, within
from hakemus.domain.steps import step_rank
from hakemus.i18n.marking import N_
from hakemus.rules.facts import gather
from hakemus.usecases.calls import call_of

_APPLICATION = "application"
_OWN_TREES = ("decision", "report", "submission")
_WHOLE = ("language", "terms", "acknowledged", "comments", "secrets", "sources")
"""Parts that differ or not as a whole: their rows are not fields of the form."""


class How(Enum):
    """What became of a field or a row between the earlier draft and the later."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    ROW_ADDED = "row added"
    ROW_REMOVED = "row removed"
    ROW_MOVED = "row moved"


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that waits beside its field because it is not a value yet."""

    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field or row that differs. `path` is its address as findings have it, `at` from the draft's root.

    `old` and `new` are values, `Typed` texts, rows, or None for nothing; `money` is new less old, where it is money.
    """

    path: str
    at: str
    how: How
    old: Any = None
    new: Any = None
    money: Money | None = None
    step: str = ""
    entry: str | None = None
    """The key of an entry of a map, whose map lies at `at`: keys may be any text."""

    @property
    def is_row(self) -> bool:
        return self.how in (How.ROW_ADDED, How.ROW_REMOVED, How.ROW_MOVED)


@dataclass(frozen=True, slots=True)
class SumDifference:
    """One of the totals in both drafts."""

    name: str
    """An English source text."""
    old: Money
    new: Money

    @property
    def money(self) -> Money:
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs, and the totals of both."""

    differences: tuple[Difference, ...]
    sums: tuple[SumDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.differences)

    @property
    def words(self) -> Message:
        """How much differs, in one short sentence."""
        if not self.differences:
            return Message(N_("no differences"))
        return nmsg("differs in {count} field", "differs in {count} fields", len(self.differences))


_SUMS: tuple[tuple[str, Callable[[Totals], Money]], ...] = (
    (N_("Costs"), lambda totals: totals.costs),
    (N_("Grant applied for"), lambda totals: totals.grant),
    (N_("Own funding"), lambda totals: totals.own),
    (N_("Other funding"), lambda totals: totals.other),
    (N_("Income of the project"), lambda totals: totals.income),
)


def compare(old: Draft, new: Draft) -> Comparison:
    """What became of the earlier draft in the later one, in the order of the form."""
    call = call_of(new)
    before, after = gather(old.application, call_of(old)).figures, gather(new.application, call).figures
    found = [_with_step(item, call) for item in _Walk(old, new, before, after).all()]
    found.sort(key=lambda item: step_rank(item.step))
    return Comparison(tuple(found), _sums(before.totals, after.totals))


def sums_of(old: Draft, new: Draft) -> tuple[SumDifference, ...]:
    """The totals of both drafts."""
    return _sums(*(gather(draft.application, call_of(draft)).figures.totals for draft in (old, new)))


def _sums(old: Totals, new: Totals) -> tuple[SumDifference, ...]:
    return tuple(SumDifference(name, of(old), of(new)) for name, of in _SUMS)


def _with_step(item: Difference, call: Call) -> Difference:
    return replace(item, step=call.step_of(item.path))


class _Walk:
    """One walk over both trees at once."""

    def __init__(self, old: Draft, new: Draft, before: Figures, after: Figures) -> None:
        self._old, self._new = old, new
        self._before, self._after = before, after
        self._met: set[str] = set()

    def all(self) -> Iterator[Difference]:
        for name in ("id", "edition", "definition"):
            if getattr(self._old.call, name) != getattr(self._new.call, name):
                yield Difference("call", "call", How.CHANGED, self._old.call, self._new.call)
                break
        for name in _WHOLE:
            yield from self._value(getattr(self._old, name), getattr(self._new, name), name, name)
        yield from self._tree(self._old.application, self._new.application, "", _APPLICATION)
        for name in _OWN_TREES:
            yield from self._tree(getattr(self._old, name), getattr(self._new, name), name, name)
        yield from self._waiting_elsewhere()

    def _tree(self, old: Any, new: Any, path: str, at: str) -> Iterator[Difference]:
        fields = type(new).model_fields
        for name in (*fields, *_unknown_names(old, new)):
            if name == "id":
                continue
            kinds = fields[name].metadata if name in fields else ()
            here, there = _under(path, name), _under(at, name)
            mine: Any = getattr(old, name, None)
            yours: Any = getattr(new, name, None)
            if Kind.PART in kinds:
                yield from self._tree(mine, yours, here, there)
            elif Kind.ROWS in kinds:
                yield from self._rows(mine, yours, here, there)
            elif Kind.MAP in kinds:
                for key in dict.fromkeys((*mine, *yours)):
                    for item in self._value(mine.get(key), yours.get(key), f"{here}[{key}]", there):
                        yield replace(item, entry=key)
            else:
                yield from self._value(mine, yours, here, there)

    def _rows(self, old: Sequence[Any], new: Sequence[Any], path: str, at: str) -> Iterator[Difference]:
        before, after = {row.id: row for row in old}, {row.id: row for row in new}
        moved = _moved([row.id for row in old if row.id in after], [row.id for row in new if row.id in before])
        for name in _merged(list(before), list(after)):
            here, there = f"{path}[{name}]", f"{at}[{name}]"
            if name not in after:
                self._pass_by(here)
                gone = _sum(before[name], here, self._before)
                yield Difference(here, there, How.ROW_REMOVED, before[name], None, None if gone is None else -gone)
            elif name not in before:
                self._pass_by(here)
                yield Difference(here, there, How.ROW_ADDED, None, after[name], _sum(after[name], here, self._after))
            else:
                if name in moved:
                    yield Difference(here, there, How.ROW_MOVED, before[name], after[name])
                yield from self._tree(before[name], after[name], here, there)

    def _pass_by(self, row: str) -> None:
        """What waits in a row that came or went belongs to the row."""
        for path in (*self._old.pending, *self._new.pending):
            if within(path, row):
                self._met.add(path)

    def _value(self, old: Any, new: Any, path: str, at: str) -> Iterator[Difference]:
        self._met.add(path)
        mine, yours = self._with_waiting(old, new, path)
        if mine == yours:
            return
        how = How.ADDED if _is_nothing(mine) else How.REMOVED if _is_nothing(yours) else How.CHANGED
        money = None
        if isinstance(mine, Money) or isinstance(yours, Money):
            first = mine if isinstance(mine, Money) else ZERO
            second = yours if isinstance(yours, Money) else ZERO
            money = second - first
        yield Difference(path, at, how, mine, yours, money)

    def _with_waiting(self, old: Any, new: Any, path: str) -> tuple[Any, Any]:
        mine, yours = self._old.pending.get(path), self._new.pending.get(path)
        return (old if mine is None else Typed(mine)), (new if yours is None else Typed(yours))

    def _waiting_elsewhere(self) -> Iterator[Difference]:
        """Texts that wait for fields that neither draft has, as a newer program may leave them."""
        for path in dict.fromkeys((*self._old.pending, *self._new.pending)):
            if path not in self._met:
                yield from self._value(None, None, path, "")


def _sum(row: Any, path: str, figures: Figures) -> Money | None:
    """What a row comes to: a cost row by the rules, a row of funding by its own sum."""
    costs = {"budget.lines": figures.lines, "budget.people": figures.people}.get(table_of(path))
    amount = costs[row.id].planned if costs is not None else getattr(row, "amount", None)
    return amount if isinstance(amount, Money) else None


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", (), FrozenDict())


def _unknown_names(old: Any, new: Any) -> Iterable[str]:
    """Names that only a newer program knows, in either tree."""
    return dict.fromkeys((*(old.__pydantic_extra__ or {}), *(new.__pydantic_extra__ or {})))


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The rows of both in the later order; a row that went stands behind the one it stood behind."""
    merged = list(new)
    for at, name in enumerate(old):
        if name not in merged:
            merged.insert(merged.index(old[at - 1]) + 1 if at else 0, name)
    return merged


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest rows that must have been moved to make one order of the other."""
    place = {name: at for at, name in enumerate(old)}
    tails: list[int] = []
    chains: list[tuple[str, ...]] = []
    for name in new:
        at = bisect_left(tails, place[name])
        chain = (*(chains[at - 1] if at else ()), name)
        tails[at : at + 1] = [place[name]]
        chains[at : at + 1] = [chain]
    return set(new) - set(chains[-1] if chains else ())


def brought_back(now: Draft, before: Draft, item: Difference) -> Draft:
    """The present draft with one difference undone: at that place it is as the earlier draft was."""
    if item.how is How.ROW_ADDED:
        return _waiting_of(with_value(now, item.at, None), before, item.path)
    if item.how is How.ROW_REMOVED:
        table = table_of(item.at)
        restored = insert_row(now, table, item.old.stored(), _place(before, now, item.at))
        return _waiting_of(restored, before, item.path)
    if item.how is How.ROW_MOVED:
        return move_row(now, item.at, _place(before, now, item.at))
    if item.at:
        old = None if isinstance(item.old, Typed) else item.old
        now = _set(now, item.at, old) if item.entry is None else _set_entry(now, item.at, item.entry, old)
    return _waiting_of(now, before, item.path)


def _set(now: Draft, at: str, value: Any) -> Draft:
    """A value at an address; a name that the present draft does not know takes its place among the unknown ones."""
    head, _, name = at.rpartition(".")
    holder = get_value(now, head) if head else now
    if name in type(holder).model_fields:
        return with_value(now, at, value)
    fields = {**holder.__dict__, **(holder.__pydantic_extra__ or {}), name: value}
    return with_value(now, head, type(holder)(**{key: item for key, item in fields.items() if item is not None}))


def _set_entry(now: Draft, at: str, key: str, value: Any) -> Draft:
    entries = {**get_value(now, at), key: value}
    return with_value(now, at, {name: item for name, item in entries.items() if item is not None})


def _place(before: Draft, now: Draft, at: str) -> int:
    """Where a row of the earlier draft belongs in the present table: behind the row that it stood behind."""
    table, key = table_of(at), parse(at)[-1].key
    old = [row.id for row in get_value(before, table)]
    present = [row.id for row in get_value(now, table) or () if row.id != key]
    for name in reversed(old[: old.index(key)]):
        if name in present:
            return present.index(name) + 1
    return 0


def _waiting_of(now: Draft, before: Draft, path: str) -> Draft:
    """Texts that wait at an address and under it, as they were before."""
    kept = {name: text for name, text in now.pending.items() if not within(name, path)}
    kept |= {name: text for name, text in before.pending.items() if within(name, path)}
    return now if kept == now.pending else with_value(now, "pending", kept)
