"""What a workbook shows beside the form: whole cost rows, people, partners' own rows, sums by payer, year, account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fakes.ports import Chance, Clock, catalog, document
from hakemus.domain.draft import Document
from hakemus.domain.findings import Severity
from hakemus.domain.money import Money, total
from hakemus.report.build import build
from hakemus.report.model import (
    Choice,
    Copy,
    EmptyCell,
    MoneyCell,
    NumberCell,
    PendingCell,
    Report,
    Row,
    RowKind,
    ShownCell,
    Table,
    TextCell,
    Workbook,
)
from hakemus.report.review import Line
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.session import Session
from hakemus.usecases.workbook_report import line_words, with_watch

DATA: dict[str, Any] = {
    "applicant": {"vat": "bears"},
    "project": {"title": "Torikirjasto", "starts_on": "2019-05-01", "ends_on": "2020-06-30"},
    "partners": [{"id": "p1", "name": "Naapuri"}, {"id": "p2", "name": "NAAPURI"}, {"id": "p3", "name": "x" * 200}],
    "budget": {
        "lines": [
            {
                "id": "k1",
                "category": "services",
                "description": "Auto",
                "quantity": "2",
                "unit_price": "10.00",
                "vat_percent": "25.5",
                "year": 2019,
                "account": "4340",
            },
            {"id": "k2", "category": "services", "description": "Esitys", "amount": "50.00", "payer": "p2"},
            {
                "id": "k3",
                "category": "strange",
                "description": "Outo",
                "amount": "7.00",
                "year": 2021,
                "vat_percent": "24",
                "vat_included": True,
                "payer": "gone",
            },
        ],
        "people": [
            {
                "id": "h1",
                "title": "Vetäjä",
                "months": "6",
                "monthly_pay": "3000.00",
                "time_percent": "50",
                "year": 2019,
                "payer": "p1",
            }
        ],
    },
    "funding": {
        "grant": "5000.00",
        "own": [{"id": "o1", "kind": "appropriation", "amount": "400.00", "partner": "p2"}],
        "other": [{"id": "m1", "source": "Naapuri", "kind": "partner", "amount": "30.00", "partner": "p1"}],
    },
}


def report_of(made: Document, copy: Copy = Copy.DRAFT, *, columns: bool = True) -> Report:
    call = call_of(made.draft)
    judged = check(made.draft, call, Clock().today())
    words, day = catalog("en"), Clock().today()
    report = build(
        made, call, judged.figures, ready=judged.ready, catalog=words, copy=copy, made_on=day, columns=columns
    )
    return with_watch(report, judged, words)


def workbook_of(data: dict[str, Any], **more: Any) -> Workbook:
    found = report_of(document(data, **more)).workbook
    assert found is not None
    return found


def row_of(table: Table | None, name: str) -> dict[str, Any]:
    assert table is not None
    row = next(row for row in table.rows if row.id == name)
    return {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)}


def test_a_cost_row_has_a_cell_for_everything_that_may_change_in_it() -> None:
    table = workbook_of(DATA).costs
    first = row_of(table, "budget.lines[k1]")
    assert first["category"] == TextCell("Services")
    assert first["year"] == NumberCell(Decimal(2019))
    assert first["vat_percent"] == NumberCell(Decimal("25.5"))
    assert (first["account"], first["payer"]) == (TextCell("4340"), TextCell("Applicant"))
    third = row_of(table, "budget.lines[k3]")
    assert (third["category"], third["payer"]) == (TextCell("strange"), TextCell("gone"))
    assert isinstance(row_of(table, "budget.lines[k2]")["account"], EmptyCell)
    notes = {row.id: row.note for row in table.rows}
    assert notes["budget.lines[k1]"] == ""
    assert notes["budget.lines[k3]"] == "incl. VAT 24\u00a0%"
    assert notes["budget.people[h1]"] == ""
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    groups = [row for row in table.rows if row.kind is RowKind.GROUP]
    assert all(isinstance(cell, EmptyCell) for row in groups for cell in row.cells[-5:])


def test_choices_differ_in_their_words_and_are_short() -> None:
    choices = workbook_of(DATA).choices
    assert [item.label for item in choices["payer"][:3]] == ["Applicant", "Naapuri", "NAAPURI (2)"]
    assert len(choices["payer"][3].label) == 80
    assert Choice("services", "Services") in choices["category"]
    assert [item.id for item in choices["year"]] == ["2019", "2020", "2021"]
    assert workbook_of({}).choices["year"] == ()
    long = {"project": {"starts_on": "1000-01-01", "ends_on": "2999-12-31"}}
    assert workbook_of(long).choices["year"] == ()
    assert workbook_of({"partners": [{"id": "p1"}]}).choices["payer"][1].label == "Partner"


def test_people_stand_with_what_their_cost_is_made_of() -> None:
    person = row_of(workbook_of(DATA).people, "budget.people[h1]")
    assert person["time_percent"] == NumberCell(Decimal(50))
    assert person["planned"] == MoneyCell(Money.parse("9000.00"))
    assert (person["category"], person["payer"]) == (TextCell("Personnel costs"), TextCell("Naapuri"))
    assert isinstance(person["side_cost_percent"], EmptyCell)
    assert person["accepted"] == person["planned"]
    assert workbook_of({}).people is None
    alone = workbook_of({"budget": {"people": DATA["budget"]["people"]}})
    assert "accepted" not in row_of(alone.people, "budget.people[h1]")


def test_text_that_waits_stands_in_its_cell_alone() -> None:
    waiting = {"budget.lines[k1].year": "ensi", "budget.people[h1].months": "kuusi"}
    made = document(DATA)
    made = made.model_copy(update={"draft": made.draft.model_copy(update={"pending": waiting})})
    found = report_of(made).workbook
    assert found is not None
    assert isinstance(row_of(found.costs, "budget.lines[k1]")["year"], PendingCell)
    assert isinstance(row_of(found.people, "budget.people[h1]")["months"], PendingCell)
    assert [row.note for row in found.people.rows] == [""]  # type: ignore[union-attr]
    assert found.findings is not None
    said = [cell.text for row in found.findings.rows for cell in row.cells if isinstance(cell, TextCell)]
    assert any(text.startswith("ensi: ") for text in said)


def test_sums_by_payer_year_and_account_add_up_to_the_costs() -> None:
    report = report_of(document(DATA))
    assert report.workbook is not None
    sums = {item.key: item for item in report.workbook.sums}
    costs = check(document(DATA).draft, call_of(document(DATA).draft), Clock().today()).totals.costs
    for item in sums.values():
        assert total(share.amount for share in item.shares) == costs
    assert [share.value for share in sums["payer"].shares] == ["Applicant", "gone", "Naapuri", "NAAPURI (2)"]
    assert [share.value for share in sums["year"].shares] == [2019, 2021, None]
    assert [share.value for share in sums["account"].shares] == ["4340", None]
    alone = {"budget": {"lines": [{"id": "k1", "amount": "5.00"}]}}
    assert [(item.key, item.shares) for item in workbook_of(alone).sums] == [("year", ()), ("account", ())]
    assert workbook_of({"funding": {"grant": "100.00"}}).sums == ()


def test_each_partner_that_pays_or_gives_has_its_own_rows() -> None:
    first, second = workbook_of(DATA).payers
    assert [[table.key for table in tables] for tables in (first, second)] == [["payer.costs", "payer.money"]] * 2
    costs, money = first
    assert [row.id for row in costs.rows] == ["budget.people[h1]", ""]
    assert costs.title.text == "Naapuri"
    assert "payer" not in [column.key for column in costs.columns]
    assert [row.id for row in money.rows] == ["funding.other[m1]", ""]
    assert money.rows[-1].kind is RowKind.TOTAL
    assert MoneyCell(Money.parse("30.00")) in money.rows[-1].cells
    alone = {"partners": [{"id": "p1", "name": "A"}], "budget": {"lines": [{"id": "k", "payer": "p1"}]}}
    assert [[table.key for table in tables] for tables in workbook_of(alone).payers] == [["payer.costs"]]


@pytest.mark.parametrize("copy", list(Copy))
def test_findings_are_for_the_drafts_own_desk_and_a_public_copy_has_none_of_it(copy: Copy) -> None:
    found = report_of(document(DATA), copy).workbook
    assert (found is None) is (copy in (Copy.BLANK, Copy.PUBLIC))
    assert found is None or (found.findings is not None) is (copy is Copy.DRAFT)
    assert report_of(document(DATA), copy, columns=False).workbook is None


def test_findings_say_what_where_and_how_it_was_computed() -> None:
    table = workbook_of({**DATA, "funding": {"grant": "9000.00"}}).findings
    assert table is not None
    rows: dict[str, Row] = {row.cells[2].text: row for row in table.rows if isinstance(row.cells[2], TextCell)}
    share = next(row for words, row in rows.items() if "highest share" in words or "%" in words)
    arithmetic = share.cells[3]
    assert isinstance(arithmetic, TextCell)
    assert "80" in arithmetic.text
    assert "€" in arithmetic.text


def test_a_finding_marked_as_read_says_so() -> None:
    session = Session(document(DATA), clock=Clock(), draw=Chance().draw)
    warning = next(item for item in session.check.findings if item.severity is not Severity.ERROR)
    session.acknowledge(warning, "nähty")
    made = document(DATA)
    table = report_of(made.model_copy(update={"draft": session.draft})).workbook
    assert table is not None
    assert table.findings is not None
    assert [row.note for row in table.findings.rows if row.note] != []
    assert all("nähty" in row.note for row in table.findings.rows if row.note)


def test_a_line_of_arithmetic_is_its_words_and_its_figure() -> None:
    assert line_words(Line("Costs", MoneyCell(Money(5))), "EUR") == "Costs: 0,05\u00a0€"
    assert line_words(Line("Share", ShownCell("83.33")), "EUR") == "Share: 83,33\u00a0%"
    assert line_words(Line("Nothing else", EmptyCell()), "EUR") == "Nothing else"


@pytest.mark.parametrize(
    ("call", "kinds"),
    [
        ("avi-kirjastot-2018", ["grant-share", "deficit"]),
        ("avi-kirjastot-2015", ["own-share", "deficit"]),
        ("oph-erityisavustus-2026", ["own-share", "own-share", "deficit"]),
        ("kulturfonden-bibban", ["grant-share", "deficit", "largest"]),
    ],
)
def test_the_limits_of_the_call_are_told_in_words(call: str, kinds: list[str]) -> None:
    limits = workbook_of(DATA, call=call).limits
    assert [limit.kind for limit in limits] == kinds
    assert all(limit.words for limit in limits)
