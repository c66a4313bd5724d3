"""A report as a tagged PDF of A4 pages: PDF/UA-1 and PDF/A-3a at once. The same report, date and fonts give the same
bytes; nothing of this machine or its user enters them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from threading import Lock

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.flow import paginate
from hakemus.adapters.pdf.fonts import font_book, one_line
from hakemus.adapters.pdf.funding_bar import add_funding_bar
from hakemus.adapters.pdf.furniture import Furniture
from hakemus.adapters.pdf.gantt import add_gantt
from hakemus.adapters.pdf.inside import NAME
from hakemus.adapters.pdf.metadata import DocumentInfo, EmbeddedFile
from hakemus.adapters.pdf.signature import add_signature
from hakemus.adapters.pdf.strips import LineStrip, RuleStrip
from hakemus.adapters.pdf.tables import add_table
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import TextStyle, Typesetter
from hakemus.report import model
from hakemus.usecases import collecting

_SETTING = Lock()  # the fonts' tables are shared, and reportlab keeps some of its state for the whole process
MERGED_MARK = 190_000_001
"""Height on a page to which the bookmark of the first attachment leads, until its page is known; one more for each."""
_REGIONS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class PdfRenderer:
    """Renders with the fonts of one folder; `program` is the program's name and version."""

    fonts: Path
    program: str

    def __call__(self, report: model.Report, made_on: date, inside: bytes = b"") -> bytes:
        """The PDF's bytes, with the application `inside`. `UserError` where a font file cannot be read."""
        files = carried_files(report, inside)
        return render_pdf(report, made_on=made_on, program=self.program, fonts=self.fonts, files=files)

    def missing_characters(self, report: model.Report) -> tuple[str, ...]:
        return missing_characters(report, self.fonts)


def carried_files(report: model.Report, inside: bytes) -> tuple[EmbeddedFile, ...]:
    """The application as the file that a paper carries; none where there are no bytes of it."""
    return (EmbeddedFile(NAME, "application/json", inside, report.heading.subject),) if inside else ()


def render_pdf(
    report: model.Report,
    *,
    made_on: date,
    program: str,
    fonts: Path,
    files: tuple[EmbeddedFile, ...] = (),
    merged: tuple[str, ...] = (),
) -> bytes:
    """As `PdfRenderer`, with files carried inside.

    `merged` are the titles of what another hand puts behind these pages: each gets a bookmark that leads nowhere
    yet, and the file does not say that it conforms to anything.
    """
    with setting(), collecting.put_off():
        return _render(report, _info(report, made_on, program, conforming=not merged), fonts, files, merged)


def _render(
    report: model.Report, info: DocumentInfo, fonts: Path, files: tuple[EmbeddedFile, ...], merged: tuple[str, ...]
) -> bytes:
    setter = Typesetter(font_book(fonts), report.kept_back)
    composer = Composer(
        setter,
        second_language=language_tag(report.second_language),
        currency=_currency(report),
        continued=report.words.get("continued", ""),
        blank=report.copy is model.Copy.BLANK,
        bookmarks=report.bookmarks,
        # A draft is not for signing, a blank form is signed by hand, and a public copy shows who signed to nobody.
        signable=report.copy not in (model.Copy.BLANK, model.Copy.PUBLIC) and not report.mark,
    )
    _title_block(composer, report)
    for section in report.sections:
        composer.begin_section(section.number, section.title)
        for block in section.blocks:
            _add_block(composer, block)
    pages = paginate(composer.strips, styles.TEXT_HEIGHT)
    target = BytesIO()
    canvas = TaggedCanvas(target, composer.root, info, files=files)
    furniture = _furniture(report)
    for number, placed in enumerate(pages, start=1):
        furniture.draw(canvas, setter, number, len(pages))
        for each in placed:
            each.strip.draw(canvas, styles.MARGIN_LEFT, styles.TEXT_TOP - each.offset)
        for at, title in enumerate(merged if number == len(pages) else ()):
            canvas.bookmark(one_line(title), 0, MERGED_MARK + at)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def missing_characters(report: model.Report, fonts: Path) -> tuple[str, ...]:
    """The characters of the report that paper shows as a mark (copied text stays true), each once, in order."""
    with setting():
        return font_book(fonts).missing_characters("".join(_texts(report)))


def _texts(part: object) -> Iterator[str]:
    """Every text in a part of the report."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part):
        for entry in fields(part):
            yield from _texts(getattr(part, entry.name))


def _currency(report: model.Report) -> str:
    return report.words.get("currency", "€")


def _add_block(composer: Composer, block: model.Block) -> None:
    match block:
        case model.Field():
            composer.field(block)
        case model.Prose():
            composer.prose(block)
        case model.Table():
            add_table(composer, block)
        case model.FundingBar():
            add_funding_bar(composer, block)
        case model.Gantt():
            add_gantt(composer, block)
        case model.Checks():
            composer.checks(block)
        case model.Signature():
            add_signature(composer, block)
        case model.Gap():
            composer.subheading(block.title)


def _title_block(composer: Composer, report: model.Report) -> None:
    """Funder and call above a rule, then the project's name as the document's one H1, and the applicant."""
    heading = report.heading

    def lines(role: str, text: str, style: TextStyle, gap: float = 0.0) -> list[LineStrip]:
        if not text.strip():
            return []
        element = composer.root.add(role)
        strips = [
            LineStrip(element, line, style, keep=True) for line in composer.setter.lines(text, style, styles.WIDTH)
        ]
        strips[0].gap = gap
        return strips

    composer.add(lines("P", _both(heading.funder), styles.OVERLINE))
    composer.add(lines("P", _both(heading.call), styles.UNDERLINE))
    composer.add([RuleStrip(styles.WIDTH, 1.5, styles.ACCENT, gap=6.0)])
    title = heading.title.strip()
    kind = " · ".join(part for part in (_both(heading.form) if title else "", heading.copy_words) if part)
    composer.add(lines("P", kind, styles.UNDERLINE, gap=10.0))
    composer.add(lines("H1", title or _both(heading.form), styles.TITLE, gap=2.0 if kind else 10.0))
    composer.add(lines("P", heading.applicant, styles.APPLICANT, gap=2.0))
    composer.add(lines("P", heading.copy_sentence, styles.SMALL, gap=8.0))
    if report.mark_sentence:
        composer.notice(report.mark_sentence)


def _both(label: model.Label) -> str:
    return f"{label.text} / {label.second}" if label.second else label.text


def _furniture(report: model.Report) -> Furniture:
    heading = report.heading
    identity = " · ".join(part for part in (heading.copy_words, heading.version_words, heading.edition) if part)
    left = " · ".join(part for part in (heading.applicant, heading.title) if part.strip())
    right = heading.copy_words or _both(heading.form)
    return Furniture(left, right, (identity, heading.made_words), heading.page_words, report.mark)


def _info(report: model.Report, made_on: date, program: str, *, conforming: bool) -> DocumentInfo:
    heading = report.heading
    title = ": ".join(part for part in (heading.form.text, heading.title.strip()) if part)
    return DocumentInfo(
        title=one_line(title or program),
        author=one_line(heading.applicant),
        subject=one_line(heading.subject),
        program=one_line(program),
        language=language_tag(report.language),
        made_on=made_on,
        conforming=conforming,
    )


def setting() -> AbstractContextManager[object]:
    """Held while a document is set: one at a time."""
    return _SETTING


def language_tag(code: str) -> str:
    """A language as a PDF names it, with its country."""
    return _REGIONS.get(code, code)
