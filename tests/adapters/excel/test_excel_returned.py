"""A workbook goes out, somebody changes it in a spreadsheet program, and exactly those changes are offered, by id."""

from __future__ import annotations

import datetime
import io
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from office import needs_office, recalculated
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from workbook_cases import BASIC_TEXTS, DAY, document, example, invented, report_of

from hakemus.adapters.excel.back import read_returned
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.draft import Document
from hakemus.domain.money import Money
from hakemus.usecases.errors import UserError
from hakemus.usecases.offering import offered
from hakemus.usecases.returned import Offer, Returned
from hakemus.usecases.taking_over import applied
from strategies import applications

SEEDS = range(10)
COLUMNS = {"description": 1, "quantity": 2, "unit": 3, "unit_price": 4, "amount": 5}


class Office:
    """Somebody with a spreadsheet program: finds rows by their hidden ids and changes cells."""

    def __init__(self, made: Document, language: str = "fi") -> None:
        self.sent = render_xlsx(report_of(made, language), DAY)
        self.book = load_workbook(io.BytesIO(self.sent))

    def sheet_of(self, name: str) -> tuple[Worksheet, int]:
        for sheet in self.book.worksheets:
            if sheet.title != "_hakemus":
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.value == name:
                            return sheet, cell.row
        raise AssertionError(name)

    def put(self, name: str, column: int, value: Any) -> str:
        sheet, row = self.sheet_of(name)
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        return str(cell.coordinate)

    def ids(self, sheet: Worksheet) -> list[str]:
        return [
            cell.value
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and re.fullmatch(r"budget\.lines\[\w+\]", cell.value)
        ]

    def saved(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def draw() -> Callable[[int], int]:
    return random.Random(3).randrange


def found(made: Document, data: bytes) -> Returned:
    return offered(made, read_returned(data), draw())


def said(offers: tuple[Offer, ...]) -> set[tuple[str, str, str]]:
    return {(item.path, str(item.difference.old), str(item.difference.new)) for item in offers}


def two_groups() -> Document:
    return document(
        {
            "project": {"title": "Torikirjasto"},
            "applicant": {"contacts": [{"id": "c1", "name": "Yhteyshenkilö", "phone": "0401234567"}]},
            "activities": [
                {"id": "a1", "title": "Kierros", "starts_on": "2026-05-02", "ends_on": "2026-06-30"},
                {"id": "a2", "title": "Avajaiset", "starts_on": "2026-08-01"},
            ],
            "budget": {
                "people": [{"id": "h1", "title": "Vetäjä", "months": "6", "monthly_pay": "3000.00"}],
                "lines": [
                    {"id": "k1", "category": "services", "description": "Auto", "quantity": "2", "unit_price": "10.00"},
                    {"id": "k2", "category": "services", "description": "Esitys", "amount": "500.00"},
                    {"id": "k3", "category": "services", "description": "Mainos", "quantity": "4"},
                    {"id": "k4", "category": "materials", "description": "Kirjat", "amount": "900.00"},
                ],
            },
            "funding": {
                "grant": "1000.00",
                "own": [{"id": "o1", "kind": "appropriation", "amount": "400.00"}],
                "other": [{"id": "m1", "source": "Säätiö", "status": "applied", "amount": "100.00"}],
            },
        }
    )


def test_an_untouched_workbook_offers_nothing() -> None:
    for made in (two_groups(), document(example()), *(document(invented(seed)) for seed in (1, 4, 8))):
        office = Office(made)
        assert found(made, office.sent) == Returned(())
        assert found(made, office.saved()) == Returned(())


def test_hostile_texts_come_back_as_they_left() -> None:
    lines = [{"id": f"k{at}", "description": text, "unit": text} for at, text in enumerate(BASIC_TEXTS) if text]
    made = document({"budget": {"lines": lines}, "funding": {"own": [{"id": "o", "description": "x" * 40_000}]}})
    assert found(made, render_xlsx(report_of(made), DAY)) == Returned(())
    office = Office(made)
    office.put("budget.lines[k3]", COLUMNS["description"], "Uusi_x000D_\nrivi")
    (offer,) = found(made, office.saved()).offers
    assert offer.path == "budget.lines[k3].description"
    assert offer.difference.new == "Uusi\nrivi"


def test_typed_texts_are_read_as_sums_and_days() -> None:
    made = two_groups()
    office = Office(made)
    office.put("budget.lines[k1]", COLUMNS["unit_price"], "1 234,50")
    office.put("budget.lines[k2]", COLUMNS["amount"], "600,00 €")
    office.put("activities[a1]", 3, "31.12.2026")
    office.put("activities[a2]", 3, datetime.date(2026, 9, 1))
    office.put("funding.grant", 3, 1500)
    back = found(made, office.saved())
    assert back.problems == ()
    assert said(back.offers) == {
        ("activities[a1].ends_on", "2026-06-30", "2026-12-31"),
        ("activities[a2].ends_on", "None", "2026-09-01"),
        ("budget.lines[k1].unit_price", "10.00", "1234.50"),
        ("budget.lines[k2].amount", "500.00", "600.00"),
        ("funding.grant", "1000.00", "1500.00"),
    }
    money = {item.path: item.money for item in back.offers}
    assert money["budget.lines[k1].unit_price"] == Money.parse("2449.00")
    assert money["budget.lines[k2].amount"] == Money.parse("100.00")
    after = applied(made.draft, back.offers)
    assert str(after.application.budget.lines[0].unit_price) == "1234.50"
    assert after.application.budget.lines[0].amount is None
    assert str(after.application.funding.grant) == "1500.00"
    assert after.application.activities[1].ends_on == datetime.date(2026, 9, 1)


def test_a_sum_typed_over_its_formula_counts_unless_it_is_the_same() -> None:
    made = two_groups()
    office = Office(made)
    office.put("budget.lines[k1]", COLUMNS["amount"], 20)
    assert found(made, office.saved()) == Returned(())
    office.put("budget.lines[k1]", COLUMNS["amount"], 25)
    (offer,) = found(made, office.saved()).offers
    assert (str(offer.difference.old), str(offer.difference.new), str(offer.money)) == ("20.00", "25.00", "5.00")
    line = applied(made.draft, [offer]).application.budget.lines[0]
    assert (str(line.amount), line.unit_price) == ("25.00", None)


def test_rows_inserted_copied_and_deleted() -> None:
    made = two_groups()
    office = Office(made)
    sheet, row = office.sheet_of("budget.lines[k1]")
    sheet.insert_rows(row + 1, 2)
    new: tuple[tuple[str, Any], ...] = (("description", "Kuljettaja"), ("quantity", 3), ("unit_price", "70,00"))
    for column, value in new:
        sheet.cell(row + 1, COLUMNS[column]).value = value
    for place in range(1, 12):
        sheet.cell(row + 2, place).value = sheet.cell(row, place).value
    sheet, row = office.sheet_of("budget.lines[k4]")
    sheet.delete_rows(row)
    back = found(made, office.saved())
    assert back.problems == ()
    hows = [(item.difference.how.value, item.path.split("[")[0], item.money) for item in back.offers]
    assert hows == [
        ("row added", "budget.lines", Money.parse("210.00")),
        ("row added", "budget.lines", Money.parse("20.00")),
        ("row removed", "budget.lines", Money.parse("-900.00")),
    ]
    lines = applied(made.draft, back.offers).application.budget.lines
    assert [(line.description, line.category) for line in lines] == [
        ("Auto", "services"),
        ("Kuljettaja", "services"),
        ("Auto", "services"),
        ("Esitys", "services"),
        ("Mainos", "services"),
    ]
    assert str(lines[1].unit_price) == "70.00"


def rearranged(office: Office, order: Callable[[list[list[Any]]], list[list[Any]]]) -> bytes:
    """The body of the budget with its rows in another order."""
    sheet, first = office.sheet_of("group:personnel")
    _, last = office.sheet_of("total")
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]
    for at, values in enumerate(order(cells)):
        for col, value in enumerate(values, 1):
            sheet.cell(first + at, col).value = value
    return office.saved()


