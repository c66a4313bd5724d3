"""What a paper carries inside: the application that it was made from, given back as bytes."""

from __future__ import annotations

from ctypes import byref, c_ulong
from typing import Any

import pypdfium2

from hakemus.adapters.pdf.pages import LOCK

NAME = "document.json"
MOST_BYTES = 32_000_000


def carried(pdf: bytes) -> bytes | None:
    """The bytes of the application inside a paper; None where there is none. ValueError where the bytes are no PDF."""
    with LOCK:
        return _carried(pdf)


def _carried(pdf: bytes) -> bytes | None:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise ValueError("not a PDF, or one with a password") from None
    try:
        for at in range(min(document.count_attachments(), 100)):
            found = document.get_attachment(at)
            if found.get_name() == NAME:
                return bytes(found.get_data()) if _size(found) <= MOST_BYTES else None
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return None


def _size(found: Any) -> int:
    """The bytes of a file inside, unpacked, before they are copied out."""
    size = c_ulong()
    return size.value if pypdfium2.raw.FPDFAttachment_GetFile(found, None, 0, byref(size)) else 0
