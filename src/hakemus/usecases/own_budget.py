"""A budget of somebody's own, from its sheet to the application: where its columns stand, which of its cost types is
which category, what is remembered of that for the next time, and which of its lines are taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft, draft_path
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import msg
from hakemus.domain.money import Money, total
from hakemus.domain.paths import parse, with_value
from hakemus.usecases.line_sums import LINES
from hakemus.usecases.reconcile import Columns, ForeignLine, ForeignTable, Pair
from hakemus.usecases.taking_over import Editing, changed_row, row_class_of

MOST_FORMS = 40
LONGEST_HEAD = 200
ROLES = ("description", "amount", "quantity", "unit_price", "category")
"""The columns of a budget, by their names in `Columns`."""


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form that was understood once: the heads of its columns by role, and its cost types with their categories."""

    heads: Mapping[str, str]
    mapping: Mapping[str, str]


class KnownForms(Protocol):
    """What this computer remembers of forms of budgets; none where nothing can be read."""

    def read(self) -> Sequence[KnownForm]: ...

    def write(self, forms: Sequence[KnownForm]) -> None: ...


@dataclass(frozen=True, slots=True)
class CostType:
    """A word of theirs for a kind of cost, with what stands under it."""

    name: str
    count: int
    amount: Money


def heads_of(table: ForeignTable, columns: Columns) -> dict[str, str]:
    """The words above the columns that are in use, by role; empty where the budget begins on the first row."""
    if columns.first < 1 or columns.first > len(table.rows):
        return {}
    row = table.rows[columns.first - 1]
    found = {}
    for role in ROLES:
        at = getattr(columns, role)
        words = _bare(row[at]) if at is not None and at < len(row) else ""
        if words:
            found[role] = words
    return found


def _bare(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST_HEAD].casefold() if value is not None else ""


def recognised(table: ForeignTable, forms: Iterable[KnownForm]) -> tuple[Columns, KnownForm] | None:
    """Where a known form's columns stand in a table: by their heads, wherever they have moved to."""
    for form in forms:
        wanted = {role: words for role, words in form.heads.items() if role in ROLES}
        if "description" not in wanted or len(wanted) < 2:
            continue
        for at, row in enumerate(table.rows):
            places: dict[str, int] = {}
            for col, value in enumerate(row):
                places.setdefault(_bare(value), col)
            if all(words in places for words in wanted.values()):
                stand = {role: places[words] for role, words in wanted.items()}
                return replace(Columns(at + 1, stand.pop("description")), **stand), form
    return None


def remembering(
    forms: Sequence[KnownForm], table: ForeignTable, columns: Columns, mapping: Mapping[str, str]
) -> tuple[KnownForm, ...]:
    """The known forms with this one in front; cost types that it did not meet this time stay known."""
    heads = heads_of(table, columns)
    if "description" not in heads or len(heads) < 2:
        return tuple(forms)
    old = next((form.mapping for form in forms if form.heads == heads), {})
    merged = {**old, **{words: name for words, name in mapping.items() if name or words in old}}
    return (KnownForm(heads, merged), *(form for form in forms if form.heads != heads))[:MOST_FORMS]


def cost_types(lines: Iterable[ForeignLine]) -> tuple[CostType, ...]:
    """Their words for kinds of cost, in the order in which they come; the empty one is what has none."""
    found: dict[str, list[Money]] = {}
    for line in lines:
        if not line.is_total:
            found.setdefault(line.category, []).append(line.amount)
    return tuple(CostType(name, len(sums), total(sums)) for name, sums in found.items())


def mapped(types: Iterable[CostType], call: Call, known: Mapping[str, str]) -> dict[str, str]:
    """The category of each cost type as far as it is known: from before, or because the words are the call's own."""
    labels = {
        words.casefold().strip(): item.id
        for item in call.categories
        for words in (*item.label.values(), item.id)
        if words
    }
    found = {}
    for each in types:
        name = known.get(each.name) or labels.get(each.name.casefold().strip(), "")
        found[each.name] = name if name in call.category_ids else ""
    return found


def can_take(pair: Pair) -> bool:
    """Whether a pair can change the application: a line that it lacks, or a line of its own with another sum.

    A person's cost is reckoned from the pay and takes no sum; what only the application has stays.
    """
    if pair.theirs is None or not pair.difference:
        return pair.theirs is not None and pair.ours is None
    return pair.ours is None or pair.ours.path.startswith(f"{LINES}[")


def with_taken(draft: Draft, pairs: Sequence[Pair], mapping: Mapping[str, str], draw: Draw) -> Draft:
    """The draft with their sums in the lines that both have, and their other lines behind its own."""
    sums = {
        parse(pair.ours.path)[-1].key: pair.theirs.amount for pair in pairs if pair.ours is not None and pair.theirs
    }
    lines = [
        changed_row(LINES, line, {"amount": sums[line.id]}) if line.id in sums else line
        for line in draft.application.budget.lines
    ]
    taken = {line.id for line in lines}
    make = row_class_of(LINES)
    for pair in pairs:
        if pair.ours is None and pair.theirs is not None:
            name = new_id(taken, draw)
            taken.add(name)
            values = {"description": pair.theirs.description, "category": mapping.get(pair.theirs.category, "")}
            lines.append(
                make(id=name, amount=pair.theirs.amount, **{key: text for key, text in values.items() if text})
            )
    gone = {f"{LINES}[{name}].{field}" for name in sums for field in ("amount", "unit_price")}
    kept = {path: text for path, text in draft.pending.items() if path not in gone}
    draft = with_value(draft, draft_path(LINES), tuple(lines))
    return draft if len(kept) == len(draft.pending) else with_value(draft, "pending", kept)


def take(session: Editing, pairs: Sequence[Pair], mapping: Mapping[str, str], draw: Draw) -> int:
    """Take the chosen pairs over as one step; how many changed something."""
    chosen = [pair for pair in pairs if can_take(pair)]
    if chosen:
        session.replace(with_taken(session.draft, chosen, mapping, draw), msg("taking lines over from another budget"))
    return len(chosen)
