"""The same application under another call: nothing is deleted, and what does not fit is told."""

from __future__ import annotations

import datetime

import pytest

from fakes.ports import document
from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.locator import resources_root
from hakemus.i18n.catalog import Catalog
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check
from hakemus.usecases.files import OpenFile
from hakemus.usecases.other_call import copy_for, stays_behind, sums, tried

FILES = CallFiles(resources_root())
DAY = datetime.date(2018, 11, 15)
SHA = "a" * 64
DATA = {
    "budget": {"lines": [{"id": "a", "category": "services", "amount": "10000.00"}]},
    "funding": {
        "grant": "8000.00",
        "own": [{"id": "o", "amount": "0.00"}],
        "other": [{"id": "x", "amount": "1500.00"}],
        "income": [{"id": "i", "amount": "500.00"}],
    },
    "answers": {"programme": "reading", "eligibility.own-money": "yes", "blank": " "},
    "attachments": [{"id": "f", "kind": "other", "sha256": SHA, "size": 1}],
}


def judged(**parts: object) -> Check:
    made = document(DATA, "avi-kirjastot-2020", **parts)
    return check(made.draft, call_of(made.draft), DAY)


def under(name: str) -> Check:
    return tried(judged(), FILES.plain(name) or {}, DAY)


def said(name: str) -> list[str]:
    return [Catalog("en").render(item) for item in stays_behind(judged(), under(name))]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("avi-kirjastot-2018", ["10000.00", "10000.00", "80.00", "8000.00"]),
        ("oph-erityisavustus-2026", ["10000.00", "8000.00", "100.00", "6400.00", "1600.00"]),
        ("okm-kirjastot-2023", ["10000.00", "10000.00", "80.00", "8000.00"]),
    ],
)
def test_the_sums_are_those_of_the_other_call(name: str, figures: list[str]) -> None:
    assert [getattr(item.amount, "text", str(item.amount)) for item in sums(under(name))] == figures


def test_what_does_not_fit_is_told_and_kept() -> None:
    told = said("nb-utviklingsmidler-2024")
    assert told[:2] == [
        "1 answer is to a question that the other call does not ask: it stays.",
        "The other call counts in NOK: sums stay as they are, nothing is converted.",
    ]
    assert told[2].endswith("errors there")
    assert under("nb-utviklingsmidler-2024").draft.application == judged().draft.application
    rows = {"budget": {"lines": [{"id": "a", "category": "moon", "amount": "1.00"}, {"id": "b", "category": "sun"}]}}
    made = document({**DATA, **rows}, "avi-kirjastot-2020")
    here = check(made.draft, call_of(made.draft), DAY)
    there = tried(here, FILES.plain("avi-kirjastot-2018") or {}, DAY)
    assert Catalog("en").render(stays_behind(here, there)[0]).startswith("2 costs have a type")


def test_without_costs_no_share_is_shown() -> None:
    made = document({}, "avi-kirjastot-2020")
    here = check(made.draft, call_of(made.draft), DAY)
    assert [item.label.key for item in sums(here)] == [
        "Costs",
        "Base of the percentage",
        "Highest grant under the rules of the call",
    ]
    free = {**(FILES.plain("okm-kirjastot-2023") or {}), "rules": []}
    assert [item.label.key for item in sums(tried(here, free, DAY))] == ["Costs", "Base of the percentage"]


def test_the_copy_is_a_new_application_with_its_attachments() -> None:
    terms = [{"at": "rules.grant-share.percent", "value": "60"}]
    made = document(DATA, "avi-kirjastot-2020", terms=terms, pending={"project.starts_on": "soon"})
    opened = OpenFile(made, path="/x/a.hakemus", seen="1", attachments={SHA: b"x", "b" * 64: b"y"})
    copied = copy_for(opened, FILES.plain("avi-kirjastot-2018") or {}, "new-id")
    assert (copied.path, copied.seen, dict(copied.attachments)) == (None, None, {SHA: b"x"})
    assert (copied.document.id, copied.document.draft.call.id) == ("new-id", "avi-kirjastot-2018")
    assert copied.document.draft.application == made.draft.application
    assert dict(copied.document.draft.pending) == {"project.starts_on": "soon"}
    assert (copied.document.draft.terms, opened.document.draft.terms != ()) == ((), True)


def test_an_application_without_answers_leaves_none_behind() -> None:
    made = document({**DATA, "answers": {}}, "avi-kirjastot-2020")
    here = check(made.draft, call_of(made.draft), DAY)
    there = tried(here, FILES.plain("oph-erityisavustus-2026") or {}, DAY)
    words = [Catalog("en").render(item) for item in stays_behind(here, there)]
    assert not [item for item in words if "answer" in item]
