"""Values of an application as typed cells of the report."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hakemus.domain.money import Money
from hakemus.i18n.catalog import Catalog
from hakemus.report.model import Cell, DateCell, EmptyCell, FlagCell, MoneyCell, NumberCell, TextCell


def cell_of(value: Any, catalog: Catalog) -> Cell:
    """The cell of a value by its type."""
    if value is None or value == "" or value == ():
        return EmptyCell()
    if isinstance(value, Money):
        return MoneyCell(value)
    if isinstance(value, bool):
        return FlagCell(value, catalog.text("Yes") if value else catalog.text("No"))
    if isinstance(value, datetime.date):
        return DateCell(value)
    if isinstance(value, (Decimal, int)):
        return NumberCell(Decimal(value))
    if isinstance(value, tuple):
        return TextCell(", ".join(str(item) for item in value))
    return TextCell(str(value))
