"""Applications, reports and texts for the workbook's tests, and an independent reading of the package."""

from __future__ import annotations

import datetime
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.catalogues import read_messages
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.draft import Document
from hakemus.i18n.catalog import Catalog
from hakemus.report.build import build
from hakemus.report.model import Copy, Report
from hakemus.usecases.calls import call_of, definition_of
from hakemus.usecases.checking import check
from hakemus.usecases.drafts import application_from_data, new_document
from hakemus.usecases.workbook_report import with_watch

DAY = datetime.date(2018, 12, 3)
LANGUAGES = ("fi", "sv", "en")
CALLS = ("avi-kirjastot-2018", "avi-kirjastot-2015", "oph-erityisavustus-2026")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile("_x([0-9a-fA-F]{4})_")


@cache
def _definition(call: str) -> Mapping[str, Any]:
    return definition_of(CallFiles(resources_root()), call)


@cache
def catalog(language: str) -> Catalog:
    return Catalog(language, {} if language == "en" else read_messages(resources_root(), language))


def document(data: Mapping[str, Any], call: str = CALLS[0], pending: Mapping[str, str] | None = None) -> Document:
    draw = random.Random(7).randrange
    application, _ = application_from_data(data, draw)
    made = new_document(_definition(call), "3f2a9c1e-0000-4000-8000-000000000000", "fi", application)
    if pending:
        made = made.model_copy(update={"draft": made.draft.model_copy(update={"pending": dict(pending)})})
    return made


def report_of(made: Document, language: str = "fi", second: str = "", copy: Copy = Copy.DRAFT) -> Report:
    call = call_of(made.draft)
    judged = check(made.draft, call, DAY)
    report = build(
        made,
        call,
        judged.figures,
        ready=False,
        catalog=catalog(language),
        second=catalog(second) if second else None,
        copy=copy,
        made_on=DAY,
        columns=True,
    )
    return with_watch(report, judged, catalog(language))


def example() -> dict[str, Any]:
    """The application that ships with the program."""
    path = Path(resources_root()) / "examples" / "pop-up-kirjasto.json"
    plain: dict[str, Any] = json.loads(path.read_text("utf-8"))["application"]
    return plain


def invented(seed: int) -> dict[str, Any]:
    """An application with random sums: half cents, taxes, refused money, none at all."""
    chance = random.Random(seed)
    categories = ("personnel", "services", "materials", "equipment", "rents", "travel", "other")

    def money(most: int) -> str:
        cents = chance.choice((0, 1, chance.randrange(most), chance.randrange(100), most))
        return f"{cents // 100}.{cents % 100:02d}"

    lines = []
    for at in range(chance.choice((0, 1, 3, 12, 30))):
        line: dict[str, Any] = {"id": f"k{at}", "description": f"Kulu {at}", "category": chance.choice(categories)}
        if chance.random() < 0.8:
            quantity = chance.choice(("1", "0.5", "2.25", "0.333333", "17", "0.005", str(chance.randrange(1, 5000))))
            line |= {"quantity": quantity, "unit": "kpl", "unit_price": money(2_000_000)}
        elif chance.random() < 0.8:
            line["amount"] = money(99_999_999)
        if chance.random() < 0.5:
            line["vat_percent"] = chance.choice(("24", "25.5", "10", "14", "0"))
            line["vat_included"] = chance.random() < 0.5
        if chance.random() < 0.7:
            line["year"] = chance.choice((2018, 2019, 2020))
        if chance.random() < 0.5:
            line["account"] = chance.choice(("4340", "4500", " 4340", "Tili a", "tili A", "x*", ">0"))
        if chance.random() < 0.4:
            line["payer"] = chance.choice(("p1", "p2", "p3", "gone"))
        lines.append(line)
    people = [
        {
            **({"year": 2019} if chance.random() < 0.5 else {}),
            **({"payer": "p1"} if chance.random() < 0.5 else {}),
            **({"holiday_percent": chance.choice(("4", "12.5"))} if chance.random() < 0.5 else {}),
            "id": f"h{at}",
            "title": f"Tekijä {at}",
            "months": str(chance.randrange(1, 24)),
            "monthly_pay": money(500_000),
            "time_percent": chance.choice(("50", "33.3", "100")),
            "side_cost_percent": "24.5",
            "category": "personnel",
        }
        for at in range(chance.randrange(3))
    ]
    own = [
        {
            "id": f"o{at}",
            "kind": chance.choice(("appropriation", "work", "in_kind")),
            "description": f"Oma {at}",
            "amount": money(900_000),
        }
        for at in range(chance.randrange(4))
    ]
    other = [
        {
            "id": f"m{at}",
            "source": f"Muu {at}",
            "status": chance.choice(("planned", "confirmed", "refused")),
            "amount": money(400_000),
        }
        for at in range(chance.randrange(4))
    ]
    income = [
        {"id": f"t{at}", "description": f"Tulo {at}", "amount": money(90_000)} for at in range(chance.randrange(3))
    ]
    first = datetime.date(2019, 1, 1)
    activities = []
    for at in range(chance.randrange(6)):
        starts = first + datetime.timedelta(days=chance.randrange(1500))
        ends = starts + datetime.timedelta(days=chance.choice((0, 20, 400)))
        activities.append(
            {
                "id": f"a{at}",
                "title": f"Työ {at}",
                "starts_on": starts.isoformat(),
                "ends_on": ends.isoformat(),
                "milestone": starts == ends,
            }
        )
    return {
        "applicant": {"organisation": "Esimerkkilä", "vat": chance.choice(("recovers", "bears"))},
        "project": {"title": f"Hanke {seed}"},
        "activities": activities,
        "partners": [
            {"id": "p1", "name": "Naapurikunta"},
            {"id": "p2", "name": chance.choice(("naapurikunta", "=1+1", ">0", "*", "Hakija"))},
            {"id": "p3"},
        ],
        "budget": {"lines": lines, "people": people},
        "funding": {"grant": money(3_000_000), "own": own, "other": other, "income": income},
    }


