"""The form of the review report: what is not there has no heading, no label and no empty table."""

from __future__ import annotations

from report_cases import report_of

from fakes.ports import catalog, document
from hakemus.domain.money import Money
from hakemus.report.model import Field, Gap, MoneyCell, Prose, Report, Table, TextCell
from hakemus.report.review import Entry, Line, Review, RuleSource, SourcePaper, build_review

FACTS = (Line("Judged on", TextCell("today")),)
TOTALS = (Line("Costs", MoneyCell(Money.parse("10.00"))),)


def built(review: Review) -> Report:
    return build_review(report_of(document({})), review, catalog())


def test_a_review_of_nothing_says_so_and_has_no_empty_parts() -> None:
    report = built(Review(FACTS, TOTALS))
    assert [part.key for part in report.sections] == ["summary", "totals", "findings"]
    assert report.sections[-1].blocks == (Prose("Nothing was found."),)


def test_an_entry_shows_what_it_knows_under_labels_and_nothing_else() -> None:
    bare = Entry("error", "Something is wrong.", "")
    full = Entry("error", "More is wrong.", "Budget", TOTALS, ("Cut costs",), "The notice", "At most so much.", "read")
    (_, _, errors) = built(Review(FACTS, TOTALS, (bare, full))).sections
    said = [
        block.title.text if isinstance(block, Gap) else block.label.text
        for block in errors.blocks
        if isinstance(block, (Gap, Field))
    ]
    assert said == [
        "1. Something is wrong.",
        "2. More is wrong.",
        "Where",
        "A way to put it right",
        "Source",
        "The source says",
        "Marked as read",
    ]
    assert [block.key for block in errors.blocks if isinstance(block, Table)] == ["error-2"]


def test_sources_are_shown_with_the_rules_or_without() -> None:
    rule, paper = RuleSource("Balance", "The notice", "stated"), SourcePaper("The notice", "2026", None, "")
    assert [part.key for part in built(Review(FACTS, TOTALS, rules=(rule,))).sections][3:] == ["rules"]
    assert [part.key for part in built(Review(FACTS, TOTALS, papers=(paper,))).sections][3:] == ["papers"]
