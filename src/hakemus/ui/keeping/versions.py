"""Earlier versions of the open application: the list, what can be done with each, and keeping one under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from hakemus.domain.messages import msg
from hakemus.i18n.dates import format_date
from hakemus.ui.commands.places import pdf_path
from hakemus.ui.dialogs import asking
from hakemus.ui.dialogs.one_text import ask_text
from hakemus.ui.dialogs.versions import VersionDeeds, VersionEntry, VersionsDialog
from hakemus.usecases import snapshots
from hakemus.usecases.errors import NotReady, UserError

if TYPE_CHECKING:
    from hakemus.domain.draft import Document, Draft, Snapshot
    from hakemus.ui.host import Host
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.keeping import KeptVersion


class Versions:
    """Made for one command, and keeps nothing."""

    def __init__(
        self,
        host: Host,
        look_at: Callable[[str, Document, OpenFile], None],
        compare_with_now: Callable[[str, Draft, Mapping[str, bytes]], object],
    ) -> None:
        """`look_at` shows a version by its name; `compare_with_now` shows it beside the present."""
        assert host.desk is not None
        assert host.opened is not None
        self._c, self._look_at, self._compare_with_now = host, look_at, compare_with_now
        self._session = host.desk.session
        self._opened: OpenFile = host.opened

    def t(self, msgid: str, /, **values: object) -> str:
        return self._c.t(msgid, **values)

    # -- the list --------------------

    def entries(self) -> list[VersionEntry]:
        """Named and submitted states of the file, and kept generations; the newest first."""
        found = [self._of_snapshot(item) for item in self._session.document.snapshots]
        if self._opened.path:
            keeping = self._c.services.keeping()
            found += [
                self._of_generation(item) for item in keeping.versions(self._session.document.id, self._opened.path)
            ]
        return sorted(found, key=lambda item: item.moment.timestamp() if item.moment else 0.0, reverse=True)

    def _of_snapshot(self, item: Snapshot) -> VersionEntry:
        members = [self._opened.attachments.get(name or "", b"") for name in (item.document, item.pdf)]

        @lru_cache(maxsize=1)
        def draft() -> Draft:
            return self._snapshot(item).draft

        return VersionEntry(
            item.label or "",
            snapshots.moment_of(item),
            sum(map(len, members)),
            draft,
            lambda: (self._snapshot(item), self._opened),
            item.kind or "",
            snapshots.paper_of(self._opened, item),
        )

    def _snapshot(self, item: Snapshot) -> Document:
        return snapshots.document_of(self._opened, item, self._c.services.keeping().parse_document)

    def _of_generation(self, item: KeptVersion) -> VersionEntry:
        keeping = self._c.services.keeping()

        @lru_cache(maxsize=1)
        def draft() -> Draft:
            return keeping.open_version(item).document.draft

        def whole() -> tuple[Document, OpenFile]:
            opened = keeping.open_version(item)
            return opened.document, opened

        return VersionEntry("", item.kept_at, item.size, draft, whole, by=item.by)

    def show(self) -> None:
        """The list, until it is closed or a version is opened."""
        deeds = VersionDeeds(self._open, self._compare, self._print, self._save_paper)
        self.dialog = VersionsDialog(
            self._c.window, self._c.window.words, self.entries(), lambda: self._session.draft, deeds
        )
        try:
            self.dialog.exec()
        finally:
            self.dialog.deleteLater()

    def _open(self, entry: VersionEntry) -> None:
        try:
            document, opened = entry.whole()
        except UserError as error:
            self._c.tell(error)
        else:
            self._look_at(self.dialog.title(entry), document, opened)

    def _compare(self, entry: VersionEntry) -> None:
        try:
            document, opened = entry.whole()
        except UserError as error:
            self._c.tell(error)
        else:
            self._compare_with_now(self.dialog.title(entry), document.draft, opened.attachments)

    def _print(self, entry: VersionEntry) -> None:
        from hakemus.usecases.ports import PrintJob

        paper = entry.paper
        if paper is not None:
            self._c.attempt(lambda: self._c.services.printer.print(PrintJob(self.dialog.title(entry), paper)))

    def _save_paper(self, entry: VersionEntry) -> None:
        from hakemus.usecases.drafts import file_name

        paper = entry.paper
        path = pdf_path(self._c, file_name(entry.label, self.t("Application")), self.dialog)
        if path and paper is not None:
            self._c.attempt(lambda: self._c.services.exporter().write(path, paper))

    # -- keeping --------------------

    def keep_named(self) -> bool:
        """Ask for a name, keep what stands under it in the file, and save."""
        label = ask_text(
            self._c.window,
            self.t("Keep a named version"),
            self.t("It is kept in the file itself and never changes. The application is saved at the same time."),
            self.t("Name of the version"),
            "",
            (self.t("Keep the version"), self.t("Cancel")),
            needed=True,
        )
        return label is not None and self._keep(label.strip())

    def mark_submitted(self) -> bool:
        """Freeze what stands with its paper, as it goes to the funder, and save."""
        from hakemus.report.model import Copy

        document = self._c.desk.document() if self._c.desk is not None else None
        assert document is not None
        language = document.draft.language
        exporter = self._c.services.exporter()
        text = self.t(
            "What stands now is kept in the file with its PDF and never changes. You can go on editing; "
            "what you change later is told apart from it."
        )
        ready = self._session.check.ready
        if not ready:
            text = self.t("The application still has errors; the paper says DRAFT.") + " " + text
        answer = asking.ask(
            self._c.window,
            "note" if ready else "warning",
            self.t("Mark the application as submitted?"),
            text,
            [("mark", self.t("Mark as submitted"))],
            cancel=self.t("Cancel"),
        )
        if answer != "mark":
            return False
        today = self._c.services.clock.today()
        if self._session.value("submission.submitted_on") is None:
            self._session.apply({"submission.submitted_on": today.isoformat()}, msg("marking as submitted"))
            assert self._c.desk is not None
            document = self._c.desk.document()
        try:
            try:
                pdf = exporter.pdf_bytes(document, Copy.SUBMISSION, language)
            except NotReady:
                pdf = exporter.pdf_bytes(document, Copy.DRAFT, language)
        except UserError as error:
            self._c.tell(error)
            return False
        return self._keep(self.t("Submitted {day}", day=format_date(today)), pdf)

    def _keep(self, label: str, pdf: bytes = b"") -> bool:
        services = self._c.services
        assert self._c.desk is not None
        self._c.desk.bridge.leave()
        document = self._c.desk.document()
        data = services.keeping().document_bytes(document)
        opened, kept = snapshots.taken(
            self._opened, document, data, label, services.clock.now(), services.chance.draw, pdf
        )
        self._c.take_document(opened, kept)
        return self._c.save()
