"""A library's data are kept once: filled into a new application, compared with a draft, never pushed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import CALL, Person, plain, settle
from PySide6.QtWidgets import QDialog, QScrollArea

from hakemus.domain.application import Applicant
from hakemus.ui.dialogs.libraries import LibrariesDialog
from hakemus.ui.dialogs.profile_compare import ProfileCompareDialog
from hakemus.usecases.library_profile import Profile

LAKE = Profile(
    "p1",
    Applicant(
        library="Järvikirjasto",
        isil="FI-Jarvi",
        phone="040 1",
        vat="recovers",
        contacts=({"id": "c1", "role": "responsible", "name": "Aino Esimerkki"},),
    ),
    ("Lukemisen vuosi",),
)
HILL = Profile("p2", Applicant(library="Mäkikirjasto"))


def keep(person: Person, *profiles: Profile) -> None:
    person.controller.services.profiles.write(profiles)
    person.controller.refresh_start()
    settle()


def when(monkeypatch: pytest.MonkeyPatch, kind: type[QDialog], act: Callable[..., object]) -> None:
    """What a person does in a dialog, in place of its loop."""

    def run(dialog: QDialog) -> int:
        dialog.show()
        dialog.activateWindow()
        settle()
        act(dialog)
        dialog.parentWidget().activateWindow()
        settle()
        return dialog.result()

    monkeypatch.setattr(kind, "exec", run)


def test_long_addresses_need_no_scrolling_sideways_in_large_text(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start(size=200)
    keep(person, Profile("p1", LAKE.applicant.model_copy(update={"email": "kirjasto@jarvikallio.esimerkki.fi"})))
    person.new(CALL)
    person.fill("applicant.email", "asiakaspalvelu@jarvikallio.fi")
    scrolls: list[int] = []

    def look(dialog: ProfileCompareDialog) -> None:
        dialog.resize(780, 700)
        settle()
        scrolls.append(dialog.findChildren(QScrollArea)[0].horizontalScrollBar().maximum())

    when(monkeypatch, ProfileCompareDialog, look)
    person.controller.command("library_fill")
    assert scrolls == [0]


def test_a_new_application_begins_with_the_library_that_is_chosen(person: Person) -> None:
    person.start()
    assert not person.window.start._library_row.isVisible()
    keep(person, LAKE, HILL)
    assert person.window.start._library_row.isVisible()
    room = person.window.start._library_row.width()
    assert person.window.start._library.width() > room / 2, "names of libraries are long"
    person.window.start._library.setCurrentIndex(0)
    person.new(CALL)
    assert person.at("applicant.library") == "Järvikirjasto"
    assert person.session.value("applicant.contacts")[0].name == "Aino Esimerkki"
    assert not person.session.dirty
    person.controller.show_start()
    person.window.start._library.setCurrentIndex(2)
    person.new(CALL)
    assert person.at("applicant.library") == ""
    assert plain(person.page._library._text.text()) == "Järvikirjasto, Mäkikirjasto"


def test_what_differs_is_shown_and_taken_where_ticked_as_one_step(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start()
    keep(person, LAKE, HILL)
    person.window.start._library.setCurrentIndex(0)
    person.new(CALL)
    banner = person.page._library
    assert not banner.isVisible()
    person.fill("applicant.phone", "09 2")
    assert banner.isVisible()
    person.fill("applicant.street", "Katu 1")
    assert "1 kenttä" in plain(banner._text.text())
    keep(person, Profile("p1", LAKE.applicant.model_copy(update={"email": "uusi@example.fi"})))
    person.controller.desk.bridge.profiles_changed.emit()
    assert "2 kenttää" in plain(banner._text.text())
    shown: list[list[str]] = []

    def act(dialog: ProfileCompareDialog) -> None:
        shown.append([box.accessibleName() for box, _ in dialog.boxes])
        dialog.boxes[1][0].click()
        dialog._take.click()

    when(monkeypatch, ProfileCompareDialog, act)
    before = person.session.draft
    person.click(banner.action)
    assert shown == [
        [
            "Puhelin: hakemuksessa 09 2, tallessa 040 1",
            "Sähköposti: hakemuksessa Ei täytetty, tallessa uusi@example.fi",
        ]
    ]
    assert (person.at("applicant.phone"), person.at("applicant.email")) == ("040 1", "")
    assert person.said.startswith("1 kenttä otettiin kirjaston tallessa olevista tiedoista.")
    assert person.at("applicant.street") == "Katu 1"
    person.undo()
    assert person.session.draft == before
    when(monkeypatch, ProfileCompareDialog, lambda dialog: dialog.reject())
    person.controller.command("library_fill")
    assert person.session.draft == before


def test_data_of_an_application_are_kept_for_the_next(person: Person) -> None:
    person.start().new()
    person.controller.command("library_keep")
    assert person.said == "Täytä ensin kirjasto tai organisaatio."
    person.fill("applicant.library", "Suokirjasto")
    person.controller.command("library_keep")
    assert [item.name for item in person.controller.services.profiles.read()] == ["Suokirjasto"]
    assert not person.page._library.isVisible()
    person.fill("applicant.phone", "1")
    person.answers = ["", "replace"]
    person.controller.command("library_keep")
    assert person.controller.services.profiles.read()[0].applicant.phone is None
    person.controller.command("library_keep")
    assert person.controller.services.profiles.read()[0].applicant.phone == "1"
    person.controller.command("library_keep")
    assert [title for title, *_ in person.asked] == ["Korvataanko tallessa olevat tiedot: Suokirjasto?"] * 2


def test_libraries_are_edited_on_the_page_that_applications_have(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start()
    keep(person, LAKE)

    def act(dialog: LibrariesDialog) -> None:
        page = dialog._page
        assert page is not None
        assert page.fields["applicant.isil"].widget.text() == "FI-Jarvi"
        page.desk.session.edit("applicant.phone", "050 3")
        page.strategies.set_text("Lukemisen vuosi\n\n Tilat ")
        person.click(person.button("Uusi kirjasto", dialog))
        person.type("Mäen kaupunki")
        assert dialog.which.currentText() == "Mäen kaupunki"
        dialog._save.click()

    when(monkeypatch, LibrariesDialog, act)
    person.controller.command("libraries")
    lake, hill = person.controller.services.profiles.read()
    assert (lake.applicant.phone, lake.strategies) == ("050 3", ("Lukemisen vuosi", "Tilat"))
    assert hill.name == "Mäen kaupunki"
    assert [person.window.start._library.itemText(at) for at in range(2)] == ["Järvikirjasto", "Mäen kaupunki"]

    def drop(dialog: LibrariesDialog) -> None:
        for _ in range(3):
            dialog._remove.click()
        dialog._save.click()

    when(monkeypatch, LibrariesDialog, drop)
    person.controller.command("libraries")
    assert person.controller.services.profiles.read() == ()


def test_a_dialog_that_is_cancelled_keeps_nothing(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("sv")
    keep(person, LAKE)

    def act(dialog: LibrariesDialog) -> None:
        dialog._remove.click()
        dialog.reject()

    when(monkeypatch, LibrariesDialog, act)
    person.controller.command("libraries")
    assert person.controller.services.profiles.read() == (LAKE,)


def test_lines_of_the_strategy_are_offered_at_the_goals(person: Person) -> None:
    person.start()
    keep(person, LAKE)
    person.new(CALL)
    offered = person.wizard.desk.suggestions("goals[x].strategy", "fi")
    assert offered[0] == "Lukemisen vuosi"
    assert any(line.startswith("Kirjastolaki 6 §: edistää lukemista") for line in offered)
    assert "Bibliotekslagen 6 §: främja läsning och litteratur" in person.wizard.desk.suggestions(
        "goals[x].strategy", "sv"
    )
