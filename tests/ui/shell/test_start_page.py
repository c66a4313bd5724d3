"""The start page says how far each draft is and how long there is time, and leads back to where one was."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from person import CONTROL, Key, Person, plain, saving_to, settle
from PySide6.QtWidgets import QApplication, QLabel

from hakemus.ui.main_window import MainWindow
from hakemus.ui.start import IN_SIGHT, StartPage
from hakemus.ui.widgets.badges import StepStates
from hakemus.ui.widgets.buttons import CardButton


def in_zone(text: str) -> datetime.datetime:
    """A moment of a zone that is stated, else of the funder's."""
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo("Europe/Helsinki"))


def words(person: Person) -> str:
    return plain(" | ".join(made.text() for made in person.window.start.findChildren(QLabel) if made.isVisible()))


def test_a_draft_tells_its_steps_findings_and_time_and_opens_where_it_was_left(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start().example()
    person.wizard.go("funding.grant")
    with saving_to(monkeypatch, tmp_path / "a.hakemus"):
        person.key(Key.Key_S, CONTROL)
    person.key(Key.Key_W, CONTROL)
    start = person.window.start
    (states,) = (one for one in start.findChildren(StepStates) if one.isVisible())
    assert "Hakija: Valmis" in states.accessibleName()
    assert "Rahoitus: Virheitä" in states.accessibleName()
    assert "Viimeksi tallennettaessa: 1 virhe" in words(person)
    assert "1 virhe" in start.first.accessibleName()
    heaviest = "Avustus ylittää enimmäisosuuden 300,00 €"
    assert heaviest in words(person)
    assert heaviest in plain(start.first.accessibleName())
    person.controller.command("language:sv")
    settle()
    assert heaviest not in words(person)
    assert "1 fel" in words(person)
    person.controller.command("language:fi")
    settle()
    start = person.window.start
    person.click(start.first)
    assert person.wizard.step == "funding"
    focused = QApplication.focusWidget()
    assert focused is person.bound("funding.grant").widget.control


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2018-11-15T10:00", "18 päivää | ma 3.12. klo 16.15"),
        ("2018-11-30T14:10", "3 päivää 2 t | ma 3.12. klo 16.15"),
        ("2018-12-03T10:15", "6 tuntia | ma 3.12. klo 16.15"),
        ("2018-12-03T16:16", "Päättynyt | ma 3.12. klo 16.15"),
        ("2018-12-03T14:14+00:00", "alle tunti | ma 3.12. klo 16.15"),
        ("2018-12-03T14:16+00:00", "Päättynyt | ma 3.12. klo 16.15"),
    ],
)
def test_days_and_hours_to_the_closing_minute(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: str, said: str
) -> None:
    person.start().example()
    with saving_to(monkeypatch, tmp_path / "a.hakemus"):
        person.key(Key.Key_S, CONTROL)
    view = person.controller.start_view()
    moment = in_zone(now)
    person.window.start.set(replace(view, now=moment))
    person.window.show_start()
    settle()
    assert said in words(person)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2018-11-15T16:00", "18 päivää jäljellä"),
        ("2018-11-15T17:00", "17 päivää jäljellä"),
        ("2018-12-02T10:00", "30 tuntia jäljellä"),
        ("2018-12-03T15:14", "1 tunti jäljellä"),
        ("2018-10-19T12:00", "Avautuu 10 päivän kuluttua"),
        ("2018-12-03T08:15-05:00", "1 tunti jäljellä"),
        ("2018-12-03T08:16-05:00", "alle tunti jäljellä"),
    ],
)
def test_calls_tell_when_they_open_and_close(person: Person, now: str, said: str) -> None:
    """In the same days and hours as the meter of an application."""
    person.start()
    view = person.controller.start_view()
    moment = in_zone(now)
    person.window.start.set(replace(view, now=moment))
    settle()
    assert said in words(person)


def test_calls_come_after_the_first_paint_and_what_stands_already_stays(person: Person) -> None:
    person.start()
    start = StartPage(person.window.words, person.controller.start_view())
    start.resize(1366, 768)
    painted: list[int] = []
    start.in_sight.connect(lambda: painted.append(len(calls(start))))
    assert not calls(start)
    room = start._call_list.minimumHeight()
    start.show()
    while not painted:
        settle()
    assert painted == [IN_SIGHT]
    first = calls(start)[:IN_SIGHT]
    settle()
    assert calls(start)[:IN_SIGHT] == first
    assert len(calls(start)) == len(person.controller.start_view().calls)
    assert start._call_list.minimumHeight() == 0
    assert start._call_list.height() >= room
    start.deleteLater()


def calls(start: StartPage) -> list[CardButton]:
    return start._call_list.findChildren(CardButton)


def test_menus_are_full_for_whoever_opens_them_first(person: Person) -> None:
    person.start()
    window = MainWindow(person.window.words, person.controller.start_view())
    window.set_choice("theme", "dark")
    menus = [action.menu() for action in window.menuBar().actions()]
    assert not any(menu.actions() for menu in menus)
    menus[0].aboutToShow.emit()
    assert all(menu.actions() for menu in menus)
    count = len(menus[0].actions())
    menus[0].aboutToShow.emit()
    assert len(menus[0].actions()) == count
    assert not window.action("save").isEnabled()
    assert window.action("open").isEnabled()
    assert [made.data() for made in window._groups["theme"].actions() if made.isChecked()] == ["dark"]
    window.deleteLater()


def test_other_ways_to_begin_are_in_sight_without_scrolling(person: Person) -> None:
    person.start()
    person.window.resize(1280, 800)
    settle()
    area = person.window.start.area
    for name in ("Uusi vanhan hakemuksen pohjalta…", "Tuo vanha rekisterisivu…", "Kirjastot…"):
        made = person.button(name)
        at = made.mapTo(area, made.rect().bottomRight())
        assert area.rect().contains(at), name
