"""What the print dialog chose is what is done: pages, copies, sides; the very file to the queue, or pages painted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QProgressDialog

from hakemus.adapters.pdf.pages import page_count, page_text, render_page, some_pages
from hakemus.adapters.printing import qt_printing, spooler
from hakemus.adapters.printing.qt_printing import QtPrinter, chosen_pages, order_of
from hakemus.adapters.printing.spooler import Order, arguments, hand_over
from hakemus.usecases.errors import UserError
from hakemus.usecases.ports import PrintJob

PAGES = 4


@pytest.fixture(scope="module")
def pdf() -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=(595.28, 841.89), invariant=1)
    for number in range(1, PAGES + 1):
        canvas.drawString(100, 700, f"sheet {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


class Files:
    def __init__(self) -> None:
        self.written: dict[str, bytes] = {}

    def write(self, path: str, data: bytes) -> None:
        self.written[path] = data


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def qt_printer(qapp: QApplication, files: Files) -> QtPrinter:
    return QtPrinter(lambda: None, page_count, render_page, lambda text: text, some_pages, files)


def choosing(
    monkeypatch: pytest.MonkeyPatch, choose: Callable[[QPrinter], object], *, agreed: bool = True
) -> list[QPrintDialog]:
    """The dialog is answered by `choose`, which sets the printer as the dialog's controls would."""
    seen: list[QPrintDialog] = []

    def act(dialog: QPrintDialog) -> int:
        seen.append(dialog)
        choose(dialog.printer())
        return QPrintDialog.DialogCode.Accepted.value if agreed else 0

    monkeypatch.setattr(QPrintDialog, "exec", act)
    return seen


def some(first: int, last: int) -> Callable[[QPrinter], None]:
    def choose(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(first, last)

    return choose


def test_an_order_in_the_words_of_the_queue() -> None:
    every = arguments(Order("laser", "Hakemus\n\x07 1", 3, (2, 3), "two-sided-long-edge", collate=False, grey=True))
    assert list(every) == [
        "-d", "laser", "-t", "Hakemus 1", "-n", "3", "-P", "2-3", "-o", "media=A4", "-o", "print-scaling=none",
        "-o", "sides=two-sided-long-edge", "-o", "multiple-document-handling=separate-documents-uncollated-copies",
        "-o", "print-color-mode=monochrome", "--", "-",
    ]  # fmt: skip
    assert list(arguments(Order("-x", ""))) == [
        "-d", "-x", "-t", "hakemus", "-n", "1", "-o", "media=A4", "-o", "print-scaling=none", "--", "-",
    ]  # fmt: skip


def queue(folder: Path, code: int, said: str = "") -> str:
    """A program in the place of the queue's, which keeps what it was given."""
    program = folder / "lp"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nhere = pathlib.Path({str(folder)!r})\n"
        "(here / 'asked').write_text('\\n'.join(sys.argv[1:]))\n(here / 'taken').write_bytes(sys.stdin.buffer.read())\n"
        f"sys.stderr.write({said!r})\nsys.exit({code})\n"
    )
    program.chmod(0o755)
    return str(program)


@pytest.mark.skipif(sys.platform == "win32", reason="a program of the shell stands in for the queue")
def test_the_queue_gets_the_very_bytes(tmp_path: Path, pdf: bytes) -> None:
    hand_over(queue(tmp_path, 0), pdf, Order("laser", "A"))
    assert (tmp_path / "taken").read_bytes() == pdf
    assert (tmp_path / "asked").read_text().split("\n")[:2] == ["-d", "laser"]


@pytest.mark.skipif(sys.platform == "win32", reason="a program of the shell stands in for the queue")
def test_a_queue_that_refuses_is_one_sentence_with_its_words(tmp_path: Path, pdf: bytes) -> None:
    with pytest.raises(UserError) as said:
        hand_over(queue(tmp_path, 1, "lp: no such\n destination\n"), pdf, Order("laser", "A"))
    assert said.value.message.values == {"printer": "laser", "reason": "lp: no such destination"}
    with pytest.raises(UserError):
        hand_over(str(tmp_path / "nothing"), pdf, Order("laser", "A"))


def test_where_there_is_no_queue_there_is_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler.shutil, "which", lambda _name: "/usr/bin/lp")
    assert spooler.spooler() == ("/usr/bin/lp" if sys.platform != "win32" else None)
    monkeypatch.setattr(spooler.os, "name", "nt")
    assert spooler.spooler() is None


def test_a_file_gets_the_bytes_of_the_pdf_itself(
    qt_printer: QtPrinter, files: Files, monkeypatch: pytest.MonkeyPatch, pdf: bytes, tmp_path: Path
) -> None:
    target = str(tmp_path / "out.pdf")
    seen = choosing(monkeypatch, lambda printer: printer.setOutputFileName(target))
    assert qt_printer.print(PrintJob("Hakemus", pdf))
    assert files.written == {target: pdf}
    assert (seen[0].minPage(), seen[0].maxPage(), seen[0].fromPage(), seen[0].toPage()) == (1, PAGES, 1, PAGES)


