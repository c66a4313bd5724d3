"""What papers say beside plain answers: what they are, shares and limits, names of rows, the call's own questions."""

from __future__ import annotations

from typing import Any

import pytest
from report_cases import report_of, said

from fakes.ports import CALL, Chance, Clock, catalog, definition, document
from hakemus.domain.draft import Document
from hakemus.domain.money import Money
from hakemus.report.build import build
from hakemus.report.cells import cell_of
from hakemus.report.model import (
    Checks,
    Copy,
    EmptyCell,
    Field,
    FlagCell,
    FundingBar,
    Gantt,
    MoneyCell,
    PendingCell,
    Report,
    Row,
    ShownCell,
    Signature,
    Table,
    TextCell,
)
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.drafts import application_from_data, new_document

TEXT = {"fi": "Kysymys", "sv": "Fråga", "en": "Question"}
BALANCED: dict[str, Any] = {
    "budget": {"lines": [{"id": "a", "category": "services", "description": "Kuljettaja", "amount": "9000.00"}]},
    "funding": {
        "grant": "7500.00",
        "own": [{"id": "o", "kind": "work", "description": "Työ", "amount": "1500.00", "hours": "50", "rate": "30.00"}],
    },
}


def field(report: Report, path: str) -> Field | None:
    return next((block for block in report.blocks() if isinstance(block, Field) and block.path == path), None)


def rows(report: Report, key: str) -> dict[str, Row]:
    table = report.table(key)
    assert table is not None
    return {row.id: row for row in table.rows if row.id}


def own_call(
    data: dict[str, Any], copy: Copy = Copy.DRAFT, pending: dict[str, str] | None = None, **parts: Any
) -> Report:
    """A report under the shipped call with some parts of its own."""
    application, _ = application_from_data(data, Chance().draw)
    made = new_document({**definition(), **parts}, "x" * 12, "en", application)
    if pending:
        made = made.model_copy(update={"draft": made.draft.model_copy(update={"pending": pending})})
    call = call_of(made.draft)
    judged = check(made.draft, call, Clock().today())
    return build(made, call, judged.figures, ready=False, catalog=catalog(), copy=copy, made_on=Clock().today())


@pytest.mark.parametrize(
    ("copy", "words"),
    [(Copy.DRAFT, "Draft 3f2a9c1e"), (Copy.BLANK, "Blank form"), (Copy.SUBMISSION, "Application 3f2a")],
)
def test_a_paper_calls_itself_what_it_is(ready: Document, copy: Copy, words: str) -> None:
    heading = report_of(ready, "en", copy=copy).heading
    assert heading.version_words.startswith(words)
    assert ("Draft" in heading.version_words) is (copy is Copy.DRAFT)
    assert heading.draft_id == ready.id


def test_a_draft_that_is_ready_bears_no_mark(ready: Document) -> None:
    assert report_of(ready).mark == report_of(ready).mark_sentence == ""
    unready = report_of(document())
    assert unready.mark == "LUONNOS"
    assert unready.mark_sentence
    assert unready.heading.title == "Nimetön hanke"
    assert unready.heading.applicant == ""


def test_shares_of_the_sources_add_up_and_the_grants_is_the_one_it_is_judged_by() -> None:
    made = document(BALANCED)
    table = rows(report_of(made), "funding")
    assert table["funding.grant"].cells[3] == ShownCell("83.33")
    assert table["funding.own[o]"].cells[3] == ShownCell("16.67")
    assert "50\u00a0h × 30,00\u00a0€" in table["funding.own[o]"].note.replace(" h", "\u00a0h")
    assert check(made.draft, call_of(made.draft), Clock().today()).totals.share_percent == "83.33"
    shown = field(report_of(made), "funding.grant")
    assert shown is not None
    assert shown.cell == ShownCell("83.33")


def test_a_share_that_must_not_look_kept_is_the_same_in_table_and_check() -> None:
    data = {
        "budget": {"lines": [{"id": "a", "category": "services", "amount": "100000.00"}]},
        "funding": {"grant": "80000.01", "own": [{"id": "o", "amount": "19999.99"}]},
    }
    table = rows(report_of(document(data)), "funding")
    assert [table[name].cells[3] for name in ("funding.grant", "funding.own[o]")] == [
        ShownCell("80.01"),
        ShownCell("19.99"),
    ]


