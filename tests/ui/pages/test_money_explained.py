"""Beside the figures: VAT, what the call accepts, what a refusal would mean, another grant tried before its use."""

from __future__ import annotations

import pytest
from person import Person, plain, settle, type_keys

from hakemus.ui.widgets.finding_card import FindingCard

SHARE = "oph-erityisavustus-2026"


def shown_columns(person: Person) -> list[str]:
    view = person.table("budget.lines").widget
    return [column.key for at, column in enumerate(view.rows.columns) if not view.isColumnHidden(at)]


def cell(person: Person, row: str, key: str) -> str:
    view = person.table("budget.lines").widget
    return plain(view.rows.row_at(view.rows.place(row)).cell(key).text)


def with_vat(person: Person) -> str:
    person.start("en").new()
    person.session.set_value("applicant.vat", "recovers")
    person.step("budget")
    row = person.add_row("budget.lines")
    for key, text in (("category", "services"), ("amount", "124"), ("vat_percent", "24"), ("vat_included", "true")):
        person.session.edit(f"{row}.{key}", text)
    settle()
    return row


def test_the_accepted_sum_has_a_column_where_it_differs(person: Person) -> None:
    row = with_vat(person)
    assert "accepted" in shown_columns(person)
    assert (cell(person, row, "sum"), cell(person, row, "accepted")) == ("124,00", "100,00")
    assert plain(person.page.box.totals.text("sum")) == "124,00"  # type: ignore[attr-defined]
    assert plain(person.page.box.totals.text("accepted")) == "100,00"  # type: ignore[attr-defined]
    person.session.edit(f"{row}.vat_included", "false")
    settle()
    assert "accepted" not in shown_columns(person)
    assert plain(person.page.box.totals.text("sum")) == "124,00"  # type: ignore[attr-defined]


def test_the_row_says_its_vat_in_words(person: Person) -> None:
    row = with_vat(person)
    person.table("budget.lines").widget.focus_cell(row, "description")
    settle()
    words = plain(person.page.details.words.text())  # type: ignore[attr-defined]
    assert words == "Net 100,00 €, VAT 24,00 €, gross 124,00 €; counts as 100,00 €."
    assert person.page.details.words.isVisible()  # type: ignore[attr-defined]
    person.session.set_value("applicant.vat", "bears")
    settle()
    assert "counts as 124,00 €" in plain(person.page.details.words.text())  # type: ignore[attr-defined]


def test_pay_above_the_cap_is_shown_as_not_accepted(person: Person) -> None:
    person.start("en").new(SHARE)
    person.step("budget")
    person.session.insert_row("budget.people", {"months": "12", "monthly_pay": "7000.00", "title": "x"})
    settle()
    row = f"budget.people[{person.session.value('budget.people')[0].id}]"
    assert (cell(person, row, "sum"), cell(person, row, "accepted")) == ("84 000,00", "80 000,00")
    person.table("budget.lines").widget.focus_cell(row, "description")
    settle()
    assert "4 000,00 € is above the call's cap of pay" in plain(person.page.details.words.text())  # type: ignore[attr-defined]


def test_a_row_copied_and_pasted_is_the_same_with_the_accepted_column_in_sight(person: Person) -> None:
    row = with_vat(person)
    person.window.resize(1900, 1000)
    settle()
    person.put("budget.lines", row, "description", "Kuljetus")
    view = person.table("budget.lines").widget
    view.focus_cell(row, "description")
    view.copy()
    view.focus_cell("+add", "description")
    view.paste()
    settle()
    first, second = person.session.value("budget.lines")
    assert (second.description, second.category, second.amount) == ("Kuljetus", "services", first.amount)
    assert (second.payer, second.activity) == (first.payer, first.activity)


def test_other_funding_says_what_its_refusal_would_mean(person: Person) -> None:
    person.start("en").example()
    person.step("funding")
    name = person.session.insert_row(
        "funding.other", {"source": "Foundation", "status": "applied", "amount": "1000.00"}
    )
    settle()
    before = person.session.draft
    person.table("funding.other").widget.focus_cell(f"funding.other[{name}]", "source")
    settle()
    details = next(item for _, item in person.page._details if item.row.startswith("funding.other"))
    said = plain(details.words.text())
    assert said.startswith("If this funding is refused: share of the grant 83,33 %, highest grant 7 200,00 €")
    assert person.session.draft is before
    person.session.edit(f"funding.other[{name}].status", "refused")
    settle()
    assert not details.words.isVisible()


def open_trial(person: Person, text: str) -> None:
    person.step("funding")
    person.click(person.button("Try another grant…"))
    type_keys(text)
    settle()


def test_another_grant_is_tried_and_nothing_changes(person: Person) -> None:
    person.start("en").example()
    before = person.session.draft
    open_trial(person, "7200")
    trial = person.page.trial  # type: ignore[attr-defined]
    assert plain(trial.words.text()).startswith("With this grant: share of the grant 80,00 %, highest grant 7 200,00 €")
    assert person.session.draft is before
    assert not person.session.pending()


def test_a_tried_grant_is_used_as_one_undoable_step(person: Person) -> None:
    person.start("en").example()
    asked = person.at("funding.grant")
    open_trial(person, "7 000,00")
    steps = person.session.steps_done
    person.click(person.button("Use this grant"))
    assert plain(person.at("funding.grant")) == "7 000,00"
    assert person.session.steps_done == steps + 1
    trial = person.page.trial  # type: ignore[attr-defined]
    assert (trial.field.text(), trial.use.isEnabled()) == ("", False)
    person.undo()
    assert person.at("funding.grant") == asked


def test_the_ways_out_of_a_tried_grant_take_the_grant_with_them(person: Person) -> None:
    person.start("en").example()
    open_trial(person, "8500")
    trial = person.page.trial  # type: ignore[attr-defined]
    card = next(made for made in trial.findChildren(FindingCard) if made.isVisible() and "share" in made.title)
    person.click(person.button("Use: Lower the grant", card))
    settle()
    assert plain(person.at("funding.grant")) == "7 200,00"
    assert "grant-share" not in {item.kind for item in person.session.check.findings}


@pytest.mark.parametrize("text", ["1.234", "abc"])
def test_a_trial_that_is_no_sum_says_why(person: Person, text: str) -> None:
    person.start("en").example()
    open_trial(person, text)
    trial = person.page.trial  # type: ignore[attr-defined]
    assert trial.field.control.accessibleDescription().count(".") > 1
    assert not trial.use.isEnabled()
    assert not person.session.draft.pending


def test_a_closed_trial_leaves_nothing(person: Person) -> None:
    person.start("en").example()
    before = person.session.draft
    open_trial(person, "8500")
    person.click(person.button("Close the trial"))
    trial = person.page.trial  # type: ignore[attr-defined]
    assert (trial.isVisible(), trial.field.text()) == (False, "")
    assert person.session.draft is before


def test_a_way_out_and_its_undo_are_told(person: Person) -> None:
    person.start().example().step("funding")
    person.click(person.button("Käytä: Pienennä avustusta"))
    assert plain(person.at("funding.grant")) == "7 200,00"
    assert person.said == "Tehty: Pienennä avustusta. Kumoa palauttaa entisen."
    person.undo()
    assert plain(person.at("funding.grant")) == "7 500,00"
    assert person.said == "Kumottu: korjaus: Pienennä avustusta"
    person.redo()
    assert person.said == "Tehty uudelleen: korjaus: Pienennä avustusta"
