"""A budget of somebody's own beside the application: pointed at, understood, compared, taken over or only reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from keeping import within, words_in
from person import Key, Person, opening, saving_to, settle
from PySide6.QtWidgets import QCheckBox, QDialog

from hakemus.ui.dialogs.own_budget import OwnBudgetDialog
from hakemus.usecases.ports import PrintJob

THEIRS = """Hankkeen budjetti;;
Kohde;Laji;Euroa
Näyttely;4340;1000,00
Julisteet;4340;120,50
Kirjat;4500;1 234,50
Palkka;4000;5000
Arvio;4340;n. 50
"""


@pytest.fixture
def file(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An application with three cost rows, and beside it a table that somebody made in a form of their own."""
    person.start("en").new()
    session = person.session
    for name, amount in (("Näyttely", "900.00"), ("Kirjat", "1234.50"), ("Matkat", "80.00")):
        session.insert_row("budget.lines", {"description": name, "amount": amount})
    person_row = session.insert_row("budget.people", {"title": "Palkka", "months": "1", "monthly_pay": "4000.00"})
    assert person_row
    session.seal()
    path = tmp_path / "own.csv"
    path.write_bytes(THEIRS.encode("cp1252"))
    with opening(monkeypatch, path):
        yield path


def opened(person: Person) -> object:
    return person.controller.command("own_budget")


def as_own(dialog: QDialog) -> OwnBudgetDialog:
    assert isinstance(dialog, OwnBudgetDialog)
    return dialog


def point(person: Person, dialog: OwnBudgetDialog, **roles: str) -> None:
    for role, column in roles.items():
        person.choose(dialog.place.roles[role].control, column)


def test_what_agrees_differs_and_is_missing_is_seen_and_taken_as_one_step(person: Person, file: Path) -> None:
    before, steps = person.session.draft, person.session.steps_done

    def act(made: QDialog) -> None:
        dialog = as_own(made)
        assert dialog.windowTitle() == "Budget of your own: own.csv"
        point(person, dialog, category="1")
        assert set(dialog.types) == {"4340", "4500", "4000"}
        person.choose(dialog.types["4340"].control, "services")
        said = words_in(dialog)
        assert "The budgets differ by +1 140,50 €" in said
        for title in ("Lines that differ (2)", "Only in their budget (1)", "Only in the application (1)"):
            assert title in said
        assert "Reckoned from the pay: change it in the application." in said
        assert "row 7: " in said  # the sum that could not be read
        boxes = dialog.findChildren(QCheckBox)
        assert len(boxes) == 2
        assert all(box.accessibleName() and not box.isChecked() for box in boxes)
        assert not person.button("Take the chosen lines over", dialog).isEnabled()
        person.click(person.button("Choose all", dialog))
        assert "2 lines chosen" in words_in(dialog)
        person.click(person.button("Take the chosen lines over", dialog))

    within(act, lambda: opened(person))
    lines = person.session.draft.application.budget.lines
    assert [(line.description, str(line.amount), line.category) for line in lines] == [
        ("Näyttely", "1000.00", None),
        ("Kirjat", "1234.50", None),
        ("Matkat", "80.00", None),
        ("Julisteet", "120.50", "services"),
    ]
    assert person.session.steps_done == steps + 1
    person.session.undo()
    assert person.session.draft == before


def test_columns_and_cost_types_are_remembered_and_forgotten(person: Person, file: Path) -> None:
    def first(made: QDialog) -> None:
        dialog = as_own(made)
        point(person, dialog, category="1")
        person.choose(dialog.types["4340"].control, "services")
        person.click(person.button("Choose all", dialog))
        person.click(person.button("Take the chosen lines over", dialog))

    within(first, lambda: opened(person))
    # The next file of the same form has another column in front and rows above its heads.
    rows = [";" + row for row in THEIRS.splitlines()]
    file.write_text("\n".join(["Toimisto;;;", *rows]), "utf-8")

    def second(made: QDialog) -> None:
        dialog = as_own(made)
        assert "known from before" in words_in(dialog)
        assert {role: field.text() for role, field in dialog.place.roles.items()} == {
            "description": "1",
            "amount": "3",
            "category": "2",
            "quantity": "",
            "unit_price": "",
        }
        assert dialog.types["4340"].text() == "services"

    within(second, lambda: opened(person))

    def forget(made: QDialog) -> None:
        assert "kohde · euroa · laji" in words_in(made)
        person.answers = ["forget"]
        named = [made.accessibleName() for made in made.findChildren(type(person.button("Forget everything…", made)))]
        assert "Forget all that is kept of Forms of budgets" in named
        person.click(person.button("Forget all that is kept of Forms of budgets", made))
        assert "Forms of budgets" not in words_in(made)

    within(forget, lambda: person.controller.command("remembered"))
    within(guessed_anew, lambda: opened(person))


def guessed_anew(dialog: QDialog) -> None:
    assert "were guessed" in words_in(dialog)


def test_another_sheet_row_or_column_is_compared_at_once(person: Person, file: Path) -> None:
    def act(made: QDialog) -> None:
        dialog = as_own(made)
        point(person, dialog, description="")
        assert "Point at this column." in words_in(dialog)
        for name in ("Save the report…", "Print the report…", "Take the chosen lines over"):
            assert not person.button(name, dialog).isEnabled()
        point(person, dialog, description="0")
        assert "Only in their budget (1)" in words_in(dialog)
        person.choose(dialog.place.first.control, "4")
        assert "Only in their budget" not in words_in(dialog)
        assert "Only in the application (2)" in words_in(dialog)
        point(person, dialog, amount="", quantity="2", unit_price="2")
        assert "Lines that differ" in words_in(dialog)

    within(act, lambda: opened(person))


def test_the_report_alone_is_kept_and_nothing_changes(
    person: Person, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = person.session.draft
    printed: list[PrintJob] = []
    services = person.controller.services
    monkeypatch.setattr(type(services.printer), "print", lambda _self, job: bool(printed.append(job)) or True)

    def act(dialog: QDialog) -> None:
        with saving_to(monkeypatch, tmp_path / "report"):
            person.click(person.button("Save the report…", dialog))
        person.click(person.button("Print the report…", dialog))

    within(act, lambda: opened(person))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert [job.pdf[:5] for job in printed] == [b"%PDF-"]
    assert person.session.draft is before


def test_it_is_done_with_keys_alone(person: Person, file: Path) -> None:
    def act(made: QDialog) -> None:
        dialog = as_own(made)
        box = dialog.cards.boxes[-1][0]
        box.setFocus()
        settle()
        person.key(Key.Key_Space)
        assert box.isChecked()
        person.key(Key.Key_Return)
        assert not dialog.isVisible()

    within(act, lambda: opened(person))
    assert "Julisteet" in [line.description for line in person.session.draft.application.budget.lines]
    person.controller.command("undo")
    assert "Julisteet" not in [line.description for line in person.session.draft.application.budget.lines]


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
        (".xlsx", b"PK nonsense"),
        (".csv", b""),
        (".csv", b";;\n;"),
    ],
    ids=["old form", "nonsense", "nothing", "no values"],
)
def test_a_file_that_holds_no_budget_is_told_in_one_sentence(
    person: Person, file: Path, monkeypatch: pytest.MonkeyPatch, ending: str, content: bytes
) -> None:
    path = file.with_name(f"other{ending}")
    path.write_bytes(content)
    person.answers = ["ok"]
    with opening(monkeypatch, path):
        opened(person)
    assert person.asked[-1][1].endswith(".")
