"""The steps and their state, days to the deadline, lengths, help, sizes of text, files that are attached."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from fakes.ports import Clock, catalog, document
from hakemus.domain.call import Call
from hakemus.domain.draft import Document
from hakemus.domain.steps import STEPS
from hakemus.usecases import wizard
from hakemus.usecases.attaching import MOST_BYTES, attachment_values, media_type_of, safe_name
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.deadline import deadline_of
from hakemus.usecases.errors import UserError
from hakemus.usecases.help import help_for
from hakemus.usecases.lengths import Limit, length_of, limit_of, tail_of
from hakemus.usecases.settings import TEXT_SIZES, Settings, next_size
from hakemus.usecases.wizard import State

TEXT = {"fi": "suomi", "sv": "svenska", "en": "English"}


def made_call(**parts: Any) -> Call:
    return Call.model_validate(
        {"id": "test-call", "edition": "1", "funder": "f", "funder_name": TEXT, "title": TEXT, **parts}
    )


def states(made: Document) -> dict[str, wizard.StepState]:
    found = wizard.states(check(made.draft, call_of(made.draft), Clock().today()))
    assert [item.step for item in found] == list(STEPS)
    return {item.step: item for item in found}


def said(state: wizard.StepState) -> str:
    return catalog().render(state.words)


def test_an_empty_draft_has_nothing_begun_and_is_not_ready() -> None:
    found = states(document())
    assert found["review"].state is State.HALF
    assert found["review"].errors > 0
    assert (found["attachments"].state, said(found["attachments"])) == (State.DONE, "None required")
    assert {state.state for step, state in found.items() if step not in ("review", "attachments")} == {State.EMPTY}
    assert said(found["project"]) == "Not started"


def test_a_step_under_way_names_what_is_missing() -> None:
    found = states(document({"project": {"title": "x"}}))["project"]
    assert found.state is State.HALF
    assert found.missing > 0
    assert str(found.missing) in said(found)


def test_errors_warnings_and_text_that_waits_show_on_their_step() -> None:
    data = {
        "applicant": {"organisation": "Kunta", "business_id": "1234567-0"},
        "budget": {"lines": [{"id": "a", "amount": "100.00", "category": "services"}]},
        "funding": {"grant": "99.00", "own": [{"id": "o", "amount": "1.00"}]},
    }
    found = states(document(data, pending={"project.starts_on": "soon"}))
    assert (found["funding"].state, found["funding"].errors) == (State.ERROR, 1)
    assert said(found["funding"]) == "1 error"
    assert (found["timeline"].state, found["timeline"].errors) == (State.ERROR, 1)
    assert found["applicant"].warnings == 1


def test_a_step_with_warnings_alone_and_a_finished_one(ready: Document) -> None:
    found = states(ready)
    assert found["review"].state is State.DONE
    assert {found[step].state for step in ("applicant", "project", "goals", "budget")} == {State.DONE}
    plain = {**ready.draft.application.stored()}
    plain["applicant"] = {**plain["applicant"], "business_id": "1234567-0"}
    warned = states(document(plain))["applicant"]
    assert (warned.state, said(warned)) == (State.WARNING, "1 warning")
    assert wizard.done_count(tuple(found.values())) >= 8


def test_an_answer_begins_the_step_that_the_call_puts_its_question_on() -> None:
    call = made_call(questions=[{"id": "q1", "label": TEXT, "step": "goals"}])
    draft = document({"answers": {"q1": "x", "old": "y"}}).draft
    assert wizard.begun(draft, "goals", call)
    joint = states(document({"project": {"joint": True}}))["attachments"]
    assert joint.state is not State.DONE
    assert not wizard.begun(draft, "project", call)
    assert wizard.where("answers[q1]", call) == "goals"
    assert wizard.where("", call) == "review"
    assert wizard.where("funding.grant", call) == "funding"


@pytest.mark.parametrize(
    ("window", "now", "closes", "days", "hours", "over"),
    [
        ({"closes": "2018-12-03T16:15"}, "2018-12-01T16:15", "2018-12-03T16:15", 2, 48, False),
        ({"closes": "2018-12-03"}, "2018-12-03T12:59", "2018-12-03T23:59", 0, 11, False),
        ({"closes": "2018-12-03"}, "2018-12-04T00:00", "2018-12-03T23:59", -1, -1, True),
        ({"cutoffs": ["2018-03-01", "2018-09-01"]}, "2018-05-01T12:00", "2018-09-01T23:59", 123, 2963, False),
        (
            {"cutoffs": ["2018-03-01"], "closes": "2018-02-01"},
            "2019-01-01T00:00",
            "2018-03-01T23:59",
            -306,
            -7321,
            True,
        ),
    ],
)
def test_days_to_the_next_closing(
    window: dict[str, Any], now: str, closes: str, days: int, hours: int, *, over: bool
) -> None:
    found = deadline_of(made_call(window=window), datetime.datetime.fromisoformat(now))
    assert found is not None
    assert found.closes == datetime.datetime.fromisoformat(closes)
    assert (found.days, found.hours, found.over) == (days, hours, over)


def test_a_call_that_never_closes_has_no_deadline() -> None:
    assert deadline_of(made_call(window={"always_open": True}), datetime.datetime(2018, 1, 1)) is None  # noqa: DTZ001


def test_lengths_as_portals_count_them() -> None:
    assert [length_of("ä😀\n", how) for how in ("characters", "utf16", "bytes")] == [3, 4, 7]
    assert length_of("\ud800", "bytes") == 1


def test_the_limit_of_a_field_is_the_calls() -> None:
    call = made_call(
        questions=[{"id": "q1", "label": TEXT, "limit": 10, "counting": "bytes"}, {"id": "q2", "label": TEXT}],
        fields=[{"path": "project.summary", "limit": 20, "counting": "utf16"}, {"path": "goals[].text", "limit": 30}],
        rules=[
            {"id": "deficit", "kind": "deficit"},
            {"id": "length", "kind": "length", "limits": {"project.need": 40, "activities[].title": 50}},
        ],
    )

    def limit(path: str) -> tuple[int, str] | None:
        found = limit_of(call, path)
        return (found.most, found.counting) if found else None

    assert limit("answers[q1]") == (10, "bytes")
    assert limit("answers[q2]") is limit("answers[none]") is limit("project.title") is None
    assert limit("project.summary") == (20, "utf16")
    assert limit("goals[g1].text") == (30, "characters")
    assert limit("project.need") == (40, "characters")
    assert limit("activities[a].title") == (50, "characters")
    assert limit_of(made_call(), "project.need") is None


def test_help_is_the_calls_own_where_it_has_some_and_names_its_source() -> None:
    cited = {"source": "s1", "paragraph": "3 §"}
    call = made_call(
        questions=[{"id": "q1", "label": TEXT, "help": TEXT, "example": TEXT, "reference": cited}],
        fields=[
            {"path": "project.need", "label": TEXT, "help": TEXT, "example": TEXT, "mistake": TEXT, "reference": cited},
            {"path": "goals[].text", "limit": 5},
            {"path": "project.summary", "help": TEXT, "reference": {"source": "s2"}},
        ],
        sources=[{"id": "s1", "title": "Opas", "read": "2018-11-01"}, {"id": "s2", "title": "Laki"}],
    )
    computed = help_for("activities[a1].chart", call, catalog("sv"))
    assert (computed.title, computed.source) == ("Tidslinje", "")
    assert "piltangent" in computed.why
    asked = help_for("answers[q1]", call, catalog("sv"))
    assert (asked.title, asked.why, asked.example, asked.mistake) == ("svenska", "svenska", "svenska", "")
    guided = help_for("project.need", call, catalog())
    assert (guided.title, guided.mistake) == ("English", "English")
    assert "Opas, 3 §" in guided.source
    assert "1.11.2018" in guided.source
    assert help_for("project.summary", call, catalog()).source == "Source: Laki."
    own = help_for("goals[g1].text", call, catalog())
    assert own.why
    assert own.source == ""
    assert help_for("project.title", call, catalog()).title == "Project name"
    assert help_for("answers[gone]", call, catalog()).why == ""


def test_every_step_of_text_size_is_reached_and_none_beyond() -> None:
    assert next_size(100, 1) == 110
    assert next_size(100, -1) == 90
    assert next_size(TEXT_SIZES[-1], 1) == TEXT_SIZES[-1]
    assert next_size(TEXT_SIZES[0], -1) == TEXT_SIZES[0]
    assert next_size(103, 1) == 110
    assert Settings().text_size in TEXT_SIZES


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"PK\x03\x04..word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
        (b"PK\x03\x04..other", "application/zip"),
        ("pöytäkirja".encode(), "text/plain"),
        (b"a\x00b", "application/octet-stream"),
        (b"\xff\xfe", "application/octet-stream"),
        (b"", "text/plain"),
        (b"x" * 4095 + "ä".encode(), "text/plain"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, kind: str) -> None:
    assert media_type_of(data) == kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\aie.pdf", "aie.pdf"),
        ("aie\u202efdp.exe", "aiefdp.exe"),
        ("a:b?.pdf", "a_b_.pdf"),
        (" . ", "attachment"),
        ("", "attachment"),
        ("ä" * 300, "ä" * 100),  # two bytes each
    ],
)
def test_a_name_of_an_attachment_is_safe_everywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_an_attachment_becomes_a_row() -> None:
    row = attachment_values("Aiesopimus.v2.pdf", b"%PDF-", "0" * 64)
    assert row == {
        "title": "Aiesopimus.v2",
        "filename": "Aiesopimus.v2.pdf",
        "media_type": "application/pdf",
        "size": 5,
        "sha256": "0" * 64,
        "state": "attached",
    }


def test_an_attachment_that_no_file_could_hold_is_refused() -> None:
    class Huge(bytes):
        def __len__(self) -> int:
            return MOST_BYTES + 1

    with pytest.raises(UserError) as refused:
        attachment_values("iso.pdf", Huge(), "0")
    assert "100 MB" in catalog().render(refused.value.message)


@pytest.mark.parametrize("text", ["", "abcdef", "a😀b😀c", "ä" * 9])
@pytest.mark.parametrize("how", ["characters", "utf16", "bytes"])
def test_the_tail_of_a_text_begins_behind_the_last_character_that_fits(text: str, how: str) -> None:
    for most in range(12):
        at = tail_of(text, Limit(most, how))
        if length_of(text, how) <= most:
            assert at is None
        else:
            assert at is not None
            assert length_of(text[:at], how) <= most < length_of(text[: at + 1], how)
