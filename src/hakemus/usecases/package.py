"""What leaves the house in one piece: a ZIP of paper, workbook and attachments in order, with a cover sheet and a list
of SHA-256 sums; or one PDF with the attachments behind the form. Works on bytes; files are somebody else's.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hakemus.domain.application import Attachment
from hakemus.domain.call import Call
from hakemus.domain.draft import Document
from hakemus.domain.fields import word
from hakemus.domain.messages import msg
from hakemus.i18n.amounts import format_decimal
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import words_of
from hakemus.report.model import Align, Column, Copy, Label, Prose, Report, Row, Section, Table, TextCell
from hakemus.usecases.attachment_faults import AttachmentFault, LookAtPaper, attached, faults, name_of
from hakemus.usecases.calls import call_of
from hakemus.usecases.drafts import file_name
from hakemus.usecases.errors import UserError
from hakemus.usecases.exporting import Exporter
from hakemus.usecases.papers import inside

SUMS = "SHA256SUMS.txt"
WITHOUT_ATTACHMENTS = (Copy.PUBLIC, Copy.BLANK)
"""Nobody has taken people out of the attachments, and a blank form is nobody's."""
_MADE = (1980, 1, 1, 0, 0, 0)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")


@dataclass(frozen=True, slots=True)
class Appendix:
    """A PDF that goes behind a paper: its bookmark, the stamp of its pages with {page} and {pages}, its bytes."""

    title: str
    stamp: str
    data: bytes


MergePaper = Callable[[Report, datetime.date, bytes, Sequence[Appendix]], bytes]
"""A renderer of paper, as `ports.RenderPaper`, with further pages behind it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package."""

    name: str
    title: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Packager:
    """Packages over one exporter. `attachments` are the draft's files by their SHA-256."""

    exporter: Exporter
    merge: MergePaper
    look: LookAtPaper

    def faults(self, document: Document, attachments: Mapping[str, bytes]) -> tuple[AttachmentFault, ...]:
        """What is wrong with the attachments as files."""
        return faults(document.draft.application.attachments, attachments, self.look)

    def files(
        self,
        document: Document,
        attachments: Mapping[str, bytes],
        copy: Copy = Copy.DRAFT,
        language: str = "",
        second: str = "",
    ) -> dict[str, bytes]:
        """The files of the package by name, in order, the list of their sums last. `NotReady` as for the paper."""
        language = language or document.draft.language
        words = self.exporter.catalog_of(language)
        main = words.text("Application")
        members = [
            Member(f"{main}.pdf", words.text("The form"), self.exporter.pdf_bytes(document, copy, language, second)),
            Member(f"{main}.xlsx", words.text("The workbook"), self.exporter.xlsx_bytes(document, copy, language)),
        ]
        report = self.exporter.report(document, copy, language, second)
        if copy not in WITHOUT_ATTACHMENTS:
            members += _attachment_members(document, attachments, words)
        cover = _cover(report, document, members, words, with_attachments=copy not in WITHOUT_ATTACHMENTS)
        sheet = self.exporter.pdf(cover, self.exporter.clock.today(), b"")
        members.insert(0, Member(f"{words.text('Cover sheet')}.pdf", words.text("Cover sheet"), sheet))
        sums = "".join(f"{member.sha256}  {member.name}\n" for member in members)
        return {**{member.name: member.data for member in members}, SUMS: sums.encode()}

    def merged(
        self,
        document: Document,
        attachments: Mapping[str, bytes],
        copy: Copy = Copy.DRAFT,
        language: str = "",
        second: str = "",
    ) -> bytes:
        """The form with every attachment behind it. `UserError` where one cannot be: none is left out unsaid."""
        report = self.exporter.report(document, copy, language, second)
        words = self.exporter.catalog_of(language or document.draft.language)
        if copy in WITHOUT_ATTACHMENTS:
            return self._joined(report, inside(document, copy), ())
        for fault in self.faults(document, attachments):
            if fault.apart:
                raise UserError(
                    msg("One PDF cannot be made: {fault} Save the package as a ZIP instead.", fault=fault.message)
                )
        call = call_of(document.draft)
        found = attached(document.draft.application.attachments, attachments)
        appendices = []
        for number, (row, data) in enumerate(found, 1):
            title = words.text("Attachment {number}: {title}", number=number, title=_title(row, call, words))
            stamp = words.text("Attachment {number}/{count}, p.", number=number, count=len(found))
            appendices.append(Appendix(title, f"{stamp}\u00a0{{page}}/{{pages}}", data))
        return self._joined(report, inside(document, copy), appendices)

    def _joined(self, report: Report, carried: bytes, appendices: Sequence[Appendix]) -> bytes:
        today = self.exporter.clock.today()
        if not appendices:
            return self.exporter.pdf(report, today, carried)
        try:
            return self.merge(report, today, carried, appendices)
        except ValueError:
            fault = msg("The pages of an attachment cannot be taken over.")
            raise UserError(
                msg("One PDF cannot be made: {fault} Save the package as a ZIP instead.", fault=fault)
            ) from None


