"""What is shown read-only, bound to no path, and saved under a new name: what is left of a damaged file, and what a
paper carries inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hakemus.ui.commands.commands import Commands
from hakemus.ui.widgets.notice import NoticeView
from hakemus.usecases.errors import Damaged, UserError

if TYPE_CHECKING:
    from hakemus.ui.host import Host
    from hakemus.ui.keeping.messages import Messages
    from hakemus.usecases.files import OpenFile


class Rescuing(Commands):
    """Shows what is left of a file, and saves what is shown read-only."""

    def __init__(self, host: Host, messages: Messages) -> None:
        super().__init__(host)
        self._messages = messages
        self.source = ""
        """The damaged file of which something is shown; it stays as it is."""

    def show_damaged(self, path: str, error: UserError) -> None:
        """What can be read of a damaged file; where that is nothing, the reason alone."""
        rescued = self._c.services.keeping().rescue(path) if isinstance(error, Damaged) else None
        if rescued is None:
            self._c.tell(error)
            return
        opened, whole = rescued
        self._c.show_file(opened, read_only=True)
        self.source = path
        self._messages.tell(lambda: self._damaged(path, error, whole=whole))

    def _damaged(self, path: str, error: UserError, *, whole: bool) -> NoticeView:
        text = (
            self.t("Its text could be read to the end. Save it under a new name to go on.")
            if whole
            else self.t("What could be read of it is shown here. Save it under a new name to go on, and look it over.")
        )
        return NoticeView(
            "error",
            self.t("{name} is damaged: read only", name=Path(path).name),
            text,
            [
                (self.t("Save under a new name…"), self._c.save),
                (self.t("What is wrong…"), lambda: self._c.tell(error)),
            ],
        )

    def show_paper(self, opened: OpenFile, path: str) -> None:
        """The application inside a paper as it was; the paper is never touched."""
        self._c.show_file(opened, read_only=True)
        self._messages.tell(lambda: self._paper(opened, path))

    def _paper(self, opened: OpenFile, path: str) -> NoticeView:
        from hakemus.usecases.papers import without_files

        text = self.t("This is the application that the paper was made from. Save it as a draft to go on with it.")
        _, absent = without_files(opened.document, opened.attachments)
        if absent:
            said = self.t("The attachments are not inside the paper: {names}.", names=", ".join(absent))
            text = f"{text} {said}"
        return NoticeView(
            "note",
            self.t("{name} is a paper: read only", name=Path(path).name),
            text,
            [(self.t("Save as a draft…"), self._c.save)],
        )
