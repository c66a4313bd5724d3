"""What is shown read-only, bound to no path, and saved under a new name: what is left of a damaged file, and what a
paper carries inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hakemus.domain.messages import msg
from hakemus.ui.commands.commands import Commands
from hakemus.ui.keeping.notes import notes_text
from hakemus.ui.widgets.notice import NoticeView
from hakemus.usecases.errors import Damaged, Problem, UserError
from hakemus.usecases.installed_call import installed_call

if TYPE_CHECKING:
    from hakemus.domain.draft import CallReference
    from hakemus.ui.host import Host
    from hakemus.ui.keeping.messages import Made, Messages
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.keeping import KeptVersion


class Rescuing(Commands):
    """Shows what is left of a file, and saves what is shown read-only."""

    def __init__(self, host: Host, messages: Messages) -> None:
        super().__init__(host)
        self._messages = messages
        self.source = ""
        """The damaged file of which something is shown; it stays as it is."""

    def show_damaged(self, path: str, error: UserError) -> None:
        """What can be read of a damaged file, else the last version that this computer keeps of it, else the reason."""
        keeping = self._c.services.keeping()
        rescued = keeping.rescue(path) if isinstance(error, Damaged) else None
        kept = next(iter(keeping.versions_at(path)), None) if isinstance(error, Damaged) else None
        if rescued is not None:
            opened, whole = rescued
            notes = (*opened.notes, *self._of_call(opened.document.draft.call))
            self._show(opened, path, lambda: self._damaged(path, error, kept, notes, whole=whole))
        elif kept is not None:
            self._show_kept(path, error, kept)
        else:
            self._tell_lost(path, error)

    def _of_call(self, call: CallReference) -> tuple[Problem, ...]:
        """Where a rescued call is not as this computer has it: a term that was lost would be missed by nothing else."""
        if installed_call(call, self._c.services.definition_of) is None:
            return ()
        said = msg(
            "The call inside the file differs from the one of this computer and may have lost a part: the terms of the "
            "call compare the two."
        )
        return (Problem("call", said),)

    def _tell_lost(self, path: str, error: UserError) -> None:
        """Nothing of the file can be shown: what is wrong in it, and where else there may be a copy."""
        said = msg(
            "{path}: {reason} Nothing of it could be read, and this computer keeps no earlier version of it. Open a "
            "copy from a backup, or have it sent again.",
            path=path,
            reason=error.message,
        )
        self._c.tell(UserError(said, error.problems), self.t("The file was not opened"))

    def _tell_faults(self, path: str, error: UserError) -> None:
        """Every fault of the file, for whoever is to mend it."""
        self._c.tell(error, self.t("What is wrong in {name}", name=Path(path).name))

    def _show(self, opened: OpenFile, path: str, told: Made) -> None:
        self._c.show_file(opened, read_only=True)
        self.source = path
        self._messages.tell(told)

    def _show_kept(self, path: str, error: UserError, version: KeptVersion) -> None:
        """What the file held before it was last saved here. The file itself is not touched."""
        try:
            opened = self._c.services.keeping().open_version(version)
        except UserError:  # the version is gone as well: the file's own fault is what there is to say
            self._tell_lost(path, error)
        else:
            self._show(opened, path, lambda: self._instead(path, error, version))

    def _instead(self, path: str, error: UserError, version: KeptVersion) -> NoticeView:
        return NoticeView(
            "error",
            self.t("{name} is damaged: read only", name=Path(path).name),
            self.t(
                "Shown here is what the file held before it was saved {moment}, as this computer keeps it. Save it "
                "under a new name to go on.",
                moment=self._c.window.words.moment(version.kept_at),
            ),
            [
                (self.t("Save under a new name…"), self._c.save),
                (self.t("What could be read"), lambda: self.show_damaged(path, error)),
                (self.t("What is wrong…"), lambda: self._tell_faults(path, error)),
            ],
        )

    def _damaged(
        self, path: str, error: UserError, kept: KeptVersion | None, notes: Sequence[Problem], *, whole: bool
    ) -> NoticeView:
        text = (
            self.t("Its text could be read to the end. Save it under a new name to go on.")
            if whole
            else self.t("What could be read of it is shown here. Save it under a new name to go on, and look it over.")
        )
        text = f"{text} {notes_text(self._c.window.words, notes)}".rstrip()
        deeds: list[tuple[str, Callable[[], object]]] = [(self.t("Save under a new name…"), self._c.save)]
        if kept is not None:
            deeds.append((self.t("Show the last version"), lambda: self._show_kept(path, error, kept)))
        deeds.append((self.t("What is wrong…"), lambda: self._tell_faults(path, error)))
        return NoticeView("error", self.t("{name} is damaged: read only", name=Path(path).name), text, deeds)

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