def test_a_row_moved_under_another_heading_changes_its_category() -> None:
    made = two_groups()

    def moved(rows: list[list[Any]]) -> list[list[Any]]:
        at = next(at for at, row in enumerate(rows) if row[0] == "Esitys")
        to = next(at for at, row in enumerate(rows) if row[0] == "Kirjat")
        return [*rows[: to + 1], rows[at], *rows[to + 1 : at], *rows[at + 1 :]]

    back = found(made, rearranged(Office(made), moved))
    assert said(back.offers) == {("budget.lines[k2].category", "services", "materials")}
    assert applied(made.draft, back.offers).application.budget.lines[1].category == "materials"


def test_a_sort_offers_nothing_and_says_where_headings_lost_their_sense() -> None:
    made = two_groups()
    within = found(made, rearranged(Office(made), lambda rows: [*rows[:5], *rows[7:4:-1], *rows[8:]]))
    assert within == Returned(())
    across = found(made, rearranged(Office(made), lambda rows: sorted(rows, key=lambda row: str(row[0]))))
    assert (across.offers, across.problems) == ((), ())
    assert len(across.notes) == 1


def test_what_cannot_be_read_is_listed_by_sheet_and_cell() -> None:
    made = two_groups()
    office = Office(made)
    places = {
        office.put("budget.lines[k1]", COLUMNS["unit_price"], "noin kymppi"),
        office.put("budget.lines[k2]", COLUMNS["amount"], "1.234"),
        office.put("budget.lines[k3]", COLUMNS["quantity"], datetime.date(2026, 1, 1)),
        office.put("budget.lines[k4]", COLUMNS["amount"], 1.005),
        office.put("budget.lines[k3]", COLUMNS["unit_price"], "=1/0"),
        office.put("budget.people[h1]", COLUMNS["amount"], 1),
    }
    back = found(made, office.saved())
    assert {item.cell for item in back.problems} == places
    assert {item.sheet for item in back.problems} == {office.sheet_of("budget.lines[k1]")[0].title}
    assert back.offers == ()


