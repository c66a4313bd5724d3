"""Layout in few words: columns, rows, frames, rules, cards, scroll areas and the page that is as high
as its text."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hakemus.ui.look.style import px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, PAGE_MARGIN

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


class _Area(QScrollArea):
    """Never scrolls sideways: its least width is that of its content, so nothing is cut."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        inner = self.widget()
        if inner is not None:
            bar = self.verticalScrollBar().sizeHint().width()
            hint.setWidth(min(inner.minimumSizeHint().width() + bar, px(600)))
        return hint


def scroll(inner: QWidget) -> QScrollArea:
    """A scroll area round a page; the wheel over a field scrolls the page and changes no value."""
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
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
