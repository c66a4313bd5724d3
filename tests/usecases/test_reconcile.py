"""A budget of somebody's own against the application's: what is understood of it, and what is said where it is not."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from fakes.ports import document
from hakemus.domain.money import Money
from hakemus.usecases.cell_values import Value
from hakemus.usecases.reconcile import (
    Columns,
    ForeignLine,
    ForeignTable,
    guessed,
    lines_of,
    our_lines,
    reconcile,
)


def table(*rows: tuple[Value, ...]) -> ForeignTable:
    return ForeignTable("Taul1", rows)


@pytest.mark.parametrize(
    "rows",
    [(), ((),), (("Auto", "Kirjat"),), ((Decimal(10), Decimal(20)),)],
    ids=["no row", "an empty row", "words alone", "sums alone"],
)
def test_where_no_budget_stands_none_is_guessed(rows: tuple[tuple[Value, ...], ...]) -> None:
    assert guessed(table(*rows)) is None


def test_a_heading_among_the_rows_is_neither_a_cost_nor_unread() -> None:
    rows = table(("Auto", Decimal(10)), ("Palvelut", None), ("Muut", "  "), ("Kirja",), ("Lehti", Decimal(5)))
    lines, unread = lines_of(rows, Columns(0, 0, 1))
    assert [(line.row, line.description, str(line.amount)) for line in lines] == [
        (1, "Auto", "10.00"),
        (5, "Lehti", "5.00"),
    ]
    assert unread == ()


def test_quantity_times_price_tells_what_it_cannot_read() -> None:
    rows = table(
        ("Auto", Decimal(3), Decimal("33.35")),
        ("Bussi", "kaksi", Decimal(10)),
        ("Juna", Decimal(2), "n. 10"),
        ("Laiva", Decimal(2), None),
        ("Lento", None, Decimal(10)),
    )
    lines, unread = lines_of(rows, Columns(0, 0, quantity=1, unit_price=2))
    assert [(line.description, str(line.amount)) for line in lines] == [("Auto", "100.05")]
    assert [item.row for item in unread] == [2, 3]


def test_a_day_in_the_place_of_words_is_written_as_one() -> None:
    lines, _ = lines_of(table((datetime.date(2026, 5, 2), Decimal(10))), Columns(0, 0, 1))
    assert lines[0].description == "2.5.2026"


def test_rows_of_pay_count_and_rows_without_a_sum_do_not() -> None:
    made = document(
        {
            "budget": {
                "lines": [{"id": "k1", "description": "Auto", "amount": "10.00"}, {"id": "k2", "description": "Avoin"}],
                "people": [
                    {"id": "h1", "title": "Vetäjä", "months": "2", "monthly_pay": "3000.00"},
                    {"id": "h2", "title": "Avoin"},
                    {"id": "h3", "months": "1", "monthly_pay": "1000.00", "category": "services"},
                ],
            }
        }
    )
    ours = our_lines(made.draft)
    assert [(line.path, line.description, line.category) for line in ours] == [
        ("budget.lines[k1]", "Auto", ""),
        ("budget.people[h1]", "Vetäjä", "personnel"),
        ("budget.people[h3]", "", "services"),
    ]
    theirs = [ForeignLine(1, "vetäjä", "", ours[1].amount), ForeignLine(2, "Muu", "x", Money.parse("7.00"))]
    found = reconcile(ours, theirs, {})
    assert [pair.ours.path for pair in found.agreed if pair.ours] == ["budget.people[h1]"]
    assert found.theirs - found.ours == Money.parse("7.00") - ours[0].amount - ours[2].amount


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ((("Auto", Decimal(4340), Decimal(1000)), ("Kirja", Decimal(4500), Decimal(70))), 2),
        ((("Auto", Decimal(3), Decimal("10.50"), Decimal("31.50")), ("Kirja", Decimal(2), Decimal(5), Decimal(10))), 3),
        ((("Auto", Decimal(1000), Decimal("25.5")), ("Kirja", Decimal("70.10"), Decimal("25.5"))), 1),
        ((("Auto", Decimal(1000), None), ("Kirja", Decimal(9), Decimal(1)), ("Lehti", Decimal(8), None)), 1),
    ],
    ids=["account numbers", "quantity and price", "percentages", "a stray figure"],
)
def test_the_column_of_sums_is_told_from_other_figures(rows: tuple[tuple[Value, ...], ...], column: int) -> None:
    found = guessed(table(*rows))
    assert found is not None
    assert found.amount == column
