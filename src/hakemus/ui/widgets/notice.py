"""A message that stays until it is dealt with, with up to three things that can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from hakemus.ui.look.style import set_property, sp
from hakemus.ui.look.tokens import ICON
from hakemus.ui.widgets.badges import STATE, glyph
from hakemus.ui.widgets.boxes import column, row
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import TOP, label


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Kind of the state (`warning`, `note`, …), a line in bold, a sentence, and (words, deed) of each button."""

    kind: str
    title: str
    text: str = ""
    deeds: Sequence[tuple[str, Callable[[], object]]] = ()
    close: str = ""
    """The name of the button that puts the message away; empty for a message that must stay."""


class Notice(QFrame):
    """The message as a bar; its buttons stand under its words, so that no width is too narrow for them."""

    def __init__(self, view: NoticeView, closed: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setObjectName("banner")
        icon, tone = STATE[view.kind]
        self.buttons: list[Button] = [button(words, "", "small", does=does) for words, does in view.deeds]
        words = column(label(view.title, "strong", tone, wrap=True), gap=2)
        if view.text:
            words.addWidget(label(view.text, wrap=True))
        if self.buttons:
            words.addSpacing(sp(5))
            words.addLayout(Flow(*self.buttons))
        box = row(gap=12, margins=(14, 9, 14, 10))
        box.addWidget(glyph(icon, tone, ICON["finding"]), 0, TOP)
        box.addLayout(words, 1)
        if view.close:
            box.addWidget(button("", "close", "tool", tip=view.close, does=closed), 0, TOP)
        self.setLayout(box)
        set_property(self, "tint", tone if tone in ("ok", "error", "warn", "note") else "note")
        self.setAccessibleName(f"{view.title}. {view.text}" if view.text else view.title)
