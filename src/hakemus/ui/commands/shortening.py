"""A text that is too long, shortened beside the list of its sentences."""

from __future__ import annotations

from hakemus.domain.lengths import limit_of
from hakemus.ui.commands.commands import Commands
from hakemus.ui.commands.focus import in_focus
from hakemus.ui.dialogs.asking import ask


class Shortening(Commands):
    """Works on the text in focus."""

    def do_shorten(self) -> None:
        """Show the text in focus beside its sentences, and take what it becomes as one step."""
        from hakemus.ui.dialogs.shorten import ShortenDialog

        desk = self._c.desk
        if desk is None or desk.session.read_only:
            return
        path, _words = in_focus(self._c.window)
        limit = limit_of(desk.call, path) if path else None
        if limit is None:
            ask(
                self._c.window,
                "note",
                self.t("No text with a limit is chosen"),
                self.t("Go to a text that shows how long it may be, and choose the command again."),
                [("ok", self.t("Close"))],
            )
            return
        self._c.leave_field()
        dialog = ShortenDialog(self._c.window, desk, path, limit)
        try:
            if dialog.exec() and dialog.text != desk.session.text(path):
                desk.session.edit(path, dialog.text)
                desk.bridge.leave()
        finally:
            dialog.deleteLater()
        desk.wishes.go.emit(path)
