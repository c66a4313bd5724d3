"""Tab in reading order, whatever was made first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from hakemus.ui.widgets.boxes import clear_box, column, row
from hakemus.ui.widgets.reading_order import move_focus, stops


def places_held() -> int:
    """How many places in layouts Python knows; layouts themselves are objects of Qt, which tell when they end."""
    known = Shiboken.getAllValidWrappers()
    return sum(isinstance(one, QLayoutItem) and not isinstance(one, QLayout) for one in known)


class Window(QMainWindow):
    """A window that moves focus as the program's own does."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_focus(self, forward=forward)


def shown(inner: QWidget) -> Window:
    made = Window()
    made.setCentralWidget(inner)
    made.resize(400, 300)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def walked(window: QWidget, key: Qt.Key, count: int) -> list[str]:
    """The names of what has focus after each key."""
    names = []
    for _ in range(count):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        now = QApplication.focusWidget()
        names.append(now.objectName() if now is not None else "")
    return names


def entry(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


@pytest.fixture
def lines() -> dict[str, QLineEdit]:
    """Fields made in no order at all."""
    return {name: entry(name) for name in "dbeacf"}


def test_tab_goes_as_laid_out_and_round(dressed: QApplication, lines: dict[str, QLineEdit]) -> None:
    grid = QGridLayout()
    grid.addWidget(lines["d"], 1, 1)
    grid.addWidget(lines["b"], 0, 1)
    grid.addWidget(lines["c"], 1, 0)
    inner = column(row(lines["a"]), grid, clear_box(column(lines["e"])), lines["f"])
    window = shown(clear_box(inner))
    lines["a"].setFocus()
    assert walked(window, Qt.Key.Key_Tab, 6) == ["b", "c", "d", "e", "f", "a"]
    assert walked(window, Qt.Key.Key_Backtab, 7) == ["f", "e", "d", "c", "b", "a", "f"]


def test_what_comes_later_is_visited_where_it_stands(dressed: QApplication, lines: dict[str, QLineEdit]) -> None:
    box = column(lines["a"], lines["c"])
    window = shown(clear_box(box))
    box.insertWidget(1, lines["b"])
    lines["b"].show()
    lines["a"].setFocus()
    assert walked(window, Qt.Key.Key_Tab, 3) == ["b", "c", "a"]


def test_what_cannot_be_used_is_passed_by(dressed: QApplication, lines: dict[str, QLineEdit]) -> None:
    """Hidden, disabled, standing for another, not for Tab; and of a stack only what is in front."""
    stack = QStackedWidget()
    stack.addWidget(clear_box(column(lines["e"])))
    stack.addWidget(clear_box(column(lines["d"])))
    stack.setCurrentIndex(1)
    proxy = QWidget()
    proxy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    proxy.setFocusProxy(lines["d"])
    clicked = QPushButton("only by mouse")
    clicked.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    window = shown(clear_box(column(lines["a"], lines["b"], lines["c"], clicked, proxy, stack)))
    lines["b"].setEnabled(False)
    lines["c"].hide()
    lines["a"].setFocus()
    assert walked(window, Qt.Key.Key_Tab, 3) == ["d", "a", "d"]


def test_controls_with_parts_are_one_stop(dressed: QApplication, lines: dict[str, QLineEdit]) -> None:
    choice, table = QComboBox(), QTableWidget(2, 2)
    choice.setObjectName("choice")
    choice.setEditable(True)
    table.setObjectName("table")
    table.setTabKeyNavigation(False)
    window = shown(clear_box(column(lines["a"], choice, table, lines["b"])))
    assert [made.objectName() for made in stops(window)] == ["a", "choice", "table", "b"]
    lines["a"].setFocus()
    assert walked(window, Qt.Key.Key_Tab, 4) == ["choice", "table", "b", "a"]
    assert walked(window, Qt.Key.Key_Backtab, 4) == ["b", "table", "choice", "a"]


def test_what_gets_focus_comes_into_sight(dressed: QApplication, lines: dict[str, QLineEdit]) -> None:
    inner = QWidget()
    inner.setLayout(QVBoxLayout())
    inner.setMinimumHeight(2000)
    inner.layout().addWidget(lines["a"])
    inner.layout().addWidget(lines["b"])
    area = QScrollArea()
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window = shown(clear_box(column(lines["c"], area)))
    lines["c"].setFocus()
    assert walked(window, Qt.Key.Key_Backtab, 1) == ["b"]
    assert not lines["b"].visibleRegion().isEmpty()
    assert area.verticalScrollBar().value() > 0


def test_alone_or_without_anything_focus_stays(dressed: QApplication, lines: dict[str, QLineEdit]) -> None:
    window = shown(clear_box(column(lines["a"])))
    lines["a"].setFocus()
    assert walked(window, Qt.Key.Key_Tab, 1) == ["a"]
    assert not move_focus(window, forward=True)
    lines["a"].setEnabled(False)
    assert not move_focus(window, forward=False)


def test_focus_that_is_nowhere_begins_at_the_beginning_or_the_end(
    dressed: QApplication, lines: dict[str, QLineEdit]
) -> None:
    window = shown(clear_box(column(lines["a"], lines["b"])))
    lines["a"].clearFocus()
    assert QApplication.focusWidget() is None
    assert move_focus(window, forward=True)
    assert lines["a"].hasFocus()
    lines["a"].clearFocus()
    assert move_focus(window, forward=False)
    assert lines["b"].hasFocus()


def test_asking_for_the_order_leaves_nothing_that_outlives_its_widget(
    dressed: QApplication, lines: dict[str, QLineEdit]
) -> None:
    """What Python still holds of a place in a layout whose widget is gone brings the program down later."""
    grid = QGridLayout()
    grid.addWidget(lines["c"], 0, 0)
    window = shown(clear_box(column(row(lines["a"], lines["b"]), grid)))
    before = places_held()
    assert [*stops(window)] == [lines["a"], lines["b"], lines["c"]]
    assert places_held() == before
