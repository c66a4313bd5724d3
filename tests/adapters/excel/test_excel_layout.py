"""Reports of other shapes than today's form: every kind of cell, sums of sums, several tables of a kind."""

from __future__ import annotations

import datetime
from decimal import Decimal

from workbook_cases import DAY, document, report_of, sheets

from hakemus.adapters.excel.reader import verify
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.money import Money
from hakemus.report.model import (
    Align,
    Block,
    Cell,
    Column,
    Copy,
    DateCell,
    EmptyCell,
    Field,
    FlagCell,
    Gantt,
    GanttRow,
    Gap,
    Label,
    MoneyCell,
    NumberCell,
    PendingCell,
    PeriodCell,
    Report,
    Row,
    RowKind,
    Section,
    ShownCell,
    Table,
    TextCell,
)

MAY, JUNE = datetime.date(2019, 5, 2), datetime.date(2019, 6, 14)


def report(*blocks: Block) -> Report:
    usual = report_of(document({}))
    return Report(
        copy=Copy.DRAFT,
        language="fi",
        second_language="",
        heading=usual.heading,
        sections=(Section("budget", 1, Label("Osa", "Del"), blocks),),
        words=usual.words,
    )


def table(key: str, columns: tuple[str, ...], *rows: Row) -> Table:
    return Table(key, Label(f"Taulu {key}"), tuple(Column(name, Label(name), Align.LEFT) for name in columns), rows)


def line(*cells: Cell, kind: RowKind = RowKind.LINE, group: str = "", note: str = "") -> Row:
    return Row(cells, kind, group=group, note=note)


def money(cents: int) -> MoneyCell:
    return MoneyCell(Money(cents))


def chart(rows: tuple[GanttRow, ...], last: datetime.date) -> Gantt:
    months = tuple("touko" if number == 4 else f"kk {number + 1}" for number in range(12))
    return Gantt(MAY.replace(day=1), last, rows, PeriodCell(MAY, last), "", None, "", months, "")


def cells_of(made: Report, name: str) -> dict[str, tuple[str, str | None]]:
    data = render_xlsx(made, DAY)
    assert verify(made, data) == []
    found = next(sheet for sheet in sheets(data) if sheet.name == name)
    return {place: (cell.stored, cell.formula) for place, cell in found.cells.items()}


def test_vat_as_a_column_makes_the_counted_sum_a_formula() -> None:
    rows = [
        line(
            TextCell("Kulu"), NumberCell(Decimal("2")), MoneyCell(Money(1000)), money(2000),
            NumberCell(Decimal("25.5"), percent=True), money(2510),
        ),
        line(TextCell("Toinen"), EmptyCell(), EmptyCell(), money(100), EmptyCell("-"), money(100)),
        line(TextCell("Summa"), EmptyCell(), EmptyCell(), money(2100), EmptyCell(), money(2610), kind=RowKind.SUM),
        line(TextCell("Muuta"), EmptyCell(), EmptyCell(), money(7), EmptyCell(), money(0)),
        line(TextCell("Kaikki"), EmptyCell(), EmptyCell(), money(2107), EmptyCell(), money(2610), kind=RowKind.TOTAL),
    ]  # fmt: skip
    columns = ("description", "quantity", "unit_price", "amount", "vat_percent", "counted")
    made = report(table("budget", columns, *rows))
    cells = cells_of(made, made.words["sheet.budget"])
    assert cells["D5"] == ("20.00", "ROUND(B5*C5,2)")
    assert cells["E5"] == ("0.255", None)
    assert cells["F5"] == ("25.10", "ROUND(D5*(1+E5),2)")
    assert cells["F6"] == ("1.00", "D6")
    assert cells["D7"] == ("21.00", "SUM(D5:D6)")
    assert cells["F8"] == ("0.00", None)
    assert cells["D9"] == ("21.07", "SUM(D5:D6,D8)")


def test_a_total_that_nothing_adds_up_to_stays_a_number() -> None:
    rows = (line(TextCell("Kulu"), money(100)), line(TextCell("Summa"), money(99), kind=RowKind.TOTAL))
    made = report(table("budget", ("description", "amount"), *rows))
    assert cells_of(made, made.words["sheet.budget"])["B6"] == ("0.99", None)


