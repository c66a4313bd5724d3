"""Ids, steps, identifiers, clean text and frozen values."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hakemus.domain
from hakemus.domain import identifiers, ids, steps, text
from hakemus.domain.frozen import FrozenDict, freeze, thaw

MODULES = [module.name for module in pkgutil.iter_modules(hakemus.domain.__path__, "hakemus.domain.")]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0


def test_some_docstrings_have_examples():
    tried = sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)
    assert tried >= 5


# ids


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("k3f9", True),
        ("A-_9", True),
        ("x" * 40, True),
        ("", False),
        ("x" * 41, False),
        ("ä", False),
        ("a b", False),
        ("a\n", False),
    ],
)
def test_what_may_name_a_row(name, fine):
    assert ids.is_id(name) is fine


def test_a_new_id_is_not_taken():
    draws = iter([0, 0, 0, 0, 1, 2, 3, 4])
    assert ids.new_id({"aaaa"}, lambda _: next(draws)) == "bcde"
    assert ids.is_id(ids.new_id((), lambda top: top - 1))


def test_chance_that_repeats_itself_still_finds_a_free_id():
    assert ids.new_id({"aaaa", "aaaaa"}, lambda _: 0) == "aaaaaa"


# steps


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("applicant.contacts[a].name", "applicant"),
        ("project.title", "project"),
        ("project.starts_on", "timeline"),
        ("project.joint", "partners"),
        ("team[a]", "partners"),
        ("budget.lines[a].amount", "budget"),
        ("funding", "funding"),
        ("declarations[x]", "submit"),
        ("submission.submitted_on", "submit"),
        ("terms[unit]", "review"),
        ("something.else", "review"),
    ],
)
def test_where_a_field_is_edited(path, step):
    assert steps.step_of(path) == step
    assert steps.STEPS[steps.step_rank(step)] == step


def test_an_unknown_step_comes_last():
    assert steps.step_rank("moon") == len(steps.STEPS)


# identifiers


@pytest.mark.parametrize("text_", ["0171450-7", "0185924-7", "01714507", " 0171450-7 ", "171450-7"])
def test_sound_business_ids(text_):
    assert identifiers.business_id_fault(text_) is None


@pytest.mark.parametrize(
    ("text_", "fault"),
    [
        ("0171450-8", ("digit", "7")),
        ("0171403-1", ("digit", "")),
        ("abc", ("form", "")),
        ("0171450-77", ("form", "")),
        ("019152-8", ("digit", "1")),
        ("Y-0101263-6", ("form", "")),
    ],
)
def test_odd_business_ids(text_, fault):
    assert identifiers.business_id_fault(text_) == fault


def test_a_check_digit_of_nought():
    sevens = (f"{number:07d}" for number in range(1_000_000, 1_000_100))
    digits = {identifiers.business_check_digit(seven) for seven in sevens}
    assert {"0", None} <= digits
    assert "10" not in digits


def test_the_official_form_of_a_business_id():
    assert identifiers.compact_business_id("017 1450 7") == "0171450-7"
    assert identifiers.compact_business_id("171450-7") == "0171450-7"
    assert identifiers.compact_business_id(" x ") == "x"


@pytest.mark.parametrize(
    ("text_", "fine"),
    [("FI-Km", True), ("Fi-Kirve", True), ("FI-Raiki-PK", True), ("FI", False), ("FI-" + "x" * 13, False)],
)
def test_isil(text_, fine):
    assert identifiers.is_isil(text_) is fine


def test_other_identifiers():
    assert identifiers.is_email(" a.b@esimerkki.fi ")
    assert not identifiers.is_email("a@b@esimerkki.fi")
    assert identifiers.is_postal_code("70100 ")
    assert not identifiers.is_postal_code("7010O")
    assert identifiers.is_iban("FI2112345600000785")
    assert not identifiers.is_iban("FI2112345600000786")
    assert identifiers.is_bic("NDEAFIHH")
    assert not identifiers.is_bic("x")


# text


@given(st.text(alphabet=st.characters(), max_size=40))
def test_clean_text_is_clean_and_stays_so(raw):
    once = text.clean(raw)
    assert text.clean(once.text) == text.Cleaned(once.text)
    assert text.is_clean(once.text)
    assert text.is_clean(raw) == (raw == once.text)
    json.dumps(once.text).encode()
    once.text.encode("utf-8")
    assert "\r" not in once.text
    assert all(once.text[at] == text.REPLACEMENT for at in once.replaced)


@pytest.mark.parametrize(
    ("raw", "clean", "replaced"),
    [
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td", ()),
        ("a\x00b\x0bc", "a\ufffdb\ufffdc", (1, 3)),
        ("\ud800x\uffff\ufffe", "\ufffdx\ufffd\ufffd", (0, 2, 3)),
        (" \u00a0š\ufeff\u0085😀 ", " \u00a0š\ufeff\u0085😀 ", ()),
        ("A\u0308", "A\u0308", ()),
        ("\ufffd", "\ufffd", ()),
    ],
)
def test_what_is_replaced_and_what_is_not(raw, clean, replaced):
    assert text.clean(raw) == text.Cleaned(clean, replaced)


# frozen


@given(JSON)
def test_frozen_values_thaw_to_what_they_were(value):
    frozen = freeze(value)
    assert thaw(frozen) == value
    assert freeze(frozen) == frozen


def test_a_frozen_mapping_cannot_be_changed():
    frozen = freeze({"a": [1, {"b": 2}]})
    assert frozen["a"] == (1, {"b": 2})
    for change in (
        lambda: frozen.update(a=1),
        lambda: frozen.__setitem__("a", 1),
        lambda: frozen.__delitem__("a"),
        lambda: frozen.pop("a"),
        lambda: frozen.popitem(),
        lambda: frozen.clear(),
        lambda: frozen.setdefault("c", 1),
        lambda: frozen.__ior__({"c": 1}),
    ):
        with pytest.raises(TypeError):
            change()
    assert frozen == {"a": (1, {"b": 2})}


def test_a_frozen_mapping_with_one_entry_more_or_less():
    frozen = FrozenDict(a=1)
    assert frozen.with_item("b", 2) == {"a": 1, "b": 2}
    assert frozen.with_item("a", None) == {}
    assert frozen.with_item("x", None) == frozen == {"a": 1}
