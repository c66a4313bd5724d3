"""Breaks text into lines of a given width. It never loses, adds or reorders a character of the text, save for soft
hyphens; it knows nothing of pages or of markup: text is only ever text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from hakemus.adapters.pdf.fonts import FontBook, Run, Weight, printable

SOFT_HYPHEN = "\u00ad"
_VOWELS = frozenset("aeiouyåäöâáéíóúüæø")
_SPACES = re.compile("( +)")
# A line may end inside a word after a hyphen or a slash between letters, and where the text itself allows it.
_INNER_BREAK = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[^\W\d_]/)(?=[^\W\d_])|(?<=[\u00ad\u200b])")
_MAY_BREAK = re.compile("[-/\u00ad\u200b]")
"""Without one of these no line ends inside a word."""
_MARKS = ("Mn", "Me", "Cf")

_NO_LINE_HOLDS = 1000


class Align(Enum):
    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Sizes in points; `colour` is `#rrggbb`."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = "#000000"

    @property
    def baseline(self) -> float:
        """Distance from the top of a line to its baseline."""
        return (self.leading - self.size) / 2 + 0.77 * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """One set line. Where words are parted it still ends with the space, or they would run together when read aloud."""

    runs: tuple[Run, ...]
    width: float
    bars: tuple[tuple[float, float], ...] = ()
    """Left edge and width of each part that says what was kept back."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Typesetter:
    """Sets text with the fonts of one book; `kept_back` are the words that stand where something was taken out."""

    def __init__(self, book: FontBook, kept_back: Iterable[str] = ()) -> None:
        self.book = book
        marks = sorted({" ".join(printable(mark).split("\n")) for mark in kept_back if mark}, key=len, reverse=True)
        self._marks = re.compile("|".join(map(re.escape, marks))) if marks else None

    def lines(self, text: str, style: TextStyle, width: float) -> list[Line]:
        """The lines of `text` at `width` points; line breaks of the text stay. At least one line."""
        *before, last = printable(text).split("\n")
        # A line end of the text's own parts words too.
        paragraphs = [*(part + " " for part in before), last]
        lines = [self._line(piece, style) for part in paragraphs for piece in self._broken(part, style, width)]
        return lines if self._marks is None else list(self._barred(lines, self._marks, style))

    def _barred(self, lines: Sequence[Line], marks: re.Pattern[str], style: TextStyle) -> Iterator[Line]:
        """The lines, each with its parts of the marks in them; a line's end may lie inside a mark."""
        texts = [line.text for line in lines]
        whole = "".join(text.replace(SOFT_HYPHEN, "") for text in texts)
        found = [match.span() for match in marks.finditer(whole)]
        start = 0
        for line, text in zip(lines, texts, strict=True):
            plain = text.replace(SOFT_HYPHEN, "")
            end = start + len(plain.rstrip(" "))
            bars = []
            for first, last in ((max(first, start), min(last, end)) for first, last in found):
                if first < last:
                    left = self.book.width(plain[: first - start], style.weight, style.size)
                    wide = self.book.width(plain[first - start : last - start], style.weight, style.size)
                    bars.append((left, wide))
            yield replace(line, bars=tuple(bars)) if bars else line
            start += len(plain)

    def one_line(self, text: str, style: TextStyle, width: float) -> Line:
        """`text` on one line, shortened with an ellipsis where it does not fit: for running heads, never for data."""
        # No line holds a thousand characters; a whole text in a title's place must not be measured over and over.
        flat = " ".join(printable(text[:_NO_LINE_HOLDS]).split())
        if len(text) > _NO_LINE_HOLDS or self.book.width(flat, style.weight, style.size) > width:
            most = bisect_right(
                range(len(flat)), width, key=lambda end: self.book.width(flat[:end] + "…", style.weight, style.size)
            )
            flat = flat[: max(0, most - 1)].rstrip() + "…"
        return self._line(flat, style)

    def longest_word(self, text: str, style: TextStyle) -> float:
        """Width of the widest part that a line end cannot part without a hyphen."""
        words = (part for line in printable(text).split("\n") for part in _parts(line))
        return max((self.book.width(word.rstrip(), style.weight, style.size) for word in words), default=0.0)

    def natural_width(self, text: str, style: TextStyle) -> float:
        """Width of the longest line of the text when nothing is broken."""
        lines = printable(text).split("\n")
        return max(self.book.width(line.rstrip(" "), style.weight, style.size) for line in lines)

    def _line(self, text: str, style: TextStyle) -> Line:
        visible = text.replace(SOFT_HYPHEN, "") if not text.endswith(SOFT_HYPHEN) else _last_hyphen(text)
        width = self.book.width(visible.rstrip(" "), style.weight, style.size)
        return Line(self.book.runs(visible, style.weight), width)

    def _broken(self, paragraph: str, style: TextStyle, width: float) -> Iterator[str]:
        line, used = "", 0.0
        space = self.book.width(" ", style.weight, style.size)
        for part in _parts(paragraph):
            word = part.rstrip(" ")
            wide = self.book.width(word.rstrip(SOFT_HYPHEN), style.weight, style.size)
            if line and used + wide > width:
                yield line
                line, used = "", 0.0
            if wide > width:
                *full, part = self._chopped(part, style, width)
                yield from full
                line += part
                used += self.book.width(part.rstrip(SOFT_HYPHEN), style.weight, style.size)
                continue
            line += part
            used += wide + space * (len(part) - len(word))
        yield line

    def _chopped(self, word: str, style: TextStyle, width: float) -> Iterator[str]:
        """A word wider than a line, in parts that fit; between letters with a (soft) hyphen at the line's end."""
        hyphen = self.book.width(SOFT_HYPHEN, style.weight, style.size)
        start, used, at = 0, 0.0, 0
        while at < len(word):
            step = self.book.width(word[at], style.weight, style.size)
            if used + step + hyphen > width and at > start and not _clings(word[at]):
                at = _syllable_break(word, start, at)
                inside = word[at - 1].isalpha() and word[at].isalpha()
                yield word[start:at] + (SOFT_HYPHEN if inside else "")
                start, used = at, 0.0
                continue
            used += step
            at += 1
        yield word[start:]


def _parts(paragraph: str) -> Iterator[str]:
    """The pieces between which a line may end; spaces stay with the word before them."""
    pieces = _SPACES.split(paragraph)
    if not _MAY_BREAK.search(paragraph):
        yield from (
            word + spaces for word, spaces in zip(pieces[::2], [*pieces[1::2], ""], strict=True) if word or spaces
        )
        return
    for word, spaces in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        *inner, last = _INNER_BREAK.split(word)
        yield from inner
        if last or spaces:
            yield last + spaces


def _last_hyphen(text: str) -> str:
    return text[:-1].replace(SOFT_HYPHEN, "") + SOFT_HYPHEN


def _clings(character: str) -> bool:
    return unicodedata.category(character) in _MARKS


def _syllable_break(word: str, start: int, limit: int) -> int:
    """The last place at or before `limit` where a Finnish or Swedish syllable may begin (a consonant before a
    vowel), at most eight characters back; else `limit`.
    """
    for at in range(limit, max(start + 2, limit - 8), -1):
        if at + 1 >= len(word) or not word[at - 1 : at + 2].isalpha():
            continue
        if word[at].lower() not in _VOWELS and word[at + 1].lower() in _VOWELS:
            return at
    return limit
