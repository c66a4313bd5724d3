"""The scroll area round a page, which also goes along with the cursor of a table that is higher than the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from hakemus.ui.look.style import px

if TYPE_CHECKING:  # the start page has no table, and PySide sets up a class when it is first named
    from PySide6.QtWidgets import QAbstractItemView

CURSOR_AIR = 8
"""Units that stay free above and below the cursor."""


class PageArea(QScrollArea):
    """As narrow as its content can be, down to what a small screen has; then it scrolls sideways."""

    def __init__(self) -> None:
        super().__init__()
        self._led = False
        self._waiting: QAbstractItemView | None = None

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        inner = self.widget()
        if inner is not None:
            bar = self.verticalScrollBar().sizeHint().width()
            hint.setWidth(min(inner.minimumSizeHint().width() + bar, px(340)))
        return hint

    # -- the cursor of a table --------------------

    def lead(self) -> None:
        """Somebody scrolls this to a place of their own: a cursor that wants to be seen waits until `let_go`."""
        self._led = True

    def let_go(self, *, follow: bool = True) -> None:
        """Nobody scrolls this any more, and a cursor that has waited is shown; without `follow` it is not."""
        self._led = False
        waiting, self._waiting = self._waiting, None
        if follow and waiting is not None and isValid(waiting):
            self.follow_cursor(waiting)

    def follow_cursor(self, view: QAbstractItemView) -> None:
        """Scroll no further than needed to see the cursor of a table on this page, while that table is in use."""
        if self._led:
            self._waiting = view
            return
        page = self.widget()
        assert page is not None
        if not has_focus(view):
            return
        _give_place(view, page)
        cell = view.visualRect(view.currentIndex())
        if not cell.isValid():
            return
        at = view.viewport().mapTo(page, cell.center())
        self.ensureVisible(at.x(), at.y(), 0, cell.height() // 2 + px(CURSOR_AIR))


def area_around(widget: QWidget) -> PageArea | None:
    """The page that a widget stands on."""
    node = widget.parentWidget()
    while node is not None and not isinstance(node, PageArea):
        node = node.parentWidget()
    return node


def has_focus(widget: QWidget) -> bool:
    """Whether a widget or something in it has focus."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def _give_place(widget: QWidget, page: QWidget) -> None:
    """Lay out now what holds a widget whose height is new; Qt would do it one step outwards at a time."""
    node = widget.parentWidget()
    while node is not None:
        layout = node.layout()
        if layout is not None:
            layout.activate()
        if node is page:
            break
        node = node.parentWidget()
    QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LayoutRequest))  # its scroll area reads its new height
