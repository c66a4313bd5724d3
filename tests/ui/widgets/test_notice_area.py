"""Messages above a page: whole where there is room, scrolled where there is not, and never squeezed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from hakemus.ui.widgets.boxes import clear_box, column
from hakemus.ui.widgets.labels import label
from hakemus.ui.widgets.notice import Notice, NoticeView
from hakemus.ui.widgets.notice_area import MOST_PERCENT, NoticeArea

WORDS = "Viesti, joka kertoo mitä tapahtui, missä se tapahtui ja mitä sille voi tehdä. " * 2
Made = tuple[NoticeArea, QWidget, list[Notice]]


@pytest.fixture
def made(dressed: QApplication, settle: Callable[[], None]) -> Made:
    """Two messages above a page."""
    area = NoticeArea()
    box = column(gap=0)
    box.addWidget(area)
    box.addWidget(label("Sivu"), 1)
    host = clear_box(box)
    host.resize(900, 800)
    host.show()
    settle()
    notices = [
        Notice(NoticeView("warning", "Otsikko", WORDS, [("Ensimmäinen", lambda: None), ("Toinen", lambda: None)]))
        for _ in range(2)
    ]
    return area, host, notices


def squeezed(notices: list[Notice]) -> list[Notice]:
    return [one for one in notices if one.height() < one.layout().totalHeightForWidth(one.width())]


def test_without_a_message_there_is_nothing(made: Made, settle: Callable[[], None]) -> None:
    area, host, notices = made
    assert not area.isVisible()
    area.set_notices(notices)
    settle()
    assert area.isVisible()
    area.set_notices([])
    settle()
    assert not area.isVisible()
    host.close()


def test_where_there_is_room_messages_are_whole_and_take_no_more(made: Made, settle: Callable[[], None]) -> None:
    area, host, notices = made
    area.set_notices(notices)
    settle()
    assert area.verticalScrollBar().maximum() == 0
    assert squeezed(notices) == []
    assert notices[-1].geometry().bottom() + 1 == area.height()
    wide = area.height()
    host.resize(460, 1_600)
    settle()
    assert area.height() > wide, "narrower words are taller"
    assert area.verticalScrollBar().maximum() == 0
    assert squeezed(notices) == []
    host.close()


def test_where_there_is_no_room_they_scroll_and_leave_the_page_its_half(made: Made, settle: Callable[[], None]) -> None:
    area, host, notices = made
    host.resize(460, 300)
    area.set_notices(notices)
    settle()
    assert area.height() <= host.height() * MOST_PERCENT // 100
    assert area.verticalScrollBar().maximum() > 0
    assert squeezed(notices) == []
    host.resize(900, 1_600)
    area.fit()
    settle()
    assert area.verticalScrollBar().maximum() == 0
    host.close()


def test_words_that_just_fit_beside_no_scroll_bar_get_none(made: Made, settle: Callable[[], None]) -> None:
    area, host, notices = made
    host.resize(460, 1_600)
    area.set_notices(notices)
    for width in range(460, 800, 4):
        host.resize(width, 160)
        settle()
        host.resize(width, 1_600)
        area.fit()
        settle()
        assert area.verticalScrollBar().maximum() == 0, width
        assert squeezed(notices) == [], width
    host.close()


@pytest.mark.parametrize(("width", "left", "right"), [(900, 32, 46), (1400, 223, 237), (600, 12, 26)])
def test_messages_stand_on_the_axis_of_the_page_below(
    made: Made, settle: Callable[[], None], width: int, left: int, right: int
) -> None:
    area, host, notices = made
    host.resize(width, 800)
    area.set_notices(notices)
    area.set_widest(940)
    area.set_axis(scrolls=True)
    settle()
    place = notices[0].geometry()
    assert (place.left(), width - place.right() - 1) == (left, right)
    area.set_axis(scrolls=False)
    settle()
    assert width - notices[0].geometry().right() - 1 == max(left, (width - 940) // 2)
    host.close()
