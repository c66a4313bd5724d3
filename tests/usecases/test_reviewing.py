"""The review report says every finding with its sum, source and mark, the terms, the sums, the file; and is a paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as validation
import pytest

from fakes.ports import Chance, Clock, document
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Document
from hakemus.domain.findings import Finding, Severity, TraceLine
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.report.model import Block, Field, Gap, MoneyCell, Prose, Report, ShownCell, Table
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.explaining import explain
from hakemus.usecases.reviewing import FileState, explanation_report
from hakemus.usecases.session import Session

DAY = datetime.date(2018, 11, 15)
SEEN = "0123456789abcdef" * 4
DATA: dict[str, Any] = {
    "applicant": {"business_id": "123"},
    "partners": [{"id": "p1", "name": "Kylätalo", "commitment": "planned"}],
    "budget": {"lines": [{"id": "a", "category": "services", "description": "Auto", "amount": "9000.00"}]},
    "funding": {"grant": "7500.00", "own": [{"id": "o", "kind": "appropriation", "amount": "1500.00"}]},
}


@pytest.fixture
def core(tmp_path: Path) -> Core:
    return Core(DAY, tmp_path)


def under(data: dict[str, Any], **changes: Any) -> Document:
    """A document under a call of one's own: the shipped one with other parts."""
    made = drafts.to_plain(document(data))
    definition = {**made["call"]["definition"], **changes}
    return drafts.from_plain({**made, "call": {**made["call"], "definition": definition}}, Chance().draw)[0]


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Gap):
            yield block.title.text
        elif isinstance(block, Field):
            yield f"{block.label.text}: {said(block.cell)}"
        elif isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(said(cell) for cell in row.cells)


def said(cell: object) -> str:
    if isinstance(cell, MoneyCell):
        return str(cell.amount)
    return str(getattr(cell, "text", getattr(cell, "day", "")))


def section(report: Report, key: str) -> list[str]:
    return [text.replace("\u00a0", " ") for part in report.sections if part.key == key for text in texts(part.blocks)]


def keys(report: Report) -> list[str]:
    return [part.key for part in report.sections]


def test_every_finding_stands_under_its_level_with_sum_source_and_ways(core: Core) -> None:
    made = document(DATA)
    report = core.exporter.review(made, FileState(), "en")
    judged = check(made.draft, call_of(made.draft), DAY)
    for severity in Severity:
        gaps = [b for part in report.sections if part.key == severity.value for b in part.blocks if isinstance(b, Gap)]
        assert len(gaps) == sum(item.severity is severity for item in judged.findings)
    errors = section(report, "error")
    share = errors.index(next(text for text in errors if "above its highest share" in text))
    rest = errors[share : share + 14]
    assert "Costs | 9000.00" in rest
    assert "Too much | 300.00" in rest
    assert any(
        text.startswith("A way to put it right: Lower the grant: grant 7 200,00 €, own funding 1 800,00 €")
        for text in rest
    )
    assert any(text.startswith("Source: ") and "inferred, not stated in the source" in text for text in rest)
    assert any("Partners › Commitment (Kylätalo)" in text for text in section(report, "note"))


def test_totals_and_facts_are_those_of_the_check(core: Core) -> None:
    report = core.exporter.review(document(DATA), FileState(SEEN, changed=True), "en")
    totals = section(report, "totals")
    assert {"Costs | 9000.00", "Share of the grant | 83.33", "Above the highest grant | 300.00"} <= set(totals)
    facts = section(report, "summary")
    assert f"File, SHA-256: {SEEN[:32]}\n{SEEN[32:]}" in facts
    assert "File: The draft has changes that are not in the file." in facts
    assert "Edition of the call: 2018-10-29" in facts
    assert "Judged on: 2018-11-15" in facts
    assert "File: Not yet saved" in section(core.exporter.review(document(DATA), FileState(), "en"), "summary")
    cells = [row.cells[1] for row in report.table("totals").rows]  # type: ignore[union-attr]
    assert all(isinstance(cell, (MoneyCell, ShownCell)) for cell in cells)


def test_a_saved_draft_without_changes_is_told_by_its_sum_alone(core: Core) -> None:
    facts = section(core.exporter.review(document(DATA), FileState(SEEN), "en"), "summary")
    assert [text for text in facts if text.startswith("File")] == [f"File, SHA-256: {SEEN[:32]}\n{SEEN[32:]}"]


def test_what_the_call_does_not_count_stands_among_the_totals(core: Core) -> None:
    data = {
        "budget": {
            "lines": [
                {"id": "a", "category": "services", "description": "Auto", "amount": "900.00"},
                {"id": "b", "category": "rents", "description": "Sali", "amount": "100.00"},
            ]
        },
        "funding": {
            "grant": "700.00",
            "own": [
                {"id": "o", "kind": "appropriation", "amount": "400.00"},
                {"id": "w", "kind": "work", "amount": "50.00"},
            ],
        },
    }
    totals = section(core.exporter.review(document(data, "kulturfonden-bibban"), FileState(), "en"), "totals")
    assert {
        "Costs | 900.00",
        "Left out as not accepted | 100.00",
        "Own funding | 400.00",
        "Own funding that the call does not count | 50.00",
        "More money than costs | 200.00",
    } <= set(totals)
    assert not any(text.startswith("Not yet funded") for text in totals)


