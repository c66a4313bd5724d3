"""The stored values of a sheet that somebody else wrote, up to a bearable size."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from hakemus.usecases.cell_values import Value

MOST_ROWS = 20_000
MOST_COLUMNS = 60

Grid = dict[int, dict[int, Value]]
"""Values by row and column, both from zero."""


@contextmanager
def quietly() -> Iterator[None]:
    """Without the library's warnings of what it does not support: only values are read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def grid_of(sheet: Any) -> Grid:
    """The values of a sheet opened for reading only."""
    grid: Grid = {}
    with quietly():
        for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
            for cell in row:
                if cell.value is not None:
                    grid.setdefault(cell.row - 1, {})[cell.column - 1] = stored(cell.value)
    return grid


def stored(value: object) -> Value:
    """What the library found in a cell; numbers are exact decimals of what is stored."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        # The shortest decimal that gives the stored binary number back is what was written.
        number = Decimal(repr(value))
        return number if number.is_finite() else str(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else str(value)
