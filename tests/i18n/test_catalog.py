"""Sentences with values: each value by its type, each language by itself, nothing hidden in braces."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.domain.findings import Severity
from hakemus.domain.messages import FieldName, Message, Shown, Texts, msg, nmsg
from hakemus.domain.money import Money
from hakemus.i18n.catalog import Catalog, fill, places
from hakemus.i18n.plural import plural_form

ENGLISH = Catalog("en")
SWEDISH = Catalog("sv", {"Goal": "Mål", "{count} day": ("{count} dag", "{count} dagar"), "Half": ("halv",)})


def test_a_missing_sentence_falls_back_to_english() -> None:
    assert SWEDISH.text("Goal") == "Mål"
    assert SWEDISH.text("Partner") == "Partner"
    assert SWEDISH.text("{count} day", count=3) == "3 dag"


@pytest.mark.parametrize(("count", "shown"), [(0, "0 dagar"), (1, "1 dag"), (2, "2 dagar"), (12000, "12 000 dagar")])
def test_the_number_chooses_the_form(count: int, shown: str) -> None:
    assert SWEDISH.plural("{count} day", "{count} days", count) == shown.replace(" 000", "\u00a0000")


def test_plural_falls_back_to_english_forms() -> None:
    assert ENGLISH.plural("{count} day", "{count} days", 1) == "1 day"
    assert ENGLISH.plural("{count} day", "{count} days", 2) == "2 days"
    assert SWEDISH.plural("Half", "Halves", 2) == "Halves"
    assert plural_form(1) == 0
    assert plural_form(-1) == plural_form(0) == plural_form(2) == 1


def test_each_value_is_written_by_its_type() -> None:
    message = msg(
        "{money}|{shown}|{number}|{day}|{count}|{text}|{inner}|{own}|{name}|{level}|{none}|{many}|{flag}",
        money=Money.parse("300.00"),
        shown=Shown("83.33"),
        number=Decimal("2.5"),
        day=datetime.date(2016, 5, 2),
        count=5,
        text="{money} {x}",
        inner=msg("Goal"),
        own=Texts({"fi": "Palvelut", "sv": "Tjänster"}),
        name=FieldName("funding.grant"),
        level=Severity.WARNING,
        none=None,
        many=("a", Money(5)),
        flag=False,
    )
    named = SWEDISH.with_names({"funding.grant": msg("Goal")}.__getitem__, "NOK")
    assert named.render(message) == (
        "300,00\u00a0kr|83,33\u00a0%|2,5|2.5.2016|5|{money} {x}|Mål|Tjänster|Mål|Warning|\u2013|a, 0,05\u00a0kr|False"
    )


def test_a_field_is_called_by_its_name_and_without_one_by_its_address() -> None:
    named = msg("{name}", name=FieldName("goals[k3f9].text"))
    assert ENGLISH.render(named) == "Goal"
    assert SWEDISH.render(named) == "Mål"
    assert SWEDISH.render(named, str.upper) == "GOALS[K3F9].TEXT"
    assert ENGLISH.render(msg("{name}", name=FieldName("x.y"))) == "x.y"


def test_names_and_currency_may_be_given_for_one_sentence() -> None:
    assert ENGLISH.render(msg("{sum}", sum=Money(100)), currency="SEK") == "1,00\u00a0kr"


def test_a_calls_own_sentence_stands_in_place_of_ours() -> None:
    own = Message("ours", {"limit": Money(100)}, own={"fi": "Raja {limit}", "sv": "Gräns {limit}"})
    assert SWEDISH.render(own) == "Gräns 1,00\u00a0€"
    assert ENGLISH.render(own) == "Raja 1,00\u00a0€"
    assert ENGLISH.choose({}) == ""


def test_messages_with_a_number_are_rendered_in_its_form() -> None:
    assert SWEDISH.render(nmsg("{count} day", "{count} days", 2)) == "2 dagar"
    assert ENGLISH.render(Message("{count} piece", {"count": 2}, count=2)) == "2 piece"


def test_hostile_sentences_reach_nothing() -> None:
    hostile = "{money.__class__} {money[0]} {money!r} {money:>9} {} {unknown} {money}"
    own = Message("ours", {"money": Money(1)}, own={"en": hostile})
    assert ENGLISH.render(own) == hostile.removesuffix("{money}") + "0,01\u00a0€"
    assert places(hostile) == {"unknown", "money"}


@given(st.text(), st.text())
def test_braces_in_values_are_text(first: str, second: str) -> None:
    assert fill("{a}/{b}", {"a": first, "b": second}) == f"{first}/{second}"


def test_a_moment_is_held_together_by_no_break_spaces() -> None:
    finnish = Catalog("fi", {"{weekday} {day} at {time}": "{weekday} {day} klo {time}", "Fri": "pe"})
    moment = datetime.datetime(2026, 10, 30, 16, 15)  # noqa: DTZ001 - local time of a call's window
    assert finnish.moment(moment, year=False) == "pe\u00a030.10.\u00a0klo\u00a016.15"
    assert finnish.render(msg("{at}", at=moment)) == "pe\u00a030.10.2026\u00a0klo\u00a016.15"
