"""Marks of what is secret: set from the field or row in focus, looked through in a list."""

from __future__ import annotations

from hakemus.domain.paths import row_of
from hakemus.ui.commands.commands import Commands
from hakemus.ui.commands.focus import in_focus
from hakemus.ui.dialogs.asking import ask


class Secrecy(Commands):
    """What public copies are made without."""

    def do_mark_secret(self) -> None:
        """Ask which part of the field or row in focus is secret, and on which ground."""
        from hakemus.ui.dialogs.secrets import MarkDialog

        desk = self._c.desk
        if desk is None or desk.session.read_only:
            return
        path, passage = in_focus(self._c.window)
        if not path:
            ask(
                self._c.window,
                "note",
                self.t("Nothing is chosen"),
                self.t("Go to the field or the row that is secret, or select the words, and choose the command again."),
                [("ok", self.t("Close"))],
            )
            return
        dialog = MarkDialog(self._c.window, desk, self._extents(path, passage))
        if dialog.exec():
            desk.bridge.leave()
            chosen, words = dialog.extent
            desk.session.mark_secret(chosen, dialog.chosen_ground, passage=words, note=dialog.note.text().strip())
        dialog.deleteLater()

    def do_secrets(self) -> None:
        """Every mark of the draft."""
        from hakemus.ui.dialogs.secrets import SecretsDialog

        desk = self._c.desk
        if desk is None:
            return
        dialog = SecretsDialog(self._c.window, desk)
        dialog.exec()
        wanted = dialog.wanted
        dialog.deleteLater()
        if wanted:
            desk.wishes.go.emit(wanted)

    def _extents(self, path: str, passage: str) -> list[tuple[str, str, str]]:
        from hakemus.ui.binding.secret_words import quoted

        desk = self._c.desk
        assert desk is not None
        found = []
        if passage:
            found.append((path, passage, self.t("The selected words: {words}", words=quoted(passage))))
        found.append((path, "", self.t("The whole field: {field}", field=desk.field_name(path))))
        row = row_of(path)
        if row is not None and row != path:
            found.append((row, "", self.t("The whole row: {row}", row=desk.field_name(row))))
        return found
