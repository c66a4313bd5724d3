"""A paper is read back after it was made: every sum of the application stands in its text; one that is lost is told."""

from __future__ import annotations

import dataclasses
import random

import pytest

from fakes.ports import Clock, catalog, document
from hakemus.adapters.pdf.render import PdfRenderer
from hakemus.adapters.pdf.verifying import sums_of, verify
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.money import Money
from hakemus.report.build import build
from hakemus.report.model import Copy, MoneyCell, Report, Table
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check

RENDER = PdfRenderer(resources_root() / "fonts", "hakemus")


def report_of(seed: int, language: str, copy: Copy = Copy.DRAFT) -> Report:
    chance = random.Random(seed)

    def money(most: int) -> str:
        cents = chance.choice((0, 1, chance.randrange(most), most, -chance.randrange(1, most)))
        return f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02d}"

    lines = [
        {
            "id": f"k{at}",
            "category": chance.choice(("services", "travel")),
            "description": f"Kulu {at}",
            "quantity": "2",
        }
        | {"unit_price": money(10 ** chance.randrange(2, 13))}
        for at in range(chance.choice((0, 3, 40)))
    ]
    own = [{"id": "o1", "kind": "appropriation", "amount": money(900_000)}, {"id": "o2", "amount": money(9_000_000)}]
    income = [{"id": "t1", "description": "Tulo", "amount": money(90_000)}]
    data = {"budget": {"lines": lines}, "funding": {"grant": money(3_000_000), "own": own, "income": income}}
    made = document(data)
    call = call_of(made.draft)
    judged = check(made.draft, call, Clock().today())
    second = catalog("sv") if seed % 2 else None
    day, words = Clock().today(), catalog(language)
    return build(made, call, judged.figures, ready=False, catalog=words, second=second, copy=copy, made_on=day)


@pytest.mark.parametrize("seed", range(9))
def test_every_sum_stands_in_the_text_of_the_paper(seed: int) -> None:
    report = report_of(seed, ("fi", "sv", "en")[seed % 3], list(Copy)[seed % 6])
    assert verify(report, RENDER(report, Clock().today(), b"")) == []


def test_a_sum_that_is_lost_is_told() -> None:
    report = report_of(1, "fi")
    data = RENDER(report, Clock().today(), b"")

    def other(block: object) -> object:
        if not isinstance(block, Table) or block.key != "funding":
            return block
        first = block.rows[0]
        cells = tuple(MoneyCell(Money(123_456_78)) if isinstance(cell, MoneyCell) else cell for cell in first.cells)
        return dataclasses.replace(block, rows=(dataclasses.replace(first, cells=cells), *block.rows[1:]))

    sections = tuple(
        dataclasses.replace(section, blocks=tuple(other(block) for block in section.blocks))  # type: ignore[misc]
        for section in report.sections
    )
    assert verify(dataclasses.replace(report, sections=sections), data) == ["123456,78"]
    assert len(verify(report, b"no paper")) == len({str(amount) for amount in sums_of(report)})
