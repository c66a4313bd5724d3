"""The structure tree of a tagged PDF: elements, their attributes, and how both become PDF objects.
It knows nothing of pages' looks, of fonts or of reports.

Roles are the standard structure types of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFString

from hakemus.adapters.pdf.workarounds import Written

# Cells count towards the regularity of their row even when nothing is written in them.
_KEPT_EMPTY = frozenset({"TD", "TH"})


@dataclass(frozen=True, slots=True)
class Name:
    """A PDF name as an attribute's value, for example the `Column` of a header cell's scope."""

    value: str


AttributeValue = Name | int | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """One attribute object: its owner (`Table`, `List`, `Layout`) and its entries."""

    owner: str
    entries: tuple[tuple[str, AttributeValue], ...]


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A leaf: the marked content `mcid` on page `page` (counted from 0)."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class ObjectContent:
    """A leaf: an object of page `page` that is not drawn content, such as a form field; `object` is its dictionary."""

    page: int
    object: Any


@dataclass(eq=False, slots=True)
class Element:
    """One structure element; `children` stand in reading order."""

    role: str
    alt: str | None = None
    language: str | None = None
    title: str | None = None
    attributes: list[Attributes] = field(default_factory=list)
    children: list[Element | MarkedContent | ObjectContent] = field(default_factory=list)

    def add(self, role: str, *attributes: Attributes, alt: str | None = None, language: str | None = None) -> Element:
        """A new last child."""
        child = Element(role, alt=alt, language=language, attributes=list(attributes))
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def header_scope(scope: str, *, columns: int = 1) -> Attributes:
    """A header cell's scope, `Column` or `Row`."""
    spans: tuple[tuple[str, AttributeValue], ...] = (("ColSpan", columns),) if columns > 1 else ()
    return Attributes("Table", (*spans, ("Scope", Name(scope))))


def column_span(columns: int) -> Attributes:
    return Attributes("Table", (("ColSpan", columns),))


def list_numbering(kind: str) -> Attributes:
    """`None`, `Disc`, `Decimal`: how the labels of a list are made."""
    return Attributes("List", (("ListNumbering", Name(kind)),))


def block_box(left: float, bottom: float, right: float, top: float) -> Attributes:
    """Where a figure stands on its page, in points."""
    box = tuple(round(value, 2) for value in (left, bottom, right, top))
    return Attributes("Layout", (("Placement", Name("Block")), ("BBox", box)))


@lru_cache(maxsize=256)
def _attribute(attributes: Attributes) -> bytes:
    """An attribute object as it stands in a file: the cells of all tables have a handful of them."""
    entries = (("O", Name(attributes.owner)), *attributes.entries)
    return _dictionary(
        *(b"/%s %s" % (key.encode(), _value(value)) for key, value in sorted(entries, key=itemgetter(0)))
    )


def _value(value: AttributeValue) -> bytes:
    if isinstance(value, Name):
        return b"/" + value.value.encode("ascii")
    if isinstance(value, tuple):
        return _array([f"{number:g}".encode() for number in value])
    return b"%d" % value


def prune(element: Element) -> bool:
    """Removes elements that hold nothing; False when `element` itself holds nothing."""
    element.children = [c for c in element.children if not isinstance(c, Element) or prune(c)]
    return bool(element.children) or element.role in _KEPT_EMPTY


def structure_root(document: Any, root: Element, pages: Sequence[Any], marks: Sequence[Sequence[Element]]) -> Any:
    """The StructTreeRoot object.

    `marks[page][mcid]` is the element each marked content belongs to; its order is the ParentTree's.
    """
    prune(root)
    file = _File(document, pages)
    written = {element: Written() for element in root.walk()}
    references = {element: file.reference(entry) for element, entry in written.items()}
    tree = Written()
    parents = {root: file.reference(tree)}
    objects: list[tuple[Any, bytes]] = []
    for element, entry in written.items():
        own = references[element]
        for child in element.children:
            if isinstance(child, Element):
                parents[child] = own
            elif isinstance(child, ObjectContent):
                objects.append((child.object, own))
        entry.data = _entry(element, parents[element], references, file)
    numbers: list[bytes] = []
    for page, owners in enumerate(marks):
        row = Written(_array([references[owner] for owner in owners]))
        numbers += [b"%d" % page, file.reference(row)]
    for key, (annotation, owner_reference) in enumerate(objects, start=len(marks)):
        annotation["StructParent"] = key
        numbers += [b"%d" % key, owner_reference]
    following = b"%d" % (len(marks) + len(objects))
    tree.data = _dictionary(
        b"/K " + references[root],
        b"/ParentTree " + _dictionary(b"/Nums " + _array(numbers)),
        b"/ParentTreeNextKey " + following,
        b"/Type /StructTreeRoot",
    )
    return tree


class _File:
    """The file that the tree goes into, and how its objects and pages are referred to there."""

    def __init__(self, document: Any, pages: Sequence[Any]) -> None:
        self.document = document
        self.pages = [self.reference(page) for page in pages]

    def reference(self, item: Any) -> bytes:
        return bytes(self.document.Reference(item).format(self.document))

    def text(self, words: str) -> bytes:
        return bytes(PDFString(words).format(self.document))


def _entry(element: Element, parent: bytes, references: Mapping[Element, bytes], file: _File) -> bytes:
    """A structure element as it stands in the file; its keys in the order of the alphabet."""
    home = next((child.page for child in element.children if not isinstance(child, Element)), None)
    parts: list[bytes] = []
    if element.attributes:
        attributes = [_attribute(each) for each in element.attributes]
        parts.append(b"/A " + (attributes[0] if len(attributes) == 1 else _array(attributes)))
    if element.alt:
        parts.append(b"/Alt " + file.text(element.alt))
    if kids := [_kid(child, home, references, file) for child in element.children]:
        parts.append(b"/K " + (kids[0] if len(kids) == 1 else _array(kids)))
    if element.language:
        parts.append(b"/Lang " + file.text(element.language))
    parts.append(b"/P " + parent)
    if home is not None:
        parts.append(b"/Pg " + file.pages[home])
    parts.append(b"/S /" + element.role.encode("ascii"))
    if element.title:
        parts.append(b"/T " + file.text(element.title))
    return _dictionary(*parts)


def _kid(
    child: Element | MarkedContent | ObjectContent,
    home: int | None,
    references: Mapping[Element, bytes],
    file: _File,
) -> bytes:
    if isinstance(child, Element):
        return references[child]
    if isinstance(child, ObjectContent):
        held = file.reference(child.object)
        return _dictionary(b"/Obj " + held, b"/Pg " + file.pages[child.page], b"/Type /OBJR")
    if child.page == home:
        return b"%d" % child.mcid
    return _dictionary(b"/MCID %d" % child.mcid, b"/Pg " + file.pages[child.page], b"/Type /MCR")


def _dictionary(*entries: bytes) -> bytes:
    return b"<<\n" + b" ".join(entries) + b"\n>>"


def _array(items: Sequence[bytes]) -> bytes:
    return b"[ " + b" ".join(items) + b" ]"
