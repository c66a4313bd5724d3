"""Reports of documents, and every word and value that stands in one."""

from __future__ import annotations

from collections.abc import Iterator

from fakes.ports import CALL, Clock, catalog
from hakemus.domain.draft import Document
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
