"""The table of what was measured is the one that the benchmarks wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import speed


def test_the_document_says_what_was_measured() -> None:
    document = speed.DOCUMENT.read_text(encoding="utf-8")
    assert speed.written(document, speed.kept()) == document, "run  python3 dev.py bench --write"


def test_every_benchmark_stands_in_the_document() -> None:
    document = speed.DOCUMENT.read_text(encoding="utf-8").partition(speed.START)[0]
    for path in (speed.ROOT / "benchmarks").glob("bench_*.py"):
        assert f"`{path.stem.removeprefix('bench_')}`" in document


def test_what_is_measured_again_takes_the_place_of_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "KEPT", tmp_path / "figures.json")
    assert speed.kept() == {}
    speed.keep("b", "About b.", [("old", 0.5, "")], 0.0)
    speed.keep("b", "About b.", [("a thing", 0.0123, "1.20 times")], 3.25)
    speed.keep("a", "About a.", [("another", 1.0, "")], 0.0)
    text = speed.block(speed.kept())
    assert "| a thing | 12.3 | 1.20 times |" in text
    assert "load 3.2 when it began" in text
    assert "old" not in text
    assert text.index("### a") < text.index("### b")


def test_a_document_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        speed.written("nothing", {})
