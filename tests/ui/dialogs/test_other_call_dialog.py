"""Another call for the same application: seen before it is done, and done as a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from person import Person, plain, settle

from hakemus.ui.dialogs.libraries import LibrariesDialog
from hakemus.ui.dialogs.other_call import OtherCallDialog
from hakemus.ui.widgets.labels import Label

OPH = "oph-erityisavustus-2026"
OWN = "oma-saatio-2027"
BROKEN = Path(__file__).parents[2] / "calls" / "broken" / "rule-without-reference.toml"


@pytest.fixture
def faulty(person: Person) -> Person:
    """A person with a call file of their own that has a fault."""
    folder = person.folder / "state" / "calls"
    folder.mkdir(parents=True)
    shutil.copy(BROKEN, folder / "own.toml")
    return person


def test_the_other_call_is_tried_and_a_copy_is_made(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    before = person.session.draft
    seen: list[list[str]] = []

    def take(dialog: OtherCallDialog) -> int:
        dialog.show()
        settle()
        assert not dialog._make.isEnabled()
        person.choose(dialog._choice.control, OPH)
        seen.append([plain(made.text()) for made in dialog.findChildren(Label) if made.isVisible()])
        assert dialog._make.isEnabled()
        assert person.session.draft is before
        dialog.hide()
        return 1

    monkeypatch.setattr(OtherCallDialog, "exec", take)
    person.controller.command("other_call")
    assert any("error" in text for text in seen[0])
    assert "7 200,00 €" in seen[0]
    assert person.session.call.id == OPH
    assert person.session.draft.application == before.application
    assert person.session.dirty


def test_nothing_happens_where_no_call_is_chosen(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    before = person.session.draft
    monkeypatch.setattr(OtherCallDialog, "exec", lambda _dialog: 1)
    person.controller.command("other_call")
    assert person.session.draft is before


def test_a_call_file_with_faults_is_told_in_the_dialog_and_makes_no_copy(
    faulty: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty.start("en").example()
    before = faulty.session.draft
    seen: list[str] = []

    def look(dialog: OtherCallDialog) -> int:
        dialog.show()
        settle()
        for call in (OPH, OWN):
            faulty.choose(dialog._choice.control, call)
        seen.append(plain(dialog._words.text()))
        seen.extend(plain(made.text()) for made in dialog._table.findChildren(Label) if made.isVisible())
        assert not dialog._make.isEnabled()
        faulty.choose(dialog._choice.control, OPH)
        assert dialog._make.isEnabled()
        return 0

    monkeypatch.setattr(OtherCallDialog, "exec", look)
    faulty.controller.command("other_call")
    assert f"{OWN}" in seen[0]
    assert "has faults" in seen[0]
    assert "rules[grant-share]" in seen[0]
    assert seen[1:] == []
    assert faulty.session.draft is before


def test_no_application_begins_under_a_call_file_with_faults(faulty: Person) -> None:
    faulty.start("en")
    faulty.answers.append("ok")
    faulty.new(OWN)
    ((title, text, _, details),) = faulty.asked
    assert title == "That did not succeed"
    assert "has faults" in text
    assert details[0].startswith("rules[grant-share]: ")
    assert faulty.window.wizard is None


def test_the_page_of_a_library_needs_no_call_of_ones_own(faulty: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty.start("en")
    assert faulty.controller.services.call_cards()[0].id == OWN
    shown: list[bool] = []
    monkeypatch.setattr(LibrariesDialog, "exec", lambda dialog: shown.append(True) or 0)
    faulty.controller.command("libraries")
    assert shown == [True]
