"""One PDF of a paper and its attachments: pages taken over as they are, each stamped, each attachment with a bookmark.
What comes out is no PDF/A and no PDF/UA, and does not say it is: nobody knows what the attachments are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.fonts import Weight, font_book
from hakemus.adapters.pdf.pages import LOCK, opened
from hakemus.adapters.pdf.render import MERGED_MARK, carried_files, render_pdf
from hakemus.report.model import Report
from hakemus.usecases.attachment_faults import PaperLook
from hakemus.usecases.package import Appendix

_SIZE = 8.5
_EDGE = 6 * styles.MM
_MOST_PAGES = 5_000
_LOCKED = 4
"""PDFium's code for a password that is wanted."""


def look_at(pdf: bytes) -> PaperLook:
    """Whether a PDF can be read, and how many pages it has."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            return PaperLook(0, "locked" if getattr(fault, "err_code", None) == _LOCKED else "broken")
        try:
            pages = len(document)
            for index in {0, pages - 1} if pages else ():
                document[index].close()
        except pypdfium2.PdfiumError:
            return PaperLook(0, "broken")
        finally:
            document.close()
    return PaperLook(pages, "sound" if 0 < pages <= _MOST_PAGES else "broken")


@dataclass(frozen=True, slots=True)
class PaperMerger:
    """Renders with the fonts of one folder; `program` is the program's name and version."""

    fonts: Path
    program: str

    def __call__(self, report: Report, made_on: date, inside: bytes, appendices: Sequence[Appendix]) -> bytes:
        """The paper, then the pages of every appendix. ValueError where one is no PDF that can be read."""
        titles = tuple(each.title for each in appendices)
        files = carried_files(report, inside)
        form = render_pdf(report, made_on=made_on, program=self.program, fonts=self.fonts, files=files, merged=titles)
        with LOCK, opened(form) as whole:
            first_pages = []
            for each in appendices:
                first_pages.append(len(whole))
                self._append(whole, each)
            target = BytesIO()
            whole.save(target)
        return _settled(target.getvalue(), first_pages)

    def _append(self, whole: Any, appendix: Appendix) -> None:
        start = len(whole)
        with opened(appendix.data) as part:
            count = len(part)
            whole.import_pages(part)
        pages = [whole[start + at] for at in range(count)]
        stamps = [
            (page.get_size(), appendix.stamp.replace("{pages}", str(count)).replace("{page}", str(at)))
            for at, page in enumerate(pages, 1)
        ]
        with opened(self._stamps(stamps)) as drawn:
            for at, page in enumerate(pages):
                stamp = whole_object(drawn, at, whole)
                stamp.set_matrix(pypdfium2.PdfMatrix(*_upright(page)))
                page.insert_obj(stamp)
                page.gen_content()
                page.close()

    def _stamps(self, wanted: Sequence[tuple[tuple[float, float], str]]) -> bytes:
        """A sheet with the stamp at its upper right corner for every page, in that page's size."""
        book = font_book(self.fonts)
        target = BytesIO()
        canvas = Canvas(target, invariant=1, initialFontName=Weight.REGULAR.value)
        for (width, height), words in wanted:
            canvas.setPageSize((width, height))
            wide = book.width(words, Weight.SEMIBOLD, _SIZE)
            x, y = width - _EDGE - wide, height - _EDGE - _SIZE
            canvas.setFillColor(HexColor("#ffffff"))
            canvas.rect(x - 4, y - 4, wide + 8, _SIZE + 6, stroke=0, fill=1)
            canvas.setFillColor(HexColor(styles.INK))
            for run in book.runs(words, Weight.SEMIBOLD):
                canvas.setFont(run.font, _SIZE)
                canvas.drawString(x, y, run.text)
                x += book.width(run.text, Weight.SEMIBOLD, _SIZE)
            canvas.showPage()
        canvas.save()
        return target.getvalue()


def whole_object(source: Any, index: int, target: Any) -> Any:
    """A page of one document as one object that can be drawn in another."""
    captured = source.page_as_xobject(index, target)
    try:
        return captured.as_pageobject()
    finally:
        captured.close()


def _upright(page: Any) -> tuple[float, float, float, float, float, float]:
    """The matrix that carries what is drawn for the page as it is seen into the page's own, perhaps turned, space."""
    left, bottom, right, top = page.get_bbox()
    match page.get_rotation() % 360:
        case 90:
            return 0, 1, -1, 0, right, bottom
        case 180:
            return -1, 0, 0, -1, right, top
        case 270:
            return 0, -1, 1, 0, left, top
        case _:
            return 1, 0, 0, 1, left, bottom


def _settled(data: bytes, first_pages: Sequence[int]) -> bytes:
    """The bookmarks of the attachments turned to their pages, and a file identifier that is no chance.

    PDFium cannot write bookmarks: the form was made with one for each attachment that leads nowhere yet. Each is
    replaced by one as long as it was, so that nothing in the file moves.
    """
    kids = re.search(rb"/Kids ?\[([0-9 R\r\n]+)\]", data)
    pages = re.findall(rb"(\d+) 0 R", kids[1]) if kids else []
    for at, first in enumerate(first_pages):
        nowhere = re.compile(rb"/Dest ?\[ ?\d+ 0 R ?/XYZ 0 %d 0\]" % (MERGED_MARK + at))
        found = nowhere.search(data)
        if found is None or first >= len(pages):
            raise ValueError("a bookmark has no place")
        led = (b"/Dest[%s 0 R/Fit" % pages[first]).ljust(len(found[0]) - 1) + b"]"
        data = data[: found.start()] + led + data[found.end() :]
    return re.sub(rb"/ID ?\[<([0-9A-F]{32})><[0-9A-F]{32}>\]", rb"/ID[<\1><\1>]", data)
