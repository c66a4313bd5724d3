"""Where messages stand above a page: as tall as they are, and where that would leave no page, they scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import PAGE_MARGIN
from hakemus.ui.widgets.boxes import Page, clear, column

MOST_PERCENT = 50
"""Of the height that messages and page share: with large text two messages would take all of a small screen."""


NARROW, NARROW_MARGIN = 640, 12
"""Units of width below which pages give up their air, and what is left of it."""


class NoticeArea(QScrollArea):
    """Hidden while there is no message."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(gap=8, margins=(32, 12, 32, 0))
        self._widest, self._scrolls = 940, False
        self._page = Page(self._column)
        self._page.setAutoFillBackground(False)
        self._page.installEventFilter(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._page)
        self.viewport().setAutoFillBackground(False)
        self.hide()

    def set_notices(self, notices: Sequence[QWidget]) -> None:
        """Show these in place of what was shown."""
        clear(self._column)
        for notice in notices:
            self._column.addWidget(notice)
        self.setVisible(bool(notices))
        self.fit()

    def set_axis(self, *, scrolls: bool) -> None:
        """The page below has a scroll bar or none: messages and page share one axis."""
        self._scrolls = scrolls
        self._align()

    def set_widest(self, widest: int) -> None:
        """As wide as the page below, in units."""
        self._widest = widest
        self._align()

    def _align(self) -> None:
        bar = 14 if self._scrolls else 0
        least = sp(PAGE_MARGIN if self.width() / look().scale.factor >= NARROW else NARROW_MARGIN)
        side = max(least, (self.width() - bar - px(self._widest)) // 2)
        self._column.setContentsMargins(side, sp(12), side + bar, 0)
        self.fit()

    def fit(self) -> None:
        """Take the height that the messages need at this width, or the most that they may have."""
        above = self.parentWidget()
        if above is None or not self._column.count():
            return
        width = min(self.width(), above.width()) if self.isVisible() else above.width()
        need = self._column.totalHeightForWidth(width)
        most = above.height() * MOST_PERCENT // 100
        # a bar that is there makes words narrower and so taller: as it is needed it would keep itself in place
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if need > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != bar:
            self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(max(1, min(need, most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._align()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return bool(super().eventFilter(watched, event))
