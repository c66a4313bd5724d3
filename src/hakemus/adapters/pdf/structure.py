"""The structure tree of a tagged PDF: elements, their attributes, and how both become PDF objects.
It knows nothing of pages' looks, of fonts or of reports.

Roles are the standard structure types of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

# Cells count towards the regularity of their row even when nothing is written in them.
_KEPT_EMPTY = frozenset({"TD", "TH"})


@dataclass(frozen=True, slots=True)
class Name:
    """A PDF name as an attribute's value, for example the `Column` of a header cell's scope."""

    value: str


AttributeValue = Name | str | int | float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """One attribute object: its owner (`Table`, `List`, `Layout`) and its entries."""

    owner: str
    entries: Mapping[str, AttributeValue]

    def pdf(self) -> Any:
        values = {key: _pdf_value(value) for key, value in self.entries.items()}
        return PDFDictionary({"O": PDFName(self.owner), **values})


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
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


def header_scope(scope: str, *, columns: int = 1) -> Attributes:
    """A header cell's scope, `Column` or `Row`."""
    entries: dict[str, AttributeValue] = {"Scope": Name(scope)}
    if columns > 1:
        entries["ColSpan"] = columns
    return Attributes("Table", entries)


def column_span(columns: int) -> Attributes:
    return Attributes("Table", {"ColSpan": columns})


def list_numbering(kind: str) -> Attributes:
    """`None`, `Disc`, `Decimal`: how the labels of a list are made."""
    return Attributes("List", {"ListNumbering": Name(kind)})


def block_box(left: float, bottom: float, right: float, top: float) -> Attributes:
    """Where a figure stands on its page, in points."""
    box = tuple(round(value, 2) for value in (left, bottom, right, top))
    return Attributes("Layout", {"Placement": Name("Block"), "BBox": box})


def _pdf_value(value: AttributeValue) -> Any:
    if isinstance(value, Name):
        return PDFName(value.value)
    if isinstance(value, str):
        return PDFString(value)
    if isinstance(value, tuple):
        return PDFArray(list(value))
    return value


def prune(element: Element) -> bool:
    """Removes elements that hold nothing; False when `element` itself holds nothing."""
    element.children = [c for c in element.children if not isinstance(c, Element) or prune(c)]
    return bool(element.children) or element.role in _KEPT_EMPTY


def structure_root(document: Any, root: Element, page_refs: Sequence[Any], marks: Sequence[Sequence[Element]]) -> Any:
    """The StructTreeRoot dictionary.

    `marks[page][mcid]` is the element each marked content belongs to; its order is the ParentTree's.
    """
    prune(root)
    dictionaries = {element: _indirect(PDFDictionary({})) for element in root.walk()}
    references = {element: document.Reference(entry) for element, entry in dictionaries.items()}
    tree = _indirect(PDFDictionary({"Type": PDFName("StructTreeRoot")}))
    tree_reference = document.Reference(tree)
    parents = {child: element for element in dictionaries for child in element.children if isinstance(child, Element)}
    for element, entry in dictionaries.items():
        entry["P"] = references[parents[element]] if element in parents else tree_reference
        _fill(entry, element, references, page_refs)
    numbers: list[Any] = []
    for page, owners in enumerate(marks):
        row = _indirect(PDFArray([references[owner] for owner in owners]))
        numbers += [page, document.Reference(row)]
    objects = [
        (child.object, references[element])
        for element in dictionaries
        for child in element.children
        if isinstance(child, ObjectContent)
    ]
    for key, (annotation, owner) in enumerate(objects, start=len(marks)):
        annotation["StructParent"] = key
        numbers += [key, owner]
    tree["K"] = references[root]
    tree["ParentTree"] = PDFDictionary({"Nums": PDFArray(numbers)})
    tree["ParentTreeNextKey"] = len(marks) + len(objects)
    return tree


def _indirect(value: Any) -> Any:
    value.__RefOnly__ = 1  # reportlab then writes it as an object of its own
    return value


def _fill(entry: Any, element: Element, references: Mapping[Element, Any], page_refs: Sequence[Any]) -> None:
    entry["S"] = PDFName(element.role)
    for key, text in (("Alt", element.alt), ("Lang", element.language), ("T", element.title)):
        if text:
            entry[key] = PDFString(text)
    if element.attributes:
        attributes = [each.pdf() for each in element.attributes]
        entry["A"] = attributes[0] if len(attributes) == 1 else PDFArray(attributes)
    home = next((child.page for child in element.children if not isinstance(child, Element)), None)
    if home is not None:
        entry["Pg"] = page_refs[home]
    kids: list[Any] = []
    for child in element.children:
        if isinstance(child, Element):
            kids.append(references[child])
        elif isinstance(child, ObjectContent):
            kids.append(PDFDictionary({"Type": PDFName("OBJR"), "Pg": page_refs[child.page], "Obj": child.object}))
        elif child.page == home:
            kids.append(child.mcid)
        else:
            other = {"Type": PDFName("MCR"), "Pg": page_refs[child.page], "MCID": child.mcid}
            kids.append(PDFDictionary(other))
    if kids:
        entry["K"] = kids[0] if len(kids) == 1 else PDFArray(kids)
