"""A comparison goes on paper: the sums, and field by field what differs, as it stands when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from keeping import edit, saved, within
from person import Person, plain, saving_to
from PySide6.QtWidgets import QDialog


def text_of(path: Path) -> str:
    paper = pypdfium2.PdfDocument(path.read_bytes())
    return plain(" ".join(page.get_textpage().get_text_bounded() for page in paper))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_differs_is_saved_as_a_paper_and_printed(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Two", funding__grant="2500")
    assert person.controller.save()
    if language != "en":
        person.controller.command(f"language:{language}")
    printed: list[bytes] = []
    monkeypatch.setattr(type(person.controller.services.printer), "print", lambda _self, job: printed.append(job.pdf))

    def compare(dialog: QDialog) -> None:
        def paper(shown: QDialog) -> None:
            with saving_to(monkeypatch, tmp_path / "differs"):
                person.click(person.button(person.t("Save PDF…"), shown))
            person.click(person.button(person.t("Print…"), shown))
            person.click(person.button(person.t("Bring all back"), shown))
            with saving_to(monkeypatch, tmp_path / "same"):
                person.click(person.button(person.t("Save PDF…"), shown))
            with saving_to(monkeypatch, ""):
                person.click(person.button(person.t("Save PDF…"), shown))

        within(paper, lambda: person.click(person.button(person.t("Compare…"), dialog)))

    within(compare, lambda: person.controller.command("versions"))
    said = text_of(tmp_path / "differs.pdf")
    title = person.wizard.desk.field_name("project.title")
    for words in (person.t("Comparison of versions"), title, person.t("Now"), "One", "Two"):
        assert words in said
    assert "1 500,00" in said
    (data,) = printed
    assert data.startswith(b"%PDF")
    assert person.t("There are no differences.") in text_of(tmp_path / "same.pdf")
