"""A draft of any shape goes to its file's plain data and comes back the same, byte for byte."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from fakes.ports import Chance, definition
from hakemus.adapters.storage import json_form
from hakemus.domain.text import clean
from hakemus.usecases import drafts
from strategies import applications, raw_texts


@settings(max_examples=60, deadline=None)
@given(applications)
def test_any_application_comes_back_from_its_file_as_it_was(data: dict[str, Any]) -> None:
    chance = Chance()
    application, notes = drafts.application_from_data(data, chance.draw)
    assert notes == ()
    document = drafts.new_document(definition(), chance.document_id(), "sv", application)
    first = json_form.dump(drafts.to_plain(document))
    again, notes = drafts.from_plain(json_form.parse(first), chance.draw)
    assert notes == ()
    assert again == document
    assert json_form.dump(drafts.to_plain(again)) == first


@settings(max_examples=60, deadline=None)
@given(raw_texts)
def test_handed_over_texts_go_through_the_one_door(text: str) -> None:
    data = {"project": {"title": text, "keywords": [text]}, "answers": {"q": text}}
    application, notes = drafts.application_from_data(data, Chance().draw)
    assert application.project.title == clean(text).text
    assert application.project.keywords == (clean(text).text,)
    assert bool(notes) == bool(clean(text).replaced)


def test_a_number_that_a_double_cannot_hold_comes_back_from_wherever_it_stands() -> None:
    odd = json_form.number("12345678901234567.89")
    newer = {"weather": [{"rain": [odd, 1, "x"]}], "copy": odd}
    plain = drafts.to_plain(drafts.new_document(definition(), "d"))
    plain |= newer
    plain["application"] = {**newer, "project": {"title": "x", **newer}, "goals": [{"id": "g", **newer}]}
    raw = json_form.dump(plain)
    document, _ = drafts.from_plain(json_form.parse(raw), Chance().draw)
    assert json_form.dump(drafts.to_plain(document)) == raw
    assert raw.count(b"12345678901234567.89") == 8
