"""What is wrong with attachments as files, found before anybody waits for them: missing bytes, PDFs that are broken or
locked, files that are very large or cannot become a part of one PDF. Looks at bytes through a port.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from hakemus.domain.application import Attachment
from hakemus.domain.findings import Severity
from hakemus.domain.messages import Message, msg

LARGE_BYTES = 10_000_000
"""Where e-services of funders begin to refuse a file; e-mail gateways refuse earlier."""

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class PaperLook:
    """What a PDF is to who only looks: its pages, and whether it can be read."""

    pages: int
    state: Literal["sound", "broken", "locked"]


LookAtPaper = Callable[[bytes], PaperLook]


@dataclass(frozen=True, slots=True)
class AttachmentFault:
    """Something about one attachment, at its row. `apart`: it cannot be a part of one merged PDF."""

    path: str
    severity: Severity
    message: Message
    apart: bool = False


def attached(rows: Iterable[Attachment], files: Mapping[str, bytes]) -> tuple[tuple[Attachment, bytes], ...]:
    """The attachments whose bytes are in the draft, in the order of the table."""
    return tuple((row, files[row.sha256]) for row in rows if row.sha256 and row.sha256 in files)


def name_of(row: Attachment) -> str:
    """What a person calls the file."""
    return next((text for text in (row.filename, row.title) if text and text.strip()), row.id)


def faults(rows: Iterable[Attachment], files: Mapping[str, bytes], look: LookAtPaper) -> tuple[AttachmentFault, ...]:
    """Every fault, in the order of the table."""
    found: list[AttachmentFault] = []
    for row in rows:
        data = files.get(row.sha256 or "")
        if data is not None:
            found += _of_file(row, data, look)
        elif row.state == "attached":
            found.append(
                _fault(
                    row,
                    Severity.WARNING,
                    msg("{name} is marked as attached, but its file is not in the draft.", name=name_of(row)),
                )
            )
    return tuple(found)


def _of_file(row: Attachment, data: bytes, look: LookAtPaper) -> list[AttachmentFault]:
    name = name_of(row)
    found = []
    if not data:
        return [_fault(row, Severity.WARNING, msg("{name} is empty.", name=name), apart=True)]
    if data.startswith(b"%PDF-"):
        state = look(data).state
        if state == "locked":
            words = msg("{name} opens only with a password. Attach a copy without one.", name=name)
            found.append(_fault(row, Severity.WARNING, words, apart=True))
        elif state == "broken":
            words = msg("{name} is a damaged PDF: it cannot be read. Make it again and attach that.", name=name)
            found.append(_fault(row, Severity.WARNING, words, apart=True))
    elif name.casefold().endswith(".pdf"):
        words = msg("{name} is called a PDF but is none. Make a PDF of it and attach that.", name=name)
        found.append(_fault(row, Severity.WARNING, words, apart=True))
    else:
        words = msg("{name} is not a PDF: it comes along in the package, but cannot be part of one PDF.", name=name)
        found.append(_fault(row, Severity.NOTE, words, apart=True))
    if len(data) > LARGE_BYTES:
        words = msg(
            "{name} is large ({size} MB). E-mail and many e-services refuse files over {limit} MB.",
            name=name,
            size=-(-len(data) // 1_000_000),
            limit=LARGE_BYTES // 1_000_000,
        )
        found.append(_fault(row, Severity.NOTE, words))
    return found


def _fault(row: Attachment, severity: Severity, message: Message, *, apart: bool = False) -> AttachmentFault:
    return AttachmentFault(f"attachments[{row.id}]", severity, message, apart)
