"""The guide, the keyboard card and what the program is: read beside the application, kept as PDF, printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hakemus.ui.background import made_aside
from hakemus.ui.commands.commands import Commands
from hakemus.ui.commands.places import pdf_path
from hakemus.ui.dialogs.asking import ask

if TYPE_CHECKING:
    from hakemus.ui.dialogs.guide import GuideDialog


class Helping(Commands):
    """What a person reads to get on."""

    def do_keys(self) -> None:
        from hakemus.ui.dialogs.keys import KeysDialog
        from hakemus.ui.key_card import key_card

        card = key_card(self._c.window.words)
        dialog = KeysDialog(self._c.window, self._c.window.words)

        def paper() -> bytes:
            return self._c.services.keys_pdf(card)

        dialog.save_asked.connect(lambda: self._save(card.title, paper))
        dialog.print_asked.connect(lambda: self._print(card.title, paper))
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    def do_guide(self) -> None:
        """The user's guide beside the window, at the step that is open."""
        from hakemus.ui.dialogs.guide import GuideDialog

        shown = next(iter(self._c.window.findChildren(GuideDialog)), None)
        dialog = shown or self._guide()
        if self._c.window.wizard is not None:
            dialog.open_step(self._c.window.wizard.step)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _guide(self) -> GuideDialog:
        from hakemus.ui.dialogs.guide import GuideDialog

        dialog = GuideDialog(self._c.window, self._c.window.words, self._c.services.guide)
        title, paper = dialog.windowTitle(), self._c.services.guide_pdf
        dialog.save_asked.connect(lambda language: self._save(title, lambda: paper(language)))
        dialog.print_asked.connect(lambda language: self._print(title, lambda: paper(language)))
        return dialog

    def _save(self, title: str, paper: Callable[[], bytes]) -> None:
        path = pdf_path(self._c, title)
        if path and self._c.attempt(lambda: self._c.services.exporter().write(path, made_aside(paper))):
            self._c.window.say(self.t("Written: {path}", path=path))

    def _print(self, title: str, paper: Callable[[], bytes]) -> None:
        from hakemus.usecases.ports import PrintJob

        self._c.attempt(lambda: self._c.services.printer.print(PrintJob(title, made_aside(paper))))

    def do_about(self) -> None:
        from hakemus import __version__

        ask(
            self._c.window,
            "note",
            self.t("Hakemus {version}", version=__version__),
            self.t(
                "Drafts applications for state grants of public libraries. The program never uses the network: "
                "everything stays on this computer. Free software under the MIT licence."
            ),
            [("ok", self.t("Close"))],
        )
