"""`hakemus check`: findings and totals of drafts and of application objects, in the form that others read."""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

import pytest
from cli_shell import CALL, SOUND, Shell

from hakemus.adapters.storage import container

KEYS = ["file", "call", "edition", "ready", "pending", "totals", "findings"]
TOTALS = [
    "costs", "costs_from", "excluded", "income", "other", "other_confirmed", "own", "own_not_counted", "grant", "base",
    "base_kind", "share_percent", "cap", "over_cap", "gap",
]  # fmt: skip


def over(grant: str) -> dict[str, Any]:
    changed = copy.deepcopy(SOUND)
    changed["funding"]["grant"] = grant
    changed["funding"]["own"][0]["amount"] = "1500.00"
    return changed


def test_a_draft_is_judged_in_the_form_that_others_read(shell: Shell) -> None:
    path = shell.draft(over("7500.00"))
    answer = shell("check", path, "--json", "--lang", "en")
    assert answer.code == 1
    judged = answer.object
    assert list(judged) == KEYS
    assert list(judged["totals"]) == TOTALS
    assert (judged["file"], judged["call"], judged["edition"]) == (str(path), CALL, "2018-10-29")
    assert judged["ready"] is False
    assert judged["totals"]["cap"] == "7200.00"
    share = next(item for item in judged["findings"] if item["rule"] == "grant-share")
    assert share["paths"][0] == "funding.grant"
    assert share["values"] | {"asked": "7500.00", "limit": "7200.00", "over": "300.00"} == share["values"]
    assert {way["id"] for way in share["exits"]} == {"costs", "own", "grant"}
    assert all(isinstance(line, str) for line in share["trace"])
    assert share["reference"]["status"] == "inferred"
    assert len(answer.out.splitlines()) == 1


def test_a_draft_without_errors_gives_zero(shell: Shell, ready: dict[str, Any]) -> None:
    answer = shell("check", shell.draft(ready), "--json")
    assert (answer.code, answer.object["ready"]) == (0, True)
    assert all(item["severity"] != "error" for item in answer.object["findings"])


def test_several_files_give_one_object_a_line_and_the_worst_code(shell: Shell, ready: dict[str, Any]) -> None:
    good, bad = shell.draft(ready, "good.hakemus"), shell.draft(SOUND, "bad.hakemus")
    answer = shell("check", good, shell.folder / "none.hakemus", bad, "--json")
    assert answer.code == 2
    assert [item["file"] for item in answer.objects] == [str(good), str(shell.folder / "none.hakemus"), str(bad)]
    assert list(answer.objects[1]) == ["file", "error", "problems"]
    assert shell("check", good, bad, "--json").code == 1


def test_the_text_for_people_says_the_sums_the_findings_and_the_ways_out(shell: Shell) -> None:
    answer = shell("check", shell.draft(over("7500.00")), "--lang", "en")
    assert answer.code == 1
    assert "Costs: 9\u00a0000,00\u00a0€" in answer.out
    assert "Share of the grant: 83,33\u00a0%" in answer.out
    assert "[grant-share] funding.grant" in answer.out
    assert "-> Lower the grant: funding.grant = 7200.00" in answer.out
    assert "Not yet ready to be submitted" in answer.out


def test_a_draft_that_is_ready_says_so(shell: Shell, ready: dict[str, Any]) -> None:
    assert "Ready to be submitted" in shell("check", shell.draft(ready), "--lang", "en").out


def test_the_language_is_the_drafts_where_none_is_asked(shell: Shell) -> None:
    path = shell.folder / "sv.hakemus"
    shell("new", path, "--call", CALL, "--lang", "sv")
    swedish, finnish = shell("check", path).out, shell("check", path, "--lang", "fi").out
    assert "Kostnader" in swedish
    assert "Kustannukset" in finnish
    data = shell.data(SOUND)
    assert "Kustannukset" in shell("check", "--call", CALL, "--data", data).out


