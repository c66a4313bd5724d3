"""What the papers about the program itself have in common: their canvas, and the furniture of their pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import NamedTuple

from hakemus.adapters.pdf.furniture import Furniture
from hakemus.adapters.pdf.metadata import DocumentInfo
from hakemus.adapters.pdf.render import language_tag
from hakemus.adapters.pdf.structure import Element
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas


class OwnPaper(NamedTuple):
    """A paper about the program; `page` has the places {page} and {pages}."""

    title: str
    version_words: str
    language: str
    page: str
    made_on: date
    program: str

    def canvas(self, target: BytesIO, root: Element) -> TaggedCanvas:
        """Where its pages are drawn, tagged and with what a reader is told of the file."""
        info = DocumentInfo(
            title=f"hakemus: {self.title}",
            author="hakemus",
            subject=self.version_words,
            program=self.program,
            language=language_tag(self.language),
            made_on=self.made_on,
            conforming=True,
        )
        return TaggedCanvas(target, root, info)

    def furniture(self) -> Furniture:
        """Head and foot of its pages."""
        return Furniture(self.title, "hakemus", (self.version_words,), self.page, "")
