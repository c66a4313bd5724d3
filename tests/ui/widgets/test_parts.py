"""Buttons, badges, ledgers, ways out, findings, figures and the meter: what a person sees, presses and hears."""

from __future__ import annotations

import dataclasses

import gallery
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel

from hakemus.ui.look.style import color, look
from hakemus.ui.widgets.badges import STATE, Badge, Banner, Progress
from hakemus.ui.widgets.boxes import Host, Page, clear, column, row, scroll, show_if
from hakemus.ui.widgets.buttons import Button, CardButton, button, tool_button
from hakemus.ui.widgets.charts import BarPart, BarView, Gauge, StackedBar
from hakemus.ui.widgets.empty_state import EmptyState
from hakemus.ui.widgets.exits_table import ExitsTable
from hakemus.ui.widgets.finding_card import FindingView
from hakemus.ui.widgets.labels import Label, label, nb, set_tip
from hakemus.ui.widgets.meter import MeterCell, MeterView
from hakemus.ui.widgets.sum_table import SumRow, SumTable

NB = "\u00a0"


@pytest.fixture
def show(qtbot, dressed, settle):
    alive = []

    def make(widget, width=700, height=400):
        host = Host(column(widget, margins=(10, 10, 10, 10)))
        alive.append(host)
        qtbot.addWidget(host)
        host.resize(width, height)
        host.show()
        settle()
        return widget

    return make


def words(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisible()]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("9 000,00 €", f"9{NB}000,00{NB}€"),
        ("1 234 567 €", f"1{NB}234{NB}567{NB}€"),
        ("18 päivää jäljellä", f"18{NB}päivää jäljellä"),
        ("pe 30.10. klo 16.00", f"pe{NB}30.10. klo{NB}16.00"),
        ("s. 4", f"s.{NB}4"),
        ("pop up -kirjasto", f"pop up{NB}-kirjasto"),
        ("3 kk × 50 %", f"3{NB}kk{NB}×{NB}50{NB}%"),
        ("134 / 500 merkkiä", f"134{NB}/{NB}500{NB}merkkiä"),
        ("Kirjoita hinta", "Kirjoita hinta"),
        ("vuonna 2016", "vuonna 2016"),
    ],
)
def test_figures_do_not_part_from_their_units(text, joined):
    assert nb(text) == joined


def test_text_of_users_is_text(show):
    one = show(Label("<b>R&D</b> &lt;"))
    assert one.text() == "<b>R&D</b> &lt;"
    assert one.textFormat() == Qt.TextFormat.PlainText
    push = Button("R&D <b>")
    set_tip(push, "<b>R&D</b>")
    assert push.toolTip() == "<p>&lt;b&gt;R&amp;D&lt;/b&gt;</p>"
    assert push.text() == "R&&D <b>"  # one & as Qt writes it
    push.set_text("A&B")
    assert QAccessible.queryAccessibleInterface(push).text(QAccessible.Text.Name) == "A&B"


def test_an_icon_alone_has_a_name(show):
    pressed = []
    tool = show(tool_button("trash", "Remove", lambda: pressed.append(True)))
    assert QAccessible.queryAccessibleInterface(tool).text(QAccessible.Text.Name) == "Remove"
    QTest.mouseClick(tool, Qt.MouseButton.LeftButton)
    QTest.keyClick(tool, Qt.Key.Key_Space)
    assert pressed == [True, True]


def test_a_card_is_one_button_with_one_name(show):
    pressed = []
    made = show(CardButton(row(label("Title"), label("much text " * 20, wrap=True)), "Open Title"))
    made.clicked.connect(lambda: pressed.append(True))
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Space)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert pressed == [True] * 3
    assert QAccessible.queryAccessibleInterface(made).text(QAccessible.Text.Name) == "Open Title"
    assert made.heightForWidth(200) > made.heightForWidth(600)


@pytest.mark.parametrize("kind", STATE)
def test_a_badge_is_icon_and_word(show, kind):
    made = show(Badge(kind, "Word"))
    assert words(made) == ["Word"]
    made.set("error", "")
    assert not made.isVisible()
    made.set("done", "Back")
    assert made.isVisible()


