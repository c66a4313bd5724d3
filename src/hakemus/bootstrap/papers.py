"""A PDF that can be looked at page by page, for the preview."""

from __future__ import annotations

from hakemus.adapters.pdf.pages import find_words, page_count, page_size, render_page


class PdfPages:
    """The pages of one PDF. `count` is how many there are."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.count = page_count(pdf)

    def image(self, index: int, width: int) -> tuple[int, int, bytes]:
        """Width, height and RGBA bytes of a page at about a width in pixels."""
        points = page_size(self._pdf, index)[0]
        return render_page(self._pdf, index, 72 * width / points)

    def found(self, index: int, words: str) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height of every place of the words, as parts of the page's width and height."""
        return find_words(self._pdf, index, words)
