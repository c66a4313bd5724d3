"""Every table of every step is worked from the keyboard, and every step of it can be undone and redone."""

from __future__ import annotations

import pytest
from person import ALT, CONTROL, Key, Person, settle
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.widgets.page_area import area_around

TABLES = (
    ("applicant", "applicant.contacts", "name"),
    ("goals", "goals[g1].indicators", "name"),
    ("partners", "partners", "name"),
    ("partners", "team", "name"),
    ("timeline", "activities", "title"),
    ("budget", "budget.lines", "description"),
    ("funding", "funding.own", "description"),
    ("funding", "funding.other", "source"),
    ("funding", "funding.income", "description"),
    ("attachments", "attachments", "title"),
)


def ids(person: Person, table: str) -> list[str]:
    return [item.id for item in person.session.value(table) or ()]


def names(person: Person, table: str, column: str) -> list[str]:
    return [getattr(item, column) or "" for item in person.session.value(table) or ()]


def opened(person: Person, step: str, table: str) -> None:
    person.start().new()
    if table.startswith("goals["):
        person.session.insert_row("goals", {"text": "x"})
        table = table.replace("g1", person.session.value("goals")[0].id)
    person.step(step)


def real(person: Person, table: str) -> str:
    return table.replace("g1", ids(person, "goals")[0]) if "g1" in table else table


@pytest.mark.parametrize(("step", "table", "column"), TABLES)
def test_rows_are_added_edited_moved_copied_and_removed(person: Person, step: str, table: str, column: str) -> None:
    opened(person, step, table)
    table = real(person, table)
    empty = person.session.draft
    seen = [empty]
    first = person.add_row(table)
    person.type("äö")  # a new row is open for typing at once
    person.key(Key.Key_Return)
    assert names(person, table, column) == ["äö"]
    second = person.add_row(table)
    person.type("b")
    person.key(Key.Key_Return)
    seen.append(person.session.draft)

    widget = person.table(table).widget
    widget.focus_cell(second, column)
    person.key(Key.Key_Up, ALT)
    assert names(person, table, column) == ["b", "äö"]
    assert widget.current_row() == second  # the cursor goes with its row
    seen.append(person.session.draft)
    person.key(Key.Key_D, CONTROL)
    assert names(person, table, column) == ["b", "b", "äö"]
    seen.append(person.session.draft)
    widget.focus_cell(first, column)
    person.key(Key.Key_Delete, CONTROL)
    assert names(person, table, column) == ["b", "b"]
    assert widget.current_row()  # the cursor stays in the table
    assert widget.hasFocus()

    last = person.session.draft
    done = 0
    while person.session.undo_label is not None and person.session.draft != empty:
        said = person.wizard.desk.say(person.session.undo_label)
        assert person.window.action("undo").text() == person.t("Undo: {step}", step=said)
        person.undo()
        done += 1
        assert done < 20
    assert done == 7
    assert person.session.draft == empty
    for _ in range(done):
        person.redo()
    assert person.session.draft == last


