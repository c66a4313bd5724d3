"""Whole applications for property tests: any field may be missing, any text may be hostile. In the stored form.

Built from the tree itself, so that a new field is in the tests from its first day.
"""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from hakemus.domain.application import Application
from hakemus.domain.fields import Kind, OneOf
from hakemus.domain.paths import row_class

IDS = ("a1", "b2", "c3", "k3f9", "X_-9")
CATEGORIES = ("personnel", "services", "materials", "equipment", "rents", "travel", "other", "nonsense")

HOSTILE = (
    "", " ", "\n", "\t", "a\nb", "\u00a0", "\u200b", "\u202e", "\ufeff", "=1+1", "-1", "@x", "<b>&amp;</b>", "]]>",
    "{0}", "{field}", "{amount}", "%s", "%(x)s", "\\n", "'", '"', "😀\u200d👧", "Čáhppesváiđi ŋuvvá žuŋ", "ﬀ½−–",
    "e\u0301", "\u2028", "\ufffd", "\U0010ffff", "\ue000\ue001", "1 234,50", "2.5.2016", "80 %", "true", "null",
    "TODO", "a]b[c.d",
)  # fmt: skip
"""Texts as `domain.text.clean` leaves them, and that have gone wrong somewhere."""

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_long = st.integers(4_000, 40_000).map(lambda length: "x" * length)
texts = st.one_of(
    st.sampled_from(HOSTILE), _long, st.text(_LETTERS, max_size=12), st.sampled_from(("kirja", "Torikirjasto"))
)
raw_texts = st.one_of(
    texts, st.text(max_size=8), st.sampled_from(("a\r\nb", "\x00", "\ud800", "\ufffe\uffff\x0b", "\r"))
)
"""Texts as they may be typed, pasted or handed over."""
cents = st.one_of(
    st.integers(0, 2_000_000), st.sampled_from((0, 1, 99, 100, 99_999_999_999_999, -1, -99_999)), st.integers(0, 100)
)
money = cents.map(lambda n: f"{'-' if n < 0 else ''}{abs(n) // 100}.{abs(n) % 100:02d}")
numbers = st.one_of(
    st.sampled_from(("0", "1", "0.5", "2.25", "100", "24", "25.5", "33.333333", "-1", "999999999.999999", "007")),
    st.integers(0, 120).map(str),
)
days = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(datetime.date.isoformat)
years = st.one_of(st.integers(2015, 2030), st.integers(-(10**17), 10**17))
_BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: texts,
    Kind.MONEY: money,
    Kind.PERCENT: numbers,
    Kind.QUANTITY: numbers,
    Kind.DATE: days,
    Kind.YEAR: years,
    Kind.COUNT: st.integers(0, 999_999_999),
    Kind.FLAG: st.booleans(),
    Kind.ID: st.sampled_from(IDS),
    Kind.TEXTS: st.lists(texts, max_size=3),
}


def part(tree: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Plain data of a part of the application."""
    fields = {name: field(tree, name, info) for name, info in tree.model_fields.items()}
    always = {"id": fields.pop("id")} if "id" in fields else {}
    return st.fixed_dictionaries(always, optional=fields)


def field(tree: Any, name: str, info: Any) -> st.SearchStrategy[Any]:
    kind = next(mark for mark in info.metadata if isinstance(mark, Kind))
    if kind is Kind.PART:
        return part(info.annotation)
    if kind is Kind.ROWS:
        return st.lists(part(row_class(tree, name)), max_size=3, unique_by=lambda row: row["id"])
    if kind is Kind.MAP:
        return st.dictionaries(texts, st.booleans() if name == "declarations" else texts, max_size=3)
    if kind is Kind.WORD:
        return st.sampled_from(next(mark.words for mark in info.metadata if isinstance(mark, OneOf)))
    if name == "category":
        return st.one_of(st.sampled_from(CATEGORIES), texts)
    return _BY_KIND[kind]


applications = part(Application)
"""`application` objects as a file or `--data` holds them."""
