"""A page goes along with the cursor of a table on it, and lets nobody else's scrolling be spoilt by that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from person import settle
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QWidget
from shiboken6 import delete

from hakemus.ui.widgets.boxes import clear_box, column, scroll
from hakemus.ui.widgets.page_area import PageArea, area_around

ROWS = 60


@pytest.fixture
def table(dressed: QApplication) -> Iterator[QTableWidget]:
    """A table of its whole height on a low page, in a part without a layout, below a field."""
    part = QWidget()
    made = QTableWidget(ROWS, 1, part)
    made.resize(200, ROWS * made.rowHeight(0) + 40)
    part.setMinimumHeight(made.height())
    area = scroll(clear_box(column(QLineEdit(), part)))
    area.resize(300, 200)
    area.show()
    area.activateWindow()
    made.setFocus()
    settle()
    yield made
    area.close()
    delete(area)


def area_of(table: QTableWidget) -> PageArea:
    area = area_around(table)
    assert area is not None
    return area


def seen(table: QTableWidget) -> bool:
    cell, area = table.visualRect(table.currentIndex()), area_of(table)
    top = table.viewport().mapTo(area.viewport(), cell.topLeft()).y()
    return top >= 0 and top + cell.height() <= area.viewport().height()


def test_it_scrolls_no_further_than_needed(table: QTableWidget) -> None:
    area = area_of(table)
    table.setCurrentCell(ROWS - 1, 0)
    assert not seen(table)
    area.follow_cursor(table)
    assert seen(table)
    at = area.verticalScrollBar().value()
    table.setCurrentCell(ROWS - 2, 0)
    area.follow_cursor(table)
    assert area.verticalScrollBar().value() == at


def test_while_somebody_leads_it_the_cursor_waits(table: QTableWidget) -> None:
    area = area_of(table)
    table.setCurrentCell(ROWS - 1, 0)
    area.lead()
    area.follow_cursor(table)
    assert not seen(table)
    area.let_go()
    assert seen(table)


def test_after_scrolling_by_hand_it_does_not_jump_back(table: QTableWidget) -> None:
    area = area_of(table)
    table.setCurrentCell(ROWS - 1, 0)
    area.lead()
    area.follow_cursor(table)
    area.let_go(follow=False)
    area.let_go()
    assert area.verticalScrollBar().value() == 0


def test_a_table_that_focus_has_left_or_that_has_no_cursor_moves_nothing(table: QTableWidget) -> None:
    area = area_of(table)
    table.setCurrentIndex(QModelIndex())
    area.follow_cursor(table)
    table.setCurrentCell(ROWS - 1, 0)
    area.findChild(QLineEdit).setFocus()
    area.follow_cursor(table)
    assert area.verticalScrollBar().value() == 0


def test_a_table_that_is_gone_meanwhile_is_forgotten(table: QTableWidget) -> None:
    area = area_of(table)
    area.lead()
    area.follow_cursor(table)
    delete(table)
    area.let_go()
    assert area.verticalScrollBar().value() == 0


def test_what_stands_on_no_page_has_none(dressed: QApplication) -> None:
    assert area_around(QWidget()) is None
