"""Pictures of one day are the same whenever they are made."""

from __future__ import annotations

import datetime

from hakemus.bootstrap.tour import AtNoon

DAY = datetime.date(2018, 11, 15)


def test_the_day_of_the_pictures_is_at_noon() -> None:
    now = AtNoon(DAY).clock.now()
    assert (now.date(), now.hour, now.minute) == (DAY, 12, 0)
    assert now.utcoffset() is not None
