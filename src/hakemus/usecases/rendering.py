"""Messages into text of one language: the only place where a finding, a trace or a way out becomes words."""

from __future__ import annotations

import datetime
from typing import Any

from hakemus.domain.call import Call
from hakemus.domain.findings import Reference, TraceLine
from hakemus.domain.messages import Message, Shown
from hakemus.domain.money import Money
from hakemus.i18n import amounts
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_names import name_of


def field_name(path: str, catalog: Catalog, call: Call | None = None) -> str:
    """The name of a field in the reader's language: the call's own label where it has one."""
    if call is not None:
        guide = call.guide(path)
        if guide and guide.label:
            return call.text(guide.label, catalog.language)
        if path.startswith("answers["):
            question = call.question(path[len("answers[") : -1])
            if question:
                return call.text(question.label, catalog.language)
    return catalog.text(name_of(path))


def message(item: Message, catalog: Catalog, call: Call | None = None) -> str:
    """The sentence of a message."""
    currency = call.currency if call is not None else "EUR"
    return catalog.with_names(lambda path: field_name(path, catalog, call), currency).render(item)


def trace_line(line: TraceLine, catalog: Catalog, call: Call) -> str:
    """One line of a sum: words and figure."""
    words = message(line.label, catalog, call)
    figure = figure_text(line.amount, call.currency)
    return f"{words}: {figure}" if figure else words


def figure_text(amount: Money | Shown | None, currency: str) -> str:
    if isinstance(amount, Money):
        return amounts.format_money(amount, currency)
    if isinstance(amount, Shown):
        return amounts.format_shown(amount.text)
    return ""


def reference_json(reference: Reference | None) -> dict[str, Any] | None:
    if reference is None:
        return None
    plain = {
        "source": reference.source,
        "title": reference.title,
        "paragraph": reference.paragraph,
        "url": reference.url,
        "year": reference.year,
        "read": reference.read,
        "status": reference.status,
    }
    if reference.quotation:
        plain["quotation"] = reference.quotation
    return plain


def source_text(reference: Reference, catalog: Catalog) -> str:
    """Where a rule comes from, and the day on which that was read."""
    said = reference_text(reference, catalog)
    if not reference.read:
        return said
    read = format_date(datetime.date.fromisoformat(reference.read))
    return catalog.text("{source}. Read on {date}.", source=said, date=read)


def reference_text(reference: Reference, catalog: Catalog) -> str:
    """Where a rule comes from, in one line; what is not a plain source says so."""
    parts = [part for part in (reference.title, reference.paragraph, reference.year) if part]
    status = {
        "inferred": catalog.text("inferred, not stated in the source"),
        "own": catalog.text("general knowledge, check before use"),
        "analogy": catalog.text("a rule of another authority, used as a model"),
    }.get(reference.status)
    if status:
        parts.append(status)
    return ", ".join(parts)
