"""A whole draft as plain text, for the command line: every field and row under its heading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    PendingCell,
    PeriodCell,
    Prose,
    Report,
    ShownCell,
    Table,
)


def outline(report: Report, draft: Draft, catalog: Catalog) -> str:
    """The text of a report, then what the paper does not carry: terms, comments, decision, final report, sources."""
    lines = [report.heading.title, report.heading.call.text, report.heading.applicant, ""]
    for section in report.sections:
        lines += [f"{section.number} {section.title.text}"]
        for block in section.blocks:
            lines += [f"  {line}" for line in _lines(block)]
        lines.append("")
    plain = draft.stored()
    for key, title in (
        ("terms", catalog.text("The user's own values for terms of the call")),
        ("comments", catalog.text("Comments")),
        ("secrets", catalog.text("Secret parts")),
        ("acknowledged", catalog.text("Findings marked as read")),
        ("submission", catalog.text("Submitting")),
        ("decision", catalog.text("Grant decision")),
        ("report", catalog.text("Final report")),
    ):
        if key in plain:
            lines += [title, *(f"  {line}" for line in _plain_lines(plain[key])), ""]
    for source in draft.sources:
        lines += [
            catalog.text("Source: {source}.", source=source.title or source.id),
            *(f"  {line}" for line in (source.text or "").splitlines()),
        ]
        if source.unplaced:
            lines += [
                catalog.text("Kept with the draft, but placed in no field:"),
                *(f"  {line}" for line in source.unplaced),
            ]
    return "\n".join(lines).rstrip()


def _plain_lines(value: Any, name: str = "") -> Iterator[str]:
    """Plain data as lines of address and value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _plain_lines(item, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _plain_lines(item, f"{name}[{number}]")
    else:
        yield f"{name}: {value}"


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
    if isinstance(cell, PendingCell):
        return f"{cell.text} ({cell.note})"
    return cell.text
