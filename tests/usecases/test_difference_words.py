"""Every kind of difference in words, on the screen and on paper."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from fakes.ports import catalog, document
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Draft
from hakemus.report.model import MoneyCell, Table, TextCell
from hakemus.usecases.calls import call_of
from hakemus.usecases.comparing import Difference, How, Typed, compare
from hakemus.usecases.comparison_report import State, comparison_report
from hakemus.usecases.difference_words import LONG, DifferenceWords

OLD: dict[str, Any] = {
    "project": {"title": "Reading", "joint": True, "starts_on": "2019-01-01", "keywords": ["a", "b"]},
    "goals": [{"id": "g", "text": "More readers", "indicators": [{"id": "i", "name": "Loans", "target": "5"}]}],
    "activities": [{"id": "k", "title": "Reading hour", "goals": ["g"]}, {"id": "m", "goals": ["gone"]}],
    "partners": [{"id": "p", "name": "Village", "commitment": "asked"}, {"id": "r", "name": "School"}],
    "budget": {
        "lines": [
            {"id": "a", "description": "Shelves", "category": "equipment", "amount": "10.00", "payer": "p"},
            {"id": "b", "category": "equipment", "quantity": "2", "unit_price": "3.50"},
        ],
        "people": [{"id": "c", "title": "Clerk", "time_percent": "50"}],
    },
    "funding": {"grant": "200.00"},
    "answers": {"q": "yes"},
}
NEW: dict[str, Any] = {
    **OLD,
    "project": {"title": "Writing", "joint": False, "starts_on": "2019-02-01", "keywords": ["b"]},
    "activities": [{"id": "k", "title": "Reading hour", "goals": []}, {"id": "m", "goals": []}],
    "partners": [{"id": "r", "name": "School", "commitment": "signed"}, {"id": "p", "name": "Village"}, {"id": "s"}],
    "budget": {
        "lines": [{"id": "a", "description": "Shelves", "category": "no-such", "amount": "12.00", "payer": "r"}],
        "people": [{"id": "c", "title": "Clerk", "time_percent": "60"}],
    },
    "funding": {"grant": "150.00"},
    "answers": {"q": "no"},
}


def states() -> tuple[Draft, Draft]:
    new = document(NEW).draft
    new = new.model_copy(
        update={
            "language": "sv",
            "pending": {"applicant.iban": "FI?"},
            "call": new.call.model_copy(update={"edition": "later"}),
        }
    )
    return document(OLD).draft, new


def said(old: Draft, new: Draft) -> dict[str, tuple[str, str]]:
    words = DifferenceWords(catalog(), call_of(new), (new, old))
    found = {words.name(item): words.pair(item) for item in compare(old, new).differences}
    return {name: tuple(text.replace("\u00a0", " ") for text in pair) for name, pair in found.items()}  # type: ignore[misc]


def test_each_value_is_said_as_it_is_read() -> None:
    found = said(*states())
    assert found["Language of the paper"] == ("Suomi", "Svenska")
    assert found["Call for applications"][1].endswith(" later")
    assert found["Name of the project"] == ("Reading", "Writing")
    assert ("Yes", "No") in found.values()
    assert ("1.1.2019", "1.2.2019") in found.values()
    assert ("a, b", "b") in found.values()
    assert ("10,00 €", "12,00 €") in found.values()
    assert ("50 %", "60 %") in found.values()
    assert ("–", "FI? (not yet a value)") in found.values()
    assert ("yes", "no") in found.values()
    assert ("More readers", "–") in found.values(), "a goal by its words"
    assert ("gone", "–") in found.values(), "and one that is gone by its id"
    assert ("Village", "School") in found.values(), "a payer by their name"
    assert any(pair[1] == "no-such" for pair in found.values())


def test_rows_that_came_went_or_moved_are_named() -> None:
    found = said(*states())
    assert found['Partner "School" was moved'] == ("", "")
    assert found["Partner was added"] == ("–", "–")
    removed = next(pair for name, pair in found.items() if name.endswith("was removed"))
    assert "3,50 €" in removed[0]
    assert removed[1] == "–"


def test_lists_that_are_no_fields_are_counted() -> None:
    old = document(OLD).draft
    new = Draft.model_validate({**old.stored(), "comments": [{"id": "c", "path": "project.title", "text": "x"}]})
    assert ("–", "1 entry") in said(old, new).values()


def test_two_long_texts_are_shown_around_where_they_part() -> None:
    old, new = states()
    words = DifferenceWords(catalog(), call_of(new), (new, old))
    long = "x" * 2 * LONG
    item = Difference("project.summary", "", How.CHANGED, long + "a", long + "b" + "y" * LONG)
    assert [text[0] + text[-1] for text in words.pair(item)] == ["…a", "……"]
    first = Difference("project.summary", "", How.CHANGED, "a" + long, "b" + long)
    assert [text[0] + text[-1] for text in words.pair(first)] == ["a…", "b…"]


def test_addresses_that_a_newer_program_knows_are_said_as_they_are() -> None:
    old, new = states()
    words = DifferenceWords(catalog(), call_of(new), (new, old))
    odd = Difference("no such[", "", How.CHANGED, "1", Typed("2"))
    assert words.pair(odd) == ("1", "2 (not yet a value)")
    assert words.name(odd)
    assert words.value("budget.lines[a].payer", "no]such") == "no]such"
    assert words.value("no such[", __import__("decimal").Decimal("1.5")) == "1,5"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_paper_has_the_sums_and_every_difference_step_by_step(tmp_path: Path, language: str) -> None:
    core = Core(datetime.date(2018, 11, 15), tmp_path)
    old, new = states()
    paper = core.exporter.report(document(NEW), language=language)
    made = comparison_report(paper, State("Before", old), State("Now", new), catalog(language))
    tables = [block for section in made.sections for block in section.blocks if isinstance(block, Table)]
    assert len(tables) == len(made.sections)
    assert [cell for row in tables[0].rows for cell in row.cells].count(MoneyCell(new.application.funding.grant)) == 1  # type: ignore[arg-type]
    assert sum(len(table.rows) for table in tables[1:]) == len(compare(old, new).differences)
    assert any(TextCell("Writing") in row.cells for table in tables for row in table.rows)
    assert made.mark == ""


def test_a_paper_of_equal_states_says_so(tmp_path: Path) -> None:
    core = Core(datetime.date(2018, 11, 15), tmp_path)
    made = document(OLD)
    state = State("Now", made.draft)
    paper = core.exporter.report(made, language="en")
    report = comparison_report(paper, state, state, catalog())
    (table,) = report.sections[1].blocks
    assert isinstance(table, Table)
    assert (table.rows, table.empty) == ((), "There are no differences.")
    assert core.exporter.comparison_bytes(made, state, state, "en").startswith(b"%PDF")
