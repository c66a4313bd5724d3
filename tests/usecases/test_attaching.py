"""Names and sizes of attachments, and what of them a computer's own program may be given."""

from __future__ import annotations

import pytest

from hakemus.usecases.attaching import (
    MOST_BYTES,
    MOST_TOGETHER,
    attachment_values,
    media_type_of,
    name_to_open,
    refuse_size,
    safe_name,
)
from hakemus.usecases.errors import UserError

ODS = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("con  .pdf", "_con  .pdf"),
        ("Com1.txt", "_Com1.txt"),
        ("console.pdf", "console.pdf"),
        ("~$letter.docx", "letter.docx"),
        ("a\u2028b\u2029c.pdf", "abc.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
        ("ä" * 300 + ".pdf", "ä" * 98 + ".pdf"),
        ("a" + "ä" * 300 + ".pdf", "a" + "ä" * 97 + ".pdf"),
        ("\U0001f600" * 200, "\U0001f600" * 50),
        ("ä" * 98 + ".pdf", "ä" * 98 + ".pdf"),
        ("~$ .x", "x"),
        ("~$~$.CON", "_CON"),
        ("a." + "b" * 300, "a." + "b" * 198),
        ("." * 300, "attachment"),
    ],
)
def test_a_name_is_taken_by_every_system_and_keeps_its_ending(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "data", "given"),
    [
        ("letter.pdf", b"%PDF-1.7", "letter.pdf"),
        ("Letter.PDF", b"%PDF-1.7", "Letter.PDF"),
        ("letter.exe", b"%PDF-1.7", "letter.exe.pdf"),
        ("list.csv", b"a;b\n", "list.csv"),
        ("run.bat", b"echo 1\n", "run.bat.txt"),
        ("budget.ods", ODS, "budget.ods"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0", "photo.jpeg"),
        ("../../a.png", b"\x89PNG\r\n\x1a\n", "a.png"),
        ("letter.pdf", b"MZ\x90\x00\xff\xfe", None),
        ("letter.doc", b"\xd0\xcf\x11\xe0rest", None),
        ("all.zip", b"PK\x03\x04" + b"\0" * 30, None),
    ],
)
def test_only_what_a_program_shows_is_given_to_one_and_under_the_ending_of_its_content(
    name: str, data: bytes, given: str | None
) -> None:
    assert name_to_open(name, data) == given


def test_the_kinds_of_open_documents_are_told_apart() -> None:
    assert media_type_of(ODS) == "application/vnd.oasis.opendocument.spreadsheet"


def test_sizes_are_limited_one_by_one_and_together() -> None:
    refuse_size("a", MOST_BYTES, MOST_TOGETHER - MOST_BYTES)
    with pytest.raises(UserError) as one:
        refuse_size("a", MOST_BYTES + 1, 0)
    assert "100 MB" in one.value.message.key
    with pytest.raises(UserError) as together:
        refuse_size("a", MOST_BYTES, MOST_TOGETHER - MOST_BYTES + 1)
    assert together.value.message.values == {"name": "a", "limit": 450}
    assert attachment_values("nul", b"", "0")["filename"] == "_nul"
