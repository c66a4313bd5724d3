"""Lays the whole workbook out: which sheets there are, what stands on each, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from hakemus.adapters.excel import formulas
from hakemus.adapters.excel.contents import money_format
from hakemus.adapters.excel.page_ends import breaks
from hakemus.adapters.excel.plan import (
    ACCENT,
    HIGHEST_ROW,
    INPUT,
    USUAL_ROW,
    Book,
    Claim,
    Sheet,
    Style,
    address,
    fitted,
    height_of,
    planned,
    styled,
)
from hakemus.adapters.excel.summary import Ledger, SummaryPlacer
from hakemus.adapters.excel.tables import SMALL, TITLE, TOTAL, Placed, place_table, width_of_table, words_of
from hakemus.adapters.excel.text import one_line, pieces, reference, sheet_name
from hakemus.adapters.excel.texts import place_texts
from hakemus.adapters.excel.timeline import place_bars
from hakemus.adapters.excel.trail import SHEET, Trail
from hakemus.domain.money import Money
from hakemus.report.model import Copy, Field, Gantt, Label, MoneyCell, Prose, Report, RowKind, Table
from hakemus.report.words import SHEET_WORDS

_NAMED = {
    "goals": "sheet.goals",
    "indicators": "sheet.indicators",
    "partners": "sheet.partners",
    "team": "sheet.team",
    "attachments": "sheet.attachments",
}
_USUAL_WIDTH = 8.4
"""Digits across a column whose width nobody has set."""
_RULE = Style(bottom=2, rule=ACCENT)
_PORTRAIT_ROOM = 104
_LANDSCAPE_ROOM = 140
_TALL_ROW = 3.5 * USUAL_ROW
"""Points of a row of more than four lines."""
_ROWS_OF_ONE_PAGE = 62
_WIDE_ROOM = 178
"""Digits across a landscape page for the cost rows with all their columns: they are printed a little smaller."""


def lay_out(report: Report) -> Book:
    """The workbook of a report: instructions, summary, cost rows, people, funding, each partner's rows, timeline,
    findings, the other tables, the texts, and what the program itself needs to read it back.
    """
    return _Layer(report).book()


class _Layer:
    """Lays out one report. Sheets are made in the order in which their sums refer to each other."""

    def __init__(self, report: Report) -> None:
        self.report, self.more = report, report.workbook
        self.words = {key: one_line(report.words.get(key) or text, 200) for key, text in SHEET_WORDS.items()}
        self.taken = {SHEET}
        self.ledger = Ledger()
        choices = self.more.choices if self.more else {}
        self.trail = Trail(choices, self.words["check.list"]) if report.copy is Copy.DRAFT else None
        self.placed: dict[str, tuple[Sheet, Placed]] = {}

    def book(self) -> Book:
        report, words = self.report, self.words
        instructions = self._sheet("sheet.instructions") if self.trail else None
        summary = self._sheet("sheet.summary")
        # Names are given in the order of the sheets, cells in that of their references.
        budget, people, funding = (self._sheet(key) for key in ("sheet.budget", "sheet.people", "sheet.funding"))
        sheets = [summary, budget]
        if self.more and self.more.people:
            self._fill(people, words["sheet.people"], [self.more.people])
            sheets.append(people)
        costs = [self.more.costs] if self.more and _tables(report, "budget") else _tables(report, "budget")
        self._fill(budget, words["sheet.budget"], costs, "budget")
        self._refer_people()
        self._fill(funding, words["sheet.funding"], _tables(report, "funding"), "funding")
        sheets.append(funding)
        sheets += self._payers()
        timeline = self._sheet("sheet.timeline")
        self._fill(timeline, words["sheet.timeline"], _tables(report, "activities"), "timeline")
        sheets.append(timeline)
        if self.more and self.more.findings:
            findings = self._sheet("sheet.findings")
            self._fill(findings, words["sheet.findings"], [self.more.findings])
            sheets.append(findings)
        sheets += self._others()
        texts = Sheet(sheet_name(words["sheet.texts"], self.taken), landscape=True)
        _title(texts, words["sheet.texts"], report)
        place_texts(texts, report, words, 3)
        _finish(texts)
        sheets.append(texts)
        names = self._summary(summary)
        if self.trail and instructions:
            _instructions(instructions, words, report)
            sheets.insert(0, instructions)
            for sheet in sheets:
                sheet.protected = True
            sheets.append(self.trail.sheet(report))
            names += self.trail.names
        heading = report.heading
        return Book(
            tuple(sheets),
            title=one_line(heading.title or heading.form.text),
            subject=one_line(heading.subject),
            mark=one_line(report.mark, 40),
            foot=one_line(heading.version_words),
            page_words=heading.page_words,
            names=tuple(names),
        )

    def _sheet(self, key: str) -> Sheet:
        return Sheet(sheet_name(self.words[key], self.taken))

    def _others(self) -> Iterator[Sheet]:
        """The tables of the form that have no sheet of their own yet."""
        core = {"budget", "funding", "activities"}
        others: dict[str, list[Table]] = {}
        for block in self.report.blocks():
            if isinstance(block, Table) and block.key not in core and block.rows:
                others.setdefault(block.key, []).append(block)
        for key, tables in others.items():
            title = self.words[_NAMED[key]] if key in _NAMED else tables[0].title.text
            sheet = Sheet(sheet_name(title, self.taken))
            self._fill(sheet, title, tables)
            yield sheet

    def _payers(self) -> Iterator[Sheet]:
        """Each partner's own rows, whose sums follow the sheets where they are changed."""
        for tables in self.more.payers if self.more else ():
            title = tables[0].title.text
            sheet = Sheet(sheet_name(title, self.taken))
            for placed in self._fill(sheet, title, tables):
                self._refer(sheet, placed, "budget" if placed.table.key == "payer.costs" else "funding", "")
            yield sheet

    def _refer_people(self) -> None:
        """A person's sums on the sheet of costs follow those on the sheet of people."""
        if "people" in self.placed and "budget" in self.placed:
            sheet, placed = self.placed["budget"]
            self._refer(sheet, placed, "people", "budget.people[")

    def _refer(self, sheet: Sheet, placed: Placed, key: str, start: str) -> None:
        """Give the sums of rows that stand on another sheet too the formula that finds them there by their id."""
        if key not in self.placed or placed.id_col is None:
            return
        other, there = self.placed[key]
        if there.id_col is None:
            return
        last = there.body_end - 1
        ids = _area(other, there, there.id_col, last)
        columns = {column.key: there.columns[at] for at, column in enumerate(there.table.columns)}
        for row, at in zip(placed.table.rows, placed.rows, strict=True):
            if row.kind is not RowKind.LINE or not row.id.startswith(start):
                continue
            for index, column in enumerate(placed.table.columns):
                if column.key not in ("planned", "accepted", "amount") or column.key not in columns:
                    continue
                place = (at, placed.columns[index])
                cell = sheet.cells[place]
                if isinstance(cell.content, Money):
                    own = address(at, placed.id_col)
                    formula = formulas.by_id(ids, own, _area(other, there, columns[column.key], last))
                    sheet.cells[place] = cell._replace(formula=formula)

    def _fill(self, sheet: Sheet, title: str, tables: Sequence[Table], section: str = "") -> list[Placed]:
        """Tables under each other on a sheet."""
        report, words = self.report, self.words
        row = _title(sheet, title, report)
        gantt = next((block for block in report.blocks() if isinstance(block, Gantt)), None)
        if not tables:
            row = _without_table(sheet, report, section, words, row)
        found = []
        # tables that share a sheet share its hidden column too
        id_col = max(map(width_of_table, tables)) if len(tables) > 1 else 0
        for number, table in enumerate(tables):
            several = len(tables) > 1
            if several and words_of(table.title) not in ("", title):
                sheet.put(row, 0, one_line(_plain(table.title)), Style(bold=True, size=12))
                sheet.leads.add(row)
                row += 1
            placed = place_table(sheet, table, row, words, id_col)
            found.append(placed)
            self.placed.setdefault(table.key, (sheet, placed))
            if self.more and table.key in ("budget", "payer.costs"):
                sheet.room = _WIDE_ROOM
            if self.trail:
                self.trail.follow(sheet, placed)
            if table.key == "activities" and gantt:
                place_bars(sheet, placed, gantt)
            if number == 0 and table.columns:
                sheet.frozen = (placed.first_row, 0) if not several else None
                sheet.repeated = (placed.head_row, placed.head_row) if not several else None
            row = placed.next_row + 1
        self.ledger.add(reference(sheet.name), sheet.claims)
        _finish(sheet)
        return found

    def _summary(self, sheet: Sheet) -> list[tuple[str, str]]:
        """Fills the summary; the names of its figures."""
        report = self.report
        row = _title(sheet, report.heading.form.text or self.words["sheet.summary"], report)
        sheet.put(1, 0, one_line(report.heading.edition, 120), SMALL)
        self._cost_columns()
        placer = SummaryPlacer(sheet, report, self.ledger, self.words)
        placer.place(row - 1)
        sheet.fixed[0] = min(max(sheet.wants.get(0, 30) + 2, 30), 46)
        sheet.fixed[1] = max(sheet.wants.get(1, 16) + 2, 18)
        sheet.fixed[2] = max(sheet.wants.get(2, 12) + 2, 16)
        sheet.fixed[3] = max(sheet.wants.get(3, 8) + 2, 10)
        sheet.fixed[4] = 10
        sheet.last_col = max(sheet.last_col, 4)
        sheet.landscape = False
        # its checks belong beside its sums; with very many payers, years and accounts nobody could read it so small
        sheet.one_page = sheet.last_row < _ROWS_OF_ONE_PAGE
        _finish(sheet)
        at = reference(sheet.name)
        return [(name, f"{at}!{_fixed(place)}") for name, place in placer.names]

    def _cost_columns(self) -> None:
        """Where payer, year and account stand beside the sums of cost rows."""
        for key in ("budget", "people"):
            if key not in self.placed or self.more is None:
                continue
            sheet, placed = self.placed[key]
            last = placed.body_end - 1
            at = {column.key: placed.columns[index] for index, column in enumerate(placed.table.columns)}
            sums = at.get("accepted", at.get("planned"))
            for name in ("payer", "year", "account"):
                if name in at and sums is not None and placed.rows:
                    places = (_area(sheet, placed, at[name], last), _area(sheet, placed, sums, last))
                    self.ledger.columns.setdefault(name, []).append(places)


