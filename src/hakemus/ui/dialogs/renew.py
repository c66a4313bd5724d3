"""A new application from an old one: which old file, and under which call."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from hakemus.i18n.catalog import Catalog
from hakemus.ui.dialogs.foot_and_size import answers, fit_height, foot, open_at
from hakemus.ui.widgets.boxes import Page, column, line, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.flow import Aside
from hakemus.ui.widgets.labels import Label, label
from hakemus.usecases.start_cards import CallCard


class RenewDialog(QDialog):
    """`path` is the old file and `call` the call's id, once the dialog was accepted."""

    def __init__(
        self,
        parent: QWidget | None,
        words: Catalog,
        calls: Sequence[CallCard],
        today: datetime.date,
        browse: Callable[[], str],
        path: str = "",
    ) -> None:
        super().__init__(parent)
        t = words.text
        self._words, self._browse = words, browse
        self.path = path
        self.setWindowTitle(t("New from an old application"))
        self._shown = Label("", wrap=True)
        self._choose = button(t("Choose the old application…"), "folder", "normal", does=self._ask)
        self.which = Combo()
        self.which.cut = Qt.TextElideMode.ElideMiddle  # calls of one kind differ in their year, the last word
        self.which.setAccessibleName(t("Call"))
        for card in sorted(calls, key=lambda card: _rank(card, today)):
            self.which.addItem(words.choose(card.title), card.id)
        self._begin = button(t("Begin"), "", "primary", does=self.accept)
        self._begin.setDefault(True)
        kept = t(
            "Who applies, the partners, goals, activities and texts are copied, and marked as coming from the old "
            "application until they are changed. Dates, sums, decisions and attachments are left out. "
            "The old file stays as it is."
        )
        page = column(
            label(t("New from an old application"), "h2", wrap=True),
            label(kept, "body2", wrap=True),
            Aside(self._shown, self._choose),
            label(t("Call"), "label"),
            self.which,
            None,
            gap=12,
            margins=(24, 20, 24, 16),
        )
        below = foot(None, *answers(self._begin, button(t("Cancel"), does=self.reject)))
        self.setLayout(column(scroll(Page(page)), line(), below, gap=0))
        open_at(self, 720, 380)
        self._follow()

    @property
    def call(self) -> str:
        return str(self.which.currentData() or "")

    def _ask(self) -> None:
        self.path = self._browse() or self.path
        self._follow()

    def _follow(self) -> None:
        self._shown.set_text(self.path or self._words.text("No file chosen yet"))
        self._begin.setEnabled(bool(self.path and self.call))
        if self.isVisible():  # a long path takes two lines
            fit_height(self)


def _rank(card: CallCard, today: datetime.date) -> tuple[bool, str]:
    """Calls that can still be applied to first, the next to close at the top."""
    closes = card.closes or "9999"
    return (not card.always_open and closes < today.isoformat(), closes)
