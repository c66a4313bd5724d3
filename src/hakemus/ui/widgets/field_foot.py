"""What stands below a control: a message with its icon, a counter with its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hakemus.ui.look.tokens import ICON
from hakemus.ui.widgets.badges import STATE, Glyph
from hakemus.ui.widgets.boxes import row, show_if
from hakemus.ui.widgets.labels import RIGHT, TOP, Label


class FieldFoot(QWidget):
    """Shown while it says something. Its halves are made when they first do: most fields never have one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.glyph: Glyph | None = None
        self.message: Label | None = None
        self.over: Glyph | None = None
        self.counter: Label | None = None
        self._row = row(None, gap=6)
        self.setLayout(self._row)

    def set_message(self, level: str, text: str) -> None:
        """A message of a level of `STATE`; an empty one takes it away."""
        if self.message is None or self.glyph is None:
            if not text:
                return
            self.glyph, self.message = Glyph("", "ink2", ICON["button"]), Label("", "small", wrap=True)
            self._row.insertWidget(0, self.glyph, 0, TOP)
            self._row.insertWidget(1, self.message, 1)
            self._row.setStretch(2, 0)
        if text:
            icon, tone = STATE[level]
            self.glyph.set(icon, tone)
            self.message.set_tone(tone)
        self.message.set_text(text)
        show_if(self.glyph, bool(text))
        show_if(self.message, bool(text))
        self._show()

    def set_counter(self, text: str, *, over: bool) -> None:
        """A counter at the right, with a warning icon where it is `over`; an empty one takes it away."""
        if self.counter is None or self.over is None:
            if not text:
                return
            self.over, self.counter = Glyph("warning", "warn", ICON["button"]), Label("", "small", align=RIGHT)
            self._row.addWidget(self.over, 0, TOP)
            self._row.addWidget(self.counter, 0, TOP | RIGHT)
        self.counter.set_text(text)
        self.counter.set_tone("warn" if over else "ink2")
        show_if(self.counter, bool(text))
        show_if(self.over, bool(text) and over)
        self._show()

    def _show(self) -> None:
        show_if(self, any(part is not None and part.text() for part in (self.message, self.counter)))
