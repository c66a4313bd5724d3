"""What is really drawn: every text of a picture with its place and colour, and the contrast that its pixels have.

Qt's own SVG painter tells which texts a widget draws, whoever draws them (labels, delegates, charts, editors); the
picture of the same moment tells what came of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from hakemus.ui.look.tokens import TEXT, contrast

SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_SIGN = re.compile(r"\w")
_BLANK = 0.25
"""The least share of a text's distance from its ground that its darkest pixel keeps: thin strokes are blended."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text, the box of its letters in pixels of the picture, and the colour it was drawn with."""

    text: str
    box: QRect
    colour: str


def drawn_texts(widget: QWidget) -> Iterator[Drawn]:
    """Every text that a widget and its children draw, in the order of drawing."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    paper = QSvgGenerator()
    paper.setOutputDevice(buffer)
    paper.setSize(widget.size())
    paper.setResolution(96)
    painter = QPainter(paper)
    widget.render(painter, QPoint())
    painter.end()
    yield from _texts(ElementTree.fromstring(bytes(buffer.data().data())), QTransform())


def _texts(node: ElementTree.Element, turned: QTransform) -> Iterator[Drawn]:
    moved = node.get("transform")
    if moved:
        a, b, c, d, e, f = (float(number) for number in _NUMBER.findall(moved))
        turned = QTransform(a, b, c, d, e, f) * turned
    if node.tag == f"{SVG}text" and node.text and node.text.strip():
        made = QFont(node.get("font-family", ""))
        made.setPixelSize(max(1, round(float(node.get("font-size", "12")))))
        made.setWeight(QFont.Weight(int(node.get("font-weight", "400"))))
        made.setFeature(QFont.Tag("tnum"), 1)
        letters = QFontMetricsF(made).tightBoundingRect(node.text)
        corner = QPointF(float(node.get("x", "0")), float(node.get("y", "0")))
        yield Drawn(node.text, turned.mapRect(letters.translated(corner)).toAlignedRect(), node.get("fill", "#000000"))
    for inner in node:
        yield from _texts(inner, turned)


def picture(widget: QWidget, ground: str = "#FF00FF") -> QImage:
    """What a widget looks like at this moment, one pixel for each of its own, over the colour of what lies behind."""
    made = QImage(widget.size(), QImage.Format.Format_RGB32)
    made.fill(QColor(ground))
    painter = QPainter(made)
    widget.render(painter, QPoint())
    painter.end()
    return made


def colours(image: QImage, box: QRect) -> Counter[str]:
    """How often each colour stands in a box of a picture."""
    part = image.copy(box.intersected(image.rect())).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(part.constBits()).cast("I"))
    return Counter({f"#{value & 0xFFFFFF:06X}": count for value, count in counted.items()})


def legibility(image: QImage, text: Drawn) -> float | None:
    """The contrast of a text with its ground, of the pixels it has; None where it is not in the picture."""
    if not image.rect().contains(text.box) or not _SIGN.search(text.text):
        return None
    found = colours(image, text.box.adjusted(-1, -1, 1, 1))
    letters = min(found, key=lambda colour: _apart(colour, text.colour))
    grounds = Counter({colour: count for colour, count in found.items() if _apart(colour, letters) > 24})
    if not grounds:
        return None if _apart(letters, text.colour) > 24 else 1.0
    ground = grounds.most_common(1)[0][0]
    if _apart(letters, text.colour) > _apart(ground, text.colour) * (1 - _BLANK):
        return None  # covered, or beyond the edge of what shows it
    return contrast(letters, ground)


def is_cut(text: Drawn, box: QPlainTextEdit, ground: QWidget) -> bool:
    """Whether a line stands at the upper or lower edge of a box of text, so that its pixels are not all there."""
    whole = QRect(box.mapTo(ground, QPoint()), box.size())
    top = box.viewport().mapTo(ground, QPoint()).y()
    bottom = top + box.viewport().height() - 1
    return whole.intersects(text.box) and (text.box.top() < top or text.box.bottom() > bottom)


def illegible(window: QWidget) -> list[str]:
    """Texts whose contrast with their ground is below 4.5:1: of every page that scrolls, whole, and of the rest."""
    faults = []
    whole = picture(window)
    seen: set[tuple[str, int, int]] = set()
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible() and area.widget() is not None]
    for ground in [*(area.widget() for area in reversed(areas)), window]:
        if ground is window:
            image = whole
        else:
            behind = ground.parentWidget()
            edge = behind.mapTo(window, behind.visibleRegion().boundingRect().bottomRight())
            if not whole.rect().contains(edge):
                continue  # a page within a page, scrolled out of sight: the outer one shows it whole
            image = picture(ground, whole.pixelColor(edge).name())
        corner = ground.mapTo(window, QPoint())
        boxes = [box for box in ground.findChildren(QPlainTextEdit) if box.isVisible()]
        for text in drawn_texts(ground):
            if any(is_cut(text, box, ground) for box in boxes):
                continue  # the line below the last whole one: the box is scrolled to read it
            at = (text.text, text.box.x() + corner.x(), text.box.y() + corner.y())
            if at in seen:
                continue  # it was judged on its own page, where nothing covers it
            seen.add(at)
            found = legibility(image, text)
            if found is not None and found < TEXT:
                faults.append(f"contrast {found:.1f}: {text.text[:60]!r} in {text.colour}")
    return faults


def _apart(one: str, other: str) -> int:
    """How far two colours lie from each other, 0 to 765."""
    return sum(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5))
