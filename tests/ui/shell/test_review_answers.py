"""What the step Review reads out: cards that stay where nothing changed, and long tables in few labels."""

from __future__ import annotations

from person import Person, plain, settle
from PySide6.QtWidgets import QFrame

from hakemus.domain.messages import msg
from hakemus.ui.binding.review_answers import MANY, MOST, Answers
from hakemus.ui.pages.review import ReviewPage
from hakemus.ui.widgets.buttons import CardButton
from hakemus.ui.widgets.labels import Label


def answers_of(person: Person) -> Answers:
    page = person.step("review")
    settle()
    assert isinstance(page, ReviewPage)
    return page._answers


def cards(answers: Answers) -> dict[str, QFrame]:
    return {key: made for key, (_content, made) in answers._shown.items()}


def texts(card: QFrame) -> list[str]:
    return [part.text().replace("\u00a0", " ") for part in card.findChildren(Label)]


def add_lines(person: Person, count: int) -> None:
    rows = [{"description": f"Rivi {at}", "quantity": "1", "unit_price": "2"} for at in range(count)]
    person.session.insert_rows("budget.lines", rows, msg("Paste"))


def test_only_the_card_whose_answer_changed_is_made_anew(person: Person) -> None:
    person.start("en").example()
    answers = answers_of(person)
    before = cards(answers)
    assert {"applicant", "project", "budget"} < set(before)
    person.step("project")
    person.session.edit("project.title", "Another name")
    after = cards(answers_of(person))
    assert list(after) == list(before)
    assert {key for key in before if after[key] is not before[key]} == {"project"}
    assert "Another name" in texts(after["project"])
    assert [answers._box.indexOf(card) for card in after.values()] == list(range(answers._box.count()))
    person.controller.command("undo")
    assert person.wizard.step == "project"  # where the change is
    assert "Another name" not in texts(cards(answers_of(person))["project"])


def test_few_rows_have_a_label_each(person: Person) -> None:
    person.start("en").example()
    said = texts(cards(answers_of(person))["budget"])
    assert sum(text.startswith("Lukukassit päiväkoteihin ·") for text in said) == 1
    assert not any("\n" in text for text in said)


def test_many_rows_stand_in_one_text_and_the_rest_is_counted(person: Person) -> None:
    person.start("en").example()
    add_lines(person, MANY)
    said = texts(cards(answers_of(person))["budget"])
    together = [text for text in said if "\n" in text]
    assert any(f"\N{EN DASH} Rivi {MANY - 1} · " in text for text in together)
    assert not any("more row" in text for text in said)
    add_lines(person, MOST)
    said = texts(cards(answers_of(person))["budget"])
    read = sum(text.count("\N{EN DASH} ") for text in said)
    assert read == MOST
    rows = len(person.session.draft.application.budget.lines) + len(person.session.draft.application.budget.people)
    assert f"{rows - MOST} more rows in the step Budget" in said
    assert len(said) < 40


def test_a_narrow_window_sets_each_answer_under_its_question(person: Person) -> None:
    person.start("en").example()
    wide = cards(answers_of(person))
    person.window.resize(560, 700)
    settle()
    narrow = cards(person.wizard.page("review")._answers)
    assert all(narrow[key] is not wide[key] for key in wide)
    card = narrow["applicant"]
    named = {plain(part.text()): part for part in card.findChildren(Label)}
    assert named["Järvikallion kaupunki"].mapTo(card, named["Järvikallion kaupunki"].rect().topLeft()).x() < 40


def test_a_text_that_cannot_be_read_stands_among_the_findings(person: Person) -> None:
    person.start("en").example()
    person.step("funding")
    person.fill("funding.grant", "100x")
    person.step("review")
    settle()
    said = [card.accessibleName() for card in person.page.findChildren(CardButton) if card.isVisible()]
    assert len(said) == len(person.session.check.findings) + 1
    (unread,) = [words for words in said if "100x" in words]
    assert person.t("Cannot be read") in unread
    assert f"{len(said)} findings" in [plain(part.text()) for part in person.page.findChildren(Label)]
