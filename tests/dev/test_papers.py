"""Papers that keep their word: every command that they name is run, and every link inside leads somewhere."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hakemus.bootstrap import command_line, commands

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources" / "guide").rglob("*.md")])
READ = [path for path in PAPERS if "adr" not in path.parts and path.name != "CHANGELOG.md"]
OWN = re.compile(r"(?:^|[\s`(])(hakemus|python3 dev\.py)((?: +(?:[\[\]<>|A-Za-zÅÄÖåäö0-9._/=,-]|\.\.\.)+)+)")
RUNS: dict[str, list[list[str]]] = {
    "calls": [["--json"]],
    "new": [["{dir}/new.hakemus", "--call", "avi-kirjastot-2018", "--data", "{dir}/data.json", "--force"]],
    "show": [["{draft}", "--json"]],
    "check": [
        ["{draft}", "--json"],
        ["--call", "avi-kirjastot-2018", "--data", "{dir}/data.json", "--term", "grant-share.percent=75"],
        ["{draft}", "--today", "2018-11-15"],
    ],
    "export": [["{draft}", "--pdf", "{dir}/a.pdf", "--xlsx", "{dir}/a.xlsx", "--copy", "draft"]],
    "import": [["{record}", "{dir}/old.hakemus", "--call", "avi-kirjastot-2018", "--force"]],
    "import-workbook": [["{dir}/a.xlsx", "{draft}", "--dry-run"], ["{dir}/a.xlsx", "{draft}", "--apply"]],
    "schema": [[]],
    "check-call": [["{root}/resources/calls/avi/avi-kirjastot-2018/call.toml"]],
    "guide": [["{dir}/guide.pdf", "--lang", "sv"]],
    "desktop": [["install"], ["remove"]],
    "tour": [["{dir}/tour", "--theme", "light", "--size", "640x480", "--text-size", "100", "--lang", "sv"]],
}
"""How each command is run here; every option that a paper names stands in one of these or in its own tests."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def named() -> set[tuple[str, str, str]]:
    """Program, command and paper of everything that looks like a command in a paper's code."""
    found = set()
    for path in READ:
        text = path.read_text(encoding="utf-8")
        code = [*re.findall(r"```\w*\n(.*?)```", text, re.S), *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)]
        for part in code:
            for program, words in OWN.findall(part):
                found.add((program, words.split()[0], relative(path)))
    return found


def test_every_command_in_the_papers_is_one_that_is_run() -> None:
    spec = importlib.util.spec_from_file_location("dev_front", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    seen = named()
    assert len({command for program, command, _ in seen if program == "hakemus"}) > 8
    for program, command, paper in sorted(seen):
        if program == "hakemus":
            fits = command in RUNS or command.startswith(("-", "[")) or command.endswith((".hakemus", ".pdf"))
        else:
            fits = command in dev.COMMANDS or command.startswith("-") or command == "COMMAND"
        assert fits, f"{paper}: {program} {command}"


def test_every_command_that_there_is_is_run() -> None:
    assert set(RUNS) == set(command_line.COMMANDS)


def test_every_option_that_the_readme_names_is_one_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        found = re.match(r"hakemus ([a-z-]+)\s(.*)", line)
        if found is None or found[1] not in RUNS:
            continue
        assert commands.run([found[1], "--help"]) == 0
        said = capsys.readouterr().out
        for option in re.findall(r"--[a-z-]+", found[2]):
            assert option in said, line


def test_the_commands_run(tmp_path: Path) -> None:
    example = json.loads((ROOT / "resources" / "examples" / "pop-up-kirjasto.json").read_bytes())
    (tmp_path / "data.json").write_text(json.dumps(example["application"]), encoding="utf-8")
    places = {
        "dir": str(tmp_path),
        "draft": str(tmp_path / "new.hakemus"),
        "root": str(ROOT),
        "record": str(ROOT / "tests" / "adapters" / "records" / "pages" / "finnish.txt"),
    }
    environ = {**os.environ, "HAKEMUS_STATE": str(tmp_path / "state"), "XDG_DATA_HOME": str(tmp_path / "data")}
    environ |= {"HAKEMUS_TODAY": "2018-11-15", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "src")}
    order = ["new", *(name for name in RUNS if name != "new")]
    for name in order:
        for words in RUNS[name]:
            arguments = [name, *(word.format(**places) for word in words)]
            done = subprocess.run(
                [sys.executable, "-m", "hakemus", *arguments], env=environ, capture_output=True, text=True, check=False
            )
            assert done.returncode in ((0, 1) if name == "check" else (0,)), (arguments, done.stderr)
    assert (tmp_path / "guide.pdf").exists()
    assert len(list((tmp_path / "tour").glob("*.png"))) == 11


@pytest.mark.parametrize("path", PAPERS, ids=relative)
def test_links_inside_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith(("mailto:", "#")):
            continue
        place = (path.parent / target.partition("#")[0]).resolve()
        if path.parent.parent.name == "guide" and target.endswith(".png"):
            place = path.parent.parent / "pictures" / path.parent.name / target
        assert place.exists(), target
