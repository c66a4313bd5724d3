"""Layout in few words: columns, rows, frames, rules, cards, scroll areas and the page that is as high
as its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)

from hakemus.ui.look.style import px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, PAGE_MARGIN
from hakemus.ui.widgets.page_area import PageArea

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def fill(box: QBoxLayout, *items: Item) -> None:
    """Add widgets and layouts; a number is units of air, None a stretch."""
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(sp(item))
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)


_Box = TypeVar("_Box", bound=QBoxLayout)


def _made(box: _Box, gap: int, margins: Margins, items: tuple[Item, ...]) -> _Box:
    box.setContentsMargins(*(sp(margin) for margin in margins))
    box.setSpacing(sp(gap))
    fill(box, *items)
    return box


def column(*items: Item, gap: int = 8, margins: Margins = NONE) -> QVBoxLayout:
    """Items under each other, `gap` units apart."""
    return _made(QVBoxLayout(), gap, margins, items)


def row(*items: Item, gap: int = 8, margins: Margins = NONE) -> QHBoxLayout:
    """Items beside each other, `gap` units apart."""
    return _made(QHBoxLayout(), gap, margins, items)


class Beside(QHBoxLayout):
    """Items of equal width in a row, or under each other where the row would be too narrow for them.

    The least width it asks for is that of the stack, so that large text on a small screen needs no sideways scrolling.
    """

    def __init__(self, gap: int, gap_stacked: int) -> None:
        super().__init__()
        self._gap, self._gap_stacked = gap, gap_stacked
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def _items(self) -> list[QLayoutItem]:
        items = (self.itemAt(at) for at in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def stacks_at(self, width: int) -> bool:
        """Whether the items stand under each other at a width."""
        items = self._items()
        if len(items) < 2:
            return False
        widest = max(item.minimumSize().width() for item in items)
        return width < widest * len(items) + self._gap * (len(items) - 1)

    def setGeometry(self, rect: QRect) -> None:
        # A box of Qt squeezes its items unequally; equal columns are what makes fields of several rows line up.
        QLayout.setGeometry(self, rect)
        items = self._items()
        if self.stacks_at(rect.width()):
            top = rect.top()
            for item in items:
                height = _height(item, rect.width())
                item.setGeometry(QRect(rect.left(), top, rect.width(), height))
                top += height + self._gap_stacked
            return
        each = self._each(rect.width(), len(items))
        for at, item in enumerate(items):
            item.setGeometry(QRect(rect.left() + at * (each + self._gap), rect.top(), each, rect.height()))

    def _each(self, width: int, count: int) -> int:
        return (width - self._gap * (count - 1)) // max(1, count)

    def minimumSize(self) -> QSize:
        items = self._items()
        widths = [item.minimumSize().width() for item in items]
        heights = [item.minimumSize().height() for item in items]
        return QSize(max(widths, default=0), max(heights, default=0))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        items = self._items()
        if not items:
            return 0
        if self.stacks_at(width):
            return sum(_height(item, width) for item in items) + self._gap_stacked * (len(items) - 1)
        each = self._each(width, len(items))
        return max(_height(item, each) for item in items)

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def clear(layout: QLayout) -> None:
    """Empty a layout; its widgets die with their events."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a part, also one that has no parent yet: shown then, it would be a window of its own."""
    if widget.parentWidget() is not None:
        widget.setVisible(wanted)
    elif wanted:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # noqa: FBT003
    else:
        widget.hide()


def frame(layout: QLayout, name: str = "card", tint: str = "") -> QFrame:
    """A frame that the style sheet knows by name (`card`, `sunken`, `plain`, …) or by tint (`error`, …)."""
    made = QFrame()
    made.setObjectName(name)
    if tint:
        made.setProperty("tint", tint)
    made.setLayout(layout)
    return made


def card(*items: Item, gap: int = 12, margins: Margins = (CARD_MARGIN, 14, CARD_MARGIN, 18)) -> QFrame:
    """The card that groups what belongs together."""
    return frame(column(*items, gap=gap, margins=margins))


def clear_box(layout: QLayout) -> QWidget:
    """A widget round a layout, without a ground of its own."""
    made = QWidget()
    made.setObjectName("clear")
    made.setLayout(layout)
    return made


def refill(box: QBoxLayout, items: Sequence[Item]) -> None:
    """Other parts in a box that may be in sight: put in together, for Qt lays out anew for each that comes alone."""
    clear(box)
    inner = column(*items)
    inner.setSpacing(box.spacing())
    if items:
        box.addWidget(clear_box(inner))


def line(*, vertical: bool = False) -> QFrame:
    """A rule one unit wide."""
    made = QFrame()
    made.setObjectName("vline" if vertical else "hline")
    return made


class Page(QWidget):
    """A page of wrapped labels whose least height is that of the width it really has.

    Qt takes such labels' height at their narrowest, so that a scroll area would scroll although all fits.
    """

    def __init__(self, layout: QLayout | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        if layout is not None:
            self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        inner = self.layout()
        if inner is not None and inner.hasHeightForWidth():
            least.setHeight(inner.minimumHeightForWidth(max(self.width(), least.width())))
        return least

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # A wrapped label that grew changes the height for this width, which Qt keeps in no cache of ours.
            self.updateGeometry()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.updateGeometry()


def scroll(inner: QWidget) -> PageArea:
    """A scroll area round a page; the wheel over a field scrolls the page and changes no value."""
    area = PageArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # A viewport of our own has no ground of its own; and to hand out Qt's, PySide would set up every class it knows.
    area.setViewport(QWidget())
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    return area


def centred(inner: QWidget, max_width: int = 940, margin: int = PAGE_MARGIN) -> QHBoxLayout:
    """A column of at most `max_width` units and its margins, in the middle of what there is."""
    inner.setMaximumWidth(px(max_width) + 2 * sp(margin))
    box = row(gap=0)
    box.addStretch(1)
    box.addWidget(inner, 1000)
    box.addStretch(1)
    return box


class Host(QWidget):
    """The ground of a page: a widget of its own, for Qt paints no style-sheet ground on a subclass that
    lacks it."""

    def __init__(self, layout: QLayout, name: str = "pageHost") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)
