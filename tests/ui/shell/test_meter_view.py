"""What the meter at the foot says of the time, in its short words too."""

from __future__ import annotations

import datetime

import pytest
from person import Person

from hakemus.ui.shell.meter_view import meter_view


def test_in_a_narrow_window_a_call_that_closed_says_so_and_not_its_moment_twice(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start("fi").new()
    desk = person.controller.desk
    later = datetime.datetime(2019, 1, 7, 12, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(desk.session, "now", lambda: later)
    time = meter_view(desk).time
    assert (time.words, time.short) == ("Haku päättyi", "Päättynyt")
    assert "3.12.2018" in time.value
