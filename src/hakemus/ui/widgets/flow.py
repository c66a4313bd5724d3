"""A row that goes on in further lines where it has no room: large text on a small screen scrolls no page sideways."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from hakemus.ui.look.style import px, sp

LEAST_WORDS = 240
"""Units under which words beside a button would become a column of syllables."""


class Flow(QLayout):
    """Widgets in reading order; those behind None stand at the right, where all fits on one line."""

    def __init__(self, *parts: QWidget | None, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._right: int | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(sp(gap))
        for part in parts:
            if part is None:
                self._right = len(self._items)
            else:
                self.addWidget(part)

    # -- what Qt asks of a layout --------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line, width) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        tallest = max((item.sizeHint().height() for item in self._shown()), default=0)
        return QSize(widest, tallest)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        lines = self._lines(rect.width())
        top = rect.top()
        for line in lines:
            height = _height(line, rect.width())
            self._place(line, QRect(rect.left(), top, rect.width(), height), spread=len(lines) == 1)
            top += height + self.spacing()

    # -- lines --------------------

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            need = item.sizeHint().width()
            if not lines or left < need:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= need + self.spacing()
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect, *, spread: bool) -> None:
        rest = rect.width() - sum(item.sizeHint().width() for item in line) - self.spacing() * (len(line) - 1)
        behind = self._items[self._right :] if self._right is not None else []
        x, moved = rect.left(), False
        for item in line:
            if spread and not moved and item in behind:
                x, moved = x + max(0, rest), True
            width = min(item.sizeHint().width(), rect.width())
            height = _item_height(item, width)
            item.setGeometry(QRect(QPoint(x, rect.top() + (rect.height() - height) // 2), QSize(width, height)))
            x += width + self.spacing()


def _height(line: list[QLayoutItem], width: int) -> int:
    return max((_item_height(item, min(item.sizeHint().width(), width)) for item in line), default=0)


class Aside(QHBoxLayout):
    """Words with something at their right, or under them where the words would become too narrow."""

    def __init__(self, words: QWidget | QLayout, side: QWidget, gap: int = 12) -> None:
        super().__init__()
        self._gap = sp(gap)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(self._gap)
        if isinstance(words, QWidget):
            self.addWidget(words)
        else:
            self.addLayout(words)
        self.addWidget(side)

    def _parts(self) -> tuple[QLayoutItem, QLayoutItem]:
        words, side = self.itemAt(0), self.itemAt(1)
        assert words is not None
        assert side is not None
        return words, side

    def _stacks_at(self, width: int) -> bool:
        words, side = self._parts()
        least = max(px(LEAST_WORDS), words.minimumSize().width())
        return not side.isEmpty() and width < least + self._gap + side.sizeHint().width()

    def minimumSize(self) -> QSize:
        words, side = self._parts()
        return QSize(
            max(words.minimumSize().width(), 0 if side.isEmpty() else side.minimumSize().width()),
            max(words.minimumSize().height(), 0 if side.isEmpty() else side.minimumSize().height()),
        )

    def hasHeightForWidth(self) -> bool:
        return True

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def heightForWidth(self, width: int) -> int:
        words, side = self._parts()
        if side.isEmpty():
            return _item_height(words, width)
        size = side.sizeHint()
        if self._stacks_at(width):
            return _item_height(words, width) + self._gap + size.height()
        return max(_item_height(words, width - self._gap - size.width()), size.height())

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)
        words, side = self._parts()
        if side.isEmpty():
            words.setGeometry(rect)
            return
        size = side.sizeHint()
        if self._stacks_at(rect.width()):
            height = _item_height(words, rect.width())
            words.setGeometry(QRect(rect.left(), rect.top(), rect.width(), height))
            top = rect.top() + height + self._gap
            side.setGeometry(QRect(rect.left(), top, min(size.width(), rect.width()), size.height()))
            return
        left = rect.right() + 1 - size.width()
        words.setGeometry(QRect(rect.left(), rect.top(), left - self._gap - rect.left(), rect.height()))
        side.setGeometry(QRect(left, rect.top() + (rect.height() - size.height()) // 2, size.width(), size.height()))


def _item_height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
