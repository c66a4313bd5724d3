"""Another call for the same application: seen before it is done, and done as a copy."""

from __future__ import annotations

import pytest
from person import Person, plain, settle

from hakemus.ui.dialogs.other_call import OtherCallDialog
from hakemus.ui.widgets.labels import Label

OPH = "oph-erityisavustus-2026"


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
