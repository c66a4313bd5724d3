"""Every step and dialog can be used without a mouse, read aloud, enlarged, and speaks one language."""

from __future__ import annotations

import os

import pytest
from audit import audit, clipped, english, menu_texts, sideways, small
from longer import longer, longer_catalog
from person import Person, settle
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from hakemus.adapters.resources.catalogues import read_messages
from hakemus.adapters.resources.locator import resources_root
from hakemus.bootstrap.core import Core
from hakemus.domain.steps import STEPS
from hakemus.ui.actions import MENUS, SEPARATOR
from hakemus.ui.dialogs.asking import Question
from hakemus.ui.widgets.labels import Label

LOOKS = (("fi", "light", 100), ("sv", "dark", 100), ("en", "light", 200), ("fi", "dark", 200), ("sv", "contrast", 150))
CAMPAIGN = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
LONGER = (("fi", 100), ("sv", 150)) if CAMPAIGN else (("fi", 100),)
QUIET = {"quit", "print", "close", "start", "save", "undo", "redo", "larger", "smaller", "normal_size"}
"""Commands that open nothing, or change what the audit stands on."""


def messages(language: str):  # type: ignore[no-untyped-def]
    return None if language == "en" else read_messages(resources_root(), language)


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_every_step(person: Person, language: str, theme: str, size: int) -> None:
    person.start(language, size, theme)
    person.window.resize(1366, 768)
    faults = {"start": audit(person.window, messages(language))}
    person.example()
    for step in STEPS:
        person.controller.command(f"step:{step}")
        settle()
        faults[step] = audit(person.window, messages(language))
    if language != "en":
        faults["menus"] = english(menu_texts(person.window), messages(language))
    assert {step: found for step, found in faults.items() if found} == {}


@pytest.mark.parametrize(("language", "size"), LONGER)
def test_every_step_with_texts_two_fifths_longer(
    person: Person, language: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Core.catalog
    monkeypatch.setattr(Core, "catalog", lambda core, language: longer_catalog(said(core, language)))
    person.start(language, size)
    person.window.resize(1366, 768)
    settle()
    faults = {"start": clipped(person.window) + sideways(person.window)}
    person.example("pop-up-kirjasto" if language == "fi" else "lasande-byar")
    for step in STEPS:
        person.step(step)
        faults[step] = clipped(person.window) + sideways(person.window) + small(person.window)
    assert {step: found for step, found in faults.items() if found} == {}


def test_longer_texts_keep_their_places_and_marks() -> None:
    assert longer("{count} errors in {place}.") == "{count} errors in {place} errors in."
    assert longer("Kustannukset") == "Kustannuksetukset"
    assert longer("&Tiedosto") == "&Tiedostoosto"
    assert (longer("–"), longer("")) == ("–", "")


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS[1:3])
def test_every_step_of_an_empty_application(person: Person, language: str, theme: str, size: int) -> None:
    person.start(language, size, theme).new()
    person.window.resize(1024, 700)
    faults = {}
    for step in STEPS:
        person.controller.command(f"step:{step}")
        settle()
        faults[step] = audit(person.window, messages(language))
    assert {step: found for step, found in faults.items() if found} == {}


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS[1:3])
def test_every_dialog(person: Person, language: str, theme: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: dict[str, list[str]] = {}
    seen: list[str] = []
    now = ""

    def look(dialog: QDialog, *_args: object, **_kept: object) -> int:
        dialog.show()
        dialog.activateWindow()
        settle()
        found = audit(dialog, messages(language))
        if found:
            faults[f"{now} {type(dialog).__name__}"] = found
        if not dialog.windowTitle():
            faults.setdefault(f"{now} {type(dialog).__name__}", []).append("no title")
        seen.append(type(dialog).__name__)
        dialog.reject()
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([], ""))
    person.start(language, size, theme).example()
    monkeypatch.setattr(Question, "exec", look)
    for _, commands in MENUS:
        for item in commands:
            if item is SEPARATOR or item.name in QUIET:
                continue
            now = item.name
            person.controller.command(item.name)
            settle()
    now = "why"
    for at in range(len(person.session.check.findings)):
        person.controller.command(f"why:{at}")
    assert {"TermsDialog", "EligibilityDialog", "KeysDialog", "Question"} <= set(seen)
    assert faults == {}


def test_the_audit_finds_what_it_looks_for(dressed: QApplication) -> None:
    window = QWidget()
    nameless, tiny, cut = QLineEdit(window), QPushButton("x", window), Label("Several words that need room")
    trap = QPlainTextEdit(window)
    trap.setAccessibleName("trap")
    nameless.setGeometry(0, 0, 200, 30)
    tiny.setGeometry(0, 40, 12, 12)
    cut.setParent(window)
    cut.setGeometry(0, 60, 40, 20)
    trap.setGeometry(0, 90, 200, 40)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    found = " ".join(audit(window, {"Several words that need room": "Sanoja"}))
    for fault in ("no name", "target 12x", "cut (", "English", "Tab does not leave"):
        assert fault in found
    window.close()
    window.deleteLater()
