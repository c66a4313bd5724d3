"""The planned sum of a cost line: typed, or quantity times price, and never both."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hakemus.domain.money import Money, half_up
from hakemus.domain.paths import table_of

LINES = "budget.lines"
FACTORS = ("quantity", "unit_price")


def plain_row(row: Any) -> dict[str, Any]:
    """The fields of a row; none where there is no row."""
    return dict(row.__dict__) if row is not None else {}


def has_both(line: Mapping[str, Any]) -> bool:
    """Whether a line has quantity and unit price."""
    return line.get("quantity") is not None and line.get("unit_price") is not None


def line_sum(line: Mapping[str, Any]) -> Money | None:
    """A line's planned sum."""
    amount: Money | None = line.get("amount")
    if amount is not None or not has_both(line):
        return amount
    return half_up(Fraction(line["quantity"]) * line["unit_price"].cents)


def one_sum(line: dict[str, Any]) -> dict[str, Any]:
    """A line without a sum beside both factors: an equal one goes, a different one takes the price's place."""
    if line.get("amount") is None or not has_both(line):
        return line
    product = half_up(Fraction(line["quantity"]) * line["unit_price"].cents)
    dropped = "amount" if product == line["amount"] else "unit_price"
    return {key: value for key, value in line.items() if key != dropped}


def row_sum(path: str, row: Any) -> Money | None:
    """The sum that the row at an address stands for, where it has one."""
    table = table_of(path)
    if table == LINES:
        return line_sum(plain_row(row))
    amount = getattr(row, "amount", None)
    return amount if isinstance(amount, Money) else None
