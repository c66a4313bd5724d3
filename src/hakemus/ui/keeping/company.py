"""Somebody else at the same file: who has it open, what they changed meanwhile, copies that a conflict left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from hakemus.ui.commands.commands import Commands
from hakemus.ui.dialogs.asking import ask
from hakemus.ui.keeping.comparing import compare_with_now
from hakemus.ui.widgets.notice import NoticeView
from hakemus.usecases.errors import NoLongerThere, UserError

if TYPE_CHECKING:
    from hakemus.ui.host import Host
    from hakemus.ui.keeping.messages import Messages
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.keeping import Holder, OpenMark

BEAT_MS = 120_000
"""How often the lock beside the file is told that this window is still there."""
MOST_COPIES = 3
"""Messages about copies of conflicts; further ones are named in one more."""


class Company(Commands):
    """Holds the lock of the open file."""

    def __init__(self, host: Host, messages: Messages, parent: QObject) -> None:
        super().__init__(host)
        self._messages = messages
        self._mark: OpenMark | None = None
        self._copies: set[str] = set()
        self._looked: object = None
        self.beat = QTimer(parent)
        self.beat.setInterval(BEAT_MS)
        self.beat.timeout.connect(lambda: self._mark.beat() if self._mark is not None else None)

    # -- the lock --------------------

    def show_opened(self, opened: OpenFile) -> tuple[bool, bool]:
        """Show a file that was read, asking where somebody else has it open. Whether it is shown, and as one's own."""
        assert opened.path is not None
        mark = self._c.services.keeping().mark(opened.path)
        holder = mark.take(self._name())
        answer = "own" if holder is None else self._ask(holder)
        if answer == "read" and holder is not None:
            self._c.show_file(opened, read_only=True)
            self._messages.tell(lambda: self._held(holder))
        elif answer == "copy":
            self._c.show_file(replace(opened, path=None, seen=None), unsaved=True)
        elif answer in ("own", "anyway"):
            if answer == "anyway":
                mark.take(self._name(), anyway=True)
            self._c.show_file(opened)
            self._hold(mark)
        return bool(answer), answer in ("own", "anyway")

    def _ask(self, holder: Holder) -> str:
        return ask(
            self._c.window,
            "warning",
            self.t("{who} has this application open", who=self._who(holder)),
            self._since(holder),
            [("read", self.t("Open read-only")), ("copy", self.t("Open a copy")), ("anyway", self.t("Open anyway"))],
        )  # a fourth button would be one too many to choose from: Esc and closing the question open nothing

    def _since(self, holder: Holder) -> str:
        return self.t(
            "On the computer {computer}, since {moment}. If both of you save, the later one is asked to compare.",
            computer=holder.computer,
            moment=self._c.window.words.moment(holder.since),
        )

    def _hold(self, mark: OpenMark) -> None:
        self._mark = mark
        self.beat.start()

    def take_mark(self, path: str) -> None:
        """The lock of a file that is already shown; somebody else's is left alone, and told of."""
        mark = self._c.services.keeping().mark(path)
        holder = mark.take(self._name())
        if holder is None:
            self._hold(mark)
        else:
            self._messages.tell(lambda: self._beside(holder))

    def release(self) -> None:
        """Let the lock go, so that others may edit."""
        self.beat.stop()
        self._copies.clear()
        if self._mark is not None:
            self._mark.release()
            self._mark = None

    def saved(self, before: OpenFile | None, now: OpenFile) -> None:
        """A save was acknowledged; a file at another place gets its own lock."""
        if now.path is not None and (before is None or before.path != now.path):
            self.release()
            self.take_mark(now.path)
        self._messages.standing("changed", None)
        if now.path is not None:
            self.tell_copies(now.path)

    def _name(self) -> str:
        return self._c.services.settings.read().name

    def _who(self, holder: Holder) -> str:
        return holder.who or self.t("Somebody")

    def _beside(self, holder: Holder) -> NoticeView:
        return NoticeView(
            "warning",
            self.t("{who} has this application open", who=self._who(holder)),
            self._since(holder),
            (),
            self.t("Close the message"),
        )

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

    def do_name(self) -> None:
        """The name that others see when they open a file that is open here; typed, never a login."""
        from hakemus.ui.dialogs.one_text import ask_text

        settings = self._c.services.settings
        name = ask_text(
            self._c.window,
            self.t("Your name for others"),
            self.t(
                "Others see it when they open an application that you have open, and beside your remarks. This "
                "computer notes it beside the versions that you save; no file, paper or workbook gets it from there."
            ),
            self.t("Name"),
            self._name(),
            (self.t("Use this name"), self.t("Cancel")),
        )
        if name is not None:
            settings.write(replace(settings.read(), name=name.strip()[:100]))

    # -- what others changed --------------------

    def changed_meanwhile(self, path: str, error: UserError) -> bool:
        """Somebody else wrote the file: a copy of one's own, or theirs replaced after having been seen."""
        if isinstance(error, NoLongerThere):
            return self._gone(path, error)
        words = self._c.window.words.render(error.message)
        try:
            theirs: OpenFile | None = self._c.services.files().open(path)
        except UserError as unreadable:
            theirs = None
            words = " ".join((words, self.t("What lies there now:"), self._c.window.words.render(unreadable.message)))
        answers = [("copy", self.t("Save mine as a copy…"))]
        answers.append(("replace", self.t("Replace it")) if theirs is None else ("compare", self.t("Compare…")))
        answer = ask(
            self._c.window,
            "warning",
            self.t("The file has changed while it was open here"),
            words,
            [*answers, ("cancel", self.t("Cancel"))],
        )
        if answer == "compare" and theirs is not None:
            answer = compare_with_now(
                self._c,
                self.t("In the file now"),
                theirs.document.draft,
                theirs.attachments,
                answers=[("copy", self.t("Save mine as a copy…")), ("seen", self.t("Replace the file with mine"))],
                foreign=True,
            )
        if answer == "copy":
            return self._c.save(elsewhere=True)
        if answer == "seen" and theirs is not None:
            return self._c.write_over(path, theirs.seen)
        return self._c.write_over(path, None, agreed=True) if answer == "replace" else False

    def look_again(self) -> None:
        """Somebody comes back to the window: whether the file was changed by others meanwhile, said until it is dealt
        with. A file that is gone is told of when it is saved: a stick may be put back.
        """
        opened = self._c.opened
        if opened is None or opened.path is None or self._c.saving:
            return
        try:
            found = Path(opened.path).stat()
            state = (opened.seen, found.st_mtime_ns, found.st_size)
            if state == self._looked:
                return
            same = self._c.services.files().is_as_seen(opened)
        except (OSError, UserError):
            return
        self._looked = state
        path = opened.path
        self._messages.standing("changed", None if same else lambda: self._changed(path))

    def _changed(self, path: str) -> NoticeView:
        deeds = [(self.t("Compare…"), lambda: self._compare_file(path))]
        if self._c.desk is not None and not self._c.desk.session.dirty:
            deeds.append((self.t("Open the file as it is now"), lambda: self._c.open_path(path)))
        return NoticeView(
            "warning",
            self.t("The file has changed while it was open here"),
            self.t("Somebody else, or a synchronising program, has written it. Nothing is replaced without asking."),
            deeds,
        )

    def _gone(self, path: str, error: UserError) -> bool:
        """The file was deleted, moved or renamed: to be saved elsewhere, or where it was."""
        answer = ask(
            self._c.window,
            "warning",
            self.t("The file is no longer where it was"),
            self._c.window.words.render(error.message),
            [("copy", self.t("Save a copy elsewhere…")), ("again", self.t("Save it there again"))],
            cancel=self.t("Cancel"),
        )
        if answer == "copy":
            return self._c.save(elsewhere=True)
        return self._c.write_over(path, None) if answer == "again" else False

    def tell_copies(self, path: str) -> None:
        """Copies that a conflict left beside the file, as far as they were not told of already."""
        keeping = self._c.services.keeping()
        found = [(copy, True) for copy in keeping.conflict_copies(path)]
        for copy, differs in keeping.other_copies(path):
            if differs:
                found.append((copy, False))
            else:
                self._copies.add(copy)  # a plain copy stays one when the file goes on
        new = [(copy, sure) for copy, sure in found if copy not in self._copies]
        self._copies |= {copy for copy, _ in new}
        for copy, sure in new[:MOST_COPIES]:
            self._messages.tell(lambda copy=copy, sure=sure: self._conflict(copy, sure=sure))  # type: ignore[misc]
        rest = [Path(copy).name for copy, _ in new[MOST_COPIES:]]
        if rest:
            self._messages.tell(lambda: self._more(rest))

    def _more(self, names: list[str]) -> NoticeView:
        title = self._c.window.words.plural(
            "{count} more copy of a conflict lies beside the file",
            "{count} more copies of conflicts lie beside the file",
            len(names),
        )
        return NoticeView("warning", title, ", ".join(names), (), self.t("Close the message"))

    def _conflict(self, copy: str, *, sure: bool) -> NoticeView:
        name = Path(copy).name
        return NoticeView(
            "warning",
            self.t("Beside the file lies a copy of a conflict: {name}", name=name)
            if sure
            else self.t("Beside the file lies another copy of this application: {name}", name=name),
            self.t("A synchronising program made it when two people saved at the same time. Compare before going on.")
            if sure
            else self.t("It may come from a conflict in a synchronised folder. Compare before going on."),
            [(self.t("Compare…"), lambda: self._compare_file(copy))],
            self.t("Close the message"),
        )

    def _compare_file(self, path: str) -> None:
        try:
            other = self._c.services.files().open(path)
        except UserError as error:
            self._c.tell(error)
            return
        compare_with_now(self._c, Path(path).name, other.document.draft, other.attachments, foreign=True)
