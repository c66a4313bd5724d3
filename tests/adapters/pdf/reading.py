"""What a report says, piece by piece in the order in which its paper must be read aloud, and every value of an
application in the words in which paper shows it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pdf_tree import Node

from hakemus.adapters.pdf.fonts import printable
from hakemus.domain.application import Application
from hakemus.domain.fields import Kind, Tree
from hakemus.domain.money import Money
from hakemus.i18n.amounts import format_decimal, format_money, format_percent
from hakemus.i18n.dates import format_date
from hakemus.report import model
from hakemus.report.cell_words import cell_text

_SPACES = re.compile(r"[ \u00a0\r\n\t\u2028\u2029\x0b\x0c\x85]+")


def said(text: str) -> str:
    """A text as paper says it: unprintable signs as the mark, one kind of space, no soft hyphens."""
    return _SPACES.sub(" ", printable(text).replace("\u00ad", "")).strip()


def spoken(root: Node) -> list[str]:
    """The texts of a paper's elements in reading order; figures say their alternative text instead."""
    return [text for text in _spoken(root) if text]


def _spoken(node: Node) -> Iterator[str]:
    if node.role == "Figure":
        return
    own = node.text
    for child in node.children:
        own = own.replace(child.text, "\x00", 1) if child.text else own
    # own text stands before that of the elements inside, as this program writes it
    yield said(own.replace("\x00", ""))
    for child in node.children:
        yield from _spoken(child)


def pieces(report: model.Report) -> list[str]:
    """The texts of a report in the order of the form."""
    return [text for text in (said(piece) for piece in _pieces(report)) if text]


def _pieces(report: model.Report) -> Iterator[str]:
    heading = report.heading
    yield both(heading.funder)
    yield both(heading.call)
    titled = heading.title.strip()
    yield " · ".join(part for part in (both(heading.form) if titled else "", heading.copy_words) if part)
    yield titled or both(heading.form)
    yield heading.applicant
    yield heading.copy_sentence
    yield report.mark_sentence
    currency = report.words.get("currency", "€")
    for section in report.sections:
        yield f"{section.number} {section.title.text}"
        yield section.title.second
        before = section.title.text
        for block in section.blocks:
            yield from _block(block, currency, blank=report.copy is model.Copy.BLANK, before=before)
            before = ""


def both(label: model.Label) -> str:
    return f"{label.text} / {label.second}" if label.second else label.text


def _block(block: model.Block, currency: str, *, blank: bool, before: str) -> Iterator[str]:
    match block:
        case model.Field():
            yield from (block.label.text, block.label.second, block.help if blank else "")
            yield from (f"\u2610 {choice}" for choice in block.choices)
            yield cell_text(block.cell, currency)
            yield block.cell.note if isinstance(block.cell, model.PendingCell) else ""
            yield block.note
        case model.Prose():
            yield from (block.text, block.second)
        case model.Gap():
            yield from (block.title.text, block.title.second)
        case model.Checks():
            for at, (ticked, sentence) in enumerate(block.items):
                yield "\u2610" if blank else block.yes if ticked else block.no
                yield sentence
                yield block.second[at] if at < len(block.second) else ""
        case model.Signature():
            for label in (block.place, block.day, block.signature):
                yield from (label.text, label.second)
            yield from (block.printed_name, block.name.text, block.name.second)
        case model.Table():
            yield from _table(block, currency, before)


def _table(table: model.Table, currency: str, before: str) -> Iterator[str]:
    if table.title.text != before:
        yield from (table.title.text, table.title.second)
    if not table.rows:
        yield table.empty
    for column in table.columns if table.rows else ():
        yield from (column.label.text, column.label.second)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            sign = "" if at < len(table.columns) and currency in table.columns[at].label.text else currency
            yield cell_text(cell, sign)
            yield cell.note if isinstance(cell, model.PendingCell) else ""
            yield row.note if at == 0 else ""
    yield from table.notes


_UNSAID = ("id", "media_type", "size", "sha256", "category", "payer", "activity", "partner", "attachment", "goals")
"""Fields by which rows are told, joined and checked; what they lead to is said by its name."""


def values(application: Application) -> Iterator[tuple[str, str]]:
    """Every value that a person has typed, by its address, in the words of paper."""
    yield from _values(application, "")


def _values(node: Tree, at: str) -> Iterator[tuple[str, str]]:
    for name, info in type(node).model_fields.items():
        value, path = node.__dict__.get(name), f"{at}.{name}".strip(".")
        kind = next(mark for mark in info.metadata if isinstance(mark, Kind))
        if value is None or name in _UNSAID:
            continue
        if kind is Kind.PART:
            yield from _values(value, path)
        elif kind is Kind.ROWS:
            for row in value:
                yield from _values(row, f"{path}[{row.id}]")
        elif kind is Kind.TEXTS:
            yield from ((path, text) for text in value)
        elif kind is Kind.MAP:
            yield from ((f"{path}[{key}]", text) for key, text in value.items() if isinstance(text, str))
        elif kind not in (Kind.WORD, Kind.FLAG):
            yield path, worded(kind, value)


def worded(kind: Kind, value: Any) -> str:
    if isinstance(value, Money):
        return format_money(value, symbol=False)
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_percent(value) if kind is Kind.PERCENT else format_decimal(value)
    return str(value)
