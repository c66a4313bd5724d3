"""Lays every question and answer of the application into a sheet, in the form's order, whole and unchanged."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hakemus.adapters.excel.contents import contents, money_format
from hakemus.adapters.excel.plan import (
    HIGHEST_ROW,
    INK,
    INK_SECOND,
    SUNKEN,
    USUAL_ROW,
    Claim,
    Content,
    Sheet,
    Style,
    height_of,
    styled,
)
from hakemus.adapters.excel.tables import HEAD, SMALL, words_of
from hakemus.adapters.excel.text import one_line, pieces
from hakemus.report.model import Checks, Field, Gap, Label, MoneyCell, PeriodCell, Prose, Report, Section

_QUESTION_WIDTH = 34
_ANSWER_WIDTH = 96
_SECTION = Style(bold=True, size=12, ground=SUNKEN, bottom=1, rule=INK)
_QUESTION = Style(bold=True, bottom=7, wrap=True)
_ANSWER = Style(bottom=7, wrap=True)


def place_texts(sheet: Sheet, report: Report, words: Mapping[str, str], row: int) -> None:
    """Writes all fields, declarations and words of the form from `row` on; tables have sheets of their own."""
    sheet.fixed = {0: _QUESTION_WIDTH, 1: _ANSWER_WIDTH}
    sheet.put(row, 0, words["question"], HEAD)
    sheet.put(row, 1, words["answer"], HEAD)
    sheet.frozen, sheet.repeated = (row + 1, 0), (row, row)
    row += 1
    for section in report.sections:
        if any(isinstance(block, Field | Checks | Prose) for block in section.blocks):
            row = _section(sheet, section, words, row)


def _section(sheet: Sheet, section: Section, words: Mapping[str, str], row: int) -> int:
    sheet.put(row, 0, f"{section.number} {one_line(section.title.text)}", _SECTION)
    sheet.paint(row, range(2), _SECTION)
    sheet.leads.add(row)
    row += 1
    for block in section.blocks:
        match block:
            case Field():
                row = _field(sheet, block, words, row)
            case Checks(items, yes, no):
                for given, sentence in items:
                    row = _answer(sheet, row, yes if given else no, sentence, _ANSWER, words)
            case Prose(text, _):
                row = _answer(sheet, row, "", text, styled(_ANSWER, colour=INK_SECOND), words)
            case Gap(title):
                sheet.put(row, 0, pieces(words_of(title))[0], styled(_QUESTION, wrap=False))
                sheet.paint(row, range(2), _QUESTION)
                sheet.leads.add(row)
                row += 1
            case _:
                pass
    return row


def _field(sheet: Sheet, block: Field, words: Mapping[str, str], row: int) -> int:
    values = contents(block.cell, styled(_ANSWER, right=False))
    labels = [words_of(block.label)]
    if isinstance(block.cell, PeriodCell):
        labels = [words_of(_with(block.label, words[key])) for key in ("starts", "ends")]
    if isinstance(block.cell, MoneyCell):
        sheet.claims.append(
            Claim("", one_line(block.label.text), block.path, "field", block.path, row, 1, block.cell.amount)
        )
    for label, (content, style) in zip(labels, values, strict=True):
        number = money_format(words["currency"]) if isinstance(block.cell, MoneyCell) else style.number
        row = _answer(sheet, row, label, content, styled(style, right=False, number=number), words)
    for text in (block.note, block.help, " · ".join(block.choices)):
        if text:
            row = _answer(sheet, row, "", text, styled(SMALL, bottom=7, wrap=True), words)
    return row


def _with(label: Label, word: str) -> Label:
    return Label(f"{label.text}: {word}", label.second)


def _answer(sheet: Sheet, row: int, label: str, content: Content, style: Style, words: Mapping[str, str]) -> int:
    """One question and its answer; a text too long for a cell goes on in the row below, and that is said."""
    parts: tuple[Content, ...] = pieces(content) if isinstance(content, str) else (content,)
    for at, part in enumerate(parts):
        name = pieces(label)[0] if at == 0 else words["continued"]
        if at == 0 and len(parts) > 1:
            name = f"{name}\n{words['carried']}"
        tall = max(_height(name, _QUESTION_WIDTH), _height(part, _ANSWER_WIDTH)) > USUAL_ROW
        sheet.put(row, 0, name, styled(_QUESTION, upper=tall))
        sheet.put(row, 1, part, styled(style, upper=tall))
        row = _room(sheet, row, part)
    return row


def _height(content: Content, room: float) -> float:
    return height_of(content, room, 11) if isinstance(content, str) else USUAL_ROW


def _room(sheet: Sheet, row: int, content: Content) -> int:
    """The next free row, after as many merged ones as a very long text needs to be seen whole."""
    points = _height(content, _ANSWER_WIDTH)
    if points <= HIGHEST_ROW:
        return row + 1
    count = math.ceil(points / HIGHEST_ROW)
    for at in range(count):
        sheet.heights[row + at] = min(HIGHEST_ROW, points / count + 1)
    for col in range(2):
        style = sheet.cells[row, col].style
        for at in range(1, count):
            sheet.put(row + at, col, None, style)
        sheet.merges.append((row, col, row + count - 1, col))
    return row + count
