"""The workbook as values, before any file: sheets of cells with contents, looks and formulas, and what each sum of the
report became. Writing and checking both go by it, so they look in the same places. Knows no file library.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, NamedTuple

from hakemus.adapters.excel.text import is_risky
from hakemus.domain.money import Money

Content = str | Money | Decimal | datetime.date | None

INK = "#16252A"
INK_SECOND = "#4B5C61"
SUNKEN = "#EFF2F0"
LINE = "#D5DCDA"
ACCENT = "#0F5A6B"
WARN = "#7A4A00"
WARN_GROUND = "#FCF1DC"
INPUT = "#FFF8E1"
"""The ground of cells that may be changed."""

MONEY_FORMAT = "#,##0.00"
DATE_FORMAT = "d.m.yyyy"
LARGEST_EXACT_CENTS = 10**15
"""From here on a spreadsheet's 15 digits cannot hold the cents: such a sum is written as text."""
USUAL_ROW = 18.5
"""Points of a row of one line."""
HIGHEST_ROW = 405.0
"""Points; the format allows 409."""
_LINE_HEIGHT = 1.33
_WIDEST_USUAL = 1.2
"""No text of words is wider on average, in digits a letter."""
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|! ·", 0.5),
    **dict.fromkeys("ftr()-/[]", 0.68),
    **dict.fromkeys("sckvxyz", 0.87),
    **dict.fromkeys("mwMW@%", 1.65),
}
FIRST_DAY = datetime.date(1900, 3, 1)
"""Earlier days are wrong by one, or do not exist, in a spreadsheet: such a day is written as text."""


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How a cell looks; `top` and `bottom` are widths of rules (0 none, 1 thin, 2 strong, 7 hair).

    Known by identity, for a workbook asks for few looks very often: `styled` gives one for the same changes.
    """

    bold: bool = False
    size: int = 11
    colour: str = INK
    ground: str = ""
    top: int = 0
    bottom: int = 0
    rule: str = LINE
    right: bool = False
    wrap: bool = False
    middle: bool = False
    number: str = ""
    literal: bool = False
    """A text that stays a text when somebody edits the cell."""
    turned: bool = False
    indent: bool = False
    upper: bool = False
    """At the top of its row, not in the middle."""
    free: bool = False
    """May be changed although the sheet is protected."""


@lru_cache(maxsize=4096)
def styled(style: Style, **changes: Any) -> Style:
    """The style with changes; the same one for the same changes, as a workbook has few looks and many cells."""
    return replace(style, **changes)


# The changes that are asked for in every cell: a call with one plain argument finds them in half the time.


@lru_cache(maxsize=1024)
def figure(style: Style, number: str) -> Style:
    """As numbers and days look."""
    return styled(style, right=True, indent=False, number=number)


@lru_cache(maxsize=1024)
def second(style: Style) -> Style:
    """As what is no answer looks."""
    return styled(style, colour=INK_SECOND)


@lru_cache(maxsize=1024)
def strong(style: Style) -> Style:
    return styled(style, bold=True)


@lru_cache(maxsize=1024)
def wrapped(style: Style) -> Style:
    return styled(style, wrap=True)


@lru_cache(maxsize=1024)
def literal(style: Style) -> Style:
    """As a text looks that must stay one when somebody edits its cell."""
    return styled(style, literal=True)


@lru_cache(maxsize=1024)
def open_to_change(style: Style) -> Style:
    """As a cell looks that may be changed on a protected sheet."""
    return styled(style, free=True, ground=INPUT)


class Planned(NamedTuple):
    """One cell. A formula carries its content as stored value. A tuple: tens of thousands are made for one workbook."""

    content: Content
    style: Style
    formula: str = ""


planned: Callable[[tuple[Content, Style, str]], Planned] = partial(tuple.__new__, Planned)
"""`Planned` of a content, a look and a formula, in a third of the time that its own constructor takes."""


class Claim(NamedTuple):
    """A sum of the report and where it stands. `address` is the row's address in the application, or empty."""

    table: str
    words: str
    address: str
    kind: str
    column: str
    row: int
    col: int
    amount: Money


claimed: Callable[[tuple[str, str, str, str, str, int, int, Money]], Claim] = partial(tuple.__new__, Claim)
"""`Claim` of its parts, likewise."""


@dataclass(frozen=True, slots=True)
class Painted:
    """Cells coloured by a condition on their own row."""

    first: tuple[int, int]
    last: tuple[int, int]
    condition: str
    colour: str


@dataclass(frozen=True, slots=True)
class Validated:
    """Cells in which a list is offered. `source` is the list's name; `strict`: nothing else is taken."""

    first: tuple[int, int]
    last: tuple[int, int]
    source: str
    strict: bool
    words: str
    """What is said to whoever types something else."""


