"""The same application for another call: what comes of it there, before a copy is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, fit_height, foot, open_at
from hakemus.ui.widgets.boxes import Page, card, column, line, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.labels import Label, label
from hakemus.ui.widgets.sum_table import SumRow, SumTable
from hakemus.usecases import other_call, rendering
from hakemus.usecases.errors import UserError
from hakemus.usecases.start_cards import CallCard


class OtherCallDialog(QDialog):
    """Accepted: make a copy for the call `chosen`."""

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        cards: Sequence[CallCard],
        definition_of: Callable[[str], Mapping[str, Any]],
    ) -> None:
        super().__init__(parent)
        self._desk, self._definition_of = desk, definition_of
        self.setWindowTitle(desk.t("For another call"))
        language = desk.words.language
        options = [(item.id, item.title.get(language) or item.id) for item in cards if item.id != desk.call.id]
        self._choice = Field(desk.t("Call"), Kind.CHOICE, options=[("", desk.t("Not chosen")), *options])
        self._choice.edited.connect(self._show)
        self._table = SumTable()
        self._words: Label = label("", "body2", wrap=True)
        self._card = card(label(desk.t("What comes of it there"), "label"), self._table, self._words)
        self._make = button(desk.t("Make a copy for this call"), "", "primary", does=self.accept)
        lead = desk.t(
            "Texts, rows and attachments go along as they are. This application stays as it is; the copy is a new one."
        )
        inner = Page(
            column(
                label(desk.t("For another call"), "h2", wrap=True),
                label(lead, "body2", wrap=True),
                self._choice,
                self._card,
                None,
                gap=12,
                margins=(24, 20, 24, 16),
            )
        )
        below = foot(None, *answers(self._make, button(desk.t("Close"), does=self.reject)))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 620, 520)
        self._show("")

    @property
    def chosen(self) -> str:
        """The id of the call; empty where none is chosen."""
        return self._choice.text()

    def _show(self, call_id: str) -> None:
        desk = self._desk
        self._make.setEnabled(bool(call_id))
        self._card.setVisible(bool(call_id))
        if not call_id:
            return
        here = desk.session.check
        try:
            definition = self._definition_of(call_id)
        except UserError as error:
            self._make.setEnabled(False)
            self._table.set([])
            faults = (f"{item.path}: {desk.say(item.message)}" for item in error.problems)
            self._words.set_text("\n".join((desk.say(error.message), *faults)))
            fit_height(self)
            return
        there = other_call.tried(here, definition, here.today)
        now = {
            desk.say(item.label): rendering.figure_text(item.amount, here.call.currency)
            for item in other_call.sums(here)
        }
        rows = []
        for item in other_call.sums(there):
            words, figure = desk.say(item.label), rendering.figure_text(item.amount, there.call.currency)
            if words in now and now[words] != figure:
                words = desk.t("{words} (now {figure})", words=words, figure=now[words])
            rows.append(SumRow(words, figure))
        self._table.set(rows)
        self._words.set_text("\n".join(desk.say(words) for words in other_call.stays_behind(here, there)))
        fit_height(self)
