"""Whether a file that somebody sent is a workbook that may be read: refused in one sentence where it is not. Looks at
the package alone and opens no sheet, so that a hostile file costs neither time nor memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from hakemus.domain.messages import Message, msg
from hakemus.usecases.errors import NotOurs, UserError

MOST_BYTES = 20_000_000
MOST_MEMBERS = 2_000
MOST_UNPACKED = 64_000_000
MOST_SHARED = 24_000_000
"""Unpacked bytes of the table of texts, which is read whole."""
MOST_SHEET = 12_000_000
"""Unpacked bytes of one sheet: some tens of thousands of full rows."""
MOST_OTHER = 6_000_000
"""Unpacked bytes of any other part that is read: looks, names, lists of parts."""
MOST_TEXTS = 250_000
MOST_LISTED = 60_000
"""Elements of any other part: the format allows 65 490 looks, and no budget has a tenth of that."""
MOST_SHEETS = 1_000
_MOST_RATIO = 400
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*<(?:[A-Za-z_][\w.-]*:)?(\w+)", re.DOTALL)
_WIDE = frozenset({b"\xff\xfe", b"\xfe\xff", b"\0<"})
"""How a part in UTF-16 begins."""
_LISTED_SHEET = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sheet\s")
_SHEETS = frozenset({b"worksheet", b"chartsheet", b"dialogsheet"})


def check_package(data: bytes) -> None:
    """`UserError` unless the bytes are a plain .xlsx of bearable size without macros and links to other files."""
    if len(data) > MOST_BYTES:
        raise UserError(msg("The workbook is larger than {most} MB. It was not read.", most=str(MOST_BYTES // 10**6)))
    if data.startswith(_OLD):
        raise UserError(_old_or_locked(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_members(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        zipfile.LargeZipFile,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
    ) as error:
        raise NotOurs(
            msg("The file is not a whole Excel workbook (.xlsx). Ask for it again, saved as an Excel workbook.")
        ) from error


def _old_or_locked(data: bytes) -> Message:
    """The old format's container holds .xls files and encrypted .xlsx files."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return msg("The workbook is locked with a password. Take the password off and save it again.")
    return msg("The workbook is in the old .xls form. Save it as an Excel workbook (.xlsx).")


def _check_members(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = [member.filename.lower().lstrip("/") for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise UserError(msg("The workbook is locked with a password. Take the password off and save it again."))
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    shared = sum(member.file_size for member in members if "sharedstrings" in member.filename.lower())
    widest = max((member.file_size for member in members if "worksheets/" in member.filename.lower()), default=0)
    swollen = unpacked > 10**6 and unpacked > _MOST_RATIO * max(packed, 1)
    if (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or shared > MOST_SHARED
        or widest > MOST_SHEET
        or swollen
    ):
        raise UserError(msg("The workbook is far larger inside than a budget can be. It was not read."))
    if "mimetype" in names and "content.xml" in names:
        raise UserError(msg("The file is an OpenDocument spreadsheet. Save it as an Excel workbook (.xlsx)."))
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names or len(set(names)) != len(names):
        raise NotOurs(
            msg("The file is not a whole Excel workbook (.xlsx). Ask for it again, saved as an Excel workbook.")
        )
    types = package.read(next(member for member in members if member.filename.lower().endswith("content_types].xml")))
    if any("vbaproject" in name or "/macrosheets/" in name for name in names) or b"macroEnabled" in types:
        raise UserError(msg("The workbook has macros. Save it as an Excel workbook without macros (.xlsx)."))
    if any(name.startswith(("xl/externallinks/", "xl/connections")) for name in names):
        raise UserError(
            msg("The workbook has links to other files or programs. Break the links in the spreadsheet and save again.")
        )
    for member in members:
        part = package.read(member)
        named = member.filename.lower().endswith((".xml", ".rels"))
        if named or part.lstrip()[:1] == b"<" or part[:2] in _WIDE:
            _check_part(part)


def _check_part(part: bytes) -> None:
    """What a part is goes by its first element: any part can stand under any name."""
    found = _ROOT.match(part)
    root = found[1] if found else b""
    # a zero byte is a sign of UTF-16, in which nothing would be recognised here
    if b"\0" in part[:4] or part[:2] in _WIDE or _DOCTYPE.search(part):
        raise NotOurs(msg("The workbook has parts that no spreadsheet program writes. It was not read."))
    if root in _SHEETS:
        fits = len(part) <= MOST_SHEET
    elif root == b"sst":
        fits = part.count(b"<si") + part.count(b":si") <= MOST_TEXTS
    else:
        fits = (
            len(part) <= MOST_OTHER
            and part.count(b"<") <= 2 * MOST_LISTED
            and len(_LISTED_SHEET.findall(part)) <= MOST_SHEETS
        )
    if not fits:
        raise UserError(msg("The workbook is far larger inside than a budget can be. It was not read."))
