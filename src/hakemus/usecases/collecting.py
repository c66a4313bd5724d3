"""Python's hunt for cycles of objects, put off while much is made that holds none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """No hunt meanwhile: a workbook's cells and a paper's lines are made by tens of thousands, and looking through them
    again and again took a third of a workbook's time and a seventh of a long paper's.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
