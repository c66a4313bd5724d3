"""A narrow window gives up columns, never words: what has no column stands in fields below, and no table runs out of
the window."""

from __future__ import annotations

import pytest
from audit import sideways_tables, words_cut
from person import Person, settle
from PySide6.QtWidgets import QListView

from hakemus.domain.paths import row_path
from hakemus.domain.steps import STEPS


def in_hand(person: Person, step: str) -> None:
    """A step with its first rows of each table taken in hand."""
    page = person.step(step)
    for table in page.tables:
        if table.rows():
            table.widget.focus_cell(row_path(table.path, table.rows()[0].id))
    settle()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_word_of_the_example_is_cut_on_a_common_screen(person: Person, language: str) -> None:
    person.start(language)
    person.window.resize(1280, 800)
    person.example()
    for step in STEPS:
        in_hand(person, step)
        assert words_cut(person.window) == [], step


@pytest.mark.parametrize(("width", "size"), [(900, 100), (1366, 200)])
def test_tables_stay_inside_and_hidden_columns_have_fields(person: Person, width: int, size: int) -> None:
    person.start("sv", size)
    person.window.resize(width, 720)
    person.example()
    hidden = 0
    for step in STEPS:
        in_hand(person, step)
        assert sideways_tables(person.window) == [], step
        for table in person.page.tables:
            if not table.rows() or table.path == "attachments":
                continue
            row = row_path(table.path, table.rows()[0].id)
            table.row_focused.emit(row)
            settle()
            for key in table.left_out():
                path = table.field_of(row, key) if hasattr(table, "field_of") else f"{row}.{key}"
                assert path in person.page.fields, f"{path} has neither column nor field"
                hidden += 1
    assert hidden > 3


def test_a_wider_window_takes_the_fields_back(person: Person) -> None:
    person.start("fi")
    person.window.resize(900, 720)
    person.example()
    in_hand(person, "goals")
    table = person.page.tables[0]
    row = row_path(table.path, table.rows()[0].id)
    assert f"{row}.measured_on" in person.page.fields
    person.fill(f"{row}.measured_on", "1.10.2020")
    assert person.at(f"{row}.measured_on") == "1.10.2020"
    person.window.resize(1920, 1080)
    settle()
    assert table.left_out() == []
    assert f"{row}.measured_on" not in person.page.fields


def test_a_name_of_a_file_without_a_column_is_said_below_its_row(person: Person, tmp_path) -> None:  # type: ignore[no-untyped-def]
    person.start("fi")
    person.window.resize(900, 720)
    person.new().step("attachments")
    name = person.session.insert_row("attachments", {"title": "Aiesopimus", "filename": "sopimus.pdf"})
    settle()
    table = person.table("attachments")
    table.widget.focus_cell(row_path("attachments", name))
    settle()
    details = next(made for owner, made in person.page._details if owner is table)
    assert table.widget.isColumnHidden(table.widget.rows.column_of("filename"))
    assert details.isVisible()
    assert "sopimus.pdf" in details.words.text()
    person.window.resize(1920, 1080)
    settle()
    assert not details.isVisible()


def test_figures_of_the_funding_stand_on_one_line(person: Person) -> None:
    person.start("sv")
    person.example()
    for width in (1280, 1366, 1920):
        person.window.resize(width, 800)
        page = person.step("funding")
        settle()
        tops = {figure.mapTo(page, figure.rect().topLeft()).y() for figure in page._sums.values()}  # type: ignore[attr-defined]
        assert len(tops) == 1, width


def test_a_step_keeps_its_name_when_it_is_opened(person: Person) -> None:
    from drawn import drawn_texts

    person.start("sv")
    person.window.resize(1280, 800)
    person.example()
    named = []
    for step in ("goals", "timeline"):
        person.step(step)
        seen = {text.text for text in drawn_texts(person.window.findChild(QListView, "steps").viewport())}
        named.append({name for name in ("Tidslinje", "Verksamhet och tidtabell") if name in seen})
    assert named[0] == named[1]
    assert len(named[0]) == 1


def test_tools_have_their_words_where_all_stand_on_one_line(person: Person) -> None:
    person.start("fi")
    person.window.resize(1366, 768)
    person.example()
    for step in ("budget", "timeline"):
        page = person.step(step)
        settle()
        names = {made.text() for made in (*page._tools, page._links)}  # type: ignore[attr-defined]
        assert "" not in names, step
        tops = {made.mapTo(page, made.rect().center()).y() for made in (*page._tools, page._links, *page._adding)}  # type: ignore[attr-defined]
        assert len(tops) == 1, step
        person.window.resize(900, 700)
        settle()
        assert {made.text() for made in (*page._tools, page._links)} == {""}  # type: ignore[attr-defined]
        assert page._links.accessibleName() == "Yhteydet…"  # type: ignore[attr-defined]
        person.window.resize(1366, 768)
        settle()
