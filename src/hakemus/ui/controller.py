"""Holds the open application of one window, shows it, follows it, and hands each command to the part that knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication
from shiboken6 import isValid

from hakemus.ui.actions import EDITING
from hakemus.ui.commands.appearance import Appearance
from hakemus.ui.commands.attaching import Attaching
from hakemus.ui.commands.exporting import Exporting
from hakemus.ui.commands.finding import Finding
from hakemus.ui.commands.helping import Helping
from hakemus.ui.commands.libraries import Libraries
from hakemus.ui.commands.opening import Opening
from hakemus.ui.commands.places import own_folder
from hakemus.ui.commands.saving import Saving
from hakemus.ui.commands.secrecy import Secrecy
from hakemus.ui.commands.shortening import Shortening
from hakemus.ui.commands.walking import Walking
from hakemus.ui.dialogs.asking import ask
from hakemus.ui.keeping.keeper import Keeper
from hakemus.ui.main_window import MainWindow
from hakemus.ui.services import Services
from hakemus.ui.start_view import StartView
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from hakemus.domain.draft import Document
    from hakemus.ui.desk import Desk, Outputs
    from hakemus.usecases.attachment_faults import AttachmentFault
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.session import Session

RECOVERY_MS = 3000
"""A recovery copy is written at most this long after the last keystroke; the promise is five seconds."""


class Controller(QObject):
    """One window's commands. Holds the open file and nothing of its content.

    `shows` tells the path of the draft that is open from now on, empty where none is or it lies nowhere.
    """

    shows = Signal(str)

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._opened: OpenFile | None = None
        self._desk: Desk | None = None
        self._slot = services.chance.document_id().replace("-", "")[:24]
        self._recovery = QTimer(self)
        self._recovery.setSingleShot(True)
        self._recovery.setInterval(RECOVERY_MS)
        self._recovery.timeout.connect(self.keep_recovery)
        self._keeper = Keeper(self, self)
        self._saver, self._opener = Saving(self), Opening(self)
        self._parts = (
            self,
            self._opener,
            self._saver,
            Walking(self),
            Helping(self),
            Finding(self),
            Libraries(self),
            Appearance(self),
            Exporting(self),
            Attaching(self),
            Secrecy(self),
            Shortening(self),
            *self._keeper.parts,
        )
        window.controller = self
        window.fill_menus()
        window.asked.connect(self.command)
        window.returned.connect(self._keeper.company.look_again)
        self._connect_start()

    def _connect_start(self) -> None:
        start = self._window.start
        start.open_asked.connect(self._opener.resume)
        start.new_asked.connect(self._opener.new_from_call)
        start.example_asked.connect(self._opener.open_example)
        start.browse_asked.connect(self._opener.do_open)
        start.import_asked.connect(self._opener.do_import)
        start.renew_asked.connect(self._opener.do_renew)
        start.libraries_asked.connect(lambda: self.command("libraries"))
        start.terms_asked.connect(self._opener.show_terms)
        start.offer_asked.connect(self._keeper.recovering.chosen)

    # -- what its parts use --------------------

    @property
    def window(self) -> MainWindow:
        return self._window

    @property
    def services(self) -> Services:
        return self._services

    @property
    def opened(self) -> OpenFile | None:
        """The file that is open, as it was read or written."""
        return self._opened

    @property
    def desk(self) -> Desk | None:
        return self._desk

    @property
    def keeper(self) -> Keeper:
        return self._keeper

    @property
    def saving(self) -> bool:
        return self._saver.busy

    def hold(self, opened: OpenFile) -> None:
        """The open file is another now (saved, or with an attachment more); what is shown stays."""
        self._now(opened)

    def _now(self, opened: OpenFile | None) -> None:
        self._opened = opened
        self.shows.emit(str(opened.path) if opened is not None and opened.path is not None else "")

    def refresh_start(self) -> None:
        """The start page as it stands now, where it is shown."""
        if self._window.on_start:
            self._window.start.set(self.start_view())

    # -- words --------------------

    def t(self, msgid: str, /, **values: object) -> str:
        return self._window.words.text(msgid, **values)

    def tell(self, error: UserError, title: str = "") -> None:
        """A failure in one sentence, with every problem where there are several. `title`: what it was that failed."""
        words = self._window.words
        ask(
            self._window,
            "error",
            title or self.t("That did not succeed"),
            words.render(error.message),
            [("ok", self.t("Close"))],
            details=[
                f"{item.path}: {words.render(item.message)}" if item.path else words.render(item.message)
                for item in error.problems
            ],
        )

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; a failure is told, and gives False."""
        try:
            act()
        except UserError as error:
            self.tell(error)
            return False
        return True

    # -- commands --------------------

    def command(self, name: str) -> None:
        """Carry a command out by its name, or by its name and a value behind a colon."""
        kind, _, value = name.partition(":")
        wanted = f"choose_{kind}" if value else f"do_{name}"
        act = next((getattr(part, wanted) for part in self._parts if hasattr(part, wanted)), None)
        if act is not None:
            act(*([value] if value else []))

    def do_start(self) -> None:
        if self.put_away():
            self.show_start()

    def do_close(self) -> None:
        self.do_start()

    def do_quit(self) -> None:
        self._window.close()

    # -- appearance --------------------

    def rebuilt(self, language: str) -> None:
        """Show everything anew in a language or a size; the session, its history and the step stay."""
        from hakemus.ui.dialogs.guide import GuideDialog

        self.leave_field()
        for guide in self._window.findChildren(GuideDialog):
            guide.close()
        shown = self._window.wizard
        step, whole = (shown.step, shown.form is not None) if shown is not None else ("", False)
        self._window.drop_wizard()
        self._window.rebuild(self._services.catalog_of(language), self.start_view())
        self._connect_start()
        if self._desk is not None:
            self.show_desk(self._desk.session, step)
            if whole and self._window.wizard is not None:
                self._window.wizard.set_whole(True)

    # -- start page --------------------

    def start_view(self) -> StartView:
        services = self._services
        return StartView(
            tuple(services.recent.entries()),
            tuple(services.call_cards()),
            tuple(services.examples()),
            services.clock.now(),
            self._keeper.recovering.offers(),
            tuple(services.profiles.names()),
        )

    def show_start(self) -> None:
        self.drop_desk()
        self._window.drop_wizard()
        self._window.start.set(self.start_view())
        self._window.show_start()

    def offer_recoveries(self) -> None:
        """What was being written when a window died stands on the start page; nothing is applied by itself."""
        self._keeper.recovering.find()
        # a page that is made anew takes a button away from under a click that has just begun
        if self._keeper.recovering.offers() or self._window.start.offers:
            self.refresh_start()

    def begin(self, path: str) -> None:
        """What a start does: open the file that was named, if any, and look for unsaved work whichever it is of."""
        if path:
            self.open_path(path)
        self.offer_recoveries()

    def open_recovery(self, slot: str, place: str) -> None:
        """Lay a recovery copy over its file as unsaved changes, and go where it was written. Raises `UserError`."""
        opened = self._services.recoveries().open(slot)
        self.show_file(opened, unsaved=True)
        if place and self.window.wizard is not None:
            self.window.wizard.go(place)
        self._keeper.tell_recovered(opened)
        if self.keep_recovery() and slot != self._slot:
            self._services.recoveries().supersede(slot)

    # -- opening --------------------

    def open_document(self, document: Document, *, unsaved: bool = True) -> None:
        """A document that has no file yet."""
        from hakemus.usecases.files import OpenFile

        self.show_file(OpenFile(document), unsaved=unsaved)

    def folder(self) -> str:
        """Where files are looked for first: beside what is open, beside what was open last, else the person's own."""
        if self._opened is not None and self._opened.path:
            return str(Path(self._opened.path).parent)
        recent = self._services.recent.entries()
        return str(Path(recent[0].path).parent) if recent else own_folder()

    def show_file(self, opened: OpenFile, *, unsaved: bool = False, read_only: bool = False) -> None:
        """Show a document in place of what is open."""
        from hakemus.usecases.session import Session

        self.drop_desk()
        self._now(replace(opened, unsaved=unsaved))
        session = Session(opened.document, self._services.chance.draw, self._services.clock, read_only)
        if unsaved:
            session.mark_unsaved()
        self.show_desk(session, "applicant")

    def show_beside(self, opened: OpenFile, step: str) -> None:
        """Show a document read-only; what is open stays open elsewhere, and is shown again by `show_again`."""
        from hakemus.usecases.session import Session

        self._recovery.stop()
        self._now(opened)
        session = Session(opened.document, self._services.chance.draw, self._services.clock, read_only=True)
        self.show_desk(session, step)

    def show_again(self, opened: OpenFile, session: Session, step: str) -> None:
        """Go on with what was open, its history included."""
        self._now(opened)
        self.show_desk(session, step)
        self.after_change()

    def take_document(self, opened: OpenFile, document: Document) -> None:
        """Go on with a document that has more in its file (a kept state); the file holds it with the next save."""
        assert self._desk is not None
        self._now(opened)
        self._desk.session.document = document
        self._desk.session.mark_unsaved()

    def show_desk(self, session: object, step: str) -> None:
        from hakemus.ui.bridge import Bridge
        from hakemus.ui.desk import Desk
        from hakemus.ui.page_registry import PAGES
        from hakemus.ui.shell.wizard_view import WizardView
        from hakemus.usecases.session import Session

        assert isinstance(session, Session)
        if self._desk is not None:
            self._desk.bridge.close()
        services = self._services
        desk = Desk(
            Bridge(session, self),
            self._window.words,
            self.outputs(),
            services.suggestions,
            services.presets,
            services.profiles.read,
            services.bank_of,
        )
        self._desk = desk
        desk.wishes.command.connect(self.command)
        desk.wishes.status.connect(self._window.say)
        desk.bridge.changed.connect(lambda _change: self.after_change())
        wizard = WizardView(desk, dict(PAGES))
        wizard.title_changed.connect(self.follow_title)
        # Before it is shown: the rail, which gets focus then, would open the first step on its own.
        wizard.show_step(step or "applicant")
        self._window.show_wizard(wizard)
        wizard.focus_first()
        for name in EDITING:
            self._window.action(name).setEnabled(not session.read_only)
        self._keeper.messages.show()
        self.after_change(keep=False)

    def outputs(self) -> Outputs:
        from hakemus.ui.desk import Outputs

        exporter = self._services.exporter()
        return Outputs(
            report=lambda document, copy, language: exporter.report(document, copy, language),
            pdf=lambda document, copy, language, second: exporter.pdf_bytes(document, copy, language, second),
            open_pages=self._services.open_pages,
            lacking=lambda document, copy, language, second: exporter.lacking(
                exporter.report(document, copy, language, second)
            ),
            faults=self._attachment_faults,
        )

    def _attachment_faults(self, document: Document) -> Sequence[AttachmentFault]:
        held = self._opened.attachments if self._opened is not None else {}
        return self._services.packager().faults(document, held)

    def drop_desk(self) -> None:
        self._recovery.stop()
        self._keeper.dropped()
        if self._desk is not None:
            self._desk.bridge.close()
            self._desk = None
        self._now(None)
        self._saver.said = ""

    # -- following the session --------------------

    def after_change(self, *, keep: bool = True) -> None:
        if self._desk is None:
            return
        session = self._desk.session
        if keep and session.dirty:
            if not self._recovery.isActive():
                self._recovery.start()
        elif not session.dirty:
            self._recovery.stop()
        undo, redo = session.undo_label, session.redo_label
        self._window.set_undo(self._desk.say(undo) if undo else "", self._desk.say(redo) if redo else "")
        self.follow_title()

    def follow_title(self) -> None:
        if self._desk is None or self._window.wizard is None:
            return
        session = self._desk.session
        title = session.value("project.title") or self.t("Untitled project")
        self._window.setWindowTitle(self.t("{title}[*] – Hakemus", title=title))
        self._window.setWindowModified(session.dirty)
        rail = self._window.wizard.rail
        if self.saving:
            rail.set_saved(self.t("Saving…"), "half")
        elif session.read_only:
            rail.set_saved(self.t("Read only"), "half")
        elif session.dirty:
            rail.set_saved(self.t("Unsaved changes"), "half")
        elif self._opened is not None and self._opened.path:
            rail.set_saved(self._saver.said or self.t("Nothing unsaved"), "done")
        else:
            rail.set_saved(self.t("Not yet saved"), "half")

    def keep_recovery(self) -> bool:
        """Write the recovery copy of what stands now, text not yet a value included. Whether one was written."""
        self._recovery.stop()
        if self._desk is None or self._opened is None or not self._desk.session.dirty:
            return False
        try:
            wizard = self.window.wizard
            place = wizard.place if wizard is not None else ""
            self._services.recoveries().keep(self._slot, self._opened, self._desk.document(), place)
        except UserError as error:
            self._keeper.recovering.written(error)
            return False
        self._keeper.recovering.written(None)
        return True

    def drop_recovery(self) -> None:
        """The recovery copy of this window has done its work: the file holds it, or the person let it go."""
        self._services.recoveries().supersede(self._slot)
        self._keeper.recovering.written(None)

    def leave_field(self) -> None:
        """Take what is half typed, as when somebody goes on. Focus stays where it was; from a cell's editor it goes to
        the cell."""
        focused = QApplication.focusWidget()
        if focused is None:
            return
        back, above = focused, focused.parentWidget()
        while above is not None:
            back, above = (above if isinstance(above, QAbstractItemView) else back), above.parentWidget()
        focused.clearFocus()
        if isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what other parts know --------------------

    def open_path(self, path: str) -> None:
        self._opener.open_path(path)

    def open_example(self, name: str) -> None:
        self._opener.open_example(name)

    def new_from_call(self, call_id: str) -> None:
        self._opener.new_from_call(call_id)

    def save(self, *, elsewhere: bool = False) -> bool:
        return self._saver.save(elsewhere=elsewhere)

    def ask_path(self) -> str:
        return self._saver.ask_path()

    def write_over(self, path: str, seen: str | None, *, agreed: bool = False) -> bool:
        return self._saver.write_over(path, seen, agreed=agreed)

    def put_away(self) -> bool:
        return self._saver.put_away()

    def may_close(self) -> bool:
        return self._saver.may_close()

    def forget_changes(self) -> None:
        """Let the open application go without a question, for pictures."""
        self.drop_desk()
