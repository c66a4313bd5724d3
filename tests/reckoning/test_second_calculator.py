"""Random applications, judged by the command line and by a calculator that shares no line with it."""

from __future__ import annotations

import json
import os
import random
import tomllib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from random_budgets import Budgets, call_file, random_terms
from reckoner import (
    Rule,
    Terms,
    applied,
    broken,
    exact,
    groups,
    keeps,
    odd_rows,
    raised_row,
    sums_of,
    totals_of,
    ways,
)

from hakemus.cli import main
from hakemus.domain.application import Application
from hakemus.rules.facts import gather
from hakemus.usecases.call_files import judge

MONEY_RULES = ("grant-share", "own-share", "own-share-guide", "deficit", "balance", "grant-limit")
FULL = bool(os.environ.get("HAKEMUS_CAMPAIGN"))
SEED = int(os.environ.get("HAKEMUS_SEED", "20181029"))


def judged(call: str, applications: list[dict[str, Any]], folder: Path, capsys: Any) -> list[dict[str, Any]]:
    data = folder / "many.jsonl"
    data.write_text("".join(json.dumps(item) + "\n" for item in applications), encoding="utf-8")
    capsys.readouterr()
    code = main(["check", "--call", call, "--data", str(data), "--json", "--lang", "en", "--today", "2027-02-01"])
    out, err = capsys.readouterr()
    assert (code, err) == (1, "")
    return [json.loads(line) for line in out.splitlines()]


def is_storable(amount: Fraction) -> bool:
    return abs(amount) < 10**12


def amount_of(row: str | None, application: dict[str, Any]) -> Fraction:
    return next((exact(item.get("amount")) for item in application["funding"]["own"] if item["id"] == row), Fraction(0))


def assert_ways(finding: dict[str, Any], application: dict[str, Any], terms: Terms) -> int:
    """Every way out is the formula's, does what it promises, and none that the formula gives is missing."""
    rule = finding["rule"]
    before = sums_of(application, terms)
    wanted = ways(rule, application, terms)
    given = {way["id"]: way for way in finding["exits"]}
    if rule == "grant-limit":
        assert set(given) <= {"grant"}
        return 0
    assert set(given) <= set(wanted), (rule, application, terms)
    order = [name for name in wanted if name in given]
    assert list(given) == order
    for name, (grant, own, costs) in wanted.items():
        lowered = own < before.own
        met = costs if before.itemised else before.income + before.other + grant + own
        cured = cures(rule, application, terms, grant, own, met)
        if name not in given:
            raised = own - before.own + amount_of(raised_row(application), application)
            assert lowered or not cured or not is_storable(grant) or not is_storable(raised), (
                rule,
                name,
                application,
                terms,
            )
            continue
        way = given[name]
        after = sums_of(applied(application, way["changes"]), terms)
        need = exact(way.get("needs", {}).get("costs"))
        assert before.itemised or not way.get("needs")
        reached = after.costs + need
        if cured:
            assert (after.grant, after.own, reached) == (grant, own, met), (rule, name, application, terms, way)
        assert cures(rule, application, terms, after.grant, after.own, reached), (rule, name, application, terms, way)
        assert (after.income, after.other) == (before.income, before.other)
        if own > before.own:
            (path,) = [path for path in way["changes"] if path.startswith("funding.own[")]
            row = raised_row(application)
            new = path not in [f"funding.own[{item['id']}].amount" for item in application["funding"].get("own", [])]
            assert new if row is None else path == f"funding.own[{row}].amount"
    return len(given)


def cures(
    rule: str, application: dict[str, Any], terms: Terms, grant: Fraction, own: Fraction, costs: Fraction
) -> bool:
    sums = replace(sums_of(application, terms), grant=grant, own=own, costs=costs)
    share = next((item for item in terms.shares if item.id == rule), None)
    if share is not None:
        return keeps(share, sums, terms)
    return sums.grant <= sums.uncovered if rule == "deficit" else sums.uncovered == sums.own + sums.grant


def assert_same(answer: dict[str, Any], application: dict[str, Any], terms: Terms) -> int:
    assert answer["totals"] == totals_of(application, terms), (application, terms)
    about_money = [item for item in answer["findings"] if item["rule"] in MONEY_RULES]
    found = {item["rule"]: (item["severity"], item["paths"][0]) for item in about_money}
    assert found == broken(application, terms), (application, terms)
    assert len(found) == len(about_money)
    odd: dict[str, list[str]] = {}
    for item in answer["findings"]:
        if item["rule"] in ("line-amount", "vat", "pay-cap", "own-kinds"):
            assert item["rule"] not in odd
            odd[item["rule"]] = item["paths"]
        elif item["rule"] == "category":
            rows = {path.partition(".category")[0]: path for path in item["paths"]}
            odd[category_of(next(iter(rows)), application, terms)] = item["paths"]
    assert odd == {
        name: paths
        for name, paths in odd_rows(application, terms).items()
        if terms.categories or "category" not in name
    }
    severities = [("error", "warning", "note").index(item["severity"]) for item in answer["findings"]]
    assert severities == sorted(severities)
    return sum(assert_ways(item, application, terms) for item in about_money)


