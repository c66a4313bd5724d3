"""Which formula a sum of the report becomes. A formula is written only where it yields the report's own figure to the
cent; else the figure stands as a number, so that a workbook never shows another sum than the application.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

from hakemus.adapters.excel.plan import LARGEST_EXACT_CENTS, address
from hakemus.adapters.excel.text import quoted
from hakemus.domain.money import Money, half_up, total

Place = tuple[int, int]
Sum = tuple[Place, Money]

_NUMBER_LIKE = re.compile(r"[\d\s.,+-]+")
_MOST_TERMS = 120
"""A function takes 255 arguments, a formula 8 192 characters."""
_MOST_WORDS = 12
_DIRECTIONS = (("ROUND", ROUND_HALF_UP), ("ROUNDUP", ROUND_UP), ("ROUNDDOWN", ROUND_DOWN))


def product(amount: Money, quantity: tuple[Place, Decimal], price: Sum) -> str:
    """`ROUND(quantity*price,2)`, or nothing where that is another sum."""
    parts = quantity[1].scaleb(6)
    if parts != parts.to_integral_value() or not _safe(amount, price[1]):
        return ""
    exact, rest = divmod(abs(int(parts) * price[1].cents), 10**6)
    rounded = exact + (rest * 2 >= 10**6)
    if (-rounded if (parts < 0) != (price[1].cents < 0) else rounded) != amount.cents:
        return ""
    return f"=ROUND({address(*quantity[0])}*{address(*price[0])},2)"


def counted(amount: Money, planned: Sum, vat: tuple[Place, Decimal] | None, *, plain: bool = False) -> str:
    """What a planned sum counts: as it stands, with VAT added, or with VAT taken off; nothing where none fits.

    `plain`: the cell of the percentage holds 25.5 and not 0.255.
    """
    place, whole = planned
    if not _safe(amount, whole):
        return ""
    if amount.cents == whole.cents:
        return f"={address(*place)}"
    if vat is None or not vat[1]:
        return ""
    factor = 1 + Fraction(vat[1]) / 100
    rate = address(*vat[0]) + ("/100" if plain else "")
    if half_up(whole.cents * factor) == amount:
        return f"=ROUND({address(*place)}*(1+{rate}),2)"
    if factor > 0 and half_up(whole.cents / factor) == amount:
        return f"=ROUND({address(*place)}/(1+{rate}),2)"
    return ""


@dataclass(frozen=True, slots=True)
class Pay:
    """Where the parts of a person's cost stand, and what they are; None where a cell is empty."""

    months: tuple[Place, Decimal]
    pay: Sum
    time: tuple[Place, Decimal | None]
    holiday: tuple[Place, Decimal | None]
    side: tuple[Place, Decimal | None]


def person(amount: Money, parts: Pay) -> str:
    """Months times pay with holiday pay and side costs, or nothing where that is another sum."""
    whole = Fraction(parts.months[1]) * parts.pay[1].cents * Fraction(100 if parts.time[1] is None else parts.time[1])
    exact = whole / 100 * (100 + Fraction(parts.holiday[1] or 0)) / 100 * (100 + Fraction(parts.side[1] or 0)) / 100
    if half_up(exact) != amount or not _safe(amount, parts.pay[1]):
        return ""
    months, pay, time, holiday, side = (
        address(*place) for place, _ in (parts.months, parts.pay, parts.time, parts.holiday, parts.side)
    )
    share = f'IF({time}="",1,{time}/100)'
    return f"=ROUND({months}*{pay}*{share}*(1+{holiday}/100)*(1+{side}/100),2)"


def by_id(ids: str, own: str, sums: str) -> str:
    """The sum of the row that bears the same id elsewhere: it follows the row wherever it is sorted to."""
    return f"=SUMIF({ids},{own},{sums})"


_PLAIN_WORDS = re.compile(r"[^<>=*?~\"\s]([^*?~\"]*[^*?~\"\s])?")


