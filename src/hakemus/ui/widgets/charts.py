"""Figures as widgets: the stacked bar of funding and the little gauge of a share.

Ratios are for drawing only; every word and sum comes as text. What is painted has its whole sentence as
accessible name.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hakemus.ui.look.style import color, font, px

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of a stacked bar. `tone` is `grant`, `own` or `other`; `size` any non-negative measure."""

    name: str
    value: str
    size: float
    tone: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class BarView:
    """A stacked bar.

    `cap` is where the flag stands, as a ratio of the whole; `over` the words for the excess.
    """

    parts: tuple[BarPart, ...] = ()
    cap: float | None = None
    cap_words: str = ""
    over_words: str = ""
    spoken: str = ""


class StackedBar(QWidget):
    """Parts named in the bar, sums under it, the cap as a flag pole, the excess hatched."""

    def __init__(self, view: BarView | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view = BarView()
        self.set(view or BarView())

    def set(self, view: BarView) -> None:
        """Show other figures."""
        self._view = view
        self.setAccessibleName(view.spoken)
        self.setFixedHeight(px(98 if view.cap is not None else 72))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = px(27) if self._view.cap is not None else 1
        bar = QRectF(1, top, self.width() - 2, px(34))
        parts = [part for part in self._view.parts if part.size > 0]
        total = sum(part.size for part in parts)
        if not total:
            painter.setPen(QPen(color("edge"), 1))
            painter.setBrush(color("sunken"))
            painter.drawRoundedRect(bar, 5, 5)
            return
        spots: list[tuple[QRectF, BarPart]] = []
        left = bar.left()
        for part in parts:
            width = bar.width() * part.size / total
            spots.append((QRectF(left, bar.top(), width, bar.height()), part))
            left += width
        cap_x = None if self._view.cap is None else bar.left() + bar.width() * min(1.0, self._view.cap)
        over = self._over(spots, cap_x)
        self._draw_parts(painter, bar, spots, over)
        self._draw_names(painter, spots, cap_x)
        self._draw_values(painter, bar, spots)
        if cap_x is not None:
            self._draw_cap(painter, bar, cap_x)

    def _over(self, spots: list[tuple[QRectF, BarPart]], cap_x: float | None) -> QRectF | None:
        grant = next((spot for spot, part in spots if part.tone == "grant"), None)
        if cap_x is None or grant is None or grant.right() <= cap_x + 0.5 or not self._view.over_words:
            return None
        return QRectF(cap_x, grant.top(), grant.right() - cap_x, grant.height())

    @staticmethod
    def _draw_parts(painter: QPainter, bar: QRectF, spots: list[tuple[QRectF, BarPart]], over: QRectF | None) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(bar, 5, 5)
        painter.save()
        painter.setClipPath(clip)
        for spot, part in spots:
            painter.fillRect(spot, color(f"c_{part.tone}"))
        if over is not None:
            painter.fillRect(over, color("surface"))
            painter.fillRect(over, QBrush(color("error"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(color("error"), 1.5))
            painter.drawRect(over.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setPen(QPen(color("surface"), 2))
        for spot, _part in spots[1:]:
            painter.drawLine(spot.topLeft(), spot.bottomLeft())
        painter.restore()

    @staticmethod
    def _draw_names(painter: QPainter, spots: list[tuple[QRectF, BarPart]], cap_x: float | None) -> None:
        painter.setFont(font("strong"))
        metrics = painter.fontMetrics()
        for spot, part in spots:
            room = spot.adjusted(px(12), 0, -px(8), 0)
            if cap_x is not None and room.left() < cap_x < spot.right():
                room = _beside(room, cap_x, metrics.horizontalAdvance(part.name))
            names = (part.name, part.short or part.name.split(" ")[0])
            fits = next((name for name in names if metrics.horizontalAdvance(name) <= room.width()), "")
            painter.setPen(color(f"on_c_{part.tone}"))
            painter.drawText(room, _LEFT, fits)

    @staticmethod
    def _draw_values(painter: QPainter, bar: QRectF, spots: list[tuple[QRectF, BarPart]]) -> None:
        """Sums under their parts; those that would touch are pushed apart, from the right edge leftwards."""
        painter.setFont(font("label", 400))
        painter.setPen(color("ink"))
        metrics, gap = painter.fontMetrics(), px(18)
        widths = [metrics.horizontalAdvance(part.value) + 2 for _spot, part in spots]
        places = [spot.left() for spot, _part in spots]
        limit = bar.right()
        for at in reversed(range(len(spots))):
            places[at] = max(bar.left(), min(places[at], limit - widths[at]))
            limit = places[at] - gap
        for at, (_spot, part) in enumerate(spots):
            box = QRectF(places[at], bar.bottom() + px(5), widths[at], px(24))
            painter.drawText(box, _LEFT, part.value)

    def _draw_cap(self, painter: QPainter, bar: QRectF, cap_x: float) -> None:
        for tone, width in (("surface", 5), ("ink", 2)):  # a rim, so that the pole is seen on any part
            painter.setPen(QPen(color(tone), width))
            painter.drawLine(QPointF(cap_x, bar.top() - px(8)), QPointF(cap_x, bar.bottom() + px(4)))
        painter.setFont(font("small", 600))
        metrics, view = painter.fontMetrics(), self._view
        cap, over = metrics.horizontalAdvance(view.cap_words), metrics.horizontalAdvance(view.over_words)
        gap = px(8)
        # Words left of the pole, excess right of it; where a side lacks room both go to the other.
        left, after = cap_x - gap - cap, cap_x + gap
        if over and after + over > bar.right():
            after = bar.right() - over
            left = min(left, after - 2 * gap - cap)
        elif left < bar.left():
            left = cap_x + gap
            after = left + cap + 2 * gap
        painter.setPen(color("ink"))
        painter.drawText(QRectF(left, 0, cap + 2, px(20)), _LEFT, view.cap_words)
        painter.setPen(color("error"))
        painter.drawText(QRectF(after, 0, over + 2, px(20)), _LEFT, view.over_words)


def _beside(room: QRectF, pole: float, width: int) -> QRectF:
    """The part of a room left of a pole, or right of it where only that is wide enough."""
    left = QRectF(room.left(), room.top(), pole - px(8) - room.left(), room.height())
    right = QRectF(pole + px(8), room.top(), room.right() - pole - px(8), room.height())
    return right if left.width() < width <= right.width() else left


class Gauge(QWidget):
    """Filled length = share, tick = cap, beyond it in the error colour.

    Its figure stands beside it as text.
    """

    def __init__(self, width: int = 110) -> None:
        super().__init__()
        self._share = 0.0
        self._cap: float | None = None
        self.setFixedSize(px(width), px(14))

    def set(self, share: float | None, cap: float | None) -> None:
        """Ratios, 1.0 for the whole; beyond the whole the gauge is full."""
        new = (min(1.0, max(0.0, share or 0.0)), cap if cap is None else min(1.0, max(0.0, cap)))
        if new != (self._share, self._cap):
            self._share, self._cap = new
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, px(3) + 0.5, self.width() - 1, px(8))
        painter.setPen(QPen(color("edge"), 1))
        painter.setBrush(color("sunken"))
        painter.drawRoundedRect(box, 2, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        inner = box.adjusted(1, 1, -1, -1)
        cap = 1.0 if self._cap is None else self._cap
        painter.setBrush(color("c_grant"))
        filled = QRectF(inner)
        filled.setWidth(inner.width() * min(self._share, cap))
        painter.drawRect(filled)
        if self._cap is None:
            return
        cap_x = inner.left() + inner.width() * cap
        if self._share > cap:
            painter.setBrush(color("error"))
            painter.drawRect(QRectF(cap_x, inner.top(), inner.width() * (self._share - cap), inner.height()))
        painter.setPen(QPen(color("ink"), 2))
        painter.drawLine(QPointF(cap_x, 0), QPointF(cap_x, self.height()))