def category_of(path: str, application: dict[str, Any], terms: Terms) -> str:
    table, _, rest = path.removeprefix("budget.").partition("[")
    row = next(item for item in application["budget"][table] if item["id"] == rest.rstrip("]"))
    name = row.get("category")
    if table == "people" and not (name or "").strip():
        name = "personnel"
    if not (name or "").strip():
        return "category none"
    return f"category {name if name in terms.excluded else 'unknown'}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAKEMUS_STATE", str(tmp_path / "state"))
    (tmp_path / "state" / "calls").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("part", range(8))
def test_two_calculators_agree(part: int, folder: Path, capsys: Any, figure: Callable[..., None]) -> None:
    calls, each = (50, 500) if FULL else (5, 60)
    seed = SEED + 100 * part
    chance, budgets, tried = random.Random(seed), Budgets(seed), 0
    kinds = [random_terms(chance) for _ in range(calls)]
    for number, terms in enumerate(kinds):
        path = folder / "state" / "calls" / f"chance-{number}.toml"
        path.write_text(call_file(f"chance-{number}", terms), encoding="utf-8")
    for number, terms in enumerate(kinds):
        applications = [budgets.application() for _ in range(each)]
        answers = judged(f"chance-{number}", applications, folder, capsys)
        assert len(answers) == each
        tried += sum(assert_same(*pair, terms) for pair in zip(answers, applications, strict=True))
    assert tried > calls * each
    figure(
        "calculators",
        "{applications} under {calls} random calls, with {ways} ways out: every sum, finding and way equal",
        "random",
        applications=calls * each,
        calls=calls,
        ways=tried,
    )


CENT, EURO = Fraction(1, 100), Fraction(1)
GRANT_80 = Rule("grant-share", "grant-share", "error", "total_costs", Fraction(80))
OPH_SHARES = (
    Rule("own-share", "own-share", "error", "costs_less_income_and_other", Fraction(20)),
    Rule("own-share-guide", "own-share", "note", "costs_less_income", Fraction(20)),
)
WORK = ("appropriation", "work")
SHIPPED = {
    "avi-kirjastot-2015": Terms(
        shares=(Rule("own-share", "own-share", "warning", "total_costs", None, CENT),), own_kinds=WORK
    ),
    "avi-kirjastot-2018": Terms(shares=(GRANT_80,), own_kinds=WORK),
    "avi-kirjastot-2023": Terms(shares=(GRANT_80,), own_kinds=WORK),
    "oph-erityisavustus-2017": Terms(EURO, "costs_less_income_and_other", OPH_SHARES, own_kinds=WORK),
    "oph-erityisavustus-2026": Terms(
        EURO, "costs_less_income_and_other", OPH_SHARES, own_kinds=WORK, pay_cap=Fraction(80000)
    ),
    "okm-kirjastot-2023": Terms(own_kinds=WORK),
    "kulturfonden-bibban": Terms(
        shares=(GRANT_80,), largest=Fraction(3000), excluded=("personnel", "materials", "equipment", "rents")
    ),
    "nb-utviklingsmidler-2024": Terms(
        shares=(Rule("grant-share", "grant-share", "warning", "total_costs", Fraction(60)),),
        smallest=Fraction(300_000),
        own_kinds=(*WORK, "partner"),
    ),
}
"""What the shipped calls say about money, written down a second time from what is known of them."""


@pytest.mark.parametrize("call", SHIPPED)
def test_two_calculators_agree_on_the_calls_that_ship(
    call: str, folder: Path, capsys: Any, figure: Callable[..., None]
) -> None:
    budgets, many = Budgets(SEED + 2), 10_000 if FULL else 150
    applications = [budgets.application() for _ in range(many)]
    answers = judged(call, applications, folder, capsys)
    tried = sum(assert_same(*pair, SHIPPED[call]) for pair in zip(answers, applications, strict=True))
    assert tried > 100
    figure(
        "calculators",
        "{applications} under the calls that ship, with {ways} ways out",
        "shipped",
        applications=many,
        ways=tried,
    )


def test_groups_of_rows_agree() -> None:
    """Sums by category, payer and year, which the command line does not print."""
    chance, budgets = random.Random(SEED + 1), Budgets(SEED + 1)
    for number in range(1000 if FULL else 60):
        terms = random_terms(chance)
        call, problems = judge(tomllib.loads(call_file(f"chance-{number}", terms)))
        assert call is not None
        assert problems == []
        for _ in range(10):
            application = budgets.application()
            figures = gather(Application.model_validate(application), call).figures
            found = {"category": figures.by_category, "payer": figures.by_payer, "year": figures.by_year}
            assert {
                name: {key: (str(sums.planned), str(sums.counted), str(sums.accepted)) for key, sums in part.items()}
                for name, part in found.items()
            } == groups(application, terms), (application, terms)