def _area(sheet: Sheet, placed: Placed, col: int, last: int) -> str:
    """A column of a table's body, as it is referred to from another sheet."""
    first, end = address(placed.first_row, col, fixed=True), address(last, col, fixed=True)
    return f"{reference(sheet.name)}!{first}:{end}"


def _fixed(place: str) -> str:
    """`B7` as `$B$7`."""
    letters = place.rstrip("0123456789")
    return f"${letters}${place[len(letters) :]}"


def _tables(report: Report, key: str) -> list[Table]:
    return [block for block in report.blocks() if isinstance(block, Table) and block.key == key]


def _title(sheet: Sheet, title: str, report: Report) -> int:
    """The sheet's name and whose it is; the row where its content begins."""
    sheet.put(0, 0, one_line(title, 120), TITLE)
    whose = [report.heading.title, report.heading.applicant] if report.copy is not Copy.BLANK else []
    sheet.put(1, 0, one_line(" · ".join(part for part in whose if part), 200), SMALL)
    return 3


def _without_table(sheet: Sheet, report: Report, section: str, words: Mapping[str, str], row: int) -> int:
    """What the form says where it has no table: that costs are not itemised, and their sum."""
    blocks = next((item.blocks for item in report.sections if item.key == section), ())
    sheet.fixed.update({0: 46.0, 1: 22.0, 2: 22.0})
    for block in blocks:
        if isinstance(block, Prose):
            sheet.put(row, 0, pieces(block.text)[0], replace(SMALL, wrap=True))
            sheet.banners.append((row, 0, 2))
            row += 1
        elif isinstance(block, Field) and isinstance(block.cell, MoneyCell):
            amount, words_of_row = block.cell.amount, one_line(_plain(block.label))
            look = replace(TOTAL, right=True, number=money_format(words["currency"]))
            sheet.put(row, 0, words_of_row, TOTAL)
            sheet.put(row, 1, amount, look)
            sheet.claims.append(Claim("", words_of_row, "", "field", block.path, row, 1, amount))
            row += 1
    return row


