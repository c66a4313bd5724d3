"""The colours are legible in every theme, and sizes follow the text."""

from __future__ import annotations

import dataclasses
import re

import pytest

from hakemus.ui.look.tokens import PAIRS, THEMES, TYPE, Scale, contrast


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_pair_that_is_drawn_has_its_contrast(theme):
    low = {
        f"{front} on {ground}": round(contrast(theme.hue(front), theme.hue(ground)), 2)
        for front, ground, least in PAIRS
        if contrast(theme.hue(front), theme.hue(ground)) < least
    }
    assert low == {}


def test_the_measured_figures_of_contrast_are_those_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_colour_is_six_hexadecimal_digits(theme):
    for field in dataclasses.fields(theme):
        if field.name not in ("name", "dark"):
            assert re.fullmatch("#[0-9A-F]{6}", theme.hue(field.name)), field.name


def test_letters_grow_in_full_and_air_by_half():
    assert Scale(2.0).px(10) == 20
    assert Scale(2.0).sp(10) == 15
    assert Scale(0.8).type("body") == 13
    assert Scale(5).factor == 2.0
    assert Scale(0.1).factor == 0.8
    assert min(size for size, _weight in TYPE.values()) >= 14
