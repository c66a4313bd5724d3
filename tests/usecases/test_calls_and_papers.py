"""Calls by id and under the user's terms; imported pages; the exporter; a draft as text."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from fakes.ports import CALL, Calls, Chance, Clock, catalog, definition, document
from hakemus.domain.draft import Document, Term
from hakemus.domain.findings import Reference, TraceLine
from hakemus.domain.messages import Shown, msg
from hakemus.domain.money import Money
from hakemus.report.model import Copy, PeriodCell, Report
from hakemus.usecases import calls, importing, rendering
from hakemus.usecases.errors import Damaged, NotReady, NotWritten, UnknownCall, UserError
from hakemus.usecases.exporting import Exporter
from hakemus.usecases.imported import ImportedRecord, Placed
from hakemus.usecases.outline import outline, words

CITED = Reference(source="s", title="Opas", paragraph="3 §", year="2018", status="source")


class Writer:
    def __init__(self) -> None:
        self.written: dict[str, bytes] = {}

    def write(self, path: str, data: bytes) -> None:
        self.written[path] = data


def exporter(differences: list[str] | None = None) -> tuple[Exporter, Writer]:
    writer = Writer()

    def rendered(report: Report, day: datetime.date, *_: object) -> bytes:
        return f"{report.language} {report.second_language} {report.copy.value} {day}".encode()

    return Exporter(rendered, rendered, lambda report, data: differences or [], writer, catalog, Clock()), writer


def test_a_paper_that_lacks_a_sum_is_an_error_and_never_a_file() -> None:
    made, writer = exporter()
    lacking = replace(made, verify_pdf=lambda _report, _data: ["9000,00"])
    with pytest.raises(NotWritten) as told:
        lacking.pdf_bytes(document({}))
    assert "9000,00" in catalog().render(told.value.message)
    assert writer.written == {}


def test_an_unknown_call_names_the_known_ones() -> None:
    library = Calls({CALL: definition(), "other": {}})
    assert calls.definition_of(library, CALL)["id"] == CALL
    with pytest.raises(UnknownCall) as unknown:
        calls.definition_of(library, "nothing")
    assert f"{CALL}, other" in catalog().render(unknown.value.message)


def test_a_definition_inside_a_draft_is_judged_like_any() -> None:
    with pytest.raises(Damaged) as damaged:
        calls.validated({**definition(), "unit": "x", "currency": "euro"})
    assert {problem.path for problem in damaged.value.problems} == {"unit", "currency"}


def terms(*pairs: tuple[str, str]) -> tuple[Term, ...]:
    return tuple(Term(at=at, value=value) for at, value in pairs)


def test_the_users_terms_take_the_place_of_the_calls_where_they_can() -> None:
    made = calls.with_terms(
        definition(),
        terms(
            ("rules.grant-share.percent", "75"),
            ("window.closes", "2018-12-10T16:15"),
            ("share.base", "costs_less_income"),
            ("rules.none.percent", "1"),
            ("title", "x"),
            ("title.fi.deep", "x"),
            ("unit", "many"),
            ("nothing.here", "1"),
        ),
    )
    assert made.overridden == ("rules.grant-share.percent", "window.closes", "share.base")
    assert made.window.closes == "2018-12-10T16:15"
    assert calls.value_at(made, "rules.grant-share.percent") == "75"
    assert calls.value_at(made, "window.closes") == "2018-12-10T16:15"
    assert calls.value_at(made, "rules.none.percent") is None
    assert calls.value_at(made, "window.nothing") is None


def test_a_rule_is_not_silenced_by_a_term_that_it_cannot_use() -> None:
    made = calls.with_terms(definition(), terms(("rules.grant-share.percent", "eighty")))
    assert made.overridden == ()
    assert str(made.rule("grant-share").parameters["percent"]) == "80"  # type: ignore[union-attr]


def test_the_call_of_a_draft_is_made_once() -> None:
    draft = document().draft
    assert calls.call_of(draft) is calls.call_of(draft)
    changed = draft.model_copy(update={"terms": terms(("rules.grant-share.percent", "75"))})
    assert calls.call_of(changed) is not calls.call_of(draft)


def record(year: int | None) -> ImportedRecord:
    return ImportedRecord(
        application={"project": {"title": "Tori\x00kirjasto"}},
        decision={"granted": "7000.00"},
        report={},
        source={"id": "s1", "kind": "register", "title": "x", "text": "koko sivu", "unplaced": ["rivi"]},
        language="sv",
        record_year=year,
        placed=(Placed("Titel", "project.title", "Torikirjasto"),),
        unplaced=("rivi",),
    )


def test_a_page_falls_under_the_call_of_the_year_before() -> None:
    library = Calls({CALL: definition()})
    assert importing.call_for(record(2019), library) == CALL
    for year in (2018, None):
        with pytest.raises(UserError) as none:
            importing.call_for(record(year), library)
        assert CALL in catalog().render(none.value.message)


def test_a_page_becomes_a_draft_with_notes_on_what_was_replaced() -> None:
    made, notes = importing.document_of(record(2019), definition(), Chance())
    assert (made.draft.language, made.draft.decision.granted) == ("sv", Money(700000))
    assert made.draft.application.project.title == "Tori\ufffdkirjasto"
    assert made.draft.sources[0].unplaced == ("rivi",)
    assert [note.path for note in notes] == ["application.project.title"]
    assert list(importing.placed_lines(record(2019))) == [("Titel", "project.title", "Torikirjasto")]


def test_papers_are_made_in_the_language_asked_or_the_drafts() -> None:
    outputs, writer = exporter()
    made = document(language="sv")
    assert outputs.pdf_bytes(made) == b"sv  draft 2018-11-15"
    assert outputs.pdf_bytes(made, Copy.BLANK, "fi", "sv") == b"fi sv blank 2018-11-15"
    assert outputs.xlsx_bytes(made, language="en") == b"en  draft 2018-11-15"
    outputs.write("a.pdf", b"x")
    assert writer.written == {"a.pdf": b"x"}


def test_a_workbook_that_reads_back_differently_is_never_written() -> None:
    outputs, writer = exporter(["B7: 5,00"])
    with pytest.raises(NotWritten) as differs:
        outputs.xlsx_bytes(document())
    assert "B7: 5,00" in catalog().render(differs.value.message)
    assert writer.written == {}


def test_a_submission_copy_is_made_of_a_ready_draft_alone(ready: Document) -> None:
    outputs, _ = exporter()
    assert outputs.pdf_bytes(ready, Copy.SUBMISSION) == b"fi  submission 2018-11-15"
    with pytest.raises(NotReady) as errors:
        outputs.pdf_bytes(document(), Copy.SUBMISSION)
    assert "Not yet" not in catalog().render(errors.value.message)
    waiting = ready.model_copy(update={"draft": ready.draft.model_copy(update={"pending": {"funding.grant": "x"}})})
    with pytest.raises(NotReady) as pending:
        outputs.pdf_bytes(waiting, Copy.SUBMISSION)
    assert "cannot be read" in catalog().render(pending.value.message)


def test_a_draft_as_text_has_what_the_paper_does_not_carry(ready: Document) -> None:
    outputs, _ = exporter()
    whole = document(
        ready.draft.application.stored(),
        decision={"granted": "7000.00"},
        report={"realised": {"costs": "8645.00"}, "lines": [{"id": "r", "amount": "1.00"}], "evaluation": "hyvin"},
        terms=[{"at": "unit", "value": "1.00"}],
        comments=[{"id": "c", "text": "tarkista"}],
        acknowledged=[{"rule": "identifier", "paths": ["applicant.isil"], "reason": "tiedossa"}],
        submission={"note": "lähetetty"},
        sources=[{"id": "s", "title": "Sivu", "text": "koko\nsivu", "unplaced": ["rivi"]}, {"id": "t"}],
    )
    text = outline(outputs.report(whole, language="en"), whole.draft, catalog())
    for part in (
        ready.draft.application.project.title or "?",
        "granted: 7000.00",
        "realised.costs: 8645.00",
        "lines[1].amount: 1.00",
        "hyvin",
        "tarkista",
        "tiedossa",
        "lähetetty",
        "  koko\n  sivu",
        "  rivi",
    ):
        assert part in text, part
    assert "Grant decision" not in outline(outputs.report(ready, language="en"), ready.draft, catalog())


def test_an_empty_draft_as_text_says_what_is_not_there() -> None:
    outputs, _ = exporter()
    text = outline(outputs.report(document(), language="en"), document().draft, catalog())
    assert "No goals yet" in text
    assert words(PeriodCell(datetime.date(2018, 11, 1), None)) == "1.11.2018–"


@pytest.mark.parametrize(
    ("status", "words"),
    [("source", ""), ("inferred", "inferred"), ("own", "general knowledge"), ("analogy", "another authority")],
)
def test_where_a_rule_comes_from_is_said_with_how_sure_it_is(status: str, words: str) -> None:
    cited = Reference(source="s", title="Opas", paragraph="3 §", year="2018", status=status)
    text = rendering.reference_text(cited, catalog())
    assert text.startswith("Opas, 3 §, 2018")
    assert words in text


def test_references_and_figures_in_their_printed_form() -> None:
    assert rendering.reference_json(None) is None
    assert "quotation" not in (rendering.reference_json(CITED) or {})
    quoted = Reference(source="s", quotation="sanottu")
    assert (rendering.reference_json(quoted) or {})["quotation"] == "sanottu"
    call = calls.validated(definition())
    lines = [
        rendering.trace_line(TraceLine(msg("Costs"), amount), catalog(), call)
        for amount in (Money(5), Shown("80.00"), None)
    ]
    assert lines == ["Costs: 0,05\u00a0€", "Costs: 80,00\u00a0%", "Costs"]
    assert rendering.message(msg("Costs"), catalog("fi")) == "Kustannukset"


def test_a_field_bears_the_name_that_the_call_gives_it() -> None:
    text = {"fi": "Nimi", "sv": "Namn", "en": "Name here"}
    plain: dict[str, Any] = {
        **definition(),
        "fields": [{"path": "project.title", "label": text}, {"path": "project.need", "limit": 5}],
        "questions": [{"id": "q1", "label": text}],
        "rules": [],
    }
    call = calls.validated(plain)
    assert rendering.field_name("project.title", catalog("sv"), call) == "Namn"
    assert rendering.field_name("answers[q1]", catalog(), call) == "Name here"
    assert rendering.field_name("answers[q2]", catalog(), call) != ""
    assert rendering.field_name("project.need", catalog(), call) == rendering.field_name("project.need", catalog())
