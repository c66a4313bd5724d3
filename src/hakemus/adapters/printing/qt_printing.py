"""The system's print dialog, and the very pages of the PDF on paper. Knows no application.

Where the system has a print queue that reads PDF, the file itself goes there; else its pages are painted.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

from hakemus.adapters.printing.spooler import Order, hand_over, spooler
from hakemus.usecases.ports import FileWriter, PrintJob

T = TypeVar("T")

DPI = 300
_TURN_MS = 10
RenderPage = Callable[[bytes, int, float], tuple[int, int, bytes]]
"""Width, height and RGBA bytes of a page of a PDF at a resolution."""
SomePages = Callable[[bytes, int, int], bytes]
"""A PDF of the pages from a first to a last, counted from 0, both among them."""

_SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}


class QtPrinter:
    """Asks with the system's dialog, then prints all of what was chosen there: pages, copies, sides."""

    def __init__(
        self,
        parent: Callable[[], QWidget | None],
        page_count: Callable[[bytes], int],
        render: RenderPage,
        words: Callable[[str], str],
        some_pages: SomePages,
        writer: FileWriter,
    ) -> None:
        self._parent, self._page_count, self._render, self._words = parent, page_count, render, words
        self._some_pages, self._writer = some_pages, writer

    def print(self, job: PrintJob) -> bool:
        """Ask and print; False when the person changed their mind. `UserError` where no printer takes it."""
        printer = self.paper(job.title)
        count = self._page_count(job.pdf)
        dialog = QPrintDialog(printer, self._parent())
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        return self.carry_out(printer, job, chosen_pages(printer, count))

    def paper(self, title: str) -> QPrinter:
        """A printer of A4 sheets on which the pages have their own margins."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        return printer

    def carry_out(self, printer: QPrinter, job: PrintJob, pages: range) -> bool:
        """What was chosen in the dialog: a file, the queue, or a printer that has to be painted on."""
        count = self._page_count(job.pdf)
        if target := printer.outputFileName():
            whole = len(pages) == count
            pdf = job.pdf if whole else self._some_pages(job.pdf, pages.start, pages.stop - 1)
            self._writer.write(str(Path(target)), pdf)
            return True
        program = spooler()
        if program is not None and printer.printerName():
            order = order_of(printer, job.title, pages, count)
            _aside(lambda: hand_over(program, job.pdf, order))
            return True
        return self.paint(printer, job.pdf, pages)

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
                width, height, data = _aside(lambda index=index: self._render(pdf, index, dpi))  # type: ignore[misc]
                image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888)
                painter.drawImage(QRectF(painter.viewport()), image)
        finally:
            painter.end()
            progress.close()
        return True


def _aside(make: Callable[[], T]) -> T:
    """The result of `make`, made on another thread while the window goes on painting and can be told to stop."""
    with ThreadPoolExecutor(1) as workers:
        future = workers.submit(make)
        while not future.done():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _TURN_MS)
            wait([future], _TURN_MS / 1000)
        return future.result()


def chosen_pages(printer: QPrinter, count: int) -> range:
    """The pages that were chosen, counted from 0, drawn into what there is."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or not printer.fromPage():
        return range(count)
    first = min(printer.fromPage(), count)
    return range(first - 1, max(first, min(printer.toPage() or count, count)))


def order_of(printer: QPrinter, title: str, pages: range, count: int) -> Order:
    """What a dialog chose, for the queue."""
    return Order(
        printer=printer.printerName(),
        title=title,
        copies=printer.copyCount(),
        pages=None if len(pages) == count else (pages.start + 1, pages.stop),
        sides=_SIDES.get(printer.duplex(), ""),
        collate=printer.collateCopies(),
        grey=printer.colorMode() == QPrinter.ColorMode.GrayScale,
    )
