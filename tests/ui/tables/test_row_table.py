"""A table is worked from the keyboard, says what the user does, and never wipes what is being typed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.tables.rows import Cell, Column, ListSource, Row, RowKey, TableWords
from hakemus.ui.tables.totals import TableBox
from hakemus.ui.widgets.boxes import Host, column
from hakemus.ui.widgets.controls import Combo

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
COLUMNS = (
    Column("name", "Cost", stretch=True, width=200),
    Column("payer", "Payer", width=110, choices=(("", "Applicant"), ("p1", "Town"), ("p2", "School"))),
    Column("unit", "Unit", width=90, suggestions=("month", "piece")),
    Column("price", "Price", "num", 110),
    Column("sum", "Sum", "num", 110, editable=False),
)
TYPABLE = ("name", "unit", "price")


def line(row_id: str, **texts: str) -> Row:
    return Row(row_id, "line", {key: Cell(text) for key, text in texts.items()})


ROWS = (
    Row("g1", "group", {"name": Cell("Staff"), "sum": Cell("30,00")}),
    line("a", name="Worker", payer="", unit="month", price="10,00", sum="10,00"),
    line("b", name="Guide", unit="piece", price="20,00", sum="20,00"),
    Row("g2", "group", {"name": Cell("Services")}),
    Row("c", "detail", {"name": Cell("Printing"), "price": Cell("missing", "", "missing")}, "how it was computed"),
    Row("add", "add", {"name": Cell("Add a row")}),
)


class Page:
    """What a page does with a table: keeps rows, answers each signal, draws again at once."""

    def __init__(self, table: RowTable, rows=ROWS):
        self.table, self.rows, self.heard = table, list(rows), []
        table.cell_typed.connect(lambda *what: self.change("typed", *what))
        table.cell_edited.connect(lambda *what: self.change("edited", *what))
        for name in (
            "row_added",
            "row_removed",
            "row_moved",
            "row_duplicated",
            "pasted",
            "cell_focused",
            "activated_row",
        ):
            getattr(table, name).connect(lambda *what, name=name: self.heard.append((name, *what)))
        table.set_rows(self.rows)

    def change(self, how, row_id, key, text):
        self.heard.append((how, row_id, key, text))
        at = next(n for n, row in enumerate(self.rows) if row.id == row_id)
        row = self.rows[at]
        # The page shows its own tidy reading of the text, and another cell changes with it.
        tidy = Cell(text.strip().upper() + ",00", text)
        self.rows[at] = replace(row, cells={**row.cells, key: tidy, "sum": Cell(f"sum of {len(text)}")})
        self.table.set_rows(self.rows)

    def said(self, *names):
        return [what for what in self.heard if what[0] in names]


@pytest.fixture
def page(qtbot, dressed, settle):
    windows = []

    def make(rows=ROWS, boxed=False, columns=COLUMNS, **options):
        table = RowTable(columns, TableWords("Budget", "empty", "missing!", "wrong!"), **options)
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        other = QLineEdit()
        box = TableBox(table) if boxed else table
        host = Host(column(box, other))
        window.setCentralWidget(host)
        window.resize(760, 420)
        window.show()
        made = Page(table, rows)
        made.window, made.other, made.box = window, other, box
        settle()
        return made

    return make


def editor(page):
    return QApplication.focusWidget()


def press(page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def test_focus_starts_on_the_first_row_of_the_users_own(page):
    made = page()
    made.table.setFocus()
    assert made.table.current() == ("a", "name")
    assert made.said("cell_focused")[-1] == ("cell_focused", "a", "name")


def test_arrows_move_and_tab_leaves(page):
    made = page()
    made.table.focus_cell("a", "name")
    press(made, Qt.Key.Key_Down)
    press(made, Qt.Key.Key_Right)
    assert made.table.current() == ("b", "payer")
    assert made.said("cell_focused")[-1] == ("cell_focused", "b", "payer")
    press(made, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is made.other


@pytest.mark.parametrize("key", TYPABLE)
def test_thirty_characters_survive_a_redraw_at_each(page, type_text, settle, key):
    made = page()
    made.table.focus_cell("a", key)
    text = "Äänekoski šŧŋ – 1 234,50 €\u00a0tai"
    assert len(text) == 30
    for sign in text:
        type_text(made.table, sign)
        settle()
    typed = made.said("typed")
    assert len(typed) == 30
    assert typed[-1] == ("typed", "a", key, text)
    press(made, Qt.Key.Key_Return)
    assert made.said("edited") == [("edited", "a", key, text)]
    assert made.table.current() == ("b", key)
    assert made.rows[1].cells[key].editing == text


def test_the_cursor_keeps_its_place_while_typing_in_the_middle(page, type_text):
    made = page()
    made.table.focus_cell("a", "name")
    press(made, Qt.Key.Key_F2)
    press(made, Qt.Key.Key_Home)
    type_text(made.table, "xyz")
    assert made.said("typed")[-1] == ("typed", "a", "name", "xyzWorker")


def test_typing_replaces_and_f2_and_enter_keep(page, type_text):
    made = page()
    made.table.focus_cell("b", "price")
    type_text(made.table, "7")
    assert editor(made).text() == "7"
    press(made, Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Return):
        made.table.focus_cell("a", "price")
        press(made, key)
        assert editor(made).text() == "10,00"
        press(made, Qt.Key.Key_Escape)


def test_escape_gives_the_old_text_back(page, type_text):
    made = page()
    made.table.focus_cell("a", "price")
    type_text(made.table, "99")
    press(made, Qt.Key.Key_Escape)
    assert made.said("edited") == [("edited", "a", "price", "10,00")]
    assert made.table.current() == ("a", "price")
    assert made.table.hasFocus()


def test_an_editor_that_was_only_opened_says_nothing(page):
    made = page()
    made.table.focus_cell("a", "price")
    press(made, Qt.Key.Key_F2)
    press(made, Qt.Key.Key_Return)
    made.table.focus_cell("a", "price")
    press(made, Qt.Key.Key_F2)
    press(made, Qt.Key.Key_Escape)
    assert made.said("typed", "edited") == []


def test_leaving_with_the_mouse_keeps_what_was_typed(page, type_text):
    made = page()
    made.table.focus_cell("a", "price")
    type_text(made.table, "5")
    made.other.setFocus()
    assert made.said("edited") == [("edited", "a", "price", "5")]
    assert made.table.edited_cell is None


def test_tab_goes_through_the_cells_that_can_be_typed_into(page, type_text):
    made = page()
    made.table.focus_cell("a", "unit")
    press(made, Qt.Key.Key_F2)
    press(made, Qt.Key.Key_Tab)
    assert made.table.edited_cell == ("a", "price")
    type_text(made.table, "3")
    press(made, Qt.Key.Key_Tab)
    assert made.said("edited") == [("edited", "a", "price", "3")]
    assert made.table.edited_cell == ("b", "name")  # the sum cannot be typed
    press(made, Qt.Key.Key_Backtab)
    assert made.table.edited_cell == ("a", "price")


def test_enter_passes_headings_and_ends_on_the_row_that_adds(page):
    made = page()
    made.table.focus_cell("b", "price")
    press(made, Qt.Key.Key_Return)
    press(made, Qt.Key.Key_Return)
    assert made.table.current() == ("c", "price")
    press(made, Qt.Key.Key_Return)
    press(made, Qt.Key.Key_Return)
    assert made.table.current()[0] == "add"
    press(made, Qt.Key.Key_Return)
    assert made.said("row_added") == [("row_added", "c")]


def test_rows_are_added_doubled_moved_and_removed(page):
    made = page()
    made.table.focus_cell("b", "name")
    press(made, Qt.Key.Key_Insert)
    press(made, Qt.Key.Key_D, CONTROL)
    press(made, Qt.Key.Key_Up, ALT)
    press(made, Qt.Key.Key_Down, ALT)
    press(made, Qt.Key.Key_Delete, CONTROL)
    assert made.said("row_added", "row_duplicated", "row_moved", "row_removed") == [
        ("row_added", "b"),
        ("row_duplicated", "b"),
        ("row_moved", "b", -1),
        ("row_moved", "b", 1),
        ("row_removed", ["b"]),
    ]


def test_delete_clears_a_cell_and_removes_several_rows(page):
    made = page()
    made.table.focus_cell("a", "price")
    press(made, Qt.Key.Key_Delete)
    assert made.heard[-1] == ("edited", "a", "price", "")
    made.table.focus_cell("a", "sum")
    press(made, Qt.Key.Key_Delete)  # computed: nothing to clear
    assert len(made.said("edited")) == 1
    made.table.focus_cell("a", "name")
    press(made, Qt.Key.Key_Down, SHIFT)
    press(made, Qt.Key.Key_Delete)
    assert made.said("row_removed") == [("row_removed", ["a", "b"])]


def test_headings_cannot_be_typed_into_moved_or_removed(page, type_text):
    made = page()
    made.table.focus_cell("g1", "name")
    type_text(made.table, "x")
    press(made, Qt.Key.Key_Delete, CONTROL)
    press(made, Qt.Key.Key_Up, ALT)
    press(made, Qt.Key.Key_D, CONTROL)
    assert made.said("typed", "edited", "row_removed", "row_moved", "row_duplicated") == []


def test_a_table_to_read_changes_nothing(page, type_text):
    made = page()
    made.table.set_read_only(True)
    made.table.focus_cell("a", "name", edit=True)
    type_text(made.table, "x")
    for key, modifiers in ((Qt.Key.Key_Insert, None), (Qt.Key.Key_Delete, CONTROL), (Qt.Key.Key_D, CONTROL)):
        press(made, key, modifiers or Qt.KeyboardModifier.NoModifier)
    made.table.focus_cell("add")
    press(made, Qt.Key.Key_Return)
    press(made, Qt.Key.Key_Space)
    assert [what for what in made.heard if what[0] != "cell_focused"] in ([], [("activated_row", "a")])
    made.table.focus_cell("a")
    press(made, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("Worker")


def test_rows_go_to_and_come_from_a_spreadsheet(page):
    made = page()
    made.table.focus_cell("a", "name")
    press(made, Qt.Key.Key_Down, SHIFT)
    press(made, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Worker\t\tmonth\t10,00\t10,00\nGuide\t\tpiece\t20,00\t20,00\n"
    QGuiApplication.clipboard().setText('Bike\t"two\nlines"\r\nBag\t3,40\r\n')
    made.table.focus_cell("b", "unit")
    press(made, Qt.Key.Key_V, CONTROL)
    assert made.said("pasted") == [("pasted", "b", "unit", [["Bike", "two\nlines"], ["Bag", "3,40"]])]


def test_a_windows_shortcut_does_not_take_the_tables_keys_nor_the_table_the_windows_undo(page, type_text):
    made = page()
    asked = []
    for keys in ("Ctrl+V", "Ctrl+D", "Ctrl+Z"):
        action = QAction(keys, made.window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False, keys=keys: asked.append(keys))
        made.window.addAction(action)
    QGuiApplication.clipboard().setText("x")
    made.table.focus_cell("a", "name")
    press(made, Qt.Key.Key_V, CONTROL)
    press(made, Qt.Key.Key_D, CONTROL)
    press(made, Qt.Key.Key_Z, CONTROL)
    type_text(made.table, "abc")
    press(made, Qt.Key.Key_Z, CONTROL)
    assert asked == ["Ctrl+Z", "Ctrl+Z"]
    assert len(made.said("pasted", "row_duplicated")) == 2


def test_an_undo_while_a_cell_is_edited_is_shown_in_it(page, type_text):
    made = page()
    made.table.focus_cell("a", "price")
    type_text(made.table, "55")
    made.rows[1] = ROWS[1]
    made.table.set_rows(made.rows)
    assert editor(made).text() == "10,00"
    press(made, Qt.Key.Key_Return)
    assert made.said("edited") == []  # nothing was typed since


def test_a_choice_is_picked_from_its_list_and_said_as_stored(page):
    made = page()
    made.table.focus_cell("a", "payer")
    press(made, Qt.Key.Key_Return)
    combo = made.table.findChild(Combo)
    assert combo.currentText() == "Applicant"
    assert combo.view().isVisible()
    QTest.keyClick(combo.view(), Qt.Key.Key_Down)
    QTest.keyClick(combo.view(), Qt.Key.Key_Down)
    assert made.said("typed", "edited") == []  # looked at, not chosen
    QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    assert made.said("edited") == [("edited", "a", "payer", "p2")]
    assert made.table.hasFocus()


def test_a_letter_opens_the_list_of_a_choice_at_its_place(page, settle):
    made = page()
    made.table.focus_cell("a", "payer")
    QTest.keyClicks(made.table, "s")
    combo = made.table.findChild(Combo)
    assert combo.view().currentIndex().data() == "School"
    assert made.said("typed", "edited") == []
    QTest.keyClick(combo.view(), Qt.Key.Key_Escape)
    settle()
    assert made.said("typed", "edited") == []


def test_choices_can_be_set_again_and_an_unknown_value_is_kept(page):
    made = page()
    made.table.set_choices("payer", (("", "Nobody"), ("p9", "Parish")))
    made.table.focus_cell("a", "payer")
    press(made, Qt.Key.Key_Return)
    combo = made.table.findChild(Combo)
    assert [combo.itemText(at) for at in range(combo.count())] == ["Nobody", "Parish"]


def test_the_wheel_changes_no_cell(page):
    made = page()
    made.table.focus_cell("a", "payer")
    press(made, Qt.Key.Key_Return)
    combo = made.table.findChild(Combo)
    combo.hidePopup()
    at = QPointF(combo.rect().center())
    wheel = QWheelEvent(
        at,
        combo.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003
    )
    QApplication.sendEvent(combo, wheel)
    press(made, Qt.Key.Key_Escape)
    assert made.said("typed", "edited") == []


def test_a_click_on_the_adding_row_adds(page):
    made = page()
    rect = made.table.visualRect(made.table.rows.index(5, 2))
    QTest.mouseClick(made.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert made.said("row_added") == [("row_added", "c")]


def test_the_cursor_stays_on_its_row_when_rows_come_go_and_move(page):
    made = page()
    made.table.focus_cell("b", "price")
    made.table.set_rows([line("new", name="New"), *ROWS])
    assert made.table.current() == ("b", "price")
    made.table.set_rows([ROWS[0], ROWS[2], ROWS[1], *ROWS[3:]])
    assert made.table.current() == ("b", "price")
    made.table.set_rows([ROWS[0], ROWS[1], *ROWS[3:]])
    assert made.table.current() == ("a", "price")


def test_an_edited_cell_survives_rows_that_come_and_go_round_it(page, type_text):
    made = page()
    made.table.focus_cell("b", "name")
    type_text(made.table, "abc")
    made.rows.insert(1, line("new", name="New"))
    made.rows.remove(ROWS[4])
    made.table.set_rows(made.rows)
    type_text(made.table, "def")
    assert made.said("typed")[-1] == ("typed", "b", "name", "abcdef")
    press(made, Qt.Key.Key_Return)
    assert made.said("edited") == [("edited", "b", "name", "abcdef")]


def test_a_row_that_goes_while_it_is_edited_takes_its_editor_along(page, type_text, settle):
    made = page()
    made.table.focus_cell("b", "name")
    type_text(made.table, "abc")
    made.table.set_rows([ROWS[0], ROWS[1], *ROWS[3:]])
    settle()
    assert made.table.edited_cell is None
    assert made.said("edited") == []
    assert made.table.findChildren(QLineEdit) == []


def test_help_does_not_flicker_while_rows_move(page):
    made = page()
    made.table.focus_cell("a", "price")
    made.heard.clear()
    made.table.set_rows([ROWS[0], ROWS[2], ROWS[1], *ROWS[3:]])
    assert made.said("cell_focused") == []


def test_only_changed_rows_are_announced(page):
    made = page()
    told = []
    made.table.rows.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    made.table.set_rows(list(ROWS))
    assert told == []
    rows = list(ROWS)
    rows[2] = line("b", name="Other")
    made.table.set_rows(rows)
    assert told == [(2, 2)]


def test_rows_are_made_only_when_they_are_drawn(page):
    made_rows = []

    class Source:
        def keys(self):
            return [RowKey(f"r{n}", "line", 0) for n in range(2000)]

        def row(self, index):
            made_rows.append(index)
            return line(f"r{index}", name=f"Row {index}")

    made = page(())
    made.table.set_source(Source())
    made.table.viewport().repaint()
    assert 0 < len(set(made_rows)) < 60


def test_one_change_among_two_thousand_rows_is_quick(page, settle):
    rows = [line(f"r{n}", name=f"Row {n}", price="1,00", sum="1,00") for n in range(2000)]
    made = page(rows)
    settle()
    took = []
    for n in range(5):
        rows[7] = line("r7", name=f"Changed {n}")
        began = time.perf_counter()
        made.table.set_rows(rows)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05


def test_assistive_tools_read_column_text_mark_and_second_line(page):
    made = page()
    seen = QAccessible.queryAccessibleInterface(made.table)
    assert seen.text(QAccessible.Text.Name) == "Budget"
    texts = {seen.child(at).text(QAccessible.Text.Name) for at in range(seen.childCount())}
    assert {
        "Cost: Worker",
        "Price: 10,00",
        "Payer: empty",
        "Cost: Printing, how it was computed",
        "Price: missing, missing!",
        "Add a row",
    } <= texts


def test_a_mark_goes_with_the_next_edit(page, type_text):
    made = page()
    made.table.set_marked({("a", "price"), ("b", "")})
    assert made.table.is_marked("b", "name")
    assert not made.table.is_marked("a", "name")
    made.table.focus_cell("a", "price")
    type_text(made.table, "1")
    assert not made.table.is_marked("a", "price")


def test_headings_run_over_empty_cells_up_to_their_sum(page):
    made = page()
    row = made.table.rows.row_at(0)
    assert made.table.run_of(row, 2) == (0, 3)
    assert made.table.run_of(row, 4) == (4, 4)
    assert made.table.run_of(made.table.rows.row_at(5), 3) == (0, 4)


def test_hidden_columns_leave_the_keyboards_way(page):
    made = page()
    made.table.set_hidden({"unit", "payer"})
    made.table.focus_cell("a", "name")
    press(made, Qt.Key.Key_F2)
    press(made, Qt.Key.Key_Tab)
    assert made.table.edited_cell == ("a", "price")


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_sums_stand_under_their_columns(page, settle, dress, factor):
    dress("light", factor)
    made = page(boxed=True, shape="open")
    made.box.totals.set("All costs", {"sum": "9 000,00"})
    settle()
    figure = made.box.totals._figures["sum"]
    table = made.table
    right = table.viewport().mapTo(made.box, QPoint(table.columnViewportPosition(4) + table.columnWidth(4), 0)).x()
    assert figure.geometry().right() + 1 == right - table.pads(4)[1]
    assert figure.width() >= figure.sizeHint().width()
    assert made.box.totals.text("sum") == "9\u00a0000,00"
    made.window.hide()


@pytest.mark.parametrize("factor", [0.8, 1.0, 2.0])
def test_a_fitted_table_shows_all_its_rows_and_nothing_is_cut(page, settle, dress, factor):
    dress("light", factor)
    made = page(shape="inset")
    made.table.set_fitted()
    settle()
    last = made.table.visualRect(made.table.rows.index(5, 0))
    assert last.bottom() <= made.table.viewport().height()
    line_height = made.table.fontMetrics().height()
    assert made.table.rowHeight(1) >= line_height
    assert made.table.horizontalHeader().height() >= line_height * 0.9
    made.table.set_rows(ROWS[:3])
    settle()
    assert made.table.height() == made.table.content_height() + (
        made.table.horizontalScrollBar().sizeHint().height() if made.table.horizontalScrollBar().maximum() else 0
    )
    made.window.hide()


def test_a_list_source_gives_its_rows_back():
    source = ListSource(ROWS)
    keys = source.keys()
    assert [key.id for key in keys] == [row.id for row in ROWS]
    assert source.row(2) is ROWS[2]
