"""What a workbook carries for its way back: which cells may be changed, and on a sheet for the program alone what stood
in them, so that a changed cell is known even when the application has gone on meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hakemus.adapters.excel.plan import Content, Planned, Sheet, Style, Validated, address, open_to_change, planned
from hakemus.adapters.excel.tables import SMALL, Placed
from hakemus.adapters.excel.text import LONGEST_CELL, reference
from hakemus.domain.fields import Kind
from hakemus.domain.money import Money
from hakemus.domain.paths import BadPath, row_path, table_of
from hakemus.i18n.field_names import words_of
from hakemus.report.model import Choice, FlagCell, Report, Row, RowKind, ShownCell
from hakemus.usecases import typed

SHEET = "_hakemus"
FORM = "2"
"""The form of the trail; a reader refuses a later one. In form 1 nothing is chosen from lists."""
FORMS = frozenset({"1", FORM})
LIST_NAMES = {"category": "list_of_categories", "payer": "list_of_payers", "year": "list_of_years"}
"""The names of the lists that cells are chosen from, by the column's key."""
_LIST_COLUMN = 5
TOTAL_MARK = "total"
GROUP_MARK = "group:"
WATCHED = "!"
"""In place of a field: a cell that is reckoned from what the workbook does not hold, so that a change of it is said."""

_MARKED = frozenset({"budget", "people", "funding", "activities", "goals", "partners", "team", "contacts"})
_PLAIN = frozenset({Kind.TEXT, Kind.MONEY, Kind.QUANTITY, Kind.PERCENT, Kind.DATE, Kind.YEAR, Kind.COUNT})
_OWN_WORDS = frozenset({("partners", "contact")})
"""Columns that hold more than the field they are named for."""
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "budget.lines": {
        "description": "description",
        "quantity": "quantity",
        "unit": "unit",
        "unit_price": "unit_price",
        "planned": "amount",
        "category": "category",
        "year": "year",
        "payer": "payer",
        "vat_percent": "vat_percent",
        "account": "account",
    },
    "budget.people": {"planned": WATCHED},
    "funding.grant": {"amount": ""},
    "funding.own": {"source": "description", "amount": "amount"},
    "funding.other": {"source": "source", "amount": "amount"},
    "funding.income": {"source": "description", "amount": "amount"},
}
"""Where a column is not named for its field: the field of each, by the row's table."""
_PLAIN_ROW = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)\[[A-Za-z0-9_-]{1,40}\]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAID_WHOLE = 400
"""Texts longer than this are remembered by their hash."""


_PERSON = (
    "title",
    "months",
    "time_percent",
    "monthly_pay",
    "holiday_percent",
    "side_cost_percent",
    "category",
    "year",
    "payer",
    "planned",
)


@lru_cache(maxsize=256)
def fields_of(kind: str, columns: tuple[str, ...], table: str = "") -> Mapping[int, str]:
    """The fields that come back from a table's columns, for rows of the application's table `kind`."""
    if table == "people":
        return {at: WATCHED if key == "planned" else key for at, key in enumerate(columns) if key in _PERSON}
    if kind in _FIELDS:
        named = _FIELDS[kind]
        return {at: named[key] for at, key in enumerate(columns) if key in named}
    if kind.startswith(("budget", "funding")):
        return {}
    found = {}
    for at, key in enumerate(columns):
        path = f"{row_path(kind, 'x')}.{key}"
        try:
            plain = typed.kind_of(path) in _PLAIN and not words_of(path) and (kind, key) not in _OWN_WORDS
        except BadPath:
            continue
        if plain:
            found[at] = key
    return found


def kind_of_row(name: str) -> str:
    """The table of a row's address; an address of a single field is its own."""
    found = _PLAIN_ROW.fullmatch(name)
    if found:
        return found[1]
    return table_of(name) if name.endswith("]") else name


