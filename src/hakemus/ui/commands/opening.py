"""Opening what there is, and beginning what there is not yet: drafts, papers, examples, register pages, calls."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from hakemus.ui.commands.commands import Commands
from hakemus.ui.dialogs.asking import ask
from hakemus.usecases.errors import Damaged, NotWritten, UserError

if TYPE_CHECKING:
    from hakemus.domain.application import Application
    from hakemus.domain.draft import Document


class Opening(Commands):
    """Ways to an open application."""

    def do_open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._c.window,
            self.t("Open an application"),
            self._c.folder(),
            self.t("Applications and papers (*.hakemus *.pdf);;All files (*)"),
        )
        if path:
            self.open_path(path)

    def open_path(self, path: str) -> None:
        """Open a file in this window; what is open now is put away first."""
        if not self._c.put_away():
            return
        if path.lower().endswith(".pdf"):
            self._c.attempt(lambda: self._open_paper(path))
            return
        try:
            opened = self._c.services.files().open(path)
        except Damaged as error:
            self._c.keeper.show_damaged(path, error)
        except UserError as error:
            self._c.tell(error, self.t("The file was not opened"))
            if not Path(path).exists():
                with contextlib.suppress(NotWritten):
                    self._c.services.recent.forget(path)
                self._c.refresh_start()
        else:
            self._c.keeper.show_opened(opened)

    def resume(self, path: str) -> None:
        """Open a draft of the start page, and go on where it was left."""
        at = next((entry.at for entry in self._c.services.recent.entries() if entry.path == path), "")
        self.open_path(path)
        wizard = self._c.window.wizard
        if at and wizard is not None and self._c.opened is not None and self._c.opened.path == path:
            wizard.go(at)

    def _open_paper(self, path: str) -> None:
        """The application inside a paper, read-only, to be saved as a draft."""
        opened = self._c.services.open_paper(self._c.services.read_bytes(path), path)
        self._c.keeper.show_paper(opened, path)

    def new_from_call(self, call_id: str) -> None:
        from hakemus.usecases import drafts

        if not self._c.put_away():
            return

        def make() -> None:
            definition = self._c.services.definition_of(call_id)
            language = self._c.window.words.language
            document = drafts.new_document(
                definition,
                self._c.services.chance.document_id(),
                language if language in ("fi", "sv") else "fi",
                self._begun(),
            )
            self._c.open_document(document, unsaved=False)

        self._c.attempt(make)

    def _begun(self) -> Application | None:
        """What a new application begins with: the kept data of the library that the start page names."""
        from hakemus.domain.application import Application

        profiles = self._c.services.profiles.read()
        own = next((item for item in profiles if item.id == self._c.window.start.library), None)
        return Application(applicant=own.applicant) if own is not None else None

    def do_renew(self) -> None:
        """A new application from an old one, which is read and left as it is."""
        from hakemus.ui.dialogs.renew import RenewDialog

        services = self._c.services
        dialog = RenewDialog(
            self._c.window,
            self._c.window.words,
            services.call_cards(),
            services.clock.today(),
            self._old_path,
            self._c.opened.path or "" if self._c.opened is not None else "",
        )
        try:
            agreed = bool(dialog.exec())
            path, call = dialog.path, dialog.call
        finally:
            dialog.deleteLater()
        if agreed and self._c.put_away():
            self._c.attempt(lambda: self._renew(path, call))

    def _old_path(self) -> str:
        path, _ = QFileDialog.getOpenFileName(
            self._c.window,
            self.t("Choose the old application…").rstrip("…"),
            self._c.folder(),
            self.t("Applications (*.hakemus)"),
        )
        return path

    def _renew(self, path: str, call: str) -> None:
        from hakemus.usecases.renewing import carried, renewed

        services = self._c.services
        old = services.files().open(path).document
        made = renewed(old, services.definition_of(call), services.chance.document_id(), services.chance.draw)
        self._c.open_document(made)
        count = len(carried(made.draft))
        said = self._c.window.words.plural(
            "{count} field is from the old application. It is marked until it is changed.",
            "{count} fields are from the old application. Each is marked until it is changed.",
            count,
        )
        self._c.window.say(said)

    def do_accept_old(self) -> None:
        """What came from the old application has been read and holds as it is: the marks go, as one step."""
        from hakemus.domain.messages import msg
        from hakemus.usecases.renewing import accepted, carried

        desk = self._c.desk
        if desk is None or desk.session.read_only:
            return
        count = len(carried(desk.session.draft))
        if not count:
            self._c.window.say(self.t("No field is marked as from the old application."))
            return
        desk.session.replace(accepted(desk.session.draft), msg("taking the marks of the old application off"))
        self._c.window.say(
            self._c.window.words.plural(
                "The mark of {count} field was taken off. Undo brings it back.",
                "The marks of {count} fields were taken off. Undo brings them back.",
                count,
            )
        )

    def show_terms(self, call_id: str) -> None:
        """The terms of a call before there is a draft; from there an application can be begun."""
        from hakemus.ui.bridge import Bridge
        from hakemus.ui.desk import Desk
        from hakemus.ui.dialogs.terms import TermsDialog
        from hakemus.usecases import drafts
        from hakemus.usecases.session import Session

        services = self._c.services
        try:
            document = drafts.new_document(services.definition_of(call_id), "")
        except UserError as error:
            self._c.tell(error)
            return
        bridge = Bridge(Session(document, services.chance.draw, services.clock, read_only=True), self._c.window)
        dialog = TermsDialog(self._c.window, Desk(bridge, self._c.window.words, self._c.outputs()), before=True)
        dialog.blank_asked.connect(lambda: self._save_blank(document))
        begin = bool(dialog.exec())
        dialog.deleteLater()
        bridge.close()
        bridge.deleteLater()
        if begin:
            self.new_from_call(call_id)

    def _save_blank(self, document: Document) -> None:
        """All that a call asks, with help and limits, as a form to be filled in by hand."""
        from hakemus.report.model import Copy
        from hakemus.ui.background import made_aside
        from hakemus.usecases.calls import call_of
        from hakemus.usecases.drafts import file_name

        language = self._c.window.words.language
        title = call_of(document.draft).text(call_of(document.draft).title, language)
        name = f"{file_name(title, self.t('Application'))} – {self.t('Blank form')}.pdf"
        start = str(Path(self._c.folder()) / name)
        path, _ = QFileDialog.getSaveFileName(self._c.window, self.t("Save a blank form"), start, "PDF (*.pdf)")
        if not path:
            return
        path = path if path.lower().endswith(".pdf") else f"{path}.pdf"
        exporter = self._c.services.exporter()
        self._c.attempt(
            lambda: exporter.write(path, made_aside(lambda: exporter.pdf_bytes(document, Copy.BLANK, language)))
        )

    def open_example(self, name: str) -> None:
        if self._c.put_away():
            self._c.attempt(lambda: self._c.open_document(self._c.services.read_example(name), unsaved=False))

    def do_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._c.window,
            self.t("Import an old register page"),
            self._c.folder(),
            self.t("Text (*.txt);;All files (*)"),
        )
        if path and self._c.put_away():
            self._c.attempt(lambda: self._import(path))

    def _import(self, path: str) -> None:
        record = self._c.services.read_record(self._c.services.read_bytes(path))
        self._c.open_document(self._c.services.import_record(record, None))
        if record.unplaced:
            ask(
                self._c.window,
                "note",
                self.t("The page was imported"),
                self.t("These lines fit no field. They are kept with the draft."),
                [("ok", self.t("Close"))],
                details=list(record.unplaced),
            )
