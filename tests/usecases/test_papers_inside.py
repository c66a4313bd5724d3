"""A paper carries its application and nothing else, and gives it back."""

from __future__ import annotations

import datetime
import json

import pytest

from hakemus.adapters.storage import json_form
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document
from hakemus.domain.paths import with_value
from hakemus.report.model import Copy
from hakemus.usecases import drafts
from hakemus.usecases.calls import definition_of
from hakemus.usecases.errors import NotOurs
from hakemus.usecases.papers import CARRYING, document_from_paper, inside, without_files

DAY = datetime.date(2018, 11, 15)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    return Core(DAY, tmp_path_factory.mktemp("state"))


def test_every_copy_carries_the_application_or_nothing(core: Core) -> None:
    document = example_document(core, "pop-up-kirjasto")
    for copy in Copy:
        assert bool(inside(document, copy)) == (copy in CARRYING)


def test_comments_reasons_pending_text_and_sources_stay_at_home(core: Core) -> None:
    document = example_document(core, "pop-up-kirjasto")
    draft = with_value(document.draft, "pending", {"funding.grant": "salaisuus"})
    draft = with_value(draft, "comments", ({"id": "a", "text": "salaisuus"},))
    draft = with_value(draft, "acknowledged", ({"rule": "window", "reason": "salaisuus"},))
    draft = with_value(draft, "sources", ({"id": "s", "text": "salaisuus"},))
    carried = inside(with_value(document, "draft", draft), Copy.DRAFT)
    assert b"salaisuus" not in carried
    assert set(json.loads(carried)) == {"application", "call", "format", "id", "language", "revision", "terms"}


def test_the_application_comes_back_equal(core: Core) -> None:
    document = example_document(core, "pop-up-kirjasto")
    carried = json.loads(inside(document, Copy.SUBMISSION))
    back, notes = document_from_paper(carried, lambda name: definition_of(core.calls, name), core.chance.draw)
    assert back.draft.application == document.draft.application
    assert (back.id, notes) == (document.id, ())


@pytest.mark.parametrize("call", [None, "avi", {}, {"id": 3}])
def test_a_paper_of_somebody_else_is_refused(core: Core, call: object) -> None:
    with pytest.raises(NotOurs):
        document_from_paper({"call": call}, lambda name: definition_of(core.calls, name), core.chance.draw)


def test_the_paper_itself_carries_it(core: Core) -> None:
    document = example_document(core, "pop-up-kirjasto")
    opened = core.open_paper(core.exporter.pdf_bytes(document), "paper.pdf")
    assert opened.document.draft.application == document.draft.application
    assert opened.path is None


def test_unknown_numbers_come_back_digit_for_digit_and_letters_that_utf8_lacks_are_replaced(core: Core) -> None:
    odd = json_form.number("12345678901234567.89")
    plain = drafts.to_plain(example_document(core, "pop-up-kirjasto"))
    plain["application"] = {**plain["application"], "weather": {"rain": odd, "word": "a\ud800b"}}
    document, _ = drafts.from_plain(plain, core.chance.draw)
    carried = inside(document, Copy.SUBMISSION)
    assert b'"rain": 12345678901234567.89,' in carried
    back = core.open_paper(core.exporter.pdf_bytes(document), "paper.pdf").document
    assert drafts.to_plain(back)["application"]["weather"] == {"rain": odd, "word": "a\ufffdb"}
    assert inside(back, Copy.SUBMISSION) == carried


def test_attachments_that_a_paper_does_not_hold_follow_later(core: Core) -> None:
    plain = {"a": {"state": "attached", "sha256": "1" * 64}, "b": {"sha256": "2" * 64}, "c": {"state": "later"}}
    plain |= {"d": {"state": "attached", "sha256": "3" * 64, "filename": "d.pdf"}}
    document = example_document(core, "pop-up-kirjasto")
    rows = tuple({"id": key, "title": key, **values} for key, values in plain.items())
    held = with_value(document, "draft", with_value(document.draft, "application.attachments", rows))
    opened = core.open_paper(core.exporter.pdf_bytes(held), "paper.pdf")
    assert opened.document.draft.application == held.draft.application
    sound, absent = without_files(opened.document, {"1" * 64})
    states = {row.id: (row.state, row.sha256) for row in sound.draft.application.attachments}
    assert states == {"a": ("attached", "1" * 64), "b": ("later", None), "c": ("later", None), "d": ("later", None)}
    assert absent == ("b", "d.pdf")
    assert without_files(sound, {"1" * 64}) == (sound, ())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04"])
def test_what_is_no_paper_of_ours_is_one_sentence(core: Core, data: bytes) -> None:
    with pytest.raises(NotOurs):
        core.open_paper(data, "other.pdf")


def test_a_board_paper_gives_nothing_back(core: Core) -> None:
    document = example_document(core, "pop-up-kirjasto")
    with pytest.raises(NotOurs):
        core.open_paper(core.exporter.pdf_bytes(document, Copy.BOARD), "board.pdf")
