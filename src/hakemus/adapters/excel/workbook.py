"""Writes the planned workbook as an .xlsx file, the same bytes for the same report and day. Texts are written as texts
and nothing else; every formula carries its value.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import fields
from operator import attrgetter
from typing import Any

import xlsxwriter

from hakemus.adapters.excel.book import lay_out
from hakemus.adapters.excel.page_ends import MARGIN_SIDE, MARGIN_TOP
from hakemus.adapters.excel.plan import USUAL_ROW, Book, Painted, Sheet, Style
from hakemus.adapters.excel.swift_sheet import SwiftSheet
from hakemus.adapters.excel.text import footer
from hakemus.report.model import Report
from hakemus.usecases import collecting

PROGRAM = "hakemus"
_A4 = 9
_OPTIONS: dict[str, object] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "d.m.yyyy",
}
_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
}
"""What a person may do on a protected sheet beside filling its free cells."""


def render_xlsx(report: Report, made_on: datetime.date) -> bytes:
    """The workbook of a report. `made_on` is the only date that reaches the file's properties."""
    with collecting.put_off():
        return write_book(lay_out(report), made_on)


def write_book(book: Book, made_on: datetime.date) -> bytes:
    """The file of a planned workbook."""
    target = io.BytesIO()
    file = xlsxwriter.Workbook(target, _OPTIONS)
    file.set_properties(
        {
            "title": book.title,
            "subject": book.subject,
            "author": PROGRAM,
            "created": datetime.datetime.combine(made_on, datetime.time(), datetime.UTC),
        }
    )
    looks = _Looks(file)
    for sheet in book.sheets:
        _write_sheet(file, sheet, book, looks)
    for name, place in book.names:
        file.define_name(name, f"={place}")
    file.close()
    return target.getvalue()


class _Looks:
    """Formats of the file, one for each style in use."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.made: dict[tuple[Any, ...], Any] = {}
        self.grounds: dict[str, Any] = {}

    def ground(self, colour: str) -> Any:
        """The look that a condition gives."""
        if colour not in self.grounds:
            self.grounds[colour] = self.file.add_format({"bg_color": colour})
        return self.grounds[colour]

    def of(self, style: Style) -> Any:
        values = _VALUES(style)
        found = self.made.get(values)
        if found is None:
            found = self.made[values] = self.file.add_format(_properties(style))
        return found


_VALUES = attrgetter(*(entry.name for entry in fields(Style)))


def _properties(style: Style) -> dict[str, object]:
    made: dict[str, object] = {
        "font_size": style.size,
        "font_color": style.colour,
        "valign": "top" if style.upper else "vcenter",
    }
    flags = {"bold": style.bold, "text_wrap": style.wrap, "quote_prefix": style.literal}
    made.update({name: True for name, wanted in flags.items() if wanted})
    if style.ground:
        made.update(bg_color=style.ground)
    for side, width in (("top", style.top), ("bottom", style.bottom)):
        if width:
            made.update({side: width, f"{side}_color": style.rule})
    if style.right:
        made.update(align="right")
    elif style.middle:
        made.update(align="center")
    else:
        made.update(align="left")
    if style.indent:
        made.update(indent=1)
    if style.turned:
        made.update(rotation=90)
    if style.number:
        made.update(num_format=style.number)
    if style.free:
        made.update(locked=False)
    return made


def _write_sheet(file: Any, sheet: Sheet, book: Book, looks: _Looks) -> None:
    target = file.add_worksheet(sheet.name, SwiftSheet)
    target.measure(sheet.last_row, sheet.last_col)
    target.place(sheet.cells, looks.of)
    for area in sheet.merges:
        target.join(area, looks.of(sheet.cells[area[0], area[1]].style))
    for col, width in sorted(sheet.fixed.items()):
        target.set_column(col, col, width)
    if sheet.hidden_column is not None:
        target.set_column(sheet.hidden_column, sheet.hidden_column, 12, None, {"hidden": True})
    for row, height in sorted(sheet.heights.items()):
        target.set_row(row, height)
    for painted in sheet.painted:
        _paint(target, painted, looks)
    for each in sheet.validated:
        how = {"validate": "list", "source": f"={each.source}", "error_type": "stop" if each.strict else "warning"}
        how["error_message"] = each.words
        target.data_validation(*each.first, *each.last, how)
    if sheet.protected:
        target.protect("", _ALLOWED)
    if sheet.machine:
        # Without a print area: a spreadsheet program may print a hidden sheet that has one.
        target.very_hidden()
        return
    _set_up_page(target, sheet, book)


def _paint(target: Any, painted: Painted, looks: _Looks) -> None:
    how = {"type": "formula", "criteria": painted.condition, "format": looks.ground(painted.colour)}
    target.conditional_format(*painted.first, *painted.last, how)


def _set_up_page(target: Any, sheet: Sheet, book: Book) -> None:
    target.hide_gridlines(2)
    target.set_default_row(USUAL_ROW)
    target.set_paper(_A4)
    if sheet.landscape:
        target.set_landscape()
    target.set_margins(MARGIN_SIDE, MARGIN_SIDE, MARGIN_TOP, MARGIN_TOP)
    target.fit_to_pages(1, int(sheet.one_page))
    if sheet.breaks:
        target.set_h_pagebreaks(sheet.breaks)
    if sheet.repeated is not None:
        target.repeat_rows(*sheet.repeated)
    if sheet.frozen is not None:
        target.freeze_panes(*sheet.frozen)
    last_col = sheet.last_col
    if sheet.hidden_column is not None and last_col == sheet.hidden_column:
        last_col -= 1
    target.print_area(0, 0, sheet.last_row, last_col)
    target.set_selection(0, 0, 0, 0)
    if book.mark:
        target.set_header(f'&R&"Calibri,Bold"{footer(book.mark)}')
    pages = footer(book.page_words).replace("{page}", "&P").replace("{pages}", "&N")
    target.set_footer(f"&L{footer(book.foot)}&C{footer(sheet.name)}&R{pages}")