def test_groups_without_names_add_up_the_lines_below_them() -> None:
    rows = (
        line(TextCell("Ryhmä"), money(300), kind=RowKind.GROUP),
        line(TextCell("a"), money(100)),
        line(TextCell("b"), money(200)),
        line(TextCell("Ryhmä"), money(5), kind=RowKind.GROUP),
        line(TextCell("c"), money(5)),
    )
    made = report(table("budget", ("description", "amount"), *rows))
    cells = cells_of(made, made.words["sheet.budget"])
    assert (cells["B5"], cells["B8"]) == (("3.00", "SUM(B6:B7)"), ("0.05", "SUM(B9)"))


def test_every_kind_of_answer_is_written_as_what_it_is() -> None:
    fields = (
        Gap(Label("Väliotsikko", "Mellanrubrik")),
        Field(Label("Jakso", "Period"), PeriodCell(MAY, None)),
        Field(Label("Päivä"), DateCell(MAY), note="huom", help="ohje"),
        Field(Label("Osuus"), ShownCell("83.33")),
        Field(Label("Outo osuus"), ShownCell("n. puolet")),
        Field(Label("Luku"), NumberCell(Decimal("1234567890.123456"))),
        Field(Label("Lippu"), FlagCell(yes=True, text="Kyllä")),
        Field(Label("Kesken"), PendingCell("1 234,5x", "ei luku")),
        Field(Label("Tyhjä"), EmptyCell("Ei täytetty")),
        Field(Label("Raha"), money(123456)),
    )
    made = report(*fields)
    found = {stored for stored, _ in cells_of(made, made.words["sheet.texts"]).values()}
    serial = str((MAY - datetime.date(1899, 12, 30)).days)
    assert {serial, "0.8333", "n. puolet", "Kyllä", "1 234,5x (ei luku)", "Ei täytetty", "1234.56"} <= found
    assert {"1234567890.123456", "1234567890.1234559"} & found


def test_periods_in_a_table_become_two_columns_of_days_with_bars() -> None:
    bars = (
        GanttRow("Työ", MAY, JUNE, milestone=False, words=""),
        GanttRow("Avaus", MAY, MAY, milestone=True, words=""),
    )
    gantt = chart(bars, JUNE)
    rows = (
        line(TextCell("Työ"), PeriodCell(MAY, JUNE), TextCell("tekijä")),
        line(TextCell("Avaus"), PeriodCell(MAY, MAY), TextCell("tekijä")),
        line(TextCell("Avoin"), PeriodCell(None, None), TextCell("")),
    )
    made = report(table("activities", ("title", "period", "who"), *rows), gantt)
    cells = cells_of(made, made.words["sheet.timeline"])
    assert [cells[place][0] for place in ("B4", "C4", "D4")] == [made.words["starts"], made.words["ends"], "who"]
    assert {cells["B5"][0], cells["C6"][0]} == {str((MAY - datetime.date(1899, 12, 30)).days)}
    assert cells["E6"][0] == "◆"
    assert cells["E4"][0] == "touko"


def test_several_tables_of_a_kind_share_a_sheet_under_their_titles() -> None:
    one = table("indicators", ("name",), line(TextCell("yksi")))
    made = report(one, Table("indicators", Label("Toinen"), one.columns, one.rows, notes=("huomio",)))
    found = [stored for stored, _ in cells_of(made, made.words["sheet.indicators"]).values()]
    assert found.count("yksi") == 2
    assert {"Taulu indicators", "Toinen", "huomio"} <= set(found)


def test_long_projects_are_drawn_by_quarters_and_years() -> None:
    for years, first in ((5, "kk 4"), (30, "")):
        last = MAY.replace(year=MAY.year + years)
        gantt = chart((GanttRow("Työ", MAY, last, milestone=False, words=""),), last)
        rows = line(TextCell("Työ"), DateCell(MAY), DateCell(last))
        made = report(table("activities", ("title", "starts_on", "ends_on"), rows), gantt)
        cells = cells_of(made, made.words["sheet.timeline"])
        assert cells.get("D4", ("", None))[0] == first
        assert cells["D3"][0] == "2019"
