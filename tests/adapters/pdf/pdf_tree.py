"""Reads a tagged PDF back with an independent library: its structure tree, and the text of each marked content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf


@dataclass
class Node:
    """A structure element; `pieces` are (page, mcid) in order, `text` what they and the children below hold."""

    role: str
    keys: dict[str, Any]
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    objects: list[Any] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, role: str) -> list[Node]:
        return [node for node in self.walk() if node.role == role]


class TaggedPdf:
    """`contents[(page, mcid)]` is text; `loose` is text that is neither content nor artifact."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self.contents: dict[tuple[int, int], str] = {}
        self.artifacts: list[tuple[int, str, str]] = []
        self.loose: list[str] = []
        self.repeated: list[tuple[int, int]] = []
        for number, page in enumerate(self.pdf.pages):
            self._read_page(number, page)
        self._numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.root = self._node(self.pdf.Root.StructTreeRoot.K, None)

    def _read_page(self, number: int, page: Any) -> None:
        fonts = {name: _unicode(font) for name, font in page.Resources.Font.items()}
        current: dict[int, str] = {}
        owner: Any = None
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    assert owner is None, "marked content in marked content"
                    owner = (str(operands[0]), operands[1])
                    if "/MCID" in owner[1]:
                        key = (number, int(owner[1].MCID))
                        if key in self.contents:
                            self.repeated.append(key)
                        self.contents[key] = ""
                    else:
                        self.artifacts.append((number, str(owner[1].get("/Subtype", owner[1].Type)), ""))
                case "EMC":
                    owner = None
                case "Tf":
                    current = fonts[str(operands[0])]
                case "Tj":
                    text = "".join(current[code] for code in bytes(operands[0]))
                    self._keep(number, owner, text)
        assert owner is None

    def _keep(self, number: int, owner: Any, text: str) -> None:
        if owner is None:
            self.loose.append(text)
        elif owner[0] == "/Artifact":
            page, kind, before = self.artifacts[-1]
            self.artifacts[-1] = (page, kind, before + text)
        else:
            self.contents[(number, int(owner[1].MCID))] += text

    def _node(self, element: Any, home: int | None) -> Node:
        home = self._numbers[element.Pg.objgen] if "/Pg" in element else home
        keys = {name: str(element[name]) for name in ("/Alt", "/Lang", "/T") if name in element}
        node = Node(str(element.S)[1:], keys, _attributes(element))
        for kid in _listed(element.get("/K")):
            if isinstance(kid, int):
                assert home is not None
                node.pieces.append((home, kid))
                node.text += self.contents[node.pieces[-1]]
            elif str(kid.get("/Type", "")) == "/MCR":
                node.pieces.append((self._numbers[kid.Pg.objgen], int(kid.MCID)))
                node.text += self.contents[node.pieces[-1]]
            elif str(kid.get("/Type", "")) == "/OBJR":
                node.objects.append(kid.Obj)
            else:
                child = self._node(kid, home)
                node.children.append(child)
                node.text += child.text
        return node

    def parent_tree(self) -> dict[int, list[Any]]:
        """Row of the ParentTree by its key; one element for the key of an annotation."""
        numbers = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        return {int(key): _listed(row) for key, row in zip(numbers[::2], numbers[1::2], strict=True)}

    def elements(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Object number of the element that claims each (page, mcid)."""
        found: dict[tuple[int, int], tuple[int, int]] = {}

        def visit(element: Any) -> None:
            home = self._numbers[element.Pg.objgen] if "/Pg" in element else None
            for kid in _listed(element.get("/K")):
                if isinstance(kid, int):
                    assert home is not None
                    found[(home, kid)] = element.objgen
                elif str(kid.get("/Type", "")) == "/MCR":
                    found[(self._numbers[kid.Pg.objgen], int(kid.MCID))] = element.objgen
                elif str(kid.get("/Type", "")) != "/OBJR":
                    visit(kid)

        visit(self.pdf.Root.StructTreeRoot.K)
        return found


def plain(text: str) -> str:
    """One kind of space, once, and none at either end; soft hyphens are not part of a text."""
    return re.sub(r"[ \u00a0\r\n\t]+", " ", text.replace("\u00ad", "")).strip()


def bare(text: str) -> str:
    """The characters of a text without any space or soft hyphen."""
    return re.sub(r"[\s\u00ad]", "", text)


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _attributes(element: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for owner in _listed(element.get("/A")):
        for key, value in owner.items():
            numbers = isinstance(value, pikepdf.Array)
            found[key] = " ".join(str(float(each)) for each in value) if numbers else str(value)
    return found


def _unicode(font: Any) -> dict[int, str]:
    data = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>", data)
    return {int(code, 16): bytes.fromhex(points).decode("utf-16-be") for code, points in pairs}
