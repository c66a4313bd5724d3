"""Typed text to value and back, by kind."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from hakemus.domain.money import Money
from hakemus.i18n.parsing import Value, parse, typed
from hakemus.i18n.refused import Refused


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "1 234,5", Money(123450)),
        ("percent", "80 %", Decimal("80")),
        ("quantity", "2,5", Decimal("2.5")),
        ("date", "2.5.2016", datetime.date(2016, 5, 2)),
        ("year", "2027", 2027),
        ("count", "12", 12),
        ("text", " as typed ", " as typed "),
    ],
)
def test_text_becomes_a_value_by_its_kind_and_text_again(kind: str, text: str, value: Value) -> None:
    assert parse(kind, text) == value
    assert parse(kind, typed(value)) == value


@pytest.mark.parametrize("kind", ["money", "percent", "quantity", "date", "year", "count"])
def test_blank_means_missing_and_nonsense_is_refused(kind: str) -> None:
    assert parse(kind, " \u00a0") is None
    assert isinstance(parse(kind, "vähän"), Refused)


def test_nothing_typed_is_nothing() -> None:
    assert parse("text", "") is None
    assert parse("text", " ") == " "
    assert typed(None) == ""


def test_money_takes_the_sign_of_the_calls_currency() -> None:
    assert parse("money", "5 kr", "SEK") == Money(500)
