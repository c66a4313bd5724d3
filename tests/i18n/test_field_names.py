"""Every field of an application has a name, and so has every closed word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hakemus.domain.application import Application
from hakemus.domain.fields import Kind, OneOf
from hakemus.i18n.field_names import ROWS, ROWS_IN_STEPS, STEP_NAMES, name_of, pattern_of, words_of


def _fields(tree: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in tree.model_fields.items():
        path = f"{prefix}{name}"
        yield path, field
        inner = getattr(field.annotation, "__args__", [field.annotation])[0]
        if hasattr(inner, "model_fields"):
            yield from _fields(inner, f"{path}[]." if Kind.ROWS in field.metadata else f"{path}.")


FIELDS = dict(_fields(Application))
NAMELESS = {"applicant", "project", "attachments[].sha256"}


@pytest.mark.parametrize("path", [path for path in FIELDS if not path.endswith("[].id") and path not in NAMELESS])
def test_a_field_has_a_name(path: str) -> None:
    assert name_of(path) != path


@pytest.mark.parametrize("path", [path for path, field in FIELDS.items() if Kind.WORD in field.metadata])
def test_closed_words_have_names(path: str) -> None:
    allowed = next(mark for mark in FIELDS[path].metadata if isinstance(mark, OneOf)).words
    assert tuple(words_of(path)) == allowed


@pytest.mark.parametrize("path", [path for path, field in FIELDS.items() if Kind.ROWS in field.metadata])
def test_rows_of_a_table_are_called_something(path: str) -> None:
    assert path in ROWS
    assert path in ROWS_IN_STEPS


def test_names_hang_on_the_place_not_on_the_row() -> None:
    assert pattern_of("budget.lines[k3f9].amount") == "budget.lines[].amount"
    assert name_of("goals[a].indicators[b].name") == name_of("goals[c].indicators[d].name")
    assert name_of("budget.lines[k3f9]") == name_of("budget.lines")
    assert name_of("nowhere.at.all") == "nowhere.at.all"
    assert words_of("project.title") == {}
    assert set(STEP_NAMES) >= {"applicant", "submit"}
