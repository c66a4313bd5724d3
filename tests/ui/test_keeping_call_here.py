"""A draft whose call stands otherwise on this computer: a message says so, and the terms compare the two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from keeping import notice, notices, saved, within
from person import Person, plain, settle
from PySide6.QtWidgets import QPushButton

from hakemus.adapters.storage import container
from hakemus.ui.widgets.labels import Label

TOLD = "The call on this computer"


def test_another_definition_inside_is_told_and_compared_and_the_draft_keeps_its_own(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    document = json.loads(container.unpack(path.read_bytes()).document_bytes)
    share = next(item for item in document["call"]["definition"]["rules"] if item["id"] == "grant-share")
    share["percent"] = "90"
    path.write_bytes(container.pack(json.dumps(document).encode(), {}))
    person.again(language="en")
    person.controller.open_path(str(path))
    settle()
    told = notice(person, TOLD)
    assert "differs from the one inside the draft" in plain(told.accessibleName())
    (terms,) = (button for button in told.findChildren(QPushButton) if "Terms" in button.text())
    said: list[str] = []
    within(lambda dialog: said.extend(plain(made.text()) for made in dialog.findChildren(Label)), terms.click)
    at = said.index("Highest share of the grant, %", said.index("The call on this computer"))
    assert said[at + 1] == "90 in the draft, 80 on this computer"
    assert not person.session.dirty
    assert person.session.check.call.rule("grant-share").parameters["percent"] == "90"


def test_the_same_definition_is_not_told(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(person, tmp_path / "a.hakemus", monkeypatch)
    person.again(language="en")
    person.controller.open_path(str(path))
    settle()
    assert not any(TOLD in plain(found.accessibleName()) for found in notices(person))
