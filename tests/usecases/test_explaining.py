"""Every figure of the meter explains itself, and the lines add up to it."""

from __future__ import annotations

import datetime

import pytest

from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document
from hakemus.domain.money import Money, total
from hakemus.domain.paths import with_value
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check
from hakemus.usecases.explaining import FIGURES, explain

DAY = datetime.date(2018, 11, 15)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Check:
    core = Core(DAY, tmp_path_factory.mktemp("state"))
    draft = example_document(core, "pop-up-kirjasto").draft
    return check(draft, call_of(draft), DAY)


def changed(judged: Check, **values: object) -> Check:
    draft = judged.draft
    for path, value in values.items():
        draft = with_value(draft, "application." + path.replace("__", "."), value)
    return check(draft, call_of(draft), DAY)


@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_has_lines_a_result_and_a_place(example: Check, figure: str) -> None:
    found = explain(example, figure)
    assert found.lines[-1].result or any(line.result for line in found.lines)
    assert found.path


def test_the_categories_add_up_to_the_costs(example: Check) -> None:
    lines = explain(example, "costs").lines
    parts = [line.amount for line in lines if not line.result and isinstance(line.amount, Money)]
    assert total(parts) == example.totals.costs == lines[-1].amount == Money.parse("9000.00")


def test_the_highest_grant_says_the_limit_and_the_excess(example: Check) -> None:
    amounts = [str(line.amount) for line in explain(example, "distance").lines if isinstance(line.amount, Money)]
    assert "7200.00" in amounts
    assert amounts[-1] == "300.00"


def test_a_grant_within_the_limit_says_what_is_left(example: Check) -> None:
    kept = changed(example, funding__grant="7000.00")
    assert explain(kept, "distance").lines[-1].amount == Money.parse("200.00")


def test_costs_that_are_not_itemised_are_the_sum_of_the_sources(example: Check) -> None:
    bare = changed(example, budget={})
    found = explain(bare, "costs")
    parts = [line.amount for line in found.lines if not line.result and isinstance(line.amount, Money)]
    assert total(parts) == bare.totals.costs
    assert found.notes


def test_refused_funding_is_named_and_not_counted(example: Check) -> None:
    rows = (
        {"id": "a", "source": "Säätiö", "amount": "100.00", "status": "refused"},
        {"id": "b", "amount": "50.00", "status": "applied"},
        {"id": "c", "source": "Kumppani"},
    )
    other = changed(example, funding__other=rows, funding__income=({"id": "d", "amount": "7.00"}, {"id": "e"}))
    found = explain(other, "other")
    assert [str(line.amount) for line in found.lines] == ["None", "50.00", "7.00", "57.00"]
    assert found.notes


def test_own_funding_that_the_call_does_not_count_is_taken_off(example: Check) -> None:
    rows = ({"id": "a", "amount": "100.00"}, {"id": "b", "amount": "30.00", "kind": "in_kind"}, {"id": "c"})
    own = changed(example, funding__own=rows)
    found = explain(own, "own")
    assert found.lines[-1].amount == own.totals.own
    parts = [line.amount for line in found.lines[:-1] if isinstance(line.amount, Money)]
    assert total(parts) == own.totals.own
