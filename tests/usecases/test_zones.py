"""The present moment where a funder's clock hangs, whatever the computer's own zone is."""

from __future__ import annotations

import datetime

import pytest

from hakemus.usecases.zones import is_known, local


@pytest.mark.parametrize(
    ("moment", "zone", "there"),
    [
        ("2018-12-03T14:14+00:00", "Europe/Helsinki", "2018-12-03T16:14"),
        ("2018-07-03T14:14+00:00", "Europe/Helsinki", "2018-07-03T17:14"),
        ("2018-12-03T23:30+02:00", "Europe/Oslo", "2018-12-03T22:30"),
        ("2018-12-03T14:14+00:00", "Europe/Atlantis", "2018-12-03T14:14"),
        ("2018-12-03T14:14+00:00", "../../etc/passwd", "2018-12-03T14:14"),
        ("2018-12-03T14:14+00:00", "", "2018-12-03T14:14"),
        ("2018-12-03T14:14", "Europe/Helsinki", "2018-12-03T14:14"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_place(moment: str, zone: str, there: str) -> None:
    assert local(datetime.datetime.fromisoformat(moment), zone) == datetime.datetime.fromisoformat(there)


def test_a_zone_is_known_by_its_name() -> None:
    assert is_known("Europe/Helsinki")
    assert not is_known("Europe/Atlantis")
