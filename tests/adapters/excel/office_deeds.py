"""Run by a Python that knows LibreOffice (`uno`): opens, changes and saves workbooks as its first argument tells.

The argument is a JSON file: a list of `[path in, path out, deeds]`; the second is the name of the office's pipe.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]


def connected(pipe: str) -> Any:
    """The office's desktop, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            threading.Event().wait(0.2)  # nothing tells when an office program has opened its pipe
    raise SystemExit("the office program does not answer")


def told(name: str, value: object) -> Any:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def do(book: Any, deed: list[Any]) -> None:
    kind, sheet, *rest = deed
    sheet = book.Sheets.getByName(sheet)
    if sheet.isProtected():
        sheet.unprotect("")
    if kind == "text":
        sheet.getCellByPosition(rest[1], rest[0]).setString(rest[2])
    elif kind == "number":
        sheet.getCellByPosition(rest[1], rest[0]).setValue(float(rest[2]))
    elif kind == "insert":
        sheet.Rows.insertByIndex(rest[0], rest[1])
    elif kind == "delete":
        sheet.Rows.removeByIndex(rest[0], rest[1])
    elif kind == "sort":
        first, last, last_col, column, upward = rest
        field = TableSortField()
        field.Field, field.IsAscending = column, bool(upward)
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        area = sheet.getCellRangeByPosition(0, first, last_col, last)
        uno.invoke(area, "sort", ((told("SortFields", fields), told("ContainsHeader", value=False)),))
    else:
        raise SystemExit(f"no such deed: {kind}")


def main() -> None:
    desktop = connected(sys.argv[2])
    try:
        for path, back, deeds in json.loads(Path(sys.argv[1]).read_text("utf-8")):
            book = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (told("Hidden", value=True),))
            for deed in deeds:
                do(book, deed)
            book.calculateAll()
            book.storeToURL(Path(back).as_uri(), (told("FilterName", "Calc MS Excel 2007 XML"),))
            book.close(True)  # noqa: FBT003  # the office takes no names
    finally:
        desktop.terminate()


main()
