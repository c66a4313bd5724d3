"""What the workbook costs the processor, beside XlsxWriter writing the same bare cells without looks in one run."""

from __future__ import annotations

import datetime
import io
import json
import random
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

DAY = datetime.date(2018, 12, 3)
SIZES = (200, 2000)


def measure() -> list[tuple[str, float, str]]:
    """What was measured, its seconds, and a remark: the example, then budgets of many lines."""
    from hakemus.adapters.excel.back import read_returned
    from hakemus.adapters.excel.book import lay_out
    from hakemus.adapters.excel.reader import verify
    from hakemus.adapters.excel.workbook import render_xlsx, write_book

    found: list[tuple[str, float, str]] = []
    for name, data in (("the example", _example()), *((f"{size} lines", _budget(size)) for size in SIZES)):
        report = _report(data)
        xlsx = render_xlsx(report, DAY)
        book = lay_out(report)
        bare, written, whole = _in_turns(
            _bare_writer(report),
            lambda book=book: write_book(book, DAY),
            lambda report=report: render_xlsx(report, DAY),
        )
        found.append((f"writing {name}", written, f"{written / bare:.1f} times bare XlsxWriter"))
        found.append((f"laying out and writing {name}", whole, f"{whole / bare:.1f} times bare XlsxWriter"))
        back = _best(lambda xlsx=xlsx: read_returned(xlsx))
        found.append((f"reading {name} as it came back", back, ""))
        checked = _best(lambda report=report, xlsx=xlsx: verify(report, xlsx))
        found.append((f"reading back and comparing {name}", checked, f"{len(xlsx) // 1024} KiB"))
    return found


def _in_turns(*works: Callable[[], object], times: int = 5) -> list[float]:
    """The best seconds of each, done in turns, so that a busy moment of the machine meets all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for at, work in enumerate(works):
            taken[at].append(_best(work, 1))
    return [min(each) for each in taken]


def _best(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def _bare_writer(report: Any) -> Callable[[], bytes]:
    import xlsxwriter

    from hakemus.adapters.excel.book import lay_out
    from hakemus.domain.money import Money

    plain: list[list[tuple[int, int, Any, str]]] = []
    for sheet in lay_out(report).sheets:
        cells = []
        for (row, col), cell in sorted(sheet.cells.items()):
            value = Decimal(str(cell.content)) if isinstance(cell.content, Money) else cell.content
            if value is not None:
                cells.append((row, col, value, cell.formula))
        plain.append(cells)

    def write() -> bytes:
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        for cells in plain:
            sheet = book.add_worksheet()
            for row, col, value, formula in cells:
                if formula:
                    sheet.write_formula(row, col, formula, None, value)
                elif isinstance(value, str):
                    sheet.write_string(row, col, value)
                elif isinstance(value, datetime.date):
                    sheet.write_datetime(row, col, value)
                else:
                    sheet.write_number(row, col, value)
        book.close()
        return target.getvalue()

    return write


def _example() -> dict[str, Any]:
    from hakemus.adapters.resources.locator import resources_root

    text = (resources_root() / "examples" / "pop-up-kirjasto.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)["application"]
    return data


def _budget(size: int) -> dict[str, Any]:
    categories = ("services", "materials", "equipment", "travel")
    lines = [
        {
            "id": f"k{at}",
            "category": categories[at % 4],
            "description": f"Cost number {at} with a description of the usual length",
            "quantity": "2.5",
            "unit": "kpl",
            "unit_price": f"{at % 997}.{at % 100:02d}",
            "vat_percent": "25.5",
        }
        for at in range(size)
    ]
    return {"project": {"title": "Many lines"}, "budget": {"lines": lines}, "funding": {"grant": "1000.00"}}


def _report(data: dict[str, Any]) -> Any:
    from hakemus.adapters.resources.calls import CallFiles
    from hakemus.adapters.resources.catalogues import read_messages
    from hakemus.adapters.resources.locator import resources_root
    from hakemus.i18n.catalog import Catalog
    from hakemus.report.build import build
    from hakemus.usecases.calls import call_of, definition_of
    from hakemus.usecases.checking import check
    from hakemus.usecases.drafts import application_from_data, new_document
    from hakemus.usecases.workbook_report import with_watch

    application, _ = application_from_data(data, random.Random(7).randrange)
    definition = definition_of(CallFiles(resources_root()), "avi-kirjastot-2018")
    document = new_document(definition, "3f2a9c1e-0000-4000-8000-000000000000", "fi", application)
    call = call_of(document.draft)
    judged = check(document.draft, call, DAY)
    catalog = Catalog("fi", read_messages(resources_root(), "fi"))
    report = build(document, call, judged.figures, ready=False, catalog=catalog, made_on=DAY, columns=True)
    return with_watch(report, judged, catalog)


if __name__ == "__main__":
    for what, seconds, remark in measure():
        print(f"{what:45} {seconds * 1000:9.1f} ms   {remark}")
