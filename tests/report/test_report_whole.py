"""Everything that is filled in stands on paper: each text, each sum, each day of an application of any shape."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.ports import CALL, Clock, catalog, document
from hakemus.domain.draft import Document, any_value
from hakemus.domain.fields import Kind, Tree
from hakemus.domain.money import Money
from hakemus.i18n.amounts import format_decimal, format_money, format_percent
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_names import words_of
from hakemus.report.build import build
from hakemus.report.model import (
    Block,
    Cell,
    Checks,
    Copy,
    DateCell,
    Field,
    FundingBar,
    Gantt,
    MoneyCell,
    NumberCell,
    PeriodCell,
    Prose,
    Report,
    Table,
)
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from strategies import applications

CALLS = (CALL, "oph-erityisavustus-2026", "avi-kirjastot-2015")


def report_of(made: Document, language: str = "fi", second: str = "", copy: Copy = Copy.DRAFT) -> Report:
    call = call_of(made.draft)
    judged = check(made.draft, call, Clock().today())
    return build(
        made,
        call,
        judged.figures,
        ready=judged.ready,
        catalog=catalog(language),
        second=catalog(second) if second else None,
        copy=copy,
        made_on=Clock().today(),
    )


def cells(block: Block) -> Iterator[tuple[Cell, str]]:
    """The cells of a block with the note that stands beside each."""
    if isinstance(block, Field):
        yield block.cell, block.note
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield cell, row.note


def said(report: Report) -> tuple[str, set[object]]:
    """Every word of a report in one text, and every value of its cells."""
    words: list[str] = [report.heading.title, report.heading.applicant]
    values: set[object] = set()
    for block in report.blocks():
        if isinstance(block, (Prose,)):
            words.append(block.text)
        if isinstance(block, (FundingBar, Gantt)):
            words.append(block.alt)
        if isinstance(block, Checks):
            words += [text for _, text in block.items]
        for cell, note in cells(block):
            words.append(note)
            if isinstance(cell, MoneyCell):
                values.add(cell.amount)
            elif isinstance(cell, NumberCell):
                values.add(cell.number)
            elif isinstance(cell, DateCell):
                values.add(cell.day)
            elif isinstance(cell, PeriodCell):
                values |= {cell.starts, cell.ends}
            else:
                words.append(cell.text)
    return "\n".join(words), values


NOT_ON_PAPER = {
    "attachments[].kind", "attachments[].media_type", "attachments[].size", "attachments[].sha256",
    "partners[].attachment", "activities[].goals",
}  # fmt: skip
"""What the file knows of itself, and references, which stand on paper as the thing they name."""


def filled_fields(node: Tree, path: str = "", pattern: str = "") -> Iterator[tuple[str, Kind, Any]]:
    for name, info in type(node).model_fields.items():
        kind = next(mark for mark in info.metadata if isinstance(mark, Kind))
        value, here = getattr(node, name), f"{pattern}.{name}".lstrip(".")
        if kind is Kind.PART:
            yield from filled_fields(value, path, here)
        elif kind is Kind.ROWS:
            for row in value:
                yield from filled_fields(row, path, f"{here}[]")
        elif name != "id" and kind is not Kind.ID and any_value(value):
            yield here, kind, value


def missing_from(made: Document, report: Report) -> list[str]:
    text, values = said(report)
    call = call_of(made.draft)
    absent = []
    for pattern, kind, value in filled_fields(made.draft.application):
        if pattern in NOT_ON_PAPER or pattern in ("answers", "declarations") or kind is Kind.FLAG:
            continue
        if kind is Kind.WORD:
            forms: list[object] = [catalog(report.language).text(words_of(pattern)[value])]
        elif pattern.endswith(".category") and value in call.category_ids:
            found = call.category(value)
            forms = [call.text(found.label, report.language)] if found else []
        elif kind is Kind.TEXTS:
            forms = [[item for item in value if item.strip()]]
        elif isinstance(value, Money):
            forms = [value, format_money(value)]
        elif isinstance(value, Decimal):
            forms = [value, format_percent(value), format_decimal(value)]
        elif isinstance(value, datetime.date):
            forms = [value, format_date(value)]
        else:
            forms = [value, str(value)]
        if not any(
            form in values or form in text
            if isinstance(form, str)
            else all(part in text for part in form)
            if isinstance(form, list)
            else form in values
            for form in forms
        ):
            absent.append(f"{pattern} = {value!r}")
    return absent


@settings(max_examples=60, deadline=None)
@given(applications, st.sampled_from(CALLS))
def test_every_filled_field_stands_on_paper(data: dict[str, Any], call: str) -> None:
    made = document(data, call)
    assert missing_from(made, report_of(made)) == []
