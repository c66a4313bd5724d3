"""The guide's first run, done as it says in both languages: each thing it names is there when it is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from audit import menu_texts, texts
from person import CALL, CONTROL, Key, Person, saving_to, settle
from PySide6.QtWidgets import QAbstractButton, QApplication

from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.findings import Severity
from hakemus.ui.dialogs.asking import Question

CARD = "Pop up -kirjasto: kirjasto lähtee liikkeelle"
BOLD = re.compile(r"\*\*(.+?)\*\*")


def sections(language: str) -> list[str]:
    """The page from its first numbered heading on, one part after another."""
    page = (resources_root() / "guide" / language / "first-time.md").read_text(encoding="utf-8")
    return re.split(r"^## ", page, flags=re.MULTILINE)[1:]


class Reader:
    """Reads a part of the page, does what it says, and notes every word that was in sight meanwhile."""

    def __init__(self, person: Person) -> None:
        self.person, self.seen = person, ""

    def look(self) -> None:
        window = self.person.window
        words = [text for text, _ in (*texts(window), *menu_texts(window))]
        self.seen += " | ".join(words).replace("&", "").replace("\u00a0", " ")

    def missed(self, part: str) -> list[str]:
        """What the part names and nothing showed."""
        named = [name.replace("\u00a0", " ") for name in BOLD.findall(part)]
        missing = [name for name in named if name not in self.seen]
        self.seen = ""
        return missing

    def press(self, words: str) -> None:
        """A button or card by the beginning of its words, as a person finds it."""
        made = next(
            one
            for one in self.person.window.findChildren(QAbstractButton)
            if one.isVisible() and words in f"{one.text()} {one.accessibleName()}".replace("\u00a0", " ")
        )
        made.click()
        settle()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_first_run_of_the_guide(
    person: Person, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start(language)
    person.window.resize(1366, 768)
    settle()
    open_it, look, see, cure, paper, own, _renew = sections(language)
    reader = Reader(person)

    reader.look()
    reader.press(CARD)
    assert reader.missed(open_it) == []

    reader.look()
    for step in ("project", "goals"):
        person.step(step)
        reader.look()
    # an empty application has the states that the example has no more
    assert set(reader.missed(look)) <= {person.t("Under way"), person.t("Not started")}

    reader.look()
    person.key(Key.Key_F8)
    reader.look()
    assert person.wizard.step == "funding"
    assert QApplication.focusWidget() is person.bound("funding.grant").widget.control
    plain = reader.seen
    for figure in ("80 %", "9 000,00", "7 200,00", "7 500,00", "300,00"):
        assert figure in see.replace("\u00a0", " ")
        assert figure in plain
    assert reader.missed(see) == []

    reader.look()
    reader.press(person.t("Use: {way}", way=person.t("Lower the grant")))
    assert person.at("funding.grant") == "7\u00a0200,00"
    assert not [item for item in person.session.check.findings if item.severity is Severity.ERROR]
    person.undo()
    assert person.at("funding.grant") == "7\u00a0500,00"
    assert reader.missed(cure) == []

    person.step("submit")
    reader.look()
    assert reader.missed(paper) == []

    reader.look()
    person.session.edit("project.title", "Toinen")
    person.answers = ["drop"]
    answer = person.answer

    def read(question: Question) -> int:
        reader.seen += " ".join(words for _, words in question.heard[3])  # type: ignore[attr-defined]
        return answer(question)

    monkeypatch.setattr(person, "answer", read)
    person.controller.command("start")
    reader.look()
    person.new(CALL)
    reader.look()
    person.step("project")
    reader.look()
    person.fill("project.title", "Oma hanke")
    path = tmp_path / "oma.hakemus"
    with saving_to(monkeypatch, path):
        person.key(Key.Key_S, CONTROL)
    assert path.exists()
    assert reader.missed(own) == []


def literals(language: str, page: str, heading: int) -> list[str]:
    """What a part of a page shows letter for letter."""
    text = (resources_root() / "guide" / language / page).read_text(encoding="utf-8")
    return re.findall(r"`(.+?)`", re.split(r"^## ", text, flags=re.MULTILINE)[heading])


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_sums_and_days_can_be_written_as_the_guide_says(person: Person, language: str) -> None:
    person.start(language).new()
    *same, unclear = literals(language, "money.md", 1)
    assert len(same) == 4
    person.step("funding")
    for text in same:
        person.fill("funding.grant", "1")
        person.fill("funding.grant", text)
        assert person.at("funding.grant") == "1\u00a0234,50", text
    person.fill("funding.grant", unclear)
    assert person.bound("funding.grant").widget.text() == unclear  # it stays, and counts as nothing
    assert person.session.value("funding.grant") is None
    days = literals(language, "steps.md", 5)
    assert len(days) == 2
    person.step("timeline")
    for text in days:
        person.fill("project.starts_on", "1.1.2019")
        person.fill("project.starts_on", text)
        assert person.at("project.starts_on") == "2.5.2019", text