def test_a_part_without_a_parent_never_becomes_a_window(dressed, settle):
    made = Badge("done", "")
    made.set("done", "Word")
    show_if(made, bool(made.text()))
    settle()
    assert not made.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == []


def test_a_banner_stays_and_can_be_set_again(show):
    done = []
    made = show(Banner("warning", "Open elsewhere", "You may go on.", "Save as", lambda: done.append("action")))
    assert "Open elsewhere" in words(made)
    made.action.click()
    made.set("error", "Disk full")
    assert words(made) == ["Disk full"]
    assert not made.action.isVisible()
    assert done == ["action"]


def test_progress_says_its_sentence(show):
    made = show(Progress(4, 10, "4 of 10 steps"))
    assert made.accessibleName() == "4 of 10 steps"
    made.set(5, 10, "5 of 10 steps")
    assert made.accessibleName() == "5 of 10 steps"


def test_a_ledger_shows_its_lines_and_keeps_equal_ones(show, settle):
    made = show(SumTable(gallery.LEDGER))
    before = made.findChildren(QLabel)
    made.set(gallery.LEDGER)
    assert made.findChildren(QLabel) == before
    assert f"7{NB}200,00{NB}€" in words(made)
    made.set((SumRow("Only words"),))
    settle()
    assert words(made) == ["Only words"]


def test_each_way_out_has_a_button_with_its_whole_name(show):
    made = show(ExitsTable(gallery.ways()))
    used = []
    made.used.connect(used.append)
    names = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in made.buttons()]
    assert names == ["Käytä: Pienennä avustusta", "Käytä: Karsi kustannuksia", "Käytä: Lisää omaa rahoitusta"]
    for one in made.buttons():
        one.click()
    assert used == ["a", "b", "c"]
    kept = made.buttons()
    made.set(gallery.ways())
    assert made.buttons() == kept


def test_a_finding_stacks_where_it_is_narrow_and_says_what_was_chosen(show, settle):
    card = show(gallery.finding(), 900, 500)
    chosen = []
    card.used.connect(chosen.append)
    card.source_asked.connect(lambda: chosen.append("source"))
    card.action_asked.connect(lambda: chosen.append("action"))
    assert card._body.direction() == QBoxLayout.Direction.LeftToRight
    card.window().resize(520, 700)
    settle()
    assert card._body.direction() == QBoxLayout.Direction.TopToBottom
    card.exits.buttons()[1].click()
    card._source.click()
    card._action.click()
    assert chosen == ["b", "source", "action"]
    card.set(FindingView("note", "Just a sentence", text="More of it."))
    settle()
    assert words(card) == ["Just a sentence", "More of it."]


