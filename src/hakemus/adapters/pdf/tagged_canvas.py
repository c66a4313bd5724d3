"""A reportlab canvas that keeps the structure tree: everything drawn is either content of an element or an artifact.
It makes PDF/UA-1 and PDF/A-3a in one file and knows nothing of layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from hakemus.adapters.pdf.colour_profile import srgb_profile
from hakemus.adapters.pdf.fonts import Run, Weight
from hakemus.adapters.pdf.metadata import DocumentInfo, EmbeddedFile, embed, pdf_date, xmp_packet
from hakemus.adapters.pdf.structure import Element, MarkedContent, ObjectContent, structure_root
from hakemus.adapters.pdf.workarounds import Catalog, compressed, finish_fonts, finish_page, plain


class Artifact(Enum):
    """Why something is on the page but not in the text; the value is its property list (ISO 32000-1, 14.8.2.2)."""

    LAYOUT = "<</Type /Layout>>"
    PAGINATION = "<</Type /Pagination>>"
    HEADER = "<</Type /Pagination /Subtype /Header /Attached [/Top]>>"
    FOOTER = "<</Type /Pagination /Subtype /Footer /Attached [/Bottom]>>"
    WATERMARK = "<</Type /Pagination /Subtype /Watermark>>"


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draws between `content(element)` and the next change, or inside `with artifact(kind)`."""

    def __init__(
        self,
        target: BinaryIO,
        root: Element,
        info: DocumentInfo,
        *,
        files: tuple[EmbeddedFile, ...] = (),
        page_size: tuple[float, float] = A4,
    ) -> None:
        super().__init__(
            target,
            pagesize=page_size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=info.language,
            # The default, Helvetica, would be named on every page without being embedded.
            initialFontName=Weight.REGULAR.value,
        )
        self.root, self.info, self._files = root, info, files
        self._fields: list[Any] = []
        self._open: Element | None = None
        self._artifact_depth = 0
        self._marks: list[list[Element]] = [[]]
        self._doc.Catalog.__class__ = Catalog
        self.setTitle(info.title)
        self.setAuthor(info.author)
        self.setSubject(info.subject)
        self.setCreator(info.program)
        self.setProducer(info.program)
        self.setDateFormatter(lambda *_ignored: pdf_date(info.made_on))
        self.setViewerPreference("DisplayDocTitle", "true")

    def content(self, element: Element) -> None:
        """What is drawn next belongs to `element`; goes on in the same marked content where it is open already."""
        if self._artifact_depth:
            raise RuntimeError("content inside an artifact")
        if self._open is element:
            return
        self.close()
        marks = self._marks[-1]
        element.children.append(MarkedContent(len(self._marks) - 1, len(marks)))
        self._code.append(f"/{element.role} <</MCID {len(marks)}>> BDC")
        marks.append(element)
        self._open = element

    def close(self) -> None:
        """Ends the open marked content, if any."""
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    @contextmanager
    def artifact(self, kind: Artifact) -> Iterator[None]:
        """What is drawn inside is decoration; artifacts within artifacts count as the outer one."""
        self.close()
        if not self._artifact_depth:
            self._code.append(f"/Artifact {kind.value} BDC")
        self._artifact_depth += 1
        try:
            yield
        finally:
            self._artifact_depth -= 1
            if not self._artifact_depth:
                self._code.append("EMC")

    def draw_runs(self, x: float, y: float, runs: Sequence[Run], size: float, colour: Any) -> None:
        """One line of text with its baseline at `y`; the caller has said whose content it is."""
        if self._open is None and not self._artifact_depth:
            raise RuntimeError("text outside content and artifact")
        line = self.beginText(x, y)
        line.setFillColor(colour)
        for run in runs:
            line.setFont(run.font, size)
            line.textOut(run.text)
        self.drawText(line)

    def signature_field(self, element: Element, name: str, words: str, box: tuple[float, float, float, float]) -> None:
        """An empty field for a digital signature at `box`; `words` are what a reader hears. `element` is a Form."""
        self.close()
        left, bottom, right, top = box
        blank = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Form"),
            "BBox": PDFArray([0, 0, round(right - left, 2), round(top - bottom, 2)]),
            "Resources": PDFDictionary({}),
        }
        field = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Widget"),
                "FT": PDFName("Sig"),
                "T": PDFString(name),
                "TU": PDFString(words),
                "Rect": PDFArray([round(value, 2) for value in box]),
                "F": 4,  # printed, not hidden: PDF/A wants both said
                "AP": PDFDictionary({"N": self._doc.Reference(compressed(b"", blank))}),
            }
        )
        field.__RefOnly__ = 1
        self._addAnnotation(field)
        element.children.append(ObjectContent(len(self._marks) - 1, field))
        self._fields.append(field)

    def bookmark(self, title: str, level: int, top: float) -> None:
        """An outline entry that leads to height `top` of this page."""
        key = f"b{len(self._destinations)}"
        self.bookmarkHorizontalAbsolute(key, top)
        self.addOutlineEntry(title, key, level, closed=False)

    def showPage(self) -> None:
        self.close()
        super().showPage()
        finish_page(self._doc, len(self._marks) - 1)
        self._marks.append([])

    def save(self) -> None:
        """Writes the file. Every page must have been shown."""
        document, catalog = self._doc, self._doc.Catalog
        pages = document.Pages.pages
        catalog.StructTreeRoot = structure_root(document, self.root, pages, self._marks[: len(pages)])
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        if self._fields:
            catalog.AcroForm = PDFDictionary({"Fields": PDFArray([document.Reference(each) for each in self._fields])})
        intent = {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(compressed(srgb_profile(), {"N": 3})),
        }
        catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
        entries = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
        catalog.Metadata = plain(xmp_packet(self.info), entries)
        embed(document, self._files, self.info.made_on)
        finish_fonts(document)
        # Canvas.save would show one more page where operators are pending.
        del self._code[:]
        document.SaveToFile(self._filename, self)
