"""An old application is where a new one begins: chosen with its call, marked where it came from, left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn import drawn_texts
from person import CALL, Person, opening, plain, saving_to, settle
from PySide6.QtWidgets import QScrollArea

from hakemus.ui.dialogs.renew import RenewDialog


def test_a_new_application_from_an_old_file(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "vanha.hakemus"
    person.start().example()
    with saving_to(monkeypatch, file):
        assert person.controller.save()
    person.controller.show_start()
    settle()
    before = file.read_bytes()

    def act(dialog: RenewDialog) -> int:
        dialog.show()
        settle()
        assert not dialog._begin.isEnabled()
        person.click(dialog._choose)
        dialog.which.setCurrentIndex(dialog.which.findData(CALL))
        person.click(dialog._begin)
        person.window.activateWindow()
        settle()
        return dialog.result()

    monkeypatch.setattr(RenewDialog, "exec", act)
    with opening(monkeypatch, file):
        person.click(person.button("Uusi vanhan hakemuksen pohjalta…"))
    assert file.read_bytes() == before
    assert person.session.dirty
    assert person.controller.opened.path is None
    assert "vanhasta hakemuksesta" in person.said
    assert person.session.value("funding.grant") is None
    person.step("project")
    field = person.bound("project.title").widget
    assert plain(field._tag.text()) == "vanhasta hakemuksesta"
    assert "vanhasta hakemuksesta" in field.control.accessibleDescription()
    person.fill("project.title", "Uusi hanke")
    assert plain(field._tag.text()) == ""
    person.undo()
    assert plain(field._tag.text()) == "vanhasta hakemuksesta"

    person.step("partners")
    table = person.table("partners").widget
    marks = {table.rows.row_at(at).cell("name").mark for at in range(table.rows.rowCount()) if table.rows.is_data(at)}
    assert marks == {"old"}
    person.controller.command("accept_old")
    assert person.said.endswith("kentän merkinnät poistettiin. Kumoa palauttaa ne.")
    marks = {table.rows.row_at(at).cell("name").mark for at in range(table.rows.rowCount()) if table.rows.is_data(at)}
    assert marks == {""}
    steps = person.session.steps_done
    person.step("review")
    assert not person.page._old.isVisible()
    person.controller.command("accept_old")
    assert person.said == "Mitään kenttää ei ole merkitty vanhasta hakemuksesta tulleeksi."
    assert person.session.steps_done == steps
    person.undo()
    assert plain(person.page._old._title.text()).endswith("kenttää on ennallaan vanhasta hakemuksesta")
    person.click(person.button("Kaikki on tarkistettu"))
    assert not person.page._old.isVisible()
    person.undo()
    assert person.page._old.isVisible()
    person.step("partners")
    assert table.rows.row_at(0).cell("name").mark == "old"


def test_the_dialog_grows_with_the_path_of_the_old_file(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start()

    def act(dialog: RenewDialog) -> int:
        dialog.show()
        settle()
        person.click(dialog._choose)
        assert dialog.findChildren(QScrollArea)[0].verticalScrollBar().maximum() == 0
        return 0

    monkeypatch.setattr(RenewDialog, "exec", act)
    with opening(monkeypatch, "/home/kirjasto/Asiakirjat/Avustukset/Hakemukset/2018/vanha hakemus.hakemus"):
        person.controller.command("renew")


def test_who_thinks_better_of_it_begins_nothing(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("sv").example("lasande-byar")
    monkeypatch.setattr(RenewDialog, "exec", lambda dialog: 0)
    draft = person.session.draft
    person.controller.command("renew")
    assert person.session.draft is draft


def test_calls_are_told_apart_by_what_stands_at_the_end_of_their_names(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act(dialog: RenewDialog) -> int:
        dialog.show()
        settle()
        shown = set()
        for at in range(dialog.which.count()):
            dialog.which.setCurrentIndex(at)
            settle()
            (words,) = {drawn.text for drawn in drawn_texts(dialog.which)}
            assert words[-4:] == dialog.which.itemText(at)[-4:]
            shown.add(words)
        assert any("…" in words for words in shown)
        assert len(shown) == dialog.which.count()
        return 0

    monkeypatch.setattr(RenewDialog, "exec", act)
    person.start("sv").controller.command("renew")
