"""Editing as a person does it: typing, pasting, rows that come and go, undo, and text that is no value yet."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from fakes.ports import Chance, Clock, catalog, document
from hakemus.domain.draft import Document
from hakemus.domain.findings import Severity
from hakemus.domain.messages import Message, msg
from hakemus.domain.money import Money
from hakemus.domain.paths import BadPath
from hakemus.usecases import drafts
from hakemus.usecases.checking import check_json
from hakemus.usecases.session import Change, Session

LABEL = msg("paste")
LINES = {
    "budget": {
        "lines": [
            {"id": "a", "description": "Bussi", "amount": "100.00"},
            {"id": "b", "quantity": "2", "unit_price": "50.00", "payer": "p1"},
        ]
    },
    "partners": [{"id": "p1", "name": "Yhdistys"}],
    "goals": [{"id": "g1", "text": "Lukijoita", "indicators": [{"id": "i1", "name": "lainat"}]}],
}


def session(data: dict[str, Any] | None = None, **parts: Any) -> Session:
    return Session(document(data or {}, **parts), Chance().draw, Clock())


def said(message: Message | None) -> str:
    assert message is not None
    return catalog().render(message)


def test_typing_makes_values_and_one_step_until_focus_leaves() -> None:
    edited = session()
    for text in ("1", "12", "123", "1234,5", "1234,50"):
        edited.edit("funding.grant", text)
    assert edited.value("funding.grant") == Money(123450)
    assert edited.steps_done == 1
    edited.seal()
    edited.edit("funding.grant", "5")
    assert edited.steps_done == 2
    assert edited.undo()
    assert edited.text("funding.grant") == "1\u00a0234,50"
    assert edited.undo()
    assert edited.value("funding.grant") is None
    assert not edited.undo()
    assert edited.redo()
    assert edited.redo()
    assert not edited.redo()
    assert edited.value("funding.grant") == Money(500)


def test_edits_of_other_fields_part_the_steps() -> None:
    edited = session()
    edited.edit("project.title", "A")
    edited.edit("project.need", "B")
    edited.edit("project.title", "AB")
    assert edited.steps_done == 3


def test_typing_that_ends_where_it_began_leaves_no_step() -> None:
    edited = session()
    edited.edit("project.title", "A")
    edited.edit("project.title", "")
    assert (edited.steps_done, edited.dirty, edited.undo()) == (0, False, False)


def test_a_new_edit_ends_what_could_be_redone() -> None:
    edited = session()
    edited.edit("project.title", "A")
    edited.undo()
    edited.edit("project.need", "B")
    assert edited.redo_label is None
    assert not edited.redo()


def test_undo_and_redo_say_what_they_do() -> None:
    edited = session(LINES)
    assert (edited.undo_label, edited.redo_label) == (None, None)
    edited.edit("funding.grant", "5")
    edited.remove_rows(["budget.lines[a]"])
    assert "removing" in said(edited.undo_label)
    edited.undo()
    assert "removing" in said(edited.redo_label)
    assert "editing" in said(edited.undo_label)


def test_text_that_is_no_value_waits_and_the_field_is_missing_meanwhile() -> None:
    edited = session({"funding": {"grant": "7200.00"}})
    edited.edit("funding.grant", "7.200")
    assert edited.value("funding.grant") is None
    assert edited.text("funding.grant") == "7.200"
    assert edited.check.totals.grant == Money(0)
    assert not edited.check.ready
    (waiting,) = edited.pending()
    assert (waiting.path, waiting.text) == ("funding.grant", "7.200")
    assert "two ways" in said(edited.pending_reason("funding.grant"))
    edited.edit("funding.grant", "7200")
    assert edited.pending() == ()
    assert edited.value("funding.grant") == Money(720000)
    edited.edit("funding.grant", "x")
    edited.undo()
    assert (edited.value("funding.grant"), edited.pending()) == (Money(720000), ())
    assert edited.pending_reason("funding.grant") is None


def test_emptying_a_field_ends_what_waited() -> None:
    edited = session()
    edited.edit("project.starts_on", "hmm")
    edited.edit("project.starts_on", "  ")
    assert (edited.pending(), edited.value("project.starts_on"), edited.dirty) == ((), None, False)


def test_typed_text_goes_through_the_one_door() -> None:
    edited = session()
    edited.edit("project.title", "a\r\nb\x00")
    assert edited.value("project.title") == "a\nb\ufffd"
    edited.edit("funding.grant", "\x00")
    assert edited.pending()[0].text == "\ufffd"


def test_what_waits_in_a_file_and_can_be_read_is_not_in_the_application_yet() -> None:
    edited = session(pending={"funding.grant": "5", "gone.field": "x", "goals": "y"})
    reasons = {item.path: said(item.reason) for item in edited.pending()}
    assert set(reasons) == {"funding.grant", "gone.field", "goals"}
    assert all("not yet" in reason for reason in reasons.values())
    assert edited.pending_reason("funding.grant") is None


def test_a_choice_or_a_tick_is_a_step_of_its_own_and_ends_what_waited() -> None:
    edited = session({"partners": [{"id": "p1"}]})
    edited.edit("project.joint", "perhaps")
    edited.set_value("project.joint", value=True)
    edited.set_value("partners[p1].commitment", "signed")
    edited.set_value("declarations[true-information]", value=True)
    assert edited.value("project.joint") is True
    assert edited.pending() == ()
    assert edited.steps_done == 4
    edited.set_value("declarations[true-information]", None)
    assert edited.draft.application.declarations == {}


def test_an_address_that_leads_nowhere_changes_nothing() -> None:
    edited = session()
    for path in ("project.nothing", "nothing", "goals"):
        with pytest.raises(BadPath):
            edited.edit(path, "x")
    assert (edited.dirty, edited.steps_done) == (False, 0)


def test_a_way_out_is_applied_as_one_step() -> None:
    edited = session(
        {
            "budget": {"lines": [{"id": "a", "amount": "9000.00", "category": "services"}]},
            "funding": {"grant": "7500.00", "own": [{"id": "o", "amount": "1500.00"}]},
        }
    )
    share = next(item for item in edited.check.findings if item.rule == "grant-share")
    way = next(item for item in share.exits if item.id == "costs")
    edited.apply(way.changes, way.label)
    assert edited.steps_done == 1
    assert "grant-share" not in {item.rule for item in edited.check.findings}
    edited.undo()
    assert edited.value("funding.grant") == Money(750000)


def test_a_way_out_may_bring_a_row_and_ends_what_waited() -> None:
    edited = session()
    edited.edit("funding.grant", "x")
    edited.apply({"funding.own[new1].amount": "12.00", "funding.grant": "5.00"}, LABEL)
    assert [row.id for row in edited.draft.application.funding.own] == ["new1"]
    assert edited.pending() == ()
    edited.apply({"funding.own[gone].amount": None}, LABEL)
    assert [row.id for row in edited.draft.application.funding.own] == ["new1"]


def test_rows_come_go_move_and_are_copied() -> None:
    edited = session(LINES)
    name = edited.insert_row("budget.lines", {"description": "Uusi"}, at=1)
    assert [row.id for row in edited.value("budget.lines")] == ["a", name, "b"]
    edited.move_row(f"budget.lines[{name}]", 1)
    assert [row.id for row in edited.value("budget.lines")] == ["a", "b", name]
    edited.move_row(f"budget.lines[{name}]", 1)
    edited.move_row("budget.lines[none]", -1)
    assert edited.steps_done == 2
    copied = edited.duplicate_row("budget.lines[b]")
    assert [row.id for row in edited.value("budget.lines")] == ["a", "b", copied, name]
    assert edited.value(f"budget.lines[{copied}].payer") == "p1"
    assert edited.duplicate_row("budget.lines[none]") is None
    edited.remove_rows([f"budget.lines[{name}]", "budget.lines[a]"])
    assert [row.id for row in edited.value("budget.lines")] == ["b", copied]
    edited.remove_rows([])
    for _ in range(4):
        edited.undo()
    assert not edited.dirty


def test_rows_without_values_and_nested_rows() -> None:
    edited = session(LINES)
    name = edited.insert_row("goals[g1].indicators")
    assert len(edited.value("goals[g1].indicators")) == 2
    copied = edited.duplicate_row("goals[g1]")
    assert [item.id for item in edited.value(f"goals[{copied}].indicators")] == ["i1", name]
    edited.remove_rows(["goals[g1]", "goals[g1].indicators[i1]"])
    assert [goal.id for goal in edited.value("goals")] == [copied]


def test_what_waits_in_a_row_goes_and_is_copied_with_it() -> None:
    edited = session(LINES)
    edited.edit("budget.lines[a].quantity", "pari")
    edited.edit("goals[g1].indicators[i1].measured_on", "pian")
    copied = edited.duplicate_row("budget.lines[a]")
    goal = edited.duplicate_row("goals[g1]")
    assert edited.text(f"budget.lines[{copied}].quantity") == "pari"
    assert edited.text(f"goals[{goal}].indicators[i1].measured_on") == "pian"
    edited.move_row("budget.lines[a]", 1)
    assert edited.text("budget.lines[a].quantity") == "pari"
    edited.remove_rows(["budget.lines[a]", "goals[g1]"])
    assert {item.path for item in edited.pending()} == {
        f"budget.lines[{copied}].quantity",
        f"goals[{goal}].indicators[i1].measured_on",
    }
    edited.undo()
    assert edited.text("budget.lines[a].quantity") == "pari"


def test_a_row_that_others_name_may_go_and_the_reference_is_kept_and_told() -> None:
    edited = session(LINES)
    edited.remove_rows(["partners[p1]"])
    assert edited.value("budget.lines[b].payer") == "p1"
    paths = {path for finding in edited.check.findings for path in finding.paths}
    assert any(path.startswith("budget.lines[b]") for path in paths)


def test_a_typed_sum_and_two_factors_never_stand_beside_each_other() -> None:
    edited = session(LINES)
    edited.edit("budget.lines[b].amount", "70")
    assert edited.value("budget.lines[b].unit_price") is None
    edited.edit("budget.lines[b].unit_price", "30")
    assert edited.value("budget.lines[b].amount") is None
    assert edited.check.figures.lines["b"].planned == Money(6000)
    edited.edit("budget.lines[a].quantity", "3")
    edited.edit("budget.lines[a].unit_price", "10")
    assert edited.value("budget.lines[a].amount") is None
    edited.edit("budget.lines[b].description", "x")
    edited.undo()
    edited.undo()
    assert edited.value("budget.lines[a].amount") == Money(10000)


def test_a_file_with_sum_and_factors_keeps_them_until_one_is_typed() -> None:
    edited = session({"budget": {"lines": [{"id": "a", "quantity": "2", "unit_price": "5.00", "amount": "11.00"}]}})
    edited.edit("budget.lines[a].description", "x")
    assert edited.value("budget.lines[a].amount") == Money(1100)
    edited.edit("budget.lines[a].quantity", "3")
    assert edited.value("budget.lines[a].amount") is None


def test_a_paste_over_cells_and_past_the_end_is_one_step() -> None:
    edited = session(LINES)
    edited.edit_many({"budget.lines[a].amount": "1,50", "budget.lines[b].quantity": "kaksi"}, LABEL)
    edited.edit_many({"answers[eligibility.a]": "yes"}, LABEL)
    names = edited.insert_rows("budget.lines", [{"description": "x", "amount": "1 000"}, {"amount": "?"}], LABEL)
    edited.edit_and_insert({"budget.lines[a].description": "y\r\nz"}, "budget.lines", [{"quantity": "4"}], LABEL)
    assert edited.steps_done == 4
    assert edited.value("budget.lines[a].description") == "y\nz"
    assert edited.value(f"budget.lines[{names[0]}].amount") == Money(100000)
    assert {item.path for item in edited.pending()} == {"budget.lines[b].quantity", f"budget.lines[{names[1]}].amount"}
    assert len(edited.value("budget.lines")) == 5
    for _ in range(4):
        edited.undo()
    assert not edited.dirty


def test_dirty_is_what_differs_from_the_file() -> None:
    edited = session(LINES)
    assert not edited.dirty
    edited.edit("project.title", "A")
    saved = edited.draft
    edited.edit("project.title", "AB")
    edited.mark_saved(Document(id="x", revision=2, draft=saved))
    assert edited.dirty
    edited.edit("project.title", "A")
    assert not edited.dirty
    assert edited.document.revision == 2
    edited.edit("project.title", "")
    assert edited.dirty
    edited.mark_unsaved()
    assert edited.dirty


def test_listeners_are_told_of_each_change_until_they_leave() -> None:
    edited, heard = session(LINES), list[Change]()
    leave = edited.subscribe(heard.append)
    edited.edit("project.title", "A")
    edited.edit("project.title", "A")
    edited.remove_rows(["budget.lines[a]"])
    edited.undo()
    assert [(change.paths, change.structural) for change in heard] == [
        (("project.title",), False),
        (("budget.lines[a]",), True),
        (("budget.lines[a]",), True),
    ]
    assert heard[-1].focus == "budget.lines[a]"
    assert heard[0].before is not heard[0].after
    assert heard[-1].after is edited.draft
    leave()
    leave()
    edited.redo()
    assert len(heard) == 3


def test_a_session_for_reading_changes_nothing() -> None:
    edited = Session(document(LINES), Chance().draw, Clock(), read_only=True)
    before = edited.draft
    edited.edit("project.title", "A")
    edited.remove_rows(["budget.lines[a]"])
    edited.insert_row("goals")
    edited.set_language("sv")
    assert edited.draft is before
    assert not edited.dirty


def test_the_language_the_terms_and_the_whole_are_undone_too() -> None:
    edited = session()
    edited.set_language("sv")
    edited.set_term("rules.grant-share.percent", "75", "päätös")
    assert edited.call.rule("grant-share").parameters["percent"] == "75"  # type: ignore[union-attr]
    (term,) = edited.draft.terms
    assert (term.note, term.on) == ("päätös", datetime.date(2018, 11, 15))
    edited.set_term("rules.grant-share.percent", "70")
    assert [item.value for item in edited.draft.terms] == ["70"]
    edited.set_term("rules.grant-share.percent", None)
    assert edited.draft.terms == ()
    edited.replace(document(LINES).draft, LABEL)
    assert edited.draft.application.partners
    for _ in range(5):
        assert edited.undo()
    assert not edited.dirty


def test_a_mark_as_read_holds_until_what_it_speaks_of_changes() -> None:
    edited = session({"applicant": {"business_id": "1234567-0"}})
    finding = next(item for item in edited.check.findings if item.rule == "identifier")
    assert finding.severity is not Severity.ERROR
    edited.acknowledge(finding, "tarkistettu", "Kirjastonhoitaja")
    assert edited.check.acknowledgement(finding) is not None
    assert finding not in edited.check.open_findings
    printed = check_json(edited.check, catalog(), edited.pending(), {"file": "a"})
    told = next(item for item in printed["findings"] if item["rule"] == "identifier")
    assert told["acknowledged"]["reason"] == "tarkistettu"
    edited.acknowledge(finding, "")
    assert [(item.reason, item.by) for item in edited.draft.acknowledged] == [(None, None)]
    edited.edit("applicant.business_id", "1234567-2")
    assert any(item.rule == "identifier" for item in edited.check.open_findings)
    edited.undo()
    edited.unacknowledge(finding)
    assert edited.draft.acknowledged == ()
    error = next(item for item in edited.check.findings if item.severity is Severity.ERROR)
    edited.acknowledge(error, "no")
    assert error in edited.check.open_findings


def test_a_judgement_is_made_once_and_again_on_another_day() -> None:
    clock = Clock()
    edited = Session(document(LINES), Chance().draw, clock)
    first = edited.check
    assert edited.check is first
    clock.day = datetime.date(2019, 11, 15)
    assert edited.check is not first
    assert "window" in {item.rule for item in edited.check.findings}
    assert edited.now().date() == clock.day


def test_what_a_newer_program_wrote_lives_through_every_change() -> None:
    plain = drafts.to_plain(document(LINES))
    plain["application"]["budget"]["lines"][0]["colour"] = {"deep": [1]}
    plain["application"]["mood"] = "good"
    plain["application"]["partners"][0]["commitment"] = "sworn"
    plain["weather"] = {"x": [{"y": 1}]}
    plain["format"]["minor"] = 4
    opened, _ = drafts.from_plain(plain, Chance().draw, newer_minor=True)
    edited = Session(opened, Chance().draw, Clock())
    edited.edit("budget.lines[a].amount", "5")
    edited.move_row("budget.lines[a]", 1)
    copied = edited.duplicate_row("budget.lines[a]")
    partner = edited.duplicate_row("partners[p1]")
    edited.edit("partners[p1].name", "Seura")
    edited.set_language("sv")
    kept = drafts.to_plain(opened.model_copy(update={"draft": edited.draft}))
    rows = {row["id"]: row for row in kept["application"]["budget"]["lines"]}
    assert rows["a"]["colour"] == rows[copied]["colour"] == {"deep": [1]}
    partners = {row["id"]: row for row in kept["application"]["partners"]}
    assert partners["p1"]["commitment"] == partners[partner]["commitment"] == "sworn"
    assert (kept["application"]["mood"], kept["weather"], kept["format"]["minor"]) == ("good", {"x": [{"y": 1}]}, 4)
    edited.remove_rows(["budget.lines[a]", f"budget.lines[{copied}]"])
    assert "colour" not in str(edited.draft.stored())
