"""The foot of the window: costs and who pays them, the share and its cap, the distance to it, the days
that are left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from hakemus.ui.look.style import px, sp
from hakemus.ui.look.tokens import HEIGHT, ICON
from hakemus.ui.widgets.badges import STATE, Glyph
from hakemus.ui.widgets.boxes import column, line, row, show_if
from hakemus.ui.widgets.charts import Gauge
from hakemus.ui.widgets.labels import MIDDLE, Label, set_tip


@dataclass(frozen=True, slots=True)
class MeterCell:
    """A word and its figure.

    `short` serves narrow windows, `least` the narrowest with large text; `state` (`error`, `done`, …) puts an icon
    before it.
    """

    words: str
    value: str
    short: str = ""
    state: str = ""
    icon: str = ""
    tip: str = ""
    least: str = ""


@dataclass(frozen=True, slots=True)
class MeterShare:
    """The share of the grant with its gauge; `ratio` and `cap` are for drawing only."""

    words: str
    value: str
    short: str = ""
    ratio: float | None = None
    cap: float | None = None
    least: str = ""


@dataclass(frozen=True, slots=True)
class MeterView:
    """Everything the meter shows, as text. `figures` by key, in order; None leaves a part out."""

    figures: tuple[tuple[str, MeterCell], ...] = ()
    share: MeterShare | None = None
    distance: MeterCell | None = None
    time: MeterCell | None = None


class _Cell(QWidget):
    """Words above, figure below, maybe an icon at the left. A click says which."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.glyph = Glyph("", "ink2", ICON["finding"])
        self.words, self.value = Label("", "small"), Label("", "strong")
        self.beside = row(self.value, gap=10)
        self.setLayout(row(self.glyph, column(self.words, self.beside, gap=0), gap=8))
        self.glyph.hide()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set(self, cell: MeterCell, *, tight: bool, icons: bool, least: bool) -> None:
        icon, tone = STATE.get(cell.state, ("", ""))
        icon = cell.icon or icon
        self.glyph.set(icon, tone or "ink2")
        show_if(self.glyph, bool(icon) and icons)
        shorter = cell.least if least and cell.least else cell.short if tight else ""
        self.words.set_text(shorter or cell.words)
        self.value.set_text(cell.value)
        self.value.set_tone(tone if tone in ("error", "warn", "ok") else "")
        set_tip(self, cell.tip)

    def needed(self) -> int:
        """Pixels of its width with the texts of this moment."""
        inner = self.layout()
        assert inner is not None
        inner.activate()
        return inner.sizeHint().width()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class Meter(QFrame):
    """`picked(key)` says which figure was clicked: a key of `figures`, `share`, `distance` or `time`.

    Its labels carry no accessible name, so that assistive tools read their changing text.
    """

    picked = Signal(str)

    def __init__(self, *, tight_below: int = 1000) -> None:
        super().__init__()
        self.setObjectName("meter")
        self._tight_below = tight_below
        self._tight = False
        self._view = MeterView()
        self._cells: dict[str, _Cell] = {}
        self._figures = QHBoxLayout()
        self._share = self._cell("share")
        self._gauge = Gauge()
        self._share.beside.addWidget(self._gauge, 0, MIDDLE)
        self._share.beside.addStretch(1)
        self._distance, self._time = self._cell("distance"), self._cell("time")
        self._rule = line(vertical=True)
        self._row = row(gap=24, margins=(20, 7, 20, 8))
        self._row.addLayout(self._figures)
        for part in (self._rule, self._share, self._distance):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._time)
        self.setLayout(self._row)
        self.setFixedHeight(px(HEIGHT["meter"]))
        self._show()

    def _cell(self, key: str) -> _Cell:
        made = _Cell()
        made.clicked.connect(lambda: self.picked.emit(key))
        return made

    def set(self, view: MeterView) -> None:
        """Show other figures; only labels whose text differs are drawn again."""
        if view == self._view:
            return
        if [key for key, _cell in view.figures] != list(self._cells):
            for old in self._cells.values():
                self._figures.removeWidget(old)
                old.deleteLater()
            self._cells = {key: self._cell(key) for key, _cell in view.figures}
            for made in self._cells.values():
                self._figures.addWidget(made)
        self._view = view
        self._fit()

    def _show(self, *, icons: bool = True, least: bool = False) -> None:
        view, tight = self._view, self._tight
        for key, cell in view.figures:
            self._cells[key].set(cell, tight=tight, icons=icons, least=least)
        if view.share is not None:
            share = MeterCell(view.share.words, view.share.value, view.share.short, least=view.share.least)
            self._share.set(share, tight=tight, icons=icons, least=least)
            self._gauge.set(view.share.ratio, view.share.cap)
        show_if(self._share, view.share is not None)
        show_if(self._rule, view.share is not None)
        for widget, part in ((self._distance, view.distance), (self._time, view.time)):
            if part is not None:
                widget.set(part, tight=tight, icons=icons, least=least)
            show_if(widget, part is not None)

    def text(self, key: str) -> str:
        """The figure in sight for a key; empty when it is not shown."""
        cell = self._cells.get(key) or {"share": self._share, "distance": self._distance, "time": self._time}[key]
        return cell.value.text()

    def minimumSizeHint(self) -> QSize:
        # The short words decide how narrow the window may be, not the long ones of this moment.
        return QSize(px(320), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give up air, then long words, then the gauge, then the icons, then what a share may be: never a digit."""
        units = self.width() / px(1000) * 1000
        tight = units < self._tight_below
        for air, short, gauge, icons, least in (
            (28 if units >= 1300 else 20, False, True, True, False),
            (16, True, True, True, False),
            (12, True, False, True, False),
            (8, True, False, False, False),
            (8, True, False, False, True),
        ):
            if tight and not short:
                continue
            self._row.setSpacing(sp(air))
            self._figures.setSpacing(sp(air))
            self._tight = short
            self._gauge.setFixedWidth(px(80 if short else 110))
            show_if(self._gauge, gauge)
            self._show(icons=icons, least=least)
            if self._needed(sp(air)) <= self.width():
                return

    def _needed(self, air: int) -> int:
        """Pixels that all parts take. Qt's own hint is of before the texts changed."""
        parts = [*self._cells.values(), self._share, self._distance, self._time]
        shown = [part for part in parts if not part.isHidden()]
        margins = self._row.contentsMargins()
        return margins.left() + margins.right() + air * (len(shown) + 1) + sum(part.needed() for part in shown)
