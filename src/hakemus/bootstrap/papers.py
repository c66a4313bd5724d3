"""A PDF that can be looked at page by page, for the preview."""

from __future__ import annotations

import re

from hakemus.adapters.pdf.pages import find_words, page_count, page_size, page_text, render_page

# Spaces, line ends, soft hyphens, and what PDFium writes for a hyphen at the end of a line.
_BETWEEN = re.compile("[\\s\u00ad\u200b\u0002\ufffe-]+")

_MOST_READ = 150
"""Pages whose texts are read beforehand: five milliseconds each, and nobody waits a second to see a paper."""


def _bare(text: str) -> str:
    return _BETWEEN.sub("", text).casefold()


class PdfPages:
    """The pages of one PDF. `count` is how many there are.

    It reads their texts when it is made, aside: a search then looks only at pages that may have the words, and holds
    nobody up.
    """

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.count = page_count(pdf)
        self._texts = [_bare(page_text(pdf, index)) for index in range(min(self.count, _MOST_READ))]

    def image(self, index: int, width: int) -> tuple[int, int, bytes]:
        """Width, height and RGBA bytes of a page at about a width in pixels."""
        points = page_size(self._pdf, index)[0]
        return render_page(self._pdf, index, 72 * width / points)

    def found(self, index: int, words: str) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height of every place of the words, as parts of the page's width and height."""
        if index < len(self._texts) and _bare(words) not in self._texts[index]:
            return []
        return find_words(self._pdf, index, words)
