"""Attachments in a file that no row names: shown as rows, to be looked at, or taken out of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hakemus.ui.commands.commands import Commands
from hakemus.ui.dialogs.asking import ask

if TYPE_CHECKING:
    from hakemus.usecases.files import OpenFile


class Strays(Commands):
    """What can be done about them. Nothing leaves the file unasked."""

    def deeds(self, opened: OpenFile) -> Sequence[tuple[str, Callable[[], object]]]:
        """The buttons of the message about a file; none where it has no such attachment, or may not be changed."""
        desk = self._c.desk
        if not opened.strays or opened.newer_minor or desk is None or desk.read_only:
            return ()
        return (
            (self.t("Show them as rows"), lambda: self._show(opened)),
            (self.t("Take them out…"), lambda: self._take_out(opened)),
        )

    def _left(self, opened: OpenFile) -> list[str]:
        """Those that no row names now and that have not been taken out yet."""
        from hakemus.usecases.files import listed_members

        desk, now = self._c.desk, self._c.opened
        if desk is None or now is None or now.document.id != opened.document.id:
            return []
        left = opened.strays - listed_members(desk.document()) - now.removable
        return sorted(left & now.attachments.keys())

    def _show(self, opened: OpenFile) -> None:
        from hakemus.usecases.attaching import attachment_values, name_to_open

        left, desk, now = self._left(opened), self._c.desk, self._c.opened
        if not left or desk is None or now is None:
            self._c.window.say(self.t("There is no attachment without a row left."))
            return
        for at, digest in enumerate(left, 1):
            data = now.attachments[digest]
            name = " ".join((self.t("Unnamed attachment"), *([str(at)] if len(left) > 1 else [])))
            values = attachment_values(name_to_open(name, data) or name, data, digest)
            desk.session.insert_row("attachments", values)
        if self._c.window.wizard is not None:
            self._c.window.wizard.go("attachments")

    def _take_out(self, opened: OpenFile) -> None:
        from hakemus.usecases.files import without_attachments

        left, desk, now = self._left(opened), self._c.desk, self._c.opened
        if not left or desk is None or now is None:
            self._c.window.say(self.t("There is no attachment without a row left."))
            return
        answer = ask(
            self._c.window,
            "warning",
            self._c.window.words.plural(
                "Take {count} attachment out of the file?", "Take {count} attachments out of the file?", len(left)
            ),
            self.t(
                "No row names them, so they are in no list. The next save leaves them out; the earlier versions on "
                "this computer keep them."
            ),
            [("out", self.t("Take them out"))],
            cancel=self.t("Cancel"),
        )
        if answer == "out" and self._c.saving:
            self._c.window.say(self.t("The application is being saved. Try again in a moment."))
        elif answer == "out":
            self._c.take_document(without_attachments(now, left), desk.session.document)
            self._c.after_change()
