"""Paper equals file: what comes out of a real queue of CUPS looks as the pages of the PDF do."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from print_queue import NAME, Queue, lacking, print_queue

from hakemus.adapters.pdf.pages import page_count, page_size, render_page
from hakemus.adapters.printing.spooler import Order, hand_over
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document

pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"NOT PRINTED: {lacking()}")
DPI = 100
CLEARLY = 110
"""So much darker, of 255, is a difference that is seen."""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    core = Core(datetime.date(2018, 11, 15), tmp_path_factory.mktemp("state"))
    return core.exporter.pdf_bytes(example_document(core, "pop-up-kirjasto"))


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    folder = Path(tempfile.mkdtemp(prefix="q"))
    try:
        with print_queue(folder) as made:
            for name, value in made.environ.items():
                monkeypatch.setenv(name, value)
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ink(data: bytes) -> bytes:
    """How dark each dot is: its green, which alone tells ink from paper here."""
    return data[1::4]


def difference(one: bytes, at: int, other: bytes, beside: int) -> float:
    """What one page shows and the other does not, as a part of all dots.

    A queue that scales a page by a hair, from 595.28 points to 595, moves the edge of a letter by less than a dot; so
    a dark dot counts where the other page has nothing dark within one dot of it.
    """
    first, second = picture(one, at), picture(other, beside)
    assert abs(first.width - second.width) <= 1
    assert abs(first.height - second.height) <= 1
    size = (0, 0, min(first.width, second.width), min(first.height, second.height))
    pages = first.crop(size), second.crop(size)
    return max(_lacking(*pages), _lacking(*reversed(pages)))


def picture(data: bytes, at: int) -> Image.Image:
    """How dark each dot is: its green, which alone tells ink from paper here."""
    width, height, dots = render_page(data, at, DPI)
    return Image.frombytes("L", (width, height), ink(dots))


def _lacking(shown: Image.Image, beside: Image.Image) -> float:
    darkest = beside.filter(ImageFilter.MinFilter(3))
    counts = ImageChops.subtract(darkest, shown).histogram()
    return float(sum(counts[CLEARLY:]) / sum(counts))


def test_the_comparison_sees_what_differs(pdf: bytes) -> None:
    assert difference(pdf, 0, pdf, 0) == 0
    assert difference(pdf, 0, pdf, 1) > 0.005


def test_the_pages_of_the_queue_are_the_pages_of_the_file(queue: Queue, pdf: bytes) -> None:
    hand_over("lp", pdf, Order(NAME, "Hakemus ä"))
    printed = queue.wait_for_paper()
    assert page_count(printed) == page_count(pdf)
    for at in range(page_count(pdf)):
        assert page_size(printed, at) == pytest.approx(page_size(pdf, at), abs=1.0)
        assert difference(pdf, at, printed, at) < 0.0001


def test_the_margins_on_paper_are_those_of_the_file(queue: Queue, pdf: bytes) -> None:
    hand_over("lp", pdf, Order(NAME, "Hakemus"))
    printed = queue.wait_for_paper()
    assert edges(printed) == pytest.approx(edges(pdf), abs=1.5)
    left, top, right, bottom = edges(printed)
    assert left == pytest.approx(20, abs=1)
    assert right == pytest.approx(20, abs=1)
    assert min(top, bottom) > 4


def edges(pdf: bytes) -> tuple[float, float, float, float]:
    """White at the left, top, right and bottom of the first page, in millimetres."""
    width, height, data = render_page(pdf, 0, 254)
    rows = [ink(data[at * width * 4 : (at + 1) * width * 4]) for at in range(height)]
    dark = [at for at, row in enumerate(rows) if min(row) < 128]
    lefts = [next(x for x, value in enumerate(rows[at]) if value < 128) for at in dark]
    rights = [next(x for x, value in enumerate(reversed(rows[at])) if value < 128) for at in dark]
    return min(lefts) / 10, dark[0] / 10, min(rights) / 10, (height - 1 - dark[-1]) / 10


def test_range_copies_and_sides_are_kept(queue: Queue, pdf: bytes) -> None:
    hand_over("lp", pdf, Order(NAME, "Hakemus", copies=2, pages=(2, 3), sides="two-sided-long-edge"))
    printed = queue.wait_for_paper()
    assert page_count(printed) == 2
    assert difference(pdf, 1, printed, 0) < 0.0001
    assert difference(pdf, 2, printed, 1) < 0.0001
    (entry,) = [line for line in queue.page_log() if line[0] == NAME]
    assert entry[2:] == ["total", "4", "two-sided-long-edge"], "two pages, two copies"


_PAINTER = """\
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from PySide6.QtPrintSupport import QPrinterInfo
from hakemus.adapters.pdf.pages import page_count, render_page, some_pages
from hakemus.adapters.printing.qt_printing import QtPrinter, chosen_pages
from PySide6.QtPrintSupport import QPrinter
app = QApplication([])
assert sys.argv[2] in QPrinterInfo.availablePrinterNames(), QPrinterInfo.availablePrinterNames()
pdf = open(sys.argv[1], "rb").read()
ours = QtPrinter(lambda: None, page_count, render_page, str, some_pages, None)
printer = ours.paper("Hakemus")
printer.setPrinterName(sys.argv[2])
printer.setPrintRange(QPrinter.PrintRange.PageRange)
printer.setFromTo(1, 2)
printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
assert ours.paint(printer, pdf, chosen_pages(printer, page_count(pdf)))
"""


def test_painted_pages_come_out_of_the_queue_too(queue: Queue, pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(
        [sys.executable, "-c", _PAINTER, str(tmp_path / "paper.pdf"), NAME],
        env=queue.environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    printed = queue.wait_for_paper()
    assert page_count(printed) == 2
    for at in range(2):
        assert difference(pdf, at, printed, at) < 0.01, "letters are dots here, and their edges differ"
