"""Reading a workbook back: every tampered sum is noticed, and what is no workbook is said to be none."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
from workbook_cases import DAY, document, example, parts, report_of, sheet_file

from hakemus.adapters.excel.reader import read_amounts, verify
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.money import Money


def repacked(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return target.getvalue()


def test_every_changed_sum_is_noticed() -> None:
    report = report_of(document(example()))
    data = render_xlsx(report, DAY)
    members = parts(data)
    name = sheet_file(data, report, "budget")
    sheet = members[name].decode()
    values = [found.span(1) for found in re.finditer(r"<f>[^<]*</f><v>([^<]*)</v>", sheet)]
    assert len(values) == 14
    for first, last in values:
        changed = f"{sheet[:first]}{float(sheet[first:last]) + 0.01:.2f}{sheet[last:]}"
        differences = verify(report, repacked({**members, name: changed.encode()}))
        assert len(differences) == 1, differences
        assert sheet[first:last] in differences[0]


def test_a_lost_value_and_a_lost_row_id_are_noticed() -> None:
    report = report_of(document(example()))
    data = render_xlsx(report, DAY)
    members, name = parts(data), sheet_file(data, report, "budget")
    sheet = members[name].decode()
    without = re.sub(r"</f><v>[^<]*</v>", "</f>", sheet)
    assert len(verify(report, repacked({**members, name: without.encode()}))) == 14
    strings = members["xl/sharedStrings.xml"].replace(b"budget.lines[kul1]", b"budget.lines[kul9]")
    assert len(verify(report, repacked({**members, "xl/sharedStrings.xml": strings}))) == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook", repacked({"a": b"b"})])
def test_what_is_no_workbook_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a workbook"):
        read_amounts(data)
    assert verify(report_of(document(example())), data)


def test_another_applications_workbook_differs() -> None:
    report = report_of(document(example()))
    assert verify(report, render_xlsx(report_of(document({})), DAY))


def test_amounts_are_read_as_exact_money() -> None:
    report = report_of(document(example()))
    amounts = read_amounts(render_xlsx(report, DAY))
    budget = report.words["sheet.budget"]
    sums = {amounts.money(budget, cell) for cell in amounts.sheets[budget]}
    assert {Money.parse("289.00"), Money.parse("9000.00"), Money.parse("74.80")} <= sums
    assert amounts.money(budget, "A1") is None
    assert amounts.money("", "A1") is None


def test_values_of_every_kind_are_read_as_what_they_are() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("S")
    sheet.write_boolean(0, 0, boolean=True)
    sheet.write_datetime("A2", datetime.date(2019, 5, 2), book.add_format({"num_format": "d.m.yyyy"}))
    sheet.write_datetime("A3", datetime.time(12, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_number("A4", 0.1)
    sheet.write_number("A5", 1.005)
    sheet.write_formula("A6", "=1", None, "1e999")
    book.close()
    members = parts(target.getvalue())
    part = "xl/worksheets/sheet1.xml"
    members[part] = members[part].replace(b't="str"', b"")
    amounts = read_amounts(repacked(members))
    assert amounts.sheets["S"] == {
        "A1": True,
        "A2": datetime.date(2019, 5, 2),
        "A3": "12:30:00",
        "A4": Decimal("0.1"),
        "A5": Decimal("1.005"),
        "A6": "inf",
    }
    assert amounts.money("S", "A4") == Money(10)
    assert amounts.money("S", "A5") is None