@pytest.mark.parametrize(("step", "table", "column"), [TABLES[at] for at in (0, 1, 4, 5)])
def test_undo_inside_an_open_cell_takes_the_typing_back(person: Person, step: str, table: str, column: str) -> None:
    opened(person, step, table)
    table = real(person, table)
    row = person.add_row(table)
    person.type("first")
    person.key(Key.Key_Return)
    person.table(table).widget.focus_cell(row, column)
    person.key(Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    person.key(Key.Key_End)
    person.type(" and more")
    assert names(person, table, column) == ["first and more"]
    person.undo()
    assert names(person, table, column) == ["first"]
    editor = QApplication.focusWidget()
    if isinstance(editor, QLineEdit):  # an editor that stays shows what stands
        assert editor.text() == "first"
    person.key(Key.Key_Escape)
    assert names(person, table, column) == ["first"]
    person.redo()
    assert names(person, table, column) == ["first and more"]


def test_escape_takes_back_what_was_typed_in_a_cell(person: Person) -> None:
    person.start().new().step("partners")
    row = person.add_row("partners")
    person.type("kept")
    person.key(Key.Key_Return)
    person.table("partners").widget.focus_cell(row, "name")
    person.key(Key.Key_F2)
    person.type("other")
    person.key(Key.Key_Escape)
    assert person.at(f"{row}.name") == "kept"


def test_a_pasted_block_becomes_rows_and_one_step(person: Person) -> None:
    person.start().new().step("budget")
    row = person.add_row("budget.lines")
    person.type("Bicycle")
    person.key(Key.Key_Return)
    person.table("budget.lines").widget.focus_cell(row, "description")
    before = person.session.draft
    QGuiApplication.clipboard().setText("Cart\t\t2\tpcs\t1 234,50\nBags\t\t3\tpcs\t12,5x\n")
    person.key(Key.Key_V, CONTROL)
    lines = person.session.value("budget.lines")
    assert [item.description for item in lines] == ["Cart", "Bags"]
    assert lines[0].unit_price.cents == 123_450
    assert lines[1].unit_price is None
    assert person.at(f"budget.lines[{lines[1].id}].unit_price") == "12,5x"
    person.undo()
    assert person.session.draft == before


def test_rows_are_pasted_over_the_columns_and_rows_in_sight(person: Person) -> None:
    """A narrow window has no column of cost types, and the rows of a cost type stand together whatever their order."""
    person.start().new().step("budget")
    session = person.session
    for text, category in (("Bicycle", "equipment"), ("Training", "services"), ("Bags", "equipment")):
        session.insert_row("budget.lines", {"description": text, "category": category})
    table = person.table("budget.lines").widget
    settle()
    assert table.isColumnHidden(table.rows.column_of("category"))
    lines = {item.description: f"budget.lines[{item.id}]" for item in session.value("budget.lines")}
    order = [key for at in range(table.rows.rowCount()) if (key := table.rows.key_at(at).id) in lines.values()]
    before = session.draft

    table.focus_cell(order[0], "quantity")
    QGuiApplication.clipboard().setText("1\tpcs\t10\n2\tpcs\t20\n")
    person.key(Key.Key_V, CONTROL)
    assert [person.at(f"{row}.quantity") for row in order] == ["1", "2", ""]
    assert [person.at(f"{row}.unit") for row in order] == ["pcs", "pcs", ""]
    assert {item.category for item in session.value("budget.lines")} == {"equipment", "services"}

    table.focus_cell(order[0], "description")
    person.key(Key.Key_C, CONTROL)
    table.focus_cell("+add")
    person.key(Key.Key_V, CONTROL)
    copied = session.value("budget.lines")[-1]
    assert (copied.category, copied.quantity, copied.unit) == (None, 1, "pcs")
    person.undo()
    person.undo()
    assert session.draft == before


def cursor_in_sight(table: RowTable) -> bool:
    area = area_around(table)
    assert area is not None
    cell = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(area.viewport(), cell.topLeft()).y()
    return top >= 0 and top + cell.height() <= area.viewport().height()


def many_partners(person: Person) -> RowTable:
    person.start().new()
    person.window.resize(900, 650)
    for at in range(30):
        person.session.insert_row("partners", {"name": f"Yhdistys {at}"})
    person.step("partners")
    return person.table("partners").widget


def test_the_page_follows_the_cursor_of_a_table_higher_than_the_window(person: Person) -> None:
    table = many_partners(person)
    table.setFocus()
    settle()
    person.key(Key.Key_End, CONTROL)
    settle()
    assert table.current()[0] == "+add"
    assert cursor_in_sight(table)
    person.key(Key.Key_Return)
    settle()
    assert table.edited_cell is not None
    assert cursor_in_sight(table)
    person.key(Key.Key_Escape)
    person.key(Key.Key_Home, CONTROL)
    for _ in range(20):
        person.key(Key.Key_Down)
        settle()
        assert cursor_in_sight(table)


def test_on_the_long_page_the_cursor_waits_until_the_page_has_come_to_where_it_goes(person: Person) -> None:
    many_partners(person)
    person.controller.command("whole_form")
    settle()
    form = person.wizard.form
    assert form is not None
    form._settled.setInterval(10**6)
    person.controller.command("step:partners")
    table = person.table("partners").widget
    table.setFocus()
    person.key(Key.Key_Home, CONTROL)
    person.key(Key.Key_End, CONTROL)
    settle()
    assert not cursor_in_sight(table)
    form._settled.timeout.emit()
    assert cursor_in_sight(table)
    person.controller.command("step:partners")
    person.key(Key.Key_Up)
    settle()
    person.wheel(form.area.viewport())
    settle()
    assert not cursor_in_sight(table), "whoever scrolls by hand is not brought back"
    person.key(Key.Key_Down)
    settle()
    assert cursor_in_sight(table)


def test_a_choice_is_made_and_a_closed_list_changes_nothing(person: Person) -> None:
    person.start().new().step("partners")
    row = person.add_row("partners")
    person.type("Town")
    person.key(Key.Key_Return)
    widget = person.table("partners").widget
    before = person.session.draft
    widget.focus_cell(row, "commitment")
    person.key(Key.Key_F2)
    person.key(Key.Key_Down)
    person.key(Key.Key_Escape)  # the list
    person.key(Key.Key_Escape)  # the cell
    assert person.session.draft is before
    widget.focus_cell(row, "commitment")
    person.key(Key.Key_F2)
    person.key(Key.Key_Down)
    person.key(Key.Key_Down)
    person.key(Key.Key_Return)
    assert person.at(f"{row}.commitment") == "asked"


def test_payers_and_activities_follow_their_rows(person: Person) -> None:
    person.start().new().step("budget")
    line = person.add_row("budget.lines")
    person.type("Bags")
    person.key(Key.Key_Return)
    person.step("partners")
    partner = person.add_row("partners")
    person.type("Village club")
    person.key(Key.Key_Return)
    person.step("budget")
    widget = person.table("budget.lines").widget
    widget.focus_cell(line, "payer")
    choices = dict(widget.rows.columns[widget.rows.column_of("payer")].choices)
    name = person.session.value("partners")[0].id
    assert choices[name] == "Village club"
    settle()
    assert person.bound(f"{line}.payer").widget.control.findData(name) >= 0
    person.session.edit(f"{partner}.name", "Town")
    choices = dict(widget.rows.columns[widget.rows.column_of("payer")].choices)
    assert choices[name] == "Town"
    control = person.bound(f"{line}.payer").widget.control
    assert control.itemText(control.findData(name)) == "Town"


def test_a_person_takes_money_months_and_a_category(person: Person) -> None:
    person.start().new()
    page = person.step("budget")
    person.click(person.button(person.t("Add a person"), page))
    row = f"budget.people[{ids(person, 'budget.people')[0]}]"
    person.type("Guide")
    person.key(Key.Key_Return)
    widget = person.table("budget.lines").widget
    for column, text in (("quantity", "3"), ("unit_price", "2 300")):
        widget.focus_cell(row, column)
        person.key(Key.Key_F2)
        person.type(text)
        person.key(Key.Key_Return)
    settle()
    person.fill(f"{row}.time_percent", "50")
    person.fill(f"{row}.side_cost_percent", "24")
    assert person.session.check.totals.costs.cents == 427_800
    widget.focus_cell(row, "description")
    person.key(Key.Key_Delete, CONTROL)
    assert not ids(person, "budget.people")
    person.undo()
    assert person.session.check.totals.costs.cents == 427_800


def test_goals_are_ticked_by_keyboard_and_the_box_keeps_its_focus(person: Person) -> None:
    person.start().new()
    for text in ("One", "Two"):
        person.session.insert_row("goals", {"text": text})
    goals = ids(person, "goals")
    person.step("timeline")
    row = person.add_row("activities")
    person.type("Tour")
    person.key(Key.Key_Return)
    settle()
    box = person.page.fields[f"{row}.goals"].widget.control
    box.setFocus()
    person.key(Key.Key_Space)
    assert person.session.value(f"{row}.goals") == (goals[0],)
    assert QApplication.focusWidget() is box
    person.key(Key.Key_Space)
    assert not person.session.value(f"{row}.goals")
    assert QApplication.focusWidget() is box
