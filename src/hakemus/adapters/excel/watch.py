"""The checks that a workbook makes by itself: each limit of the call reckoned anew from the sums as they stand, with
what is over or missing, so that whoever changes a price sees which rule it breaks and by how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hakemus.adapters.excel.plan import LARGEST_EXACT_CENTS
from hakemus.domain.money import ZERO, Money
from hakemus.report.model import Limit

_TAKEN_OFF: Mapping[str, tuple[str, ...]] = {
    "total_costs": (),
    "costs_less_income": ("income",),
    "costs_less_income_and_other": ("income", "other"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and its reference on the summary; an empty reference where it stands nowhere, being zero."""

    amount: Money
    at: str


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures that limits are reckoned from; `parts` are grant, own, other and income, as far as there are any."""

    costs: Figure
    parts: Mapping[str, Figure]

    def of(self, tone: str) -> Figure:
        return self.parts.get(tone, Figure(ZERO, ""))

    def less(self, tones: Iterable[str]) -> tuple[Money, str]:
        """The costs without some of the money, and the formula of that."""
        amount, words = self.costs.amount, self.costs.at
        for tone in tones:
            part = self.of(tone)
            amount -= part.amount
            words += f"-{part.at}" if part.at else ""
        return amount, words


@dataclass(frozen=True, slots=True)
class Check:
    """One limit: its sum and formula, which figure it is about, and whether that must not be above or below."""

    words: str
    limit: Money
    formula: str
    about: Figure
    above: bool

    @property
    def off(self) -> Money:
        """By how much the limit is broken."""
        return max(ZERO, self.about.amount - self.limit if self.above else self.limit - self.about.amount)

    def off_formula(self, limit_at: str) -> str:
        own = self.about.at or "0"
        return f"=MAX(0,ROUND({own}-{limit_at},2))" if self.above else f"=MAX(0,ROUND({limit_at}-{own},2))"


def checks_of(limits: Iterable[Limit], sums: Sums, *, itemised: bool) -> list[Check]:
    """What the limits come to with these sums. Where costs are not itemised shares say nothing without two sources."""
    grant, own = sums.of("grant"), sums.of("own")
    shares = itemised or bool(grant.amount and any(sums.of(tone).amount for tone in ("own", "other", "income")))
    found = []
    for limit in limits:
        if limit.kind in ("grant-share", "own-share"):
            if shares:
                found.append(_share(limit, sums, grant, own))
        elif limit.kind == "deficit":
            amount, words = sums.less(("income", "other"))
            found.append(Check(limit.words, amount, f"=ROUND({words},2)", grant, above=True))
        elif limit.least is not None:
            found.append(Check(limit.words, limit.least, "", grant, above=limit.kind == "largest"))
    return found


def _share(limit: Limit, sums: Sums, grant: Figure, own: Figure) -> Check:
    if limit.percent is None:
        return Check(limit.words, limit.least or ZERO, "", own, above=False)
    amount, words = sums.less(_TAKEN_OFF[limit.base_kind])
    base = max(ZERO, amount)
    exact = Fraction(limit.percent) * base.cents / 100
    # Binary fractions of a spreadsheet are off by far less than the sixth decimal, and exact shares do not reach it.
    part = f"ROUND(MAX(0,{words})*{limit.percent:f}/100,6)"
    if limit.kind == "grant-share":
        found = Check(limit.words, Money(int(exact // 1)), f"=ROUNDDOWN({part},2)", grant, above=True)
    else:
        unit = limit.unit.cents
        least = Money(-int(-exact // unit) * unit)
        rounded = f"=ROUNDUP({part},2)" if unit == 1 else f"=ROUNDUP({part}/{unit / 100:g},0)*{unit / 100:g}"
        found = Check(limit.words, least, rounded, own, above=False)
    plain = round(exact / 100, 6) == exact / 100 and base.cents < LARGEST_EXACT_CENTS
    return found if plain else Check(found.words, found.limit, "", found.about, found.above)