@dataclass(slots=True)
class Trail:
    """Gathers what the sheet for the program is to hold."""

    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    advice: str = ""
    """What is said to whoever types what a list does not have."""
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)

    def follow(self, sheet: Sheet, placed: Placed) -> None:
        """Free the cells of a placed table that may be changed, and remember what stands in them."""
        table = placed.table
        if table.key not in _MARKED or placed.id_col is None:
            return
        columns = tuple(column.key for column in table.columns)
        kinds = dict.fromkeys(kind_of_row(row.id) for row in table.rows if row.id and row.kind is RowKind.LINE)
        if table.key == "budget":
            kinds["budget.lines"] = None
        if table.key == "funding":
            kinds |= dict.fromkeys(("funding.own", "funding.other", "funding.income"))
        fields = {kind: fields_of(kind, columns, table.key) for kind in kinds}
        self._offer(sheet, placed, columns)
        heads = {col: _text(sheet.cells.get((placed.head_row, col)))[:80] for col in range(placed.id_col)}
        about = {
            "key": table.key,
            "head": placed.head_row,
            "id": placed.id_col,
            "heads": heads,
            "fields": {kind: {placed.columns[at]: name for at, name in of.items()} for kind, of in fields.items()},
        }
        self.lines.append(("table", sheet.name, _json(about)))
        ends = (*placed.rows[1:], placed.body_end)
        free = {
            kind: tuple((index, placed.columns[index], name != WATCHED) for index, name in of.items())
            for kind, of in fields.items()
        }
        for row, at, end in zip(table.rows, placed.rows, ends, strict=True):
            self._row(sheet, placed, row, at, end, free)

    def _offer(self, sheet: Sheet, placed: Placed, columns: Sequence[str]) -> None:
        """Lists for the cells of a table that are chosen from."""
        lines = [at for at, row in zip(placed.rows, placed.table.rows, strict=True) if row.kind is RowKind.LINE]
        if not lines or placed.table.key not in ("budget", "people"):
            return
        for key, name in LIST_NAMES.items():
            if key in columns and self.choices.get(key):
                col = placed.columns[columns.index(key)]
                sheet.validated.append(Validated((lines[0], col), (lines[-1], col), name, key != "year", self.advice))

    def _row(
        self,
        sheet: Sheet,
        placed: Placed,
        row: Row,
        at: int,
        end: int,
        free: Mapping[str, tuple[tuple[int, int, bool], ...]],
    ) -> None:
        """`free`: by the row's table the cells that come back: of the row, of the sheet, and whether it may change."""
        assert placed.id_col is not None
        name = row.id
        if row.kind is RowKind.GROUP and not name:
            name = f"{GROUP_MARK}{row.group}"
            sheet.put(at, placed.id_col, name, SMALL)
        elif row.kind is RowKind.TOTAL and not name:
            name = TOTAL_MARK
            sheet.put(at, placed.id_col, name, SMALL)
        if not name:
            return
        about: list[str] = []
        if row.kind is RowKind.LINE:
            cells, values = sheet.cells, []
            for index, col, open_ in free.get(kind_of_row(name), ()):
                cell = cells.get((at, col))
                if cell is None or type(row.cells[index]) in _NOT_TYPED:
                    continue
                if end > at + 1 and (at + 1, col) in cells:
                    continue  # a text that goes on in the next row cannot come back whole
                content, style, formula = cell
                said = remembered(content)
                values.append(f'"{col}":{_string(said)}' if said is not None else f'"{col}":null')
                if open_ and not formula:
                    cells[at, col] = planned((content, open_to_change(style), ""))
            about.append(f'"v":{{{",".join(values)}}}')
        if row.group:
            about.append(f'"g":{_string(row.group)}')
        if end > at + 1:
            about.append(f'"c":{end - at - 1}')
        self.lines.append(("row", name, _without_escapes(f"{{{','.join(about)}}}")))

    def sheet(self, report: Report) -> Sheet:
        """The sheet for the program."""
        made = Sheet(SHEET, machine=True, protected=True, landscape=False)
        heading = report.heading
        facts = (
            ("hakemus", FORM),
            ("document", heading.draft_id),
            ("revision", str(heading.revision)),
            ("call", heading.call_id),
            ("edition", heading.edition),
            ("language", report.language),
        )
        listed = [
            ("choice", key, _json([item.label, item.id]))
            for key, items in self.choices.items()
            for item in items
            if key != "year"
        ]
        for at, line in enumerate((*((name, text, "") for name, text in facts), *listed, *self.lines)):
            for col, text in enumerate(line):
                if text:
                    made.put(at, col, text[:LONGEST_CELL], _BARE)
        for col, (key, name) in enumerate(LIST_NAMES.items(), _LIST_COLUMN):
            items = self.choices.get(key, ())
            for at, item in enumerate(items):
                made.put(at, col, Decimal(item.label) if key == "year" else item.label, _BARE)
            if items:
                first, last = address(0, col, fixed=True), address(len(items) - 1, col, fixed=True)
                self.names.append((name, f"{reference(SHEET)}!{first}:{last}"))
        return made


_BARE = Style()
_NOT_TYPED = frozenset({ShownCell, FlagCell})
"""Cells of the report whose words are no text that could be typed."""


def remembered(content: Content) -> str | None:
    """A cell's content in a form that tells its type: `n12.50`, `d2026-05-02`, `tText`; a long text as `h…`."""
    if isinstance(content, str):
        if len(content) > _SAID_WHOLE:
            return hashed(content)
        return f"t{content}" if content else None
    if isinstance(content, Money):
        return f"n{content}"
    if content is None:
        return None
    return f"n{content:f}" if isinstance(content, Decimal) else f"d{content.isoformat()}"


def unescaped(text: str) -> str:
    """A text without the escapes of spreadsheets (`_x000D_`), which every program reads in a way of its own."""
    while True:
        plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        if plain == text:
            return text
        text = plain


def hashed(text: str) -> str:
    text = unescaped(text)
    return "h" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _json(plain: Any) -> str:
    return _without_escapes(_ENCODER.encode(plain))


def _without_escapes(text: str) -> str:
    """JSON without an underscore, with which the escapes of spreadsheets begin: so it comes back as it was written."""
    return text.replace("_", "\\u005f")


_ENCODER = json.JSONEncoder(separators=(",", ":"))
_string = json.encoder.encode_basestring_ascii
"""A string as JSON. A row's line is put together by hand: an encoder sets itself up anew for each."""


def _text(cell: Planned | None) -> str:
    return cell.content if cell is not None and isinstance(cell.content, str) else ""
