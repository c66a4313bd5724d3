"""Typed text and stored values of every field: what is shown can be typed again and gives the same value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from fakes.ports import catalog, document
from hakemus.domain.draft import Draft
from hakemus.domain.fields import Kind, Tree
from hakemus.domain.paths import BadPath
from hakemus.i18n.refused import Refused
from hakemus.usecases import typed
from strategies import applications


def fields(node: Tree, path: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, info in type(node).model_fields.items():
        value, here = getattr(node, name), f"{path}.{name}".lstrip(".")
        if Kind.PART in info.metadata:
            found += fields(value, here)
        elif Kind.ROWS in info.metadata:
            for row in value:
                found += fields(row, f"{here}[{row.id}]")
        elif Kind.MAP in info.metadata:
            found += [(f"{here}[{key}]", item) for key, item in value.items() if key and not set(key) & set("[]")]
        elif name != "id":
            found.append((here, value))
    return found


@settings(max_examples=60, deadline=None)
@given(applications)
def test_what_a_field_shows_reads_back_as_its_value(data: dict[str, Any]) -> None:
    for path, value in fields(document(data).draft.application):
        shown = typed.shown(value)
        kind = typed.kind_of(path)
        if kind is Kind.YEAR and value is not None and not 1000 <= value <= 2999:
            assert isinstance(typed.read(path, shown), Refused)
        elif kind is Kind.TEXTS:
            assert (typed.read(path, shown) or ()) == tuple(
                part.strip() for item in value for part in item.split("\n") if part.strip()
            )
        elif kind is Kind.TEXT and value == "":
            assert typed.read(path, shown) is None
        else:
            assert typed.read(path, shown) == value, (path, value, shown)


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("funding.grant", "1.234", "two ways"),
        ("project.starts_on", "31.2.2018", "no such day"),
        ("project.joint", "maybe", "yes or no"),
        ("applicant.vat", "sometimes", "words in the list"),
        ("budget.lines[a].year", "18", "four digits"),
        ("attachments[a].size", "1,5", "whole number"),
        ("budget.lines[a].vat_percent", "x %", "not a number"),
        ("declarations[d]", "ok", "yes or no"),
    ],
)
def test_text_that_is_no_value_says_why(path: str, text: str, words: str) -> None:
    found = typed.read(path, text)
    assert isinstance(found, Refused)
    assert words in catalog().render(found.reason)


def test_each_kind_of_field_has_its_reading() -> None:
    assert typed.read("answers[q1]", " x ") == " x "
    assert typed.read("declarations[d]", "false") is False
    assert typed.read("project.joint", "true") is True
    assert typed.read("applicant.vat", "bears") == "bears"
    assert typed.read("project.keywords", " a \n\nb") == ("a", "b")
    assert typed.read("partners[p].attachment", "k3f9") == "k3f9"
    assert typed.read("decision.granted", "5") == typed.read("funding.grant", "5,00 €")
    assert typed.closed_words_of("applicant.vat") == ("recovers", "bears")
    assert typed.closed_words_of("project.title") == ()


@pytest.mark.parametrize("path", ["project", "goals", "answers", "nothing", "project.nothing", "a b"])
def test_what_is_no_field_cannot_be_typed_into(path: str) -> None:
    with pytest.raises(BadPath):
        typed.read(path, "x")


def test_a_sum_is_read_in_the_currency_of_the_call() -> None:
    assert isinstance(typed.read("funding.grant", "5 kr", "EUR"), Refused)
    assert not isinstance(typed.read("funding.grant", "5 kr", "NOK"), Refused)


def test_the_tree_of_a_draft_has_a_kind_for_every_field() -> None:
    assert typed.kind_of("report.statistics.events") is Kind.COUNT
    assert typed.kind_of("submission.submitted_on") is Kind.DATE
    assert Draft.model_fields
