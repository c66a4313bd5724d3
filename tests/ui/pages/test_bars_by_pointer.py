"""The bars of the timeline are moved and resized by dragging: by whole days, as one step, never by a stray click."""

from __future__ import annotations

import pytest
from drawn import drawn_texts
from person import CONTROL, PLAIN, Key, Person, settle
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hakemus.i18n.parsing import LATEST, parse_date
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.widgets import gantt

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Holds the pointer over one bar."""

    def __init__(self, person: Person, row: str) -> None:
        self.table: RowTable = person.table("activities").widget
        self.row = row

    @property
    def bar(self) -> gantt.Bar:
        return self.table.rows.row_at(self.table.rows.place(self.row)).bar

    def cell(self) -> QRectF:
        index = self.table.rows.index(self.table.rows.place(self.row), self.table.rows.column_of("chart"))
        return QRectF(self.table.visualRect(index))

    def grip(self, part: str) -> QPoint:
        left, right = gantt.ends_of(self.bar, self.cell(), self.table.axis)
        at = {"start": left + 1, "end": right - 1, "whole": (left + right) / 2}[part]
        return QPoint(round(at), round(self.cell().center().y()))

    def pixels(self, days: float) -> int:
        axis = self.table.axis
        return round(days * self.cell().width() / (axis.end - axis.start).days)

    def press(self, part: str) -> QPoint:
        at = self.grip(part)
        QTest.mousePress(self.table.viewport(), LEFT, PLAIN, at)
        return at

    def move(self, to: QPoint) -> None:
        QTest.mouseMove(self.table.viewport(), to)
        settle()

    def release(self, at: QPoint) -> None:
        QTest.mouseRelease(self.table.viewport(), LEFT, PLAIN, at)
        settle()

    def drag(self, part: str, days: float) -> None:
        at = self.press(part)
        to = at + QPoint(self.pixels(days), 0)
        self.move(to)
        self.release(to)


@pytest.fixture
def row(person: Person) -> str:
    """An activity from 1 May to 30 June 2019 in a project of one year, wide enough to be taken at its ends."""
    person.start().new()
    person.window.resize(1600, 900)
    person.session.edit("project.starts_on", "1.1.2019")
    person.session.edit("project.ends_on", "31.12.2019")
    person.step("timeline")
    made = person.add_row("activities")
    person.type("Kiertue")
    person.key(Key.Key_Return)
    person.session.edit(f"{made}.starts_on", "1.5.2019")
    person.session.edit(f"{made}.ends_on", "30.6.2019")
    person.session.seal()
    settle()
    return made


def days(person: Person, row: str) -> tuple[str, str]:
    return person.at(f"{row}.starts_on"), person.at(f"{row}.ends_on")


@pytest.mark.parametrize(
    ("part", "by", "after"),
    [
        ("whole", 31, ("1.6.2019", "31.7.2019")),
        ("whole", -30, ("1.4.2019", "31.5.2019")),
        ("start", 14, ("15.5.2019", "30.6.2019")),
        ("end", -20, ("1.5.2019", "10.6.2019")),
        ("end", -200, ("1.5.2019", "1.5.2019")),
        ("start", 200, ("30.6.2019", "30.6.2019")),
    ],
)
def test_a_bar_is_dragged_by_whole_days_as_one_step(
    person: Person, row: str, part: str, by: int, after: tuple[str, str]
) -> None:
    before, steps = person.session.draft, person.session.steps_done
    hand = Hand(person, row)
    hand.drag(part, by)
    found = days(person, row)
    # Pixels are whole and days are not a whole number of them: half a pixel is less than a day.
    for text, wished in zip(found, after, strict=True):
        assert abs((parse_date(text) - parse_date(wished)).days) <= 1, found
    assert person.session.steps_done == steps + 1
    person.undo()
    assert person.session.draft == before


def test_the_new_days_are_told_while_dragging_and_escape_takes_them_back(person: Person, row: str) -> None:
    before = person.session.draft
    hand = Hand(person, row)
    at = hand.press("whole")
    hand.move(at + QPoint(hand.pixels(60), 0))
    place = hand.table.rows.place(row)
    shown = hand.table.bar_of(hand.table.rows.row_at(place))
    assert shown.start.month in (6, 7)
    assert shown.text != hand.bar.text
    assert person.session.draft is before
    hand.move(at + QPoint(hand.pixels(200), 0))
    assert hand.table.bar_of(hand.table.rows.row_at(place)).mark == "error"  # past the end of the project
    QTest.keyClick(hand.table, Key.Key_Escape)
    assert hand.table.bar_of(hand.table.rows.row_at(place)) == hand.bar
    hand.release(at + QPoint(hand.pixels(200), 0))
    assert person.session.draft is before


def test_a_drag_begins_only_where_the_platform_says_and_selects_nothing_else(person: Person, row: str) -> None:
    other = person.add_row("activities")
    person.key(Key.Key_Escape)
    settle()
    before = person.session.draft
    hand = Hand(person, row)
    at = hand.press("whole")
    hand.move(at + QPoint(QApplication.startDragDistance() - 1, 0))
    hand.release(at + QPoint(QApplication.startDragDistance() - 1, 0))
    assert person.session.draft is before
    assert hand.table.selected_rows() == [row]
    at = hand.press("whole")
    hand.move(at + QPoint(hand.pixels(30), 34))
    assert hand.table.selected_rows() == [row]
    assert other not in hand.table.selected_rows()
    person.window.start.setFocus()
    hand.table.clearFocus()  # somebody switches to another window meanwhile
    hand.release(at + QPoint(hand.pixels(30), 34))
    assert person.session.draft is before


def test_presses_beside_the_bar_with_keys_held_or_with_other_buttons_are_no_drags(person: Person, row: str) -> None:
    before = person.session.draft
    hand = Hand(person, row)
    middle, far = hand.grip("whole"), QPoint(120, 0)
    beside = QPoint(round(hand.cell().right()) - 4, middle.y())
    for button, held, at in (
        (Qt.MouseButton.RightButton, PLAIN, middle),
        (LEFT, CONTROL, middle),
        (LEFT, PLAIN, beside),
    ):
        QTest.mousePress(hand.table.viewport(), button, held, at)
        hand.move(at - far)
        QTest.mouseRelease(hand.table.viewport(), button, held, at - far)
        settle()
        assert person.session.draft is before


def test_the_pointer_tells_what_it_would_take(person: Person, row: str) -> None:
    hand = Hand(person, row)
    seen = {}
    for part in ("start", "whole", "end"):
        hand.move(hand.grip(part))
        seen[part] = hand.table.viewport().cursor().shape()
    assert seen == {
        "start": Qt.CursorShape.SizeHorCursor,
        "whole": Qt.CursorShape.SizeAllCursor,
        "end": Qt.CursorShape.SizeHorCursor,
    }
    hand.move(hand.grip("whole") - QPoint(0, 16))
    assert hand.table.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_milestone_and_an_open_bar_move_as_a_whole(person: Person, row: str) -> None:
    hand = Hand(person, row)
    person.session.edit(f"{row}.ends_on", "")
    hand.drag("whole", 31)
    assert days(person, row)[0] in ("31.5.2019", "1.6.2019", "2.6.2019")
    assert days(person, row)[1] == ""
    person.session.edit(f"{row}.milestone", "true")
    settle()
    before = days(person, row)
    hand.drag("start", -30)
    assert days(person, row)[0] != before[0]
    assert days(person, row)[1] == ""


def test_bars_of_a_read_only_application_stay(person: Person, row: str) -> None:
    before = person.session.draft
    hand = Hand(person, row)
    hand.table.set_read_only(True)
    hand.drag("whole", 60)
    assert person.session.draft is before


def test_the_calendar_ends_somewhere(person: Person, row: str) -> None:
    person.session.edit(f"{row}.starts_on", f"1.1.{LATEST - 1}")
    person.session.edit(f"{row}.ends_on", f"31.12.{LATEST}")
    person.session.seal()
    settle()
    before = person.session.draft
    hand = Hand(person, row)
    hand.drag("whole", 800)
    assert person.session.draft is before
    hand.table.focus_cell(row, "chart")
    person.key(Key.Key_Right, CONTROL)
    assert person.session.draft is before


def test_what_lies_outside_the_project_stands_out_in_shape_and_words(person: Person, row: str) -> None:
    def bar_colours() -> int:
        hand = Hand(person, row)
        left, right = gantt.ends_of(hand.bar, hand.cell(), hand.table.axis)
        middle = round(hand.cell().center().y())
        shown = hand.table.viewport().grab().toImage()
        return len({shown.pixel(x, middle) for x in range(round(left) + 4, round(right) - 4)})

    def said() -> list[str]:
        return [drawn.text for drawn in drawn_texts(person.table("activities").widget.viewport())]

    assert bar_colours() == 1
    assert not [text for text in said() if "hankeajan ulkopuolella" in text]
    person.session.edit("project.ends_on", "1.5.2019")
    settle()
    assert bar_colours() > 1, "hatched, not of another colour alone"
    assert [text for text in said() if text.endswith(", hankeajan ulkopuolella")]
