"""The review report from the File menu: of the draft as it stands, beside it and never in its place."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from person import Person, saving_to


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_review_report_is_saved_with_unsaved_changes_named(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start("en").example()
    person.session.set_language("en")
    with saving_to(monkeypatch, tmp_path / "report"):
        person.window.action("export_review").trigger()
    text = text_of(tmp_path / "report.pdf")
    assert "Review report" in text
    assert "Not yet saved" in text
    assert "above its highest share" in text
    assert person.session.pending() == ()


def test_a_file_dialog_put_away_writes_nothing(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start("en").example()
    with saving_to(monkeypatch, ""):
        person.window.action("export_review").trigger()
    assert not list(tmp_path.glob("*.pdf"))
