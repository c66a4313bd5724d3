"""Whether the plan hangs together: links, indicators, partners, leftovers in texts, evidence, eligibility, tenders."""

from __future__ import annotations

import pytest
from rule_calls import AVI, by_rule, judge, make_call, named, only

from hakemus.domain.findings import Severity
from hakemus.rules.addresses import column


def found(tree, rule, call=AVI):
    return {finding.message.key: finding.paths for finding in by_rule(judge(tree, call), rule)}


def test_orphans_are_told_once_rows_are_linked():
    tree = {
        "goals": [{"id": "g", "text": "x"}, {"id": "h", "text": "y"}],
        "activities": [{"id": "a", "goals": ["g"]}, {"id": "b"}, {"id": "m", "milestone": True, "goals": ["g"]}],
        "budget": {
            "lines": [
                {"id": "l", "category": "other", "amount": "1.00", "activity": "a"},
                {"id": "k", "category": "other", "amount": "1.00"},
            ],
            "people": [{"id": "p"}],
        },
    }
    assert found(tree, "links") == {
        "No activity serves this goal.": ("goals[h]",),
        "This activity serves no goal.": ("activities[b].goals",),
        "This activity has no money.": ("activities[b]",),
        "This cost belongs to no activity.": ("budget.lines[k].activity", "budget.people[p].activity"),
    }
    unlinked = {
        "goals": tree["goals"],
        "activities": [{"id": "a"}],
        "budget": {"lines": [{"id": "k", "category": "other", "amount": "1.00"}]},
    }
    assert found(unlinked, "links") == {}


def test_references_to_rows_that_are_gone():
    tree = {
        "activities": [{"id": "a", "goals": ["gone"]}],
        "partners": [{"id": "p", "attachment": "gone"}],
        "budget": {
            "lines": [
                {"id": "l", "category": "other", "payer": "gone", "activity": "gone"},
                {"id": "k", "category": "other", "payer": "p", "activity": "a"},
            ],
            "people": [{"id": "q", "payer": "gone", "activity": "gone"}],
        },
        "funding": {
            "own": [{"id": "o", "partner": "gone"}, {"id": "r", "partner": "p"}],
            "other": [{"id": "x", "partner": "gone"}],
        },
    }
    assert found(tree, "links")["This refers to a row that does not exist."] == (
        "activities[a].goals",
        "partners[p].attachment",
        "funding.own[o].partner",
        "funding.other[x].partner",
        "budget.lines[l].payer",
        "budget.people[q].payer",
        "budget.lines[l].activity",
        "budget.people[q].activity",
    )


def test_the_quality_of_indicators():
    indicators = [
        {"id": "a", "name": "visits", "baseline": "10", "target": "20", "measured_on": "2020-12-31"},
        {"id": "b", "name": "loans", "baseline": " ", "target": "more", "measured_on": "2021-01-01"},
        {"id": "c", "name": "", "target": "nothing"},
        {"id": "d", "name": "joy", "baseline": "1"},
    ]
    tree = {"project": {"ends_on": "2020-12-31"}, "goals": [{"id": "g", "indicators": indicators}]}
    at = "goals[g].indicators"
    assert found(tree, "indicator-quality") == {
        "The indicator has no baseline to compare with.": (f"{at}[b].baseline",),
        "The target of the indicator has no number.": (f"{at}[b].target", f"{at}[d].target"),
        "The indicator is measured after the project has ended.": (f"{at}[b].measured_on",),
    }
    without_end = {"goals": tree["goals"]}
    assert len(found(without_end, "indicator-quality")) == 2


def test_a_goal_or_an_indicator_in_the_words_of_an_activity_is_told():
    tree = {
        "goals": [
            {
                "id": "g",
                "text": "Reading  tour",
                "indicators": [{"id": "a", "name": "course", "baseline": "1", "target": "2"}],
            },
            {
                "id": "h",
                "text": "Reading tours reach 200 people",
                "indicators": [{"id": "b", "name": "", "target": "2"}],
            },
            {"id": "i", "text": ""},
        ],
        "activities": [
            {"id": "x", "title": "reading tour."},
            {"id": "y", "title": "Course"},
            {"id": "z", "title": " "},
        ],
    }
    key = "This names an activity, not what comes of it."
    assert found(tree, "indicator-quality")[key] == ("goals[g].text", "goals[g].indicators[a].name")
    assert key not in found({"goals": tree["goals"]}, "indicator-quality")
    assert key not in found({**tree, "activities": [{"id": "z", "title": " "}]}, "indicator-quality")


