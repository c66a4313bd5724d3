"""A sum becomes a formula only where the formula gives that very sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.adapters.excel import formulas
from hakemus.adapters.excel.text import LONGEST_CELL, needs_runs, pieces, quoted, runs, sheet_name, units
from hakemus.domain.money import Money, total
from hakemus.domain.text import clean

CENTS = st.integers(-(10**11), 10**11)


def test_a_product_is_rounded_half_up_to_the_cent() -> None:
    half = Decimal("0.5")
    assert formulas.product(Money(101), ((4, 1), half), ((4, 3), Money(201))) == "=ROUND(B5*D5,2)"
    assert formulas.product(Money(100), ((4, 1), half), ((4, 3), Money(201))) == ""
    assert formulas.product(Money(10**15), ((4, 1), Decimal(1)), ((4, 3), Money(10**15))) == ""


@pytest.mark.parametrize(
    ("amount", "vat", "formula"),
    [
        (10_000, None, "=E5"),
        (12_550, "25.5", "=ROUND(E5*(1+F5),2)"),
        (7_968, "25.5", "=ROUND(E5/(1+F5),2)"),
        (7_969, "25.5", ""),
        (12_550, None, ""),
        (12_550, "0", ""),
    ],
)
def test_a_counted_sum_is_the_planned_one_with_vat_on_or_off(amount: int, vat: str | None, formula: str) -> None:
    rate = ((4, 5), Decimal(vat)) if vat is not None else None
    assert formulas.counted(Money(amount), ((4, 4), Money(10_000)), rate) == formula


def test_a_sum_too_large_for_a_spreadsheet_has_no_formula() -> None:
    assert formulas.counted(Money(10**15), ((4, 4), Money(10**15)), None) == ""


@given(st.lists(st.tuples(st.integers(0, 60), CENTS), min_size=1, max_size=20, unique_by=lambda term: term[0]))
def test_an_addition_names_exactly_its_terms(terms: list[tuple[int, int]]) -> None:
    placed = [((row, 4), Money(cents)) for row, cents in terms]
    formula = formulas.addition(total(amount for _, amount in placed), placed)
    named: list[int] = []
    for item in formula.removeprefix("=SUM(").removesuffix(")").split(","):
        first, _, last = item.replace("E", "").partition(":")
        named += range(int(first) - 1, int(last or first))
    assert sorted(named) == sorted(row for row, _ in terms)
    assert formulas.addition(total(amount for _, amount in placed) + Money(1), placed) == ""


ROWS = [
    (((4, 2), Money(100)), (4, 1), "", True),
    (((5, 2), Money(20)), (5, 1), "EU, Hylätty", False),
    (((6, 2), Money(3)), (6, 1), "EU, Haettu", True),
]


def test_what_does_not_count_is_taken_off_by_the_words_that_say_so() -> None:
    formula = '=ROUND(SUM(C5:C7)-SUMIF(B5:B7,"EU, Hylätty",C5:C7),2)'
    assert formulas.addition_but(Money(103), ROWS) == formula
    other = "=ROUND(SUM('R'!C5:C7)-SUMIF('R'!B5:B7,\"EU, Hylätty\",'R'!C5:C7),2)"
    assert formulas.addition_but(Money(103), ROWS, "'R'") == other


@pytest.mark.parametrize(
    ("amount", "words", "counts"),
    [
        (123, "EU, Hylätty", False),  # another sum
        (103, "", False),  # nothing says why it does not count
        (103, "EU, Haettu", False),  # another row that counts says the same
        (103, "EU*", False),  # a spreadsheet would take it for a pattern
        (103, "12", False),
        (123, "EU, Hylätty", True),  # nothing is left out
    ],
)
def test_words_that_do_not_tell_what_counts_give_no_formula(amount: int, words: str, counts: bool) -> None:
    rows = [ROWS[0], (*ROWS[1][:2], words, counts), ROWS[2]]
    assert formulas.addition_but(Money(amount), rows) == ""


def test_too_many_words_to_tell_by_give_no_formula() -> None:
    rows = [(((at, 2), Money(1)), (at, 1), f"sana{at}", at == 0) for at in range(20)]
    assert formulas.addition_but(Money(1), rows) == ""
    assert formulas.addition_but(Money(1), rows[:5]).count("SUMIF") == 4


def test_an_addition_of_nothing_or_of_too_many_scattered_cells_is_no_formula() -> None:
    assert formulas.addition(Money(0), []) == ""
    assert formulas.addition(Money(0), [((row * 2, 0), Money(0)) for row in range(300)]) == ""


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_share_is_a_formula_only_in_the_direction_that_shows_it(part: int, whole: int) -> None:
    exact = Decimal(part) * 100 / Decimal(whole)
    usual = formulas.rounded_share(Money(part), Money(whole))
    assert "ROUND(A1/B1,4)" in formulas.share(usual, ("A1", Money(part)), ("B1", Money(whole)))
    for moved in (usual + Decimal("0.01"), usual - Decimal("0.01")):
        found = formulas.share(moved, ("A1", Money(part)), ("B1", Money(whole)))
        assert bool(found) == (abs(moved - exact) < Decimal("0.01"))
    assert formulas.share(usual, ("A1", Money(part)), ("B1", Money(0))) == ""


@given(st.text(alphabet=st.characters(codec=None), max_size=200), st.integers(1, 3))
def test_pieces_join_to_the_cleaned_text(text: str, times: int) -> None:
    raw = (text + "x") * (times * 400)
    found = pieces(raw)
    assert "".join(found) == clean(raw).text
    assert all(units(piece) <= LONGEST_CELL for piece in found)


@given(st.from_regex(r"(?:_x[0-9A-F]{2,4}_?|<r>|</r>|a){0,8}", fullmatch=True))
def test_runs_join_to_the_text_and_hold_no_escape(text: str) -> None:
    if needs_runs(text):
        found = runs(text)
        assert len(found) > 1
        assert "".join(found) == text
        assert all(found)


@given(st.lists(st.text(max_size=60), max_size=6))
def test_names_of_sheets_are_allowed_and_differ(words: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(word, taken) for word in words]
    assert len({name.casefold() for name in names}) == len(words)
    for name in names:
        assert 1 <= units(name) <= 31
        assert not set("[]:*?/\\\n") & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_words_in_a_formula_keep_their_quotes() -> None:
    assert quoted('a "b"') == '"a ""b"""'
