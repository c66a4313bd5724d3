"""Everything that is filled in stands on paper: each text, each sum, each day of an application of any shape."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from report_cases import CALLS, cells, report_of, said

from fakes.ports import CALL, catalog, document
from hakemus.domain.draft import Document, any_value
from hakemus.domain.fields import Kind, Tree, word
from hakemus.domain.money import ZERO, Money, total
from hakemus.i18n.amounts import format_decimal, format_money, format_percent
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_names import words_of
from hakemus.report.model import Copy, Field, MoneyCell, PendingCell, Report, RowKind, ShownCell
from hakemus.rules.facts import gather
from hakemus.usecases.calls import call_of
from strategies import applications

NOT_ON_PAPER = {
    "attachments[].kind", "attachments[].media_type", "attachments[].size", "attachments[].sha256",
    "partners[].attachment", "activities[].goals",
}  # fmt: skip
"""What the file knows of itself, and references, which stand on paper as the thing they name."""


def filled_fields(node: Tree, path: str = "", pattern: str = "") -> Iterator[tuple[str, Kind, Any]]:
    for name, info in type(node).model_fields.items():
        kind = next(mark for mark in info.metadata if isinstance(mark, Kind))
        value, here = getattr(node, name), f"{pattern}.{name}".lstrip(".")
        if kind is Kind.PART:
            yield from filled_fields(value, path, here)
        elif kind is Kind.ROWS:
            for row in value:
                yield from filled_fields(row, path, f"{here}[]")
        elif name != "id" and kind is not Kind.ID and any_value(value):
            yield here, kind, value


def missing_from(made: Document, report: Report) -> list[str]:
    text, values = said(report)
    call = call_of(made.draft)
    absent = []
    for pattern, kind, value in filled_fields(made.draft.application):
        if pattern in NOT_ON_PAPER or pattern in ("answers", "declarations") or kind is Kind.FLAG:
            continue
        if kind is Kind.WORD:
            forms: list[object] = [catalog(report.language).text(words_of(pattern)[value])]
        elif pattern.endswith(".category") and value in call.category_ids:
            found = call.category(value)
            forms = [call.text(found.label, report.language)] if found else []
        elif kind is Kind.TEXTS:
            forms = [[item for item in value if item.strip()]]
        elif isinstance(value, Money):
            forms = [value, format_money(value)]
        elif isinstance(value, Decimal):
            forms = [value, format_percent(value), format_decimal(value)]
        elif isinstance(value, datetime.date):
            forms = [value, format_date(value)]
        else:
            forms = [value, str(value)]
        if not any(
            form in values or form in text
            if isinstance(form, str)
            else all(part in text for part in form)
            if isinstance(form, list)
            else form in values
            for form in forms
        ):
            absent.append(f"{pattern} = {value!r}")
    return absent


@settings(max_examples=60, deadline=None)
@given(applications, st.sampled_from(CALLS))
def test_every_filled_field_stands_on_paper(data: dict[str, Any], call: str) -> None:
    made = document(data, call)
    assert missing_from(made, report_of(made)) == []


@settings(max_examples=40, deadline=None)
@given(applications, st.sampled_from(CALLS))
def test_the_sums_of_the_tables_are_those_of_the_check(data: dict[str, Any], call: str) -> None:
    made = document(data, call)
    report = report_of(made)
    money = report.table("funding")
    assert money is not None
    assert money.rows[-1].kind is RowKind.TOTAL
    left_out = {f"funding.other[{row.id}]" for row in made.draft.application.funding.other if row.status == "refused"}
    kinds = {"appropriation", *call_of(made.draft).own.kinds}
    own = made.draft.application.funding.own
    left_out |= {f"funding.own[{row.id}]" for row in own if (word(row.kind) or "appropriation") not in kinds}
    counted = [row for row in money.rows[:-1] if row.id not in left_out]
    sums = [cell.amount for row in counted if isinstance(cell := row.cells[2], MoneyCell)]
    whole = money.rows[-1].cells[2]
    assert isinstance(whole, MoneyCell)
    assert total(sums) == whole.amount
    totals = gather(made.draft.application, call_of(made.draft)).totals
    assert whole.amount == totals.grant + totals.own + totals.other + totals.income
    shares = [Money.parse(cell.text) for row in counted if isinstance(cell := row.cells[3], ShownCell)]
    assert not shares or total(shares) == Money(10_000)
    assert bool(shares) is (whole.amount > ZERO and all(item >= ZERO for item in sums))
    costs = report.table("budget")
    lines: dict[str, Money] = {}
    for row in costs.rows if costs else ():
        cell = row.cells[4]
        if row.kind is RowKind.GROUP and isinstance(cell, MoneyCell):
            lines[row.group] = cell.amount
        elif row.kind is RowKind.LINE and isinstance(cell, MoneyCell):
            lines[row.group] -= cell.amount
        elif row.kind is RowKind.TOTAL:
            assert all(left == ZERO for left in lines.values())


@settings(max_examples=25, deadline=None)
@given(applications, st.sampled_from(CALLS))
def test_a_blank_form_says_nothing_of_the_application(data: dict[str, Any], call: str) -> None:
    blank = report_of(document(data, call), copy=Copy.BLANK)
    empty = report_of(document({}, call), copy=Copy.BLANK)
    assert blank.sections == empty.sections
    assert blank.mark == blank.mark_sentence == blank.heading.applicant == ""


@settings(max_examples=20, deadline=None)
@given(applications)
def test_two_languages_stand_beside_each_other_and_say_the_same(data: dict[str, Any]) -> None:
    made = document(data)
    both, finnish, swedish = report_of(made, "fi", "sv"), report_of(made, "fi"), report_of(made, "sv")
    for section, one, other in zip(both.sections, finnish.sections, swedish.sections, strict=True):
        assert (section.title.text, section.title.second) == (one.title.text, other.title.text)
        assert section.title.text != section.title.second
    assert said(both)[1] == said(finnish)[1] == said(swedish)[1]


TYPED = {
    "funding.grant": "1.234",
    "funding.own[o1].amount": "noin 5",
    "funding.own[o1].hours": "paljon",
    "funding.other[m1].decided_on": "pian",
    "funding.income[t1].amount": "?",
    "budget.lines[k1].amount": "x1",
    "budget.lines[k1].quantity": "x2",
    "budget.lines[k1].unit_price": "x3",
    "budget.lines[k1].vat_percent": "x4",
    "budget.lines[k1].year": "x5",
    "budget.lines[k1].starts_on": "x6",
    "budget.people[h1].months": "x7",
    "budget.people[h1].monthly_pay": "x8",
    "project.starts_on": "keväällä",
    "project.joint": "ehkä",
    "activities[a1].starts_on": "x9",
    "goals[g1].indicators[i1].measured_on": "y1",
    "partners[p1].committed_on": "y2",
    "partners[p1].vat": "y8",
    "attachments[l1].size": "y9",
    "activities[a1].milestone": "z1",
    "partners[p1].commitment": "y3",
    "attachments[l1].state": "y4",
    "applicant.vat": "y5",
    "applicant.contacts[c1].role": "y6",
    "team[r1].confirmed": "y7",
}


def test_text_that_is_no_value_stands_where_it_was_typed() -> None:
    data = {
        "applicant": {"contacts": [{"id": "c1"}]},
        "goals": [{"id": "g1", "indicators": [{"id": "i1"}]}],
        "activities": [{"id": "a1"}],
        "partners": [{"id": "p1"}],
        "team": [{"id": "r1"}],
        "attachments": [{"id": "l1"}],
        "budget": {"lines": [{"id": "k1"}], "people": [{"id": "h1"}]},
        "funding": {"own": [{"id": "o1"}], "other": [{"id": "m1"}], "income": [{"id": "t1"}]},
    }
    report = report_of(document(data, CALL, pending=TYPED), "en")
    text, _ = said(report)
    assert {path for path, typed in TYPED.items() if typed not in text} == set()
    pending = [cell for block in report.blocks() for cell, _ in cells(block) if isinstance(cell, PendingCell)]
    assert all(cell.note == "cannot be read as a value" for cell in pending)
    assert report.mark == "DRAFT"


def test_a_person_with_a_blank_category_stands_under_the_pay() -> None:
    data = {"budget": {"people": [{"id": "h1", "category": " ", "months": "2", "monthly_pay": "1000.00"}]}}
    costs = report_of(document(data, CALL)).table("budget")
    assert costs is not None
    assert [(row.kind, row.group, row.cells[4]) for row in costs.rows[:2]] == [
        (RowKind.GROUP, "personnel", MoneyCell(Money.parse("2000.00"))),
        (RowKind.LINE, "personnel", MoneyCell(Money.parse("2000.00"))),
    ]


def test_a_grant_its_limit_and_what_is_over_it_stand_on_one_page() -> None:
    data = {
        "project": {"title": "x", "cost_centre": "4321"},
        "budget": {"lines": [{"id": "a", "category": "services", "description": "Kulu", "amount": "9000.00"}]},
        "funding": {"grant": "7500.00", "own": [{"id": "o", "kind": "appropriation", "amount": "1400.00"}]},
    }
    report = report_of(document(data), "fi")
    section = next(section for section in report.sections if section.key == "funding")
    fields = [block for block in section.blocks if isinstance(block, Field)]
    assert len(fields) == 5
    assert [block.with_next for block in fields] == [True, True, True, True, False]
    assert fields[-1].path == "project.cost_centre"
