"""Typed sums and numbers: what people type is read or asked about, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.domain.money import LARGEST_CENTS, Money
from hakemus.i18n.amounts import (
    currency_sign,
    format_count,
    format_decimal,
    format_money,
    format_money_short,
    format_percent,
    format_shown,
    typed_decimal,
)
from hakemus.i18n.parsing import parse_count, parse_money, parse_percent, parse_quantity, parse_year
from hakemus.i18n.refused import Refused

MONEY = st.integers(-LARGEST_CENTS, LARGEST_CENTS).map(Money)
SPACES = ("", " ", "\u00a0", "\u202f", "\u2009", ".", ",")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1 234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1234.5", "1234.50"),
        ("1234,5 €", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1\u00a0234,50\u00a0€", "1234.50"),
        ("1\u202f234,50", "1234.50"),
        ("1\u2009234.567,89", "1234567.89"),
        ("1,234,567", "1234567.00"),
        ("1 234 567", "1234567.00"),
        ("€7 500", "7500.00"),
        ("7500 EUR", "7500.00"),
        ("eur 7500", "7500.00"),
        ("7500 euro", "7500.00"),
        ("-5", "-5.00"),
        ("\u2212300,00 €", "-300.00"),
        ("- 300", "-300.00"),
        ("€-300", "-300.00"),
        ("-€300", "-300.00"),
        ("0", "0.00"),
        ("-0,00", "0.00"),
        ("007", "7.00"),
        ("0,5", "0.50"),
        ("  12  ", "12.00"),
        ("999 999 999 999,99", "999999999999.99"),
    ],
)
def test_a_sum_as_people_type_it_is_read(text: str, stored: str) -> None:
    assert parse_money(text) == Money.parse(stored)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4.2,0", "groups of three"),
        ("13.232", "two ways"),
        ("13,232", "two ways"),
        ("1234.567", "two ways"),
        ("1 23", "groups of three"),
        ("1  234", "not a number"),
        ("1234 567", "groups of three"),
        ("0 500", "groups of three"),
        ("1 234.567", "groups of three"),
        ("1.234 567", "groups of three"),
        ("1.234,567", "groups of three"),
        ("0.500", "two decimals"),
        ("12,3456", "two decimals"),
        ("1000000000000", "too large"),
        ("80 %", "percentage"),
        ("", "not a number"),
        ("-", "not a number"),
        ("--5", "not a number"),
        ("5-", "not a number"),
        ("+5", "not a number"),
        (",50", "not a number"),
        ("12,", "not a number"),
        ("1e3", "not a number"),
        ("NaN", "not a number"),
        ("inf", "not a number"),
        ("1_000", "not a number"),
        ("\u0661\u0662", "not a number"),
        ("\u00b2", "not a number"),
        ("5 kr", "not a number"),
        ("€5€", "not a number"),
        ("1\n234", "not a number"),
        ("noin 500", "not a number"),
    ],
)
def test_what_cannot_be_told_for_sure_is_asked_about(text: str, says: str) -> None:
    found = parse_money(text)
    assert isinstance(found, Refused)
    assert says in found.reason.key


def test_the_question_offers_both_readings_and_each_can_be_typed() -> None:
    found = parse_money("13.232")
    assert isinstance(found, Refused)
    assert parse_money(found.reason.values["whole"]) == Money.parse("13232.00")
    assert parse_money(found.reason.values["decimal"]) == Money.parse("13.23")
    number = parse_quantity("1,234")
    assert isinstance(number, Refused)
    assert parse_quantity(number.reason.values["decimal"]) == Decimal("1.234")


@given(MONEY, st.sampled_from(["EUR", "NOK", "SEK", "USD"]))
def test_every_sum_is_read_back_as_it_is_written(amount: Money, currency: str) -> None:
    assert parse_money(format_money(amount, currency), currency) == amount
    assert parse_money(format_money_short(amount, currency), currency) == amount
    assert parse_money(format_money(amount, symbol=False)) == amount
    assert parse_money(str(amount)) == amount


@given(
    st.lists(st.from_regex(r"[0-9]{1,4}", fullmatch=True), min_size=1, max_size=5),
    st.lists(st.sampled_from(SPACES), min_size=5, max_size=5),
    st.sampled_from(["", "-", "\u2212", "€"]),
)
def test_no_digit_is_ever_lost_or_moved(groups: list[str], marks: list[str], before: str) -> None:
    text = before + "".join(group + mark for group, mark in zip(groups, [*marks[: len(groups) - 1], ""], strict=True))
    found = parse_money(text)
    if isinstance(found, Money):
        assert found.cents != 0 or not re.search("[1-9]", text)
        digits = re.sub("[^0-9]", "", text)
        by_mark = re.search(r"[.,]([0-9]{1,2})$", text)
        cents = int(digits) * (100 if not by_mark else 10 ** (2 - len(by_mark[1])))
        assert abs(found.cents) == cents
        assert (found.cents < 0) == (before in ("-", "\u2212") and cents > 0)


@given(st.text(alphabet="0123456789 .,-\u2212€\u00a0e%", max_size=14))
def test_any_text_is_a_sum_or_a_question(text: str) -> None:
    found = parse_money(text)
    assert isinstance(found, (Money, Refused))
    if isinstance(found, Money):
        assert parse_money(format_money(found)) == found


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("13232.69", "13 232,69 €"),
        ("-300.00", "−300,00 €"),
        ("0.05", "0,05 €"),
        ("1000000.00", "1 000 000,00 €"),
        ("7500.00", "7 500,00 €"),
    ],
)
def test_a_sum_is_written_with_no_break_spaces_and_a_real_minus(stored: str, shown: str) -> None:
    assert format_money(Money.parse(stored)) == shown.replace(" ", "\u00a0")


def test_the_meter_leaves_out_zero_cents() -> None:
    assert format_money_short(Money.parse("9000.00")) == "9\u00a0000\u00a0€"
    assert format_money_short(Money.parse("9000.50")) == "9\u00a0000,50\u00a0€"


def test_other_currencies_have_their_own_sign() -> None:
    assert format_money(Money.parse("500.00"), "NOK") == "500,00\u00a0kr"
    assert parse_money("500 kr", "NOK") == Money.parse("500.00")
    assert parse_money("500 NOK", "NOK") == Money.parse("500.00")
    assert parse_money("500 kr.", "DKK") == Money.parse("500.00")
    assert isinstance(parse_money("500 €", "NOK"), Refused)
    assert currency_sign("USD") == "USD"


@pytest.mark.parametrize(
    ("text", "number"),
    [("80", "80"), ("80 %", "80"), ("80%", "80"), ("33,33", "33.33"), ("0,125", "0.125"), ("1,2340", "1.2340")],
)
def test_percentages_are_read_with_and_without_their_sign(text: str, number: str) -> None:
    assert parse_percent(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "says"),
    [("1,234", "two ways"), ("1,2345678", "decimals"), ("1 000 000 000", "too large"), ("3 kpl", "not a number")],
)
def test_numbers_that_cannot_be_kept_are_asked_about(text: str, says: str) -> None:
    found = parse_quantity(text)
    assert isinstance(found, Refused)
    assert says in found.reason.key


@given(st.decimals(-999_999_999, 999_999_999, allow_nan=False, places=6), st.integers(0, 6))
def test_a_number_in_a_field_is_read_back_as_the_same_number(number: Decimal, decimals: int) -> None:
    given_ = Decimal(f"{number:.{decimals}f}")
    if abs(given_) < 10**9:
        assert parse_quantity(typed_decimal(given_)) == given_


def test_counts_and_years() -> None:
    assert parse_count("12") == 12
    assert parse_count("1 200") == 1200
    assert parse_count("12,0") == 12
    assert parse_year(" 2027 ") == 2027
    for wrong in ("2,5", "-1", "x"):
        assert isinstance(parse_count(wrong), Refused)
    for wrong in ("27", "3000", "0999", "20 27"):
        assert isinstance(parse_year(wrong), Refused)


def test_numbers_are_written_one_way() -> None:
    assert format_percent(Decimal("80")) == "80\u00a0%"
    assert format_shown("83.33") == "83,33\u00a0%"
    assert format_decimal(Decimal("-1234.50")) == "−1\u00a0234,50"
    assert format_count(2027) == "2027"
    assert format_count(12345) == "12\u00a0345"
    assert format_count(-12345) == "−12\u00a0345"
