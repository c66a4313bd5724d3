"""Words of a cell in lines: a row grows with them, so that what somebody wrote is read where it was written."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption

from hakemus.ui.look.style import font, look

MOST_LINES = 3
"""Lines that a row grows to; what is longer is cut there, and whole among the row's own fields."""


def wrapped(text: str, width: int, most: int = MOST_LINES) -> tuple[str, ...]:
    """A cell's words in lines of at most `width` pixels; the last one is cut where `most` lines do not hold them."""
    return _wrapped(text.replace("\n", " "), width, most, look().scale.factor)


def is_cut(text: str, width: int, most: int = MOST_LINES) -> bool:
    """Whether so many lines do not hold a cell's words."""
    return len(wrapped(text, width, most + 1)) > most


def line_height() -> int:
    """Pixels from a line of a cell to the next."""
    return QFontMetrics(font("table")).height()


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: int, most: int, _factor: float) -> tuple[str, ...]:
    made = font("table")
    metrics = QFontMetrics(made)
    if most == 1 or metrics.horizontalAdvance(text) <= width:
        return (metrics.elidedText(text, Qt.TextElideMode.ElideRight, width),)
    layout = QTextLayout(text, made)
    layout.setTextOption(_option())
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts places in units of UTF-16

    def between(start: int, end: int | None) -> str:
        return units[2 * start : None if end is None else 2 * end].decode("utf-16-le", "surrogatepass").strip()

    whole = starts[:most]
    ends = [*whole[1:], None]
    lines = [between(start, end) for start, end in zip(whole, ends, strict=True)]
    lines[-1] = metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, width)
    return tuple(lines)


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
