"""Pages of a finished PDF as pictures and as text, for preview and for paper: the very pages that are saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Any

import pypdfium2

LOCK = Lock()
"""PDFium is not made for several threads at once: whoever uses it holds this."""


def page_count(pdf: bytes) -> int:
    """How many pages; ValueError where the bytes are no PDF."""
    with LOCK, opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, index: int) -> tuple[float, float]:
    """Width and height of a page in points."""
    with LOCK, opened(pdf) as document, _page(document, index) as page:
        width, height = page.get_size()
        return float(width), float(height)


def render_page(pdf: bytes, index: int, dpi: float) -> tuple[int, int, bytes]:
    """Width and height in pixels and the picture, four bytes a pixel (red, green, blue, alpha), on white."""
    with LOCK, opened(pdf) as document, _page(document, index) as page:
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, force_bitmap_format=_RGBA, maybe_alpha=False)
        try:
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            data = bytes(bitmap.buffer)
        finally:
            bitmap.close()
    if stride == width * 4:
        return width, height, data
    return width, height, b"".join(data[at * stride : at * stride + width * 4] for at in range(height))


def page_text(pdf: bytes, index: int) -> str:
    """The page's text in drawing order, one line to a line."""
    with LOCK, opened(pdf) as document, _page(document, index) as page:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()


def find_words(pdf: bytes, index: int, words: str) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of every line of every place of the words, as parts of the page's width and height.

    Capitals make no difference. Words over the end of a line are found where the PDF has them together.
    """
    if not words.strip():
        return []
    found = []
    with LOCK, opened(pdf) as document, _page(document, index) as page:
        width, height = page.get_size()
        text_page = page.get_textpage()
        try:
            search = text_page.search(words)
            while (place := search.get_next()) is not None:
                for at in range(text_page.count_rects(*place)):
                    left, bottom, right, top = text_page.get_rect(at)
                    box = (left / width, 1 - top / height, (right - left) / width, (top - bottom) / height)
                    found.append(box)
        finally:
            text_page.close()
    return found


def some_pages(pdf: bytes, first: int, last: int) -> bytes:
    """A PDF of the pages from `first` to `last`, both among them. It has their looks and not their tags."""
    with LOCK, opened(pdf) as document:
        if not 0 <= first <= last < len(document):
            raise ValueError(f"no pages {first} to {last}")
        part = pypdfium2.PdfDocument.new()
        try:
            part.import_pages(document, list(range(first, last + 1)))
            target = BytesIO()
            part.save(target)
        finally:
            part.close()
    return target.getvalue()


_RGBA = pypdfium2.raw.FPDFBitmap_BGRA


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The PDF in PDFium, for whoever holds `LOCK`. ValueError where it, or what is done with it, is not possible."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fault:
        raise ValueError("not a readable PDF") from fault
    try:
        yield document
    except pypdfium2.PdfiumError as fault:
        raise ValueError("pages that cannot be read") from fault
    finally:
        document.close()


@contextmanager
def _page(document: Any, index: int) -> Iterator[Any]:
    if not 0 <= index < len(document):
        raise ValueError(f"no page {index}")
    page = document[index]
    try:
        yield page
    finally:
        page.close()
