"""What is told of mutants: figures by module, those that live, and whether each of them has its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from campaign.mutants import telling
from campaign.mutants.telling import KILLED, NO_TEST, SURVIVED, TIMED_OUT

KEYS = [("hakemus.a.one", name) for name in "abcde"] + [("hakemus.a.two", "f"), ("hakemus.b", "g")]
LAST = {
    key: {"verdict": verdict}
    for key, verdict in zip(KEYS, [KILLED, KILLED, SURVIVED, NO_TEST, TIMED_OUT, KILLED], strict=False)
}


@pytest.fixture
def reasons(tmp_path: Path) -> Path:
    path = tmp_path / "survivors.toml"
    path.write_text('[["a.one"]]\nbecause = "It is the same."\nare = ["c", "a"]\n', encoding="utf-8")
    return path


def test_the_last_word_on_a_mutant_holds(tmp_path: Path) -> None:
    rows = [
        {"module": "m", "key": "k", "verdict": SURVIVED},
        {"module": "m", "key": "k", "verdict": KILLED},
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert telling.last_verdicts(tmp_path / "x.jsonl") == {("m", "k"): rows[1]}
    assert telling.last_verdicts(tmp_path / "y.jsonl") == {}


def test_a_module_counts_once_all_its_mutants_were_tried(reasons: Path) -> None:
    judged = telling.judged(KEYS, LAST)
    assert {module for module, _ in judged} == {"hakemus.a.one", "hakemus.a.two"}
    explained = telling.reasons(reasons)
    assert telling.unexplained(judged, explained) == ["no test: hakemus.a.one: d"]
    assert telling.out_of_date(judged, explained) == ["explained, but killed: hakemus.a.one: a"]


def test_figures_of_a_text_that_has_changed_since_are_marked(
    tmp_path: Path, reasons: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "KEPT", tmp_path / "figures.json")
    monkeypatch.setattr(telling.figures, "machine", lambda: "this one")
    telling.keep(telling.judged(KEYS, LAST), telling.reasons(reasons))
    marks = ["| `a.two`, changed since |"]
    another = [*KEYS[:5], ("hakemus.a.two", "another")]
    for there, marked in ((KEYS, []), ([*KEYS, ("hakemus.a.two", "h")], marks), (another, marks), (KEYS, [])):
        telling.mark_changed(there)
        lines = telling.table(json.loads(telling.KEPT.read_text(encoding="utf-8"))).splitlines()
        assert [line[:26] for line in lines if "changed since" in line] == marked


def test_figures_are_kept_with_their_day_until_they_change(
    tmp_path: Path, reasons: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "KEPT", tmp_path / "figures.json")
    monkeypatch.setattr(telling.figures, "machine", lambda: "this one")
    explained = telling.reasons(reasons)
    for day, last in (("2026-11-01", LAST), ("2026-11-02", {**LAST, KEYS[5]: {"verdict": SURVIVED}})):
        monkeypatch.setattr(telling.figures, "today", lambda day=day: day)
        telling.keep(telling.judged(KEYS, last), explained)
    kept = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert len(kept["hakemus.a.one"].pop("keys")) == 16
    assert kept["hakemus.a.one"] == {
        KILLED: 2, SURVIVED: 1, NO_TEST: 1, TIMED_OUT: 1, "explained": 1, "day": "2026-11-01", "machine": "this one"
    }  # fmt: skip
    assert telling.table(kept).splitlines()[2:] == [
        "| `a.one` | 5 | 2 | 1 | 2 | 1 | 60.0 | 2026-11-01 | 1 |",
        "| `a.two` | 1 | 0 | 0 | 1 | 0 | 0.0 | 2026-11-02 | 1 |",
        "| **a** | 6 | 2 | 1 | 3 | 1 | 50.0 | | |",
        "",
        "1. this one",
    ]


def test_the_document_says_what_is_kept() -> None:
    text = telling.DOCUMENT.read_text(encoding="utf-8")
    block = text.split(telling.START)[1].split(telling.END)[0]
    kept = json.loads(telling.KEPT.read_text(encoding="utf-8"))
    assert block.strip() == f"{telling.table(kept)}\n\n{telling.survivors(telling.REASONS)}".strip()