def test_a_file_of_some_pages_holds_those(
    qt_printer: QtPrinter, files: Files, monkeypatch: pytest.MonkeyPatch, pdf: bytes, tmp_path: Path
) -> None:
    def choose(printer: QPrinter) -> None:
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        some(2, 3)(printer)

    choosing(monkeypatch, choose)
    assert qt_printer.print(PrintJob("Hakemus", pdf))
    (made,) = files.written.values()
    assert [page_text(made, at).strip() for at in range(page_count(made))] == ["sheet 2", "sheet 3"]


def test_a_change_of_mind_prints_nothing(
    qt_printer: QtPrinter, files: Files, monkeypatch: pytest.MonkeyPatch, pdf: bytes, tmp_path: Path
) -> None:
    choosing(monkeypatch, lambda printer: printer.setOutputFileName(str(tmp_path / "o.pdf")), agreed=False)
    assert not qt_printer.print(PrintJob("Hakemus", pdf))
    assert files.written == {}


@pytest.mark.parametrize(
    ("choose", "pages"),
    [
        (lambda _printer: None, range(PAGES)),
        (some(0, 0), range(PAGES)),
        (some(2, 3), range(1, 3)),
        (some(3, 99), range(2, PAGES)),
        (some(99, 99), range(3, PAGES)),
    ],
)
def test_pages_are_those_that_were_chosen(qapp: QApplication, choose: Callable[[QPrinter], None], pages: range) -> None:
    printer = QPrinter()
    choose(printer)
    assert chosen_pages(printer, PAGES) == pages


def test_what_was_chosen_goes_to_the_queue(qt_printer: QtPrinter, monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> None:
    orders: list[tuple[str, bytes, Order]] = []
    monkeypatch.setattr(qt_printing, "spooler", lambda: "/usr/bin/lp")
    monkeypatch.setattr(qt_printing, "hand_over", lambda *given: orders.append(given))
    printer = qt_printer.paper("Hakemus")
    printer.setOutputFileName("")
    monkeypatch.setattr(type(printer), "printerName", lambda _printer: "laser")
    printer.setCopyCount(2)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    some(1, 2)(printer)
    assert qt_printer.carry_out(printer, PrintJob("Hakemus", pdf), chosen_pages(printer, PAGES))
    ((program, given, order),) = orders
    assert (program, given) == ("/usr/bin/lp", pdf)
    assert (order.printer, order.title, order.copies, order.pages, order.grey) == ("laser", "Hakemus", 2, (1, 2), True)


@pytest.mark.parametrize(
    ("mode", "sides"),
    [
        (QPrinter.DuplexMode.DuplexNone, "one-sided"),
        (QPrinter.DuplexMode.DuplexLongSide, "two-sided-long-edge"),
        (QPrinter.DuplexMode.DuplexShortSide, "two-sided-short-edge"),
        (QPrinter.DuplexMode.DuplexAuto, ""),
    ],
)
def test_sides_are_those_that_were_chosen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, mode: QPrinter.DuplexMode, sides: str
) -> None:
    printer = QPrinter()
    monkeypatch.setattr(type(printer), "duplex", lambda _printer: mode)
    order = order_of(printer, "A", range(PAGES), PAGES)
    assert (order.sides, order.pages) == (sides, None)


def painted(qt_printer: QtPrinter, pdf: bytes, target: Path, pages: range) -> bool:
    printer = qt_printer.paper("Hakemus")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return qt_printer.paint(printer, pdf, pages)


def test_painted_pages_show_what_the_pages_show(qt_printer: QtPrinter, pdf: bytes, tmp_path: Path) -> None:
    assert painted(qt_printer, pdf, tmp_path / "out.pdf", range(1, 3))
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as paper:
        assert len(paper) == 2
    made = (tmp_path / "out.pdf").read_bytes()
    for at in range(2):
        wide, high, seen = render_page(made, at, 50)
        width, height, wanted = render_page(pdf, at + 1, 50)
        assert (wide, high) == (width, height)
        far = sum(abs(a - b) > 96 for a, b in zip(seen, wanted, strict=True))
        assert far < len(seen) / 2000


def test_printing_can_be_stopped(qt_printer: QtPrinter, pdf: bytes, tmp_path: Path, qapp: QApplication) -> None:
    def stop() -> None:
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QProgressDialog):
                shown.cancel()

    timer = QTimer()
    timer.timeout.connect(stop)
    timer.start(0)
    assert not painted(qt_printer, pdf, tmp_path / "out.pdf", range(PAGES))
    timer.stop()


def test_pages_that_are_not_there_are_refused(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="no pages 2 to 9"):
        some_pages(pdf, 2, 9)
