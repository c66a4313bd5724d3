"""Names of a list that people must be able to tell apart."""

from __future__ import annotations

import pytest

from hakemus.i18n.telling_apart import told_apart


@pytest.mark.parametrize(
    ("names", "closer", "told"),
    [
        ([], [], []),
        (["16.15"], ["16.15.07"], ["16.15"]),
        (["16.20", "16.15"], ["16.20.01", "16.15.07"], ["16.20", "16.15"]),
        (
            ["16.20", "16.15", "16.15", "16.10"],
            ["16.20.01", "16.15.07", "16.15.02", "16.10.59"],
            ["16.20", "16.15.07", "16.15.02", "16.10"],
        ),
        (
            ["16.15", "16.15", "16.15", "16.14"],
            ["16.15.07", "16.15.02", "16.15.02", "16.14.02"],
            ["16.15.07", "16.15.02 (2)", "16.15.02 (1)", "16.14"],
        ),
        (["a, 1", "b, 1"], ["a, 1.1", "b, 1.1"], ["a, 1", "b, 1"]),
    ],
)
def test_only_what_others_share_is_said_closer_and_what_stays_alike_is_numbered(
    names: list[str], closer: list[str], told: list[str]
) -> None:
    assert told_apart(names, closer) == told