@dataclass(slots=True)
class Sheet:
    """A sheet being laid out: rows and columns count from zero."""

    name: str
    cells: dict[tuple[int, int], Planned] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    needs: dict[int, float] = field(default_factory=dict)
    wants: dict[int, float] = field(default_factory=dict)
    fixed: dict[int, float] = field(default_factory=dict)
    hidden_column: int | None = None
    heights: dict[int, float] = field(default_factory=dict)
    leads: set[int] = field(default_factory=set)
    """Rows that may not be the last of a printed page: headings, and the row above a sum."""
    breaks: list[int] = field(default_factory=list)
    """Rows that begin a printed page."""
    banners: list[tuple[int, int, int]] = field(default_factory=list)
    """Row, first and last column of words that stand across; their height follows from the widths."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    painted: list[Painted] = field(default_factory=list)
    validated: list[Validated] = field(default_factory=list)
    frozen: tuple[int, int] | None = None
    repeated: tuple[int, int] | None = None
    landscape: bool | None = None
    """None: as its width asks for."""
    protected: bool = False
    """Only free cells may be changed; there is no password."""
    machine: bool = False
    """Meant for the program alone: not to be shown, not even by a person's command."""
    one_page: bool = False
    """Printed on one page, a little smaller where it must be."""
    room: float = 0
    """Characters a page is to hold in width; zero for the usual."""
    last_row: int = 0
    last_col: int = 0

    def put(self, row: int, col: int, content: Content, style: Style, formula: str = "") -> None:
        """Places a value. A text must fit one cell; sums and days that a spreadsheet cannot hold become text."""
        kind = type(content)
        if kind is not str:
            if kind is Money and abs(content.cents) >= LARGEST_EXACT_CENTS:  # type: ignore[union-attr]
                content, formula, style = str(content), "", styled(style, number="", right=True)
            elif kind is datetime.date and content < FIRST_DAY:  # type: ignore[operator]
                content = f"{content.day}.{content.month}.{content.year}"  # type: ignore[union-attr]
                style = styled(style, number="", right=True)
        if type(content) is str and not formula and is_risky(content):
            style = literal(style)
        self.cells[row, col] = planned((content, style, formula))
        if row > self.last_row:
            self.last_row = row
        if col > self.last_col:
            self.last_col = col

    def paint(self, row: int, cols: Iterator[int] | range, style: Style) -> None:
        """Gives empty cells a look."""
        for col in cols:
            if (row, col) not in self.cells:
                self.put(row, col, None, style)

    def measure(self, col: int, *, need: float = 0, want: float = 0) -> None:
        """Asks for room in characters: `need` may not be cut, `want` may wrap."""
        if need > self.needs.get(col, 0):
            self.needs[col] = need
        if want < need:
            want = need
        if want > self.wants.get(col, -1):
            self.wants[col] = want


@dataclass(frozen=True, slots=True)
class Book:
    """The whole workbook."""

    sheets: tuple[Sheet, ...]
    title: str
    subject: str
    mark: str
    foot: str
    page_words: str
    names: tuple[tuple[str, str], ...] = ()
    """Names of cells and lists, the same in every language, and what they stand for."""


@lru_cache(maxsize=1024)
def column_letters(col: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, col: int, *, fixed: bool = False) -> str:
    """`A1`, or `$A$1`."""
    mark = "$" if fixed else ""
    return f"{mark}{column_letters(col)}{mark}{row + 1}"


@lru_cache(maxsize=16384)
def longest_line(text: str) -> int:
    if "\n" not in text:
        return len(text)
    return max((len(line) for line in text.split("\n")), default=0)


@lru_cache(maxsize=16384)
def longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def width_of(content: Content) -> int:
    """Characters that a value takes when shown."""
    if isinstance(content, Money):
        whole = abs(content.cents) // 100
        return len(f"{whole:,}") + 3 + (content.cents < 0)
    if isinstance(content, datetime.date):
        return 10
    if isinstance(content, Decimal):
        return len(f"{content:f}") + 2
    return longest_line(content or "")


@lru_cache(maxsize=16384)
def text_width(text: str) -> float:
    """About how wide a text is, in digits of the usual type; a little generous."""
    return sum(_WIDTHS.get(letter, 1.14 if letter.isupper() else 1.9 if letter > "\u2fff" else 1.0) for letter in text)


def height_of(text: str, room: float, size: int) -> float:
    """Points that a text takes when it wraps between words in a column of `room` digits."""
    room = max((room - 0.3) * 11 / size, 1)
    lines = 0
    if len(text) * _WIDEST_USUAL <= room and "\n" not in text:
        return size * _LINE_HEIGHT + 3.5
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            width = text_width(word)
            if used and used + width > room:
                lines, used = lines + 1, 0.0
            if width > room:
                lines += int(width / room)
                width %= room
            used += width + _WIDTHS[" "]
    return lines * size * _LINE_HEIGHT + 3.5


def fitted(sheet: Sheet, room: float) -> dict[int, float]:
    """Widths in characters: what is needed, and as much as `room` has of what is wanted; the widest gives way first."""
    air = 2.0
    widths = {col: min(want, 64) + air for col, want in sheet.wants.items()}
    least = {col: max(sheet.needs.get(col, 0), min(sheet.wants.get(col, 0), 9)) + air for col in widths}
    widths.update(sheet.fixed)
    over = sum(widths.values()) - room
    while over > 0.5:
        loose = [col for col in widths if col not in sheet.fixed and widths[col] > least[col] + 0.01]
        if not loose:
            break
        widest = max(loose, key=lambda col: widths[col])
        step = min(2.0, widths[widest] - least[widest], over)
        widths[widest] -= step
        over -= step
    return widths
