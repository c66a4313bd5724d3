"""Lays the whole workbook out: which sheets there are, what stands on each, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hakemus.adapters.excel.contents import money_format
from hakemus.adapters.excel.plan import (
    ACCENT,
    HIGHEST_ROW,
    INPUT,
    USUAL_ROW,
    Book,
    Claim,
    Sheet,
    Style,
    fitted,
    height_of,
)
from hakemus.adapters.excel.summary import Ledger, SummaryPlacer
from hakemus.adapters.excel.tables import SMALL, TITLE, TOTAL, place_table, words_of
from hakemus.adapters.excel.text import one_line, pieces, reference, sheet_name
from hakemus.adapters.excel.texts import place_texts
from hakemus.adapters.excel.timeline import place_bars
from hakemus.adapters.excel.trail import SHEET, Trail
from hakemus.report.model import Copy, Field, Gantt, Label, MoneyCell, Prose, Report, Table
from hakemus.report.words import SHEET_WORDS

_CORE = (
    ("budget", "sheet.budget", "budget"),
    ("funding", "sheet.funding", "funding"),
    ("activities", "sheet.timeline", "timeline"),
)
_NAMED = {
    "goals": "sheet.goals",
    "indicators": "sheet.indicators",
    "partners": "sheet.partners",
    "team": "sheet.team",
    "attachments": "sheet.attachments",
}
_RULE = Style(bottom=2, rule=ACCENT)
_PORTRAIT_ROOM = 104
_LANDSCAPE_ROOM = 140


def lay_out(report: Report) -> Book:
    """The workbook of a report: summary, budget, funding, timeline, the other tables, then the texts."""
    words = {key: one_line(report.words.get(key) or text, 200) for key, text in SHEET_WORDS.items()}
    taken = {SHEET}
    summary = Sheet(sheet_name(words["sheet.summary"], taken))
    ledger = Ledger()
    trail = Trail() if report.copy is Copy.DRAFT else None
    sheets = [summary]
    for key, name, section in _CORE:
        tables = _tables(report, key)
        title = words[name]
        sheets.append(_table_sheet(report, tables, sheet_name(title, taken), title, words, ledger, section, trail))
    core = {key for key, _, _ in _CORE}
    others: dict[str, list[Table]] = {}
    for block in report.blocks():
        if isinstance(block, Table) and block.key not in core and block.rows:
            others.setdefault(block.key, []).append(block)
    for key, tables in others.items():
        title = words[_NAMED[key]] if key in _NAMED else tables[0].title.text
        sheets.append(_table_sheet(report, tables, sheet_name(title, taken), title, words, ledger, trail=trail))
    texts = Sheet(sheet_name(words["sheet.texts"], taken), landscape=True)
    _title(texts, words["sheet.texts"], report)
    place_texts(texts, report, words, 3)
    _finish(texts)
    sheets.append(texts)
    _summary(summary, report, ledger, words)
    if trail:
        sheets.append(_instructions(sheet_name(words["sheet.instructions"], taken), words, report))
        for sheet in sheets:
            sheet.protected = True
        sheets.append(trail.sheet(report))
    heading = report.heading
    return Book(
        tuple(sheets),
        title=one_line(heading.title or heading.form.text),
        subject=one_line(heading.subject),
        mark=one_line(report.mark, 40),
        foot=one_line(heading.version_words),
        page_words=heading.page_words,
    )


def _tables(report: Report, key: str) -> list[Table]:
    return [block for block in report.blocks() if isinstance(block, Table) and block.key == key]


def _title(sheet: Sheet, title: str, report: Report) -> int:
    """The sheet's name and whose it is; the row where its content begins."""
    sheet.put(0, 0, one_line(title, 120), TITLE)
    whose = [report.heading.title, report.heading.applicant] if report.copy is not Copy.BLANK else []
    sheet.put(1, 0, one_line(" · ".join(part for part in whose if part), 200), SMALL)
    return 3


