"""The campaign's record adds up, and the document says what was measured and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from campaign import __main__ as campaign
from campaign import figures

ROOT = figures.ROOT
FOLDERS = ("tests", "benchmarks", "conformance", "campaign")

REPORTED = re.compile(r'figure\(\s*"([a-z-]+)"|^    found\["([a-z-]+)"\] = |figures\.keep\(\{"([a-z-]+)"', re.MULTILINE)


def test_the_document_says_what_was_kept() -> None:
    document = figures.DOCUMENT.read_text(encoding="utf-8")
    assert figures.written(document, figures.kept()) == document, "run  python3 dev.py campaign write"


def test_the_record_of_the_fuzzer_adds_up() -> None:
    lines = figures.FUZZED.read_text(encoding="utf-8").splitlines()
    assert figures.kept()["fuzzed"].text == figures.fuzzed(lines)
    for run in map(json.loads, lines):
        assert set(run) == {"day", "machine", "core_hours", "inputs", "corpus", "found"}
        assert run["inputs"] > 0
        assert 0 < run["core_hours"] < 24


def test_every_row_is_reported_by_a_test_or_a_benchmark() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    pairs = [pair for path in files for pair in REPORTED.findall(path.read_text(encoding="utf-8"))]
    found = {key for pair in pairs for key in pair if key}
    assert found | {"fuzzed", "network"} == set(figures.ROWS)


def test_every_test_that_the_document_names_is_there() -> None:
    document = figures.DOCUMENT.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)*(?:test_)?[a-z_]+\.py)", document))
    there = {f"/{path.relative_to(ROOT)}" for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    assert len(named) > 10
    assert not [name for name in named if not any(path.endswith("/" + name) for path in there)]


def test_what_is_measured_again_replaces_and_the_rest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "KEPT", tmp_path / "figures.json")
    figures.KEPT.write_text('{"kills": {"text": "old", "day": "2020-01-01", "machine": "A"}}', encoding="utf-8")
    monkeypatch.setattr(figures, "machine", lambda: "B")
    monkeypatch.setattr(figures, "today", lambda: "2026-11-22")
    figures.keep({"rivals": "new"})
    table = figures.block(figures.kept())
    assert "| old | 2020-01-01 | 1 |" in table
    assert "| new | 2026-11-22 | 2 |" in table
    assert "\n1. A\n2. B\n" in table


def test_parts_of_one_figure_are_joined() -> None:
    parts = (("b", "two"), ("a", "one"), ("a", "1"))
    lines = [json.dumps({"key": "leaks", "part": part, "text": text}) for part, text in parts]
    assert figures.reported(lines) == {"leaks": "1; two"}


def test_what_many_tests_counted_is_summed() -> None:
    text = "{papers} papers, {broken} broken"
    lines = [
        json.dumps({"key": "papers", "part": "", "text": text, "counts": {"papers": count, "broken": 0}})
        for count in (600, 600)
    ]
    assert figures.reported(lines) == {"papers": "1 200 papers, 0 broken"}


def test_a_document_without_marks_is_not_written() -> None:
    with pytest.raises(ValueError, match="missing"):
        figures.written("nothing", {})


def test_a_word_that_is_no_step_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert campaign.main(["nonsense"]) == 2
    assert "campaign fuzz" in capsys.readouterr().err


def test_a_step_that_fails_ends_the_campaign_unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    steps = {"tests": lambda words: done.append("tests") or 3, "write": lambda words: done.append("write")}
    monkeypatch.setattr(campaign, "STEPS", steps)
    assert campaign.main([]) == 3
    assert done == ["tests"]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ({"network": "0 in 5 000 tests", "kills": "a sample"}, [{"network": "0 in 5 000 tests"}]),
        ({"kills": "a sample"}, []),
    ],
)
def test_of_a_suite_at_its_usual_size_only_what_it_connected_to_is_kept(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, str], kept: list[dict[str, str]]
) -> None:
    asked: list[object] = []
    written: list[dict[str, str]] = []
    monkeypatch.setattr(campaign, "_pytest", lambda words, more: (asked.append((words, more)), (0, found))[1])
    monkeypatch.setattr(figures, "keep", written.append)
    assert campaign.STEPS["network"](["-q"]) == 0
    assert (asked, written) == ([(["-q"], {})], kept)


def test_a_part_of_another_step_is_not_run_twice_where_everything_is(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(
        campaign, "STEPS", {name: lambda _words, n=name: done.append(n) or 0 for name in campaign.STEPS}
    )
    assert campaign.main([]) == 0
    assert "network" not in done
    assert "tests" in done


def test_what_the_fuzzer_found_is_not_lost_with_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def found(command: list[str], **_more: object) -> SimpleNamespace:
        (Path(command[3]) / "found").mkdir()
        (Path(command[3]) / "found" / "crash-1").write_bytes(b"PK")
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr(campaign, "FOUND", tmp_path / "out")
    monkeypatch.setattr(campaign.subprocess, "run", found)
    assert campaign.fuzz(["5"]) == 1
    assert (tmp_path / "out" / "crash-1").read_bytes() == b"PK"
