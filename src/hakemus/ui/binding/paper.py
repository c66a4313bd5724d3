"""A paper that is looked at: one page, at the size that fits or at a chosen one, with what was searched for marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from hakemus.ui.desk import Pages
from hakemus.ui.look.style import px
from hakemus.ui.look.tokens import LIGHT

Box = tuple[float, float, float, float]
ZOOMS = (75, 100, 125, 150, 200)
"""Sizes in percent: at 100 a page is as wide as an A4 sheet on a screen of 96 dots an inch."""
_TALL = 297 / 210
_FULL_WIDTH = 794
_MOST_DOTS = 2400
"""A page is drawn at most so wide, and stretched beyond: more takes the window's time and shows no more."""


class Paper(QWidget):
    """One page of the paper, as large as it is made; white in every theme, for it is paper."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: Pages | None = None
        self._index = 0
        self._image: QImage | None = None
        self._made_for = (-1, 0)
        self._marked: Sequence[Box] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_pages(self, pages: Pages | None, index: int, marked: Sequence[Box] = ()) -> None:
        """Another page, and where on it what was searched for stands."""
        self._pages, self._index, self._marked = pages, index, marked
        self._made_for = (-1, 0)
        self.update()

    @property
    def marked(self) -> Sequence[Box]:
        return self._marked

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pages is None:
            return
        width = min(_MOST_DOTS, round(self.width() * self.devicePixelRatioF()))
        if self._image is None or self._made_for != (self._index, width):
            wide, high, data = self._pages.image(self._index, width)
            self._image = QImage(data, wide, high, wide * 4, QImage.Format.Format_RGBA8888).copy()
            self._made_for = (self._index, width)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._image.width() == _MOST_DOTS)
        painter.drawImage(QRectF(self.rect()), self._image)
        # Yellow under multiplied ink, as with a felt pen: the words stay black, in every theme.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for box in self._marked:
            painter.fillRect(self._place(box).adjusted(-1, -1, 1, 1), QColor("#ffe066"))
        if self.hasFocus():
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(QColor(LIGHT.accent), 3))  # on white paper in every theme
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))

    def _place(self, box: Box) -> QRectF:
        x, y, across, down = box
        return QRectF(x * self.width(), y * self.height(), across * self.width(), down * self.height())

    def first_marked(self) -> QRectF | None:
        """Where the first of what was searched for stands."""
        return self._place(self._marked[0]) if self._marked else None


class Sheet(QScrollArea):
    """The desk on which a paper lies. `zoomed` tells a size that was chosen with the wheel."""

    zoomed = Signal(str)

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper, self._zoom = paper, "page"
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(px(210), px(297))
        self.setWidget(paper)
        self.viewport().setAutoFillBackground(False)
        paper.setAutoFillBackground(False)

    @property
    def zoom(self) -> str:
        """`page`, `width`, or a percentage."""
        return self._zoom

    def set_zoom(self, zoom: str) -> None:
        """Another size; what is in the middle of the sheet stays there."""
        before = max(1, self._paper.height())
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        middle_x = (across.value() + self.viewport().width() / 2) / max(1, self._paper.width())
        middle_y = (down.value() + self.viewport().height() / 2) / before
        self._zoom = zoom
        self._fit()
        across.setValue(round(middle_x * self._paper.width() - self.viewport().width() / 2))
        down.setValue(round(middle_y * self._paper.height() - self.viewport().height() / 2))

    def show_marked(self) -> None:
        """Bring the first of what was searched for into sight: on the desk, and where the desk goes on below the
        window, in the page around it.
        """
        place = self._paper.first_marked()
        if place is None:
            return
        self.ensureVisible(round(place.center().x()), round(place.center().y()), px(60), px(80))
        around = self.parentWidget()
        while around is not None:
            page = around.widget() if isinstance(around, QScrollArea) else None
            if isinstance(around, QScrollArea) and page is not None:
                at = self._paper.mapTo(page, place.center().toPoint())
                around.ensureVisible(at.x(), at.y(), 0, px(80))
            around = around.parentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl another size; else the sheet moves, and where all of it is in sight, the page around it."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        if self._zoom == "page":
            event.ignore()
            return
        super().wheelEvent(event)

    def _step(self, by: int) -> None:
        now = 100 * self._paper.width() / px(_FULL_WIDTH)
        sizes = [size for size in ZOOMS if (size > now + 1 if by > 0 else size < now - 1)]
        if sizes:
            zoom = str(min(sizes) if by > 0 else max(sizes))
            self.set_zoom(zoom)
            self.zoomed.emit(zoom)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        if self._zoom == "page":
            width = min(room.width(), int(room.height() / _TALL))
        elif self._zoom == "width":
            width = room.width() - self.verticalScrollBar().sizeHint().width()
        else:
            width = round(px(_FULL_WIDTH) * int(self._zoom) / 100)
        self._paper.resize(width, round(width * _TALL))
