"""A person edits, undoes, saves, loses the program and comes back: whatever the order, nothing is lost or invented."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fakes.ports import Chance, Clock, document
from hakemus.adapters.storage import json_form
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.adapters.storage.recovery import RecoveryCopies
from hakemus.adapters.storage.state import Content
from hakemus.domain.draft import Draft
from hakemus.domain.messages import msg
from hakemus.usecases import drafts
from hakemus.usecases.files import Files, OpenFile
from hakemus.usecases.session import Session
from strategies import raw_texts

FIELDS = (
    "project.title",
    "project.starts_on",
    "project.joint",
    "project.keywords",
    "funding.grant",
    "applicant.vat",
    "answers[q1]",
    "decision.granted",
)
CELLS = ("description", "quantity", "unit_price", "amount", "vat_percent", "year", "payer")
TYPED = st.one_of(
    raw_texts, st.sampled_from(("1", "1 234,50", "1.234", "2.5.2016", "32.1.2016", "true", "recovers", "", " ", "80 %"))
)
WHEN = datetime.datetime(2018, 11, 15, 12, tzinfo=datetime.UTC)


class Person(RuleBasedStateMachine):
    """`self.seen` is every draft that stood at a step, in order; the session must give them back by undo and redo."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hakemus-machine-"))
        self.chance = Chance()
        self.files = Files(DraftFiles(), self.chance)
        self.copies = RecoveryCopies(self.folder / "recovery", Content(self.folder / "content"), lambda: WHEN)
        self.path = str(self.folder / "a.hakemus")

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def start(self) -> None:
        made = document({"budget": {"lines": [{"id": "a", "amount": "5.00"}]}})
        self.on_disk = made.draft
        self.begin(self.files.save(OpenFile(made), made, self.path))

    def begin(self, opened: OpenFile, *, unsaved: bool = False) -> None:
        self.opened = opened
        self.session = Session(opened.document, self.chance.draw, Clock())
        if unsaved:
            self.session.mark_unsaved()
        self.recovered: Draft | None = None
        self.past: list[Draft] = []
        self.future: list[Draft] = []

    def lines(self) -> list[str]:
        return [row.id for row in self.session.draft.application.budget.lines]

    def did(self, before: Draft) -> None:
        """A step has been made, or joined to the one before it, or nothing has changed."""
        if self.session.draft == before:
            return
        self.future.clear()
        if self.session.steps_done > len(self.past):
            self.past.append(before)
        else:
            del self.past[self.session.steps_done :]

    @rule(path=st.sampled_from(FIELDS), text=TYPED)
    def type_into_a_field(self, path: str, text: str) -> None:
        before = self.session.draft
        self.session.edit(path, text)
        self.did(before)

    @precondition(lambda self: self.lines())
    @rule(at=st.integers(0, 9), cell=st.sampled_from(CELLS), text=TYPED)
    def type_into_a_cell(self, at: int, cell: str, text: str) -> None:
        before, rows = self.session.draft, self.lines()
        self.session.edit(f"budget.lines[{rows[at % len(rows)]}].{cell}", text)
        self.did(before)

    @rule()
    def leave_the_field(self) -> None:
        self.session.seal()

    @rule(at=st.integers(0, 5))
    def add_a_row(self, at: int) -> None:
        before = self.session.draft
        self.session.insert_row("budget.lines", at=at)
        self.did(before)

    @precondition(lambda self: self.lines())
    @rule(at=st.integers(0, 9), what=st.sampled_from(("remove", "copy", "up", "down")))
    def work_on_a_row(self, at: int, what: str) -> None:
        before, rows = self.session.draft, self.lines()
        row = f"budget.lines[{rows[at % len(rows)]}]"
        if what == "remove":
            self.session.remove_rows([row])
        elif what == "copy":
            self.session.duplicate_row(row)
        else:
            self.session.move_row(row, -1 if what == "up" else 1)
        self.did(before)

    @rule(texts=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(CELLS, TYPED)), min_size=1, max_size=3))
    def paste(self, texts: list[dict[str, str]]) -> None:
        before = self.session.draft
        self.session.insert_rows("budget.lines", texts, msg("pasting"))
        self.did(before)

    @rule()
    def undo(self) -> None:
        before = self.session.draft
        assert self.session.undo() is bool(self.past)
        if self.past:
            self.future.append(before)
            assert self.session.draft == self.past.pop()

    @rule()
    def redo(self) -> None:
        before = self.session.draft
        assert self.session.redo() is bool(self.future)
        if self.future:
            self.past.append(before)
            assert self.session.draft == self.future.pop()

    @rule()
    def save(self) -> None:
        standing = self.session.document.model_copy(update={"draft": self.session.draft})
        changed = self.session.dirty
        self.opened = self.files.save(self.opened, standing, self.path if self.opened.path is None else None)
        assert self.opened.document.revision == standing.revision + changed
        self.session.mark_saved(self.opened.document)
        assert not self.session.dirty
        self.on_disk = self.session.draft
        assert self.files.open(self.path).document == self.opened.document

    @rule()
    def keep_a_recovery_copy(self) -> None:
        plain = drafts.to_plain(self.session.document.model_copy(update={"draft": self.session.draft}))
        self.copies.write(
            "slot",
            draft_id=self.session.document.id,
            path=Path(self.path),
            document=json_form.dump(plain),
            base=self.opened.seen or "",
        )
        self.recovered = self.session.draft

    @rule()
    def crash_and_open_the_file(self) -> None:
        self.begin(self.files.open(self.path))
        assert self.session.draft == self.on_disk

    @precondition(lambda self: self.recovered is not None)
    @rule()
    def crash_and_recover(self) -> None:
        kept, seen = self.recovered, self.opened.seen
        found = self.copies.load("slot")
        assert found is not None
        assert found.whole
        made, notes = drafts.from_plain(found.document, self.chance.draw)
        assert notes == ()
        assert made.draft == kept
        self.begin(OpenFile(made, self.path, seen, unsaved=True), unsaved=True)

    @invariant()
    def nothing_stands_twice_or_nowhere(self) -> None:
        if not hasattr(self, "session"):
            return
        draft = self.session.draft
        for path in draft.pending:
            assert self.session.value(path) in (None, ()), path
            assert self.session.text(path) == draft.pending[path]
        assert len(set(self.lines())) == len(self.lines())
        assert self.session.steps_done == len(self.past)
        if not self.session.dirty:
            assert draft == self.on_disk
        for line in draft.application.budget.lines:
            assert None in (line.amount, line.quantity, line.unit_price)


Person.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestPerson = Person.TestCase