BASIC_TEXTS = (
    "=1+1", "=1+1+cmd|' /C calc'!A0", "+1", "-1", "@x", "#N/A", "#REF!", "<b>", "&", "</para>", "&amp;", "]]>",
    "\ufffe", "\uffff", "\ud800", "\udfff x", "\x00", "a\x00b", "\x0b\x0c", "\x1b[31m", "😀",
    "👩‍👩‍👧‍👦", "Čáhppesváiđi ŋuvvá žuŋ",
    "http://esimerkki.fi/", "mailto:a@esimerkki.fi", "internal:'A'!A1", "external:c:\\x", "_x000D_", "_x0041_",
    "_x005F_x0041_", "_x0041__x0042_", "_X0041_", "TRUE", "FALSE", "TOSI", "1E5", "1e309", "NaN", "inf", "1 234,50",
    "2019-05-02", "2.5.2019", "12:30", "50 %", " edessä", "perässä ", "  ", "rivi\nvaihto", "\n", "\t", "sarkain\tja",
    "'heittomerkki", '"lainaus"', '=HYPERLINK("http://esimerkki.fi")', "{=SUM(A1)}", "<r>raaka</r>",
    "<r><t>x</t></r>", "<r></r>", "<r>_x0041_</r>", "<r>_x0041__x0042_ &amp;</r>", "<si>", "<!--", "<![CDATA[x]]>",
    "<?xml version='1.0'?>", "]]", "%s%n", "{0}", "&P&N", "&&", "[1]", "Taul1!A1", "R1C1", "ä" * 300, "a" * 255,
    "a" * 256, "\u202eoikealta", "\u200b", "\u00a0", "\u2028", "\U0001fffe", "\U0010ffff", "½", "−5", "–", "ﬀ",
)  # fmt: skip
LONG_TEXTS = ("pitkä " * 6_700, "x" * 40_000, "😀" * 20_000, ("rivi " * 12 + "\n") * 700)


def hostile_texts() -> tuple[str, ...]:
    """About three hundred texts that have gone wrong somewhere."""
    joined = [f"{first}{second}" for first in ("=", "+", "<", "_x000A_") for second in BASIC_TEXTS[:60]]
    return tuple(dict.fromkeys((*BASIC_TEXTS, *joined)))


@dataclass(frozen=True)
class SeenCell:
    """A cell as the package has it: its type, its text or number as stored, its formula."""

    kind: str
    stored: str
    formula: str | None
    style: int


@dataclass(frozen=True)
class SeenSheet:
    name: str
    xml: ElementTree.Element
    cells: Mapping[str, SeenCell]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def sheet_file(data: bytes, report: Report, key: str) -> str:
    """The part of the package that holds a sheet, by its key in the report's words."""
    names = [sheet.name for sheet in sheets(data)]
    return f"xl/worksheets/sheet{names.index(report.words[f'sheet.{key}']) + 1}.xml"


def sheet_of(data: bytes, report: Report, key: str) -> SeenSheet:
    """A sheet by its key in the report's words."""
    return next(sheet for sheet in sheets(data) if sheet.name == report.words[f"sheet.{key}"])


def unescaped(text: str) -> str:
    """A string of the format as a program shows it (ECMA-376, ST_Xstring)."""
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def shared_strings(members: Mapping[str, bytes]) -> list[str]:
    root = ElementTree.fromstring(members["xl/sharedStrings.xml"])
    return ["".join(unescaped(part.text or "") for part in item.iter(f"{MAIN}t")) for item in root.iter(f"{MAIN}si")]


def sheets(data: bytes) -> Iterator[SeenSheet]:
    """Every sheet of a package, read without any library for workbooks."""
    members = parts(data)
    strings = shared_strings(members)
    book = ElementTree.fromstring(members["xl/workbook.xml"])
    for number, entry in enumerate(book.iter(f"{MAIN}sheet"), 1):
        root = ElementTree.fromstring(members[f"xl/worksheets/sheet{number}.xml"])
        cells = {}
        for cell in root.iter(f"{MAIN}c"):
            value, formula = cell.find(f"{MAIN}v"), cell.find(f"{MAIN}f")
            if value is None and formula is None:
                continue
            stored = (value.text or "") if value is not None else ""
            kind = cell.get("t", "n")
            if kind == "s":
                stored = strings[int(stored)]
            text = None if formula is None else (formula.text or "")
            cells[cell.get("r", "")] = SeenCell(kind, stored, text, int(cell.get("s", "0")))
        yield SeenSheet(entry.get("name", ""), root, cells)
