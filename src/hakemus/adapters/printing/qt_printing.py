"""The system's print dialog, and the very pages of the PDF on paper. Knows no application."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

from hakemus.usecases.ports import PrintJob

DPI = 300
RenderPage = Callable[[bytes, int, float], tuple[int, int, bytes]]
"""Width, height and RGBA bytes of a page of a PDF at a resolution."""


class QtPrinter:
    """Asks with the system's dialog and prints page by page, with progress and a way to stop."""

    def __init__(
        self,
        parent: Callable[[], QWidget | None],
        page_count: Callable[[bytes], int],
        render: RenderPage,
        words: Callable[[str], str],
    ) -> None:
        self._parent, self._page_count, self._render, self._words = parent, page_count, render, words

    def print(self, job: PrintJob) -> bool:
        """Ask and print; False when the person changed their mind."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(job.title)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        count = self._page_count(job.pdf)
        dialog = QPrintDialog(printer, self._parent())
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        first, last = printer.fromPage() or 1, printer.toPage() or count
        return self.paint(printer, job.pdf, range(first - 1, min(last, count)))

    def paint(self, printer: QPrinter, pdf: bytes, pages: range) -> bool:
        """Paint pages on a printer; False where the person stopped it."""
        progress = QProgressDialog(self._words("Printing…"), self._words("Cancel"), 0, len(pages), self._parent())
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(500)
        dpi = min(DPI, printer.resolution())
        painter = QPainter(printer)
        try:
            for at, index in enumerate(pages):
                progress.setValue(at)
                if progress.wasCanceled():
                    printer.abort()
                    return False
                if at:
                    printer.newPage()
                width, height, data = self._render(pdf, index, dpi)
                image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888)
                painter.drawImage(QRectF(painter.viewport()), image)
        finally:
            painter.end()
            progress.close()
        return True
