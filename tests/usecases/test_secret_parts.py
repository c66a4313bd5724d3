"""Parts marked as secret: what a public copy is made of, and how a mark follows, fails safe and is undone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.ports import Chance, Clock, catalog, document
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.draft import Document
from hakemus.domain.paths import BadPath, get_value, with_value
from hakemus.report.grounds import GROUNDS, ground_words, mark_of
from hakemus.usecases import drafts
from hakemus.usecases.secrecy import covers, removals, without_secrets
from hakemus.usecases.session import Session
from strategies import applications

EN = catalog("en")
MARK = "[secret: 621/1999, section 24, subsection 1, paragraph 20]"


def example() -> dict[str, Any]:
    path = resources_root() / "examples" / "pop-up-kirjasto.json"
    application: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["application"]
    return application


def marked(*marks: tuple[str, str], application: dict[str, Any] | None = None) -> Document:
    """A document with marks of a path and a passage ("" for the whole)."""
    session = Session(document(application or example()), Chance().draw, Clock())
    for path, passage in marks:
        session.mark_secret(path, "24.1.20", passage=passage)
    return Document(id=session.document.id, draft=session.draft)


def value(held: Document, path: str) -> Any:
    return get_value(held.draft.application, path)


def test_a_passage_goes_and_its_ground_stands_there() -> None:
    held = marked(("project.summary", "pop up -kirjasto"), application={"project": {"summary": "Yritys Oy tekee sen."}})
    held = marked(("project.summary", "yritys  oy"), application={"project": {"summary": "Yritys\nOy tekee sen."}})
    public = without_secrets(held, EN)
    assert value(public.document, "project.summary") == f"{MARK} tekee sen."
    assert public.document.draft.secrets == ()
    assert public.places == {}


def test_every_place_of_a_passage_goes_from_every_text() -> None:
    texts = {"summary": "Yritys Oy ja Yritys Oy", "need": "Yritys Oy:n tarve. Yritys oyster."}
    held = marked(("project.summary", "Yritys Oy"), application={"project": texts})
    public = without_secrets(held, EN).document
    assert value(public, "project.summary") == f"{MARK} ja {MARK}"
    assert value(public, "project.need") == f"{MARK}:n tarve. Yritys oyster."


def test_a_passage_that_was_changed_takes_the_whole_field_with_it() -> None:
    held = marked(("project.summary", "Yritys Oy"), application={"project": {"summary": "Yritys Oyj tekee."}})
    assert [(item.found, item.whole) for item in removals(held.draft)] == [(True, False)], "still inside"
    held = marked(("project.summary", "Yritys Oy"), application={"project": {"summary": "Firma tekee."}})
    assert [(item.found, item.whole) for item in removals(held.draft)] == [(True, True)]
    assert value(without_secrets(held, EN).document, "project.summary") == MARK


def test_a_mark_of_what_is_gone_says_so_and_does_nothing() -> None:
    held = marked(("project.summary", ""), ("team[gone].name", ""), application={"project": {"title": "A"}})
    assert [item.found for item in removals(held.draft)] == [False, False]
    assert without_secrets(held, EN).document.draft.application == held.draft.application


def test_a_secret_row_keeps_its_place_and_its_category_only() -> None:
    held = marked(("budget.lines[line1]", ""), application={
        "budget": {"lines": [{"id": "line1", "category": "services", "description": "Tutkimus Oy",
                              "supplier": "Firma Ab", "amount": "1000.00", "vat_percent": "24", "year": 2019,
                              "payer": "p1", "starts_on": "2019-01-01"}]},
    })  # fmt: skip
    public = without_secrets(held, EN)
    (line,) = public.document.draft.application.budget.lines
    assert line.stored() == {"id": "line1", "category": "services", "description": MARK}
    assert public.places == {"budget.lines[line1]": MARK}


def test_values_that_are_no_text_are_kept_back_by_their_place() -> None:
    data = {
        "project": {"starts_on": "2019-01-01", "joint": True, "keywords": ["Salainen hanke", "muu"]},
        "applicant": {"vat": "bears", "contacts": [{"id": "c1", "role": "deputy", "name": "A B"}]},
        "declarations": {"truth": True},
        "answers": {"q": "Vastaus"},
        "partners": [{"id": "p1", "name": "Kumppani", "contact": "Salainen hanke"}],
    }
    paths = ("project.starts_on", "project.joint", "project.keywords", "applicant", "declarations", "answers[q]")
    public = without_secrets(marked(*((path, "") for path in paths), application=data), EN)
    assert set(public.places) == {
        "project.starts_on", "project.joint", "project.keywords", "applicant.vat", "applicant.contacts[c1]",
        "declarations[truth]",
    }  # fmt: skip
    stored = public.document.draft.application.stored()
    assert "project" not in stored
    assert stored["answers"] == {"q": MARK}
    assert stored["applicant"] == {"contacts": [{"id": "c1", "name": MARK}]}
    assert value(public.document, "partners[p1].contact") == MARK, "the same words stand nowhere else"


def test_typed_text_that_is_no_value_goes_too() -> None:
    session = Session(document({"funding": {}}), Chance().draw, Clock())
    session.edit("funding.grant", "salainen 7 e")
    session.mark_secret("funding.grant", "24.1.20")
    assert [item.found for item in removals(session.draft)] == [True]
    public = without_secrets(Document(id="d", draft=session.draft), EN)
    assert dict(public.document.draft.pending) == {}
    assert public.places == {"funding.grant": MARK}


@given(applications, st.data())
def test_a_secret_field_of_any_application_is_gone(plain: dict[str, Any], data: st.DataObject) -> None:
    """Whatever is marked, its own place does not hold it any more, and nothing breaks."""
    held = document(drafts.application_from_data(plain, Chance().draw)[0].stored())
    every = tuple(_leaves(held.draft.application.stored()))
    if not every:
        return
    path = data.draw(st.sampled_from(every))
    session = Session(held, Chance().draw, Clock())
    session.mark_secret(path, "24.1.31")
    before = get_value(held.draft.application, path)
    public = without_secrets(Document(id=held.id, draft=session.draft), EN)
    after = get_value(public.document.draft.application, path)
    mark = mark_of("24.1.31", EN)
    assert after == mark or (not after and public.places.get(path) == mark) or before in ("", mark)


def _leaves(node: Any, path: str = "") -> Any:
    """Addresses of all values; keys of maps that are no address are left out."""
    for key, item in node.items() if isinstance(node, dict) else ():
        at = f"{path}.{key}" if path else key
        if path in ("answers", "declarations"):
            at = f"{path}[{key}]"
            if not key or set(key) & set("[]"):
                continue
        if key == "id":
            continue
        if isinstance(item, list) and item and isinstance(item[0], dict):
            for row in item:
                yield from _leaves(row, f"{at}[{row['id']}]")
        elif isinstance(item, dict):
            yield from _leaves(item, at)
        else:
            try:
                get_value(None, at)
            except BadPath:
                continue
            yield at


def test_a_mark_is_undone_and_a_second_mark_of_the_same_replaces_it() -> None:
    session = Session(document(example()), Chance().draw, Clock())
    session.mark_secret("project.summary", "24.1.20")
    session.mark_secret("project.summary", "24.1.25", note="terveys")
    (only,) = session.draft.secrets
    assert (only.ground, only.note, only.on) == ("24.1.25", "terveys", Clock().day)
    assert covers(session.draft, "project.summary") == (only,)
    session.unmark_secret(only.id)
    assert session.draft.secrets == ()
    assert session.undo()
    assert session.undo()
    assert [item.ground for item in session.draft.secrets] == ["24.1.20"]
    assert session.undo()
    assert not session.dirty
    session.unmark_secret("nobody")
    assert not session.dirty


def test_a_copied_row_is_as_secret_as_the_first_and_a_removed_one_takes_its_marks() -> None:
    session = Session(document(example()), Chance().draw, Clock())
    row = f"partners[{session.draft.application.partners[0].id}]"
    session.mark_secret(f"{row}.email", "24.1.31")
    session.mark_secret("project.title", "24.1.20")
    copied = session.duplicate_row(row)
    assert {item.path for item in session.draft.secrets} == {
        f"{row}.email", f"partners[{copied}].email", "project.title",
    }  # fmt: skip
    assert len({item.id for item in session.draft.secrets}) == 3
    session.remove_rows([row])
    assert {item.path for item in session.draft.secrets} == {f"partners[{copied}].email", "project.title"}


def test_marks_are_in_the_file_and_come_back() -> None:
    held = marked(("project.summary", "Pop up"), ("funding.grant", ""))
    plain = drafts.to_plain(held)
    assert [set(item) - {"passage"} for item in plain["secrets"]] == [{"id", "path", "ground", "on"}] * 2
    back, notes = drafts.from_plain(json.loads(json.dumps(plain)), Chance().draw)
    assert back.draft == held.draft
    assert notes == ()
    assert "secrets" not in drafts.to_plain(document({})), "a file without marks is as it was before there were any"


def test_a_mark_of_fields_of_a_newer_program_breaks_nothing() -> None:
    held = document({})
    application = with_value(held.draft, "application", {"novelty": "uusi", "project": {"title": "A"}})
    secrets = ({"id": "a", "path": "novelty"}, {"id": "b", "path": "no address"}, {"id": "c", "path": "project"})
    held = Document(id="d", draft=with_value(application, "secrets", secrets))
    public = without_secrets(held, EN).document
    assert public.draft.application.stored() == {
        "novelty": "[secret: 621/1999]",
        "project": {"title": "[secret: 621/1999]"},
    }


@pytest.mark.parametrize(
    ("ground", "mark", "words"),
    [
        ("24.1.20", MARK, "section 24, subsection 1, paragraph 20: business secret of a company or a person"),
        ("24.1.99", MARK.replace("20]", "99]"), "section 24, subsection 1, paragraph 99"),
        (" own words ", "[secret: 621/1999, own words]", "own words"),
        (None, "[secret: 621/1999]", "no ground given"),
    ],
)
def test_a_ground_in_words(ground: str | None, mark: str, words: str) -> None:
    assert mark_of(ground, EN) == mark
    assert ground_words(ground, EN) == words


def test_every_ground_has_words_in_each_language() -> None:
    for language in ("fi", "sv"):
        words = catalog(language)
        for ground, said in GROUNDS.items():
            assert words.text(said) != said
            assert "621/1999" in mark_of(ground, words)
            assert ground_words(ground, words).endswith(words.text(said))
