"""Finding words in the open application: the dialog, and the walk from hit to hit without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hakemus.ui.commands.commands import Commands

if TYPE_CHECKING:
    from hakemus.ui.host import Host
    from hakemus.usecases.searching import Hit


class Finding(Commands):
    """Remembers what was sought last, and the hit that was last gone to."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._sought = ""
        self._at = -1

    def do_find(self) -> None:
        from hakemus.ui.dialogs.find import FindDialog

        if self._c.desk is None:
            return
        self._c.leave_field()
        dialog = FindDialog(self._c.window, self._c.desk, self._hits, self._sought)
        dialog.line.textChanged.connect(self._seek)
        dialog.chosen.connect(self._go)
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    def do_find_next(self) -> None:
        self._walk(1)

    def do_find_previous(self) -> None:
        self._walk(-1)

    def _seek(self, sought: str) -> None:
        self._sought, self._at = sought, -1

    def _hits(self, sought: str) -> Sequence[Hit]:
        from hakemus.usecases.searching import find

        desk = self._c.desk
        return find(desk.session.draft, desk.call, desk.words, sought) if desk is not None else ()

    def _walk(self, by: int) -> None:
        if self._c.desk is None:
            return
        if not self._sought.strip():
            self.do_find()
            return
        self._c.leave_field()
        hits = self._hits(self._sought)
        if not hits:
            self._c.window.say(self.t('"{text}" was not found.', text=self._sought.strip()))
            return
        before = self._at if self._at >= 0 else (-1 if by > 0 else 0)
        self._go(hits, (before + by) % len(hits))

    def _go(self, hits: Sequence[Hit], at: int) -> None:
        """Open the place of a hit, select the words where they can be selected, and say how many there are."""
        from hakemus.ui.dialogs.find import place_words

        desk, wizard = self._c.desk, self._c.window.wizard
        if desk is None or wizard is None:
            return
        hit = hits[at]
        self._at = at
        wizard.go(hit.path)
        wizard.select(hit.path, hit.text, hit.start, hit.end)
        self._c.window.say(
            self.t("Hit {number} / {count}: {place}", number=at + 1, count=len(hits), place=place_words(desk, hit))
        )
