"""The help beside a table says what the cell under the cursor is for, also where nothing can be typed into it."""

from __future__ import annotations

import pytest
from person import Person, plain, settle
from PySide6.QtWidgets import QLabel

from hakemus.domain.steps import STEPS


def said(person: Person) -> str:
    return plain(" | ".join(made.text() for made in person.wizard.panel.findChildren(QLabel)))


@pytest.mark.parametrize(("language", "example"), [("fi", "pop-up-kirjasto"), ("sv", "lasande-byar")])
def test_no_column_is_called_by_its_address(person: Person, language: str, example: str) -> None:
    person.start(language).example(example)
    seen = set()
    for step in STEPS:
        for table in person.step(step).tables:
            rows, view = table.widget.rows, table.widget
            names = [rows.key_at(at).id for at in range(rows.rowCount()) if rows.is_data(at)]
            firsts = {name.partition("[")[0]: name for name in reversed(names)}
            for kind, row in firsts.items():
                for column in rows.columns:
                    view.focus_cell(row, column.key)
                    settle()
                    shown = said(person)
                    seen.add((kind, column.key))
                    assert "[" not in shown, (row, column.key, shown)
    assert {("activities", "chart"), ("budget.lines", "sum"), ("budget.people", "sum"), ("team", "role")} <= seen


def test_the_help_of_the_chart_tells_how_a_bar_is_moved(person: Person) -> None:
    person.start().example().step("timeline")
    table = person.table("activities")
    table.widget.focus_cell(f"activities[{table.rows()[0].id}]", "chart")
    settle()
    assert "Aikajana" in said(person)
    assert "Ctrl ja nuolinäppäin" in said(person)