def test_refused_money_is_named_and_not_counted() -> None:
    data = {
        **BALANCED,
        "funding": {
            **BALANCED["funding"],
            "other": [
                {"id": "m", "source": "Säätiö", "status": "refused", "kind": "private", "amount": "500.00"},
                {"id": "n", "amount": "1.00", "same_costs": True, "decided_on": "2018-10-01", "partner": "p"},
            ],
            "income": [{"id": "t", "amount": "2.00"}],
        },
        "partners": [{"id": "p", "name": "Yhdistys"}],
    }
    report = report_of(document(data), "en")
    table = rows(report, "funding")
    assert table["funding.other[m]"].cells[2:] == (MoneyCell(Money(50000)), EmptyCell())
    assert "refused, not counted" in table["funding.other[m]"].note
    assert table["funding.other[n]"].note == "Yhdistys · for the same costs · decided on 1.10.2018"
    total = report.table("funding").rows[-1]  # type: ignore[union-attr]
    assert total.cells[2:] == (MoneyCell(Money(900300)), ShownCell("100.00"))
    (bar,) = [block for block in report.blocks() if isinstance(block, FundingBar)]
    assert [part.tone for part in bar.parts] == ["grant", "own", "other", "income"]
    assert "above" in bar.over_words


def test_own_funding_of_a_kind_that_the_call_does_not_count_stands_beside_the_sums() -> None:
    own = [
        *BALANCED["funding"]["own"],
        {"id": "n", "kind": "in_kind", "description": "Own rooms", "amount": "500.00"},
    ]
    report = report_of(document({**BALANCED, "funding": {**BALANCED["funding"], "own": own}}), "en")
    row = rows(report, "funding")["funding.own[n]"]
    assert row.cells[2:] == (MoneyCell(Money(50000)), EmptyCell())
    assert row.note == "not counted in this call"
    total = report.table("funding").rows[-1]  # type: ignore[union-attr]
    assert total.cells[2:] == (MoneyCell(Money(900000)), ShownCell("100.00"))
    (bar,) = [block for block in report.blocks() if isinstance(block, FundingBar)]
    assert bar.whole == Money(900000)


def test_money_that_is_lacking_is_said_and_drawn() -> None:
    data = {"budget": BALANCED["budget"], "funding": {"grant": "5000.00", "own": [{"id": "o", "hours": "5"}]}}
    report = report_of(document(data), "en")
    assert "Not yet funded" in {block.label.text for block in report.blocks() if isinstance(block, Field)}
    (bar,) = [block for block in report.blocks() if isinstance(block, FundingBar)]
    assert (bar.parts[-1].tone, bar.parts[-1].amount, bar.over_words) == ("gap", Money(400000), "")
    assert rows(report, "funding")["funding.own[o]"].note == "5 h"
    less = {"budget": BALANCED["budget"], "funding": {"grant": "9500.00", "own": [{"id": "o", "rate": "5.00"}]}}
    report = report_of(document(less), "en")
    labels = {block.label.text for block in report.blocks() if isinstance(block, Field)}
    assert {"More funding than costs", "Above the highest grant by"} <= labels
    assert rows(report, "funding")["funding.own[o]"].note == "5,00\u00a0€ an hour"


def test_without_money_there_is_no_bar_and_without_rows_it_is_said() -> None:
    report = report_of(document(), "en")
    assert not [block for block in report.blocks() if isinstance(block, FundingBar)]
    assert "not itemised" in said(report)[0]
    assert report.table("budget") is None
    assert report.table("none") is None
    negative = report_of(document({"funding": {"grant": "-5.00"}}))
    assert not [block for block in negative.blocks() if isinstance(block, FundingBar)]


