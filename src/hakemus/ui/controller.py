"""Carries the window's commands out: open, save, export, print, undo. Every failure is one sentence in a dialog."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from hakemus.ui.background import made_aside
from hakemus.ui.dialogs.asking import ask
from hakemus.ui.keeper import Keeper
from hakemus.ui.main_window import MainWindow
from hakemus.ui.services import Services
from hakemus.ui.start import StartView
from hakemus.usecases.errors import ChangedMeanwhile, Damaged, UserError
from hakemus.usecases.settings import next_size

if TYPE_CHECKING:
    from hakemus.domain.draft import Document
    from hakemus.report.model import Copy
    from hakemus.ui.desk import Desk, Outputs
    from hakemus.usecases.attachment_faults import AttachmentFault
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.session import Session

RECOVERY_MS = 3000
"""A recovery copy is written at most this long after the last keystroke; the promise is five seconds."""
ENDING = ".hakemus"
EDITING = ("attach", "name_version", "mark_submitted", "read_returned")
"""Commands that change what is open: out of use where it is read-only."""


class Controller(QObject):
    """One window's commands. Holds the open file and nothing of its content."""

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
        self.keeper = Keeper(self, self)
        self.saving: bool = False
        """A save is being written on another thread; what is typed meanwhile stays unsaved."""
        self._close_after = False
        window.controller = self
        window.asked.connect(self.command)
        self._connect_start()

    def _connect_start(self) -> None:
        start = self._window.start
        start.open_asked.connect(self.open_path)
        start.new_asked.connect(self.new_from_call)
        start.example_asked.connect(self.open_example)
        start.browse_asked.connect(self.browse)
        start.import_asked.connect(self.import_record)
        start.terms_asked.connect(self.show_terms)
        start.offer_asked.connect(self.keeper.offer_chosen)

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

    def refresh_start(self) -> None:
        """The start page as it stands now, where it is shown."""
        if self._window.on_start:
            self._window.start.set(self.start_view())

    # -- words --------------------

    def t(self, msgid: str, /, **values: object) -> str:
        return self._window.words.text(msgid, **values)

    def tell(self, error: UserError) -> None:
        """A failure in one sentence, with every problem where there are several."""
        words = self._window.words
        ask(
            self._window,
            "error",
            self.t("That did not succeed"),
            words.render(error.message),
            [("ok", self.t("Close"))],
            details=[f"{item.path}: {words.render(item.message)}" for item in error.problems],
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
        """Carry a command out by its name."""
        kind, _, value = name.partition(":")
        if kind in ("theme", "language", "step", "finding", "why", "figure") and value:
            getattr(self, f"_choose_{kind}")(value)
            return
        act = getattr(self, f"do_{name}", None) or getattr(self.keeper, f"do_{name}", None)
        if act is not None:
            act()

    def do_start(self) -> None:
        if self.put_away():
            self.show_start()

    def do_open(self) -> None:
        self.browse()

    def do_import(self) -> None:
        self.import_record()

    def do_close(self) -> None:
        self.do_start()

    def do_quit(self) -> None:
        self._window.close()

    def do_undo(self) -> None:
        if self._desk is not None:
            self._desk.session.undo()

    def do_redo(self) -> None:
        if self._desk is not None:
            self._desk.session.redo()

    def do_panel(self) -> None:
        if self._window.wizard is not None:
            self._window.wizard.toggle_panel()

    def do_findings(self) -> None:
        wizard = self._window.wizard
        if wizard is not None:
            if wizard.panel.folded:
                wizard.toggle_panel()
            wizard.panel.show_tab(1)

    def do_next_step(self) -> None:
        if self._window.wizard is not None:
            self._window.wizard.step_by(1)

    def do_previous_step(self) -> None:
        if self._window.wizard is not None:
            self._window.wizard.step_by(-1)

    def do_next_finding(self) -> None:
        if self._window.wizard is not None:
            self._leave_field()
            self._window.wizard.walk_findings(1)

    def do_previous_finding(self) -> None:
        if self._window.wizard is not None:
            self._leave_field()
            self._window.wizard.walk_findings(-1)

    def _choose_step(self, step: str) -> None:
        if self._window.wizard is not None:
            self._window.wizard.show_step(step)

    def _choose_finding(self, at: str) -> None:
        if self._window.wizard is not None:
            self._window.wizard.show_finding(int(at))

    def _choose_why(self, at: str) -> None:
        """A finding whole: its sum, its source, its ways out, and the mark as read."""
        from hakemus.ui.dialogs.explaining import FindingDialog

        desk = self._desk
        if desk is None or not 0 <= int(at) < len(desk.session.check.findings):
            return
        finding = desk.session.check.findings[int(at)]
        dialog = FindingDialog(self._window, desk, finding)
        dialog.used.connect(lambda name: desk.use_exit(next(way for way in finding.exits if way.id == name)))
        dialog.marked.connect(lambda reason: desk.session.acknowledge(finding, reason, self._who()))
        dialog.unmarked.connect(lambda: desk.session.unacknowledge(finding))
        self._run(dialog)
        desk.bridge.judge_now()

    def _who(self) -> str:
        return self._services.settings.read().name

    def _choose_figure(self, key: str) -> None:
        """How a figure of the meter came about; from there to where it is changed."""
        from hakemus.ui.dialogs.explaining import FigureDialog
        from hakemus.usecases.explaining import explain

        if self._desk is None or self._window.wizard is None:
            return
        explanation = explain(self._desk.session.check, key)
        dialog = FigureDialog(self._window, self._desk, explanation)
        go = bool(dialog.exec())
        dialog.deleteLater()
        if go:
            self._window.wizard.go(explanation.path)

    def do_terms(self) -> None:
        from hakemus.ui.dialogs.terms import TermsDialog

        if self._desk is not None:
            self._run(TermsDialog(self._window, self._desk))

    def do_links(self) -> None:
        from hakemus.ui.dialogs.links import LinksDialog

        if self._desk is None or self._window.wizard is None:
            return
        self._leave_field()
        dialog = LinksDialog(self._window, self._desk)
        dialog.go_asked.connect(self._window.wizard.go)
        self._run(dialog)
        self._desk.bridge.judge_now()

    def do_eligibility(self) -> None:
        from hakemus.ui.dialogs.eligibility import EligibilityDialog

        if self._desk is not None:
            self._run(EligibilityDialog(self._window, self._desk))

    def do_keys(self) -> None:
        from hakemus.ui.dialogs.keys import KeysDialog

        self._run(KeysDialog(self._window, self._window.words))

    def do_guide(self) -> None:
        """The user's guide beside the window, at the step that is open."""
        from hakemus.ui.dialogs.guide import GuideDialog

        shown = next(iter(self._window.findChildren(GuideDialog)), None)
        dialog = shown or GuideDialog(self._window, self._window.words, self._services.guide)
        if self._window.wizard is not None:
            dialog.open_step(self._window.wizard.step)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def do_about(self) -> None:
        from hakemus import __version__

        ask(
            self._window,
            "note",
            self.t("Hakemus {version}", version=__version__),
            self.t(
                "Drafts applications for state grants of public libraries. The program never uses the network: "
                "everything stays on this computer. Free software under the MIT licence."
            ),
            [("ok", self.t("Close"))],
        )

    def _run(self, dialog: object) -> None:
        from PySide6.QtWidgets import QDialog

        assert isinstance(dialog, QDialog)
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    # -- appearance --------------------

    def _choose_theme(self, theme: str) -> None:
        self._set(replace(self._services.settings.read(), theme=theme))

    def _choose_language(self, language: str) -> None:
        self._set(replace(self._services.settings.read(), language=language), rebuild=True)

    def do_larger(self) -> None:
        self._resize_text(1)

    def do_smaller(self) -> None:
        self._resize_text(-1)

    def do_normal_size(self) -> None:
        self._set(replace(self._services.settings.read(), text_size=100), rebuild=True)

    def _resize_text(self, by: int) -> None:
        now = self._services.settings.read()
        self._set(replace(now, text_size=next_size(now.text_size, by)), rebuild=True)

    def _set(self, settings: object, *, rebuild: bool = False) -> None:
        from hakemus.usecases.settings import Settings

        assert isinstance(settings, Settings)
        self._services.settings.write(settings)
        self._services.apply_look(settings.theme, settings.text_size)
        if rebuild:
            self.rebuilt(settings.language)
        self._window.set_choice("theme", settings.theme)
        self._window.set_choice("language", settings.language)

    def rebuilt(self, language: str) -> None:
        """Show everything anew in a language or a size; the session, its history and the step stay."""
        from hakemus.ui.dialogs.guide import GuideDialog

        self._leave_field()
        for guide in self._window.findChildren(GuideDialog):
            guide.close()
        step = self._window.wizard.step if self._window.wizard is not None else ""
        self._window.drop_wizard()
        self._window.rebuild(self._services.catalog_of(language), self.start_view())
        self._connect_start()
        if self._desk is not None:
            self._show_desk(self._desk.session, step)

    # -- start page --------------------

    def start_view(self) -> StartView:
        services = self._services
        return StartView(
            tuple(services.recent.entries()),
            tuple(services.call_cards()),
            tuple(services.examples()),
            services.clock.now(),
            self.keeper.offers(),
        )

    def show_start(self) -> None:
        self._drop_desk()
        self._window.drop_wizard()
        self._window.start.set(self.start_view())
        self._window.show_start()

    def offer_recoveries(self) -> None:
        """What was being written when a window died stands on the start page; nothing is applied by itself."""
        self.keeper.find_recoveries()
        self.refresh_start()

    def open_recovery(self, slot: str) -> None:
        """Lay a recovery copy over its file as unsaved changes. Raises `UserError`."""
        opened = self._services.recoveries().open(slot)
        self.show_file(opened, unsaved=True)
        self.keep_recovery()
        if slot != self._slot:
            self._services.recoveries().supersede(slot)

    # -- opening --------------------

    def browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.t("Open an application"),
            self.folder(),
            self.t("Applications and papers (*.hakemus *.pdf);;All files (*)"),
        )
        if path:
            self.open_path(path)

    def open_path(self, path: str) -> None:
        """Open a file in this window; what is open now is put away first."""
        if not self.put_away():
            return
        if path.lower().endswith(".pdf"):
            self.attempt(lambda: self._open_paper(path))
            return
        try:
            opened = self._services.files().open(path)
        except Damaged as error:
            self.keeper.show_damaged(path, error)
        except UserError as error:
            self.tell(error)
            if not Path(path).exists():
                self._services.recent.forget(path)
                self.refresh_start()
        else:
            if self.keeper.show_opened(opened) and opened.notes:
                words = self._window.words
                self._window.say(words.render(opened.notes[0].message))

    def _open_paper(self, path: str) -> None:
        """The application inside a paper, as a draft to be saved under its own name; the paper is never touched."""
        opened = self._services.open_paper(self._services.read_bytes(path), path)
        self.show_file(opened, unsaved=True)
        self._window.say(self.t("Opened from the paper {path}. Save it as a draft to go on.", path=path))

    def open_document(self, document: Document, *, unsaved: bool = True) -> None:
        """A document that has no file yet."""
        from hakemus.usecases.files import OpenFile

        self.show_file(OpenFile(document), unsaved=unsaved)

    def new_from_call(self, call_id: str) -> None:
        from hakemus.usecases import drafts

        if not self.put_away():
            return

        def make() -> None:
            definition = self._services.definition_of(call_id)
            language = self._window.words.language
            document = drafts.new_document(
                definition, self._services.chance.document_id(), language if language in ("fi", "sv") else "fi"
            )
            self.open_document(document, unsaved=False)

        self.attempt(make)

    def show_terms(self, call_id: str) -> None:
        """The terms of a call before there is a draft; from there an application can be begun."""
        from hakemus.ui.bridge import Bridge
        from hakemus.ui.desk import Desk
        from hakemus.ui.dialogs.terms import TermsDialog
        from hakemus.usecases import drafts
        from hakemus.usecases.session import Session

        services = self._services
        try:
            document = drafts.new_document(services.definition_of(call_id), "")
        except UserError as error:
            self.tell(error)
            return
        bridge = Bridge(Session(document, services.chance.draw, services.clock, read_only=True), self)
        dialog = TermsDialog(self._window, Desk(bridge, self._window.words, self._outputs()), before=True)
        begin = bool(dialog.exec())
        dialog.deleteLater()
        bridge.close()
        bridge.deleteLater()
        if begin:
            self.new_from_call(call_id)

    def open_example(self, name: str) -> None:
        if self.put_away():
            self.attempt(lambda: self.open_document(self._services.read_example(name), unsaved=False))

    def import_record(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.t("Import an old register page"), self.folder(), self.t("Text (*.txt);;All files (*)")
        )
        if path and self.put_away():
            self.attempt(lambda: self._import(path))

    def _import(self, path: str) -> None:
        record = self._services.read_record(self._services.read_bytes(path))
        self.open_document(self._services.import_record(record, None))
        if record.unplaced:
            ask(
                self._window,
                "note",
                self.t("The page was imported"),
                self.t("These lines fit no field. They are kept with the draft."),
                [("ok", self.t("Close"))],
                details=list(record.unplaced),
            )

    def folder(self) -> str:
        """Where files are looked for first: beside what is open, or beside what was open last."""
        if self._opened is not None and self._opened.path:
            return str(Path(self._opened.path).parent)
        recent = self._services.recent.entries()
        return str(Path(recent[0].path).parent) if recent else ""

    def show_file(self, opened: OpenFile, *, unsaved: bool = False, read_only: bool = False) -> None:
        """Show a document in place of what is open."""
        from hakemus.usecases.session import Session

        self._drop_desk()
        self._opened = replace(opened, unsaved=unsaved)
        session = Session(opened.document, self._services.chance.draw, self._services.clock, read_only)
        if unsaved:
            session.mark_unsaved()
        self._show_desk(session, "applicant")

    def show_beside(self, opened: OpenFile, step: str) -> None:
        """Show a document read-only; what is open stays open elsewhere, and is shown again by `show_again`."""
        from hakemus.usecases.session import Session

        self._recovery.stop()
        self._opened = opened
        session = Session(opened.document, self._services.chance.draw, self._services.clock, read_only=True)
        self._show_desk(session, step)

    def show_again(self, opened: OpenFile, session: Session, step: str) -> None:
        """Go on with what was open, its history included."""
        self._opened = opened
        self._show_desk(session, step)
        self._after_change()

    def take_document(self, opened: OpenFile, document: Document) -> None:
        """Go on with a document that has more in its file (a kept state); the file holds it with the next save."""
        assert self._desk is not None
        self._opened = opened
        self._desk.session.document = document
        self._desk.session.mark_unsaved()

    def _show_desk(self, session: object, step: str) -> None:
        from hakemus.ui.bridge import Bridge
        from hakemus.ui.desk import Desk
        from hakemus.ui.page_registry import PAGES
        from hakemus.ui.shell.wizard_view import WizardView
        from hakemus.usecases.session import Session

        assert isinstance(session, Session)
        if self._desk is not None:
            self._desk.bridge.close()
        services = self._services
        desk = Desk(Bridge(session, self), self._window.words, self._outputs(), services.suggestions, services.presets)
        self._desk = desk
        desk.wishes.command.connect(self.command)
        desk.wishes.status.connect(self._window.say)
        desk.bridge.changed.connect(lambda _change: self._after_change())
        wizard = WizardView(desk, dict(PAGES))
        wizard.title_changed.connect(self._follow_title)
        # Before it is shown: the rail, which gets focus then, would open the first step on its own.
        wizard.show_step(step or "applicant")
        self._window.show_wizard(wizard)
        for name in EDITING:
            self._window.action(name).setEnabled(not session.read_only)
        self.keeper.show_notices()
        self._after_change(keep=False)

    def _outputs(self) -> Outputs:
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

    def _drop_desk(self) -> None:
        self._recovery.stop()
        self.keeper.dropped()
        if self._desk is not None:
            self._desk.bridge.close()
            self._desk = None
        self._opened = None

    # -- following the session --------------------

    def _after_change(self, *, keep: bool = True) -> None:
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
        self._follow_title()

    def _follow_title(self) -> None:
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
            rail.set_saved(self._saved_words, "done")
        else:
            rail.set_saved(self.t("Not yet saved"), "half")

    _saved_words = ""

    def keep_recovery(self) -> None:
        """Write the recovery copy of what stands now, text that is not yet a value included."""
        self._recovery.stop()
        if self._desk is None or self._opened is None or not self._desk.session.dirty:
            return
        try:
            self._services.recoveries().keep(self._slot, self._opened, self._desk.document())
        except UserError:
            self._window.say(self.t("The recovery copy could not be written. Save the application."))

    def _leave_field(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()

    # -- saving --------------------

    def do_save(self) -> None:
        self.save()

    def do_save_as(self) -> None:
        self.save(elsewhere=True)

    def save(self, *, elsewhere: bool = False) -> bool:
        """Save; True only when the file has been written and read back. A field in focus keeps it."""
        if self._is_saving():
            return False
        self.keeper.back_to_present()
        if self._desk is None or self._opened is None:
            return True
        if self._desk.session.read_only:
            return self.keeper.save_read_only()
        self._desk.bridge.leave()
        path = None if elsewhere else self._opened.path
        if path is None:
            path = self.ask_path()
            if not path:
                return False
        own = path == self._opened.path
        return self._write(path, agreed=not own)

    def ask_path(self) -> str:
        """Where to save; empty where the person changed their mind."""
        from hakemus.usecases.drafts import file_name

        assert self._desk is not None
        name = file_name(self._desk.session.value("project.title"), self.t("Application"))
        start = (
            self._opened.path
            if self._opened is not None and self._opened.path
            else str(Path(self.folder()) / f"{name}{ENDING}")
        )
        path, _ = QFileDialog.getSaveFileName(
            self._window, self.t("Save the application"), start, self.t("Applications (*.hakemus)")
        )
        return path if not path or path.endswith(ENDING) else path + ENDING

    def _write(self, path: str, *, agreed: bool) -> bool:
        assert self._desk is not None
        session, document = self._desk.session, self._desk.document()
        try:
            saved = self._written(document, path, agreed=agreed)
        except ChangedMeanwhile as error:
            return self.keeper.changed_meanwhile(path, error)
        except UserError as error:
            answer = ask(
                self._window,
                "error",
                self.t("The application was not saved"),
                self._window.words.render(error.message),
                [("elsewhere", self.t("Save a copy elsewhere…")), ("ok", self.t("Close"))],
            )
            return self.save(elsewhere=True) if answer == "elsewhere" else False
        self._acknowledge(session, saved)
        return True

    def _written(self, document: Document, path: str, *, agreed: bool) -> OpenFile:
        """Write on another thread; meanwhile the window takes what is typed. Raises `UserError`."""
        opened, files = self._opened, self._services.files()
        assert opened is not None
        place = None if path == opened.path else path
        self.saving = True
        self._follow_title()
        try:
            return made_aside(lambda: files.save(opened, document, place, agreed=agreed), typing=True)
        finally:
            self.saving = False
            self._follow_title()
            if self._close_after:
                self._close_after = False
                QTimer.singleShot(0, self._window, self._window.close)

    def _acknowledge(self, session: Session, saved: OpenFile) -> None:
        """The file holds what stood when the save began; what came meanwhile is unsaved."""
        assert self._opened is not None
        self.keeper.saved(self._opened, saved)
        self._opened = replace(saved, attachments={**self._opened.attachments, **saved.attachments})
        session.mark_saved(saved.document)
        now = self._services.clock.now()
        self._saved_words = self.t("Saved {time}", time=f"{now.hour}.{now.minute:02d}")
        if session.dirty:
            self.keep_recovery()
        else:
            self._services.recoveries().supersede(self._slot)
        self._note_recent()
        self._after_change()
        self._window.say(self.t("{saved}: {path}", saved=self._saved_words, path=saved.path))

    def _is_saving(self) -> bool:
        """Whether a save is under way, which is said: what would take the application away waits for it."""
        if self.saving:
            self._window.say(self.t("The application is being saved. Try again in a moment."))
        return self.saving

    def write_over(self, path: str, seen: str | None) -> bool:
        """Replace a changed file: the very one that was looked at (`seen`), or whatever lies there (None)."""
        assert self._opened is not None
        if seen is not None:
            self._opened = replace(self._opened, seen=seen)
        return self._write(path, agreed=seen is None)

    def do_copy_as_new(self) -> None:
        """The same content as a new application with its own identity."""
        if self._desk is None or self._opened is None or self._is_saving():
            return
        copied = self._services.files().copy_as_new(replace(self._opened, document=self._desk.document()))
        self.show_file(copied, unsaved=True)
        self.save()

    def _note_recent(self) -> None:
        from hakemus.ui.recent_entry import recent_entry

        if self._desk is not None and self._opened is not None and self._opened.path:
            self._services.recent.note(recent_entry(self._desk, self._opened.path, self._services.clock.now()))

    def forget_changes(self) -> None:
        """Let the open application go without a question, for pictures."""
        self._drop_desk()

    def may_close(self) -> bool:
        """Whether the window may go: everything is saved, or the person has decided."""
        if self.saving:
            self._close_after = True
            return not self._is_saving()
        if not self.put_away():
            return False
        self._drop_desk()
        return True

    def put_away(self) -> bool:
        """Save, drop or keep what is open; False keeps it."""
        if self._is_saving():
            return False
        self.keeper.back_to_present()
        if self._desk is None or not self._desk.session.dirty:
            return True
        self._leave_field()
        answer = ask(
            self._window,
            "warning",
            self.t("Save the changes before closing?"),
            self.t("If you do not save, the changes since the last save are lost from the file."),
            [("save", self.t("Save")), ("drop", self.t("Do not save"))],
            cancel=self.t("Cancel"),
        )
        if answer == "save":
            return self.save()
        if answer == "drop":
            self._services.recoveries().supersede(self._slot)
            return True
        return False

    # -- outputs --------------------

    def do_export_pdf(self) -> None:
        self._export((".pdf",), self.t("Save PDF"), "PDF (*.pdf)", self._pdf)

    def do_export_xlsx(self) -> None:
        self._export((".xlsx",), self.t("Save Excel"), "Excel (*.xlsx)", self._xlsx)

    def do_export_package(self) -> None:
        """Everything in one file: a ZIP, or one PDF where that is chosen."""
        zipped, merged = self.t("Package (*.zip)"), self.t("One PDF with the attachments (*.pdf)")
        self._export((".zip", ".pdf"), self.t("Save the package"), f"{zipped};;{merged}", self._package)

    def _package(self, ending: str) -> bytes:
        assert self._desk is not None
        held = self._opened.attachments if self._opened is not None else {}
        packager = self._services.packager()
        make = packager.merged if ending == ".pdf" else packager.zipped
        document, chosen = self._desk.document(), self._paper()
        return made_aside(lambda: make(document, held, *chosen))

    def do_export_review(self) -> None:
        """All findings with their sums, sources and marks as read."""
        self._export((".pdf",), self.t("Save review report"), "PDF (*.pdf)", self._review, self.t("review report"))

    def _review(self, _ending: str) -> bytes:
        from hakemus.usecases.reviewing import FileState

        assert self._desk is not None
        session, document = self._desk.session, self._desk.document()
        state = FileState(self._opened.seen if self._opened is not None else None, session.dirty)
        return made_aside(lambda: self._services.exporter().review_bytes(document, state, document.draft.language))

    def do_read_returned(self) -> None:
        from hakemus.ui.returning import read_returned

        read_returned(self)

    def _pdf(self, _ending: str = ".pdf") -> bytes:
        assert self._desk is not None
        copy, language, second = self._paper()
        document = self._desk.document()
        return made_aside(lambda: self._services.exporter().pdf_bytes(document, copy, language, second))

    def _xlsx(self, _ending: str = ".xlsx") -> bytes:
        assert self._desk is not None
        copy, language, _ = self._paper()
        document = self._desk.document()
        return made_aside(lambda: self._services.exporter().xlsx_bytes(document, copy, language))

    def _paper(self) -> tuple[Copy, str, str]:
        from hakemus.report.model import Copy
        from hakemus.ui.pages.submit import SubmitPage

        assert self._desk is not None
        wizard = self._window.wizard
        page = wizard.page("submit") if wizard is not None and wizard.step == "submit" else None
        if isinstance(page, SubmitPage):
            return page.chosen()
        return Copy.DRAFT, self._desk.session.draft.language, ""

    def _export(
        self, endings: tuple[str, ...], title: str, kinds: str, make: Callable[[str], bytes], what: str = ""
    ) -> None:
        from hakemus.usecases.drafts import file_name

        if self._desk is None:
            return
        self._leave_field()
        name = file_name(self._desk.session.value("project.title"), self.t("Application"))
        name = f"{name} – {what}{endings[0]}" if what else name + endings[0]
        path, kind = QFileDialog.getSaveFileName(self._window, title, str(Path(self.folder()) / name), kinds)
        if not path:
            return
        ending = next((each for each in endings if path.lower().endswith(each)), "")
        if not ending:
            ending = next((each for each in endings if f"*{each}" in kind), endings[0])
            path += ending
        if self.attempt(lambda: self._services.exporter().write(path, make(ending))):
            self._window.say(self.t("Written: {path}", path=path))

    def do_print(self) -> None:
        from hakemus.usecases.ports import PrintJob

        if self._desk is None:
            return
        self._leave_field()
        title = self._desk.session.value("project.title") or self.t("Application")
        self.attempt(lambda: self._services.printer.print(PrintJob(title, self._pdf())))

    # -- attachments --------------------

    def do_attach(self) -> None:
        """Take files into the draft, by the hash of their content."""
        if self._desk is None or self._desk.session.read_only:
            return
        paths, _ = QFileDialog.getOpenFileNames(self._window, self.t("Attach a file"), self.folder())
        for path in paths:
            self.attempt(lambda path=path: self._attach(path))  # type: ignore[misc]

    def _attach(self, path: str) -> None:
        from hakemus.usecases.attaching import attachment_values

        assert self._desk is not None
        assert self._opened is not None
        data = self._services.read_bytes(path)
        digest = hashlib.sha256(data).hexdigest()
        self._opened = replace(self._opened, attachments={**self._opened.attachments, digest: data})
        values = attachment_values(Path(path).name, data, digest)
        self._desk.session.insert_row("attachments", values)
