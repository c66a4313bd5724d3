"""Whatever could be read of a damaged file becomes a document; what no field takes waits as text."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.ports import Chance, definition
from hakemus.domain.draft import Document
from hakemus.domain.findings import msg
from hakemus.usecases import drafts
from hakemus.usecases.errors import Damaged, Problem, UnknownCall
from hakemus.usecases.rescuing import readable
from strategies import applications


def definition_of(name: str) -> dict[str, Any]:
    if name not in ("", definition()["id"]):
        raise UnknownCall(msg("unknown"))
    return definition()


def rescued(plain: dict[str, Any]) -> tuple[Document, tuple[Problem, ...]]:
    return readable(plain, definition_of, lambda: "made", Chance().draw)


def whole() -> dict[str, Any]:
    plain = drafts.to_plain(drafts.new_document(definition(), "x"))
    plain["application"] = {
        "project": {"title": "Reading"},
        "budget": {"lines": [{"id": "a", "amount": "5.00"}, {"id": "b", "amount": "6.00"}]},
    }
    return plain


def test_a_sound_document_is_itself() -> None:
    document, problems = rescued(whole())
    assert (document.id, problems) == ("x", ())
    assert drafts.to_plain(document)["application"] == whole()["application"]


def test_nothing_but_an_application_is_enough() -> None:
    document, _ = rescued({"application": {"project": {"title": "Reading"}}, "pending": 3})
    assert document.id == "made"
    assert document.draft.application.project.title == "Reading"
    assert document.draft.call.id == definition()["id"]


@pytest.mark.parametrize(
    "call",
    [None, 3, {"id": "avi-kirjastot-2018"}, {"id": "gone"}, {"id": 5, "definition": []}, {"definition": {"id": 1}}],
)
def test_a_call_that_cannot_be_used_is_taken_from_this_computer(call: object) -> None:
    document, _ = rescued({**whole(), "call": call, "terms": [{"at": "unit", "value": "1"}]})
    assert document.draft.call.id == definition()["id"]
    assert document.draft.application.project.title == "Reading"


def test_wrong_values_are_taken_out_and_wait_as_text() -> None:
    plain = whole()
    plain["application"]["funding"] = {"grant": "a thousand", "own": "none"}
    plain["application"]["project"]["joint"] = "perhaps"
    plain["application"]["budget"]["lines"][1]["quantity"] = 2.5
    plain["application"]["budget"]["lines"].append("what is this")
    plain["application"]["answers"] = {"q": 7, "r": "yes"}
    plain["application"]["declarations"] = {"true": "no"}
    plain["snapshots"] = "broken"
    document, problems = rescued(plain)
    waiting = document.draft.pending
    assert waiting["funding.grant"] == "a thousand"
    assert waiting["project.joint"] == "perhaps"
    assert waiting["budget.lines[b].quantity"] == "2.5"
    assert waiting["answers[q]"] == "7"
    assert dict(document.draft.application.answers) == {"r": "yes"}
    assert [line.id for line in document.draft.application.budget.lines] == ["a", "b"]
    assert len(problems) >= 7


def test_of_two_rows_with_one_id_the_first_stays() -> None:
    plain = whole()
    plain["application"]["budget"]["lines"][1]["id"] = "a"
    document, problems = rescued(plain)
    assert problems
    assert len(document.draft.application.budget.lines) <= 2
    assert document.draft.application.project.title == "Reading"


def test_what_cannot_be_mended_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Damaged(msg("no"), (Problem("nowhere.at.all", msg("no")), Problem("rows[9]", msg("no"))))

    monkeypatch.setattr(drafts, "from_plain", refuse)
    with pytest.raises(Damaged):
        rescued({**whole(), "rows": []})


_JUNK = st.sampled_from((None, 3, "x", [], {}, [1], {"a": 1}, True, 2.5, [{"id": "q"}], {"id": []}))


@settings(max_examples=60, deadline=None)
@given(applications, st.data())
def test_any_value_may_be_anything(application: dict[str, Any], data: st.DataObject) -> None:
    plain = whole()
    plain["application"] = copy.deepcopy(application)
    for _ in range(3):
        node: Any = plain
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            keys = [key for key in keys if key not in ("definition", "format")]
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(node[key], (dict, list)) and node[key] and data.draw(st.booleans()):
                node = node[key]
                continue
            node[key] = data.draw(_JUNK)
            break
    document, _ = rescued(plain)
    assert document.draft.application is not None


def test_there_is_an_end_to_mending(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Damaged(msg("no"), (Problem("junk[1]", msg("no")),))

    monkeypatch.setattr(drafts, "from_plain", refuse)
    with pytest.raises(Damaged):
        rescued({**whole(), "junk": ["x"] * 1000})
