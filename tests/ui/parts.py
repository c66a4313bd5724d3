"""Parts that are no words, measured in the picture: edges of controls, boxes to tick, icons, and what focus changes.

A part is seen by its neighbours: an edge by what lies on both its sides, an icon by its ground, focus by the picture
without it. Each needs 3:1 (WCAG 2, 1.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator

from drawn import colours, picture
from person import settle
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from hakemus.ui.look.tokens import BORDER, contrast
from hakemus.ui.widgets.badges import Glyph

EDGED = (QLineEdit, QPlainTextEdit, QComboBox, QPushButton)
BARE = ("quiet", "tool", "figure")
"""Ranks of buttons that are words or an icon without an edge."""
REACH = 4
"""Pixels from an edge within which its line lies."""


def place(widget: QWidget, inside: QWidget) -> QRect:
    return QRect(widget.mapTo(inside, QPoint()), widget.size())


def in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether all of a widget, and a little air round it, is in the picture of its window.

    What lies beyond the edge of a page that scrolls is no neighbour of a part at that edge.
    """
    if not widget.isVisible() or widget.window() is not window or not widget.isEnabled():
        return False
    air = -REACH - 2
    pages = [area.viewport() for area in window.findChildren(QScrollArea) if area.viewport().isAncestorOf(widget)]
    shown = widget.visibleRegion().boundingRect()
    return shown == widget.rect() and all(
        whole.rect().contains(place(widget, whole).adjusted(air, air, -air, -air)) for whole in (window, *pages)
    )


def across(image: QImage, box: QRect) -> Iterator[tuple[str, list[str]]]:
    """The pixels across the middle of each side of a box, from outside to inside."""
    middle = box.center()
    for name, start, step in (
        ("left", QPoint(box.left() - REACH, middle.y()), QPoint(1, 0)),
        ("right", QPoint(box.right() + REACH, middle.y()), QPoint(-1, 0)),
        ("top", QPoint(middle.x(), box.top() - REACH), QPoint(0, 1)),
        ("bottom", QPoint(middle.x(), box.bottom() + REACH), QPoint(0, -1)),
    ):
        yield name, [image.pixelColor(start + step * at).name() for at in range(2 * REACH)]


def edge(pixels: list[str]) -> float:
    """How far the line in a row of pixels stands out from what is outside, or what is inside from it."""
    return max(contrast(pixel, pixels[0]) for pixel in pixels)


def edges(image: QImage, box: QRect) -> dict[str, float]:
    """Each side of a control that is too faint."""
    found = {side: edge(pixels) for side, pixels in across(image, box)}
    return {side: ratio for side, ratio in found.items() if ratio < BORDER}


def indicator(box: QCheckBox | QRadioButton) -> QRect:
    """The box itself, without its words."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    part = QStyle.SubElement
    which = part.SE_CheckBoxIndicator if isinstance(box, QCheckBox) else part.SE_RadioButtonIndicator
    return box.style().subElementRect(which, option, box)


def mark(image: QImage, box: QRect) -> float:
    """The contrast of the strongest stroke in a box with its ground, the colour that is there most."""
    found = colours(image, box)
    ground = found.most_common(1)[0][0]
    return max(contrast(colour, ground) for colour in found)


def boxes(window: QWidget) -> Iterator[tuple[QWidget, QRect, str]]:
    """Every part in sight: the widget, its box in the window, and `edge` or `mark`."""
    for widget in window.findChildren(QWidget):
        if not in_sight(widget, window):
            continue
        corner = widget.mapTo(window, QPoint())
        if isinstance(widget, Glyph):
            yield widget, place(widget, window), "mark"
        elif isinstance(widget, QCheckBox | QRadioButton):
            yield widget, indicator(widget).translated(corner), "edge"
        elif isinstance(widget, QScrollBar):
            if widget.maximum() > widget.minimum():
                yield widget, place(widget, window), "mark"
        elif isinstance(widget, QPushButton) and widget.property("rank") in BARE:
            if not widget.text():
                yield widget, place(widget, window), "mark"
        elif isinstance(widget, EDGED) and not _inside_another(widget):
            yield widget, place(widget, window), "edge"


def _inside_another(widget: QWidget) -> bool:
    """Lines inside lists and cells have no edge of their own: the list or the cell has it."""
    return isinstance(widget, QLineEdit) and (
        isinstance(widget.parentWidget(), QComboBox) or widget.parentWidget().objectName() == "qt_scrollarea_viewport"
    )


def faint(window: QWidget) -> list[str]:
    """Parts in sight that stand out by less than 3:1."""
    image = picture(window)
    faults = []
    for widget, box, kind in boxes(window):
        name = widget.text() if isinstance(widget, QAbstractButton) else ""
        called = f"{type(widget).__name__} {widget.objectName()} {(name or widget.accessibleName())[:40]!r}"
        if kind == "mark":
            ratio = mark(image, box)
            if 1.0 < ratio < BORDER:  # an icon that shows nothing at the moment is no mark
                faults.append(f"faint {ratio:.1f}: {called}")
            continue
        weak = edges(image, box)
        if weak:
            sides = ", ".join(f"{side} {ratio:.1f}" for side, ratio in weak.items())
            faults.append(f"faint edge ({sides}): {called}")
    return faults


def changed(before: QImage, after: QImage) -> int:
    """Pixels that changed by at least 3:1."""
    count = 0
    for y in range(before.height()):
        for x in range(before.width()):
            one, other = before.pixel(x, y), after.pixel(x, y)
            if one != other and contrast(_name(one), _name(other)) >= BORDER:
                count += 1
    return count


def _name(pixel: int) -> str:
    return QColor(pixel).name()


def focus_change(widget: QWidget, window: QWidget) -> tuple[int, int]:
    """Pixels that change by 3:1 when a control has focus, and those of a line of one pixel round it."""
    box = place(widget, window).adjusted(-6, -6, 6, 6)
    widget.clearFocus()
    settle()
    before = picture(window).copy(box)
    widget.setFocus()
    settle()
    return changed(before, picture(window).copy(box)), 2 * (widget.width() + widget.height())
