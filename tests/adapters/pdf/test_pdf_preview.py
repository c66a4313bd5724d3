"""The pages as the window looks at them: a search finds what is there, and is quick where nothing is."""

from __future__ import annotations

from collections.abc import Callable

import pdf_reports as reports
import pytest

from hakemus.adapters.pdf.pages import find_words
from hakemus.bootstrap import papers
from hakemus.bootstrap.papers import PdfPages
from hakemus.report.model import Label, Report, Section


@pytest.fixture(scope="module")
def pdf(rendered: Callable[[Report], bytes]) -> bytes:
    text = "yhteiskehittämistyöpajatoiminnan e-kirjat " * 400
    parts = (Section("a", 1, Label("Hanke"), (reports.text_field("Kuvaus", f"{text} loppu 12 500,00", long=True),)),)
    return rendered(reports.report(parts=parts))


@pytest.mark.parametrize(
    "words", ["kirjat", "E-KIRJAT", "yhteiskehittämis", "loppu 12", "12\u00a0500,00", "Sivu 2/", "-", "nowhere", " "]
)
def test_a_search_finds_what_the_pages_have(pdf: bytes, words: str) -> None:
    pages = PdfPages(pdf)
    assert pages.count > 2
    for index in range(pages.count):
        assert pages.found(index, words) == find_words(pdf, index, words)


def test_pages_without_the_words_are_not_looked_at(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = PdfPages(pdf)
    looked: list[int] = []
    monkeypatch.setattr(papers, "find_words", lambda _pdf, index, _words: looked.append(index) or [])
    for index in range(pages.count):
        pages.found(index, "nowhere")
    assert looked == []
    pages.found(pages.count - 1, "loppu")
    assert looked == [pages.count - 1]


def test_texts_that_were_not_read_are_searched_all_the_same(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "_MOST_READ", 1)
    pages = PdfPages(pdf)
    assert pages.found(pages.count - 1, "loppu")
