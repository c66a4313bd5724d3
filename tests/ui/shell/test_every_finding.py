"""Whatever an application holds, each of its findings leads to where it can be put right, in both views."""

from __future__ import annotations

import os

import pytest
from person import Person, settle
from PySide6.QtWidgets import QApplication

from fakes.ports import document
from generated import application

NUMBERS = tuple(range(60)) if os.environ.get("HAKEMUS_CAMPAIGN") else (3, 5, 11, 26)
"""Generated applications: a long one, a hostile one, one without goals, one with sums that nobody could type."""


@pytest.mark.parametrize("number", NUMBERS)
def test_every_finding_leads_somewhere(person: Person, number: int) -> None:
    person.start(("fi", "sv", "en")[number % 3])
    person.controller.open_document(document(application(number)))
    settle()
    wizard = person.wizard
    for whole in (False, True):
        wizard.set_whole(whole)
        for at, finding in enumerate(person.session.check.findings):
            wizard.findings.show(at)
            settle()
            if finding.paths:
                step = person.session.call.step_of(finding.paths[0])
                assert wizard.step == step, finding.paths
                focused = QApplication.focusWidget()
                assert focused is not None, finding.paths
                assert wizard.page(step).isAncestorOf(focused), finding.paths
