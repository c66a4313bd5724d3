"""`new`, `show` and `import`: files come into being, are read whole, and nothing is written by halves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_shell import CALL, SOUND, Shell

from hakemus.adapters.storage import container

PAGES = Path(__file__).parents[1] / "adapters" / "records" / "pages"
PARTS = {
    "format", "id", "revision", "language", "call", "application", "pending", "terms", "acknowledged", "comments",
    "snapshots",
}  # fmt: skip


def test_a_new_draft_holds_its_call_whole(shell: Shell) -> None:
    plain = shell.shown(shell.draft())
    assert set(plain) == PARTS
    assert plain["format"]["name"] == "hakemus"
    assert (plain["format"]["major"], plain["format"]["minor"]) == (1, 0)
    assert (plain["revision"], plain["language"], plain["application"]) == (1, "fi", {})
    assert (plain["call"]["id"], plain["call"]["edition"]) == (CALL, "2018-10-29")
    assert plain["call"]["definition"]["rules"]
    assert (plain["terms"], plain["pending"], plain["comments"], plain["snapshots"]) == ([], {}, [], [])


def test_show_prints_the_document_that_the_file_holds(shell: Shell, ready: dict[str, Any]) -> None:
    path = shell.draft(ready)
    raw = container.unpack(path.read_bytes()).document_bytes
    assert shell("show", path, "--json").out.encode() == raw + b"\n"


def test_rows_that_a_file_leaves_without_an_id_have_the_same_one_whenever_it_is_opened(
    shell: Shell, rewritten: Any
) -> None:
    assert shell("new", "a.hakemus", "--call", CALL).code == 0
    lines = [{"description": "a"}, {"id": "k", "description": "b"}, {"description": "c"}]
    application = {"budget": {"lines": lines}, "goals": [{"text": "g", "indicators": [{"name": "i"}]}]}
    rewritten(shell.folder / "a.hakemus", application=application)
    first, second = (json.loads(shell("show", "a.hakemus", "--json").out) for _ in range(2))
    assert first == second
    ids = [row["id"] for row in first["application"]["budget"]["lines"]]
    assert ids[1] == "k"
    assert len(set(ids)) == 3


def test_rows_without_an_id_get_one_and_the_others_keep_theirs(shell: Shell) -> None:
    data = {"goals": [{"text": "x", "indicators": [{"name": "y"}]}, {"id": "k3f9"}, {"id": None}]}
    goals = shell.shown(shell.draft(data))["application"]["goals"]
    assert goals[1]["id"] == "k3f9"
    assert len({goal["id"] for goal in goals}) == 3
    assert len(goals[0]["id"]) == len(goals[0]["indicators"][0]["id"]) == 4


def test_an_existing_file_is_not_replaced_unless_asked(shell: Shell) -> None:
    path = shell.draft(SOUND)
    before = path.read_bytes()
    answer = shell("new", path, "--call", CALL, "--lang", "en")
    assert answer.code == 2
    assert "--force" in answer.err
    assert path.read_bytes() == before
    assert shell("new", path, "--call", CALL, "--force").code == 0
    assert shell.shown(path)["application"] == {}
    other = shell.data(b"not a draft", "notes.txt")
    assert shell("new", other, "--call", CALL).code == 2
    assert other.read_bytes() == b"not a draft"


def test_an_unknown_call_names_the_known_ones_and_writes_nothing(shell: Shell) -> None:
    answer = shell("new", "x.hakemus", "--call", "avi-kirjastot-1999")
    assert answer.code == 2
    assert "avi-kirjastot-2018" in answer.err
    assert "oph-erityisavustus-2026" in answer.err
    assert not (shell.folder / "x.hakemus").exists()


def test_wrong_data_writes_nothing_and_tells_every_problem(shell: Shell) -> None:
    data = shell.data({"project": {"titel": "x"}, "funding": {"grant": "7200"}})
    answer = shell("new", "x.hakemus", "--call", CALL, "--data", data)
    assert answer.code == 2
    assert "project.titel" in answer.err
    assert "funding.grant" in answer.err
    assert not (shell.folder / "x.hakemus").exists()


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}\xef\xbb\xbf", b'{"a":1,"a":1}', b"NaN", b"{", b"\xff", b"[" * 5000])
def test_what_is_no_object_of_json_is_refused(shell: Shell, raw: bytes) -> None:
    answer = shell("new", "x.hakemus", "--call", CALL, "--data", shell.data(raw))
    assert answer.code == 2
    assert "data.json" in answer.err


def test_replaced_characters_are_noted(shell: Shell) -> None:
    data = shell.data(b'{"project": {"title": "a\\u0000b\\r\\nc"}}')
    answer = shell("new", "x.hakemus", "--call", CALL, "--data", data, "--lang", "en")
    assert answer.code == 0
    assert "project.title" in answer.err
    assert shell.shown(shell.folder / "x.hakemus")["application"]["project"]["title"] == "a\ufffdb\nc"


@pytest.mark.parametrize("name", ["0" * 64, "", "x"])
def test_data_cannot_name_files_that_it_does_not_carry(shell: Shell, name: str) -> None:
    data = shell.data({"attachments": [{"id": "a", "sha256": name}]})
    answer = shell("new", "x.hakemus", "--call", CALL, "--data", data)
    assert answer.code == 2
    assert "attachments[a].sha256" in answer.err
    assert not (shell.folder / "x.hakemus").exists()


def test_a_place_that_cannot_be_written_is_said(shell: Shell) -> None:
    answer = shell("new", "no/such/folder/x.hakemus", "--call", CALL)
    assert answer.code == 2
    assert answer.err.strip()


def test_what_a_newer_minor_version_added_is_shown_where_it_stood(shell: Shell, rewritten: Any) -> None:
    path = shell.draft({**SOUND, "goals": [{"id": "g", "text": "x"}]})
    plain = shell.shown(path)
    application = plain["application"]
    application["goals"][0]["colour"] = {"deep": [1, {"x": "y"}]}
    application["funding"]["own"][0]["kind"] = "barter"
    application["mood"] = "good"
    rewritten(
        path, format={**plain["format"], "minor": 7, "more": 1}, application=application, weather=[{"a": 1}], id="abc"
    )
    again = shell.shown(path)
    assert again["application"] == application
    assert again["weather"] == [{"a": 1}]
    assert (again["format"]["minor"], again["format"]["more"]) == (7, 1)
    judged = shell("check", path, "--json").object
    assert judged["totals"]["own"] == "1800.00"


def test_another_word_in_a_file_of_this_version_is_damage(shell: Shell, rewritten: Any) -> None:
    path = shell.draft(SOUND)
    application = shell.shown(path)["application"]
    application["funding"]["own"][0]["kind"] = "barter"
    application["funding"]["grant"] = "7 200"
    answer = shell("show", rewritten(path, application=application), "--json")
    assert answer.code == 2
    assert "funding.own[o1].kind" in answer.err
    assert "funding.grant" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"hello", b"%PDF-1.7"])
def test_what_is_no_draft_is_said_in_a_sentence(shell: Shell, raw: bytes) -> None:
    path = shell.data(raw, "x.hakemus")
    for command in (["show"], ["check"], ["export", "--pdf", "x.pdf"]):
        answer = shell(command[0], path, *command[1:])
        assert answer.code == 2
        assert answer.err.strip()
        assert answer.out == ""


def test_show_as_text_says_everything(shell: Shell, ready: dict[str, Any]) -> None:
    answer = shell("show", shell.draft(ready), "--lang", "en")
    assert answer.code == 0
    assert ready["project"]["title"] in answer.out
    assert ready["budget"]["lines"][0]["description"] in answer.out
    assert "7\u00a0200,00" in answer.out


def test_a_register_page_becomes_a_draft_and_its_decision_and_report_are_kept(shell: Shell) -> None:
    answer = shell("import", PAGES / "finnish.txt", "a.hakemus")
    assert answer.code == 0
    assert "project.title" in answer.out
    assert "Kuvan lähde: esimerkki.fi/torikirjasto" in answer.out
    plain = shell.shown(shell.folder / "a.hakemus")
    assert plain["call"]["id"] == "avi-kirjastot-2015"
    assert plain["application"]["funding"]["grant"] == "7500.00"
    assert plain["decision"]["granted"] == "7000.00"
    assert plain["report"]["realised"]["costs"] == "8645.00"
    assert plain["sources"][0]["text"] == (PAGES / "finnish.txt").read_text(encoding="utf-8")
    assert "Kuvan lähde: esimerkki.fi/torikirjasto" in plain["sources"][0]["unplaced"]
    shown = shell("show", "a.hakemus").out
    assert "8645.00" in shown
    assert "Kuvan lähde" in shown


def test_a_page_of_a_year_without_a_call_asks_for_one(shell: Shell) -> None:
    answer = shell("import", PAGES / "swedish.txt", "a.hakemus")
    assert answer.code == 2
    assert "avi-kirjastot-2018" in answer.err
    assert not (shell.folder / "a.hakemus").exists()
    assert shell("import", PAGES / "swedish.txt", "a.hakemus", "--call", CALL).code == 0
    assert shell.shown(shell.folder / "a.hakemus")["language"] == "sv"


def test_a_page_without_its_year_asks_for_the_call(shell: Shell) -> None:
    page = shell.data("Hankkeen tavoite:\nTilat\n", "page.txt")
    answer = shell("import", page, "a.hakemus", "--lang", "en")
    assert answer.code == 2
    assert answer.err.startswith("The page does not say which year it is of.")
    assert "avi-kirjastot-2018" in answer.err
    assert shell("import", page, "a.hakemus", "--call", CALL).code == 0


def test_an_import_does_not_replace_and_a_strange_paper_is_refused(shell: Shell) -> None:
    path = shell.draft(SOUND)
    before = path.read_bytes()
    assert shell("import", PAGES / "finnish.txt", path).code == 2
    assert path.read_bytes() == before
    assert shell("import", PAGES / "finnish.txt", path, "--force").code == 0
    assert shell("import", shell.data("Hei maailma", "x.txt"), "b.hakemus").code == 2
    assert shell("import", "none.txt", "b.hakemus").code == 2


def test_the_imported_total_that_differs_is_a_finding(shell: Shell) -> None:
    shell("import", PAGES / "finnish.txt", "a.hakemus")
    judged = shell("check", "a.hakemus", "--json").object
    assert judged["totals"]["costs_from"] == "sources"
    assert "imported-total" in {item["rule"] for item in judged["findings"]}


def test_an_application_can_be_taken_out_and_put_in_again(shell: Shell, ready: dict[str, Any]) -> None:
    first = shell.shown(shell.draft(ready))["application"]
    second = shell.shown(shell.draft(first, "b.hakemus"))["application"]
    assert json.dumps(first) == json.dumps(second)


def test_a_draft_that_is_replaced_and_cannot_be_kept_is_told_of(shell: Shell, tmp_path: Path) -> None:
    path = shell.draft()
    versions = tmp_path / "state" / "versions"
    assert not versions.exists()
    versions.parent.mkdir(exist_ok=True)
    versions.write_bytes(b"no folder")
    for command in (("new", path, "--call", CALL), ("import", PAGES / "finnish.txt", path)):
        answer = shell(*command, "--force", "--lang", "en")
        assert answer.code == 0
        assert "What the file held before could not be kept" in answer.err
        assert not answer.err.startswith(":")
