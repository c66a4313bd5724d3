"""The cells of a report as values and looks of a workbook."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from hakemus.adapters.excel.plan import DATE_FORMAT, INK_SECOND, MONEY_FORMAT, WARN, Content, Style, styled
from hakemus.report import model

_SHOWN = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)


def contents(cell: model.Cell, style: Style) -> list[tuple[Content, Style]]:
    """A cell of the report as values with looks; a period gives two."""
    match cell:
        case model.MoneyCell(amount):
            return [(amount, styled(style, right=True, indent=False, number=MONEY_FORMAT))]
        case model.NumberCell(number, percent):
            return [_number(number, percent, style)]
        case model.ShownCell(text):
            return [_shown(text, style)]
        case model.DateCell(day):
            return [(day, styled(style, right=True, indent=False, number=DATE_FORMAT))]
        case model.PeriodCell(starts, ends):
            look = styled(style, right=True, indent=False, number=DATE_FORMAT)
            return [(starts, look), (ends, look)]
        case model.EmptyCell(text):
            return [(text or None, styled(style, colour=INK_SECOND))]
        case model.PendingCell(text, note):
            return [(f"{text} ({note})" if note else text, styled(style, colour=WARN))]
        case model.FlagCell(_, text):
            return [(text, style)]
        case model.TextCell(text, strong):
            return [(text, styled(style, bold=style.bold or strong))]


def text_of(cell: model.Cell) -> str:
    return cell.text if isinstance(cell, model.TextCell | model.PendingCell | model.EmptyCell | model.FlagCell) else ""


def _number(number: Decimal, percent: bool, style: Style) -> tuple[Content, Style]:
    decimals = _decimals(number)
    if percent:
        return number.scaleb(-2), styled(style, right=True, indent=False, number=percent_format(decimals))
    digits = len(number.as_tuple().digits)
    shape = "General" if digits <= 9 else "0" + ("." + "0" * decimals if decimals else "")
    return number, styled(style, right=True, indent=False, number=shape)


def _shown(text: str, style: Style) -> tuple[Content, Style]:
    if not _SHOWN.fullmatch(text):
        return text, styled(style, right=True, indent=False)
    return shown_value(text), styled(style, right=True, indent=False, number=percent_format(2))


def shown_value(text: str) -> Decimal | None:
    """`83.33` as the number a percent format shows so; nothing where it is no such figure."""
    try:
        return Decimal(text).scaleb(-2) if _SHOWN.fullmatch(text) else None
    except InvalidOperation:
        return None


def money_format(sign: str) -> str:
    """Sums with the currency's sign, for places without a head that names it."""
    sign = sign.replace('"', "")
    return f'{MONEY_FORMAT} "{sign}"' if sign else MONEY_FORMAT


def percent_format(decimals: int) -> str:
    """A percentage with a space before its sign."""
    return "0" + ("." + "0" * decimals if decimals else "") + " %"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
