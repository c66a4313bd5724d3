"""What leaves the program: PDF, workbook, package, review report, print; and the workbook that comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from hakemus.ui.background import made_aside
from hakemus.ui.commands.commands import Commands
from hakemus.ui.commands.places import with_ending
from hakemus.ui.dialogs.asking import ask

if TYPE_CHECKING:
    from hakemus.report.model import Copy


class Exporting(Commands):
    """Makes papers and workbooks of the open application."""

    def do_export_pdf(self) -> None:
        self._export((".pdf",), self.t("Save PDF"), "PDF (*.pdf)", self._pdf)

    def do_export_xlsx(self) -> None:
        self._export((".xlsx",), self.t("Save Excel"), "Excel (*.xlsx)", self._xlsx)

    def do_export_package(self) -> None:
        """Everything in one file: a ZIP, or one PDF where that is chosen."""
        zipped, merged = self.t("Package (*.zip)"), self.t("One PDF with the attachments (*.pdf)")
        self._export((".zip", ".pdf"), self.t("Save the package"), f"{zipped};;{merged}", self._package)

    def do_export_folder(self) -> None:
        """The same files in a new folder."""
        if self._c.desk is None:
            return
        self._c.leave_field()
        where = QFileDialog.getExistingDirectory(
            self._c.window, self.t("Where to put the folder of the package"), self._c.folder()
        )
        if not where:
            return
        target = str(Path(where) / self._name())
        document, chosen, held = self._c.desk.document(), self._paper(), self._held()
        packager, writer = self._c.services.packager(), self._c.services.exporter().writer

        def make() -> None:
            made_aside(lambda: writer.write_folder(target, packager.files(document, held, *chosen)))

        if self._c.attempt(make):
            self._c.window.say(self.t("Written: {path}", path=target))

    def do_view_pdf(self) -> None:
        """The paper that is chosen, in the program that this computer shows PDFs with."""
        if self._c.desk is None:
            return
        self._c.leave_field()
        name = f"{self._name()}.pdf"
        self._c.attempt(lambda: self._c.services.show_outside(self._pdf(), name))

    def _held(self) -> Mapping[str, bytes]:
        return self._c.opened.attachments if self._c.opened is not None else {}

    def _name(self) -> str:
        """The name of what is made, without an ending: the project's, where that is not kept from the reader."""
        from hakemus.report.model import Copy
        from hakemus.usecases.drafts import file_name
        from hakemus.usecases.secrecy import covers

        assert self._c.desk is not None
        session = self._c.desk.session
        title = session.value("project.title")
        if self._paper()[0] is Copy.PUBLIC and covers(session.draft, "project.title"):
            title = None
        return file_name(title, self.t("Application"))

    def _package(self, ending: str) -> bytes:
        assert self._c.desk is not None
        from hakemus.usecases.package import zipped

        packager, held = self._c.services.packager(), self._held()
        document, chosen = self._c.desk.document(), self._paper()
        if ending == ".pdf":
            return made_aside(lambda: packager.merged(document, held, *chosen))
        return made_aside(lambda: zipped(packager.files(document, held, *chosen)))

    def do_export_review(self) -> None:
        """All findings with their sums, sources and marks as read."""
        self._export((".pdf",), self.t("Save review report"), "PDF (*.pdf)", self._review, self.t("review report"))

    def _review(self, _ending: str) -> bytes:
        from hakemus.usecases.reviewing import FileState

        assert self._c.desk is not None
        session, document = self._c.desk.session, self._c.desk.document()
        state = FileState(self._c.opened.seen if self._c.opened is not None else None, session.dirty)
        return made_aside(lambda: self._c.services.exporter().review_bytes(document, state, document.draft.language))

    def do_letter(self) -> None:
        """A letter of intent for the partner in the row that is current, or for the only one."""
        from hakemus.usecases.drafts import file_name

        desk, wizard = self._c.desk, self._c.window.wizard
        if desk is None or wizard is None:
            return
        self._c.leave_field()
        partners = {row.id: row for row in desk.session.draft.application.partners}
        partner = partners.get(self._current_partner()) or (
            next(iter(partners.values())) if len(partners) == 1 else None
        )
        if partner is None:
            ask(
                self._c.window,
                "note",
                self.t("No partner is chosen"),
                self.t("Go to the partner's row on the step Partners, and choose the command again."),
                [("ok", self.t("Close"))],
            )
            return
        document, name = desk.document(), partner.id
        self._export(
            (".pdf",),
            self.t("Save a letter of intent"),
            "PDF (*.pdf)",
            lambda _ending: made_aside(lambda: self._c.services.exporter().letter_bytes(document, name)),
            " ".join(part for part in (self.t("letter of intent"), file_name(partner.name or "", "")) if part),
        )

    def _current_partner(self) -> str:
        """The id of the partner whose row is current, where the partners are in sight."""
        from hakemus.ui.pages.partners import PartnersPage

        wizard = self._c.window.wizard
        page = wizard.page("partners") if wizard is not None and wizard.step == "partners" else None
        row = page.current if isinstance(page, PartnersPage) else ""
        return row.partition("[")[2].removesuffix("]")

    def do_read_returned(self) -> None:
        from hakemus.ui.returning import read_returned

        read_returned(self._c)

    def do_own_budget(self) -> None:
        """A budget that somebody made in a form of their own, beside the application's."""
        from hakemus.ui.reconciling import read_own_budget

        read_own_budget(self._c)

    def _pdf(self, _ending: str = ".pdf") -> bytes:
        assert self._c.desk is not None
        copy, language, second = self._paper()
        document = self._c.desk.document()
        return made_aside(lambda: self._c.services.exporter().pdf_bytes(document, copy, language, second))

    def _xlsx(self, _ending: str = ".xlsx") -> bytes:
        assert self._c.desk is not None
        copy, language, _ = self._paper()
        document = self._c.desk.document()
        return made_aside(lambda: self._c.services.exporter().xlsx_bytes(document, copy, language))

    def _paper(self) -> tuple[Copy, str, str]:
        from hakemus.report.model import Copy
        from hakemus.ui.pages.submit import SubmitPage

        assert self._c.desk is not None
        wizard = self._c.window.wizard
        page = wizard.page("submit") if wizard is not None and wizard.step == "submit" else None
        if isinstance(page, SubmitPage):
            return page.chosen()
        return Copy.DRAFT, self._c.desk.session.draft.language, ""

    def _export(
        self, endings: tuple[str, ...], title: str, kinds: str, make: Callable[[str], bytes], what: str = ""
    ) -> None:
        if self._c.desk is None:
            return
        self._c.leave_field()
        name = self._name()
        name = f"{name} – {what}{endings[0]}" if what else name + endings[0]
        path, kind = QFileDialog.getSaveFileName(self._c.window, title, str(Path(self._c.folder()) / name), kinds)
        if not path:
            return
        ending = next((each for each in endings if path.lower().endswith(each)), "")
        if not ending:
            ending = next((each for each in endings if f"*{each}" in kind), endings[0])
            path = with_ending(self._c, path, ending)
        if path and self._c.attempt(lambda: self._c.services.exporter().write(path, make(ending))):
            self._c.window.say(self.t("Written: {path}", path=path))

    def do_print(self) -> None:
        from hakemus.usecases.ports import PrintJob

        if self._c.desk is None:
            return
        self._c.leave_field()
        title = self._c.desk.session.value("project.title") or self.t("Application")
        self._c.attempt(lambda: self._c.services.printer.print(PrintJob(title, self._pdf())))
