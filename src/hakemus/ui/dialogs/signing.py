"""The signature and the mandates: what is seen to, what is not, and by which day to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hakemus.i18n.dates import format_date
from hakemus.ui.binding.signing_words import signing_words
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.look.style import px
from hakemus.ui.widgets.badges import glyph
from hakemus.ui.widgets.boxes import Page, card, clear, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.labels import Label, label
from hakemus.usecases.session import Change
from hakemus.usecases.signing import Signing, SigningPoint, signing


class SigningDialog(QDialog):
    """One line a point. `go_asked(path)` leads to what answers a point; a tick goes through `tick` as a step."""

    go_asked = Signal(str)

    def __init__(self, parent: QWidget | None, desk: Desk, tick: Callable[[str, bool], None]) -> None:
        super().__init__(parent)
        self._desk, self._tick = desk, tick
        self._shown: Signing | None = None
        self.boxes: dict[str, Field] = {}
        t = desk.t
        self.setWindowTitle(t("Signature and mandates"))
        lead = t(
            "What takes other people's time is best begun early. The days are the program's own estimate; they are "
            "counted back from the closing day."
        )
        self._sum = Label("", "strong", wrap=True)
        self._points: QVBoxLayout = column(gap=8)
        inner = Page(
            column(
                label(t("Signature and mandates"), "h2", wrap=True),
                label(lead, "body2", wrap=True),
                self._sum,
                self._points,
                None,
                gap=12,
                margins=(24, 20, 24, 20),
            )
        )
        below = foot(None, button(t("Close"), "", "primary", does=self.accept))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 680, 700)
        for key, act in (
            (QKeySequence.StandardKey.Undo, desk.session.undo),
            (QKeySequence.StandardKey.Redo, desk.session.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        desk.bridge.changed.connect(self._follow)
        self._show()

    def _follow(self, _change: Change) -> None:
        self._show()

    def _show(self) -> None:
        now = signing(self._desk.session.check, self._desk.session.now().date())
        if now == self._shown:
            return
        self._shown = now
        focused = next((name for name, box in self.boxes.items() if box.control.hasFocus()), "")
        self._sum.set_text(signing_words(now, self._desk))
        clear(self._points)
        self.boxes = {}
        for point in now.points:
            self._points.addWidget(self._card(point))
        if focused in self.boxes:
            self.boxes[focused].control.setFocus()

    def _card(self, point: SigningPoint) -> QWidget:
        desk, t = self._desk, self._desk.t
        words = desk.say(point.words)
        when = Label(self._when(point), "small", "warn" if point.late else "ink2", wrap=True)
        under = column(when)
        under.setContentsMargins(px(34), 0, 0, 0)  # below the words, not below the sign before them
        if not point.path:
            field = Field(words, Kind.CHECK)
            field.set_text("true" if point.done else "false")
            field.set_read_only(desk.read_only)
            field.edited.connect(lambda text: self._tick(point.id, text == "true"))
            self.boxes[point.id] = field
            return card(field, under, gap=2)
        state = row(gap=10)
        state.setContentsMargins(px(4), 0, 0, 0)  # a box to tick has as much air round it
        state.addWidget(glyph("done" if point.done else "empty", "ok" if point.done else "ink2", 20))
        state.addWidget(label(words, wrap=True), 1)
        name = t("Go to: {name}", name=words)
        go = button(t("Show") if point.done else t("Go there"), "", "quiet", name=name)
        go.clicked.connect(partial(self._go, point.path))
        state.addWidget(go)
        return card(clear_box(state), under, gap=2)

    def _when(self, point: SigningPoint) -> str:
        t = self._desk.t
        if point.done:
            return t("Seen to.")
        if point.by is None:
            return self._desk.nt("{count} day before sending", "{count} days before sending", point.days)
        day = format_date(point.by)
        if point.late:
            return t("Should have been begun by {day}: see to it now.", day=day)
        return t("Begin by {day} at the latest.", day=day)

    def _go(self, path: str) -> None:
        self.accept()
        self.go_asked.emit(path)
