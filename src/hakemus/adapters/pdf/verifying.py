"""Reads a paper back and looks for every sum of the report that it was made from, in the text that a reader gets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hakemus.adapters.pdf.pages import page_count, page_text
from hakemus.domain.money import Money
from hakemus.i18n.amounts import format_money
from hakemus.report.model import Field, MoneyCell, Report, Table

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_FIGURE = re.compile(r"[-\u2212]?[\d.,]*\d")


def verify(report: Report, pdf: bytes) -> list[str]:
    """The sums of the report that stand in its paper less often than in the report; empty where every one is there.

    A sum that is part of a larger figure counts too, for text has no cells: what is missing is never a false alarm.
    """
    try:
        text = " ".join(page_text(pdf, index) for index in range(page_count(pdf)))
    except ValueError:
        text = ""
    text = _SPACES.sub("", text)
    wanted = Counter(_bare(amount) for amount in sums_of(report))
    return [figure for figure, times in wanted.items() if text.count(figure) < times]


def _bare(amount: Money) -> str:
    """A sum as it is printed, without spaces and sign of currency."""
    found = _FIGURE.match(_SPACES.sub("", format_money(amount)))
    assert found is not None
    return found[0]


def sums_of(report: Report) -> Iterator[Money]:
    """Every sum that the report has in its fields and tables."""
    for block in report.blocks():
        if isinstance(block, Field) and isinstance(block.cell, MoneyCell):
            yield block.cell.amount
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell.amount for cell in row.cells if isinstance(cell, MoneyCell))
