"""What reportlab 5.1 lacks for PDF/A and PDF/UA, each mend beside its reason. Nothing here patches reportlab for
others in the process: objects of one document are exchanged just before that document is written.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

_END = b"endstream\n"


class Deflate:
    """A stream filter that takes bytes as they are; reportlab's own would encode text as UTF-8 first."""

    pdfname = "FlateDecode"

    def encode(self, data: bytes | str) -> bytes:
        return zlib.compress(data.encode("latin-1") if isinstance(data, str) else data, 6)


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]
    """reportlab writes no end of line before `endstream` (ISO 19005-3, 6.1.7.1). It is added always, and as CR LF:
    of data that happens to end in CR or LF a reader would otherwise take the last byte for the end of line.
    """

    def format(self, document: Any) -> bytes:
        data: bytes = super().format(document)
        return data.removesuffix(_END) + b"\r\n" + _END


class Image(pdfdoc.PDFImageXObject):  # type: ignore[misc]
    """A picture, whose stream lacks the same end of line."""

    def format(self, document: Any) -> bytes:
        data: bytes = super().format(document)
        return data.removesuffix(_END) + b"\r\n" + _END


class Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose bytes are at hand. A structure tree has one for each line and cell of the pages; as dictionaries
    of reportlab, put together and written key by key, they took a fifth of all the time that a paper takes.
    """

    __RefOnly__ = 1  # reportlab then writes it as an object of its own

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        del document
        return self.data


class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    """reportlab's document catalog writes only the keys it knows."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
    __Refs__ = [*pdfdoc.PDFCatalog.__Refs__, "AF"]


class Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page that knows its row in the ParentTree and its tab order."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


def compressed(data: bytes, entries: dict[str, Any] | None = None) -> Stream:
    return Stream(pdfdoc.PDFDictionary(entries or {}), data, [Deflate()])


def plain(data: bytes, entries: dict[str, Any] | None = None) -> Stream:
    """An unfiltered stream: PDF/A wants the metadata readable without a PDF library."""
    return Stream(pdfdoc.PDFDictionary(entries or {}), data)


def finish_page(document: Any, number: int) -> None:
    """Completes the page written last; `number` counts from 0 and is its key in the ParentTree."""
    page = document.Pages.pages[-1]
    page.__class__ = Page
    page.StructParents = number
    page.Tabs = pdfdoc.PDFName("S")
    # reportlab would wrap the content in ASCII85, a setting for the whole process.
    page.Contents = compressed(page.stream.encode("latin-1"))


def finish_fonts(document: Any) -> None:
    """Writes the fonts now instead of at the very end, to put right their streams and Unicode maps."""
    for font in document.delayedFonts:
        subsets = [list(subset) for subset in font.state[document].subsets]
        before = set(document.idToObject)
        font.addObjects(document)
        maps = [key for key in document.idToObject if key not in before and str(key).startswith("toUnicodeCMap:")]
        for key, subset in zip(maps, subsets, strict=True):
            document.idToObject[key].content = unicode_map(subset)
    document.delayedFonts = []
    for value in document.idToObject.values():
        if type(value) is pdfdoc.PDFStream:
            value.__class__ = Stream
        elif type(value) is pdfdoc.PDFImageXObject:
            value.__class__ = Image


def unicode_map(subset: Sequence[int]) -> str:
    """A ToUnicode map of one font subset.

    reportlab's has entries for U+0000, blocks of over 100 entries and five-digit hexadecimals beyond U+FFFF;
    the first is forbidden by PDF/UA (ISO 14289-1, 7.21.7), the others by the format itself.
    """
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point > 0
    ]
    blocks: list[str] = []
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
