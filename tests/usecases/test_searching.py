"""Words are found wherever the application has them, and each hit says where it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.ports import catalog, document
from hakemus.domain.draft import Draft
from hakemus.domain.fields import UnknownWord
from hakemus.domain.paths import with_value
from hakemus.usecases import searching
from hakemus.usecases.calls import call_of
from hakemus.usecases.searching import Hit, find, folded

DATA: dict[str, Any] = {
    "applicant": {"library": "Hämeen kirjasto", "contacts": [{"id": "c1", "role": "deputy", "name": "Åsa"}]},
    "project": {
        "title": "Pop\u00a0up\u00a0-kirjasto",
        "summary": "Kirjasto kulkee.\nKIRJASTO palaa.",
        "target_groups": ["lapset", "nuoret"],
        "starts_on": "2018-05-02",
        "joint": True,
    },
    "goals": [{"id": "g1", "text": "Lukijoita", "indicators": [{"id": "i1", "name": "Lainat", "target": "9 000"}]}],
    "activities": [{"id": "a1", "title": "Kiertue", "goals": ["g1"]}, {"id": "a2", "description": "Kiertueen loppu"}],
    "partners": [{"id": "p1", "name": "Seura"}],
    "budget": {
        "lines": [
            {"id": "l1", "description": "Auto", "category": "services", "amount": "9000.00", "payer": "p1"},
            {"id": "l2", "description": "Bussi", "category": "own-words", "quantity": "2.5"},
        ],
        "people": [{"id": "w1", "title": "Ohjaaja", "monthly_pay": "2300.00"}],
    },
    "attachments": [{"id": "f1", "title": "Lupa", "kind": "letter", "size": 9000, "media_type": "application/pdf"}],
}


def made(data: dict[str, Any] | None = None, **parts: Any) -> Draft:
    return document(DATA if data is None else data, **parts).draft


def hits(sought: str, draft: Draft | None = None, language: str = "fi") -> list[Hit]:
    draft = draft or made()
    return list(find(draft, call_of(draft), catalog(language), sought))


def texts(sought: str) -> list[tuple[str, str]]:
    return [(hit.path, hit.text[hit.start : hit.end]) for hit in hits(sought) if not hit.by_name]


def test_each_place_once_in_the_order_of_the_form() -> None:
    assert texts("kirjasto") == [
        ("applicant.library", "kirjasto"),
        ("project.title", "kirjasto"),
        ("project.summary", "Kirjasto"),
        ("project.summary", "KIRJASTO"),
    ]
    assert [hit.step for hit in hits("kirjasto")][:2] == ["applicant", "project"]


def test_case_accents_and_spaces_make_no_difference() -> None:
    assert texts("HAMEEN") == [("applicant.library", "Hämeen")]
    assert texts("asa") == [("applicant.contacts[c1].name", "Åsa")]
    assert texts("pop up -kirjasto") == [("project.title", "Pop\u00a0up\u00a0-kirjasto")]
    assert texts("kulkee. kirjasto") == [("project.summary", "kulkee.\nKIRJASTO")]
    assert texts("lapset nuoret") == [("project.target_groups", "lapset\nnuoret")]


def test_a_soft_hyphen_is_no_part_of_a_word() -> None:
    assert folded("kir\u00adjasto") == ("kirjasto", (0, 1, 2, 4, 5, 6, 7, 8))


def test_a_figure_is_found_however_it_is_written() -> None:
    assert texts("9000") == texts("9 000")
    assert texts("9000") == [("goals[g1].indicators[i1].target", "9 000"), ("budget.lines[l1].amount", "9\u00a0000")]
    assert texts("2,5") == [("budget.lines[l2].quantity", "2,5")]
    assert ("project.starts_on", "2.5.2018") in texts("2.5.2018")


def test_choices_are_found_by_what_is_shown() -> None:
    assert texts("varahenkilö") == [("applicant.contacts[c1].role", "Varahenkilö")]
    assert [path for path, _ in texts("palvelu")] == ["budget.lines[l1].category"]
    assert texts("own-words") == [("budget.lines[l2].category", "own-words")]
    assert texts("deputy") == texts("g1") == texts("p1") == texts("application/pdf") == texts("letter") == []


def test_a_word_of_a_newer_program_has_no_shown_form() -> None:
    draft = with_value(made({}), "application.applicant.vat", UnknownWord("half"))
    assert [hit for hit in hits("half", draft) if not hit.by_name] == []


def test_what_waits_beside_its_field_is_found_in_place_of_the_value() -> None:
    draft = made(pending={"funding.grant": "noin 7 500", "project.title": "toinen"})
    assert [hit.path for hit in hits("noin", draft)] == ["funding.grant"]
    assert [hit.path for hit in hits("pop up", draft)] == []


@pytest.mark.parametrize(
    ("kind", "choices", "value", "shown"),
    [
        ("yes_no", [], "yes", "Kyllä"),
        ("yes_no", [], "perhaps", "perhaps"),
        ("choice", [{"id": "x", "label": {"fi": "Iso"}}], "x", "Iso"),
        ("text", [], "Vapaata", "Vapaata"),
    ],
)
def test_answers_to_the_questions_of_the_call(kind: str, choices: list[Any], value: str, shown: str) -> None:
    draft = made({"answers": {"q1": value, "gone": value}})
    question = {"id": "q1", "label": {"fi": "Mistä rahaa?"}, "kind": kind, "choices": choices, "step": "funding"}
    definition = {**draft.call.definition, "questions": [question]}
    draft = with_value(draft, "call.definition", definition)
    found = hits(shown, draft)
    assert [(hit.path, hit.step, hit.name) for hit in found] == [("answers[q1]", "funding", "Mistä rahaa?")]
    assert [(hit.path, hit.by_name) for hit in hits("mistä", draft)] == [("answers[q1]", True)]


def test_fields_are_found_by_name_behind_the_texts() -> None:
    found = hits("kirjasto")
    assert [hit.by_name for hit in found] == sorted(hit.by_name for hit in found)
    by_name = [hit for hit in found if hit.by_name]
    assert ("applicant.library", "Hämeen kirjasto") in [(hit.path, hit.text) for hit in by_name]
    assert [hit.path for hit in hits("diaarinumero")] == ["submission.register_number"]
    assert {hit.path for hit in hits("bibliotek", language="sv")} == {"applicant.library"}


def test_a_row_is_named_by_its_own_words() -> None:
    by_path = {hit.path: hit.row for hit in [*hits("9000"), *hits("kiertue"), *hits("ohjaaja")]}
    assert by_path["budget.lines[l1].amount"] == "Auto"
    assert by_path["activities[a2].description"] == "Kiertueen loppu"
    assert by_path["budget.people[w1].title"] == "Ohjaaja"
    assert hits("hameen")[0].row == ""
    assert searching.row_name(made({"answers": {"q": "a"}}), "answers[q]") == ""
    assert searching.row_name(made({"team": [{"id": "t1"}]}), "team[t1].role") == ""


def test_an_excerpt_shows_what_stands_around() -> None:
    draft = made({"project": {"summary": "x" * 100 + "\nKirjasto\tavoinna"}})
    before, found, after = hits("kirjasto", draft)[0].excerpt
    assert before == "…" + "x" * 35 + " "
    assert (found, after) == ("Kirjasto", " avoinna")


def test_nothing_sought_finds_nothing_and_very_much_is_cut() -> None:
    assert hits("  ") == []
    rows = [{"id": f"m{n}", "name": "aa"} for n in range(searching.MOST_HITS)]
    assert len(hits("a", made({"team": rows}))) == searching.MOST_HITS


@given(st.text())
def test_every_folded_character_has_its_place(text: str) -> None:
    made_text, origin = folded(text)
    assert len(made_text) == len(origin)
    assert list(origin) == sorted(origin)
    assert all(0 <= at < len(text) for at in origin)


@given(st.text(alphabet="ab äÄ\u00a0\n12", min_size=1), st.data())
def test_a_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end]
    inside = text[:start][-1:].isdigit() and part.strip()[:1].isdigit() and part[:1].isspace()
    if folded(part)[0] and not inside:
        assert folded(part)[0] in folded(text)[0]
