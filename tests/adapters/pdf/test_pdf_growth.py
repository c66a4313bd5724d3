"""What a longer paper costs beside its letters: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pdf_reports as reports
import pytest
from reportlab.pdfbase import pdfdoc

from hakemus.report.model import Label, Report, Section


def test_tags_of_further_rows_are_written_without_the_librarys_dictionaries(
    rendered: Callable[[Report], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are put together and written key by key: those of a tree would cost nearly half as much as the pages."""
    made: list[Any] = []
    kept = pdfdoc.PDFDictionary.format

    def counted(self: Any, document: Any, *rest: Any, **named: Any) -> bytes:
        made.append(self)
        return bytes(kept(self, document, *rest, **named))

    monkeypatch.setattr(pdfdoc.PDFDictionary, "format", counted)

    def dictionaries(rows: int) -> tuple[int, int]:
        made.clear()
        pdf = rendered(reports.report(parts=(Section("b", 1, Label("Talous"), (reports.budget(rows),)),)))
        return len(made), pdf.count(b"/S /TR")

    few, few_rows = dictionaries(3)
    many, many_rows = dictionaries(23)
    assert many_rows >= few_rows + 20
    assert many - few < 10  # those of another page
