"""A term that would make a rule unreadable is not applied: the rule goes on with the call's own value."""

from __future__ import annotations

import pytest

from hakemus.domain.draft import Term
from hakemus.usecases.calls import with_terms

CALL = {
    "id": "a-call",
    "edition": "1",
    "funder": "f",
    "funder_name": {"fi": "R"},
    "title": {"fi": "H"},
    "rules": [{"id": "grant-share", "kind": "grant-share", "percent": "80"}],
}


@pytest.mark.parametrize(
    ("value", "percent", "overridden"),
    [("75", "75", ("rules.grant-share.percent",)), ("abc", "80", ()), ("0", "80", ()), ("100.5", "80", ())],
)
def test_only_a_readable_term_counts(value, percent, overridden):
    call = with_terms(CALL, [Term(at="rules.grant-share.percent", value=value)])
    assert call.rule("grant-share").parameters["percent"] == percent
    assert call.overridden == overridden
