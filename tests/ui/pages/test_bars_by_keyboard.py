"""The bars of the timeline move by keys while the cursor stands on them."""

from __future__ import annotations

from person import ALT, CONTROL, SHIFT, Key, Person, settle


def test_a_bar_moves_by_days_and_weeks_and_its_end_alone(person: Person) -> None:
    person.start().new().step("timeline")
    row = person.add_row("activities")
    person.type("Kiertue")
    person.key(Key.Key_Return)
    person.session.edit(f"{row}.starts_on", "1.3.2019")
    person.session.edit(f"{row}.ends_on", "2.3.2019")
    table = person.table("activities").widget
    before = person.session.draft

    def days() -> tuple[str, str]:
        return person.at(f"{row}.starts_on"), person.at(f"{row}.ends_on")

    table.focus_cell(row, "title")
    person.key(Key.Key_Right, CONTROL)
    assert days() == ("1.3.2019", "2.3.2019")
    table.focus_cell(row, "chart")
    person.key(Key.Key_Right, CONTROL)
    assert days() == ("2.3.2019", "3.3.2019")
    assert table.current() == (row, "chart")
    person.key(Key.Key_Left, ALT)
    assert days() == ("23.2.2019", "24.2.2019")
    person.key(Key.Key_Right, CONTROL | SHIFT)
    assert days() == ("23.2.2019", "25.2.2019")
    for _ in range(4):
        person.key(Key.Key_Left, CONTROL | SHIFT)
    assert days() == ("23.2.2019", "23.2.2019")
    for _ in range(5):
        person.undo()
    assert person.session.draft == before


def test_a_milestone_moves_and_a_bar_without_days_stays(person: Person) -> None:
    person.start().new().step("timeline")
    row = person.add_row("activities")
    person.type("Avajaiset")
    person.key(Key.Key_Return)
    table = person.table("activities").widget
    table.focus_cell(row, "chart")
    before = person.session.draft
    person.key(Key.Key_Right, CONTROL)
    assert person.session.draft is before
    person.session.edit(f"{row}.starts_on", "1.3.2019")
    person.key(Key.Key_Right, CONTROL)
    assert (person.at(f"{row}.starts_on"), person.at(f"{row}.ends_on")) == ("2.3.2019", "")


def test_a_use_period_of_which_only_the_end_is_known_is_marked(person: Person) -> None:
    """The call of 2018 lets the grant be used until the end of 2020 and names no first day."""
    person.start().new().step("timeline")
    rows = person.table("activities").widget.rows
    (periods,) = [row for row in map(rows.row_at, range(rows.rowCount())) if row.brackets]
    use = next(item for item in periods.brackets if item.open)
    assert use.words == "Avustuksen käyttöaika \u201331.12.2020"
    assert use.words in periods.spoken
    axis = person.table("activities").widget.axis
    assert axis.end < use.period[1]  # it does not make the chart of a short project narrow


def test_the_flag_of_today_has_a_line_of_its_own_where_today_is_in_sight(person: Person) -> None:
    person.start().example("pop-up-kirjasto").step("timeline")
    table = person.table("activities").widget
    assert not table.axis.shows_today
    bare = table.rowHeight(0)
    person.session.edit("project.starts_on", "1.10.2018")
    settle()
    assert table.axis.shows_today
    assert table.rowHeight(0) > bare
    person.session.undo()
    settle()
    assert table.rowHeight(0) == bare
