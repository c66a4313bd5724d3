"""The limits of the file format, in one place for reader and writer (1 MB is 1 000 000 bytes)."""

from __future__ import annotations

MEDIA_TYPE = b"application/vnd.hakemus+zip"
FORMAT_NAME = "hakemus"
MAJOR = 1
MINOR = 0

MAX_MEMBERS = 1_000
MAX_DOCUMENT = 32_000_000
MAX_MEMBER = 100_000_000
MAX_TOTAL = 500_000_000
MAX_FILE = MAX_TOTAL + 1_000_000
"""Members, and room for the headers of a thousand of them; a longer file is refused before it is read."""
MAX_NAME = 200
MAX_DEPTH = 64
MAX_INTEGER_DIGITS = 18
MAX_PARTS = 1_000_000
"""Commas and opening brackets outside the texts of the document, which is one for each value and each list or object.

A value costs many times its bytes in memory, so the document's size alone does not bound what opening it takes. A
budget of 2 000 rows has 40 000 of them.
"""
