"""State as icon and word, always together: glyphs, badges, banners, progress and the program's mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from hakemus.ui.look import icons
from hakemus.ui.look.style import color, hue, px, set_property
from hakemus.ui.look.tokens import ICON, RADIUS
from hakemus.ui.widgets.boxes import column, row, show_if
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import MIDDLE, TOP, Label, label, set_tip

STATE: Final[dict[str, tuple[str, str]]] = {
    "done": ("done", "ok"),
    "half": ("half", "ink2"),
    "empty": ("empty", "ink2"),
    "error": ("error", "error"),
    "warning": ("warning", "warn"),
    "note": ("note", "note"),
}
"""Kind of a state: its icon and its tone."""

_SOFT: Final = {"ok": "ok_soft", "error": "error_soft", "warn": "warn_soft", "note": "note_soft"}


class Glyph(QWidget):
    """An icon that asks for its colour when it paints: a change of theme needs no call."""

    def __init__(self, name: str, tone: str = "ink2", size: int = 20) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(px(size), px(size))

    def set(self, name: str, tone: str) -> None:
        """Another icon or tone."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            icons.paint(QPainter(self), self._name, hue(self._tone), QRectF(self.rect()))


def glyph(name: str, tone: str = "ink2", size: int = 20) -> Glyph:
    """An icon in one line of code."""
    return Glyph(name, tone, size)


def state(kind: str, words: str, role: str = "small") -> QHBoxLayout:
    """Icon and word of a state, in a row."""
    icon, tone = STATE[kind]
    return row(glyph(icon, tone, ICON["button"]), label(words, role, tone), gap=6)


class Badge(QWidget):
    """A state on a soft ground; hidden while it has no words."""

    def __init__(self, kind: str = "empty", words: str = "") -> None:
        super().__init__()
        self._kind = kind
        self._glyph = Glyph("", "ink2", ICON["badge"])
        self._words = Label("", "small")
        self.setLayout(row(self._glyph, self._words, gap=6, margins=(7, 2, 8, 2)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(kind, words)

    def set(self, kind: str, words: str) -> None:
        """Another state."""
        icon, tone = STATE[kind]
        self._kind = kind
        self._glyph.set(icon, tone)
        self._words.set_tone(tone)
        self._words.set_text(words)
        show_if(self, bool(words))
        self.update()

    def text(self) -> str:
        """The words in sight."""
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = STATE[self._kind][1]
        painter.setBrush(color(_SOFT.get(tone, "sunken")))
        # Where grounds do not differ (high contrast) the border alone says that this is one thing.
        soft = hue(_SOFT.get(tone, "sunken"))
        painter.setPen(QPen(color(tone), 1) if soft == hue("surface") else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS["badge"], RADIUS["badge"])


class Banner(QFrame):
    """A message that stays until it is solved: icon, bold line, one sentence, at most one small button."""

    def __init__(
        self,
        kind: str,
        title: str,
        text: str = "",
        action: str = "",
        does: Callable[[], object] | None = None,
        *,
        close: str = "",
        closed: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("banner")
        icon, tone = STATE[kind]
        self._glyph = Glyph(icon, tone, ICON["finding"])
        self._title = Label(title, "strong", tone, wrap=True)
        self._text = Label(text, wrap=True)
        show_if(self._text, bool(text))
        self.action = button(action or " ", "", "small", does=does)
        show_if(self.action, bool(action))
        self.close_button = button("", "close", "tool", tip=close or " ", does=closed)
        show_if(self.close_button, bool(close))
        box = row(gap=12, margins=(14, 10, 14, 11))
        box.addWidget(self._glyph, 0, TOP)
        box.addLayout(column(self._title, self._text, gap=2), 1)
        box.addWidget(self.action, 0, MIDDLE)
        box.addWidget(self.close_button, 0, MIDDLE)
        self.setLayout(box)
        set_property(self, "tint", tone if tone in _SOFT else "note")

    def set(self, kind: str, title: str, text: str = "", action: str = "") -> None:
        """Another message in the same place."""
        icon, tone = STATE[kind]
        self._glyph.set(icon, tone)
        self._title.set_tone(tone)
        self._title.set_text(title)
        self._text.set_text(text)
        show_if(self._text, bool(text))
        self.action.set_text(action or " ")
        show_if(self.action, bool(action))
        set_property(self, "tint", tone if tone in _SOFT else "note")


class Progress(QWidget):
    """n of m as separate notches: countable, also without colour. `words` is the same as a sentence."""

    def __init__(self, done: int, total: int, words: str, width: int = 150) -> None:
        super().__init__()
        self._done, self._total = done, max(1, total)
        self.setFixedSize(px(width), px(8))
        self.setAccessibleName(words)

    def set(self, done: int, total: int, words: str) -> None:
        """Another count."""
        self._done, self._total = done, max(1, total)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 3.0
        each = (self.width() - gap * (self._total - 1)) / self._total
        for at in range(self._total):
            notch = QRectF(at * (each + gap), 0.5, each, self.height() - 1)
            if at < self._done:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("accent"))
            else:
                painter.setPen(QPen(color("edge"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                notch.adjust(0.5, 0, -0.5, 0)
            painter.drawRoundedRect(notch, 2, 2)


class StepStates(QWidget):
    """The states of all steps as a row of their shapes; `words` says the same as a sentence."""

    def __init__(self, states: Sequence[str], words: str) -> None:
        super().__init__()
        self._states = tuple(states)
        self.setFixedSize(px(18) * len(self._states), px(16))
        self.setAccessibleName(words)
        set_tip(self, words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, state in enumerate(self._states):
            icon, tone = STATE[state]
            icons.paint(painter, icon, hue(tone), QRectF(at * px(18), 0, px(16), px(16)))


class Mark(QWidget):
    """The program's mark: an index card with its rod hole. Decoration, so it has no name."""

    def __init__(self, size: int = 52) -> None:
        super().__init__()
        self.setFixedSize(px(size), px(size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 52, self.width() / 52)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent"))
        painter.drawRoundedRect(QRectF(0, 4, 52, 44), 6, 6)
        painter.setBrush(color("on_accent"))
        for rect in (QRectF(9, 14, 22, 3), QRectF(9, 21, 34, 2), QRectF(9, 27, 34, 2)):
            painter.drawRect(rect)
        painter.drawEllipse(QRectF(22.5, 35, 7, 7))
