"""Whatever stands in a draft, it is judged: no draft and no call makes the engine fail, and every way can be taken."""

from __future__ import annotations

import datetime
import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rule_calls import (
    AVI,
    CATEGORIES,
    OPH,
    TODAY,
    application_of,
    grant_share,
    judge,
    make_call,
    make_draft,
    named,
    only,
    own_share,
)

from hakemus.domain import paths
from hakemus.domain.application import Application
from hakemus.domain.money import Money
from hakemus.rules.engine import evaluate
from hakemus.rules.registry import REGISTRY

WIDE = make_call(
    rules=[
        grant_share("0.000001", severity="warning"),
        own_share("99.999999", id="own", severity="warning"),
        own_share(None, id="least", least="500.00"),
        *({"id": kind, "kind": kind} for kind in ("indicator", "letter-of-intent")),
        {"id": "tender", "kind": "tender", "threshold": "0.01"},
        {
            "id": "required",
            "kind": "required",
            "fields": ["project", "goals[].indicators[].name", "budget.lines[].amount"],
        },
        {"id": "length", "kind": "length", "limits": {"project.title": 1, "goals[].text": 1}, "counting": "utf16"},
    ],
    unit="1.00",
    grant={"smallest": "1.00", "largest": "99999.00"},
    own={"kinds": ["work", "partner"], "evidence": named("x")},
    pay_cap={"amount": "80000.00"},
    categories=[
        {"id": name, "label": named(name), "excluded": name == "rents", "explanation": name == "travel"}
        for name in CATEGORIES
    ],
    hints=[{"id": "h", "words": ["a", "*b"], "text": named("x")}],
    window={"opens": "2018-10-29", "closes": "2018-12-03T16:15"},
    use_period={"rule": "end_of_next_calendar_year"},
    eligibility=[{"id": "e", "question": named("?"), "sentence": named("!")}],
    declarations=[{"id": "d", "text": named("x")}],
    attachments=[{"id": "a", "title": named("x")}],
    questions=[{"id": "q", "label": named("?"), "mandatory": True, "limit": 1}],
)

ids = st.sampled_from(["a", "b", "c"])
text = st.none() | st.sampled_from(["", " ", "a", "xxx", "0171450-7", "b@c.fi"]) | st.text(max_size=6)
money = st.none() | st.one_of(st.integers(-500, 500), st.integers(-(10**14) + 1, 10**14 - 1)).map(
    lambda c: str(Money(c))
)
number = st.none() | st.sampled_from(["0", "-1", "100", "0.000001", "999999999.999999", "-100", "24", "3"])
day = st.none() | st.sampled_from(["1000-01-01", "2018-11-01", "2019-02-03", "2999-12-31"])
flag = st.none() | st.booleans()
category = st.none() | st.sampled_from([*CATEGORIES, "", "moon"])


def some(*words: str):
    return st.none() | st.sampled_from(words)


def rows(**fields):
    return st.lists(st.fixed_dictionaries({"id": ids, **fields}), max_size=3, unique_by=lambda row: row["id"])


TREES = st.fixed_dictionaries(
    {
        "applicant": st.fixed_dictionaries(
            {
                "vat": some("recovers", "bears"),
                **dict.fromkeys(("business_id", "isil", "email", "postal_code", "iban", "bic"), text),
            }
        ),
        "project": st.fixed_dictionaries(
            {"title": text, "description": text, "starts_on": day, "ends_on": day, "joint": flag}
        ),
        "goals": rows(text=text, indicators=rows(name=text, baseline=text, target=text, measured_on=day)),
        "activities": rows(title=text, goals=st.lists(ids, max_size=2), starts_on=day, ends_on=day, milestone=flag),
        "partners": rows(vat=some("recovers", "bears"), commitment=some("asked", "signed"), attachment=st.none() | ids),
        "budget": st.fixed_dictionaries(
            {
                "lines": rows(
                    category=category,
                    description=text,
                    quantity=number,
                    unit_price=money,
                    amount=money,
                    vat_percent=number,
                    vat_included=flag,
                    payer=st.none() | ids,
                    activity=st.none() | ids,
                    supplier=text,
                    starts_on=day,
                    ends_on=day,
                ),
                "people": rows(
                    category=category,
                    title=text,
                    months=number,
                    time_percent=number,
                    monthly_pay=money,
                    side_cost_percent=number,
                    holiday_percent=number,
                ),
            }
        ),
        "funding": st.fixed_dictionaries(
            {
                "grant": money,
                "own": rows(amount=money, kind=some("work", "in_kind", "appropriation", "partner")),
                "other": rows(
                    amount=money, kind=some("eu", "partner"), status=some("refused", "confirmed"), same_costs=flag
                ),
                "income": rows(amount=money),
            }
        ),
        "answers": st.dictionaries(st.sampled_from(["q", "eligibility.e", "x"]), st.sampled_from(["", "no", "long"])),
        "attachments": rows(kind=some("a", "letter-of-intent"), state=some("attached", "later")),
        "declarations": st.dictionaries(st.just("d"), st.booleans()),
    }
)


@settings(
    max_examples=20_000 if os.environ.get("HAKEMUS_CAMPAIGN") else 150,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(TREES, st.sampled_from([AVI, OPH, WIDE]), st.sampled_from([TODAY, datetime.date(2999, 1, 1)]))
def test_any_draft_is_judged_and_every_way_can_be_taken(tree, call, today):
    application = Application.model_validate(tree)
    for finding in evaluate(make_draft(application), call, today):
        assert finding.kind in REGISTRY
        assert finding.paths
        for path in finding.paths:
            paths.parse(path)
        for way in finding.exits:
            changed = application
            for path, value in way.changes.items():
                changed = paths.with_value(changed, path, value)


def test_a_way_whose_sum_no_field_could_hold_is_not_offered():
    call = make_call(rules=[grant_share("0.000001")])
    finding = only(judge(application_of("9999999.00", "1.00", "9.00"), call), "grant-share")
    assert "grant" not in [way.id for way in finding.exits]
