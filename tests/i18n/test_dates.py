"""Dates as people type them, and the one way they are written."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.i18n.dates import format_date, format_day, format_period, format_time
from hakemus.i18n.parsing import parse_date
from hakemus.i18n.refused import Refused

SECOND_OF_MAY = datetime.date(2016, 5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2.5.2016",
        "02.05.2016",
        "2.5.16",
        "2. 5. 2016",
        "2.\u00a05.\u00a02016",
        " 2.5.2016 ",
        "2/5/2016",
        "02/05/16",
        "2016-05-02",
        "2016-5-2",
    ],
)
def test_a_day_as_people_type_it_is_read(text: str) -> None:
    assert parse_date(text) == SECOND_OF_MAY


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2.5.", "year is missing"),
        ("2.5", "year is missing"),
        ("2/5", "year is missing"),
        ("31.4.2016", "no such day"),
        ("29.2.2015", "no such day"),
        ("0.5.2016", "no such day"),
        ("2.13.2016", "twelve months"),
        ("2.0.2016", "twelve months"),
        ("2.5.0999", "between"),
        ("2.5.3000", "between"),
        ("2.5.201", "not a date"),
        ("2.5/2016", "not a date"),
        ("keväällä", "not a date"),
        ("\u0662.5.2016", "not a date"),
        ("2016-05-02T10:00", "not a date"),
        ("", "not a date"),
    ],
)
def test_what_is_no_day_is_asked_about(text: str, says: str) -> None:
    found = parse_date(text)
    assert isinstance(found, Refused)
    assert says in found.reason.key


def test_two_digits_of_a_year_mean_this_century() -> None:
    assert parse_date("31.7.99") == datetime.date(2099, 7, 31)


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_is_read_back_as_it_is_written(day: datetime.date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day


def test_periods_show_what_is_known_of_them() -> None:
    end = datetime.date(2017, 12, 31)
    assert format_period(SECOND_OF_MAY, end) == "2.5.2016\u201331.12.2017"
    assert format_period(SECOND_OF_MAY, None) == "2.5.2016\u2013"
    assert format_period(None, end) == "\u201331.12.2017"
    assert format_period(end, end) == "31.12.2017"
    assert format_period(None, None) == ""


def test_days_without_a_year_and_times_of_day() -> None:
    assert format_day(datetime.date(2026, 10, 30)) == "30.10."
    assert format_time(datetime.time(9, 5)) == "9.05"
    assert format_time(datetime.time(9, 5, 7), seconds=True) == "9.05.07"
