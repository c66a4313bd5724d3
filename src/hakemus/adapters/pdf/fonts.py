"""The typeface on paper: Source Sans Pro in three weights, DejaVu Sans for characters it lacks, and a visible mark
for characters neither has. It knows what can be printed, not what is being printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError


class Weight(Enum):
    """A weight of the family; the value is its font file's stem and its name in a PDF."""

    REGULAR = "SourceSansPro-Regular"
    SEMIBOLD = "SourceSansPro-Semibold"
    BOLD = "SourceSansPro-Bold"


FALLBACK = "DejaVuSans"
_REPLACEMENT = "\ufffd"
_ZERO_WIDTH = "\u200b"
# Control characters, lone surrogates, private use and noncharacters: none may stand in PDF/A-3a or PDF/UA-1.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000f0000-\U0010ffff]|" + "|".join(f"[{chr(p * 65536 + 0xFFFE)}{chr(p * 65536 + 0xFFFF)}]" for p in range(1, 15))
)
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text that one font file sets."""

    font: str
    text: str


def printable(text: str) -> str:
    """The text with the characters that no PDF/A may hold shown as U+FFFD, and one kind of line end.

    U+FEFF becomes U+2060, its successor of the same meaning: PDF/UA forbids the former.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ").replace("\ufeff", "\u2060")
    return _UNPRINTABLE.sub(_REPLACEMENT, text)


def one_line(text: str) -> str:
    """The text as a PDF says it outside its pages: titles, bookmarks, alternative texts. It has no line ends and no
    soft hyphens, which the encoding of such texts (PDFDocEncoding) lacks: a reader would meet U+FFFD in their place.
    """
    return " ".join(printable(text).replace("\u00ad", "").split())


class _Characters(dict[str, tuple[str, float]]):
    """Font and width (in em) of each character in one weight, looked up once."""

    def __init__(self, main: Any, fallback: Any, lacking: set[str]) -> None:
        super().__init__()
        self._main, self._fallback, self._lacking = main, fallback, lacking

    def __missing__(self, character: str) -> tuple[str, float]:
        code = ord(character)
        font = self._main
        if code not in font.face.charToGlyph and code != 0xA0:
            font = self._fallback
            if code not in font.face.charToGlyph:
                self._stand_in(character)
                self._lacking.add(character)
        # reportlab writes a no-break space as a space.
        width = font.face.getCharWidth(0x20 if code == 0xA0 else code) / 1000
        self[character] = (font.fontName, width)
        return self[character]

    def _stand_in(self, character: str) -> None:
        """Draws the replacement mark (nothing, for invisible characters) while the text keeps the character itself:
        what is copied, searched or read aloud stays true.
        """
        face = self._fallback.face
        invisible = unicodedata.category(character) in ("Cf", "Mn") or "\ufe00" <= character <= "\ufe0f"
        model = ord(_ZERO_WIDTH if invisible else _REPLACEMENT)
        face.charToGlyph[ord(character)] = face.charToGlyph[model]
        face.charWidths[ord(character)] = face.getCharWidth(model)


class _Widths(dict[str, float]):
    """Width (in em) of each character in one weight: what is asked for every letter of every text."""

    def __init__(self, table: _Characters) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, character: str) -> float:
        self[character] = self._table[character][1]
        return self[character]


class FontBook:
    """The registered fonts of one folder. Get it from `font_book`."""

    def __init__(self, folder: Path) -> None:
        fallback = _register(folder, FALLBACK)
        self._lacking: set[str] = set()
        self._tables = {
            weight: _Characters(_register(folder, weight.value), fallback, self._lacking) for weight in Weight
        }
        self._widths = {weight: _Widths(table) for weight, table in self._tables.items()}

    def runs(self, text: str, weight: Weight) -> tuple[Run, ...]:
        """`text`, parted where the font file changes."""
        table = self._tables[weight]
        parts = groupby(text, key=lambda character: table[character][0])
        return tuple(Run(font, "".join(characters)) for font, characters in parts)

    def width(self, text: str, weight: Weight, size: float) -> float:
        """The set width of one line, in points."""
        return size * sum(map(self._widths[weight].__getitem__, text))

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """The visible characters of `text` that paper shows as a mark instead, each once, in order of appearance."""
        seen = dict.fromkeys(printable(text))
        table = self._tables[Weight.REGULAR]
        lacking = [c for c in seen if c != "\n" and table[c] and c in self._lacking]
        return tuple(c for c in lacking if unicodedata.category(c) not in ("Cf", "Mn"))


@lru_cache(maxsize=4)
def font_book(folder: Path) -> FontBook:
    """The fonts of `folder`, read and registered once. `UserError` where a file is missing or broken."""
    try:
        return FontBook(folder)
    except (OSError, TTFError):
        raise UserError(
            msg("The program's own files were not found beside {folder}. Install hakemus again.", folder=str(folder))
        ) from None


def _register(folder: Path, stem: str) -> Any:
    # From bytes: the path of the font file would become an internal name of the PDF otherwise.
    # asciiReadable=0: the readable arrangement puts U+0000 into the subset's Unicode map.
    font = TTFont(stem, BytesIO((folder / f"{stem}.ttf").read_bytes()), asciiReadable=0)
    pdfmetrics.registerFont(font)
    return font
