"""Small calls and drafts made in code, so that tests of rules do not hang on the calls that ship."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.call import Call
from hakemus.domain.draft import CallReference, Draft
from hakemus.domain.findings import Finding
from hakemus.rules.engine import evaluate

TODAY = datetime.date(2018, 11, 15)
CATEGORIES = ("personnel", "services", "materials", "equipment", "rents", "travel", "other")


def named(text: str) -> dict[str, str]:
    return {"fi": text, "sv": text, "en": text}


def make_call(**parts: Any) -> Call:
    """A call in cents, all seven categories known, `deficit` and `balance` declared, and what a test adds."""
    rules = parts.pop("rules", [])
    frame = {
        "id": "test-call",
        "edition": "2018-10-29",
        "funder": "test",
        "funder_name": named("Funder"),
        "title": named("Call"),
        "unit": "0.01",
        "categories": [{"id": name, "label": named(name)} for name in CATEGORIES],
        "rules": [
            *rules,
            {"id": "deficit", "kind": "deficit", "severity": "error"},
            {"id": "balance", "kind": "balance", "severity": "error"},
        ],
    }
    return Call.model_validate(frame | parts)


def grant_share(percent: Any = 80, **more: Any) -> dict[str, Any]:
    return {"id": "grant-share", "kind": "grant-share", "severity": "error", "percent": percent, **more}


def own_share(percent: Any = 20, **more: Any) -> dict[str, Any]:
    return {"id": "own-share", "kind": "own-share", "severity": "error", "percent": percent, **more}


AVI = make_call(rules=[grant_share(80)])
OPH = make_call(
    rules=[
        own_share(20),
        {
            "id": "own-share-guide",
            "kind": "own-share",
            "severity": "note",
            "percent": 20,
            "base": "costs_less_income",
        },
    ],
    share={"base": "costs_less_income_and_other"},
    unit="1.00",
)


def own_rows(*amounts: str | None) -> list[dict[str, Any]]:
    return [{"id": f"o{at}", "amount": amount} for at, amount in enumerate(amounts)]


def make_draft(application: Application | Mapping[str, Any], **parts: Any) -> Draft:
    tree = application if isinstance(application, Application) else Application.model_validate(dict(application))
    return Draft(call=CallReference(id="test-call"), application=tree, **parts)


def application_of(
    grant: str | None = None,
    own: str | None = None,
    costs: str | None = None,
    income: str | None = None,
    other: str | None = None,
) -> Application:
    """An application that has nothing but sums: one row each."""
    funding: dict[str, Any] = {"grant": grant}
    if own is not None:
        funding["own"] = [{"id": "o1", "amount": own}]
    if other is not None:
        funding["other"] = [{"id": "x1", "amount": other}]
    if income is not None:
        funding["income"] = [{"id": "i1", "amount": income}]
    lines = [{"id": "c1", "category": "services", "description": "x", "amount": costs}] if costs is not None else []
    return Application.model_validate({"funding": funding, "budget": {"lines": lines}})


def judge(
    application: Application | Mapping[str, Any], call: Call, today: datetime.date = TODAY
) -> tuple[Finding, ...]:
    return evaluate(make_draft(application), call, today)


def by_rule(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


def only(findings: tuple[Finding, ...], rule: str) -> Finding:
    (found,) = by_rule(findings, rule)
    return found
