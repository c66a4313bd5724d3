"""Dialogs are as high as what stands in them, end as their system's own do, and cut no words."""

from __future__ import annotations

import pytest
from drawn import drawn_texts
from person import Person, settle
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QScrollArea, QWidget

from hakemus.ui.dialogs import foot_and_size
from hakemus.ui.dialogs.asking import Question
from hakemus.ui.dialogs.compare import CompareDialog, Side
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.dialogs.one_text import TextQuestion
from hakemus.ui.look.style import px
from hakemus.ui.widgets.boxes import Page, column, line, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.labels import Label, label
from hakemus.ui.widgets.sum_table import SumRow, SumTable


class System:
    """A system whose dialogs have their buttons in a certain order."""

    def __init__(self, order: int) -> None:
        self.order = order

    def styleHint(self, _hint: object) -> int:
        return self.order


@pytest.mark.parametrize(
    ("order", "said"), [(0, "yes more no"), (1, "no more yes"), (2, "yes more no"), (3, "no more yes")]
)
def test_answers_stand_as_in_the_systems_own_dialogs(
    monkeypatch: pytest.MonkeyPatch, dressed: QApplication, order: int, said: str
) -> None:
    monkeypatch.setattr(foot_and_size.QApplication, "style", lambda: System(order))
    stand = answers(button("yes"), button("no"), button("more"))
    assert " ".join(one.text() for one in stand) == said  # type: ignore[attr-defined]


def dialog_with(*parts: QWidget) -> QDialog:
    made = QDialog()
    made.setLayout(column(scroll(Page(column(*parts, None))), line(), foot(None, button("Sulje")), gap=0))
    open_at(made, 520, 500)
    made.show()
    settle()
    return made


@pytest.mark.usefixtures("dressed")
def test_a_short_answer_leaves_no_empty_ground_and_a_long_one_scrolls() -> None:
    short = dialog_with(*(label(f"Rivi {at}") for at in range(7)))
    assert px(200) < short.height() < px(330)
    assert short.findChild(QScrollArea).verticalScrollBar().maximum() == 0
    long = dialog_with(*(label(f"Rivi {at}") for at in range(70)))
    assert long.height() == px(500)
    assert long.findChild(QScrollArea).verticalScrollBar().maximum() > 0
    short.close()
    long.close()


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize(
    "text", ["Lyhyt.", "Hakemuksessa on vielä virheitä; tulosteessa lukee LUONNOS. " * 4], ids=["short", "long"]
)
def test_the_words_of_a_question_stand_right_below_it(text: str) -> None:
    made = Question(None, "note", "Merkitäänkö hakemus jätetyksi?", text, [("yes", "Merkitse")], cancel="Peruuta")
    made.show()
    settle()
    title, words = (one for one in made.findChildren(Label) if one.text())
    assert words.geometry().top() - title.geometry().bottom() <= px(6)
    assert words.height() >= words.heightForWidth(words.width())
    assert title.height() < 2 * title.fontMetrics().height()
    made.close()


@pytest.mark.usefixtures("dressed")
def test_a_question_for_a_text_has_no_hole_over_its_buttons() -> None:
    made = TextQuestion(None, "Nimesi muille", "Muut näkevät nimen. " * 12, "Nimi", "", ("Käytä", "Peruuta"))
    made.show()
    settle()
    take = next(one for one in made.findChildren(QWidget) if getattr(one, "text", lambda: "")() == "Käytä")
    assert take.mapTo(made, take.rect().topLeft()).y() - made.field.geometry().bottom() <= px(16)
    made.close()


@pytest.mark.usefixtures("dressed")
def test_a_choice_that_is_longer_than_its_box_ends_in_dots() -> None:
    box = Combo()
    box.addItems(["Kirjastojen alueellinen ja paikallinen kokeilu- ja kehittämistoiminta", "Lyhyt"])
    box.resize(300, 36)
    box.show()
    (shown,) = [one.text for one in drawn_texts(box)]
    assert shown.startswith("Kirjastojen")
    assert shown.endswith("…")
    box.setCurrentIndex(1)
    assert [one.text for one in drawn_texts(box)] == ["Lyhyt"]
    box.close()


@pytest.mark.usefixtures("dressed")
def test_a_ledger_that_begins_with_a_result_has_no_rule_above_it() -> None:
    made = SumTable([SumRow("2019", "9 000,00 €", total=True), SumRow("Kustannukset", "9 000,00 €", total=True)])
    assert len([one for one in made.findChildren(QFrame) if one.objectName() == "hline"]) == 1


def test_rows_of_the_links_are_as_high_as_their_words(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bool, int]] = []

    def look(dialog: QDialog, *_args: object) -> int:
        dialog.show()
        settle()
        table = dialog.table  # type: ignore[attr-defined]
        room = table.columnWidth(0) - 2 * px(12)
        for at in range(table.rowCount()):
            words = table.item(at, 0).text()
            seen.append((table.fontMetrics().horizontalAdvance(words) > room, table.rowHeight(at)))
        dialog.reject()
        return 0

    person.start("fi").example()
    monkeypatch.setattr(QDialog, "exec", look)
    person.controller.command("links")
    one_line = {height for wraps, height in seen if not wraps}
    assert len(one_line) == 1
    assert all(height > max(one_line) for wraps, height in seen if wraps)


def test_a_comparison_has_no_head_over_an_empty_column(person: Person) -> None:
    person.start("fi").example()
    words = person.words
    before = person.session.draft
    for path, text, heads in (("project.title", "Toinen", 1), ("funding.grant", "7 000", 2)):
        person.session.edit(path, text)
        person.session.seal()
        made = CompareDialog(
            person.window, words, Side("Ennen", lambda: before), Side("Nyt", lambda: person.session.draft)
        )
        made.show()
        settle()
        shown = [one.text() for one in made.findChildren(Label) if one.isVisible()]
        assert shown.count(person.t("Difference")) == heads, path
        made.close()
