"""Somebody changes a workbook in LibreOffice itself: exactly those changes are offered, by id, and nothing else."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from office import Deed, changed, needs_hands
from openpyxl import load_workbook
from workbook_cases import DAY, LANGUAGES, document, example, invented, report_of

from hakemus.adapters.excel.back import read_returned
from hakemus.adapters.excel.workbook import render_xlsx
from hakemus.domain.draft import Document
from hakemus.report.model import Choice
from hakemus.usecases.comparing import How
from hakemus.usecases.offering import offered
from hakemus.usecases.taking_over import applied

WHOLE = 500
SAMPLE = 10
TOGETHER = 25
"""Workbooks that one start of the office program changes."""
SAID = (
    "{books} workbooks, {deeds} deeds (cells retyped, sums and dates as text, rows put in, deleted, sorted): exactly "
    "the {changes} changes offered, by id"
)
DESCRIPTION, QUANTITY, PRICE, SUM, CATEGORY = 0, 1, 3, 4, "category"


@dataclass
class Hands:
    """What is done to one workbook, and what has to be offered for it."""

    made: Document
    language: str
    seed: int
    deeds: list[Deed] = field(default_factory=list)
    wanted: set[tuple[str, str]] = field(default_factory=set)
    new: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        report = report_of(self.made, self.language)
        assert report.workbook is not None
        self.choices, self.chance = report.workbook.choices, random.Random(self.seed)
        self.sent = render_xlsx(report, DAY)
        book = load_workbook(io.BytesIO(self.sent), read_only=True)
        self.places: dict[str, tuple[str, int]] = {}
        for sheet in book.worksheets:
            if sheet.title != "_hakemus":
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str) and (cell.value.endswith("]") or cell.value == "funding.grant"):
                            self.places.setdefault(cell.value, (sheet.title, cell.row - 1))
        keys = [column.key for column in report.workbook.costs.columns]
        self.columns = {key: at for at, key in enumerate(keys)}
        self.last_col = len(keys) + 1
        lines = [name for name in self.places if name.startswith("budget.lines[")]
        self.lines = sorted(lines, key=lambda name: -self.places[name][1])

    def put(self, name: str, col: int, value: object, told: str, path: str) -> None:
        sheet, row = self.places[name]
        kind = "text" if isinstance(value, str) else "number"
        self.deeds.append((kind, sheet, row, col, value))
        self.wanted.add((path, told))

    def work(self) -> None:
        """Rows from the last to the first, so that the numbers of those above hold; or changes and then a sort."""
        rows_move = self.chance.random() < 0.5
        for line in self.lines:
            row = next(item for item in self.made.draft.application.budget.lines if f"budget.lines[{item.id}]" == line)
            deed = self.chance.choice(("price", "typed", "words", "year", "category", "payer", "none", "rows"))
            if deed != "rows":
                self.change(line, row, deed)
            elif rows_move:
                self.rows(line)
        if not rows_move:
            self.sort()
        for item in self.made.draft.application.activities:
            name = f"activities[{item.id}]"
            self.put(name, 1, "31.12.2030", "2030-12-31", f"{name}.starts_on")
        for item in self.made.draft.application.funding.income:
            name = f"funding.income[{item.id}]"
            self.put(name, 2, "1 234,50", "1234.50", f"{name}.amount")
        for person in self.made.draft.application.budget.people:
            name = f"budget.people[{person.id}]"
            row = self.person_row(name)
            self.deeds.append(("text", self.people_sheet, row, 3, "4 321,50"))
            self.wanted.add((f"{name}.monthly_pay", "4321.50"))

    def person_row(self, name: str) -> int:
        book = load_workbook(io.BytesIO(self.sent), read_only=True)
        title = report_of(self.made, self.language).words["sheet.people"]
        self.people_sheet = title
        return next(
            row[0].row - 1 for row in book[title].iter_rows() for cell in row if cell.value == name and row[0].row
        )

    def change(self, line: str, row: Any, deed: str) -> None:
        if deed in ("price", "typed"):
            col, key = (PRICE, "unit_price") if row.unit_price is not None else (SUM, "amount")
            value: object = 7_777_777.77 if deed == "price" else "12 345,67"
            self.put(line, col, value, "7777777.77" if deed == "price" else "12345.67", f"{line}.{key}")
        elif deed == "words":
            self.put(line, DESCRIPTION, f"Toinen {self.seed}", f"Toinen {self.seed}", f"{line}.description")
        elif deed == "year":
            value = self.chance.choice((2031, "2031"))
            self.put(line, self.columns["year"], value, "2031", f"{line}.year")
        elif deed in ("category", "payer"):
            now = getattr(row, deed) or ""
            other: Choice = self.chance.choice([item for item in self.choices[deed] if item.id != now])
            self.put(line, self.columns[deed], other.label, other.id or "None", f"{line}.{deed}")

    def rows(self, line: str) -> None:
        sheet, row = self.places[line]
        if self.chance.random() < 0.5:
            self.deeds.append(("delete", sheet, row, 1))
            self.wanted.add((line, "None"))
            return
        words = f"Uusi {len(self.new)}"
        self.deeds += [
            ("insert", sheet, row + 1, 1),
            ("text", sheet, row + 1, DESCRIPTION, words),
            ("text", sheet, row + 1, SUM, "77,50"),
        ]
        self.new.append(words)

    def sort(self) -> None:
        """Each run of lines under one heading, by its words."""
        rows = sorted(self.places[line][1] for line in self.lines)
        runs: list[list[int]] = []
        for row in rows:
            if runs and runs[-1][-1] == row - 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        for run in runs:
            if len(run) > 1:
                sheet = self.places[self.lines[0]][0]
                upward = self.chance.random() < 0.5
                self.deeds.append(("sort", sheet, run[0], run[-1], self.last_col, DESCRIPTION, upward))

    def check(self, data: bytes) -> int:
        """Exactly what was done is offered; how many changes that are."""
        draw = random.Random(3).randrange
        back = offered(self.made, read_returned(data), draw)
        assert back.problems == ()
        added = [item for item in back.offers if item.difference.how is How.ROW_ADDED]
        rest = {
            (item.path, str(item.difference.new)) for item in back.offers if item.difference.how is not How.ROW_ADDED
        }
        assert rest == self.wanted
        assert sorted(item.values["description"] for item in added) == sorted(self.new)
        assert all(str(item.values["amount"]) == "77.50" for item in added)
        after = self.made.model_copy(update={"draft": applied(self.made.draft, back.offers)})
        again = [item for item in offered(after, read_returned(data), draw).offers if item not in added]
        assert {item.difference.how for item in again} <= {How.ROW_ADDED}
        return len(rest) + len(added)


def hands(seed: int) -> Hands:
    made = document(example() if seed % 10 == 9 else invented(seed))
    found = Hands(made, LANGUAGES[seed % 3], seed)
    found.work()
    return found


COUNT = WHOLE if os.environ.get("HAKEMUS_CAMPAIGN") else SAMPLE


@needs_hands
@pytest.mark.parametrize("first", range(0, COUNT, TOGETHER))
def test_exactly_what_somebody_changed_in_the_office_program_is_offered(
    tmp_path: Path, first: int, figure: Callable[..., None]
) -> None:
    all_of_them = {f"b{seed}": hands(seed) for seed in range(first, min(first + TOGETHER, COUNT))}
    back = changed(tmp_path, {name: (each.sent, each.deeds) for name, each in all_of_them.items()})
    changes = sum(each.check(back[name]) for name, each in all_of_them.items())
    deeds = sum(len(each.deeds) for each in all_of_them.values())
    figure("returned", SAID, books=len(all_of_them), deeds=deeds, changes=changes)
