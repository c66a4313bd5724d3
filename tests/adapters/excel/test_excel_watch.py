"""The workbook as the finance office uses it: named sums, checks that say what is broken, lists, free cells."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook_cases import CALLS, DAY, LANGUAGES, document, example, invented, report_of

from hakemus.adapters.excel.plan import INPUT
from hakemus.adapters.excel.watch import Figure, Sums, checks_of
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.money import Money
from hakemus.report.model import Limit
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check

FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
"""In a campaign the applications whose workbooks LibreOffice reckons anew."""


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data), data_only=True)


def named(book: Any) -> dict[str, Any]:
    """The values of the cells that have names."""
    found = {}
    for name, entry in book.defined_names.items():
        if not name.startswith("list_"):
            ((sheet, place),) = entry.destinations
            found[name] = book[sheet][place].value
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", CALLS)
def test_named_cells_are_the_totals_of_the_check(call: str, language: str, figure: Callable[..., None]) -> None:
    seeds = range(CALLS.index(call), 200, 3) if FULL else range(4)
    for seed in seeds:
        made = document(invented(seed), call)
        totals = check(made.draft, call_of(made.draft), DAY).totals
        found = named(opened(render_xlsx(report_of(made, language), DAY)))
        wanted = {
            "total_costs": totals.costs,
            "grant_applied": totals.grant,
            "own_funding": totals.own,
            "other_funding": totals.other,
            "income": totals.income,
        }
        for name, amount in wanted.items():
            assert round(Decimal(str(found.get(name, 0))) * 100) == amount.cents, (seed, name)
    figure("reckoned", "the named sums of {named} workbooks are those of the check", "b", named=len(seeds))


def test_a_broken_limit_is_named_with_what_it_is_over_by() -> None:
    made = document(example() | {"funding": {"grant": "7500.00", "own": [{"id": "o1", "amount": "1000.00"}]}})
    report = report_of(made, "en")
    sheet = opened(render_xlsx(report, DAY))[report.words["sheet.summary"]]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows()]
    at = next(at for at, row in enumerate(rows) if row[0] == report.words["checks"])
    assert rows[at + 1 : at + 4] == [
        [report.words["check.balance"], None, 500, "Differs"],
        ["The grant is at most 80\u00a0% of the total costs", 7200, 300, "Over"],
        ["The grant is at most what is not covered otherwise", 9000, 0, "OK"],
    ]


COSTS = Figure(Money(900_001), "B5")
PARTS = {"grant": Figure(Money(720_001), "B9"), "own": Figure(Money(100_000), "B10"), "income": Figure(Money(1), "B11")}


@pytest.mark.parametrize(
    ("limit", "amount", "formula", "off"),
    [
        (Limit("grant-share", "", Decimal(80), "total_costs"), 720_000, "=ROUNDDOWN(ROUND(MAX(0,B5)*80/100,6),2)", 1),
        (
            Limit("own-share", "", Decimal(20), "costs_less_income_and_other", Money(100)),
            180_000,
            "=ROUNDUP(ROUND(MAX(0,B5-B11)*20/100,6)/1,0)*1",
            80_000,
        ),
        (
            Limit("own-share", "", Decimal("33.3333"), "costs_less_income"),
            300_000,
            "=ROUNDUP(ROUND(MAX(0,B5-B11)*33.3333/100,6),2)",
            200_000,
        ),
        (Limit("own-share", "", least=Money(1)), 1, "", 0),
        (Limit("deficit", ""), 900_000, "=ROUND(B5-B11,2)", 0),
        (Limit("largest", "", least=Money(700_000)), 700_000, "", 20_001),
        (Limit("smallest", "", least=Money(800_000)), 800_000, "", 79_999),
    ],
)
def test_a_limit_is_reckoned_from_the_sums_as_they_stand(limit: Limit, amount: int, formula: str, off: int) -> None:
    (found,) = checks_of([limit], Sums(COSTS, PARTS), itemised=True)
    assert (found.limit.cents, found.formula, found.off.cents) == (amount, formula, off)


def test_shares_say_nothing_of_costs_that_are_not_itemised_and_have_one_source() -> None:
    limit = Limit("grant-share", "", Decimal(80), "total_costs")
    alone = Sums(COSTS, {"grant": PARTS["grant"]})
    assert checks_of([limit], alone, itemised=False) == []
    assert len(checks_of([limit], Sums(COSTS, PARTS), itemised=False)) == 1


def test_a_share_beyond_six_decimals_stays_a_number() -> None:
    limit = Limit("grant-share", "", Decimal("33.333333"), "total_costs")
    (found,) = checks_of([limit], Sums(Figure(Money(900_001), "B5"), PARTS), itemised=True)
    assert found.formula == ""


def test_category_payer_and_year_are_chosen_from_lists() -> None:
    data = example()
    data["partners"][0]["name"] = "=Kumppani"
    report = report_of(document(data))
    book = opened(render_xlsx(report, DAY))
    for key in ("budget", "people"):
        lists = {each.formula1: each for each in book[report.words[f"sheet.{key}"]].data_validations.dataValidation}
        assert set(lists) == {"list_of_categories", "list_of_payers", "list_of_years"}
        assert lists["list_of_years"].errorStyle == "warning"
        assert all(each.error for each in lists.values())
    ((sheet, place),) = book.defined_names["list_of_payers"].destinations
    assert [row[0].value for row in book[sheet][place]][:2] == ["Hakija", "=Kumppani"]


def test_cells_to_change_are_free_and_marked_and_nothing_needs_a_password() -> None:
    report = report_of(document(example()))
    book = opened(render_xlsx(report, DAY))
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                marked = cell.fill.fgColor.rgb == f"FF{INPUT[1:]}"
                assert marked is not cell.protection.locked or sheet.title == report.words["sheet.instructions"]
    budget = load_workbook(io.BytesIO(render_xlsx(report, DAY)))[report.words["sheet.budget"]]
    formulas = [cell for row in budget.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert formulas
    assert all(cell.protection.locked for cell in formulas)
