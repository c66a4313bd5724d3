"""Every command has a key, which nothing else swallows; all of them stand on one card, on the screen and on paper."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import page as validation
import pypdfium2
import pytest
from person import Person, saving_to, settle
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from hakemus.bootstrap.core import Core
from hakemus.bootstrap.guide import key_card_pdf
from hakemus.i18n.catalog import Catalog
from hakemus.ui.actions import MENUS, SEPARATOR
from hakemus.ui.dialogs.keys import KeysDialog
from hakemus.ui.key_card import key_card
from hakemus.usecases.key_card import KeyCard
from hakemus.usecases.ports import PrintJob

COMMANDS = [item for _, menu in MENUS for item in menu if item is not SEPARATOR]
OWN_OF_TABLES = {"Ctrl+D", "Ctrl+Delete", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Insert", "F2", "F4"}
"""F4 opens a list that drops down, on Windows and Linux."""
FOLLOWS_THE_DRAFT = {"undo", "redo"}
"""Fields leave these to the whole application by themselves."""


def test_every_command_has_a_key_of_its_own() -> None:
    assert [item.name for item in COMMANDS if not item.keys] == []
    steps = [f"Ctrl+{digit}" for digit in range(10)]
    twice = [key for key, times in Counter([*steps, *(item.keys for item in COMMANDS)]).items() if times > 1]
    assert twice == []
    assert not OWN_OF_TABLES & {item.keys for item in COMMANDS}
    # Ctrl+Alt is how signs such as @ and € are typed on Nordic keyboards.
    assert not [item.keys for item in COMMANDS if "Ctrl" in item.keys and "Alt" in item.keys]


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QComboBox])
def test_no_field_keeps_a_key_of_the_menus_to_itself(person: Person, kind: type[QWidget]) -> None:
    person.start()
    field = kind(person.window)
    kept = []
    for item in COMMANDS:
        combination = QKeySequence(item.keys)[0]
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, combination.key().value, combination.keyboardModifiers(), "\x01"
        )
        event.ignore()
        field.event(event)
        if event.isAccepted() and item.name not in FOLLOWS_THE_DRAFT:
            kept.append(item.keys)
    assert kept == []
    field.deleteLater()


def words_of(paper: bytes) -> tuple[int, str]:
    with pypdfium2.PdfDocument(BytesIO(paper)) as document:
        return len(document), " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_card_on_paper_is_one_page_that_says_every_key(tmp_path: Path, language: str) -> None:
    core = Core(state=tmp_path)
    card = key_card(core.catalog(language))
    paper = key_card_pdf(core, card)
    assert paper == key_card_pdf(core, card)
    for profile in ("ua1", "3a"):
        assert validation.validate_pdf_bytes(paper, profile=profile).is_compliant
    pages, text = words_of(paper)
    assert pages == 1
    for group in card.groups:
        assert group.title in text
        for what, keys in group.keys:
            assert what in text
            assert keys in text
    assert ("Vaihto+F8" in text, "Skift+F8" in text, "Shift+F8" in text) == tuple(
        language == each for each in ("fi", "sv", "en")
    )


def test_a_card_with_more_keys_goes_on_to_a_second_page(tmp_path: Path) -> None:
    core = Core(state=tmp_path)
    card = key_card(core.catalog("en"))
    longer = KeyCard(card.title, card.language, card.version_words, card.groups * 2)
    assert words_of(key_card_pdf(core, longer))[0] == 2


def the_card(person: Person, monkeypatch: pytest.MonkeyPatch, pressed: str) -> Catalog:
    """Open the card and press a button of it."""

    def run(dialog: QDialog) -> int:
        assert isinstance(dialog, KeysDialog)
        dialog.show()
        settle()
        press = next(each for each in dialog.findChildren(QPushButton) if each.text() == words.text(pressed))
        press.click()
        dialog.accept()
        return 1

    words = person.window.words
    monkeypatch.setattr(QDialog, "exec", run)
    person.controller.command("keys")
    return words


def test_the_card_is_kept_as_pdf(person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    person.start("sv")
    with saving_to(monkeypatch, tmp_path / "kort.pdf"):
        the_card(person, monkeypatch, "Save PDF…")
    pages, text = words_of((tmp_path / "kort.pdf").read_bytes())
    assert pages == 1
    assert "Tangentkort" in text


def test_the_card_is_printed(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start()
    printed: list[PrintJob] = []
    monkeypatch.setattr(type(person.controller.services.printer), "print", lambda _self, job: printed.append(job))
    the_card(person, monkeypatch, "Print…")
    (job,) = printed
    assert job.title == "Näppäinkortti"
    assert words_of(job.pdf)[0] == 1


def test_the_card_on_the_screen_uses_the_systems_names_of_keys(person: Person) -> None:
    person.start()
    dialog = KeysDialog(person.window, person.window.words)
    shown = [each.text() for each in dialog.findChildren(QWidget) if hasattr(each, "text")]
    native = QKeySequence("Ctrl+Shift+N").toString(QKeySequence.SequenceFormat.NativeText)
    assert native in shown
    assert dialog.windowFlags() & Qt.WindowType.Dialog
    dialog.deleteLater()