def test_costs_that_are_not_itemised_show_their_rows_all_the_same() -> None:
    report = report_of(document({"budget": {"lines": [{"id": "a", "description": "Auto"}]}}), "en")
    assert rows(report, "budget")["budget.lines[a]"].cells[0] == TextCell("Auto")


def test_what_the_call_does_not_accept_stands_beside_what_was_planned() -> None:
    data = {
        "applicant": {"vat": "recovers"},
        "budget": {
            "lines": [
                {
                    "id": "a", "category": "services", "amount": "124.00", "vat_percent": "24", "vat_included": True,
                    "payer": "p", "activity": "t", "account": "4300", "supplier": "Kone Oy", "year": 2019,
                    "starts_on": "2019-01-01", "ends_on": "2019-02-01",
                },
                {"id": "b", "category": "strange", "amount": "10.00", "vat_percent": "10"},
            ],
            "people": [{"id": "h", "title": "Tekijä", "months": "2", "monthly_pay": "100.00", "year": 2019}],
        },
        "partners": [{"id": "p", "name": "Yhdistys", "vat": "recovers"}],
        "activities": [{"id": "t", "title": "Ajo"}],
        "funding": {"own": [{"id": "o", "kind": "partner", "amount": "5.00"}]},
    }  # fmt: skip
    report = report_of(document(data), "en")
    table = rows(report, "budget")
    line = table["budget.lines[a]"]
    assert line.cells[-2:] == (MoneyCell(Money(12400)), MoneyCell(Money(10000)))
    for words in (
        "incl. VAT 24\u00a0%",
        "Yhdistys",
        "Ajo",
        "Account 4300",
        "Kone Oy",
        "2019",
        "1.1.2019\u20131.2.2019",
    ):
        assert words in line.note
    assert table["budget.lines[b]"].note.startswith("strange · plus VAT")
    assert table["budget.people[h]"].note == "2 months × 100,00\u00a0€ a month · 2019"
    assert "gets VAT back" in report.table("budget").notes[-1]  # type: ignore[union-attr]
    assert "Own funding that the call does not count" in {
        block.label.text for block in report.blocks() if isinstance(block, Field)
    }
    bears = report_of(document({**data, "applicant": {"vat": "bears"}}), "en")
    assert "with it" in bears.table("budget").notes[-1]  # type: ignore[union-attr]


def test_the_timeline_is_drawn_from_the_activities_that_have_days() -> None:
    data = {
        "project": {"starts_on": "2019-01-01", "ends_on": "2019-12-31"},
        "goals": [{"id": "g", "text": " "}, {"id": "h", "text": "Lukijoita", "strategy": "Tori"}],
        "activities": [
            {"id": "a", "title": " ", "starts_on": "2019-02-01", "goals": ["h", "gone"]},
            {"id": "b", "title": "Juhla", "starts_on": "2020-06-01", "ends_on": "2020-05-01", "milestone": True},
            {"id": "c", "title": "Joskus", "description": "myöhemmin"},
        ],
    }
    report = report_of(document(data), "en")
    (chart,) = [block for block in report.blocks() if isinstance(block, Gantt)]
    assert [(row.title, row.outside, row.milestone) for row in chart.rows] == [
        ("Untitled activity", False, False),
        ("Juhla", True, True),
    ]
    assert chart.rows[1].starts < chart.rows[1].ends
    assert "outside the project period" in chart.alt
    assert chart.use_words == "Use period \u201331.12.2020"
    table = rows(report, "activities")
    assert "Goals: 2" in table["activities[a]"].note
    assert "Milestone" in table["activities[b]"].note
    goals = rows(report, "goals")
    assert "Goal 1: Not filled in" in str(goals["goals[g]"].cells[0])
    assert goals["goals[h]"].note == "Strategy: Tori"