def test_one_object_of_a_json_file(shell: Shell) -> None:
    data = shell.data(SOUND)
    answer = shell("check", "--call", CALL, "--data", data, "--json")
    assert answer.code == 1
    assert list(answer.object) == KEYS
    assert answer.object["file"] == str(data)


def test_objects_one_a_line_with_blank_lines_between(shell: Shell) -> None:
    lines = [json.dumps(SOUND), "", "  \t", json.dumps({}), ""]
    data = shell.data("\r\n".join(lines).encode(), "many.jsonl")
    answer = shell("check", "--call", CALL, "--data", data, "--json")
    assert [item["line"] for item in answer.objects] == [1, 4]
    assert list(answer.objects[0]) == ["file", "line", *KEYS[1:]]
    assert answer.objects[1]["totals"]["costs_from"] == "sources"


def test_lines_that_cannot_be_judged_are_told_and_the_rest_is_judged(shell: Shell) -> None:
    lines = [
        b'{"funding": {"grant": 7}}',
        b"{nonsense",
        b"[1]",
        b"\xef\xbb\xbf{}",
        b'{"a": 1, "a": 2}',
        b'{"funding": {"grant": NaN}}',
        b"\xff",
        b'{"funding": {"grant": "7200.00"}}',
    ]
    answer = shell("check", "--call", CALL, "--data", shell.data(b"\n".join(lines), "a.jsonl"), "--json")
    assert answer.code == 2
    assert [item["line"] for item in answer.objects] == [1, 2, 3, 4, 5, 6, 7, 8]
    for item in answer.objects[:-1]:
        assert list(item) == ["file", "line", "error", "problems"]
        assert item["error"]
    assert answer.objects[0]["problems"][0]["path"] == "funding.grant"
    assert answer.objects[-1]["totals"]["grant"] == "7200.00"
    assert len(answer.err.splitlines()) >= 7
    assert ":1: " in answer.err


def test_every_problem_of_an_object_is_told_by_its_address(shell: Shell) -> None:
    data = {
        "titel": "x",
        "project": {"title": 5, "starts_on": "2018-02-30", "nope": 1},
        "budget": {"lines": [{"id": "k3f9", "amount": "1,00"}, {"amount": "2"}, "x"], "people": {}},
        "goals": [{"id": "a"}, {"id": "a"}, {"id": "b b"}],
        "funding": {"own": [{"id": "o", "kind": "cash"}], "other": [{"status": "refused", "same_costs": "no"}]},
        "answers": {"q1": 1, "q2": True},
        "declarations": {"d": "yes"},
        "applicant": [],
    }
    answer = shell("check", "--call", CALL, "--data", shell.data(data), "--json")
    assert answer.code == 2
    assert {item["path"] for item in answer.object["problems"]} == {
        "titel",
        "project.title",
        "project.starts_on",
        "project.nope",
        "budget.lines[k3f9].amount",
        "budget.lines[2].amount",
        "budget.lines[3]",
        "budget.people",
        "goals",
        "goals[b b].id",
        "funding.own[o].kind",
        "funding.other[1].same_costs",
        "answers[q1]",
        "answers[q2]",
        "declarations[d]",
        "applicant",
    }


def test_null_is_missing(shell: Shell) -> None:
    data = shell.data(
        {"project": {"title": None, "joint": None}, "goals": None, "funding": None, "answers": {"q": None}}
    )
    answer = shell("check", "--call", CALL, "--data", data, "--json")
    assert answer.code == 1
    assert answer.object["totals"]["grant"] == "0.00"


def test_a_term_from_the_notice_in_hand_takes_part(shell: Shell) -> None:
    path = shell.draft(SOUND)
    answer = shell("check", path, "--json", "--term", "grant-share.percent=75")
    share = next(item for item in answer.object["findings"] if item["rule"] == "grant-share")
    assert share["values"]["limit"] == "6750.00"
    assert share["terms"] == ["rules.grant-share.percent"]
    assert shell.shown(path)["terms"] == []


