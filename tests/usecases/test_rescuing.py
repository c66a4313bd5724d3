"""Whatever could be read of a damaged file becomes a document; what no field takes waits as text."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.ports import Chance, definition
from hakemus.domain.draft import Document
from hakemus.domain.messages import Texts, msg
from hakemus.usecases import drafts, rescuing
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
    document, problems = rescued({**whole(), "call": call, "terms": [{"at": "unit", "value": "1"}]})
    assert document.draft.call.id == definition()["id"]
    same = isinstance(call, dict) and call.get("id") == definition()["id"]
    assert problems[0].path == rescuing.CALL
    assert ("look over the terms" if same else "if it is another call") in problems[0].message.key
    assert problems[0].message.values == {"call": Texts(definition()["title"])}
    assert len(document.draft.terms) == (1 if same else 0)
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
            node[key] = copy.deepcopy(data.draw(_JUNK))
            break
    document, _ = rescued(plain)
    assert document.draft.application is not None


def test_there_is_an_end_to_mending(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Damaged(msg("no"), (Problem("junk[1]", msg("no")),))

    monkeypatch.setattr(drafts, "from_plain", refuse)
    with pytest.raises(Damaged):
        rescued({**whole(), "junk": ["x"] * 1000})


def test_rows_that_cannot_be_read_take_no_sound_one_with_them() -> None:
    plain = whole()
    sound = [{"id": f"r{at}", "text": f"Goal {at}"} for at in range(30)]
    rows: list[Any] = []
    for row in sound:
        rows += [5, row, "x", {"id": row["id"] + "w", "text": 7}]
    plain["application"]["goals"] = rows
    document, problems = rescued(plain)
    texts = [goal.text for goal in document.draft.application.goals]
    assert [text for text in texts if text] == [row["text"] for row in sound]
    assert len(problems) == 3 * len(sound)
    assert sum(text == "7" for text in document.draft.pending.values()) == len(sound)


def test_a_row_of_which_several_things_are_told_goes_once() -> None:
    rows = rescuing._Rows()
    plain: dict[str, Any] = {"application": {"goals": [{"id": "a"}, 5, {"id": "b"}]}, "pending": {}}
    assert rescuing._taken_out(plain, "application.goals[2]", rows)
    assert rescuing._taken_out(plain, "application.goals[2]", rows)
    assert rescuing._taken_out(plain, "application.goals[2].text", rows)
    assert not rescuing._taken_out(plain, "", rows)
    rows.close_up()
    assert plain["application"]["goals"] == [{"id": "a"}, {"id": "b"}]
    assert plain["pending"] == {"goals[2]": "5"}


def test_an_address_with_a_number_beyond_all_rows_is_none() -> None:
    plain: dict[str, Any] = {"application": {"goals": [{"id": "a"}]}, "pending": {}}
    assert rescuing._taken_out(plain, f"application.goals[{'9' * 5_000}].text", rescuing._Rows())
    assert plain["application"] == {}, "what holds the place goes where the place is not found"


def test_rows_with_one_id_all_stay_and_the_first_keeps_it() -> None:
    plain = whole()
    plain["application"]["goals"] = [
        {"id": "g", "text": "One", "indicators": [{"id": "i", "name": "a"}, {"id": "i", "name": "b"}]},
        {"id": "g", "text": "Two"},
        {"id": "h", "text": "Three"},
        {"id": "g", "text": "Four"},
        "broken",
    ]
    document, problems = rescued(plain)
    goals = document.draft.application.goals
    assert [goal.text for goal in goals] == ["One", "Two", "Three", "Four"]
    assert [goal.id for goal in goals][::2] == ["g", "h"]
    assert len({goal.id for goal in goals}) == 4
    assert [item.name for item in goals[0].indicators] == ["a", "b"]
    assert len({item.id for item in goals[0].indicators}) == 2
    assert sum("stands twice" in problem.message.key for problem in problems) == 2
    assert sum("object with named values" in problem.message.key for problem in problems) == 1


def test_where_no_table_lies_no_ids_are_parted() -> None:
    plain: dict[str, Any] = {"application": {"goals": "none"}}
    assert not rescuing._ids_parted(plain, "application.goals", Chance().draw)
    assert not rescuing._ids_parted(plain, "application.goals[a].indicators", Chance().draw)
    plain = {"goals": [{"id": "a"}, {"id": "b"}, 5]}
    assert not rescuing._ids_parted(plain, "goals", Chance().draw)