def _table_sheet(
    report: Report,
    tables: list[Table],
    name: str,
    title: str,
    words: Mapping[str, str],
    ledger: Ledger,
    section: str = "",
    trail: Trail | None = None,
) -> Sheet:
    sheet = Sheet(name)
    row = _title(sheet, title, report)
    gantt = next((block for block in report.blocks() if isinstance(block, Gantt)), None)
    if not tables:
        row = _without_table(sheet, report, section, words, row)
    for number, table in enumerate(tables):
        several = len(tables) > 1
        if several and words_of(table.title):
            sheet.put(row, 0, one_line(_plain(table.title)), Style(bold=True, size=12))
            row += 1
        placed = place_table(sheet, table, row, words)
        if trail:
            trail.follow(sheet, placed)
        if table.key == "activities" and gantt:
            place_bars(sheet, placed, gantt)
        if number == 0 and table.columns:
            sheet.frozen = (placed.first_row, 0) if not several else None
            sheet.repeated = (placed.head_row, placed.head_row) if not several else None
        row = placed.next_row + 1
    ledger.add(reference(name), sheet.claims)
    _finish(sheet)
    return sheet


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


def _summary(sheet: Sheet, report: Report, ledger: Ledger, words: Mapping[str, str]) -> None:
    row = _title(sheet, report.heading.form.text or words["sheet.summary"], report)
    sheet.put(1, 0, one_line(report.heading.edition, 120), SMALL)
    SummaryPlacer(sheet, report, ledger, words).place(row - 1)
    sheet.fixed[0] = min(max(sheet.wants.get(0, 30) + 2, 30), 46)
    sheet.fixed[1] = max(sheet.wants.get(1, 16) + 2, 18)
    sheet.fixed[2] = max(sheet.wants.get(2, 12) + 2, 16)
    sheet.fixed[3] = sheet.fixed[4] = 10
    sheet.last_col = max(sheet.last_col, 4)
    sheet.landscape = False
    _finish(sheet)


def _instructions(name: str, words: Mapping[str, str], report: Report) -> Sheet:
    """What may be changed, and how the workbook comes back."""
    sheet = Sheet(name, landscape=False)
    row = _title(sheet, words["sheet.instructions"], report)
    sheet.fixed[0] = 92.0
    for key in ("intro", "inputs", "totals", "rows", "groups", "hidden", "send"):
        look = Style(wrap=True, upper=True, ground=INPUT if key == "inputs" else "")
        sheet.put(row, 0, pieces(words[f"back.{key}"])[0], look)
        row += 2
    _finish(sheet)
    return sheet


def _plain(label: Label) -> str:
    return f"{label.text} / {label.second}" if label.second else label.text


def _finish(sheet: Sheet) -> None:
    """Rule under the title, orientation, widths, and the heights that wrapped words need with them."""
    sheet.paint(1, range(sheet.last_col + 1), _RULE)
    below = sheet.cells[1, 0]
    sheet.cells[1, 0] = replace(below, style=replace(below.style, bottom=_RULE.bottom, rule=_RULE.rule))
    natural = sum(sheet.fixed.values())
    natural += sum(min(want, 40) + 2 for col, want in sheet.wants.items() if col not in sheet.fixed)
    if sheet.landscape is None:
        sheet.landscape = natural > _PORTRAIT_ROOM
    sheet.fixed = fitted(sheet, sheet.room or (_LANDSCAPE_ROOM if sheet.landscape else _PORTRAIT_ROOM))
    across = {(row, first): last for row, first, last in sheet.banners}
    sheet.merges += [(row, first, row, last) for (row, first), last in across.items()]
    merged = {(row, col) for row, col, _, _ in sheet.merges} - set(across)
    heights: dict[int, float] = {0: 26.0}
    for (row, col), cell in sheet.cells.items():
        if cell.style.wrap and isinstance(cell.content, str) and (row, col) not in merged:
            last = across.get((row, col), col)
            room = sum(sheet.fixed.get(at, 8.4) for at in range(col, last + 1)) - 2 * cell.style.indent
            heights[row] = max(heights.get(row, 0.0), height_of(cell.content, room, cell.style.size))
    for row, height in heights.items():
        if height > USUAL_ROW:
            sheet.heights.setdefault(row, min(height, HIGHEST_ROW))
