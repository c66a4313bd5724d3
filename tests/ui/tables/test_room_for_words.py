"""Words are read where they were written: rows grow with them, lists take the room they need, figures give way last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication

from hakemus.ui.look.style import font, px
from hakemus.ui.look.tokens import HEIGHT
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.tables.rows import Cell, Column, Row, TableWords
from hakemus.ui.tables.wrapping import MOST_LINES, is_cut, line_height, wrapped

TEXT = "Järjestää uimarannan tapahtumapäivät, lainaa telttansa ja kutsuu 𝄞 kyläläiset mukaan"
COLUMNS = (
    Column("name", "Kumppani", stretch=True, width=190),
    Column("role", "Rooli", width=190),
    Column("state", "Tila", width=80, choices=(("", ""), ("a", "Aineet, tarvikkeet ja tavarat"))),
    Column("sum", "Summa €", "num", 130),
)


Make = Callable[..., RowTable]


@pytest.fixture
def made(dressed: QApplication) -> Iterator[Make]:
    """Tables of a width with these rows, gone after the test."""
    tables: list[RowTable] = []

    def make(width: int, *rows: Row) -> RowTable:
        table = RowTable(COLUMNS, TableWords("Kumppanit"))
        tables.append(table)
        table.set_rows(rows)
        table.set_fitted()
        table.resize(width, 300)
        table.show()
        return table

    yield make
    for table in tables:
        table.close()
        table.deleteLater()


def line(row_id: str, **texts: str) -> Row:
    return Row(row_id, "line", {key: Cell(text) for key, text in texts.items()})


@pytest.mark.usefixtures("dressed")
def test_words_go_on_in_further_lines_and_none_is_lost() -> None:
    metrics = QFontMetrics(font("table"))
    lines = wrapped(TEXT, 160, 9)
    assert len(lines) > 3
    assert " ".join(lines) == TEXT
    assert all(metrics.horizontalAdvance(one) <= 160 for one in lines)
    assert not is_cut(TEXT, 160, len(lines))


@pytest.mark.usefixtures("dressed")
def test_what_is_longer_than_the_row_grows_is_cut_in_its_last_line() -> None:
    lines = wrapped(TEXT, 100)
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
    assert is_cut(TEXT, 100)


@pytest.mark.usefixtures("dressed")
def test_lines_of_a_text_are_its_words_not_its_breaks() -> None:
    assert wrapped("yksi\nkaksi", 300) == ("yksi kaksi",)


def test_a_row_is_as_high_as_its_words_and_sinks_again(made: Make) -> None:
    table = made(700, line("a", name="Kylä", role=TEXT), line("b", name="Koulu", role="Tila"))
    one = px(HEIGHT["row"])
    assert table.rowHeight(0) > one
    assert (table.rowHeight(0) - one) % line_height() == 0
    assert table.rowHeight(1) == one
    assert table.height() == table.full_height()
    table.set_rows([line("a", name="Kylä", role="Tila"), line("b", name="Koulu", role="Tila")])
    assert table.rowHeight(0) == one
    assert table.height() == table.full_height()


def test_a_row_of_two_lines_has_two_for_its_other_words(made: Make) -> None:
    person = Row("a", "person", {"name": Cell("Ohjaaja"), "role": Cell(TEXT)}, "3 kk × 50 %")
    table = made(900, person)
    row, at = table.rows.row_at(0), table.rows.column_of("role")
    assert len(table.lines_of(row, at)) == 2
    assert table.lines_of(row, at) == wrapped(TEXT, table.words_width(row, at), 2)
    assert table.lines_of(row, 0) == ("Ohjaaja",)
    assert table.rowHeight(0) == px(HEIGHT["row2"]) >= 2 * line_height()
    short = made(900, Row("a", "person", {"name": Cell("Ohjaaja"), "role": Cell("Kylä")}, "3 kk × 50 %"))
    below = table.viewport().grab(table.visualRect(table.rows.index(0, at))).toImage()
    above = short.viewport().grab(short.visualRect(short.rows.index(0, at))).toImage()
    low = range(below.height() * 2 // 3, below.height() - 4)
    inks = [{image.pixel(x, y) for x in range(8, image.width() - 8) for y in low} for image in (below, above)]
    assert len(inks[0]) > 10 > len(inks[1])  # the second line is drawn, and a short word stays in the first


def test_a_list_takes_the_room_that_its_longest_word_needs(made: Make) -> None:
    table = made(900, line("a", name="Kylä", state="Aineet, tarvikkeet ja tavarat"))
    at = table.rows.column_of("state")
    assert not is_cut("Aineet, tarvikkeet ja tavarat", table.words_width(table.rows.row_at(0), at), 1)
    assert sum(table.columnWidth(at) for at in range(4)) == table.viewport().width()


def test_where_there_is_little_room_words_give_way_and_figures_stay(made: Make) -> None:
    table = made(460, line("a", name="Kylä", role=TEXT, sum="1 234 567,00"))
    assert table.horizontalScrollBar().maximum() == 0
    at = table.rows.column_of("sum")
    need = QFontMetrics(font("table")).horizontalAdvance("1 234 567,00")
    assert table.columnWidth(at) - sum(table.pads(at)) >= need


def test_a_column_that_somebody_drew_keeps_its_width(made: Make) -> None:
    table = made(900, line("a", name="Kylä"))
    table.horizontalHeader().resizeSection(1, 240)
    table.resize(700, 300)
    assert table.columnWidth(1) == 240
    table.set_hidden(["role"])
    table.set_hidden([])
    assert table.columnWidth(1) == 240


def test_words_take_what_the_column_that_stretches_can_spare(made: Make) -> None:
    mail = "kirjastotoimenjohtaja@kirjasto.esimerkki.fi"
    table = made(860, line("a", name="Kylä", role=mail, sum="1,00"))
    assert table.rowHeight(0) == px(HEIGHT["row"])
    assert wrapped(mail, table.words_width(table.rows.row_at(0), 1)) == (mail,)
    long = made(860, line("a", name=TEXT, role=mail, sum="1,00"))
    assert long.columnWidth(1) < table.columnWidth(1)


def test_a_mark_before_the_words_breaks_none_of_them(made: Make) -> None:
    text = "henkilökunta"
    table = made(900, Row("a", "line", {"name": Cell("Kumppani"), "role": Cell(text * 2, mark="old")}))
    at = [column.key for column in COLUMNS].index("role")
    assert table.lines_of(table.rows.row_at(0), at) == (text * 2,)


def test_words_that_just_fit_are_drawn_to_their_last_pixel(made: Make) -> None:
    """A line is let be two pixels wider than its box; these were cut off."""
    table = made(900, line("a", name="Kumppani", role="uimarannat ja muut"))
    at = [column.key for column in COLUMNS].index("role")
    need = QFontMetrics(font("table")).horizontalAdvance("uimarannat ja muut")

    def drawn(room: int) -> QImage:
        table.setColumnWidth(at, room)
        table.setColumnWidth(at, room - (table.words_width(table.rows.row_at(0), at) - need) + room - need)
        assert table.words_width(table.rows.row_at(0), at) == room
        box = table.visualRect(table.rows.index(0, at))
        image = table.viewport().grab(box).toImage()
        return image.copy(0, 4, table.pads(at)[0] + need + 1, box.height() - 8)

    assert drawn(need) == drawn(need + 30)
