"""Every figure of the meter explains itself, and the lines add up to it."""

from __future__ import annotations

import datetime

import pytest

from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document
from hakemus.domain.frozen import thaw
from hakemus.domain.money import Money, total
from hakemus.domain.paths import with_value
from hakemus.i18n.catalog import Catalog
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


def ledger(judged: Check, figure: str) -> list[tuple[str, str]]:
    catalog = Catalog("en")
    return [(catalog.render(line.label), str(line.amount)) for line in explain(judged, figure).lines]


def notes(judged: Check, figure: str) -> str:
    return " ".join(Catalog("en").render(note) for note in explain(judged, figure).notes)


LINE = {"id": "a", "category": "travel", "description": "Train", "quantity": "3", "unit_price": "10.05"}
PERSON = {"id": "p", "title": "Worker", "months": "12", "monthly_pay": "7000.00"}


def test_a_row_is_the_product_of_its_factors(example: Check) -> None:
    judged = changed(example, budget__lines=(LINE,))
    assert ledger(judged, "row=budget.lines[a]") == [("3 × 10,05\u00a0€", "30.15"), ("Sum of the row", "30.15")]
    judged = changed(example, budget__lines=({**LINE, "amount": "31.00"}, {"id": "b", "amount": "5.00"}, {"id": "c"}))
    assert ledger(judged, "row=budget.lines[a]") == [
        ("3 × 10,05\u00a0€", "30.15"),
        ("Amount as it stands", "31.00"),
        ("Sum of the row", "31.00"),
    ]
    assert ledger(judged, "row=budget.lines[b]") == [("Amount as it stands", "5.00"), ("Sum of the row", "5.00")]
    assert explain(judged, "row=budget.lines[b]").title.key == "Unnamed"
    for nothing in ("row=budget.lines[c]", "row=budget.lines[gone]"):
        assert (explain(judged, nothing).lines, explain(judged, nothing).path) == ((), nothing.removeprefix("row="))


@pytest.mark.parametrize(
    ("position", "counted", "words"),
    [("recovers", "100.00", "without VAT"), ("bears", "124.00", "with VAT"), (None, "124.00", "as typed")],
)
def test_a_row_with_vat_says_why_it_counts_as_it_does(
    example: Check, position: str | None, counted: str, words: str
) -> None:
    line = {**LINE, "quantity": "1", "unit_price": "124.00", "vat_percent": "24", "vat_included": True}
    for payer, values in (
        (None, {"applicant__vat": position}),
        ("k", {"partners": ({"id": "k", "vat": position},), "applicant__vat": "recovers"}),
    ):
        judged = changed(example, budget__lines=({**line, "payer": payer},), **values)
        found = ledger(judged, "row=budget.lines[a]")
        assert found[-4:] == [
            ("Without VAT", "100.00"),
            ("VAT", "24.00"),
            ("With VAT", "124.00"),
            ("Counts as", counted),
        ]
        assert words in notes(judged, "row=budget.lines[a]")


def test_the_parts_of_a_person_add_up(example: Check) -> None:
    person = {**PERSON, "months": "0.333333", "monthly_pay": "1000.01", "time_percent": "33.3"}
    person |= {"holiday_percent": "4.17", "side_cost_percent": "21.37"}
    judged = changed(example, budget__people=(person,))
    found = ledger(judged, "row=budget.people[p]")
    assert [words for words, _ in found] == [
        "0,333333 months × 33,3\u00a0% × 1\u00a0000,01\u00a0€ a month",
        "Holiday pay 4,17\u00a0%",
        "Side costs 21,37\u00a0% of both",
        "Cost of the person",
    ]
    amounts = [Money.parse(amount) for _, amount in found]
    assert total(amounts[:-1]) == amounts[-1] == judged.figures.people["p"].planned
    plain = changed(example, budget__people=({**PERSON, "side_cost_percent": "20"},))
    assert ("Side costs 20\u00a0%", "16800.00") in ledger(plain, "row=budget.people[p]")


def test_pay_above_the_cap_says_the_cap_for_these_months(example: Check) -> None:
    cap = {"amount": "60000.00", "reference": {"source": "avi-terms-of-use", "paragraph": "7"}}
    judged = under(changed(example, budget__people=({**PERSON, "months": "6", "time_percent": "50"},)), pay_cap=cap)
    found = explain(judged, "row=budget.people[p]")
    assert ledger(judged, "row=budget.people[p]")[-3:] == [
        ("Highest pay of a year 60\u00a0000,00\u00a0€ × 6 / 12 × 50\u00a0%", "15000.00"),
        ("Costs that the call does not accept", "-6000.00"),
        ("Accepted", "15000.00"),
    ]
    assert found.reference is not None
    assert found.reference.paragraph == "7"


def test_what_a_category_leaves_out_is_said_at_the_row_and_at_the_category(example: Check) -> None:
    categories = [
        {**item, "excluded": item["id"] == "travel"} for item in thaw(example.draft.call.definition)["categories"]
    ]
    judged = under(changed(example, budget={"lines": [LINE], "people": [PERSON]}), categories=categories)
    assert ledger(judged, "row=budget.lines[a]")[-2:] == [
        ("Costs that the call does not accept", "-30.15"),
        ("Accepted", "0.00"),
    ]
    assert ledger(judged, "group=travel")[-3:] == [
        ("Counted in all", "30.15"),
        ("Costs that the call does not accept", "-30.15"),
        ("Travel costs", "0.00"),
    ]
    assert ledger(judged, "group=personnel") == [("Worker", "84000.00"), ("Personnel costs", "84000.00")]
    assert ledger(judged, "group=rents") == []


