"""The one mutable object: the current draft, its history and its listeners. Knows no window and no file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hakemus.domain.call import Call
from hakemus.domain.draft import Acknowledgement, Document, Draft, Secret, Term, draft_path
from hakemus.domain.findings import Finding
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.ids import Draw, new_id
from hakemus.domain.messages import FieldName, Message, msg
from hakemus.domain.paths import (
    BadPath,
    get_value,
    insert_row,
    move_row,
    parse,
    row_of,
    row_path,
    table_of,
    with_value,
    within,
)
from hakemus.domain.text import clean
from hakemus.i18n.field_names import ROWS_IN_STEPS, pattern_of
from hakemus.i18n.refused import Refused
from hakemus.usecases import calls, typed
from hakemus.usecases.checking import Check, check
from hakemus.usecases.history import History
from hakemus.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Change:
    """What happened: the drafts before and after, and the addresses touched ("" for the whole)."""

    before: Draft
    after: Draft
    paths: tuple[str, ...]
    structural: bool = False
    """Rows came, went or moved."""
    focus: str = ""
    """Where the eye should go, after undo and redo."""


Listener = Callable[[Change], None]


@dataclass(frozen=True, slots=True)
class Pending:
    """A typed text that is not a value, and why."""

    path: str
    text: str
    reason: Message


class Session:
    """Editing of one document. Every change makes a new draft; nothing typed is refused or lost."""

    def __init__(self, document: Document, draw: Draw, clock: Clock, read_only: bool = False) -> None:
        self.document = document
        self.read_only = read_only
        self._draft = document.draft
        self._saved: Draft | None = document.draft
        self._draw = draw
        self._clock = clock
        self._history = History()
        self._listeners: list[Listener] = []
        self._check: Check | None = None
        self._checked_for: tuple[Draft, object] | None = None

    # what stands

    @property
    def draft(self) -> Draft:
        return self._draft

    @property
    def call(self) -> Call:
        return calls.call_of(self._draft)

    @property
    def check(self) -> Check:
        """Totals and findings of the draft as it stands; findings are computed when first asked for."""
        key = (self._draft, self._clock.today())
        if (
            self._check is None
            or self._checked_for is None
            or self._checked_for[0] is not key[0]
            or self._checked_for[1] != key[1]
        ):
            self._check = check(self._draft, self.call, self._clock.today())
            self._checked_for = key
        return self._check

    @property
    def dirty(self) -> bool:
        return self._draft is not self._saved

    def now(self) -> datetime.datetime:
        """The present moment with its zone."""
        return self._clock.now()

    def value(self, path: str) -> Any:
        return get_value(self._draft, draft_path(path))

    def text(self, path: str) -> str:
        """What the field at an address shows while it is edited: the typed text where it is no value yet."""
        waiting = self._draft.pending.get(path)
        return waiting if waiting is not None else typed.shown(self.value(path))

    def pending(self) -> tuple[Pending, ...]:
        return pending_of(self._draft, self.call.currency)

    def pending_reason(self, path: str) -> Message | None:
        text = self._draft.pending.get(path)
        if text is None:
            return None
        found = typed.read(path, text, self.call.currency)
        return found.reason if isinstance(found, Refused) else None

    # what changes

    def edit(self, path: str, text: str) -> None:
        """Take typed text: a value where it can be read, else kept as it is beside its field."""
        changed = self._with_text(self._draft, path, text)
        self._take(
            changed, (path,), msg("editing: {field}", field=FieldName(path)), coalesce=path, weight=2 * len(text)
        )

    def set_value(self, path: str, value: Any) -> None:
        """Set a choice, a tick or a list of texts."""
        changed = self._with_pending(with_value(self._draft, draft_path(path), value), path, None)
        self._take(changed, (path,), msg("editing: {field}", field=FieldName(path)))

    def apply(self, changes: Mapping[str, str | None], label: Message) -> None:
        """Apply values in their stored form (of a way out, of an import) as one step."""
        changed = self._draft
        for path, value in changes.items():
            changed = self._with_pending(with_value(changed, draft_path(path), value), path, None)
        self._take(changed, tuple(changes), label, structural=True)

    def insert_row(self, table: str, values: Mapping[str, Any] | None = None, at: int | None = None) -> str:
        """A new row in a table, at a place or at the end; its id."""
        taken = {row.id for row in self.value(table) or ()}
        name = new_id(taken, self._draw)
        row = {**(values or {}), "id": name}
        changed = insert_row(self._draft, draft_path(table), row, at)
        self._take(changed, (row_path(table, name),), msg("adding: {row}", row=row_word(table)), structural=True)
        return name

    def insert_rows(self, table: str, rows: Sequence[Mapping[str, str]], label: Message) -> list[str]:
        """Several new rows of typed texts as one step (paste); what is no value waits beside its field."""
        changed, names = self._with_rows(self._draft, table, rows)
        self._take(changed, tuple(row_path(table, name) for name in names), label, structural=True)
        return list(names)

    def edit_many(self, texts: Mapping[str, str], label: Message) -> None:
        """Several fields typed at once (paste over cells) as one step."""
        changed = self._draft
        for path, text in texts.items():
            changed = self._with_text(changed, path, text)
        self._take(changed, tuple(texts), label, structural=True)

    def edit_and_insert(
        self, texts: Mapping[str, str], table: str, rows: Sequence[Mapping[str, str]], label: Message
    ) -> None:
        """A paste that runs past the last row: cells over what stands, then new rows; one step."""
        changed = self._draft
        for path, text in texts.items():
            changed = self._with_text(changed, path, text)
        changed, _ = self._with_rows(changed, table, rows)
        self._take(changed, (table,), label, structural=True)

    def remove_rows(self, rows: Sequence[str]) -> None:
        """Remove rows with what waited in them."""
        if not rows:
            return
        changed = self._draft
        for row in rows:
            changed = with_value(changed, draft_path(row), None)
        waiting = {path: text for path, text in changed.pending.items() if not any(within(path, row) for row in rows)}
        if len(waiting) != len(changed.pending):
            changed = with_value(changed, "pending", waiting)
        secrets = tuple(item for item in changed.secrets if not any(within(item.path, row) for row in rows))
        if len(secrets) != len(changed.secrets):
            changed = with_value(changed, "secrets", secrets)
        self._take(changed, tuple(rows), msg("removing: {row}", row=row_word(table_of(rows[0]))), structural=True)

    def move_row(self, row: str, delta: int) -> None:
        rows = self.value(table_of(row)) or ()
        key = parse(row)[-1].key
        at = next((place for place, item in enumerate(rows) if item.id == key), None)
        if at is None or not 0 <= at + delta < len(rows):
            return
        changed = move_row(self._draft, draft_path(row), at + delta)
        self._take(changed, (row,), msg("moving: {row}", row=row_word(table_of(row))), structural=True)

    def duplicate_row(self, row: str) -> str | None:
        """A copy of a row behind it; the ids inside stay (they are unique within the copy)."""
        table, key = table_of(row), parse(row)[-1].key
        rows = self.value(table) or ()
        at = next((place for place, item in enumerate(rows) if item.id == key), None)
        if at is None:
            return None
        name = new_id({item.id for item in rows}, self._draw)
        copy = {**rows[at].__dict__, **(rows[at].__pydantic_extra__ or {}), "id": name}
        changed = insert_row(self._draft, draft_path(table), copy, at + 1)
        for path, text in self._draft.pending.items():
            if within(path, row):
                changed = self._with_pending(changed, row_path(table, name) + path[len(row) :], text)
        for item in self._draft.secrets:
            # what is secret stays so in the copy
            if within(item.path, row):
                taken = {each.id for each in changed.secrets}
                place = row_path(table, name) + item.path[len(row) :]
                again = {**item.__dict__, "id": new_id(taken, self._draw), "path": place}
                changed = with_value(changed, "secrets", (*changed.secrets, again))
        self._take(changed, (row_path(table, name),), msg("copying: {row}", row=row_word(table)), structural=True)
        return name

    def set_language(self, language: str) -> None:
        """The language of the application on paper."""
        self._take(with_value(self._draft, "language", language), ("",), msg("changing the language of the paper"))

    def set_term(self, at: str, value: str | None, note: str = "") -> None:
        """The user's own value for a term of the call; None returns to the call's."""
        kept = [term for term in self._draft.terms if term.at != at]
        if value is not None:
            kept.append(Term(at=at, value=value, note=note or None, on=self._clock.today()))
        self._take(with_value(self._draft, "terms", tuple(kept)), ("terms",), msg("changing a term of the call"))

    def acknowledge(self, finding: Finding, reason: str, by: str = "") -> None:
        """Mark a warning or note as read, with a reason; it comes back when what it speaks of changes."""
        entry = Acknowledgement(
            rule=finding.rule,
            paths=finding.paths,
            reason=reason or None,
            by=by or None,
            on=self._clock.today(),
            seen=finding.seen,
        )
        kept = [item for item in self._draft.acknowledged if (item.rule, item.paths) != (finding.rule, finding.paths)]
        self._take(
            with_value(self._draft, "acknowledged", (*kept, entry)), finding.paths, msg("marking a finding as read")
        )

    def unacknowledge(self, finding: Finding) -> None:
        kept = tuple(
            item for item in self._draft.acknowledged if (item.rule, item.paths) != (finding.rule, finding.paths)
        )
        self._take(with_value(self._draft, "acknowledged", kept), finding.paths, msg("taking back a mark as read"))

    def mark_secret(self, path: str, ground: str, *, passage: str = "", note: str = "") -> None:
        """Keep a field, a row or a passage of a text from the public copy; a mark of the same thing is replaced."""
        place = (path, passage or None)
        kept = [item for item in self._draft.secrets if (item.path, item.passage) != place]
        name = new_id({item.id for item in kept}, self._draw)
        mark = Secret(
            id=name,
            path=path,
            passage=passage or None,
            ground=ground or None,
            note=note or None,
            on=self._clock.today(),
        )
        self._take(with_value(self._draft, "secrets", (*kept, mark)), (path,), msg("marking as secret"))

    def unmark_secret(self, name: str) -> None:
        """Take back a mark by its id."""
        path = next((item.path for item in self._draft.secrets if item.id == name), "")
        kept = tuple(item for item in self._draft.secrets if item.id != name)
        self._take(with_value(self._draft, "secrets", kept), (path,), msg("taking back a mark as secret"))

    def replace(self, draft: Draft, label: Message, paths: Sequence[str] = ("",)) -> None:
        """Another whole draft as one undoable step (recovery, a kept version, an import). `paths`: what differs."""
        self._take(draft, tuple(paths), label, structural=True)

    # history, saving, listening

    def seal(self) -> None:
        """Focus has left a field: its next edit is a step of its own."""
        self._history.seal()

    def undo(self) -> bool:
        step = self._history.undo()
        if step is None:
            return False
        self._publish(step.before, step.paths, structural=True, focus=step.paths[0] if step.paths else "")
        return True

    def redo(self) -> bool:
        step = self._history.redo()
        if step is None:
            return False
        self._publish(step.after, step.paths, structural=True, focus=step.paths[0] if step.paths else "")
        return True

    @property
    def undo_label(self) -> Message | None:
        return self._history.undo_label

    @property
    def redo_label(self) -> Message | None:
        return self._history.redo_label

    @property
    def steps_done(self) -> int:
        return len(self._history)

    def mark_saved(self, document: Document) -> None:
        """What was saved; edits made since the save began stay dirty."""
        self.document = document
        self._saved = document.draft

    def mark_unsaved(self) -> None:
        """The draft differs from any file (recovered, copied, never saved)."""
        self._saved = None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of each change; call the result to be told no more."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # inside

    def _take(
        self,
        changed: Draft,
        paths: tuple[str, ...],
        label: Message,
        *,
        coalesce: str | None = None,
        structural: bool = False,
        weight: int = 0,
    ) -> None:
        if self.read_only or changed == self._draft:
            return
        before = self._draft
        self._history.record(before, changed, label, paths, 2048 + weight, coalesce)
        self._publish(changed, paths, structural=structural)

    def _publish(self, changed: Draft, paths: tuple[str, ...], *, structural: bool, focus: str = "") -> None:
        before, self._draft = self._draft, changed
        if self._saved is not None and changed is not self._saved and changed == self._saved:
            # back at what the file holds, by undo or by typing: nothing is left to save
            self._draft = self._saved
        change = Change(before, self._draft, paths, structural, focus)
        for listener in tuple(self._listeners):
            listener(change)

    def _with_pending(self, draft: Draft, path: str, text: str | None) -> Draft:
        if draft.pending.get(path) == text:
            return draft
        return with_value(draft, "pending", FrozenDict(draft.pending).with_item(path, text))

    def _with_text(self, draft: Draft, path: str, text: str) -> Draft:
        """A typed text in its field: the value where it can be read, else nothing there and the text beside it."""
        cleaned = clean(text).text
        found = typed.read(path, cleaned, self.call.currency)
        refused = isinstance(found, Refused)
        draft = with_value(draft, draft_path(path), None if refused else found)
        draft = self._with_pending(draft, path, cleaned if refused else None)
        return self._without_double_amount(draft, path)

    def _with_rows(self, draft: Draft, table: str, rows: Sequence[Mapping[str, str]]) -> tuple[Draft, tuple[str, ...]]:
        """New rows of typed texts at the end of a table, and their ids."""
        names = []
        for texts in rows:
            name = new_id({row.id for row in get_value(draft, draft_path(table)) or ()}, self._draw)
            draft = insert_row(draft, draft_path(table), {"id": name})
            for key, text in texts.items():
                draft = self._with_text(draft, f"{row_path(table, name)}.{key}", text)
            names.append(name)
        return draft, tuple(names)

    def _without_double_amount(self, draft: Draft, path: str) -> Draft:
        """A line with quantity and price needs no sum of its own; a typed sum takes the price's place."""
        if not path.startswith("budget.lines["):
            return draft
        row = row_of(path) or ""
        line = get_value(draft, draft_path(row))
        if line is None or line.amount is None or line.quantity is None or line.unit_price is None:
            return draft
        if path.endswith((".quantity", ".unit_price")):
            return with_value(draft, draft_path(f"{row}.amount"), None)
        if path.endswith(".amount"):
            return with_value(draft, draft_path(f"{row}.unit_price"), None)
        return draft


def row_word(table: str) -> Message:
    """What a row of a table is called inside the name of a step that can be undone."""
    return Message(ROWS_IN_STEPS.get(pattern_of(table), pattern_of(table)))


def pending_of(draft: Draft, currency: str) -> tuple[Pending, ...]:
    """Every typed text that is not a value, with the reason, in the order of their addresses."""
    found = []
    for path in sorted(draft.pending):
        try:
            read = typed.read(path, draft.pending[path], currency)
        except BadPath:
            # a file may hold a text for a field that this program does not have
            read = None
        reason = read.reason if isinstance(read, Refused) else msg("This is not yet in the application.")
        found.append(Pending(path, draft.pending[path], reason))
    return tuple(found)
