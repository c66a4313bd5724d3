"""A whole draft as plain text, for the command line: every field and row under its heading."""

from __future__ import annotations

from hakemus.domain.draft import Draft
from hakemus.i18n import amounts, dates
from hakemus.i18n.catalog import Catalog
from hakemus.report.model import (
    Cell,
    Checks,
    DateCell,
    Field,
    FundingBar,
    Gantt,
    MoneyCell,
    NumberCell,
    PeriodCell,
    Prose,
    Report,
    ShownCell,
    Table,
)


def outline(report: Report, draft: Draft, catalog: Catalog) -> str:
    """The text of a report, then what the paper does not carry: decision, sources."""
    lines = [report.heading.title, report.heading.call.text, report.heading.applicant, ""]
    for section in report.sections:
        lines += [f"{section.number} {section.title.text}"]
        for block in section.blocks:
            lines += [f"  {line}" for line in _lines(block)]
        lines.append("")
    if draft.decision.stored():
        lines += [
            catalog.text("Grant decision"),
            *(f"  {key}: {value}" for key, value in draft.decision.stored().items()),
            "",
        ]
    for source in draft.sources:
        lines += [
            catalog.text("Source: {source}.", source=source.title or source.id),
            *(f"  {line}" for line in source.unplaced),
        ]
    return "\n".join(lines).rstrip()


def _lines(block: object) -> list[str]:
    if isinstance(block, Field):
        return [f"{block.label.text}: {words(block.cell)}"]
    if isinstance(block, Table):
        made = [f"{block.title.text}:"] if block.rows else [f"{block.title.text}: {block.empty}"]
        for row in block.rows:
            cells = " | ".join(part for part in (words(cell) for cell in row.cells) if part)
            made.append(f"  {cells}" + (f" ({row.note})" if row.note else ""))
        return made
    if isinstance(block, Prose):
        return [block.text]
    if isinstance(block, (FundingBar, Gantt)):
        return [block.alt]
    if isinstance(block, Checks):
        return [f"[{'x' if yes else ' '}] {text}" for yes, text in block.items]
    return []


def words(cell: Cell) -> str:
    """What a cell says, in figures of the one way."""
    if isinstance(cell, MoneyCell):
        return amounts.format_money(cell.amount, symbol=False)
    if isinstance(cell, NumberCell):
        return amounts.format_percent(cell.number) if cell.percent else amounts.format_decimal(cell.number)
    if isinstance(cell, ShownCell):
        return amounts.format_shown(cell.text)
    if isinstance(cell, DateCell):
        return dates.format_date(cell.day)
    if isinstance(cell, PeriodCell):
        return dates.format_period(cell.starts, cell.ends)
    return cell.text
