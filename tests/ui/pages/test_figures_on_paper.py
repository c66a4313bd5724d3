"""A sum in the budget or on the step Funding says how it came about, and the same explanation is printed."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from person import Key, Person, plain, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hakemus.ui.dialogs.explaining import FigureDialog, FindingDialog
from hakemus.ui.widgets.labels import Label


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The texts of every explaining dialog that opens; each is printed once and closed."""
    seen: list[list[str]] = []

    def take(dialog: FigureDialog | FindingDialog) -> int:
        dialog.show()
        settle()
        seen.append([plain(made.text()) for made in dialog.findChildren(Label)])
        dialog.print_asked.emit()
        dialog.hide()
        return 0

    monkeypatch.setattr(FigureDialog, "exec", take)
    monkeypatch.setattr(FindingDialog, "exec", take)
    return seen


@pytest.fixture
def papers(person: Person, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of every paper that goes to the printer, under its title."""
    person.start("en").example()
    found: list[str] = []

    def take(_self: object, job: object) -> bool:
        paper = pypdfium2.PdfDocument(io.BytesIO(job.pdf))  # type: ignore[attr-defined]
        try:
            text = "\n".join(page.get_textpage().get_text_range() for page in paper)
        finally:
            paper.close()
        found.append(plain(f"{job.title} {text}"))  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr(type(person.controller.services.printer), "print", take)
    return found


def test_the_sum_at_the_cursor_explains_itself(person: Person, papers: list[str], shown: list[list[str]]) -> None:
    person.step("budget")
    line = person.session.value("budget.lines")[1]
    view = person.table("budget.lines").widget
    view.focus_cell(f"budget.lines[{line.id}]", "sum")
    person.click(person.button("How computed…"))
    assert shown[-1][0] == line.description
    assert {"1 × 420,00 €", "420,00 €", "Sum of the row"} <= set(shown[-1])
    assert "Sum of the row" in papers[-1] or "Rivin summa" in papers[-1]
    person.click(person.page.box.totals)  # type: ignore[attr-defined]
    assert {"Costs", "9 000,00 €"} <= set(shown[-1])


def test_a_group_is_explained_by_a_double_click(person: Person, papers: list[str], shown: list[list[str]]) -> None:
    person.step("budget")
    view = person.table("budget.lines").widget
    index = view.model().index(view.rows.place("group:equipment"), 0)
    box = view.visualRect(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    settle()
    assert {"Equipment", "2 190,00 €", "2 539,00 €"} <= set(shown[-1])
    assert "2 539,00 €" in papers[-1]


@pytest.mark.parametrize(("key", "words"), [("own", "1 500,00 €"), ("other", "0,00 €"), ("costs", "9 000,00 €")])
def test_figures_of_the_funding_explain_themselves(
    person: Person, papers: list[str], shown: list[list[str]], key: str, words: str
) -> None:
    page = person.step("funding")
    figure = page._sums[key]  # type: ignore[attr-defined]
    assert plain(figure.text()) == words
    assert plain(figure.accessibleName()).endswith(words)
    figure.setFocus()
    person.key(Key.Key_Space)
    assert words in shown[-1]
    assert words in papers[-1]


def test_a_finding_is_printed_with_its_ways_out_and_how_sure_its_source_is(
    person: Person, papers: list[str], shown: list[list[str]]
) -> None:
    person.controller.command("why:0")
    assert "Liikaa 300,00 €" in papers[0]
    assert "7 200,00 €" in papers[0]
    assert "Pienennä avustusta: avustus 7 200,00 €, oma rahoitus 1 800,00 €" in papers[0]
    assert "päätelty, ei sanottu lähteessä" in papers[0]
    assert any("(inferred)" in text for text in shown[0]) or any("inferred" in text for text in shown[0])
