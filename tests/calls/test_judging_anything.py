"""Whatever stands in a call file, its author is told sentences: the judge itself never falls."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.inheritance import merged, with_statuses
from hakemus.adapters.resources.locator import resources_root
from hakemus.i18n.catalog import Catalog
from hakemus.usecases.call_files import judge

WHOLE = CallFiles(resources_root()).read(Path(__file__).parent / "whole.toml").plain
RICH = CallFiles(resources_root()).plain("oph-erityisavustus-2026") or {}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=6) | st.sampled_from(["80", "fi", "{x}", "1.00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "fi", "sv", "kind", "path", "source", "reference", "x"]), inner)
    ),
    max_leaves=6,
)


def locations(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at] if at else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += locations(item, (*at, key))
    return found


def changed(plain: dict[str, Any], at: tuple[Any, ...], value: Any) -> dict[str, Any]:
    copied = copy.deepcopy(plain)
    node: Any = copied
    for key in at[:-1]:
        node = node[key]
    node[at[-1]] = value
    return copied


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([(WHOLE, at) for at in locations(WHOLE)] + [(RICH, at) for at in locations(RICH)]), ANYTHING)
def test_a_call_with_anything_in_a_place_is_judged(place: tuple[dict[str, Any], tuple[Any, ...]], value: Any) -> None:
    plain, at = place
    for embedded in (False, True):
        call, problems = judge(changed(plain, at, value), embedded=embedded)
        assert call is not None or problems
        for problem in problems:
            assert Catalog("fi").render(problem.message)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(locations(WHOLE)), ANYTHING)
def test_building_on_a_call_never_falls(at: tuple[Any, ...], value: Any) -> None:
    over = changed(WHOLE, at, value)
    judge(with_statuses(merged(WHOLE, over), over))


@pytest.mark.parametrize("value", [True, 5, "goals", [True], {"x": [1]}])
@pytest.mark.parametrize("key", ["fields", "limits", "attachment", "percent"])
@pytest.mark.parametrize("at", range(len(WHOLE["rules"])))
def test_a_parameter_of_any_kind_is_judged(at: int, key: str, value: Any) -> None:
    call, problems = judge(changed(WHOLE, ("rules", at, key), value))
    assert call is not None or problems


def test_an_empty_call_is_told_what_it_needs() -> None:
    call, problems = judge({})
    assert call is None
    assert {"id", "edition", "funder", "title"} <= {problem.path for problem in problems}
