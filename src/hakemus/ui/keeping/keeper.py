"""Holds the parts that keep work from being lost; says which of them acts when a file is opened, saved or let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from hakemus.ui.commands.commands import Commands
from hakemus.ui.keeping.company import Company
from hakemus.ui.keeping.messages import Messages
from hakemus.ui.keeping.notes import notes_text
from hakemus.ui.keeping.past import Past
from hakemus.ui.keeping.recoveries import Recovering
from hakemus.ui.keeping.rescued import Rescuing
from hakemus.ui.keeping.strays import Strays
from hakemus.ui.widgets.notice import NoticeView
from hakemus.usecases.installed_call import installed_call

if TYPE_CHECKING:
    from hakemus.ui.host import Host
    from hakemus.usecases.errors import UserError
    from hakemus.usecases.files import OpenFile


class Keeper(Commands):
    """One window's keeper. `parts` carry out its commands."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(host)
        self._parent = parent
        self.messages = Messages(host)
        self.company = Company(host, self.messages, parent)
        self.recovering = Recovering(host, self.messages, self.company.take_mark)
        self._rescuing = Rescuing(host, self.messages)
        self._past = Past(host, self.messages)
        self._strays = Strays(host)
        self.parts = (self, self.company, self._past)

    def show_opened(self, opened: OpenFile) -> bool:
        """Show a file that was read, with what there is to say of it. False: not at all."""
        assert opened.path is not None
        shown, own = self.company.show_opened(opened)
        if own:
            self.company.tell_copies(opened.path)
            self.recovering.tell_of(opened.path)
            self._past.tell_submitted()
        if shown:
            self._tell_notes(opened)
            # the call's file is read once the draft can be seen
            QTimer.singleShot(0, self._parent, lambda: self._tell_call(opened))
        return shown

    def _tell_call(self, opened: OpenFile) -> None:
        """What the call's file on this computer says otherwise than the draft: the terms compare the two."""
        desk = self._c.desk
        if desk is None or desk.session.draft.call != opened.document.draft.call:
            return  # another draft has taken its place meanwhile
        installed = installed_call(opened.document.draft.call, self._c.services.definition_of)
        if installed:
            said = installed.notes()[0].message
            self.messages.tell(
                lambda: NoticeView(
                    "note",
                    self.t("The call on this computer"),
                    self._c.window.words.render(said),
                    [(self.t("Terms of the call…"), lambda: desk.wishes.command.emit("terms"))],
                    self.t("Close the message"),
                )
            )

    def _tell_notes(self, opened: OpenFile) -> None:
        """What is to be known of a file beside what it holds."""
        if opened.from_older:
            self.messages.tell(
                lambda: NoticeView(
                    "note",
                    self.t("The file was made by an older version of the program"),
                    self.t("It is written in the new form when you save. The file as it was stays among the versions."),
                    [(self.t("Earlier versions…"), self._past.do_versions)],
                    self.t("Close the message"),
                )
            )
        if opened.notes:
            self.messages.tell(
                lambda: NoticeView(
                    "note",
                    self.t("What there is to know of this file"),
                    self._notes_of(opened),
                    self._strays.deeds(opened),
                    self.t("Close the message"),
                )
            )

    def tell_recovered(self, opened: OpenFile) -> None:
        """What there is to know of a recovery copy that was laid over its file."""
        if opened.notes:
            self.messages.tell(
                lambda: NoticeView(
                    "warning",
                    self.t("What there is to know of the unsaved work"),
                    self._notes_of(opened),
                    (),
                    self.t("Close the message"),
                )
            )

    def _notes_of(self, opened: OpenFile) -> str:
        return notes_text(self._c.window.words, opened.notes)

    def show_damaged(self, path: str, error: UserError) -> None:
        self._rescuing.show_damaged(path, error)
        if self.source() == path:
            self.recovering.tell_of(path)

    def show_paper(self, opened: OpenFile, path: str) -> None:
        self._rescuing.show_paper(opened, path)

    def dropped(self) -> None:
        """The open application is let go: its lock too."""
        self.company.release()
        self.messages.change()
        self._past.forget()
        self._rescuing.source = ""

    def saved(self, before: OpenFile | None, now: OpenFile) -> None:
        self.company.saved(before, now)
        self.messages.standing("saved", None)
        if now.notes and now is not before:
            self.messages.standing("saved", lambda: self._saved(now))

    def _saved(self, now: OpenFile) -> NoticeView:
        return NoticeView(
            "warning", self.t("Saved, but note this"), self._notes_of(now), (), self.t("Close the message")
        )

    def source(self) -> str:
        """Where that lies which is shown read-only; empty where it lies nowhere."""
        opened = self._c.opened
        return (opened.path or self._rescuing.source) if opened is not None else ""

    def changed_meanwhile(self, path: str, error: UserError) -> bool:
        return self.company.changed_meanwhile(path, error)

    def back_to_present(self) -> None:
        self._past.back_to_present()

    def do_remembered(self) -> None:
        """What this computer remembers of applications and libraries, and how to forget it."""
        from hakemus.ui.dialogs.remembered import RememberedDialog

        services = self._c.services
        dialog = RememberedDialog(
            self._c.window, self._c.window.words, services.keeping(), services.budget_forms, services.profiles
        )
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()
        self.recovering.find_again()
        if self._c.desk is not None:
            self._c.desk.bridge.profiles_changed.emit()
        self._c.refresh_start()