def test_the_meter_shows_figures_as_labels_that_can_be_read(show, settle):
    made = show(gallery.meter(), 1300, 100)
    picked = []
    made.picked.connect(picked.append)
    assert made.text("grant") == f"7{NB}500{NB}€"
    assert "Haettava avustus" in words(made)
    for one in made.findChildren(QLabel):
        assert one.accessibleName() == ""
    QTest.mouseClick(made._cells["grant"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(made._distance, Qt.MouseButton.LeftButton)
    assert picked == ["grant", "distance"]
    made.window().resize(900, 100)
    settle()
    assert "Avustus" in words(made)
    assert "Haettava avustus" not in words(made)


@pytest.mark.parametrize(
    ("width", "factor"),
    [(1900, 1.0), (1366, 1.0), (1024, 1.0), (800, 1.0), (683, 1.0), (1900, 1.5), (1366, 1.5), (1024, 1.5), (1366, 2.0)],
)
def test_the_meter_never_cuts_a_figure(show, settle, dress, width, factor):
    dress("light", factor)
    made = show(gallery.meter(), width, 160)
    settle()
    cut = [one.text() for one in made.findChildren(QLabel) if one.isVisible() and one.width() < one.sizeHint().width()]
    assert cut == []
    made.window().hide()


def test_the_meter_draws_again_only_what_differs(show):
    made = show(gallery.meter(), 1300, 100)
    view = made._view
    cell = made._cells["grant"]
    made.set(dataclasses.replace(view, distance=None, time=MeterCell("Ends", "2 days")))
    assert made._cells["grant"] is cell
    assert not made._distance.isVisible()
    assert made.text("time") == f"2{NB}days"
    made.set(MeterView())
    assert made._cells == {}


def test_the_bar_names_its_parts_and_hatches_the_excess(show):
    view = BarView(
        (BarPart("Grant", "75", 75, "grant"), BarPart("Own", "25", 25, "own")), 0.5, "Half", "25 over", "All of it"
    )
    made = show(StackedBar(view), 600, 200)
    assert made.accessibleName() == "All of it"
    image = made.grab().toImage()
    y = round(image.height() * 0.45)
    line = [image.pixelColor(x, y).name() for x in range(image.width())]
    assert color("c_grant").name() in line
    assert color("c_own").name() in line
    assert color("error").name() in {image.pixelColor(x, yy).name() for x in range(320, 420) for yy in range(30, 58)}
    made.set(BarView())
    assert made.accessibleName() == ""


def test_a_gauge_takes_any_ratio(show):
    made = show(Gauge())
    for share, cap in ((None, None), (0.5, None), (3.0, 0.8), (-1.0, 2.0)):
        made.set(share, cap)
        made.repaint()
    assert made._share == 0.0


def test_an_empty_list_says_what_belongs_there(show):
    begun = []
    made = show(
        EmptyState("partners", "No partners yet", "Add those who work with you.", "Add", lambda: begun.append(1))
    )
    made.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert begun == [1]
    assert words(made) == ["No partners yet", "Add those who work with you."]


def test_a_page_is_as_high_as_its_words_at_its_width(show, settle):
    inner = Page(column(label("word " * 120, wrap=True), None))
    area = show(scroll(inner), 700, 300)
    assert area.verticalScrollBar().maximum() == 0
    area.window().resize(260, 300)
    settle()
    assert area.verticalScrollBar().maximum() > 0


def test_a_layout_is_emptied_for_good(show, settle):
    host = show(Host(column(label("a"), row(label("b"), 4), None)))
    clear(host.layout())
    settle()
    assert host.findChildren(QLabel) == []
    assert host.layout().count() == 0


def test_the_timeline_is_drawn_on_any_painter(dressed):
    """Paper and screen use the same functions."""
    from hakemus.ui.widgets import gantt

    table = gallery.timeline()
    image = QImage(600, 60, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    rect = QRectF(0, 0, 600, 60)
    gantt.draw_head(painter, rect, table.axis)
    gantt.draw_ground(painter, rect, table.axis)
    gantt.draw_row(painter, rect, table.axis, gantt.Bar(None, None, "no dates"))
    gantt.draw_row(painter, rect, table.axis, table.rows.row_at(1).bar)
    painter.end()
    hues = {image.pixelColor(x, 30).name() for x in range(600)}
    assert color("c_grant").name() in hues
    table.deleteLater()


def test_an_axis_spans_whole_quarters():
    from datetime import date

    from hakemus.ui.widgets.gantt import axis_over

    axis = axis_over([date(2016, 5, 2), date(2017, 12, 31)], gallery.MONTHS)
    assert (axis.start, axis.end) == (date(2016, 4, 1), date(2018, 1, 1))
    assert list(axis.steps(12)) == [date(2017, 1, 1)]
    assert [day.month for day in axis.steps(3)] == [4, 7, 10, 1, 4, 7, 10]
    short = axis_over([date(2016, 5, 2)], gallery.MONTHS)
    assert (short.start, short.end) == (date(2016, 4, 1), date(2017, 4, 1))


def test_buttons_in_a_row_take_the_rank_they_are_given(show):
    made = show(button("Next", "right", after=True))
    made.set_rank("primary")
    made.set_icon("")
    assert made.property("rank") == "primary"
    assert made.icon().isNull()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(
    ("start", "end"),
    [((2019, 6, 1), (2019, 7, 1)), ((2020, 9, 1), (2020, 12, 1)), ((2019, 5, 20), (2020, 11, 30))],
)
def test_the_dates_of_a_bar_hide_no_part_of_it(dress, theme, start, end):
    from datetime import date

    from hakemus.ui.look import style
    from hakemus.ui.widgets import gantt

    dress(theme)
    days = [date(2019, 5, 2), date(2020, 12, 31)]
    axis = gantt.axis_over(days, ("",) * 12, project=(days[0], days[1]))
    picture = QImage(420, 34, QImage.Format.Format_RGB32)
    rect = QRectF(0, 0, 420, 34)
    bar = gantt.Bar(date(*start), date(*end), "20.5.–30.11.")
    painter = QPainter(picture)
    gantt.draw_ground(painter, rect, axis)
    gantt.draw_row(painter, rect, axis, bar)
    painter.end()
    left, right = gantt.ends_of(bar, rect, axis)
    drawn = [picture.pixelColor(x, 12).name().upper() for x in range(int(left) + 3, int(right) - 3)]
    ground = style.hue("c_grant").upper()
    assert drawn[0] == drawn[-1] == ground
    patched = {style.hue("surface").upper(), style.hue("sunken").upper()} - {style.hue("on_c_grant").upper()}
    assert not patched & set(drawn)


@pytest.mark.parametrize(
    ("starts", "ends", "is_open", "ticks"),
    [
        ((2019, 6, 1), (2019, 12, 1), False, 2),
        ((2019, 12, 1), (2019, 12, 1), True, 1),
        ((2021, 5, 1), (2021, 5, 1), True, 0),
    ],
)
def test_a_period_has_a_mark_at_each_end_that_lies_on_the_axis(dressed, starts, ends, is_open, ticks):
    from datetime import date

    from hakemus.ui.widgets import gantt

    axis = gantt.axis_over([date(2019, 5, 2), date(2020, 4, 30)], ("",) * 12)
    picture = QImage(420, 60, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    bracket = gantt.Bracket((date(*starts), date(*ends)), "", open=is_open)
    gantt.draw_periods(painter, QRectF(0, 0, 420, 60), axis, (bracket,))
    painter.end()
    hue, line = color("accent").name(), look().scale.px(21)
    assert picture.pixelColor(int(axis.x(date(2019, 9, 1), QRectF(0, 0, 420, 60))), line).name() == hue
    marks = [x for x in range(420) if picture.pixelColor(x, line + 4).name() == hue]
    assert len([x for x in marks if x - 1 not in marks]) == ticks


def test_a_ledger_is_as_wide_as_its_words_and_figures_need(show, settle):
    ledger = show(SumTable((SumRow("Budget", "1 €"),), width=212))
    assert ledger.minimumWidth() == look().scale.px(212)
    ledger.set((SumRow("Finansiering sammanlagt i", "1 100 000 000,00 €"),))
    settle()
    words, figure = ledger.findChildren(QLabel)
    assert words.width() >= words.sizeHint().width()
    assert ledger.minimumWidth() >= words.sizeHint().width() + figure.sizeHint().width()
    ledger.set((SumRow("Budget", "1 €"),))
    settle()
    assert ledger.minimumWidth() == look().scale.px(212)


def test_a_word_longer_than_words_are_breaks_and_stands_in_its_box(show) -> None:  # type: ignore[no-untyped-def]
    name = "ä" * 250 + ".pdf"
    long = show(label(f"Tiedosto {name} on liian suuri.", wrap=True), width=400)
    assert long.text().replace("\u200b", "") == f"Tiedosto {name} on liian suuri."
    assert long.minimumSizeHint().width() <= 400
    assert max(map(len, long.text().replace(" ", "\u200b").split("\u200b"))) == 20


@pytest.mark.parametrize(
    "text",
    ["Elinkeino-, liikenne- ja ympäristökeskuksen", "a" * 40, "/".join(["kansio"] * 20), "-".join(["osa"] * 20)],
)
def test_what_has_places_to_break_is_left_as_it_is(text: str) -> None:
    assert label(text, wrap=True).text() == text


def test_a_label_of_one_line_is_not_broken() -> None:
    assert label("a" * 60).text() == "a" * 60
    assert label("a" * 41, wrap=True).text() == "\u200b".join(("a" * 20, "a" * 20, "a"))
