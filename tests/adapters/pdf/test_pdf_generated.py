"""Whole papers of generated applications, in three languages: what validators ask, and what they do not see."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import page as validation
import pytest
from pdf_tree import TaggedPdf
from reading import pieces, said, spoken, values

from fakes.ports import Chance, document
from generated import application
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Document
from hakemus.report import model
from hakemus.report.model import Copy
from hakemus.usecases import calls, papers

COUNT = 200 if os.environ.get("HAKEMUS_CAMPAIGN") else 20
LANGUAGES = (("fi", ""), ("sv", "fi"), ("en", ""))
SAID = (
    "{applications} applications, {papers} papers of {pages} pages: all keep PDF/UA-1 and PDF/A-3a (page-validation) "
    "and pass qpdf --check; {contents} marked contents in the form's order; {values} of {values} typed values in the "
    "extracted text; every application read back equal from its paper"
)
COPIES = (Copy.DRAFT, Copy.ARCHIVE, Copy.BOARD, Copy.APPLICANT)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    import datetime

    return Core(datetime.date(2018, 11, 15), tmp_path_factory.mktemp("state"), Chance())


def made(number: int) -> Document:
    return document(application(number))


@pytest.mark.parametrize("number", range(COUNT))
def test_a_generated_paper_in_three_languages(
    core: Core, number: int, tmp_path: Path, figure: Callable[..., None]
) -> None:
    held, pages, contents, found = made(number), 0, 0, 0
    for at, (language, second) in enumerate(LANGUAGES):
        copy = COPIES[(number + at) % len(COPIES)]
        report = core.exporter.report(held, copy, language, second)
        pdf = core.exporter.pdf_bytes(held, copy, language, second)
        for profile in ("ua1", "3a"):
            assert [str(fault) for fault in validation.validate_pdf_bytes(pdf, profile=profile).failures] == []
        check_with_qpdf(pdf, tmp_path)
        tagged = TaggedPdf(pdf)
        check_tree(tagged)
        check_words(report, tagged)
        check_figures(report, tagged)
        found += check_values(held, tagged)
        pages += len(tagged.pdf.pages)
        contents += len(tagged.contents)
    assert core.exporter.pdf_bytes(held, copy, language, second) == pdf, "the same application gives the same bytes"
    check_inside(core, held)
    figure("papers", SAID, applications=1, papers=len(LANGUAGES), pages=pages, contents=contents, values=found)


def check_with_qpdf(pdf: bytes, folder: Path) -> None:
    program = shutil.which("qpdf")
    if program is None:
        return
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([program, "--check", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def check_tree(tagged: TaggedPdf) -> None:
    """What no validator notices: MCIDs, the ParentTree's order, text outside the tree, heads and levels."""
    rows, claimed = tagged.parent_tree(), tagged.elements()
    assert tagged.repeated == []
    assert tagged.loose == []
    assert set(claimed) == set(tagged.contents)
    for number, page in enumerate(tagged.pdf.pages):
        row = rows[int(page.StructParents)]
        assert [element.objgen for element in row] == [claimed[(number, mcid)] for mcid in range(len(row))]
    for table in tagged.root.all("Table"):
        assert {cell.attributes["/Scope"] for cell in table.all("THead")[0].all("TH")} == {"/Column"}
        assert {cell.attributes["/Scope"] for cell in table.all("TBody")[0].all("TH")} <= {"/Row"}
    levels = [int(node.role[1]) for node in tagged.root.walk() if node.role[0] == "H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    read = [piece for node in tagged.root.walk() for piece in node.pieces]
    assert len(read) == len(set(read))
    for parent in tagged.root.walk():
        starts = [
            min(page for part in child.walk() for page, _ in part.pieces)
            for child in parent.children
            if said(child.text)
        ]
        assert starts == sorted(starts) or parent.role == "TR", "what is read later begins on no earlier page"


def check_words(report: model.Report, tagged: TaggedPdf) -> None:
    """Read aloud, a paper says the form's texts in the form's order: nothing cut, added, doubled or run together."""
    assert " ".join(spoken(tagged.root)) == " ".join(pieces(report))
    assert not any("\x00" in text for text in tagged.contents.values())


def check_figures(report: model.Report, tagged: TaggedPdf) -> None:
    """Each figure says in words the figures that it draws."""
    alts = [said(figure.keys["/Alt"]) for figure in tagged.root.all("Figure")]
    for block in report.blocks():
        if isinstance(block, (model.FundingBar, model.Gantt)):
            assert said(block.alt) in alts
        if isinstance(block, model.FundingBar):
            assert all(said(part.words) in said(block.alt) for part in block.parts)
        if isinstance(block, model.Gantt):
            assert all(said(row.words) in said(block.alt) for row in block.rows)


def check_values(held: Document, tagged: TaggedPdf) -> int:
    """Everything that was typed stands on paper; how many values that are."""
    text = " ".join(spoken(tagged.root))
    typed = list(values(held.draft.application))
    assert [(path, words) for path, words in typed if said(words) not in text] == []
    return len(typed)


def check_inside(core: Core, held: Document) -> None:
    """The paper gives back an equal application."""
    opened = core.open_paper(core.exporter.pdf_bytes(held, Copy.ARCHIVE), "paper.pdf").document
    assert opened.draft.application == held.draft.application
    assert (opened.id, opened.revision, opened.draft.call) == (held.id, held.revision, held.draft.call)


def test_a_paper_says_nothing_of_the_computer(core: Core, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = core.exporter.pdf_bytes(made(2))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.chdir(tmp_path)
    assert core.exporter.pdf_bytes(made(2)) == first


def test_carrying_copies_are_those_that_say_so(core: Core) -> None:
    assert {copy for copy in Copy if papers.inside(made(2), copy)} == set(papers.CARRYING)
    assert calls.definition_of(core.calls, made(2).draft.call.id)["id"] == made(2).draft.call.id
