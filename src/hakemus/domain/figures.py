"""The sums of an application as values: what a row counts, what the whole comes to. How they arise rules know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hakemus.domain.money import ZERO, Money


class RowFigures(NamedTuple):
    """One cost row: planned as typed or computed (None where nothing is), counted after VAT, accepted by the call."""

    planned: Money | None = None
    counted: Money = ZERO
    accepted: Money = ZERO
    net: Money = ZERO
    gross: Money = ZERO
    """The planned sum without and with VAT by the row's own percentage; equal where it has none."""

    @property
    def vat(self) -> Money:
        return self.gross - self.net


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of a group of cost rows."""

    planned: Money = ZERO
    counted: Money = ZERO
    accepted: Money = ZERO


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of an application under a call, all in the call's currency."""

    costs: Money = ZERO
    costs_from: str = "sources"
    """`rows`, or `sources` where no row has a sum above zero: then costs are what the sources of money add up to."""
    excluded: Money = ZERO
    income: Money = ZERO
    other: Money = ZERO
    other_confirmed: Money = ZERO
    own: Money = ZERO
    own_not_counted: Money = ZERO
    grant: Money = ZERO
    base: Money = ZERO
    base_kind: str = "total_costs"
    share_percent: str | None = None
    cap: Money | None = None
    """The highest grant that the call's rules of severity error allow; None where it limits nothing."""
    over_cap: Money = ZERO
    gap: Money = ZERO
    """Positive: not yet funded. Negative: more money than costs."""
    uncovered: Money = ZERO
    """Costs less income and other funding: what grant and own funding have to meet. May be negative."""

    @property
    def itemised(self) -> bool:
        return self.costs_from == "rows"


@dataclass(frozen=True, slots=True)
class Figures:
    """Every sum of an application; groups are keyed by category, payer and year, `""` being none or unknown."""

    totals: Totals = Totals()
    lines: Mapping[str, RowFigures] = field(default_factory=dict)
    people: Mapping[str, RowFigures] = field(default_factory=dict)
    by_category: Mapping[str, Sums] = field(default_factory=dict)
    by_payer: Mapping[str, Sums] = field(default_factory=dict)
    by_year: Mapping[str, Sums] = field(default_factory=dict)
