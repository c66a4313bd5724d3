"""What a PDF says about itself, as Info dictionary and XMP packet that agree to the letter. It takes every value from
its caller: no clock, no login name, no path of this machine can reach the file from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from hakemus.adapters.pdf.workarounds import compressed


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """Title, author (an organisation), subject, the program's name and version, language tag, date of making."""

    title: str
    author: str
    subject: str
    program: str
    language: str
    made_on: date
    conforming: bool = True
    """Whether the file may say that it is PDF/A-3a and PDF/UA-1."""


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file carried inside; `relationship` is one of Source, Data, Alternative, Supplement, Unspecified."""

    name: str
    media_type: str
    data: bytes
    description: str
    relationship: str = "Source"


def pdf_date(day: date) -> str:
    """Midnight UTC of the day: the date of making is all that is known, or anybody's business."""
    return f"D:{day:%Y%m%d}000000Z"


def xmp_packet(info: DocumentInfo) -> bytes:
    """The XMP packet: identification as PDF/A-3a and PDF/UA-1, and the Info dictionary's values."""
    day = f"{info.made_on:%Y-%m-%d}T00:00:00Z"
    values = {
        "title": _xml(info.title),
        "author": _xml(info.author),
        "subject": _xml(info.subject),
        "program": _xml(info.program),
        "language": _xml(info.language),
        "day": day,
    }
    packet = _PACKET if info.conforming else _PACKET.replace(_IDENTIFIED, "")
    return packet.format(**values).encode("utf-8")


def _xml(text: str) -> str:
    """Text of an XML element. The packet lies in the file uncompressed: a reader that looks for the end of a stream by
    its word must not find that word in somebody's title.
    """
    return escape(text).replace("endstream", "&#101;ndstream").replace("endobj", "&#101;ndobj")


def embed(document: Any, files: tuple[EmbeddedFile, ...], made_on: date) -> None:
    """Puts the files inside as associated files of the whole document (ISO 19005-3, 6.8)."""
    names: list[Any] = []
    references: list[Any] = []
    for file in sorted(files, key=lambda each: each.name):
        parameters = PDFDictionary({"Size": len(file.data), "ModDate": PDFString(pdf_date(made_on))})
        media_type = "/" + file.media_type.replace("/", "#2F")
        entries = {"Type": PDFName("EmbeddedFile"), "Subtype": media_type, "Params": parameters}
        data = document.Reference(compressed(file.data, entries))
        specification = PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(file.name),
                "UF": PDFString(file.name),
                "Desc": PDFString(file.description),
                "AFRelationship": PDFName(file.relationship),
                "EF": PDFDictionary({"F": data, "UF": data}),
            }
        )
        specification.__RefOnly__ = 1
        reference = document.Reference(specification)
        names += [PDFString(file.name), reference]
        references.append(reference)
    if references:
        document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
        document.Catalog.AF = PDFArray(references)


_IDENTIFIED = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{program}</pdf:Producer><pdf:Keywords></pdf:Keywords>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
