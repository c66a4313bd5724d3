"""The keyboard card: every key of the window on one page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from hakemus.i18n.catalog import Catalog
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.key_card import key_card
from hakemus.ui.look.style import sp
from hakemus.ui.widgets.boxes import Beside, Page, clear_box, column, line, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import label
from hakemus.usecases.key_card import KeyGroup


class KeysDialog(QDialog):
    """All keys, grouped as the menus are; `save_asked` and `print_asked` want the card on paper."""

    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None, words: Catalog) -> None:
        super().__init__(parent)
        card = key_card(words, _native)
        self.setWindowTitle(card.title)
        left, right = column(gap=14), column(gap=14)
        half = sum(len(group.keys) + 1 for group in card.groups) / 2
        put = 0
        for group in card.groups:
            (left if put < half else right).addWidget(_group(group))
            put += len(group.keys) + 1
        both = Beside(sp(32), sp(14))
        for side in (left, right):
            side.addStretch(1)
            both.addWidget(clear_box(side))
        inner = Page(column(label(card.title, "h2", wrap=True), both, None, gap=12, margins=(24, 20, 24, 20)))
        close = button(words.text("Close"), "", "primary", does=self.accept)
        below = foot(
            button(words.text("Save PDF…"), does=self.save_asked.emit),
            button(words.text("Print…"), does=self.print_asked.emit),
            None,
            close,
        )
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 900, 680)
        close.setFocus()


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _group(group: KeyGroup) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(sp(3))
    grid.setColumnStretch(0, 1)
    for at, (words, key) in enumerate(group.keys):
        grid.addWidget(label(words, wrap=True), at, 0)
        grid.addWidget(label(key, "strong"), at, 1)
    return clear_box(column(label(group.title, "label"), grid, gap=6))
