"""Rows that go on in further lines: nothing is wider than its place, and reading order stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from hakemus.ui.widgets.boxes import clear_box, column
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.flow import Aside, Flow
from hakemus.ui.widgets.labels import label
from hakemus.ui.widgets.notice import Notice, NoticeView


def shown(widget: QWidget, width: int, settle: Callable[[], None]) -> None:
    host = clear_box(column(widget, None))
    host.resize(width, 400)
    host.show()
    settle()
    widget.host = host  # type: ignore[attr-defined]  # it lives as long as what it shows


@pytest.mark.parametrize(("width", "lines"), [(700, 1), (300, 2), (150, 4)])
def test_a_row_takes_as_many_lines_as_it_needs(
    dressed: QApplication, settle: Callable[[], None], width: int, lines: int
) -> None:
    parts = [button(word) for word in ("Lisää rivi", "Lisää henkilö", "Yhteydet…", "Poista")]
    box = clear_box(Flow(*parts[:2], None, *parts[2:]))
    shown(box, width, settle)
    tops = [part.y() for part in parts]
    assert len(set(tops)) == lines
    assert tops == sorted(tops)
    assert all(part.geometry().right() < width for part in parts)
    assert box.height() >= parts[-1].geometry().bottom()
    if lines == 1:
        assert parts[-1].geometry().right() == box.width() - 1
        assert parts[2].x() - parts[1].geometry().right() > 50
    box.host.close()  # type: ignore[attr-defined]


def test_what_is_hidden_takes_no_room(dressed: QApplication, settle: Callable[[], None]) -> None:
    first, second = button("Ensimmäinen"), button("Toinen")
    box = clear_box(Flow(first, second))
    first.hide()
    shown(box, 500, settle)
    assert second.x() == 0
    assert box.layout().itemAt(9) is None
    assert box.layout().takeAt(9) is None
    assert box.layout().takeAt(0) is not None
    assert box.layout().count() == 1
    box.host.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "below"), [(700, False), (320, True)])
def test_a_button_goes_under_words_that_need_the_room(
    dressed: QApplication, settle: Callable[[], None], width: int, below: bool
) -> None:
    words, side = label("Sanoja, jotka tarvitsevat tilaa ja jatkuvat " * 3, wrap=True), button("Siirry havaintoon")
    box = clear_box(Aside(words, side))
    shown(box, width, settle)
    assert (side.y() >= words.geometry().bottom()) is below
    assert side.geometry().right() < width
    assert words.height() >= words.heightForWidth(words.width())
    side.hide()
    settle()
    assert words.width() == box.width()
    box.host.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "lines"), [(900, 1), (420, 3)])
def test_no_button_of_a_message_is_cut_however_narrow_it_is(
    dressed: QApplication, settle: Callable[[], None], width: int, lines: int
) -> None:
    words = ("Spara under ett nytt namn…", "Visa den senaste versionen", "Öppna det osparade arbetet")
    made = Notice(
        NoticeView("error", "Filen är skadad", "Texten kunde läsas.", [(word, lambda: None) for word in words])
    )
    shown(made, width, settle)
    assert all(part.width() >= part.sizeHint().width() for part in made.buttons)
    assert len({part.y() for part in made.buttons}) == lines
    assert made.buttons[-1].geometry().bottom() < made.height()
    made.host.close()  # type: ignore[attr-defined]
