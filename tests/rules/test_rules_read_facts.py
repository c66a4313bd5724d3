"""Rules get facts and never walk rows: only the modules of facts know the budget and the funding of a draft."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import hakemus.rules

FOLDER = Path(hakemus.rules.__file__).parent
WALKERS = {"facts.py", "cost_facts.py", "funding_facts.py", "plan_facts.py", "rows.py"}
ROWS = {"budget", "funding", "goals", "activities", "partners", "team", "people", "lines"}
MODULES = sorted(path.name for path in FOLDER.glob("*.py") if path.name not in WALKERS)


def rows_touched(source: str) -> set[str]:
    """Names of tables read as attributes, save from `plan` (what the facts say of them) and figures' maps."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in ROWS
        and not (isinstance(node.value, ast.Name) and node.value.id in ("plan", "figures"))
    }


@pytest.mark.parametrize("name", MODULES)
def test_a_rule_does_not_walk_rows(name):
    assert rows_touched((FOLDER / name).read_text(encoding="utf-8")) == set()


def test_the_walker_is_seen():
    assert {"budget", "funding"} <= rows_touched((FOLDER / "plan_facts.py").read_text(encoding="utf-8"))
