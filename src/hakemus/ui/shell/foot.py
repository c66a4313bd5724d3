"""The foot under the pages: Back and Next by name, and one quiet sentence between them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hakemus.domain.steps import STEPS
from hakemus.i18n.field_names import SHORT_STEP_NAMES, STEP_NAMES
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import HEIGHT, PAGE_MARGIN
from hakemus.ui.widgets.boxes import centred, frame, row
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.labels import CENTER, MIDDLE, Label, nb, set_tip

MESSAGE_MS = 10_000


class Said(Label):
    """A sentence of which as much is shown as there is room for in whole lines; the pointer shows the rest."""

    whole = ""

    def say(self, text: str) -> None:
        """Another sentence."""
        self.whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, height = self.contentsRect().width(), px(HEIGHT["foot"])
        metrics, wrap = self.fontMetrics(), Qt.TextFlag.TextWordWrap.value

        def fits(shown: str) -> bool:
            taken = metrics.boundingRect(QRect(0, 0, width, 10_000), wrap, nb(shown))
            return taken.height() <= height and taken.width() <= width

        words, shown = self.whole.split(" "), self.whole
        while len(words) > 1 and not fits(shown):
            words.pop()
            shown = " ".join(words).rstrip(".,:;") + "…"
        self.set_text(shown)
        set_tip(self, self.whole if shown != self.whole else "")


class Foot(QFrame):
    """`walked(by)`: the step before (-1) or the next (1) is wished."""

    walked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._desk = desk
        self._names: tuple[str, str] | None = None
        self.message = Said("", "small", wrap=True, align=MIDDLE | CENTER)
        self._back = button(" ", "left", does=lambda: self.walked.emit(-1))
        self._next = button(" ", "right", "primary", after=True, does=lambda: self.walked.emit(1))
        self._inside = inside = row(self._back, gap=12, margins=(32, 0, 32, 0))
        inside.addWidget(self.message, 1)
        inside.addWidget(self._next)
        self._inner = frame(inside, "plain")
        self._box: QHBoxLayout = centred(self._inner, 940)
        self.setLayout(self._box)
        self.setFixedHeight(px(HEIGHT["foot"]))
        self._quiet_again = QTimer(self)
        self._quiet_again.setSingleShot(True)
        self._quiet_again.setInterval(MESSAGE_MS)
        self._quiet_again.timeout.connect(lambda: self.message.say(""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand under the page's own edges, also where it gives up its air."""
        super().resizeEvent(event)
        side = sp(12 if self.width() / look().scale.factor < 640 else PAGE_MARGIN)
        if self._inside.contentsMargins().left() != side:
            self._inside.setContentsMargins(side, 0, side, 0)
        self._fit()

    def _fit(self) -> None:
        """Where both names have no room, the one that leads back keeps its arrow alone."""
        if self._back.isHidden() or not self._names:
            return
        text, whole = self._names
        self._back.set_words(text, whole)
        self._back.setAccessibleName(whole)
        need = self._back.sizeHint().width() + self._next.sizeHint().width() + 2 * self._inside.spacing()
        if not self._next.isHidden() and need > self.width() - 2 * self._inside.contentsMargins().left() - 14:
            self._back.set_words("", whole)

    def say(self, text: str) -> None:
        """One quiet sentence for a while. Nothing moves for it."""
        self.message.say(text)
        self._quiet_again.start()

    def set_axis(self, *, scrolls: bool) -> None:
        """The page column and the buttons under it share one axis, with a scroll bar or without."""
        self._box.setContentsMargins(0, 0, 14 if scrolls else 0, 0)

    def set_widest(self, widest: int) -> None:
        """As wide as the page above, in units."""
        self._inner.setMaximumWidth(px(widest) + 2 * px(32))

    def set_step(self, step: str, width: int) -> None:
        """Name the steps on both sides of one, in a window of a width in pixels."""
        if step:
            at = STEPS.index(step)
            self._name(self._back, self._desk.t("Back"), at - 1, width)
            self._name(self._next, self._desk.t("Next"), at + 1, width)
            self._names = (self._back.text(), self._back.accessibleName())
            self._fit()

    def _name(self, which: Button, word: str, at: int, width: int) -> None:
        shown = 0 <= at < len(STEPS)
        which.setVisible(shown)
        if shown:
            names = SHORT_STEP_NAMES if look().scale.factor > 1.3 else STEP_NAMES
            step = self._desk.t(names[STEPS[at]])
            whole = self._desk.t("{word}: {step}", word=word, step=step)
            tight = width / look().scale.factor < 800
            which.set_words(step if tight else whole, whole)
            which.setAccessibleName(whole)
