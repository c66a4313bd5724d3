"""Every step and dialog can be used without a mouse, read aloud, enlarged, and speaks one language."""

from __future__ import annotations

import importlib
import inspect
import itertools
import os
import pkgutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from audit import audit, clipped, english, menu_texts, sideways, small
from longer import longer, longer_catalog
from person import Person, settle
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QWidget
from scenes import SCREEN, dialogs, steps

from hakemus.adapters.resources.catalogues import read_messages
from hakemus.adapters.resources.locator import resources_root
from hakemus.bootstrap.core import Core
from hakemus.domain.steps import STEPS
from hakemus.ui import dialogs as dialogs_folder
from hakemus.ui.widgets.labels import Label

CAMPAIGN = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
GRID = (
    *itertools.product(("fi", "sv", "en"), ("light", "dark"), (100, 200)),
    ("fi", "contrast", 100),
    ("sv", "dark", 150),
)
"""Languages, themes and text sizes; every step and every dialog is looked at in each by the campaign."""
STEPS_SEEN = GRID if CAMPAIGN else (("fi", "light", 100), ("sv", "dark", 200))
DIALOGS_SEEN = GRID if CAMPAIGN else (("en", "light", 200),)
EMPTY_SEEN = GRID if CAMPAIGN else (("sv", "dark", 100), ("sv", "light", 200))
LONGER = (
    tuple(itertools.product(("fi", "sv", "en"), (100, 200), ("steps", "dialogs")))
    if CAMPAIGN
    else (("fi", 100, "steps"), ("sv", 200, "dialogs"))
)
DIALOGS = {
    name
    for module in pkgutil.iter_modules(dialogs_folder.__path__, f"{dialogs_folder.__name__}.")
    for name, made in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
    if issubclass(made, QDialog) and made is not QDialog
}
"""Every dialog that the program has."""


def messages(language: str) -> Mapping[str, object] | None:
    return None if language == "en" else read_messages(resources_root(), language)


def room_for(dialog: QDialog) -> list[str]:
    """What a dialog lacks as a window: a title, and room on its screen."""
    inside = SCREEN - QSize(16, 40)
    too_large = dialog.width() > inside.width() or dialog.height() > inside.height()
    return (["no title"] if not dialog.windowTitle() else []) + (
        [f"larger than the screen: {dialog.width()}x{dialog.height()}"] if too_large else []
    )


@pytest.mark.parametrize(("language", "theme", "size"), STEPS_SEEN)
def test_every_step(person: Person, language: str, theme: str, size: int) -> None:
    person.start(language, size, theme)
    person.window.resize(1366, 768)
    faults: dict[str, list[str]] = {}
    steps(person, lambda name: faults.update({name: audit(person.window, messages(language))}))
    if language != "en":
        faults["menus"] = english(menu_texts(person.window), messages(language))
    assert {name: found for name, found in faults.items() if found} == {}
    assert set(STEPS) < set(faults)


@pytest.mark.parametrize(("language", "theme", "size"), EMPTY_SEEN)
def test_every_step_of_an_empty_application(person: Person, language: str, theme: str, size: int) -> None:
    person.start(language, size, theme).new()
    person.window.resize(1024, 700)
    faults = {}
    for step in STEPS:
        person.controller.command(f"step:{step}")
        settle()
        faults[step] = audit(person.window, messages(language))
    assert {step: found for step, found in faults.items() if found} == {}


@pytest.mark.parametrize(("language", "theme", "size"), DIALOGS_SEEN)
def test_every_dialog(
    person: Person, language: str, theme: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: dict[str, list[str]] = {}

    def look(name: str, dialog: QDialog) -> None:
        faults.setdefault(name, []).extend(audit(dialog, messages(language)) + room_for(dialog))

    person.start(language, size, theme)
    dialogs(person, monkeypatch, tmp_path, look)
    assert {name: found for name, found in faults.items() if found} == {}
    assert {name.split()[-1] for name in faults} == DIALOGS


@pytest.mark.parametrize(("language", "size", "windows"), LONGER)
def test_every_step_and_dialog_with_texts_two_fifths_longer(
    person: Person, language: str, size: int, windows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Core.catalog
    monkeypatch.setattr(Core, "catalog", lambda core, language: longer_catalog(said(core, language)))
    person.start(language, size)
    person.window.resize(1366, 768)
    settle()
    faults: dict[str, list[str]] = {}

    def look(name: str, window: QWidget = person.window) -> None:
        faults.setdefault(name, []).extend(clipped(window) + sideways(window) + small(window))

    if windows == "steps":
        steps(person, look)
    else:
        dialogs(person, monkeypatch, tmp_path, look)
    assert {name: found for name, found in faults.items() if found} == {}


def test_longer_texts_keep_their_places_and_marks() -> None:
    assert longer("{count} errors in {place}.") == "{count} errors in {place} errors in."
    assert longer("Kustannukset") == "Kustannuksetukset"
    assert longer("&Tiedosto") == "&Tiedostoosto"
    assert (longer("–"), longer("")) == ("–", "")


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
    pale = Label("Pale words")
    pale.setStyleSheet("color: #999999; background: #FFFFFF")
    pale.setParent(window)
    pale.setGeometry(0, 140, 200, 24)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    found = " ".join(audit(window, {"Several words that need room": "Sanoja"}))
    for fault in ("no name", "target 12x", "cut (", "English", "Tab does not leave", "contrast 2.8: 'Pale words'"):
        assert fault in found
    window.close()
    window.deleteLater()


def test_the_audit_finds_an_order_that_nobody_reads_in_and_text_that_no_key_scrolls(dressed: QApplication) -> None:
    window = QWidget()
    below, above, area = QPushButton("Below", window), QPushButton("Above", window), QScrollArea(window)
    above.setGeometry(0, 0, 200, 30)
    below.setGeometry(0, 40, 200, 30)
    area.setGeometry(0, 80, 200, 60)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(Label("\n".join("A line of a long text" for _ in range(20))))
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    found = " ".join(audit(window, None))
    assert "Tab comes too late to: QPushButton  'Above'" in found
    assert "keys do not scroll" in found
    below.move(0, 0)
    above.move(0, 40)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName("A long text")
    assert audit(window, None) == []
    window.close()
    window.deleteLater()
