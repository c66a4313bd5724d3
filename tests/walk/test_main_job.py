"""The main job, end to end: from an empty window by keyboard to a saved file, the paper and the workbook."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from person import CONTROL, SHIFT, Key, Person, opening, plain, saving_to, settle

from hakemus.adapters.resources.locator import resources_root
from hakemus.ui.binding.findings import MONEY_KINDS
from hakemus.ui.widgets.finding_card import FindingCard

EXAMPLES = {"fi": "pop-up-kirjasto", "sv": "lasande-byar"}
COSTS = (("3", "500,00"), ("2", "750,00"), ("1", "2 000,00"), ("10", "250,00"), ("15", "100,00"))
"""Five rows that make 9 000,00."""
SUMS = ("1500.00", "1500.00", "2000.00", "2500.00", "1500.00")
CATEGORIES = ("personnel", "services", "equipment", "materials", "travel")


def words_of(language: str) -> dict:
    """The texts to type: those of the shipped example, a fictitious library in a fictitious town."""
    text = (resources_root() / "examples" / f"{EXAMPLES[language]}.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["application"])


def fill_in(person: Person, words: dict) -> None:
    """Every step by keyboard, in order."""
    person.step("applicant")
    for name in ("organisation", "library", "business_id", "isil", "street", "postal_code", "city", "phone", "email"):
        person.fill(f"applicant.{name}", words["applicant"][name])
    for contact in words["applicant"]["contacts"]:
        row = person.add_row("applicant.contacts")
        for column in ("name", "phone"):
            person.put("applicant.contacts", row, column, contact[column])
    person.step("project")
    for name in ("title", "summary", "description"):
        person.fill(f"project.{name}", words["project"][name])
    goals_and_partners(person, words)
    person.step("timeline")
    person.fill("project.starts_on", "2.5.2019")
    person.fill("project.ends_on", "30.11.2020")
    for activity in words["activities"][:2]:
        row = person.add_row("activities")
        person.put("activities", row, "title", activity["title"])
        person.put("activities", row, "starts_on", "3.6.2019")
        person.put("activities", row, "ends_on", "30.8.2019")
    money(person, words)


def goals_and_partners(person: Person, words: dict) -> None:
    page = person.step("goals")
    person.click(person.button(person.t("Add a goal"), page))
    goal = f"goals[{person.session.value('goals')[0].id}]"
    person.type(words["goals"][0]["text"])  # the cursor stands in the new goal
    row = person.add_row(f"{goal}.indicators")
    for column in ("name", "unit", "target", "source"):
        person.put(f"{goal}.indicators", row, column, words["goals"][0]["indicators"][0][column])
    person.step("partners")
    for partner in words["partners"][:2]:
        row = person.add_row("partners")
        person.put("partners", row, "name", partner["name"])
        person.put("partners", row, "role", partner["role"])


def money(person: Person, words: dict) -> None:
    person.step("budget")
    for (quantity, price), category, line in zip(COSTS, CATEGORIES, words["budget"]["lines"] * 2, strict=False):
        row = person.add_row("budget.lines")
        person.put("budget.lines", row, "description", line["description"])
        person.put("budget.lines", row, "quantity", quantity)
        person.put("budget.lines", row, "unit_price", price)
        person.session.edit(f"{row}.category", category)
    person.step("funding")
    person.fill("funding.grant", "7500")
    row = person.add_row("funding.own")
    person.put("funding.own", row, "amount", "1500")


def card_of(person: Person, rule: str) -> FindingCard:
    """The card of a rule among the cards in sight on the step Funding."""
    shown = [item for item in person.session.check.open_findings if item.kind in MONEY_KINDS]
    cards = [card for card in person.page.findChildren(FindingCard) if not card.isHidden()]
    assert len(shown) == len(cards)
    return cards[[item.rule for item in shown].index(rule)]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_from_an_empty_window_to_paper_and_workbook(
    person: Person, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(language)
    person.start(language).new()
    assert person.wizard.step == "applicant"
    fill_in(person, words)

    meter = person.wizard.meter
    assert plain(meter.text("costs")) == "9 000 €"
    assert plain(meter.text("share")) == "83,33 %"
    assert plain(meter.text("distance")) == "300 €"

    three_ways_out(person)
    target = tmp_path / "hakemus"
    with saving_to(monkeypatch, target):
        person.key(Key.Key_S, CONTROL)
    file = tmp_path / "hakemus.hakemus"
    assert file.exists()
    title = words["project"]["title"]
    assert title in person.window.windowTitle()
    assert not person.window.isWindowModified()
    assert person.t("Saved {time}", time="").strip() in person.said

    kept = person.session.draft
    person.key(Key.Key_W, CONTROL)
    assert person.window.on_start
    person.again(language=language)
    assert person.window.start.first is not None
    person.click(person.window.start.first)
    assert person.session.draft == kept
    assert not person.session.dirty

    papers(person, tmp_path, monkeypatch, title)


def three_ways_out(person: Person) -> None:
    """The card shows them, one click applies one, one Ctrl+Z takes it back, the last leads to the budget."""
    card = card_of(person, "grant-share")
    ways = [[plain(figure.figure) for figure in row.figures] for row in card.exits._view.rows]
    assert [row[:2] for row in ways] == [["7 200 €", "1 800 €"], ["6 000 €", "1 500 €"], ["7 500 €", "1 875 €"]]
    assert [row[2] for row in ways] == ["9 000 €", "7 500 €", "9 375 €"]
    before = person.session.draft
    person.click(card.exits.buttons()[0])
    own = person.session.value("funding.own")[0]
    assert (plain(person.at("funding.grant")), own.amount.cents) == ("7 200,00", 180_000)
    assert not [item for item in person.session.check.findings if item.rule == "grant-share"]
    assert person.wizard.step == "funding"
    person.undo()
    assert person.session.draft == before
    person.redo()
    person.undo()
    assert person.session.draft == before

    person.click(card_of(person, "grant-share").exits.buttons()[2])
    assert person.wizard.step == "budget"
    assert "375" in person.said
    person.undo()
    assert person.session.draft == before
    person.step("funding")
    person.click(card_of(person, "grant-share").exits.buttons()[0])


def papers(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    with saving_to(monkeypatch, tmp_path / "paper.pdf"):
        person.key(Key.Key_E, CONTROL)
    text = plain(pdf_text((tmp_path / "paper.pdf").read_bytes()))
    assert plain(title) in text
    assert "7 200,00 €" in text
    assert "1 800,00 €" in text

    with saving_to(monkeypatch, tmp_path / "book"):
        person.key(Key.Key_E, CONTROL | SHIFT)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", data_only=True)
    values = {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}
    assert {7200, 1800, 9000} <= values
    assert title in values

    from PySide6.QtPrintSupport import QPrinter

    from hakemus.adapters.pdf.pages import page_count, render_page, some_pages
    from hakemus.adapters.printing.qt_printing import QtPrinter
    from hakemus.adapters.storage.drafts import ExportFiles

    data = (tmp_path / "paper.pdf").read_bytes()
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    paint = QtPrinter(lambda: person.window, page_count, render_page, person.t, some_pages, ExportFiles()).paint
    assert paint(printer, data, range(page_count(data)))
    settle()
    assert page_count((tmp_path / "printed.pdf").read_bytes()) == page_count(data)


def pdf_text(data: bytes) -> str:
    paper = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in paper)
    finally:
        paper.close()


def test_the_saved_file_is_a_plain_container(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start().example()
    with saving_to(monkeypatch, tmp_path / "a.hakemus"):
        assert person.controller.save()
    with zipfile.ZipFile(tmp_path / "a.hakemus") as file:
        document = json.loads(file.read("document.json"))
    assert document["application"]["funding"]["grant"] == "7500.00"
    person.controller.show_start()
    with opening(monkeypatch, tmp_path / "a.hakemus"):
        person.key(Key.Key_O, CONTROL)
    assert plain(person.at("funding.grant")) == "7 500,00"
