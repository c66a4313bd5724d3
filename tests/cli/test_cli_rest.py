"""The other commands, the front door, and what happens where Qt, a screen or the rest of a pipe is missing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from cli_shell import CALL, SOUND, Answer, Shell

from hakemus.bootstrap import commands
from hakemus.cli import main

KINDS = {"string": str, "integer": int, "boolean": bool, "null": type(None), "object": dict, "array": list}


def run(*arguments: object, code: str = "pass", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    start = f"import sys; {code}; from hakemus.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", start, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | (env or {}),
        timeout=60,
        check=False,
    )


def test_calls_are_listed_for_people_and_for_programs(shell: Shell) -> None:
    listed = shell("calls")
    assert listed.code == 0
    assert "avi-kirjastot-2018\t" in listed.out
    found = json.loads(shell("calls", "--json", "--lang", "sv").out)
    by_id = {item["id"]: item for item in found}
    assert {"avi-kirjastot-2015", "avi-kirjastot-2018", "oph-erityisavustus-2017", "oph-erityisavustus-2026"} <= set(
        by_id
    )
    for item in found:
        assert list(item) == ["id", "edition", "funder", "title", "currency", "unit", "window", "share"]
        assert list(item["window"]) == ["opens", "closes", "zone", "cutoffs"]
        assert list(item["share"]) == ["rule", "percent", "base"]
    assert by_id[CALL]["share"] == {"rule": "grant-share", "percent": "80", "base": "total_costs"}
    assert by_id["avi-kirjastot-2015"]["share"]["rule"] == "own-share"
    assert by_id["avi-kirjastot-2015"]["share"]["percent"] is None
    assert by_id["oph-erityisavustus-2026"]["share"] == {
        "rule": "own-share",
        "percent": "20",
        "base": "costs_less_income_and_other",
    }


def test_the_language_may_be_named_before_the_command_or_behind_it(shell: Shell) -> None:
    swedish = shell("calls", "--lang", "sv").out
    assert "Specialunderstöd" in swedish
    assert shell("--lang", "sv", "calls").out == swedish
    assert shell("--lang", "en", "calls", "--lang", "sv").out == swedish
    assert shell("--lang", "de", "calls").code == 2


def accepts(schema: dict[str, Any], value: Any) -> bool:
    """The words of JSON Schema that the schema uses, and no other."""
    left = set(schema) - {"$schema", "$id", "title", "description", "format"}
    assert left <= {"type", "anyOf", "enum", "pattern", "properties", "additionalProperties", "items", "required",
                    "minLength", "maxLength", "minimum", "maximum"}, left  # fmt: skip
    if "anyOf" in schema:
        return any(accepts(item, value) for item in schema["anyOf"])
    if type(value) is not KINDS[schema["type"]]:
        return False
    if isinstance(value, str):
        return ("enum" not in schema or value in schema["enum"]) and (
            "pattern" not in schema or re.search(schema["pattern"], value) is not None
        )
    if isinstance(value, list):
        return all(accepts(schema["items"], item) for item in value)
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema["additionalProperties"]
        return all(
            accepts(known[key], item) if key in known else more is not False and accepts(more, item)
            for key, item in value.items()
        )
    return True


def test_the_schema_takes_what_the_program_takes_and_refuses_what_it_refuses(
    shell: Shell, ready: dict[str, Any]
) -> None:
    schema = json.loads(shell("schema").out)
    assert accepts(schema, {})
    assert accepts(schema, ready)
    for wrong in (
        {"titel": "x"},
        {"project": {"title": 1}},
        {"funding": {"grant": "1,00"}},
        {"funding": {"grant": "01.00"}},
        {"funding": {"grant": "1.00\n"}},
        {"funding": {"own": [{"id": "o", "kind": "cash"}]}},
        {"goals": [{"id": "a b"}]},
        {"budget": {"lines": [{"quantity": "1234567890"}]}},
        {"declarations": {"d": "yes"}},
        {"project": {"starts_on": "2.5.2016"}},
        {"project": {"starts_on": "0999-05-02"}},
    ):
        data = shell.data(wrong)
        assert shell("check", "--call", CALL, "--data", data).code == 2, wrong
        assert not accepts(schema, wrong), wrong
    for odd in ({"project": None}, {"goals": [{}]}, {"goals": [{"id": None}]}, {"answers": {"q": None}}):
        assert shell("check", "--call", CALL, "--data", shell.data(odd)).code == 1, odd
        assert accepts(schema, odd), odd


def test_a_call_file_is_judged(shell: Shell) -> None:
    from hakemus.adapters.resources.locator import resources_root

    good = resources_root() / "calls" / "avi" / CALL / "call.toml"
    answer = shell("check-call", good, "--lang", "en")
    assert (answer.code, answer.err) == (0, "")
    assert CALL in answer.out
    text = good.read_text(encoding="utf-8")
    bad = shell.data(text.replace("edition = ", "editon = "), "bad.toml")
    answer = shell("check-call", bad, "--lang", "en")
    assert answer.code == 1
    assert "editon" in answer.out
    assert shell("check-call", shell.data("= 1", "worse.toml")).code == 1
    assert shell("check-call", "none.toml").code == 2


def test_words_that_are_no_command_and_no_file(shell: Shell) -> None:
    answer = shell("nosuchcommand")
    assert answer.code == 2
    assert "nosuchcommand" in answer.err
    assert "check" in answer.err
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["--nosuch"], ["new"], ["calls", "--lang", "de"], ["check", "--today", "x", "a"]]
)
def test_bad_arguments_give_two(shell: Shell, arguments: list[str]) -> None:
    answer = shell(*arguments)
    assert answer.code == 2
    assert "usage" in answer.err


def test_help_and_version_give_zero(shell: Shell) -> None:
    for arguments in (["--help"], ["--version"], ["check", "--help"]):
        assert shell(*arguments).code == 0


def test_a_day_of_the_environment_that_is_none_is_said(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shell.draft(SOUND)
    monkeypatch.setenv("HAKEMUS_TODAY", "soon")
    assert shell("check", path).code == 2


def test_an_account_without_a_home_remembers_nothing_and_can_do_all_else(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> str:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("HAKEMUS_STATE")
    monkeypatch.setattr(platformdirs, "user_data_dir", none)
    assert shell("calls").code == 0
    assert shell("new", "a.hakemus", "--call", CALL) == Answer(0, "", "")
    assert shell("show", "a.hakemus").code == 0
    again = shell("new", "a.hakemus", "--call", CALL, "--force", "--lang", "en")
    assert again.code == 0
    assert again.err.startswith("What the file held before could not be kept among the earlier versions")
    assert [path.name for path in shell.folder.iterdir()] == ["a.hakemus"]


def test_a_fault_of_the_program_is_told_as_one(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("oh")

    monkeypatch.setitem(commands._RUN, "schema", broken)
    monkeypatch.setattr(commands, "drop_output", lambda: None)
    answer = shell("schema", "--lang", "en")
    assert answer.code == 2
    assert "ZeroDivisionError: oh" in answer.err


def test_an_interrupt_is_no_fault(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands._RUN, "schema", stopped)
    assert shell("schema").code == 130


def test_every_command_but_the_window_and_the_tour_runs_without_qt(shell: Shell, ready: dict[str, Any]) -> None:
    path = shell.draft(ready)
    blocked = "sys.modules['PySide6'] = None"
    for arguments in (
        ["calls"],
        ["check", path, "--json"],
        ["show", path],
        ["export", path, "--pdf", "a.pdf", "--xlsx", "a.xlsx"],
        ["schema"],
    ):
        done = run(*arguments, code=blocked)
        assert (done.returncode, done.stderr) == (0, ""), arguments
    for arguments in ([], ["tour", "pictures"]):
        done = run(*arguments, code=blocked, env={"QT_QPA_PLATFORM": "offscreen"})
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert done.stderr.strip()


def test_results_are_utf8_whatever_the_console_is(shell: Shell) -> None:
    done = run("calls", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.returncode == 0
    assert "Yleisten kirjastojen valtionavustukset" in done.stdout
    assert "–" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_a_full_disk_behind_standard_output_is_said(shell: Shell) -> None:
    start = "import sys; from hakemus.cli import main; sys.exit(main(['calls']))"
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", start], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_reader_who_has_seen_enough_is_no_fault(shell: Shell) -> None:
    start = "import sys; from hakemus.cli import main; sys.exit(main(['schema']))"
    with subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_reader_who_has_seen_enough_changes_no_verdict(shell: Shell) -> None:
    """One object is written when the command ends, hundreds while it judges: both find the reader gone."""
    for count in (1, 300):
        lines = shell.data("\n".join([json.dumps(SOUND)] * count), "a.jsonl")
        given = ["check", "--json", "--call", CALL, "--data", str(lines)]
        start = f"import sys; from hakemus.cli import main; sys.exit(main({given!r}))"
        with subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes an output before the program starts")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_output_changes_no_verdict_and_no_file(shell: Shell, closed: str) -> None:
    start = "import sys; from hakemus.cli import main; sys.exit(main())"
    path = shell.draft(SOUND)
    before = path.read_bytes()

    def code(*given: object) -> int:
        line = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", start, *map(str, given)]
        done = subprocess.run(line, capture_output=True, check=False, timeout=60)
        assert b"Traceback" not in done.stderr
        return done.returncode

    made = shell.folder / "made.hakemus"
    assert [code("check", path), code("check", "none"), code("calls"), code("new", made, "--call", CALL)] == [
        1,
        2,
        0,
        0,
    ]
    assert path.read_bytes() == before
    assert shell("check", made).code == 1


def test_without_arguments_the_window_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("hakemus.bootstrap.window.open_window", lambda given: asked.append(given) or 0)
    file = tmp_path / "a.hakemus"
    file.write_bytes(b"")
    assert (main([]), main([str(file)])) == (0, 0)
    assert asked == [[], [str(file)]]


def test_entries_on_the_desktop_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    entry = tmp_path / "applications" / "hakemus.desktop"
    done = run("desktop", "install")
    assert done.returncode == 0, done.stderr
    assert str(entry) in done.stdout
    assert "-m hakemus %f" in entry.read_text(encoding="utf-8")
    assert run("desktop", "remove").returncode == 0
    assert not entry.exists()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_guide_is_a_paper_too(tmp_path: Path, language: str) -> None:
    done = run("guide", tmp_path / "guide.pdf", "--lang", language)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF-1.7")