def _title(row: Attachment, call: Call, words: Catalog) -> str:
    """What an attachment is called: its own title, what the call wants it for, its file's name."""
    need = next((item for item in call.attachments if item.id == row.kind), None)
    wanted = call.text(need.title, words.language) if need else ""
    return next((text for text in (row.title, wanted) if text and text.strip()), name_of(row))


def _attachment_members(document: Document, attachments: Mapping[str, bytes], words: Catalog) -> list[Member]:
    call = call_of(document.draft)
    members = []
    for number, (row, data) in enumerate(attached(document.draft.application.attachments, attachments), 1):
        title = _title(row, call, words)
        ending = _ENDING.search(name_of(row))
        name = words.text("Attachment {number}", number=number)
        # composed letters: what a Mac writes in two parts, others do not find again
        named = unicodedata.normalize("NFC", file_name(f"{name} {title}", name))
        suffix = f".{ending[1].lower()}" if ending else ""
        if suffix and named.lower().endswith(suffix):
            suffix = ""
        members.append(Member(f"{named}{suffix}", title, data))
    return members


def _cover(
    report: Report, document: Document, members: Sequence[Member], words: Catalog, *, with_attachments: bool
) -> Report:
    """A sheet that says what is in the package, and what is not."""
    heads = (
        Column("name", Label(words.text("File")), weight=34),
        Column("size", Label(words.text("Size")), Align.RIGHT, 12),
        Column("sha256", Label("SHA-256"), weight=40),
    )
    rows = tuple(
        Row((TextCell(member.name), TextCell(_size(len(member.data))), TextCell(_halved(member.sha256))))
        for member in members
    )
    note = words.text(
        "The list {name} holds the same sums for programs that check them, and this sheet's own.", name=SUMS
    )
    contents = Section(
        "contents",
        1,
        Label(words.text("Contents of the package")),
        (Table("contents", Label(""), heads, rows, notes=(note,)),),
    )
    sections = [contents]
    outside = _outside(document, members, words) if with_attachments else None
    if outside is not None:
        sections.append(Section("outside", 2, Label(words.text("Not in the package")), (outside,)))
    elif not with_attachments and document.draft.application.attachments and report.copy is Copy.PUBLIC:
        said = Prose(words.text("The attachments are not in this package: nobody has removed personal data from them."))
        sections.append(Section("outside", 2, Label(words.text("Not in the package")), (said,)))
    heading = replace(report.heading, form=Label(words.text("Cover sheet of the package")))
    return replace(report, heading=heading, sections=tuple(sections), second_language="", mark="", mark_sentence="")


def _outside(document: Document, members: Sequence[Member], words: Catalog) -> Table | None:
    """The attachments that come later or by another way."""
    call = call_of(document.draft)
    packed = {member.sha256 for member in members}
    rows = []
    for row in document.draft.application.attachments:
        if row.sha256 not in packed:
            state = word(row.state)
            said = words.text(words_of("attachments[].state")[state]) if state in ("later", "elsewhere") else ""
            rows.append(Row((TextCell(_title(row, call, words)), TextCell(said or words.text("Missing")))))
    heads = (
        Column("title", Label(words.text("Attachment")), weight=60),
        Column("state", Label(words.text("State")), weight=30),
    )
    return Table("outside", Label(""), heads, tuple(rows)) if rows else None


def _halved(digest: str) -> str:
    return f"{digest[:32]}\n{digest[32:]}"


def _size(count: int) -> str:
    """Kilobytes, a thousand bytes each, never none."""
    return f"{format_decimal(Decimal(max(1, -(-count // 1000))))}\u00a0kB"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The package as a ZIP: its files in order, without a trace of when and where it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in files.items():
            _write(package, name, data)
    return target.getvalue()


def _write(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    package.writestr(entry, data)
