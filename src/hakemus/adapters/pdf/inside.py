"""What a paper carries inside: the application that it was made from, given back as bytes."""

from __future__ import annotations

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
                data = bytes(found.get_data())
                return data if len(data) <= MOST_BYTES else None
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return None