def _instructions(sheet: Sheet, words: Mapping[str, str], report: Report) -> None:
    """What may be changed, and how the workbook comes back."""
    sheet.landscape = False
    row = _title(sheet, words["sheet.instructions"], report)
    sheet.fixed[0] = 92.0
    for key in ("intro", "inputs", "lists", "totals", "rows", "groups", "hidden", "send"):
        look = Style(wrap=True, upper=True, ground=INPUT if key == "inputs" else "")
        sheet.put(row, 0, pieces(words[f"back.{key}"])[0], look)
        row += 2
    _finish(sheet)


def _plain(label: Label) -> str:
    return f"{label.text} / {label.second}" if label.second else label.text


def _finish(sheet: Sheet) -> None:
    """Rule under the title, orientation, widths, and the heights that wrapped words need with them."""
    sheet.paint(1, range(sheet.last_col + 1), _RULE)
    below = sheet.cells[1, 0]
    sheet.cells[1, 0] = below._replace(style=replace(below.style, bottom=_RULE.bottom, rule=_RULE.rule))
    natural = sum(sheet.fixed.values())
    natural += sum(min(want, 40) + 2 for col, want in sheet.wants.items() if col not in sheet.fixed)
    if sheet.landscape is None:
        sheet.landscape = natural > _PORTRAIT_ROOM
    sheet.fixed = fitted(sheet, sheet.room or (_LANDSCAPE_ROOM if sheet.landscape else _PORTRAIT_ROOM))
    across = {(row, first): last for row, first, last in sheet.banners}
    sheet.merges += [(row, first, row, last) for (row, first), last in across.items()]
    merged = {(row, col) for row, col, _, _ in sheet.merges} - set(across)
    heights: dict[int, float] = {0: 26.0}
    widths = sheet.fixed
    for place, (content, style, _) in sheet.cells.items():
        if type(content) is str and style.wrap and place not in merged:
            row, col = place
            room = widths.get(col, _USUAL_WIDTH)
            if place in across:
                room = sum(widths.get(at, _USUAL_WIDTH) for at in range(col, across[place] + 1))
            height = height_of(content, room - 2 * style.indent, style.size)
            if height > heights.get(row, 0.0):
                heights[row] = height
    for row, height in heights.items():
        if height > USUAL_ROW:
            sheet.heights.setdefault(row, min(height, HIGHEST_ROW))
    _raise_cells(sheet, {row for row, height in heights.items() if height > _TALL_ROW})
    if not sheet.one_page:
        sheet.breaks = breaks(sheet)


def _raise_cells(sheet: Sheet, rows: Collection[int]) -> None:
    """Puts what stands beside a text of many lines level with its first: in the middle it belongs to none of them."""
    if rows:
        for place, (content, style, formula) in sheet.cells.items():
            if place[0] in rows:
                sheet.cells[place] = planned((content, styled(style, upper=True), formula))
