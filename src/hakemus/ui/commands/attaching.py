"""Files taken into the application."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from hakemus.ui.commands.commands import Commands


class Attaching(Commands):
    """Attachments live in the draft, by the hash of their content."""

    def do_attach(self) -> None:
        """Take files into the draft, by the hash of their content."""
        if self._c.desk is None or self._c.desk.session.read_only:
            return
        paths, _ = QFileDialog.getOpenFileNames(self._c.window, self.t("Attach a file"), self._c.folder())
        for path in paths:
            self._c.attempt(lambda path=path: self._attach(path))  # type: ignore[misc]

    def _attach(self, path: str) -> None:
        from hakemus.usecases.attaching import attachment_values

        assert self._c.desk is not None
        assert self._c.opened is not None
        data = self._c.services.read_bytes(path)
        digest = hashlib.sha256(data).hexdigest()
        self._c.hold(replace(self._c.opened, attachments={**self._c.opened.attachments, digest: data}))
        values = attachment_values(Path(path).name, data, digest)
        self._c.desk.session.insert_row("attachments", values)