def test_partners_that_have_not_promised():
    words = [None, "planned", "asked", "promised", "signed"]
    tree = {"partners": [{"id": f"p{at}", "commitment": word} for at, word in enumerate(words)]}
    assert list(found(tree, "commitment").values()) == [("partners[p1].commitment", "partners[p2].commitment")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("What we do: TODO", "TODO"),
        ("cost xxx euros", "xxx"),
        ("Really???", None),
        ("when ??? how", "???"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("toodo xxxx metodologia", None),
        ("", None),
    ],
)
def test_placeholders_left_in_texts(text, word):
    findings = by_rule(judge({"project": {"need": text}, "answers": {"q": text}}, AVI), "leftover")
    assert [item.message.values["word"] for item in findings] == ([word, word] if word else [])
    assert {item.severity for item in findings} <= {Severity.WARNING}
    own = make_call(rules=[{"id": "leftover", "kind": "leftover", "words": ["täydennä", " "]}])
    assert not by_rule(judge({"project": {"need": text}}, own), "leftover")
    assert by_rule(judge({"project": {"need": "Täydennä tähän"}}, own), "leftover")


def test_the_same_word_in_a_column_of_many_rows_is_one_finding():
    tree = {
        "project": {"need": "TODO", "summary": "TODO"},
        "goals": [{"id": "g", "text": "TODO"}, {"id": "h", "text": "xxx"}, {"id": "i", "text": "TODO"}],
        "answers": {"p": "TODO", "q": "TODO"},
    }
    assert [(item.paths, item.message.values["word"]) for item in by_rule(judge(tree, AVI), "leftover")] == [
        (("answers[p]",), "TODO"),
        (("answers[q]",), "TODO"),
        (("project.need",), "TODO"),
        (("project.summary",), "TODO"),
        (("goals[g].text", "goals[i].text"), "TODO"),
        (("goals[h].text",), "xxx"),
    ]


def test_a_column_is_the_address_of_its_fields_without_the_rows():
    assert column("goals[g7].indicators[i_2].target") == "goals[].indicators[].target"
    assert column("answers[q1]") == "answers[q1]"
    assert column("project.title") == "project.title"


def test_a_long_paragraph_that_stands_twice():
    paragraph = "The library brings reading to the villages with a van that has books, games and a kitchen in it."
    tree = {
        "project": {"summary": f"First.\n{paragraph}", "description": f"  {paragraph} \nOther words."},
        "goals": [{"id": "g", "text": "Short."}, {"id": "h", "text": "Short."}],
        "activities": [{"id": "a", "title": "Van", "description": f"{paragraph}\n{paragraph}"}],
    }
    (finding,) = by_rule(judge(tree, AVI), "leftover")
    assert finding.paths == ("project.description", "activities[a].description")


def test_evidence_of_own_funding_where_the_call_asks_for_it():
    tree = {
        "funding": {
            "own": [
                {"id": "a", "amount": "1.00"},
                {"id": "b", "amount": "1.00", "evidence": "Board 1.2.2019, 5 §"},
                {"id": "c"},
            ]
        }
    }
    call = make_call(own={"evidence": named("From the books.")})
    assert only(judge(tree, call), "own-evidence").paths == ("funding.own[a].evidence",)
    assert not by_rule(judge(tree, AVI), "own-evidence")


def test_no_cost_is_paid_twice():
    other = [
        {"id": "a", "amount": "5.00", "same_costs": True},
        {"id": "b", "amount": "5.00", "same_costs": True, "status": "refused"},
        {"id": "c", "amount": "5.00", "same_costs": False},
    ]
    assert only(judge({"funding": {"other": other}}, AVI), "same-costs").paths == ("funding.other[a].same_costs",)


def test_answers_that_speak_against_applying():
    call = make_call(
        eligibility=[
            {"id": "public", "question": named("Public?"), "sentence": named("Only public libraries.")},
            {"id": "eu", "question": named("EU?"), "sentence": named("No EU money."), "wanted": False},
        ]
    )

    def told(**answers):
        tree = {"answers": {f"eligibility.{name}": answer for name, answer in answers.items()}}
        return [finding.paths[0] for finding in by_rule(judge(tree, call), "eligibility")]

    assert told(public="yes", eu="no") == told() == []
    assert told(public="no", eu="yes") == ["answers[eligibility.eu]", "answers[eligibility.public]"]


def test_purchases_of_one_supplier_that_need_a_tender():
    call = make_call(rules=[{"id": "tender", "kind": "tender", "threshold": "20000.00"}])
    lines = [
        {"id": "a", "category": "services", "amount": "15000.00", "supplier": "Firm  A"},
        {
            "id": "b",
            "category": "services",
            "amount": "6200.00",
            "supplier": " firm a",
            "vat_percent": "24",
            "vat_included": True,
        },
        {"id": "c", "category": "services", "amount": "19999.99", "supplier": "Firm B"},
        {"id": "d", "category": "services", "amount": "90000.00"},
    ]
    finding = only(judge({"budget": {"lines": lines}}, call), "tender")
    assert finding.paths == ("budget.lines[a].supplier", "budget.lines[b].supplier")
    assert dict(finding.values) == {"asked": "20000.00", "limit": "20000.00"}
