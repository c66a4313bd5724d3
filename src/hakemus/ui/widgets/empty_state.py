"""What an empty list says: that it is empty, what belongs there, and the button that begins."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hakemus.ui.look.tokens import ICON
from hakemus.ui.widgets.badges import Glyph
from hakemus.ui.widgets.boxes import column, row
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.flow import Aside
from hakemus.ui.widgets.labels import MIDDLE, label


class EmptyState(QWidget):
    """A row for a card: icon, title, one sentence and at most one button."""

    def __init__(
        self, icon: str, title: str, text: str, action: str = "", does: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.action: Button | None = button(action, "plus", does=does) if action else None
        box = row(gap=14, margins=(0, 5, 5, 5))
        box.addWidget(Glyph(icon, "ink2", ICON["action"]), 0, MIDDLE)
        words = column(label(title, "strong", wrap=True), label(text, "small", wrap=True), gap=0)
        if self.action is None:
            box.addLayout(words, 1)
        else:
            box.addLayout(Aside(words, self.action), 1)
            self.setFocusProxy(self.action)
        self.setLayout(box)
