"""A letter of intent from the partner's row: for the row that is current, for the only partner, or a word why not."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from person import Key, Person, saving_to, settle

from hakemus.ui.dialogs.asking import Question


def with_partners(person: Person, *names: str) -> list[str]:
    person.start().new().step("partners")
    made = [person.session.insert_row("partners", {"name": name}) for name in names]
    settle()
    return made


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return str(paper[0].get_textpage().get_text_range())


def test_the_row_that_is_current_gets_its_letter(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = with_partners(person, "Kylätalo", "Naapurikunta")
    person.table("partners").widget.focus_cell(f"partners[{rows[1]}]", "name")
    with saving_to(monkeypatch, tmp_path / "aie.pdf"):
        person.button(person.t("Letter of intent…")).click()
        settle()
    text = text_of(tmp_path / "aie.pdf")
    assert "Naapurikunta" in text
    assert "Kylätalo" not in text


def test_the_only_partner_needs_no_row(person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_partners(person, "Kylätalo")
    person.step("budget")
    with saving_to(monkeypatch, tmp_path / "aie.pdf"):
        person.controller.command("letter")
    assert "Kylätalo" in text_of(tmp_path / "aie.pdf")


@pytest.mark.parametrize("names", [(), ("Kylätalo", "Naapurikunta")])
def test_where_none_is_chosen_it_says_what_to_do(
    person: Person, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    with_partners(person, *names)
    person.step("budget")
    said: list[str] = []
    monkeypatch.setattr(Question, "exec", lambda question: said.append(question.windowTitle()) or 0)
    person.controller.command("letter")
    assert len(said) == 1


def test_the_letter_that_came_back_is_chosen_for_its_partner(person: Person) -> None:
    (row,) = with_partners(person, "Kylätalo")
    letter = person.session.insert_row("attachments", {"title": "Kylän aiesopimus", "filename": "aie.pdf"})
    person.table("partners").widget.focus_cell(f"partners[{row}]", "name")
    settle()
    field = person.bound(f"partners[{row}].attachment").widget
    assert [field.control.itemText(at) for at in range(field.control.count())] == ["–", "Kylän aiesopimus"]
    field.control.setFocus()
    person.key(Key.Key_Down)
    assert person.session.value(f"partners[{row}].attachment") == letter
