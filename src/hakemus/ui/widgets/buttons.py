"""Buttons by rank, tool buttons that always have a name, and cards that are one button.

Words come from the caller.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QPushButton, QSizePolicy, QWidget

from hakemus.ui.look import icons
from hakemus.ui.look.style import color, hue, px, set_property
from hakemus.ui.look.tokens import ICON, RADIUS
from hakemus.ui.widgets.labels import set_tip

RANKS = ("primary", "normal", "small", "quiet", "tool", "figure")


class Button(QPushButton):
    """A button of a rank; its icon follows the theme. `after` puts the icon behind the words."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        rank: str = "normal",
        *,
        after: bool = False,
        tip: str = "",
        name: str = "",
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self.icon_name, self.rank = icon, rank
        self.focus_reason = Qt.FocusReason.NoFocusReason
        self.setProperty("rank", rank)
        self.setAutoDefault(False)
        if after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if name or not text:
            self.setAccessibleName(name or tip)
        if tip:
            set_tip(self, tip)
        if not text:
            self.setFixedWidth(px(34))
        if rank in ("quiet", "figure"):
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._refresh()

    def set_text(self, text: str) -> None:
        """New words; `&` stays a letter."""
        if self.text() != text.replace("&", "&&"):
            self.setText(text.replace("&", "&&"))

    def set_words(self, text: str, name: str) -> None:
        """Words beside the icon, or the icon alone with its name for tooltip and assistive tools."""
        self.set_text(text)
        self.setAccessibleName("" if text else name)
        set_tip(self, "" if text else name)
        if text:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
        else:
            self.setFixedWidth(px(34))

    def set_icon(self, icon: str) -> None:
        """Another icon of the set; empty takes it away."""
        self.icon_name = icon
        self._refresh()

    def set_rank(self, rank: str) -> None:
        """Another rank, for instance when another button becomes the next step."""
        self.rank = rank
        set_property(self, "rank", rank)
        self._refresh()

    def _refresh(self) -> None:
        if not self.icon_name:
            self.setIcon(icons.icon_of_nothing())
            return
        tone = {"primary": "on_accent", "quiet": "accent"}.get(self.rank, "ink")
        size = px(ICON["button"])
        self.setIcon(icons.icon(self.icon_name, hue(tone), size, hue("disabled")))
        self.setIconSize(QSize(size, size))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focus_reason = event.reason()
        super().focusInEvent(event)


def button(
    text: str,
    icon: str = "",
    rank: str = "normal",
    *,
    after: bool = False,
    tip: str = "",
    name: str = "",
    does: Callable[[], object] | None = None,
) -> Button:
    """A button in one line; `does` is called on a click, without arguments."""
    made = Button(text, icon, rank, after=after, tip=tip, name=name)
    if does is not None:
        made.clicked.connect(lambda _checked=False: does())
    return made


def tool_button(icon: str, name: str, does: Callable[[], object] | None = None) -> Button:
    """An icon alone; its name is its tooltip and what assistive tools read."""
    return button("", icon, "tool", tip=name, does=does)


class CardButton(QAbstractButton):
    """A whole card that is one button: native focus and Space; its children are plain labels.

    `name` is the whole sentence for assistive tools. `flat` draws no border until the pointer is over it.
    """

    def __init__(self, layout: QLayout, name: str, *, flat: bool = False) -> None:
        super().__init__()
        self.focus_reason = Qt.FocusReason.NoFocusReason
        self._flat = flat
        self.setLayout(layout)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # QAbstractButton starts as Minimum, Fixed: wrapped text would widen the panel.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.adopt()

    def adopt(self) -> None:
        """Let clicks fall through children; call again after adding some."""
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        inner = self.layout()
        return inner.minimumSize() if inner is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        inner = self.layout()
        return inner is not None and inner.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        inner = self.layout()
        return inner.heightForWidth(width) if inner is not None else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focus_reason = event.reason()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        if self._flat and not hot:
            return
        painter.setPen(QPen(color("accent" if hot else "line"), 1))
        painter.setBrush(color("accent_soft" if self.isDown() else "surface"))
        radius = RADIUS["card"]
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
