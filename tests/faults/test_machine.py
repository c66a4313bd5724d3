"""Windows come and go, save, are killed in the midst, and strangers change the file: no acknowledged save is lost.

Over real files. A window here is a process of its own: it has a number, a sign of life and a place for its recovery
copy; when it is killed at some call to the system, nothing of it runs any more, neither clean-up nor the next call.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fakes.ports import Chance, Clock, document
from hakemus.adapters.storage import container, failures, json_form, processes
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.adapters.storage.remembered import Remembered
from hakemus.domain.draft import Draft
from hakemus.usecases import drafts
from hakemus.usecases.errors import Damaged
from hakemus.usecases.files import Files, OpenFile
from hakemus.usecases.session import Session

FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
RUNS, STEPS = (500, 50) if FULL else (12, 50)
CALLS = (
    "open",
    "write",
    "fsync",
    "close",
    "replace",
    "unlink",
    "symlink",
    "fchmod",
    "fchown",
    "mkdir",
    "link",
    "utime",
)
FIELDS = ("project.title", "project.need", "funding.grant", "project.starts_on", "answers[q1]")
TEXTS = st.sampled_from(("Lukupiha", "Kylä", "", "7200,00", "1 234,5x", "2.5.2019", "ei päivä", "a\nb", "😀"))
WINDOWS = st.integers(0, 1)
COUNTED = {"runs": 0, "saves": 0, "killed": 0, "refused": 0, "recovered": 0, "strangers": 0}


class Killed(BaseException):
    """The process is gone."""


@contextlib.contextmanager
def killed_at(nth: int) -> Iterator[None]:
    """Let the process end at its nth call to the system; a write is half done by then."""
    made = 0

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal made
            made += 1
            if made < nth:
                return real(*arguments, **more)
            if name == "close":  # the system closes what the dead had open
                real(*arguments, **more)
            elif name == "write" and made == nth:
                real(arguments[0], arguments[1][: len(arguments[1]) // 2])
            raise Killed

        return call

    with contextlib.ExitStack() as stack:
        for name in CALLS:
            stack.enter_context(patch.object(os, name, wrapped(name, getattr(os, name))))
        yield


class Window:
    """One window in one process."""

    def __init__(
        self, number: int, opened: OpenFile, remembered: Remembered, store: DraftFiles, *, unsaved: bool = False
    ) -> None:
        self.number, self.slot = number, f"window-{number}"
        self.opened, self.remembered = opened, remembered
        self.chance = Chance()
        self.files = Files(store, self.chance)
        self.session = Session(opened.document, self.chance.draw, Clock())
        if unsaved:
            self.session.mark_unsaved()

    def standing(self) -> Any:
        return self.opened.document.model_copy(update={"draft": self.session.draft})


def _draft_in(data: bytes) -> Draft:
    return drafts.from_plain(container.unpack(data).document, Chance().draw)[0].draft


class Office(RuleBasedStateMachine):
    """`kept` is what each dead or living window last put into its recovery copy."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hakemus-office-"))
        self.place = self.folder / "share"
        self.place.mkdir()
        self.path = self.place / "a.hakemus"
        self.moment = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
        self.alive: set[int] = set()
        self.next_number = 70_000_000
        self.windows: list[Window] = []
        self.kept: dict[str, Draft] = {}
        self.replaced: list[bytes] = []
        self.acknowledged: bytes | None = None
        COUNTED["runs"] += 1

    def teardown(self) -> None:
        for window in self.windows:
            window.remembered.recovery.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def now(self) -> datetime.datetime:
        return self.moment

    @contextlib.contextmanager
    def acting(self, number: int) -> Iterator[None]:
        """What is done now is done by this process, a minute later."""
        self.moment += datetime.timedelta(minutes=1)
        with patch.object(os, "getpid", lambda: number), patch.object(processes, "is_alive", self.alive.__contains__):
            yield

    def begin(self) -> tuple[int, Remembered, DraftFiles]:
        self.next_number += 1
        self.alive.add(self.next_number)
        remembered = Remembered(self.folder / "state", self.now)
        return self.next_number, remembered, DraftFiles(remembered.versions)

    def disk(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    def window(self, at: int) -> Window:
        return self.windows[at % len(self.windows)]

    @initialize()
    def a_draft_is_made(self) -> None:
        number, remembered, store = self.begin()
        with self.acting(number):
            made = document({"project": {"title": "A"}})
            opened = Files(store, Chance()).save(OpenFile(made), made, str(self.path))
        self.acknowledged = self.disk()
        self.windows.append(Window(number, opened, remembered, store))

    # -- a window --------------------

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS, field=st.sampled_from(FIELDS), text=TEXTS)
    def type_something(self, at: int, field: str, text: str) -> None:
        self.window(at).session.edit(field, text)

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS, what=st.sampled_from(("undo", "redo", "seal")))
    def go_back_or_on(self, at: int, what: str) -> None:
        getattr(self.window(at).session, what)()

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS)
    def keep_a_recovery_copy(self, at: int) -> None:
        window = self.window(at)
        with self.acting(window.number):
            self.write_copy(window)
        self.kept[window.slot] = window.session.draft

    def write_copy(self, window: Window) -> None:
        window.remembered.recovery.write(
            window.slot,
            draft_id=window.opened.document.id,
            path=self.path,
            document=json_form.dump(drafts.to_plain(window.standing())),
            base=window.opened.seen or "",
        )

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS, field=st.sampled_from(FIELDS), text=TEXTS, agreed=st.booleans())
    def type_and_save(self, at: int, field: str, text: str, agreed: bool) -> None:
        self.window(at).session.edit(field, text)
        self.save(at, agreed)

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS, agreed=st.booleans())
    def save(self, at: int, agreed: bool) -> None:
        window, before = self.window(at), self.disk()
        standing, dirty = window.standing(), window.session.dirty
        ours = before is not None and hashlib.sha256(before).hexdigest() == window.opened.seen
        writes = dirty or window.opened.unsaved or before is None
        with self.acting(window.number):
            try:
                window.opened = window.files.save(window.opened, standing, agreed=agreed)
            except failures.SaveFailure:
                COUNTED["refused"] += 1
                assert writes
                assert not ours, "nobody had changed the file"
                assert not agreed
                assert self.disk() == before
                assert window.session.dirty == dirty
                return
            window.remembered.recovery.supersede(window.slot)
        # a window that was killed when its save had just taken its place is recovered, and saves the same bytes again
        same = self.disk() == before
        assert not writes or ours or agreed or same, "another's change was overwritten unseen"
        COUNTED["saves"] += 1
        self.kept.pop(window.slot, None)
        window.session.mark_saved(window.opened.document)
        assert not window.session.dirty
        if writes:
            self.acknowledged = self.disk()
            assert hashlib.sha256(self.acknowledged or b"").hexdigest() == window.opened.seen
            self.was_replaced(before)
            assert self.content() == standing.draft

    def was_replaced(self, before: bytes | None) -> None:
        if before is not None and before != self.disk() and (not self.replaced or self.replaced[-1] != before):
            self.replaced.append(before)
        self.replaced_contents_are_kept()

    def replaced_contents_are_kept(self) -> None:
        """The last twenty are kept; a killed save may have kept one that was not replaced."""
        versions = Remembered(self.folder / "state", self.now).versions
        there = {entry.sha256: entry for entry in versions.all()}
        for data in self.replaced[-10:]:
            entry = there.get(hashlib.sha256(data).hexdigest())
            assert entry is not None, "a content that was replaced is not among the earlier versions"
            assert data != self.replaced[-1] or versions.read(entry) == data

    def content(self) -> Draft:
        data = self.disk()
        assert data is not None
        return _draft_in(data)

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS)
    def save_a_copy_elsewhere(self, at: int) -> None:
        window, before = self.window(at), self.disk()
        copy = self.place / "copy.hakemus"
        with self.acting(window.number):
            window.files.save(window.opened, window.standing(), str(copy), agreed=True)
        assert (
            drafts.from_plain(container.unpack(copy.read_bytes()).document, Chance().draw)[0].draft
            == window.session.draft
        )
        assert self.disk() == before

    # -- the end of a window --------------------

    def dies(self, window: Window) -> None:
        COUNTED["killed"] += 1
        self.windows.remove(window)
        self.alive.discard(window.number)
        # a death lets go of the lock and leaves the file that held it
        with patch.object(os, "unlink", lambda *_, **__: None):
            window.remembered.recovery.end()

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS, nth=st.integers(1, 60))
    def killed_while_saving(self, at: int, nth: int) -> None:
        window, before = self.window(at), self.disk()
        standing = window.standing()
        ours = before is not None and hashlib.sha256(before).hexdigest() == window.opened.seen
        with self.acting(window.number), contextlib.suppress(Killed, failures.SaveFailure), killed_at(nth):
            window.files.save(window.opened, standing)
        self.dies(window)
        if self.disk() != before:
            assert ours or before is None
            assert self.content() == standing.draft, "neither the old file nor the new one"
            self.acknowledged = self.disk()
            self.was_replaced(before)

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS, nth=st.integers(1, 15))
    def killed_while_a_recovery_copy_is_written(self, at: int, nth: int) -> None:
        window = self.window(at)
        before = self.kept.get(window.slot)
        written = False
        with self.acting(window.number), contextlib.suppress(Killed), killed_at(nth):
            self.write_copy(window)
            written = True
        draft = window.session.draft
        self.dies(window)
        found = Remembered(self.folder / "state", self.now).recovery.load(window.slot)
        if found is None:
            assert before is None
            assert not written
            return
        kept = drafts.from_plain(found.document, Chance().draw)[0].draft
        assert kept in ((draft,) if written else (before, draft))
        self.kept[window.slot] = kept

    @precondition(lambda self: self.windows)
    @rule(at=WINDOWS)
    def closed_in_order(self, at: int) -> None:
        window = self.window(at)
        self.windows.remove(window)
        self.alive.discard(window.number)
        window.remembered.recovery.end()

    # -- strangers --------------------

    @precondition(lambda self: self.windows)
    @rule(what=st.sampled_from(("other", "torn", "delete", "back")))
    def a_stranger_changes_the_file(self, what: str) -> None:
        COUNTED["strangers"] += 1
        data = self.disk()
        if what == "delete":
            self.path.unlink(missing_ok=True)
        elif what == "back" and self.acknowledged is not None:
            self.path.write_bytes(self.acknowledged)
        elif data is not None:
            plain = drafts.to_plain(document({"project": {"title": f"Stranger {self.moment.minute}"}}))
            self.path.write_bytes(
                data[: len(data) // 2] if what == "torn" else container.pack(json_form.dump(plain), {})
            )

    # -- the next start --------------------

    @precondition(lambda self: len(self.windows) < 2)
    @rule(recover=st.booleans(), which=st.integers(0, 5))
    def the_program_starts(self, recover: bool, which: int) -> None:
        number, remembered, store = self.begin()
        with self.acting(number):
            offered = [entry.slot for entry in remembered.recovery.offered()]
            living = {window.slot for window in self.windows}
            assert set(offered) == self.kept.keys() - living, "each copy of the dead is offered, none of the living"
            if recover and offered:
                self.recover(offered[which % len(offered)], number, remembered, store)
                return
            try:
                opened = Files(store, Chance()).open(str(self.path))
            except (failures.NotThere, Damaged):
                assert self.acknowledged is not None
                assert self.disk() != self.acknowledged, "an acknowledged save cannot be read"
                self.path.write_bytes(self.acknowledged)  # from somebody's stick
                self.alive.discard(number)
                return
            assert opened.document.draft == self.content()
            assert not [name for name in os.listdir(self.place) if name.endswith(".tmp")], "leftovers of the dead"
        self.windows.append(Window(number, opened, remembered, store))

    def recover(self, slot: str, number: int, remembered: Remembered, store: DraftFiles) -> None:
        found = remembered.recovery.load(slot)
        entry = next(entry for entry in remembered.recovery.entries() if entry.slot == slot)
        assert found is not None
        assert found.whole
        made = drafts.from_plain(found.document, Chance().draw)[0]
        assert made.draft == self.kept[slot]
        COUNTED["recovered"] += 1
        opened = OpenFile(made, str(entry.path), entry.base or None, unsaved=True)
        window = Window(number, opened, remembered, store, unsaved=True)
        window.slot = slot  # it goes on in the place of the dead one
        self.write_copy(window)
        self.windows.append(window)


def test_no_acknowledged_save_is_lost(figure: Callable[..., None]) -> None:
    COUNTED.update(dict.fromkeys(COUNTED, 0))
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    assert COUNTED["saves"] > RUNS / 4, COUNTED
    assert not FULL or min(COUNTED.values()) > RUNS / 4, COUNTED
    figure(
        "machine",
        f"{COUNTED['runs']} runs of up to {STEPS} steps: {COUNTED['saves']} saves, {COUNTED['refused']} refused over "
        f"{COUNTED['strangers']} changes by strangers, {COUNTED['killed']} windows killed, {COUNTED['recovered']} "
        "recoveries; 0 acknowledged saves lost, 0 changes overwritten unseen",
    )


def test_a_window_killed_right_after_its_save_is_recovered_and_saves_the_same_bytes() -> None:
    met = 0
    for nth in range(15, 60, 3):
        office = Office()
        try:
            office.a_draft_is_made()
            office.type_something(0, "project.title", "Kylä")
            office.keep_a_recovery_copy(0)
            before = office.disk()
            office.killed_while_saving(0, nth)
            saved = office.disk()
            if saved == before:
                continue
            met += 1
            office.the_program_starts(True, 0)  # noqa: FBT003
            office.save(0, False)  # noqa: FBT003
            assert office.disk() == saved
        finally:
            office.teardown()
    assert met > 3
