"""A budget in a workbook of its own is read, understood and held against the application's, to the cent."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from workbook_cases import document

from hakemus.adapters.excel.foreign import read_foreign
from hakemus.domain.money import Money
from hakemus.usecases.errors import UserError
from hakemus.usecases.reconcile import Columns, guessed, lines_of, our_lines, reconcile

ROWS = (
    ("Hankkeen budjetti", None, None),
    ("Kohde", "Laji", "Euroa"),
    ("Auto", "4340", 1000),
    ("kirjat ", "4500", "1 234,50"),
    ("Kulut yhteensä", None, 2234.5),
    ("Kuljettaja", "4340", 70),
    ("Yhteensä", None, 2304.5),
    ("Arvio", None, "n. 50"),
)
MAPPING = {"4340": "services", "4500": "materials"}


def xlsx() -> bytes:
    book = Workbook()
    book.create_sheet("Tyhjä")
    for row in ROWS:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_csv(encoding: str, separator: str) -> bytes:
    rows = (separator.join("" if cell is None else str(cell).replace(".5", ",50") for cell in row) for row in ROWS)
    return "\r\n".join(rows).encode(encoding)


FILES = {
    "b.xlsx": xlsx(),
    "utf8.csv": as_csv("utf-8-sig", ";"),
    "latin.csv": as_csv("cp1252", ";"),
    "wide.csv": as_csv("utf-16", "\t"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_form_gives_the_same_lines(name: str) -> None:
    (table,) = read_foreign(FILES[name], name)
    columns = guessed(table)
    assert columns is not None
    assert (columns.description, columns.amount, columns.first) == (0, 2, 2)
    lines, unread = lines_of(table, Columns(2, 0, 2, category=1))
    assert [(line.description, str(line.amount), line.is_total) for line in lines] == [
        ("Auto", "1000.00", False),
        ("kirjat", "1234.50", False),
        ("Kulut yhteensä", "2234.50", True),
        ("Kuljettaja", "70.00", False),
        ("Yhteensä", "2304.50", True),
    ]
    assert [item.row for item in unread] == [8]


def test_what_agrees_differs_and_is_missing_adds_up_to_the_cent() -> None:
    made = document(
        {
            "budget": {
                "lines": [
                    {"id": "k1", "description": "Auto", "category": "services", "amount": "900.00"},
                    {"id": "k2", "description": "Kirjat", "category": "materials", "amount": "1234.50"},
                    {"id": "k3", "description": "Juliste", "category": "services", "amount": "20.01"},
                ]
            }
        }
    )
    (table,) = read_foreign(FILES["b.xlsx"], "b.xlsx")
    theirs, _ = lines_of(table, Columns(2, 0, 2, category=1))
    found = reconcile(our_lines(made.draft), theirs, MAPPING)
    assert [pair.ours.path for pair in found.agreed if pair.ours] == ["budget.lines[k2]"]
    assert [str(pair.difference) for pair in found.differing] == ["100.00"]
    assert [pair.ours.description for pair in found.only_ours if pair.ours] == ["Juliste"]
    assert [pair.theirs.description for pair in found.only_theirs if pair.theirs] == ["Kuljettaja"]
    pairs = (*found.agreed, *found.differing, *found.only_ours, *found.only_theirs)
    assert sum(pair.difference.cents for pair in pairs) == (found.theirs - found.ours).cents == 14_999
    sums = {item.category: (str(item.ours), str(item.theirs)) for item in found.categories}
    assert sums == {"services": ("920.01", "1070.00"), "materials": ("1234.50", "1234.50")}


def test_quantity_and_price_stand_in_for_a_sum() -> None:
    (table,) = read_foreign(b"Auto;3;33,35\nBussi;kaksi;10", "b.csv")
    lines, unread = lines_of(table, Columns(0, 0, quantity=1, unit_price=2))
    assert [line.amount for line in lines] == [Money.parse("100.05")]
    assert [item.row for item in unread] == [2]


@pytest.mark.parametrize("name", ["b.xlsx", "b.xls"])
def test_what_is_no_workbook_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        read_foreign(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, name)
