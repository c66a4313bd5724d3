"""Drafts and calls as trees: wrong forms told by path, unknown keys kept, and the stored form that comes back."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from hakemus.domain.application import Application
from hakemus.domain.call import Call, moment_of
from hakemus.domain.draft import Document, Draft, any_value, draft_path
from hakemus.domain.fields import Strings, TextMap, UnknownWord, word
from hakemus.domain.findings import Severity
from hakemus.domain.messages import Message, msg, nmsg
from hakemus.domain.money import Money


def faults(tree, context=None, of=Application):
    with pytest.raises(ValidationError) as found:
        of.model_validate(tree, context=context)
    return sorted((".".join(str(part) for part in item["loc"]), item["type"]) for item in found.value.errors())


@pytest.mark.parametrize(
    ("tree", "path", "code"),
    [
        ({"funding": {"grant": 5}}, "funding.grant", "money"),
        ({"funding": {"grant": "5"}}, "funding.grant", "money"),
        ({"budget": {"lines": [{"id": "a", "quantity": 3}]}}, "budget.lines.0.quantity", "number"),
        ({"budget": {"lines": [{"id": "a", "quantity": "3,5"}]}}, "budget.lines.0.quantity", "number"),
        ({"budget": {"lines": [{"id": "a", "year": "2019"}]}}, "budget.lines.0.year", "int_type"),
        ({"budget": {"lines": [{"id": "a", "vat_included": "yes"}]}}, "budget.lines.0.vat_included", "bool_type"),
        ({"budget": {"lines": [{"id": "a b"}]}}, "budget.lines.0.id", "id"),
        ({"budget": {"lines": [{"id": 5}]}}, "budget.lines.0.id", "id"),
        ({"budget": {"lines": [{}]}}, "budget.lines.0.id", "missing"),
        ({"budget": {"lines": [{"id": "a"}, {"id": "a"}]}}, "budget.lines", "twice"),
        ({"budget": {"lines": {"id": "a"}}}, "budget.lines", "list"),
        ({"budget": {"lines": 5}}, "budget.lines", "list"),
        ({"budget": []}, "budget", "model_type"),
        ({"project": {"starts_on": "2019-2-1"}}, "project.starts_on", "date"),
        ({"project": {"starts_on": "2019-02-30"}}, "project.starts_on", "date"),
        ({"project": {"starts_on": "0999-02-01"}}, "project.starts_on", "date"),
        ({"project": {"starts_on": 20190201}}, "project.starts_on", "date"),
        ({"project": {"starts_on": "2019-02-1٣"}}, "project.starts_on", "date"),
        ({"project": {"starts_on": datetime.datetime(2019, 2, 1)}}, "project.starts_on", "date"),  # noqa: DTZ001
        ({"project": {"title": 5}}, "project.title", "string_type"),
        ({"project": {"keywords": "a"}}, "project.keywords", "list"),
        ({"funding": {"own": [{"id": "a", "kind": "gift"}]}}, "funding.own.0.kind", "word"),
        ({"funding": {"own": [{"id": "a", "kind": 5}]}}, "funding.own.0.kind", "word"),
        ({"answers": ["a"]}, "answers", "mapping"),
        ({"answers": {"q": 5}}, "answers", "entry_text"),
        ({"declarations": {"q": "yes"}}, "declarations", "entry_flag"),
    ],
)
def test_wrong_types_and_forms_are_told_by_path(tree, path, code):
    assert faults(tree) == [(path, code)]


def test_all_faults_are_told_at_once():
    tree = {"funding": {"grant": 5, "own": [{"id": "a", "amount": "x"}]}, "project": {"title": 3}}
    assert [path for path, _ in faults(tree)] == ["funding.grant", "funding.own.0.amount", "project.title"]


def test_missing_and_null_mean_the_same():
    nulls = {
        "project": {"title": None, "keywords": None},
        "budget": {"lines": None},
        "answers": None,
        "funding": {"grant": None},
    }
    assert Application.model_validate(nulls) == Application()
    assert Application.model_validate({"answers": {"q": None}, "declarations": {"d": None}}).stored() == {}
    assert Application().model_dump(mode="json")["funding"]["grant"] is None
    assert TypeAdapter(TextMap, config=ConfigDict(arbitrary_types_allowed=True)).validate_python(None) == {}
    assert TypeAdapter(Strings).validate_python(None) == ()


def test_values_of_python_are_taken_too():
    tree = {
        "funding": {"grant": Money(5)},
        "budget": {"lines": [{"id": "a", "quantity": Decimal("1.5")}]},
        "project": {"starts_on": datetime.date(2019, 2, 1)},
    }
    stored = Application.model_validate(tree).stored()
    assert stored == {
        "funding": {"grant": "0.05"},
        "budget": {"lines": [{"id": "a", "quantity": "1.5"}]},
        "project": {"starts_on": "2019-02-01"},
    }


def test_a_word_of_a_newer_program_is_kept_and_counts_as_missing():
    tree = {"funding": {"own": [{"id": "a", "kind": "gift"}]}}
    application = Application.model_validate(tree, context={"newer_minor": True})
    kept = application.funding.own[0].kind
    assert isinstance(kept, UnknownWord)
    assert (word(kept), word("work"), word(None)) == (None, "work", None)
    assert application.stored() == tree
    assert faults({"funding": {"own": [{"id": "a", "kind": 5}]}}, {"newer_minor": True}) == [
        ("funding.own.0.kind", "word")
    ]
    again = Application.model_validate({"funding": application.funding})
    assert again.funding.own[0].kind == "gift"


def test_unknown_keys_are_kept_frozen_where_they_stand():
    tree = {"budget": {"lines": [{"id": "a", "colour": {"red": [1, 2]}}]}, "moon": [{"x": 1}]}
    application = Application.model_validate(tree)
    assert application.stored() == tree
    assert application.budget.lines[0].colour == {"red": (1, 2)}
    with pytest.raises(TypeError):
        application.budget.lines[0].colour["red"] = 1


texts = st.none() | st.text(max_size=12)
moneys = st.none() | st.integers(-(10**13), 10**13).map(lambda cents: str(Money(cents)))
days = st.none() | st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(datetime.date.isoformat)
numbers = st.none() | st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", fullmatch=True)
maps = st.dictionaries(st.text(min_size=1, max_size=4), st.text(max_size=8), max_size=3)


def rows(**fields):
    def with_ids(found):
        return [{**row, "id": f"r{at}"} for at, row in enumerate(found)]

    return st.lists(st.fixed_dictionaries(fields), max_size=3).map(with_ids)


applications = st.fixed_dictionaries(
    {
        "applicant": st.fixed_dictionaries({"library": texts, "vat": st.sampled_from([None, "recovers", "bears"])}),
        "project": st.fixed_dictionaries({"title": texts, "starts_on": days, "joint": st.none() | st.booleans()}),
        "goals": rows(text=texts, indicators=rows(name=texts, target=texts)),
        "budget": st.fixed_dictionaries(
            {
                "lines": rows(
                    category=texts, quantity=numbers, amount=moneys, year=st.none() | st.integers(1000, 2999)
                ),
                "people": rows(months=numbers, monthly_pay=moneys),
            }
        ),
        "funding": st.fixed_dictionaries(
            {"grant": moneys, "own": rows(amount=moneys, kind=st.sampled_from([None, "work"]))}
        ),
        "answers": maps,
        "declarations": st.dictionaries(st.text(min_size=1, max_size=4), st.booleans(), max_size=3),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(applications, maps, texts)
def test_a_draft_comes_back_from_its_stored_form(application, pending, note):
    tree = {
        "call": {"id": "c", "definition": {"a": [1, {"b": "x"}]}},
        "language": "sv",
        "application": application,
        "pending": pending,
        "terms": [{"at": "unit", "value": "1.00", "note": note}],
        "acknowledged": [{"rule": "r", "paths": ["a.b"], "on": "2026-01-02"}],
        "comments": [{"id": "k", "text": note}],
        "decision": {"granted": "1.00"},
        "report": {"realised": {"costs": "5.00"}, "indicators": {"i": "x"}},
        "sources": [{"id": "s", "unplaced": ["x"]}],
        "submission": {"submitted_on": "2026-02-03"},
    }
    draft = Draft.model_validate(tree)
    stored = json.loads(json.dumps(draft.stored()))
    assert Draft.model_validate(stored) == draft
    assert Draft.model_validate(stored).stored() == stored
    document = Document(id="d", draft=draft, snapshots=[{"id": "s", "revision": 2}])
    assert Document.model_validate(document.stored()) == document


def test_where_addresses_lie_in_a_draft():
    assert draft_path("project.title") == "application.project.title"
    assert draft_path("report.indicators[a]") == "report.indicators[a]"
    assert draft_path("decision") == "decision"
    assert draft_path("submission.note") == "submission.note"


@pytest.mark.parametrize(
    ("value", "some"),
    [
        (None, False),
        ("", False),
        (" \n\u00a0", False),
        ((), False),
        ({}, False),
        ("x", True),
        (False, True),
        (Money(0), True),
        (0, True),
        (("a",), True),
    ],
)
def test_whether_something_stands_in_a_field(value, some):
    assert any_value(value) is some


def test_messages_are_data():
    assert msg("{a} b", a=1) == Message("{a} b", {"a": 1})
    many = nmsg("{count} row", "{count} rows", 3, x=1)
    assert (many.count, many.plural, many.values) == (3, "{count} rows", {"x": 1, "count": 3})
    assert [severity.rank for severity in Severity] == [0, 1, 2]


# calls

CALL = {
    "id": "a-call",
    "edition": "1",
    "funder": "f",
    "funder_name": {"fi": "R", "en": "F"},
    "title": {"en": "Call", "sv": "Utlysning"},
    "languages": ["sv", "fi"],
    "questions": [{"id": "q", "label": {"fi": "?"}, "step": "goals"}],
    "fields": [{"path": "project.title", "limit": 5}],
    "categories": [{"id": "other", "label": {"fi": "m"}}],
    "rules": [{"id": "r", "kind": "length", "severity": "note", "limits": {"project.title": 3}}],
    "sources": [{"id": "s", "title": "S", "url": "https://esimerkki.fi/", "year": "2019", "read": "2026-01-02"}],
}


def test_a_call_finds_its_parts():
    call = Call.model_validate(CALL)
    assert call.category("other").id == "other"
    assert (
        call.category("moon") is call.category(None) is call.question("x") is call.guide("x") is call.rule("x") is None
    )
    assert call.guide("project.title").limit == 5
    assert call.rule("r").severity is Severity.NOTE
    assert call.rule("r").parameters == {"limits": {"project.title": 3}}
    assert call.step_of("answers[q]") == "goals"
    assert call.step_of("answers[other]") == "project"
    assert call.step_of("budget.lines[a]") == "budget"
    assert call.category_ids == {"other"}


def test_texts_of_a_call_by_language():
    call = Call.model_validate(CALL)
    assert call.text(call.title, "en") == "Call"
    assert call.text(call.title, "fi") == "Utlysning"
    assert call.text(call.funder_name, "sv") == "R"
    assert call.text(None, "fi") == ""


def test_citations_are_joined_with_sources():
    call = Call.model_validate(
        CALL | {"share": {"reference": {"source": "s", "paragraph": "1", "quotation": {"sv": "Text"}}}}
    )
    found = call.reference(call.share.reference, "fi")
    assert (found.title, found.url, found.year, found.read) == ("S", "https://esimerkki.fi/", "2019", "2026-01-02")
    assert (found.paragraph, found.status, found.quotation) == ("1", "source", "Text")
    assert call.reference(None) is None
    other = Call.model_validate(CALL | {"share": {"reference": {"source": "gone", "status": "own"}}})
    assert (other.reference(other.share.reference).title, other.reference(other.share.reference).read) == ("", "")


def test_a_rule_comes_back_from_its_stored_form():
    call = Call.model_validate(CALL)
    again = Call.model_validate(
        json.loads(json.dumps(call.model_dump(mode="json", by_alias=True, exclude={"overridden"})))
    )
    assert again == call
    assert moment_of("2019-01-02").hour == 0
    assert moment_of("2019-01-02T16:15").hour == 16


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"title": "Call"}, "title", "texts"),
        ({"title": {}}, "title", "texts"),
        ({"title": ["a"]}, "title", "texts"),
        ({"title": {"fin": "x"}}, "title", "texts"),
        ({"title": {"FI": "x"}}, "title", "texts"),
        ({"title": {"fi": 5}}, "title", "texts"),
        ({"id": "A call"}, "id", "string_pattern_mismatch"),
        ({"currency": "eur"}, "currency", "string_pattern_mismatch"),
        ({"unit": 1}, "unit", "money"),
        ({"window": {"opens": "soon"}}, "window.opens", "moment"),
        ({"window": {"opens": 20190101}}, "window.opens", "moment"),
        ({"window": {"opens": "2019-01-01T10:00:30"}}, "window.opens", "moment"),
        ({"window": {"opens": "2019-W01-1"}}, "window.opens", "moment"),
        ({"window": {"opens": "2019-01-01 10:00"}}, "window.opens", "moment"),
        ({"window": {"opens": "2019-02-29T10:00"}}, "window.opens", "moment"),
        ({"window": {"opens": "2019-01-01T10+02"}}, "window.opens", "moment"),
        ({"window": {"open": "2019-01-01"}}, "window.open", "extra_forbidden"),
        ({"share": {"base": "moon"}}, "share.base", "literal_error"),
        ({"rules": [{"id": "r", "kind": "k", "severity": "fatal"}]}, "rules.0.severity", "word"),
        ({"rules": ["x"]}, "rules.0", "model_type"),
        ({"rules": [{"kind": "k"}]}, "rules.0.id", "missing"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
    ],
)
def test_wrong_calls_are_told_by_path(change, path, code):
    found = faults(CALL | change, of=Call)
    assert found[0][1] == code
    assert found[0][0].startswith(path)


@pytest.mark.parametrize("value", [True, 1.5, "a", Decimal("1E+3000"), None, "1,5"])
def test_numbers_of_a_call_are_exact_or_refused(value):
    from hakemus.rules.limits import GrantShareParameters

    with pytest.raises(ValidationError):
        GrantShareParameters.model_validate({"percent": value})
    assert GrantShareParameters.model_validate({"percent": Decimal("66.6")}).percent == Decimal("66.6")
    assert GrantShareParameters.model_validate({"percent": 66}).percent == 66
