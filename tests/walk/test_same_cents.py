"""The engine, the screen, the paper and the workbook give the same cents: all four are read and held together."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from person import CONTROL, SHIFT, Key, Person, opening, plain, saving_to, settle

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reckoning"))

from random_budgets import Budgets

from hakemus.cli import main
from hakemus.domain.money import Money

FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
CALLS = ("avi-kirjastot-2018", "oph-erityisavustus-2026")
_FIGURE = re.compile(r"[-−]?\d{1,3}(?: \d{3})*,\d\d(?= €)")


def cents(shown: str) -> int:
    """`1 234,50` as cents; minus as typeset or typed."""
    text = plain(shown).removesuffix("€").strip().replace(" ", "").replace("−", "-")
    whole, _, rest = text.partition(",")
    value = int(whole.lstrip("-")) * 100 + int(rest.ljust(2, "0") or 0)
    return -value if text.startswith("-") else value


def application(seed: int) -> dict[str, Any]:
    """A budget with VAT, people and every kind of money, and no sum below zero."""
    budgets = Budgets(seed)
    while True:
        found = budgets.application()
        text = json.dumps(found)
        if '"-' not in text and len(found["budget"].get("lines", ())) > 1 and "999999999" not in text:
            return found


@pytest.mark.parametrize("seed", range(200 if FULL else 6))
def test_all_four_agree(seed: int, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, data = tmp_path / "a.hakemus", tmp_path / "a.json"
    data.write_text(json.dumps(application(seed)), encoding="utf-8")
    assert main(["new", str(file), "--call", CALLS[seed % 2], "--data", str(data), "--lang", "fi"]) == 0
    person.start("fi")
    with opening(monkeypatch, file):
        person.key(Key.Key_O, CONTROL)
    check = person.session.check
    totals, figures = check.totals, check.figures
    engine = {
        "costs": totals.costs,
        "grant": totals.grant,
        "own": totals.own,
        "cap": totals.cap,
        "over": totals.over_cap,
        "funding": totals.grant + totals.own + totals.other + totals.income,
        "share": totals.share_percent,
    }
    names = {item.id: plain(check.call.text(item.label, "fi")) for item in check.call.categories}
    groups = {names[key]: sums.accepted for key, sums in figures.by_category.items() if key}

    assert_screen(person, engine, groups)
    with saving_to(monkeypatch, tmp_path / "paper.pdf"):
        person.key(Key.Key_E, CONTROL)
    assert_paper((tmp_path / "paper.pdf").read_bytes(), engine, groups)
    with saving_to(monkeypatch, tmp_path / "book.xlsx"):
        person.key(Key.Key_E, CONTROL | SHIFT)
    assert_book(tmp_path / "book.xlsx", engine, groups)


def assert_screen(person: Person, engine: dict[str, Any], groups: dict[str, Money]) -> None:
    meter = person.wizard.meter
    for name in ("costs", "grant", "own"):
        assert cents(meter.text(name)) == engine[name].cents, name
    page = person.step("funding")
    for name in ("own", "costs"):
        assert cents(page._sums[name].text()) == engine[name].cents
    if engine["share"] is not None:
        assert plain(meter.text("share")).replace(" ", "") == engine["share"].replace(".", ",") + "%"
    if engine["grant"]:
        distance = engine["over"] or engine["cap"] - engine["grant"]
        assert cents(meter.text("distance")) == distance.cents
    page = person.step("budget")
    settle()
    table = page.table
    column = "accepted" if table.shows_accepted else "sum"
    rows = [table.make_row(key) for key in table.row_keys()]
    shown = {plain(row.cells["description"].text): cents(row.cells[column].text) for row in rows if row.kind == "group"}
    assert {name: shown[name] for name in groups} == {name: amount.cents for name, amount in groups.items()}
    assert cents(page.box.totals.text(column)) == engine["costs"].cents


def assert_paper(data: bytes, engine: dict[str, Any], groups: dict[str, Money]) -> None:
    paper = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        text = plain("\n".join(page.get_textpage().get_text_range() for page in paper))
    finally:
        paper.close()
    budget, funding = text.split("6 Talousarvio", 1)[1].split("7 Rahoitus", 1)
    funding = funding.split("8 Liitteet", 1)[0]

    def said(words: str, inside: str) -> int:
        """The last sum on the line of some words: what counts stands in the last column."""
        after = inside.split(words, 1)[1].lstrip()
        found = re.match(rf"(?:{_FIGURE.pattern} € ?)+", after)
        assert found, (words, after[:80])
        return cents(_FIGURE.findall(found[0])[-1])

    assert said("Kustannukset yhteensä", budget) == engine["costs"].cents
    for name, amount in groups.items():
        assert said(name, budget) == amount.cents, name
    assert said("Haettava avustus", funding) == engine["grant"].cents
    assert said("Rahoitus yhteensä", funding) == engine["funding"].cents
    if engine["grant"]:
        assert said("Avustus enintään haun sääntöjen mukaan", funding) == engine["cap"].cents
    if engine["over"]:
        assert said("Enimmäisosuuden yli", funding) == engine["over"].cents
    if engine["share"] is not None:
        assert f"Avustuksenosuus{engine['share'].replace('.', ',')}%" in funding.replace(" ", "")


def assert_book(path: Path, engine: dict[str, Any], groups: dict[str, Money]) -> None:
    sheet = openpyxl.load_workbook(path, data_only=True)["Tiivistelmä"]
    rows = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
    said = {plain(str(row[0])): row[1] for row in reversed(rows) if len(row) > 1}
    ends = [row[1] for row in rows if len(row) > 1 and row[0] == "Yhteensä"]

    def of(value: Any) -> int:
        return round(value * 100)

    assert of(ends[0]) == engine["costs"].cents
    for name, amount in groups.items():
        assert of(said[name]) == amount.cents, name
    assert of(said.get("Avustus", 0)) == engine["grant"].cents
    assert of(said.get("Oma rahoitus", 0)) == engine["own"].cents
    assert of(said.get("Rahoitus yhteensä", 0)) == engine["funding"].cents
    if engine["grant"]:
        assert of(said["Avustus enintään haun sääntöjen mukaan"]) == engine["cap"].cents
    if engine["over"]:
        assert of(said["Enimmäisosuuden yli"]) == engine["over"].cents
    if engine["share"] is not None:
        assert round(said["Avustuksen osuus"] * 10000) == round(float(engine["share"]) * 100)
