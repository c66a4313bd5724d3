"""Carries out that a budget of somebody's own is held against the application: asks for the file, shows what agrees,
takes over what is chosen as one step, or keeps the report.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from hakemus.domain.messages import msg
from hakemus.ui.background import made_aside
from hakemus.ui.host import Host
from hakemus.usecases.errors import UserError
from hakemus.usecases.reconcile_report import Reconciled


def read_own_budget(controller: Host) -> None:
    """Ask for a file with a budget and hold it against the application."""
    desk = controller.desk
    if desk is None or desk.session.read_only:
        return
    desk.bridge.leave()
    path, _ = QFileDialog.getOpenFileName(
        controller.window,
        controller.t("Compare with a budget of your own"),
        controller.folder(),
        controller.t("Workbooks and tables (*.xlsx *.csv *.txt *.tsv);;All files (*)"),
    )
    if path:
        controller.attempt(lambda: _Held(controller, path).offer())


class _Held:
    """One file beside the open application."""

    def __init__(self, controller: Host, path: str) -> None:
        self._c, self._path = controller, Path(path)

    def offer(self) -> None:
        from hakemus.ui.dialogs.own_budget import Foreign, OwnBudgetDialog
        from hakemus.usecases.own_budget import take

        desk, services, window = self._c.desk, self._c.services, self._c.window
        assert desk is not None
        data = services.read_bytes(str(self._path))
        tables = made_aside(lambda: services.read_foreign(data, self._path.name))
        if not tables:
            raise UserError(msg("The file has no sheet with values."))
        dialog = OwnBudgetDialog(
            window,
            window.words,
            desk.session.draft,
            Foreign(self._path.name, tuple(tables)),
            services.budget_forms,
            save=self._save,
            print_=self._print,
        )
        accepted = bool(dialog.exec())
        chosen, mapping = dialog.chosen, dict(dialog.mapping)
        dialog.deleteLater()
        if accepted and chosen:
            count = take(desk.session, chosen, mapping, services.chance.draw)
            desk.bridge.judge_now()
            window.say(
                window.words.plural(
                    "{count} line was taken over from {file}.",
                    "{count} lines were taken over from {file}.",
                    count,
                    file=self._path.name,
                )
            )

    def _paper(self, held: Reconciled) -> bytes:
        assert self._c.desk is not None
        document, exporter = self._c.desk.document(), self._c.services.exporter()
        return made_aside(lambda: exporter.reconciliation_bytes(document, held, self._c.window.words.language))

    def _save(self, held: Reconciled) -> None:
        name = f"{self._path.stem} – {self._c.t('comparison of budgets')}.pdf"
        path, _ = QFileDialog.getSaveFileName(
            self._c.window, self._c.t("Save the report"), str(Path(self._c.folder()) / name), "PDF (*.pdf)"
        )
        if not path:
            return
        path = path if path.lower().endswith(".pdf") else f"{path}.pdf"
        if self._c.attempt(lambda: self._c.services.exporter().write(path, self._paper(held))):
            self._c.window.say(self._c.t("Written: {path}", path=path))

    def _print(self, held: Reconciled) -> None:
        from hakemus.usecases.ports import PrintJob

        title = self._c.t("Comparison of budgets")
        self._c.attempt(lambda: self._c.services.printer.print(PrintJob(title, self._paper(held))))