@pytest.mark.parametrize("term", ["grant-share", "percent=75", "grant-share.percent=", "=5"])
def test_a_term_that_is_not_written_as_one_is_refused(shell: Shell, term: str) -> None:
    answer = shell("check", shell.draft(SOUND), "--term", term)
    assert answer.code == 2
    assert "grant-share.percent=75" in answer.err


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("own-share.percent=20", "It has: grant-share.percent, "),
        ("grant-share.least=1.00", "It has: grant-share.percent, "),
        ("grant-share.percent=75,5", 'The value "75,5" cannot stand at grant-share.percent'),
    ],
)
def test_a_term_that_the_call_cannot_take_is_refused_and_nothing_is_judged(shell: Shell, term: str, words: str) -> None:
    answer = shell("check", shell.draft(SOUND), "--json", "--lang", "en", "--term", term)
    assert answer.code == 2
    assert words in answer.err
    assert set(answer.object) == {"file", "error", "problems"}


def test_a_value_of_the_call_itself_can_be_a_term(shell: Shell) -> None:
    odd = {**SOUND, "funding": {"grant": "7200.50", "own": [{"id": "o1", "amount": "1799.50"}]}}
    answer = shell("check", shell.draft(odd), "--json", "--term", "unit=1.00")
    assert "unit" in {item["rule"] for item in answer.object["findings"]}


def test_the_day_decides_about_the_window_alone(shell: Shell) -> None:
    path = shell.draft(SOUND)
    early = shell("check", path, "--json", "--today", "2018-11-15").object
    late = shell("check", path, "--json", "--today", "2019-11-15").object
    assert "window" not in {item["rule"] for item in early["findings"]}
    assert "window" in {item["rule"] for item in late["findings"]}
    assert shell("check", path, "--today", "15.11.2018").code == 2


def test_pending_text_of_a_file_stands_beside_the_findings(shell: Shell, rewritten: Any, ready: dict[str, Any]) -> None:
    ready["funding"].pop("grant")
    path = rewritten(shell.draft(ready), pending={"funding.grant": "1.234", "no.such.field": "x"})
    answer = shell("check", path, "--json", "--lang", "en")
    assert answer.code == 1
    assert [(item["path"], item["text"]) for item in answer.object["pending"]] == [
        ("funding.grant", "1.234"),
        ("no.such.field", "x"),
    ]
    assert "two ways" in answer.object["pending"][0]["reason"]
    assert answer.object["ready"] is False
    assert "Cannot be read: funding.grant: 1.234" in shell("check", path, "--lang", "en").out


