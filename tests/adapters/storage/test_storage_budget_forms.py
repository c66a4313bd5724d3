"""Forms of budgets that are known from before: kept between runs, and a damaged file knows none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hakemus.adapters.storage.budget_forms import BudgetForms
from hakemus.usecases.own_budget import MOST_FORMS, KnownForm

FORM = KnownForm({"description": "kohde", "amount": "euroa €"}, {"4340": "services", "Ä\ud800": ""})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "budget_forms.json"


def test_what_was_pointed_at_is_known_at_the_next_start(path: Path) -> None:
    assert BudgetForms(path).read() == ()
    BudgetForms(path).write([FORM])
    assert BudgetForms(path).read() == (FORM,)
    BudgetForms(path).write(())
    assert BudgetForms(path).read() == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"{}", b"3", b"[" * 100_000, b'[1, {"heads": 3}, {"heads": {"amount": "x"}, "mapping": []}]'],
)
def test_a_damaged_file_knows_none(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert BudgetForms(path).read() == ()


def test_what_is_no_text_is_left_out_and_no_more_is_read_than_is_kept(path: Path) -> None:
    path.parent.mkdir()
    good = {"heads": {"description": "a", "else": "b", "amount": 3}, "mapping": {"x": "travel", "y": 1}}
    path.write_text(json.dumps([good] * (MOST_FORMS + 5)))
    found = BudgetForms(path).read()
    assert len(found) == MOST_FORMS
    assert found[0] == KnownForm({"description": "a"}, {"x": "travel"})


def test_where_nothing_can_be_written_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    BudgetForms(tmp_path / "state" / "budget_forms.json").write([FORM])
