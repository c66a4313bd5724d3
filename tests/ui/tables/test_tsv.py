"""Rows on the clipboard: what is dumped is parsed back, whatever is in the cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.ui.tables.tsv import dump, parse

CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r"))


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_dumped_is_parsed_back(rows):
    assert parse(dump(rows)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a", [["a"]]),
        ("a\n", [["a"]]),
        ("a\tb\r\nc\t\r\n", [["a", "b"], ["c", ""]]),
        ('5" pipe\t"open', [['5" pipe', '"open']]),
        ('"a"b\tc', [['"a"b', "c"]]),
        ('"a\tb"\n', [["a\tb"]]),
        ("\n", [[""]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
    ],
)
def test_texts_of_spreadsheets(text, rows):
    assert parse(text) == rows
