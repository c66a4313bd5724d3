"""Files taken into the application."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from hakemus.ui.commands.commands import Commands
from hakemus.ui.dialogs.asking import ask
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from hakemus.domain.application import Attachment


class Attaching(Commands):
    """Attachments live in the draft, by the hash of their content."""

    def do_attach(self) -> None:
        """Take files into the draft, by the hash of their content."""
        if self._c.desk is None or self._c.desk.session.read_only:
            return
        paths, _ = QFileDialog.getOpenFileNames(self._c.window, self.t("Attach a file"), self._c.folder())
        for path in paths:
            self.choose_attach(path)

    def choose_attach(self, path: str) -> None:
        """Take one file into the draft: chosen, or dragged onto the step Attachments."""
        if self._c.desk is None or self._c.desk.session.read_only:
            return
        try:
            self._attach(path)
        except UserError as error:
            self._c.tell(error, self.t("The file was not attached"))

    def _attach(self, path: str) -> None:
        from hakemus.usecases.attaching import attachment_values, refuse_size
        from hakemus.usecases.files import held_attachments, with_attachments

        assert self._c.desk is not None
        assert self._c.opened is not None
        with contextlib.suppress(OSError):  # what cannot be looked at is told of by the reading
            inside = held_attachments(self._c.opened, self._c.desk.document())
            held = sum(len(data) for data in inside.values())
            refuse_size(Path(path).name, Path(path).stat().st_size, held)
        data = self._c.services.read_bytes(path)
        digest = hashlib.sha256(data).hexdigest()
        self._c.hold(with_attachments(self._c.opened, {digest: data}))
        values = attachment_values(Path(path).name, data, digest)
        self._c.desk.session.insert_row("attachments", values)

    # -- what is attached --------------------

    def choose_open_attachment(self, path: str) -> None:
        """A copy of an attached file in the computer's own program; the draft's own is out of its reach."""
        from hakemus.usecases.attaching import name_to_open

        found = self._found(path)
        if found is None:
            return
        item, data = found
        name = name_to_open(item.filename or "", data)
        if name is not None:
            self._c.attempt(lambda: self._c.services.show_outside(data, name))
            return
        answer = ask(
            self._c.window,
            "warning",
            self.t("{name} is not opened from here", name=item.filename or self.t("The file")),
            self.t("By its content it may be something that a computer runs. Save a copy and look at it with care."),
            [("save", self.t("Save a copy…")), ("no", self.t("Close"))],
        )
        if answer == "save":
            self.choose_save_attachment(path)

    def choose_save_attachment(self, path: str) -> None:
        """A copy of an attached file where the person wants it."""
        from hakemus.usecases.attaching import safe_name

        found = self._found(path)
        if found is None:
            return
        item, data = found
        start = str(Path(self._c.folder()) / safe_name(item.filename or ""))
        target, _ = QFileDialog.getSaveFileName(self._c.window, self.t("Save a copy"), start)
        if target and self._c.attempt(lambda: self._c.services.exporter().write(target, data)):
            self._c.window.say(self.t("Written: {path}", path=target))

    def _found(self, path: str) -> tuple[Attachment, bytes] | None:
        """The row at an address and its file; a row that has none says so."""
        assert self._c.desk is not None
        assert self._c.opened is not None
        item = self._c.desk.session.value(path)
        data = self._c.opened.attachments.get(getattr(item, "sha256", None) or "")
        if item is None or data is None:
            self._c.window.say(self.t("No file is attached to this row."))
            return None
        return item, data
