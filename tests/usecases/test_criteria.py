"""The selection criteria beside what answers them, and the own estimates, which leave the draft on no paper."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from fakes.ports import Chance, catalog, document
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Document, Draft
from hakemus.report.model import Copy, Prose, Table
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check
from hakemus.usecases.criteria import Coverage, coverage, coverage_words, with_estimate
from hakemus.usecases.papers import inside
from hakemus.usecases.reviewing import FileState

NOW = datetime.datetime(2018, 11, 15, 12, tzinfo=datetime.UTC)
CRITERIA = [
    {"id": "plan", "text": {"en": "A clear plan"}, "fields": ["project.need", "goals", "goals[].text"]},
    {"id": "lasting", "text": {"en": "Results that last"}, "fields": ["project.continuation", "project.joint"]},
    {"id": "bare", "text": {"en": "Something that no field answers"}},
]
DATA: dict[str, Any] = {
    "project": {"need": "Kirjasto on\nliian kaukana.", "continuation": "   ", "joint": False},
    "goals": [{"id": "g1", "text": "Uusia lukijoita"}, {"id": "g2"}, {"id": "g3", "text": "Avoin talo"}],
}


def made(data: dict[str, Any] | None = None) -> Document:
    plain = drafts.to_plain(document(DATA if data is None else data))
    definition = {**plain["call"]["definition"], "criteria": CRITERIA}
    return drafts.from_plain({**plain, "call": {**plain["call"], "definition": definition}}, Chance().draw)[0]


def covered(draft: Draft) -> Coverage:
    return coverage(check(draft, call_of(draft), NOW.date()))


def estimated(draft: Draft, name: str, grade: int | None, reason: str = "", by: str = "") -> Draft:
    return with_estimate(draft, name, grade, reason, by, NOW, Chance().draw)


def test_each_criterion_says_what_of_its_answer_is_there() -> None:
    found = covered(made().draft)
    assert [[(item.path, item.count, item.is_table) for item in one.answers] for one in found.criteria] == [
        [("project.need", 4, False), ("goals", 3, True), ("goals[].text", 4, False)],
        [("project.continuation", 0, False), ("project.joint", 1, False)],
        [],
    ]
    assert [one.filled for one in found.criteria] == [3, 1, 0]
    empty = covered(made({}).draft)
    assert [one.filled for one in empty.criteria] == [0, 0, 0]


def test_an_estimate_is_one_comment_that_the_next_replaces() -> None:
    draft = estimated(made().draft, "plan", 2, "Luvut puuttuvat", "Aila")
    (comment,) = draft.comments
    assert (comment.path, comment.text, comment.by, comment.on) == (
        "criteria[plan]",
        "2 Luvut puuttuvat",
        "Aila",
        "2018-11-15",
    )
    again = estimated(estimated(draft, "lasting", None, "3 kuntaa mukana"), "plan", 0)
    assert [(item.grade, item.reason) for item in covered(again).criteria] == [
        (0, ""),
        (3, "kuntaa mukana"),
        (None, ""),
    ]
    assert len({item.id for item in again.comments}) == 2
    assert estimated(estimated(again, "plan", None), "lasting", None, "  ").comments == ()


def test_other_comments_stay_and_are_no_estimates() -> None:
    comments = ({"id": "c1", "path": "project.title", "text": "2 nimeä?"}, {"id": "c2", "path": "criteria[plan]"})
    draft = drafts.from_plain({**drafts.to_plain(made()), "comments": list(comments)}, Chance().draw)[0].draft
    assert covered(draft).criteria[0].grade is None
    after = estimated(draft, "plan", 1)
    assert [item.path for item in after.comments] == ["project.title", "criteria[plan]"]


def test_a_reason_may_come_before_a_grade() -> None:
    draft = estimated(made().draft, "plan", None, "Kysy vielä")
    (first, *_rest) = covered(draft).criteria
    assert (first.grade, first.reason) == (None, "Kysy vielä")


def test_the_weakest_answers_are_those_to_work_on() -> None:
    draft = estimated(estimated(made().draft, "plan", 3), "lasting", 1)
    assert [item.criterion.id for item in covered(draft).weakest] == ["lasting"]
    assert covered(estimated(made().draft, "plan", 3)).weakest == ()
    assert covered(made().draft).weakest == ()


def test_the_whole_is_said_in_words() -> None:
    words = catalog()
    assert coverage_words(covered(made().draft), words) == (
        "4 of 5 answering fields are filled in. 3 criteria are not judged yet."
    )
    draft = estimated(estimated(made().draft, "plan", 3), "lasting", 1)
    assert coverage_words(covered(draft), words) == (
        "4 of 5 answering fields are filled in. Own estimate 4 of 9. 1 criterion is not judged yet."
    )
    assert coverage_words(covered(estimated(draft, "bare", 0)), words).endswith("Own estimate 4 of 9.")


def test_the_review_report_has_them_and_the_paper_with_the_draft_inside_does_not(tmp_path: Path) -> None:
    document = made()
    document = document.model_copy(update={"draft": estimated(document.draft, "plan", 2, "Luvut puuttuvat")})
    core = Core(NOW.date(), tmp_path)
    report = core.exporter.review(document, FileState("ab" * 32), "en")
    (section,) = [each for each in report.sections if each.key == "criteria"]
    prose, table = section.blocks
    assert isinstance(prose, Prose)
    assert "Own estimate 2 of 9." in prose.text
    assert isinstance(table, Table)
    cells = [[getattr(cell, "text", "") for cell in row.cells] for row in table.rows]
    assert cells[0] == ["A clear plan", "Need and starting point; Goals; Goal", "2 / 3", "Luvut puuttuvat"]
    assert cells[1][1].endswith("not filled in; Joint project")
    assert cells[1][2:] == ["", ""]
    assert b"Luvut puuttuvat" not in inside(document, Copy.SUBMISSION)


def test_a_call_without_criteria_has_no_such_part(tmp_path: Path) -> None:
    core = Core(NOW.date(), tmp_path)
    plain = drafts.to_plain(document(DATA))
    definition = {**plain["call"]["definition"], "criteria": []}
    bare = drafts.from_plain({**plain, "call": {**plain["call"], "definition": definition}}, Chance().draw)[0]
    report = core.exporter.review(bare, FileState("ab" * 32), "en")
    assert "criteria" not in [each.key for each in report.sections]