def test_rows_without_a_category_add_up_too(example: Check) -> None:
    judged = changed(example, budget={"lines": [{**LINE, "category": "moon"}, {"id": "b", "amount": "1.00"}]})
    assert ledger(judged, "group=") == [("Train", "30.15"), ("Unnamed", "1.00"), ("No category", "31.15")]


def test_the_gap_is_what_costs_and_their_funding_leave(example: Check) -> None:
    assert ledger(example, "gap")[-1] == ("Not yet funded", "0.00")
    assert ledger(changed(example, funding__grant="7000.00"), "gap")[-1] == ("Not yet funded", "500.00")
    found = ledger(changed(example, funding__grant="7600.00"), "gap")
    assert found[-1] == ("More money than costs", "100.00")
    assert [amount for _, amount in found] == ["9000.00", "0.00", "0.00", "9000.00", "1500.00", "7600.00", "100.00"]
    assert explain(under(example, rules=[]), "gap").reference is None


def test_every_limit_of_the_grant_has_its_own_sum(example: Check) -> None:
    rules = [{"id": "own-share", "kind": "own-share", "percent": "30", "base": "costs_less_income"}]
    judged = under(changed(example, funding__income=({"id": "i", "amount": "500.00"},)), rules=rules, unit="1.00")
    assert ledger(under(judged, grant={"largest": "5000.00"}), "distance")[:9] == [
        ("Costs", "9000.00"),
        ("− income", "500.00"),
        ("Base of the share", "8500.00"),
        ("× least own share", "Shown(text='30')"),
        ("Own funding at least, rounded up to 1,00\u00a0€", "2550.00"),
        ("Left uncovered", "8500.00"),
        ("− own funding at least", "2550.00"),
        ("Grant at most", "5950.00"),
        ("What other money leaves uncovered", "8500.00"),
    ]
    largest = ledger(under(judged, grant={"largest": "5000.00"}), "distance")
    assert ("Largest grant of the call", "5000.00") in largest
    assert ("Highest grant under the rules of the call", "5000.00") in largest
    least = [{"id": "own-share", "kind": "own-share", "least": "800.00"}]
    found = ledger(under(example, rules=least), "distance")
    assert ("Own funding at least", "800.00") in found
    assert ("Grant at most", "8200.00") in found
    mild = [{"id": "grant-share", "kind": "grant-share", "percent": "60", "severity": "warning"}]
    assert ("Grant at most", "5400.00") in ledger(under(example, rules=mild), "distance")


def test_costs_are_shared_between_years_and_quarters_to_the_cent(example: Check) -> None:
    lines = (
        {"id": "a", "amount": "100.00", "starts_on": "2019-12-31", "ends_on": "2020-04-01"},
        {"id": "b", "amount": "10.00", "year": 2019, "starts_on": "2019-05-02"},
        {"id": "c", "amount": "20.00", "year": 2021},
        {"id": "d", "amount": "30.00"},
        {"id": "e", "amount": "5.00", "starts_on": "2020-07-01"},
        {"id": "f", "amount": "7.00", "year": 2021, "starts_on": "2020-07-01"},
        {"id": "g"},
    )
    judged = changed(example, budget={"lines": lines, "people": [{**PERSON, "months": "1", "year": 2019}]})
    assert ledger(judged, "years") == [
        ("2019, no days given", "7000.00"),
        ("2019, quarter 2", "10.00"),
        ("2019, quarter 4", "1.08"),
        ("2019", "7011.08"),
        ("2020, quarter 1", "97.85"),
        ("2020, quarter 2", "1.07"),
        ("2020, quarter 3", "5.00"),
        ("2020", "103.92"),
        ("2021", "27.00"),
        ("No year", "30.00"),
        ("Costs", "7172.00"),
    ]
    assert str(judged.totals.costs) == "7172.00"


def test_costs_and_money_stand_by_who_pays_and_brings_them(example: Check) -> None:
    judged = changed(
        example,
        partners=({"id": "p", "name": "Association"}, {"id": "q"}, {"id": "r", "name": "Idle"}),
        budget={"lines": [{"id": "a", "amount": "700.00"}, {"id": "b", "amount": "200.00", "payer": "p"},
                          {"id": "c", "amount": "100.00", "payer": "q"}]},
        funding={
            "grant": "500.00",
            "own": [{"id": "o", "amount": "100.00"}, {"id": "w", "kind": "in_kind", "amount": "9.00"}],
            "other": [
                {"id": "x", "amount": "150.00", "partner": "p"},
                {"id": "y", "amount": "99.00", "partner": "p", "status": "refused"},
                {"id": "z", "partner": "gone", "amount": "40.00"},
            ],
            "income": [{"id": "i", "amount": "10.00"}, {"id": "j"}],
        },
    )  # fmt: skip
    assert ledger(judged, "payers") == [
        ("The applicant: costs that it pays", "700.00"),
        ("The applicant: grant applied for", "500.00"),
        ("The applicant: money that it brings", "150.00"),
        ("The applicant: left", "50.00"),
        ("Association: costs that it pays", "200.00"),
        ("Association: money that it brings", "150.00"),
        ("Association: left", "50.00"),
        ("Unnamed: costs that it pays", "100.00"),
        ("Unnamed: money that it brings", "0.00"),
        ("Unnamed: left", "100.00"),
        ("Costs less all funding", "200.00"),
    ]
    assert str(judged.totals.gap) == "200.00"


@pytest.mark.parametrize("figure", ["years", "payers"])
def test_costs_that_are_not_itemised_are_not_parted(example: Check, figure: str) -> None:
    found = explain(changed(example, budget={}), figure)
    assert found.lines == ()
    assert "not itemised" in found.notes[0].key