def matching(column: str, wanted: str, value: str | int, sums: str) -> str:
    """The sum of the rows whose cell in a column says `value`, which also stands in the cell `wanted`."""
    if isinstance(value, int) or (_PLAIN_WORDS.fullmatch(value) and not _NUMBER_LIKE.fullmatch(value)):
        return f"SUMIF({column},{wanted},{sums})"
    return f"SUMPRODUCT(--({column}={wanted}),{sums})"


def addition(amount: Money, terms: Sequence[Sum]) -> str:
    """`SUM(...)` over the terms, runs in one column as ranges; nothing where they add up to another sum."""
    if not terms or total(term for _, term in terms) != amount or not _safe(amount, *(term for _, term in terms)):
        return ""
    return sum_of([place for place, _ in terms])


def addition_but(amount: Money, rows: Sequence[tuple[Sum, Place, str, bool]], sheet: str = "") -> str:
    """The sum of the rows that count, where some between them do not: all of them, less those whose words say so.

    A row is its sum, where its words stand, the words, and whether it counts. It holds after the rows were sorted.
    Nothing where that is another sum, or where words do not tell the rows that count from the others.
    """
    left = {words for _, _, words, counts in rows if not counts}
    sums = [term for term, _, _, _ in rows]
    if not left or "" in left or left & {words for _, _, words, counts in rows if counts}:
        return ""
    whole = total(term for (_, term), _, _, counts in rows if counts)
    if whole != amount or not _safe(amount, *(term for _, term in sums)):
        return ""
    if not all(_PLAIN_WORDS.fullmatch(words) and not _NUMBER_LIKE.fullmatch(words) for words in left):
        return ""
    places = [place for place, _ in sums]
    of = f"{sheet}!" if sheet else ""
    area = f"{of}{_range(min(places), max(places))}"
    said = f"{of}{_range(min(place for _, place, _, _ in rows), max(place for _, place, _, _ in rows))}"
    less = "".join(f"-SUMIF({said},{quoted(words)},{area})" for words in sorted(left))
    return f"=ROUND(SUM({area}){less},2)" if len(left) <= _MOST_WORDS else ""


def sum_of(places: Sequence[Place], sheet: str = "") -> str:
    """`SUM(...)` over cells of a sheet (a reference to it, or empty for the same one); nothing if it grew too long."""
    ranges = [f"{sheet}!{item}" if sheet else item for item in _ranges(places)]
    if len(ranges) > _MOST_TERMS:
        return ""
    return f"=SUM({','.join(ranges)})"


def _ranges(places: Iterable[Place]) -> Iterable[str]:
    first: Place | None = None
    last: Place | None = None
    for row, col in sorted(places, key=lambda place: (place[1], place[0])):
        if first is not None and last is not None and (row, col) == (last[0] + 1, last[1]):
            last = (row, col)
            continue
        if first is not None and last is not None:
            yield _range(first, last)
        first = last = (row, col)
    if first is not None and last is not None:
        yield _range(first, last)


def _range(first: Place, last: Place) -> str:
    return address(*first) if first == last else f"{address(*first)}:{address(*last)}"


def share(shown: Decimal, part: tuple[str, Money], whole: tuple[str, Money]) -> str:
    """Part of whole, rounded in the direction that gives the shown percentage; nothing where none does.

    `part` and `whole` are references as they stand in a formula.
    """
    if not whole[1]:
        return ""
    exact = Decimal(part[1].cents) * 100 / Decimal(whole[1].cents)
    for name, direction in _DIRECTIONS:
        if exact.quantize(Decimal("0.01"), rounding=direction) == shown:
            return f"=IF({whole[0]}=0,0,{name}({part[0]}/{whole[0]},4))"
    return ""


def _safe(*sums: Money) -> bool:
    """Whether a spreadsheet's 15 digits hold all these to the cent."""
    return all(abs(item.cents) < LARGEST_EXACT_CENTS for item in sums)


def rounded_share(part: Money, whole: Money) -> Decimal:
    """The share in percent, two decimals, half up: only for tables of parts, never for what a rule judges."""
    return (Decimal(part.cents) * 100 / Decimal(whole.cents)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
