"""Carries out that a workbook comes back: asks for the file, shows what was changed in it, takes over what is chosen
as one step.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from hakemus.ui.host import Host


def read_returned(controller: Host) -> None:
    """Ask for a workbook and offer its changes."""
    desk = controller.desk
    if desk is None or desk.session.read_only:
        return
    desk.bridge.leave()
    path, _ = QFileDialog.getOpenFileName(
        controller.window,
        controller.t("Read a returned workbook"),
        controller.folder(),
        controller.t("Excel workbooks (*.xlsx);;All files (*)"),
    )
    if path:
        controller.attempt(lambda: _offer(controller, path))


def _offer(controller: Host, path: str) -> None:
    from hakemus.ui.dialogs.returned import ReturnedDialog
    from hakemus.usecases.offering import offered
    from hakemus.usecases.taking_over import take

    desk = controller.desk
    assert desk is not None
    services = controller.services
    workbook = services.read_returned(services.read_bytes(path))
    returned = offered(desk.document(), workbook, services.chance.draw)
    dialog = ReturnedDialog(controller.window, controller.window.words, desk.session.draft, returned, Path(path).name)
    accepted = bool(dialog.exec())
    chosen = dialog.chosen
    dialog.deleteLater()
    if accepted and chosen:
        take(desk.session, chosen)
        desk.bridge.judge_now()
        controller.window.say(
            controller.window.words.plural(
                "{count} change was taken over from the workbook.",
                "{count} changes were taken over from the workbook.",
                len(chosen),
            )
        )
