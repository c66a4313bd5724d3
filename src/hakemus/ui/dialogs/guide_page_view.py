"""A page of the user's guide with its pictures, each read when it comes into sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QImageReader, QPaintEvent, QTextBlock, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from hakemus.ui.look.style import color, px
from hakemus.usecases.guide import GuidePage

_IMAGE = QTextDocument.ResourceType.ImageResource


class PageView(QTextBrowser):
    """Shows a page with its pictures, which are no wider than the page.

    The pictures of all steps in one page would take a second to read and a hundred megabytes; until it is in sight a
    picture is an empty ground of its size.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pictures = Path()
        self._unread: dict[str, QSize] = {}

    def show_page(self, page: GuidePage) -> None:
        """Another page."""
        self._pictures = Path(page.pictures)
        self._unread = {}
        self.clear()  # with the pictures of the page before: another language's have the same names
        self.setMarkdown(page.text)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        where = QUrl(name)
        if kind != _IMAGE.value or where.scheme() or "/" in where.path():
            return None  # nothing but a picture of the guide's own is ever read
        ratio = self.devicePixelRatioF()
        whole = QImageReader(str(self._pictures / where.path())).size()
        if whole.isEmpty():
            return None
        wide = max(1, min(whole.width(), round((self.viewport().width() - px(60)) * ratio)))
        size = QSize(wide, max(1, round(whole.height() * wide / whole.width())))
        self._unread[where.path()] = size
        ground = QImage(size, QImage.Format.Format_Mono)
        ground.setColorTable([color("sunken").rgb()] * 2)
        ground.fill(0)
        ground.setDevicePixelRatio(ratio)
        return ground

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._unread:
            self._read_in_sight()
        super().paintEvent(event)

    def _read_in_sight(self) -> None:
        layout = self.document().documentLayout()
        top = self.verticalScrollBar().value()
        sight = QRectF(self.horizontalScrollBar().value(), top, self.viewport().width(), self.viewport().height())
        for block, name in self._places():
            if name in self._unread and layout.blockBoundingRect(block).intersects(sight):
                image = QImage(str(self._pictures / name)).scaled(
                    self._unread.pop(name),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                image.setDevicePixelRatio(self.devicePixelRatioF())
                self.document().addResource(_IMAGE, QUrl(name), image)

    def _places(self) -> Iterator[tuple[QTextBlock, str]]:
        """Each picture's name and the paragraph that it stands in."""
        block = self.document().begin()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                form = at.fragment().charFormat()
                if form.isImageFormat():
                    yield block, form.toImageFormat().name()
                at += 1
            block = block.next()
