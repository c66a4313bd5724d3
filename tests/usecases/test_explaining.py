"""Every figure of the meter explains itself, and the lines add up to it."""

from __future__ import annotations

import datetime

import pytest

from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document
from hakemus.domain.frozen import thaw
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


def under(judged: Check, **definition: object) -> Check:
    """The same draft under its call with other values."""
    call = judged.draft.call
    plain = {**thaw(call.definition), **definition}
    draft = with_value(judged.draft, "call", {"id": call.id, "edition": call.edition, "definition": plain})
    return check(draft, call_of(draft), DAY)


def words(judged: Check, figure: str) -> list[str]:
    return [line.label.key for line in explain(judged, figure).lines]


def test_costs_that_the_call_does_not_accept_are_taken_off(example: Check) -> None:
    categories = [
        {**item, "excluded": item["id"] == "travel"} for item in thaw(example.draft.call.definition)["categories"]
    ]
    found = explain(under(example, categories=categories), "costs")
    assert [str(line.amount) for line in found.lines[-3:]] == ["9000.00", "-74.80", "8925.20"]


def test_a_row_without_a_category_has_a_line_of_its_own(example: Check) -> None:
    loose = changed(example, budget__lines=({"id": "a", "amount": "5.00"},))
    assert "No category" in words(loose, "costs")


def test_without_costs_there_is_no_share_to_show(example: Check) -> None:
    empty = changed(example, budget={}, funding={})
    assert explain(empty, "share").lines[-1].amount == Money(0)


@pytest.mark.parametrize(
    ("base", "less"),
    [
        ("total_costs", []),
        ("costs_less_income", ["Less income"]),
        ("costs_less_income_and_other", ["Less income", "Less other funding"]),
    ],
)
def test_the_base_says_what_is_taken_off(example: Check, base: str, less: list[str]) -> None:
    judged = under(example, share={"base": base})
    assert [word for word in words(judged, "share") if word.startswith("Less")] == less


def test_an_own_share_is_named_as_one(example: Check) -> None:
    rules = [{"id": "own-share", "kind": "own-share", "percent": 20}]
    assert "× least own share" in words(under(example, rules=rules), "distance")


def test_a_call_that_limits_nothing_has_no_highest_grant(example: Check) -> None:
    free = under(example, rules=[], grant={})
    found = explain(free, "distance")
    assert free.totals.cap is None
    assert found.reference is None
    assert found.lines[-1].label.key == "What other money leaves uncovered"