def test_a_call_that_limits_nothing_names_no_highest_grant(core: Core) -> None:
    made = under(DATA, rules=[])
    totals = section(core.exporter.review(made, FileState(), "en"), "totals")
    assert "Grant applied for | 7500.00" in totals
    assert not any("ighest grant" in text for text in totals)


def test_a_source_is_quoted_and_its_day_said_only_where_it_is_known(core: Core) -> None:
    quoted = {"source": "notice", "quotation": {"fi": "Enintään 80 %.", "sv": "Högst 80 %.", "en": "80 % at most."}}
    share = {"id": "share", "kind": "grant-share", "severity": "error", "percent": "80", "reference": quoted}
    for read, end in (({}, False), ({"read": "2018-11-02"}, True)):
        made = under(DATA, rules=[share], sources=[{"id": "notice", "title": "Call notice", "year": "2018", **read}])
        errors = section(core.exporter.review(made, FileState(), "en"), "error")
        assert any(text.startswith("The source says: ") and "80 %" in text for text in errors)
        (source,) = (text for text in errors if text.startswith("Source: Call notice"))
        assert source.endswith(". Read on 2.11.2018.") is end
        assert ("Read on" in source) is end


def test_a_line_of_a_sum_without_a_figure_keeps_its_words(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = (TraceLine(msg("Costs"), Money.parse("10.00")), TraceLine(msg("Other funding")))
    finding = Finding("odd", "odd", Severity.ERROR, (), msg("Something is odd."), trace=trace)
    monkeypatch.setattr("hakemus.usecases.checking.evaluate", lambda *_: (finding,))
    report = core.exporter.review(document(DATA), FileState(), "en")
    assert section(report, "error") == ["1. Something is odd.", "Costs | 10.00", "Other funding | "]


def test_a_mark_is_told_with_its_reason_and_an_old_one_apart(core: Core) -> None:
    session = Session(document(DATA), Chance().draw, Clock(DAY))
    finding = next(item for item in session.check.findings if item.rule == "identifier")
    session.acknowledge(finding, "the number is on its way", "A colleague")
    made = document(DATA, acknowledged=[item.stored() for item in session.draft.acknowledged])
    report = core.exporter.review(made, FileState(), "en")
    assert "Marked as read: the number is on its way (A colleague, 15.11.2018)" in section(report, "warning")
    assert "old-marks" not in keys(report)
    assert any(text.endswith("1 marked as read") for text in section(report, "summary"))
    changed = {**DATA, "applicant": {"business_id": "124"}}
    later = document(changed, acknowledged=[item.stored() for item in session.draft.acknowledged])
    report = core.exporter.review(later, FileState(), "en")
    assert not any("Marked as read" in text for text in section(report, "warning"))
    assert section(report, "old-marks") == ["Applicant › Business ID | the number is on its way | 2018-11-15"]


def test_a_mark_without_reason_or_name_and_an_unknown_place_is_told_too(core: Core) -> None:
    made = document(DATA, acknowledged=[{"rule": "gone", "paths": ["no.such[x].place"]}, {"rule": "other"}])
    told = section(core.exporter.review(made, FileState(), "en"), "old-marks")
    assert len(told) == 2
    assert told[1].startswith("other |")


def test_values_of_ones_own_are_told_beside_those_of_the_call(core: Core) -> None:
    terms = [
        {"at": "rules.grant-share.percent", "value": "75", "note": "call notice, p. 2", "on": "2018-11-01"},
        {"at": "share.base", "value": "costs_less_income"},
        {"at": "unit", "value": "1.00"},
    ]
    report = core.exporter.review(document(DATA, terms=terms), FileState(), "en")
    assert section(report, "terms") == [
        "Highest share of the grant, % | 80 % | 75 % | call notice, p. 2 | 2018-11-01",
        "What the share is counted from | of the total costs | of the costs less income |  | ",
        "Unit of sums | in cents | in whole units of the currency |  | ",
    ]


def test_sources_say_how_sure_they_are_in_words(core: Core) -> None:
    report = core.exporter.review(document(DATA), FileState(), "en")
    rules = section(report, "rules")
    assert any(
        text.startswith("Highest share of the grant |") and text.endswith("inferred, not stated in the source")
        for text in rules
    )
    assert any(
        text.endswith("stated in the source") and not text.endswith("not stated in the source") for text in rules
    )
    assert all("{" not in text for text in rules)
    assert section(report, "papers")


@pytest.mark.parametrize("call", ["lvv-kirjastot-2026", "oph-erityisavustus-2026", "kulturfonden-bibban"])
def test_analogies_and_own_knowledge_have_words_in_every_call(core: Core, call: str) -> None:
    for language in ("fi", "sv", "en"):
        report = core.exporter.review(document({}, call), FileState(), language)
        assert section(report, "rules")
        assert {"summary", "totals", "rules"} <= set(keys(report))


def test_text_that_cannot_be_read_is_listed(core: Core) -> None:
    data = {**DATA, "funding": {}}
    report = core.exporter.review(document(data, pending={"funding.grant": "1.234"}), FileState(), "en")
    (line,) = section(report, "pending")
    assert line.startswith("Funding › Grant applied for | 1.234 | ")


def test_nothing_found_is_said(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hakemus.usecases.checking.evaluate", lambda *_: ())
    report = core.exporter.review(document(DATA), FileState(), "en")
    assert "findings" in keys(report)


def test_many_places_are_cut_and_counted(core: Core) -> None:
    lines = [{"id": f"r{at}", "amount": "10.00"} for at in range(30)]
    report = core.exporter.review(document({"budget": {"lines": lines}}), FileState(), "en")
    assert any("18 more" in text for text in section(report, "error"))


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_paper_is_valid_and_carries_nothing_inside(core: Core, language: str, profile: str) -> None:
    terms = [{"at": "rules.grant-share.percent", "value": "75", "note": "x"}]
    made = document(DATA, terms=terms, pending={"project.starts_on": "soon"}, acknowledged=[{"rule": "gone"}])
    paper = core.exporter.review_bytes(made, FileState(SEEN, changed=True), language)
    verdict = validation.validate_pdf_bytes(paper, profile=profile)
    assert [str(failure) for failure in verdict.failures] == []
    assert b"/EmbeddedFiles" not in paper
    assert core.exporter.review_bytes(made, FileState(SEEN, changed=True), language) == paper


def test_the_heading_says_what_it_is_and_nothing_calls_it_a_draft(core: Core) -> None:
    report = core.exporter.review(document(DATA), FileState(), "en")
    assert report.heading.form.text == "Review report"
    assert (report.mark, report.heading.copy_words) == ("", "")


def test_the_report_says_how_every_figure_was_computed(core: Core) -> None:
    found = section(core.exporter.review(document(DATA), FileState(), "en"), "sums")
    assert "Grant at most | 7200.00" in found
    assert "Costs | 9000.00" in found
    assert any(text.startswith("Source: ") and "inferred" in text for text in found)


def test_one_figure_or_one_finding_is_a_paper_of_its_own(core: Core) -> None:
    made = document(DATA)
    judged = check(made.draft, call_of(made.draft), DAY)
    paper, catalog = core.exporter.report(made, language="en"), core.catalog("en")
    figure = explanation_report(judged, explain(judged, "distance"), paper, catalog)
    assert figure.heading.form.text == "Explanation"
    assert [part.title.text for part in figure.sections] == ["Highest grant"]
    assert "Too much | 300.00" in section(figure, "sum-1")
    broken = next(item for item in judged.findings if item.rule == "grant-share")
    printed = explanation_report(judged, broken, paper, catalog)
    assert "The grant is 300,00 € above" in printed.sections[0].title.text.replace("\u00a0", " ")
    said_of_it = [block.text for block in printed.sections[0].blocks if isinstance(block, Prose)]
    assert said_of_it[0].startswith("Where: Funding › Grant applied for")
    assert sum("A way to put it right" in text for text in said_of_it) == 3


def test_a_printed_finding_says_its_mark_and_the_words_of_its_source(core: Core) -> None:
    own = [{"id": "own-share", "kind": "own-share", "severity": "note", "percent": "20", "reference": {
        "source": "avi-terms-of-use", "quotation": {"fi": "Viidennes itse."}}}]  # fmt: skip
    session = Session(under(DATA, rules=own), Chance().draw, Clock(DAY))
    (finding,) = [item for item in session.check.findings if item.rule == "own-share"]
    session.acknowledge(finding, "asked the office", "AB")
    made = explanation_report(
        session.check, finding, core.exporter.report(document(DATA), language="en"), core.catalog("en")
    )
    blocks = made.sections[0].blocks
    assert any(isinstance(block, Prose) and "Marked as read: asked the office (AB" in block.text for block in blocks)
    assert "The source says: Viidennes itse." in section(made, "sum-1")
    assert core.exporter.explanation_bytes(session.document, session.check, finding).startswith(b"%PDF")


def test_a_finding_without_a_sum_prints_its_sentence(core: Core) -> None:
    made = document({})
    judged = check(made.draft, call_of(made.draft), DAY)
    missing = next(item for item in judged.findings if item.kind == "required")
    printed = explanation_report(judged, missing, core.exporter.report(made, language="en"), core.catalog("en"))
    assert not [block for block in printed.sections[0].blocks if isinstance(block, Table)]
