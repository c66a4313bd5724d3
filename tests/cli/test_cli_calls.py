"""Calls with faults: a file is refused wherever a draft would begin; inside a draft, where it would mislead."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_shell import CALL, SOUND, Shell

FIXTURES = Path(__file__).parents[1] / "calls"
OWN = "oma-saatio-2027"


@pytest.fixture
def install(shell: Shell) -> Callable[[Path], None]:
    """Puts a call file into the user's own folder."""

    def put(path: Path) -> None:
        folder = shell.folder / "state" / "calls"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / "own.toml")

    return put


def test_a_call_of_ones_own_is_used_like_any_other(shell: Shell, install: Callable[[Path], None]) -> None:
    install(FIXTURES / "whole.toml")
    path = shell.draft(call=OWN)
    assert shell.shown(path)["call"]["id"] == OWN
    assert shell("check", "--call", OWN, "--data", shell.data({}), "--json").object["call"] == OWN
    assert OWN in shell("calls").out


def test_a_call_may_be_in_a_language_that_the_program_does_not_speak(
    shell: Shell, install: Callable[[Path], None]
) -> None:
    """Another country's call is data: its words stand as they are beside the program's own."""
    text = (FIXTURES / "whole.toml").read_text(encoding="utf-8")
    text = re.sub(r'fi = ("[^"]*"), sv = "[^"]*"', r"nb = \1", text.replace('["fi", "sv"]', '["nb"]'))
    file = shell.data(text, "own.toml")
    assert shell("check-call", file).code == 0
    install(file)
    data = shell.data({"budget": {"lines": [{"id": "a", "category": "services", "amount": "1.00"}]}})
    assert shell("check", "--call", OWN, "--data", data, "--lang", "en", "--json").code == 1
    assert "Kirjastohaku 2027" in shell("show", shell.draft(call=OWN), "--lang", "sv").out


@pytest.mark.parametrize(
    "broken",
    [
        "rule-without-reference", "source-without-date", "missing-language", "places-differ", "percent-too-high",
        "unknown-kind", "unknown-key", "unknown-parameter", "money-with-a-comma", "limit-below-zero",
    ],
)  # fmt: skip
def test_no_draft_begins_under_a_call_file_with_faults(
    shell: Shell, install: Callable[[Path], None], broken: str
) -> None:
    file = FIXTURES / "broken" / f"{broken}.toml"
    where = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# path: ")
    install(file)
    out = shell.folder / "a.hakemus"
    for arguments in (["new", out, "--call", OWN], ["check", "--call", OWN, "--data", shell.data({})]):
        answer = shell(*arguments, "--lang", "en")
        assert (answer.code, answer.out) == (2, "")
        assert f'The file of the call "{OWN}" has faults.' in answer.err
        assert f"\n  {where}" in answer.err
    assert not out.exists()
    listed = shell("calls", "--lang", "en")
    assert (listed.code, OWN in listed.out, CALL in listed.out) == (0, False, True)
    assert f"\n  {where}" in listed.err


@pytest.mark.parametrize(
    ("broken", "words"), [("no-toml", "own.toml"), ("key-twice", "own.toml"), ("missing-id", "check-call")]
)
def test_a_call_file_that_no_list_can_name_is_told_of(
    shell: Shell, install: Callable[[Path], None], broken: str, words: str
) -> None:
    assert shell("calls").err == ""
    install(FIXTURES / "broken" / f"{broken}.toml")
    answer = shell("calls", "--json", "--lang", "en")
    assert answer.code == 0
    assert CALL in answer.out
    assert words in answer.err
    assert len(answer.err.splitlines()) == 1


def changed(definition: dict[str, Any], rule: str, **parts: Any) -> dict[str, Any]:
    rules = [{**item, **parts} if item["id"] == rule else item for item in definition["rules"]]
    return {**definition, "rules": rules}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda plain: changed(plain, "grant-share", percent="eighty"), "rules[grant-share].percent"),
        (lambda plain: changed(plain, "grant-share", percent="0"), "rules[grant-share]"),
        (lambda plain: changed(plain, "deficit", moon="1"), "rules[deficit].moon"),
        (lambda plain: changed(plain, "balance", id="deficit"), "rules[deficit]"),
        (lambda plain: {**plain, "colour": "red"}, "colour"),
        (lambda plain: {**plain, "unit": "1,00"}, "unit"),
    ],
)
def test_a_draft_whose_own_call_cannot_be_judged_by_is_damaged(
    shell: Shell, rewritten: Any, change: Callable[[dict[str, Any]], dict[str, Any]], where: str
) -> None:
    path = shell.draft(SOUND)
    call = shell.shown(path)["call"]
    rewritten(path, call={**call, "definition": change(call["definition"])})
    answer = shell("check", path, "--json", "--lang", "en")
    assert answer.code == 2
    assert where in [item["path"] for item in answer.object["problems"]]
    assert shell("export", path, "--pdf", "a.pdf").code == 2
    assert not (shell.folder / "a.pdf").exists()


def test_what_changes_no_sum_is_no_reason_to_refuse_a_draft(shell: Shell, rewritten: Any) -> None:
    path = shell.draft(SOUND)
    call = shell.shown(path)["call"]
    plain = changed(call["definition"], "grant-share", reference=None)
    rewritten(path, call={**call, "definition": {**plain, "title": {"fi": "Haku"}}})
    assert shell("check", path, "--json").object["totals"]["cap"] == "7200.00"


def test_a_kind_of_rule_that_is_not_known_is_kept_in_a_draft_not_run_and_said(shell: Shell, rewritten: Any) -> None:
    path = shell.draft(SOUND)
    call = shell.shown(path)["call"]
    definition = changed(call["definition"], "grant-share", kind="moon-phase")
    rewritten(path, call={**call, "definition": definition})
    found = {item["rule"]: item for item in shell("check", path, "--json", "--lang", "en").object["findings"]}
    assert (found["grant-share"]["kind"], found["grant-share"]["severity"]) == ("moon-phase", "warning")
    assert "cannot check the rule" in found["grant-share"]["message"]
    assert shell.shown(path)["call"]["definition"] == definition
