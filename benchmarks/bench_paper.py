"""What a paper costs: beside the same pages without tags, beside Typst, by its length, and until it is seen again.

Seconds are those of the processor for this process, save where Typst, which uses several, is measured by the clock.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib.util
import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, application, medians, seconds

DAY = datetime.date(2018, 11, 15)
SENTENCE = "Kirjasto vie äänikirjat ja lainattavat laitteet sinne, missä ihmiset jo ovat. "


def measure() -> list[Row]:
    """Medians of things done in turns; the first of each is not counted, so that imports are not."""
    from hakemus.adapters.pdf import render
    from hakemus.adapters.pdf.pages import page_count, render_page
    from hakemus.bootstrap.core import Core
    from hakemus.bootstrap.papers import PdfPages
    from hakemus.report.model import Copy
    from hakemus.usecases.papers import inside

    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        core = Core(DAY, Path(folder) / "state")
        ten = _document(core, 90, 1_300)
        fifty, hundred = _document(core, 900, 1_300), _document(core, 1_880, 1_300)
        many = _document(core, 20, 320_000)
        report = core.exporter.report(ten, Copy.DRAFT, "fi")
        carried = inside(ten, Copy.DRAFT)

        def bare() -> bytes:
            with _without_tags(render):
                return core.exporter.pdf(report, DAY, b"")

        def whole() -> bytes:
            return core.exporter.pdf(report, DAY, carried)

        judged = lambda: core.exporter.pdf_bytes(ten, Copy.DRAFT, "fi")  # noqa: E731
        plain, tagged, copies = medians(bare, whole, judged, clock=time.process_time)
        typst = _typst(report, core.resources / "fonts", Path(folder))
        others = medians(whole, typst) if typst else []
        pages = page_count(whole())

        def preview() -> None:
            pdf = core.exporter.pdf_bytes(ten, Copy.DRAFT, "fi")
            width = 900
            render_page(pdf, pages // 2, 72 * width / 595)

        (seen,) = medians(preview, clock=time.process_time)
        pages_seen = PdfPages(core.exporter.pdf_bytes(hundred))
        drawn, searched = medians(
            lambda: pages_seen.image(7, 2_400),
            lambda: [pages_seen.found(index, "nowhere") for index in range(pages_seen.count)],
            clock=time.process_time,
        )
        long = medians(
            lambda: core.exporter.pdf_bytes(fifty),
            lambda: core.exporter.pdf_bytes(hundred),
            rounds=3,
            clock=time.process_time,
        )
        counts = [page_count(core.exporter.pdf_bytes(held)) for held in (fifty, hundred)]
        letters = seconds(lambda: core.exporter.pdf_bytes(many), time.process_time)
        letter_pages = page_count(core.exporter.pdf_bytes(many))
    each = [copies / pages, *(taken / count for taken, count in zip(long, counts, strict=True))]
    per_page = ", ".join(f"{taken * 1000:.1f}" for taken in each)
    rows: list[Row] = [
        (f"{pages} pages without tags, nothing inside", plain, ""),
        (f"{pages} pages, tagged, application inside", tagged, f"{tagged / plain:.2f} times that; at most 1.5"),
        ("the same, rules judged and tree built", copies, ""),
        ("paper and its page in the preview", seen, "under 300 ms"),
        (f"{counts[1]} pages", long[1], f"ms a page at {pages}, {counts[0]}, {counts[1]} pages: {per_page}"),
        ("a page drawn for the window, 2400 dots", drawn, "holds the window up; under 100 ms"),
        (f"a search in {pages_seen.count} pages", searched, "holds the window up; under 100 ms"),
        ("2.3 million letters", letters, f"{letter_pages} pages, {letters / letter_pages * 1000:.1f} ms a page"),
    ]
    if others:
        rows.insert(
            3,
            (
                "Typst, the same texts and tables",
                others[1],
                f"on the clock; ours is {others[0] / others[1]:.2f} times; at most 2.5",
            ),
        )
    else:
        rows.insert(3, ("Typst", 0.0, "not installed: pip install typst"))
    return rows


def _document(core: Any, lines: int, letters: int) -> Any:
    from hakemus.usecases import calls, drafts

    made = application(lines)
    text = (SENTENCE * (letters // len(SENTENCE) + 1))[:letters]
    names = ("summary", "need", "description", "earlier_projects", "evaluation", "dissemination", "continuation")
    made["project"].update(dict.fromkeys(names, text))
    made["activities"] = [
        {"id": f"a{at}", "title": f"Toimenpide {at}", "starts_on": "2019-02-01", "ends_on": "2019-06-30", "result": "x"}
        for at in range(12)
    ]
    return drafts.new_document(
        calls.definition_of(core.calls, "avi-kirjastot-2018"),
        core.chance.document_id(),
        "fi",
        drafts.application_from_data(made, core.chance.draw)[0],
    )


@contextlib.contextmanager
def _without_tags(render: Any) -> Iterator[None]:
    """The renderer with a canvas that marks nothing and keeps no tree."""
    from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
    from hakemus.adapters.pdf.workarounds import finish_fonts

    class Bare(TaggedCanvas):
        def content(self, element: Any) -> None:
            self._open = element

        def close(self) -> None:
            self._open = None

        @contextlib.contextmanager
        def artifact(self, kind: Any) -> Iterator[None]:
            del kind
            self._artifact_depth += 1
            yield
            self._artifact_depth -= 1

        def save(self) -> None:
            finish_fonts(self._doc)
            del self._code[:]
            self._doc.SaveToFile(self._filename, self)

    kept = render.TaggedCanvas
    render.TaggedCanvas = Bare
    try:
        yield
    finally:
        render.TaggedCanvas = kept


def _typst(report: Any, fonts: Path, folder: Path) -> Any:
    """Compiles the same texts and tables with Typst, conforming; None where it is not installed."""
    if importlib.util.find_spec("typst") is None:
        return None
    import typst

    source, markup, count = folder / "paper.typ", _markup(report), itertools.count(1)
    source.write_text("", encoding="utf-8")
    compiler = typst.Compiler(str(source), font_paths=[str(fonts)], ignore_system_fonts=True)

    def compile_anew() -> bytes:
        # Typst remembers what it has set: a size that differs by a hair makes it set all of it again
        source.write_text(markup.replace("size: 10pt", f"size: {10 + next(count) / 10_000}pt"), encoding="utf-8")
        return bytes(compiler.compile(format="pdf", pdf_standards=["ua-1"]))

    return compile_anew


def _markup(report: Any) -> str:
    from hakemus.report import model
    from hakemus.report.cell_words import cell_text

    def text(words: str) -> str:
        return '#"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'

    lines = [
        f'#set document(title: "{report.heading.call.text}", author: "x")',
        '#set text(lang: "fi", font: "Source Sans Pro", size: 10pt)',
        '#set page(paper: "a4", margin: 20mm, footer: context [#counter(page).display()])',
        f"= {text(report.heading.title)}",
    ]
    for section in report.sections:
        lines.append(f"== {text(section.title.text)}")
        for block in section.blocks:
            if isinstance(block, model.Field):
                lines.append(f"/ {text(block.label.text)}: {text(cell_text(block.cell, '€') or '–')}")
            elif isinstance(block, model.Table) and block.rows:
                lines.append(f"#table(columns: {len(block.columns)}, table.header(")
                lines += [f"[{text(column.label.text)}]," for column in block.columns]
                lines.append("),")
                for row in block.rows:
                    lines += [f"[{text(cell_text(cell, ''))}]," for cell in row.cells]
                lines.append(")")
            elif isinstance(block, model.Prose):
                lines.append(text(block.text))
            lines.append("")
    return "\n".join(lines)
