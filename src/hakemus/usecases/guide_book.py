"""The guide as one document: its pages in order, each as headings, paragraphs, lists, tables and pictures.

Reads the part of Markdown that the guide is written in and nothing more; a renderer decides how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hakemus.usecases.guide import GuidePage

_LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.md(?:#[^)]*)?\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_ITEM = re.compile(r"(?:[-*]|(\d+)\.)\s+(.*)")


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading inside a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `numbered` where the order matters."""

    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one row of headings; every row is as long as that."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is the file's, `alt` what is to be seen in it."""

    name: str
    alt: str


Part = Subhead | Paragraph | Items | Grid | Picture


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the guide with its number in the book."""

    number: int
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """`page_words` has the places {page} and {pages}; `language` is that of all text."""

    title: str
    language: str
    chapters: tuple[Chapter, ...]
    page_words: str
    version_words: str

    def parts(self) -> list[Part]:
        """Everything in reading order."""
        return [part for chapter in self.chapters for part in chapter.parts]


def book_of(
    pages: Sequence[GuidePage], language: str, version_words: str, page_words: str, reference: Callable[[int], str]
) -> Book:
    """The book of the guide's pages; `reference` words a link to the chapter of that number."""
    numbers = {page.name: number for number, page in enumerate(pages, 1)}

    def plain(text: str) -> str:
        def link(found: re.Match[str]) -> str:
            number = numbers.get(found[2])
            return found[1] if number is None else f"{found[1]} ({reference(number)})"

        text = _LINK.sub(link, text)
        text = re.sub(r"\*\*(.+?)\*\*", "\N{RIGHT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
        return re.sub(r"`([^`]+)`", r"\1", re.sub(r"(?<![\w*])\*([^*]+)\*", r"\1", text))

    chapters = tuple(
        Chapter(number, page.title, tuple(_parts(page.text.partition("\n")[2], plain)))
        for number, page in enumerate(pages, 1)
    )
    return Book(pages[0].title if pages else "", language, chapters, page_words, version_words)


def _parts(text: str, plain: Callable[[str], str]) -> list[Part]:
    """The parts of a page's text; blank lines divide them, and a list or table is one block of lines."""
    found: list[Part] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.strip().splitlines()]
        if not lines:
            continue
        picture, item = _PICTURE.fullmatch(lines[0]), _ITEM.match(lines[0])
        if lines[0].startswith("#"):
            found.append(Subhead(plain(lines[0].lstrip("# "))))
            found += _parts("\n".join(lines[1:]), plain)
        elif picture is not None:
            found.append(Picture(picture[2], picture[1]))
        elif lines[0].startswith("|"):
            head, _rule, *rows = ([plain(cell.strip()) for cell in line.strip("|").split("|")] for line in lines)
            found.append(Grid(tuple(head), tuple(tuple(row) for row in rows)))
        elif item is not None:
            found.append(Items(tuple(map(plain, _items(lines))), numbered=item[1] is not None))
        else:
            found.append(Paragraph(plain(" ".join(lines))))
    return found


def _items(lines: Sequence[str]) -> list[str]:
    """The texts of a list; a line without a mark goes on with the item above it."""
    texts: list[str] = []
    for line in lines:
        found = _ITEM.match(line)
        if found is not None:
            texts.append(found[2])
        else:
            texts[-1] += f" {line}"
    return texts
