"""Takes the chosen changes of a returned workbook over, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from hakemus.domain.draft import Draft, draft_path
from hakemus.domain.messages import Message, msg
from hakemus.domain.paths import class_at, get_value, parse, row_class, row_path, table_of, with_value, within
from hakemus.usecases.comparing import How, SumDifference, sums_of
from hakemus.usecases.line_sums import FACTORS, LINES, has_both, one_sum
from hakemus.usecases.returned import Offer


def applied(draft: Draft, chosen: Iterable[Offer]) -> Draft:
    """The draft with the chosen changes; whoever takes them over makes one step of it."""
    fields: dict[str, dict[str, Any]] = {}
    added: dict[str, list[Offer]] = {}
    removed: dict[str, set[str]] = {}
    alone: dict[str, Any] = {}
    for offer in chosen:
        path = offer.path
        if offer.difference.how is How.ROW_ADDED:
            added.setdefault(table_of(path), []).append(offer)
        elif offer.difference.how is How.ROW_REMOVED:
            removed.setdefault(table_of(path), set()).add(parse(path)[-1].key or "")
        elif "]." in path:
            row, _, name = path.rpartition(".")
            fields.setdefault(row, {})[name] = offer.difference.new
        else:
            alone[path] = offer.difference.new
    for path, value in alone.items():
        draft = with_value(draft, draft_path(path), value)
    for table in dict.fromkeys((*map(table_of, fields), *added, *removed)):
        rows = get_value(draft, draft_path(table)) or ()
        made = [changed_row(table, row, fields.get(row_path(table, row.id), {})) for row in rows]
        made = [row for row in made if row.id not in removed.get(table, ())]
        draft = with_value(draft, draft_path(table), tuple(_with_added(made, rows, added.get(table, ()))))
    touched = [f"{row}.{name}" for row, names in fields.items() for name in names] + list(alone)
    gone = [row_path(table, name) for table, names in removed.items() for name in names]
    kept = {
        path: text
        for path, text in draft.pending.items()
        if path not in touched and not any(within(path, row) for row in gone)
    }
    return draft if len(kept) == len(draft.pending) else with_value(draft, "pending", kept)


def row_class_of(table: str) -> Any:
    """The class of the rows of a table of the application."""
    tree, name = class_at(Draft, draft_path(table))
    return row_class(tree, name)


def changed_row(table: str, row: Any, changes: Mapping[str, Any]) -> Any:
    """A row with other values; a cost line never keeps a sum beside quantity and price that says another."""
    if not changes:
        return row
    values = {**row.__dict__, **(row.__pydantic_extra__ or {}), **changes}
    if table == LINES and values.get("amount") is not None and has_both(values):
        # A typed sum takes the price's place; a new quantity or price takes that of a sum.
        if "amount" in changes:
            values = one_sum(values)
        elif any(name in changes for name in FACTORS):
            values["amount"] = None
    return type(row)(**{key: value for key, value in values.items() if value is not None})


def _with_added(rows: list[Any], before: Sequence[Any], added: Sequence[Offer]) -> list[Any]:
    """New rows behind those that they stood behind in the workbook."""
    order = [row.id for row in before]
    last: dict[str, str] = {}
    for offer in added:
        new = offer.difference.new
        anchor = parse(offer.after)[-1].key or "" if offer.after.endswith("]") else ""
        behind = last.get(anchor, anchor)
        last[anchor] = new.id
        present = {row.id: at for at, row in enumerate(rows)}
        place = len(rows)
        if behind in order:
            near = reversed(order[: order.index(behind) + 1])
            place = next((present[name] + 1 for name in near if name in present), 0)
        rows.insert(place, new)
        order.insert(order.index(behind) + 1 if behind in order else len(order), new.id)
    return rows


def totals(draft: Draft, chosen: Iterable[Offer]) -> tuple[SumDifference, ...]:
    """The totals now and with the chosen changes."""
    return sums_of(draft, applied(draft, chosen))


class Editing(Protocol):
    """What takes a whole draft as one step that can be undone."""

    @property
    def draft(self) -> Draft: ...

    def replace(self, draft: Draft, label: Message) -> None: ...


def take(session: Editing, chosen: Sequence[Offer]) -> None:
    """Take the chosen changes over as one step."""
    if chosen:
        session.replace(applied(session.draft, chosen), msg("taking over a returned workbook"))
