"""Opening, saving, saving elsewhere and copying: when something is written, and what is kept."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest

from fakes.ports import Chance, Store, catalog, document
from hakemus.domain.draft import Document
from hakemus.domain.messages import msg
from hakemus.usecases import drafts, problems, snapshots
from hakemus.usecases.errors import ChangedMeanwhile, Damaged, NotOurs, UserError, internal
from hakemus.usecases.files import (
    MOST_REVISIONS,
    Files,
    OpenFile,
    held_attachments,
    with_attachments,
    without_attachments,
)
from hakemus.usecases.ports import StoredDocument

LETTER = b"%PDF-1.7"
HASH = hashlib.sha256(LETTER).hexdigest()


def files() -> tuple[Files, Store]:
    store = Store()
    return Files(store, Chance()), store


def titled(made: Document, title: str) -> Document:
    application = made.draft.application
    project = application.project.model_copy(update={"title": title})
    draft = made.draft.model_copy(update={"application": application.model_copy(update={"project": project})})
    return made.model_copy(update={"draft": draft})


def test_a_draft_that_was_never_saved_needs_a_place() -> None:
    over, _ = files()
    with pytest.raises(ValueError, match="place"):
        over.save(OpenFile(document()), document())


def test_the_revision_grows_with_each_save_that_changes_something() -> None:
    over, store = files()
    opened = over.save(OpenFile(document()), document(), "a")
    assert (opened.document.revision, store.writes) == (1, 1)
    opened = over.save(opened, opened.document)
    assert (opened.document.revision, store.writes) == (1, 1)
    opened = over.save(opened, titled(opened.document, "x"))
    assert (opened.document.revision, store.writes) == (2, 2)
    assert over.open("a").document == opened.document


def test_a_file_that_claims_the_greatest_revision_is_saved_all_the_same() -> None:
    over, _ = files()
    made = document().model_copy(update={"revision": MOST_REVISIONS})
    opened = over.save(OpenFile(document()), made, "a")
    assert opened.document.revision == MOST_REVISIONS
    opened = over.save(opened, titled(opened.document, "x"))
    assert over.open("a").document == opened.document


def test_what_was_recovered_is_written_although_it_looks_unchanged() -> None:
    over, store = files()
    opened = over.save(OpenFile(document()), document(), "a")
    recovered = OpenFile(titled(opened.document, "x"), "a", opened.seen, unsaved=True)
    saved = over.save(recovered, recovered.document)
    assert (saved.unsaved, saved.document.revision, store.writes) == (False, 2, 2)
    assert over.open("a").document.draft.application.project.title == "x"


def test_saving_elsewhere_keeps_the_id_and_asks_before_it_replaces() -> None:
    over, _ = files()
    first = over.save(OpenFile(document()), document(), "a")
    elsewhere = over.save(first, first.document, "b")
    assert (elsewhere.path, elsewhere.document.id, elsewhere.document.revision) == ("b", first.document.id, 1)
    other = over.save(OpenFile(document()), titled(document(), "other"), "c")
    with pytest.raises(ChangedMeanwhile):
        over.save(first, first.document, "c")
    assert over.open("c").document == other.document
    assert over.save(first, first.document, "c", agreed=True).seen != other.seen


def test_a_file_that_changed_meanwhile_is_not_overwritten() -> None:
    over, _ = files()
    opened = over.save(OpenFile(document()), document(), "a")
    over.save(opened, titled(opened.document, "theirs"))
    with pytest.raises(ChangedMeanwhile):
        over.save(opened, titled(opened.document, "ours"))
    assert over.open("a").document.draft.application.project.title == "theirs"


def test_a_file_that_is_gone_is_written_again_where_one_may() -> None:
    over, store = files()
    opened = over.save(OpenFile(document()), document(), "a")
    del store.files["a"]
    with pytest.raises(ChangedMeanwhile):
        over.save(opened, opened.document)
    assert over.save(opened, opened.document, agreed=True).seen == opened.seen


def test_a_copy_is_a_document_of_its_own_with_the_same_content() -> None:
    over, _ = files()
    opened = over.save(OpenFile(document(), attachments={HASH: LETTER}), document({"project": {"title": "x"}}), "a")
    copied = over.copy_as_new(opened)
    assert copied.document.id != opened.document.id
    assert copied.document.draft == opened.document.draft
    assert (copied.document.revision, copied.path, copied.seen) == (0, None, None)
    assert copied.attachments == {HASH: LETTER}


def test_a_copy_of_a_newer_programs_file_keeps_its_number_and_its_parts() -> None:
    over, store = files()
    store.save("a", {**drafts.to_plain(document()), "weather": 1}, {}, {"more/x": b"y"}, None)
    raw, attachments, extra = store.files["a"]
    store.files["a"] = (raw.replace(b'"minor": 0', b'"minor": 3'), attachments, extra)
    opened = over.open("a")
    assert opened.newer_minor
    copied = over.save(over.copy_as_new(opened), over.copy_as_new(opened).document, "b")
    plain = drafts.to_plain(copied.document)
    assert (plain["format"]["minor"], plain["weather"]) == (3, 1)
    assert store.files["b"][2] == {"more/x": b"y"}


def test_an_attachment_that_no_row_names_is_kept_and_told() -> None:
    over, store = files()
    rows = {"attachments": [{"id": "a", "sha256": HASH, "state": "attached"}]}
    other = hashlib.sha256(b"other").hexdigest()
    store.save("a", drafts.to_plain(document(rows)), {HASH: LETTER}, {}, None)
    assert over.open("a").notes == ()
    store.save("b", drafts.to_plain(document(rows)), {HASH: LETTER, other: b"other"}, {}, None)
    opened = over.open("b")
    assert [note.path for note in opened.notes] == ["attachments"]
    saved = over.save(opened, titled(opened.document, "x"))
    assert set(saved.attachments) == {HASH, other}
    kept = {"id": "s", "kind": "named", "document": other, "pdf": HASH}
    store.save("c", {**drafts.to_plain(document()), "snapshots": [kept]}, {HASH: LETTER, other: b"other"}, {}, None)
    opened = over.open("c")
    assert opened.notes == ()
    assert drafts.to_plain(opened.document)["snapshots"] == [kept]


ROW = {"attachments": [{"id": "a", "sha256": HASH, "state": "attached"}]}


def without_rows(made: Document) -> Document:
    draft = made.draft.model_copy(update={"application": made.draft.application.model_copy(update={"attachments": ()})})
    return made.model_copy(update={"draft": draft})


def test_what_is_taken_out_of_the_application_leaves_the_file_and_can_come_back_while_it_is_open() -> None:
    over, store = files()
    store.save("a", drafts.to_plain(document(ROW)), {HASH: LETTER}, {}, None)
    opened = over.open("a")
    removed = over.save(opened, without_rows(opened.document))
    assert store.files["a"][1] == {}
    still = over.save(removed, titled(removed.document, "x"))
    assert store.files["a"][1] == {}, "what has left comes back with no later save by itself"
    over.save(still, opened.document)
    assert store.files["a"][1] == {HASH: LETTER}
    assert over.open("a").document.draft == opened.document.draft


def test_what_was_attached_and_taken_away_again_never_comes_into_the_file() -> None:
    over, store = files()
    opened = with_attachments(over.save(OpenFile(document()), document(), "a"), {HASH: LETTER})
    over.save(opened, titled(document(), "x"))
    assert store.files["a"][1] == {}


def test_what_a_kept_state_or_an_unknown_key_names_stays_in_the_file() -> None:
    over, store = files()
    opened = over.save(OpenFile(document(ROW), attachments={HASH: LETTER}), document(ROW), "a")
    state = b'{"application": {"attachments": [{"id": "a", "sha256": "' + HASH.encode() + b'"}]}}'
    noon = datetime.datetime(2018, 11, 15, 12, tzinfo=datetime.UTC)
    kept, whole = snapshots.taken(opened, opened.document, state, "Council", noon, Chance().draw)
    over.save(kept, without_rows(whole))
    assert store.files["a"][1] == {HASH: LETTER, hashlib.sha256(state).hexdigest(): state}
    named = {**drafts.to_plain(document(ROW)), "weather": [HASH]}
    store.save("b", named, {HASH: LETTER}, {}, None)
    opened = over.open("b")
    over.save(opened, without_rows(opened.document))
    assert store.files["b"][1] == {HASH: LETTER}


def test_nothing_is_taken_out_of_a_newer_programs_file() -> None:
    opened = OpenFile(document(ROW), attachments={HASH: LETTER}, newer_minor=True)
    assert held_attachments(opened, without_rows(opened.document)) == {HASH: LETTER}


def test_a_stray_attachment_leaves_only_when_the_person_says_so() -> None:
    over, store = files()
    store.save("a", drafts.to_plain(document()), {HASH: LETTER}, {}, None)
    opened = over.open("a")
    assert opened.strays == {HASH}
    saved = over.save(opened, titled(opened.document, "x"))
    assert store.files["a"][1] == {HASH: LETTER}
    over.save(without_attachments(saved, saved.strays), saved.document)
    assert store.files["a"][1] == {}
    assert over.open("a").notes == ()


def test_a_copy_as_new_leaves_kept_states_behind_with_all_that_only_they_hold() -> None:
    over, _ = files()
    gone = hashlib.sha256(b"gone").hexdigest()
    state = b'{"application": {"attachments": [{"id": "b", "sha256": "' + gone.encode() + b'"}]}}'
    opened = OpenFile(document(ROW), attachments={HASH: LETTER, gone: b"gone"})
    noon = datetime.datetime(2018, 11, 15, 12, tzinfo=datetime.UTC)
    kept, whole = snapshots.taken(opened, opened.document, state, "Council", noon, Chance().draw, b"%PDF-")
    copied = over.copy_as_new(over.save(kept, whole, "a"))
    assert copied.attachments == {HASH: LETTER}
    over.save(copied, copied.document, "b")
    assert over.open("b").notes == ()


def test_a_save_that_only_keeps_a_state_is_a_revision_of_its_own() -> None:
    over, _ = files()
    opened = over.save(OpenFile(document()), document(), "a")
    noon = datetime.datetime(2018, 11, 15, 12, tzinfo=datetime.UTC)
    kept, whole = snapshots.taken(opened, opened.document, b"{}", "Council", noon, Chance().draw)
    assert over.save(kept, whole).document.revision == 2


@pytest.mark.parametrize("plain", [{}, {"format": 1}, {"format": {"name": "other"}}])
def test_what_is_no_document_of_ours_is_said(plain: dict[str, Any]) -> None:
    with pytest.raises(NotOurs):
        drafts.from_plain(plain, Chance().draw)


def test_no_older_value_stands_where_a_text_waits_that_cannot_be_read() -> None:
    plain = drafts.to_plain(document({"funding": {"grant": "7500.00"}, "project": {"title": "x", "joint": True}}))
    plain["application"]["project"]["starts_on"] = "2026-01-01"
    plain["pending"] = {
        "funding.grant": "7 500,0,0",
        "project.starts_on": "1.2.2026",
        "project.title": "y",
        "project.joint": "perhaps",
        "project.ends_on": "soon",
        "budget.lines[gone].amount": "12x",
        "nothing.such": "12x",
        "project": "12x",
        "goals[": "12x",
    }
    made, notes = drafts.from_plain(plain, Chance().draw)
    application = made.draft.application
    assert application.funding.grant is None
    assert application.project.joint is None
    assert application.project.title == "x"
    assert str(application.project.starts_on) == "2026-01-01"
    assert dict(made.draft.pending) == plain["pending"]
    assert {note.path: note.message.values["value"] for note in notes} == {
        "application.funding.grant": "7\u00a0500,00",
        "application.project.joint": "true",
    }


def test_a_note_names_an_entry_of_a_map_as_its_address_has_it() -> None:
    data = {"answers": {"q1": "a\0b"}, "goals": [{"id": "g", "indicators": [{"id": "i", "name": "\ufffe"}]}]}
    _, notes = drafts.application_from_data({**data, "declarations": {"d": True}}, Chance().draw)
    assert [note.path for note in notes] == ["answers[q1]", "goals[g].indicators[i].name"]


def test_every_fault_of_a_damaged_document_is_told_by_its_address() -> None:
    plain = drafts.to_plain(document({"goals": [{"id": "g"}]}))
    plain["application"] |= {"goals": [{"id": "g"}, {"id": "g"}], "answers": {"a": 1, "b": 2}, "unknown": 1}
    plain["pending"] = {"x": 1}
    plain["revision"] = "1"
    plain["id"] = None
    plain["comments"] = [{"id": "c", "done": "no"}]
    plain["snapshots"] = "none"
    plain["acknowledged"] = [{"paths": ["a"]}]
    with pytest.raises(Damaged) as damaged:
        drafts.from_plain(plain, Chance().draw)
    assert {problem.path for problem in damaged.value.problems} == {
        "application.goals",
        "application.answers[a]",
        "application.answers[b]",
        "pending[x]",
        "revision",
        "id",
        "comments[c].done",
        "snapshots",
        "acknowledged[1].rule",
    }


def test_maps_that_are_none_are_told_once() -> None:
    with pytest.raises(UserError) as refused:
        drafts.application_from_data({"answers": [], "declarations": "x"}, Chance().draw)
    assert [problem.path for problem in refused.value.problems] == ["answers", "declarations"]


def test_data_that_is_no_object_is_refused() -> None:
    for data in ([], "x", None, 5):
        with pytest.raises(UserError):
            drafts.application_from_data(data, Chance().draw)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Torikirjasto", "Torikirjasto"),
        ('a<b>:"c"/d\\e|f?g*', "a b c d e f g"),
        ("  . ", "hakemus"),
        (None, "hakemus"),
        ("con", "hakemus"),
        ("LPT9", "hakemus"),
        ("ä" * 200, "ä" * 80),
        ("rivi\nvaihto", "rivi vaihto"),
        ("loppu~$ .", "loppu"),
        ("\U0001f4da" * 80, "\U0001f4da" * 50),
        ("a" + "\U0001f4da" * 80, "a" + "\U0001f4da" * 49),
        ("lasku\u202efdp.exe", "lasku fdp.exe"),
        ("con.2027", "hakemus"),
        ("AUX .x", "hakemus"),
        ("com¹", "hakemus"),
        ("console", "console"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_title_makes_a_name_that_every_system_takes(title: str | None, name: str) -> None:
    assert drafts.file_name(title, "hakemus") == name


CODES = (
    "money number date moment id list mapping entry_text entry_flag word twice unknown_key tuple_type model_type "
    "model_attributes_type dict_type string_type bool_type int_type missing extra_forbidden string_pattern_mismatch "
    "literal_error"
)


@pytest.mark.parametrize("code", CODES.split(" "))
def test_every_fault_of_form_has_a_sentence_in_every_language(code: str) -> None:
    message = problems.sentence(code, {"words": "a, b", "id": "k3f9"})
    sentences = {language: catalog(language).render(message) for language in ("fi", "sv", "en")}
    assert all("understood" not in sentence for sentence in sentences.values())
    assert all(sentences.values())
    assert len(set(sentences.values())) == 3


def test_a_fault_without_a_sentence_names_its_code() -> None:
    assert "odd_code" in catalog().render(problems.sentence("odd_code", {}))
    assert "oops" in catalog().render(internal("oops").message)
    assert UserError(msg("x")).problems == ()


def test_an_attachment_that_only_a_kept_state_names_is_no_stray() -> None:
    made, _ = files()
    kept = b'{"application": {"attachments": [{"id": "a", "sha256": "' + HASH.encode() + b'"}]}}'
    state = hashlib.sha256(kept).hexdigest()
    plain = drafts.to_plain(document())
    plain["snapshots"] = [{"id": "s1", "document": state}, {"id": "s2"}]
    found = made.opened(StoredDocument("a", plain, "seen", {HASH: LETTER, state: kept}))
    assert found.notes == ()
    stray = made.opened(StoredDocument("a", plain, "seen", {HASH: LETTER, state: kept, "0" * 64: b""}))
    assert [note.path for note in stray.notes] == ["attachments"]


def test_names_that_differ_stay_different_when_their_characters_are_replaced() -> None:
    plain = {**drafts.to_plain(document()), "zz": {"a\x00": 1, "a\x01": 2, "a\ufffd": 3, "b\r\n": 4, "b\n": 5}}
    found, notes = drafts.from_plain(plain, Chance().draw)
    kept = found.unknown["zz"]
    assert sorted(kept.values()) == [1, 2, 3, 4, 5]
    assert (kept["a\ufffd"], kept["b\n"]) == (3, 5)
    assert {note.path for note in notes} == {"zz.a\ufffd"}
    assert drafts.from_plain(drafts.to_plain(found), Chance().draw) == (found, ())
