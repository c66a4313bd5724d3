"""What is said beside a cost row: VAT, and what of it the call does not accept."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from fakes.ports import catalog
from hakemus.domain.application import Application
from hakemus.domain.draft import CallReference, Draft
from hakemus.domain.frozen import freeze
from hakemus.usecases import rendering
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check
from hakemus.usecases.row_words import accepts_less, row_words

CALL = {
    "id": "a-call",
    "edition": "1",
    "funder": "f",
    "funder_name": {"en": "F"},
    "title": {"en": "T"},
    "categories": [
        {"id": "personnel", "label": {"en": "People"}},
        {"id": "services", "label": {"en": "Services"}},
        {"id": "food", "label": {"en": "Food"}, "excluded": True},
    ],
    "pay_cap": {"amount": "12000.00"},
}


def judged(application: dict[str, Any]) -> Check:
    draft = Draft(
        call=CallReference(id="a-call", definition=freeze(CALL)), application=Application.model_validate(application)
    )
    return check(draft, call_of(draft), datetime.date(2026, 1, 1))


def said(made: Check, at: str) -> list[str]:
    return [rendering.message(item, catalog(), made.call).replace("\u00a0", " ") for item in row_words(made, at)]


@pytest.mark.parametrize(
    ("vat", "counted"), [("recovers", "100,00 €"), ("bears", "124,00 €"), (None, "100,00 €")]
)  # fmt: skip
def test_vat_is_said_with_what_counts(vat: str | None, counted: str) -> None:
    line = {"id": "a", "category": "services", "amount": "100.00", "vat_percent": "24"}
    made = judged({"applicant": {"vat": vat}, "budget": {"lines": [line]}})
    assert said(made, "budget.lines[a]") == [
        f"Net 100,00 €, VAT 24,00 €, gross 124,00 €; counts as {counted}.",
    ]
    assert accepts_less(made.figures) is (vat == "bears")


def test_a_gross_price_of_who_recovers_vat_is_accepted_net() -> None:
    line = {"id": "a", "category": "services", "amount": "124.00", "vat_percent": "24", "vat_included": True}
    made = judged({"applicant": {"vat": "recovers"}, "budget": {"lines": [line]}})
    assert said(made, "budget.lines[a]") == ["Net 100,00 €, VAT 24,00 €, gross 124,00 €; counts as 100,00 €."]
    assert accepts_less(made.figures)


def test_pay_above_the_cap_is_said_as_not_accepted() -> None:
    person = {"id": "p", "months": "6", "time_percent": "50", "monthly_pay": "3000.00"}
    made = judged({"budget": {"people": [person]}})
    assert said(made, "budget.people[p]") == [
        "6 000,00 € is above the call's cap of pay and is not accepted; 3 000,00 € is."
    ]


def test_an_excluded_category_is_said() -> None:
    made = judged({"budget": {"lines": [{"id": "a", "category": "food", "amount": "80.00"}]}})
    assert said(made, "budget.lines[a]") == [
        "The call does not accept costs of the category Food: 80,00 € is left out."
    ]  # fmt: skip


def test_nothing_is_said_of_a_plain_row_or_of_none() -> None:
    made = judged({"budget": {"lines": [{"id": "a", "category": "services", "amount": "80.00"}, {"id": "b"}]}})
    assert [said(made, f"budget.lines[{name}]") for name in ("a", "b", "gone")] == [[], [], []]
    assert not accepts_less(made.figures)
