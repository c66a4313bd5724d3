"""A thousand texts that have gone wrong somewhere, in every field of text: they come out as text and nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import pytest
from workbook_cases import BASIC_TEXTS, DAY, LONG_TEXTS, MAIN, document, hostile_texts, report_of, sheets

from hakemus.adapters.excel.back import read_returned
from hakemus.adapters.excel.reader import verify
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.fields import Kind
from hakemus.domain.text import clean
from hakemus.i18n.field_names import NAMES
from hakemus.usecases.offering import offered
from hakemus.usecases.typed import kind_of

FUNCTION = re.compile(r"[A-Z]+(?=\()")
OURS = {"ROUND", "ROUNDUP", "ROUNDDOWN", "SUM", "SUMIF", "SUMPRODUCT", "IF", "MAX", "ABS"}
WORDS = re.compile(r'"[^"]*"')
SHEETS = re.compile(r"'(?:[^']|'')*'!")
ROWS = 100
FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))


def thousand() -> tuple[str, ...]:
    """The hostile texts, and each of the worst behind what a spreadsheet looks for first."""
    heads = ["", "=", "+", "-", "@", "'", '"', "\t=", "\n=", " =", "_x000D_=", "{=", "<", "&#61;", "\ufeff=", "%3D="]
    more = [f"{head}{text}" for text in BASIC_TEXTS for head in heads]
    return tuple(dict.fromkeys((*hostile_texts(), *more)))[:1000]


def fields() -> list[str]:
    """The address of every field of text that an application has."""
    parts = ("applicant.", "project.", "goals", "activities", "partners", "team", "budget.", "funding.")
    found = [path for path in NAMES if path.startswith(parts) and "." in path]
    return [path for path in found if kind_of(path.replace("[]", "[x]")) is Kind.TEXT]


def application(texts: Sequence[str]) -> dict[str, Any]:
    """An application with a row for every text in each table, and in every field of text one of them."""
    made: dict[str, Any] = {}
    turn = count()
    for path in fields():
        *tables, name = path.replace("goals[].indicators[]", "indicators[]").split(".")
        node = made
        for piece in tables:
            if piece.endswith("[]"):
                rows = node.setdefault(piece[:-2], [{"id": f"r{number}"} for number in range(len(texts))])
                for number, row in enumerate(rows):
                    row[name] = texts[number]
                break
            node = node.setdefault(piece, {})
        else:
            node[name] = texts[next(turn) % len(texts)]
    for goal, indicator in zip(made["goals"], made.pop("indicators"), strict=True):
        goal["indicators"] = [indicator]
    for number, line in enumerate(made["budget"]["lines"]):
        line |= {"amount": "10.00", "payer": f"r{number}"}
    for person in made["budget"]["people"]:
        person |= {"months": "1", "monthly_pay": "2000.00"}
    made["funding"] |= {"grant": "1000.00"}
    return made


def check(texts: Sequence[str]) -> int:
    """Each text stands in the workbook as text and nothing else; how many cells of text were looked at."""
    made = document(application(texts))
    report = report_of(made, "fi")
    data = render_xlsx(report, DAY)
    assert verify(report, data) == []
    seen: set[str] = set()
    cells = 0
    for sheet in sheets(data):
        assert not list(sheet.xml.iter(f"{MAIN}hyperlink"))
        for cell in sheet.cells.values():
            assert cell.kind in ("s", "n") or (cell.kind == "str" and cell.formula), cell
            if cell.kind == "s":
                seen.add(cell.stored)
                cells += 1
            if cell.formula is not None:
                plain = WORDS.sub("", SHEETS.sub("", cell.formula))
                assert set(FUNCTION.findall(plain)) <= OURS, cell.formula
                assert re.fullmatch(r"[A-Z0-9$:,.()<>=+*/ -]*", plain), cell.formula
    lost = {clean(text).text for text in texts if clean(text).text.strip()} - seen  # white space alone says nothing
    assert not lost
    assert offered(made, read_returned(data), lambda below: below // 2).offers == ()
    return cells


@pytest.mark.parametrize("first", range(0, 1000, ROWS))
def test_a_thousand_hostile_texts_stay_text_in_every_field_of_a_row(first: int, figure: Callable[..., None]) -> None:
    texts = thousand()
    assert len(texts) == 1000
    cells = check(texts[first : first + ROWS])
    figure("hostile-texts", "rows: {texts} texts, {cells} cells, each a string", "a", texts=ROWS, cells=cells)


@pytest.mark.parametrize("first", range(1000 if FULL else 20))
def test_a_thousand_hostile_texts_stay_text_in_every_single_field(first: int, figure: Callable[..., None]) -> None:
    texts = thousand()
    cells = check([texts[first if FULL else first * 49]])
    figure(
        "hostile-texts", "all fields at once: {texts} texts, {cells} cells, each a string", "b", texts=1, cells=cells
    )


@pytest.mark.parametrize("text", LONG_TEXTS, ids=("words", "one word", "emoji", "lines"))
def test_too_long_a_text_is_carried_on_in_every_field_and_that_is_said(text: str) -> None:
    made = document(application([text]))
    report = report_of(made)
    data = render_xlsx(report, DAY)
    assert verify(report, data) == []
    carried = report.words["carried"]
    for sheet in sheets(data):
        long = [cell for cell in sheet.cells.values() if cell.kind == "s" and len(cell.stored) > 15_000]
        said = [cell for cell in sheet.cells.values() if cell.kind == "s" and carried in cell.stored]
        assert bool(long) is bool(said), sheet.name