def test_a_marked_warning_is_told_with_its_mark(shell: Shell, rewritten: Any) -> None:
    path = shell.draft({**SOUND, "applicant": {"business_id": "123"}})
    finding = {
        "rule": "identifier", "paths": ["applicant.business_id"], "reason": "on its way", "seen": "0" * 64
    }  # fmt: skip
    judged = shell("check", rewritten(path, acknowledged=[finding]), "--json").object
    told = next(item for item in judged["findings"] if item["rule"] == "identifier")
    assert "acknowledged" not in told  # what was read was something else


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "Name a file to check"),
        (["check", "--data", "x.json"], "--data needs --call"),
        (["check", "a.hakemus", "--call", CALL], "--call belongs to --data"),
        (["check", "a.hakemus", "--call", CALL, "--data", "x.json"], "not both"),
        (["check", "--call", "nothing", "--data", "x.json"], "avi-kirjastot-2018"),
        (["check", "--call", CALL, "--data", "none.json"], "none.json"),
        (["check", "--call", CALL, "--data", "."], "folder"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(shell: Shell, arguments: list[str], words: str) -> None:
    answer = shell(*arguments, "--lang", "en")
    assert answer.code == 2
    assert words in answer.err
    assert len(answer.err.strip().splitlines()) == 1


def test_what_is_odd_about_a_file_is_noted_and_it_is_judged(shell: Shell) -> None:
    path = shell.draft(SOUND)
    read = container.unpack(path.read_bytes())
    blob = b"nobody names it"
    path.write_bytes(container.pack(read.document_bytes, {hashlib.sha256(blob).hexdigest(): blob}))
    answer = shell("check", path, "--json", "--lang", "en")
    assert (answer.code, answer.object["totals"]["grant"]) == (1, "7200.00")
    assert answer.err == f"{path}: attachments: The file holds attachments that no row names; they are kept.\n"


def test_a_note_about_one_object_of_many_says_its_line(shell: Shell) -> None:
    data = shell.data(b'{}\n{"project": {"title": "a\\u0000b"}}\n', "many.jsonl")
    answer = shell("check", "--call", CALL, "--data", data, "--json", "--lang", "en")
    assert answer.err == f"{data}:2: project.title: Characters that no document may hold were replaced.\n"


def test_replaced_characters_are_noted_and_the_object_is_judged(shell: Shell) -> None:
    data = shell.data(b'{"project": {"title": "a\\u0000b"}, "answers": {"q": "\\ud800"}}')
    answer = shell("check", "--call", CALL, "--data", data, "--json")
    assert answer.code == 1
    assert "project.title" in answer.err
    assert "answers[q]" in answer.err


def test_data_may_begin_with_a_byte_order_mark(shell: Shell) -> None:
    bom = b"\xef\xbb\xbf"
    plain = json.dumps(SOUND).encode()
    assert shell("check", "--call", CALL, "--data", shell.data(bom + plain), "--json").object["totals"]["grant"] == (
        "7200.00"
    )
    lines = shell("check", "--call", CALL, "--data", shell.data(bom + plain + b"\r\n" + plain, "a.jsonl"), "--json")
    assert [item["totals"]["grant"] for item in lines.objects] == ["7200.00", "7200.00"]
    made = shell.folder / "made.hakemus"
    assert shell("new", made, "--call", CALL, "--data", shell.data(bom + plain)).code == 0
    assert shell.shown(made)["application"]["funding"]["grant"] == "7200.00"


@pytest.mark.parametrize("day", ["20181101", "2018-W44-4", "2018-11-31", "0999-01-01", "1.11.2018", ""])
def test_a_day_is_written_in_one_way(shell: Shell, day: str) -> None:
    answer = shell("check", shell.draft(SOUND), "--today", day, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "YYYY-MM-DD" in answer.err


def test_what_the_installed_file_of_the_call_says_otherwise_is_a_note(shell: Shell) -> None:
    path = shell.draft(SOUND)
    document = json.loads(container.unpack(path.read_bytes()).document_bytes)
    share = next(item for item in document["call"]["definition"]["rules"] if item["id"] == "grant-share")
    share["percent"] = "90"
    path.write_bytes(container.pack(json.dumps(document).encode(), {}))
    for answer in (shell("check", path, "--json", "--lang", "en"), shell("show", path, "--lang", "en")):
        assert "differs from the one inside the draft" in answer.err
        assert "call.rules[grant-share].percent: 90 in the draft, 80 on this computer" in answer.err
    assert shell("check", path, "--json").object["totals"]["cap"] == "8100.00"


def test_the_text_of_a_draft_marks_what_cannot_be_read_as_a_value(shell: Shell) -> None:
    path = shell.draft({"project": {"title": "x"}})
    document = json.loads(container.unpack(path.read_bytes()).document_bytes)
    document["pending"] = {"project.starts_on": "31.2.2026", "funding.grant": "12x"}
    path.write_bytes(container.pack(json.dumps(document).encode(), {}))
    said = shell("show", path, "--lang", "en").out
    assert "31.2.2026 (cannot be read as a value)" in said
    assert "12x (cannot be read as a value)" in said


def test_a_problem_of_the_whole_file_is_told_without_an_address(shell: Shell) -> None:
    path = shell.data(b"no draft", "a.hakemus")
    for command in ("check", "show"):
        lines = shell(command, path, "--lang", "en").err.splitlines()
        assert lines[-1].startswith("  The end of the file is missing")
