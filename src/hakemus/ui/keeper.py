"""What the window does so that nothing is lost: recoveries, earlier versions, locks, conflicts, damaged files.

It asks, shows and brings back; reading and writing is done by the services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from hakemus.domain.findings import msg
from hakemus.ui.dialogs import asking
from hakemus.ui.start import OfferCard
from hakemus.ui.widgets.notice import Notice, NoticeView
from hakemus.usecases.errors import Damaged, UserError

if TYPE_CHECKING:
    from hakemus.domain.draft import Document, Draft
    from hakemus.ui.dialogs.compare import Take
    from hakemus.ui.host import Host
    from hakemus.ui.services import Offered
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.keeping import Holder, OpenMark
    from hakemus.usecases.session import Session

BEAT_MS = 120_000
"""How often the lock beside the file is told that this window is still there."""


@dataclass(frozen=True, slots=True)
class _Present:
    """What was open before somebody looked at an earlier version."""

    opened: OpenFile
    session: Session
    step: str
    notices: tuple[Callable[[], NoticeView], ...]


class Keeper(QObject):
    """The controller's part that keeps. It holds the lock of the open file and the messages above the steps."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._c = host
        self._offers: tuple[Offered, ...] = ()
        self._left: set[str] = set()
        self._differs: dict[str, str] = {}
        self._mark: OpenMark | None = None
        self._present: _Present | None = None
        self._notices: tuple[Callable[[], NoticeView], ...] = ()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(lambda: self._mark.beat() if self._mark is not None else None)

    def t(self, msgid: str, /, **values: object) -> str:
        return self._c.t(msgid, **values)

    # -- messages above the steps --------------------

    def _notify(self, *notices: Callable[[], NoticeView]) -> None:
        self._notices = (*self._notices, *notices)
        self.show_notices()

    def show_notices(self) -> None:
        """Put the messages where they belong, in the words of now."""
        wizard = self._c.window.wizard
        if wizard is None:
            return
        wizard.set_notices([Notice(made(), lambda made=made: self._close(made)) for made in self._notices])  # type: ignore[misc]

    def _close(self, notice: Callable[[], NoticeView]) -> None:
        self._notices = tuple(made for made in self._notices if made is not notice)
        self.show_notices()

    # -- recoveries --------------------

    def find_recoveries(self) -> None:
        """Look for what was being written when a window died, and count how much it differs from its file."""
        self._offers = tuple(self._c.services.recoveries().offered())
        self._differs = {offer.slot: self._difference(offer) for offer in self._offers}

    def _difference(self, offer: Offered) -> str:
        from hakemus.usecases.comparing import compare

        if offer.path is None:
            return self.t("never saved")
        try:
            mine = self._c.services.recoveries().open(offer.slot).document.draft
            theirs = self._c.services.files().open(offer.path).document.draft
        except UserError:
            return self.t("its file cannot be read")
        return self._c.window.words.render(compare(theirs, mine).words)

    def offers(self) -> tuple[OfferCard, ...]:
        """What the start page offers: all but what was left for another time."""
        words = self._c.window.words
        return tuple(
            OfferCard(
                offer.slot,
                offer.title or self.t("Untitled project"),
                self.t(
                    "Written {moment}, {difference}. Opened, it lies over the file as unsaved changes; nothing is "
                    "written by itself.",
                    moment=words.moment(offer.written),
                    difference=self._differs.get(offer.slot, ""),
                ),
                offer.path is not None,
            )
            for offer in self._offers
            if offer.slot not in self._left
        )

    def offer_chosen(self, verb: str, slot: str) -> None:
        """A button of an offer on the start page."""
        if verb == "open":
            self._open_recovery(slot)
        elif verb == "compare":
            self._compare_recovery(slot)
        else:
            self._left.add(slot)
            self._c.refresh_start()

    def _open_recovery(self, slot: str) -> None:
        if self._c.put_away() and self._c.attempt(lambda: self._c.open_recovery(slot)):
            self._offers = tuple(offer for offer in self._offers if offer.slot != slot)
            opened = self._c.opened
            if opened is not None and opened.path is not None:
                self._take_mark(opened.path)

    def _compare_recovery(self, slot: str) -> None:
        offer = next(offer for offer in self._offers if offer.slot == slot)
        assert offer.path is not None
        try:
            mine = self._c.services.recoveries().open(slot).document.draft
            theirs = self._c.services.files().open(offer.path).document.draft
        except UserError as error:
            self._c.tell(error)
            return
        answer = self._compare(
            (self.t("In the file"), lambda: theirs),
            (self.t("Unsaved work"), lambda: mine),
            answers=[("open", self.t("Open the unsaved work"))],
        )
        if answer == "open":
            self._open_recovery(slot)

    def _compare(
        self,
        old: tuple[str, Callable[[], Draft]],
        new: tuple[str, Callable[[], Draft]],
        *,
        take: Take | None = None,
        answers: Sequence[tuple[str, str]] = (),
    ) -> str:
        from hakemus.ui.dialogs.compare import CompareDialog, Side

        dialog = CompareDialog(
            self._c.window, self._c.window.words, Side(*old), Side(*new), take=take, answers=answers
        )
        try:
            dialog.exec()
            return dialog.answer
        finally:
            dialog.deleteLater()

    def compare_with_now(self, name: str, draft: Draft, *, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Another state of the open application beside what stands; from there it can be brought back."""
        from hakemus.usecases.comparing import Difference, brought_back

        desk = self._c.desk
        assert desk is not None
        session = desk.session

        def take(item: Difference | None) -> None:
            changed = draft if item is None else brought_back(session.draft, draft, item)
            session.seal()
            session.replace(changed, msg("bringing back from {version}", version=name))
            desk.bridge.judge_now()

        return self._compare(
            (name, lambda: draft),
            (self.t("Now"), lambda: session.draft),
            take=None if session.read_only else take,
            answers=answers,
        )

    # -- opening --------------------

    def show_opened(self, opened: OpenFile) -> bool:
        """Show a file that was read: to be edited, or to be read where somebody else has it open. False: not at all."""
        assert opened.path is not None
        mark = self._c.services.keeping().mark(opened.path)
        holder = mark.take(self._name())
        if holder is None:
            self._show_own(opened, mark)
            return True
        answer = asking.ask(
            self._c.window,
            "warning",
            self.t("{who} has this application open", who=self._who(holder)),
            self.t(
                "On the computer {computer}, since {moment}. If both of you save, the later one is asked to compare.",
                computer=holder.computer,
                moment=self._c.window.words.moment(holder.since),
            ),
            [("read", self.t("Open read-only")), ("copy", self.t("Open a copy")), ("anyway", self.t("Open anyway"))],
            cancel=self.t("Cancel"),
        )
        if answer == "read":
            self._c.show_file(opened, read_only=True)
            self._notify(lambda: self._held(holder))
        elif answer == "copy":
            self._c.show_file(replace(opened, path=None, seen=None), unsaved=True)
        elif answer == "anyway":
            mark.take(self._name(), anyway=True)
            self._show_own(opened, mark)
        return bool(answer)

    def _show_own(self, opened: OpenFile, mark: OpenMark) -> None:
        self._c.show_file(opened)
        self._hold(mark)
        self._notice_neighbours(opened)

    def _hold(self, mark: OpenMark) -> None:
        self._mark = mark
        self._beat.start()

    def _take_mark(self, path: str) -> None:
        """The lock of a file that is already shown; somebody else's is left alone."""
        mark = self._c.services.keeping().mark(path)
        if mark.take(self._name()) is None:
            self._hold(mark)

    def _name(self) -> str:
        return self._c.services.settings.read().name

    def _who(self, holder: Holder) -> str:
        return holder.who or self.t("Somebody")

    def _held(self, holder: Holder) -> NoticeView:
        deeds = [(self.t("Try again"), self._again)]
        if not self._name():
            deeds.append((self.t("Tell others your name…"), self.do_name))
        return NoticeView(
            "warning",
            self.t("{who} has this application open", who=self._who(holder)),
            self.t("Read only. It can be saved under another name at any time."),
            deeds,
        )

    def _again(self) -> None:
        opened = self._c.opened
        if opened is not None and opened.path is not None:
            self._c.open_path(opened.path)

    def _notice_neighbours(self, opened: OpenFile) -> None:
        """Conflict copies beside the file, unsaved work of it on this computer, and what was submitted of it."""
        assert opened.path is not None
        for copy in self._c.services.keeping().conflict_copies(opened.path):
            self._notify(lambda copy=copy: self._conflict(copy))  # type: ignore[misc]
        for offer in self._c.services.recoveries().offered():
            if offer.path == str(Path(opened.path).absolute()):
                self._notify(lambda offer=offer: self._unsaved(offer))  # type: ignore[misc]
        self.tell_submitted()

    def _conflict(self, copy: str) -> NoticeView:
        return NoticeView(
            "warning",
            self.t("Beside the file lies a copy of a conflict: {name}", name=Path(copy).name),
            self.t("A synchronising program made it when two people saved at the same time. Compare before going on."),
            [(self.t("Compare…"), lambda: self._compare_file(copy))],
            self.t("Close the message"),
        )

    def _compare_file(self, path: str) -> None:
        try:
            draft = self._c.services.files().open(path).document.draft
        except UserError as error:
            self._c.tell(error)
            return
        self.compare_with_now(Path(path).name, draft)

    def _unsaved(self, offer: Offered) -> NoticeView:
        return NoticeView(
            "warning",
            self.t("Unsaved work of this application was found"),
            self.t("Written {moment}, when the program ended before it was saved.", moment=self._said(offer)),
            [(self.t("Compare…"), lambda: self._compare_unsaved(offer))],
            self.t("Close the message"),
        )

    def _said(self, offer: Offered) -> str:
        return self._c.window.words.moment(offer.written)

    def _compare_unsaved(self, offer: Offered) -> None:
        try:
            draft = self._c.services.recoveries().open(offer.slot).document.draft
        except UserError as error:
            self._c.tell(error)
            return
        self.compare_with_now(self.t("Unsaved work, {moment}", moment=self._said(offer)), draft)

    def show_damaged(self, path: str, error: UserError) -> None:
        """What can be read of a damaged file, read-only and bound to no path; else the reason alone."""
        rescued = self._c.services.keeping().rescue(path) if isinstance(error, Damaged) else None
        if rescued is None:
            self._c.tell(error)
            return
        opened, whole = rescued
        self._c.show_file(opened, read_only=True)
        self._notify(lambda: self._damaged(path, error, whole=whole))

    def _damaged(self, path: str, error: UserError, *, whole: bool) -> NoticeView:
        text = (
            self.t("Its text could be read to the end. Save it under a new name to go on.")
            if whole
            else self.t("What could be read of it is shown here. Save it under a new name to go on, and look it over.")
        )
        return NoticeView(
            "error",
            self.t("{name} is damaged: read only", name=Path(path).name),
            text,
            [
                (self.t("Save under a new name…"), self.save_read_only),
                (self.t("What is wrong…"), lambda: self._c.tell(error)),
            ],
        )

    # -- what is open --------------------

    def dropped(self) -> None:
        """The open application is let go: its lock too."""
        self._beat.stop()
        if self._mark is not None:
            self._mark.release()
            self._mark = None
        self._notices = ()
        self._present = None

    def saved(self, before: OpenFile | None, now: OpenFile) -> None:
        """A save was acknowledged; a file at another place gets its own lock."""
        if now.path is not None and (before is None or before.path != now.path):
            if self._mark is not None:
                self._mark.release()
                self._mark = None
            self._take_mark(now.path)

    def save_read_only(self) -> bool:
        """What is shown read-only under another name; then it is open there, to be edited."""
        opened, desk = self._c.opened, self._c.desk
        assert opened is not None
        assert desk is not None
        path = self._c.ask_path()
        if not path:
            return False
        unbound = replace(opened, path=None, seen=None)
        try:
            self._c.services.files().save(unbound, desk.document(), path, agreed=True)
        except UserError as error:
            self._c.tell(error)
            return False
        self._c.open_path(path)
        return True

    def changed_meanwhile(self, path: str, error: UserError) -> bool:
        """Somebody else wrote the file: a copy of one's own, or theirs replaced after having been seen."""
        opened = self._c.opened
        assert opened is not None
        try:
            theirs: OpenFile | None = self._c.services.files().open(path)
        except UserError:
            theirs = None
        answers = [("copy", self.t("Save mine as a copy…"))]
        answers.append(("replace", self.t("Replace it")) if theirs is None else ("compare", self.t("Compare…")))
        answer = asking.ask(
            self._c.window,
            "warning",
            self.t("The file has changed while it was open here"),
            self._c.window.words.render(error.message),
            [*answers, ("cancel", self.t("Cancel"))],
        )
        if answer == "compare" and theirs is not None:
            answer = self.compare_with_now(
                self.t("In the file now"),
                theirs.document.draft,
                answers=[("copy", self.t("Save mine as a copy…")), ("seen", self.t("Replace the file with mine"))],
            )
        if answer == "copy":
            return self._c.save(elsewhere=True)
        if answer == "seen" and theirs is not None:
            return self._c.write_over(path, theirs.seen)
        return self._c.write_over(path, None) if answer == "replace" else False

    # -- looking at an earlier version --------------------

    def look_at(self, name: str, document: Document, opened: OpenFile) -> None:
        """Show a version read-only in place of the present; the present waits, with its history."""
        wizard, desk, present = self._c.window.wizard, self._c.desk, self._c.opened
        if wizard is None or desk is None or present is None:
            return
        self.back_to_present()
        self._c.keep_recovery()
        self._present = _Present(present, desk.session, wizard.step, self._notices)
        self._notices = (lambda: self._version(name, document),)
        self._c.show_beside(replace(opened, document=document, path=None, seen=None), wizard.step)

    def _version(self, name: str, document: Document) -> NoticeView:
        return NoticeView(
            "note",
            self.t("This is the version of {version}, read only", version=name),
            "",
            [
                (self.t("Back to the present"), self.back_to_present),
                (self.t("Compare with now…"), lambda: self._compare_version(name, document)),
                (self.t("Bring it back"), lambda: self._bring_back(name, document)),
            ],
        )

    @property
    def looking(self) -> bool:
        """Whether an earlier version is shown in place of the present."""
        return self._present is not None

    def back_to_present(self) -> None:
        """From an earlier version to what is being edited; nothing where that is shown already."""
        if self._present is None:
            return
        kept, self._present = self._present, None
        wizard = self._c.window.wizard
        step = wizard.step if wizard is not None else kept.step
        self._notices = kept.notices
        self._c.show_again(kept.opened, kept.session, step)

    def _compare_version(self, name: str, document: Document) -> None:
        self.back_to_present()
        self.compare_with_now(name, document.draft)

    def _bring_back(self, name: str, document: Document) -> None:
        self.back_to_present()
        desk = self._c.desk
        if desk is not None:
            desk.session.seal()
            desk.session.replace(document.draft, msg("bringing back from {version}", version=name))
            desk.bridge.judge_now()
            self._c.window.say(self.t("Brought back. Undo takes it away again."))

    # -- commands --------------------

    def do_versions(self) -> None:
        from hakemus.ui.versions import Versions

        self.back_to_present()
        if self._c.desk is not None and not self._c.saving:
            Versions(self._c, self.look_at, self.compare_with_now).show()

    def do_name_version(self) -> None:
        from hakemus.ui.versions import Versions

        self.back_to_present()
        if self._c.desk is not None and not self._c.saving:
            Versions(self._c, self.look_at, self.compare_with_now).keep_named()

    def do_mark_submitted(self) -> None:
        from hakemus.ui.versions import Versions

        self.back_to_present()
        if self._c.desk is not None and not self._c.saving:
            versions = Versions(self._c, self.look_at, self.compare_with_now)
            if versions.mark_submitted():
                self.tell_submitted()

    def tell_submitted(self) -> None:
        """Say which state was submitted, so that later edits are told apart."""
        from hakemus.usecases.snapshots import last_submitted, moment_of

        desk = self._c.desk
        found = last_submitted(desk.session.document) if desk is not None else None
        if found is None:
            return
        moment = moment_of(found)
        name = found.label or (self._c.window.words.moment(moment) if moment else "")
        self._notify(
            lambda: NoticeView(
                "note",
                self.t("{version}: kept as it was submitted", version=name),
                self.t("What is changed here now is not in what was submitted."),
                [(self.t("Earlier versions…"), self.do_versions)],
                self.t("Close the message"),
            )
        )

    def do_remembered(self) -> None:
        from hakemus.ui.dialogs.remembered import RememberedDialog

        services = self._c.services
        dialog = RememberedDialog(self._c.window, self._c.window.words, services.keeping(), services.budget_forms)
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()
        self._offers = tuple(self._c.services.recoveries().offered()) if self._offers else ()
        if self._c.window.on_start:
            self._c.refresh_start()

    def do_name(self) -> None:
        """The name that others see when they open a file that is open here; typed, never a login."""
        from hakemus.ui.dialogs.one_text import ask_text

        settings = self._c.services.settings
        name = ask_text(
            self._c.window,
            self.t("Your name for others"),
            self.t("Others see it when they open an application that you have open, and beside your remarks."),
            self.t("Name"),
            self._name(),
            (self.t("Use this name"), self.t("Cancel")),
        )
        if name is not None:
            settings.write(replace(settings.read(), name=name.strip()[:100]))