def test_a_workbook_of_another_draft_is_refused_and_of_another_revision_said() -> None:
    made = two_groups()
    office = Office(made)
    office.put("budget.lines[k2]", COLUMNS["amount"], 600)
    with pytest.raises(UserError):
        found(made.model_copy(update={"id": "another"}), office.saved())
    lines = made.draft.application.budget.lines
    later = document(
        {
            "budget": {
                "lines": [
                    {"id": "k2", "category": "services", "description": "Esitys", "amount": "550.00"},
                    {"id": "k9", "description": "Uusi tässä"},
                ]
            }
        }
    ).model_copy(update={"revision": 4})
    back = found(later, office.saved())
    assert len(lines) == 4
    assert len(back.notes) == 1
    assert [(item.path, item.conflict) for item in back.offers] == [("budget.lines[k2].amount", True)]


def test_a_lost_sheet_loses_no_rows() -> None:
    made = two_groups()
    office = Office(made)
    del office.book[office.sheet_of("budget.lines[k1]")[0].title]
    back = found(made, office.saved())
    assert back.offers == ()
    assert len(back.notes) == 1


def edited(made: Document, seed: int) -> tuple[bytes, set[tuple[str, str]]]:
    """Random edits, and what must be offered for them."""
    chance = random.Random(seed)
    office = Office(made)
    wanted: set[tuple[str, str]] = set()
    lines = made.draft.application.budget.lines
    for line in lines:
        name = f"budget.lines[{line.id}]"
        deed = chance.choice(("price", "words", "delete", "text", "none", "none"))
        if deed == "price" and line.unit_price is not None:
            office.put(name, COLUMNS["unit_price"], 777.77)
            wanted.add((f"{name}.unit_price", "777.77"))
        elif deed == "text" and line.unit_price is not None:
            office.put(name, COLUMNS["unit_price"], "12 345,67")
            wanted.add((f"{name}.unit_price", "12345.67"))
        elif deed == "words":
            office.put(name, COLUMNS["description"], f"Toinen {seed}")
            wanted.add((f"{name}.description", f"Toinen {seed}"))
        elif deed == "delete":
            sheet, row = office.sheet_of(name)
            sheet.delete_rows(row)
            wanted.add((name, "None"))
    for activity in made.draft.application.activities:
        office.put(f"activities[{activity.id}]", 2, "31.12.2030")
        wanted.add((f"activities[{activity.id}].starts_on", "2030-12-31"))
    for item in made.draft.application.funding.income:
        office.put(f"funding.income[{item.id}]", 3, "1,25")
        wanted.add((f"funding.income[{item.id}].amount", "1.25"))
    return office.saved(), wanted


def check_edits(made: Document, data: bytes, wanted: set[tuple[str, str]]) -> None:
    back = found(made, data)
    assert {(item.path, str(item.difference.new)) for item in back.offers} == wanted
    assert back.problems == ()
    after = applied(made.draft, back.offers)
    again = offered(made.model_copy(update={"draft": after}), read_returned(data), draw())
    assert again.offers == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_exactly_the_edits_are_offered(seed: int) -> None:
    made = document(invented(seed))
    check_edits(made, *edited(made, seed))


@needs_office
def test_exactly_the_edits_are_offered_after_an_office_program_saved_them(tmp_path: Any) -> None:
    made = {f"b{seed}": document(invented(seed)) for seed in (2, 5)}
    made["plain"] = document(example())
    cases = {name: edited(one, at) for at, (name, one) in enumerate(made.items())}
    books = recalculated(tmp_path, {name: data for name, (data, _) in cases.items()})
    for name, one in made.items():
        check_edits(one, books[name], cases[name][1])


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
@given(applications)
def test_whatever_an_application_says_comes_back_unchanged(plain: dict[str, Any]) -> None:
    made = document(plain)
    assert found(made, render_xlsx(report_of(made), DAY)) == Returned(())