def test_the_questions_of_the_call_stand_on_their_steps_and_old_answers_are_kept() -> None:
    questions = [
        {"id": "q1", "label": TEXT, "step": "goals", "mandatory": True, "help": TEXT},
        {"id": "q2", "label": TEXT, "step": "funding", "kind": "choice", "choices": [{"id": "c1", "label": TEXT}]},
        {"id": "q3", "label": TEXT},
    ]
    answers = {"q2": "c1", "old": "vanha vastaus", "eligibility.x": "yes"}
    report = own_call({"answers": answers}, questions=questions)
    asked, chosen, old = (field(report, f"answers[{name}]") for name in ("q1", "q2", "old"))
    assert asked is not None
    assert chosen is not None
    assert old is not None
    assert isinstance(asked.cell, EmptyCell)
    assert asked.cell.text == "Not filled in"
    assert chosen.cell == TextCell("Question")
    assert old.cell == TextCell("vanha vastaus")
    assert field(report, "answers[q3]") is field(report, "answers[eligibility.x]") is None
    assert asked in next(section.blocks for section in report.sections if section.key == "goals")
    blank = own_call({"answers": answers}, copy=Copy.BLANK, questions=questions)
    choice = field(blank, "answers[q2]")
    assert choice is not None
    assert choice.choices == ("Question",)
    assert (chosen.choices, asked.choices) == ((), ()), "only a blank form is ticked"
    vat, joint = field(blank, "applicant.vat"), field(blank, "project.joint")
    assert vat is not None
    assert joint is not None
    assert len(vat.choices) == 2
    assert joint.choices == ("Yes", "No")
    asked = field(blank, "answers[q1]")
    assert asked is not None
    assert (asked.help, asked.cell) == ("Required. Question", EmptyCell())
    assert field(blank, "answers[q3]") is not None
    assert field(blank, "answers[old]") is None


def test_a_question_that_is_not_asked_does_not_print_and_a_blank_form_says_when_it_is() -> None:
    words = {"fi": "Vain yhdessä.", "sv": "Bara tillsammans.", "en": "Only together."}
    questions = [
        {"id": "q1", "label": TEXT, "help": TEXT, "when": {"field": "project.joint", "answers": ["yes"]}},
        {"id": "q2", "label": TEXT, "when": {"field": "project.joint", "answers": ["yes"], "words": words}},
    ]
    answers = {"answers": {"q1": "kept", "q2": "kept"}}
    assert field(own_call(answers, questions=questions), "answers[q1]") is None
    assert field(own_call({**answers, "project": {"joint": True}}, questions=questions), "answers[q1]") is not None
    blank = own_call(answers, copy=Copy.BLANK, questions=questions)
    first, second = field(blank, "answers[q1]"), field(blank, "answers[q2]")
    assert first is not None
    assert second is not None
    assert first.help.startswith("Question ")
    assert second.help in words.values()


def test_declarations_and_the_place_to_sign() -> None:
    declarations = [{"id": "d1", "text": TEXT}, {"id": "d2", "text": TEXT}]
    data = {
        "declarations": {"d1": True},
        "applicant": {
            "contacts": [{"id": "c", "role": "signatory", "name": "Johtaja", "title": "Kirjastotoimenjohtaja"}]
        },
    }
    report = own_call(data, declarations=declarations)
    (checks,) = [block for block in report.blocks() if isinstance(block, Checks)]
    assert [yes for yes, _ in checks.items] == [True, False]
    (place,) = [block for block in report.blocks() if isinstance(block, Signature)]
    assert place.printed_name == "Johtaja, Kirjastotoimenjohtaja"
    blank = own_call(data, copy=Copy.BLANK, declarations=declarations)
    (checks,) = [block for block in blank.blocks() if isinstance(block, Checks)]
    assert [yes for yes, _ in checks.items] == [False, False]
    (place,) = [block for block in blank.blocks() if isinstance(block, Signature)]
    assert place.printed_name == ""


def test_a_blank_form_helps_to_fill_it_in() -> None:
    guide = {"path": "project.summary", "label": TEXT, "help": TEXT, "limit": 300}
    needed = [{"id": "letter", "title": TEXT}]
    blank = own_call({}, copy=Copy.BLANK, fields=[guide], attachments=needed)
    summary = field(blank, "project.summary")
    assert summary is not None
    assert summary.label.text == "Question"
    assert summary.help == "Required. Question At most 300 characters."
    assert [row.cells[0] for row in blank.table("attachments").rows] == [TextCell("Question")]  # type: ignore[union-attr]
    assert blank.heading.title == "Application form"
    filled = own_call({"attachments": [{"id": "a", "kind": "letter"}, {"id": "b"}]}, attachments=needed)
    assert [row.cells[0] for row in filled.table("attachments").rows] == [  # type: ignore[union-attr]
        TextCell("Question"),
        EmptyCell(),
    ]


