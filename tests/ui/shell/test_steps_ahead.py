"""Steps that nobody has opened yet are made while nobody does anything, and open at once then."""

from __future__ import annotations

import pytest
from person import Person, settle
from pytestqt.qtbot import QtBot

from hakemus.domain.steps import STEPS
from hakemus.ui.pages.funding import FundingPage
from hakemus.ui.shell import steps_ahead


@pytest.fixture
def idle(nothing_ahead: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps_ahead, "IDLE_MS", 0)
    monkeypatch.setattr(steps_ahead, "BETWEEN_MS", 0)


@pytest.mark.usefixtures("idle")
def test_every_step_is_made_the_next_one_first(person: Person, qtbot: QtBot) -> None:
    person.start().example()
    wizard = person.wizard
    made = wizard._made
    qtbot.waitUntil(lambda: len(made) == len(STEPS))
    assert list(made) == list(STEPS)
    assert wizard.step == "applicant"
    assert made["applicant"].isVisible()
    assert not any(made[step].isVisible() for step in STEPS[1:])
    page = made["funding"]
    person.session.edit("funding.grant", "7 000")
    person.step("funding")
    assert wizard.page("funding") is page
    assert isinstance(page, FundingPage)
    assert page.fields["funding.grant"].widget.text() == "7\u00a0000,00"
    assert page.size() == wizard._stack.size()


def test_nothing_is_made_while_somebody_is_at_work(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start().example()
    wizard = person.wizard
    timer = wizard._ahead._timer
    monkeypatch.setattr(steps_ahead, "IDLE_MS", 60_000)
    for act in (
        lambda: person.session.edit("project.title", "Uusi nimi"),
        lambda: person.step("project"),
        lambda: wizard.go("project.summary"),
    ):
        timer.stop()
        act()
        settle()
        assert timer.isActive()
        assert timer.remainingTime() > 50_000
    assert set(wizard._made) == {"applicant", "project"}


@pytest.mark.usefixtures("idle")
def test_the_whole_form_makes_no_pages_beside_its_own(person: Person) -> None:
    person.start().example()
    person.controller.command("whole_form")
    before = set(person.wizard._made)
    person.session.edit("project.title", "Uusi nimi")
    settle()
    assert set(person.wizard._made) == before
