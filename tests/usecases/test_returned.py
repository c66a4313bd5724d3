"""What a returned workbook offers, whoever read it: rows as they came back against the application as it stands now."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from fakes.ports import Chance, Clock, document
from hakemus.domain.draft import Document
from hakemus.domain.money import Money
from hakemus.usecases.comparing import How
from hakemus.usecases.offering import offered
from hakemus.usecases.returned import Offer, Returned, ReturnedCell, ReturnedRow, ReturnedWorkbook
from hakemus.usecases.session import Session
from hakemus.usecases.taking_over import applied, take, totals

LINES = "budget.lines"
SHEET = "Budjetti"
DATA: dict[str, Any] = {
    "project": {"title": "Torikirjasto"},
    "budget": {
        "lines": [
            {"id": "k1", "category": "services", "description": "Auto", "quantity": "2", "unit_price": "10.00"},
            {"id": "k2", "category": "services", "description": "Esitys", "amount": "500.00"},
        ]
    },
    "funding": {"own": [{"id": "o1", "kind": "appropriation", "amount": "400.00"}]},
}


def cell(value: Any, was: Any = None, at: str = "B7", *, known: bool = True) -> ReturnedCell:
    return ReturnedCell(value, value != was, at, was, known)


def known(name: str, cells: Mapping[str, ReturnedCell], table: str = LINES, **more: Any) -> ReturnedRow:
    return ReturnedRow(name, table, SHEET, 7, cells, **more)


def new(table: str = LINES, group: str | None = None, after: str = "", **values: Any) -> ReturnedRow:
    return ReturnedRow("", table, SHEET, 9, {name: cell(value) for name, value in values.items()}, group, after=after)


def returned(made: Document, *rows: ReturnedRow, **more: Any) -> ReturnedWorkbook:
    facts: dict[str, Any] = {"revision": made.revision, "rows": rows, **more}
    return ReturnedWorkbook(made.id, facts.pop("revision"), made.draft.call.id, made.draft.call.edition, "fi", **facts)


def found(made: Document, *rows: ReturnedRow, **more: Any) -> Returned:
    return offered(made, returned(made, *rows, **more), random.Random(3).randrange)


def only(made: Document, *rows: ReturnedRow, **more: Any) -> Offer:
    back = found(made, *rows, **more)
    assert back.problems == ()
    (offer,) = back.offers
    return offer


@pytest.mark.parametrize(("revision", "words"), [(0, "changed here meanwhile"), (1, None), (2, "a later one")])
def test_a_workbook_of_another_revision_says_which_way_it_differs(revision: int, words: str | None) -> None:
    made = document(DATA).model_copy(update={"revision": 1})
    notes = found(made, revision=revision).notes
    assert len(notes) == (words is not None)
    assert words is None or words in notes[0].key


def test_what_was_written_into_a_row_that_is_gone_here_is_listed_cell_by_cell() -> None:
    cells = {
        "description": cell("Uusi", "Vanha", "A7"),
        "unit": cell("kpl", "kpl", "C7"),
        "amount": cell(None, 5, "E7"),
    }
    back = found(document(DATA), known("budget.lines[k9]", cells))
    assert back.offers == ()
    assert [(item.sheet, item.cell) for item in back.problems] == [(SHEET, "A7"), (SHEET, "E7")]


def test_a_row_deleted_there_and_here_is_no_change() -> None:
    assert found(document(DATA), gone=("budget.lines[k9]",)) == Returned(())


# -- meeting a change made here --------------------


@pytest.mark.parametrize(
    ("was", "conflict"), [("Auto", False), ("Bussi", True), (None, True)], ids=["untouched", "changed", "filled"]
)
def test_a_text_changed_on_both_sides_is_marked(was: str | None, conflict: bool) -> None:
    row = known("budget.lines[k1]", {"description": cell("Linja-auto", was)})
    assert only(document(DATA), row).conflict is conflict


def test_a_long_text_whose_old_words_are_not_known_is_not_called_a_conflict() -> None:
    row = known("budget.lines[k1]", {"description": cell("Linja-auto", known=False)})
    assert only(document(DATA), row).conflict is False


@pytest.mark.parametrize(("was", "conflict"), [("n. 500 (luettava)", False), ("tuhat", True), (Decimal(500), True)])
def test_a_value_against_a_text_that_waits_is_a_conflict_unless_that_text_left(was: Any, conflict: bool) -> None:
    made = document(DATA, pending={"funding.grant": "n. 500", "budget.lines[k1].quantity": "pari"})
    offer = only(made, known("funding.grant", {"": cell(Decimal(700), was)}, "funding.grant"))
    assert offer.conflict is conflict
    after = applied(made.draft, [offer])
    assert after.application.funding.grant == Money.parse("700.00")
    assert dict(after.pending) == {"budget.lines[k1].quantity": "pari"}


# -- sums typed over formulas --------------------


def test_a_typed_sum_that_follows_a_new_quantity_says_nothing_more() -> None:
    cells = {"quantity": cell(Decimal(3), Decimal(2), "B7"), "amount": cell(Decimal(30), Decimal(20), "E7")}
    offer = only(document(DATA), known("budget.lines[k1]", cells))
    assert (offer.path, offer.money) == ("budget.lines[k1].quantity", Money.parse("10.00"))


def test_a_formula_wiped_away_beside_quantity_and_price_says_nothing() -> None:
    assert found(document(DATA), known("budget.lines[k1]", {"amount": cell(None, Decimal(20))})) == Returned(())


CONTRADICTING = {"id": "k", "description": "Auto", "quantity": "2", "unit_price": "10.00", "amount": "25.00"}


@pytest.mark.parametrize("typed", [Decimal(20), None], ids=["the product", "nothing"])
def test_a_sum_that_contradicted_its_factors_and_was_mended_leaves_them_alone(typed: Decimal | None) -> None:
    made = document({"budget": {"lines": [CONTRADICTING]}})
    row = known("budget.lines[k]", {"amount": cell(typed, Decimal(25))})
    offer = only(made, row)
    assert (offer.difference.old, offer.difference.new) == (Money.parse("25.00"), Money.parse("20.00"))
    assert (offer.money, offer.conflict) == (Money.parse("-5.00"), False)
    after = applied(made.draft, [offer])
    stored = after.application.budget.lines[0].stored()
    assert stored == {key: value for key, value in CONTRADICTING.items() if key != "amount"}
    assert found(made.model_copy(update={"draft": after}), row) == Returned(())


def test_a_product_typed_over_a_text_that_waits_takes_the_text_away() -> None:
    made = document(DATA, pending={"budget.lines[k1].amount": "n. 20"})
    offer = only(made, known("budget.lines[k1]", {"amount": cell(Decimal(20), "n. 20")}))
    after = applied(made.draft, [offer])
    assert after.application.budget == made.draft.application.budget
    assert not after.pending


def test_a_contradicted_sum_wiped_away_beside_a_new_price_is_said_by_the_price() -> None:
    made = document({"budget": {"lines": [CONTRADICTING]}})
    cells = {"unit_price": cell(Decimal(15), Decimal(10), "D7"), "amount": cell(None, Decimal(25), "E7")}
    offer = only(made, known("budget.lines[k]", cells))
    assert (offer.path, offer.money) == ("budget.lines[k].unit_price", Money.parse("5.00"))
    assert applied(made.draft, [offer]).application.budget.lines[0].amount is None


def test_a_sum_typed_where_zero_left_for_none_is_no_conflict() -> None:
    made = document({"funding": {"own": [{"id": "o", "kind": "appropriation"}]}})
    row = known("funding.own[o]", {"amount": cell(Decimal(50), Decimal(0))}, "funding.own")
    assert only(made, row).conflict is False


def test_words_change_beside_a_sum_that_contradicts_its_factors_and_the_contradiction_stays() -> None:
    made = document({"budget": {"lines": [CONTRADICTING]}})
    offer = only(made, known("budget.lines[k]", {"description": cell("Bussi", "Auto")}))
    (after,) = applied(made.draft, [offer]).application.budget.lines
    assert after.stored() == {**CONTRADICTING, "description": "Bussi"}


# -- headings --------------------


@pytest.mark.parametrize(("now", "offers"), [("materials", 0), ("services", 1), ("travel", 1)])
def test_a_row_moved_under_the_heading_that_it_has_here_already_is_no_change(now: str, offers: int) -> None:
    made = document({"budget": {"lines": [{"id": "k", "category": now, "amount": "1.00"}]}})
    back = found(made, known("budget.lines[k]", {}, group="materials", regrouped=True))
    assert [item.difference.new for item in back.offers] == ["materials"] * offers


@pytest.mark.parametrize(("typed", "offers"), [("personnel", 0), ("services", 1)])
def test_a_person_without_a_category_stands_under_personnel_already(typed: str, offers: int) -> None:
    made = document({"budget": {"people": [{"id": "p", "title": "Ohjaaja"}]}})
    row = known("budget.people[p]", {"category": cell(typed, None)}, "budget.people")
    assert [item.difference.new for item in found(made, row).offers] == [typed] * offers


# -- new rows --------------------


def test_a_new_row_of_which_nothing_can_be_read_is_listed_and_not_offered() -> None:
    back = found(document(DATA), new(quantity="pari", amount="n. 10"))
    assert back.offers == ()
    assert len(back.problems) == 2


@pytest.mark.parametrize(("group", "category"), [("materials", "materials"), ("", None), (None, None)])
def test_a_new_cost_takes_the_category_of_its_heading_if_that_says_one(group: str | None, category: str | None) -> None:
    made = document(DATA)
    offer = only(made, new(group=group, description="Kirja", amount=Decimal(30)))
    assert applied(made.draft, [offer]).application.budget.lines[-1].category == category


@pytest.mark.parametrize(
    ("amount", "left", "money"),
    [
        (Decimal(30), {"quantity": "3", "unit_price": "10.00"}, "30.00"),
        (Decimal(35), {"quantity": "3", "amount": "35.00"}, "35.00"),
    ],
    ids=["the product", "another sum"],
)
def test_a_new_cost_has_one_sum_alone(amount: Decimal, left: dict[str, str], money: str) -> None:
    made = document(DATA)
    offer = only(made, new(quantity=Decimal(3), unit_price=Decimal(10), amount=amount))
    stored = applied(made.draft, [offer]).application.budget.lines[-1].stored()
    assert {key: value for key, value in stored.items() if key != "id"} == left
    assert offer.money == Money.parse(money)


def test_new_and_deleted_rows_of_funding_count_with_their_own_sums() -> None:
    made = document(DATA)
    row = new("funding.own", after="funding.own[o1]", description="Talkoot", amount="50,00 €")
    back = found(made, row, gone=("funding.own[o1]",))
    assert [(item.difference.how, item.money) for item in back.offers] == [
        (How.ROW_ADDED, Money.parse("50.00")),
        (How.ROW_REMOVED, Money.parse("-400.00")),
    ]
    assert [row.description for row in applied(made.draft, back.offers).application.funding.own] == ["Talkoot"]
    sums = {item.name: (str(item.old), str(item.new)) for item in totals(made.draft, back.offers)}
    assert sums["Own funding"] == ("400.00", "50.00")
    assert sums["Costs"] == ("520.00", "520.00")


def test_a_new_row_of_a_table_without_money_says_no_sum() -> None:
    made = document(DATA)
    offer = only(made, new("activities", title="Avajaiset", starts_on=datetime.date(2026, 8, 1)))
    assert offer.money is None
    assert applied(made.draft, [offer]).application.activities[0].starts_on == datetime.date(2026, 8, 1)


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ("budget.lines[k1]", ["Auto", "Kirja", "Lehti", "Esitys"]),
        ("budget.lines[k9]", ["Auto", "Esitys", "Kirja", "Lehti"]),
        ("", ["Auto", "Esitys", "Kirja", "Lehti"]),
    ],
    ids=["behind a row", "behind one that is gone here", "behind none"],
)
def test_new_rows_keep_their_order_behind_the_row_that_they_stood_behind(after: str, order: list[str]) -> None:
    made = document(DATA)
    back = found(made, new(after=after, description="Kirja"), new(after=after, description="Lehti"))
    assert [line.description for line in applied(made.draft, back.offers).application.budget.lines] == order


# -- cells that are no value of their field --------------------


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("quantity", True, "Yes or no"),
        ("quantity", datetime.date(2026, 1, 1), "A date"),
        ("quantity", Decimal(10**9), "too large"),
        ("amount", Decimal(10**12), "too large"),
        ("amount", Decimal("1.005"), "parts of a cent"),
        ("year", Decimal("2026.5"), "whole number"),
    ],
)
def test_a_cell_that_is_no_value_is_listed_with_its_reason(name: str, value: Any, words: str) -> None:
    back = found(document(DATA), known("budget.lines[k2]", {name: cell(value, at="D7")}))
    assert back.offers == ()
    (trouble,) = back.problems
    assert (trouble.sheet, trouble.cell) == (SHEET, "D7")
    assert words in trouble.reason.key


def test_a_number_is_no_day() -> None:
    made = document({"activities": [{"id": "a", "title": "Kierros"}]})
    back = found(made, known("activities[a]", {"starts_on": cell(Decimal(46_000))}, "activities"))
    assert (back.offers, len(back.problems)) == ((), 1)


def test_a_whole_number_is_a_year_and_a_day_among_words_is_written_as_one() -> None:
    made = document(DATA)
    day = datetime.date(2026, 5, 2)
    cells = {"year": cell(Decimal(2026)), "description": cell(day, "Esitys")}
    back = found(made, known("budget.lines[k2]", cells))
    line = applied(made.draft, back.offers).application.budget.lines[1]
    assert (line.year, line.description) == (2026, "2.5.2026")


# -- taking over --------------------


def test_what_is_chosen_is_taken_over_as_one_step() -> None:
    made = document(DATA)
    session = Session(made, Chance().draw, Clock())
    cells = {"description": cell("Bussi", "Auto"), "quantity": cell(Decimal(4), Decimal(2))}
    offers = found(made, known("budget.lines[k1]", cells), gone=("budget.lines[k2]",)).offers
    take(session, ())
    assert session.steps_done == 0
    take(session, [item for item in offers if item.difference.how is How.CHANGED])
    lines = session.draft.application.budget.lines
    assert [(line.description, str(line.quantity)) for line in lines] == [("Bussi", "4"), ("Esitys", "None")]
    assert session.steps_done == 1
    session.undo()
    assert session.draft == made.draft
