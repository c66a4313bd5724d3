"""Presets of indicators: those for everybody, and one for each target group that has a name."""

from __future__ import annotations

from hakemus.usecases.presets import IndicatorPreset, offered

ALL = IndicatorPreset("Lainat", "lainaa", "järjestelmä")
EACH = IndicatorPreset("Tavoitetut: {group}", "henkilöä", "laskenta", per_group=True)


def test_one_for_each_group_that_has_a_name() -> None:
    made = offered((EACH, ALL), ("Nuoret\n ja lapset", "", "Nuoret ja lapset", "{group}"))
    assert [one.name for one in made] == ["Lainat", "Tavoitetut: Nuoret ja lapset", "Tavoitetut: {group}"]
    assert made[1].values() == {"name": "Tavoitetut: Nuoret ja lapset", "unit": "henkilöä", "source": "laskenta"}


def test_without_groups_only_those_for_everybody() -> None:
    assert offered((EACH, ALL), ()) == (ALL,)