def test_an_answer_that_is_no_value_stands_as_it_was_typed() -> None:
    report = own_call({}, pending={"applicant.vat": "ehkä"})
    shown = field(report, "applicant.vat")
    assert shown is not None
    assert shown.cell == PendingCell("ehkä", "cannot be read as a value")


def test_partners_are_shown_with_what_they_have_promised() -> None:
    data = {
        "partners": [
            {"id": "p", "name": "Yhdistys", "kind": "ry", "commitment": "signed", "committed_on": "2018-10-01"},
            {
                "id": "q",
                "committed_on": "2018-10-02",
                "vat": "bears",
                "contact": "Puheenjohtaja",
                "email": "p@esimerkki.fi",
            },
        ],
        "project": {"joint": False},
    }
    table = rows(report_of(document(data), "en"), "partners")
    assert table["partners[p]"].cells[3] == TextCell("Signed 1.10.2018")
    assert table["partners[p]"].note == "ry"
    assert table["partners[q]"].cells[2:] == (TextCell("Puheenjohtaja\np@esimerkki.fi"), TextCell("2.10.2018"))
    none = report_of(document(), "en").table("partners")
    assert none is not None
    assert (none.rows, none.empty) == ((), "No partners")


@pytest.mark.parametrize(
    ("attachment", "note"),
    [("a", "Letter of intent: Kylän aie"), ("b", "Letter of intent: aie.pdf"), ("c", ""), ("gone", ""), (None, "")],
)
def test_what_a_partner_has_signed_is_named_beside_it(attachment: str | None, note: str) -> None:
    data = {
        "partners": [{"id": "p", "name": "Yhdistys", "attachment": attachment}],
        "attachments": [
            {"id": "a", "title": "Kylän aie", "filename": "x.pdf"},
            {"id": "b", "filename": "aie.pdf"},
            {"id": "c"},
        ],
    }
    assert rows(report_of(document(data), "en"), "partners")["partners[p]"].note == note


def test_values_become_cells_by_their_type() -> None:
    assert cell_of(False, catalog()) == FlagCell(yes=False, text="No")  # noqa: FBT003
    assert cell_of(("a", "b"), catalog()) == TextCell("a, b")
    assert all(isinstance(cell_of(value, catalog()), EmptyCell) for value in (None, "", ()))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_section_has_its_number_and_every_table_its_key(ready: Document, language: str) -> None:
    report = report_of(ready, language)
    assert [section.number for section in report.sections] == list(range(1, len(report.sections) + 1))
    keys = [block.key for block in report.blocks() if isinstance(block, Table)]
    assert len(keys) == len(set(keys))
    assert report.heading.page_words.count("{page}") == 1
    assert ready.draft.call.id == CALL


def test_a_call_that_limits_and_asks_nothing_has_a_short_paper() -> None:
    report = own_call({**BALANCED, "project": {}}, rules=[], questions=[], declarations=[])
    assert "project" not in {section.key for section in report.sections}
    (bar,) = [block for block in report.blocks() if isinstance(block, FundingBar)]
    assert (bar.cap, bar.cap_words, bar.over_words) == (None, "", "")


def test_what_the_call_excludes_is_summed_up() -> None:
    categories = [{"id": "services", "label": TEXT, "excluded": True}, {"id": "travel", "label": TEXT}]
    lines = [*BALANCED["budget"]["lines"], {"id": "b", "category": "travel", "amount": "5.00"}]
    report = own_call({"budget": {"lines": lines}}, categories=categories)
    excluded = next(
        block
        for block in report.blocks()
        if isinstance(block, Field) and block.label.text == "Costs that the call does not accept"
    )
    assert excluded.cell == MoneyCell(Money(900000))
