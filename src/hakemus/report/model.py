"""The neutral tree of an application on paper: sections of headings, fields, tables and figures with typed cells.

Built once from a draft; PDF, workbook, preview and print render it, so they cannot disagree. Knows no output format.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from hakemus.domain.money import Money


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the document's language and, where two are asked for, in the second."""

    text: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class TextCell:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class MoneyCell:
    amount: Money


@dataclass(frozen=True, slots=True)
class NumberCell:
    number: Decimal
    percent: bool = False


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A percentage already rounded so that it does not flatter (`83.33`)."""

    text: str


@dataclass(frozen=True, slots=True)
class DateCell:
    day: datetime.date


@dataclass(frozen=True, slots=True)
class PeriodCell:
    starts: datetime.date | None
    ends: datetime.date | None


@dataclass(frozen=True, slots=True)
class FlagCell:
    """Yes or no, in words of the document's language."""

    yes: bool
    text: str


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """Nothing stands here; `text` says so on paper ("Not filled in") or is empty."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class PendingCell:
    """Text that is typed but could not be read as a value; shown as it stands, marked by `note`."""

    text: str
    note: str


HIDDEN = TextCell("[…]")
"""Stands in the place of a secret figure; the ground stands in the note of its row."""

Cell = TextCell | MoneyCell | NumberCell | ShownCell | DateCell | PeriodCell | FlagCell | EmptyCell | PendingCell


@dataclass(frozen=True, slots=True)
class Field:
    """One question and its answer. `path` is the field's address; `help` and `choices` are for the blank form."""

    label: Label
    cell: Cell
    path: str = ""
    note: str = ""
    help: str = ""
    long: bool = False
    """A text that wants the whole width under its label."""
    choices: tuple[str, ...] = ()
    """What can be ticked as the answer, where only that can be one."""
    with_next: bool = False
    """Belongs to the field after it: both stand on one page."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the form's own words (not an answer)."""

    text: str
    small: bool = False
    second: str = ""


class Align(Enum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """`weight` is the share of the width; `key` names the field behind the column."""

    key: str
    label: Label
    align: Align = Align.LEFT
    weight: int = 10


class RowKind(Enum):
    GROUP = "group"
    LINE = "line"
    SUM = "sum"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """`id` is the row's address in the application; a GROUP's sum is that of the LINEs after it with its `group`."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.LINE
    id: str = ""
    group: str = ""
    note: str = ""
    """Small words under the first cell, such as how a person's cost is computed."""


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: goals, partners, team, activities, budget, categories, funding, shares, attachments, ..."""

    key: str
    title: Label
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    """What is said instead where there are no rows."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BarPart:
    """`tone`: grant, own, other, income or gap."""

    name: str
    amount: Money
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class FundingBar:
    """Funding as one stacked bar; `alt` says every figure in a sentence."""

    parts: tuple[BarPart, ...]
    whole: Money
    cap: Money | None
    cap_words: str
    over_words: str
    alt: str


@dataclass(frozen=True, slots=True)
class GanttRow:
    title: str
    starts: datetime.date
    ends: datetime.date
    milestone: bool
    words: str
    """The dates as text, printed beside the bar."""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Gantt:
    """A bar chart of activities. `months` are twelve short names in the document's language."""

    starts: datetime.date
    ends: datetime.date
    rows: tuple[GanttRow, ...]
    project: PeriodCell
    project_words: str
    use: PeriodCell | None
    use_words: str
    months: tuple[str, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Checks:
    """Declarations: ticked or not, each a sentence."""

    items: tuple[tuple[bool, str], ...]
    yes: str
    no: str
    second: tuple[str, ...] = ()
    """The same sentences in the second language, where there is one."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines under the application: place, date, signature, name in print and title."""

    place: Label
    day: Label
    signature: Label
    name: Label
    printed_name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A heading inside a section."""

    title: Label


Block = Field | Prose | Table | FundingBar | Gantt | Checks | Signature | Gap


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the form; `key` is the step it comes from."""

    key: str
    number: int
    title: Label
    blocks: tuple[Block, ...]


class Copy(Enum):
    """For whom a paper is made: the applicant's desk, the funder, the applicant's own papers, board, archive, anybody
    (without personal data), or nobody yet.
    """

    DRAFT = "draft"
    SUBMISSION = "submission"
    APPLICANT = "applicant"
    BOARD = "board"
    ARCHIVE = "archive"
    PUBLIC = "public"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of the first page and in the file's own description."""

    form: Label
    title: str
    funder: Label
    call: Label
    applicant: str
    subject: str
    edition: str
    draft_id: str
    revision: int
    page_words: str
    """`Page {page}/{pages}` in the document's language."""
    version_words: str
    made_words: str
    copy_words: str = ""
    """Which copy this is, where it says so ("Board's copy")."""
    copy_sentence: str = ""
    """What a reader has to know of this copy: what has been removed, and on what ground."""
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list to choose from: what the application stores, and its words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Share:
    """The costs of one payer, year or account. `value` is what stands in its rows' column; None where nothing does."""

    label: str
    value: str | int | None
    amount: Money


@dataclass(frozen=True, slots=True)
class SumsBy:
    """The costs parted by what stands in a column of the cost rows; the parts add up to all of them."""

    key: str
    title: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the call that a workbook watches by itself. `kind` is the rule's; a percentage is of `base_kind`."""

    kind: str
    words: str
    percent: Decimal | None = None
    base_kind: str = ""
    unit: Money = field(default_factory=lambda: Money(1))
    least: Money | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook shows beside the form: cost rows with all their columns, people, each partner's own rows."""

    costs: Table
    people: Table | None = None
    payers: tuple[tuple[Table, ...], ...] = ()
    sums: tuple[SumsBy, ...] = ()
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    """What may be chosen in a column, by its key; years are their own words."""
    limits: tuple[Limit, ...] = ()
    findings: Table | None = None
    itemised: bool = True
    """Whether costs are the sum of their rows, and not that of the sources of funding."""


@dataclass(frozen=True, slots=True)
class Report:
    """`mark` is the word across the page ("DRAFT") or empty; `mark_sentence` says it to who cannot see it."""

    copy: Copy
    language: str
    second_language: str
    heading: Heading
    sections: tuple[Section, ...]
    mark: str = ""
    mark_sentence: str = ""
    bookmarks: bool = True
    words: dict[str, str] = field(default_factory=dict)
    """Further words a renderer needs, in the document's language (`continued`, `total`, sheet names)."""
    workbook: Workbook | None = None
    kept_back: tuple[str, ...] = ()
    """The words that stand where something was taken out of this copy."""

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for section in self.sections:
            yield from section.blocks

    def table(self, key: str) -> Table | None:
        """The table of that key, where the report has it."""
        return next((item for item in self.blocks() if isinstance(item, Table) and item.key == key), None)
